//! What people said of claims and figures, for other programs.

use std::collections::BTreeMap;

use evidence::correction::{Correction, Values, Verdict};
use evidence::time::Iso;
use serde::Serialize;

use super::SpanView;
use crate::Book;

/// A correction. Values are in their written form, see `docs/corrections.md`; null: the text does not say.
#[derive(Serialize)]
#[serde(tag = "type", rename = "correction")]
pub struct CorrectionView<'a> {
    number: u64,
    kind: &'static str,
    object: &'a str,
    article: &'a str,
    span: Option<SpanView<'a>>,
    quote: &'a str,
    print: String,
    coder: &'a str,
    at: Option<String>,
    settles: bool,
    verdict: &'static str,
    values: BTreeMap<&'static str, Option<&'a str>>,
    takes_back: Option<u64>,
    why: &'a str,
    read: BTreeMap<&'static str, Option<&'a str>>,
}

impl<'a> CorrectionView<'a> {
    /// The view of a correction; its span is told where the article is in the book.
    pub fn new(book: &Book<'a>, c: &'a Correction) -> Self {
        let said = &c.said;
        let anchor = &said.anchor;
        let there = |text: &str| text.get(anchor.span.range()).is_some();
        let page = book.page(&anchor.article).filter(|p| there(&p.article().text));
        let (values, takes_back) = match &said.verdict {
            Verdict::Correct(values) => (named(values), None),
            Verdict::TakeBack(number) => (BTreeMap::new(), Some(*number)),
            Verdict::Accept | Verdict::Reject => (BTreeMap::new(), None),
        };
        Self {
            number: c.number,
            kind: said.object.kind.as_str(),
            object: &said.object.id,
            article: &anchor.article,
            span: page.map(|p| super::span(p, anchor.span)),
            quote: &anchor.quote,
            print: anchor.print(),
            coder: &said.coder,
            at: moment(said.at),
            settles: said.settles,
            verdict: said.verdict.as_str(),
            values,
            takes_back,
            why: &said.why,
            read: named(&anchor.read),
        }
    }
}

fn named(values: &Values) -> BTreeMap<&'static str, Option<&str>> {
    values.iter().map(|(field, v)| (field.as_str(), Some(v.as_str()).filter(|v| !v.is_empty()))).collect()
}

/// Seconds since 1970 as ISO 8601 in UTC.
fn moment(at: i64) -> Option<String> {
    let day = Iso::of_day(i32::try_from(at.div_euclid(86_400)).ok()?)?;
    let second = at.rem_euclid(86_400);
    Some(format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_iso() {
        assert_eq!(moment(1_714_700_096).as_deref(), Some("2024-05-03T01:34:56Z"));
        assert_eq!(moment(i64::MAX), None);
    }
}
