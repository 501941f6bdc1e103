//! Figures by what they count, so that counts of the same thing stand together and differences show.

use std::collections::BTreeMap;

use evidence::Figure;

use super::{Style, Words, short};
use crate::{Book, wording};

/// One table; figures of one harm, party and kind of people stand together.
pub fn figures<'a>(book: &Book<'a>, figures: &[&'a Figure], style: Style) -> String {
    let disagreeing = disagreements(book);
    let mut sorted = figures.to_vec();
    // Stable: within a group they stay in the order of the export.
    sorted.sort_by_key(|f| (f.party.is_none(), f.party.clone(), f.harm, f.category, thing(book, f)));
    let columns = [
        ("whose", 17, 0),
        ("harm", 9, 0),
        ("count", 13, 0),
        ("words", 13, 2),
        ("where, when", 13, 1),
        ("who says", 15, 3),
    ];
    let mut table = style.table(&columns);
    for f in &sorted {
        let whose = match &f.party {
            Some(party) => format!("{party}\n{}", f.category),
            None => format!("(not said)\n{}", f.category),
        };
        let mut count = wording::count(f);
        if f.superseded {
            count.push_str("\n(older count)");
        }
        let differs = disagreeing.contains_key(f.id.as_str());
        if differs {
            count = format!("≠ {count}\ndisagrees");
        }
        let path = book.page(&f.article).map_or(f.article.as_str(), |p| book.short_path(p));
        let who = wording::who(book, &f.article, &f.speakers, false);
        table.row(vec![
            whose.into(),
            f.harm.to_string().into(),
            Words::alarming_if(differs, count),
            format!("“{}”\n{}", wording::shortened(book.quote(&f.article, f.span), 80), short(&f.id)).into(),
            place_and_period(book, f).into(),
            format!("{who}\nin {path}").into(),
        ]);
    }
    table.text()
}

/// For every figure that disagrees with others of the ledger, their ids: counts of the same harm to the same people
/// in the same incident (or, where a claim is in none, the same report) that cannot both be right.
pub fn disagreements<'a>(book: &Book<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut things: BTreeMap<_, Vec<&Figure>> = BTreeMap::new();
    for f in book.figures().into_iter().filter(|f| !f.superseded) {
        if let Some(thing) = thing(book, f) {
            let whole = (thing, f.harm, &f.party, f.category, &f.place, f.period.as_ref().map(|p| (&p.from, &p.to)));
            things.entry(whole).or_default().push(f);
        }
    }
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for group in things.values() {
        for f in group {
            let others: Vec<&str> =
                group.iter().filter(|g| apart(f, g) && f.speakers != g.speakers).map(|g| g.id.as_str()).collect();
            if !others.is_empty() {
                out.insert(&f.id, others);
            }
        }
    }
    out
}

/// What the figure's claim is about: its incident.
fn thing<'a>(book: &Book<'a>, f: &Figure) -> Option<&'a str> {
    let claim = f.claim.as_deref()?;
    book.incident_of(claim).map(|(incident, _)| incident.id.as_str())
}

/// Whether no number fits both.
fn apart(f: &Figure, g: &Figure) -> bool {
    let below = |a: &Figure, b: &Figure| a.high.zip(b.low).is_some_and(|(high, low)| high < low);
    below(f, g) || below(g, f)
}

fn place_and_period(book: &Book, f: &Figure) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(f.place.as_deref().map(|id| book.entity(id).map_or(id, |e| &e.name).to_owned()));
    lines.extend(f.period.as_ref().map(|p| match (&p.from, &p.to) {
        (Some(from), Some(to)) if from == to => wording::moment(from),
        (Some(from), Some(to)) => format!("{} – {}", wording::moment(from), wording::moment(to)),
        (Some(from), None) => format!("since {}", wording::moment(from)),
        (None, Some(to)) => format!("until {}", wording::moment(to)),
        (None, None) => format!("“{}”", book.quote(&f.article, p.span)),
    }));
    lines.join("\n")
}
