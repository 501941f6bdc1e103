//! Who, where and what the words of a document refer to.

use std::collections::BTreeMap;

use crate::document::{Document, TokenId};
use crate::span::Span;
use crate::vocabulary::EntityKind;

/// A person, organisation, place, armed force or party that an article speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// `party:azerbaijan`, `place:stepanakert`, `person:ilham-aliyev`: made from kind and name, so that reports share it.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name known.
    pub name: String,
    /// Other names, contested ones among them; sorted.
    pub aliases: Vec<String>,
    /// Slug of the party it belongs to (a party: its own slug).
    pub party: Option<String>,
    /// ISO 3166-1 alpha-2 code, for places and states.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// One noun phrase (or pronoun, or possessive, or demonym adjective) that refers to an entity, a party or a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The noun phrase as one would quote it: "Veldanian defence ministry spokeswoman Mira Holm", "he",
    /// "Veldanian forces". Without relative clauses and without what follows a comma, except a name in apposition.
    pub span: Span,
    /// Its syntactic head.
    pub head: TokenId,
    /// What it refers to.
    pub kind: MentionKind,
    /// Indices into [`Referents::entities`], if known; several for "both sides" or a plural pronoun.
    pub entities: Vec<usize>,
    /// Party slugs that the referent belongs to; several for "both sides"; empty when the text does not say.
    pub parties: Vec<String>,
    /// Proper name of a person, as fully as the document gives it anywhere, for a pronoun or surname too.
    pub name: Option<String>,
    /// Role words ("defense ministry spokeswoman", "Russian Foreign Minister").
    pub role: Option<String>,
    /// Organisation that the person speaks for or that it is ("defense ministry", "Nagorno-Karabakh military").
    pub organisation: Option<String>,
    /// How it was resolved, for `explain`: "alias of azerbaijan in profile nagorno-karabakh", "pronoun -> …".
    pub reason: String,
}

/// What a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// A human being, named or described.
    Person,
    /// An organisation, ministry, agency, company.
    Organisation,
    /// A place.
    Place,
    /// An armed force or armed group, or fighters of one.
    Force,
    /// A state, government or side as an actor ("Baku said", "Azerbaijan", "both sides").
    Party,
    /// People without office ("residents", "22 civilians", "witnesses").
    People,
    /// A document, post, broadcast ("a statement", "the report").
    Source,
}

impl MentionKind {
    /// Whether it can act: everything but a place and a document.
    pub const fn acts(self) -> bool {
        !matches!(self, Self::Place | Self::Source)
    }
}

/// Who fights whom in one conflict that an article speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front {
    /// Slugs of the warring sides that the article names.
    pub sides: Vec<String>,
    /// Slug of an ally to the side it stands with.
    pub stands_with: BTreeMap<String, String>,
    /// Slugs of the other parties of the conflict: civilians, the state where the war is, groups besides.
    pub others: Vec<String>,
}

/// A conflict that is known beforehand, by its profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conflict {
    /// Its name, e.g. `nagorno-karabakh`.
    pub name: String,
    /// First year.
    pub from: i32,
    /// Last year; `None` while it lasts.
    pub to: Option<i32>,
    /// ISO 3166-1 codes of where it is fought, the first most of all.
    pub countries: Vec<String>,
    /// Who fights whom in it.
    pub front: Front,
}

impl Front {
    /// Whether a party is a warring side or stands with one.
    pub fn fights(&self, party: &str) -> bool {
        self.sides.iter().any(|s| s == self.side_of(party))
    }

    /// The warring side that a party is or stands with; the party itself where it is none.
    pub fn side_of<'a>(&'a self, party: &'a str) -> &'a str {
        self.stands_with.get(party).map_or(party, String::as_str)
    }

    /// The one side that fights a party, or `None` where it is not one of two.
    pub fn opponent(&self, party: &str) -> Option<&str> {
        let own = self.side_of(party);
        let mut others = self.principals().filter(|s| *s != own);
        match (others.next(), others.next()) {
            (Some(one), None) if self.sides.iter().any(|s| self.side_of(s) == own) => Some(one),
            _ => None,
        }
    }

    /// The sides that stand with no other side.
    pub fn principals(&self) -> impl Iterator<Item = &str> {
        self.sides.iter().map(String::as_str).filter(|s| self.side_of(s) == *s)
    }
}

/// All that a document's words refer to.
#[derive(Debug, Clone, Default)]
pub struct Referents {
    /// Each entity once, in order of first mention.
    pub entities: Vec<Entity>,
    /// In order of their heads; mentions may nest ("[[Karabakh]'s ombudsman]").
    pub mentions: Vec<Mention>,
    /// Name of the conflict profile that was applied, e.g. `nagorno-karabakh`.
    pub conflict: Option<String>,
    /// Slugs of the warring parties of that profile that the document speaks of ("both sides").
    pub sides: Vec<String>,
    /// Slug of a party to the slug under which that profile files civilians it speaks for (`hamas` to `palestinians`),
    /// where that is not its own.
    pub civilians: BTreeMap<String, String>,
    /// The conflicts that the document speaks of.
    pub fronts: Vec<Front>,
    /// For every paragraph, which of `fronts` it is about.
    pub front_of: Vec<Option<usize>>,
    /// For every token, the mention that it heads.
    by_head: Vec<Option<u32>>,
}

impl Referents {
    /// Puts the parts together; `mentions` are sorted by head, and a later mention of the same head is dropped.
    pub fn new(document: &Document, entities: Vec<Entity>, mut mentions: Vec<Mention>) -> Self {
        mentions.sort_by_key(|m| m.head);
        mentions.dedup_by_key(|m| m.head);
        let mut by_head = vec![None; document.tokens.len()];
        for (i, m) in mentions.iter().enumerate() {
            by_head[m.head] = u32::try_from(i).ok();
        }
        Self { entities, mentions, by_head, ..Self::default() }
    }

    /// Who fights whom in the conflict that a paragraph is about.
    pub fn front(&self, paragraph: usize) -> Option<&Front> {
        self.front_of.get(paragraph).copied().flatten().map(|f| &self.fronts[f])
    }

    /// The mention that a token heads.
    pub fn at(&self, head: TokenId) -> Option<&Mention> {
        self.by_head.get(head).copied().flatten().map(|i| &self.mentions[i as usize])
    }
}
