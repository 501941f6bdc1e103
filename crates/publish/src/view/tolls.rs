//! Series of counts as the export writes them.

use evidence::Toll;
use evidence::toll::{Bounds, Count, Scope, Voice};
use serde::Serialize;

use crate::{Book, tolls};

/// A series of counts.
#[derive(Serialize)]
#[serde(tag = "type", rename = "toll")]
pub struct TollView<'a> {
    id: &'a str,
    heading: String,
    conflict: Option<&'a str>,
    side: Option<&'a str>,
    harm: &'static str,
    category: &'static str,
    scope: ScopeView<'a>,
    counts: Vec<CountView<'a>>,
    range: Vec<BoundsView<'a>>,
    not_addable: Vec<BarrierView<'a>>,
    notes: &'a [String],
    /// A reading of the counts in UCDP's terms; said only where it was asked for, and null where none can be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    reading_in_ucdp_terms: Option<Option<UcdpView>>,
}

#[derive(Serialize)]
struct ScopeView<'a> {
    kind: &'static str,
    from: Option<&'a str>,
    to: Option<&'a str>,
    words: Option<&'a str>,
    places: &'a [String],
    incident: Option<&'a str>,
}

#[derive(Serialize)]
struct CountView<'a> {
    figures: &'a [String],
    articles: &'a [String],
    origins: usize,
    low: Option<u64>,
    high: Option<u64>,
    qualifier: &'static str,
    party: Option<&'a str>,
    voice: VoiceView<'a>,
    day: Option<&'a str>,
    relation: &'static str,
    to: &'a [String],
    reason: &'a str,
    disagrees_with: &'a [String],
    part_of: Option<PartView<'a>>,
}

#[derive(Serialize)]
struct VoiceView<'a> {
    kind: &'static str,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct PartView<'a> {
    figure: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct BoundsView<'a> {
    day: Option<&'a str>,
    voice: VoiceView<'a>,
    low: u64,
    high: u64,
    origins: usize,
}

#[derive(Serialize)]
struct BarrierView<'a> {
    toll: Option<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
struct UcdpView {
    low: u64,
    best: Option<u64>,
    high: u64,
}

impl<'a> TollView<'a> {
    /// The view of a series; `ucdp` adds the reading in UCDP's terms.
    pub fn new(book: &Book<'a>, t: &'a Toll, ucdp: bool) -> Self {
        let reading = || t.in_ucdp_terms().map(|r| UcdpView { low: r.low, best: r.best, high: r.high });
        let barrier =
            |b: &'a evidence::toll::Barrier| BarrierView { toll: b.toll.as_deref(), reason: b.reason.as_str() };
        Self {
            id: &t.id,
            heading: tolls::heading(book, t),
            conflict: t.conflict.as_deref(),
            side: t.side.as_deref(),
            harm: t.harm.as_str(),
            category: t.category.as_str(),
            scope: ScopeView::new(&t.scope),
            counts: t.counts.iter().map(CountView::new).collect(),
            range: t.range.iter().map(BoundsView::new).collect(),
            not_addable: t.barriers.iter().map(barrier).collect(),
            notes: &t.notes,
            reading_in_ucdp_terms: ucdp.then(reading),
        }
    }
}

impl<'a> ScopeView<'a> {
    fn new(scope: &'a Scope) -> Self {
        let empty =
            Self { kind: tolls::scope_kind(scope), from: None, to: None, words: None, places: &[], incident: None };
        match scope {
            Scope::Since { from, words } => {
                let words = Some(words.as_str()).filter(|w| !w.is_empty());
                Self { from: from.as_ref().map(|f| f.as_str()), words, ..empty }
            }
            Scope::Event { incident, places, day } => {
                let day = day.as_ref().map(|d| d.as_str());
                Self { from: day, to: day, places, incident: incident.as_deref(), ..empty }
            }
            Scope::Period { from, to } => Self { from: Some(from.as_str()), to: Some(to.as_str()), ..empty },
            Scope::Words(words) => Self { words: Some(words), ..empty },
            Scope::Unsaid => empty,
        }
    }
}

impl<'a> CountView<'a> {
    fn new(c: &'a Count) -> Self {
        Self {
            figures: &c.figures,
            articles: &c.articles,
            origins: c.origins,
            low: c.low,
            high: c.high,
            qualifier: c.qualifier.as_str(),
            party: c.party.as_deref(),
            voice: VoiceView::new(&c.voice),
            day: c.day.as_ref().map(|d| d.as_str()),
            relation: c.relation.as_str(),
            to: &c.to,
            reason: &c.reason,
            disagrees_with: &c.against,
            part_of: c.part_of.as_ref().map(|p| PartView { figure: &p.figure, reason: &p.reason }),
        }
    }
}

impl<'a> VoiceView<'a> {
    fn new(voice: &'a Voice) -> Self {
        match voice {
            Voice::Side(slug) => Self { kind: "side", name: Some(slug) },
            Voice::Other(name) => Self { kind: "other", name: Some(name) },
            Voice::Outlet => Self { kind: "outlet", name: None },
        }
    }
}

impl<'a> BoundsView<'a> {
    fn new(b: &'a Bounds) -> Self {
        let day = b.day.as_ref().map(|d| d.as_str());
        Self { day, voice: VoiceView::new(&b.voice), low: b.low, high: b.high, origins: b.origins }
    }
}
