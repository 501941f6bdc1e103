//! Is a line furniture of the page's head or foot: outlet, section, date, reading time, author, alone or in a row?

use crate::outlets::Outlets;
use crate::page::credit::{Credit, byline, names_alone};
use crate::page::line::{Line, is_blank};
use crate::page::phrases::Phrases;
use crate::page::stamp::{Stamp, stamp};
use crate::page::{Place, Reason};
use crate::tokens::{Token, tokens};

/// What a page is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    /// Wording of noise.
    pub phrases: &'a Phrases,
    /// Agencies and outlets.
    pub outlets: &'a Outlets,
    /// The outlet that the user named.
    pub given_outlet: Option<&'a str>,
}

/// A line of furniture and what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Furniture {
    /// What the line mainly is.
    pub reason: Reason,
    /// The outlet it names.
    pub outlet: Option<String>,
    /// Whom it credits.
    pub credit: Credit,
    /// When it says that the page appeared.
    pub stamp: Option<Stamp>,
}

#[derive(Debug, PartialEq)]
enum Segment {
    ReadingTime,
    Stamp(Stamp),
    Section,
    Outlet(String),
    /// Capitalised words with one that papers are named by.
    LikeOutlet(String),
    Credit(Credit),
    /// A button or another piece of page furniture: "Save", "12 comments".
    Button,
    /// A few words of any kind.
    Short(String),
    Words,
}

/// What furniture the line is, at its place of the page. `next_is_headline`: the line after it may be a title.
pub(crate) fn furniture(line: &Line<'_>, known: Known<'_>, place: Place, next_is_headline: bool) -> Option<Furniture> {
    if line.words > 24 {
        return None;
    }
    let segments: Vec<Segment> = segments(line.text).into_iter().map(|s| segment(s, known)).collect();
    let row = || tokens(line.text);
    let fits = match segments.as_slice() {
        [one] => stands_alone(one, line, known, place, next_is_headline),
        // "Home » News » Coast"
        [Segment::Section, ..] if is_trail(line.text) => place != Place::Body,
        // Three and more scraps in a row, none of war, under a title: whatever they are, they are furniture.
        [_, _, _, ..] if place == Place::Head && !line.is_sentence && !known.phrases.speaks_of_war(&row()) => true,
        // "Politics | Elections | The Long Road" over the title
        [Segment::Section, Segment::Section, ..] if place == Place::First && next_is_headline && line.words <= 12 => {
            true
        }
        several => stands_in_row(several, place),
    };
    fits.then(|| told(segments, line, known, place))
}

/// Whether a line of one segment is furniture there.
fn stands_alone(one: &Segment, line: &Line<'_>, known: Known<'_>, place: Place, next_is_headline: bool) -> bool {
    let in_head = matches!(place, Place::First | Place::Head);
    match one {
        Segment::ReadingTime => true,
        Segment::Stamp(stamp) => stamp.labelled || in_head && stamp.date.is_some(),
        Segment::Section => place == Place::Head || place == Place::First && next_is_headline,
        Segment::Outlet(_) => place != Place::Body,
        Segment::LikeOutlet(_) => place == Place::Head || place == Place::First && next_is_headline && line.words <= 4,
        Segment::Credit(_) => place != Place::Body && (place != Place::First || next_is_headline),
        Segment::Short(_) => place == Place::Head && names_alone(line, known.phrases, known.outlets).is_some(),
        Segment::Button | Segment::Words => false,
    }
}

/// Whether a line shows the way to a page of the site: parts between arrows, and nothing else between them.
fn is_trail(text: &str) -> bool {
    text.contains(['»', '›', '>', '→']) && !text.contains('|') && !text.contains(". ")
}

/// Whether a row of segments is furniture there: each must be, but for one short one beside a date or reading time.
fn stands_in_row(row: &[Segment], place: Place) -> bool {
    let dated = row.iter().any(|s| matches!(s, Segment::Stamp(_) | Segment::ReadingTime));
    let labelled = row.iter().any(|s| matches!(s, Segment::Stamp(Stamp { labelled: true, .. }) | Segment::ReadingTime));
    let short = row.iter().filter(|s| matches!(s, Segment::Short(_))).count();
    let strange = row.contains(&Segment::Words);
    let named = row
        .iter()
        .any(|s| matches!(s, Segment::Outlet(_) | Segment::LikeOutlet(_) | Segment::Section | Segment::Button));
    let credited = row.iter().any(|s| matches!(s, Segment::Credit(_)));
    let sections = row.iter().filter(|s| **s == Segment::Section).count();
    let allowed = place == Place::Head && (dated || named || credited) || place == Place::Tail && sections > 1;
    let fits = !strange && short <= usize::from(allowed) && (dated || named || credited);
    fits && (place != Place::Body || labelled && short == 0)
}

