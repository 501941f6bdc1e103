//! What do claims say of the truces of their report? What two claims say of one truce in one role is one thing.

use evidence::ledger::Reading;
use evidence::{Act, Ceasefire, Claim, Event, Mode};

/// Roles of a claim: the truce, as this report tells of it, and what is said of it.
pub(super) fn of(reading: &Reading, claim: &Claim) -> Vec<(String, String)> {
    let named = |t: &&Ceasefire| t.claims.contains(&claim.id) || t.violations.iter().any(|v| v.claim == claim.id);
    let truces = reading.ceasefires.iter().filter(named);
    truces.flat_map(|t| roles(t, claim).into_iter().map(|r| (t.id.clone(), r))).collect()
}

/// Pairs of claims of one report that say the same of one truce.
pub(super) fn joins(reading: &Reading) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    let said: Vec<Vec<(String, String)>> = reading.claims.iter().map(|c| of(reading, c)).collect();
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
        ("mutual", _) => "both tell that each side lays the breach of one truce to the other".to_owned(),
        ("term", what) => format!("both tell of one truce's term: {what}"),
        (_, what) => format!("both tell of a breach of one truce, by {what}"),
    }
}

fn roles(truce: &Ceasefire, c: &Claim) -> Vec<String> {
    let mut out = Vec::new();
    let breaches: Vec<_> = truce.violations.iter().filter(|v| v.claim == c.id).collect();
    let sides: std::collections::BTreeSet<&str> = breaches.iter().filter_map(|v| v.by.as_deref()).collect();
    if sides.len() > 1 {
        out.push("mutual".to_owned());
    }
    for v in breaches.iter().filter(|_| sides.len() == 1) {
        if let (Some(by), Some(minutes)) = (&v.by, v.after) {
            out.push(format!("breach {by} {minutes} minutes after it began"));
        }
    }
    let told = !c.act.is_of_future();
    match (c.event, c.mode) {
        (Some(Event::Agree | Event::Concede), _) if truce.effective.is_some() && told => out.push("made".to_owned()),
        (Some(Event::Retreat), Some(Mode::Ceasefire)) if c.act != Act::Welcome && told && is_begun(c) => {
            out.push("begun".to_owned());
        }
        (Some(Event::Retreat), Some(mode)) if told && truce.effective.is_some() && mode != Mode::Ceasefire => {
            out.push(format!("term {mode}"));
        }
        _ => {}
    }
    out
}

/// Whether a claim of a truce in force says that it is.
fn is_begun(c: &Claim) -> bool {
    c.polarity == evidence::Polarity::Affirmed
        && matches!(c.status, evidence::Status::Actual | evidence::Status::Ongoing)
        && c.time.as_ref().is_some_and(|t| t.value.is_some())
}
