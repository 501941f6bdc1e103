//! Fields of an object as written values, and written values back in an object, checked.

use super::part::{Parts, Written};
use super::{Field, Values};
use crate::claim::{Claim, Reference, Speaker};
use crate::figure::{Figure, Period};
use crate::span::Span;
use crate::time::{Iso, Time};
use crate::{Act, Article, Basis, Category, EntityKind, Event, Harm, Mode, Polarity, Qualifier, Status};

/// A value that a field cannot have: what, where, how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field.
    pub field: Field,
    /// What is wrong with its value and what would do.
    pub message: String,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

/// All fields of a claim as they are.
pub fn of_claim(article: &Article, c: &Claim) -> Values {
    let written = Written::new(&article.text, c.content);
    let words = |span: Option<Span>| span.map(|s| written.words(s)).unwrap_or_default();
    let references = |list: &[Reference]| list.iter().map(|r| reference(&written, r)).collect::<Vec<_>>().join("\n");
    let value = |field| match field {
        Field::Content => written.words(c.content),
        Field::Cue => words(c.cue),
        Field::Speakers => speakers(&written, &c.speakers),
        Field::Joint => yes_no(c.joint),
        Field::Act => c.act.to_string(),
        Field::Event => c.event.map(|e| e.to_string()).unwrap_or_default(),
        Field::Mode => c.mode.map(|m| m.to_string()).unwrap_or_default(),
        Field::Actors => references(&c.actors),
        Field::Targets => references(&c.targets),
        Field::Places => references(&c.places),
        Field::Time => c.time.as_ref().map(|t| time(&written, t)).unwrap_or_default(),
        Field::Polarity => c.polarity.to_string(),
        Field::Status => c.status.to_string(),
        _ => String::new(),
    };
    Field::OF_CLAIMS.iter().map(|f| (*f, value(*f))).collect()
}

/// All fields of a figure as they are.
pub fn of_figure(article: &Article, x: &Figure) -> Values {
    let written = Written::new(&article.text, x.span);
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let count = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    let value = |field| match field {
        Field::Span => written.words(x.span),
        Field::Speakers => speakers(&written, &x.speakers),
        Field::Harm => x.harm.to_string(),
        Field::Low => count(x.low),
        Field::High => count(x.high),
        Field::Qualifier => x.qualifier.to_string(),
        Field::Category => x.category.to_string(),
        Field::Party => text(&x.party),
        Field::Place => text(&x.place),
        Field::Period => x.period.as_ref().map(|p| period(&written, p)).unwrap_or_default(),
        Field::Superseded => yes_no(x.superseded),
        _ => String::new(),
    };
    Field::OF_FIGURES.iter().map(|f| (*f, value(*f))).collect()
}

/// The claim with some fields otherwise.
///
/// # Errors
/// Every value that its field cannot have.
pub fn correct_claim(article: &Article, claim: &Claim, values: &Values) -> Result<Claim, Vec<Wrong>> {
    let mut new = claim.clone();
    let read = Read(Written::new(&article.text, claim.content));
    let was = of_claim(article, claim);
    let mut wrong = Vec::new();
    for (field, value) in changed(&was, values) {
        if let Err(message) = put_in_claim(&mut new, field, value.trim(), &read) {
            wrong.push(Wrong { field, message });
        }
    }
    // What the machine has put together is not for whoever corrects another field to mend.
    let meddled = (new.event, new.mode) != (claim.event, claim.mode);
    if let Some(message) = fits(new.event, new.mode).filter(|_| meddled && wrong.is_empty()) {
        wrong.push(Wrong { field: Field::Mode, message });
    }
    if wrong.is_empty() { Ok(new) } else { Err(wrong) }
}

/// The figure with some fields otherwise.
///
/// # Errors
/// Every value that its field cannot have.
pub fn correct_figure(article: &Article, figure: &Figure, values: &Values) -> Result<Figure, Vec<Wrong>> {
    let mut new = figure.clone();
    let read = Read(Written::new(&article.text, figure.span));
    let was = of_figure(article, figure);
    let mut wrong = Vec::new();
    for (field, value) in changed(&was, values) {
        if let Err(message) = put_in_figure(&mut new, field, value.trim(), &read) {
            wrong.push(Wrong { field, message });
        }
    }
    if let (Some(low), Some(high)) = (new.low, new.high)
        && low > high
    {
        let message = format!("the lowest count, {low}, is above the highest, {high}; swap them or empty one");
        wrong.push(Wrong { field: Field::Low, message });
    }
    if wrong.is_empty() { Ok(new) } else { Err(wrong) }
}

/// What is the same is left alone: so nothing is lost that the written form does not tell.
fn changed<'v>(was: &'v Values, values: &'v Values) -> impl Iterator<Item = (Field, &'v str)> {
    let differs = |(field, value): &(&Field, &String)| was.get(field).is_none_or(|old| old.trim() != value.trim());
    values.iter().filter(differs).map(|(field, value)| (*field, value.as_str()))
}

fn put_in_claim(c: &mut Claim, field: Field, value: &str, read: &Read) -> Result<(), String> {
    match field {
        Field::Content => c.content = read.words(value)?,
        Field::Cue => c.cue = maybe(value, |v| read.words(v))?,
        Field::Speakers => c.speakers = read.speakers(value)?,
        Field::Joint => c.joint = truth(value)?,
        Field::Act => c.act = word(field, Act::parse, value)?,
        Field::Event => c.event = maybe(value, |v| word(field, Event::parse, &v.to_uppercase()))?,
        Field::Mode => c.mode = maybe(value, |v| word(field, Mode::parse, v))?,
        Field::Actors => c.actors = read.references(value)?,
        Field::Targets => c.targets = read.references(value)?,
        Field::Places => c.places = read.references(value)?,
        Field::Time => c.time = maybe(value, |v| read.time(v))?,
        Field::Polarity => c.polarity = word(field, Polarity::parse, value)?,
        Field::Status => c.status = word(field, Status::parse, value)?,
        _ => return Err("a claim has no such field".to_owned()),
    }
    Ok(())
}

