//! What is disputed? Denials beside what they deny, accusations that two parties make of each other, counts that cannot
//! both be right, and who would not comment.

use std::collections::{BTreeMap, BTreeSet};

use evidence::incident::Denial;
use evidence::{Act, Claim, Event, Figure, Incident, Speaker, Toll};

use crate::Book;
use crate::tolls::disagreements;

/// One thing on which voices of the ledger differ, or of which one will not speak.
pub enum Dispute<'a> {
    /// One claim denies others; what it denies is empty where no claim of the ledger is known to be meant.
    Denial {
        /// The claim that denies.
        claim: &'a Claim,
        /// What it answers, and of what kind it is.
        denial: Option<Denial>,
        /// The incident that both are of.
        incident: Option<&'a Incident>,
    },
    /// Two parties lay the same kind of act to each other.
    Mutual {
        /// Both parties, sorted.
        parties: [&'a str; 2],
        /// What each says the other did.
        event: Event,
        /// The day told, if it is.
        day: Option<&'a str>,
        /// All accusations of either by the other.
        claims: Vec<&'a Claim>,
    },
    /// Counts of the same harm to the same people that cannot both be right.
    Counts {
        /// In the order of the export.
        figures: Vec<&'a Figure>,
    },
    /// Somebody declines to comment or to give figures.
    Refusal {
        /// The claim that says so.
        claim: &'a Claim,
    },
}

impl<'a> Dispute<'a> {
    /// A stable word for what it is: `denial`, `mutual`, `counts`, `refusal`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Denial { .. } => "denial",
            Self::Mutual { .. } => "mutual",
            Self::Counts { .. } => "counts",
            Self::Refusal { .. } => "refusal",
        }
    }

    /// Every claim that has a part in it.
    pub fn claims(&self, book: &Book<'a>) -> Vec<&'a Claim> {
        match self {
            Self::Denial { claim, denial, .. } => {
                let denied = denial.iter().flat_map(|d| &d.denies).filter_map(|d| book.claim(&d.claim));
                [*claim].into_iter().chain(denied).collect()
            }
            Self::Mutual { claims, .. } => claims.clone(),
            Self::Counts { figures } => {
                figures.iter().filter_map(|f| f.claim.as_deref().and_then(|id| book.claim(id))).collect()
            }
            Self::Refusal { claim } => vec![claim],
        }
    }
}

/// All disputes of a ledger whose counts form the series `tolls`: denials by their place, then mutual accusations, counts, refusals.
pub fn disputes<'a>(book: &Book<'a>, tolls: &[Toll]) -> Vec<Dispute<'a>> {
    let claims = book.claims();
    let denial = |c: &&'a Claim| Dispute::Denial {
        claim: c,
        denial: book.denial(&c.id).cloned(),
        incident: book.incident_of(&c.id).map(|(i, _)| i),
    };
    let is_denial = |c: &&&Claim| c.act == Act::Deny || book.denial(&c.id).is_some_and(|d| !d.denies.is_empty());
    let mut out: Vec<Dispute> = claims.iter().filter(is_denial).map(denial).collect();
    out.extend(mutual(book, &claims));
    out.extend(differing_counts(book, tolls).into_iter().map(|figures| Dispute::Counts { figures }));
    out.extend(claims.iter().filter(|c| c.act == Act::Decline).map(|claim| Dispute::Refusal { claim }));
    out
}

/// Those in which a picked claim or figure has a part.
pub fn picked<'a>(
    book: &Book<'a>,
    disputes: Vec<Dispute<'a>>,
    claims: &BTreeSet<String>,
    figures: &BTreeSet<String>,
) -> Vec<Dispute<'a>> {
    let has_part = |d: &Dispute<'a>| match d {
        Dispute::Counts { figures: of } => of.iter().any(|f| figures.contains(&f.id)),
        other => other.claims(book).iter().any(|c| claims.contains(&c.id)),
    };
    disputes.into_iter().filter(has_part).collect()
}

/// Parties whose words they are: of the nearest speaker of a chain who has one, or of all who speak together.
pub fn parties_of(speakers: &[Speaker], joint: bool) -> Vec<&str> {
    let mut all = speakers.iter().filter_map(|s| s.party.as_deref());
    if !joint {
        return all.next().into_iter().collect();
    }
    let mut out: Vec<&str> = all.collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Accusations by pair of parties, kind of act and day, where both accuse.
fn mutual<'a>(book: &Book<'a>, claims: &[&'a Claim]) -> Vec<Dispute<'a>> {
    type Both<'a> = (BTreeSet<bool>, Vec<&'a Claim>);
    let mut pairs: BTreeMap<([&'a str; 2], Event, Option<&'a str>), Both<'a>> = BTreeMap::new();
    for c in claims.iter().filter(|c| c.act == Act::Accuse) {
        let Some(event) = c.event else { continue };
        for by in parties_of(&c.speakers, c.joint) {
            for of in c.actors.iter().filter_map(|r| r.party.as_deref()).filter(|of| *of != by) {
                let (parties, first) = if by < of { ([by, of], true) } else { ([of, by], false) };
                let (sides, members) = pairs.entry((parties, event, day(book, c))).or_default();
                sides.insert(first);
                if members.last().is_none_or(|m| m.id != c.id) {
                    members.push(c);
                }
            }
        }
    }
    let both = pairs.into_iter().filter(|(_, (sides, _))| sides.len() == 2);
    both.map(|((parties, event, day), (_, claims))| Dispute::Mutual { parties, event, day, claims }).collect()
}

/// The day of a claim: as it tells it, or as its incident has it.
fn day<'a>(book: &Book<'a>, c: &'a Claim) -> Option<&'a str> {
    let of_incident = || book.incident_of(&c.id).and_then(|(i, _)| i.time.as_ref());
    c.time.as_ref().or_else(of_incident).and_then(|t| t.value.as_ref()).map(|v| v.date())
}

/// Figures that disagree, those together that disagree with one another.
fn differing_counts<'a>(book: &Book<'a>, tolls: &[Toll]) -> Vec<Vec<&'a Figure>> {
    let others = disagreements(tolls);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    let figures = book.figures();
    for f in figures.iter().filter(|f| others.contains_key(f.id.as_str())) {
        let mut group: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![f.id.as_str()];
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                group.insert(id);
                open.extend(others.get(id).into_iter().flatten());
            }
        }
        if !group.is_empty() {
            out.push(figures.iter().copied().filter(|g| group.contains(g.id.as_str())).collect());
        }
    }
    out
}
