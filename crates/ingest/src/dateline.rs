//! Does a paragraph open with a dateline: `QUITO, Ecuador (AFP) —`, `TAMM, 3 May 2021 (Agency) -`?

use std::ops::Range;

use crate::date::{self, WrittenDate};
use crate::outlets::Outlets;
use crate::tokens::{Token, tokens};

/// Longest dateline, in bytes.
const LONGEST: usize = 110;

/// A dateline at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// From the beginning of the line to the mark that ends the dateline.
    pub end: usize,
    /// The date in it, perhaps without a year.
    pub date: Option<WrittenDate>,
    /// What stands in its bracket, if that is no agency: the outlet's own name.
    pub source: Option<String>,
}

/// The dateline that a line opens with.
pub(crate) fn find(line: &str, outlets: &Outlets) -> Option<Dateline> {
    ends(line, outlets).into_iter().find_map(|(end, mark)| {
        let mark_start = end - mark.len();
        let sentence = line[end..].trim_start();
        let opens = sentence.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘«".contains(c));
        let parts = Parts::of(&line[..mark_start], outlets)?;
        let told = tokens(sentence).len() >= 4 && opens && parts.are_enough_for(mark);
        // "May 3, 2023 (KHARTOUM) –": without a place before it, the bracket holds the place.
        let source = parts.source.filter(|_| parts.placed);
        told.then_some(Dateline { end, date: parts.date, source })
    })
}

/// Ends of possible datelines: one past a dash, bar, colon or full stop, with the mark.
fn ends<'a>(line: &'a str, outlets: &Outlets) -> Vec<(usize, &'a str)> {
    let mut out = Vec::new();
    let agency_ends: Vec<usize> =
        outlets.agencies_in(&line[..floor(line, LONGEST)]).iter().map(|a| a.range.end).collect();
    for (at, c) in line.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let end = at + c.len_utf8();
        let blank_before = line[..at].ends_with([' ', '\u{a0}', ')', '.', '/']);
        let blank_after = line[end..].starts_with([' ', '\u{a0}']);
        let ends_here = match c {
            '—' | '–' => true,
            '|' => blank_before,
            '-' if line[end..].starts_with('-') => false,
            '-' => {
                blank_before && (blank_after || line[..at].ends_with(['-', ')', '.']))
                    || line[..at].ends_with('-')
                    || agency_ends.contains(&at)
            }
            ':' | '.' => blank_after,
            _ => false,
        };
        if ends_here {
            let start = at - line[..at].len() + line[..at].trim_end_matches('-').len();
            out.push((end, &line[start..end]));
        }
    }
    out
}

fn floor(line: &str, at: usize) -> usize {
    (0..=at.min(line.len())).rfind(|i| line.is_char_boundary(*i)).unwrap_or(0)
}

/// What the words before the mark are.
struct Parts {
    /// The place is printed in capitals.
    upper: bool,
    /// There is a place.
    placed: bool,
    /// There is a comma after the place ("KYIV, Ukraine").
    several: bool,
    /// A known agency or outlet is named.
    known_source: bool,
    source: Option<String>,
    bracketed: bool,
    /// A date, a month or a weekday stands there.
    dated: bool,
    date: Option<WrittenDate>,
}

impl Parts {
    /// The parts of a dateline, or `None` if there is anything in it that belongs into none.
    fn of(text: &str, outlets: &Outlets) -> Option<Self> {
        let date = date::dates(text).into_iter().next();
        let bracket = bracket(text).filter(|b| date.as_ref().is_none_or(|d| !b.contains(&d.range.start)));
        let agencies = outlets.agencies_in(text);
        let inside = bracket.clone().map(|b| text[b].trim()).filter(|s| !s.is_empty());
        let bracketed_agency = bracket.as_ref().is_some_and(|b| agencies.iter().any(|a| b.contains(&a.range.start)));
        let source = inside.filter(|_| !bracketed_agency).map(str::to_owned);
        if source.as_ref().is_some_and(|s| !tokens(s).iter().all(Token::is_capitalised) || tokens(s).len() > 4) {
            return None;
        }
        let covered = |at: usize| {
            date.as_ref().is_some_and(|d| d.range.contains(&at)) || bracket.as_ref().is_some_and(|b| b.contains(&at))
        };
        let row: Vec<Token<'_>> = tokens(text).into_iter().filter(|t| !covered(t.start)).collect();
        let calendar = |t: &Token<'_>| date::month(t.text).is_some() || date::weekday(t.text).is_some();
        let named = |t: &&Token<'_>| !calendar(t) && !agencies.iter().any(|a| a.range.contains(&t.start));
        let words: Vec<&Token<'_>> = row.iter().filter(named).collect();
        let fits = words.iter().all(|t| is_place_word(t)) && words.len() <= 6;
        let first = text.split([',', '(', '.', '|', '/']).next().unwrap_or_default();
        let place: Vec<&&Token<'_>> = words.iter().filter(|t| t.start < first.len()).collect();
        let upper = !place.is_empty()
            && place.iter().all(|t| t.is_upper() || is_joint(&t.form))
            && !place.iter().all(|t| is_no_place(&t.form));
        fits.then_some(Self {
            upper,
            placed: !words.is_empty(),
            several: words.iter().any(|t| t.start >= first.len()),
            known_source: !agencies.is_empty() || source.as_ref().is_some_and(|s| outlets.outlet(s).is_some()),
            bracketed: inside.is_some(),
            source,
            dated: date.is_some() || row.iter().any(calendar),
            date,
        })
    }

