//! Which moment does a field, a header or a table mean? The forms in which programs and people write one.

use evidence::time::Iso;
use jiff::civil::Date;

use crate::date;

/// The moment that all of `text` is, as fine as it is written: ISO 8601 with its common neighbours, mail headers, days in
/// words or figures whose order is beyond doubt, and seconds or milliseconds since 1970.
pub(crate) fn moment(text: &str) -> Option<Iso> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 || !text.is_ascii() {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return in_digits(text);
    }
    iso(text).or_else(|| compact(text)).or_else(|| worded(text))
}

/// The moment of so many seconds or milliseconds since 1970: what is too large for seconds is milliseconds.
pub(crate) fn epoch(number: i64) -> Option<Iso> {
    let stamp = match number {
        100_000_000..100_000_000_000 => jiff::Timestamp::from_second(number),
        100_000_000_000..100_000_000_000_000 => jiff::Timestamp::from_second(number.div_euclid(1000)),
        _ => return None,
    };
    Iso::parse(&stamp.ok()?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// A value whose day exists.
pub(crate) fn real(value: &str) -> Option<Iso> {
    let value = Iso::parse(value)?;
    let day = value.date();
    let exists = day.len() < 10 || day.parse::<Date>().is_ok();
    exists.then_some(value)
}

/// "20201010", "20201010120500", or seconds.
fn in_digits(text: &str) -> Option<Iso> {
    match text.len() {
        4 => Iso::parse(text),
        8 => real(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])),
        9 | 10 | 12 | 13 => epoch(text.parse().ok()?),
        14 => {
            let day = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]);
            real(&format!("{day}T{}:{}:{}", &text[8..10], &text[10..12], &text[12..]))
        }
        _ => None,
    }
}

/// "2020-10-10 12:05:00.123 +0000", "2020/10/10", "2020-10-10T12:05:00 UTC".
fn iso(text: &str) -> Option<Iso> {
    let cut = text.char_indices().find(|(_, c)| matches!(c, 'T' | 't' | ' ')).map_or(text.len(), |(i, _)| i);
    let (day, clock) = (text[..cut].replace('/', "-"), text[cut..].trim_start_matches(['T', 't', ' ']));
    if clock.is_empty() {
        return real(&day);
    }
    let end = clock.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(clock.len());
    let (time, rest) = clock.split_at(end);
    let fraction = rest.strip_prefix(['.', ',']).map(|r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
    real(&format!("{day}T{time}{}", zone(fraction.unwrap_or(rest))?))
}

/// "20201010T120500Z".
fn compact(text: &str) -> Option<Iso> {
    let (day, clock) = text.split_once('T')?;
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if day.len() != 8 || clock.len() < 6 || !digits(day) || !digits(&clock[..6]) {
        return None;
    }
    let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    real(&format!("{day}T{}:{}:{}{}", &clock[..2], &clock[2..4], &clock[4..6], zone(&clock[6..])?))
}

/// "Sat, 10 Oct 2020 12:05:00 +0400", "October 10, 2020 6:20 PM", "25/10/2020".
fn worded(text: &str) -> Option<Iso> {
    let [written] = date::dates(text).try_into().ok()?;
    let day = written.day().filter(|_| written.range.start == 0)?;
    let rest = text[written.range.end..].trim_start_matches([' ', ',']);
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    if rest.is_empty() {
        return date::iso(day);
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(rest.len());
    let exact = rest[..end].len() == 8 || zone(&rest[end..]).is_some_and(|z| !z.is_empty());
    if exact {
        return real(&format!("{day}T{}{}", &rest[..end], zone(&rest[end..])?));
    }
    let clock = date::clock_after(rest, 0).filter(|c| rest[c.end..].trim_end_matches(')').is_empty())?;
    real(&format!("{day}T{}", clock.text))
}

/// An offset as ISO 8601 writes it; empty where none is written.
fn zone(text: &str) -> Option<String> {
    let text = text.trim();
    // A mail header may name the zone once more in brackets.
    let text = text.split_once('(').map_or(text, |(offset, _)| offset.trim_end());
    match text {
        "" => Some(String::new()),
        "Z" | "z" | "GMT" | "UTC" | "UT" => Some("Z".into()),
        _ => {
            let (sign, digits) = text.split_at_checked(1).filter(|(s, _)| matches!(*s, "+" | "-"))?;
            let digits: String = digits.chars().filter(|c| *c != ':').collect();
            let right = digits.bytes().all(|b| b.is_ascii_digit());
            match digits.len() {
                2 if right => Some(format!("{sign}{digits}:00")),
                4 if right => Some(format!("{sign}{}:{}", &digits[..2], &digits[2..])),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_their_many_forms() {
        for (text, value) in [
            ("2020", "2020"),
            ("2020-10", "2020-10"),
            ("2020-10-10", "2020-10-10"),
            ("2020/10/10", "2020-10-10"),
            ("2020-10-10T12:05+04:00", "2020-10-10T12:05+04:00"),
            ("2020-10-10 12:05:00", "2020-10-10T12:05:00"),
            ("2020-10-10T12:05:00.123Z", "2020-10-10T12:05:00Z"),
            ("2020-10-10 12:05:00 +0000", "2020-10-10T12:05:00+00:00"),
            ("2020-10-10 12:05:00+00", "2020-10-10T12:05:00+00:00"),
            ("2020-10-10 12:05 UTC", "2020-10-10T12:05Z"),
            ("20201010T120500Z", "2020-10-10T12:05:00Z"),
            ("20201010120500", "2020-10-10T12:05:00"),
            ("20201010", "2020-10-10"),
            ("1602331500", "2020-10-10T12:05:00Z"),
            ("1602331500000", "2020-10-10T12:05:00Z"),
            ("Sat, 10 Oct 2020 12:05:00 +0400", "2020-10-10T12:05:00+04:00"),
            ("Sat, 10 Oct 2020 12:05:00 GMT", "2020-10-10T12:05:00Z"),
            ("10 Oct 2020 12:05:00 -0500 (EST)", "2020-10-10T12:05:00-05:00"),
            ("10 October 2020", "2020-10-10"),
            ("October 10, 2020 6:20 PM", "2020-10-10T18:20"),
            ("25/10/2020", "2020-10-25"),
        ] {
            assert_eq!(moment(text).map(|m| m.to_string()).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_or_leaves_it_open() {
        for text in [
            "",
            "soon",
            "Saturday",
            "09/10/2020",
            "2020-02-31",
            "Sun, 10 Oct 2020 12:05:00 GMT",
            "10 Oct",
            "5",
            "99999999",
            "2020-10-10 to 2020-10-12",
            "2020-10-10T12:05 in Marle",
            "１０",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
