//! Which written words are several syntactic words? Those with clitics, and numbers with their units.

use crate::words::is_apostrophe;

/// Units that are written against their number.
const UNITS: [&str; 48] = [
    "am", "pm", "k", "m", "mm", "cm", "km", "kms", "nm", "ft", "in", "lb", "lbs", "kg", "kgs", "mg", "g", "t", "bn",
    "mn", "mln", "bln", "tn", "million", "billion", "trillion", "mph", "kph", "kmh", "h", "hr", "hrs", "min", "mins",
    "sec", "secs", "gmt", "utc", "est", "edt", "hz", "mhz", "ghz", "gb", "mb", "kw", "mw", "x",
];

/// Where a number and the unit written against it fall apart: the 2 of "20km".
pub fn unit(form: &str) -> Option<usize> {
    let first = form.as_bytes().first()?;
    if !first.is_ascii_digit() && *first != b'.' {
        return None;
    }
    let at = form.find(|c: char| c.is_ascii_alphabetic())?;
    let letters = &form[at..];
    let word = letters.bytes().all(|b| b.is_ascii_alphabetic());
    let known = UNITS.iter().any(|u| letters.eq_ignore_ascii_case(u)) && letters != "T" && letters != "H";
    (word && (known || (at > 1 && letters.len() > 4 && letters.bytes().all(|b| b.is_ascii_lowercase())))).then_some(at)
}

/// Where the clitics of a word begin, at most two: after "do" in "don't", after "gon" in "gonna".
pub fn cuts(form: &str) -> [Option<usize>; 2] {
    if form.len() < 2 {
        return [None, None];
    }
    if form.bytes().all(|b| b.is_ascii_alphabetic()) {
        return fused(form);
    }
    let Some((at, mark)) = form.char_indices().rfind(|(_, c)| is_apostrophe(*c)) else { return [None, None] };
    let (host, tail) = (&form[..at], &form[at + mark.len_utf8()..]);
    if host.is_empty() {
        return [None, None];
    }
    if tail.eq_ignore_ascii_case("t") {
        let n = host.len() - 1;
        return [(host.len() > 1 && host.ends_with(['n', 'N'])).then_some(n), None];
    }
    let clitic = match tail.to_ascii_lowercase().as_str() {
        "s" => !host.ends_with(['0', '1']) || !host.bytes().all(|b| b.is_ascii_digit()),
        "m" => matches!(host, "I" | "i"),
        "d" | "ll" | "ve" | "re" => host.bytes().all(|b| b.is_ascii_alphabetic()),
        _ => false,
    };
    [clitic.then_some(at), None]
}

/// Words that are written as one without an apostrophe.
fn fused(form: &str) -> [Option<usize>; 2] {
    if !(2..=8).contains(&form.len()) {
        return [None, None];
    }
    let mut lower = [0u8; 8];
    for (l, b) in lower.iter_mut().zip(form.bytes()) {
        *l = b.to_ascii_lowercase();
    }
    let at = match &lower[..form.len()] {
        b"dunno" => return [Some(2), Some(3)],
        b"im" if !form.ends_with('M') => 1,
        b"ive" if !form.ends_with('E') => 1,
        b"cannot" | b"gonna" | b"wanna" | b"gotta" | b"gimme" | b"lemme" | b"outta" | b"gotcha" => 3,
        b"cant" | b"wont" | b"aint" | b"dont" | b"isnt" | b"arent" | b"didnt" | b"doesnt" | b"wasnt" | b"werent"
        | b"hasnt" | b"havent" | b"hadnt" | b"couldnt" | b"wouldnt" | b"shouldnt" => form.len() - 2,
        b"thats" | b"whats" | b"theres" => form.len() - 1,
        b"youre" | b"youve" | b"youll" => 3,
        b"theyre" | b"theyve" | b"theyll" => 4,
        _ => return [None, None],
    };
    [Some(at), None]
}
