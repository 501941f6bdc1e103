//! What stands around some words: their sentence or their paragraph, cut where it is long. For showing only.

use evidence::Span;

use crate::wording;

/// Shorter words with a capital letter before a full stop are taken for abbreviations ("Gen.", "U.N."), in characters.
const SHORTEST_LAST_NAME: usize = 4;

/// What stands before and after some words.
pub(super) struct Around {
    pub before: String,
    pub after: String,
}

/// The rest of the paragraph, or of the `sentence`, that words stand in, at most `most` characters to either side.
pub(super) fn around(text: &str, span: Span, most: usize, sentence: bool) -> Around {
    let from = text[..span.start()].rfind('\n').map_or(0, |n| n + 1);
    let to = text[span.end()..].find('\n').map_or(text.len(), |n| span.end() + n);
    let (mut before, mut after) = (&text[from..span.start()], &text[span.end()..to]);
    if sentence {
        before = ends(before).last().map_or(before, |at| &before[*at..]);
        // A content that has its own full stop has nothing of its sentence after it.
        let closed = span.of(text).trim_end_matches(['"', '”', '’', '\'']).ends_with(['.', '!', '?']);
        after = if closed { "" } else { ends(after).first().map_or(after, |at| &after[..*at]) };
    }
    Around { before: last_of(before, most), after: first_of(after, most) }
}

/// Where sentences of a paragraph end: after the mark, its quotation marks and the blank.
fn ends(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let rest = &text[at + mark.len()..];
        let after = rest.trim_start_matches(['"', '”', '’', '\'', ')']);
        let next = after.trim_start();
        let begins = next.chars().next().is_none_or(|c| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\''));
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let letters = word.chars().count();
        let short = letters == 1 || letters < SHORTEST_LAST_NAME && word.starts_with(char::is_uppercase);
        let whole = !short || word.starts_with(|c: char| c.is_ascii_digit());
        if begins && whole && next.len() < after.len() {
            out.push(text.len() - next.len());
        }
    }
    out
}

fn last_of(text: &str, most: usize) -> String {
    match text.char_indices().rev().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("… {}", text[at..].split_once(' ').map_or("", |(_, whole)| whole)),
    }
}

fn first_of(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("{} …", text[..at].rsplit_once(' ').map_or("", |(whole, _)| whole)),
    }
}

/// Words on one line, without characters that steer; a blank at either end stays one.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in wording::printable(text).chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, words: &str) -> (String, String) {
        let at = text.find(words).unwrap();
        let Around { before, after } = around(text, Span::new(at, at + words.len()), 40, true);
        (before, after)
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_not_at_an_abbreviation() {
        let text = "First one. Gen. Brandt told U.N. staff of the shelling on Monday. \"It stopped.\" Then nothing.";
        assert_eq!(of(text, "the shelling"), ("Gen. Brandt told U.N. staff of ".into(), " on Monday. ".into()));
        assert_eq!(of(text, "It stopped."), ("\"".into(), String::new()));
        assert_eq!(of("Line one\nLine two here\nLine three", "two"), ("Line ".into(), " here".into()));
    }

    #[test]
    fn what_is_long_is_cut_between_words() {
        let text = format!("{} core {}", "before ".repeat(20).trim(), "after ".repeat(20).trim());
        let (before, after) = of(&text, "core");
        assert!(before.starts_with("… before ") && after.ends_with("after …"), "{before:?} {after:?}");
    }
}
