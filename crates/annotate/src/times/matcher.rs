//! Where do rules match? Runs the programs of the rules over the lexemes of a text, each part read once per place.

use std::collections::HashMap;
use std::rc::Rc;

use super::pattern::{Op, Vocabulary, WordId};
use super::rulebook::{Neighbour, Rulebook};
use super::when::{Value, When};
use crate::lexeme::{Lexeme, Shape, plain_mark};

/// Ways of reading the lexemes from a place on: one past the last lexeme, and the meaning.
type Parses = Rc<[(usize, Value)]>;

/// A match of a rule that stands alone.
#[derive(Debug)]
pub(crate) struct Match {
    pub rule: u16,
    /// One past its last lexeme.
    pub end: usize,
    pub value: Value,
}

/// One text being read.
pub(crate) struct Matcher<'a> {
    book: &'a Rulebook,
    text: &'a str,
    pub lexemes: &'a [Lexeme],
    pub ids: Vec<WordId>,
    memo: HashMap<(u16, usize), Parses>,
    nothing: Parses,
    /// Where the match at hand ends, if its pattern looks on beyond its end.
    ahead: Option<usize>,
}

impl<'a> Matcher<'a> {
    /// Looks up every word of a text.
    pub fn new(book: &'a Rulebook, text: &'a str, lexemes: &'a [Lexeme]) -> Self {
        let id = |l: &Lexeme| match l.shape {
            Shape::Digits => Vocabulary::DIGITS,
            Shape::Break => Vocabulary::BREAK,
            Shape::Word => book.vocabulary.id(l.span.of(text)),
            Shape::Mark => book.vocabulary.id(plain_mark(l.span.of(text))),
        };
        let ids = lexemes.iter().map(id).collect();
        Self { book, text, lexemes, ids, memo: HashMap::new(), nothing: Rc::new([]), ahead: None }
    }

    /// The longest match of a rule that may stand alone and begins at `at`; of equals one that is no range ("Dec-2018"),
    /// then the one whose rule comes first.
    pub fn longest(&mut self, at: usize) -> Option<Match> {
        let book = self.book;
        let rules = &book.begins[usize::from(self.ids[at])];
        if rules.is_empty() || !self.may_begin(at) {
            return None;
        }
        let mut best: Option<Match> = None;
        for &rule in rules {
            for (end, value) in self.run(rule, at) {
                let better = best
                    .as_ref()
                    .is_none_or(|b| end > b.end || (end == b.end && is_range(&b.value) && !is_range(&value)));
                if better && matches!(value, Value::When(_)) && self.may_end(end) && self.stands_alone(rule, at, end) {
                    best = Some(Match { rule, end, value });
                }
            }
        }
        best
    }

    /// Forgets what was read before `at`, so that memory stays small on long texts.
    pub fn forget(&mut self) {
        self.memo.clear();
    }

    fn parses(&mut self, category: u16, at: usize) -> Parses {
        if let Some(known) = self.memo.get(&(category, at)) {
            return known.clone();
        }
        let Some(id) = self.ids.get(at) else { return self.nothing.clone() };
        let book = self.book;
        let rules = &book.starts[usize::from(category)][usize::from(*id)];
        if rules.is_empty() {
            return self.nothing.clone();
        }
        // A rule that would begin with what it makes itself finds nothing there.
        self.memo.insert((category, at), self.nothing.clone());
        let mut found: Vec<(usize, Value)> = Vec::new();
        for &rule in rules {
            for parse in self.run(rule, at) {
                let same_end = found.iter().filter(|f| f.0 == parse.0).count();
                if same_end < 3 && !found.contains(&parse) {
                    found.push(parse);
                }
            }
        }
        let found: Parses = found.into();
        self.memo.insert((category, at), found.clone());
        found
    }

    fn run(&mut self, rule: u16, at: usize) -> Vec<(usize, Value)> {
        let book = self.book;
        let program = &book.rules[usize::from(rule)].program;
        let mut out = Vec::new();
        let mut slots = vec![Value::Nothing; program.slots.len()];
        let outer = self.ahead.take();
        self.step(rule, 0, at, &mut slots, &mut out, at);
        self.ahead = outer;
        out
    }

