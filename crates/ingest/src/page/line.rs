//! What does a line look like? Its length and its end, before any word of it is understood.

use crate::tokens::tokens;

/// A line of a page without its white space and bullet.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    /// Number in the file, from 1.
    pub number: usize,
    /// Its characters.
    pub text: &'a str,
    /// How many words and numbers it has.
    pub words: usize,
    /// Whether it ends like a sentence.
    pub is_sentence: bool,
}

impl<'a> Line<'a> {
    /// A line as it stands in the file.
    pub fn new(number: usize, raw: &'a str) -> Self {
        let text = without_bullet(raw.trim_matches(is_blank));
        let words = tokens(text).iter().filter(|t| t.is_word() || t.is_number()).count();
        Self { number, text, words, is_sentence: ends_like_a_sentence(text) }
    }

    /// Whether it can only be a paragraph of a report: long, or a sentence of some length.
    pub fn is_body(&self) -> bool {
        self.words >= 30 || self.words >= 10 && self.is_sentence || self.words >= 12 && has_sentence_inside(self.text)
    }

    /// Whether it may be a headline: not long, and not ended like a sentence (a question is).
    pub fn is_headline(&self) -> bool {
        (1..=24).contains(&self.words) && (!self.is_sentence || ends_like_a_question(self.text))
    }
}

/// Whether a line ends with a full stop or the like, perhaps with closing marks or a footnote's number after it.
pub(crate) fn ends_like_a_sentence(text: &str) -> bool {
    let noted = text.strip_suffix(']').map(|t| t.trim_end_matches(|c: char| c.is_ascii_digit()));
    let text = noted.and_then(|t| t.strip_suffix('[')).unwrap_or(text);
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '*']);
    bare.ends_with(['.', '!', '?', '…'])
}

/// White space, also of zero width.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn ends_like_a_question(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’']).ends_with('?')
}

fn has_sentence_inside(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(". ") {
        let word = rest[..at].rsplit(' ').next().unwrap_or_default();
        if word.len() > 1
            && word.chars().all(char::is_lowercase)
            && rest[at + 2..].starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“')
        {
            return true;
        }
        rest = &rest[at + 2..];
    }
    false
}

/// The line without a bullet before it; dashes and stars stay, they may be part of the text.
fn without_bullet(text: &str) -> &str {
    text.trim_start_matches(|c| matches!(c, '•' | '●' | '▪' | '■' | '◦' | '‣' | '·' | '►' | '▶') || is_blank(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_headlines() {
        let line = |s| Line::new(1, s);
        assert!(line("Shells fell on the town on Monday, residents said, and nine people died.").is_body());
        assert!(line("Ceasefire holds on first day, say monitors").is_headline());
        assert!(line("Will the truce hold?").is_headline());
        assert!(!line("Nothing was heard.").is_headline());
        assert!(!line("Nothing was heard. [4]").is_headline());
        assert!(!line("Nothing was heard.").is_body());
        assert!(line("He said so. Then the shelling of the northern districts began once again\u{2014}").is_body());
    }

    #[test]
    fn bullets_and_blanks_go() {
        assert_eq!(Line::new(1, "\u{a0} • The deal was signed \u{feff}").text, "The deal was signed");
        assert_eq!(Line::new(1, "— X (@x)").text, "— X (@x)");
    }
}
