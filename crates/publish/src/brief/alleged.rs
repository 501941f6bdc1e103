//! What each side says, party by party in alphabetical order, in the same layout for each.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Act, Claim, Event};

use super::desk::Desk;
use super::{Block, Item, Piece, text};
use crate::disputes::parties_of;

/// Kinds of statements, in the order in which they stand for every party.
const TOPICS: [&str; 3] = ["Force and harm", "Truce, talks, aid", "Other statements"];

/// Headings of those who speak for no party.
const NO_PARTY: &str = "Speakers of no known party";
const OUTLETS: &str = "Reports in their own voice";

/// Parties that a truce binds or that are accused, then other parties, then the rest.
pub(super) fn blocks<'a>(desk: &mut Desk<'_, 'a>) -> Vec<Block> {
    let claims = desk.claims();
    let sides = sides(desk, &claims);
    let mut by_party: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    let (mut nobody, mut outlets) = (Vec::new(), Vec::new());
    for c in &claims {
        match (parties_of(&c.speakers, c.joint), c.speakers.is_empty()) {
            (_, true) => outlets.push(*c),
            (parties, _) if parties.is_empty() => nobody.push(*c),
            (parties, _) => parties.into_iter().for_each(|p| by_party.entry(p).or_default().push(c)),
        }
    }
    let mut out = Vec::new();
    for slug in &sides {
        let said = by_party.remove(slug).unwrap_or_default();
        out.push(Block::Heading(desk.book.party_name(slug).to_owned()));
        topics(desk, &said, true, &mut out);
    }
    for slug in in_order(desk, by_party.keys().copied()) {
        out.push(Block::Heading(desk.book.party_name(slug).to_owned()));
        topics(desk, &by_party[slug], false, &mut out);
    }
    for (heading, said) in [(NO_PARTY, nobody), (OUTLETS, outlets)] {
        if !said.is_empty() {
            out.push(Block::Heading(heading.to_owned()));
            topics(desk, &said, false, &mut out);
        }
    }
    if out.is_empty() {
        out.push(Block::Text(vec![text("No statement of these days is in the ledger.")]));
    }
    out
}

/// Parties that a truce spoken of binds, or that somebody else accuses of force.
pub(super) fn sides<'a>(desk: &Desk<'_, 'a>, claims: &[&'a Claim]) -> Vec<&'a str> {
    let truces = desk.book.ceasefires().iter().filter(|t| t.claims.iter().any(|c| desk.has(c)));
    let bound = truces.flat_map(|t| t.parties.iter().map(String::as_str));
    let accusations = claims.iter().filter(|c| c.act == Act::Accuse && c.event == Some(Event::Assault));
    let accused = accusations.flat_map(|c| {
        let by = parties_of(&c.speakers, c.joint);
        let of = c.actors.iter().filter_map(|r| r.party.as_deref());
        of.filter(move |p| by.len() > 1 || !by.contains(p))
    });
    in_order(desk, bound.chain(accused))
}

/// Parties in the alphabetical order of their names, each once.
pub(super) fn in_order<'s>(desk: &Desk, slugs: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut out: Vec<&str> = slugs.collect::<BTreeSet<_>>().into_iter().collect();
    out.sort_by_key(|slug| desk.book.party_name(slug).to_lowercase());
    out
}

/// Statements by topic; `all` shows also the topics on which nothing is said.
fn topics<'a>(desk: &mut Desk<'_, 'a>, said: &[&'a Claim], all: bool, out: &mut Vec<Block>) {
    for (n, heading) in TOPICS.iter().enumerate() {
        let mut of_topic: Vec<&Claim> = said.iter().copied().filter(|c| topic(c) == n).collect();
        if of_topic.is_empty() && !all {
            continue;
        }
        out.push(Block::Under((*heading).to_owned()));
        if of_topic.is_empty() {
            out.push(Block::Text(vec![Piece::Faint("Nothing in these reports.".into())]));
            continue;
        }
        // Stable: what tells no time follows in the order of the reports.
        of_topic.sort_by_key(|c| {
            let told = c.time.as_ref().and_then(|t| t.value.as_ref());
            (told.is_none(), told.cloned())
        });
        out.push(Block::List(statements(desk, &of_topic)));
    }
}

const fn topic(c: &Claim) -> usize {
    match c.event {
        Some(Event::Assault | Event::Coerce | Event::Mobilize | Event::Threaten) => 0,
        Some(
            Event::Agree
            | Event::Consult
            | Event::Concede
            | Event::Retreat
            | Event::Cooperate
            | Event::Aid
            | Event::Request
            | Event::Reject,
        ) => 1,
        _ => 2,
    }
}

/// Whether a claim's words are a part of another's of the same speaker in the same act, and nobody answers it by itself.
fn said_within(desk: &Desk, c: &Claim, claims: &[&Claim]) -> bool {
    let book = desk.book;
    let alone = |c: &Claim| book.denials_of(&c.id).is_empty() && book.denial(&c.id).is_none();
    let within = |other: &&&Claim| {
        other.article == c.article
            && other.content != c.content
            && other.content.contains(c.content)
            && other.act == c.act
            && other.speakers == c.speakers
            && other.polarity == c.polarity
    };
    alone(c) && claims.iter().any(|other| within(&other))
}

/// Each statement once: the same words of the same speaker in several reports are one, with all reports named.
pub(super) fn statements<'a>(desk: &mut Desk<'_, 'a>, claims: &[&'a Claim]) -> Vec<Item> {
    let mut same: BTreeMap<(String, Act, String), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Claim>> = Vec::new();
    for c in claims.iter().filter(|c| !said_within(desk, c, claims)) {
        let words = desk.book.quote(&c.article, c.content).split_whitespace().collect::<Vec<_>>().join(" ");
        let key = (desk.voice(c), c.act, words.to_lowercase());
        let at = *same.entry(key).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(c);
    }
    let item = |group: Vec<&'a Claim>| {
        let mut item = desk.answered(group[0]);
        for c in &group[1..] {
            let cited = Piece::Cite(desk.cite(&c.article, c.content));
            item.below.push(vec![Piece::Faint(format!("Also in {} ", desk.report(&c.article))), cited]);
        }
        item
    };
    groups.into_iter().map(item).collect()
}
