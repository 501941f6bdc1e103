//! What the program lends the desk: all that takes stages of reading, which the desk does not know.

use std::sync::Arc;

use evidence::version::{Edition, Versions};
use evidence::{Article, Claim, Conflict, Ledger, Toll};

use crate::api::Intake;

/// For searches by meaning.
pub trait Understand: Send + Sync {
    /// What some words mean; `None` if they mean nothing.
    fn meaning(&self, words: &str) -> Option<evidence::Meaning>;
}

/// Makes series of the counts of a ledger.
pub type Tolls = dyn Fn(&Ledger) -> Vec<Toll> + Send + Sync;

/// Tells the way to a claim: its sentence, the parse, what its words mean.
pub type Explain = dyn Fn(&Article, &Claim) -> String + Send + Sync;

/// Puts the versions of an article, which share an address, into their order.
pub type Order = dyn Fn(String, Vec<Edition>) -> Versions + Send + Sync;

/// What is lent; a desk without does without.
#[derive(Clone, Default)]
pub struct Lent {
    /// For searches by meaning.
    pub understand: Option<Arc<dyn Understand>>,
    /// Conflicts that have a profile.
    pub conflicts: Vec<Conflict>,
    /// For the tolls.
    pub tolls: Option<Arc<Tolls>>,
    /// For the page of a claim.
    pub explain: Option<Arc<Explain>>,
    /// For articles that were read in several versions.
    pub order: Option<Arc<Order>>,
    /// For reading reports that are sent.
    pub intake: Option<Arc<dyn Intake>>,
}
