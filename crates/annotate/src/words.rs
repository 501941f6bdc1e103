//! Which characters hang together as one written word?

use crate::abbreviations::Abbreviation;
use crate::affixes;
use crate::tokens::Kind;

/// Words with a stroke that are one word.
const STROKES: [&str; 12] = ["w/o", "w/out", "s/he", "l/c", "i/c", "n/a", "a/c", "b/c", "b/t", "i/s", "i/o", "k/psu"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a mark inside a word does.
enum Join {
    /// The word goes on after it.
    On,
    /// The word ends before it.
    Stop,
    /// The word ends with it.
    End(Kind),
}

/// Length and kind of the word that `rest` starts with.
pub fn word(rest: &str) -> (usize, Kind) {
    let mut i = run(rest, 0);
    while let Some(c) = rest[i..].chars().next() {
        let join = match c {
            '.' => at_stop(rest, i),
            '-' | '\u{2010}' | '\u{2011}' => on_if(affixes::keeps_hyphen(rest, i, c.len_utf8())),
            '/' if rest[..i].eq_ignore_ascii_case("w") && !rest[i + 1..].starts_with(is_word) => Join::End(Kind::Word),
            '/' => on_if(at_stroke(rest, i)),
            '&' => on_if(at_ampersand(rest, i)),
            ',' | ':' => on_if(between(rest, i, |n| n.is_ascii_digit())),
            '@' | '*' => on_if(between(rest, i, char::is_alphabetic)),
            '$' => at_dollar(rest, i),
            _ if is_apostrophe(c) => on_if(at_apostrophe(rest, i, c)),
            _ => Join::Stop,
        };
        match join {
            Join::On => i = run(rest, i + c.len_utf8()),
            Join::Stop => break,
            Join::End(kind) => return (i + c.len_utf8(), kind),
        }
    }
    (i, Kind::Word)
}

/// Whether a character belongs to words.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '\u{ad}' || is_combining(c)
}

/// Whether a character modifies the one before it.
pub fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}')
}

/// Whether a character may stand for an apostrophe.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´')
}

/// A stop at byte `i`: inside a number, a dotted acronym, after an abbreviation, or the end of a sentence.
fn at_stop(rest: &str, i: usize) -> Join {
    let (word, after) = (&rest[..i], &rest[i + 1..]);
    if between(rest, i, |c| c.is_ascii_digit()) {
        return Join::On;
    }
    let mut coming = after.chars();
    let (next, second) = (coming.next(), coming.next());
    let letters = dotted(word);
    if next.is_some_and(char::is_alphanumeric) {
        let alone = second.is_none_or(|c| !is_word(c));
        if letters && next.is_some_and(char::is_alphabetic) {
            return if alone { Join::On } else { Join::End(Kind::Abbreviation(Abbreviation::Dotted)) };
        }
        let tail = run(after, 0);
        if Abbreviation::of(&rest[..i + 1 + tail]).is_some() {
            return Join::On;
        }
        let class = Abbreviation::of(word);
        let glued = match class {
            Some(Abbreviation::Title) => next.is_some_and(char::is_uppercase),
            Some(Abbreviation::Number | Abbreviation::Month) => next.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        return class.filter(|_| glued).map_or(Join::Stop, |c| Join::End(Kind::Abbreviation(c)));
    }
    if after.starts_with("..") {
        return Join::Stop;
    }
    let class = Abbreviation::of(word).filter(|c| fits(*c, after)).or_else(|| {
        let acronym = letters && (word.len() > 1 || (initial(word) && continues(after)));
        acronym.then_some(if word.len() > 1 { Abbreviation::Dotted } else { Abbreviation::Initial })
    });
    class.map_or(Join::Stop, |c| Join::End(Kind::Abbreviation(c)))
}

/// Whether an abbreviation of this class can stand before `after`, the rest of its line behind the stop.
fn fits(class: Abbreviation, after: &str) -> bool {
    let next = after.trim_start().chars().next();
    let digit = next.is_some_and(|c| c.is_ascii_digit());
    match class {
        Abbreviation::Title => next.is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“' | '(' | '\'')),
        Abbreviation::Number => digit,
        Abbreviation::Day => digit || after.starts_with(',') || names_month(after),
        Abbreviation::Month => digit || next.is_some_and(|c| c == ',' || c.is_lowercase()),
        _ => true,
    }
}

