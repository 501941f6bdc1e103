//! Where do the words and marks of one line begin and end?
//!
//! Tokens are the syntactic words of UD English EWT and GUM: clitics stand alone, compounds fall apart at their
//! hyphens, affixes, web addresses, clock times and numbers stay whole. Which characters hang together as one written
//! word is decided in [`crate::words`].

use std::ops::Range;

use evidence::Span;

use crate::abbreviations::Abbreviation;
use crate::clitics;
use crate::web;
use crate::words::{self, word};

/// One token with what its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its characters in the text.
    pub span: Span,
    /// What it looks like.
    pub kind: Kind,
}

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or a number.
    Word,
    /// A word's tail that is a word of its own ("n't", "'s").
    Clitic,
    /// An abbreviation together with its stop.
    Abbreviation(Abbreviation),
    /// A web address, e-mail address, handle or hashtag.
    Web,
    /// Marks of punctuation, symbols, emoji.
    Mark,
}

/// Appends the tokens of `line`, a stretch of `text` without line breaks.
pub fn tokenize(text: &str, line: Range<usize>, out: &mut Vec<Piece>) {
    let bytes = text.as_bytes();
    let mut at = line.start;
    let mut glued = false;
    while at < line.end {
        let run = ascii_letters(&bytes[at..line.end]);
        let plain_word = run > 0 && bytes.get(at + run).is_none_or(|b| at + run == line.end || *b == b' ');
        if plain_word && !glued {
            push_word(text, at..at + run, Kind::Word, out);
            at += run;
            continue;
        }
        let rest = &text[at..line.end];
        let Some(c) = rest.chars().next() else { break };
        if is_space(c) {
            at += c.len_utf8();
            glued = false;
            continue;
        }
        let (len, kind) = one(rest, c, before(text, line.start, at), glued, out);
        if matches!(kind, Kind::Word) {
            push_word(text, at..at + len, kind, out);
        } else {
            out.push(Piece { span: Span::new(at, at + len), kind });
        }
        at += len;
        glued = true;
    }
}

/// Whether a character separates words.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}')
}

/// Length and kind of what starts here with `c`.
fn one(rest: &str, c: char, before: Option<char>, glued: bool, out: &[Piece]) -> (usize, Kind) {
    if let Some(len) = web::address_or_tag(rest, glued) {
        return (len, Kind::Web);
    }
    if words::is_word(c) {
        return word(rest);
    }
    let after = rest[c.len_utf8()..].chars().next();
    if words::is_apostrophe(c) {
        let tail = clitic_after_mark(rest, c, before, out).or_else(|| clipped(rest, c));
        return tail.unwrap_or_else(|| (apostrophes(rest, c), Kind::Mark));
    }
    if matches!(c, '.' | '+') && !glued && after.is_some_and(|a| a.is_ascii_digit()) {
        let (len, _) = word(&rest[1..]);
        return (1 + len, Kind::Word);
    }
    (emoticon(rest, glued).unwrap_or_else(|| mark(rest, c)), Kind::Mark)
}

/// A clitic that hangs on a mark: the "'s" of `"Post"'s`.
fn clitic_after_mark(rest: &str, c: char, before: Option<char>, out: &[Piece]) -> Option<(usize, Kind)> {
    let on_mark = before.is_some_and(|b| !is_space(b)) && out.last().is_some_and(|p| p.kind != Kind::Word);
    let tail = rest[c.len_utf8()..].strip_prefix(['s', 'S'])?;
    (on_mark && !tail.starts_with(words::is_word)).then_some((c.len_utf8() + 1, Kind::Clitic))
}

/// A word whose beginning is cut off: "'90s", "'em".
fn clipped(rest: &str, c: char) -> Option<(usize, Kind)> {
    let tail = &rest[c.len_utf8()..];
    let run: &str = &tail[..tail.find(|n: char| !n.is_ascii_alphanumeric()).unwrap_or(tail.len())];
    let decade = run.strip_suffix('s').unwrap_or(run);
    let year = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
    let known = ["em", "til", "cause", "bout", "round"].iter().any(|w| run.eq_ignore_ascii_case(w));
    // "'90s" in quotation marks of its own would close right after it.
    let quoted = tail[run.len()..].starts_with(words::is_apostrophe);
    ((year || known) && !quoted && matches!(c, '\'' | '’' | '‘')).then(|| (c.len_utf8() + run.len(), Kind::Word))
}