fn put_in_figure(x: &mut Figure, field: Field, value: &str, read: &Read) -> Result<(), String> {
    match field {
        Field::Span => x.span = read.words(value)?,
        Field::Speakers => x.speakers = read.speakers(value)?,
        Field::Harm => x.harm = word(field, Harm::parse, value)?,
        Field::Low => x.low = maybe(value, count)?,
        Field::High => x.high = maybe(value, count)?,
        Field::Qualifier => x.qualifier = word(field, Qualifier::parse, value)?,
        Field::Category => x.category = word(field, Category::parse, value)?,
        Field::Party => x.party = maybe(value, party)?,
        Field::Place => x.place = maybe(value, entity)?,
        Field::Period => x.period = maybe(value, |v| read.period(v))?,
        Field::Superseded => x.superseded = truth(value)?,
        _ => return Err("a figure has no such field".to_owned()),
    }
    Ok(())
}

fn speakers(written: &Written, list: &[Speaker]) -> String {
    let line = |s: &Speaker| {
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let words = s.span.map(|s| written.words(s)).unwrap_or_default();
        let parts = [text(&s.name), text(&s.role), text(&s.organisation), text(&s.party), text(&s.entity), words];
        Parts::join(&parts.each_ref().map(String::as_str))
    };
    list.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn reference(written: &Written, r: &Reference) -> String {
    let words = r.span.map(|s| written.words(s)).unwrap_or_default();
    Parts::join(&[r.entity.as_deref().unwrap_or_default(), r.party.as_deref().unwrap_or_default(), &words])
}

fn time(written: &Written, t: &Time) -> String {
    let iso = |i: &Option<Iso>| i.as_ref().map(Iso::to_string).unwrap_or_default();
    let words = t.span.map(|s| written.words(s)).unwrap_or_default();
    let basis = if t.basis == basis(t.span) { "" } else { t.basis.as_str() };
    Parts::join(&[&iso(&t.value), &iso(&t.end), &words, basis])
}

fn period(written: &Written, p: &Period) -> String {
    let iso = |i: &Option<Iso>| i.as_ref().map(Iso::to_string).unwrap_or_default();
    Parts::join(&[&iso(&p.from), &iso(&p.to), &written.words(p.span)])
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// What a time rests on, where nothing else is said.
fn basis(words: Option<Span>) -> Basis {
    if words.is_some() { Basis::Text } else { Basis::Inferred }
}

/// Reads values that point at the text.
struct Read<'a>(Written<'a>);

impl Read<'_> {
    fn words(&self, value: &str) -> Result<Span, String> {
        let missing =
            || format!("the words \"{value}\" do not stand in the report; copy them from it letter by letter");
        if value.is_empty() {
            return Err("it has no words; copy them from the report".to_owned());
        }
        self.0.find(value).ok_or_else(missing)
    }

    fn speakers(&self, value: &str) -> Result<Vec<Speaker>, String> {
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

    fn references(&self, value: &str) -> Result<Vec<Reference>, String> {
        lines(value, "entity | party | words", 3, |parts| {
            Ok(Reference {
                entity: maybe(&parts[0], entity)?,
                party: maybe(&parts[1], party)?,
                span: maybe(&parts[2], |v| self.words(v))?,
            })
        })
    }

    fn time(&self, value: &str) -> Result<Time, String> {
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

    fn period(&self, value: &str) -> Result<Period, String> {
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

fn maybe<T>(value: &str, of: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if value.is_empty() { Ok(None) } else { of(value).map(Some) }
}

fn word<T>(field: Field, parse: impl Fn(&str) -> Option<T>, value: &str) -> Result<T, String> {
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

fn truth(value: &str) -> Result<bool, String> {
    match value {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("{value:?} is neither yes nor no")),
    }
}

fn count(value: &str) -> Result<u64, String> {
    // No count of people is longer, and every program can hold it.
    let digits = value.bytes().all(|b| b.is_ascii_digit()) && value.len() <= 12;
    let number = value.parse().ok().filter(|_| digits);
    number.ok_or_else(|| format!("{value:?} is no count; write digits, as 1200, or leave it empty for an open end"))
}

fn iso(value: &str) -> Result<Iso, String> {
    let form = "write it as 2020-10-10, 2020-10, 2020 or 2020-10-10T12:05+04:00";
    Iso::parse(value).ok_or_else(|| format!("{value:?} is no date; {form}"))
}

fn party(value: &str) -> Result<String, String> {
    let message = "is no party; write its slug: small letters, digits and hyphens, as south-varnia";
    if is_slug(value) { Ok(value.to_owned()) } else { Err(format!("{value:?} {message}")) }
}

fn entity(value: &str) -> Result<String, String> {
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

/// Why a mode cannot go with an event. What each belongs to, the ontology tells in place of its meaning.
fn fits(event: Option<Event>, mode: Option<Mode>) -> Option<String> {
    let mode = mode?;
    let of: Vec<&str> = mode.about().split(", ").collect();
    match event {
        Some(event) if of.contains(&event.as_str()) => None,
        Some(event) => {
            Some(format!("{mode} is how {} is done, not {event}; choose another or empty it", of.join(" or ")))
        }
        None => {
            Some(format!("there is no event that could be done by {mode}; empty it, or choose {}", of.join(" or ")))
        }
    }
}
