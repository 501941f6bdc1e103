//! What does one file say? Its bytes become an article: cleaned text, title, dateline, outlet, credits, date, language.

mod languages;
mod publisher;

use evidence::ledger::Id;
use evidence::time::Iso;
use evidence::{Article, Imprint, Note, Span};

use crate::dateline::{self, Dateline};
use crate::error::Error;
use crate::html;
use crate::language::Languages;
use crate::marks;
use crate::outlets::Outlets;
use crate::page::{self, Known, Page, Phrases, Verdict};
use crate::piece::{Body, Particulars, Piece, Told};
use crate::published::{Sources, published};
use crate::translation;
use crate::wrapped;

use publisher::OwnWord;

/// How many lines may stand before the one with the dateline.
const BEFORE_DATELINE: usize = 8;

/// Longest text of a report, in bytes: about 85,000 words, as many as a book has. The stages after this one take more than
/// twice the time for twice the text: half a minute for so many claims in a row.
const LONGEST: usize = 500_000;

/// What told a value, where the user did.
const BY_USER: &str = "the user";
/// The same, where the lines of the page did.
const BY_WORDS: &str = "the page's words";

/// What the user tells of a report, on the command line or in a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// When it was published.
    pub published: Option<Iso>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors.
    pub byline: Option<Vec<String>>,
    /// The section of the outlet.
    pub section: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
}

impl Given {
    /// Each value, or where there is none, that of `other`.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            published: self.published.clone().or_else(|| other.published.clone()),
            outlet: self.outlet.clone().or_else(|| other.outlet.clone()),
            url: self.url.clone().or_else(|| other.url.clone()),
            title: self.title.clone().or_else(|| other.title.clone()),
            byline: self.byline.clone().or_else(|| other.byline.clone()),
            section: self.section.clone().or_else(|| other.section.clone()),
            language: self.language.clone().or_else(|| other.language.clone()),
        }
    }

    fn particulars(&self) -> Particulars {
        fn told<T: Clone>(value: &Option<T>) -> Option<Told<T>> {
            value.clone().map(|v| Told::new(v, BY_USER))
        }
        Particulars {
            published: told(&self.published),
            outlet: told(&self.outlet),
            url: told(&self.url),
            title: told(&self.title),
            byline: told(&self.byline),
            section: told(&self.section),
            language: told(&self.language),
            ..Particulars::default()
        }
    }
}

/// Knows outlets, agencies and the wording of page noise.
#[derive(Debug)]
pub struct Desk {
    phrases: Phrases,
    outlets: Outlets,
    languages: Languages,
}

impl Desk {
    /// Reads `data/page.toml`, `data/outlets.toml` and `data/languages.toml`, which are part of the program.
    ///
    /// # Errors
    /// If one of them has a mistake: with file, line and column.
    pub fn open() -> Result<Self, Error> {
        Ok(Self { phrases: Phrases::read()?, outlets: Outlets::read()?, languages: Languages::read()? })
    }

    /// Makes an article of a piece. No article if it holds none: a note of kind `unreadable` says why and how to mend it.
    ///
    /// What the user tells comes before what came with the piece, and that before what its page says. Other kinds of
    /// notes: `left-out` for each line that is no part of the report, `undated`, `translated`, `not-english`,
    /// `no-title`, and those of the page reader.
    pub fn read(&self, piece: Piece, given: &Given) -> (Option<Article>, Vec<Note>) {
        let Piece { path, body, particulars } = piece;
        let known = given.particulars().or(particulars);
        let (text, mut own, of_page) = match body {
            Body::Text(text) => (text, Particulars::default(), Vec::new()),
            Body::Page { bytes, charset } => {
                match html::read(&path, &bytes, charset.as_deref(), &known, &self.outlets) {
                    Ok(page) => (page.text, page.particulars, page.notes),
                    Err(error) => return (None, vec![unreadable(&path, &error)]),
                }
            }
        };
        if text.len() > LONGEST {
            return (None, vec![too_long(&path, &text)]);
        }
        let (text, hidden) = marks::without_marks(&text);
        if text.trim().is_empty() {
            let told = "it holds nothing but invisible characters; remove it or save the report again";
            return (None, vec![unreadable(&path, &Error::file(told))]);
        }
        own.notes.extend(marks::note(&path, hidden));
        let (article, mut notes) = self.read_text(&path, &text, known, own);
        notes.extend(of_page);
        (Some(article), notes)
    }

