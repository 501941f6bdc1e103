//! Where do sentences begin and end in an article's text?
//!
//! A line is a paragraph and no sentence crosses it. Within a line, rules decide what is plain and what must not be
//! got wrong in news (datelines, clocks, quotations); the rest is left to the model in [`crate::ends`].

use evidence::Span;

use crate::abbreviations::Abbreviation;
use crate::ends::{self, Gap, Line};
use crate::headings;
use crate::tokens::{Kind, Piece, is_space, tokenize};
use crate::words;

/// One sentence with its tokens, before anything is known about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSentence {
    /// From its first token to its last.
    pub span: Span,
    /// The line of the text it stands in, from 0.
    pub paragraph: usize,
    /// Its tokens, at least one.
    pub tokens: Vec<Span>,
}

/// How sure the model must be that a sentence ends where no mark says so.
const UNMARKED: f32 = 1.0;

/// Words that begin sentences and no names.
const STARTERS: [&str; 56] = [
    "a",
    "about",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "another",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "during",
    "earlier",
    "even",
    "every",
    "for",
    "from",
    "he",
    "her",
    "here",
    "his",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "later",
    "many",
    "meanwhile",
    "most",
    "my",
    "no",
    "nobody",
    "not",
    "on",
    "one",
    "our",
    "she",
    "since",
    "some",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "we",
    "when",
];

/// Cuts a text into sentences and tokens.
pub fn segment(text: &str) -> Vec<RawSentence> {
    let mut out = Vec::new();
    let mut pieces = Vec::new();
    let mut from = 0;
    for (paragraph, line) in text.split('\n').enumerate() {
        pieces.clear();
        tokenize(text, from..from + line.len(), &mut pieces);
        from += line.len() + 1;
        if !pieces.is_empty() {
            cut(text, paragraph, &pieces, &mut out);
        }
    }
    if out.iter().all(|s| s.tokens.len() <= LONGEST) {
        return out;
    }
    out.into_iter().flat_map(|s| shortened(text, s)).collect()
}

/// A longer "sentence" is a list or a text without full stops; all that comes after grows faster than its length.
const LONGEST: usize = 220;

/// Cuts what is too long to be a sentence, where it can after a comma or the like.
fn shortened(text: &str, mut sentence: RawSentence) -> Vec<RawSentence> {
    let mut out = Vec::new();
    while sentence.tokens.len() > LONGEST {
        let pause = |t: &Span| matches!(t.of(text), "," | ";" | ":" | "-" | "–" | "—");
        let at = sentence.tokens[LONGEST / 2..LONGEST].iter().rposition(pause).map_or(LONGEST, |i| LONGEST / 2 + i + 1);
        let rest = sentence.tokens.split_off(at);
        let span = sentence.tokens[0].join(sentence.tokens[at - 1]);
        out.push(RawSentence {
            span,
            paragraph: sentence.paragraph,
            tokens: std::mem::replace(&mut sentence.tokens, rest),
        });
    }
    sentence.span = sentence.tokens[0].join(sentence.tokens[sentence.tokens.len() - 1]);
    out.push(sentence);
    out
}

/// Places of a line where a sentence may end, in order.
pub fn gaps(line: &Line) -> Vec<Gap> {
    let mut out = Vec::new();
    let mut open = Open::default();
    let mut i = 0;
    while i < line.pieces.len() {
        open.pass(line, i);
        let mut gap = Gap { last: i, stop: may_stop(line, i).then_some(i), inside: false };
        if gap.stop.is_some() {
            while closes(line, gap.last + 1, &open) {
                gap.last += 1;
                open.pass(line, gap.last);
            }
        }
        i = gap.last + 1;
        gap.inside = open.quote || open.brackets > 0;
        if i < line.pieces.len() && (gap.stop.is_some() || unmarked(line, gap.last)) {
            out.push(gap);
        }
    }
    out
}

/// What is open at a point of a line.
#[derive(Debug, Default)]
struct Open {
    quote: bool,
    brackets: usize,
}

