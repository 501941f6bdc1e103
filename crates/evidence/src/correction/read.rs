//! Written values read again: every form checked, with what would do where one is wrong.

use super::Field;
use super::part::{Parts, Written};
use crate::claim::{Reference, Speaker};
use crate::figure::Period;
use crate::span::Span;
use crate::time::{Iso, Time};
use crate::{Basis, EntityKind};

/// Reads values that point at the text.
pub(super) struct Read<'a>(pub Written<'a>);

impl Read<'_> {
    pub fn words(&self, value: &str) -> Result<Span, String> {
        let missing =
            || format!("the words \"{value}\" do not stand in the report; copy them from it letter by letter");
        if value.is_empty() {
            return Err("it has no words; copy them from the report".to_owned());
        }
        self.0.find(value).ok_or_else(missing)
    }

    pub fn speakers(&self, value: &str) -> Result<Vec<Speaker>, String> {
        lines(value, "name | role | organisation | party | entity | words", 6, |parts| {
            let text = |n: usize| Some(parts[n].clone()).filter(|t| !t.is_empty());
            Ok(Speaker {
                name: text(0),
                role: text(1),
                organisation: text(2),
                party: maybe(&parts[3], party)?,
                entity: maybe(&parts[4], entity)?,
                span: maybe(&parts[5], |v| self.words(v))?,
            })
        })
    }

    pub fn references(&self, value: &str) -> Result<Vec<Reference>, String> {
        lines(value, "entity | party | words", 3, |parts| {
            Ok(Reference {
                entity: maybe(&parts[0], entity)?,
                party: maybe(&parts[1], party)?,
                span: maybe(&parts[2], |v| self.words(v))?,
            })
        })
    }

    pub fn time(&self, value: &str) -> Result<Time, String> {
        let parts = exactly(value, "value | end | words | basis", 4)?;
        let (value, end) = interval(&parts[0], &parts[1])?;
        let span = maybe(&parts[2], |v| self.words(v))?;
        let told = maybe(&parts[3], |v| word_of(Basis::ALL.iter().map(|b| b.as_str()), Basis::parse, v))?;
        Ok(Time {
            precision: value.as_ref().map(Iso::precision),
            value,
            end,
            span,
            basis: told.unwrap_or_else(|| basis(span)),
        })
    }

    pub fn period(&self, value: &str) -> Result<Period, String> {
        let parts = exactly(value, "from | to | words", 3)?;
        let (from, to) = interval(&parts[0], &parts[1])?;
        Ok(Period { from, to, span: self.words(&parts[2])? })
    }
}

fn interval(from: &str, to: &str) -> Result<(Option<Iso>, Option<Iso>), String> {
    let (from, to) = (maybe(from, iso)?, maybe(to, iso)?);
    // Days only: hours may stand in different zones.
    if let (Some(a), Some(b)) = (&from, &to)
        && a.date().len() == b.date().len()
        && a.date() > b.date()
    {
        return Err(format!("it ends on {} before it begins on {}; swap them", b.date(), a.date()));
    }
    Ok((from, to))
}

fn lines<T>(
    value: &str,
    form: &str,
    most: usize,
    of: impl Fn(&[String]) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let filled = value.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let one = |(n, line): (usize, &str)| {
        let parts = exactly(line, form, most).and_then(|parts| {
            let empty = parts.iter().all(String::is_empty);
            if empty { Err("nothing is said of it; fill one part or take the line away".to_owned()) } else { Ok(parts) }
        });
        parts.and_then(|parts| of(&parts)).map_err(|e| format!("line {}: {e}", n + 1))
    };
    filled.map(one).collect()
}

/// The parts of a line, filled up with empty ones.
fn exactly(line: &str, form: &str, most: usize) -> Result<Vec<String>, String> {
    let mut parts = Parts::split(line);
    if parts.len() > most {
        return Err(format!(
            "it has {} parts, and there are {most}: {form}; a stroke within a part is written \\|",
            parts.len()
        ));
    }
    parts.resize(most, String::new());
    Ok(parts)
}

pub(super) fn maybe<T>(value: &str, of: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if value.is_empty() { Ok(None) } else { of(value).map(Some) }
}

pub(super) fn word<T>(field: Field, parse: impl Fn(&str) -> Option<T>, value: &str) -> Result<T, String> {
    word_of(field.vocabulary().into_iter().map(|(w, _)| w), parse, value)
}

fn word_of<'w, T>(
    words: impl Iterator<Item = &'w str>,
    parse: impl Fn(&str) -> Option<T>,
    value: &str,
) -> Result<T, String> {
    let known = || words.collect::<Vec<_>>().join(", ");
    parse(value).ok_or_else(|| format!("there is no {value:?}; it is one of {}", known()))
}

pub(super) fn truth(value: &str) -> Result<bool, String> {
    match value {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("{value:?} is neither yes nor no")),
    }
}

pub(super) fn count(value: &str) -> Result<u64, String> {
    // No count of people is longer, and every program can hold it.
    let digits = value.bytes().all(|b| b.is_ascii_digit()) && value.len() <= 12;
    let number = value.parse().ok().filter(|_| digits);
    number.ok_or_else(|| format!("{value:?} is no count; write digits, as 1200, or leave it empty for an open end"))
}

fn iso(value: &str) -> Result<Iso, String> {
    let form = "write it as 2020-10-10, 2020-10, 2020 or 2020-10-10T12:05+04:00";
    Iso::parse(value).ok_or_else(|| format!("{value:?} is no date; {form}"))
}

pub(super) fn party(value: &str) -> Result<String, String> {
    let message = "is no party; write its slug: small letters, digits and hyphens, as south-varnia";
    if is_slug(value) { Ok(value.to_owned()) } else { Err(format!("{value:?} {message}")) }
}

pub(super) fn entity(value: &str) -> Result<String, String> {
    let kind =
        value.split_once(':').and_then(|(kind, rest)| EntityKind::parse(kind).filter(|_| !rest.trim().is_empty()));
    let kinds = || EntityKind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(", ");
    match kind {
        Some(_) => Ok(value.to_owned()),
        None => Err(format!("{value:?} is no entity; write its id, as place:dorne; kinds are {}", kinds())),
    }
}

fn is_slug(value: &str) -> bool {
    let right = |c: char| c.is_lowercase() || c.is_ascii_digit() || c == '-';
    value.chars().all(right) && !value.starts_with('-') && !value.ends_with('-')
}

/// What a time rests on, where nothing else is said.
pub(super) fn basis(words: Option<Span>) -> Basis {
    if words.is_some() { Basis::Text } else { Basis::Inferred }
}
