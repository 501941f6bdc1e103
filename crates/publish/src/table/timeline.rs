//! What each side says happened, day by day.

use evidence::{Act, Claim};

use super::{Style, Words, disputes, short};
use crate::timeline::{Dated, Occurrence};
use crate::{Book, wording};

/// Most versions of one occurrence that are shown.
const MOST: usize = 12;

/// A table for each day; what no report dates at the end.
pub fn timeline<'a>(book: &Book<'a>, occurrences: &[Occurrence<'a>], style: Style) -> String {
    let parts = occurrences.chunk_by(|a, b| a.day() == b.day()).map(|of_day| {
        let heading = of_day[0].day().unwrap_or("No day told, in reports without a date");
        let mut table = style.table(&[("when", 13, 0), ("what, where", 14, 1), ("who says so", 40, 6)]);
        for o in of_day {
            let marked = o.claims.iter().any(|c| c.act == Act::Deny);
            table.row(vec![when(o).into(), what(book, o).into(), Words::alarming_if(marked, versions(book, o))]);
        }
        style.heading(heading) + &table.text()
    });
    parts.collect::<Vec<_>>().join("\n")
}

fn when(o: &Occurrence) -> String {
    match o.dated {
        Dated::Told => {
            let end = o.end.map(|e| format!("– {}", wording::moment(e)));
            [o.clock().map(str::to_owned), end].into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
        Dated::Report => "(only the\nreport is\ndated)".to_owned(),
        Dated::Unknown => String::new(),
    }
}

fn what(book: &Book, o: &Occurrence) -> String {
    let event = o.incident.and_then(|i| i.event).or_else(|| o.claims.first().and_then(|c| c.event));
    let mut lines: Vec<String> = event.iter().map(ToString::to_string).collect();
    lines.extend(o.places(book));
    lines.extend(o.incident.map(|i| format!("({} of {})", short(&i.id), super::lists::count(i.origins, "origin"))));
    lines.join("\n")
}

/// Every version with whose it is; a denial stands out.
fn versions(book: &Book, o: &Occurrence) -> String {
    let mut lines: Vec<String> = o.claims.iter().take(MOST).map(|c| version(book, c)).collect();
    if o.claims.len() > MOST {
        lines.push(format!("and {} more; standoff timeline --format csv has them", o.claims.len() - MOST));
    }
    lines.join("\n")
}

fn version(book: &Book, c: &Claim) -> String {
    let deniers: Vec<String> = book.deniers(&c.id).into_iter().collect();
    let mut out = disputes::statement(book, c);
    if !deniers.is_empty() {
        out.push_str(&format!(" ≠ denied by {}", deniers.join(", ")));
    }
    out
}
