//! Which parts of a time expression are read by code? Those made of digits, and numbers in words.

use super::when::Value;
use crate::lexeme::{Lexeme, Shape};
use crate::numbers::reading::{self, Written, cardinal, ordinal};

/// A reader that patterns name in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Builtin {
    /// `{number}`: a cardinal in words or digits, without "a".
    Number,
    /// `{ordinal}`: "3rd", "twenty-first".
    Ordinal,
    /// `{dd}`: 1 to 31 in one or two digits.
    Day,
    /// `{monthnumber}`: 1 to 12 in one or two digits.
    MonthNumber,
    /// `{year}`: 1000 to 2999 in four digits, or in words from "nineteen hundred" on.
    Year,
    /// `{shortyear}`: two digits, 69 to 99 for the last century.
    ShortYear,
    /// `{hour}`: 0 to 24 in one or two digits.
    Hour,
    /// `{hourword}`: one to twelve in words.
    HourWord,
    /// `{sixty}`: 00 to 59 in two digits.
    Sixty,
    /// `{minuteword}`: one to fifty-nine in words.
    MinuteWord,
    /// `{hhmm}`: four digits that are a clock; its value is 100 times the hour and the minute.
    HourMinute,
    /// `{integer}`: digits up to 366.
    Integer,
    /// `{zerohhmm}`: four digits that are a clock and begin with 0.
    ZeroHourMinute,
    /// `{hmm}`: three digits that are a clock.
    ShortHourMinute,
    /// `{yyyymmdd}`: eight digits.
    Compact,
}

impl Builtin {
    /// The reader that patterns call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "number" => Self::Number,
            "ordinal" => Self::Ordinal,
            "dd" => Self::Day,
            "monthnumber" => Self::MonthNumber,
            "year" => Self::Year,
            "shortyear" => Self::ShortYear,
            "hour" => Self::Hour,
            "hourword" => Self::HourWord,
            "sixty" => Self::Sixty,
            "minuteword" => Self::MinuteWord,
            "hhmm" => Self::HourMinute,
            "integer" => Self::Integer,
            "zerohhmm" => Self::ZeroHourMinute,
            "hmm" => Self::ShortHourMinute,
            "yyyymmdd" => Self::Compact,
            _ => return None,
        })
    }

    /// Whether it can begin with digits, and the words that it can begin with.
    pub fn first(self) -> (bool, Vec<&'static str>) {
        match self {
            Self::Number | Self::Year => (true, reading::first_words().filter(|w| *w != "a" && *w != "an").collect()),
            Self::Ordinal => (true, reading::first_ordinal_words().collect()),
            Self::HourWord | Self::MinuteWord => (false, reading::first_words().collect()),
            _ => (true, Vec::new()),
        }
    }

    /// Reads at lexeme `at`: one past the last lexeme, and the value.
    pub fn read(self, text: &str, lexemes: &[Lexeme], at: usize) -> Option<(usize, Value)> {
        let first = lexemes.get(at)?;
        let places = |most: usize, range: std::ops::RangeInclusive<u64>| {
            let n = first.integer(text).filter(|n| first.span.len() <= most && range.contains(n))?;
            Some((at + 1, Value::Number(n as f64)))
        };
        match self {
            Self::Number => {
                if first.is_word(text, "a") || first.is_word(text, "an") {
                    return None;
                }
                cardinal(text, lexemes, at).map(|r| (r.end, Value::Number(r.value)))
            }
            Self::Ordinal => ordinal(text, lexemes, at).map(|r| (r.end, Value::Number(r.value))),
            Self::Day => places(2, 1..=31).filter(|_| !counts(text, lexemes, at + 1) || follows_on(text, lexemes, at)),
            Self::MonthNumber => places(2, 1..=12),
            Self::Hour => places(2, 0..=24),
            Self::Sixty => (first.span.len() == 2).then(|| places(2, 0..=59)).flatten(),
            Self::Integer => places(3, 1..=366),
            Self::ZeroHourMinute => {
                first.span.of(text).starts_with('0').then(|| Self::HourMinute.read(text, lexemes, at)).flatten()
            }
            Self::ShortHourMinute => {
                let found = (first.span.len() == 3).then(|| places(3, 100..=959)).flatten()?;
                first.integer(text).filter(|n| n % 100 < 60).map(|_| found)
            }
            Self::Compact => (first.span.len() == 8).then(|| places(8, 19_000_101..=20_991_231)).flatten(),
            Self::HourMinute => {
                let found = (first.span.len() == 4).then(|| places(4, 0..=2400)).flatten()?;
                first.integer(text).filter(|n| n % 100 < 60).map(|_| found)
            }
            Self::ShortYear => (first.span.len() == 2).then(|| places(2, 0..=99)).flatten(),
            Self::Year if first.shape == Shape::Digits => {
                (first.span.len() == 4 && !counts(text, lexemes, at + 1)).then(|| places(4, 1000..=2999)).flatten()
            }
            Self::Year => year_in_words(text, lexemes, at),
            Self::HourWord => in_words(text, lexemes, at, 12.0),
            Self::MinuteWord => in_words(text, lexemes, at, 59.0),
        }
    }
}

fn in_words(text: &str, lexemes: &[Lexeme], at: usize, most: f64) -> Option<(usize, Value)> {
    let found = cardinal(text, lexemes, at).filter(|r| r.written == Written::Words)?;
    (found.value >= 1.0 && found.value <= most).then_some((found.end, Value::Number(found.value)))
}

/// "two thousand and sixteen", "nineteen eighty-four", "twenty sixteen".
fn year_in_words(text: &str, lexemes: &[Lexeme], at: usize) -> Option<(usize, Value)> {
    let first = cardinal(text, lexemes, at).filter(|r| r.written == Written::Words)?;
    if (1100.0..2100.0).contains(&first.value) && first.value % 1000.0 != 0.0 || first.value == 2000.0 {
        return Some((first.end, Value::Number(first.value)));
    }
    let century = [18.0, 19.0, 20.0].contains(&first.value);
    let rest = cardinal(text, lexemes, first.end).filter(|r| century && r.written == Written::Words)?;
    (10.0..100.0).contains(&rest.value).then_some((rest.end, Value::Number(first.value * 100.0 + rest.value)))
}

/// Whether "on" stands a little before: "on Oct. 7 militants came" has a date, "in May 20 militants came" a number.
fn follows_on(text: &str, lexemes: &[Lexeme], at: usize) -> bool {
    let before = lexemes[at.saturating_sub(10)..at].iter().rev();
    let stop = |l: &&Lexeme| l.is_word(text, "in") || l.shape == Shape::Break || l.is_mark(text, ",");
    before.take_while(|l| !stop(l)).any(|l| l.is_word(text, "on"))
}

/// Whether the word at a place is one that numbers count.
fn counts(text: &str, lexemes: &[Lexeme], at: usize) -> bool {
    lexemes.get(at).is_some_and(|l| COUNTED.iter().any(|w| l.is_word(text, w)))
}

/// What digits before these words count, instead of naming a year or day.
const COUNTED: [&str; 36] = [
    "people",
    "men",
    "women",
    "children",
    "boys",
    "girls",
    "soldiers",
    "troops",
    "fighters",
    "militants",
    "rebels",
    "civilians",
    "prisoners",
    "hostages",
    "refugees",
    "families",
    "houses",
    "homes",
    "villages",
    "shells",
    "rounds",
    "rockets",
    "drones",
    "killed",
    "dead",
    "deaths",
    "wounded",
    "injured",
    "missing",
    "casualties",
    "km",
    "kilometres",
    "kilometers",
    "miles",
    "metres",
    "meters",
];
