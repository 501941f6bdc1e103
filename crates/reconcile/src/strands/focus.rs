//! What is a report about? A report of one attack speaks of it in most of its claims, often without naming the place again.
//!
//! Where nearly all attacks that a report places lie in one place, claims of attacks, casualties and denials that name no
//! other place, and no other day, are about that attack. A report of a truce is about none.

use std::collections::{BTreeMap, BTreeSet};

use evidence::ledger::Reading;
use evidence::{Act, Event, Reference, Status};

use super::node::Node;

/// Share of the placed attacks that must lie in the place of focus.
const MOST: f64 = 0.6;
/// Claims of the attack that speak of a thing which others are then taken to be about.
const SPOKEN: usize = 3;
/// Letters that words of one stem have in common.
const STEM: usize = 6;
/// Beginnings of words that reports of any attack have.
const COMMON: &[&str] = &[
    "people", "civili", "killed", "killin", "wounde", "injure", "attack", "author", "office", "offici", "milita",
    "soldie", "forces", "region", "eastern", "wester", "easter", "northe", "southe", "report", "accord", "includ",
    "against", "agains", "during", "before", "countr", "govern", "childr", "reside",
];
/// A report of fewer placed attacks has no focus of its own.
const LEAST: usize = 2;

/// Pairs of claims to join, with why.
pub(super) fn joins(nodes: &[Node], reading: &Reading) -> Vec<(usize, usize, String)> {
    let Some((place, members)) = focus(nodes, reading) else { return Vec::new() };
    let why = format!("the report is about one attack, at {place}");
    members.windows(2).map(|w| (w[0], w[1], why.clone())).collect()
}

/// The place of the one attack that a report is about, and the claims about it.
fn focus<'a>(nodes: &[Node<'a>], reading: &Reading) -> Option<(&'a str, Vec<usize>)> {
    // Under a truce reports tell of many incidents, each side's own.
    if !reading.ceasefires.is_empty() {
        return None;
    }
    let all = || 0..nodes.len();
    let attack = |i: &usize| nodes[*i].claim.event == Some(Event::Assault) && !nodes[*i].claim.act.is_of_future();
    let narrow = |p: &&str| reading.entities.iter().any(|e| e.id == **p && e.country.is_some() && e.lat.is_some());
    let placed: Vec<(usize, Vec<&str>)> = all()
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
    // "so far", "in recent days", both sides: of the war, not of the attack.
    let at_large = |i: usize| {
        let c = nodes[i].claim;
        c.time.as_ref().is_some_and(|t| t.value.is_none()) || parties(&c.actors).len() > 1
    };
    let hit: BTreeSet<&String> = placed
        .iter()
        .filter(|(_, ps)| ps.contains(&place))
        .flat_map(|(i, _)| parties(&nodes[*i].claim.targets))
        .collect();
    // Losses of those who were not hit there.
    let of_others = |i: usize| {
        let c = nodes[i].claim;
        let lost = parties(&c.targets);
        c.act == Act::Assert && c.actors.is_empty() && !lost.is_empty() && !hit.is_empty() && lost.is_disjoint(&hit)
    };
    let here: Vec<usize> = placed.iter().filter(|(_, ps)| ps.contains(&place)).map(|(i, _)| *i).collect();
    // "one killed in Ganja … 22 killed": another count of the same side is of something else.
    let other_count = |i: usize| !here.contains(&i) && here.iter().any(|h| counts_differ(reading, nodes, i, *h));
    let about = |i: &usize| {
        let c = nodes[*i].claim;
        let answers = matches!(c.act, Act::Deny | Act::Confirm | Act::Accuse | Act::Condemn)
            && !(c.act == Act::Condemn && c.event.is_none());
        (attack(i) || answers)
            && !elsewhere(*i)
            && !other_day(*i)
            && !coarse(*i)
            && !at_large(*i)
            && !of_others(*i)
            && !other_count(*i)
    };
    let mut members: Vec<usize> = all().filter(about).collect();
    // "4,000 people were at the station when it was hit": no event, but of what several of them speak of.
    let spoken = spoken_of(reading, nodes, &members);
    let beside = |i: &usize| {
        let c = nodes[*i].claim;
        let told = c.act == Act::Assert && c.event.is_none() && c.status == Status::Actual && c.cue.is_some();
        told && !elsewhere(*i) && !other_day(*i) && !at_large(*i) && stems(reading, c).intersection(&spoken).count() > 0
    };
    let more: Vec<usize> = all().filter(|i| !members.contains(i)).filter(beside).collect();
    members.extend(more);
    members.sort_unstable();
    (members.len() > 1).then_some((place, members))
}

/// Beginnings of the words that at least three of some claims have, or all of three; names apart.
fn spoken_of(reading: &Reading, nodes: &[Node], members: &[usize]) -> BTreeSet<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for stem in members.iter().flat_map(|i| stems(reading, nodes[*i].claim)) {
        *count.entry(stem).or_default() += 1;
    }
    count.into_iter().filter(|(_, n)| *n >= SPOKEN).map(|(stem, _)| stem).collect()
}

/// The first letters of longer words in small letters: what a claim speaks of, without most names and common words.
fn stems(reading: &Reading, c: &evidence::Claim) -> BTreeSet<String> {
    let words = c.content.of(&reading.article.text).split(|x: char| !x.is_alphabetic());
    let long = words.filter(|w| w.chars().count() >= STEM && w.chars().next().is_some_and(char::is_lowercase));
    long.map(|w| w.chars().take(STEM).collect()).filter(|w: &String| !COMMON.contains(&w.as_str())).collect()
}

/// Whether one side counts the people whom one harm befell in two ways that cannot both be right.
fn counts_differ(reading: &Reading, nodes: &[Node], a: usize, b: usize) -> bool {
    let (x, y) = (nodes[a].claim, nodes[b].claim);
    let side = |c: &evidence::Claim| c.speakers.first().and_then(|s| s.party.clone());
    let of = |c: &evidence::Claim| {
        let id = Some(c.id.clone());
        reading.figures.iter().filter(move |f| f.claim == id && !f.superseded)
    };
    let apart = |f: &evidence::Figure, g: &evidence::Figure| {
        let below = |a: &evidence::Figure, b: &evidence::Figure| a.high.zip(b.low).is_some_and(|(h, l)| h < l);
        f.harm == g.harm && f.party == g.party && (below(f, g) || below(g, f))
    };
    side(x).is_some() && side(x) == side(y) && of(x).any(|f| of(y).any(|g| apart(f, g)))
}

fn parties(list: &[Reference]) -> BTreeSet<&String> {
    list.iter().filter_map(|r| r.party.as_ref()).collect()
}
