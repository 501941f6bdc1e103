//! How long is a truce, and on what day does that end?

use evidence::time::Iso;

/// A length of time that ends on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Days(i64),
    Months(i64),
}

/// The length that a TIMEX3 duration tells in days, weeks, months, years or hours of whole days (`P7D`, `P6M`, `PT72H`).
pub(super) fn of(timex: &str) -> Option<Length> {
    let rest = timex.strip_prefix('P')?;
    if let Some(hours) = rest.strip_prefix('T').and_then(|r| r.strip_suffix('H')) {
        return hours.parse::<i64>().ok().filter(|h| h % 24 == 0).map(|h| Length::Days(h / 24));
    }
    let (number, unit) = rest.split_at(rest.len().checked_sub(1)?);
    let n: i64 = number.parse().ok()?;
    match unit {
        "D" => Some(Length::Days(n)),
        "W" => Some(Length::Days(n * 7)),
        "M" => Some(Length::Months(n)),
        "Y" => Some(Length::Months(n * 12)),
        _ => None,
    }
}

/// A date or date-time some length on: after months, the same day or the last one of its month.
pub(super) fn after(from: &Iso, length: Length) -> Option<Iso> {
    let months = match length {
        Length::Days(days) => return add(from, days),
        Length::Months(months) => months,
    };
    let (date, rest) = from.as_str().split_at_checked(10)?;
    let mut parts = date.split('-').map(|p| p.parse::<i64>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, month) = (y + (m - 1 + months).div_euclid(12), (m - 1 + months).rem_euclid(12) + 1);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Iso::parse(&format!("{year:04}-{month:02}-{:02}{rest}", d.min(last)))
}

/// Whether `day` lies more than some days before `published`.
pub(super) fn more_than(day: &str, published: &str, days: i64) -> bool {
    let limit = Iso::parse(day).and_then(|d| add(&d, days));
    published.len() >= 10 && limit.is_some_and(|l| l.date() < &published[..10])
}

/// A date or date-time some days on, keeping its clock and offset.
pub(super) fn add(from: &Iso, days: i64) -> Option<Iso> {
    from.plus(i32::try_from(days).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_added_over_months_and_leap_years() {
        let on = |s: &str, n| add(&Iso::parse(s).unwrap(), n).map(|i| i.to_string());
        assert_eq!(on("2023-05-29T21:45+02:00", 7).as_deref(), Some("2023-06-05T21:45+02:00"));
        assert_eq!(on("2024-02-26", 5).as_deref(), Some("2024-03-02"));
        assert_eq!(on("2020-12-31", 1).as_deref(), Some("2021-01-01"));
        assert_eq!(on("2020-12", 1), None);
    }

    #[test]
    fn months_end_on_the_same_day_or_the_last() {
        let on = |s: &str, n| after(&Iso::parse(s).unwrap(), Length::Months(n)).map(|i| i.to_string());
        assert_eq!(on("2023-08-03", 6).as_deref(), Some("2024-02-03"));
        assert_eq!(on("2023-12-31T19:00", 2).as_deref(), Some("2024-02-29T19:00"));
    }

    #[test]
    fn lengths_of_whole_days_are_known() {
        assert_eq!(
            (of("P7D"), of("P1W"), of("PT72H")),
            (Some(Length::Days(7)), Some(Length::Days(7)), Some(Length::Days(3)))
        );
        assert_eq!((of("P2M"), of("P1Y"), of("PT4H")), (Some(Length::Months(2)), Some(Length::Months(12)), None));
    }
}
