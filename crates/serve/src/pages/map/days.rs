//! How many incidents on which days: the bars above the slider, and where the slider begins and ends.

use std::collections::BTreeMap;

use evidence::time::Iso;

use super::asked::Asked;
use super::scene::day;
use crate::index::Field;

/// The days of all that is told, in bars of one or more days each.
pub(crate) struct Days {
    /// First and last day, as `2020-10-10`; empty where nothing is dated.
    pub first: String,
    pub last: String,
    /// The same since 1970-01-01.
    pub from: i32,
    pub to: i32,
    /// Days chosen, or the first and last.
    pub since: i32,
    pub until: i32,
    pub bars: Vec<Bar>,
    /// Days of a bar.
    pub every: i32,
}

/// So many incidents in some days.
pub(crate) struct Bar {
    /// In percent of the width and height.
    pub x: f64,
    pub wide: f64,
    pub high: f64,
    pub chosen: bool,
    pub title: String,
    pub href: String,
}

/// At most so many bars.
const MOST: i32 = 90;

impl Days {
    /// Of incidents by day, ascending.
    pub fn of(days: &[(i32, u64)], asked: &Asked) -> Self {
        let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else {
            let (first, last, bars) = Default::default();
            return Self { first, last, from: 0, to: 0, since: 0, until: 0, bars, every: 1 };
        };
        let (first, last) = (*first, *last);
        let asked_day = |field| asked.filter.value(field).and_then(Iso::parse).map(|d| d.days());
        let since = asked_day(Field::Since).map_or(first, |d| d.0).clamp(first, last);
        let until = asked_day(Field::Until).map_or(last, |d| d.1).clamp(first, last);
        let every = ((last - first) / MOST + 1).max(1);
        let mut counts: BTreeMap<i32, u64> = BTreeMap::new();
        for (on, n) in days {
            *counts.entry((on - first) / every).or_default() += n;
        }
        let most = counts.values().copied().max().unwrap_or(1) as f64;
        let all = (last - first) / every + 1;
        let bar = |(n, count): (i32, u64)| {
            let (from, to) = (first + n * every, (first + (n + 1) * every - 1).min(last));
            let when = if from == to { day(from) } else { format!("{} to {}", day(from), day(to)) };
            Bar {
                x: f64::from(n) / f64::from(all) * 100.0,
                wide: 100.0 / f64::from(all),
                high: (count as f64 / most * 100.0).max(6.0),
                chosen: to >= since && from <= until,
                title: format!("{when}: {count} incident{}", if count == 1 { "" } else { "s" }),
                href: asked.with_days(&day(from), &day(to)),
            }
        };
        Self {
            first: day(first),
            last: day(last),
            from: first,
            to: last,
            since,
            until,
            bars: counts.into_iter().map(bar).collect(),
            every,
        }
    }
}
