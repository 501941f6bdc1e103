//! Which calendar dates are written in a line?

use std::ops::Range;

use evidence::time::Iso;
use jiff::civil::{Date, Weekday};

/// A date as printed: day and month at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// Its bytes in the line, with a weekday before it.
    pub range: Range<usize>,
    /// Year, if printed.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// Weekday printed before it.
    pub weekday: Option<Weekday>,
}

impl WrittenDate {
    /// The day, if the year is printed, the day exists and the weekday printed beside it is right.
    pub fn day(&self) -> Option<Date> {
        let date = Date::new(self.year?, self.month, self.day).ok()?;
        self.weekday.is_none_or(|w| w == date.weekday()).then_some(date)
    }
}

/// A time of day as printed after a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenClock {
    /// One past its last byte in the line.
    pub end: usize,
    /// `hh:mm`, with `Z` where the line says GMT or UTC.
    pub text: String,
}

/// The value of a day.
pub(crate) fn iso(day: Date) -> Option<Iso> {
    Iso::parse(&day.to_string())
}

/// All dates of a line, in order.
pub(crate) fn dates(line: &str) -> Vec<WrittenDate> {
    let pieces = pieces(line);
    let mut out = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match date_at(&pieces, at) {
            Some((date, next)) => {
                out.push(date);
                at = next;
            }
            None => at += 1,
        }
    }
    out
}

/// The time of day that stands right after byte `from` ("18:20", ", 6:20 PM", " at 0914", "T18:20:00Z"), if any.
pub(crate) fn clock_after(line: &str, from: usize) -> Option<WrittenClock> {
    let skipped = line[from..].trim_start_matches([' ', ',', '|', '-', '–', '—', '·', '\u{a0}']);
    let skipped = skipped.strip_prefix("at ").unwrap_or(skipped);
    let skipped = skipped.strip_prefix('T').unwrap_or(skipped);
    let start = line.len() - skipped.len();
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(skipped);
    let (mut hour, minute, mut used) = match (first, skipped.as_bytes().get(first)) {
        (1 | 2, Some(b':' | b'.')) if digits(&skipped[first + 1..]) == 2 => {
            (skipped[..first].parse::<u8>().ok()?, skipped[first + 1..first + 3].parse::<u8>().ok()?, first + 3)
        }
        (4, _) => (skipped[..2].parse::<u8>().ok()?, skipped[2..4].parse::<u8>().ok()?, 4),
        _ => return None,
    };
    if skipped[used..].starts_with(':') && digits(&skipped[used + 1..]) == 2 {
        used += 3;
    }
    let rest = skipped[used..].to_ascii_lowercase();
    let word = rest.trim_start_matches([' ', '\u{a0}']);
    for (half, add) in [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)] {
        if word.starts_with(half) {
            hour = hour % 12 + add;
            used += rest.len() - word.len() + half.len();
        }
    }
    let rest = &skipped[used..];
    let word = rest.trim_start_matches([' ', '(', '\u{a0}']);
    let zone = ["GMT", "UTC", "Z"].into_iter().find(|z| word.starts_with(z));
    used += zone.map_or(0, |z| rest.len() - word.len() + z.len());
    let text = format!("{hour:02}:{minute:02}{}", if zone.is_some() { "Z" } else { "" });
    (hour < 24 && minute < 60).then_some(WrittenClock { end: start + used, text })
}

/// A run of digits, a run of letters, or one other character that is no white space.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    start: usize,
    /// Whether it touches the piece before.
    joined: bool,
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let class = |c: char| if c.is_ascii_digit() { 0 } else { u8::from(!c.is_alphabetic()) + 1 };
    let mut out: Vec<Piece<'_>> = Vec::new();
    let mut end = 0;
    for (start, c) in line.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let touches = start == end;
        end = start + c.len_utf8();
        match out.last_mut() {
            Some(p) if touches && class(c) < 2 && p.text.chars().next().map(class) == Some(class(c)) => {
                p.text = &line[p.start..end];
            }
            _ => out.push(Piece { text: &line[start..end], start, joined: touches }),
        }
    }
    out
}

