//! How well are time expressions found and valued? Measured on the English DateTime cases of Recognizers-Text (MIT),
//! which are read where they lie and never copied.
//!
//! Those cases are made for an assistant that is spoken to, Standoff for newspapers. What is left out, and what counts
//! as right, is said here and nowhere else:
//!
//! - Left out are cases that the suite itself marks as unsupported on all its four platforms, and expressions with a
//!   day and month in digits that could be either (`10/1`): these have no value in Standoff, by design.
//! - Left out too are what the suite itself leaves unresolved (30 February, fiscal and school years), feasts of lunar
//!   calendars (it has tables of them), meals as times of the day, operators of queries ("> 6pm"), and what it counts
//!   from the day of writing but a newspaper from another event ("the day before", "three weeks later", "the same
//!   week"): of these Standoff gives the words without a value.
//! - A span is right if both agree after leading prepositions, articles and "around", and a zone at the end, are taken
//!   off (the suite's own program does not read zones on most platforms).
//! - Where the suite lists a past and a future reading, or two halves of the day, either is right.
//! - Ends of stretches may be the last part in it (Standoff) or the first after it (the suite).
//! - A quarter or week named as the end is in the stretch. Parts of a day and of a month have no bounds in Standoff:
//!   the whole day with the part's name, the whole month, is right. So is a month or year for what is counted in months
//!   or years ("two months ago"), a day more or less for stretches counted from the day of writing, and an unsaid
//!   number of days for "a few days" (3 in the suite).

mod suite;

use std::collections::BTreeMap;
use std::path::Path;

use annotate::times::Tagger;
use anyhow::{Context as _, Result, anyhow};
use evidence::time::{Iso, TimeExpression};
use evidence::{Basis, Published};
use serde_json::Value;
use suite::{Gold, Reading, is_ambiguous};

/// The files that are scored; the others of the suite test modes of its own program.
const FILES: [&str; 21] = [
    "DateTimeModel",
    "DateExtractor",
    "DateParser",
    "DatePeriodExtractor",
    "DatePeriodParser",
    "DateTimeExtractor",
    "DateTimeParser",
    "DateTimePeriodExtractor",
    "DateTimePeriodParser",
    "DurationExtractor",
    "DurationParser",
    "HolidayExtractor",
    "HolidayParser",
    "MergedExtractor",
    "MergedParser",
    "SetExtractor",
    "SetParser",
    "TimeExtractor",
    "TimeParser",
    "TimePeriodExtractor",
    "TimePeriodParser",
];

/// What was counted for one file.
#[derive(Debug, Default, Clone, Copy)]
pub struct Score {
    /// Expressions that are scored.
    pub applicable: usize,
    /// Of these, with the right span.
    pub found: usize,
    /// Applicable expressions whose value the suite tells (extractor files tell none).
    pub with_value: usize,
    /// Of these, with the right span and value.
    pub valued: usize,
    /// Expressions given where the suite has none overlapping.
    pub spurious: usize,
    /// Cases that the suite marks as unsupported everywhere.
    pub unsupported: usize,
    /// Expressions with an ambiguous date in digits.
    pub ambiguous: usize,
    /// Expressions that the suite leaves unresolved, and meals.
    pub unresolved: usize,
    /// Expressions that count from an event which only the text around tells.
    pub elsewhere: usize,
}

/// Scores every file in `folder`; each miss is handed to `miss` as a line.
///
/// # Errors
/// If a file cannot be read or is no list of cases.
pub fn score(folder: &Path, miss: &mut dyn FnMut(String)) -> Result<BTreeMap<&'static str, Score>> {
    let tagger = Tagger::new().map_err(|e| anyhow!("cannot {e}"))?;
    let mut out = BTreeMap::new();
    for file in FILES {
        let path = folder.join(format!("{file}.json"));
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let cases: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .with_context(|| format!("cannot read {}", path.display()))?;
        let cases = cases.as_array().with_context(|| format!("{}: a list of cases is wanted", path.display()))?;
        let mut score = Score::default();
        for case in cases {
            score_case(&tagger, case, &mut score, &mut |line| miss(format!("{file}: {line}")));
        }
        out.insert(file, score);
    }
    Ok(out)
}

/// A table of the scores, with their sum.
pub fn table(scores: &BTreeMap<&'static str, Score>) -> String {
    let mut out = format!(
        "{:<24}{:>10}{:>8}{:>8}{:>11}{:>18}{:>10}{:>13}{:>11}{:>12}{:>11}\n",
        "file",
        "applicable",
        "found",
        "%",
        "with value",
        "found and valued",
        "spurious",
        "unsupported",
        "ambiguous",
        "unresolved",
        "elsewhere"
    );
    let mut all = Score::default();
    let share = |n: usize, of: usize| if of == 0 { 100.0 } else { 100.0 * n as f64 / of as f64 };
    let mut line = |name: &str, s: &Score| {
        out += &format!(
            "{name:<24}{:>10}{:>8}{:>7.1}%{:>11}{:>10}{:>7.1}%{:>10}{:>13}{:>11}{:>12}{:>11}\n",
            s.applicable,
            s.found,
            share(s.found, s.applicable),
            s.with_value,
            s.valued,
            share(s.valued, s.with_value),
            s.spurious,
            s.unsupported,
            s.ambiguous,
            s.unresolved,
            s.elsewhere
        );
    };
    for (name, s) in scores {
        line(name, s);
        all.applicable += s.applicable;
        all.found += s.found;
        all.with_value += s.with_value;
        all.valued += s.valued;
        all.spurious += s.spurious;
        all.unsupported += s.unsupported;
        all.ambiguous += s.ambiguous;
        all.unresolved += s.unresolved;
        all.elsewhere += s.elsewhere;
    }
    line("all", &all);
    out
}

