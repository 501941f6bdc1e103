//! By which words can a rule begin? So that at each word of a text only few rules are tried.

use super::builtin::Builtin;
use super::pattern::{Op, Program, Vocabulary, WordId};
use super::rulebook::Rulebook;

impl Rulebook {
    /// Works out by which words each rule can begin.
    pub(super) fn index(&mut self, categories: usize) {
        let ids = self.vocabulary.len();
        let mut first = vec![Words::none(ids); categories];
        let mut of_rule = vec![Words::none(ids); self.rules.len()];
        loop {
            let mut grew = false;
            for (rule, found) in self.rules.iter().zip(&mut of_rule) {
                *found = self.first_of(&rule.program, &first);
                grew |= first[usize::from(rule.category)].join(found);
            }
            if !grew {
                break;
            }
        }
        self.starts = vec![vec![Vec::new(); ids]; categories];
        self.begins = vec![Vec::new(); ids];
        for (n, rule) in self.rules.iter().enumerate() {
            for id in of_rule[n].iter() {
                self.starts[usize::from(rule.category)][id].push(n as u16);
                if !rule.inner && !self.begins[id].contains(&rule.category) {
                    self.begins[id].push(rule.category);
                }
            }
        }
        self.begins_cue = vec![false; ids];
        for (words, _) in &self.cues {
            self.begins_cue[usize::from(words[0])] = true;
        }
    }

    fn first_of(&self, program: &Program, categories: &[Words]) -> Words {
        let (mut out, mut open, mut seen) =
            (Words::none(self.vocabulary.len()), vec![0usize], vec![false; program.ops.len()]);
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match program.ops[at] {
                Op::Word { id, .. } => out.add(id),
                Op::Class { class, .. } => self.classes[usize::from(class)].keys().for_each(|id| out.add(*id)),
                Op::Builtin { reader, .. } => self.first_of_reader(reader).into_iter().for_each(|id| out.add(id)),
                Op::Category { category, .. } => drop(out.join(&categories[usize::from(category)])),
                Op::Split(to) => open.extend([at + 1, usize::from(to)]),
                Op::Jump(to) => open.push(usize::from(to)),
                Op::Ahead | Op::Done => {}
            }
        }
        out
    }

    fn first_of_reader(&self, reader: Builtin) -> Vec<WordId> {
        let (digits, words) = reader.first();
        let words = words.into_iter().map(|w| self.vocabulary.id(w));
        words.chain(digits.then_some(Vocabulary::DIGITS)).collect()
    }
}

/// A set of words, a bit each.
#[derive(Clone)]
struct Words(Vec<u64>);

impl Words {
    fn none(ids: usize) -> Self {
        Self(vec![0; ids.div_ceil(64)])
    }

    fn add(&mut self, id: WordId) {
        self.0[usize::from(id) / 64] |= 1 << (id % 64);
    }

    /// Takes in another set; whether that added a word.
    fn join(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            grew |= *theirs & !*mine != 0;
            *mine |= theirs;
        }
        grew
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|id| self.0[id / 64] >> (id % 64) & 1 == 1)
    }
}
