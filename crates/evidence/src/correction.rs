//! What a person says of one object of the ledger: that it is read right, wrong, or how it should be read.
//!
//! Corrections are a layer of their own beside the readings. They are only ever added to: a later word of the same coder
//! goes before an earlier one, and taking back is a further correction. Each keeps what it needs to be found again when
//! the report is read anew: the place, the words there, and the machine's reading that the person saw.

mod field;
mod part;
mod wording;

mod read;

use std::collections::BTreeMap;

use crate::ledger::Id;
use crate::span::Span;
use crate::{Article, Claim, Figure};

pub use field::{Field, Shape};
pub use part::{Parts, Written};
pub use wording::{Wrong, correct_claim, correct_figure, of_claim, of_figure};

/// Values of fields, each in the form that [`Field::shape`] tells; empty where the text does not say.
pub type Values = BTreeMap<Field, String>;

/// Which kind of object is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A claim.
    Claim,
    /// A figure.
    Figure,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Claim, Self::Figure];

    /// The word as exports and addresses write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Figure => "figure",
        }
    }

    /// The kind written as `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == word)
    }

    /// The fields that an object of the kind has, in the order in which they are shown.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Claim => Field::OF_CLAIMS,
            Self::Figure => Field::OF_FIGURES,
        }
    }

    /// The field with the object's own words.
    pub const fn words(self) -> Field {
        match self {
            Self::Claim => Field::Content,
            Self::Figure => Field::Span,
        }
    }
}

/// One object of the ledger, by kind and id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Object {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
}

/// Where a corrected object stood, and how the machine read it then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Id of the article.
    pub article: String,
    /// The object's own words.
    pub span: Span,
    /// What they are.
    pub quote: String,
    /// All fields as the machine read them.
    pub read: Values,
}

impl Anchor {
    /// The anchor of a claim of an article.
    pub fn of_claim(article: &Article, claim: &Claim) -> Self {
        Self::new(article, claim.content, of_claim(article, claim))
    }

    /// The anchor of a figure of an article.
    pub fn of_figure(article: &Article, figure: &Figure) -> Self {
        Self::new(article, figure.span, of_figure(article, figure))
    }

    fn new(article: &Article, span: Span, read: Values) -> Self {
        let quote = article.text.get(span.range()).unwrap_or_default().to_owned();
        Self { article: article.id.clone(), span, quote, read }
    }

    /// The print of the machine's reading: another one where any field is read otherwise.
    pub fn print(&self) -> String {
        let all = self.read.iter().fold(Id::of("reading"), |id, (field, value)| id.with(field.as_str()).with(value));
        all.text("r")
    }
}

/// What is said of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is there, and every field is right.
    Accept,
    /// The text puts forward no such claim, or gives no such number.
    Reject,
    /// It is there, and these fields are otherwise.
    Correct(Values),
    /// What the same person said under this number does not count.
    TakeBack(u64),
}

impl Verdict {
    /// The word as exports and tables write it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Correct(_) => "correct",
            Self::TakeBack(_) => "take-back",
        }
    }
}

/// A word that is not kept yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is of, by the id that it had then.
    pub object: Object,
    /// How to find it again.
    pub anchor: Anchor,
    /// Name of who says it.
    pub coder: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// Whether it is an editor's decision, which settles what coders disagree about.
    pub settles: bool,
    /// What is said.
    pub verdict: Verdict,
    /// Why, in the person's own words; may be empty.
    pub why: String,
}

/// A word that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its place in the layer: a later one has a higher number.
    pub number: u64,
    /// What was said.
    pub said: Draft,
}