    /// Makes an article of lines of text: `known` was told before they were read, `own` is what their page's markup tells.
    fn read_text(&self, path: &str, raw: &str, known: Particulars, own: Particulars) -> (Article, Vec<Note>) {
        let own_word = OwnWord {
            outlet: known.outlet.is_none(),
            published: known.published.is_none(),
            modified: known.modified.is_none(),
        };
        let given = known.published.as_ref().filter(|t| t.by == BY_USER).map(|t| t.value.clone());
        let mut told = known.or(own);
        let mut notes = std::mem::take(&mut told.notes);
        marks::clean(&mut told);
        let lines = wrapped::lines(raw);
        if own_word.outlet {
            told.outlet = self.outlet(told.outlet.take(), told.url.as_ref());
        }
        let known = Known {
            phrases: &self.phrases,
            outlets: &self.outlets,
            given_outlet: told.outlet.as_ref().map(|o| o.value.as_str()),
        };
        let title = told.title.clone();
        let title = title.as_ref().map(|t| (0, t.value.as_str())).filter(|(_, t)| !t.trim().is_empty());
        let printed = lines.iter().map(|(n, l)| (*n, &**l));
        let page = page::judge(title.into_iter().chain(printed), title.is_some(), known);
        let report = Report::of(&page, &self.outlets);
        notes.extend(notes_of(path, &page));
        let sources = Sources {
            given: given.as_ref(),
            told: told.published.as_ref().map(|t| &t.value),
            stamps: &page.stamps,
            text: &report.text,
            title: report.title,
            dateline: report.dateline.as_ref().and_then(|d| d.date.as_ref()),
        };
        let (mut published, undated) = published(&sources);
        notes.extend(undated.into_iter().map(|n| Note { message: format!("{path}: {}", n.message), ..n }));
        let (language, language_told) = self.language(&report.text, told.language.as_ref());
        let of_words = || translation::of_page(&page, language.as_deref(), &self.languages);
        let translation = told.translation.clone().or_else(of_words);
        notes.extend(self.languages_noted(path, &report.text, language.as_deref(), translation.as_ref()));
        if report.title.is_none() {
            notes.push(Note::new("no-title", format!("{path}: no title was found")));
        }
        let id = id(&report, &told);
        told.language = language_told;
        // What nobody told is asked of the page's own words.
        let source = report.dateline.as_ref().and_then(|d| d.source.clone()).map(|o| Told::new(o, "the dateline"));
        told.outlet = told.outlet.or(page.outlet.map(|o| Told::new(o, BY_WORDS))).or(source);
        let unsigned = told.byline.is_none() && !page.byline.is_empty();
        told.byline = if unsigned { Some(Told::new(page.byline, BY_WORDS)) } else { told.byline };
        // "By Vale Radio" in Vale Radio names nobody.
        if let (Some(byline), Some(outlet)) = (&mut told.byline, &told.outlet) {
            byline.value.retain(|name| !name.eq_ignore_ascii_case(&outlet.value));
        }
        told.byline = told.byline.filter(|b| !b.value.is_empty());
        self.set_clock(&own_word, &mut published, &mut told);
        let agencies = self.agencies(page.agencies, &report.text, &told);
        let article = Article {
            id,
            path: path.to_owned(),
            title: report.title,
            agencies,
            published,
            language,
            dateline: report.dateline.map(|d| Span::new(report.dateline_start, d.end)),
            text: report.text,
            imprint: Imprint {
                bases: told.bases(),
                section: told.section.map(|t| t.value),
                modified: told.modified.map(|t| t.value),
                retrieved: told.retrieved.map(|t| t.value),
                translation,
            },
            url: told.url.map(|t| t.value),
            outlet: told.outlet.map(|t| t.value),
            byline: told.byline.map(|t| t.value).unwrap_or_default(),
        };
        (article, notes)
    }
}

/// A note on a text that is too long for a report.
fn too_long(path: &str, text: &str) -> Note {
    let (size, most) = (text.len() / 1000, LONGEST / 1000);
    let told = format!("its text has {size} kB, over {most} kB: no report is that long; split it, one report a file");
    unreadable(path, &Error::file(told))
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

/// The same report told the same of has the same id, wherever it lies and whenever it was taken from the net.
fn id(report: &Report, told: &Particulars) -> String {
    let words = |v: &Option<Told<String>>| v.as_ref().map(|t| t.value.clone()).unwrap_or_default();
    Id::of("article")
        .with(&report.text)
        .with(report.title.map_or("", |t| t.of(&report.text)))
        .with(told.published.as_ref().map_or("", |p| p.value.as_str()))
        .with(&words(&told.outlet))
        .with(&words(&told.url))
        .text("a")
}

fn notes_of(path: &str, page: &Page<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    for (line, verdict) in &page.lines {
        let Verdict::Dropped(reason) = verdict else { continue };
        let told = format!("{path}, line {}: left out, as it {}: {}", line.number, reason.about(), short(line.text));
        notes.push(Note::new("left-out", told));
        if *reason == page::Reason::Correction {
            let told = format!("{path}, line {} says of itself: {}", line.number, line.text);
            notes.push(Note::new("correction", told));
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
