//! Corrected reports as gold: what a scorer holds another reading against.
//!
//! One JSON object for each report, in the layout of annotated reports: propositions by an exact stretch of the text
//! (`anchor`), with every value that a right reading has. Names that will do for a speaker or a place stand in `any_of`
//! lists; where the outlet speaks, there is no speaker.

use std::io::{Result, Write};

use evidence::time::{Iso, Time};
use evidence::{Basis, Claim, Figure, Reference, Speaker};
use serde::Serialize;

use crate::Book;
use crate::book::Page;

/// A report.
#[derive(Serialize)]
struct Gold<'a> {
    id: &'a str,
    published: Option<&'a str>,
    published_given: bool,
    published_expected: Expected<'a>,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    agencies: &'a [String],
    language: Option<&'a str>,
    conflict: bool,
    boilerplate: [&'static str; 0],
    claims: Vec<ClaimGold<'a>>,
    figures: Vec<FigureGold<'a>>,
    /// Nobody has reviewed any.
    ceasefires: [&'static str; 0],
}

#[derive(Serialize)]
struct Expected<'a> {
    value: Option<&'a str>,
    precision: Option<&'static str>,
    basis: &'static str,
}

#[derive(Serialize)]
struct ClaimGold<'a> {
    n: usize,
    anchor: &'a str,
    cue: Option<&'a str>,
    speakers: Vec<SpeakerGold<'a>>,
    speakers_parallel: bool,
    act: &'static str,
    event: Option<&'static str>,
    mode: Option<&'static str>,
    actors_party: Vec<&'a str>,
    targets_party: Vec<&'a str>,
    places_any_of: Vec<&'a str>,
    time: Option<TimeGold<'a>>,
    polarity: &'static str,
    status: &'static str,
    salience: u8,
}

#[derive(Serialize)]
struct SpeakerGold<'a> {
    any_of: Vec<String>,
    organisation_any_of: Vec<&'a str>,
    party: Option<&'a str>,
}

#[derive(Serialize)]
struct TimeGold<'a> {
    value: Option<&'a str>,
    end: Option<&'a str>,
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct FigureGold<'a> {
    n: usize,
    claim: Option<usize>,
    anchor: &'a str,
    value_text: &'a str,
    harm: &'static str,
    low: Option<u64>,
    high: Option<u64>,
    qualifier: &'static str,
    category: &'static str,
    party: Option<&'a str>,
    place: Option<&'a str>,
    period: Option<PeriodGold<'a>>,
    speaker_any_of: Option<Vec<String>>,
    speaker_party: Option<&'a str>,
    superseded: bool,
    salience: u8,
}

#[derive(Serialize)]
struct PeriodGold<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    text: &'a str,
}

/// Writes one report of a corrected ledger.
pub fn report<'a>(book: &Book<'a>, page: &Page<'a>, out: &mut impl Write) -> Result<()> {
    let a = page.article();
    let told = a.published.value.as_ref().map(Iso::as_str);
    let given = matches!(a.published.basis, Basis::Given | Basis::Metadata);
    let gold = Gold {
        id: &a.id,
        published: told.filter(|_| given),
        published_given: given,
        published_expected: Expected {
            value: told,
            precision: a.published.precision.map(|p| p.as_str()),
            basis: a.published.basis.as_str(),
        },
        title: a.title.map(|t| page.quote(t)),
        outlet: a.outlet.as_deref(),
        agencies: &a.agencies,
        language: a.language.as_deref(),
        conflict: true,
        boilerplate: [],
        claims: page.claims().iter().enumerate().map(|(n, c)| claim(book, page, n + 1, c)).collect(),
        figures: page.figures().iter().enumerate().map(|(n, f)| figure(page, n + 1, f)).collect(),
        ceasefires: [],
    };
    serde_json::to_writer_pretty(&mut *out, &gold)?;
    out.write_all(b"\n")
}