/// The date that begins at a piece, and the first piece after it.
fn date_at(pieces: &[Piece<'_>], at: usize) -> Option<(WrittenDate, usize)> {
    if at > 0 && pieces[at].joined && pieces[at - 1].text.chars().all(char::is_alphanumeric) {
        return None;
    }
    let weekday = weekday(pieces[at].text);
    let mut from = at;
    if weekday.is_some() {
        from += 1;
        while pieces.get(from).is_some_and(|p| p.text == "," || p.text == ".") {
            from += 1;
        }
    }
    let (year, month, day, next) = day_first(pieces, from)
        .or_else(|| month_first(pieces, from))
        .or_else(|| year_first(pieces, from))
        .or_else(|| in_figures(pieces, from))?;
    let last = pieces[next - 1];
    let range = pieces[at].start..last.start + last.text.len();
    Some((WrittenDate { range, year, month, day, weekday }, next))
}

type Fields = (Option<i16>, i8, i8, usize);

/// "12 May 2017", "8th of April".
fn day_first(p: &[Piece<'_>], mut at: usize) -> Option<Fields> {
    let day = day_number(p.get(at)?)?;
    at += 1;
    if p.get(at).is_some_and(|x| x.joined && is_ordinal_ending(x.text)) {
        at += 1;
    }
    if p.get(at).is_some_and(|x| matches!(x.text, "of" | "-")) {
        at += 1;
    }
    let month = month(p.get(at)?.text)?;
    let (year, next) = year_after(p, at + 1);
    Some((year, month, day, next))
}

/// "June 3, 2019", "Oct. 10".
fn month_first(p: &[Piece<'_>], mut at: usize) -> Option<Fields> {
    let month = month(p.get(at)?.text)?;
    at += 1;
    if p.get(at).is_some_and(|x| x.text == ".") {
        at += 1;
    }
    let day = day_number(p.get(at)?)?;
    at += 1;
    if p.get(at).is_some_and(|x| x.joined && is_ordinal_ending(x.text)) {
        at += 1;
    }
    let (year, next) = year_after(p, at);
    Some((year, month, day, next))
}

/// "2022-04-08".
fn year_first(p: &[Piece<'_>], at: usize) -> Option<Fields> {
    let year = year_number(p.get(at)?)?;
    let joined_mark = |i: usize| p.get(i).is_some_and(|x| x.joined && x.text == "-");
    let number = |i: usize| p.get(i).filter(|x| x.joined && x.text.len() == 2).and_then(|x| x.text.parse::<i8>().ok());
    let (month, day) = (joined_mark(at + 1).then(|| number(at + 2))??, joined_mark(at + 3).then(|| number(at + 4))??);
    Some((Some(year), month, day, at + 5))
}

/// "24.05.2023", "13/04/2022": day before month, unless that cannot be; `None` where slashes leave it open.
fn in_figures(p: &[Piece<'_>], at: usize) -> Option<Fields> {
    let (a, mark, b, again, y) = (p.get(at)?, p.get(at + 1)?, p.get(at + 2)?, p.get(at + 3)?, p.get(at + 4)?);
    let joined = [mark, b, again, y].iter().all(|x| x.joined);
    let (a, b, year) = (day_number(a)?, day_number(b)?, year_number(y)?);
    let (month, day) = match mark.text {
        "." | "-" if b <= 12 => (b, a),
        "/" if a > 12 && b <= 12 => (b, a),
        "/" if b > 12 && a <= 12 => (a, b),
        "/" if a == b && a <= 12 => (a, b),
        _ => return None,
    };
    (joined && mark.text == again.text).then_some((Some(year), month, day, at + 5))
}

/// The year at a piece or after a comma, and the first piece after the date.
fn year_after(p: &[Piece<'_>], at: usize) -> (Option<i16>, usize) {
    let plain = |i: usize| p.get(i).and_then(year_number).map(|y| (Some(y), i + 1));
    let mark = p.get(at).is_some_and(|x| matches!(x.text, "," | "." | "-"));
    plain(at).or_else(|| mark.then(|| plain(at + 1)).flatten()).unwrap_or((None, at))
}

fn day_number(p: &Piece<'_>) -> Option<i8> {
    p.text.parse::<i8>().ok().filter(|d| p.text.len() <= 2 && (1..=31).contains(d))
}

fn year_number(p: &Piece<'_>) -> Option<i16> {
    p.text.parse::<i16>().ok().filter(|y| p.text.len() == 4 && (1900..=2100).contains(y))
}

fn is_ordinal_ending(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th")
}

/// 1 to 12; an English month's name, whole or short, with a capital ("may" is a verb).
pub(crate) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_ascii_lowercase();
    let short = |m: &str| lower.len() == 3 && m.starts_with(&lower) || lower == "sept" && m == "september";
    let at = MONTHS.iter().position(|m| *m == lower || short(m))?;
    word.starts_with(|c: char| c.is_ascii_uppercase()).then_some(at as i8 + 1)
}

/// A weekday's name, whole or short.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_ascii_lowercase();
    let short = |d: &str| lower.len() >= 3 && d.starts_with(&lower);
    let at = DAYS.iter().position(|d| *d == lower || short(d))?;
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    capital.then(|| Weekday::from_monday_one_offset(at as i8 + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(line: &str) -> Vec<String> {
        dates(line).iter().filter_map(|d| d.day().map(|d| d.to_string())).collect()
    }

    #[test]
    fn dates_in_their_many_forms() {
        for (line, day) in [
            ("Friday 12 May 2017", "2017-05-12"),
            ("Valley | Published June 3, 2019 7:15 AM", "2019-06-03"),
            ("PORT SEL, Monday, March 5, 2018 |", "2018-03-05"),
            ("Wed 05 Apr 2017 Attack", "2017-04-05"),
            ("9th of June, 2021", "2021-06-09"),
            ("Sept. 3, 2021", "2021-09-03"),
            ("2021-06-09T07:15:00Z", "2021-06-09"),
            ("23.07.2018", "2018-07-23"),
            ("13-12-2014 Forces", "2014-12-13"),
            ("23/07/2018", "2018-07-23"),
        ] {
            assert_eq!(days(line), [day], "{line}");
        }
    }

    #[test]
    fn what_is_no_date_or_leaves_it_open() {
        for line in [
            "09/06/2021",
            "it may 24 hours",
            "Monday 12 May 2017",
            "31 February 2020",
            "1994",
            "in March 2019",
            "H.R. 1",
            "14 hours 30 minutes",
        ] {
            assert!(days(line).is_empty(), "{line}");
        }
        let partial = &dates("MOSCOW, Oct 10 (Agency) -")[0];
        assert_eq!((partial.year, partial.month, partial.day), (None, 10, 10));
    }

    #[test]
    fn clocks_after_dates() {
        let clock = |l: &str| clock_after(l, 0).map(|c| c.text);
        assert_eq!(clock(" 6:20 PM").as_deref(), Some("18:20"));
        assert_eq!(clock(", 12:05 a.m.").as_deref(), Some("00:05"));
        assert_eq!(clock("T21:41:00Z").as_deref(), Some("21:41Z"));
        assert_eq!(clock(" at 0914").as_deref(), Some("09:14"));
        assert_eq!(clock(" 18.30 GMT").as_deref(), Some("18:30Z"));
        assert_eq!(clock(" 25:00"), None);
        assert_eq!(clock(" people"), None);
    }
}