/// Everything that the segments tell.
fn told(segments: Vec<Segment>, line: &Line<'_>, known: Known<'_>, place: Place) -> Furniture {
    let mut out = Furniture { reason: Reason::Section, outlet: None, credit: Credit::default(), stamp: None };
    let lone = segments.len() == 1;
    for segment in segments {
        let reason = match segment {
            Segment::ReadingTime => Reason::ReadingTime,
            Segment::Stamp(stamp) => {
                match &mut out.stamp {
                    Some(first) if stamp.date.is_none() => first.clock = first.clock.take().or(stamp.clock),
                    Some(_) => {}
                    None => out.stamp = Some(stamp),
                }
                Reason::Publication
            }
            Segment::Outlet(name) | Segment::LikeOutlet(name) => {
                out.outlet = out.outlet.or(Some(name));
                Reason::Outlet
            }
            Segment::Credit(credit) => {
                out.credit = credit;
                Reason::Byline
            }
            Segment::Short(text) => {
                let short = if lone { line.clone() } else { Line::new(line.number, &text) };
                match names_alone(&short, known.phrases, known.outlets) {
                    Some(credit) if out.credit == Credit::default() => out.credit = credit,
                    None if place == Place::Head => out.outlet = out.outlet.or(Some(text)),
                    _ => {}
                }
                Reason::Byline
            }
            Segment::Section | Segment::Button | Segment::Words => Reason::Section,
        };
        out.reason = if rank(reason) > rank(out.reason) { reason } else { out.reason };
    }
    out
}

/// Which reason names a row best.
fn rank(reason: Reason) -> u8 {
    match reason {
        Reason::Publication => 4,
        Reason::Outlet => 3,
        Reason::Byline => 2,
        Reason::ReadingTime => 1,
        _ => 0,
    }
}

