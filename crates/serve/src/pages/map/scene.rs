//! What is told to have happened, where and when? Incidents by place, as far as the address asks for them.

use std::collections::BTreeMap;

use evidence::time::Iso;
use roaring::RoaringBitmap;
use store::Store as _;

use super::asked::Asked;
use crate::atlas::Atlas;
use crate::fault::Fault;
use crate::index::{Field, Kind, Look, Sites};

/// All that is told.
pub(crate) struct Scene {
    /// Places on the map, those with most incidents first.
    pub rows: Vec<Told>,
    /// Places that are named and not known.
    pub unplaced: Vec<Told>,
    /// Incidents that are on the map.
    pub shown: u64,
    /// Incidents left out because nobody knows their day, where days are asked for.
    pub undated: u64,
    /// Incidents of which no place is told.
    pub nowhere: u64,
    /// All days with how many incidents, whatever days are asked for.
    pub all_days: Vec<(i32, u64)>,
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
    pub incidents: u64,
    pub disputed: u64,
    /// Incidents by the party that asserts them, most first; an incident that several assert stands with each.
    pub by: Vec<(String, u64)>,
    /// Incidents that outlets or people of no party tell of.
    pub by_nobody: u64,
    /// Whose allegations, in words, those with most first: "Azerbaijan 3, no party 1".
    pub whose: String,
    /// First and last day.
    pub days: Option<(i32, i32)>,
    /// Its incidents.
    pub list: String,
}

/// So many places are told by all their names; of the others only the one by which they are listed is known.
const NAMED: usize = 100;

impl Scene {
    /// What is asked for, by place. An incident stands at the narrowest of its places: one told of a town and its country
    /// is in the town. One of several towns stands at each of them.
    pub fn of(look: &Look, asked: &Asked, atlas: &Atlas) -> Result<Self, Fault> {
        let sites = look.sites(&asked.filter)?;
        let whenever = asked.filter.free_of(&[Field::Since, Field::Until]);
        let all_days = look.by_day(Kind::Incidents, &whenever)?;
        let mut rows = narrowed(&sites, asked, atlas);
        let on_map = union(rows.iter().filter(|(t, _)| t.extent != Extent::Unknown).map(|(_, set)| set));
        let placed = union(sites.places.iter().map(|(_, set)| set));
        rows.sort_by(|(a, _), (b, _)| (b.incidents, &a.name).cmp(&(a.incidents, &b.name)));
        let (mut rows, mut unplaced): (Vec<Told>, Vec<Told>) =
            rows.into_iter().map(|(t, _)| t).partition(|t| t.extent != Extent::Unknown);
        let ids: Vec<String> = rows.iter().take(NAMED).map(|t| t.id.clone()).collect();
        let named: BTreeMap<String, Vec<String>> =
            look.ledger.entities(&ids)?.into_iter().map(|e| (e.id, e.aliases)).collect();
        for told in &mut rows {
            told.aliases = named.get(&told.id).cloned().unwrap_or_default();
        }
        for told in rows.iter_mut().chain(&mut unplaced) {
            told.whose = told.worded(|party| look.index.party(party));
        }
        Ok(Self {
            shown: on_map.len(),
            undated: sites.undated,
            nowhere: (&sites.found - &placed).len(),
            rows,
            unplaced,
            all_days,
        })
    }
}

/// Places with those of their incidents of which no narrower place is told.
fn narrowed(sites: &Sites, asked: &Asked, atlas: &Atlas) -> Vec<(Told, RoaringBitmap)> {
    let mut by_width: [Vec<(Told, &RoaringBitmap)>; 4] = Default::default();
    for (thing, set) in &sites.places {
        let extent = extent(&thing.name, thing.point, thing.country.as_deref(), atlas);
        let width = match extent {
            Extent::Spot { .. } => 0,
            Extent::Ring { .. } => 1,
            Extent::Country(_) => 2,
            Extent::Unknown => 3,
        };
        by_width[width].push((Told::new(&thing.id, &thing.name, extent, asked), set));
    }
    let (mut out, mut narrower) = (Vec::new(), RoaringBitmap::new());
    for group in by_width {
        let here = union(group.iter().map(|(_, set)| *set));
        for (mut told, set) in group {
            let set = set - &narrower;
            if !set.is_empty() {
                told.count(&set, sites);
                out.push((told, set));
            }
        }
        narrower |= here;
    }
    out
}

