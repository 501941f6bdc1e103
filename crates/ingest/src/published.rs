//! When was a report published, and how do we know?
//!
//! From what the user tells, from the page's own words, from the dateline or a title that ends with a date, or from
//! signed posts that agree with the weekdays of the text. Never from a caption, never from a date in the story's past,
//! never from the clock; where no year is printed the date is unknown.

use evidence::time::Iso;
use evidence::{Basis, Note, Precision, Published, Span};
use jiff::civil::Date;

use crate::date::{self, WrittenDate};
use crate::page::Stamp;

/// What the date can be read from.
pub(crate) struct Sources<'a> {
    /// What the user tells.
    pub given: Option<&'a Iso>,
    /// What whatever the report came in tells.
    pub told: Option<&'a Iso>,
    /// What lines of the page say that are no part of the report.
    pub stamps: &'a [Stamp],
    /// The report's text.
    pub text: &'a str,
    /// Its title.
    pub title: Option<Span>,
    /// The date in its dateline, its range counted in `text`.
    pub dateline: Option<&'a WrittenDate>,
}

/// The date with its basis, and what a person should know of it.
pub(crate) fn published(sources: &Sources<'_>) -> (Published, Vec<Note>) {
    let found = plain(sources.given, Basis::Given)
        .or_else(|| plain(sources.told, Basis::Metadata))
        .or_else(|| stamped(sources.stamps, false))
        .or_else(|| of_dateline(sources))
        .or_else(|| of_title(sources))
        .or_else(|| opening_date(sources))
        .or_else(|| stamped(sources.stamps, true))
        .or_else(|| of_posts(sources));
    match found {
        Some(published) => (published, Vec::new()),
        None => (Published::unknown(), vec![undated(sources)]),
    }
}

fn plain(value: Option<&Iso>, basis: Basis) -> Option<Published> {
    let value = value?.clone();
    Some(Published { precision: Some(value.precision()), value: Some(value), basis, spans: Vec::new() })
}

/// The first appearance that the page tells, or else (`updated`) a change to it.
fn stamped(stamps: &[Stamp], updated: bool) -> Option<Published> {
    let day = |s: &&Stamp| s.updated == updated && s.date.as_ref().is_some_and(|d| d.day().is_some());
    let stamp = stamps.iter().filter(day).min_by_key(|s| !s.labelled)?;
    let day = stamp.date.as_ref()?.day()?;
    let clock = stamp.clock.as_ref().and_then(|c| Iso::parse(&format!("{day}T{c}")));
    let value = clock.or_else(|| date::iso(day))?;
    Some(Published {
        precision: Some(value.precision()),
        value: Some(value),
        basis: Basis::Metadata,
        spans: Vec::new(),
    })
}

fn of_dateline(s: &Sources<'_>) -> Option<Published> {
    let written = s.dateline?;
    on(written.day()?, Basis::Dateline, written, 0)
}

/// "Notes from the valley, 9 June 2016": a date that ends the title after a comma, colon or dash, and is not before another
/// year of the text.
fn of_title(s: &Sources<'_>) -> Option<Published> {
    let title = s.title?;
    let words = title.of(s.text);
    let written = date::dates(words).pop().filter(|d| d.range.end == words.trim_end_matches(['.', ')']).len())?;
    let before = words[..written.range.start].trim_end();
    let worded = [" for", " of", " issued on", " dated", " published on", " as at"].iter().any(|w| before.ends_with(w));
    let set_off = worded || before.ends_with([',', ':', '-', '–', '—', '|', '(']);
    let day = written.day().filter(|d| set_off && latest_year(s.text).is_none_or(|y| y <= d.year()))?;
    on(day, Basis::Dateline, &written, title.start())
}

/// "Wed 05 Apr 2017 Attack …", "Published: 5 April 2017 …": the date that the first lines open with.
fn opening_date(s: &Sources<'_>) -> Option<Published> {
    const LABELS: [&str; 9] = [
        "Published on",
        "Published",
        "Date of publication",
        "Last updated at",
        "Last updated",
        "Updated",
        "Posted on",
        "Posted",
        "Date",
    ];
    let mut start = 0;
    for line in s.text.split('\n').take(3) {
        let label = LABELS.iter().find_map(|l| line.strip_prefix(l));
        let at = label.map_or(0, |rest| line.len() - rest.trim_start_matches([' ', ':']).len());
        let written = date::dates(line).into_iter().next().filter(|d| d.range.start == at);
        // "12 May 2017 will be remembered …" is a sentence about a day, not a date before one.
        let goes_on = |d: &WrittenDate| {
            let rest = line[d.range.end..].trim_start();
            let signed = label.is_some() && (rest.starts_with("by ") || rest.starts_with("at "));
            rest.starts_with(|c: char| c.is_lowercase()) && !signed
        };
        if let Some((written, day)) = written.filter(|d| !goes_on(d)).and_then(|d| d.day().map(|day| (d, day))) {
            return on(day, Basis::Dateline, &written, start);
        }
        start += line.len() + 1;
    }
    None
}

