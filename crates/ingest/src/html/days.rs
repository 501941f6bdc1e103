//! Which days are written in a line in words of other languages, or in figures whose order must be known?

use std::ops::Range;

use jiff::civil::Date;

/// In which order a page writes figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The order that readers of a language expect: `en-US` and `de`, but not `en` alone.
    pub fn of_language(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let (language, region) = tag.split_once('-').unwrap_or((&tag, ""));
        match (language, region) {
            ("en", "us") => Some(Self::MonthFirst),
            ("en", "" | "ca" | "ph") | ("", _) => None,
            _ => Some(Self::DayFirst),
        }
    }
}

/// "10. Oktober 2020", "10 de octubre de 2020", "1er octobre 2020", "10 october, 2020".
pub(super) fn in_words(line: &str) -> Vec<(Range<usize>, Date)> {
    let words = words(line);
    let mut found = Vec::new();
    for (i, (start, day)) in words.iter().enumerate() {
        let Some(day) = number(day, 1..=2) else { continue };
        let mut at = i + 1;
        let mut next = |skip: &[&str]| {
            while words.get(at).is_some_and(|(_, w)| skip.contains(&w.to_lowercase().as_str())) {
                at += 1;
            }
            at += 1;
            words.get(at - 1).copied()
        };
        let month = next(&["de", "di", "er", "º", "°", "th", "st", "nd", "rd", "of"]);
        let lower = month.map(|(_, m)| m.to_lowercase()).unwrap_or_default();
        let Some(month) = MONTHS.iter().position(|names| names.split(' ').any(|n| n == lower)) else { continue };
        let Some((from, year)) = next(&["de", "del"]) else { continue };
        let Some(date) = number(year, 4..=4).and_then(|y| day_of(y, month as i32 + 1, day)) else { continue };
        if from - start < 32 {
            found.push((*start..from + year.len(), date));
        }
    }
    found
}

/// Runs of letters and runs of digits, with where they begin.
fn words(line: &str) -> Vec<(usize, &str)> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_alphabetic() || c == 'º') * 2 };
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (i, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let now = class(c);
        if now != last {
            if last > 0 {
                out.push((start, &line[start..i]));
            }
            start = i;
            last = now;
        }
    }
    out
}

/// "10/09/2020", "10.9.2020", "2020/10/09", "10.09.20" after a full stop's fashion: as the order says.
pub(super) fn in_figures(line: &str, order: Option<Order>) -> Vec<(Range<usize>, Date)> {
    let words = words(line);
    let mut found = Vec::new();
    for w in words.windows(3) {
        let [(start, a), (b_at, b), (c_at, c)] = [w[0], w[1], w[2]];
        let end = c_at + c.len();
        let mark = |from: usize, to: usize| line.get(from..to).map(str::trim);
        let between = (mark(start + a.len(), b_at), mark(b_at + b.len(), c_at));
        let (Some(first), Some(second)) = between else { continue };
        let (head, tail) = (&line[..start], &line[end..]);
        let longer = tail.strip_prefix('.').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        let part = longer || head.ends_with(['/', '.', '-', ':', 'v', 'V']) || tail.starts_with(['/', ':']);
        if first != second || !matches!(first, "/" | "." | "-") || part {
            continue;
        }
        let (Some(x), Some(y)) = (number(a, 1..=4), number(b, 1..=2)) else { continue };
        let day = if a.len() == 4 {
            number(c, 1..=2).and_then(|z| day_of(x, y, z))
        } else {
            let year = number(c, 4..=4).or_else(|| number(c, 2..=2).filter(|_| first != "-").map(|n| 2000 + n));
            year.and_then(|year| match (first, order) {
                _ if a.len() > 2 => None,
                _ if x == y || x > 12 => day_of(year, y, x),
                _ if y > 12 => day_of(year, x, y),
                (".", _) | (_, Some(Order::DayFirst)) => day_of(year, y, x),
                (_, Some(Order::MonthFirst)) => day_of(year, x, y),
                _ => None,
            })
        };
        found.extend(day.map(|d| (start..end, d)));
    }
    found
}

/// The number that `text` is, if it has so many digits and nothing else.
pub(super) fn number(text: &str, widths: std::ops::RangeInclusive<usize>) -> Option<i32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits && widths.contains(&text.len())).then(|| text.parse().ok()).flatten()
}

/// A day that exists, of the years in which pages can have appeared.
pub(super) fn day_of(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|y| (1900..=2100).contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Names of months outside English, whole or as far as they are written, and English ones in the fashion of others.
const MONTHS: [&str; 12] = [
    "january januar jänner janvier enero gennaio janeiro januari ene janv jan",
    "february februar feber février fevrier febrero febbraio fevereiro februari févr fév",
    "march märz maerz mär mars marzo março maart mrz",
    "avril abril aprile avr abr april apr",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho jun",
    "july juli juillet julio luglio julho juil jul",
    "août aout agosto augustus august aug ago",
    "septembre septiembre setiembre settembre setembro september sept sep set",
    "october oktober octobre octubre ottobre outubro okt oct out",
    "novembre noviembre novembro november nov",
    "dezember décembre decembre diciembre dicembre dezembro december dez déc dic",
];
