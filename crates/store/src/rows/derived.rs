//! Ceasefires and incidents as JSON. Their spans point into several texts and are checked only for their order.

use evidence::ceasefire::{Located, Term, Violation};
use evidence::incident::{Denial, Denied, Member};
use evidence::origin::{Copy, Passage};
use evidence::{
    Act, Ceasefire, CeasefireKind, DenialKind, Event, Incident, Origin, Reference, Relation, Shared, TermKind,
};
use serde::{Deserialize, Serialize};

use super::{ReferenceRow, SpanRow, Spans, TimeRow, all, span_row, word};
use crate::Error;

#[derive(Serialize, Deserialize)]
struct LocatedRow<R> {
    article: String,
    value: R,
}

impl<'a, T, R: From<&'a T>> From<&'a Located<T>> for LocatedRow<R> {
    fn from(l: &'a Located<T>) -> Self {
        Self { article: l.article.clone(), value: R::from(&l.value) }
    }
}

impl<R> LocatedRow<R> {
    fn value<T>(self, of: impl Fn(R) -> Result<T, Error>) -> Result<Located<T>, Error> {
        Ok(Located { article: self.article, value: of(self.value)? })
    }
}

#[derive(Serialize, Deserialize)]
struct TermRow {
    kind: String,
    article: String,
    span: SpanRow,
}

#[derive(Serialize, Deserialize)]
struct ViolationRow {
    claim: String,
    by: Option<String>,
    alleged_by: Vec<String>,
    time: Option<TimeRow>,
    after: Option<i64>,
}

/// A ceasefire whole.
#[derive(Serialize, Deserialize)]
pub(crate) struct CeasefireRow {
    id: String,
    kind: String,
    parties: Vec<String>,
    announced_by: Vec<LocatedRow<ReferenceRow>>,
    brokers: Vec<LocatedRow<ReferenceRow>>,
    monitors: Vec<LocatedRow<ReferenceRow>>,
    effective: Option<LocatedRow<TimeRow>>,
    ends: Option<LocatedRow<TimeRow>>,
    terms: Vec<TermRow>,
    violations: Vec<ViolationRow>,
    status: Vec<(String, String)>,
    claims: Vec<String>,
}

impl From<&Ceasefire> for CeasefireRow {
    fn from(c: &Ceasefire) -> Self {
        let references = |list: &[Located<Reference>]| list.iter().map(LocatedRow::from).collect();
        Self {
            id: c.id.clone(),
            kind: c.kind.as_str().to_owned(),
            parties: c.parties.clone(),
            announced_by: references(&c.announced_by),
            brokers: references(&c.brokers),
            monitors: references(&c.monitors),
            effective: c.effective.as_ref().map(LocatedRow::from),
            ends: c.ends.as_ref().map(LocatedRow::from),
            terms: c
                .terms
                .iter()
                .map(|t| TermRow {
                    kind: t.kind.as_str().to_owned(),
                    article: t.article.clone(),
                    span: span_row(t.span),
                })
                .collect(),
            violations: c
                .violations
                .iter()
                .map(|v| ViolationRow {
                    claim: v.claim.clone(),
                    by: v.by.clone(),
                    alleged_by: v.alleged_by.clone(),
                    time: v.time.as_ref().map(TimeRow::from),
                    after: v.after,
                })
                .collect(),
            status: c.status.iter().map(|(claim, act)| (claim.clone(), act.as_str().to_owned())).collect(),
            claims: c.claims.clone(),
        }
    }
}