impl Open {
    /// Goes past token `i`.
    fn pass(&mut self, line: &Line, i: usize) {
        if line.pieces[i].kind != Kind::Mark {
            return;
        }
        match line.form(i) {
            "\"" => self.quote = !self.quote,
            "“" | "«" | "„" | "``" => self.quote = true,
            "”" | "»" | "''" => self.quote = false,
            "(" | "[" => self.brackets += 1,
            ")" | "]" => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }
}

/// Whether token `i` can be the end of a sentence.
fn may_stop(line: &Line, i: usize) -> bool {
    match line.pieces[i].kind {
        Kind::Abbreviation(class) => {
            !matches!(class, Abbreviation::Title | Abbreviation::Number | Abbreviation::Inner) && !line.glued(i)
                || line.form(i + 1).starts_with(['"', '”', ')', '’', '\'']) && line.glued(i)
        }
        _ => line.is_stop(i),
    }
}

/// Whether token `i` closes what the sentence before it has open: it follows without a space, or can do nothing else.
fn closes(line: &Line, i: usize, open: &Open) -> bool {
    let glued = i > 0 && line.glued(i - 1);
    let free = line.pieces.get(i + 1).is_none() || !line.glued(i) || line.shape(i + 1) == "close";
    match line.form(i) {
        "\"" => (glued && free) || (open.quote && (glued || free)),
        "'" | "''" => glued && free,
        "”" | "»" | "’’" => true,
        "’" => glued,
        ")" | "]" | "}" => glued || open.brackets > 0,
        _ => false,
    }
}

/// Whether an unmarked end is worth a thought: a space, and then something that looks like a beginning.
fn unmarked(line: &Line, last: usize) -> bool {
    let next = line.shape(last + 1);
    let starts =
        matches!(next, "capital" | "capitals" | "initial" | "9" | "web" | "quote" | "open" | "bullet" | "dash");
    starts && !line.glued(last) && !matches!(line.shape(last), "open" | "bracket")
}

/// Cuts one line.
fn cut(text: &str, paragraph: usize, pieces: &[Piece], out: &mut Vec<RawSentence>) {
    let line = Line::new(text, pieces);
    let mut start = headings::heading(&line);
    if start > 0 {
        out.push(sentence(text, paragraph, &pieces[..start]));
    }
    for gap in gaps(&line) {
        if gap.last >= start && ends_here(&line, gap, start) {
            out.push(sentence(text, paragraph, &pieces[start..=gap.last]));
            start = gap.last + 1;
        }
    }
    if start < pieces.len() {
        out.push(sentence(text, paragraph, &pieces[start..]));
    }
}

/// Whether a sentence that began at token `start` ends at `gap`.
fn ends_here(line: &Line, gap: Gap, start: usize) -> bool {
    // A bullet belongs to what it introduces.
    if gap.last == start && matches!(line.shape(start), "bullet" | "dash") && line.form(start).chars().count() == 1 {
        return false;
    }
    ruled(line, gap).unwrap_or_else(|| ends::score(line, gap, start) > least(line, gap))
}

/// How sure the model must be. Headlines are lines of capitals without a stop: to cut one costs more than it gains.
fn least(line: &Line, gap: Gap) -> f32 {
    match gap.stop {
        Some(_) => 0.0,
        None if !line.stopped && line.pieces.len() < 25 => UNMARKED + 1.0,
        None => UNMARKED,
    }
}

/// What needs no model.
pub fn ruled(line: &Line, gap: Gap) -> Option<bool> {
    let next = line.shape(gap.last + 1);
    let Some(stop) = gap.stop else {
        // "18 November 2016", "Thu Oct 6": a date goes on.
        return (next == "9" && words::names_date(line.form(gap.last))).then_some(false);
    };
    if matches!(next, "comma" | "colon" | "clitic" | "close") && line.form(gap.last + 1) != ";" {
        return Some(false);
    }
    let closed = stop < gap.last;
    // «"Why?" he asked»: what follows is still the sentence of the one who asks.
    if next == "small" && (closed || line.pieces[stop].kind != Kind::Mark) {
        return Some(false);
    }
    // "at 7 a.m. Sunday", "at 6 p.m. GMT": an hour goes on with its day or its zone.
    let hour = ["a.m.", "p.m."].iter().any(|h| line.form(stop).eq_ignore_ascii_case(h));
    let following = line.form(gap.last + 1);
    if hour && !closed && (words::names_date(following) || matches!(following, "GMT" | "UTC" | "EST" | "EDT")) {
        return Some(false);
    }
    if line.pieces[stop].kind == Kind::Abbreviation(Abbreviation::Dotted) && !closed && next == "capital" {
        // "the U.N. Security Council": only a word that names nothing begins a new sentence here.
        return (!STARTERS.iter().any(|w| line.form(gap.last + 1).eq_ignore_ascii_case(w))).then_some(false);
    }
    let plain = line.form(stop) == "." && stop > 0 && line.glued(stop - 1) && line.shape(stop - 1) == "small";
    (plain && !gap.inside && !closed && next == "capital").then_some(true)
}

/// The sentence of some tokens; an abbreviation at its end gives up its stop.
fn sentence(text: &str, paragraph: usize, pieces: &[Piece]) -> RawSentence {
    let mut tokens: Vec<Span> = Vec::with_capacity(pieces.len() + 1);
    tokens.extend(pieces.iter().map(|p| p.span));
    let last = pieces.iter().rposition(|p| p.kind != Kind::Mark).unwrap_or(0);
    let closed = pieces[last + 1..].iter().all(|p| !p.span.of(text).starts_with(['.', '!', '?', '…']));
    if let Kind::Abbreviation(class) = pieces[last].kind
        && class != Abbreviation::Dotted
        && closed
        && pieces.len() > 1
    {
        let span = pieces[last].span;
        tokens[last] = Span::new(span.start(), span.end() - 1);
        tokens.insert(last + 1, Span::new(span.end() - 1, span.end()));
    }
    let span = tokens[0].join(tokens[tokens.len() - 1]);
    debug_assert!(!span.of(text).contains('\n') && !span.of(text).starts_with(is_space));
    RawSentence { span, paragraph, tokens }
}

#[cfg(test)]
mod tests;
