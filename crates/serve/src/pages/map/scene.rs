//! What is told to have happened, where and when? Incidents by place, as far as the address asks for them.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Entity, Ledger};
use publish::Book;
use publish::chart::{day_of, day_text};
use store::{SqliteStore, Store as _, Wanted};

use super::asked::Asked;
use crate::atlas::Atlas;
use crate::fault::Fault;

/// All incidents with their places.
pub(crate) struct Scene {
    happenings: Vec<Happening>,
    places: BTreeMap<String, Entity>,
    /// Incidents that the ledger has beyond those read here.
    pub left_out: usize,
}

/// One incident.
struct Happening {
    event: Option<&'static str>,
    places: Vec<String>,
    /// First and last day since 1970-01-01; none where neither it nor its reports are dated.
    days: Option<(i64, i64)>,
    asserted_by: Vec<String>,
    disputed: bool,
}

/// Where something is said to have happened, as far as that is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Extent {
    /// A town, a village, a building.
    Spot { lat: f64, lon: f64 },
    /// Somewhere in a region that reaches so far from its middle.
    Ring { lat: f64, lon: f64, radius_km: f64 },
    /// Somewhere in a country, by its code.
    Country(String),
    /// A place that no map of ours knows.
    Unknown,
}

/// What is told of one place.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub id: String,
    pub name: String,
    /// All other names, contested ones among them.
    pub aliases: Vec<String>,
    pub extent: Extent,
    pub incidents: usize,
    pub disputed: usize,
    /// Incidents by the party that asserts them; an incident that several assert stands with each.
    pub by: BTreeMap<String, usize>,
    /// Incidents that outlets or people of no party tell of.
    pub by_nobody: usize,
    /// First and last day.
    pub days: Option<(i64, i64)>,
    /// Its incidents.
    pub list: String,
}

/// All that is told.
pub(crate) struct Answer {
    /// Places on the map, those with most incidents first.
    pub rows: Vec<Told>,
    /// Places that are named and not known.
    pub unplaced: Vec<Told>,
    /// Incidents that are on the map.
    pub shown: usize,
    /// Incidents left out because nobody knows their day, where days are asked for.
    pub undated: usize,
    /// Incidents of which no place is told.
    pub nowhere: usize,
    /// All days with how many incidents, whatever days are asked for.
    pub all_days: BTreeMap<i64, usize>,
    /// Parties that assert something, sorted.
    pub parties: Vec<String>,
    pub events: Vec<&'static str>,
}

/// So many incidents are read.
const MOST: usize = 2_000;

/// Reads it all.
pub(super) fn of(store: &SqliteStore) -> Result<Scene, Fault> {
    let derived = store.derived()?.unwrap_or_default();
    let left_out = derived.incidents.len().saturating_sub(MOST);
    let incidents = derived.incidents.into_iter().take(MOST).map(|i| i.id).collect();
    let ledger = store.excerpt(&Wanted { incidents, ..Wanted::default() })?;
    Ok(Scene { left_out, ..Scene::of_ledger(&ledger) })
}

impl Scene {
    /// Of a ledger.
    pub fn of_ledger(ledger: &Ledger) -> Self {
        let book = Book::new(ledger);
        let mut places = BTreeMap::new();
        let mut happenings = Vec::new();
        for i in &ledger.incidents {
            for id in &i.places {
                places.extend(book.entity(id).map(|e| (id.clone(), e.clone())));
            }
            let claims = || i.claims.iter().filter_map(|m| book.claim(&m.claim));
            let own = i.time.as_ref().filter(|t| t.value.is_some());
            let of_claims = || claims().filter_map(|c| c.time.as_ref()).filter(|t| t.value.is_some()).min_by_key(|t| &t.value);
            let told = own.or_else(of_claims).and_then(|t| Some((t.value.as_ref()?, t.end.as_ref())));
            let published = || claims().filter_map(|c| book.page(&c.article)?.article().published.value.as_ref()).min();
            let span = told.or_else(|| published().map(|p| (p, None)));
            happenings.push(Happening {
                event: i.event.map(|e| e.as_str()),
                places: i.places.clone(),
                days: span.and_then(|(from, to)| Some((first_day(from.date())?, last_day(to.unwrap_or(from).date())?))),
                asserted_by: i.asserted_by.clone(),
                disputed: !i.denied_by.is_empty() || !i.denials.is_empty(),
            });
        }
        Self { happenings, places, left_out: 0 }
    }

    /// What is asked for, by place. An incident stands at the narrowest of its places: one told of a town and its country
    /// is in the town. One of several towns stands at each of them.
    pub fn told(&self, asked: &Asked, atlas: &Atlas) -> Answer {
        let (mut places, mut seen): (BTreeMap<&str, Told>, BTreeSet<usize>) = Default::default();
        let mut out = Answer {
            rows: Vec::new(),
            unplaced: Vec::new(),
            shown: 0,
            undated: 0,
            nowhere: 0,
            all_days: BTreeMap::new(),
            parties: self.happenings.iter().flat_map(|h| h.asserted_by.clone()).collect(),
            events: self.happenings.iter().filter_map(|h| h.event).collect(),
        };
        out.parties.sort_unstable();
        out.parties.dedup();
        out.events.sort_unstable();
        out.events.dedup();
        let (since, until) = (first_day(&asked.since), last_day(&asked.until));
        for (n, h) in self.happenings.iter().enumerate().filter(|(_, h)| h.is_asked(asked)) {
            if let Some((first, _)) = h.days.filter(|_| !h.places.is_empty()) {
                *out.all_days.entry(first).or_default() += 1;
            }
            match h.days {
                None if since.is_some() || until.is_some() => {
                    out.undated += 1;
                    continue;
                }
                Some((first, last)) if since.is_some_and(|s| last < s) || until.is_some_and(|u| first > u) => continue,
                _ => {}
            }
            let narrowest = self.narrowest(h, atlas);
            out.nowhere += usize::from(narrowest.is_empty());
            for (entity, extent) in narrowest {
                if extent != Extent::Unknown {
                    seen.insert(n);
                }
                places.entry(&entity.id).or_insert_with(|| Told::new(entity, extent, asked)).add(h);
            }
        }
        out.shown = seen.len();
        let all = places.into_values();
        (out.rows, out.unplaced) = all.partition(|t| t.extent != Extent::Unknown);
        out.rows.sort_by(|a, b| (b.incidents, &a.name).cmp(&(a.incidents, &b.name)));
        out
    }

