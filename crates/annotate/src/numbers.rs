//! How many? Numbers of a text in digits and words, with their hedges and ranges.
//!
//! Numbers that are names ("BM-21", "Resolution 1701"), clocks, dates, scores and fractions are left out. A number
//! inside a time expression is still given: whoever knows the times drops it.

mod around;
mod hedge;
pub(crate) mod reading;

use evidence::Qualifier;
use evidence::document::{Number, NumberKind};

use crate::lexeme::{Lexeme, Shape, lexemes};
use around::Surroundings;
use hedge::Hedge;
use reading::{Reading, Written, cardinal, ordinal};

/// Numbers of `text`, in order, none overlapping another.
pub fn find(text: &str) -> Vec<Number> {
    let lexemes = lexemes(text);
    let finder = Finder { text, lexemes: &lexemes, around: Surroundings { text, lexemes: &lexemes } };
    let (mut out, mut at) = (Vec::new(), 0);
    while at < lexemes.len() {
        match finder.at(at) {
            Some(Step::Number(number, next)) => {
                out.push(number);
                at = next;
            }
            Some(Step::Skip(next)) => at = next,
            None => at += 1,
        }
    }
    out
}

/// What stands at a place: a number, or something with digits that is none.
enum Step {
    Number(Number, usize),
    Skip(usize),
}

struct Finder<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    around: Surroundings<'a>,
}

/// A number or range without its hedges.
#[derive(Debug, Clone, Copy)]
struct Bare {
    start: usize,
    end: usize,
    low: Option<f64>,
    high: Option<f64>,
    /// Whether bounds are told already ("dozens", "12 to 15"), so that a hedge only widens them.
    bounded: bool,
    kind: NumberKind,
}

impl Finder<'_> {
    fn at(&self, at: usize) -> Option<Step> {
        if self.lexemes[at].shape == Shape::Digits && self.around.is_name_or_code(at) {
            return Some(Step::Skip(self.around.end_of_code(at)));
        }
        let (hedge, start) = match hedge::before(self.text, self.lexemes, at) {
            Some((hedge, end)) => (Some(hedge), end),
            None => (None, at),
        };
        let inner = hedge.is_some() && hedge::before(self.text, self.lexemes, start).is_some();
        let start = if inner { hedge::before(self.text, self.lexemes, start)?.1 } else { start };
        let hedged_code = start > at
            && self.lexemes.get(start).is_some_and(|l| l.shape == Shape::Digits)
            && self.around.is_name_or_code(start);
        if start >= self.lexemes.len() || hedged_code {
            return None;
        }
        let bare = self.bare(start)?;
        let (after, end) = match hedge::after(self.text, self.lexemes, bare.end) {
            Some((hedge, end)) => (Some(hedge), end),
            None => (None, bare.end),
        };
        Some(Step::Number(self.number(at, end, bare, hedge.or(after)), end))
    }

    fn number(&self, start: usize, end: usize, bare: Bare, hedge: Option<Hedge>) -> Number {
        let span = |from: usize, to: usize| self.lexemes[from].span.join(self.lexemes[to - 1].span);
        let (low, high, qualifier) = match (hedge, bare.bounded) {
            (None, false) => (bare.low, bare.high, Qualifier::Exactly),
            (None, true) => (bare.low, bare.high, Qualifier::Unspecified),
            (Some(hedge), _) => hedge.bounds(bare.low, bare.high, bare.kind == NumberKind::Cardinal),
        };
        Number { span: span(start, end), bare: span(bare.start, bare.end), low, high, qualifier, kind: bare.kind }
    }

    fn bare(&self, at: usize) -> Option<Bare> {
        self.vague(at).or_else(|| self.range(at)).or_else(|| self.ordinal(at)).or_else(|| self.single(at))
    }

    /// "dozens", "hundreds of thousands", "several hundred", "scores of".
    fn vague(&self, at: usize) -> Option<Bare> {
        let (value, end) = hedge::vague(self.text, self.lexemes, at)?;
        let kind = self.around.kind_after(end).unwrap_or(NumberKind::Cardinal);
        Some(Bare { start: at, end, low: Some(value), high: None, bounded: true, kind })
    }

    /// "12 to 15", "12-15", "one or two", "between 16 and 18", "from 3 to 5".
    fn range(&self, at: usize) -> Option<Bare> {
        let word = |n: usize, w: &str| self.lexemes.get(n).is_some_and(|l| l.is_word(self.text, w));
        let (start, links): (usize, &[&str]) = match () {
            () if word(at, "between") => (at + 1, &["and", "to", "-"]),
            () if word(at, "from") => (at + 1, &["to", "-"]),
            () => (at, &["to", "-", "or"]),
        };
        let first = self.cardinal(start)?;
        let link = self.lexemes.get(first.end)?;
        let dash = link.is_mark(self.text, "-");
        let linked = links.iter().any(|w| link.is_word(self.text, w)) || (dash && links.contains(&"-"));
        let second = linked.then(|| self.cardinal(first.end + 1)).flatten()?;
        let code = self.lexemes[first.end + 1].shape == Shape::Digits && self.around.goes_on(second.end);
        let digits = first.written != Written::Words && second.written != Written::Words;
        let tight = link.glued && self.lexemes[first.end + 1].glued;
        if code || (dash && tight && !digits) || (dash && tight && second.value < 10.0) {
            return None;
        }
        // "two to three million" counts millions twice.
        let scale = |end: usize| reading::scale(self.text, self.lexemes, end - 1);
        let low = match (scale(first.end), scale(second.end)) {
            (None, Some(scale)) if first.value * scale < second.value => first.value * scale,
            _ => first.value,
        };
        let kind = self.around.kind(at, second.end);
        (low < second.value).then_some(Bare {
            start: at,
            end: second.end,
            low: Some(low),
            high: Some(second.value),
            bounded: true,
            kind: kind.unwrap_or(NumberKind::Cardinal),
        })
    }

    fn ordinal(&self, at: usize) -> Option<Bare> {
        let read = ordinal(self.text, self.lexemes, at)?;
        let value = Some(read.value);
        Some(Bare { start: at, end: read.end, low: value, high: value, bounded: false, kind: NumberKind::Ordinal })
    }

    fn single(&self, at: usize) -> Option<Bare> {
        let read = self.cardinal(at)?;
        if self.lexemes[at].is_word(self.text, "one") && read.end == at + 1 && !self.around.one_is_a_number(at) {
            return None;
        }
        let whole = read.value.fract() == 0.0;
        let kind = self.around.kind(at, read.end).unwrap_or(NumberKind::Cardinal);
        let kind = if whole || kind == NumberKind::Percent { kind } else { NumberKind::Measure };
        let value = Some(read.value);
        Some(Bare { start: at, end: read.end, low: value, high: value, bounded: false, kind })
    }

    fn cardinal(&self, at: usize) -> Option<Reading> {
        let read = cardinal(self.text, self.lexemes, at)?;
        // "1990s", "3D": digits that go on in letters which are no unit.
        let last = self.lexemes[read.end - 1];
        let next = self.lexemes.get(read.end).filter(|l| l.glued && l.shape == Shape::Word);
        let unit = next.is_none_or(|n| last.shape != Shape::Digits || around::is_unit(n.span.of(self.text)));
        unit.then_some(read)
    }
}

#[cfg(test)]
mod tests;
