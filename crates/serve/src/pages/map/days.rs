//! How many incidents on which days: the bars above the slider, and where the slider begins and ends.

use std::collections::BTreeMap;

use publish::chart::{day_of, day_text};

use super::asked::Asked;
use super::scene::first_day;

/// The days of all that is told, in bars of one or more days each.
pub(crate) struct Days {
    /// First and last day, as `2020-10-10`; empty where nothing is dated.
    pub first: String,
    pub last: String,
    /// The same since 1970-01-01.
    pub from: i64,
    pub to: i64,
    /// Days chosen, or the first and last.
    pub since: i64,
    pub until: i64,
    pub bars: Vec<Bar>,
    /// Days of a bar.
    pub every: i64,
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
const MOST: i64 = 90;

impl Days {
    /// Of incidents by day.
    pub fn of(days: &BTreeMap<i64, usize>, asked: &Asked) -> Self {
        let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value()) else {
            let (first, last, bars) = Default::default();
            return Self { first, last, from: 0, to: 0, since: 0, until: 0, bars, every: 1 };
        };
        let (first, last) = (*first, *last);
        let since = first_day(&asked.since).unwrap_or(first).clamp(first, last);
        let until = day_of(&asked.until).unwrap_or(last).clamp(first, last);
        let every = (last - first + 1).div_ceil(MOST).max(1);
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for (day, n) in days {
            *counts.entry((day - first) / every).or_default() += n;
        }
        let most = counts.values().copied().max().unwrap_or(1) as f64;
        let all = (last - first) / every + 1;
        let bar = |(n, count): (i64, usize)| {
            let (from, to) = (first + n * every, (first + (n + 1) * every - 1).min(last));
            let when = if from == to { day_text(from) } else { format!("{} to {}", day_text(from), day_text(to)) };
            Bar {
                x: n as f64 / all as f64 * 100.0,
                wide: 100.0 / all as f64,
                high: (count as f64 / most * 100.0).max(6.0),
                chosen: to >= since && from <= until,
                title: format!("{when}: {count} incident{}", if count == 1 { "" } else { "s" }),
                href: asked.with_days(&day_text(from), &day_text(to)),
            }
        };
        Self {
            first: day_text(first),
            last: day_text(last),
            from: first,
            to: last,
            since,
            until,
            bars: counts.into_iter().map(bar).collect(),
            every,
        }
    }
}
