//! Where do the points of a series lie? Days along, numbers upwards from nought; a step line for each voice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use evidence::time::Iso;
use evidence::toll::Voice;
use evidence::{Toll, TollRelation};
use publish::{Book, wording};

use super::series::{class, voice};
use crate::pages::Colours;

/// A series as a picture. Places are in percent from the left and upper edge, lines in units of 1000 by 1000.
pub(crate) struct Plot {
    pub lines: Vec<Line>,
    /// Heights with their numbers.
    pub heights: Vec<(f64, String)>,
    /// Days with their dates.
    pub days: Vec<(f64, String)>,
    /// For those who do not see it.
    pub about: String,
}

/// What one voice counts.
pub(crate) struct Line {
    pub name: String,
    pub class: &'static str,
    /// Number of its dash.
    pub dash: usize,
    pub path: String,
    /// Days on which the voice gives several numbers: x, y, width, height.
    pub bands: Vec<(f64, f64, f64, f64)>,
    pub points: Vec<Point>,
}

/// One count.
pub(crate) struct Point {
    pub x: f64,
    pub y: f64,
    /// Of the count.
    pub id: String,
    pub title: String,
    /// Whether it is open upwards ("at least 12").
    pub open: bool,
}

/// Dashes of lines.
const DASHES: usize = 6;
/// Days that are written out at most.
const DATES: i32 = 5;

/// Days on which something is counted.
pub(super) fn days(t: &Toll) -> usize {
    t.range.iter().filter_map(|r| r.day.as_ref()).map(|d| d.date()).collect::<BTreeSet<_>>().len()
}

impl Plot {
    /// None where the counts are of fewer than two days.
    pub fn of(book: &Book, colours: &Colours, t: &Toll) -> Option<Self> {
        let day = |iso: &Iso| iso.days().0;
        let known: BTreeSet<i32> = t.range.iter().filter_map(|r| r.day.as_ref()).map(day).collect();
        let (first, last) = (*known.first()?, *known.last()?);
        if first == last {
            return None;
        }
        let most = t.range.iter().filter(|r| r.day.is_some()).map(|r| r.high.max(r.low)).max()?;
        let step = step(most);
        let top = most.div_ceil(step).max(1) * step;
        let x = |day: i32| f64::from(day - first) / f64::from(last - first) * 100.0;
        let y = |n: u64| 100.0 - n as f64 / top as f64 * 100.0;
        let mut voices: BTreeMap<&Voice, Vec<(f64, f64, f64)>> = BTreeMap::new();
        for r in &t.range {
            if let Some(d) = &r.day {
                voices.entry(&r.voice).or_default().push((x(day(d)), y(r.low), y(r.high)));
            }
        }
        let points = |of: &Voice| {
            let drawn =
                t.counts.iter().filter(|c| c.voice == *of && c.is_of_all() && c.relation != TollRelation::Superseded);
            let point = drawn.filter_map(|c| {
                let d = c.day.as_ref()?;
                let figure = book.figure(c.name());
                let who = figure.map(|f| wording::who(book, &f.article, &f.speakers, false).replace('\n', " "));
                let number = figure.map_or_else(|| c.words(), wording::count);
                let title = format!("{}: {number}, {}", d.date(), who.unwrap_or_default());
                Some(Point { x: x(day(d)), y: y(c.number()), id: c.name().to_owned(), title, open: c.high.is_none() })
            });
            point.collect()
        };
        let lines = (0..).zip(voices).map(|(n, (of, steps))| {
            let (path, bands) = drawn(&steps);
            Line { name: voice(book, of), class: class(colours, of), dash: n % DASHES, path, bands, points: points(of) }
        });
        Some(Self {
            lines: lines.collect(),
            heights: (0..=top / step).map(|n| (y(n * step), (n * step).to_string())).collect(),
            days: dates(first, last)
                .into_iter()
                .map(|d| (x(d), Iso::of_day(d).map(|d| d.to_string()).unwrap_or_default()))
                .collect(),
            about: about(t),
        })
    }
}

/// The line through the highest number of each day, and bands where there are several.
fn drawn(steps: &[(f64, f64, f64)]) -> (String, Vec<(f64, f64, f64, f64)>) {
    let (mut path, mut bands) = (String::new(), Vec::new());
    for (n, (x, low, high)) in steps.iter().enumerate() {
        let (across, down) = (x * 10.0, high * 10.0);
        let _ = if n == 0 { write!(path, "M{across:.1} {down:.1}") } else { write!(path, "H{across:.1}V{down:.1}") };
        if low > high {
            let until = steps.get(n + 1).map_or(100.0, |next| next.0).max(x + 0.8);
            bands.push((across, down, (until - x) * 10.0, (low - high) * 10.0));
        }
    }
    path.push_str("H1000");
    (path, bands)
}

/// Some days, evenly apart, the first and last among them where there is room.
fn dates(first: i32, last: i32) -> Vec<i32> {
    let parts = (last - first).min(DATES - 1);
    (0..=parts).map(|n| first + (last - first) * n / parts).collect()
}

fn about(t: &Toll) -> String {
    let undated = t.counts.iter().filter(|c| c.day.is_none()).count();
    let mut out = "Counts as told, a line for each who tells them; it keeps its last count until the same voice tells \
                   another. The list below has every count."
        .to_owned();
    if undated > 0 {
        out.push_str(&format!(" {undated} of {} counts are of reports without a date and not drawn.", t.counts.len()));
    }
    out
}

/// Distance of the heights: 1, 2 or 5 times a power of ten, at most five of them.
fn step(most: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        if let Some(n) = [1, 2, 5].into_iter().find(|n| most.div_ceil(n * power) <= 5) {
            return n * power;
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_round_and_few() {
        for (most, wanted) in
            [(1, 1), (5, 1), (6, 2), (404, 100), (30_000, 10_000), (u64::MAX / 2, 2_000_000_000_000_000_000)]
        {
            assert_eq!(step(most), wanted, "{most}");
        }
    }

    #[test]
    fn a_line_keeps_its_count_until_the_next_and_bands_span_what_differs() {
        let (path, bands) = drawn(&[(0.0, 50.0, 50.0), (40.0, 30.0, 20.0)]);
        assert_eq!(path, "M0.0 500.0H400.0V200.0H1000");
        assert_eq!(bands, [(400.0, 200.0, 600.0, 100.0)]);
    }

    #[test]
    fn dates_are_within_the_days() {
        assert_eq!(dates(10, 12), [10, 11, 12]);
        assert_eq!(dates(0, 100), [0, 25, 50, 75, 100]);
    }
}
