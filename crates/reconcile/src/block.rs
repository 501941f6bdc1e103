//! Which traces are compared: blocks by kind and by what is common to them.

use evidence::{Block, Id};

/// What the traces of a block have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One band of their texts' signatures.
    Band = 1,
    /// One run of words.
    Run = 2,
    /// One sentence, word for word.
    Sentence = 3,
    /// The day from which they say that a truce holds.
    TruceDay = 4,
    /// An event and its day.
    Day = 5,
    /// An event and the day of reports that do not tell its day.
    Undated = 6,
    /// A count of people harmed at one place.
    Count = 7,
    /// A stance that one speaker takes on one day.
    Stance = 8,
    /// Some words in a row of one speaker.
    Saying = 9,
    /// One ceasefire, found before.
    OfTruce = 10,
    /// One origin with several copies, found before.
    OfOrigin = 11,
    /// One address.
    Address = 12,
}

impl Kind {
    /// The block of this kind for what is named by `parts`.
    pub fn block(self, parts: &[&str]) -> Block {
        let id = parts.iter().fold(Id::of("block"), |id, part| id.with(part));
        self.of_hash(id.number())
    }

    /// The block of this kind for a hash.
    pub fn of_hash(self, hash: u64) -> Block {
        Block((self as u64) << 60 | hash >> 4)
    }

    /// The kind of a block.
    pub fn of(block: Block) -> Option<Self> {
        use Kind::{Address, Band, Count, Day, OfOrigin, OfTruce, Run, Saying, Sentence, Stance, TruceDay, Undated};
        let all = [Band, Run, Sentence, TruceDay, Day, Undated, Count, Stance, Saying, OfTruce, OfOrigin, Address];
        all.into_iter().find(|k| *k as u64 == block.0 >> 60)
    }
}
