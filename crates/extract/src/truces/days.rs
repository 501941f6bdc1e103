//! How long is a truce, and on what day does that end?

use evidence::time::Iso;

/// Days of a TIMEX3 duration in days, weeks or hours of whole days (`P7D`, `P2W`, `PT72H`).
pub(super) fn of(timex: &str) -> Option<i64> {
    let rest = timex.strip_prefix('P')?;
    if let Some(hours) = rest.strip_prefix('T').and_then(|r| r.strip_suffix('H')) {
        return hours.parse::<i64>().ok().filter(|h| h % 24 == 0).map(|h| h / 24);
    }
    let (number, unit) = rest.split_at(rest.len().checked_sub(1)?);
    let n: i64 = number.parse().ok()?;
    match unit {
        "D" => Some(n),
        "W" => Some(n * 7),
        _ => None,
    }
}

/// Whether `day` lies more than some days before `published`.
pub(super) fn more_than(day: &str, published: &str, days: i64) -> bool {
    let limit = Iso::parse(day).and_then(|d| add(&d, days));
    published.len() >= 10 && limit.is_some_and(|l| l.date() < &published[..10])
}

/// A date or date-time some days on, keeping its clock and offset. Proleptic Gregorian (Hinnant, "chrono-compatible
/// low-level date algorithms").
pub(super) fn add(from: &Iso, days: i64) -> Option<Iso> {
    let (date, rest) = from.as_str().split_at_checked(10)?;
    let mut parts = date.split('-').map(|p| p.parse::<i64>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    let shifted = if m <= 2 { y - 1 } else { y };
    let era = shifted.div_euclid(400);
    let day_of_year = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    let year_of_era = shifted - era * 400;
    let total = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year + days;
    let era = total.div_euclid(146_097);
    let day = total - era * 146_097;
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let dd = day_of_year - (153 * month + 2) / 5 + 1;
    let mm = if month < 10 { month + 3 } else { month - 9 };
    let yy = year + era * 400 + i64::from(mm <= 2);
    Iso::parse(&format!("{yy:04}-{mm:02}-{dd:02}{rest}"))
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
        assert_eq!((of("P7D"), of("P1W"), of("PT72H"), of("P2M")), (Some(7), Some(7), Some(3), None));
    }
}
