//! Which moment is written here, in the many ways in which markup and pages write one?
//!
//! ISO 8601 in its dialects, RFC 2822, seconds since 1970, and dates in words of a few languages. Where day and month
//! could stand for each other and nothing tells their order, nothing is read.

use std::ops::Range;

use evidence::time::Iso;
use jiff::civil::Date;

use crate::date;
use crate::moment::epoch;

use super::days::{Order, day_of, in_figures, in_words, number};

/// The moment that a value of markup is: the whole value, perhaps with words around a date.
pub(super) fn of_value(value: &str, order: Option<Order>) -> Option<Iso> {
    let value = value.trim().trim_matches(['"', '\'', '[', ']']).trim();
    if value.len() > 100 {
        return None;
    }
    if let Some(found) = iso(value).or_else(|| since_1970(value)) {
        return Some(found);
    }
    in_line(value, order).into_iter().next().map(|m| m.value)
}

/// A moment that stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// Its bytes in the line: the date, without its time of day.
    pub range: Range<usize>,
    /// Day or time of day.
    pub value: Iso,
}

/// The moments of a line, in order: days with their year, and times of day beside them.
pub(super) fn in_line(line: &str, order: Option<Order>) -> Vec<Moment> {
    let mut found: Vec<(Range<usize>, Date)> =
        date::dates(line).into_iter().filter_map(|d| Some((d.range.clone(), d.day()?))).collect();
    let others = in_words(line).into_iter().chain(in_figures(line, order));
    for (range, day) in others {
        if found.iter().all(|(f, _)| f.end <= range.start || range.end <= f.start) {
            found.push((range, day));
        }
    }
    found.sort_by_key(|(r, _)| r.start);
    let moment = |(range, day): (Range<usize>, Date)| {
        let value = with_clock(day, &line[range.end..])?;
        Some(Moment { range, value })
    };
    found.into_iter().filter_map(moment).collect()
}

/// The day in the path of an address: `/2020/10/10/`, `/2020-10-10-`, `/20201010/`, `/2020/oct/10/`.
pub(super) fn in_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let path = path.split_once('/')?.1;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let in_parts = parts.windows(3).find_map(|w| {
        let month = number(w[1], 1..=2).or_else(|| date::month(&capital(w[1])).map(i32::from));
        day_of(number(w[0], 4..=4)?, month?, number(w[2], 1..=2)?)
    });
    let whole = |p: &&str| {
        let digits = p.trim_end_matches(|c: char| !c.is_ascii_digit());
        (digits.len() == 8).then(|| compact(digits)).flatten()
    };
    in_parts.or_else(|| path.split(['/', '-', '_', '.']).find_map(|p| whole(&p)))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

fn compact(digits: &str) -> Option<Date> {
    day_of(number(digits.get(..4)?, 4..=4)?, number(digits.get(4..6)?, 2..=2)?, number(digits.get(6..8)?, 2..=2)?)
}

/// `2020-10-10T12:05:30.5+0400`, `2020/10/10 12:05`, `20201010T120530Z`, `20201010`.
fn iso(value: &str) -> Option<Iso> {
    let head =
        value.get(..10).filter(|h| h.as_bytes()[4] == h.as_bytes()[7] && matches!(h.as_bytes()[4], b'-' | b'/' | b'.'));
    let of_head = |h: &str| day_of(number(&h[..4], 4..=4)?, number(&h[5..7], 2..=2)?, number(&h[8..10], 2..=2)?);
    if let Some(day) = head.filter(|h| h.is_ascii()).and_then(of_head) {
        return with_clock(day, &value[10..]);
    }
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (day, rest) = match digits {
        8 => (compact(value)?, &value[8..]),
        14 => (compact(value)?, &value[8..]),
        _ => return None,
    };
    let clock = rest.trim_start_matches('T');
    let plain = clock.get(..6).filter(|c| c.bytes().all(|b| b.is_ascii_digit()));
    match plain {
        Some(c) => with_clock(day, &format!("T{}:{}:{}{}", &c[..2], &c[2..4], &c[4..6], &clock[6..])),
        None => with_clock(day, rest),
    }
}

/// Seconds or milliseconds since 1970, from 1990 on: smaller numbers are other things in markup.
fn since_1970(value: &str) -> Option<Iso> {
    let digits = matches!(value.len(), 10 | 13) && value.bytes().all(|b| b.is_ascii_digit());
    let found = epoch(value.parse().ok().filter(|_| digits)?)?;
    (found.as_str() >= "1990").then_some(found)
}

/// The day, and the time of day if `rest` begins with one that is more than a filler of zeros.
fn with_clock(day: Date, rest: &str) -> Option<Iso> {
    let plain = || Iso::parse(&day.to_string());
    match clock(rest) {
        Some(clock) => Iso::parse(&format!("{day}T{clock}")).or_else(plain),
        None => plain(),
    }
}

