//! How sure is a number? "At least", "nearly", "up to", "or more", and words that count without a number.

use evidence::Qualifier;

use crate::lexeme::{Lexeme, Shape};

/// A hedge and what it makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hedge {
    Exactly,
    AtLeast,
    AtMost,
    Nearly,
    About,
    Over,
    FewerThan,
}

impl Hedge {
    /// Lowest and highest value with the hedge; `counts` if the number counts things, so that over 400 is at least 401.
    pub fn bounds(self, low: Option<f64>, high: Option<f64>, counts: bool) -> (Option<f64>, Option<f64>, Qualifier) {
        let one = if counts { 1.0 } else { 0.0 };
        match self {
            Self::Exactly => (low, high, Qualifier::Exactly),
            Self::AtLeast => (low, None, Qualifier::AtLeast),
            Self::AtMost => (None, high.or(low), Qualifier::AtMost),
            Self::Nearly => (low, high, Qualifier::Nearly),
            Self::About => (low, high, Qualifier::About),
            Self::Over => (low.map(|n| n + one), None, Qualifier::Over),
            Self::FewerThan => (None, low.map(|n| n - one), Qualifier::AtMost),
        }
    }
}

/// The hedge that begins at lexeme `at`, and one past its last lexeme: the longest one.
pub(crate) fn before(text: &str, lexemes: &[Lexeme], at: usize) -> Option<(Hedge, usize)> {
    let first = lexemes.get(at).filter(|l| l.shape == Shape::Word && l.span.len() <= 13)?;
    let word = first.span.of(text);
    let begins = |phrase: &str| {
        phrase.len() >= word.len() && phrase.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes())
    };
    let found = BEFORE.iter().filter(|(phrase, _)| begins(phrase));
    let longest = found.filter_map(|(p, h)| Some((*h, matched(text, lexemes, at, p)?))).max_by_key(|(_, end)| *end)?;
    // "At least another 12", "some of the 30" has no hedge.
    let end = longest.1;
    let another = lexemes.get(end).is_some_and(|l| l.is_word(text, "another"));
    Some((longest.0, end + usize::from(another)))
}

/// The hedge that follows a number ("or more", "-odd").
pub(crate) fn after(text: &str, lexemes: &[Lexeme], at: usize) -> Option<(Hedge, usize)> {
    AFTER.iter().filter_map(|(p, h)| Some((*h, matched(text, lexemes, at, p)?))).max_by_key(|(_, end)| *end)
}

/// A number that a word only hints at: the least that it can mean, and one past its last lexeme.
pub(crate) fn vague(text: &str, lexemes: &[Lexeme], at: usize) -> Option<(f64, usize)> {
    let word = |n: usize| lexemes.get(n).filter(|l| l.shape == Shape::Word).map(|l| l.span.of(text));
    let is = |n: usize, table: &[(&str, f64)]| {
        let word = word(n)?;
        table.iter().find(|(w, _)| word.eq_ignore_ascii_case(w)).map(|(_, v)| *v)
    };
    let many = |n: usize| {
        word(n).is_some_and(|w| ["several", "few", "many", "couple"].iter().any(|m| w.eq_ignore_ascii_case(m)))
    };
    let article = usize::from(word(at).is_some_and(|w| w.eq_ignore_ascii_case("a")));
    if many(at + article) {
        // "several hundred", "a few dozen", "a couple of thousand".
        let of = usize::from(word(at + article + 1).is_some_and(|w| w.eq_ignore_ascii_case("of")));
        let next = at + article + 1 + of;
        let value = is(next, &SINGULAR)?;
        // "several hundred thousand"
        let scale = is(next + 1, &SINGULAR).filter(|s| *s >= 1000.0 && *s > value);
        return Some((2.0 * value * scale.unwrap_or(1.0), next + 1 + usize::from(scale.is_some())));
    }
    let first = is(at, &PLURAL)?;
    let of = word(at + 1).is_some_and(|w| w.eq_ignore_ascii_case("of"));
    if of && let Some(scale) = is(at + 2, &PLURAL).filter(|s| *s >= 1000.0) {
        return Some((2.0 * first * scale, at + 3));
    }
    let verb_or_noun = ["scores", "tens"].iter().any(|w| word(at).is_some_and(|v| v.eq_ignore_ascii_case(w)));
    let counts = of || word(at + 1).is_some_and(|w| COUNTED.iter().any(|c| w.eq_ignore_ascii_case(c)));
    (!verb_or_noun || counts).then_some((2.0 * first, at + 1))
}

