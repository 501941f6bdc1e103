//! One thing in the world that claims of several articles speak about.

use crate::time::Time;
use crate::vocabulary::{DenialKind, Event, Relation};

/// A group of claims about one occurrence. It can always be made again from the claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Made from its members.
    pub id: String,
    /// What is said to have happened.
    pub event: Option<Event>,
    /// Parties said to take part, sorted.
    pub parties: Vec<String>,
    /// Entity ids of places, sorted.
    pub places: Vec<String>,
    /// When.
    pub time: Option<Time>,
    /// Members with how they stand to it and why they were joined.
    pub claims: Vec<Member>,
    /// How many independent origins report it; copies of one wire story count once.
    pub origins: usize,
    /// Parties that assert it, sorted.
    pub asserted_by: Vec<String>,
    /// Parties that deny it, sorted.
    pub denied_by: Vec<String>,
    /// What each of its denials denies, in the order of the members.
    pub denials: Vec<Denial>,
    /// What a reader should know of how it was put together ("report x has no date").
    pub notes: Vec<String>,
}

/// One claim of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id of the claim.
    pub claim: String,
    /// How it stands to the incident.
    pub relation: Relation,
    /// Why it was joined.
    pub reason: String,
}

/// What a denial (or, of its own kind, a confirmation) answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// Id of the claim that denies.
    pub claim: String,
    /// What kind of denial it is.
    pub kind: DenialKind,
    /// What it denies, in the order of the members.
    pub denies: Vec<Denied>,
}

/// One claim that is denied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// Its id.
    pub claim: String,
    /// Why the denial is taken to be of it.
    pub reason: String,
}
