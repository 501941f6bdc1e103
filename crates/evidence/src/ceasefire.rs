//! One truce: who declared or agreed it, who brokered it, from when, on what terms, and each alleged violation.

use crate::claim::Reference;
use crate::span::Span;
use crate::time::Time;
use crate::vocabulary::{Act, CeasefireKind, TermKind};

/// One truce. It can always be made again from the claims. A truce that is only called for is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Ceasefire {
    /// Made from its parties, its time and its first claim.
    pub id: String,
    /// How many sides it binds.
    pub kind: CeasefireKind,
    /// Sides bound, sorted.
    pub parties: Vec<String>,
    /// Who made it known.
    pub announced_by: Vec<Located<Reference>>,
    /// Who brought it about.
    pub brokers: Vec<Located<Reference>>,
    /// Who watches over it.
    pub monitors: Vec<Located<Reference>>,
    /// When it takes effect.
    pub effective: Option<Located<Time>>,
    /// When it ends, if told.
    pub ends: Option<Located<Time>>,
    /// What it provides for.
    pub terms: Vec<Term>,
    /// Alleged breaches.
    pub violations: Vec<Violation>,
    /// What is said of whether it holds.
    pub status: Vec<(String, Act)>,
    /// Ids of the claims that speak of it, sorted by article and position.
    pub claims: Vec<String>,
}

/// A value with the article whose text its spans point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// Id of the article.
    pub article: String,
    /// The value.
    pub value: T,
}

/// One provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it provides for.
    pub kind: TermKind,
    /// Id of the article.
    pub article: String,
    /// The words.
    pub span: Span,
}

/// One alleged breach.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Id of the claim that alleges it.
    pub claim: String,
    /// The side said to have done it.
    pub by: Option<String>,
    /// The sides that say so.
    pub alleged_by: Vec<String>,
    /// When.
    pub time: Option<Time>,
    /// Minutes from the beginning of the truce to the breach, where both are told to the minute, or the text counts them.
    pub after: Option<i64>,
}