    /// The places of an incident that are known best.
    fn narrowest(&self, h: &Happening, atlas: &Atlas) -> Vec<(&Entity, Extent)> {
        let known = h.places.iter().filter_map(|id| self.places.get(id)).map(|e| (e, extent(e, atlas)));
        let known: Vec<_> = known.collect();
        let width = |e: &Extent| match e {
            Extent::Spot { .. } => 0,
            Extent::Ring { .. } => 1,
            Extent::Country(_) => 2,
            Extent::Unknown => 3,
        };
        let least = known.iter().map(|(_, e)| width(e)).min();
        known.into_iter().filter(|(_, e)| Some(width(e)) == least).collect()
    }
}

/// How well it is known where a place lies. The position of a region is its middle, and no spot.
fn extent(e: &Entity, atlas: &Atlas) -> Extent {
    let names = || std::iter::once(&e.name).chain(&e.aliases);
    match (e.lat.zip(e.lon), &e.country) {
        (Some((lat, lon)), _) => match names().find_map(|n| atlas.radius_km(n)) {
            Some(radius_km) => Extent::Ring { lat, lon, radius_km },
            None => Extent::Spot { lat, lon },
        },
        (None, Some(code)) if atlas.extent(code).is_some() => Extent::Country(code.clone()),
        _ => Extent::Unknown,
    }
}

impl Happening {
    /// Whether it is asked for, whatever its days.
    fn is_asked(&self, asked: &Asked) -> bool {
        (asked.event.is_empty() || self.event == Some(asked.event.as_str()))
            && (asked.voice.is_empty() || self.asserted_by.contains(&asked.voice))
            && (!asked.disputed || self.disputed)
    }
}

impl Told {
    fn new(e: &Entity, extent: Extent, asked: &Asked) -> Self {
        let (by, days) = Default::default();
        Self {
            id: e.id.clone(),
            name: e.name.clone(),
            aliases: e.aliases.clone(),
            extent,
            incidents: 0,
            disputed: 0,
            by,
            by_nobody: 0,
            days,
            list: asked.list(&[&e.id]),
        }
    }

    fn add(&mut self, h: &Happening) {
        self.incidents += 1;
        self.disputed += usize::from(h.disputed);
        for party in &h.asserted_by {
            *self.by.entry(party.clone()).or_default() += 1;
        }
        self.by_nobody += usize::from(h.asserted_by.is_empty());
        if let Some((first, last)) = h.days {
            self.days = Some(self.days.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
        }
    }

    /// "2031-05-01 to 2031-05-04".
    pub fn when(&self) -> String {
        match self.days {
            Some((first, last)) if first == last => day_text(first),
            Some((first, last)) => format!("{} to {}", day_text(first), day_text(last)),
            None => "no day told".to_owned(),
        }
    }

    /// Whose allegations, those with most first: "azerbaijan 3, outlets 1".
    pub fn whose(&self) -> String {
        let mut by: Vec<(&str, usize)> = self.by.iter().map(|(p, n)| (p.as_str(), *n)).collect();
        by.sort_by_key(|(p, n)| (std::cmp::Reverse(*n), *p));
        by.extend((self.by_nobody > 0).then_some(("no party", self.by_nobody)));
        by.iter().map(|(p, n)| format!("{p} {n}")).collect::<Vec<_>>().join(", ")
    }

    /// How well its place is known, in words.
    pub fn precision(&self) -> String {
        match &self.extent {
            Extent::Spot { .. } => "a place".to_owned(),
            Extent::Ring { radius_km, .. } => format!("somewhere within about {radius_km} km"),
            Extent::Country(code) => {
                format!("somewhere in {}", Atlas::shipped().name(code).unwrap_or(code))
            }
            Extent::Unknown => "not on our map".to_owned(),
        }
    }
}

/// The first day of a date as fine as it is; none for an empty one.
pub(super) fn first_day(date: &str) -> Option<i64> {
    match date.len() {
        4 => day_of(&format!("{date}-01-01")),
        7 => day_of(&format!("{date}-01")),
        _ => day_of(date),
    }
}

/// The last day of a date as fine as it is.
fn last_day(date: &str) -> Option<i64> {
    match date.len() {
        4 => day_of(&format!("{date}-12-31")),
        7 => {
            let (year, month) = date.split_once('-').and_then(|(y, m)| Some((y.parse().ok()?, m.parse::<i64>().ok()?)))?;
            let year: i64 = year;
            let next = if month == 12 { format!("{:04}-01-01", year + 1) } else { format!("{year:04}-{:02}-01", month + 1) };
            day_of(&next).map(|d| d - 1)
        }
        _ => day_of(date),
    }
}
