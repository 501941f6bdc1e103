//! Moments and intervals as ISO 8601 writes them.

use crate::span::Span;
use crate::vocabulary::{Basis, Precision};

/// An ISO 8601 date or local date-time, perhaps with an offset: `2020`, `2020-10`, `2020-10-10`,
/// `2020-10-10T12:05`, `2020-10-10T12:05:30`, `2020-10-10T12:05+04:00`, `…Z`. Ordered as its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iso(Box<str>);

impl Iso {
    /// The value written as `text`, if it has one of the forms above with fields in their ranges.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, clock) = match text.split_once('T') {
            Some((d, c)) => (d, Some(c)),
            None => (text, None),
        };
        let fields: Vec<&str> = date.split('-').collect();
        let widths_right = fields.iter().zip([4, 2, 2]).all(|(f, w)| f.len() == w);
        let number = |s: &str| s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse::<u32>().ok()).flatten();
        let in_range =
            |n: usize, most: u32| fields.get(n).is_none_or(|f| number(f).is_some_and(|v| (1..=most).contains(&v)));
        let date_right =
            (1..=3).contains(&fields.len()) && widths_right && in_range(0, 9999) && in_range(1, 12) && in_range(2, 31);
        let clock_right = clock.is_none_or(|c| fields.len() == 3 && is_clock(c));
        (date_right && clock_right).then(|| Self(text.into()))
    }

    /// The text of the value.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date part, as fine as it is (`2020-10` stays `2020-10`).
    pub fn date(&self) -> &str {
        self.0.split('T').next().unwrap_or(&self.0)
    }

    /// First and last day that it may mean, counted from 1 January 1970: a month has about thirty of them.
    pub fn days(&self) -> (i32, i32) {
        let part = |n: usize| self.date().split('-').nth(n).and_then(|f| f.parse::<i32>().ok());
        let year = part(0).unwrap_or(1970);
        match (part(1), part(2)) {
            (Some(month), Some(day)) => (day_number(year, month, day), day_number(year, month, day)),
            (Some(month), None) if month < 12 => (day_number(year, month, 1), day_number(year, month + 1, 1) - 1),
            (Some(month), None) => (day_number(year, month, 1), day_number(year + 1, 1, 1) - 1),
            (None, _) => (day_number(year, 1, 1), day_number(year + 1, 1, 1) - 1),
        }
    }

    /// Minutes since midnight of its own zone; `None` for a date.
    pub fn minute(&self) -> Option<u16> {
        let (_, clock) = self.0.split_once('T')?;
        let part = |from: usize| clock.get(from..from + 2).and_then(|f| f.parse::<u16>().ok());
        Some(part(0)? * 60 + part(3)?)
    }

    /// The day it is of, counted from 1 January 1970; `None` if it is coarser than a day.
    pub fn day(&self) -> Option<i32> {
        (self.date().len() == 10).then(|| self.days().0)
    }

    /// The same some days later, with its clock and offset; `None` if it is coarser than a day.
    pub fn plus(&self, days: i32) -> Option<Self> {
        let date = Self::of_day(self.day()?.checked_add(days)?)?;
        Some(Self(format!("{date}{}", &self.0[10..]).into()))
    }

    /// The date of a day counted from 1 January 1970; `None` outside of the years 1 to 9999.
    pub fn of_day(day: i32) -> Option<Self> {
        // Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
        let shifted = i64::from(day) + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (1..=9999).contains(&year).then(|| Self(format!("{year:04}-{month:02}-{day:02}").into()))
    }

    /// How fine the value is.
    pub fn precision(&self) -> Precision {
        match (self.0.split_once('T'), self.0.len()) {
            (Some((_, clock)), _) if clock.split(['+', '-', 'Z']).next().is_some_and(|c| c.len() > 5) => {
                Precision::Second
            }
            (Some(_), _) => Precision::Minute,
            (None, 4) => Precision::Year,
            (None, 7) => Precision::Month,
            _ => Precision::Day,
        }
    }
}

impl std::fmt::Display for Iso {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// Days from 1 January 1970 to a date of the Gregorian calendar (see [`Iso::of_day`]).
fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
}