/// Where the words of `phrase` end, if they stand at `at`.
fn matched(text: &str, lexemes: &[Lexeme], at: usize, phrase: &str) -> Option<usize> {
    let mut end = at;
    for word in phrase.split(' ') {
        let lexeme = lexemes.get(end)?;
        let right = lexeme.is_word(text, word) || (lexeme.is_mark(text, word) && (word == "+" || lexeme.glued));
        if !right {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// What plural number words count at the least is twice this: dozens are 24, scores 40, hundreds 200.
const PLURAL: [(&str, f64); 7] = [
    ("tens", 10.0),
    ("dozens", 12.0),
    ("scores", 20.0),
    ("hundreds", 100.0),
    ("thousands", 1e3),
    ("millions", 1e6),
    ("billions", 1e9),
];

const SINGULAR: [(&str, f64); 5] =
    [("dozen", 12.0), ("hundred", 100.0), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];

/// Words after "scores" that tell the number from the verb.
const COUNTED: [&str; 16] = [
    "more",
    "other",
    "others",
    "were",
    "are",
    "had",
    "have",
    "dead",
    "killed",
    "wounded",
    "injured",
    "missing",
    "people",
    "civilians",
    "soldiers",
    "fighters",
];

const BEFORE: [(&str, Hedge); 62] = [
    ("exactly", Hedge::Exactly),
    ("precisely", Hedge::Exactly),
    ("a total of", Hedge::Exactly),
    ("at least", Hedge::AtLeast),
    ("a minimum of", Hedge::AtLeast),
    ("minimum", Hedge::AtLeast),
    ("no fewer than", Hedge::AtLeast),
    ("no less than", Hedge::AtLeast),
    ("not less than", Hedge::AtLeast),
    ("not fewer than", Hedge::AtLeast),
    ("upwards of", Hedge::AtLeast),
    ("upward of", Hedge::AtLeast),
    ("at the very least", Hedge::AtLeast),
    ("up to", Hedge::AtMost),
    ("as many as", Hedge::AtMost),
    ("as much as", Hedge::AtMost),
    ("at most", Hedge::AtMost),
    ("a maximum of", Hedge::AtMost),
    ("no more than", Hedge::AtMost),
    ("not more than", Hedge::AtMost),
    ("nearly", Hedge::Nearly),
    ("almost", Hedge::Nearly),
    ("close to", Hedge::Nearly),
    ("just under", Hedge::Nearly),
    ("just short of", Hedge::Nearly),
    ("just below", Hedge::Nearly),
    ("approaching", Hedge::Nearly),
    ("some", Hedge::About),
    ("about", Hedge::About),
    ("around", Hedge::About),
    ("approximately", Hedge::About),
    ("approx", Hedge::About),
    ("roughly", Hedge::About),
    ("circa", Hedge::About),
    ("an estimated", Hedge::About),
    ("estimated", Hedge::About),
    ("in the region of", Hedge::About),
    ("in the order of", Hedge::About),
    ("on the order of", Hedge::About),
    ("something like", Hedge::About),
    ("perhaps", Hedge::About),
    ("maybe", Hedge::About),
    ("an average of", Hedge::About),
    ("over", Hedge::Over),
    ("well over", Hedge::Over),
    ("just over", Hedge::Over),
    ("slightly over", Hedge::Over),
    ("more than", Hedge::Over),
    ("slightly more than", Hedge::Over),
    ("far more than", Hedge::Over),
    ("many more than", Hedge::Over),
    ("greater than", Hedge::Over),
    ("higher than", Hedge::Over),
    ("above", Hedge::Over),
    ("in excess of", Hedge::Over),
    ("exceeding", Hedge::Over),
    ("well above", Hedge::Over),
    ("fewer than", Hedge::FewerThan),
    ("less than", Hedge::FewerThan),
    ("under", Hedge::FewerThan),
    ("below", Hedge::FewerThan),
    ("short of", Hedge::FewerThan),
];

const AFTER: [(&str, Hedge); 12] = [
    ("or more", Hedge::AtLeast),
    ("or even more", Hedge::AtLeast),
    ("and more", Hedge::AtLeast),
    ("at least", Hedge::AtLeast),
    ("- plus", Hedge::AtLeast),
    ("plus", Hedge::AtLeast),
    ("+", Hedge::AtLeast),
    ("or so", Hedge::About),
    ("- odd", Hedge::About),
    ("odd", Hedge::About),
    ("or fewer", Hedge::AtMost),
    ("or less", Hedge::AtMost),
];
