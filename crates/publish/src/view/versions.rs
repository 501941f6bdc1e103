//! What changed between two versions of an article, for other programs.

use evidence::version::{Change, Revision};
use serde::Serialize;

use super::{SpanView, span};
use crate::Book;

/// What changed from one version of an article to another.
#[derive(Serialize)]
#[serde(tag = "type", rename = "revision")]
pub struct RevisionView<'a> {
    address: Option<&'a str>,
    older: &'a str,
    newer: &'a str,
    /// Whether the times of the two tell which came first.
    ordered: bool,
    text: Vec<PassageView<'a>>,
    claims: Vec<ChangeView<'a>>,
    figures: Vec<CountView<'a>>,
    particulars: Vec<&'static str>,
    notices: &'a [String],
}

#[derive(Serialize)]
struct PassageView<'a> {
    older: Option<SpanView<'a>>,
    newer: Option<SpanView<'a>>,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    older: Option<&'a str>,
    newer: Option<&'a str>,
    fields: Vec<&'a str>,
}

#[derive(Serialize)]
struct CountView<'a> {
    #[serde(flatten)]
    change: ChangeView<'a>,
    harm: Option<&'static str>,
    from: Option<[Option<u64>; 2]>,
    to: Option<[Option<u64>; 2]>,
    /// Whether the count became another without a word of it on the page.
    silent: bool,
}

impl<'a> RevisionView<'a> {
    /// The view of a revision.
    pub fn new(book: &Book<'a>, r: &'a Revision) -> Self {
        let versions = book.version(&r.newer).map(|(_, v)| v);
        let (older, newer) = (book.page(&r.older), book.page(&r.newer));
        let passage = |c: &Change<evidence::Span>| PassageView {
            older: older.zip(c.older).map(|(page, s)| span(page, s)),
            newer: newer.zip(c.newer).map(|(page, s)| span(page, s)),
        };
        let silent: Vec<_> = r.silent().collect();
        let count = |c: &'a Change<String>| {
            let figure = |id: &Option<String>| id.as_deref().and_then(|id| book.figure(id));
            let (from, to) = (figure(&c.older), figure(&c.newer));
            CountView {
                change: change(c),
                harm: to.or(from).map(|f| f.harm.as_str()),
                from: from.map(|f| [f.low, f.high]),
                to: to.map(|f| [f.low, f.high]),
                silent: silent.contains(&c),
            }
        };
        Self {
            address: versions.map(|v| v.address.as_str()),
            older: &r.older,
            newer: &r.newer,
            ordered: versions.is_some_and(|v| v.ordered),
            text: r.text.iter().map(passage).collect(),
            claims: r.claims.iter().map(change).collect(),
            figures: r.figures.iter().map(count).collect(),
            particulars: r.particulars.iter().map(|f| f.as_str()).collect(),
            notices: &r.notices,
        }
    }
}

fn change(c: &Change<String>) -> ChangeView<'_> {
    ChangeView { older: c.older.as_deref(), newer: c.newer.as_deref(), fields: c.fields.iter().map(|f| &**f).collect() }
}
