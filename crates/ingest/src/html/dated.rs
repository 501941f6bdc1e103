//! When was this page published, when was it changed, and what says so?
//!
//! What may tell it has a rank; of the best rank that tells a day which can be, the first counts. A day after the page
//! was taken from the net cannot be, and years of copyright are never asked. Nothing is taken from the midst of a text.

use evidence::time::Iso;
use jiff::civil::Date;

use crate::piece::Told;

use super::linked::Linked;
use super::markup::{Line, Mark, Markup};
use super::moment::{self, Order};

/// Names of `<meta>` that tell when a page was published, the most exact first.
const PUBLISHED: [&str; 47] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "published_at",
    "published-date",
    "published_date",
    "published_time_telegram",
    "publishdate",
    "publish-date",
    "publish_date",
    "publish_time",
    "published",
    "pubdate",
    "publication_date",
    "publication-date",
    "publicationdate",
    "date_published",
    "date-published",
    "article.published",
    "article-publication-date",
    "articledate",
    "ptime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.available",
    "dc.date.available",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dcsext.articlefirstpublished",
    "release_date",
    "displaydate",
    "sort_date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "dc.date.x-metadatadate",
];
/// Names of `<meta>` that tell some date, mostly that of publication.
const SOME_DATE: [&str; 12] = [
    "date",
    "datecreated",
    "created",
    "dc.created",
    "creation_date",
    "article.created",
    "article:created_time",
    "eprints.datestamp",
    "uploaddate",
    "timestamp",
    "vr:published_time",
    "pdate",
];
/// Names of `<meta>` that tell when a page was changed.
const MODIFIED: [&str; 15] = [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "dateupdated",
    "last-modified",
    "lastmod",
    "lastmodified",
    "modified",
    "modified_date",
    "dcterms.modified",
    "dc.date.modified",
    "revision_date",
    "utime",
];
/// Words of labels, in a few languages, after which a page's date stands.
const LABELS: [&str; 29] = [
    "published",
    "posted",
    "first published",
    "publication date",
    "date published",
    "published on",
    "date",
    "created",
    "submitted",
    "released",
    "release date",
    "issued",
    "veröffentlicht",
    "erstellt",
    "publié",
    "publicado",
    "pubblicato",
    "gepubliceerd",
    "publication",
    "on",
    "veröffentlichungsdatum",
    "datum",
    "fecha",
    "stand",
    "mis en ligne",
    "entry posted",
    "originally published",
    "written",
    "post date",
];
/// Words of labels of a change.
const CHANGES: [&str; 15] = [
    "updated",
    "last updated",
    "modified",
    "last modified",
    "update",
    "last edited",
    "edited",
    "aktualisiert",
    "zuletzt",
    "mis à jour",
    "modifié",
    "actualizado",
    "aggiornato",
    "revised",
    "reviewed",
];
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
    latest: Option<&str>,
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
    latest: Option<&'a str>,
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
        !filler && self.latest.is_none_or(|latest| day <= latest)
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
        let all = [(PUBLISHED.as_slice(), 1), (SOME_DATE.as_slice(), 4)];
        for (name, rank) in all.iter().flat_map(|(names, rank)| names.iter().map(|n| (*n, *rank))) {
            let value = self.markup.meta(name).find_map(|v| moment::of_value(v, self.order));
            self.take(rank, value, format!("meta {name}"));
        }
        for name in MODIFIED {
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
        let utc = instant(&best.value)
            .filter(|_| best.value.as_str().ends_with(['Z']) || best.value.as_str().ends_with("+00:00"))?;
        let others = || self.all.iter().filter(|c| c.value.date() != best.value.date());
        let by = |c: &Candidate| format!("{}, in local time by {}", best.by, c.by);
        let zoned = |c: &&Candidate| instant(&c.value) == Some(utc);
        if let Some(c) = others().find(zoned) {
            return Some(Told::new(c.value.clone(), by(c)));
        }
        for c in others() {
            let away =
                jiff::civil::DateTime::strptime("%Y-%m-%dT%H:%M", c.value.as_str().get(..16).unwrap_or_default())
                    .ok()
                    .and_then(|local| local.to_zoned(jiff::tz::TimeZone::UTC).ok())
                    .map(|local| (local.timestamp().as_second() - utc).div_euclid(60));
            // The clock of the page may lack its seconds.
            let away = away
                .map(|m| if (m + 1) % 15 == 0 { m + 1 } else { m })
                .filter(|m| m % 15 == 0 && (-720..=840).contains(m));
            if let Some(minutes) = away.filter(|_| c.value.as_str().len() <= 19) {
                let zone = format!(
                    "{}{:02}:{:02}",
                    if minutes < 0 { '-' } else { '+' },
                    minutes.abs() / 60,
                    minutes.abs() % 60
                );
                let value = Iso::parse(&format!("{}{zone}", c.value))?;
                return Some(Told::new(value, by(c)));
            }
        }
        // Midnight there lies between: the day began or had not ended.
        let printed =
            others().filter(|c| c.rank.0 <= 6 && c.rank.1 <= NEAR.0 + 4 && c.value.as_str().len() == 10).find(|c| {
                let day = c.value.as_str().parse::<Date>().and_then(|d| d.to_zoned(jiff::tz::TimeZone::UTC));
                day.is_ok_and(|d| {
                    (d.timestamp().as_second() - 14 * 3600..d.timestamp().as_second() + 36 * 3600).contains(&utc)
                })
            })?;
        Some(Told::new(printed.value.clone(), by(printed)))
    }
}

