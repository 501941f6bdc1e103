//! When was this page published, when was it changed, and what says so?
//!
//! What may tell it has a rank; of the best rank that tells a day which can be, the first counts. A day after the page
//! was taken from the net cannot be, and years of copyright are never asked. Nothing is taken from the midst of a text.

use evidence::time::Iso;
use jiff::civil::Date;

use crate::piece::Told;

use super::days::Order;
use super::labels::{Label, label_before, modified_metas, published_metas};
use super::linked::Linked;
use super::local::{Local, local};
use super::markup::{Line, Mark, Markup};
use super::moment;

/// How many lines below the headline, and above it, may tell the date.
const NEAR: (usize, usize) = (8, 4);
/// Most characters of a line that is a date and little else.
const LONGEST: usize = 100;

/// What a page tells of its time.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub published: Option<Told<Iso>>,
    pub modified: Option<Told<Iso>>,
}

/// A value that may be the page's time.
struct Candidate {
    /// 0 tells best; then lines between it and the headline.
    rank: (u8, usize),
    value: Iso,
    by: String,
}

/// Reads the times of a page. `url` is its address, as far as known; `latest` the day on which it was taken from the net;
/// `headline` the line (from 0) with its headline.
pub(super) fn dated(
    markup: &Markup,
    linked: &[Linked],
    url: Option<&str>,
    latest: Option<Date>,
    headline: Option<usize>,
) -> Dated {
    let language = markup.language.as_deref().or_else(|| markup.meta("og:locale").next()).unwrap_or_default();
    let asked =
        Asked { markup, order: Order::of_language(language), latest, headline, all: Vec::new(), changes: Vec::new() };
    asked.of_linked(linked).of_metas().of_marks().of_lines().of_address(url).best()
}

struct Asked<'a> {
    markup: &'a Markup,
    order: Option<Order>,
    latest: Option<Date>,
    headline: Option<usize>,
    all: Vec<Candidate>,
    changes: Vec<Candidate>,
}

