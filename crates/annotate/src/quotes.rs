//! Which stretches of a text are direct speech?
//!
//! Marks are paired within a paragraph; any double mark closes any double mark, because printed pairs are often
//! broken. A quotation that a paragraph leaves open ends with it, and goes on where the next one opens with a mark.

use evidence::Span;
use evidence::document::{Quotation, Sentence};

use crate::clauses;

/// Finds direct quotations, nested ones included, in order of their first character.
pub fn find(text: &str, sentences: &[Sentence]) -> Vec<Quotation> {
    let mut out = Vec::new();
    let (mut from, mut left_open) = (0, false);
    for line in text.split('\n') {
        let found = pair(line);
        if !line.trim().is_empty() {
            for quote in &found {
                let opens = line[..quote.start].trim().is_empty() && quote.family == Family::Double;
                let continued = left_open && opens;
                let (span, inner) = quote.spans(from);
                let fragment = !continued && clauses::is_fragment(text, sentences, span, inner);
                out.push(Quotation { span, inner, continued, fragment });
            }
            left_open = found.iter().any(|q| q.close.is_none() && q.family == Family::Double && q.reaches_end(line));
        }
        from += line.len() + 1;
    }
    out
}

/// Double marks of any shape, or single ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
}

/// A quotation mark, or what may be one.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    len: usize,
    family: Family,
    /// What its shape says: `Some(true)` opens, `Some(false)` closes, `None` either.
    shape: Option<bool>,
    /// What stands around it lets it open.
    can_open: bool,
    /// What stands around it lets it close.
    can_close: bool,
}

/// A pair of marks of one line; without `close`, it ends at `end`.
#[derive(Debug, Clone, Copy)]
struct Pair {
    family: Family,
    start: usize,
    open: usize,
    close: Option<usize>,
    end: usize,
}

impl Pair {
    /// The quotation with and without its marks, in a text where the line begins at byte `from`.
    fn spans(&self, from: usize) -> (Span, Span) {
        let inner = Span::new(from + self.start + self.open, from + self.close.unwrap_or(self.end));
        (Span::new(from + self.start, from + self.end), inner)
    }

    fn reaches_end(&self, line: &str) -> bool {
        line[self.end..].trim().is_empty()
    }
}

/// Pairs the marks of one line.
fn pair(line: &str) -> Vec<Pair> {
    let marks = marks(line);
    let mut open: Vec<Mark> = Vec::new();
    let mut out = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        let held = open.iter().rposition(|o| o.family == mark.family);
        let rest = &marks[i + 1..];
        match held {
            Some(held) if closes(line, mark, rest) => {
                // What was opened inside and is still open was an apostrophe, or lacks its end.
                for inner in open.drain(held + 1..).filter(|m| m.family == Family::Double) {
                    out.push(unclosed(inner, line[..mark.at].trim_end().len()));
                }
                let first = open.remove(held);
                let (close, end) = (Some(mark.at), mark.at + mark.len);
                out.push(Pair { family: mark.family, start: first.at, open: first.len, close, end });
            }
            Some(held) if opens(line, mark, rest) => {
                let later = rest.iter().filter(|m| m.family == mark.family && m.can_close).count();
                if later < 2 && mark.family == Family::Double {
                    let lost = open.remove(held);
                    out.push(unclosed(lost, line[..mark.at].trim_end().len()));
                }
                open.push(*mark);
            }
            None if opens(line, mark, rest) => open.push(*mark),
            _ => {}
        }
    }
    let end = line.trim_end().len();
    out.extend(open.into_iter().filter(|m| m.family == Family::Double).map(|m| unclosed(m, end)));
    out.retain(|p| !line[p.start + p.open..p.close.unwrap_or(p.end)].trim().is_empty());
    out.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    out
}

fn unclosed(mark: Mark, end: usize) -> Pair {
    let end = end.max(mark.at + mark.len);
    Pair { family: mark.family, start: mark.at, open: mark.len, close: None, end }
}