fn claim<'a>(book: &Book<'a>, page: &Page<'a>, n: usize, c: &'a Claim) -> ClaimGold<'a> {
    ClaimGold {
        n,
        anchor: page.quote(c.content),
        cue: c.cue.map(|s| page.quote(s)),
        speakers: c.speakers.iter().map(|s| speaker(page, s)).collect(),
        speakers_parallel: c.joint,
        act: c.act.as_str(),
        event: c.event.map(|e| e.as_str()),
        mode: c.mode.map(|m| m.as_str()),
        actors_party: parties(&c.actors),
        targets_party: parties(&c.targets),
        places_any_of: places(book, page, &c.places),
        time: c.time.as_ref().map(|t| time(page, t)),
        polarity: c.polarity.as_str(),
        status: c.status.as_str(),
        salience: 1,
    }
}

fn figure<'a>(page: &Page<'a>, n: usize, f: &'a Figure) -> FigureGold<'a> {
    let of = |id: &String| page.claims().iter().position(|c| c.id == *id).map(|n| n + 1);
    // What nobody else is quoted for, whoever makes the claim says.
    let claim = f.claim.as_ref().and_then(|id| page.claims().iter().find(|c| c.id == *id));
    let speakers = if f.speakers.is_empty() { claim.map_or(&[][..], |c| &c.speakers) } else { &f.speakers };
    let first = speakers.first();
    let named = |id: &str| page.reading.entities.iter().find(|e| e.id == id).map(|e| e.name.as_str());
    FigureGold {
        n,
        claim: f.claim.as_ref().and_then(of),
        anchor: page.quote(f.span),
        value_text: page.quote(f.span),
        harm: f.harm.as_str(),
        low: f.low,
        high: f.high,
        qualifier: f.qualifier.as_str(),
        category: f.category.as_str(),
        party: f.party.as_deref(),
        place: f.place.as_deref().map(|id| named(id).unwrap_or(id)),
        period: f.period.as_ref().map(|p| PeriodGold {
            from: p.from.as_ref().map(Iso::as_str),
            to: p.to.as_ref().map(Iso::as_str),
            text: page.quote(p.span),
        }),
        speaker_any_of: first.map(|s| speaker(page, s).any_of),
        speaker_party: first.and_then(|s| s.party.as_deref()),
        superseded: f.superseded,
        salience: 1,
    }
}

fn speaker<'a>(page: &Page<'a>, s: &'a Speaker) -> SpeakerGold<'a> {
    let described = || {
        let parts = [s.role.as_deref(), s.organisation.as_deref(), s.span.map(|w| page.quote(w)), s.party.as_deref()];
        parts.into_iter().flatten().map(str::to_owned).collect()
    };
    SpeakerGold {
        any_of: s.name.clone().map_or_else(described, |name| vec![name]),
        organisation_any_of: s.organisation.as_deref().into_iter().collect(),
        party: s.party.as_deref(),
    }
}

fn parties(list: &[Reference]) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for party in list.iter().filter_map(|r| r.party.as_deref()) {
        if !out.contains(&party) {
            out.push(party);
        }
    }
    out
}

fn places<'a>(book: &Book<'a>, page: &Page<'a>, list: &'a [Reference]) -> Vec<&'a str> {
    let of_reading = |id: &str| page.reading.entities.iter().find(|e| e.id == id);
    let mut out: Vec<&str> = Vec::new();
    for place in list {
        let entity = place.entity.as_deref();
        let known = entity.and_then(of_reading);
        out.extend(place.span.map(|s| page.quote(s)));
        out.extend(known.iter().flat_map(|e| std::iter::once(&e.name).chain(&e.aliases)).map(String::as_str));
        // One that a person named by its id, in a report that has it nowhere.
        out.extend(entity.filter(|id| known.is_none() && book.entity(id).is_none()));
    }
    out.dedup();
    out
}

fn time<'a>(page: &Page<'a>, t: &'a Time) -> TimeGold<'a> {
    TimeGold {
        value: t.value.as_ref().map(Iso::as_str),
        end: t.end.as_ref().map(Iso::as_str),
        text: t.span.map(|s| page.quote(s)),
    }
}