/// The parts of a line between bars, dots, arrows and wide gaps, and between dashes and slashes with space around them.
fn segments(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if c == '\t' || c == ' ' && text[at + 1..].starts_with(' ') {
            out.push(&text[start..at]);
            start = at;
            continue;
        }
        let blank_around = text[..at].ends_with(is_blank) && text[at + c.len_utf8()..].starts_with(is_blank);
        if matches!(c, '|' | '·' | '•' | '›' | '»' | '>' | '→') || matches!(c, '/' | '-' | '–' | '—') && blank_around
        {
            out.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    out.push(&text[start..]);
    let parts = out.into_iter().flat_map(|part| dated_by(part).map_or([part, ""], |(date, author)| [date, author]));
    parts.map(|s| s.trim_matches(is_blank)).filter(|s| !s.is_empty()).collect()
}

/// "Posted on 7 May 2021 by Ann Grey": when, and by whom.
fn dated_by(part: &str) -> Option<(&str, &str)> {
    let (date, _) = part.split_once(" by ")?;
    let dated = date.contains(|c: char| c.is_ascii_digit()) && date.split_whitespace().count() <= 6;
    dated.then(|| part.split_at(date.len()))
}

fn segment(text: &str, known: Known<'_>) -> Segment {
    let row = tokens(text);
    let line = Line::new(0, text);
    let same = |a: &str, b: &str| tokens(a).into_iter().map(|t| t.form).eq(tokens(b).into_iter().map(|t| t.form));
    if is_reading_time(&row) {
        return Segment::ReadingTime;
    }
    if let Some(stamp) = stamp(text, &row, known.phrases) {
        return Segment::Stamp(stamp);
    }
    if let Some(given) = known.given_outlet.filter(|g| same(g, text)) {
        return Segment::Outlet(given.to_owned());
    }
    if known.phrases.is_section(&row) {
        return Segment::Section;
    }
    if !row.is_empty() && known.phrases.reason(&row, line.is_sentence).is_some() {
        return Segment::Button;
    }
    if let Some(name) = known.outlets.outlet(text) {
        return Segment::Outlet(name.to_owned());
    }
    if let Some(own) = outlet_and_place(text, known) {
        return Segment::Outlet(own);
    }
    let with_role = || names_alone(&line, known.phrases, known.outlets).filter(|_| text.contains(", "));
    if let Some(credit) = byline(&line, known.phrases, known.outlets).or_else(with_role) {
        return Segment::Credit(credit);
    }
    if text.len() > 1 && text.starts_with('@') && !text.contains(' ') {
        return Segment::Credit(Credit::default());
    }
    let agencies = known.outlets.agencies_in(text);
    if agencies.len() == 1 && agencies[0].range == (0..text.len()) {
        return Segment::Credit(Credit { agencies: vec![agencies[0].agency.to_owned()], ..Credit::default() });
    }
    let capitalised =
        row.iter().all(|t| t.is_capitalised() || matches!(t.form.as_str(), "of" | "the" | "and" | "newsroom"));
    if (2..=6).contains(&row.len()) && capitalised && known.phrases.has_outlet_word(&row) && !line.is_sentence {
        return Segment::LikeOutlet(text.to_owned());
    }
    let short = row.len() <= 5 && !line.is_sentence && row.iter().any(Token::is_capitalised);
    if short && row.iter().all(|t| t.is_word() || t.form == ":") {
        Segment::Short(text.to_owned())
    } else {
        Segment::Words
    }
}

/// "BBC News, Kyiv".
fn outlet_and_place(text: &str, known: Known<'_>) -> Option<String> {
    let (name, place) = text.split_once(", ")?;
    let given = known.given_outlet.filter(|g| g.eq_ignore_ascii_case(name));
    let own = given.or_else(|| known.outlets.outlet(name))?;
    let place = tokens(place);
    (place.len() <= 2 && place.iter().all(Token::is_capitalised)).then(|| own.to_owned())
}

/// "2 min read", "Reading time: 3 minutes", "4 minute listen".
fn is_reading_time(row: &[Token<'_>]) -> bool {
    let minutes = |t: &Token<'_>| matches!(t.form.as_str(), "min" | "mins" | "minute" | "minutes");
    let reading = |t: &Token<'_>| matches!(t.form.as_str(), "read" | "reading" | "listen" | "watch");
    let filler = |t: &Token<'_>| {
        matches!(t.form.as_str(), "time" | ":" | "estimated" | "a" | "less" | "than" | "about") || t.is_number()
    };
    row.len() <= 7
        && row.iter().any(minutes)
        && row.iter().any(reading)
        && row.iter().all(|t| minutes(t) || reading(t) || filler(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, place: Place) -> Option<Furniture> {
        let phrases = Phrases::read().unwrap_or_else(|e| panic!("{e}"));
        let outlets = Outlets::read().unwrap_or_else(|e| panic!("{e}"));
        let known = Known { phrases: &phrases, outlets: &outlets, given_outlet: Some("Vale Hour") };
        furniture(&Line::new(2, text), known, place, true)
    }

    #[test]
    fn rows_and_single_lines_of_the_head() {
        for (text, reason) in [
            ("News   /   More", Reason::Section),
            ("Home > World > Middle East", Reason::Section),
            ("World | Published May 8, 2021 6:20 PM", Reason::Publication),
            ("Cricket | 4 min read", Reason::ReadingTime),
            ("·6-min read", Reason::ReadingTime),
            ("Vale Hour", Reason::Outlet),
            ("Vale Hour - Friday 7 May 2021", Reason::Publication),
            ("Coast Herald | Nation & World", Reason::Outlet),
            ("Coast Herald", Reason::Outlet),
            ("Ann Grey | 7 May 2021", Reason::Publication),
            ("Ann Grey", Reason::Byline),
            ("By Ann Grey", Reason::Byline),
            ("Last updated: 07:20", Reason::Publication),
            ("5 hours ago", Reason::Publication),
            ("Published", Reason::Publication),
            ("Geneva, 3 May 2021", Reason::Publication),
            ("By Vale Hour - Jun 7, 2020 - 15:23", Reason::Publication),
            ("Ann Grey, Defence Correspondent", Reason::Byline),
            ("By ANN GREY | Port Sel", Reason::Byline),
            ("@anngrey", Reason::Byline),
            ("BBC News, Greth", Reason::Outlet),
            ("4 min read  Save article  Gift article", Reason::ReadingTime),
            ("May 7, 2021 6:12 PM GMT+3 | Last updated 20 min ago", Reason::Publication),
            ("Valley Digest | no. 41 | compiled at 22:00", Reason::Outlet),
            ("Posted on May 7, 2021 by Ann Grey | Nation", Reason::Publication),
            ("7 May 2021 • 6:00am", Reason::Publication),
            ("Home » News » Vale", Reason::Byline),
        ] {
            assert_eq!(of(text, Place::Head).map(|f| f.reason), Some(reason), "{text}");
        }
        let dated = of("World | Published May 8, 2021 6:20 PM", Place::Head).and_then(|f| f.stamp).expect("a stamp");
        assert_eq!(dated.clock.as_deref(), Some("18:20"));
        assert_eq!(
            of("Ann Grey | 7 May 2021", Place::Head).map(|f| f.credit.people),
            Some(vec!["Ann Grey".to_owned()])
        );
    }

    #[test]
    fn the_body_is_hardly_touched() {
        for text in
            ["Vale", "Ann Grey", "7 May 2021", "07:20", "Coast Herald", "Vale: more dead", "Sudan - Ethiopia", "Gaza"]
        {
            assert_eq!(of(text, Place::Body), None, "{text}");
        }
        assert!(of("Last updated: 07:20", Place::Body).is_some());
    }

    #[test]
    fn titles_are_none() {
        for text in [
            "Army Shells Two Towns",
            "World in brief: Friday 7 May 2021",
            "Vale war - what we know",
            "Truce in doubt | day five",
        ] {
            assert_eq!(of(text, Place::First), None, "{text}");
        }
    }
}
