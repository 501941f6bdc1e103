//! What does one file say? Its bytes become an article: cleaned text, title, dateline, outlet, credits, date, language.

use evidence::ledger::Id;
use evidence::time::Iso;
use evidence::{Article, Note, Span};

use crate::dateline::{self, Dateline};
use crate::error::Error;
use crate::language::language;
use crate::outlets::Outlets;
use crate::page::{self, Known, Page, Phrases, Verdict};
use crate::published::{Sources, published};
use crate::source::Source;
use crate::wrapped;

/// How many lines may stand before the one with the dateline.
const BEFORE_DATELINE: usize = 8;

/// What the user tells of a report, on the command line or in a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// When it was published.
    pub published: Option<Iso>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Given {
    /// Each value, or where there is none, that of `other`.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            published: self.published.clone().or_else(|| other.published.clone()),
            outlet: self.outlet.clone().or_else(|| other.outlet.clone()),
            url: self.url.clone().or_else(|| other.url.clone()),
        }
    }
}

/// Knows outlets, agencies and the wording of page noise.
#[derive(Debug)]
pub struct Desk {
    phrases: Phrases,
    outlets: Outlets,
}

impl Desk {
    /// Reads `data/page.toml` and `data/outlets.toml`, which are part of the program.
    ///
    /// # Errors
    /// If one of them has a mistake: with file, line and column.
    pub fn open() -> Result<Self, Error> {
        Ok(Self { phrases: Phrases::read()?, outlets: Outlets::read()? })
    }

    /// Makes an article of a file's bytes; `path` is the file as the user named it. No article if the file holds none:
    /// a note of kind `unreadable` says why and how to mend it.
    ///
    /// Other kinds of notes: `left-out` for each line that is no part of the report, `undated`, `translated`,
    /// `not-english`, `no-title`.
    pub fn read(&self, path: &str, bytes: &[u8], given: &Given) -> (Option<Article>, Vec<Note>) {
        match Source::of(bytes) {
            Ok(Source::Text(text)) => {
                let (article, notes) = self.read_text(path, text, given);
                (Some(article), notes)
            }
            Err(error) => (None, vec![unreadable(path, &error)]),
        }
    }

    fn read_text(&self, path: &str, raw: &str, given: &Given) -> (Article, Vec<Note>) {
        let lines = wrapped::lines(raw);
        let outlet_told =
            given.outlet.clone().or_else(|| given.url.as_ref().and_then(|u| self.outlets.of_url(u)).map(str::to_owned));
        let known = Known { phrases: &self.phrases, outlets: &self.outlets, given_outlet: outlet_told.as_deref() };
        let page = page::judge(lines.iter().map(|(n, l)| (*n, &**l)), known);
        let report = Report::of(&page, &self.outlets);
        let mut notes = notes_of(path, &page);
        let sources = Sources {
            given: given.published.as_ref(),
            stamps: &page.stamps,
            text: &report.text,
            title: report.title,
            dateline: report.dateline.as_ref().and_then(|d| d.date.as_ref()),
        };
        let (published, undated) = published(&sources);
        notes.extend(undated.into_iter().map(|n| Note { message: format!("{path}: {}", n.message), ..n }));
        let language = language(&report.text);
        if let Some(other) = language.filter(|l| *l != "en") {
            notes.push(Note::new(
                "not-english",
                format!("{path}: the text seems to be in another language ({other}); only English is understood"),
            ));
        }
        if report.title.is_none() {
            notes.push(Note::new("no-title", format!("{path}: no title was found")));
        }
        let mut agencies = page.agencies;
        agencies.extend(self.outlets.agencies_of_text(&report.text));
        agencies.sort();
        agencies.dedup();
        let source = report.dateline.as_ref().and_then(|d| d.source.clone());
        let article = Article {
            id: id(&report, given),
            path: path.to_owned(),
            url: given.url.clone(),
            outlet: outlet_told.clone().or(page.outlet).or(source),
            title: report.title,
            byline: page.byline,
            agencies,
            published,
            language: language.map(str::to_owned),
            dateline: report.dateline.map(|d| Span::new(report.dateline_start, d.end)),
            text: report.text,
        };
        (article, notes)
    }
}

/// A note on a file that could not be read.
pub(crate) fn unreadable(path: &str, error: &Error) -> Note {
    Note::new("unreadable", format!("cannot read {path}: {error}"))
}

/// The text of a page's report.
struct Report {
    text: String,
    title: Option<Span>,
    /// With its end and its date counted in `text`.
    dateline: Option<Dateline>,
    dateline_start: usize,
}

impl Report {
    fn of(page: &Page<'_>, outlets: &Outlets) -> Self {
        let mut report = Self { text: String::new(), title: None, dateline: None, dateline_start: 0 };
        let kept = page.lines.iter().enumerate().filter(|(_, (_, verdict))| *verdict == Verdict::Kept);
        for (n, (i, (line, _))) in kept.enumerate() {
            if n > 0 {
                report.text.push('\n');
            }
            let start = report.text.len();
            let title = page.title.filter(|(t, _)| *t == i);
            report.text.push_str(title.map_or(line.text, |(_, words)| words));
            if title.is_some() {
                report.title = Some(Span::new(start, report.text.len()));
            } else if report.dateline.is_none() && n <= BEFORE_DATELINE {
                report.dateline_start = start;
                report.dateline = dateline::find(line.text, outlets).map(|mut d| {
                    d.end += start;
                    d.date = d.date.map(|mut w| {
                        w.range = w.range.start + start..w.range.end + start;
                        w
                    });
                    d
                });
            }
        }
        report
    }
}

/// The same report told the same of has the same id, wherever it lies.
fn id(report: &Report, given: &Given) -> String {
    let told = |v: Option<&str>| v.unwrap_or_default().to_owned();
    Id::of("article")
        .with(&report.text)
        .with(report.title.map_or("", |t| t.of(&report.text)))
        .with(&told(given.published.as_ref().map(Iso::as_str)))
        .with(&told(given.outlet.as_deref()))
        .with(&told(given.url.as_deref()))
        .text("a")
}

fn notes_of(path: &str, page: &Page<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    for (line, verdict) in &page.lines {
        let Verdict::Dropped(reason) = verdict else { continue };
        let told = format!("{path}, line {}: left out, as it {}: {}", line.number, reason.about(), short(line.text));
        notes.push(Note::new("left-out", told));
        if *reason == page::Reason::Translation {
            notes.push(Note::new(
                "translated",
                format!("{path} is a translation, by its own words: {}", short(line.text)),
            ));
        }
    }
    notes
}

fn short(text: &str) -> String {
    const MOST: usize = 100;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
