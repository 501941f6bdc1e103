//! Where do rules match? Runs the programs of the rules over the lexemes of a text, each part read once per place.

use std::rc::Rc;

use super::pattern::{Op, Vocabulary, WordId};
use super::rulebook::{Neighbour, Rulebook};
use super::when::{Value, When};
use crate::lexeme::{Lexeme, Shape, plain_mark};

/// How many places back a reading is remembered.
const REMEMBERED: usize = 64;

/// How many lexemes before the first word that tells of time an expression may begin ("over the past few ...").
const LEAD: usize = 6;

/// Ways of reading the lexemes from a place on.
type Parses = Rc<[Parse]>;

/// One way: one past the last lexeme, the meaning, and the rule.
#[derive(Debug, Clone, PartialEq)]
struct Parse {
    end: usize,
    value: Value,
    rule: u16,
}

/// What a category was read as at a place.
#[derive(Debug, Clone, Default)]
struct Memo {
    /// The place and one.
    place: usize,
    parses: Option<Parses>,
}

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
    /// For every lexeme the next one from it on that tells of time by itself.
    core: Vec<u32>,
    /// For every category the last places it was read at.
    memo: Vec<Memo>,
    /// Room for slots of rules, used again and again.
    room: Vec<Vec<Value>>,
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
        let ids: Vec<WordId> = lexemes.iter().map(id).collect();
        let mut next = u32::MAX;
        let mut core: Vec<u32> = (0..ids.len())
            .rev()
            .map(|n| {
                next = if book.core[usize::from(ids[n])] { n as u32 } else { next };
                next
            })
            .collect();
        core.reverse();
        let memo = vec![Memo::default(); book.starts.len() * REMEMBERED];
        Self { book, text, lexemes, ids, core, memo, room: Vec::new(), nothing: Rc::new([]), ahead: None }
    }

    /// The longest match of a rule that may stand alone and begins at `at`; of equals one that is no range ("Dec-2018"),
    /// then the one whose rule comes first.
    pub fn longest(&mut self, at: usize) -> Option<Match> {
        let book = self.book;
        let categories = &book.begins[usize::from(self.ids[at])];
        if categories.is_empty() || self.core[at] as usize > at + LEAD || !self.may_begin(at) {
            return None;
        }
        let mut best: Option<Match> = None;
        for &category in categories {
            for Parse { end, value, rule } in self.parses(category, at).iter() {
                let better = best.as_ref().is_none_or(|b| {
                    let ranges = (is_range(&b.value), is_range(value));
                    (*end, !ranges.1) > (b.end, !ranges.0) || ((*end, ranges.1) == (b.end, ranges.0) && *rule < b.rule)
                });
                let alone = !book.rules[usize::from(*rule)].inner && matches!(value, Value::When(_));
                if better && alone && self.may_end(*end) && self.stands_alone(*rule, at, *end) {
                    best = Some(Match { rule: *rule, end: *end, value: value.clone() });
                }
            }
        }
        best
    }

    fn parses(&mut self, category: u16, at: usize) -> Parses {
        let Some(id) = self.ids.get(at) else { return self.nothing.clone() };
        let book = self.book;
        let rules = &book.starts[usize::from(category)][usize::from(*id)];
        if rules.is_empty() {
            return self.nothing.clone();
        }
        let memo = usize::from(category) * REMEMBERED + at % REMEMBERED;
        if self.memo[memo].place == at + 1 {
            return self.memo[memo].parses.as_ref().unwrap_or(&self.nothing).clone();
        }
        // A rule that would begin with what it makes itself finds nothing there.
        self.memo[memo] = Memo { place: at + 1, parses: None };
        let mut found: Vec<Parse> = Vec::new();
        for &rule in rules {
            for (end, value) in self.run(rule, at) {
                let same_end = found.iter().filter(|f| f.end == end).count();
                if same_end < 4
                    && !found
                        .iter()
                        .any(|f| f.end == end && f.value == value && !book.rules[usize::from(f.rule)].is_bound())
                {
                    found.push(Parse { end, value, rule });
                }
            }
        }
        let found: Parses = found.into();
        self.memo[memo] = Memo { place: at + 1, parses: Some(found.clone()) };
        found
    }

    fn run(&mut self, rule: u16, at: usize) -> Vec<(usize, Value)> {
        let book = self.book;
        let program = &book.rules[usize::from(rule)].program;
        let mut out = Vec::new();
        let mut slots = self.room.pop().unwrap_or_default();
        slots.resize(program.slots.len(), Value::Nothing);
        let outer = self.ahead.take();
        self.step(rule, 0, at, &mut slots, &mut out, at);
        self.ahead = outer;
        slots.clear();
        self.room.push(slots);
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
                    self.bind(rule, op, (parse.end, parse.value.clone()), slot, slots, out, start);
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
                let digit_before = inside && self.lexemes[at - 2].shape == Shape::Digits;
                !("$£€#".contains(mark) || (digit_before && ".,:".contains(mark)) || (inside && "/-".contains(mark)))
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
