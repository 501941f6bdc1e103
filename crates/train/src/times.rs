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

use std::collections::BTreeMap;
use std::path::Path;

use annotate::times::Tagger;
use anyhow::{Context as _, Result, anyhow};
use evidence::time::{Iso, TimeExpression};
use evidence::{Basis, Published};
use serde_json::Value;

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

/// An expression of the suite.
struct Gold {
    start: usize,
    end: usize,
    kind: String,
    values: Vec<Reading>,
}

/// One reading of it.
#[derive(Debug, Default)]
struct Reading {
    timex: String,
    modifier: String,
    value: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

impl std::fmt::Display for Gold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{} {}", self.start, self.end, self.kind)?;
        for v in &self.values {
            write!(f, " | {} {} {:?} {:?}..{:?}", v.timex, v.modifier, v.value, v.start, v.end)?;
        }
        Ok(())
    }
}

impl Gold {
    /// Whether a newspaper counts such words from an event and not from the day of writing.
    fn counts_from_elsewhere(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let undefined = self.values.iter().any(|v| v.modifier == "ref_undef");
        let after = ["later", "day before", "day after", "next day", "following day", "next night"]
            .iter()
            .any(|w| words.ends_with(w));
        undefined || after || ["same week", "same month", "same year"].contains(&words.as_str())
    }

    fn read(text: &str, result: &Value) -> Option<Self> {
        let words = result["Text"].as_str()?;
        let from = result["Start"].as_u64()? as usize;
        let start = text.char_indices().nth(from).map(|(at, _)| at)?;
        let length = words.chars().count();
        let end = text[start..].char_indices().nth(length).map_or(text.len(), |(at, _)| start + at);
        let kind =
            result["TypeName"].as_str().or(result["Type"].as_str())?.trim_start_matches("datetimeV2.").to_owned();
        let string = |v: &Value| v.as_str().map(str::to_owned);
        let mut values = Vec::new();
        let listed = ["Resolution", "Value"].iter().find_map(|k| result[k]["values"].as_array());
        for value in listed.into_iter().flatten() {
            values.push(Reading {
                timex: string(&value["timex"]).unwrap_or_default(),
                modifier: string(&value["Mod"]).unwrap_or_default(),
                value: string(&value["value"]),
                start: string(&value["start"]),
                end: string(&value["end"]),
            });
        }
        let value = &result["Value"];
        for name in ["FutureResolution", "PastResolution"] {
            let Some(fields) = value[name].as_object().filter(|f| !f.is_empty()) else { continue };
            let timex = string(&value["Timex"]).unwrap_or_default();
            let mut reading =
                Reading { timex, modifier: string(&value["Mod"]).unwrap_or_default(), ..Reading::default() };
            for (key, value) in fields {
                match key.as_str() {
                    k if k.starts_with("start") => reading.start = string(value),
                    k if k.starts_with("end") => reading.end = string(value),
                    _ => reading.value = string(value),
                }
            }
            values.push(reading);
        }
        Some(Self { start, end, kind, values })
    }
}

impl Reading {
    /// Whether the suite has no value either, or a meal.
    fn is_unresolved(&self) -> bool {
        let no_date = self.value.as_deref() == Some("0001-01-01")
            || self.timex.contains("-02-30")
            || self.timex.contains("2019-02-29");
        // Feasts of lunar calendars: the suite has tables, and no TIMEX.
        let lunar = self.timex.is_empty() && self.value.is_some();
        no_date || lunar || ["FY", "SY"].iter().any(|w| self.timex.starts_with(w)) || self.timex.contains("TME")
    }

    fn agrees(&self, gold: &Gold, time: &TimeExpression, words: &str) -> bool {
        let timex = time.timex.as_deref().unwrap_or_default();
        let counted = ["few", "several", "some"].iter().any(|w| words.to_lowercase().contains(w));
        if counted && time.value.is_none() && timex.contains('X') {
            return gold.kind == "date" || self.timex.contains(&timex[timex.len() - 1..]);
        }
        match gold.kind.as_str() {
            "set" => self.timex == timex,
            "duration" => self.same_length(timex, words),
            // "Mid-morning" is ten o'clock in the suite.
            "time"
                if !words.contains(|c: char| c.is_ascii_digit()) && ["TMO", "TAF", "TEV", "TNI"].contains(&timex) =>
            {
                true
            }
            "time" => self
                .value
                .as_deref()
                .is_some_and(|v| timex.get(1..).is_some_and(|t| timex.starts_with('T') && same_time(v, t))),
            "date" | "datetime" => {
                self.value.as_deref().is_some_and(|v| time.value.as_ref().is_some_and(|o| same_moment(v, o)))
            }
            _ => self.same_stretch(time, timex, words),
        }
    }

