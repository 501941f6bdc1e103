//! When? Time expressions of a text, with their values where the text and its date of publication determine them.
//!
//! The rules are text files, `data/time/en/*.toml`. A rule has a pattern (`pattern`), whose match is given a meaning
//! (`recipe`, `meaning`, `when`); the longest match counts (`matcher`); the meaning is looked up in the calendar
//! (`resolve`, `calendar`), with the tense of the sentence (`direction`), and written down (`written`).
//!
//! Reading rules of newspapers: a weekday is the last one up to the day of publication, unless the sentence speaks of
//! what is to come; a clock without a day belongs to the only day named in its sentence, else to that of publication.

mod builtin;
mod calendar;
mod direction;
mod index;
mod matcher;
mod meaning;
mod pattern;
mod recipe;
mod resolve;
mod rulebook;
mod source;
mod steps;
mod when;
mod written;

use evidence::time::{Iso, TimeExpression, TimeKind};
use evidence::{Published, Span};
use jiff::civil::{Date, DateTime};

use crate::lexeme::lexemes;
use matcher::{Match, Matcher};
use resolve::Context;
use rulebook::Rulebook;
pub use source::Error;
use when::{Unit, Value, When};

/// Finds time expressions. Made once, used for any number of texts and from any number of threads.
#[derive(Debug)]
pub struct Tagger {
    book: Rulebook,
}

impl Tagger {
    /// Compiles the rules of `data/time/en/`.
    ///
    /// # Errors
    /// The first mistake in a rule file, with its place.
    pub fn new() -> Result<Self, Error> {
        Ok(Self { book: Rulebook::load("time/en")? })
    }

    /// Time expressions of `text`, in order, none overlapping another, the longest at each place.
    pub fn find(&self, text: &str, published: &Published) -> Vec<TimeExpression> {
        let lexemes = lexemes(text);
        let mut matcher = Matcher::new(&self.book, text, &lexemes);
        let mut found = Vec::new();
        let mut at = 0;
        while at < lexemes.len() {
            match matcher.longest(at) {
                Some(m) => {
                    let next = m.end;
                    found.extend(Found::new(&self.book, text, &matcher, at, m));
                    at = next;
                }
                None => at += 1,
            }
        }
        self.resolve(text, &found, published)
    }

    fn resolve(&self, text: &str, found: &[Found], published: &Published) -> Vec<TimeExpression> {
        let now = published.value.as_ref().and_then(moment);
        let mut out: Vec<TimeExpression> = Vec::with_capacity(found.len());
        for (n, one) in found.iter().enumerate() {
            let day = if written::lacks_day(&one.when) { self.day_beside(text, found, n, now) } else { None };
            let context = Context { now, forward: one.forward, day, within: None };
            let resolved = context.resolve(&one.when);
            let kind = written::kind(&one.when);
            let values = written::written(resolved, kind);
            out.push(TimeExpression {
                span: one.span,
                kind,
                value: values.value,
                end: values.end,
                precision: values.precision,
                timex: written::timex(&one.when, &resolved),
                rule: self.book.rules[usize::from(one.rule)].name,
            });
        }
        out
    }

    /// The day of the only dated expression in the sentence of a clock that has none of its own.
    fn day_beside(&self, text: &str, found: &[Found], clock: usize, now: Option<(DateTime, Unit)>) -> Option<Date> {
        let same_sentence = |a: Span, b: Span| {
            let between = &text[a.end().min(b.start())..b.start().max(a.end())];
            !between.contains('\n') && !between.contains(". ") && !between.contains("; ")
        };
        let mut days = Vec::new();
        for (n, other) in found.iter().enumerate() {
            let near = match n.cmp(&clock) {
                std::cmp::Ordering::Less => same_sentence(other.span, found[clock].span),
                std::cmp::Ordering::Greater => same_sentence(found[clock].span, other.span),
                std::cmp::Ordering::Equal => false,
            };
            if near && !written::lacks_day(&other.when) && written::kind(&other.when) == TimeKind::Date {
                let context = Context { now, forward: other.forward, day: None, within: None };
                days.extend(context.resolve(&other.when).start.as_ref().and_then(written::only_day));
            }
        }
        days.dedup();
        (days.len() == 1).then(|| days[0])
    }
}

/// A match before it is resolved.
struct Found {
    span: Span,
    rule: u16,
    when: std::rc::Rc<When>,
    forward: Option<bool>,
}

impl Found {
    fn new(book: &Rulebook, text: &str, matcher: &Matcher<'_>, start: usize, m: Match) -> Option<Self> {
        let Value::When(when) = m.value else { return None };
        let span = matcher.lexemes[start].span.join(matcher.lexemes[m.end - 1].span);
        let forward = direction::forward(book, text, matcher, start, m.end);
        // "agreed to stretch it until 5 February": an end may lie ahead of what is told as past.
        let until = span.of(text).get(..6).is_some_and(|w| w.eq_ignore_ascii_case("until "));
        let forward = forward.filter(|f| *f || !until);
        let when = match (&*when, forward) {
            (When::In(length), None | Some(true)) if !direction::is_ranked(text, matcher, start) => {
                std::rc::Rc::new(When::Ago(length.clone(), 1))
            }
            _ => when,
        };
        Some(Self { span, rule: m.rule, when, forward })
    }
}

/// A publication date as a moment, and how finely it is known.
fn moment(iso: &Iso) -> Option<(DateTime, Unit)> {
    let text = iso.as_str();
    let (date, clock) = text.split_once('T').map_or((text, None), |(d, c)| (d, Some(c)));
    let mut fields = date.split('-').map(|f| f.parse::<i16>().ok());
    let year = fields.next()??;
    let (month, day) = (fields.next(), fields.next());
    let unit = match (month, day, clock) {
        (_, _, Some(_)) => Unit::Second,
        (_, Some(_), None) => Unit::Day,
        (Some(_), None, None) => Unit::Month,
        (None, ..) => Unit::Year,
    };
    let part = |f: Option<Option<i16>>| f.map_or(Some(1), |f| f.and_then(|n| i8::try_from(n).ok()));
    let date = Date::new(year, part(month)?, part(day)?).ok()?;
    let clock = clock.map_or("00:00", |c| c.split(['+', '-', 'Z']).next().unwrap_or_default());
    let mut parts = clock.split(':').map(|p| p.parse::<i8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    Some((date.at(hour.min(23), minute.min(59), second.min(59), 0), unit))
}

#[cfg(test)]
mod tests;
