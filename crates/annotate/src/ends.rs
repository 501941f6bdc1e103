//! Does a sentence end here? A linear model over what stands around a gap between two tokens.
//!
//! The weights (`models/sentence-ends.tsv`) are learned from the training parts of EWT and GUM by
//! `train sentence-ends`; a line there is a feature as [`describe`] names it, and its weight. What must never be
//! decided by a model is ruled in [`crate::sentences`].

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::abbreviations::Abbreviation;
use crate::tokens::{Kind, Piece};

/// A place between two tokens of a line where a sentence may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last token before it, closing marks included.
    pub last: usize,
    /// The token that may end the sentence: a stop, an abbreviation; `None` where nothing marks an end.
    pub stop: Option<usize>,
    /// Whether a quotation mark or bracket is open here.
    pub inside: bool,
}

/// One line's tokens, as the model looks at them.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Tokens of the line, at least one.
    pub pieces: &'a [Piece],
    /// Whether sentences of this line seem to begin with small letters.
    pub careless: bool,
    /// Whether the line's last token is a mark that ends sentences.
    pub stopped: bool,
}

impl<'a> Line<'a> {
    /// Looks at a line as a whole.
    pub fn new(text: &'a str, pieces: &'a [Piece]) -> Self {
        let mut line = Self { text, pieces, careless: false, stopped: false };
        let small = |i: usize| line.shape(i) == "small" && line.is_stop(i.wrapping_sub(1));
        line.careless = pieces.len() > 3 && (0..pieces.len()).any(|i| line.form(i) == "i" || (i > 0 && small(i)));
        line.stopped = (pieces.len().saturating_sub(3)..pieces.len()).any(|i| line.is_stop(i));
        line
    }

    /// The characters of token `i`; empty beyond the line.
    pub fn form(&self, i: usize) -> &'a str {
        self.pieces.get(i).map_or("", |p| p.span.of(self.text))
    }

    /// Whether no space stands between token `i` and the next.
    pub fn glued(&self, i: usize) -> bool {
        self.pieces.get(i).zip(self.pieces.get(i + 1)).is_some_and(|(a, b)| a.span.end() == b.span.start())
    }

    /// Whether token `i` is dots, question or exclamation marks.
    pub fn is_stop(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| p.kind == Kind::Mark) && self.form(i).starts_with(['.', '!', '?', '…'])
    }

    /// A rough class of token `i`.
    pub fn shape(&self, i: usize) -> &'static str {
        let Some(piece) = self.pieces.get(i) else { return "none" };
        let form = self.form(i);
        let Some(c) = form.chars().next() else { return "none" };
        match piece.kind {
            Kind::Web => "web",
            Kind::Clitic => "clitic",
            Kind::Mark => mark_shape(form, c),
            _ if c.is_ascii_digit() => "9",
            _ if c.is_lowercase() => "small",
            _ if !c.is_uppercase() => "other",
            _ if form.chars().nth(1).is_none_or(|n| n == '.') => "initial",
            _ if form.chars().any(char::is_lowercase) => "capital",
            _ => "capitals",
        }
    }
}

fn mark_shape(form: &str, c: char) -> &'static str {
    match c {
        ':' | ';' | '=' if form.len() > 1 && !form.ends_with(c) => "face",
        '.' | '!' | '?' | '…' => "stop",
        '"' | '\'' | '`' => "quote",
        '“' | '„' | '«' | '‘' => "open",
        '(' | '[' | '{' => "bracket",
        ')' | ']' | '}' | '”' | '’' | '»' => "close",
        ',' | ';' => "comma",
        ':' => "colon",
        '-' | '–' | '—' => "dash",
        '*' | '•' | '·' | '>' | '<' | '#' | '=' | '|' | '_' | '~' | '▪' | '●' => "bullet",
        _ => "mark",
    }
}

/// How sure the model is that a sentence ends at `gap`; above 0 it does. The sentence began at token `start`.
pub fn score(line: &Line, gap: Gap, start: usize) -> f32 {
    let mut sum = 0.0;
    describe(line, gap, start, &mut |name, parts| {
        if let Some(weight) = WEIGHTS.get(&key(name, parts)) {
            sum += weight;
        }
    });
    sum
}