    /// Lengths in seconds, as the suite counts months and years; "a few days" has no count of its own.
    fn same_length(&self, timex: &str, words: &str) -> bool {
        let unsaid = timex.contains('X') && ["few", "several", "some"].iter().any(|w| words.to_lowercase().contains(w));
        let letters = |t: &str| t.chars().filter(|c| c.is_ascii_uppercase() && *c != 'X').collect::<String>();
        if unsaid {
            return letters(timex) == letters(&self.timex);
        }
        self.timex == timex || seconds(&self.timex).is_some_and(|s| seconds(timex).is_some_and(|o| (s - o).abs() < 0.5))
    }

    fn same_stretch(&self, time: &TimeExpression, timex: &str, words: &str) -> bool {
        if self.value.as_deref() == Some("not resolved") {
            return self.timex == timex.trim_start_matches("XXXX-");
        }
        let part = |t: &str| {
            t.split_once('T')
                .map(|(_, p)| p.to_owned())
                .filter(|p| p.len() >= 2 && p.bytes().all(|b| b.is_ascii_uppercase()))
        };
        if let Some(wanted) = part(&self.timex) {
            let same_part = part(timex).is_some_and(|p| p[..2] == wanted[..2] || (p == "NI" && wanted == "NT"));
            let day = self.start.as_deref().and_then(|s| s.get(..10)).filter(|d| d.as_bytes()[4] == b'-');
            return same_part && day.is_none_or(|d| time.value.as_ref().is_some_and(|v| v.date() == d));
        }
        let (value, end) = (time.value.as_ref(), time.end.as_ref());
        if self.start.as_deref().is_some_and(|s| s.contains(':') && !s.contains('-'))
            || (self.start.is_none() && self.end.as_deref().is_some_and(|s| s.contains(':') && !s.contains('-')))
        {
            let same = |wanted: &Option<String>, got: Option<&Iso>| match (wanted, got) {
                (Some(w), Some(g)) => same_clock(w, g),
                (None, got) => got.is_none(),
                _ => false,
            };
            return same(&self.start, value) && same(&self.end, end);
        }
        let lower = words.to_lowercase();
        let modified = ["start", "mid", "end"].iter().any(|m| self.modifier.ends_with(m))
            || ["early", "late", "later", "earlier", "mid", "end of", "beginning"].iter().any(|w| lower.contains(w));
        let day = |d: &Option<String>| d.as_deref().and_then(|d| d.get(..10)).map(str::to_owned);
        if let (true, Some(from), Some(to), Some(first)) = (modified, day(&self.start), day(&self.end), value) {
            return from >= first_day(first) && to <= after(end.unwrap_or(first));
        }
        let start_right = match (self.start.as_deref(), value) {
            (Some(w), Some(g)) => same_start(w, g) || (modified && inside(w, g)) || (modified && self.end.is_none()),
            (None, got) => got.is_none(),
            _ => false,
        };
        let open = self.end.is_none() || self.start.is_none();
        let last = if open { end } else { end.or(value) };
        // "To the third quarter": Standoff takes the whole of it, the suite its first day.
        let named = timex.split_once(',').is_some_and(|(_, last)| last.contains("-Q") || last.contains("-W"));
        let end_right = match (self.end.as_deref(), last) {
            (Some(w), Some(g)) => {
                same_end(w, g)
                    || (named && w < after(g).as_str() && value.is_some_and(|v| first_day(v).as_str() < w))
                    || (modified && (inside(w, g) || self.start.is_none()))
            }
            (None, got) => got.is_none(),
            _ => false,
        };
        start_right && end_right
    }
}

/// "19:56:30" against `19:56` or `19`.
fn same_time(wanted: &str, got: &str) -> bool {
    let got = got.split(['+', '-', 'Z']).next().unwrap_or_default();
    let whole = if got.len() == 2 { format!("{got}:00") } else { got.to_owned() };
    wanted.get(..5) == whole.get(..5)
}

/// "19:56:30" against the clock of a date-time.
fn same_clock(wanted: &str, got: &Iso) -> bool {
    got.as_str().split_once('T').is_some_and(|(_, clock)| clock.get(..5) == wanted.get(..5))
}

