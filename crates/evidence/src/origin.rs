//! What copies go back to, and what reports of different origins print alike.

use crate::span::Span;

/// Reports that are copies or rewrites of one original: a wire story and those who print it. Most have one copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Made from the least id of its articles.
    pub id: String,
    /// Wire services that its copies credit, sorted.
    pub agencies: Vec<String>,
    /// Its articles, by id.
    pub copies: Vec<Copy>,
}

/// One article of an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Id of the article.
    pub article: String,
    /// Why it is counted to this origin ("containment 0.83 in …, both credited to AFP"); empty for an only copy.
    pub reason: String,
}

/// Words that two articles of different origins both print: shared wire material, or one statement quoted by both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Where it stands, by article id.
    pub passages: [Passage; 2],
}

/// Some words of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Id of the article.
    pub article: String,
    /// The words.
    pub span: Span,
}

/// For every article of some origins the origin it belongs to, by article id.
pub fn of_articles(origins: &[Origin]) -> std::collections::BTreeMap<&str, &Origin> {
    origins.iter().flat_map(|o| o.copies.iter().map(move |c| (c.article.as_str(), o))).collect()
}
