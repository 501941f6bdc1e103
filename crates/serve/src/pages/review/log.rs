//! Who said what of which object, when and why: everything, newest first.

use askama::Template;
use axum::extract::{Query, State};
use evidence::Correction;
use evidence::correction::Verdict;

use super::plain::said;
use super::{Pairs, day, field_of};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Who;
use crate::pages::{Frame, Page};

#[derive(Template)]
#[template(path = "review-log.html")]
struct Log {
    frame: Frame,
    rows: Vec<Row>,
    total: usize,
    coder: String,
    coders: Vec<String>,
    /// For older ones.
    before: Option<u64>,
}

struct Row {
    number: u64,
    at: String,
    coder: String,
    verdict: &'static str,
    settles: bool,
    kind: &'static str,
    id: String,
    quote: String,
    changes: Vec<Change>,
    takes_back: Option<u64>,
    why: String,
}

struct Change {
    field: &'static str,
    was: String,
    is: String,
}

/// So many are shown at once.
const SHOWN: usize = 50;

pub(super) async fn show(State(desk): State<Desk>, who: Who, Query(pairs): Query<Pairs>) -> Result<Page, Fault> {
    let coder = field_of(&pairs, "coder").to_owned();
    let before: u64 = field_of(&pairs, "before").parse().unwrap_or(u64::MAX);
    let frame = Frame::new(&desk, who, "/review", "Everything that was said");
    let layer = desk.layer().await?;
    let of_coder = |c: &&Correction| coder.is_empty() || c.said.coder == coder;
    let mut coders: Vec<String> = layer.log().iter().map(|c| c.said.coder.clone()).collect();
    coders.sort_unstable();
    coders.dedup();
    let wanted = layer.log().iter().rev().filter(of_coder).filter(|c| c.number < before);
    let rows: Vec<Row> = wanted.take(SHOWN).map(row).collect();
    let last = rows.last().map(|r| r.number);
    let older = layer.log().iter().filter(of_coder).any(|c| last.is_some_and(|n| c.number < n));
    let total = layer.log().iter().filter(of_coder).count();
    Page::of(&Log { frame, before: last.filter(|_| older), rows, total, coder, coders })
}

fn row(c: &Correction) -> Row {
    let said_of = &c.said;
    let read = &said_of.anchor.read;
    let changes = match &said_of.verdict {
        Verdict::Correct(values) => {
            let change = |(f, v): (&evidence::correction::Field, &String)| Change {
                field: f.as_str(),
                was: said(*f, read.get(f).map_or("", String::as_str)),
                is: said(*f, v),
            };
            values.iter().map(change).collect()
        }
        _ => Vec::new(),
    };
    Row {
        number: c.number,
        at: day(said_of.at),
        coder: said_of.coder.clone(),
        verdict: said_of.verdict.as_str(),
        settles: said_of.settles,
        kind: said_of.object.kind.as_str(),
        id: said_of.object.id.clone(),
        quote: said_of.anchor.quote.replace('\n', " "),
        changes,
        takes_back: match said_of.verdict {
            Verdict::TakeBack(number) => Some(number),
            _ => None,
        },
        why: said_of.why.clone(),
    }
}
