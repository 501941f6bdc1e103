//! What have we kept? The ledger in one file: what each report says, and what reconciliation makes of all of them.
//!
//! A reading is saved whole or not at all, so a program killed at any moment leaves a whole ledger. Incidents,
//! ceasefires over several reports and origins are derived: they can be thrown away and made again.

mod error;
pub mod line;
mod picture;
mod rows;
mod schema;
mod select;
mod sqlite;
mod write;

mod excerpt;
mod read;

mod corrections;
mod watchlist;

mod accounts;

pub use accounts::{Account, Accounts, AuditLine, Broken, Deed, Door, Lifetimes, Print, Session, Token};
pub use corrections::{Corrections, Kept};
pub use error::Error;
pub use excerpt::Wanted;
pub use picture::{Object, Picture, Touched};
pub use select::{Selected, Selection};
pub use sqlite::SqliteStore;
pub use watchlist::{Feed, Listed, Listing, Moment, Watchlist};

use evidence::ledger::Reading;
use evidence::version::Edition;
use evidence::{Ceasefire, Entity, Incident, Ledger, Origin, Shared};

/// A place where a ledger is kept. `tests/conformance.rs` says what each kind of store must do.
pub trait Store {
    /// Keeps what one article says, all or nothing. A reading that differs from the kept one of the same article
    /// replaces it whole; one that differs only in where the same report was found changes nothing.
    /// `reader` names the program that read it, e.g. `standoff 0.1.0`.
    fn save(&mut self, reader: &str, reading: &Reading) -> Result<Saved, Error>;

    /// The readings of some articles (of all, for `None`), sorted by path, then by article id.
    fn readings(&self, of: Option<&[String]>) -> Result<Vec<Reading>, Error>;

    /// Counts the changes of the readings.
    fn revision(&self) -> Result<u64, Error>;

    /// The picture, to be brought up to date; `form` is that of the traces' bodies, and those of another form are
    /// forgotten. Nothing is kept until [`Picture::finish`].
    fn picture(&mut self, form: u64) -> Result<Picture<'_>, Error>;

    /// What reconciliation made of the readings; `None` if they have changed since.
    fn derived(&self) -> Result<Option<Derived>, Error>;

    /// How much the picture holds, with at most `most` disputed incidents: quick, however large the ledger.
    fn tally(&self, most: usize) -> Result<Tally, Error>;

    /// Ids of what a selection picks.
    fn select(&self, selection: &Selection) -> Result<Selected, Error>;

    /// A ledger with only what is wanted: readings hold the wanted claims and figures alone, but all entities of their
    /// article; with them come their origins, and the incidents of the claims. A denial comes with what it denies, and
    /// what is denied with its denial.
    fn excerpt(&self, wanted: &Wanted) -> Result<Ledger, Error>;

    /// Entities by their ids, in that order, each with names that articles have for it. Ids that are not there are passed
    /// over.
    fn entities(&self, ids: &[String]) -> Result<Vec<Entity>, Error>;

    /// How many claims and figures some articles have, in their order.
    fn sizes(&self, articles: &[String]) -> Result<Vec<(u64, u64)>, Error>;

    /// Articles that share an address with others, by address: those of one article, or all, for `None`. Versions of one
    /// article, in no order that means anything.
    fn editions(&self, of: Option<&str>) -> Result<Vec<(String, Vec<Edition>)>, Error>;

    /// Ids of the articles that `name` may mean, sorted, at most `most`: by the beginning of an id, by path, or by
    /// canonical address.
    fn articles_like(&self, name: &str, most: usize) -> Result<Vec<String>, Error>;

    /// Claims whose id starts with `prefix`: ids of claim and article, sorted, at most `most`.
    fn claims_like(&self, prefix: &str, most: usize) -> Result<Vec<(String, String)>, Error>;
}

/// What became of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// The article is new.
    Added,
    /// The article was there with another reading, which is gone.
    Replaced,
    /// The same reading was there.
    Unchanged,
}

/// How much the picture of a ledger holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Ceasefires.
    pub ceasefires: usize,
    /// Incidents that a side denies.
    pub disputed: usize,
    /// The first of these.
    pub disputes: Vec<Incident>,
}

/// What reconciliation makes of all readings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Derived {
    /// Every article is of one, by the first of their articles.
    pub origins: Vec<Origin>,
    /// What articles of different origins print alike.
    pub shared: Vec<Shared>,
    /// By their first claim.
    pub incidents: Vec<Incident>,
    /// Joined over articles, by their first claim.
    pub ceasefires: Vec<Ceasefire>,
}
