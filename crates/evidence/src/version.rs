//! An article that changes after publication: its versions, and what changed from one to the next.

use std::borrow::Cow;

use crate::imprint::Field;
use crate::span::Span;
use crate::time::Iso;

/// Articles that were printed at one address with different words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The address, canonical.
    pub address: String,
    /// Oldest first, where that is known.
    pub articles: Vec<Edition>,
    /// Whether the times that are told put every one of them in order; otherwise those that are not stand by their ids.
    pub ordered: bool,
}

/// One version of an article, and when it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Id of the article.
    pub article: String,
    /// When it was taken from the net.
    pub retrieved: Option<Iso>,
    /// When it says that it was last changed.
    pub modified: Option<Iso>,
    /// When it says that it was published.
    pub published: Option<Iso>,
}

/// What changed from one version of an article to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Id of the older article.
    pub older: String,
    /// Id of the newer article.
    pub newer: String,
    /// Paragraphs that changed, in the order of the text.
    pub text: Vec<Change<Span>>,
    /// Claims that changed, by id, in the order of the text.
    pub claims: Vec<Change<String>>,
    /// Counts of people harmed that changed, by id of the figure, in the order of the text.
    pub figures: Vec<Change<String>>,
    /// What the page tells of itself that changed: title, byline, published.
    pub particulars: Vec<Field>,
    /// What the newer one says of having been changed ("Correction: …"), and the older does not.
    pub notices: Vec<String>,
}

/// A part that changed: `older` is `None` where it is new, `newer` is `None` where it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<T> {
    /// In the older version.
    pub older: Option<T>,
    /// In the newer version.
    pub newer: Option<T>,
    /// Which fields differ; empty where there are no two to compare.
    pub fields: Vec<Cow<'static, str>>,
}

impl Revision {
    /// Whether nothing changed that is kept.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.claims.is_empty() && self.figures.is_empty() && self.particulars.is_empty()
    }

    /// Counts that became others without a word of it: the newer page does not say that it was corrected or updated.
    pub fn silent(&self) -> impl Iterator<Item = &Change<String>> {
        let told = !self.notices.is_empty();
        self.figures.iter().filter(move |c| !told && c.fields.iter().any(|f| f == "count"))
    }
}