impl Asked<'_> {
    fn take(&mut self, rank: u8, value: Option<Iso>, by: impl Into<String>) {
        self.take_at(rank, None, value, by);
    }

    /// Takes what stands at a line.
    fn take_at(&mut self, rank: u8, line: Option<usize>, value: Option<Iso>, by: impl Into<String>) {
        let rank = (rank, line.map_or(0, |l| self.away(l)));
        self.all.extend(value.filter(|v| self.can_be(v)).map(|value| Candidate { rank, value, by: by.into() }));
    }

    fn take_change(&mut self, rank: u8, line: Option<usize>, value: Option<Iso>, by: impl Into<String>) {
        let rank = (rank, line.map_or(usize::MAX, |l| self.away(l)));
        self.changes.extend(value.filter(|v| self.can_be(v)).map(|value| Candidate { rank, value, by: by.into() }));
    }

    /// How far a line is from the headline. Above it stand dates of other things more often than below it.
    fn away(&self, line: usize) -> usize {
        let Some(headline) = self.headline else { return 0 };
        if line < headline { 3 * (headline - line) } else { line - headline }
    }

    /// Values that programs write where they know none are of 1970 and before 1900; nothing is published after it was read.
    fn can_be(&self, value: &Iso) -> bool {
        let day = value.date();
        let filler = day < "1900" || matches!(day, "1970-01-01" | "1969-12-31" | "1900-01-01" | "2000-01-01");
        !filler && self.latest.is_none_or(|latest| day <= latest.to_string().as_str())
    }

    fn of_linked(mut self, linked: &[Linked]) -> Self {
        for l in linked {
            let rank = if l.is_report { 0 } else { 3 };
            let read = |v: &Option<String>| moment::of_value(v.as_deref()?, self.order);
            let (published, created, modified) = (read(&l.published), read(&l.created), read(&l.modified));
            self.take(rank, published, "json-ld datePublished");
            self.take(rank + 4, created, "json-ld dateCreated");
            self.take_change(rank, None, modified, "json-ld dateModified");
        }
        self
    }

    fn of_metas(mut self) -> Self {
        for (name, rank) in published_metas() {
            let value = self.markup.meta(name).find_map(|v| moment::of_value(v, self.order));
            self.take(rank, value, format!("meta {name}"));
        }
        for name in modified_metas() {
            let value = self.markup.meta(name).find_map(|v| moment::of_value(v, self.order));
            self.take_change(1, None, value, format!("meta {name}"));
        }
        self
    }

    fn of_marks(mut self) -> Self {
        let markup = self.markup;
        for mark in &markup.marks {
            let value = moment::of_value(&mark.value, self.order).or_else(|| moment::of_value(&mark.words, self.order));
            if mark.itemprop.starts_with("datemodified") || self.is_change(mark) {
                self.take_change(2, Some(mark.line), value, mark.by.clone());
            } else if let Some(rank) = self.rank_of(mark) {
                self.take_at(rank, Some(mark.line), value, mark.by.clone());
            }
        }
        self
    }

    fn rank_of(&self, mark: &Mark) -> Option<u8> {
        let says = |words: &[&str]| words.iter().any(|w| mark.context.contains(w));
        let near = self.headline.is_some_and(|h| mark.line + NEAR.1 >= h && mark.line <= h + NEAR.0 + 4);
        if mark.itemprop.starts_with("datepublished") || mark.pubdate {
            return Some(if mark.beside { 7 } else { 2 });
        }
        match (mark.beside, near) {
            (true, false) => None,
            (false, true) if says(&["publish", "entry-date", "post-date", "article", "posted", "byline", "meta"]) => {
                Some(3)
            }
            (false, true) => Some(5),
            (true, true) => Some(7),
            (false, false) if says(&["publish", "entry-date", "post-date", "posted", "pubdate"]) => Some(5),
            (false, false) => Some(8),
        }
    }

    /// Whether the names or words around a time say that it is of a change.
    fn is_change(&self, mark: &Mark) -> bool {
        let own = mark.context.rsplit(' ').take(6).any(|w| ["updated", "modified"].iter().any(|c| w.contains(c)));
        let published = mark.context.contains("published") || mark.pubdate;
        let line = self.markup.lines.get(mark.line).map_or("", |l| l.text.as_str());
        let before = line.find(&mark.words).filter(|_| !mark.words.is_empty()).map_or("", |i| &line[..i]);
        match label_before(before)
            .or_else(|| label_before(mark.words.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default()))
        {
            Some(label) => label == Label::Change,
            None => own && !published,
        }
    }

    /// Dates that a reader sees near the headline or after a label.
    fn of_lines(mut self) -> Self {
        let markup = self.markup;
        for (n, line) in markup.lines.iter().enumerate().filter(|(_, l)| !l.beside) {
            for (at, m) in moment::in_line(&line.text, self.order).into_iter().enumerate().take(3) {
                let before = &line.text[..m.range.start];
                let above = if before.trim().is_empty() && n > 0 { markup.lines[n - 1].text.as_str() } else { "" };
                let label = label_before(before).or_else(|| label_before(above).filter(|_| above.len() < 30));
                let by = "the page's words";
                match label {
                    Some(Label::Change) => self.take_change(4, Some(n), Some(m.value), by),
                    Some(Label::Published) if line.text.len() <= 2 * LONGEST => {
                        let rank = self.seen_rank(n, line).map_or(7, |r| r.min(4));
                        self.take_at(rank, Some(n), Some(m.value), by);
                    }
                    _ if at == 0 && is_date_alone(&line.text, &m) => {
                        let rank = self.seen_rank(n, line);
                        rank.into_iter().for_each(|r| self.take_at(r, Some(n), Some(m.value.clone()), by));
                    }
                    _ => {}
                }
            }
        }
        self
    }

    /// The rank of a date in a line, by how near it stands to the headline and by the names around it.
    fn seen_rank(&self, n: usize, line: &Line) -> Option<u8> {
        let near = self.headline.map(|h| n + NEAR.1 >= h && n <= h + NEAR.0);
        let named = ["date", "time", "publish", "posted", "byline", "meta", "author", "info"];
        let named = named.iter().any(|w| line.context.contains(w));
        match (near, named) {
            (Some(true), true) => Some(5),
            (Some(true), false) => Some(6),
            (_, true) => Some(8),
            _ => None,
        }
    }

    fn of_address(mut self, url: Option<&str>) -> Self {
        let own = self.markup.links.iter().filter(|(rel, _)| rel == "canonical").map(|(_, href)| href.as_str());
        let all = url.into_iter().chain(own).chain(self.markup.meta("og:url"));
        let day: Option<Date> = all.filter_map(moment::in_address).next();
        let value = day.and_then(|d| Iso::parse(&d.to_string()));
        self.take(4, value, "the day in its address");
        self
    }

    fn best(self) -> Dated {
        let told = |c: &Candidate| Told::new(c.value.clone(), c.by.clone());
        let modified = self.changes.iter().min_by_key(|c| c.rank).map(told);
        // Where nothing tells the first appearance, a change that is printed at the headline is the time of its words.
        let printed = || {
            let near = |c: &&Candidate| c.rank.1 <= NEAR.0 && self.headline.is_some();
            self.changes.iter().filter(near).min_by_key(|c| c.rank)
        };
        let Some(best) = self.all.iter().min_by_key(|c| c.rank) else {
            let printed = printed().map(|c| Told::new(c.value.clone(), format!("{} of a change", c.by)));
            return Dated { published: printed, modified };
        };
        if let Some(local) = self.local(best) {
            return Dated { published: Some(local), modified };
        }
        // The same day told with its time of day is finer.
        let same = |c: &&Candidate| c.rank.0 <= 3 && c.value.date() == best.value.date();
        let timed = |c: &&Candidate| c.value.as_str().contains('T');
        let finer = self.all.iter().filter(same).find(timed).filter(|_| !timed(&best));
        Dated { published: Some(told(finer.unwrap_or(best))), modified }
    }

    /// The day or moment where the outlet is, for one told in UTC: that day is printed, and words like "on Monday" are
    /// meant from there.
    fn local(&self, best: &Candidate) -> Option<Told<Iso>> {
        let told = |c: &Candidate| {
            let near = c.rank.0 <= 6 && c.rank.1 <= NEAR.0 + 4;
            let value = match local(&best.value, &c.value, near)? {
                Local::Moment(moment) => (0, moment),
                Local::Day => (1, c.value.clone()),
            };
            Some((value, format!("{}, in local time by {}", best.by, c.by)))
        };
        let ((_, value), by) = self.all.iter().filter_map(told).min_by_key(|((rank, _), _)| *rank)?;
        Some(Told::new(value, by))
    }
}

/// Whether a line is a date with a time, a place or a name beside it, not a sentence.
fn is_date_alone(line: &str, m: &moment::Moment) -> bool {
    let rest = line.len() - m.range.len();
    let begins = line[..m.range.start].split_whitespace().count() <= 8;
    rest <= LONGEST - 30 && begins && !line[m.range.end..].contains(". ")
}
