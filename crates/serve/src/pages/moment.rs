//! Moments as people read them.

/// `2026-03-04 05:06` in UTC.
pub(crate) fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|t| t.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}