fn score_case(tagger: &Tagger, case: &Value, score: &mut Score, miss: &mut dyn FnMut(String)) {
    let text = case["Input"].as_str().unwrap_or_default();
    let platforms = format!("{} {}", case["NotSupported"], case["NotSupportedByDesign"]).to_lowercase();
    let names: Vec<&str> = platforms.split(|c: char| !c.is_alphanumeric()).collect();
    if ["dotnet", "java", "javascript", "python"].iter().all(|p| names.contains(p)) {
        score.unsupported += 1;
        return;
    }
    let published = published(case["Context"]["ReferenceDateTime"].as_str());
    let times = tagger.find(text, &published);
    let mut taken = vec![false; times.len()];
    for gold in case["Results"].as_array().into_iter().flatten() {
        let Some(gold) = Gold::read(text, gold) else { continue };
        for (time, taken) in times.iter().zip(&mut taken) {
            *taken |= time.span.start() < gold.end && gold.start < time.span.end();
        }
        if is_ambiguous(&text[gold.start..gold.end], &gold.kind) {
            score.ambiguous += 1;
            continue;
        }
        let words = text[gold.start..gold.end].to_lowercase();
        let query = words.starts_with(['<', '>', '=']);
        let meal = ["lunch", "dinner", "breakfast"].iter().any(|m| words.contains(m));
        if query || meal || gold.values.iter().any(Reading::is_unresolved) {
            score.unresolved += 1;
            continue;
        }
        if gold.counts_from_elsewhere(&text[gold.start..gold.end]) {
            score.elsewhere += 1;
            continue;
        }
        score.applicable += 1;
        score.with_value += usize::from(!gold.values.is_empty());
        let wanted = trimmed(text, gold.start, gold.end);
        let same = times.iter().find(|t| trimmed(text, t.span.start(), t.span.end()) == wanted);
        let valued = same.is_some_and(|t| gold.values.iter().any(|v| v.agrees(&gold, t, &text[gold.start..gold.end])));
        score.found += usize::from(same.is_some());
        score.valued += usize::from(valued);
        if same.is_none() || !(valued || gold.values.is_empty()) {
            let got: Vec<_> = times.iter().map(|t| shown(text, t)).collect();
            let what = if same.is_none() { "SPAN" } else { "VALUE" };
            miss(format!(
                "{what} {text:?} @{:?}\n    wanted {gold}\n    got    {got:?}",
                published.value.as_ref().map(Iso::as_str)
            ));
        }
    }
    for (time, _) in times.iter().zip(taken).filter(|(_, taken)| !taken) {
        score.spurious += 1;
        miss(format!("SPURIOUS {text:?}\n    got    {}", shown(text, time)));
    }
}

/// A span without the prepositions, articles and "around" in front, and without a full stop at its end.
fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let (mut start, mut end) = (start, end);
    loop {
        let words = text[start..end].to_lowercase();
        let lead = [
            "circa ", "in ", "on ", "at ", "the ", "for ", "of ", "around ", "about ", "over ", "during ", "by the ",
            "a ",
        ];
        let Some(lead) = lead.iter().find(|l| words.starts_with(**l)) else { break };
        start += lead.len();
        start += text[start..end].len() - text[start..end].trim_start().len();
    }
    loop {
        let words = text[start..end].trim_end_matches(['.', ' ', ',']).to_lowercase();
        end = start + words.len();
        let zone =
            ["gmt", "utc", "pst", "est", "cst", "cet", "pt", "et"].iter().find(|z| words.ends_with(&format!(" {z}")));
        let Some(zone) = zone else { break };
        end -= zone.len() + 1;
    }
    (start, end)
}

fn published(reference: Option<&str>) -> Published {
    let clock = reference.and_then(|r| r.get(..19)).and_then(Iso::parse);
    match clock {
        None => Published::unknown(),
        Some(value) => {
            Published { precision: Some(value.precision()), value: Some(value), basis: Basis::Given, spans: Vec::new() }
        }
    }
}

fn shown(text: &str, t: &TimeExpression) -> String {
    let iso = |i: &Option<Iso>| i.as_ref().map(Iso::to_string).unwrap_or_default();
    format!(
        "{} = {}..{} ~ {} by {}",
        t.span.of(text),
        iso(&t.value),
        iso(&t.end),
        t.timex.as_deref().unwrap_or("-"),
        t.rule
    )
}
