//! What must be known of a figure before it is held against others: whose people, whose count, which day, what it covers.

use std::collections::BTreeMap;

use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::toll::Voice;
use evidence::{Claim, Conflict, Figure, Front, Incident, Ledger, Speaker};

use super::cover::{self, Cover, Covered, Focus};
use super::wars::Named;
use crate::versions::changed_counts;

/// A figure with what is known of it.
pub(super) struct Fact<'a> {
    pub figure: &'a Figure,
    /// What a newer version of its article gives in its place.
    pub revised: Option<String>,
    /// Place of its article among the readings.
    pub reading: usize,
    /// Id of the origin of its article.
    pub origin: &'a str,
    pub conflict: Option<String>,
    /// Whose people: their warring side, or their party.
    pub side: Option<String>,
    pub voice: Voice,
    /// The day it was put forward.
    pub day: Option<Iso>,
    pub covered: Covered,
    /// Why it is no count of all, if it is none.
    pub no_toll: Option<&'static str>,
    pub incident: Option<&'a Incident>,
    /// The day of the occurrence, as far as its own claim tells it.
    pub claim_day: Option<Iso>,
}

/// The figures of a ledger, by article and position.
pub(super) fn of<'a>(ledger: &'a Ledger, conflicts: &[Conflict]) -> Vec<Fact<'a>> {
    let origins = evidence::origin::of_articles(&ledger.origins);
    let mut incidents: BTreeMap<&str, &Incident> = BTreeMap::new();
    for incident in &ledger.incidents {
        for m in &incident.claims {
            incidents.entry(m.claim.as_str()).or_insert(incident);
        }
    }
    // By article id, whatever the order of reading.
    let mut readings: Vec<(usize, &Reading)> = ledger.readings.iter().enumerate().collect();
    readings.sort_by_key(|(_, r)| &r.article.id);
    // A copy that leaves out where it was is about the attack that the other copies are about.
    let mut focuses: BTreeMap<&str, Focus> = BTreeMap::new();
    for (_, reading) in readings.iter().filter(|(_, r)| !r.figures.is_empty()) {
        let id = reading.article.id.as_str();
        let origin = origins.get(id).map_or(id, |o| o.id.as_str());
        if let Some(focus) = cover::focus(reading).filter(|_| !focuses.contains_key(origin)) {
            focuses.insert(origin, focus);
        }
    }
    let mut out = Vec::new();
    for (n, reading) in readings.into_iter().filter(|(_, r)| !r.figures.is_empty()) {
        let id = reading.article.id.as_str();
        let origin = origins.get(id).map_or(id, |o| o.id.as_str());
        out.extend(of_reading(n, reading, origin, focuses.get(origin), &incidents, conflicts));
    }
    let revised = revised(ledger);
    for fact in &mut out {
        fact.revised = revised.get(&fact.figure.id).cloned();
    }
    out
}

/// Figures that the newest version of their article gives otherwise, by id, with what it gives.
fn revised(ledger: &Ledger) -> BTreeMap<String, String> {
    let readings: BTreeMap<&str, &Reading> = ledger.readings.iter().map(|r| (r.article.id.as_str(), r)).collect();
    let mut out = BTreeMap::new();
    for versions in ledger.versions.iter().filter(|v| v.ordered) {
        let mut own = versions.articles.iter().rev().filter_map(|e| readings.get(e.article.as_str()));
        let Some(newest) = own.next() else { continue };
        for change in own.flat_map(|older| changed_counts(older, newest)) {
            let counted = change.fields.iter().any(|f| f == "count");
            out.extend(change.older.zip(change.newer).filter(|_| counted));
        }
    }
    out
}

fn of_reading<'a>(
    n: usize,
    reading: &'a Reading,
    origin: &'a str,
    focus: Option<&Focus>,
    incidents: &BTreeMap<&str, &'a Incident>,
    conflicts: &[Conflict],
) -> Vec<Fact<'a>> {
    let mut figures: Vec<&Figure> = reading.figures.iter().collect();
    figures.sort_by_key(|f| (f.span, f.harm));
    let by_id: BTreeMap<&str, &Claim> = reading.claims.iter().map(|c| (c.id.as_str(), c)).collect();
    let claims: Vec<Option<&Claim>> =
        figures.iter().map(|f| f.claim.as_deref().and_then(|id| by_id.get(id).copied())).collect();
    let named = Named::new(reading);
    let covered = cover::of(reading, &figures, &claims, focus);
    let published = reading.article.published.value.as_ref().and_then(day_of);
    let facts = figures.iter().zip(claims).zip(covered).map(|((figure, claim), covered)| {
        let conflict = named.conflict(figure, claim, conflicts);
        let side = |party: &str| conflict.map_or(party, |c| c.front.side_of(party)).to_owned();
        Fact {
            figure,
            revised: None,
            reading: n,
            origin,
            conflict: conflict.map(|c| c.name.clone()),
            side: figure.party.as_deref().map(side),
            voice: voice(reading, &figure.speakers, conflict.map(|c| &c.front)),
            day: covered.spoken.as_ref().and_then(day_of).or_else(|| published.clone()),
            incident: claim.and_then(|c| incidents.get(c.id.as_str()).copied()),
            claim_day: claim.and_then(|c| c.time.as_ref()).and_then(one_day),
            covered,
            no_toll: None,
        }
    });
    facts
        .map(|mut fact| {
            fact.no_toll = no_toll(&reading.article.text, &fact);
            fact
        })
        .collect()
}

