//! Words that filters can name, and their numbers.

use std::collections::HashMap;
use std::sync::Arc;

use store::Error;
use store::line::{Facet, Lines};

/// Its kind and value; none where the ledger has no word of a number.
type Word = Option<(Facet, Box<str>)>;

/// All words that ever were in the ledger.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// By number.
    all: Arc<Vec<Word>>,
    /// Numbers by kind.
    of_kind: Arc<HashMap<Facet, Vec<u32>>>,
    numbers: Arc<HashMap<(Facet, Box<str>), u32>>,
}

impl Words {
    /// With those that were added to the ledger since.
    pub(super) fn and(mut self, lines: &Lines) -> Result<Self, Error> {
        let last = (self.all.len() as u32).saturating_sub(1);
        lines.words(last, |number, kind, value| {
            let all = Arc::make_mut(&mut self.all);
            all.resize(number as usize + 1, None);
            all[number as usize] = Some((kind, value.as_str().into()));
            Arc::make_mut(&mut self.of_kind).entry(kind).or_default().push(number);
            // Names are looked for by their parts, never whole.
            if !matches!(kind, Facet::Speaker | Facet::Place) {
                Arc::make_mut(&mut self.numbers).insert((kind, value.into()), number);
            }
        })?;
        Ok(self)
    }

    /// The number of a word, but of no name of a speaker or place.
    pub(super) fn find(&self, kind: Facet, value: &str) -> Option<u32> {
        self.numbers.get(&(kind, value.into())).copied()
    }

    /// A word by its number.
    pub(super) fn get(&self, number: u32) -> Option<&str> {
        self.all.get(number as usize)?.as_ref().map(|(_, value)| &**value)
    }

    /// Numbers of all words of a kind, ascending.
    pub(super) fn of_kind(&self, kind: Facet) -> &[u32] {
        self.of_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Numbers of words of a kind that have a part.
    pub(super) fn with_part(&self, kind: Facet, part: &str) -> Vec<u32> {
        self.of_kind(kind).iter().copied().filter(|n| self.get(*n).is_some_and(|w| w.contains(part))).collect()
    }
}
