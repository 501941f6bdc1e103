//! Which of the strands that hang together are one occurrence? Not all: links chain, from one day to the next.
//!
//! Links are taken in order, the surest first, and each joins what it links unless days or sides speak against it: what is
//! told of two days, or laid to two sides that no version of the other names, stays apart. The order depends on the links
//! alone, so the outcome does.

use std::collections::{BTreeMap, BTreeSet};

use evidence::Link;

use crate::groups::Groups;
use crate::moments;
use crate::strands::Strand;

/// What is known of the strands joined so far.
#[derive(Clone)]
struct Cluster {
    /// The first and last day on which it may have been.
    days: (i64, i64),
    /// Month and day, where no strand says the year.
    month_day: Option<String>,
    /// Those whom some version lays it to.
    actors: BTreeSet<String>,
}

/// The strands, by what they are one occurrence of.
pub(crate) fn of(strands: Vec<Strand>, links: &[Link]) -> Vec<Vec<Strand>> {
    let at: BTreeMap<&str, usize> = strands.iter().enumerate().map(|(n, s)| (s.id.as_str(), n)).collect();
    let pairs = links.iter().filter_map(|l| Some((l.certain, *at.get(l.a.as_str())?, *at.get(l.b.as_str())?)));
    let told_days = |a: usize, b: usize| usize::from(strands[a].day.is_some()) + usize::from(strands[b].day.is_some());
    let mut pairs: Vec<(bool, usize, usize)> = pairs.collect();
    pairs.sort_by_key(|(certain, a, b)| {
        (!certain, 2 - told_days(*a, *b), strands[*a].id.clone(), strands[*b].id.clone())
    });
    let mut groups = Groups::new(strands.len());
    let mut known: Vec<Cluster> = strands.iter().map(cluster).collect();
    for (certain, a, b) in pairs {
        let (x, y) = (groups.root(a), groups.root(b));
        if x == y || !certain && !known[x].may_be(&known[y]) {
            continue;
        }
        let joined = known[x].with(&known[y]);
        groups.join(x, y);
        known[groups.root(x)] = joined;
    }
    let lists = groups.all();
    let mut slots: Vec<Option<Strand>> = strands.into_iter().map(Some).collect();
    lists.into_iter().map(|list| list.into_iter().filter_map(|n| slots[n].take()).collect()).collect()
}

fn cluster(s: &Strand) -> Cluster {
    let own = s.date().as_deref().and_then(moments::number).map(|n| (n, n));
    // A report that does not say when tells of its day or the day before.
    let published = s.published.as_deref().filter(|_| s.day.is_none()).and_then(moments::number).map(|n| (n - 1, n));
    Cluster {
        days: own.or(published).unwrap_or((i64::MIN, i64::MAX)),
        month_day: s.day.as_ref().map(|d| d.month_day().to_owned()),
        actors: s.actors.iter().cloned().collect(),
    }
}

impl Cluster {
    /// Whether nothing speaks against the two being one.
    fn may_be(&self, other: &Self) -> bool {
        let days = self.days.0.max(other.days.0) <= self.days.1.min(other.days.1);
        let month_days = self.month_day.is_none() || other.month_day.is_none() || self.month_day == other.month_day;
        let sides = self.actors.is_empty() || other.actors.is_empty() || !self.actors.is_disjoint(&other.actors);
        days && month_days && sides
    }

    fn with(&self, other: &Self) -> Self {
        let both = (self.days.0.max(other.days.0), self.days.1.min(other.days.1));
        Self {
            // A copy printed later does not move the day that its original tells.
            days: if both.0 <= both.1 { both } else { narrower(self.days, other.days) },
            month_day: self.month_day.clone().or_else(|| other.month_day.clone()),
            actors: self.actors.union(&other.actors).cloned().collect(),
        }
    }
}

/// The shorter of two stretches of days; of two as long, the earlier.
fn narrower(a: (i64, i64), b: (i64, i64)) -> (i64, i64) {
    let length = |d: (i64, i64)| d.1.saturating_sub(d.0);
    if (length(a), a) <= (length(b), b) { a } else { b }
}
