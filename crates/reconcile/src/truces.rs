//! One truce told in several reports is one: joined by its sides and the day it takes effect.

use std::collections::{BTreeMap, BTreeSet};

use evidence::ceasefire::Located;
use evidence::ledger::Reading;
use evidence::time::Time;
use evidence::{Block, Ceasefire, Id, Layer, Link, Trace};
use serde::{Deserialize, Serialize};

use crate::block::Kind;
use crate::body;
use crate::moments::{self, Day};
use crate::strands::{self, Strand, reason};

/// Days after its beginning within which a truce told without a day is taken to be it.
const DAYS: i64 = 14;
/// Kinds of terms that a truce told without a day must have in common with one that has it.
const TERMS: usize = 2;

/// What is kept of a truce as one report tells of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Outline {
    kind: String,
    parties: Vec<String>,
    /// The day, or the month or year where no more is told.
    date: Option<String>,
    day: Option<Day>,
    /// The day of the report, if known, where none of the truce is told.
    published: Option<String>,
    /// Parties that announced or brokered it, and kinds of its terms: by these a truce told without a day is known.
    makers: Vec<String>,
    terms: Vec<String>,
}

/// The traces of the truces that a report tells of.
pub(crate) fn traces(reading: &Reading) -> Vec<Trace> {
    reading.ceasefires.iter().map(|c| trace(reading, c)).collect()
}

fn trace(reading: &Reading, c: &Ceasefire) -> Trace {
    let effective = c.effective.as_ref();
    let date = effective.and_then(|e| e.value.value.as_ref()).map(|v| v.date().to_owned());
    let day = effective.and_then(|e| Day::of(&e.value, &reading.article.text));
    let published = reading.article.published.value.as_ref().map(|v| v.date().to_owned());
    let outline = Outline {
        kind: c.kind.to_string(),
        parties: c.parties.clone(),
        published: published.filter(|_| date.is_none() && day.is_none()),
        date,
        day,
        makers: sorted(c.announced_by.iter().chain(&c.brokers).filter_map(|r| r.value.party.clone())),
        terms: sorted(c.terms.iter().map(|t| t.kind.to_string())),
    };
    let of_day = outline.day.as_ref().map(|d| Kind::TruceDay.block(&[d.month_day()]));
    let coarse = outline.date.as_ref().filter(|_| of_day.is_none()).map(|d| Kind::TruceDay.block(&[d]));
    Trace {
        id: c.id.clone(),
        layer: Layer::Ceasefire,
        article: reading.article.id.clone(),
        body: body::pack(&outline),
        blocks: sorted(of_day.into_iter().chain(coarse).chain(by_terms(&outline))),
    }
}

/// Blocks in which a truce told without a day may find the one that has it: of the same sides, kind and maker.
fn by_terms(outline: &Outline) -> Vec<Block> {
    let known = outline.terms.len() >= TERMS && (outline.day.is_some() || outline.date.is_none());
    let sides = outline.parties.join("+");
    let block = |maker: &String| Kind::TruceDay.block(&["made by", maker, &outline.kind, &sides]);
    outline.makers.iter().filter(|_| known).map(block).collect()
}

fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<BTreeSet<T>>().into_iter().collect()
}

/// Links between truces that are one. Those that are told alike are linked in a row, and of each kind the first is compared
/// with the others.
pub(crate) fn links(traces: &[Trace]) -> Vec<Link> {
    let mut alike: BTreeMap<Outline, Vec<&Trace>> = BTreeMap::new();
    for t in traces {
        alike.entry(body::unpack(&t.body)).or_default().push(t);
    }
    for list in alike.values_mut() {
        list.sort_by(|a, b| a.id.cmp(&b.id));
    }
    let groups: Vec<(&Outline, &Vec<&Trace>)> = alike.iter().collect();
    let mut out = Vec::new();
    for (n, (outline, list)) in groups.iter().enumerate() {
        if is_one(outline, outline) {
            out.extend(list.windows(2).map(|w| Link::new(&w[0].id, &w[1].id, "the same sides and day")));
        }
        for (other, others) in &groups[n + 1..] {
            if is_one(outline, other) {
                out.push(Link::new(&list[0].id, &others[0].id, "the same sides and day, as far as both are told"));
            }
        }
        // Told without a day: the one truce with a day that it fits, if there is but one.
        let fitting: Vec<&(&Outline, &Vec<&Trace>)> =
            groups.iter().filter(|(other, _)| is_told_alike(outline, other)).collect();
        let days: BTreeSet<&str> = fitting.iter().filter_map(|(o, _)| o.day.as_ref()).map(Day::month_day).collect();
        if let (Some((_, others)), 1) = (fitting.first(), days.len()) {
            let reason = "no day told, but the same sides, maker and terms";
            out.extend(list.iter().map(|t| Link::new(&t.id, &others[0].id, reason)));
        }
    }
    out
}

/// Whether two truces are one: the same sides, and the same day (or month, or year, told equally). The day of an undated
/// report has no year, and then proves only as much.
fn is_one(a: &Outline, b: &Outline) -> bool {
    let sides = a.parties.iter().all(|p| b.parties.contains(p)) || b.parties.iter().all(|p| a.parties.contains(p));
    let same_day = || matches!((&a.day, &b.day), (Some(x), Some(y)) if x.agrees(y));
    sides && a.kind == b.kind && (a.date.is_some() && a.date == b.date || same_day())
}

