//! One report as it came: a text or a page, out of a file, table, archive or mailbox, with what came with it.

use std::borrow::Cow;

use evidence::Note;
use evidence::imprint::{Field, Translation};
use evidence::time::Iso;

/// One report as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it was found, as messages and the ledger name it: `a.txt`, `a.zip!b/c.html`, `a.jsonl#12` (line from 1),
    /// `a.warc#3` (record from 1), or an address.
    pub path: String,
    /// Its words.
    pub body: Body,
    /// What came with it.
    pub particulars: Particulars,
}

/// The words of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Lines of text: one paragraph a line, or wrapped.
    Text(String),
    /// A web page, undecoded.
    Page {
        /// Its bytes.
        bytes: Vec<u8>,
        /// The charset that whoever sent it named (`charset` of an HTTP or mail header); a byte order mark comes before
        /// it.
        charset: Option<String>,
    },
}

/// What is told of a report by whatever it came in, each value with what told it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars {
    /// The headline.
    pub title: Option<Told<String>>,
    /// The authors as printed.
    pub byline: Option<Told<Vec<String>>>,
    /// Who published it.
    pub outlet: Option<Told<String>>,
    /// Wire services credited.
    pub agencies: Option<Told<Vec<String>>>,
    /// The section of the outlet.
    pub section: Option<Told<String>>,
    /// Its canonical address.
    pub url: Option<Told<String>>,
    /// When it was published.
    pub published: Option<Told<Iso>>,
    /// When it was last changed.
    pub modified: Option<Told<Iso>>,
    /// When it was taken from the net.
    pub retrieved: Option<Told<Iso>>,
    /// ISO 639-1 code that it gives itself; the text itself is asked first.
    pub language: Option<Told<String>>,
    /// That it is a translation.
    pub translation: Option<Translation>,
    /// What a person should know of how the report and these values were read.
    pub notes: Vec<Note>,
}

/// A value and what told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// The value.
    pub value: T,
    /// What told it, in a few words that fit "by …": `json-ld datePublished`, `meta article:published_time`,
    /// `field "headline"`, `WARC-Date`, `Date of the mail`.
    pub by: Cow<'static, str>,
}

impl<T> Told<T> {
    /// A value told by something.
    pub fn new(value: T, by: impl Into<Cow<'static, str>>) -> Self {
        Self { value, by: by.into() }
    }
}

impl Particulars {
    /// Each value, or where there is none, that of `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            outlet: self.outlet.or(other.outlet),
            agencies: self.agencies.or(other.agencies),
            section: self.section.or(other.section),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
            modified: self.modified.or(other.modified),
            retrieved: self.retrieved.or(other.retrieved),
            language: self.language.or(other.language),
            translation: self.translation.or(other.translation),
            notes: self.notes.into_iter().chain(other.notes).collect(),
        }
    }

    /// What told each value, in the order of [`Field::ALL`].
    pub fn bases(&self) -> Vec<(Field, Cow<'static, str>)> {
        fn by<T>(told: &Option<Told<T>>) -> Option<Cow<'static, str>> {
            told.as_ref().map(|t| t.by.clone())
        }
        let all = [
            (Field::Title, by(&self.title)),
            (Field::Byline, by(&self.byline)),
            (Field::Outlet, by(&self.outlet)),
            (Field::Agencies, by(&self.agencies)),
            (Field::Section, by(&self.section)),
            (Field::Url, by(&self.url)),
            (Field::Published, by(&self.published)),
            (Field::Modified, by(&self.modified)),
            (Field::Retrieved, by(&self.retrieved)),
            (Field::Language, by(&self.language)),
        ];
        all.into_iter().filter_map(|(field, by)| Some((field, by?))).collect()
    }
}
