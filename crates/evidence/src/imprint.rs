//! What does a page tell of itself beside its words, and what told it?

use std::borrow::Cow;

use crate::time::Iso;

/// What is known of a report's publication beside its date. What nothing tells stays empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imprint {
    /// The section of the outlet it stands in, as printed ("World", "Opinion").
    pub section: Option<String>,
    /// When it was last changed after publication, by its own words.
    pub modified: Option<Iso>,
    /// When it was taken from the net: by an archive or by this program. Never the time of publication.
    pub retrieved: Option<Iso>,
    /// That the text is a translation, by its own notice.
    pub translation: Option<Translation>,
    /// What told each value, at most one for each field, in the order of [`Field::ALL`].
    pub bases: Vec<(Field, Cow<'static, str>)>,
}

/// A translation, by its own notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Whether a machine made it; `None` where the notice names neither a machine nor a person.
    pub machine: Option<bool>,
    /// ISO 639 code of the language it was made from, where the notice names it.
    pub from: Option<String>,
    /// The notice: the words of the page, or the mark that a translating program leaves in it.
    pub notice: String,
}

/// A value of an article that a page, a table or an archive can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The authors.
    Byline,
    /// Who published it.
    Outlet,
    /// Credited wire services.
    Agencies,
    /// The section of the outlet.
    Section,
    /// The canonical address.
    Url,
    /// When it was published.
    Published,
    /// When it was last changed.
    Modified,
    /// When it was taken from the net.
    Retrieved,
    /// The language of its text.
    Language,
}

impl Field {
    /// All fields, in their order.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Byline,
        Self::Outlet,
        Self::Agencies,
        Self::Section,
        Self::Url,
        Self::Published,
        Self::Modified,
        Self::Retrieved,
        Self::Language,
    ];

    /// The name in exports and in tables that users give.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Outlet => "outlet",
            Self::Agencies => "agencies",
            Self::Section => "section",
            Self::Url => "url",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Retrieved => "retrieved",
            Self::Language => "language",
        }
    }

    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == name)
    }
}

impl Imprint {
    /// What told a field.
    pub fn basis(&self, field: Field) -> Option<&str> {
        self.bases.iter().find(|(f, _)| *f == field).map(|(_, by)| &**by)
    }
}