/// One ceasefire of what several reports tell of it, in the order of their first claims.
///
/// # Panics
/// If there are none.
pub fn ceasefire(mut told: Vec<Ceasefire>) -> Ceasefire {
    told.sort_by(|a, b| (&a.claims, &a.id).cmp(&(&b.claims, &b.id)));
    let mut one = told.into_iter().reduce(merged).expect("a ceasefire is told of");
    let begun = one.effective.as_ref().and_then(|e| e.value.value.as_ref()).map(|v| v.as_str().to_owned());
    for v in one.violations.iter_mut().filter(|v| v.after.is_none()) {
        let at = v.time.as_ref().filter(|t| t.end.is_none()).and_then(|t| t.value.as_ref());
        v.after = begun.as_deref().zip(at).and_then(|(from, to)| minutes(from, to.as_str()));
    }
    one
}

/// Links between strands of several reports that say the same of one truce: its making, its beginning, a term, a breach
/// told by its minute, or that each side accuses the other.
pub fn same_roles(truce: &Ceasefire, told: &[String], traces: &[Trace]) -> Vec<Link> {
    let mut by_role: BTreeMap<String, Vec<Strand>> = BTreeMap::new();
    let begun = truce.effective.as_ref().and_then(|e| e.value.value.as_ref()).map(|v| v.as_str().to_owned());
    for s in traces.iter().map(strands::unpacked) {
        let mut own: Vec<String> =
            s.roles.iter().filter(|(id, _)| told.contains(id)).map(|(_, role)| role.clone()).collect();
        // A breach told by its clock, beside one told by the minutes since the beginning.
        let accused = (s.actors.len() == 1).then(|| s.actors[0].clone());
        let at = s.date().zip(s.minute.as_ref()).map(|(d, m)| format!("{d}T{m}"));
        let after = begun.as_deref().zip(at).and_then(|(from, to)| minutes(&from[..from.len().min(16)], &to));
        if let (Some(by), Some(n)) = (accused, after.filter(|n| (0..24 * 60).contains(n)))
            && s.event == Some(evidence::Event::Assault)
        {
            own.push(breach(&by, n));
        }
        for role in own {
            by_role.entry(role).or_default().push(s.clone());
        }
    }
    let mut out = Vec::new();
    for (role, mut list) in by_role {
        list.sort_by(|a, b| a.id.cmp(&b.id));
        list.dedup_by(|a, b| a.id == b.id);
        out.extend(list.windows(2).map(|w| Link::certain(&w[0].id, &w[1].id, reason(&role))));
    }
    out
}

/// The role of a breach by a side, told by the minutes since the truce began.
pub(crate) fn breach(by: &str, minutes: i64) -> String {
    format!("breach {by} {minutes} minutes after it began")
}

/// Minutes from one moment to another, both told to the minute, in the same zone or both without one.
fn minutes(from: &str, to: &str) -> Option<i64> {
    let split = |t: &str| -> Option<(String, i64, String)> {
        let (date, clock) = t.split_once('T')?;
        let (hours, rest) = clock.split_once(':')?;
        let zone = rest.find(['+', '-', 'Z']).map_or("", |at| &rest[at..]);
        Some((date.to_owned(), hours.parse::<i64>().ok()? * 60 + rest.get(..2)?.parse::<i64>().ok()?, zone.to_owned()))
    };
    let ((day, a, zone), (other, b, its)) = (split(from)?, split(to)?);
    if !zone.is_empty() && !its.is_empty() && zone != its {
        return None;
    }
    let days = crate::moments::days_apart(&day, &other)?;
    Some(if other < day { -days } else { days } * 24 * 60 + b - a)
}

/// Whether a truce told without any day is told like one that has a day.
fn is_told_alike(open: &Outline, dated: &Outline) -> bool {
    let common = |x: &[String], y: &[String]| x.iter().filter(|t| y.contains(t)).count();
    let near = open.published.as_ref().zip(dated.day.as_ref().and_then(Day::date));
    let long_after = near.is_some_and(|(p, d)| moments::days_apart(p, &d).is_none_or(|n| n > DAYS));
    !long_after
        && open.date.is_none()
        && open.day.is_none()
        && dated.day.is_some()
        && open.kind == dated.kind
        && open.parties == dated.parties
        && common(&open.makers, &dated.makers) > 0
        && common(&open.terms, &dated.terms) >= TERMS
}

fn merged(mut a: Ceasefire, b: Ceasefire) -> Ceasefire {
    a.parties.extend(b.parties);
    a.parties.sort();
    a.parties.dedup();
    a.announced_by.extend(b.announced_by);
    a.brokers.extend(b.brokers);
    a.monitors.extend(b.monitors);
    a.terms.extend(b.terms);
    a.violations.extend(b.violations);
    a.status.extend(b.status);
    a.claims.extend(b.claims);
    let finer =
        |x: &Option<Located<Time>>| x.as_ref().and_then(|e| e.value.value.as_ref()).map_or(0, |v| v.as_str().len());
    if finer(&b.effective) > finer(&a.effective) {
        a.effective = b.effective;
    }
    a.ends = a.ends.or(b.ends);
    a
}

/// The id of a ceasefire is that of the truce first told; this is the key of the block of its strands.
pub fn block(ceasefire: &str) -> Block {
    Kind::OfTruce.of_hash(Id::of("of-truce").with(ceasefire).number())
}
