//! What time is it? The only place that asks.

use std::time::{SystemTime, UNIX_EPOCH};

use evidence::time::Iso;
use jiff::Timestamp;

/// The time of day.
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// Seconds since the beginning of 1970, UTC.
pub fn seconds() -> i64 {
    now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs().cast_signed())
}

/// The time of day in UTC, to the second.
pub fn iso() -> Option<Iso> {
    Iso::parse(&Timestamp::from_second(seconds()).ok()?.to_string())
}
