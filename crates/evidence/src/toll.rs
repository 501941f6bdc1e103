//! How a count of the same people moves: figures of many reports as series, by whose count it is.
//!
//! A series never adds anything up and never picks a number. What must not be added to it, it says in words.

use crate::time::Iso;
use crate::vocabulary::{Category, Harm, Qualifier, TollRelation};

/// Counts of the same people harmed in the same way over the same time. It can always be made again from the figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Toll {
    /// Made from its first figure and what it counts.
    pub id: String,
    /// Name of the conflict, if one that has a profile.
    pub conflict: Option<String>,
    /// Whose people: the warring side, with those who stand with it; or another party. None: the reports do not say.
    pub side: Option<String>,
    /// What befell them.
    pub harm: Harm,
    /// What kind of people.
    pub category: Category,
    /// What the counts cover.
    pub scope: Scope,
    /// By day; those of no known day last, in the order of the export.
    pub counts: Vec<Count>,
    /// Lowest and highest count by day and voice, in the order of the counts.
    pub range: Vec<Bounds>,
    /// What must never be added to it, or merged with it.
    pub barriers: Vec<Barrier>,
    /// What a reader should know of how it was put together ("report x has no date").
    pub notes: Vec<String>,
}

/// What a count covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All since a beginning: a day, or only words ("since the fighting began", "so far").
    Since {
        /// First day.
        from: Option<Iso>,
        /// The words of the first count.
        words: String,
    },
    /// One occurrence, or what happened at one place.
    Event {
        /// The incident that the claims of most of its counts are of.
        incident: Option<String>,
        /// Entity ids, sorted.
        places: Vec<String>,
        /// Its day.
        day: Option<Iso>,
    },
    /// A day, or a stretch with an end.
    Period {
        /// First day.
        from: Iso,
        /// Last day.
        to: Iso,
    },
    /// A time whose days the report does not determine ("in the early years of the war").
    Words(String),
    /// The reports do not say.
    Unsaid,
}

/// Figures that give the same number of the same people on the same day by the same voice.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// Ids of the figures, in the order of the export; the first one names the count.
    pub figures: Vec<String>,
    /// Ids of their articles, each once, in the same order.
    pub articles: Vec<String>,
    /// Independent origins that print it; copies of one wire story count once.
    pub origins: usize,
    /// Lowest number; none for an open end.
    pub low: Option<u64>,
    /// Highest number; none for an open end.
    pub high: Option<u64>,
    /// The hedge.
    pub qualifier: Qualifier,
    /// Whose people, in the reports' own words.
    pub party: Option<String>,
    /// Whose count it is.
    pub voice: Voice,
    /// The day it was put forward: that of the report; none for an undated one.
    pub day: Option<Iso>,
    /// How it stands to the others.
    pub relation: TollRelation,
    /// The counts that `relation` is about, by the id of their first figure.
    pub to: Vec<String>,
    /// Why, in words.
    pub reason: String,
    /// Counts of the series that cannot be right if this one is, by the id of their first figure.
    pub against: Vec<String>,
    /// The total it is a part of, by the id of its first figure (perhaps in another series).
    pub part_of: Option<Part>,
}

/// What a count is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Id of a figure.
    pub figure: String,
    /// Why it is taken to be.
    pub reason: String,
}

/// Whose count it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// A warring side, those who stand with it, or another party, by its slug.
    Side(String),
    /// Somebody of no party, by name or words.
    Other(String),
    /// An outlet in its own voice.
    Outlet,
}

/// What a voice says on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The day; none for undated reports.
    pub day: Option<Iso>,
    /// Whose counts.
    pub voice: Voice,
    /// Lowest number told.
    pub low: u64,
    /// Highest number told.
    pub high: u64,
    /// Independent origins behind them.
    pub origins: usize,
}

/// Something that must not be added to a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barrier {
    /// Id of the other series; none where it is about the counts of this one.
    pub toll: Option<String>,
    /// Why.
    pub reason: String,
}

/// A series put into the terms of the Uppsala Conflict Data Program, which writes one low, one best and one high estimate
/// of the dead. It is a way of reading the series, and says nothing that the counts do not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UcdpReading {
    /// The lowest number among the counts that stand.
    pub low: u64,
    /// The one number that all standing counts give; empty where they differ or one of them is open or hedged.
    pub best: Option<u64>,
    /// The highest number among them.
    pub high: u64,
}

impl Count {
    /// The number that stands for it where one is needed: its lowest, or for "up to 30" its highest.
    pub fn number(&self) -> u64 {
        self.low.or(self.high).unwrap_or(0)
    }

    /// Whether it counts all people of its series, and no part of them, nor some beside others.
    pub fn is_of_all(&self) -> bool {
        self.part_of.is_none() && !(self.relation == TollRelation::Beside && self.to.is_empty())
    }

    /// The number in digits with what bounds it: "12", "at least 12".
    pub fn words(&self) -> String {
        crate::figure::number(self.low, self.high)
    }

    /// The id that names it: that of its first figure.
    pub fn name(&self) -> &str {
        self.figures.first().map_or("", String::as_str)
    }
}

impl Toll {
    /// Counts that the same voice has not replaced since: of each voice those of its last day, where they have one, and
    /// else all; no parts and no superseded ones.
    pub fn standing(&self) -> Vec<&Count> {
        let replaced = |c: &Count| {
            self.counts.iter().any(|later| {
                let moves = matches!(later.relation, TollRelation::Updates | TollRelation::RevisedDown);
                moves && later.to.iter().any(|id| id == c.name())
            })
        };
        let stands = |c: &&Count| c.relation != TollRelation::Superseded && c.is_of_all() && !replaced(c);
        self.counts.iter().filter(stands).collect()
    }

    /// The reading in UCDP's terms; none for a series that does not count the dead.
    pub fn in_ucdp_terms(&self) -> Option<UcdpReading> {
        let standing = self.standing();
        let low = standing.iter().map(|c| c.number()).min().filter(|_| self.harm == Harm::Killed)?;
        let high = standing.iter().map(|c| c.high.unwrap_or(0).max(c.number())).max()?;
        let plain = |c: &&Count| c.qualifier == Qualifier::Exactly && c.low == c.high;
        let best = (low == high && standing.iter().all(plain)).then_some(low);
        Some(UcdpReading { low, best, high })
    }
}

impl Voice {
    /// The side or party, if it is of one.
    pub fn side(&self) -> Option<&str> {
        match self {
            Self::Side(slug) => Some(slug),
            Self::Other(_) | Self::Outlet => None,
        }
    }
}