/// The day of a moment; none of a month or year.
pub(super) fn day_of(iso: &Iso) -> Option<Iso> {
    Iso::parse(iso.date()).filter(|d| d.as_str().len() == 10)
}

/// The one day that a time tells of.
pub(super) fn one_day(time: &evidence::time::Time) -> Option<Iso> {
    let first = time.value.as_ref().and_then(day_of)?;
    time.end.as_ref().is_none_or(|end| end.date() == first.as_str()).then_some(first)
}

/// Whose count it is: the nearest speaker of a party, else the nearest that has a name or words.
fn voice(reading: &Reading, speakers: &[Speaker], front: Option<&Front>) -> Voice {
    if let Some(party) = speakers.iter().find_map(|s| s.party.as_deref()) {
        return Voice::Side(front.map_or(party, |f| f.side_of(party)).to_owned());
    }
    let name = |s: &Speaker| {
        let words = || s.span.map(|span| span.of(&reading.article.text).to_owned());
        s.organisation.clone().or_else(|| s.name.clone()).or_else(words).or_else(|| s.role.clone())
    };
    speakers.iter().find_map(name).map_or(Voice::Outlet, Voice::Other)
}

impl Fact<'_> {
    /// The conflict, or what stands in its place: figures of unknown conflicts are of one only where they count one
    /// party's people, or are of one origin.
    pub fn war(&self) -> String {
        match (&self.conflict, &self.side) {
            (Some(name), _) => name.clone(),
            (None, Some(side)) => format!("of {side}"),
            (None, None) => format!("in {}", self.origin),
        }
    }

    /// The place and day of what it counts, where it counts one occurrence.
    pub fn event(&self) -> Option<Event> {
        let words = matches!(self.covered.cover, Cover::Words(_)) && self.covered.places.is_empty();
        if words || matches!(self.covered.cover, Cover::Since { .. }) {
            return None;
        }
        let told = match &self.covered.cover {
            Cover::Days(from, to) if from == to && from.as_str().len() == 10 => Some(from.clone()),
            Cover::Days(..) => return None,
            _ => self.claim_day.clone().or_else(|| self.covered.day.clone()),
        };
        let only = |i: &&Incident| i.places.len() == 1;
        let place = match self.covered.places.as_slice() {
            [one] => Some(one.clone()),
            [] => self.incident.filter(only).map(|i| i.places[0].clone()),
            _ => return None,
        };
        let day = told.or_else(|| self.incident.and_then(|i| i.time.as_ref()).and_then(one_day));
        place.map(|place| Event { place, day })
    }
}

/// Why a figure is no count of all: those it tells of are singled out or come on top of others.
pub(super) fn no_toll(text: &str, fact: &Fact) -> Option<&'static str> {
    let printed = fact.figure.span.of(text);
    let words: Vec<String> = printed.split_whitespace().map(str::to_lowercase).collect();
    let (first, last) = (words.first()?.as_str(), words.last()?.trim_end_matches('.'));
    let one = fact.figure.low == Some(1) && fact.figure.high == Some(1);
    if fact.covered.more {
        return Some("these come on top of others");
    }
    if one && matches!(first, "a" | "an" | "the" | "one") {
        return Some("one person is told of; it is no count of all");
    }
    let lower = words.join(" ");
    if ["of the wounded", "of the injured", "of the killed", "of the dead"].iter().any(|w| lower.ends_with(w)) {
        return Some("some of others whose number is told elsewhere");
    }
    const ALL: [&str; 24] = [
        "persons",
        "lives",
        "deaths",
        "bodies",
        "victims",
        "casualties",
        "injuries",
        "fatalities",
        "others",
        "corpses",
        "individuals",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "tens",
        "millions",
        "losses",
        "residents",
        "refugees",
        "civilians",
        "soldiers",
        "dead",
        "wounded",
    ];
    // "600 Veldanians" are a people and not one kind of it.
    let plain = printed.split_whitespace().last().is_some_and(|w| w.starts_with(char::is_lowercase));
    let kind = plain
        && fact.figure.category == evidence::Category::Unspecified
        && fact.figure.harm != evidence::Harm::Displaced
        && (last.ends_with('s') && !ALL.contains(&last) || matches!(last, "women" | "men" | "staff" | "children"));
    kind.then_some("some people of one kind are told of; it is no count of all")
}

/// One occurrence as far as a figure tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// Entity id.
    pub place: String,
    pub day: Option<Iso>,
}