/// Two apostrophes side by side are one mark.
fn apostrophes(rest: &str, c: char) -> usize {
    let second = rest[c.len_utf8()..].chars().next().filter(|n| words::is_apostrophe(*n));
    c.len_utf8() + second.map_or(0, char::len_utf8)
}

/// Length of a mark: runs of dots, dashes and exclamations are one, everything else stands alone.
fn mark(rest: &str, c: char) -> usize {
    let run = |from: usize, set: fn(char) -> bool| rest[from..].find(|n| !set(n)).map_or(rest.len(), |n| from + n);
    match c {
        '.' | '…' => {
            let dots = run(0, |n| matches!(n, '.' | '…'));
            if dots == 1 { run(1, |n| matches!(n, '!' | '?')) } else { dots }
        }
        '!' | '?' => run(0, |n| matches!(n, '!' | '?' | '.')),
        '-' | '=' | '*' | '<' | '>' | '~' | '+' | '|' | '^' | '—' | '–' | '$' | '/' | '\\' => {
            rest.find(|n| n != c).unwrap_or(rest.len())
        }
        _ => emoji(rest, c),
    }
}

/// Length of one emoji with its modifiers, of a flag, or of the single character `c` with its combining marks.
fn emoji(rest: &str, c: char) -> usize {
    let flag = |n: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&n);
    let mut chars = rest.char_indices().skip(1).peekable();
    let mut end = c.len_utf8();
    if flag(c) && chars.peek().is_some_and(|(_, n)| flag(*n)) {
        return end * 2;
    }
    while let Some((i, n)) = chars.next() {
        let joiner = n == '\u{200d}' && chars.peek().is_some_and(|(_, n)| !n.is_alphanumeric() && !is_space(*n));
        if joiner {
            let (j, joined) = chars.next().unwrap_or((i, n));
            end = j + joined.len_utf8();
        } else if words::is_combining(n) || ('\u{1f3fb}'..='\u{1f3ff}').contains(&n) {
            end = i + n.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Length of a face made of marks, if one stands here on its own.
fn emoticon(rest: &str, glued: bool) -> Option<usize> {
    let b = rest.as_bytes();
    let eyes = !glued && matches!(b.first(), Some(b':' | b';' | b'=' | b'8'));
    let nose = usize::from(matches!(b.get(1), Some(b'-' | b'\'')));
    let mouth = matches!(b.get(1 + nose), Some(b')' | b'(' | b'D' | b'P' | b'p' | b'O' | b'o' | b'/' | b'|' | b'*'));
    let ends = b.get(2 + nose).is_none_or(|n| !n.is_ascii_alphanumeric() && *n < 128);
    (eyes && mouth && ends).then_some(2 + nose)
}

/// Appends a written word as one token or several: number and unit, word and clitics.
fn push_word(text: &str, range: Range<usize>, kind: Kind, out: &mut Vec<Piece>) {
    let mut push = |from: usize, to: usize, kind: Kind| {
        if from < to {
            out.push(Piece { span: Span::new(range.start + from, range.start + to), kind });
        }
    };
    let form = &text[range.clone()];
    if let Some(at) = clitics::unit(form) {
        push(0, at, kind);
        push(at, form.len(), Kind::Word);
        return;
    }
    let cuts = clitics::cuts(form);
    let first = cuts.iter().flatten().next().copied().unwrap_or(form.len());
    push(0, first, kind);
    for (i, from) in cuts.iter().enumerate().filter_map(|(i, c)| c.map(|c| (i, c))) {
        push(from, cuts.get(i + 1).copied().flatten().unwrap_or(form.len()), Kind::Clitic);
    }
}

/// How many ASCII letters `bytes` starts with.
fn ascii_letters(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(bytes.len())
}

/// The character before byte `at`, not before `from`.
fn before(text: &str, from: usize, at: usize) -> Option<char> {
    text[from..at].chars().next_back()
}
