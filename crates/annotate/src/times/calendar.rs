//! Which day is it? Steps through the calendar, on top of `jiff`.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span as Step, ToSpan};

use super::when::{Fields, Unit};

/// A stretch of the calendar, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub start: DateTime,
    pub end: DateTime,
    /// How fine it is told.
    pub grain: Unit,
    /// Minutes east of Greenwich, where the text tells.
    pub offset: Option<i64>,
}

impl Extent {
    /// A stretch without an offset.
    pub const fn new(start: DateTime, end: DateTime, grain: Unit) -> Self {
        Self { start, end, grain, offset: None }
    }

    /// One day.
    pub fn day(date: Date) -> Option<Self> {
        Some(Self::new(
            date.to_datetime(Time::midnight()),
            date.tomorrow().ok()?.to_datetime(Time::midnight()),
            Unit::Day,
        ))
    }

    /// One minute or second.
    pub fn moment(at: DateTime, grain: Unit) -> Option<Self> {
        let step = if grain == Unit::Second { 1.second() } else { 1.minute() };
        Some(Self::new(at, at.checked_add(step).ok()?, grain))
    }
}

/// The unit around `at`, moved on by `shift` units.
pub(crate) fn unit_around(at: DateTime, unit: Unit, shift: i64) -> Option<Extent> {
    let (start, length) = match unit {
        Unit::Second => (at.with().subsec_nanosecond(0).build().ok()?, step(unit, 1)?),
        Unit::Minute => (at.with().second(0).subsec_nanosecond(0).build().ok()?, step(unit, 1)?),
        Unit::Hour => (at.with().minute(0).second(0).subsec_nanosecond(0).build().ok()?, step(unit, 1)?),
        _ => (first_day(at.date(), unit)?.to_datetime(Time::midnight()), step(unit, 1)?),
    };
    let start = start.checked_add(step(unit, shift)?).ok()?;
    let length = if unit == Unit::Weekend { 2.days() } else { length };
    Some(Extent::new(start, start.checked_add(length).ok()?, unit))
}

/// `n` units as a step of the calendar.
pub(crate) fn step(unit: Unit, n: i64) -> Option<Step> {
    let span = Step::new();
    match unit {
        Unit::Second => span.try_seconds(n),
        Unit::Minute => span.try_minutes(n),
        Unit::Hour => span.try_hours(n),
        Unit::Day => span.try_days(n),
        Unit::Week | Unit::Weekend => span.try_weeks(n),
        Unit::Month => span.try_months(n),
        Unit::Quarter => span.try_months(n.checked_mul(3)?),
        Unit::Year => span.try_years(n),
        Unit::Decade => span.try_years(n.checked_mul(10)?),
        Unit::Century => span.try_years(n.checked_mul(100)?),
    }
    .ok()
}

/// `n` working days from `date`, Monday to Friday.
pub(crate) fn working_days(date: Date, n: i64) -> Option<Date> {
    let (mut date, mut left) = (date, n.abs().min(1000));
    while left > 0 {
        date = if n < 0 { date.yesterday().ok()? } else { date.tomorrow().ok()? };
        left -= i64::from(!matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday));
    }
    Some(date)
}

/// The last place at or before `date` (`forward` false) or the first at or after it that has these fields.
pub(crate) fn occurrence(fields: Fields, date: Date, forward: bool) -> Option<Extent> {
    if let Some(year) = fields.year {
        return in_year(fields, i16::try_from(year).ok()?);
    }
    let sign = if forward { 1 } else { -1 };
    let reaches = |e: &Extent| if forward { e.end.date() > date } else { e.start.date() <= date };
    match fields {
        Fields { month: Some(_), .. } => (0..9).filter_map(|n| in_year(fields, date.year() + n * sign)).find(reaches),
        Fields { day: Some(day), weekday, .. } => (0..140).find_map(|n| {
            let month = date.first_of_month().checked_add(step(Unit::Month, n * i64::from(sign))?).ok()?;
            let found = Date::new(month.year(), month.month(), i8::try_from(day).ok()?).ok()?;
            let right = weekday.is_none_or(|w| w == weekday_of(found));
            Extent::day(found).filter(|e| right && reaches(e))
        }),
        Fields { weekday: Some(weekday), .. } => {
            let away = (weekday - weekday_of(date)).rem_euclid(7);
            let away = if forward || away == 0 { away } else { away - 7 };
            Extent::day(date.checked_add(step(Unit::Day, away)?).ok()?)
        }
        _ => None,
    }
}

