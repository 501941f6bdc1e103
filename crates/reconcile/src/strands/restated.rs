//! Which claims of a report say again what another one said, as headlines, leads and bodies do?

use std::collections::BTreeSet;

use evidence::ledger::Reading;
use evidence::{Act, Claim, Event, Reference};

use super::node::Node;
use super::roles;

/// Claims that a general charge and its details are apart, at most.
const DETAIL: usize = 2;
/// Word stems for talks.
const TALKS: &[&str] = &["negotiat", "talks", "dialogue"];

/// Pairs of claims of a report that say one thing twice.
pub(super) fn pairs(nodes: &[Node], reading: &Reading) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    for (i, a) in nodes.iter().enumerate() {
        let later = nodes.iter().enumerate().skip(i + 1);
        out.extend(later.filter_map(|(j, b)| says_again(a, b, reading).map(|why| (i, j, why.to_owned()))));
    }
    out
}

/// Why a later claim of the same report says the same as an earlier one, if it does.
fn says_again(a: &Node, b: &Node, reading: &Reading) -> Option<&'static str> {
    let (x, y, text) = (a.claim, b.claim, reading.article.text.as_str());
    let days_differ = matches!((a.day, b.day), (Some(p), Some(q)) if p != q);
    if x.event.is_none() || y.event.is_none() || x.polarity != y.polarity || days_differ {
        return None;
    }
    if agrees_to_talk(x, y, text) {
        return Some("the same speaker on the same talks");
    }
    if x.event != y.event || x.act != y.act {
        return None;
    }
    let stance = matches!(x.act, Act::Welcome | Act::Appeal | Act::Condemn);
    if stance && !x.joint && party(x).is_some() && party(x) == party(y) {
        return Some("the same side takes the same stand again");
    }
    let (doers, suffer) = (parties(&x.actors), parties(&x.targets));
    let same_sides = doers.len() > 1 && doers == parties(&y.actors);
    if same_sides
        && x.act == Act::Accuse
        && doers == suffer
        && suffer == parties(&y.targets)
        && x.event == Some(Event::Assault)
        // Who began the war is another charge than who broke the truce, and that another than who fired before it.
        && roles::is_of_outbreak(x, text) == roles::is_of_outbreak(y, text)
        && roles::is_breach(reading, x).zip(roles::is_breach(reading, y)).is_none_or(|(a, b)| a == b)
    {
        return Some("the same mutual accusation told again");
    }
    if same_sides && x.event == Some(Event::Consult) && x.status == y.status {
        return Some("talks of the same sides told again");
    }
    let alike = x.mode.is_some() && x.mode == y.mode && doers == parties(&y.actors) && suffer == parties(&y.targets);
    let one_general = a.places.is_empty() != b.places.is_empty();
    let detail = x.act == Act::Accuse && alike && one_general && !doers.is_empty() && x.speakers == y.speakers;
    (detail && a.at.abs_diff(b.at) <= DETAIL).then_some("the same charge, once with its details")
}

/// "announced that the sides had agreed to start negotiating … “begin substantive negotiations”": one speaker says of the
/// same sides that they will talk.
fn agrees_to_talk(x: &Claim, y: &Claim, text: &str) -> bool {
    let talks = |c: &Claim| {
        let words = c.content.of(text).to_lowercase();
        matches!(c.event, Some(Event::Agree | Event::Consult)) && TALKS.iter().any(|t| words.contains(t))
    };
    let entity = |c: &Claim| c.speakers.first().and_then(|s| s.entity.clone());
    let sides = parties(&x.actors);
    sides.len() > 1
        && sides == parties(&y.actors)
        && entity(x).is_some()
        && entity(x) == entity(y)
        && talks(x)
        && talks(y)
}

fn party(c: &Claim) -> Option<&String> {
    c.speakers.first().and_then(|s| s.party.as_ref())
}

fn parties(list: &[Reference]) -> BTreeSet<&String> {
    list.iter().filter_map(|r| r.party.as_ref()).collect()
}
