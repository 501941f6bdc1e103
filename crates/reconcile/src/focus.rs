//! What is a report about? A report of one attack speaks of it in most of its claims, often without naming the place again.
//!
//! Where nearly all attacks that a report places lie in one place, claims of attacks, casualties and denials that name no
//! other place, and no other day, are about that attack; two such reports of one place and day are about one attack. A
//! report of a truce is about none.

use std::collections::BTreeMap;

use evidence::ledger::Reading;
use evidence::{Act, Event};

use crate::incidents::{Node, near};

/// Share of the placed attacks that must lie in the place of focus.
const MOST: f64 = 0.6;
/// A report of fewer placed attacks has no focus of its own.
const LEAST: usize = 2;

/// The one attack that a report is about.
struct Focus {
    reading: usize,
    place: String,
    day: Option<String>,
    members: Vec<usize>,
}

/// Pairs of claims to join, with why.
pub(crate) fn joins(nodes: &[Node], readings: &[Reading], origins: &[(String, String)]) -> Vec<(usize, usize, String)> {
    let mut by_reading: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, n) in nodes.iter().enumerate() {
        by_reading.entry(n.reading).or_default().push(i);
    }
    let found: Vec<Focus> =
        by_reading.into_iter().filter_map(|(r, list)| focus(nodes, &readings[r], r, &list)).collect();
    let mut out = Vec::new();
    for f in &found {
        let why = format!("the report is about one attack, at {}", f.place);
        out.extend(f.members.windows(2).map(|w| (w[0], w[1], why.clone())));
    }
    let mut by_place: BTreeMap<&str, Vec<&Focus>> = BTreeMap::new();
    for f in &found {
        by_place.entry(&f.place).or_default().push(f);
    }
    for (place, list) in by_place {
        for (n, a) in list.iter().enumerate() {
            for b in &list[n + 1..] {
                let day = |f: &Focus| {
                    f.day
                        .clone()
                        .or_else(|| readings[f.reading].article.published.value.as_ref().map(|v| v.date().to_owned()))
                };
                let one_origin = origins[a.reading].1 == origins[b.reading].1;
                let same_day = match (&a.day, &b.day) {
                    (Some(x), Some(y)) => x == y,
                    _ => matches!((day(a), day(b)), (Some(x), Some(y)) if near(&x, &y)),
                };
                if one_origin || same_day {
                    out.push((a.members[0], b.members[0], format!("both reports are about one attack, at {place}")));
                }
            }
        }
    }
    out
}

fn focus(nodes: &[Node], reading: &Reading, r: usize, list: &[usize]) -> Option<Focus> {
    // Under a truce reports tell of many incidents, each side's own.
    if !reading.ceasefires.is_empty() {
        return None;
    }
    let attack = |i: &usize| nodes[*i].claim.event == Some(Event::Assault) && !nodes[*i].claim.act.is_of_future();
    let narrow = |p: &&str| reading.entities.iter().any(|e| e.id == **p && e.country.is_some() && e.lat.is_some());
    let placed: Vec<(usize, Vec<&str>)> = list
        .iter()
        .copied()
        .filter(|i| attack(i))
        .map(|i| (i, nodes[i].places.iter().copied().filter(narrow).collect::<Vec<_>>()))
        .filter(|(_, p)| !p.is_empty())
        .collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for p in placed.iter().flat_map(|(_, places)| places) {
        *count.entry(p).or_default() += 1;
    }
    let (place, n) = count.into_iter().max_by_key(|(p, n)| (*n, std::cmp::Reverse(*p)))?;
    if n < LEAST || (n as f64) < MOST * placed.len() as f64 {
        return None;
    }
    let days: Vec<&str> =
        placed.iter().filter(|(_, ps)| ps.contains(&place)).filter_map(|(i, _)| nodes[*i].day).collect();
    let day = days.first().filter(|d| days.iter().all(|x| x == *d)).map(|d| (*d).to_owned());
    let elsewhere = |i: usize| placed.iter().any(|(j, places)| *j == i && !places.contains(&place));
    let other_day = |i: usize| matches!((nodes[i].day, &day), (Some(x), Some(d)) if x != d);
    let coarse =
        |i: usize| nodes[i].claim.time.as_ref().and_then(|t| t.value.as_ref()).is_some_and(|v| v.as_str().len() < 10);
    let about = |i: &usize| {
        let c = nodes[*i].claim;
        let answers = matches!(c.act, Act::Deny | Act::Confirm | Act::Accuse | Act::Condemn);
        (attack(i) || answers) && !elsewhere(*i) && !other_day(*i) && !coarse(*i)
    };
    let members: Vec<usize> = list.iter().copied().filter(about).collect();
    (members.len() > 1).then(|| Focus { reading: r, place: place.to_owned(), day, members })
}
