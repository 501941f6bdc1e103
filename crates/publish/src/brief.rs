//! The situation brief: who says what of some days, what is disputed, what several origins tell, and what nobody says.
//!
//! `collect` puts the ledger into one neutral structure; `markdown` and `html` write that structure down. The rules of
//! its wording are in docs/brief.md: nothing is called true, each statement has its speaker and leads to the exact words.

mod collect;

mod alike;
mod alleged;
mod around;
mod counts;
mod desk;
mod disputed;
mod sources;
mod truces;
mod unknown;
mod voice;

mod html;
mod markdown;

use std::collections::BTreeSet;

pub use collect::collect;
pub use html::{content, html};
pub use markdown::markdown;

/// What a brief is asked to be of.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The days, in words ("10 October 2020"), or what else is asked for; the title of the brief.
    pub title: String,
    /// The filters, in words, a line each ("party: varnia").
    pub filters: Vec<String>,
    /// Ids of the claims it may use.
    pub claims: BTreeSet<String>,
    /// Ids of the figures it may use.
    pub figures: BTreeSet<String>,
    /// Ids of claims that would be in it if they or their reports had a date.
    pub undated: BTreeSet<String>,
    /// Whether those are in it all the same.
    pub with_undated: bool,
}

/// A brief, ready to be written down.
#[derive(Debug)]
pub struct Brief {
    /// Its days.
    pub title: String,
    /// What it is of, in a few sentences.
    pub scope: Vec<Line>,
    /// Its parts, in a fixed order.
    pub sections: Vec<Section>,
    /// The exact words that statements lead to; number `n` is at `n - 1`.
    pub citations: Vec<Citation>,
}

/// One part.
#[derive(Debug)]
pub struct Section {
    /// Names it in links.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// How to read it.
    pub about: &'static str,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug)]
pub enum Block {
    /// A heading under that of the section.
    Heading(String),
    /// A heading under that.
    Under(String),
    /// A paragraph.
    Text(Line),
    /// Statements or remarks.
    List(Vec<Item>),
    /// Statements of several sides, side by side, the sides in alphabetical order.
    Beside(Vec<Column>),
    /// Rows under a heading.
    Table {
        /// Names of the columns.
        head: Vec<&'static str>,
        /// Rows of cells.
        rows: Vec<Vec<Line>>,
    },
    /// An inline SVG; what it shows also stands in words beside it.
    Chart(String),
}

/// A line of a list, with what belongs to it.
#[derive(Debug, Default)]
pub struct Item {
    /// The statement.
    pub line: Line,
    /// Who denies it, what it denies, where else it stands.
    pub below: Vec<Line>,
}

/// One side's statements.
#[derive(Debug)]
pub struct Column {
    /// The side.
    pub name: String,
    /// What it says.
    pub items: Vec<Item>,
}

/// Words of ours and words of reports, kept apart.
pub type Line = Vec<Piece>;

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Our words, and names.
    Text(String),
    /// A speaker or a side.
    Strong(String),
    /// Time, place, report.
    Faint(String),
    /// The exact words of a report.
    Quote(Quote),
    /// The number of a citation alone.
    Cite(usize),
}

/// The exact words of a report, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What stands before them in their sentence, where they say too little alone; else empty.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands after them.
    pub after: String,
    /// The number of their citation.
    pub number: usize,
}

/// Where exact words stand.
#[derive(Debug)]
pub struct Citation {
    /// Outlet and date, or the path.
    pub report: String,
    /// The path of the report.
    pub path: String,
    /// Code points of the article's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The paragraph before the words, perhaps cut.
    pub before: String,
    /// The words.
    pub words: String,
    /// The paragraph after them.
    pub after: String,
}

/// Our own words as a piece.
fn text(words: impl Into<String>) -> Piece {
    Piece::Text(words.into())
}
