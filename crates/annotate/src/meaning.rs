//! What does each word mean by itself? Its vector in the encoder's table of pieces, less what all words of war reports
//! have in common.
//!
//! The table is that of all-MiniLM-L6-v2, which was trained to tell like sentences from others and which our training
//! leaves as it is. The layers above it have learned grammar instead: their vectors tell less (`docs/decisions/0007`).

use evidence::Document;
use evidence::deprel::Upos;
use evidence::meaning::{Meaning, WordMeanings};

use crate::encoder::WIDTH;
use crate::model::Model;
use crate::pieces::Pieces;

const _: () = assert!(WIDTH == Meaning::WIDTH);

/// What all words have in common: the mean of their vectors.
#[derive(Debug, Clone)]
pub struct Meanings([f32; WIDTH]);

impl Meanings {
    /// With the mean that travels in the program, `models/meaning.tsv`.
    ///
    /// # Panics
    /// If that file has a mistake; a test reads it.
    pub fn shipped() -> Self {
        let lines = include_str!("../../../models/meaning.tsv").lines().filter(|l| !l.starts_with('#'));
        let values: Vec<f32> = lines.map(|l| l.parse().expect("models/meaning.tsv has a number a line")).collect();
        Self(values.try_into().expect("models/meaning.tsv has 384 numbers"))
    }

    /// With nothing in common: vectors as the table has them, from which `train meaning` learns the mean.
    pub fn plain() -> Self {
        Self([0.0; WIDTH])
    }

    /// Vectors of the words of a document that have a meaning of their own, whose pieces are `pieces`.
    pub fn of_words(&self, model: &Model, pieces: &Pieces, document: &Document) -> WordMeanings {
        let mut out = WordMeanings::default();
        for (id, _) in document.tokens.iter().enumerate().filter(|(id, _)| counts(document, *id)) {
            let ids = pieces.of(id);
            let share = 1.0 / ids.len() as f32;
            let mut vector = self.0.map(|x| -x);
            for piece in ids {
                let row = model.weights.words.row(*piece as usize);
                vector.iter_mut().zip(row).for_each(|(x, y)| *x += share * y);
            }
            out.add(id, vector);
        }
        out
    }
}

/// Whether a word has a meaning of its own and is no part of a name: names say who and where, which the ledger keeps
/// apart.
fn counts(document: &Document, id: usize) -> bool {
    use Upos::{Adj, Adv, Noun, Num, Propn, Verb};
    let after = document.names.partition_point(|n| n.tokens.end <= id);
    let named = document.names.get(after).is_some_and(|n| n.tokens.contains(&id));
    !named && matches!(document.tokens[id].upos, Noun | Verb | Adj | Adv | Num | Propn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_mean_is_whole() {
        assert!(Meanings::shipped().0.iter().all(|x| x.is_finite() && *x != 0.0));
    }
}