    fn step(
        &mut self,
        rule: u16,
        op: usize,
        at: usize,
        slots: &mut Vec<Value>,
        out: &mut Vec<(usize, Value)>,
        start: usize,
    ) {
        let book = self.book;
        let rule_of = &book.rules[usize::from(rule)];
        let here = self.lexemes.get(at);
        let fits = |tight: bool| here.is_some_and(|l| at == start || !tight || l.glued);
        match rule_of.program.ops[op] {
            Op::Done => {
                if let Some(value) = rule_of.recipe.value(slots) {
                    out.push((self.ahead.unwrap_or(at), value));
                }
            }
            Op::Ahead => {
                let before = self.ahead.replace(at);
                self.step(rule, op + 1, at, slots, out, start);
                self.ahead = before;
            }
            Op::Jump(to) => self.step(rule, usize::from(to), at, slots, out, start),
            Op::Split(to) => {
                self.step(rule, op + 1, at, slots, out, start);
                self.step(rule, usize::from(to), at, slots, out, start);
            }
            Op::Word { id, tight } => {
                if fits(tight) && self.ids[at] == id {
                    self.step(rule, op + 1, at + 1, slots, out, start);
                }
            }
            Op::Class { class, slot, tight } if fits(tight) => {
                let word = book.classes[usize::from(class)].get(&self.ids[at]);
                let right = word.filter(|w| !w.capital || self.lexemes[at].is_capitalised(self.text));
                if let Some(word) = right {
                    self.bind(rule, op, (at + 1, word.value.into()), slot, slots, out, start);
                }
            }
            Op::Builtin { reader, slot, tight } if fits(tight) => {
                if let Some(read) = reader.read(self.text, self.lexemes, at) {
                    self.bind(rule, op, read, slot, slots, out, start);
                }
            }
            Op::Category { category, slot, tight } if fits(tight) => {
                let parses = self.parses(category, at);
                for parse in parses.iter() {
                    self.bind(rule, op, parse.clone(), slot, slots, out, start);
                }
            }
            Op::Class { .. } | Op::Builtin { .. } | Op::Category { .. } => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one way through a program")]
    fn bind(
        &mut self,
        rule: u16,
        op: usize,
        read: (usize, Value),
        slot: Option<u8>,
        slots: &mut Vec<Value>,
        out: &mut Vec<(usize, Value)>,
        start: usize,
    ) {
        let Some(slot) = slot.map(usize::from) else { return self.step(rule, op + 1, read.0, slots, out, start) };
        let before = std::mem::replace(&mut slots[slot], read.1);
        self.step(rule, op + 1, read.0, slots, out, start);
        slots[slot] = before;
    }

    /// Digits that belong to a longer number, a name ("BM-21") or a sum of money begin no expression.
    fn may_begin(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|b| self.lexemes[b]).filter(|_| self.lexemes[at].glued) else {
            return true;
        };
        let digits = self.lexemes[at].shape == Shape::Digits;
        let inside = before.glued && at >= 2 && self.lexemes[at - 2].shape != Shape::Mark;
        match before.shape {
            Shape::Digits => false,
            Shape::Word => false,
            Shape::Mark if digits => {
                let mark = plain_mark(before.span.of(self.text));
                !("$£€#".contains(mark) || (inside && ".,:/-".contains(mark)))
            }
            _ => true,
        }
    }

    /// The last digits must not go on in a longer number, nor a length in an age ("two-year-old").
    fn may_end(&self, end: usize) -> bool {
        let last = self.lexemes[end - 1];
        let Some(next) = self.lexemes.get(end).filter(|l| l.glued) else { return true };
        let after = self.lexemes.get(end + 1).filter(|l| l.glued);
        match (last.shape, next.shape) {
            (Shape::Digits, Shape::Digits | Shape::Word) | (Shape::Word, Shape::Digits | Shape::Word) => false,
            (Shape::Digits, Shape::Mark) => {
                let mark = plain_mark(next.span.of(self.text));
                mark != "%" && !(".,:/-".contains(mark) && after.is_some_and(|l| l.shape == Shape::Digits))
            }
            (Shape::Word, Shape::Mark) if next.is_mark(self.text, "-") => {
                after.is_none_or(|l| !l.is_word(self.text, "old"))
            }
            _ => true,
        }
    }

    fn stands_alone(&self, rule: u16, start: usize, end: usize) -> bool {
        let around = &self.book.rules[usize::from(rule)].around;
        let is = |at: Option<usize>, list: &[Neighbour]| list.iter().any(|n| self.is_neighbour(at, *n));
        let (left, right) = (start.checked_sub(1), Some(end).filter(|e| *e < self.ids.len()));
        (!around.capital || self.lexemes[start].is_capitalised(self.text))
            && (around.before.is_empty() || is(left, &around.before))
            && (around.after.is_empty() || is(right, &around.after))
            && !is(left, &around.not_before)
            && !is(right, &around.not_after)
    }

    fn is_neighbour(&self, at: Option<usize>, wanted: Neighbour) -> bool {
        let Some(at) = at else { return wanted == Neighbour::Edge };
        let id = self.ids[at];
        match wanted {
            Neighbour::Word(word) => id == word,
            Neighbour::Digits => id == Vocabulary::DIGITS,
            Neighbour::OtherWord => id == Vocabulary::UNKNOWN && self.lexemes[at].shape == Shape::Word,
            Neighbour::Edge => {
                let mark = self.lexemes[at].span.of(self.text);
                id == Vocabulary::BREAK
                    || matches!(
                        plain_mark(mark),
                        "." | "," | ";" | ":" | "!" | "?" | ")" | "(" | "-" | "\"" | "'" | "”" | "“"
                    )
            }
        }
    }
}

fn is_range(value: &Value) -> bool {
    matches!(value, Value::When(when) if matches!(**when, When::Range(..)))
}
