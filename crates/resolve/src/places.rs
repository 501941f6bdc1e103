//! Which place of the gazetteer does a name mean here?

use std::collections::BTreeMap;

use crate::fold::fold;
use crate::knowledge::Knowledge;

/// A city that reports name without its country.
const WORLD_CITY: u32 = 300_000;

/// Where a named place lies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Located {
    pub name: String,
    pub country: String,
    pub lat: f64,
    pub lon: f64,
    /// Why this one of its namesakes.
    pub reason: &'static str,
}

/// Finds `name`: in the countries of the conflict first, in their order; then in a country that the report names; then
/// a city so big that it needs no country. Anything else would be a guess.
pub(crate) fn locate(
    knowledge: &Knowledge,
    name: &str,
    conflict: &[String],
    named: &BTreeMap<String, usize>,
) -> Option<Located> {
    let found = knowledge.places.find(&fold(name));
    let code = |p: &crate::gazetteer::Place<'_>| String::from_utf8_lossy(&p.country).into_owned();
    let rank = |list: &[String], c: &str| list.iter().position(|l| l == c);
    let of_conflict = found.iter().filter_map(|p| Some((rank(conflict, &code(p))?, p))).min_by_key(|(r, _)| *r);
    let of_named =
        || found.iter().filter_map(|p| Some((*named.get(&code(p))?, p))).max_by_key(|(n, p)| (*n, p.population));
    let (place, reason) = if let Some((_, p)) = of_conflict {
        (p, "in a country of the conflict")
    } else if let Some((_, p)) = of_named() {
        (p, "in a country that the report names")
    } else {
        (found.iter().find(|p| p.population >= WORLD_CITY)?, "a big city")
    };
    Some(Located { name: place.name.to_owned(), country: code(place), lat: place.lat, lon: place.lon, reason })
}
