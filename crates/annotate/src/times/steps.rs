//! Which of several days is meant, and how far is it? The arithmetic behind `resolve`.

use jiff::civil::{Date, DateTime, Weekday};

use super::calendar::{Extent, occurrence, step, unit_around, working_days};
use super::when::{Fields, Length, Part, Unit, Zone};

/// Where the words do not tell past from future: the past one, unless it is most of a year ago and the next is near.
pub(super) fn nearest(past: Option<Extent>, next: Option<Extent>, today: Date) -> Option<Extent> {
    let (Some(past), Some(next)) = (past, next) else { return past.or(next) };
    let days = |a: Date, b: Date| a.until(b).map(|s| s.get_days()).unwrap_or(i32::MAX);
    let far_back = days(past.end.date(), today) > 250;
    Some(if far_back && days(today, next.start.date()) <= 45 { next } else { past })
}

/// The closer one: a weekday and a day of the month meet so seldom that they name one day.
pub(super) fn closest(past: Option<Extent>, next: Option<Extent>, today: Date) -> Option<Extent> {
    let (Some(past), Some(next)) = (past, next) else { return past.or(next) };
    let days = |a: Date, b: Date| a.until(b).map(|s| s.get_days()).unwrap_or(i32::MAX);
    Some(if days(past.start.date(), today) <= days(today, next.start.date()) { past } else { next })
}

/// The n-th unit or weekday of a stretch; weeks belong to the stretch that their Thursday lies in (ISO 8601).
pub(super) fn nth(n: i64, part: Part, outer: Extent) -> Option<Extent> {
    let (weekday, unit) = match part {
        Part::Weekday(day) => (i64::from(day), Unit::Day),
        Part::Unit(Unit::Week) => (4, Unit::Week),
        Part::Unit(Unit::Weekend) => (6, Unit::Weekend),
        Part::Unit(unit) => {
            let at = if n > 0 { outer.start } else { outer.end };
            let found = unit_around(at, unit, if n > 0 { n - 1 } else { n })?;
            return Some(found).filter(|e| e.start >= outer.start && e.start < outer.end);
        }
    };
    let day = Fields { weekday: Some(weekday), ..Fields::default() };
    let last = outer.end.date().yesterday().ok()?;
    let first = if n > 0 { occurrence(day, outer.start.date(), true)? } else { occurrence(day, last, false)? };
    let steps = if n > 0 { n - 1 } else { n + 1 };
    let at = first.start.checked_add(step(Unit::Week, steps)?).ok()?;
    let inside = at >= outer.start && at < outer.end;
    if !inside {
        return None;
    }
    match unit {
        Unit::Day => Extent::day(at.date()),
        _ => unit_around(at, unit, 0),
    }
}

/// `at` moved by a length; `None` if the length has no number or no whole step.
pub(super) fn moved(at: DateTime, length: &Length, sign: i64) -> Option<DateTime> {
    let mut at = at;
    for (count, unit) in &length.parts {
        let count = (*count)?;
        if length.business && *unit == Unit::Day {
            let n = sign.checked_mul(count as i64)?;
            at = working_days(at.date(), n)?.to_datetime(at.time());
            continue;
        }
        let (unit, count) = if count.fract() == 0.0 { (*unit, count) } else { finer(*unit, count)? };
        if count.abs() > 1e6 {
            return None;
        }
        at = at.checked_add(step(unit, sign * count as i64)?).ok()?;
    }
    Some(at)
}

/// How many days a length in hours makes, if it makes whole days.
pub(super) fn whole_days_of(length: &Length) -> Option<i64> {
    match length.parts[..] {
        [(Some(hours), Unit::Hour)] if hours % 24.0 == 0.0 => Some((hours / 24.0) as i64),
        _ => None,
    }
}

/// "2.5 hours" is 150 minutes; a half of what has no fixed length in finer units is not counted.
pub(super) fn finer(unit: Unit, count: f64) -> Option<(Unit, f64)> {
    let (unit, times) = match unit {
        Unit::Minute => (Unit::Second, 60.0),
        Unit::Hour => (Unit::Minute, 60.0),
        Unit::Day => (Unit::Hour, 24.0),
        Unit::Week => (Unit::Day, 7.0),
        Unit::Year => (Unit::Month, 12.0),
        Unit::Decade => (Unit::Year, 10.0),
        Unit::Century => (Unit::Year, 100.0),
        _ => return None,
    };
    Some((unit, (count * times).round()))
}

/// The grain at which a count of `unit` can be told: "two weeks ago" is a day, "two months ago" a month.
pub(super) fn whole_days(unit: Unit) -> Unit {
    match unit {
        Unit::Second => Unit::Second,
        Unit::Minute | Unit::Hour => Unit::Minute,
        Unit::Day | Unit::Weekend | Unit::Week => Unit::Day,
        Unit::Month | Unit::Quarter => Unit::Month,
        _ => Unit::Year,
    }
}

pub(super) fn grained(at: DateTime, grain: Unit, offset: Option<i64>) -> Option<Extent> {
    Some(Extent { offset, ..unit_around(at, grain, 0)? })
}

/// Minutes east of Greenwich on a day.
pub(super) fn offset(zone: Zone, date: Date) -> Option<i64> {
    match zone {
        Zone::Offset(minutes) => Some(minutes),
        Zone::Place(minutes) => (date.year() >= 2017).then_some(minutes),
        Zone::SummerPlace(minutes) => {
            let last_sunday =
                |month: i8| Date::new(date.year(), month, 31).ok()?.nth_weekday_of_month(-1, Weekday::Sunday).ok();
            let summer = date >= last_sunday(3)? && date < last_sunday(10)?;
            (date.year() >= 1996).then_some(minutes + if summer { 60 } else { 0 })
        }
    }
}