/// 1 for Monday to 7 for Sunday.
pub(crate) fn weekday_of(date: Date) -> i64 {
    i64::from(date.weekday().to_monday_one_offset())
}

/// The Sunday of Easter, by the Gregorian computus (Meeus, Jones, Butcher).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

fn in_year(fields: Fields, year: i16) -> Option<Extent> {
    let month = match fields.month {
        Some(month) => i8::try_from(month).ok()?,
        None => return year_extent(year),
    };
    match fields.day {
        Some(day) => Extent::day(Date::new(year, month, i8::try_from(day).ok()?).ok()?),
        None => unit_around(Date::new(year, month, 1).ok()?.to_datetime(Time::midnight()), Unit::Month, 0),
    }
}

fn year_extent(year: i16) -> Option<Extent> {
    unit_around(Date::new(year, 1, 1).ok()?.to_datetime(Time::midnight()), Unit::Year, 0)
}

fn first_day(date: Date, unit: Unit) -> Option<Date> {
    let year = |y: i16| Date::new(y, 1, 1).ok();
    match unit {
        Unit::Week => date.checked_sub(step(Unit::Day, weekday_of(date) - 1)?).ok(),
        Unit::Weekend => date.checked_add(step(Unit::Day, 6 - weekday_of(date))?).ok(),
        Unit::Month => Some(date.first_of_month()),
        Unit::Quarter => Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).ok(),
        Unit::Year => year(date.year()),
        Unit::Decade => year(date.year().div_euclid(10) * 10),
        Unit::Century => year(date.year().div_euclid(100) * 100),
        _ => Some(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> Date {
        day.parse().unwrap()
    }

    #[test]
    fn units_around_a_day() {
        let of = |day: &str, unit, n| {
            let e = unit_around(on(day).to_datetime(Time::midnight()), unit, n).unwrap();
            (e.start.date().to_string(), e.end.date().to_string())
        };
        assert_eq!(of("2020-10-04", Unit::Week, -1), ("2020-09-21".into(), "2020-09-28".into()));
        assert_eq!(of("2020-10-04", Unit::Month, -1), ("2020-09-01".into(), "2020-10-01".into()));
        assert_eq!(of("2020-10-04", Unit::Quarter, 0), ("2020-10-01".into(), "2021-01-01".into()));
        assert_eq!(of("2020-10-01", Unit::Weekend, 0), ("2020-10-03".into(), "2020-10-05".into()));
    }

    #[test]
    fn the_nearest_place_of_fields() {
        let of = |f: Fields, day: &str, forward| occurrence(f, on(day), forward).map(|e| e.start.date().to_string());
        let saturday = Fields { weekday: Some(6), ..Fields::default() };
        assert_eq!(of(saturday, "2020-10-10", false).as_deref(), Some("2020-10-10"));
        assert_eq!(of(saturday, "2020-10-11", false).as_deref(), Some("2020-10-10"));
        assert_eq!(of(saturday, "2020-10-11", true).as_deref(), Some("2020-10-17"));
        let leap = Fields { month: Some(2), day: Some(29), ..Fields::default() };
        assert_eq!(of(leap, "2023-05-01", false).as_deref(), Some("2020-02-29"));
        let the_31st = Fields { day: Some(31), ..Fields::default() };
        assert_eq!(of(the_31st, "2023-07-01", false).as_deref(), Some("2023-05-31"));
    }

    #[test]
    fn easter_falls_where_almanacs_put_it() {
        for (year, day) in [(2016, "2016-03-27"), (2022, "2022-04-17"), (2024, "2024-03-31")] {
            assert_eq!(easter(year).unwrap().to_string(), day);
        }
    }
}
