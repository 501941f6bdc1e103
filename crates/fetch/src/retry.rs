//! When may a server be asked again? As it says, or after a time that doubles with each failure.

use std::time::{Duration, SystemTime};

/// A time that doubles with each failure (counted from 1) up to a ceiling.
pub fn back_off(first: Duration, failures: u32, ceiling: Duration) -> Duration {
    let doublings = failures.saturating_sub(1).min(31);
    first.saturating_mul(1 << doublings).min(ceiling)
}

/// What a `Retry-After` header says (RFC 9110, section 10.2.3): seconds, or a date; a date gone by is no wait.
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than any wait needs are a long wait.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_ceiling() {
        let wait = |failures| back_off(Duration::from_secs(60), failures, Duration::from_secs(1000)).as_secs();
        assert_eq!([0, 1, 2, 3, 5, 6, 4_000_000].map(wait), [60, 60, 120, 240, 960, 1000, 1000]);
    }

    #[test]
    fn a_server_names_seconds_or_a_date() {
        let now = httpdate::parse_http_date("Tue, 01 Oct 2030 12:00:00 GMT").expect("a date");
        let seconds = |value| retry_after(value, now).map(|d| d.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" Tue, 01 Oct 2030 12:05:00 GMT"), Some(300));
        assert_eq!(seconds("Tue, 01 Oct 2030 11:00:00 GMT"), Some(0));
        assert_eq!(seconds("99999999999999999999999"), Some(u64::from(u32::MAX)));
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("-5"), None);
        assert_eq!(seconds(""), None);
    }
}
