//! Charts as inline SVG: counts over time by side, and how many a day. No scripts, no fonts of others; told apart by dash,
//! mark and hatching as well as by colour, so that they can be read in black and white.

mod bars;
mod frame;
mod steps;

use std::collections::BTreeMap;

use evidence::Toll;
use evidence::time::Iso;
use evidence::toll::Voice;

pub use bars::{Bars, bars};
pub use steps::{Line, Point, steps};

use crate::{Book, tolls, wording};

/// A series of counts over time, a line for each voice; none where its counts are of fewer than two days. Superseded
/// counts, parts and counts of no known day are not drawn; how many have no day, the description says.
pub fn toll(book: &Book, toll: &Toll) -> Option<String> {
    let mut lines: BTreeMap<&Voice, Vec<Point>> = BTreeMap::new();
    for bounds in &toll.range {
        let Some(day) = bounds.day.as_ref().and_then(|d| day_of(d.as_str())) else { continue };
        let counts = toll.counts.iter().filter(|c| c.voice == bounds.voice && c.day == bounds.day && c.is_of_all());
        let counts: Vec<_> = counts.filter(|c| c.relation != evidence::TollRelation::Superseded).collect();
        let said = counts.iter().filter_map(|c| {
            let figure = book.figure(c.name())?;
            let who = wording::who(book, &figure.article, &figure.speakers, false).replace('\n', " ");
            let paths = c.articles.iter().filter_map(|a| book.page(a)).map(|p| book.short_path(p));
            Some(format!("{}: {who} ({})", wording::count(figure), paths.collect::<Vec<_>>().join(", ")))
        });
        let title = format!("{}, {}", day_text(day), said.collect::<Vec<_>>().join("; "));
        let href = counts.first().map(|c| format!("#{}", c.name()));
        lines.entry(&bounds.voice).or_default().push(Point { day, low: bounds.low, high: bounds.high, title, href });
    }
    let mut days: Vec<i64> = lines.values().flatten().map(|p| p.day).collect();
    days.sort_unstable();
    days.dedup();
    if days.len() < 2 {
        return None;
    }
    let lines: Vec<Line> = lines
        .into_iter()
        .map(|(voice, points)| Line { name: format!("says {}", tolls::voice(voice)), points })
        .collect();
    let undated = toll.counts.iter().filter(|c| c.day.is_none()).count();
    let mut about = format!(
        "Counts as told, by the side that tells them. A line keeps its last count until the same side tells another; \
         where a side tells several on one day, a band spans them. {} counts",
        toll.counts.len()
    );
    if undated > 0 {
        about.push_str(&format!(", {undated} of them of reports without a date and not drawn"));
    }
    Some(steps(&tolls::heading(book, toll), &format!("{about}."), &lines))
}

/// Days since 1970-01-01 of a date (`2020-10-10`, also the date of a moment); none of a month or year.
pub fn day_of(date: &str) -> Option<i64> {
    Iso::parse(date)?.day().map(i64::from)
}

/// The date of a day since 1970-01-01, as `2020-10-10`.
pub fn day_text(day: i64) -> String {
    let date = i32::try_from(day).ok().and_then(Iso::of_day);
    date.map(|d| d.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{day_of, day_text};

    #[test]
    fn days_go_to_numbers_and_back() {
        assert_eq!(day_of("1970-01-01"), Some(0));
        assert_eq!(day_of("2000-03-01"), Some(11_017));
        for date in ["1999-12-31", "2000-02-29", "2020-10-10", "2024-02-29", "1969-07-20"] {
            assert_eq!(day_of(date).map(day_text).as_deref(), Some(date));
        }
        assert_eq!(day_of("2020-10"), None);
        assert_eq!(day_of("2020-10-10T12:05+04:00"), day_of("2020-10-10"));
    }
}
