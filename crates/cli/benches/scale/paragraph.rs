//! What is a paragraph of a report made of? Its text, and the claims in it, each at its words.

use std::ops::Range;

use evidence::{Act, Event, Harm, Mode};

use crate::draws::Draws;
use crate::words::filler;
use crate::world::{Kind, Occurrence};

/// Words of a paragraph, in bytes of it.
pub type Words = Range<usize>;

/// Some sentences that stand together in whatever order a print puts them.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    pub text: String,
    pub told: Vec<Told>,
}

/// One claim.
#[derive(Debug, Clone)]
pub struct Told {
    pub content: Words,
    pub cue: Option<Words>,
    /// Name, side, words.
    pub speaker: Option<(String, usize, Words)>,
    pub act: Act,
    pub event: Event,
    pub mode: Option<Mode>,
    /// Sides that do it and suffer it, with their words.
    pub actors: Vec<(usize, Words)>,
    pub targets: Vec<(usize, Words)>,
    pub town: Option<(usize, Words)>,
    pub day: Option<(usize, Words)>,
    pub figures: Vec<(Harm, usize, Words)>,
    /// The occurrence that it is about; `None` for what is wished or foreseen.
    pub about: Option<u32>,
}

/// A paragraph in the making.
#[derive(Default)]
pub struct Writer(String);

impl Writer {
    /// Adds words; blanks around them are no part of what they say.
    pub fn add(&mut self, words: &str) -> Words {
        let from = self.0.len() + words.len() - words.trim_start().len();
        self.0 += words;
        from..self.0.trim_end().len()
    }

    /// Where the next words will stand.
    pub fn at(&self) -> usize {
        self.0.len()
    }

    /// A claim whose content runs from a place to here.
    pub fn told(
        &self,
        from: usize,
        speaker: Option<(String, usize, Words)>,
        act: Act,
        event: Event,
        o: &Occurrence,
    ) -> Told {
        Told {
            content: from..self.0.len(),
            cue: None,
            speaker,
            act,
            event,
            mode: mode(o.kind),
            actors: Vec::new(),
            targets: Vec::new(),
            town: None,
            day: None,
            figures: Vec::new(),
            about: Some(o.number),
        }
    }

    /// The paragraph, with a sentence of no matter behind it.
    pub fn ended(mut self, draws: &mut Draws, told: Vec<Told>) -> Paragraph {
        self.0 += ". ";
        self.0 += &filler(draws);
        Paragraph { text: self.0, told }
    }
}

fn mode(kind: Kind) -> Option<Mode> {
    match kind {
        Kind::Shelling => Some(Mode::HeavyWeapons),
        Kind::Arrests => Some(Mode::Arrest),
        _ => None,
    }
}
