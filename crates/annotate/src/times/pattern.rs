//! How is a time expression worded? The `match` line of a rule, compiled to a small program.
//!
//! Words and marks stand for themselves, in any case; `(a|b)` is a choice, `x?` may be missing, `{name}` is a word of a
//! class, a built-in reader or what another rule makes, `{slot:name}` gives it a name for the value. A space between
//! two parts allows space in the text, no space forbids it: `{h:hour}:{m:minute}`. After `>` stands what must follow
//! the match and is no part of it. `\` takes the next mark as it is.

use std::collections::BTreeMap;

use super::builtin::Builtin;
use crate::lexeme::{Shape, lexemes, plain_mark};

/// Number of a word or mark that rules know.
pub(crate) type WordId = u16;

/// Words and marks that rules know; the first ids stand for all others.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: std::collections::HashMap<Box<str>, WordId>,
}

impl Vocabulary {
    /// A word that no rule knows.
    pub const UNKNOWN: WordId = 0;
    /// A run of digits.
    pub const DIGITS: WordId = 1;
    /// The end of a line.
    pub const BREAK: WordId = 2;

    /// The id of a lower-case word or a plain mark, made if need be.
    pub fn intern(&mut self, word: &str) -> WordId {
        let next = self.ids.len() as WordId + 3;
        *self.ids.entry(word.into()).or_insert(next)
    }

    /// The id of a word in any case.
    pub fn id(&self, word: &str) -> WordId {
        let mut lower = [0u8; 16];
        if word.len() > lower.len() || !word.is_ascii() {
            return Self::UNKNOWN;
        }
        for (to, from) in lower.iter_mut().zip(word.bytes()) {
            *to = from.to_ascii_lowercase();
        }
        let lower = std::str::from_utf8(&lower[..word.len()]).unwrap_or_default();
        self.ids.get(lower).copied().unwrap_or(Self::UNKNOWN)
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.ids.len() + 3
    }
}

/// One step of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    /// A word or mark.
    Word { id: WordId, tight: bool },
    /// A word of a class.
    Class { class: u16, slot: Option<u8>, tight: bool },
    /// What a reader in code reads.
    Builtin { reader: Builtin, slot: Option<u8>, tight: bool },
    /// What rules make.
    Category { category: u16, slot: Option<u8>, tight: bool },
    /// Go on with the next step, or else there.
    Split(u16),
    /// Go on there.
    Jump(u16),
    /// The match ends here; what follows must be there too.
    Ahead,
    /// Matched.
    Done,
}

/// Names that patterns may use.
pub(crate) struct Names<'a> {
    pub vocabulary: &'a mut Vocabulary,
    pub classes: &'a BTreeMap<String, u16>,
    pub categories: &'a BTreeMap<String, u16>,
}

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Program {
    pub ops: Vec<Op>,
    /// Names of its slots.
    pub slots: Vec<String>,
}

/// What is wrong with a pattern, and at which byte of it.
pub(crate) type Fault = (usize, String);

/// Compiles a pattern.
pub(crate) fn compile(pattern: &str, names: &mut Names<'_>) -> Result<Program, Fault> {
    let mut compiler = Compiler { pattern, at: 0, names, program: Program { ops: Vec::new(), slots: Vec::new() } };
    compiler.choice()?;
    if compiler.at < pattern.len() {
        return Err((compiler.at, "a ')' without its '('".to_owned()));
    }
    compiler.program.ops.push(Op::Done);
    Ok(compiler.program)
}

struct Compiler<'a, 'n> {
    pattern: &'a str,
    at: usize,
    names: &'a mut Names<'n>,
    program: Program,
}

impl Compiler<'_, '_> {
    /// `a | b | c`, up to a closing bracket or the end.
    fn choice(&mut self) -> Result<(), Fault> {
        let mut exits = Vec::new();
        loop {
            let start = self.program.ops.len();
            self.sequence()?;
            if !self.rest().starts_with('|') {
                break;
            }
            self.at += 1;
            self.program.ops.insert(start, Op::Split(0));
            self.relocate(start);
            exits.push(self.program.ops.len());
            self.program.ops.push(Op::Jump(0));
            self.program.ops[start] = Op::Split(self.here());
        }
        let here = self.here();
        for exit in exits {
            self.program.ops[exit] = Op::Jump(here);
        }
        Ok(())
    }

