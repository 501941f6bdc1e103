//! What are the words, digits and marks of a text, for the readers of times and numbers?
//!
//! Finer than the tokens of the parse: "9:45pm" is `9` `:` `45` `pm`. Every lexeme knows whether a space stands
//! before it, so that a reader can ask for `9:45` and refuse `9 : 45`.

use evidence::Span;

/// What a lexeme is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// Any other single character.
    Mark,
    /// The end of a line: no expression crosses it.
    Break,
}

/// One word, run of digits, mark or line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lexeme {
    /// Its characters.
    pub span: Span,
    /// What it is made of.
    pub shape: Shape,
    /// Whether nothing stands between it and the lexeme before it.
    pub glued: bool,
}

impl Lexeme {
    /// The value of a run of digits of at most 12 places.
    pub fn integer(self, text: &str) -> Option<u64> {
        (self.shape == Shape::Digits && self.span.len() <= 12).then(|| self.span.of(text).parse().ok()).flatten()
    }

    /// Whether it is this mark.
    pub fn is_mark(self, text: &str, mark: &str) -> bool {
        self.shape == Shape::Mark && plain_mark(self.span.of(text)) == mark
    }

    /// Whether it begins with an upper-case letter.
    pub fn is_capitalised(self, text: &str) -> bool {
        self.span.of(text).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it is this lower-case ASCII word, in any case.
    pub fn is_word(self, text: &str, word: &str) -> bool {
        self.shape == Shape::Word && self.span.of(text).eq_ignore_ascii_case(word)
    }
}

/// Cuts a text into lexemes. Space is dropped, line ends are kept.
pub(crate) fn lexemes(text: &str) -> Vec<Lexeme> {
    let mut out = Vec::with_capacity(text.len() / 4);
    let (mut at, mut last_end) = (0, usize::MAX);
    while let Some(c) = text[at..].chars().next() {
        let end = match shape(c) {
            None => {
                at += c.len_utf8();
                continue;
            }
            Some(Shape::Mark | Shape::Break) => at + c.len_utf8(),
            wanted => at + text[at..].find(|d| shape(d) != wanted).unwrap_or(text.len() - at),
        };
        let shape = shape(c).unwrap_or(Shape::Mark);
        out.push(Lexeme { span: Span::new(at, end), shape, glued: at == last_end });
        (at, last_end) = (end, end);
    }
    out
}

/// A mark as patterns write it: curly quotes and long dashes count as plain ones.
pub(crate) fn plain_mark(mark: &str) -> &str {
    match mark {
        "’" | "‘" | "ʼ" | "´" | "`" => "'",
        "–" | "—" | "‑" | "‐" | "−" | "~" => "-",
        _ => mark,
    }
}

fn shape(c: char) -> Option<Shape> {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => Some(Shape::Break),
        '0'..='9' => Some(Shape::Digits),
        'a'..='z' | 'A'..='Z' => Some(Shape::Word),
        _ if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' => None,
        _ if c.is_alphabetic() => Some(Shape::Word),
        _ => Some(Shape::Mark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_words_and_marks_come_apart_and_know_their_neighbours() {
        let text = "9:45pm – Åse’s\n3";
        let found: Vec<_> = lexemes(text).iter().map(|l| (l.span.of(text), l.glued)).collect();
        let wanted = [
            ("9", false),
            (":", true),
            ("45", true),
            ("pm", true),
            ("–", false),
            ("Åse", false),
            ("’", true),
            ("s", true),
            ("\n", true),
            ("3", true),
        ];
        assert_eq!(found, wanted);
    }
}
