//! What is made of many claims together: disputes, occurrences of the timeline, origins. They name claims and figures by
//! id; where these words stand, the claims and figures say.

use evidence::{Claim, Figure, Origin};
use serde::Serialize;

use super::{SpanView, maybe_span};
use crate::Book;
use crate::disputes::{Dispute, parties_of};
use crate::timeline::Occurrence;

/// One dispute.
#[derive(Serialize)]
#[serde(tag = "type", rename = "dispute")]
pub struct DisputeView<'a> {
    kind: &'static str,
    denial_kind: Option<&'static str>,
    incident: Option<&'a str>,
    event: Option<&'static str>,
    parties: Vec<&'a str>,
    day: Option<&'a str>,
    claims: Vec<PartView<'a>>,
    figures: Vec<CountView<'a>>,
}

/// A claim with its part in the dispute.
#[derive(Serialize)]
struct PartView<'a> {
    claim: &'a str,
    part: &'static str,
    parties: Vec<&'a str>,
    act: &'static str,
    article: &'a str,
    content: Option<SpanView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
struct CountView<'a> {
    figure: &'a str,
    harm: &'static str,
    low: Option<u64>,
    high: Option<u64>,
    parties: Vec<&'a str>,
    article: &'a str,
    span: Option<SpanView<'a>>,
}

impl<'a> DisputeView<'a> {
    /// The view of a dispute of the book.
    pub fn new(book: &Book<'a>, dispute: &Dispute<'a>) -> Self {
        let part = |c: &'a Claim, part| PartView::new(book, c, part);
        let mut view = Self {
            kind: dispute.kind(),
            denial_kind: None,
            incident: None,
            event: None,
            parties: Vec::new(),
            day: None,
            claims: Vec::new(),
            figures: Vec::new(),
        };
        match dispute {
            Dispute::Denial { claim, denial, incident } => {
                view.denial_kind = denial.as_ref().map(|d| d.kind.as_str());
                view.incident = incident.map(|i| i.id.as_str());
                view.event = claim.event.map(|e| e.as_str());
                view.claims.push(part(claim, "denies"));
                for d in denial.iter().flat_map(|d| &d.denies) {
                    let denied =
                        book.claim(&d.claim).map(|c| PartView { reason: Some(d.reason.clone()), ..part(c, "says") });
                    view.claims.extend(denied);
                }
            }
            Dispute::Mutual { parties, event, day, claims } => {
                (view.parties, view.event, view.day) = (parties.to_vec(), Some(event.as_str()), *day);
                view.claims.extend(claims.iter().map(|c| part(c, "accuses")));
            }
            Dispute::Counts { figures } => view.figures.extend(figures.iter().map(|f| CountView::new(book, f))),
            Dispute::Refusal { claim } => view.claims.push(part(claim, "declines")),
        }
        if view.parties.is_empty() {
            let all = view.claims.iter().flat_map(|p| &p.parties).chain(view.figures.iter().flat_map(|f| &f.parties));
            view.parties = all.copied().collect();
            view.parties.sort_unstable();
            view.parties.dedup();
        }
        view
    }
}

impl<'a> PartView<'a> {
    fn new(book: &Book<'a>, c: &'a Claim, part: &'static str) -> Self {
        Self {
            claim: &c.id,
            part,
            parties: parties_of(&c.speakers, c.joint),
            act: c.act.as_str(),
            article: &c.article,
            content: maybe_span(book.page(&c.article), Some(c.content)),
            reason: None,
        }
    }
}

impl<'a> CountView<'a> {
    fn new(book: &Book<'a>, f: &'a Figure) -> Self {
        Self {
            figure: &f.id,
            harm: f.harm.as_str(),
            low: f.low,
            high: f.high,
            parties: parties_of(&f.speakers, false),
            article: &f.article,
            span: maybe_span(book.page(&f.article), Some(f.span)),
        }
    }
}

/// One occurrence of the timeline.
#[derive(Serialize)]
#[serde(tag = "type", rename = "occurrence")]
pub struct OccurrenceView<'a> {
    day: Option<&'a str>,
    clock: Option<&'a str>,
    end: Option<&'a str>,
    dated_by: &'static str,
    incident: Option<&'a str>,
    event: Option<&'static str>,
    places: Vec<String>,
    versions: Vec<VersionView<'a>>,
}

#[derive(Serialize)]
struct VersionView<'a> {
    claim: &'a str,
    parties: Vec<&'a str>,
    act: &'static str,
    article: &'a str,
    content: Option<SpanView<'a>>,
    denied_by: Vec<String>,
}

impl<'a> OccurrenceView<'a> {
    /// The view of an occurrence of the book.
    pub fn new(book: &Book<'a>, o: &Occurrence<'a>) -> Self {
        let version = |c: &&'a Claim| VersionView {
            claim: &c.id,
            parties: parties_of(&c.speakers, c.joint),
            act: c.act.as_str(),
            article: &c.article,
            content: maybe_span(book.page(&c.article), Some(c.content)),
            denied_by: book.deniers(&c.id).into_iter().collect(),
        };
        let event = o.incident.and_then(|i| i.event).or_else(|| o.claims.first().and_then(|c| c.event));
        Self {
            day: o.day(),
            clock: o.clock(),
            end: o.end.map(|e| e.as_str()),
            dated_by: o.dated.as_str(),
            incident: o.incident.map(|i| i.id.as_str()),
            event: event.map(|e| e.as_str()),
            places: o.places(book),
            versions: o.claims.iter().map(version).collect(),
        }
    }
}

/// An origin with its copies, and what it shares with others.
#[derive(Serialize)]
#[serde(tag = "type", rename = "origin")]
pub struct OriginView<'a> {
    id: &'a str,
    agencies: &'a [String],
    copies: Vec<CopyView<'a>>,
    shared: Vec<SharedView<'a>>,
}

#[derive(Serialize)]
struct CopyView<'a> {
    article: &'a str,
    path: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
struct SharedView<'a> {
    article: &'a str,
    span: Option<SpanView<'a>>,
    with: &'a str,
    with_span: Option<SpanView<'a>>,
}

impl<'a> OriginView<'a> {
    /// The view of an origin of the book.
    pub fn new(book: &Book<'a>, o: &'a Origin) -> Self {
        let copy = |c: &'a evidence::origin::Copy| {
            let article = book.page(&c.article).map(|p| p.article());
            CopyView {
                article: &c.article,
                path: article.map(|a| a.path.as_str()),
                outlet: article.and_then(|a| a.outlet.as_deref()),
                published: article.and_then(|a| a.published.value.as_ref()).map(|v| v.as_str()),
                reason: &c.reason,
            }
        };
        let of = |article: &str| o.copies.iter().any(|c| c.article == article);
        let shared = book.shared().iter().filter_map(|s| {
            let [one, other] = &s.passages;
            let (own, theirs) = if of(&one.article) { (one, other) } else { (other, one) };
            let span = |p: &'a evidence::origin::Passage| maybe_span(book.page(&p.article), Some(p.span));
            of(&own.article).then(|| SharedView {
                article: &own.article,
                span: span(own),
                with: &theirs.article,
                with_span: span(theirs),
            })
        });
        Self { id: &o.id, agencies: &o.agencies, copies: o.copies.iter().map(copy).collect(), shared: shared.collect() }
    }
}
