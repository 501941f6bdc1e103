//! One report, cleaned of what is not its text, with what is known of where and when it appeared.

use crate::imprint::Imprint;
use crate::span::Span;
use crate::time::Iso;
use crate::vocabulary::{Basis, Precision};

/// The code of a language that is not recognised, by ISO 639-2 and BCP 47.
pub const UNDETERMINED: &str = "und";

/// One report as published. `text` never changes; every other value points at it or names its basis.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Made from the content: the same report read twice has the same id.
    pub id: String,
    /// Where it was read from, as the user named it.
    pub path: String,
    /// Its address, if told.
    pub url: Option<String>,
    /// The outlet's name, if told or found.
    pub outlet: Option<String>,
    /// The title, the first line of `text`, if it has one.
    pub title: Option<Span>,
    /// Authors as printed.
    pub byline: Vec<String>,
    /// Wire services credited anywhere in the page (`AFP`, `Reuters`, `TASS`).
    pub agencies: Vec<String>,
    /// When it was published, or that this is unknown.
    pub published: Published,
    /// ISO 639-1 code of the language of `text` (639-3 where there is none); [`UNDETERMINED`] for one that is surely not
    /// English and not recognised. Nothing is claimed of a text that is not English. Of a few words it may be unknown;
    /// they are read as English.
    pub language: Option<String>,
    /// Title and paragraphs, one a line, without page noise.
    pub text: String,
    /// Dateline (`KHARTOUM, 24 May (Agency) -`), if the text opens with one; its words are no part of a sentence.
    pub dateline: Option<Span>,
    /// What else is known of its publication, and what told it.
    pub imprint: Imprint,
}

impl Article {
    /// A text of which nothing else is known: no page, no date.
    pub fn of_words(text: &str) -> Self {
        Self {
            id: "text".into(),
            path: "-".into(),
            url: None,
            outlet: None,
            title: None,
            byline: Vec::new(),
            agencies: Vec::new(),
            published: Published::unknown(),
            language: None,
            text: text.to_owned(),
            dateline: None,
            imprint: Imprint::default(),
        }
    }

    /// The title's words.
    pub fn title(&self) -> Option<&str> {
        self.title.map(|t| t.of(&self.text))
    }
}

/// A publication date with its basis; `value` is `None` exactly when the basis is `Unknown`.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// ISO 8601 date or date-time.
    pub value: Option<Iso>,
    /// How fine it is.
    pub precision: Option<Precision>,
    /// Where it comes from.
    pub basis: Basis,
    /// The words it was read from, in `text`; empty if they were given or cleaned away.
    pub spans: Vec<Span>,
}

impl Published {
    /// A date that nothing determines.
    pub const fn unknown() -> Self {
        Self { value: None, precision: None, basis: Basis::Unknown, spans: Vec::new() }
    }
}
