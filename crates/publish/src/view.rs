//! The objects of the export, field by field in the order of the format. Fields that the format does not fix come last.

mod corrections;
mod overview;
mod reconciled;
mod tolls;
mod versions;

use std::collections::BTreeMap;

use evidence::claim::Finding;
use evidence::figure::Period;
use evidence::time::{Iso, Time};
use evidence::{Claim, Entity, Figure, Reference, Span, Speaker};
use serde::Serialize;

pub use corrections::CorrectionView;
pub use overview::{DisputeView, OccurrenceView, OriginView};
pub use reconciled::{CeasefireView, IncidentView};
pub use tolls::TollView;
pub use versions::RevisionView;

use crate::Book;
use crate::book::Page;
use crate::wording;

/// `{"start", "end", "quote"}` in Unicode code points of the article's text.
#[derive(Serialize)]
pub struct SpanView<'a> {
    start: usize,
    end: usize,
    quote: &'a str,
}

/// An article.
#[derive(Serialize)]
#[serde(tag = "type", rename = "article")]
pub struct ArticleView<'a> {
    id: &'a str,
    path: &'a str,
    url: Option<&'a str>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
    byline: &'a [String],
    agencies: &'a [String],
    published: PublishedView<'a>,
    language: Option<&'a str>,
    text: &'a str,
    origin: &'a str,
    dateline: Option<SpanView<'a>>,
    section: Option<&'a str>,
    modified: Option<&'a str>,
    retrieved: Option<&'a str>,
    translation: Option<TranslationView<'a>>,
    outlet_affiliation: Option<AffiliationView<'a>>,
    basis: BTreeMap<&'static str, &'a str>,
    version: Option<VersionView<'a>>,
    notes: Vec<NoteView<'a>>,
}

/// Which version of its article it is; `number` counts from 1 where the order is known.
#[derive(Serialize)]
struct VersionView<'a> {
    number: Option<usize>,
    of: Vec<&'a str>,
}

#[derive(Serialize)]
struct TranslationView<'a> {
    machine: Option<bool>,
    from: Option<&'a str>,
    notice: &'a str,
}

/// To whom the outlet belongs, by the list of outlets of this program.
#[derive(Serialize)]
struct AffiliationView<'a> {
    kind: &'a str,
    state: Option<&'a str>,
    of: Option<&'a str>,
}

#[derive(Serialize)]
struct PublishedView<'a> {
    value: Option<&'a str>,
    precision: Option<&'a str>,
    basis: &'a str,
    spans: Vec<SpanView<'a>>,
}

#[derive(Serialize)]
struct NoteView<'a> {
    kind: &'a str,
    message: &'a str,
}

impl<'a> ArticleView<'a> {
    /// The view of an article.
    pub fn new(book: &Book<'a>, page: &Page<'a>) -> Self {
        let a = page.article();
        Self {
            id: &a.id,
            path: &a.path,
            url: a.url.as_deref(),
            outlet: a.outlet.as_deref(),
            title: a.title.map(|t| page.quote(t)),
            byline: &a.byline,
            agencies: &a.agencies,
            published: PublishedView {
                value: a.published.value.as_ref().map(Iso::as_str),
                precision: a.published.precision.map(|p| p.as_str()),
                basis: a.published.basis.as_str(),
                spans: a.published.spans.iter().map(|s| span(page, *s)).collect(),
            },
            language: a.language.as_deref(),
            text: &a.text,
            origin: page.origin,
            dateline: a.dateline.map(|s| span(page, s)),
            section: a.imprint.section.as_deref(),
            modified: a.imprint.modified.as_ref().map(Iso::as_str),
            retrieved: a.imprint.retrieved.as_ref().map(Iso::as_str),
            translation: a.imprint.translation.as_ref().map(|t| TranslationView {
                machine: t.machine,
                from: t.from.as_deref(),
                notice: &t.notice,
            }),
            outlet_affiliation: wording::affiliation(a).map(|f| AffiliationView {
                kind: f.bond.as_str(),
                state: f.state.as_deref(),
                of: f.of.as_deref(),
            }),
            version: book.version(&a.id).map(|(n, v)| VersionView {
                number: v.ordered.then_some(n),
                of: v.articles.iter().map(|e| e.article.as_str()).collect(),
            }),
            basis: a.imprint.bases.iter().map(|(field, by)| (field.as_str(), &**by)).collect(),
            notes: page.reading.notes.iter().map(|n| NoteView { kind: &n.kind, message: &n.message }).collect(),
        }
    }
}

