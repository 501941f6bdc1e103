//! Does the report speak of armed conflict at all? Sport borrows the words of war; floods and crashes kill too.

use std::collections::BTreeSet;
use std::ops::Range;

use evidence::document::TokenId;

use super::view::View;

/// Paragraphs (by number) whose figures may count, or `None` if the report is none of armed conflict.
pub(super) struct Gate {
    open: bool,
    /// The report is of another field altogether, such as sport.
    foreign: bool,
    /// Paragraphs about sport in a report of many topics.
    closed: BTreeSet<usize>,
}

/// How many different words of each kind a stretch has.
#[derive(Default, Clone, Copy)]
struct Scores {
    conflict: usize,
    sport: usize,
    disaster: usize,
}

impl Gate {
    pub(super) fn of(view: &View) -> Self {
        let document = view.scene.document;
        let all = scores(view, 0..document.tokens.len());
        let known = view.scene.referents.conflict.is_some();
        let sport = all.sport >= 4 && 2 * all.sport > all.conflict;
        let disaster = all.disaster >= 2 && all.disaster >= all.conflict;
        // A few words prove little in a long report, and much in a headline.
        let enough = match document.tokens.len() {
            0..60 => 1,
            60..250 => 2,
            _ => 3,
        };
        let foreign = known && all.sport >= 6 && all.sport > all.conflict || !known && (sport || disaster);
        let open = !foreign && (known || all.conflict >= enough);
        let closed = document
            .sentences
            .chunk_by(|a, b| a.paragraph == b.paragraph)
            .filter(|p| {
                let here = scores(view, p[0].tokens.start..p[p.len() - 1].tokens.end);
                here.sport >= 3 && here.sport > here.conflict
            })
            .map(|p| p[0].paragraph)
            .collect();
        Self { open, foreign, closed }
    }

    /// Whether the report is one of armed conflict.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Whether words of another field (sport, disasters) outweigh those of conflict, in the report or this paragraph.
    /// A report too short to tell is not of another field.
    pub(super) fn is_foreign(&self, view: &View, t: TokenId) -> bool {
        let document = view.scene.document;
        let paragraph = document.sentences.get(document.sentence_of(t)).map(|s| s.paragraph);
        self.foreign || paragraph.is_some_and(|p| self.closed.contains(&p))
    }

    /// Whether the paragraph of this token is.
    pub(super) fn lets(&self, view: &View, t: TokenId) -> bool {
        let document = view.scene.document;
        let paragraph = document.sentences.get(document.sentence_of(t)).map(|s| s.paragraph);
        self.open && paragraph.is_none_or(|p| !self.closed.contains(&p))
    }
}

fn scores(view: &View, tokens: Range<TokenId>) -> Scores {
    let words: BTreeSet<&str> = tokens.map(|t| view.word(t)).collect();
    let count = |list: &BTreeSet<String>| words.iter().filter(|w| list.contains(**w)).count();
    let scene = &view.lexicon.scene;
    Scores { conflict: count(&scene.conflict), sport: count(&scene.sport), disaster: count(&scene.disaster) }
}