/// "— Name (@name) October 10, 2020": the latest signed post, if the text speaks of its weekday as the present one.
fn of_posts(s: &Sources<'_>) -> Option<Published> {
    let mut posts: Vec<(Date, WrittenDate, usize)> = Vec::new();
    let (mut start, mut others) = (0, Vec::new());
    for line in s.text.split('\n') {
        let signature = line.starts_with(['—', '–', '-']) && line.contains("(@");
        for written in date::dates(line) {
            if let Some(day) = written.day() {
                if signature { posts.push((day, written, start)) } else { others.push(day) }
            }
        }
        start += line.len() + 1;
    }
    let (day, written, at) = posts.into_iter().max_by_key(|(day, ..)| *day)?;
    let lead: Vec<&str> = s.text.split('\n').take(6).collect();
    let weekdays = |text: &str| -> Vec<_> {
        text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 5).filter_map(date::weekday).collect()
    };
    let present = lead.iter().any(|l| weekdays(l).contains(&day.weekday()));
    // Weekdays up to three days back are told of as such; any other would be of a later day or of another week.
    let near = weekdays(s.text).iter().all(|w| w.until(day.weekday()) <= 3);
    let fits =
        present && near && others.iter().all(|o| *o <= day) && latest_year(s.text).is_none_or(|y| y <= day.year());
    fits.then(|| on(day, Basis::Inferred, &written, at)).flatten()
}

fn on(day: Date, basis: Basis, written: &WrittenDate, offset: usize) -> Option<Published> {
    let value = date::iso(day)?;
    let span = Span::new(written.range.start + offset, written.range.end + offset);
    Some(Published { value: Some(value), precision: Some(Precision::Day), basis, spans: vec![span] })
}

/// The latest year from 1900 to 2100 that the text names in figures.
fn latest_year(text: &str) -> Option<i16> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|w| w.len() == 4).filter_map(|w| w.parse::<i16>().ok()).filter(|y| (1900..=2100).contains(y)).max()
}

fn undated(s: &Sources<'_>) -> Note {
    let partial = s.stamps.iter().filter_map(|x| x.date.as_ref()).chain(s.dateline).find(|d| d.day().is_none());
    let why = match partial {
        Some(d) if d.year.is_none() => "a date is printed, but no year",
        Some(_) => "a date is printed, but there is no such day, or it is another weekday",
        None => "no publication date is printed",
    };
    Note::new("undated", format!("{why}; relative times stay open; give it with --published or in a metadata table"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, titled: bool) -> Option<(String, Basis, String)> {
        let title = titled.then(|| Span::new(0, text.find('\n').unwrap_or(text.len())));
        let (p, _) = published(&Sources { given: None, told: None, stamps: &[], text, title, dateline: None });
        Some((p.value?.to_string(), p.basis, p.spans.first().map(|s| s.of(text).to_owned()).unwrap_or_default()))
    }

    #[test]
    fn titles_that_end_with_a_date() {
        let found = of("Notes from the valley, 9 June 2016\nThe mission saw nothing.", true);
        assert_eq!(found, Some(("2016-06-09".into(), Basis::Dateline, "9 June 2016".into())));
        assert_eq!(of("The massacre of Vale: 11 July 1995\nIn 2015 they gathered again.", true), None);
        assert_eq!(of("What happened on 11 July 1995\nThey gathered again.", true), None);
    }

    #[test]
    fn a_date_before_the_first_words() {
        let found = of("Wed 05 Apr 2017 Attack on the town. It was loud.", false);
        assert_eq!(found.map(|f| f.0).as_deref(), Some("2017-04-05"));
        assert_eq!(of("5 April 2017 will be remembered in the valley.", false), None);
    }

    #[test]
    fn a_signed_post_dates_a_report_only_where_its_weekdays_agree() {
        let post = "\nWe welcome it.\n— A Name (@aname) May 8, 2021";
        let dated = |lead: &str| of(&format!("{lead}{post}"), false).map(|f| (f.0, f.1));
        assert_eq!(
            dated("The bridge fell on Saturday after a flood on Friday."),
            Some(("2021-05-08".into(), Basis::Inferred))
        );
        assert_eq!(dated("The flood ended on Sunday; it began on Saturday."), None);
        assert_eq!(dated("The bridge fell at noon."), None);
        assert_eq!(dated("The bridge fell on Saturday; in 2022 it was rebuilt."), None);
    }

    #[test]
    fn nothing_is_guessed() {
        let (p, notes) = published(&Sources {
            given: None,
            told: None,
            stamps: &[],
            text: "Fighting since 1994 goes on. A ceasefire of 12 May 1994 failed.",
            title: None,
            dateline: None,
        });
        assert_eq!(p, Published::unknown());
        assert_eq!(notes[0].kind, "undated");
    }
}