/// An entity.
#[derive(Serialize)]
#[serde(tag = "type", rename = "entity")]
pub struct EntityView<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    aliases: &'a [String],
    party: Option<&'a str>,
    country: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
}

impl<'a> EntityView<'a> {
    /// The view of an entity.
    pub fn new(e: &'a Entity) -> Self {
        Self {
            id: &e.id,
            kind: e.kind.as_str(),
            name: &e.name,
            aliases: &e.aliases,
            party: e.party.as_deref(),
            country: e.country.as_deref(),
            lat: e.lat,
            lon: e.lon,
        }
    }
}

/// A claim.
#[derive(Serialize)]
#[serde(tag = "type", rename = "claim")]
pub struct ClaimView<'a> {
    id: &'a str,
    article: &'a str,
    content: Option<SpanView<'a>>,
    cue: Option<SpanView<'a>>,
    speakers: Vec<SpeakerView<'a>>,
    act: &'static str,
    event: Option<&'static str>,
    mode: Option<&'static str>,
    actors: Vec<ReferenceView<'a>>,
    targets: Vec<ReferenceView<'a>>,
    places: Vec<ReferenceView<'a>>,
    time: Option<TimeView<'a>>,
    polarity: &'static str,
    status: &'static str,
    incident: Option<&'a str>,
    joint: bool,
    answers: Vec<String>,
    found: Vec<FindingView<'a>>,
}

impl<'a> ClaimView<'a> {
    /// The view of a claim of the book.
    pub fn new(book: &Book<'a>, c: &'a Claim) -> Self {
        let page = book.page(&c.article);
        Self {
            id: &c.id,
            article: &c.article,
            content: page.map(|p| span(p, c.content)),
            cue: maybe_span(page, c.cue),
            speakers: c.speakers.iter().map(|s| SpeakerView::new(page, s)).collect(),
            act: c.act.as_str(),
            event: c.event.map(|e| e.as_str()),
            mode: c.mode.map(|m| m.as_str()),
            actors: c.actors.iter().map(|r| ReferenceView::new(page, r)).collect(),
            targets: c.targets.iter().map(|r| ReferenceView::new(page, r)).collect(),
            places: c.places.iter().map(|r| ReferenceView::new(page, r)).collect(),
            time: c.time.as_ref().map(|t| TimeView::new(page, t)),
            polarity: c.polarity.as_str(),
            status: c.status.as_str(),
            incident: book.incident_of(&c.id).map(|(i, _)| i.id.as_str()),
            joint: c.joint,
            answers: book.denial(&c.id).map(|d| d.denies.iter().map(|x| x.claim.clone()).collect()).unwrap_or_default(),
            found: c.found.iter().map(|f| FindingView::new(page, f)).collect(),
        }
    }
}

#[derive(Serialize)]
struct SpeakerView<'a> {
    name: Option<&'a str>,
    role: Option<&'a str>,
    organisation: Option<&'a str>,
    party: Option<&'a str>,
    entity: Option<&'a str>,
    span: Option<SpanView<'a>>,
}

impl<'a> SpeakerView<'a> {
    fn new(page: Option<&Page<'a>>, s: &'a Speaker) -> Self {
        Self {
            name: s.name.as_deref(),
            role: s.role.as_deref(),
            organisation: s.organisation.as_deref(),
            party: s.party.as_deref(),
            entity: s.entity.as_deref(),
            span: maybe_span(page, s.span),
        }
    }
}

