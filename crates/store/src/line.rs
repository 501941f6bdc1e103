//! What do lists and filters need of everything that was kept? Lines: short, read whole into memory by whoever serves many.
//!
//! Reading order: `facet` (what filters can name), `body` (how lines are kept), `sheet` and `matter` (how they are made),
//! `load` (how they are read).

mod body;
mod facet;
mod load;
mod matter;
mod sheet;

pub use facet::Facet;
pub use load::{Lines, Sink, Step, Thing};
pub(crate) use matter::{drop_matter, forget_matters, put_matter};
pub(crate) use sheet::{put_sheet, put_things};

use crate::Error;
use rusqlite::Connection;

/// Width of the signs of a meaning, in bytes.
pub const SIGNS: usize = evidence::Meaning::WIDTH / 8;

/// When something is told to have happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// First day, counted from 1 January 1970; none where it is not known.
    pub first: Option<i32>,
    /// Last day.
    pub last: Option<i32>,
    /// Minutes after midnight, where it is told.
    pub minute: Option<u16>,
}

/// A report.
#[derive(Debug, Clone, Copy)]
pub struct ReportLine<'a> {
    /// Its id.
    pub id: &'a str,
    /// Where it was read from.
    pub path: &'a str,
    /// When it was published.
    pub days: Days,
    /// Outlet, agencies, language, entities that it speaks of.
    pub words: &'a [u32],
}

/// A claim.
#[derive(Debug, Clone, Copy)]
pub struct ClaimLine<'a> {
    /// Its key: never that of another claim.
    pub key: u64,
    /// Its id.
    pub id: &'a str,
    /// When it is told to have happened, or else when the report was published.
    pub days: Days,
    /// Numbers of [`evidence::doubt::Doubts`].
    pub doubts: u32,
    /// What filters can name of it.
    pub words: &'a [u32],
}

/// A figure.
#[derive(Debug, Clone, Copy)]
pub struct FigureLine<'a> {
    /// Its id.
    pub id: &'a str,
    /// Which claim of the report it stands in, counted from 0.
    pub claim: Option<u32>,
    /// What it covers, or else when the report was published.
    pub days: Days,
    /// Lowest count.
    pub low: Option<u64>,
    /// Highest count.
    pub high: Option<u64>,
    /// Numbers of [`evidence::doubt::Doubts`].
    pub doubts: u32,
    /// What filters can name of it.
    pub words: &'a [u32],
}

/// What claims of several reports are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatterKind {
    /// An incident.
    Incident = 0,
    /// A ceasefire.
    Ceasefire = 1,
}

/// An incident or a ceasefire.
#[derive(Debug, Clone, Copy)]
pub struct MatterLine<'a> {
    /// Its key: never that of another.
    pub key: u64,
    /// Which of both.
    pub kind: MatterKind,
    /// Its id.
    pub id: &'a str,
    /// When.
    pub days: Days,
    /// Independent origins of an incident; alleged violations of a ceasefire.
    pub weight: u32,
    /// Denials of an incident.
    pub denials: u32,
    /// What filters can name of it.
    pub words: &'a [u32],
    /// Keys of its claims, with whether the claim is a denial of which it is known what it denies.
    pub members: &'a [(u64, bool)],
}

/// The next change of the lines, to be noted with each line that it changes.
pub(crate) fn next_change(db: &Connection) -> Result<i64, Error> {
    let sql = "UPDATE state SET value = value + 1 WHERE key = 'change' RETURNING value";
    Ok(db.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}
