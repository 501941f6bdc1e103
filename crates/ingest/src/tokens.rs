//! How is a line of a page compared? As a row of words, numbers and a few marks.

/// One token of a line: a word in lower case, a number, or one of the marks `: | © ?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// As it stands in the line.
    pub text: &'a str,
    /// First byte in the line.
    pub start: usize,
    /// In lower case, with a straight apostrophe.
    pub form: String,
}

impl Token<'_> {
    /// One past the last byte in the line.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is a number or a clock time.
    pub fn is_number(&self) -> bool {
        self.form.starts_with(|c: char| c.is_ascii_digit()) && self.form.chars().all(|c| !c.is_alphabetic())
    }

    /// Whether it is a word (not a number, not a mark).
    pub fn is_word(&self) -> bool {
        self.form.starts_with(char::is_alphabetic)
    }

    /// Whether it begins with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is a word of at least two letters, all of them capitals.
    pub fn is_upper(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !self.text.chars().any(char::is_lowercase)
    }
}

/// The tokens of a line. Hyphens part words ("2-min" is two), apostrophes and colons between digits do not.
pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() {
            let digits = c.is_ascii_digit();
            let mut last = c;
            while let Some(&(at, next)) = rest.peek() {
                let goes_on = if digits {
                    next.is_ascii_digit() || (last.is_ascii_digit() && is_inside_number(line, at, next))
                } else {
                    next.is_alphanumeric() || is_mark_over(next) || is_inside_word(line, at, next)
                };
                if !goes_on {
                    break;
                }
                last = next;
                end = at + next.len_utf8();
                rest.next();
            }
        } else if !matches!(c, ':' | '|' | '©' | '?') {
            continue;
        }
        let text = &line[start..end];
        out.push(Token { text, start, form: text.to_lowercase().replace('’', "'") });
    }
    out
}

/// "21:41", "1,200", "3.5": a mark with a digit after it.
fn is_inside_number(line: &str, at: usize, c: char) -> bool {
    matches!(c, ':' | ',' | '.') && line[at + 1..].starts_with(|n: char| n.is_ascii_digit())
}

/// "Nato's", "L’Orient": an apostrophe with a letter after it.
fn is_inside_word(line: &str, at: usize, c: char) -> bool {
    matches!(c, '\'' | '’') && line[at + c.len_utf8()..].starts_with(char::is_alphabetic)
}

/// Combining marks, as in decomposed "é".
fn is_mark_over(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(line: &str) -> Vec<String> {
        tokens(line).into_iter().map(|t| t.form).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(forms("READ MORE: “It’s over”"), ["read", "more", ":", "it's", "over"]);
        assert_eq!(forms("·2-min read | 21:41, 1,200."), ["2", "min", "read", "|", "21:41", "1,200"]);
        assert_eq!(forms("© 2020 2nd"), ["©", "2020", "2", "nd"]);
    }

    #[test]
    fn tokens_lie_where_they_say() {
        let line = "El País — «Ça va», 12h";
        for t in tokens(line) {
            assert_eq!(&line[t.start..t.end()], t.text);
        }
    }
}