#[derive(Serialize)]
struct ReferenceView<'a> {
    entity: Option<&'a str>,
    party: Option<&'a str>,
    span: Option<SpanView<'a>>,
    /// Said only where the object around it belongs to no single article.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
}

impl<'a> ReferenceView<'a> {
    fn new(page: Option<&Page<'a>>, r: &'a Reference) -> Self {
        let (entity, party) = (r.entity.as_deref(), r.party.as_deref());
        Self { entity, party, span: maybe_span(page, r.span), article: None }
    }
}

#[derive(Serialize)]
struct TimeView<'a> {
    value: Option<&'a str>,
    end: Option<&'a str>,
    precision: Option<&'static str>,
    text: Option<&'a str>,
    basis: &'static str,
    span: Option<SpanView<'a>>,
    /// Said only where the object around it belongs to no single article.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
}

impl<'a> TimeView<'a> {
    fn new(page: Option<&Page<'a>>, t: &'a Time) -> Self {
        Self {
            value: t.value.as_ref().map(Iso::as_str),
            end: t.end.as_ref().map(Iso::as_str),
            precision: t.precision.map(|p| p.as_str()),
            text: page.zip(t.span).map(|(p, s)| p.quote(s)),
            basis: t.basis.as_str(),
            span: maybe_span(page, t.span),
            article: None,
        }
    }
}

#[derive(Serialize)]
struct FindingView<'a> {
    rule: &'a str,
    reason: &'a str,
    span: Option<SpanView<'a>>,
}

impl<'a> FindingView<'a> {
    fn new(page: Option<&Page<'a>>, f: &'a Finding) -> Self {
        Self { rule: &f.rule, reason: &f.reason, span: maybe_span(page, f.span) }
    }
}

/// A figure.
#[derive(Serialize)]
#[serde(tag = "type", rename = "figure")]
pub struct FigureView<'a> {
    id: &'a str,
    article: &'a str,
    claim: Option<&'a str>,
    span: Option<SpanView<'a>>,
    harm: &'static str,
    low: Option<u64>,
    high: Option<u64>,
    qualifier: &'static str,
    category: &'static str,
    party: Option<&'a str>,
    place: Option<&'a str>,
    period: Option<PeriodView<'a>>,
    speakers: Vec<SpeakerView<'a>>,
    superseded: bool,
    rule: &'a str,
}

#[derive(Serialize)]
struct PeriodView<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    text: Option<&'a str>,
    span: Option<SpanView<'a>>,
}

impl<'a> FigureView<'a> {
    /// The view of a figure of the book.
    pub fn new(book: &Book<'a>, f: &'a Figure) -> Self {
        let page = book.page(&f.article);
        let period = |p: &'a Period| PeriodView {
            from: p.from.as_ref().map(Iso::as_str),
            to: p.to.as_ref().map(Iso::as_str),
            text: page.map(|page| page.quote(p.span)),
            span: page.map(|page| span(page, p.span)),
        };
        Self {
            id: &f.id,
            article: &f.article,
            claim: f.claim.as_deref(),
            span: page.map(|p| span(p, f.span)),
            harm: f.harm.as_str(),
            low: f.low,
            high: f.high,
            qualifier: f.qualifier.as_str(),
            category: f.category.as_str(),
            party: f.party.as_deref(),
            place: f.place.as_deref(),
            period: f.period.as_ref().map(period),
            speakers: f.speakers.iter().map(|s| SpeakerView::new(page, s)).collect(),
            superseded: f.superseded,
            rule: &f.rule,
        }
    }
}

fn span<'a>(page: &Page<'a>, s: Span) -> SpanView<'a> {
    SpanView { start: page.point(s.start()), end: page.point(s.end()), quote: page.quote(s) }
}

fn maybe_span<'a>(page: Option<&Page<'a>>, s: Option<Span>) -> Option<SpanView<'a>> {
    page.zip(s).map(|(page, s)| span(page, s))
}
