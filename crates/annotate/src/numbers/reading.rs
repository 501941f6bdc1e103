//! What number do these words or digits write? `1,234`, `1.5 million`, `twenty-five`, `half a million`, `third`.

use crate::lexeme::{Lexeme, Shape};

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    /// One past its last lexeme.
    pub end: usize,
    /// Its value.
    pub value: f64,
    /// How it is written.
    pub written: Written,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// In digits alone, without group marks or decimals ("1994").
    Plain,
    /// With digits, group marks, decimals or a scale ("1,994", "3.5", "2 million").
    Digits,
    /// In words.
    Words,
}

/// Every word that a number in words can begin with.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    ONES.iter().chain(&TENS).map(|(w, _)| *w).chain(SCALES.iter().map(|(w, _)| *w)).chain(["a", "an", "half", "zero"])
}

/// The cardinal number that begins at lexeme `at`: the longest one.
pub(crate) fn cardinal(text: &str, lexemes: &[Lexeme], at: usize) -> Option<Reading> {
    match lexemes.get(at)?.shape {
        Shape::Digits => Some(with_scale(text, lexemes, digits(text, lexemes, at)?)),
        Shape::Word => half(text, lexemes, at).or_else(|| words(text, lexemes, at)),
        _ => None,
    }
}

/// The ordinal number that begins at lexeme `at`: "3rd", "third", "twenty-first", "hundredth".
pub(crate) fn ordinal(text: &str, lexemes: &[Lexeme], at: usize) -> Option<Reading> {
    let first = lexemes.get(at)?;
    if let Some(value) = first.integer(text) {
        let suffix = lexemes.get(at + 1).filter(|l| l.glued)?;
        let right = ["st", "nd", "rd", "th"].iter().any(|s| suffix.is_word(text, s));
        return right.then_some(Reading { end: at + 2, value: value as f64, written: Written::Plain });
    }
    let (mut tens, mut next) = (0.0, at);
    if let Some((value, after)) = look(text, lexemes, at, &TENS) {
        let dash = lexemes.get(after).is_some_and(|l| l.is_mark(text, "-"));
        (tens, next) = (value, after + usize::from(dash));
    }
    let known = |table: &[(&str, f64)]| {
        let word = lexemes.get(next).filter(|l| l.shape == Shape::Word)?.span.of(text);
        table.iter().find(|(w, _)| word.eq_ignore_ascii_case(w)).map(|(_, v)| *v)
    };
    let value = known(&ORDINALS).filter(|v| tens == 0.0 || *v < 10.0)? + tens;
    Some(Reading { end: next + 1, value, written: Written::Words })
}

/// What a word multiplies by ("dozen", "million").
pub(crate) fn scale(text: &str, lexemes: &[Lexeme], at: usize) -> Option<f64> {
    look(text, lexemes, at, &SCALES).map(|(scale, _)| scale)
}

/// A run of digits with group marks ("30,000") or decimals ("3.5").
pub(crate) fn digits(text: &str, lexemes: &[Lexeme], at: usize) -> Option<Reading> {
    let first = lexemes.get(at)?;
    let mut value = first.integer(text)? as f64;
    let (mut end, mut written) = (at + 1, Written::Plain);
    let follows = |at: usize, mark: &str| {
        let mark = lexemes.get(at).is_some_and(|l| l.glued && l.is_mark(text, mark));
        lexemes.get(at + 1).filter(|l| mark && l.glued && l.shape == Shape::Digits)
    };
    while first.span.len() <= 3
        && let Some(group) = follows(end, ",").filter(|g| g.span.len() == 3)
    {
        value = value * 1000.0 + group.integer(text)? as f64;
        (end, written) = (end + 2, Written::Digits);
    }
    if let Some(decimals) = follows(end, ".").filter(|d| d.span.len() <= 6) {
        value += decimals.integer(text)? as f64 / 10f64.powi(decimals.span.len() as i32);
        (end, written) = (end + 2, Written::Digits);
    }
    Some(Reading { end, value, written })
}