/// `hh:mm[:ss][±hh:mm]` of the time of day that `rest` begins with.
fn clock(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches([' ', ',', '|', '-', '–', '—', '·', '•', '@', '(', '\u{a0}']);
    let rest = ["at ", "um ", "à ", "T", "t"].iter().find_map(|p| rest.strip_prefix(p)).unwrap_or(rest);
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(rest);
    let mark = rest[hours..].starts_with([':', '.', 'h']);
    if !(1..=2).contains(&hours) || !mark || digits(&rest[hours + 1..]) != 2 {
        return None;
    }
    let mut hour: u32 = rest[..hours].parse().ok()?;
    let minute = &rest[hours + 1..hours + 3];
    let mut rest = &rest[hours + 3..];
    let mut second = "";
    if rest.starts_with(':') && digits(&rest[1..]) == 2 {
        second = &rest[..3];
        rest = &rest[3..];
        if rest.starts_with(['.', ',']) {
            rest = rest[1..].trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let lower = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).to_ascii_lowercase();
    for (half, add) in [("am", 0), ("a.m", 0), ("pm", 12), ("p.m", 12)] {
        if lower.starts_with(half) && hour <= 12 {
            hour = hour % 12 + add;
            let from = rest.len() - lower.len() + half.len();
            rest = rest[from..].trim_start_matches(['.', ' ']);
        }
    }
    let zone = zone(rest);
    let filler = hour == 0 && minute == "00" && (second.is_empty() || second == ":00");
    (!filler && hour < 24).then(|| format!("{hour:02}:{minute}{second}{zone}"))
}

/// `Z` or `±hh:mm` where `rest` begins with a zone that has one meaning.
fn zone(rest: &str) -> String {
    let rest = rest.trim_start_matches([' ', '(', '\u{a0}']);
    let named = ["Z", "GMT", "UTC"].iter().find_map(|z| rest.strip_prefix(z));
    let after = named.unwrap_or(rest);
    let offset = after.strip_prefix(['+', '-']).map(|o| (after.starts_with('-'), o));
    if let Some((behind, o)) = offset {
        let digits: String = o.chars().take_while(|c| c.is_ascii_digit() || *c == ':').filter(|c| *c != ':').collect();
        let hours = match digits.len() {
            1 => format!("0{digits}00"),
            2 => format!("{digits}00"),
            4 => digits,
            _ => return String::new(),
        };
        return format!("{}{}:{}", if behind { '-' } else { '+' }, &hours[..2], &hours[2..]);
    }
    let ends = !after.starts_with(|c: char| c.is_alphanumeric());
    if named.is_some() && ends { "Z".to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> String {
        of_value(text, None).map(|v| v.to_string()).unwrap_or_default()
    }

    #[test]
    fn values_in_their_dialects() {
        for (text, moment) in [
            ("2020-10-10T12:05:30.123+04:00", "2020-10-10T12:05:30+04:00"),
            ("2020-10-10 12:05:30 +0400", "2020-10-10T12:05:30+04:00"),
            ("2020-10-10T12:05Z", "2020-10-10T12:05Z"),
            ("2020/10/10 12:05", "2020-10-10T12:05"),
            ("20201010T120530Z", "2020-10-10T12:05:30Z"),
            ("20201010", "2020-10-10"),
            ("2020-10-10T00:00:00+02:00", "2020-10-10"),
            ("Sat, 10 Oct 2020 12:05:00 GMT", "2020-10-10T12:05:00Z"),
            ("Sat Oct 10, 2020 6:20 pm UTC+2", "2020-10-10T18:20+02:00"),
            ("October 10, 2020 at 12:20 a.m.", "2020-10-10T00:20"),
            ("1602331530", "2020-10-10T12:05:30Z"),
            ("1602331530000", "2020-10-10T12:05:30Z"),
            ("Samstag, 10. Oktober 2020, 18:20 Uhr", "2020-10-10T18:20"),
            ("10 de octubre de 2020", "2020-10-10"),
            ("1er août 2020", "2020-08-01"),
            ("10.10.20 | 09:30", "2020-10-10T09:30"),
        ] {
            assert_eq!(value(text), moment, "{text}");
        }
        for text in
            ["10/09/2020", "2020", "0000-00-00", "2020-13-45", "12:05", "1234567890123456", "31.02.2020", "v1.2.2020.3"]
        {
            assert_eq!(value(text), "", "{text}");
        }
    }

    #[test]
    fn figures_in_the_order_of_a_language() {
        let of = |language: &str| of_value("10/09/2020", Order::of_language(language)).map(|v| v.to_string());
        assert_eq!(of("en-US").as_deref(), Some("2020-10-09"));
        assert_eq!(of("en_GB").as_deref(), Some("2020-09-10"));
        assert_eq!(of("fr").as_deref(), Some("2020-09-10"));
        assert_eq!(of("en"), None);
    }

    #[test]
    fn days_in_addresses() {
        for (url, day) in [
            ("https://a.example/2020/10/10/shells-fall", "2020-10-10"),
            ("https://a.example/news/2020-10-10-shells", "2020-10-10"),
            ("https://a.example/2020/oct/10/shells", "2020-10-10"),
            ("https://a.example/x/20201010/shells.html", "2020-10-10"),
        ] {
            assert_eq!(in_address(url).map(|d| d.to_string()).as_deref(), Some(day), "{url}");
        }
        for url in [
            "https://a.example/2020/10/shells",
            "https://a.example/123456789/",
            "https://2020-10-10.example/",
            "https://a.example/?d=2020-10-10",
        ] {
            assert_eq!(in_address(url), None, "{url}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,60}", order in any::<bool>()) {
            let order = if order { Order::DayFirst } else { Order::MonthFirst };
            of_value(&text, Some(order));
            in_address(&text);
        }

        #[test]
        fn any_figures_are_read(text in "[0-9:/.T+ -]{0,40}(am|pm|Z|Oct|März)?[0-9 ]{0,6}") {
            for m in in_line(&text, Some(Order::DayFirst)) {
                prop_assert!(text.get(m.range).is_some());
            }
            of_value(&text, None);
            in_address(&text);
        }
    }
}
