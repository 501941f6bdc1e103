//! Figures by what they count, so that counts of the same thing stand together and differences show.

use evidence::{Figure, Toll};

use super::{Style, Words, short};
use crate::{Book, tolls, wording};

/// One table; figures of one harm, party and kind of people stand together. Which of them disagree, the series tell.
pub fn figures<'a>(book: &Book<'a>, figures: &[&'a Figure], series: &[Toll], style: Style) -> String {
    let disagreeing = tolls::disagreements(series);
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

/// What the figure's claim is about: its incident.
fn thing<'a>(book: &Book<'a>, f: &Figure) -> Option<&'a str> {
    let claim = f.claim.as_deref()?;
    book.incident_of(claim).map(|(incident, _)| incident.id.as_str())
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
