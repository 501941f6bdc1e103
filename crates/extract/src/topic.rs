//! Does the report speak of armed conflict at all? Sport, business and politics borrow the words of war; floods kill too.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use evidence::document::TokenId;
use serde::Deserialize;

use crate::error::Error;
use crate::scene::Scene;

const FILE: &str = "lexicon/en/topics.toml";

/// The words by which reports show what they are about: `data/lexicon/en/topics.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topics {
    /// Words that armed conflict has to itself.
    armed: BTreeSet<String>,
    /// Words for bodies of armed men, whom other news has too.
    bodies: BTreeSet<String>,
    /// Words of war that other fields borrow.
    warlike: BTreeSet<String>,
    /// Words of other fields, by field.
    fields: BTreeMap<String, BTreeSet<String>>,
}

/// What one report is about.
#[derive(Debug)]
pub(crate) struct Topic {
    /// Whether there is enough of armed conflict for its numbers to count.
    open: bool,
    /// Whether it is of another field altogether.
    foreign: bool,
    /// Paragraphs (by number) of another field in a report of many topics.
    closed: BTreeSet<usize>,
}

/// How many different words of each kind a stretch has.
#[derive(Default, Clone, Copy)]
struct Scores {
    armed: usize,
    bodies: usize,
    warlike: usize,
    /// Of the field that has the most.
    other: usize,
}

impl Scores {
    /// Weight of armed conflict; words that nothing else has count twice.
    fn conflict(self) -> usize {
        2 * (self.armed + self.bodies) + self.warlike
    }
}

impl Topics {
    /// Reads the file that travels inside the program.
    pub fn shipped() -> Result<Self, Error> {
        let text = bundle::file(FILE);
        toml::from_str(text).map_err(|e| Error::toml(FILE, text, &e))
    }

    /// What the report of a scene is about.
    pub fn of(&self, scene: &Scene) -> Topic {
        let document = scene.document;
        let all = self.scores(scene, 0..document.tokens.len());
        let known = scene.referents.conflict.is_some();
        // Where nothing known is named, borrowed words prove nothing against those of another field.
        let foreign = if known {
            all.other >= 6 && all.other > all.conflict()
        } else {
            all.other >= 3 && all.other > all.armed + (all.bodies + all.warlike) / 3
        };
        let armed = all.armed + all.bodies;
        // A few words prove little in a long report, and much in a headline.
        let enough = match document.tokens.len() {
            0..60 => armed + all.warlike >= 1,
            60..250 => armed >= 1 && all.conflict() >= 3 || all.warlike >= 3 && all.other < 3,
            _ => armed >= 2 && all.conflict() >= 5 || armed >= 1 && all.warlike >= 4,
        };
        let paragraphs = document.sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
        let closed = paragraphs.filter(|p| {
            let here = self.scores(scene, p[0].tokens.start..p[p.len() - 1].tokens.end);
            here.other >= 3 && here.other > here.conflict()
        });
        Topic { open: !foreign && (known || enough), foreign, closed: closed.map(|p| p[0].paragraph).collect() }
    }

    fn scores(&self, scene: &Scene, tokens: Range<TokenId>) -> Scores {
        let words: BTreeSet<String> = tokens.map(|t| scene.lower(t)).collect();
        let count = |list: &BTreeSet<String>| words.intersection(list).count();
        Scores {
            armed: count(&self.armed),
            bodies: count(&self.bodies),
            warlike: count(&self.warlike),
            other: self.fields.values().map(count).max().unwrap_or(0),
        }
    }
}

impl Topic {
    /// Whether the report is one of armed conflict.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether words of another field outweigh those of conflict, in the report or this paragraph. A report too short to
    /// tell is not of another field.
    pub fn is_foreign(&self, scene: &Scene, t: TokenId) -> bool {
        self.foreign || self.closes(scene, t)
    }

    /// Whether the paragraph of this token is one of armed conflict.
    pub fn lets(&self, scene: &Scene, t: TokenId) -> bool {
        self.open && !self.closes(scene, t)
    }

    fn closes(&self, scene: &Scene, t: TokenId) -> bool {
        let document = scene.document;
        let paragraph = document.sentences.get(document.sentence_of(t)).map(|s| s.paragraph);
        paragraph.is_some_and(|p| self.closed.contains(&p))
    }
}
