//! What does the suite expect, and when does a value agree with it?

use evidence::time::{Iso, TimeExpression};
use serde_json::Value;

/// An expression of the suite.
pub(super) struct Gold {
    pub start: usize,
    pub end: usize,
    pub kind: String,
    pub values: Vec<Reading>,
}

/// One reading of it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub timex: String,
    pub modifier: String,
    pub value: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
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
    pub fn counts_from_elsewhere(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let undefined = self.values.iter().any(|v| v.modifier == "ref_undef");
        let after = ["later", "day before", "day after", "next day", "following day", "next night"]
            .iter()
            .any(|w| words.ends_with(w));
        undefined || after || ["same week", "same month", "same year"].contains(&words.as_str())
    }

    /// An expression as a file lists it.
    pub fn read(text: &str, result: &Value) -> Option<Self> {
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
    pub fn is_unresolved(&self) -> bool {
        let no_date = self.value.as_deref() == Some("0001-01-01")
            || self.timex.contains("-02-30")
            || self.timex.contains("2019-02-29");
        // Feasts of lunar calendars: the suite has tables, and no TIMEX.
        let lunar = self.timex.is_empty() && self.value.is_some();
        no_date || lunar || ["FY", "SY"].iter().any(|w| self.timex.starts_with(w)) || self.timex.contains("TME")
    }

    /// Whether an expression found in a text has this value.
    pub fn agrees(&self, gold: &Gold, time: &TimeExpression, words: &str) -> bool {
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
pub(super) fn is_ambiguous(words: &str, kind: &str) -> bool {
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