/// "1.5 million", "2m", "3bn", "40 thousand", "5 lakh".
fn with_scale(text: &str, lexemes: &[Lexeme], number: Reading) -> Reading {
    let Some(next) = lexemes.get(number.end).filter(|l| l.shape == Shape::Word) else { return number };
    let short = [("m", 1e6), ("mn", 1e6), ("bn", 1e9), ("k", 1e3)];
    let scale = match look(text, lexemes, number.end, &SCALES) {
        Some((scale, _)) => Some(scale),
        // "2m people", but "2m high".
        None if next.glued && !is_extent(text, lexemes, number.end + 1) => {
            short.iter().find(|(w, _)| next.span.of(text) == *w).map(|(_, v)| *v)
        }
        None => None,
    };
    match scale {
        Some(scale) if number.value < 1000.0 => {
            Reading { end: number.end + 1, value: number.value * scale, written: Written::Digits }
        }
        _ => number,
    }
}

/// Whether a word tells that the number before it is a length.
fn is_extent(text: &str, lexemes: &[Lexeme], at: usize) -> bool {
    let words = ["high", "wide", "tall", "long", "deep", "away", "above", "below", "from", "apart"];
    lexemes.get(at).is_some_and(|l| words.iter().any(|w| l.is_word(text, w)))
}

/// "half a million", "half a dozen", "a quarter of a million".
fn half(text: &str, lexemes: &[Lexeme], at: usize) -> Option<Reading> {
    let is = |n: usize, w: &str| lexemes.get(at + n).is_some_and(|l| l.is_word(text, w));
    let (part, after) = if is(0, "half") && is(1, "a") {
        (0.5, at + 2)
    } else if is(0, "a") && is(1, "quarter") && is(2, "of") && is(3, "a") {
        (0.25, at + 4)
    } else {
        return None;
    };
    let (scale, end) = look(text, lexemes, after, &SCALES)?;
    Some(Reading { end, value: part * scale, written: Written::Words })
}

/// "a dozen", "a hundred", "twenty-five", "one hundred and five thousand", "two and a half million".
fn words(text: &str, lexemes: &[Lexeme], at: usize) -> Option<Reading> {
    let (mut total, mut current, mut end) = (0.0, 0.0, at);
    let mut least_scale = f64::INFINITY;
    if lexemes[at].is_word(text, "a") || lexemes[at].is_word(text, "an") {
        look(text, lexemes, at + 1, &SCALES)?;
        (current, end) = (1.0, at + 1);
    }
    loop {
        if current > 0.0 && current < 100.0 && and_a_half(text, lexemes, end) {
            (current, end) = (current + 0.5, end + 3);
        }
        let linked = end > at && is_link(text, lexemes, end);
        let from = end + usize::from(linked);
        if let Some((value, after)) = look(text, lexemes, from, &ONES) {
            let fits = current == 0.0 || current % 100.0 == 0.0 || (value < 10.0 && fits_tens(current));
            if !fits || (linked && !link_fits(text, lexemes, end, total, current)) {
                break;
            }
            (current, end) = (current + value, after);
        } else if let Some((value, after)) = look(text, lexemes, from, &TENS) {
            if current % 100.0 != 0.0 || (linked && !link_fits(text, lexemes, end, total, current)) {
                break;
            }
            (current, end) = (current + value, after);
        } else if let Some((scale, after)) = look(text, lexemes, end, &SCALES).filter(|_| end > at) {
            if current == 0.0 || scale >= least_scale {
                break;
            }
            if scale == 100.0 || scale == 12.0 {
                if current >= 100.0 {
                    break;
                }
                current *= scale;
            } else {
                (total, current, least_scale) = (total + current * scale, 0.0, scale);
            }
            end = after;
        } else {
            break;
        }
    }
    let bare = end == at || (end == at + 1 && current == 1.0 && !lexemes[at].is_word(text, "one"));
    let zero = lexemes[at].is_word(text, "zero");
    match (bare, zero) {
        (true, true) => Some(Reading { end: at + 1, value: 0.0, written: Written::Words }),
        (true, false) => None,
        _ => Some(Reading { end, value: total + current, written: Written::Words }),
    }
}

/// "and a half" before a scale: "two and a half million".
fn and_a_half(text: &str, lexemes: &[Lexeme], at: usize) -> bool {
    let is = |n: usize, w: &str| lexemes.get(at + n).is_some_and(|l| l.is_word(text, w));
    is(0, "and") && is(1, "a") && is(2, "half") && scale(text, lexemes, at + 3).is_some_and(|s| s >= 1000.0)
}

fn fits_tens(current: f64) -> bool {
    let tens = current % 100.0;
    tens >= 20.0 && tens % 10.0 == 0.0
}

/// "-" or "and" between the words of a number.
fn is_link(text: &str, lexemes: &[Lexeme], at: usize) -> bool {
    lexemes.get(at).is_some_and(|l| (l.glued && l.is_mark(text, "-")) || l.is_word(text, "and"))
}

