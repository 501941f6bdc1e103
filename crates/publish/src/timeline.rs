//! What does each side say happened, in which order? Incidents and single claims by the time that is told of them.

use std::collections::BTreeSet;

use evidence::time::Iso;
use evidence::{Claim, Incident, Status};

use crate::Book;

/// How the place in the order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    /// The words tell the time.
    Told,
    /// Only the report has a date: it happened then or before.
    Report,
    /// Neither.
    Unknown,
}

impl Dated {
    /// A stable word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Report => "report",
            Self::Unknown => "unknown",
        }
    }
}

/// One occurrence as it is told.
pub struct Occurrence<'a> {
    /// When, or of an interval from when; the date of the report where no time is told.
    pub start: Option<&'a Iso>,
    /// The end of an interval.
    pub end: Option<&'a Iso>,
    /// How that is known.
    pub dated: Dated,
    /// The incident, if several claims tell of it.
    pub incident: Option<&'a Incident>,
    /// Every version of it, in the order of the export.
    pub claims: Vec<&'a Claim>,
}

impl<'a> Occurrence<'a> {
    /// The day (or month, or year) told.
    pub fn day(&self) -> Option<&'a str> {
        self.start.map(Iso::date)
    }

    /// The time of day told, with its offset.
    pub fn clock(&self) -> Option<&'a str> {
        self.start
            .filter(|_| self.dated == Dated::Told)
            .and_then(|s| s.as_str().split_once('T'))
            .map(|(_, clock)| clock)
    }

    /// Names of the places told.
    pub fn places(&self, book: &Book) -> Vec<String> {
        let of_claims = self.claims.iter().flat_map(|c| &c.places).filter_map(|r| r.entity.as_deref());
        let ids: BTreeSet<&str> = match self.incident {
            Some(i) if !i.places.is_empty() => i.places.iter().map(String::as_str).collect(),
            _ => of_claims.collect(),
        };
        ids.into_iter().map(|id| book.entity(id).map_or(id, |e| &e.name).to_owned()).collect()
    }
}

/// Occurrences in which a picked claim tells of something as having happened or happening: by time, then as exported.
/// What is dated only by its report comes after what is told of that day; what is not dated at the end.
pub fn timeline<'a>(book: &Book<'a>, picked: &BTreeSet<String>) -> Vec<Occurrence<'a>> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for claim in book.claims() {
        if !picked.contains(&claim.id) || !tells(claim) {
            continue;
        }
        match book.incident_of(&claim.id) {
            Some((incident, _)) if seen.insert(&incident.id) => out.push(of_incident(book, incident)),
            Some(_) => {}
            None => out.push(occurrence(book, None, vec![claim])),
        }
    }
    // Text of ISO 8601 sorts by time, a day before its hours.
    out.sort_by(|a, b| {
        let key = |o: &Occurrence| (o.start.is_none(), o.day().map(str::to_owned), o.dated, o.start.cloned());
        key(a).cmp(&key(b))
    });
    out
}

/// Whether a claim tells of an event that was or is, or denies one.
fn tells(c: &Claim) -> bool {
    c.event.is_some() && matches!(c.status, Status::Actual | Status::Ongoing) && !c.act.is_of_future()
}

fn of_incident<'a>(book: &Book<'a>, incident: &'a Incident) -> Occurrence<'a> {
    let mut claims: Vec<&Claim> = incident.claims.iter().filter_map(|m| book.claim(&m.claim)).collect();
    // In the order of the export.
    claims.sort_by_key(|c| (book.page(&c.article).map(|p| &p.article().path), &c.article, c.content, &c.id));
    occurrence(book, Some(incident), claims)
}

fn occurrence<'a>(book: &Book<'a>, incident: Option<&'a Incident>, claims: Vec<&'a Claim>) -> Occurrence<'a> {
    let own = incident.and_then(|i| i.time.as_ref()).filter(|t| t.value.is_some());
    let of_claims = claims.iter().filter_map(|c| c.time.as_ref()).filter(|t| t.value.is_some());
    let told = own.or_else(|| of_claims.min_by_key(|t| &t.value));
    let published = || claims.iter().filter_map(|c| book.page(&c.article)?.article().published.value.as_ref()).min();
    let (start, end, dated) = match told {
        Some(t) => (t.value.as_ref(), t.end.as_ref(), Dated::Told),
        None => match published() {
            Some(day) => (Some(day), None, Dated::Report),
            None => (None, None, Dated::Unknown),
        },
    };
    Occurrence { start, end, dated, incident, claims }
}
