//! Which figures count the same people, how do the counts move, and who counts otherwise? Series of figures over reports.
//!
//! A figure is first read for what it counts ([`facts`], [`cover`], [`wars`]); figures of one thing form a series
//! ([`series`], with [`events`] for what happened at one place and [`phases`] for what is counted since a beginning); in
//! it equal figures are one count, and counts are held against each other ([`counts`]). [`parts`] finds totals and
//! [`barriers`] what must not be added. Nothing is ever summed up here: a sum is only recognised where a report gives it.

mod cover;
mod facts;
mod wars;

mod events;
mod phases;
mod series;

mod barriers;
mod counts;
mod parts;

use std::collections::BTreeMap;

use evidence::toll::{Bounds, Count};
use evidence::{Conflict, Id, Ledger, Toll};

use facts::Fact;
use parts::Parts;

/// The series of a ledger, by conflict, side and harm. `conflicts` are those with a profile: who stands with whom.
pub fn find(ledger: &Ledger, conflicts: &[Conflict]) -> Vec<Toll> {
    let facts = facts::of(ledger, conflicts);
    let parts = parts::find(ledger, &facts);
    let groups = series::group(ledger, &facts);
    let mut tolls: Vec<Toll> = groups.iter().map(|s| toll(s, &facts, &parts)).collect();
    tolls.sort_by(|a, b| order(a).cmp(&order(b)));
    barriers::raise(&mut tolls);
    tolls
}

fn toll(series: &series::Series, facts: &[Fact], parts: &Parts) -> Toll {
    let first = &facts[series.facts[0]];
    let counts = counts::of(series, facts, parts);
    let mut notes = series.notes.clone();
    notes.extend(undated(series, facts));
    let own = series.facts.iter().map(|i| &facts[*i]);
    let origins: BTreeMap<&str, &str> = own.map(|f| (f.figure.article.as_str(), f.origin)).collect();
    let mut id = Id::of("toll");
    for part in [first.figure.id.as_str(), first.figure.harm.as_str(), first.figure.category.as_str()] {
        id = id.with(part);
    }
    Toll {
        id: id.text("t"),
        conflict: first.conflict.clone(),
        side: series.side.clone(),
        harm: first.figure.harm,
        category: first.figure.category,
        scope: series.scope.clone(),
        range: range(&counts, &origins),
        counts,
        barriers: Vec::new(),
        notes,
    }
}

/// Why no order is claimed.
fn undated(series: &series::Series, facts: &[Fact]) -> Option<String> {
    let n = series.facts.iter().filter(|f| facts[**f].day.is_none()).count();
    let all = series.facts.len();
    match n {
        0 => None,
        _ if all == 1 => Some("the report has no date".to_owned()),
        _ if n == all => Some("no report has a date: no order is claimed".to_owned()),
        _ => Some(format!("{n} of {all} figures are of reports without a date: for them no order is claimed")),
    }
}

/// Lowest and highest number by day and voice. Older counts that the same report replaces, and parts, are left out.
fn range(counts: &[Count], origin: &BTreeMap<&str, &str>) -> Vec<Bounds> {
    let mut days: BTreeMap<_, Vec<&Count>> = BTreeMap::new();
    let told = |c: &&Count| c.is_of_all() && c.relation != evidence::TollRelation::Superseded;
    for c in counts.iter().filter(told) {
        days.entry((c.day.is_none(), c.day.clone(), c.voice.clone())).or_default().push(c);
    }
    days.into_iter()
        .filter_map(|((_, day, voice), list)| {
            let mut origins: Vec<_> = list.iter().flat_map(|c| &c.articles).map(|a| origin.get(a.as_str())).collect();
            origins.sort_unstable();
            origins.dedup();
            let low = list.iter().map(|c| c.number()).min()?;
            let high = list.iter().map(|c| c.high.unwrap_or(0).max(c.number())).max()?;
            Some(Bounds { day, voice, low, high, origins: origins.len() })
        })
        .collect()
}

fn order(t: &Toll) -> impl Ord + '_ {
    let kind = match t.scope {
        evidence::toll::Scope::Since { .. } => 0,
        evidence::toll::Scope::Event { .. } => 2,
        _ => 1,
    };
    let unknown = (t.conflict.is_none(), t.side.is_none());
    (unknown.0, t.conflict.as_deref(), unknown.1, t.side.as_deref(), t.harm, t.category, kind, &t.scope, &t.id)
}