    fn sequence(&mut self) -> Result<(), Fault> {
        loop {
            let before = self.at;
            self.at += self.rest().len() - self.rest().trim_start().len();
            let Some(c) = self.rest().chars().next().filter(|c| !['|', ')'].contains(c)) else { return Ok(()) };
            let tight = before == self.at && self.follows_an_item();
            let start = self.program.ops.len();
            match c {
                '(' => self.group(tight)?,
                '{' => self.slot(tight)?,
                '>' => {
                    self.at += 1;
                    self.program.ops.push(Op::Ahead);
                }
                '?' => return Err((self.at, "a '?' with nothing before it".to_owned())),
                _ => self.literal(tight)?,
            }
            if self.rest().starts_with('?') {
                self.at += 1;
                self.program.ops.insert(start, Op::Split(0));
                self.relocate(start);
                self.program.ops[start] = Op::Split(self.here());
            }
        }
    }

    /// Whether an item ends right before, so that no space between is meant; `(the )?` brings its space along.
    fn follows_an_item(&self) -> bool {
        let before = self.pattern[..self.at].trim_end_matches('?').trim_end_matches(')');
        before.chars().next_back().is_some_and(|c| !['(', '|', '>', ' '].contains(&c))
    }

    fn group(&mut self, tight: bool) -> Result<(), Fault> {
        let open = self.at;
        self.at += 1;
        let start = self.program.ops.len();
        self.choice()?;
        if !self.rest().starts_with(')') {
            return Err((open, "a '(' without its ')'".to_owned()));
        }
        self.at += 1;
        if tight {
            self.tighten(start);
        }
        Ok(())
    }

    /// Lets the first item of every way through the ops from `start` on stand tight.
    fn tighten(&mut self, start: usize) {
        let (mut open, mut seen) = (vec![start], std::collections::BTreeSet::new());
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.program.ops.get_mut(at) {
                Some(Op::Split(to)) => open.extend([at + 1, *to as usize]),
                Some(Op::Jump(to)) => open.push(*to as usize),
                Some(
                    Op::Word { tight, .. }
                    | Op::Class { tight, .. }
                    | Op::Builtin { tight, .. }
                    | Op::Category { tight, .. },
                ) => *tight = true,
                Some(Op::Ahead) => open.push(at + 1),
                Some(Op::Done) | None => {}
            }
        }
    }

    fn slot(&mut self, tight: bool) -> Result<(), Fault> {
        let open = self.at;
        let close = self.rest().find('}').ok_or((open, "a '{' without its '}'".to_owned()))?;
        let inner = &self.pattern[open + 1..open + close];
        self.at += close + 1;
        let (slot, name) = match inner.split_once(':') {
            Some((slot, name)) => (Some(self.slot_number(slot)), name),
            None => (None, inner),
        };
        let op = if let Some(class) = self.names.classes.get(name) {
            Op::Class { class: *class, slot, tight }
        } else if let Some(category) = self.names.categories.get(name) {
            Op::Category { category: *category, slot, tight }
        } else if let Some(reader) = Builtin::named(name) {
            Op::Builtin { reader, slot, tight }
        } else {
            return Err((open, format!("{{{name}}} is no class of words, no reader and nothing that a rule makes")));
        };
        self.program.ops.push(op);
        Ok(())
    }

    fn slot_number(&mut self, name: &str) -> u8 {
        let slots = &mut self.program.slots;
        let at = slots.iter().position(|s| s == name).unwrap_or_else(|| {
            slots.push(name.to_owned());
            slots.len() - 1
        });
        at as u8
    }

    /// A word or a mark.
    fn literal(&mut self, tight: bool) -> Result<(), Fault> {
        if self.rest().starts_with('\\') {
            self.at += 1;
        }
        let first = lexemes(self.rest()).first().copied().ok_or((self.at, "nothing after '\\'".to_owned()))?;
        let word = first.span.of(self.rest());
        if first.shape == Shape::Digits {
            return Err((self.at, "digits: use a reader such as {dd}".to_owned()));
        }
        let id = self.names.vocabulary.intern(&plain_mark(word).to_ascii_lowercase());
        self.at += first.span.end();
        self.program.ops.push(Op::Word { id, tight });
        Ok(())
    }

    /// Moves jump targets past `inserted` one on.
    fn relocate(&mut self, inserted: usize) {
        for op in &mut self.program.ops[inserted + 1..] {
            if let Op::Split(to) | Op::Jump(to) = op {
                *to += 1;
            }
        }
    }

    fn rest(&self) -> &str {
        &self.pattern[self.at..]
    }

    fn here(&self) -> u16 {
        self.program.ops.len() as u16
    }
}