    fn has_year(&self) -> bool {
        self.date.as_ref().is_some_and(|d| d.year.is_some())
    }

    /// Whether the parts make a dateline when such a mark follows.
    fn are_enough_for(&self, mark: &str) -> bool {
        let dash = !matches!(mark, ":" | ".");
        match mark {
            "." => self.placed && self.known_source && (self.dated || self.upper),
            ":" => self.upper && (self.several || self.dated || self.bracketed || self.known_source),
            _ if dash && !self.placed => self.bracketed && (self.known_source || self.has_year()),
            _ => {
                self.upper
                    || self.placed && self.has_year()
                    || self.placed && (self.bracketed || self.known_source || self.dated && self.several)
            }
        }
    }
}

/// The inside of the first pair of brackets or slashes.
fn bracket(text: &str) -> Option<Range<usize>> {
    for (open, close) in [('(', ')'), ('/', '/')] {
        if let Some(start) = text.find(open) {
            let inside = start + 1;
            if let Some(len) = text[inside..].find(close) {
                return Some(inside..inside + len);
            }
        }
    }
    None
}

/// A capitalised word, or a small one inside a name: "Port of Spain", "Ras al-Ain".
fn is_place_word(t: &Token<'_>) -> bool {
    t.is_word() && t.is_capitalised() || is_joint(&t.form)
}

fn is_joint(form: &str) -> bool {
    matches!(form, "of" | "and" | "the" | "al" | "el" | "de" | "la" | "au" | "es" | "ad" | "ar" | "as" | "near")
}

/// Words in capitals that open a line and are no place.
fn is_no_place(form: &str) -> bool {
    matches!(
        form,
        "live"
            | "update"
            | "updates"
            | "updated"
            | "breaking"
            | "exclusive"
            | "analysis"
            | "explainer"
            | "watch"
            | "video"
            | "opinion"
            | "nato"
            | "un"
            | "eu"
            | "us"
            | "usa"
            | "uk"
            | "osce"
            | "rsf"
            | "saf"
            | "icrc"
            | "au"
            | "ecowas"
            | "igad"
            | "idf"
            | "file"
            | "photo"
            | "photos"
            | "note"
            | "and"
            | "the"
            | "factbox"
            | "timeline"
            | "correction"
            | "news"
            | "world"
            | "summary"
            | "background"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<String> {
        let outlets = Outlets::read().unwrap_or_else(|e| panic!("{e}"));
        find(line, &outlets).map(|d| line[..d.end].to_owned())
    }

    #[test]
    fn datelines_of_many_houses() {
        let rest = "Shells fell on the town on Monday.";
        for head in [
            "KYIV, Ukraine (AFP) —",
            "TAMM, 9 June 2021 (Vale Dispatch) -",
            "PORT SEL, Monday, March 5, 2018 |",
            "MOSCOW (Reuters) -",
            "MOSCOW, Oct 10 (Reuters) -",
            "BAKU/YEREVAN (Reuters) -",
            "BEIRUT, May 5 (Xinhua) --",
            "STEPANAKERT, Azerbaijan —",
            "GENEVA (3 March 2021) –",
            "YEREVAN, OCTOBER 10, ARMENPRESS.",
            "MOSCOW, October 10. /TASS/.",
            "(Reuters) -",
            "AL-FASHER, Sudan (AP) —",
            "NEW DELHI, July 3 (PTI):",
            "Juba, 12 July 2016 (Radio Tamazuj) -",
            "KABUL —",
            "Damascus, SANA –",
            "Manila (3 May 2014) -",
            "May 3, 2023 (KHARTOUM) –",
        ] {
            assert_eq!(of(&format!("{head} {rest}")).as_deref(), Some(head));
        }
    }

    #[test]
    fn what_only_looks_like_one() {
        for line in [
            "NATO — Moscow's old foe — did not comment on the strike.",
            "Armenia - a small country - said nothing on the matter.",
            "The truce (AFP) held - Monitors saw nothing at all.",
            "LIVE: Flood reaches the lower bridge of town",
            "Vale: more dead despite talks in the capital city",
            "KYIV — which fell silent on Monday — waited for news.",
            "Veldania said at noon: They fired on us from the hills.",
            "Two truces, 3 and 9 March - The first did not hold.",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn date_and_source() {
        let outlets = Outlets::read().unwrap_or_else(|e| panic!("{e}"));
        let found = find("TAMM, 9 June 2021 (Vale Dispatch) - Shots were fired near the bridge.", &outlets)
            .expect("a dateline");
        assert_eq!(found.source.as_deref(), Some("Vale Dispatch"));
        assert_eq!(found.date.and_then(|d| d.day()).map(|d| d.to_string()).as_deref(), Some("2021-06-09"));
    }
}
