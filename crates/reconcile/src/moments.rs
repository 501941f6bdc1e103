//! Days as reports write them: with a year, or, in an undated report, without.

use evidence::time::{Iso, Time};
use serde::{Deserialize, Serialize};

/// Month and day of a time, and its year if known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Day {
    year: Option<String>,
    month_day: String,
}

impl Day {
    /// The day that a time tells of: by its value, else by its words in `text` ("14 hours 30 minutes on May 6").
    pub fn of(time: &Time, text: &str) -> Option<Self> {
        if let Some(date) = time.value.as_ref().map(|v| v.date()).filter(|d| d.len() == 10) {
            return Some(Self { year: Some(date[..4].to_owned()), month_day: date[5..].to_owned() });
        }
        let words = time.span.filter(|_| time.value.is_none())?.of(text);
        month_day(words).map(|month_day| Self { year: None, month_day })
    }

    /// `10-10`.
    pub fn month_day(&self) -> &str {
        &self.month_day
    }

    /// `2020-10-10`, where the year is known.
    pub fn date(&self) -> Option<String> {
        self.year.as_ref().map(|y| format!("{y}-{}", self.month_day))
    }

    /// Whether two days are the same, as far as both are told.
    pub fn agrees(&self, other: &Self) -> bool {
        let years = self.year.is_none() || other.year.is_none() || self.year == other.year;
        years && self.month_day == other.month_day
    }
}

/// Days from one date to another, both `2020-10-10`; `None` if either is coarser.
pub(crate) fn days_apart(a: &str, b: &str) -> Option<i64> {
    Some((number(a)? - number(b)?).abs())
}

/// The date a number of days after another; `None` if that is coarser than a day.
pub(crate) fn shifted(date: &str, days: i64) -> Option<String> {
    let later = Iso::parse(date)?.plus(i32::try_from(days).ok()?)?;
    Some(later.date().to_owned())
}

/// Days since 1970-01-01; `None` for what is coarser than a day.
pub(crate) fn number(date: &str) -> Option<i64> {
    Iso::parse(date)?.day().map(i64::from)
}

/// Seconds since 1970 at which a value begins; one that tells no zone is taken for UTC, and January or the first of the
/// month stands for what is coarser than a day. To put moments in order, not to show them.
pub(crate) fn instant(value: &Iso) -> i64 {
    let date = format!("{}-01-01", value.date());
    let day = number(date.get(..10).unwrap_or(&date)).unwrap_or(0);
    let clock = value.as_str().split_once('T').map_or("", |(_, c)| c);
    let (clock, zone) = clock.find(['+', '-', 'Z']).map_or((clock, ""), |i| clock.split_at(i));
    let seconds = |text: &str| -> i64 {
        let fields = text.split(':').map(|f| f.parse::<i64>().unwrap_or(0));
        fields.zip([3600, 60, 1]).map(|(n, unit)| n * unit).sum()
    };
    let offset = match zone.as_bytes().first() {
        Some(b'+') => seconds(&zone[1..]),
        Some(b'-') => -seconds(&zone[1..]),
        _ => 0,
    };
    day * 86_400 + seconds(clock) - offset
}

/// `05-06` of "on May 6" or "6 May"; `None` where there is no month with a day beside it.
pub(crate) fn month_day(words: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let month = |w: &str| w.get(..3).and_then(|m| MONTHS.iter().position(|x| m.eq_ignore_ascii_case(x)));
    let day = |w: &str| {
        let digits = w.trim_end_matches(|c: char| c.is_alphabetic());
        digits.parse::<u32>().ok().filter(|d| (1..=31).contains(d))
    };
    let at = parts.iter().position(|w| month(w).is_some() && w.chars().all(char::is_alphabetic))?;
    let near = [at.checked_add(1), at.checked_sub(1)];
    let d = near.into_iter().flatten().filter_map(|i| parts.get(i)).find_map(|w| day(w))?;
    Some(format!("{:02}-{d:02}", month(parts[at])? + 1))
}

#[cfg(test)]
mod tests {
    use super::{days_apart, month_day, shifted};

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(days_apart("2020-03-01", "2020-02-28"), Some(2));
        assert_eq!(days_apart("2019-12-31", "2020-01-01"), Some(1));
        assert_eq!(days_apart("2020-01", "2020-01-01"), None);
        assert_eq!(shifted("2020-02-28", 2).as_deref(), Some("2020-03-01"));
        assert_eq!(shifted("2021-01-01", -1).as_deref(), Some("2020-12-31"));
    }

    #[test]
    fn months_with_a_day_beside_them_are_read() {
        assert_eq!(month_day("from 6 hours 30 on March 7").as_deref(), Some("03-07"));
        assert_eq!(month_day("the 21st of June").as_deref(), None);
        assert_eq!(month_day("2 September").as_deref(), Some("09-02"));
        assert_eq!(month_day("the early 1990s"), None);
        assert_eq!(month_day("Monday"), None);
    }
}
