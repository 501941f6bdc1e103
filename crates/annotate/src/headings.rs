//! What stands at the beginning of a line and is no part of its first sentence? A dateline, or the clock of a live blog.

use crate::ends::Line;

/// How many tokens at the beginning of a line are no part of its first sentence: a dateline or a clock.
pub fn heading(line: &Line) -> usize {
    let clock = clock(line);
    if clock > 0 { clock } else { dateline(line) }
}

/// "19:05 The governor …", "19:05 GMT - …".
fn clock(line: &Line) -> usize {
    let (hours, minutes) = line.form(0).split_once([':', '.']).unwrap_or_default();
    let digits = |s: &str, least: usize| (least..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let colon = line.form(0).contains(':');
    if !digits(hours, 1) || !digits(minutes, 2) || line.pieces.len() < 3 {
        return 0;
    }
    let mut n = 1;
    while ["am", "pm", "a.m.", "p.m.", "gmt", "utc", "hrs", "local", "time"]
        .iter()
        .any(|w| line.form(n).eq_ignore_ascii_case(w))
    {
        n += 1;
    }
    let parted = matches!(line.form(n), "-" | "–" | "—" | "--" | "|" | ":") && !line.glued(n);
    match parted {
        true => n + 1,
        false if colon && line.shape(n) == "capital" => n,
        false => 0,
    }
}

/// "TAMM, Orrin (AFP) — Four", "PORT SEL, Monday, March 5, 2018 | Traders", "MOSCOW, May 3. /TASS/. The".
fn dateline(line: &Line) -> usize {
    let first = line.form(0);
    let shouted = line.shape(0) == "capitals" && first.chars().count() > 2 || first == "UN";
    let mut agency = false;
    for i in 0..line.pieces.len().min(24) {
        let form = line.form(i);
        let spaced = !line.glued(i) && i + 1 < line.pieces.len();
        let parts = matches!(form, "-" | "–" | "—" | "--" | "|") && i > 0 && spaced;
        let loose = i > 0 && (!line.glued(i - 1) || matches!(line.form(i - 1), ")" | "/"));
        if parts && (loose || form.len() > 1) && (shouted || agency) {
            return i + 1;
        }
        let slashed = matches!(form, ".") && i > 1 && line.form(i - 1) == "/" && shouted && spaced;
        let wire = form == "." && i > 3 && shouted && line.shape(i - 1) == "capitals" && line.form(i - 2) == ",";
        if slashed || (wire && spaced) {
            return i + 1;
        }
        agency |= form == ")" && i > 1 && i < 12;
        let joins = matches!(form, "," | "(" | ")" | "/" | "." | "-" | "’" | "'") || line.shape(i) == "clitic";
        let named = matches!(line.shape(i), "capital" | "capitals" | "9" | "initial" | "other");
        let small = matches!(form, "and" | "of" | "al" | "de" | "el" | "near" | "the" | "in");
        if !(joins || named || (small && i > 0)) {
            return 0;
        }
    }
    0
}
