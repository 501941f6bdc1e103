//! Fields of an object as written values, and written values back in an object, checked.

use super::part::{Parts, Written};
use super::read::{Read, basis, count, entity, maybe, party, truth, word};
use super::{Field, Values};
use crate::claim::{Claim, Reference, Speaker};
use crate::figure::{Figure, Period};
use crate::span::Span;
use crate::time::{Iso, Time};
use crate::{Act, Article, Category, Event, Harm, Mode, Polarity, Qualifier, Status};

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
