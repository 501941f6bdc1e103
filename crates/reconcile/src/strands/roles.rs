//! What do claims say of the truces of their report? What two claims say of one truce in one role is one thing.

use std::collections::BTreeSet;

use evidence::ceasefire::{Located, Term};
use evidence::ledger::Reading;
use evidence::{Act, Ceasefire, Claim, Event, Mode, Reference};

use crate::moments::Day;
use crate::truces;

/// Characters behind a content in which its verb may stand.
const BEHIND: usize = 12;
/// Words for the beginning of a war.
const BEGINNINGS: &[&str] = &[
    "erupt",
    "broke out",
    "breaking out",
    "broken out",
    "outbreak",
    "instigat",
    "flared up",
    "unleash",
    "starting the",
    "started the",
];

/// Roles of a claim: the truce, as this report tells of it, and what is said of it.
pub(super) fn of(reading: &Reading, claim: &Claim) -> Vec<(String, String)> {
    let named = |t: &Ceasefire| t.claims.contains(&claim.id) || t.violations.iter().any(|v| v.claim == claim.id);
    let mut out: Vec<(String, String)> = Vec::new();
    for t in &reading.ceasefires {
        let roles = if named(t) { roles(t, claim) } else { Vec::new() };
        let terms = provided(reading, t, claim);
        // What began the war in which the truce was made; a truce of years ago ended another.
        let outbreak = outbreak(reading, claim)
            .filter(|_| is_of_a_day(reading, t))
            .filter(|_| sides(claim).is_subset(&t.parties.iter().map(String::as_str).collect()));
        out.extend(roles.into_iter().chain(terms).chain(outbreak).map(|r| (t.id.clone(), r)));
    }
    out
}

/// Pairs of claims of one report that say the same of one truce.
pub(super) fn joins(reading: &Reading) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    // Within a report what is said of a truce told without any day may be of several.
    let dated = |truce: &String| reading.ceasefires.iter().any(|t| t.id == *truce && t.effective.is_some());
    let of_dated = |c: &Claim| of(reading, c).into_iter().filter(|(t, role)| dated(t) || role == "mutual").collect();
    let said: Vec<Vec<(String, String)>> = reading.claims.iter().map(of_dated).collect();
    for (j, roles) in said.iter().enumerate() {
        for role in roles {
            if let Some(i) = (0..j).find(|i| said[*i].contains(role)) {
                out.push((i, j, reason(&role.1)));
            }
        }
    }
    out
}

/// A role as a reason for two claims to be about one thing.
pub(crate) fn reason(role: &str) -> String {
    match role.split_once(' ').unwrap_or((role, "")) {
        ("made", _) => "both tell of the making of one truce".to_owned(),
        ("begun", _) => "both tell that one truce took effect".to_owned(),
        ("outbreak", _) => "both tell of the outbreak of the fighting that one truce is to end".to_owned(),
        ("blame", _) => "both tell that each side lays the outbreak of the fighting to the other".to_owned(),
        ("mutual", _) => "both tell that each side lays the breach of one truce to the other".to_owned(),
        ("term", what) => format!("both tell of one truce's term: {what}"),
        (_, what) => format!("both tell of a breach of one truce, by {what}"),
    }
}

fn roles(truce: &Ceasefire, c: &Claim) -> Vec<String> {
    let mut out = Vec::new();
    let breaches: Vec<_> = truce.violations.iter().filter(|v| v.claim == c.id).collect();
    let sides: BTreeSet<&str> = breaches.iter().filter_map(|v| v.by.as_deref()).collect();
    if sides.len() > 1 {
        out.push("mutual".to_owned());
    }
    if let Some(after) = breaches.iter().find_map(|v| v.after)
        && let [by] = sides.iter().copied().collect::<Vec<_>>().as_slice()
    {
        out.push(truces::breach(by, after));
    }
    if c.act.is_of_future() {
        return out;
    }
    match (c.event, c.mode) {
        (Some(Event::Agree | Event::Concede), _) => out.push("made".to_owned()),
        (Some(Event::Retreat), Some(Mode::Ceasefire)) if c.act != Act::Welcome && is_begun(c) => {
            out.push("begun".to_owned());
        }
        _ => {}
    }
    out
}

/// What a claim tells that a truce provides for, and that somebody brokered it.
fn provided(reading: &Reading, truce: &Ceasefire, c: &Claim) -> Vec<String> {
    if c.act.is_of_future() {
        return Vec::new();
    }
    let of = |t: &&Term| t.article == reading.article.id && c.content.overlaps(t.span);
    let term = truce.terms.iter().find(of).filter(|_| matches!(c.event, Some(Event::Retreat | Event::Aid)));
    let brokered = c.mode == Some(Mode::ThirdParty)
        && c.status == evidence::Status::Actual
        && truce.brokers.iter().any(|b| is_of(b, c));
    term.map(|t| format!("term {}", t.kind)).into_iter().chain(brokered.then(|| "made".to_owned())).collect()
}

/// Whether a broker is who acts in a claim.
fn is_of(broker: &Located<Reference>, c: &Claim) -> bool {
    broker.value.party.is_some() && c.actors.iter().any(|a| a.party == broker.value.party)
}

/// Whether a claim tells that the fighting of two sides broke out, or that they blame each other for it.
fn outbreak(reading: &Reading, c: &Claim) -> Option<String> {
    let told = c.event == Some(Event::Assault) && sides(c).len() > 1 && is_of_outbreak(c, &reading.article.text);
    match c.act {
        Act::Accuse if told => Some("blame".to_owned()),
        Act::Assert if told => Some("outbreak".to_owned()),
        _ => None,
    }
}

/// Whether a claim's words are of the beginning of a war.
pub(super) fn is_of_outbreak(c: &Claim, text: &str) -> bool {
    // "the fighting" of "since the fighting erupted": the verb stands behind it.
    let behind: String = text[c.content.end()..].chars().take(BEHIND).collect();
    let words = (c.content.of(text).to_owned() + &behind).to_lowercase();
    BEGINNINGS.iter().any(|b| words.contains(b))
}

/// Whether a claim alleges the breach of a truce; of a headline that is not known, for the report says it again.
pub(super) fn is_breach(reading: &Reading, c: &Claim) -> Option<bool> {
    let in_title = reading.article.title.is_some_and(|t| t.contains(c.content));
    (!in_title).then(|| reading.ceasefires.iter().flat_map(|t| &t.violations).any(|v| v.claim == c.id))
}

/// Whether a truce is told with its day, as those of now are.
fn is_of_a_day(reading: &Reading, t: &Ceasefire) -> bool {
    t.effective.as_ref().is_some_and(|e| Day::of(&e.value, &reading.article.text).is_some())
}

/// Parties that act in a claim.
fn sides(c: &Claim) -> BTreeSet<&str> {
    c.actors.iter().filter_map(|a| a.party.as_deref()).collect()
}

/// Whether a claim of a truce in force says that it is.
fn is_begun(c: &Claim) -> bool {
    c.polarity == evidence::Polarity::Affirmed
        && matches!(c.status, evidence::Status::Actual | evidence::Status::Ongoing)
        && c.time.as_ref().is_some_and(|t| t.value.is_some())
}