fn union<'a>(sets: impl Iterator<Item = &'a RoaringBitmap>) -> RoaringBitmap {
    let mut all = RoaringBitmap::new();
    sets.for_each(|set| all |= set);
    all
}

/// How well it is known where a place lies. The position of a region is its middle, and no spot.
fn extent(name: &str, point: Option<(f64, f64)>, country: Option<&str>, atlas: &Atlas) -> Extent {
    match (point, country) {
        (Some((lat, lon)), _) => match atlas.radius_km(name) {
            Some(radius_km) => Extent::Ring { lat, lon, radius_km },
            None => Extent::Spot { lat, lon },
        },
        (None, Some(code)) if atlas.extent(code).is_some() => Extent::Country(code.to_owned()),
        _ => Extent::Unknown,
    }
}

impl Told {
    fn new(id: &str, name: &str, extent: Extent, asked: &Asked) -> Self {
        let (aliases, by, days) = Default::default();
        let (incidents, disputed, by_nobody) = (0, 0, 0);
        let list = asked.list(&[id]);
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases,
            extent,
            incidents,
            disputed,
            by,
            by_nobody,
            whose: String::new(),
            days,
            list,
        }
    }

    fn count(&mut self, set: &RoaringBitmap, sites: &Sites) {
        self.incidents = set.len();
        self.disputed = set.intersection_len(&sites.disputed);
        let counted = sites.voices.iter().map(|(party, of)| (party, set.intersection_len(of)));
        self.by.extend(counted.filter(|(_, n)| *n > 0).map(|(party, n)| (party.clone(), n)));
        self.by.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        self.by_nobody = self.incidents - set.intersection_len(&sites.asserted);
        let days = set.iter().filter_map(|slot| sites.days(slot));
        self.days = days.reduce(|(first, last), (f, l)| (first.min(f), last.max(l)));
    }

    /// "2031-05-01 to 2031-05-04".
    pub fn when(&self) -> String {
        match self.days {
            Some((first, last)) if first == last => day(first),
            Some((first, last)) => format!("{} to {}", day(first), day(last)),
            None => "no day told".to_owned(),
        }
    }

    fn worded<'s>(&'s self, name: impl Fn(&'s str) -> &'s str) -> String {
        let mut by: Vec<String> = self.by.iter().map(|(p, n)| format!("{} {n}", name(p))).collect();
        by.extend((self.by_nobody > 0).then(|| format!("no party {}", self.by_nobody)));
        by.join(", ")
    }

    /// How well its place is known, in words.
    pub fn precision(&self) -> String {
        match &self.extent {
            Extent::Spot { .. } => "a place".to_owned(),
            Extent::Ring { radius_km, .. } => format!("somewhere within about {radius_km} km"),
            Extent::Country(code) => format!("somewhere in {}", Atlas::shipped().name(code).unwrap_or(code)),
            Extent::Unknown => "not on our map".to_owned(),
        }
    }
}

/// A day as `2031-05-01`.
pub(super) fn day(number: i32) -> String {
    Iso::of_day(number).map(|d| d.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_an_area_and_never_a_spot() {
        let atlas = Atlas::shipped();
        let of = |name, point, country| extent(name, point, country, atlas);
        assert_eq!(of("Greth", Some((1.0, 2.0)), Some("AM")), Extent::Spot { lat: 1.0, lon: 2.0 });
        assert_eq!(
            of("Darfur", Some((13.0, 25.0)), Some("SD")),
            Extent::Ring { lat: 13.0, lon: 25.0, radius_km: 480.0 }
        );
        assert_eq!(of("the east", None, Some("SD")), Extent::Country("SD".to_owned()));
        assert_eq!(of("Greth", None, None), Extent::Unknown);
        assert_eq!(of("Greth", None, Some("ZZ")), Extent::Unknown);
    }
}
