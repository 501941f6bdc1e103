//! Which figures count the victims of one occurrence? Those of one incident, of one place on one day, or of one place in
//! copies of one report.

use std::collections::BTreeMap;

use super::facts::{Event, Fact};
use crate::groups::Groups;

/// For every fact that is of an occurrence, the number of its group.
pub(super) fn group(facts: &[Fact]) -> BTreeMap<usize, usize> {
    let events: Vec<(usize, Event)> = facts.iter().enumerate().filter_map(|(i, f)| Some((i, f.event()?))).collect();
    let mut groups = Groups::new(events.len());
    let mut seen: BTreeMap<[&str; 4], usize> = BTreeMap::new();
    // Days of each place in each origin: a figure without a day is of the only one.
    let mut days: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (i, e) in &events {
        if let Some(day) = &e.day {
            days.entry((facts[*i].origin, &e.place)).or_default().push(day.as_str());
        }
    }
    for list in days.values_mut() {
        list.sort_unstable();
        list.dedup();
    }
    for (n, (i, e)) in events.iter().enumerate() {
        let fact = &facts[*i];
        let mut keys: Vec<[&str; 4]> = Vec::new();
        if let Some(incident) = fact.incident.filter(|x| x.places.is_empty() || x.places.contains(&e.place)) {
            keys.push(["incident", &incident.id, &e.place, e.day.as_ref().map_or("", |d| d.as_str())]);
        }
        let only = days.get(&(fact.origin, e.place.as_str())).filter(|d| d.len() == 1).map(|d| d[0]);
        match e.day.as_ref().map(|d| d.as_str()).or(only) {
            Some(day) => keys.push(["day", &e.place, day, ""]),
            None => keys.push(["origin", fact.origin, &e.place, ""]),
        }
        for key in keys {
            let first = *seen.entry(key).or_insert(n);
            groups.join(first, n);
        }
    }
    events.iter().enumerate().map(|(n, (i, _))| (*i, groups.root(n))).collect()
}
