//! How nested values are kept: as JSON in a column. Field names are those of the export, spans are pairs of bytes.

mod derived;

use evidence::claim::Finding;
use evidence::time::{Iso, Time};
use evidence::{Basis, Precision, Reference, Span, Speaker};
use serde::{Deserialize, Serialize};

use crate::Error;
pub(crate) use derived::{CeasefireRow, IncidentRow, OriginRow, SharedRow};

/// First byte and one past the last.
pub(crate) type SpanRow = (u32, u32);

/// Values as JSON, through their row type.
pub(crate) fn to_json<'a, T: 'a, R: Serialize + From<&'a T>>(values: &'a [T]) -> String {
    let rows: Vec<R> = values.iter().map(R::from).collect();
    json_of(&rows)
}

/// Any row as JSON.
pub(crate) fn json_of(row: &impl Serialize) -> String {
    serde_json::to_string(row).expect("rows have text keys and finite numbers only")
}

/// A row from JSON; `place` names the column for the error.
pub(crate) fn from_json<'j, R: Deserialize<'j>>(json: &'j str, place: &str) -> Result<R, Error> {
    serde_json::from_str(json).map_err(|e| Error::damaged(format!("{place}: {e}")))
}

/// A closed word read back.
pub(crate) fn word<T>(parse: impl Fn(&str) -> Option<T>, text: &str, place: &str) -> Result<T, Error> {
    parse(text).ok_or_else(|| Error::damaged(format!("{place}: there is no {text:?}")))
}

/// A value of several rows, or the first error.
pub(crate) fn all<R, T>(rows: Vec<R>, of: impl Fn(R) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    rows.into_iter().map(of).collect()
}

/// Makes spans again. Those of one article are checked against its text, so that reading words never fails later.
#[derive(Clone, Copy)]
pub(crate) struct Spans<'a>(pub(crate) Option<&'a str>);

impl Spans<'_> {
    pub(crate) fn make(self, (start, end): SpanRow) -> Result<Span, Error> {
        let right = start <= end && self.0.is_none_or(|t| t.get(start as usize..end as usize).is_some());
        let span = right.then(|| Span::new(start as usize, end as usize));
        span.ok_or_else(|| Error::damaged(format!("span {start}..{end}")))
    }

    pub(crate) fn maybe(self, row: Option<SpanRow>) -> Result<Option<Span>, Error> {
        row.map(|r| self.make(r)).transpose()
    }
}

pub(crate) fn span_row(span: Span) -> SpanRow {
    (span.start() as u32, span.end() as u32)
}

pub(crate) fn iso(text: Option<String>, place: &str) -> Result<Option<Iso>, Error> {
    text.map(|t| word(Iso::parse, &t, place)).transpose()
}

macro_rules! row {
    ($name:ident { $($field:ident : $type:ty),* $(,)? }) => {
        #[derive(Serialize, Deserialize)]
        pub(crate) struct $name { $(#[serde(default, skip_serializing_if = "is_default")] $field: $type),* }
    };
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

row!(SpeakerRow {
    name: Option<String>,
    role: Option<String>,
    organisation: Option<String>,
    party: Option<String>,
    entity: Option<String>,
    span: Option<SpanRow>,
});

impl From<&Speaker> for SpeakerRow {
    fn from(s: &Speaker) -> Self {
        Self {
            name: s.name.clone(),
            role: s.role.clone(),
            organisation: s.organisation.clone(),
            party: s.party.clone(),
            entity: s.entity.clone(),
            span: s.span.map(span_row),
        }
    }
}

impl SpeakerRow {
    pub(crate) fn value(self, spans: Spans) -> Result<Speaker, Error> {
        let span = spans.maybe(self.span)?;
        let Self { name, role, organisation, party, entity, .. } = self;
        Ok(Speaker { name, role, organisation, party, entity, span })
    }
}

row!(ReferenceRow { entity: Option<String>, party: Option<String>, span: Option<SpanRow> });

impl From<&Reference> for ReferenceRow {
    fn from(r: &Reference) -> Self {
        Self { entity: r.entity.clone(), party: r.party.clone(), span: r.span.map(span_row) }
    }
}

impl ReferenceRow {
    pub(crate) fn value(self, spans: Spans) -> Result<Reference, Error> {
        Ok(Reference { entity: self.entity, party: self.party, span: spans.maybe(self.span)? })
    }
}

row!(FindingRow { rule: String, reason: String, span: Option<SpanRow> });

impl From<&Finding> for FindingRow {
    fn from(f: &Finding) -> Self {
        Self { rule: f.rule.clone(), reason: f.reason.clone(), span: f.span.map(span_row) }
    }
}

impl FindingRow {
    pub(crate) fn value(self, spans: Spans) -> Result<Finding, Error> {
        Ok(Finding { rule: self.rule, reason: self.reason, span: spans.maybe(self.span)? })
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct TimeRow {
    pub(crate) value: Option<String>,
    pub(crate) end: Option<String>,
    pub(crate) precision: Option<String>,
    pub(crate) span: Option<SpanRow>,
    pub(crate) basis: String,
}

impl From<&Time> for TimeRow {
    fn from(t: &Time) -> Self {
        Self {
            value: t.value.as_ref().map(Iso::to_string),
            end: t.end.as_ref().map(Iso::to_string),
            precision: t.precision.map(|p| p.as_str().to_owned()),
            span: t.span.map(span_row),
            basis: t.basis.as_str().to_owned(),
        }
    }
}

impl TimeRow {
    pub(crate) fn value(self, spans: Spans) -> Result<Time, Error> {
        Ok(Time {
            value: iso(self.value, "time")?,
            end: iso(self.end, "time end")?,
            precision: self.precision.map(|p| word(Precision::parse, &p, "precision")).transpose()?,
            span: spans.maybe(self.span)?,
            basis: word(Basis::parse, &self.basis, "basis")?,
        })
    }
}
