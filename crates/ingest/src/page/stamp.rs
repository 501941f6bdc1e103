//! Does a stretch of a line tell when the page appeared: "Published May 3, 2021 6:20 PM", "Geneva, 3 May 2021"?

use crate::date::{self, WrittenDate};
use crate::page::phrases::Phrases;
use crate::tokens::{Token, tokens};

/// When a page says that it appeared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The day, perhaps without a year.
    pub date: Option<WrittenDate>,
    /// Time of day beside the date.
    pub clock: Option<String>,
    /// Whether it tells of a change to the page ("Updated …"), not of its first appearance.
    pub updated: bool,
    /// Whether a label says what it is ("Published").
    pub labelled: bool,
}

/// The stamp that a segment of a line consists of; `row` are its tokens.
pub(crate) fn stamp(text: &str, row: &[Token<'_>], phrases: &Phrases) -> Option<Stamp> {
    let dates = date::dates(text);
    let after = dates.first().and_then(|d| date::clock_after(text, d.range.end));
    let first_clock = row.iter().find(|t| t.is_number() && t.text.contains(':'));
    let clock = after.or_else(|| first_clock.and_then(|t| date::clock_after(text, t.start)));
    let in_date = |t: &Token<'_>| dates.iter().any(|d| d.range.contains(&t.start));
    let in_clock = |t: &Token<'_>| {
        t.is_number() && t.text.contains(':')
            || dates.first().zip(clock.as_ref()).is_some_and(|(d, c)| (d.range.end..c.end).contains(&t.start))
    };
    // "Geneva, 3 May 2021"
    let place = text[..dates.first().map_or(0, |d| d.range.start)].trim_end();
    let placed = place.ends_with(',') && dates[0].year.is_some() && tokens(place).len() <= 3;
    let in_place = |t: &Token<'_>| placed && t.start < place.len() && t.is_word() && t.is_capitalised();
    let is = |word: &str| row.iter().any(|t| t.form == word);
    let zone = |i: usize, t: &Token<'_>| t.is_capitalised() && row.get(i + 1).is_some_and(|n| n.form == "time");
    // "GMT+3"
    let offset = |i: usize, t: &Token<'_>| {
        t.is_number() && i > 0 && matches!(row[i - 1].form.as_str(), "gmt" | "utc") && t.start <= row[i - 1].start + 5
    };
    let labelled = row.iter().any(|t| phrases.is_publication_label(&t.form));
    let known = |(i, t): (usize, &Token<'_>)| {
        in_place(t)
            || in_date(t)
            || in_clock(t)
            || phrases.is_publication_word(&t.form)
            || zone(i, t)
            || offset(i, t)
            || date::weekday(t.text).is_some()
            || t.is_number() && (is("ago") || labelled)
    };
    let timed = row.iter().any(|t| t.is_number()) || row.len() <= 2;
    let told = !dates.is_empty() || labelled && timed || row.len() <= 3 && clock.is_some();
    (told && row.iter().enumerate().all(known)).then(|| Stamp {
        date: dates.into_iter().next(),
        clock: clock.map(|c| c.text),
        updated: is("updated") || is("modified") || is("update"),
        labelled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Stamp> {
        let phrases = Phrases::read().unwrap_or_else(|e| panic!("{e}"));
        stamp(text, &tokens(text), &phrases)
    }

    #[test]
    fn stamps_tell_day_clock_and_what_they_stamp() {
        let told =
            |text: &str| of(text).map(|s| (s.date.and_then(|d| d.day()).map(|d| d.to_string()), s.clock, s.updated));
        let day = || Some("2021-05-03".to_owned());
        assert_eq!(told("Published 3 May 2021"), Some((day(), None, false)));
        assert_eq!(told("Updated: 18:01, 3 May 2021"), Some((day(), Some("18:01".to_owned()), true)));
        assert_eq!(told("May 3, 2021 6:13 AM GMT Updated 2 hours ago"), Some((day(), Some("06:13Z".to_owned()), true)));
        assert_eq!(told("Geneva, 3 May 2021"), Some((day(), None, false)));
        assert_eq!(told("5 hours ago"), Some((None, None, false)));
    }

    #[test]
    fn words_beside_the_date_make_it_none() {
        for text in [
            "Clashes on 3 May 2021",
            "Published on 3 May were the names of the dead",
            "Vale",
            "2021",
            "Three days ago in Vale",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
