//! What can a filter name? Kinds of words, and their numbers.

use rusqlite::{Connection, OptionalExtension};

use crate::Error;

macro_rules! facets {
    ($($(#[$doc:meta])* $name:ident = $number:literal),* $(,)?) => {
        /// A kind of words. Its number is kept in ledgers: it never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Facet { $($(#[$doc])* $name = $number),* }

        impl Facet {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// By its number.
            pub fn of_number(number: i64) -> Option<Self> {
                match number { $($number => Some(Self::$name),)* _ => None }
            }
        }
    };
}

facets! {
    /// Party of a speaker, by slug; of an incident: one that asserts it.
    Voice = 1,
    /// Party that does it; of an incident: one that takes part.
    Actor = 2,
    /// Party that suffers it; of a figure: whose people are counted.
    Target = 3,
    /// A name of a speaker, in small letters.
    Speaker = 4,
    /// A name of a place, in small letters.
    Place = 5,
    /// An entity in any role, by id.
    Entity = 6,
    /// Act.
    Act = 7,
    /// Event.
    Event = 8,
    /// Mode.
    Mode = 9,
    /// Polarity.
    Polarity = 10,
    /// Status.
    Status = 11,
    /// Harm.
    Harm = 12,
    /// Category of people.
    Category = 13,
    /// Hedge of a count.
    Qualifier = 14,
    /// Name of the outlet.
    Outlet = 15,
    /// Wire service.
    Agency = 16,
    /// Language of the report.
    Language = 17,
    /// Party that denies an incident.
    Denier = 18,
    /// Kind of a ceasefire.
    CeasefireKind = 19,
    /// Place of a claim, figure or incident, by entity id.
    Site = 20,
}

/// The number of a word; it is given one if it has none.
pub(crate) fn number(db: &Connection, kind: Facet, value: &str) -> Result<u32, Error> {
    let mut find = db.prepare_cached("SELECT id FROM word WHERE kind = ?1 AND value = ?2")?;
    if let Some(id) = find.query_row((kind as i64, value), |r| r.get(0)).optional()? {
        return Ok(id);
    }
    let sql = "INSERT INTO word (kind, value) VALUES (?1, ?2) RETURNING id";
    Ok(db.prepare_cached(sql)?.query_row((kind as i64, value), |r| r.get(0))?)
}

/// The words of one line, with numbers, each once.
pub(super) struct Words<'a> {
    db: &'a Connection,
    numbers: Vec<u32>,
}

impl<'a> Words<'a> {
    pub(super) fn new(db: &'a Connection) -> Self {
        Self { db, numbers: Vec::new() }
    }

    pub(super) fn add(&mut self, kind: Facet, value: &str) -> Result<(), Error> {
        let number = number(self.db, kind, value)?;
        if !self.numbers.contains(&number) {
            self.numbers.push(number);
        }
        Ok(())
    }

    pub(super) fn all<'v>(&mut self, kind: Facet, values: impl IntoIterator<Item = &'v str>) -> Result<(), Error> {
        values.into_iter().try_for_each(|v| self.add(kind, v))
    }

    pub(super) fn numbers(mut self) -> Vec<u32> {
        self.numbers.sort_unstable();
        self.numbers
    }
}
