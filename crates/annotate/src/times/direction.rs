//! Does a sentence speak of what has been or of what is to come? The nearest verb before a time expression tells,
//! else the first one after it, by the cues of `data/time/en/direction.toml`.

use super::matcher::Matcher;
use super::rulebook::Rulebook;
use crate::lexeme::{Lexeme, Shape};

/// How many lexemes before and after an expression are looked at.
const BEFORE: usize = 14;
const AFTER: usize = 8;

/// Whether the words around lexemes `start..end` speak of what is to come; `None` if no cue stands near.
pub(crate) fn forward(book: &Rulebook, text: &str, matcher: &Matcher<'_>, start: usize, end: usize) -> Option<bool> {
    let lexemes = matcher.lexemes;
    let mut at = start;
    while at > 0 && start - at < BEFORE && !ends_sentence(text, lexemes, at - 1) {
        at -= 1;
        if let Some(cue) = cue_at(book, text, matcher, at) {
            return Some(cue);
        }
    }
    let mut at = end;
    while at < lexemes.len() && at - end < AFTER && !ends_sentence(text, lexemes, at) {
        if let Some(cue) = cue_at(book, text, matcher, at) {
            return Some(cue);
        }
        at += 1;
    }
    None
}

/// Whether the words before lexeme `start` rank something within a time: "the first truce in six years", "the worst storm
/// in a decade". Such a time lies behind, whatever the sentence goes on to speak of.
pub(crate) fn is_ranked(text: &str, matcher: &Matcher<'_>, start: usize) -> bool {
    const RANKED: usize = 10;
    let ranks = |l: &Lexeme| {
        let word = l.span.of(text).to_lowercase();
        let superlative = word.len() > 5 && word.ends_with("est") && word != "interest" && word != "request";
        superlative || matches!(word.as_str(), "first" | "worst" | "best" | "most" | "only")
    };
    let before = matcher.lexemes[start.saturating_sub(RANKED)..start].iter().rev();
    before.take_while(|l| l.shape == Shape::Word || l.span.of(text) == "-").any(ranks)
}

/// Whether a cue at `at` speaks of what is to come; a longer cue around it counts in its place ("had been due" for
/// "due").
fn cue_at(book: &Rulebook, text: &str, matcher: &Matcher<'_>, at: usize) -> Option<bool> {
    let here = longest_cue(book, text, matcher, at);
    let around = (1..=at.min(3)).rev().find_map(|back| {
        let (length, forward) = longest_cue(book, text, matcher, at - back)?;
        (length > back).then_some(forward)
    });
    let word = matcher.lexemes[at].span.of(text);
    let regular_past = matcher.lexemes[at].shape == Shape::Word && word.len() > 4 && word.ends_with("ed");
    match here {
        Some((_, forward)) => Some(around.unwrap_or(forward)),
        None => regular_past.then_some(around.unwrap_or(false)),
    }
}

/// The longest cue that begins at `at`: how many lexemes it has, and whether it speaks of what is to come.
fn longest_cue(book: &Rulebook, text: &str, matcher: &Matcher<'_>, at: usize) -> Option<(usize, bool)> {
    let ids = &matcher.ids;
    // "May" and "Will" are no verbs within a sentence.
    let name = matcher.lexemes[at].is_capitalised(text) && at > 0 && !ends_sentence(text, matcher.lexemes, at - 1);
    if !book.begins_cue[usize::from(ids[at])] || name {
        return None;
    }
    let fits = book.cues.iter().filter(|(words, _)| ids[at..].starts_with(words));
    fits.max_by_key(|(words, _)| words.len()).map(|(words, forward)| (words.len(), *forward))
}

fn ends_sentence(text: &str, lexemes: &[Lexeme], at: usize) -> bool {
    let stop = [".", "!", "?", ";"].iter().any(|m| lexemes[at].is_mark(text, m));
    let next = lexemes.get(at + 1);
    lexemes[at].shape == Shape::Break || (stop && next.is_none_or(|n| !n.glued && n.is_capitalised(text)))
}