/// "twenty-five" and "hundred and five" are numbers; "five and six" are two.
fn link_fits(text: &str, lexemes: &[Lexeme], at: usize, total: f64, current: f64) -> bool {
    if lexemes[at].is_mark(text, "-") {
        return lexemes.get(at + 1).is_some_and(|l| l.glued) && fits_tens(current);
    }
    (current >= 100.0 && current % 100.0 == 0.0) || (current == 0.0 && total > 0.0)
}

fn look(text: &str, lexemes: &[Lexeme], at: usize, table: &[(&str, f64)]) -> Option<(f64, usize)> {
    let lexeme = lexemes.get(at).filter(|l| l.shape == Shape::Word && (3..=9).contains(&l.span.len()))?;
    let word = lexeme.span.of(text);
    table.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, value)| (*value, at + 1))
}

const ONES: [(&str, f64); 19] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
];

const TENS: [(&str, f64); 9] = [
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fourty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

const SCALES: [(&str, f64); 8] = [
    ("dozen", 12.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("lakh", 1e5),
    ("million", 1e6),
    ("crore", 1e7),
    ("billion", 1e9),
    ("trillion", 1e12),
];

const ORDINALS: [(&str, f64); 30] = [
    ("first", 1.0),
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("eleventh", 11.0),
    ("twelfth", 12.0),
    ("thirteenth", 13.0),
    ("fourteenth", 14.0),
    ("fifteenth", 15.0),
    ("sixteenth", 16.0),
    ("seventeenth", 17.0),
    ("eighteenth", 18.0),
    ("nineteenth", 19.0),
    ("twentieth", 20.0),
    ("thirtieth", 30.0),
    ("fortieth", 40.0),
    ("fiftieth", 50.0),
    ("sixtieth", 60.0),
    ("seventieth", 70.0),
    ("eightieth", 80.0),
    ("ninetieth", 90.0),
    ("hundredth", 100.0),
    ("thousandth", 1e3),
    ("millionth", 1e6),
];

/// Every word that an ordinal in words can begin with.
pub(crate) fn first_ordinal_words() -> impl Iterator<Item = &'static str> {
    ORDINALS.iter().chain(&TENS).map(|(w, _)| *w)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexeme::lexemes;

    fn read(text: &str) -> Option<(f64, String)> {
        let l = lexemes(text);
        cardinal(text, &l, 0).map(|r| (r.value, text[..l[r.end - 1].span.end()].to_owned()))
    }

    #[test]
    fn cardinals_in_words_and_digits() {
        for (text, value) in [
            ("1,234", 1234.0),
            ("30,000", 30000.0),
            ("3.5", 3.5),
            ("1.5 million", 1.5e6),
            ("2m", 2e6),
            ("six thousand", 6000.0),
            ("half a million", 5e5),
            ("a quarter of a million", 2.5e5),
            ("one and a half million", 1.5e6),
            ("a dozen", 12.0),
            ("two dozen", 24.0),
            ("ninety-eight", 98.0),
            ("a hundred", 100.0),
            ("one hundred and five", 105.0),
            ("two hundred thousand", 200000.0),
            ("two thousand and sixteen", 2016.0),
            ("twenty four", 24.0),
            ("three million, ", 3e6),
        ] {
            let (got, words) = read(text).unwrap_or_else(|| panic!("no number in {text}"));
            assert!((got - value).abs() < 1e-6, "{text}: {got}");
            assert_eq!(words, text.trim_end_matches(", "), "{text}");
        }
    }

    #[test]
    fn a_number_ends_where_the_next_begins() {
        assert_eq!(read("five and six").map(|r| r.0), Some(5.0));
        assert_eq!(read("12, 13").map(|r| r.0), Some(12.0));
        assert_eq!(read("1,23").map(|r| r.0), Some(1.0));
        assert_eq!(read("a man"), None);
        assert_eq!(read("hundred men"), None);
        assert_eq!(read("one two").map(|r| r.0), Some(1.0));
    }

    #[test]
    fn ordinals() {
        let of = |text: &str| ordinal(text, &lexemes(text), 0).map(|r| r.value);
        assert_eq!(of("3rd"), Some(3.0));
        assert_eq!(of("twenty-first"), Some(21.0));
        assert_eq!(of("twelfth"), Some(12.0));
        assert_eq!(of("3 rd"), None);
    }
}