fn is_clock(c: &str) -> bool {
    let (clock, zone) = c.find(['+', '-', 'Z']).map_or((c, ""), |i| c.split_at(i));
    let two = |s: &str, most: u32| s.len() == 2 && s.parse::<u32>().is_ok_and(|v| v <= most);
    let parts: Vec<&str> = clock.split(':').collect();
    let clock_right = (2..=3).contains(&parts.len()) && two(parts[0], 24) && parts[1..].iter().all(|p| two(p, 60));
    let zone_right =
        zone.is_empty() || zone == "Z" || zone[1..].split_once(':').is_some_and(|(h, m)| two(h, 18) && two(m, 59));
    clock_right && zone_right
}

/// What kind of time an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// A calendar date, month or year.
    Date,
    /// A time of day, alone or with its date.
    Clock,
    /// A stretch with a beginning or an end ("since 27 September", "from noon to 3 pm", "the early 1990s").
    Interval,
    /// A length of time ("for two weeks"); `value` is null.
    Duration,
    /// A repeated time ("every Monday"); `value` is null.
    Set,
}

/// A time expression found in a text, with its value where text and publication date determine it.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpression {
    /// The words, without a leading preposition ("Saturday", not "on Saturday"), but with "since", "until".
    pub span: Span,
    /// What kind of time it is.
    pub kind: TimeKind,
    /// Start of it, or all of it; null when it is not determined.
    pub value: Option<Iso>,
    /// End of an interval (the last day, hour or minute in it); null when open or not an interval.
    pub end: Option<Iso>,
    /// How fine `value` is.
    pub precision: Option<Precision>,
    /// TIMEX3-like value where there is one even without a publication date (`XXXX-WXX-6`, `P2W`).
    pub timex: Option<String>,
    /// The rule that found it, e.g. `date/weekday`.
    pub rule: &'static str,
}

/// The time of a claim, as the ledger exports it.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Start of it, or all of it; null when the text does not determine it.
    pub value: Option<Iso>,
    /// End of an interval.
    pub end: Option<Iso>,
    /// How fine `value` is.
    pub precision: Option<Precision>,
    /// The words; for an inferred time, none.
    pub span: Option<Span>,
    /// `Text`, or how else it is known.
    pub basis: Basis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_takes_the_documented_forms_and_no_others() {
        for good in
            ["2020", "2020-10", "2020-10-10", "2020-10-10T12:05", "2020-10-10T12:05:30Z", "2020-10-10T12:05+04:00"]
        {
            assert_eq!(Iso::parse(good).map(|i| i.to_string()).as_deref(), Some(good));
        }
        for bad in ["", "20", "2020-13", "2020-1-1", "2020-10T12:00", "2020-10-10T25:00", "2020-10-10T12", "10 October"]
        {
            assert_eq!(Iso::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn precision_is_read_off_the_form() {
        let of = |s: &str| Iso::parse(s).unwrap().precision();
        assert_eq!(of("2020"), Precision::Year);
        assert_eq!(of("2020-10-10T12:05+04:00"), Precision::Minute);
        assert_eq!(of("2020-10-10T12:05:01+04:00"), Precision::Second);
    }

    #[test]
    fn days_are_counted_and_count_back() {
        let of = |s: &str| Iso::parse(s).unwrap().days();
        assert_eq!(of("1970-01-01"), (0, 0));
        assert_eq!(of("2020-02"), (18_293, 18_321));
        assert_eq!(of("2020-12"), (18_597, 18_627));
        assert_eq!(of("2020"), (18_262, 18_627));
        assert_eq!(of("1969-12-31T23:00"), (-1, -1));
        for day in (-719_162..2_932_896).step_by(97) {
            assert_eq!(Iso::of_day(day).unwrap().days(), (day, day));
        }
        assert_eq!(Iso::of_day(-719_163), None);
        assert_eq!(Iso::parse("2020-10-10T12:05+04:00").unwrap().minute(), Some(725));
        assert_eq!(Iso::parse("2020-10-10").unwrap().minute(), None);
    }
}
