//! On which day was a moment in UTC where the outlet is?

use evidence::time::Iso;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Minutes that a place's clock may be behind and before UTC.
const OFFSETS: std::ops::RangeInclusive<i64> = -720..=840;

/// What a page tells of a moment beside it.
pub(super) enum Local {
    /// The same moment with the place's offset.
    Moment(Iso),
    /// The day that is printed.
    Day,
}

/// How `other` tells the moment `told`, which must be in UTC, on another day: the same moment with its offset, a local
/// clock that differs from it by an offset, or, where `days` count, a day before or after.
pub(super) fn local(told: &Iso, other: &Iso, days: bool) -> Option<Local> {
    let text = told.as_str();
    let utc = instant(told).filter(|_| text.ends_with('Z') || text.ends_with("+00:00"))?;
    if told.date() == other.date() {
        return None;
    }
    if let Some(moment) = instant(other) {
        return (moment == utc).then(|| Local::Moment(other.clone()));
    }
    match of_clock(utc, other) {
        Some(moment) => Some(Local::Moment(moment)),
        None => (days && is_around(utc, other)).then_some(Local::Day),
    }
}

/// A local clock with the offset by which it differs.
fn of_clock(utc: i64, clock: &Iso) -> Option<Iso> {
    let clock = clock.as_str();
    let seconds = DateTime::strptime("%Y-%m-%dT%H:%M", clock.get(..16)?).ok()?.to_zoned(TimeZone::UTC).ok()?;
    let minutes = (seconds.timestamp().as_second() - utc).div_euclid(60);
    // A clock without its seconds is up to a minute behind.
    let minutes = if (minutes + 1) % 15 == 0 { minutes + 1 } else { minutes };
    let fits = minutes % 15 == 0 && OFFSETS.contains(&minutes);
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    fits.then(|| Iso::parse(&format!("{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60))).flatten()
}

/// Whether a moment is on that day somewhere on earth.
fn is_around(utc: i64, day: &Iso) -> bool {
    let whole = day.as_str().len() == 10;
    let start = day.as_str().parse::<Date>().and_then(|d| d.to_zoned(TimeZone::UTC));
    let start = start.map(|d| d.timestamp().as_second());
    whole && start.is_ok_and(|s| (s - OFFSETS.end() * 60..s + 86_400 - OFFSETS.start() * 60).contains(&utc))
}

/// Seconds since 1970 of a moment that tells its offset.
fn instant(value: &Iso) -> Option<i64> {
    let (day, clock) = value.as_str().split_once('T')?;
    let zone = clock.find(['Z', '+', '-'])?;
    let seconds = if zone == 5 { ":00" } else { "" };
    let whole = format!("{day}T{}{seconds}{}", &clock[..zone], &clock[zone..]);
    whole.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(utc: &str, other: &str) -> Option<String> {
        let iso = |t: &str| Iso::parse(t).unwrap_or_else(|| panic!("{t}"));
        local(&iso(utc), &iso(other), true).map(|l| match l {
            Local::Moment(m) => m.to_string(),
            Local::Day => "day".to_owned(),
        })
    }

    #[test]
    fn moments_of_another_day() {
        let utc = "2021-05-04T01:20:30Z";
        assert_eq!(told(utc, "2021-05-03T21:20:30-04:00").as_deref(), Some("2021-05-03T21:20:30-04:00"));
        assert_eq!(told(utc, "2021-05-03T21:20").as_deref(), Some("2021-05-03T21:20-04:00"));
        assert_eq!(told(utc, "2021-05-03").as_deref(), Some("day"));
        assert_eq!(told("2021-05-04T20:20Z", "2021-05-05T01:50").as_deref(), Some("2021-05-05T01:50+05:30"));
        for other in ["2021-05-03T20:57", "2021-05-03T20:20:30-04:00", "2021-05-02", "2021-05-04", "2021"] {
            assert_eq!(told(utc, other), None, "{other}");
        }
        assert_eq!(told("2021-05-04T01:20:30+02:00", "2021-05-03"), None);
    }
}
