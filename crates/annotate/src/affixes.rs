//! Which hyphens stand inside one token? Those behind or before an affix, and those of telephone numbers and dates.

/// Affixes that are no words of their own, at the beginning of a word.
const PREFIXES: [&str; 51] = [
    "agro", "ante", "anti", "arch", "bi", "bio", "co", "counter", "cross", "cyber", "de", "e", "em", "en", "ex",
    "extra", "fore", "hyper", "infra", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mono",
    "multi", "neo", "non", "over", "pan", "para", "peri", "poly", "post", "pre", "pro", "proto", "pseudo", "psycho",
    "quasi", "re", "semi", "socio", "sub", "super", "trans", "tri", "ultra",
];

/// Affixes that are no words of their own, at the end of a word.
const SUFFIXES: [&str; 9] = ["esque", "ette", "fest", "fold", "gate", "itis", "less", "most", "wise"];

/// Whether the hyphen at byte `i` of `rest`, `len` bytes long, belongs to the token that `rest` starts with.
pub fn keeps_hyphen(rest: &str, i: usize, len: usize) -> bool {
    let next = rest[i + len..].chars().next();
    if !next.is_some_and(char::is_alphanumeric) {
        return false;
    }
    if rest.as_bytes()[0].is_ascii_digit() {
        return numeric(rest, i);
    }
    let (left, right) = (&rest[..i], &rest[i + len..crate::words::run(rest, i + len)]);
    // "non-adult-like" falls apart at both.
    let last = !rest[i + len + right.len()..].starts_with(['-', '\u{2010}', '\u{2011}']);
    let prefix = PREFIXES.iter().any(|p| left.eq_ignore_ascii_case(p));
    // "A-1", "E-3" and "Pro-2" are names of things.
    let capital = left.len() == 1 && left.as_bytes()[0].is_ascii_uppercase();
    let joined = prefix && right.starts_with(char::is_alphabetic) && (!capital || right.starts_with("mail"));
    let years = matches!(left, "mid" | "Mid" | "pre" | "Pre" | "post" | "Post") && right.starts_with(char::is_numeric);
    last && (joined || years || SUFFIXES.contains(&right))
}

/// Telephone numbers, postal codes and dates stay whole; "5-10" and "1969-1970" are ranges.
fn numeric(rest: &str, i: usize) -> bool {
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
    if i > end {
        return false;
    }
    let groups: Vec<usize> = rest[..end].trim_end_matches('-').split('-').map(str::len).collect();
    match groups[..] {
        [first, second] => matches!((first, second), (3, 4) | (5, 4)),
        [..] => groups.len() > 2 && !groups.contains(&0),
    }
}
