//! One casualty or displacement number, normalised.

use crate::claim::Speaker;
use crate::span::Span;
use crate::time::Iso;
use crate::vocabulary::{Category, Harm, Qualifier};

/// One number of people harmed, inside a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Made from the article's id, the span and the values.
    pub id: String,
    /// Id of the article.
    pub article: String,
    /// Id of the claim whose content it stands in.
    pub claim: Option<String>,
    /// The number with its hedge and what it counts ("at least seven Veldanian").
    pub span: Span,
    /// What befell them.
    pub harm: Harm,
    /// Lowest count; null for an open end.
    pub low: Option<u64>,
    /// Highest count; null for an open end.
    pub high: Option<u64>,
    /// The hedge.
    pub qualifier: Qualifier,
    /// What kind of people.
    pub category: Category,
    /// Whose people, if the text says.
    pub party: Option<String>,
    /// Where, as an entity id.
    pub place: Option<String>,
    /// What the count covers.
    pub period: Option<Period>,
    /// Whose count it is.
    pub speakers: Vec<Speaker>,
    /// An older count that the same text replaces ("up from 16").
    pub superseded: bool,
    /// How it was found.
    pub rule: String,
}

/// The time that a count covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day, if determined.
    pub from: Option<Iso>,
    /// Last day, if determined.
    pub to: Option<Iso>,
    /// The words.
    pub span: Span,
}

impl Figure {
    /// Its number in digits with what bounds it: "12", "at least 12", "at most 30", "12 to 15".
    pub fn number(&self) -> String {
        number(self.low, self.high)
    }
}

/// A number in digits with what bounds it.
pub(crate) fn number(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => "an unknown number".to_owned(),
    }
}