/// Names the features of a gap: a template and up to three values, in small letters wherever they are compared.
pub fn describe(line: &Line, gap: Gap, start: usize, emit: &mut impl FnMut(&'static str, [&str; 3])) {
    let stop = stop_class(line, gap);
    let before = gap.stop.map_or(gap.last, |s| if line.is_stop(s) { s.wrapping_sub(1) } else { s });
    let close = gap.stop.filter(|s| *s < gap.last).map_or("", |s| line.form(s + 1));
    let (next, after) = (gap.last + 1, gap.last + 2);
    let (prev_shape, next_shape, after_shape) = (line.shape(before), line.shape(next), line.shape(after));
    let earlier = line.shape(before.wrapping_sub(1));
    let length = bucket(gap.last + 1 - start);
    let left = bucket(line.pieces.len() - next);
    let glued = if line.glued(gap.last) { "glued" } else { "" };
    let spaced = if gap.stop.is_some_and(|s| s > 0 && line.is_stop(s) && !line.glued(s - 1)) { "spaced" } else { "" };
    let inside = if gap.inside { "inside" } else { "" };
    let careless = if line.careless { "careless" } else { "" };
    let stopped = if line.stopped { "stopped" } else { "" };
    emit("stop", [stop, "", ""]);
    emit("stop,close,next", [stop, close, next_shape]);
    emit("stop,prev,next", [stop, prev_shape, next_shape]);
    emit("stop,next,after", [stop, next_shape, after_shape]);
    emit("stop,earlier,prev", [stop, earlier, prev_shape]);
    emit("stop,word before", [stop, line.form(before), ""]);
    emit("stop,word after", [stop, line.form(next), ""]);
    emit("stop,word after,after", [stop, line.form(next), after_shape]);
    emit("length,stop,next", [length, stop, next_shape]);
    emit("left,stop,next", [left, stop, next_shape]);
    emit("length,left", [length, stop, left]);
    emit("glued,stop,next", [glued, stop, next_shape]);
    emit("spaced,stop,next", [spaced, stop, next_shape]);
    emit("inside,close,next", [inside, close, next_shape]);
    emit("inside,stop", [inside, stop, close]);
    emit("careless,stop,next", [careless, stop, next_shape]);
    emit("stopped,stop,next", [stopped, stop, next_shape]);
    if gap.stop.is_none() {
        unmarked(line, gap, start, emit);
    }
}

/// Further features where nothing marks an end: headings and lines that ran together.
fn unmarked(line: &Line, gap: Gap, start: usize, emit: &mut impl FnMut(&'static str, [&str; 3])) {
    let first = line.shape(start);
    let words = gap.last + 1 - start;
    let small = (start..=gap.last).filter(|i| line.shape(*i) == "small").count();
    let title = if small == 0 {
        "title"
    } else if small * 3 < words {
        "mostly"
    } else {
        "prose"
    };
    let stopped = if line.stopped { "stopped" } else { "" };
    let ahead = (gap.last + 1..line.pieces.len()).take(12).any(|i| line.is_stop(i));
    let ahead = if ahead { "ahead" } else { "" };
    let (prev, next) = (line.shape(gap.last), line.shape(gap.last + 1));
    let earlier = line.form(gap.last.wrapping_sub(1));
    emit("title,first,next", [title, first, next]);
    emit("title,length,stopped", [title, bucket(words), stopped]);
    emit("title,prev,next", [title, prev, next]);
    emit("title,word after", [title, line.form(gap.last + 1), line.shape(gap.last + 2)]);
    emit("ahead,title,word after", [ahead, title, line.form(gap.last + 1)]);
    emit("first word", [line.form(start), prev, next]);
    emit("words before", [earlier, line.form(gap.last), next]);
    emit("after,beyond", [next, line.shape(gap.last + 2), line.shape(gap.last + 3)]);
}

/// What kind of mark may end the sentence.
fn stop_class<'a>(line: &Line<'a>, gap: Gap) -> &'a str {
    let Some(stop) = gap.stop else {
        return if line.pieces[gap.last].kind == Kind::Mark { line.form(gap.last) } else { "" };
    };
    match line.pieces[stop].kind {
        Kind::Abbreviation(Abbreviation::Dotted) => "dotted",
        Kind::Abbreviation(Abbreviation::Initial) => "initial",
        Kind::Abbreviation(Abbreviation::Month | Abbreviation::Day) => "date",
        Kind::Abbreviation(_) => "abbreviation",
        _ => match line.form(stop) {
            long if long.len() > 3 && long.starts_with('.') => "....",
            long if long.len() > 2 && long.starts_with(['!', '?']) => "!!!",
            form => form,
        },
    }
}

const fn bucket(n: usize) -> &'static str {
    match n {
        0 | 1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "5",
        6..=8 => "8",
        9..=15 => "15",
        16..=30 => "30",
        _ => "more",
    }
}

/// The name of a feature as the weights file has it.
pub fn name(template: &str, parts: [&str; 3]) -> String {
    format!("{template}={}", parts.join("|").to_ascii_lowercase())
}

/// FNV-1a over the bytes of [`name`], without building it.
fn key(template: &str, parts: [&str; 3]) -> u64 {
    let mut hash = Fnv::default();
    hash.write(template.as_bytes());
    for (i, part) in parts.iter().enumerate() {
        hash.byte(if i == 0 { b'=' } else { b'|' });
        for b in part.bytes() {
            hash.byte(b.to_ascii_lowercase());
        }
    }
    hash.finish()
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn byte(&mut self, b: u8) {
        self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.byte(*b));
    }
}

/// The keys are hashes already.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0 << 8 | u64::from(*b));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

static WEIGHTS: LazyLock<HashMap<u64, f32, BuildHasherDefault<Same>>> = LazyLock::new(|| {
    let lines = include_str!("../../../models/sentence-ends.tsv").lines();
    let pairs = lines.filter_map(|l| l.rsplit_once('\t')).filter_map(|(n, w)| Some((n, w.parse().ok()?)));
    pairs.map(|(n, w): (&str, f32)| (hash_of(n), w)).collect()
});

fn hash_of(name: &str) -> u64 {
    let mut hash = Fnv::default();
    hash.write(name.as_bytes());
    hash.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_looked_up_by_the_name_the_file_has() {
        for parts in [["", "", ""], [".", "Small", "“x”"], ["U.S.", "|", "="]] {
            assert_eq!(key("stop,close,next", parts), hash_of(&name("stop,close,next", parts)));
        }
    }

    #[test]
    fn every_line_of_the_weights_is_read_and_none_collides() {
        let text = include_str!("../../../models/sentence-ends.tsv");
        let lines = text.lines().filter(|l| l.contains('\t')).count();
        assert!(lines > 1000 && lines == WEIGHTS.len());
        assert!(text.lines().all(|l| l.starts_with('#') || l.contains('\t')));
    }
}