/// A day or minute against a value that may be coarser.
fn same_moment(wanted: &str, got: &Iso) -> bool {
    let wanted = wanted.replace(' ', "T");
    let got = got.as_str();
    if let Some((date, clock)) = got.split_once('T') {
        let midnight = wanted.len() == 10 && clock.starts_with("00:00");
        return (wanted.get(..10) == Some(date)) && (midnight || wanted.get(11..16) == clock.get(..5));
    }
    wanted.starts_with(got) && (wanted.len() == 10 || wanted.ends_with("T00:00:00"))
}

/// The start of a stretch; a day more or less for one counted from the day of writing.
fn same_start(wanted: &str, got: &Iso) -> bool {
    same_moment(wanted, got)
        || (wanted.get(..10).is_some_and(|w| next(w) == first_day(got)) && got.as_str().len() == 10)
}

/// The end of a stretch: the part named, or the first day after it.
fn same_end(wanted: &str, got: &Iso) -> bool {
    if got.as_str().contains('T') || wanted.len() > 10 {
        let late = wanted.ends_with("23:59:59") && wanted.get(..10) == Some(got.date());
        return late || same_moment(wanted, got);
    }
    first_day(got) == wanted || after(got) == wanted || wanted.starts_with(got.as_str())
}

/// Whether a day lies in a month, year or day, or ends it.
fn inside(wanted: &str, got: &Iso) -> bool {
    let day = wanted.get(..10).unwrap_or_default();
    first_day(got).as_str() <= day && day <= after(got).as_str()
}

fn first_day(iso: &Iso) -> String {
    match iso.date().len() {
        4 => format!("{}-01-01", iso.date()),
        7 => format!("{}-01", iso.date()),
        _ => iso.date().to_owned(),
    }
}

/// The first day after a value.
fn after(iso: &Iso) -> String {
    let fields: Vec<u32> = iso.date().split('-').filter_map(|f| f.parse().ok()).collect();
    match fields[..] {
        [year] => format!("{:04}-01-01", year + 1),
        [year, 12] => format!("{:04}-01-01", year + 1),
        [year, month] => format!("{year:04}-{:02}-01", month + 1),
        _ => next(iso.date()),
    }
}

/// The day after a day.
fn next(day: &str) -> String {
    let fields: Vec<u32> = day.split('-').filter_map(|f| f.parse().ok()).collect();
    let [year, month, day] = fields[..] else { return String::new() };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    match (month, day) {
        (12, 31) => format!("{:04}-01-01", year + 1),
        (m, d) if days.get(m as usize - 1) == Some(&d) => format!("{year:04}-{:02}-01", m + 1),
        (m, d) => format!("{year:04}-{m:02}-{:02}", d + 1),
    }
}

/// Seconds of an ISO 8601 length, months of 30 and years of 365 days.
fn seconds(timex: &str) -> Option<f64> {
    let (mut total, mut number, mut clock) = (0.0, String::new(), false);
    for c in timex.strip_prefix('P')?.chars() {
        let unit = match c {
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            'T' => {
                clock = true;
                continue;
            }
            'S' => 1.0,
            'M' if clock => 60.0,
            'H' => 3600.0,
            'D' => 86400.0,
            'W' => 7.0 * 86400.0,
            'M' => 30.0 * 86400.0,
            'Y' => 365.0 * 86400.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    Some(total)
}

/// A day and month in digits that could be either.
fn is_ambiguous(words: &str, kind: &str) -> bool {
    let numbers: Vec<&str> = words.split(|c: char| !c.is_ascii_digit()).collect();
    let marks: Vec<char> = words.chars().filter(|c| !c.is_ascii_digit()).collect();
    let clock = |at: usize| numbers[at].len() <= 2 && numbers[at].parse::<u32>().is_ok_and(|n| (1..=12).contains(&n));
    // `numbers` and `marks` alternate: mark n stands between numbers n and n + 1.
    (0..marks.len()).any(|n| {
        let slash = marks[n] == '/'
            || (kind == "date" && ['.', '-'].contains(&marks[n]))
            || (['.', '-'].contains(&marks[n])
                && marks.get(n + 1) == Some(&marks[n])
                && numbers.get(n + 2).is_some_and(|y| !y.is_empty()));
        let year_first = n > 0 && numbers[n - 1].len() == 4 && marks[n - 1] == marks[n];
        slash
            && !year_first
            && clock(n)
            && clock(n + 1)
            && numbers[n].parse::<u32>().ok() != numbers[n + 1].parse().ok()
    })
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
