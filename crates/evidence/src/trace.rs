//! What reconciliation keeps of a report, so that one more report does not need all others to be read again.
//!
//! A report leaves traces: of its text (for origins), of each truce it tells of, of each thing it tells happened. Traces
//! are compared only where they share a block; what is found to belong together is linked; whatever hangs together by
//! links becomes one origin, one ceasefire, one incident. Links of a block depend on nothing but the traces in it, so the
//! picture depends only on which reports there are, never on the order in which they came.

/// What traces are of; in the order in which the picture is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Texts, which become origins.
    Origin,
    /// Truces as one report tells of them, which become ceasefires.
    Ceasefire,
    /// What one report says of one thing that happened, which becomes an incident.
    Incident,
}

/// One thing of one report that may belong together with things of other reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Made from content; unlike those of all other traces.
    pub id: String,
    /// What it is of.
    pub layer: Layer,
    /// Id of the article that left it.
    pub article: String,
    /// What is needed to compare it; only reconciliation knows its form.
    pub body: Vec<u8>,
    /// Blocks that it stands in by itself, sorted.
    pub blocks: Vec<Block>,
}

/// A set of traces that are compared with one another: the kind in the highest four bits, below it a hash of what they
/// have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block(pub u64);

/// Two traces that belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The trace with the lesser id.
    pub a: String,
    /// The other.
    pub b: String,
    /// Whether they belong together whatever else is told of them: words of one text, roles in one truce. Others are
    /// left out where days or sides speak against them.
    pub certain: bool,
    /// Why.
    pub reason: String,
}

impl Link {
    /// Links two traces that probably belong together, in whichever order they are named.
    pub fn new(x: &str, y: &str, reason: impl Into<String>) -> Self {
        let (a, b) = if x <= y { (x, y) } else { (y, x) };
        Self { a: a.to_owned(), b: b.to_owned(), certain: false, reason: reason.into() }
    }

    /// Links two traces that certainly belong together.
    pub fn certain(x: &str, y: &str, reason: impl Into<String>) -> Self {
        Self { certain: true, ..Self::new(x, y, reason) }
    }
}