impl CeasefireRow {
    pub(crate) fn value(self) -> Result<Ceasefire, Error> {
        let spans = Spans(None);
        let references = |rows| all(rows, |r: LocatedRow<ReferenceRow>| r.value(|v| v.value(spans)));
        let time = |row: Option<LocatedRow<TimeRow>>| row.map(|r| r.value(|t| t.value(spans))).transpose();
        Ok(Ceasefire {
            id: self.id,
            kind: word(CeasefireKind::parse, &self.kind, "ceasefire kind")?,
            parties: self.parties,
            announced_by: references(self.announced_by)?,
            brokers: references(self.brokers)?,
            monitors: references(self.monitors)?,
            effective: time(self.effective)?,
            ends: time(self.ends)?,
            terms: all(self.terms, |t| {
                let kind = word(TermKind::parse, &t.kind, "term")?;
                Ok(Term { kind, article: t.article, span: spans.make(t.span)? })
            })?,
            violations: all(self.violations, |v| {
                let time = v.time.map(|t| t.value(spans)).transpose()?;
                Ok(Violation { claim: v.claim, by: v.by, alleged_by: v.alleged_by, time, after: v.after })
            })?,
            status: all(self.status, |(claim, act)| Ok((claim, word(Act::parse, &act, "act")?)))?,
            claims: self.claims,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct MemberRow {
    claim: String,
    relation: String,
    reason: String,
}

/// An incident whole.
#[derive(Serialize, Deserialize)]
pub(crate) struct IncidentRow {
    id: String,
    event: Option<String>,
    parties: Vec<String>,
    places: Vec<String>,
    time: Option<TimeRow>,
    claims: Vec<MemberRow>,
    origins: usize,
    asserted_by: Vec<String>,
    denied_by: Vec<String>,
    denials: Vec<DenialRow>,
    notes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct DenialRow {
    claim: String,
    kind: String,
    denies: Vec<(String, String)>,
}

impl From<&Incident> for IncidentRow {
    fn from(i: &Incident) -> Self {
        Self {
            id: i.id.clone(),
            event: i.event.map(|e| e.as_str().to_owned()),
            parties: i.parties.clone(),
            places: i.places.clone(),
            time: i.time.as_ref().map(TimeRow::from),
            claims: i
                .claims
                .iter()
                .map(|m| MemberRow {
                    claim: m.claim.clone(),
                    relation: m.relation.as_str().to_owned(),
                    reason: m.reason.clone(),
                })
                .collect(),
            origins: i.origins,
            asserted_by: i.asserted_by.clone(),
            denied_by: i.denied_by.clone(),
            denials: i
                .denials
                .iter()
                .map(|d| DenialRow {
                    claim: d.claim.clone(),
                    kind: d.kind.as_str().to_owned(),
                    denies: d.denies.iter().map(|x| (x.claim.clone(), x.reason.clone())).collect(),
                })
                .collect(),
            notes: i.notes.clone(),
        }
    }
}

impl IncidentRow {
    pub(crate) fn value(self) -> Result<Incident, Error> {
        Ok(Incident {
            id: self.id,
            event: self.event.map(|e| word(Event::parse, &e, "event")).transpose()?,
            parties: self.parties,
            places: self.places,
            time: self.time.map(|t| t.value(Spans(None))).transpose()?,
            claims: all(self.claims, |m| {
                let relation = word(Relation::parse, &m.relation, "relation")?;
                Ok(Member { claim: m.claim, relation, reason: m.reason })
            })?,
            origins: self.origins,
            asserted_by: self.asserted_by,
            denied_by: self.denied_by,
            denials: all(self.denials, |d| {
                let kind = word(DenialKind::parse, &d.kind, "denial")?;
                let denies = d.denies.into_iter().map(|(claim, reason)| Denied { claim, reason }).collect();
                Ok(Denial { claim: d.claim, kind, denies })
            })?,
            notes: self.notes,
        })
    }
}

/// An origin whole.
#[derive(Serialize, Deserialize)]
pub(crate) struct OriginRow {
    id: String,
    agencies: Vec<String>,
    copies: Vec<(String, String)>,
}

impl From<&Origin> for OriginRow {
    fn from(o: &Origin) -> Self {
        let copies = o.copies.iter().map(|c| (c.article.clone(), c.reason.clone())).collect();
        Self { id: o.id.clone(), agencies: o.agencies.clone(), copies }
    }
}

impl OriginRow {
    pub(crate) fn value(self) -> Origin {
        let copies = self.copies.into_iter().map(|(article, reason)| Copy { article, reason }).collect();
        Origin { id: self.id, agencies: self.agencies, copies }
    }
}

/// Shared words of two articles.
#[derive(Serialize, Deserialize)]
pub(crate) struct SharedRow([(String, SpanRow); 2]);

impl From<&Shared> for SharedRow {
    fn from(s: &Shared) -> Self {
        Self(s.passages.each_ref().map(|p| (p.article.clone(), span_row(p.span))))
    }
}

impl SharedRow {
    pub(crate) fn value(self) -> Result<Shared, Error> {
        let spans = Spans(None);
        let [a, b] = self.0;
        let passage = |(article, span)| Ok::<_, Error>(Passage { article, span: spans.make(span)? });
        Ok(Shared { passages: [passage(a)?, passage(b)?] })
    }
}
