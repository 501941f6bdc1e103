//! One proposition that somebody puts forward in an article.

use crate::meaning::Meaning;
use crate::span::Span;
use crate::time::Time;
use crate::vocabulary::{Act, Event, Mode, Polarity, Status};

/// One claim. It is never turned into a fact: what nobody is quoted for belongs to the outlet (`speakers` empty).
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Made from the article's id, the content's place and what is said of it.
    pub id: String,
    /// Id of the article.
    pub article: String,
    /// The proposition's words, without the attribution.
    pub content: Span,
    /// The word that attributes it ("said", "according to"), or names the act.
    pub cue: Option<Span>,
    /// Chain of attribution, nearest first; or speakers side by side, where `joint`.
    pub speakers: Vec<Speaker>,
    /// Whether `speakers` speak together ("A and B said") and are no chain.
    pub joint: bool,
    /// What the speaker does in saying it.
    pub act: Act,
    /// What the content tells of, if it is an event.
    pub event: Option<Event>,
    /// How, if told.
    pub mode: Option<Mode>,
    /// Those who do it.
    pub actors: Vec<Reference>,
    /// Those who suffer or receive it.
    pub targets: Vec<Reference>,
    /// Where.
    pub places: Vec<Reference>,
    /// When.
    pub time: Option<Time>,
    /// Of the content itself.
    pub polarity: Polarity,
    /// How the content stands to reality.
    pub status: Status,
    /// What the content's words mean together, names left out; `None` if they are nothing but names and words of grammar.
    pub meaning: Option<Meaning>,
    /// How it was found, for `explain`: the rule of the event, of the attribution, and each binding.
    pub found: Vec<Finding>,
}

/// One step of the way to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule, e.g. `assault/shelling.active` or `attribution/clause`.
    pub rule: String,
    /// What it bound and why.
    pub reason: String,
    /// The words.
    pub span: Option<Span>,
}

/// Somebody who says something; what the text does not say is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speaker {
    /// Proper name, resolved ("he" has the name of whom it refers to).
    pub name: Option<String>,
    /// Role as printed.
    pub role: Option<String>,
    /// Body spoken for.
    pub organisation: Option<String>,
    /// Party slug.
    pub party: Option<String>,
    /// Entity id.
    pub entity: Option<String>,
    /// The words, "he" among them.
    pub span: Option<Span>,
}

/// An entity or party in a role of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Entity id.
    pub entity: Option<String>,
    /// Party slug.
    pub party: Option<String>,
    /// The words; `None` where it is understood from a neighbouring clause.
    pub span: Option<Span>,
}
