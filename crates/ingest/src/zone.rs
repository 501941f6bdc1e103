//! Which moment is a time of day that an outlet prints without a zone? The one of its newsroom's clock.

use evidence::time::Iso;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// The same day and time with its offset. `None` for a date alone, for a time that has an offset, and for an hour that
/// the clocks of the zone show twice or never.
pub(crate) fn in_zone(value: &Iso, zone: &TimeZone) -> Option<Iso> {
    let (_, clock) = value.as_str().split_once('T')?;
    if clock.contains(['+', '-', 'Z']) {
        return None;
    }
    let local: DateTime = value.as_str().parse().ok()?;
    let AmbiguousOffset::Unambiguous { offset } = zone.to_ambiguous_timestamp(local).offset() else { return None };
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    Iso::parse(&format!("{value}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
}

/// What told such a time, worded with its zone.
pub(crate) fn worded(by: &str, zone: &TimeZone) -> String {
    format!("{by}; in the zone of the outlet ({})", zone.iana_name().unwrap_or("unnamed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_stays_and_the_offset_is_that_of_the_day() {
        let of = |value: &str, zone: &str| {
            let zone = TimeZone::get(zone).unwrap_or_else(|e| panic!("{e}"));
            in_zone(&Iso::parse(value).unwrap_or_else(|| panic!("{value}")), &zone).map(|i| i.to_string())
        };
        let yes = |text: &str| Some(text.to_owned());
        assert_eq!(of("2020-10-10T00:30", "Asia/Baku"), yes("2020-10-10T00:30+04:00"));
        assert_eq!(of("2022-03-01T23:45:10", "Europe/Kyiv"), yes("2022-03-01T23:45:10+02:00"));
        assert_eq!(of("2022-07-01T23:45", "Europe/Kyiv"), yes("2022-07-01T23:45+03:00"));
        assert_eq!(of("2021-05-03T06:00", "America/Bogota"), yes("2021-05-03T06:00-05:00"));
        assert_eq!(of("2021-05-03T06:00", "Asia/Kabul"), yes("2021-05-03T06:00+04:30"));
        // The night the clocks go back and the night they go forward.
        assert_eq!(of("2022-10-30T03:30", "Europe/Kyiv"), None);
        assert_eq!(of("2022-03-27T03:30", "Europe/Kyiv"), None);
        assert_eq!(of("2021-05-03", "Asia/Baku"), None);
        assert_eq!(of("2021-05-03T06:00Z", "Asia/Baku"), None);
        assert_eq!(of("2021-05-03T06:00+01:00", "Asia/Baku"), None);
    }
}
