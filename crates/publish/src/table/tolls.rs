//! Series of counts, a table for each: how a count moves, who counts otherwise, and what must not be added to it.

use std::collections::BTreeMap;

use evidence::Toll;
use evidence::toll::Count;

use super::{Style, Words, short};
use crate::{Book, tolls as wordings, wording};

/// Notes and barriers of one series beyond this many are only counted.
const SHOWN: usize = 6;

/// One block a series. `ucdp` adds the reading in UCDP's terms.
pub fn tolls(book: &Book, series: &[&Toll], all: &[Toll], ucdp: bool, style: Style) -> String {
    let by_id: BTreeMap<&str, &Toll> = all.iter().map(|t| (t.id.as_str(), t)).collect();
    let mut out = String::new();
    for (n, t) in series.iter().enumerate() {
        if n > 0 {
            out.push('\n');
        }
        out.push_str(&style.heading(&format!("{} · {}", wordings::heading(book, t), short(&t.id))));
        let columns = [
            ("day", 11, 0),
            ("who says", 14, 3),
            ("count", 12, 0),
            ("stands", 15, 2),
            ("origins", 12, 1),
            ("words", 12, 2),
        ];
        let mut table = style.table(&columns);
        for c in &t.counts {
            table.row(row(book, t, c));
        }
        out.push_str(&table.text());
        for line in below(book, t, &by_id, ucdp) {
            out.push_str(&wording::printable(&wrapped(&line, usize::from(style.width))));
        }
    }
    out
}

fn row(book: &Book, t: &Toll, c: &Count) -> Vec<Words> {
    let figure = book.figure(c.name());
    let who = figure.map(|f| wording::who(book, &f.article, &f.speakers, false)).unwrap_or_default();
    let differs = !c.against.is_empty();
    let mut count = wordings::number(book, c);
    if let Some(party) = c.party.as_deref().filter(|p| Some(*p) != t.side.as_deref()) {
        count.push_str(&format!("\nof {party}"));
    }
    let mut stands = c.relation.to_string();
    if !c.to.is_empty() && c.relation != evidence::TollRelation::Beside {
        stands.push_str(&format!(" {}", numbers(book, t, &c.to)));
    }
    if differs && c.relation != evidence::TollRelation::Disagrees {
        stands.push_str(&format!("\n≠ disagrees with {}", numbers(book, t, &c.against)));
    }
    if let Some(part) = &c.part_of {
        let total = book.figure(&part.figure).map(wording::count).unwrap_or_default();
        stands = format!("part of {total}:\n{}", part.reason);
    } else if !c.reason.is_empty() {
        stands.push_str(&format!(":\n{}", c.reason));
    }
    let mut paths: Vec<&str> = c.articles.iter().filter_map(|a| book.page(a)).map(|p| book.short_path(p)).collect();
    let more = paths.len().saturating_sub(3);
    paths.truncate(3);
    let origins = if c.origins == 1 { "1 origin".to_owned() } else { format!("{} origins", c.origins) };
    let more = if more > 0 { format!("\nand {more} more") } else { String::new() };
    let words = figure.map(|f| wording::shortened(book.quote(&f.article, f.span), 60)).unwrap_or_default();
    vec![
        c.day.as_ref().map_or_else(|| "undated".to_owned(), ToString::to_string).into(),
        who.into(),
        Words::alarming_if(differs, if differs { format!("≠ {count}") } else { count }),
        Words::alarming_if(differs, stands),
        format!("{origins}\n{}{more}", paths.join("\n")).into(),
        format!("“{words}”\n{}", short(c.name())).into(),
    ]
}

/// A line broken at blanks to a width, with what is broken off set in deeper.
fn wrapped(line: &str, width: usize) -> String {
    let mut out = String::from(" ");
    let mut used = 1;
    for word in line.split(' ') {
        let long = word.chars().count() + 1;
        if used + long > width && used > 4 {
            out.push_str("\n   ");
            used = 3;
        }
        out.push(' ');
        out.push_str(word);
        used += long;
    }
    out.push('\n');
    out
}

/// The numbers of some counts of a series.
fn numbers(book: &Book, t: &Toll, ids: &[String]) -> String {
    let of = |id: &String| t.counts.iter().find(|c| c.name() == id).map(|c| wordings::number(book, c));
    let list: Vec<String> = ids.iter().filter_map(of).collect();
    if list.len() > 4 { format!("{} and {} more", list[..3].join(", "), list.len() - 3) } else { list.join(", ") }
}

/// Ranges where a voice gives more than one number, what must not be added, notes.
fn below(book: &Book, t: &Toll, by_id: &BTreeMap<&str, &Toll>, ucdp: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for r in t.range.iter().filter(|r| r.low != r.high) {
        let day = r.day.as_ref().map_or_else(|| "undated".to_owned(), wordings::date);
        let origins = if r.origins == 1 { "1 origin".to_owned() } else { format!("{} origins", r.origins) };
        out.push(format!("range {day}, {}: {} to {} ({origins})", wordings::voice(&r.voice), r.low, r.high));
    }
    let barriers = t.barriers.iter().map(|b| match b.toll.as_deref().and_then(|id| by_id.get(id)) {
        Some(other) => format!("never add: {} ({}): {}", wordings::heading(book, other), short(&other.id), b.reason),
        None => format!("never add up: {}", b.reason),
    });
    let notes = t.notes.iter().map(|n| format!("note: {n}"));
    for mut list in [barriers.collect::<Vec<_>>(), notes.collect()] {
        let more = list.len().saturating_sub(SHOWN);
        list.truncate(SHOWN);
        out.extend(list);
        if more > 0 {
            out.push(format!("and {more} more of these"));
        }
    }
    out.extend(t.in_ucdp_terms().filter(|_| ucdp).map(|r| wordings::ucdp(&r)));
    out
}