/// Whether a mark opens a quotation, given the marks after it.
fn opens(line: &str, mark: &Mark, rest: &[Mark]) -> bool {
    let fits = match mark.shape {
        Some(true) => mark.can_open || !mark.can_close,
        Some(false) => mark.can_open && !mark.can_close,
        None => mark.can_open || (!mark.can_close && mark.family == Family::Double),
    };
    let after = &line[mark.at + mark.len..];
    match mark.family {
        Family::Double => fits && !after.trim().is_empty(),
        // A single mark that nothing closes is an apostrophe.
        Family::Single => mark.can_open && !clipped(after) && rest.iter().any(closes_single),
    }
}

/// Whether a mark closes the quotation that is open.
fn closes(line: &str, mark: &Mark, rest: &[Mark]) -> bool {
    if mark.family == Family::Single {
        return closes_single(mark) && !possessive(line, mark, rest);
    }
    let fits = match mark.shape {
        Some(true) => mark.can_close && !mark.can_open,
        Some(false) => mark.can_close || !mark.can_open,
        None => mark.can_close || !mark.can_open,
    };
    // 6" inside a quotation: were it the end, a mark would be left over.
    let inch = mark.shape.is_none() && line[..mark.at].ends_with(|c: char| c.is_ascii_digit());
    let left = rest.iter().filter(|m| m.family == Family::Double).count();
    fits && !(inch && left % 2 == 1)
}

fn closes_single(mark: &Mark) -> bool {
    mark.family == Family::Single && mark.can_close && mark.shape != Some(true)
}

/// «others' claims»: the mark after a plural, while another one that can close is still to come.
fn possessive(line: &str, mark: &Mark, rest: &[Mark]) -> bool {
    let plural = line[..mark.at].ends_with(['s', 'S', 'x', 'z']);
    let after = &line[mark.at + mark.len..];
    let noun = after.strip_prefix(' ').is_some_and(|a| a.starts_with(char::is_alphabetic));
    let mut singles = rest.iter().filter(|m| m.family == Family::Single);
    plural && noun && singles.next().is_some_and(closes_single)
}

/// «'90s», «'em»: the mark stands for letters left out.
fn clipped(after: &str) -> bool {
    let word = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    let year = word.strip_suffix('s').unwrap_or(word);
    let decade = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    let known = ["em", "til", "cause", "tis", "twas", "bout"].iter().any(|w| word.eq_ignore_ascii_case(w));
    let quoted = after[word.len()..].starts_with(['\'', '’']);
    ((decade || known) && !quoted) || word.eq_ignore_ascii_case("n")
}

/// Everything on a line that may be a quotation mark.
fn marks(line: &str) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let twin = chars.peek().is_some_and(|(_, n)| *n == c) && matches!(c, '\'' | '`' | '’' | '‘');
        let (family, shape) = match c {
            '\'' | '`' | '’' | '‘' if twin => (Family::Double, Some(matches!(c, '`' | '‘'))),
            '"' | '＂' => (Family::Double, None),
            '“' | '„' | '‟' | '«' | '‹' | '「' | '『' => (Family::Double, Some(true)),
            '”' | '»' | '›' | '」' | '』' => (Family::Double, Some(false)),
            '‘' | '‚' | '‛' => (Family::Single, Some(true)),
            '’' => (Family::Single, Some(false)),
            '\'' => (Family::Single, None),
            _ => continue,
        };
        let len = if twin { 2 * c.len_utf8() } else { c.len_utf8() };
        if twin {
            chars.next();
        }
        let (before, after) = (line[..at].chars().next_back(), line[at + len..].chars().next());
        let can_open = before.is_none_or(|b| b.is_whitespace() || leads(b)) && after.is_some_and(|a| !trails(a));
        let can_close = before.is_some_and(|b| !b.is_whitespace() && !matches!(b, '(' | '[' | '{'))
            && after.is_none_or(|a| !a.is_alphanumeric());
        let inch = shape.is_none() && family == Family::Double && before.is_some_and(|b| b.is_ascii_digit());
        let unheld = !out.iter().any(|m| m.family == Family::Double);
        if !(inch && unheld) && (can_open || can_close || family == Family::Double) {
            out.push(Mark { at, len, family, shape, can_open, can_close });
        }
    }
    out
}

/// Whether a quotation can begin right after this character.
const fn leads(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '"' | '\'' | '“' | '‘' | '„' | '«' | '¿' | '¡' | '…' | ':')
}

/// Whether a quotation cannot begin with this character.
fn trails(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '”' | '»')
}

#[cfg(test)]
mod tests;
