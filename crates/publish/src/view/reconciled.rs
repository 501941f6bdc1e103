//! Objects of the export that belong to no single article: incidents and ceasefires. Their times, references and terms
//! each say the article that their spans point into.

use evidence::ceasefire::Located;
use evidence::time::Time;
use evidence::{Ceasefire, Incident, Reference};
use serde::Serialize;

use super::{ReferenceView, SpanView, TimeView, maybe_span};
use crate::Book;

/// An incident.
#[derive(Serialize)]
#[serde(tag = "type", rename = "incident")]
pub struct IncidentView<'a> {
    id: &'a str,
    event: Option<&'static str>,
    parties: &'a [String],
    places: &'a [String],
    time: Option<TimeView<'a>>,
    claims: Vec<MemberView<'a>>,
    origins: usize,
    asserted_by: &'a [String],
    denied_by: &'a [String],
    denials: Vec<DenialView<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct DenialView<'a> {
    claim: &'a str,
    kind: &'static str,
    denies: Vec<DeniedView<'a>>,
}

#[derive(Serialize)]
struct DeniedView<'a> {
    claim: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct MemberView<'a> {
    claim: &'a str,
    relation: &'static str,
    reason: &'a str,
}

impl<'a> IncidentView<'a> {
    /// The view of an incident of the book.
    pub fn new(book: &Book<'a>, i: &'a Incident) -> Self {
        let member = |m: &'a evidence::incident::Member| MemberView {
            claim: &m.claim,
            relation: m.relation.as_str(),
            reason: &m.reason,
        };
        Self {
            id: &i.id,
            event: i.event.map(|e| e.as_str()),
            parties: &i.parties,
            places: &i.places,
            time: i.time.as_ref().map(|t| TimeView::located(book, book.article_of_time(i), t)),
            claims: i.claims.iter().map(member).collect(),
            origins: i.origins,
            asserted_by: &i.asserted_by,
            denied_by: &i.denied_by,
            denials: i
                .denials
                .iter()
                .map(|d| DenialView {
                    claim: &d.claim,
                    kind: d.kind.as_str(),
                    denies: d.denies.iter().map(|x| DeniedView { claim: &x.claim, reason: &x.reason }).collect(),
                })
                .collect(),
            notes: &i.notes,
        }
    }
}

/// A ceasefire.
#[derive(Serialize)]
#[serde(tag = "type", rename = "ceasefire")]
pub struct CeasefireView<'a> {
    id: &'a str,
    kind: &'static str,
    parties: &'a [String],
    announced_by: Vec<ReferenceView<'a>>,
    brokers: Vec<ReferenceView<'a>>,
    monitors: Vec<ReferenceView<'a>>,
    effective: Option<TimeView<'a>>,
    ends: Option<TimeView<'a>>,
    terms: Vec<TermView<'a>>,
    violations: Vec<ViolationView<'a>>,
    status: Vec<StatusView<'a>>,
    claims: &'a [String],
}

#[derive(Serialize)]
struct TermView<'a> {
    kind: &'static str,
    span: Option<SpanView<'a>>,
    article: &'a str,
}

#[derive(Serialize)]
struct ViolationView<'a> {
    claim: &'a str,
    by: Option<&'a str>,
    alleged_by: &'a [String],
    time: Option<TimeView<'a>>,
    minutes_after: Option<i64>,
}

#[derive(Serialize)]
struct StatusView<'a> {
    claim: &'a str,
    act: &'static str,
}

impl<'a> CeasefireView<'a> {
    /// The view of a ceasefire of the book.
    pub fn new(book: &Book<'a>, c: &'a Ceasefire) -> Self {
        let references =
            |list: &'a [Located<Reference>]| list.iter().map(|r| ReferenceView::located(book, r)).collect();
        let time =
            |t: &'a Option<Located<Time>>| t.as_ref().map(|t| TimeView::located(book, Some(&t.article), &t.value));
        let violation = |v: &'a evidence::ceasefire::Violation| ViolationView {
            claim: &v.claim,
            by: v.by.as_deref(),
            alleged_by: &v.alleged_by,
            minutes_after: v.after,
            time: v.time.as_ref().map(|t| TimeView::new(book.claim(&v.claim).and_then(|c| book.page(&c.article)), t)),
        };
        let term = |t: &'a evidence::ceasefire::Term| TermView {
            kind: t.kind.as_str(),
            span: maybe_span(book.page(&t.article), Some(t.span)),
            article: &t.article,
        };
        Self {
            id: &c.id,
            kind: c.kind.as_str(),
            parties: &c.parties,
            announced_by: references(&c.announced_by),
            brokers: references(&c.brokers),
            monitors: references(&c.monitors),
            effective: time(&c.effective),
            ends: time(&c.ends),
            terms: c.terms.iter().map(term).collect(),
            violations: c.violations.iter().map(violation).collect(),
            status: c.status.iter().map(|(claim, act)| StatusView { claim, act: act.as_str() }).collect(),
            claims: &c.claims,
        }
    }
}

impl<'a> ReferenceView<'a> {
    fn located(book: &Book<'a>, r: &'a Located<Reference>) -> Self {
        Self { article: Some(&r.article), ..Self::new(book.page(&r.article), &r.value) }
    }
}

impl<'a> TimeView<'a> {
    fn located(book: &Book<'a>, article: Option<&'a str>, t: &'a Time) -> Self {
        Self { article, ..Self::new(article.and_then(|a| book.page(a)), t) }
    }
}