/// Seconds since 1970 of a moment that tells its offset.
fn instant(value: &Iso) -> Option<i64> {
    let text = value.as_str();
    let offset = text.ends_with('Z')
        || text.len() > 6
            && text.as_bytes()[text.len() - 3] == b':'
            && text.contains('T')
            && matches!(text.as_bytes()[text.len() - 6], b'+' | b'-');
    let whole = match text.find('T') {
        // Minutes alone, before the offset.
        Some(t) if text.as_bytes().get(t + 6).is_some_and(|b| *b != b':') => {
            format!("{}:00{}", &text[..t + 6], &text[t + 6..])
        }
        _ => text.to_owned(),
    };
    whole.parse::<jiff::Timestamp>().ok().filter(|_| offset).map(|t| t.as_second())
}

/// What a label says of the date after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    Change,
}

/// The label that ends before a date.
fn label_before(before: &str) -> Option<Label> {
    let before = before.to_lowercase();
    // "Published: 17:55, 8 Nov": a time of day may stand between.
    let clock = |c: char| !c.is_alphabetic();
    let bare = before.trim_end_matches(clock);
    let half = ["am", "pm", "gmt", "utc"]
        .iter()
        .find_map(|h| bare.strip_suffix(h))
        .filter(|b| b.ends_with(|c: char| c.is_ascii_digit() || c == ' '));
    let before = half.map_or(bare, |h| h.trim_end_matches(clock));
    let ends =
        |label: &&&str| before.strip_suffix(**label).is_some_and(|b| !b.ends_with(|c: char| c.is_alphanumeric()));
    let change = CHANGES.iter().find(ends).or_else(|| {
        // "Updated on", "Last updated by Ada Bel on"
        let last = before.rsplit(['|', '·', '•', '.']).next().unwrap_or_default().trim();
        CHANGES.iter().find(|c| last.starts_with(**c))
    });
    match change {
        Some(_) => Some(Label::Change),
        None => LABELS.iter().any(|l| ends(&l)).then_some(Label::Published),
    }
}

/// Whether a line is a date with a time, a place or a name beside it, not a sentence.
fn is_date_alone(line: &str, m: &moment::Moment) -> bool {
    let rest = line.len() - m.range.len();
    let begins = line[..m.range.start].split_whitespace().count() <= 8;
    rest <= LONGEST - 30 && begins && !line[m.range.end..].contains(". ")
}