fn names_month(after: &str) -> bool {
    let word = after.trim_start();
    let word = &word[..run(word, 0)];
    MONTHS.contains(&word) || Abbreviation::of(word) == Some(Abbreviation::Month)
}

/// Whether `word` names a month or a day of the week, written out or not.
pub fn names_date(word: &str) -> bool {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let short = matches!(Abbreviation::of(word), Some(Abbreviation::Month | Abbreviation::Day));
    short || MONTHS.contains(&word) || days.contains(&word)
}

/// Whether `word` is letters with a stop between each two, or one letter.
pub fn dotted(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// A capital that may stand for a first name; "I" is the pronoun.
fn initial(word: &str) -> bool {
    word != "I" && word.chars().all(char::is_uppercase)
}

/// Whether a name can go on after an initial.
fn continues(after: &str) -> bool {
    let next = after.trim_start().chars().next();
    next.is_some_and(|c| c.is_uppercase() || c == ',' || (c == '-' && after.starts_with('-')))
}

fn at_stroke(rest: &str, i: usize) -> bool {
    let end = run(rest, i + 1);
    let whole = &rest[..end];
    if STROKES.iter().any(|s| whole.eq_ignore_ascii_case(s)) {
        return true;
    }
    let digits = |s: &str| (1..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = whole.split('/').collect();
    if !parts.iter().all(|p| digits(p)) {
        return false;
    }
    let value = |n: usize| parts[n].parse::<u32>().unwrap_or(0);
    let longer = rest[end..].starts_with('/') && rest[end + 1..].starts_with(|c: char| c.is_ascii_digit());
    let fraction = value(0) < value(1) && value(1) <= 5;
    let day = (1..=12).contains(&value(0)) && (1..=31).contains(&value(1));
    let date = (1..=31).contains(&value(0)) && (1..=31).contains(&value(1));
    (parts.len() == 2 && ((longer && date) || (day && !fraction && value(0) != 7))) || parts.len() == 3
}

fn at_ampersand(rest: &str, i: usize) -> bool {
    let (left, right) = (&rest[..i], &rest[i + 1..run(rest, i + 1)]);
    let upper = |s: &str| s.bytes().all(|b| b.is_ascii_uppercase());
    let lower = |s: &str| s.bytes().all(|b| b.is_ascii_lowercase());
    let short = (1..=3).contains(&left.len()) && (1..=2).contains(&right.len());
    short && ((upper(left) && upper(right)) || (lower(left) && lower(right) && left.len() == 1))
}

fn at_apostrophe(rest: &str, i: usize, c: char) -> bool {
    let next = rest[i + c.len_utf8()..].chars().next();
    let digit_before = rest[..i].ends_with(|b: char| b.is_ascii_digit());
    match c {
        '`' | '´' => rest[i + c.len_utf8()..].starts_with(['s', 't', 'm']) && next.is_some(),
        _ if digit_before => next == Some('s'),
        _ => next.is_some_and(char::is_alphabetic),
    }
}

fn at_dollar(rest: &str, i: usize) -> Join {
    let country = i <= 3 && rest[..i].bytes().all(|b| b.is_ascii_uppercase());
    let amount = rest[i + 1..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    if country && amount { Join::End(Kind::Word) } else { Join::Stop }
}

/// Whether the characters on both sides of the ASCII mark at byte `i` satisfy `is`.
fn between(rest: &str, i: usize, is: fn(char) -> bool) -> bool {
    let both = |a: char, b: char| is(a) && is(b);
    rest[..i].chars().next_back().zip(rest[i + 1..].chars().next()).is_some_and(|(a, b)| both(a, b))
}

fn on_if(on: bool) -> Join {
    if on { Join::On } else { Join::Stop }
}

/// End of the run of word characters that starts at byte `from`.
pub fn run(rest: &str, from: usize) -> usize {
    let bytes = rest.as_bytes();
    let ascii = bytes[from..].iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'_'));
    let at = ascii.map_or(rest.len(), |n| from + n);
    if at == rest.len() || bytes[at] < 128 {
        return at;
    }
    rest[at..].find(|c: char| !is_word(c)).map_or(rest.len(), |n| at + n)
}
