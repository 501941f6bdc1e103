//! Times and sizes as people write them: `90s`, `10m`, `6h`, `2d`; `500kB`, `20MB`.

use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error};

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub u64);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        span(&text).map(Self).ok_or_else(|| {
            D::Error::custom(format!("{text:?} is no time: write seconds, minutes, hours or days as 90s, 10m, 6h, 2d"))
        })
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        size(&text).map(Self).ok_or_else(|| D::Error::custom(format!("{text:?} is no size: write it as 500kB or 20MB")))
    }
}

/// A time as people read it.
pub fn printed(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [(86_400, "d"), (3600, "h"), (60, "min")];
    match units.iter().find(|(size, _)| seconds >= *size) {
        Some((size, unit)) => format!("{} {unit}", (seconds + size / 2) / size),
        None => format!("{seconds} s"),
    }
}

fn span(text: &str) -> Option<Duration> {
    let (number, unit) = split(text)?;
    let seconds = match unit {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    // Ten years are long enough for anything, and cannot run over.
    Some(Duration::from_secs(number.checked_mul(seconds).filter(|n| *n <= 10 * 366 * 86_400)?))
}

fn size(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let bytes = match unit {
        "kB" | "KB" => 1000,
        "MB" => 1_000_000,
        _ => return None,
    };
    number.checked_mul(bytes).filter(|n| (1..=1_000_000_000).contains(n))
}

fn split(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    Some((text[..at].parse().ok()?, text[at..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_have_units() {
        for (text, seconds) in [
            ("90s", Some(90)),
            ("10m", Some(600)),
            ("10 min", Some(600)),
            ("6h", Some(21_600)),
            ("2d", Some(172_800)),
            ("10", None),
            ("h", None),
            ("", None),
            ("-5m", None),
            ("99999999999999999999d", None),
            ("5 weeks", None),
        ] {
            assert_eq!(span(text).map(|d| d.as_secs()), seconds, "{text}");
        }
        assert_eq!(
            ["20MB", "500kB", "0MB", "5", "9999GB"].map(size),
            [Some(20_000_000), Some(500_000), None, None, None]
        );
    }

    #[test]
    fn times_are_printed_roughly() {
        let print = |s| printed(Duration::from_secs(s));
        assert_eq!([print(5), print(90), print(5400), print(86_400)], ["5 s", "2 min", "2 h", "1 d"]);
    }
}
