//! Claims with what is needed to compare them within their report.

use evidence::ledger::Reading;
use evidence::{Act, Claim, Entity};

/// Claims of one event further apart than this, one of which has no day, are not taken for one.
const REACH: usize = 12;

/// A claim with what is needed to compare it.
pub(super) struct Node<'a> {
    pub claim: &'a Claim,
    /// Position among the claims of its reading.
    pub at: usize,
    /// Day it tells of, if known.
    pub day: Option<&'a str>,
    /// `2020-10-10T12:05`, if told to the minute.
    pub minute: Option<&'a str>,
    /// Places named, without whole states.
    pub places: Vec<&'a str>,
    /// Parties said to act.
    pub actors: Vec<&'a str>,
}

impl Node<'_> {
    /// Whether it tells of an event, and not of what one wishes or warns of.
    pub fn is_told(&self) -> bool {
        self.claim.event.is_some()
            && !matches!(self.claim.act, Act::Threaten | Act::Appeal | Act::Demand | Act::Predict)
    }
}

/// The claims of a reading, in order.
pub(super) fn of(reading: &Reading) -> Vec<Node<'_>> {
    reading.claims.iter().enumerate().map(|(at, claim)| one(reading, at, claim)).collect()
}

fn one<'a>(reading: &'a Reading, at: usize, claim: &'a Claim) -> Node<'a> {
    let value = claim.time.as_ref().filter(|t| t.end.is_none()).and_then(|t| t.value.as_ref());
    let day = value.map(|v| v.date()).filter(|d| d.len() == 10);
    let minute = value.map(|v| v.as_str()).filter(|v| v.contains('T')).map(|v| &v[..v.len().min(16)]);
    let named = claim.places.iter().chain(&claim.targets).filter_map(|p| p.entity.as_deref());
    let mut places: Vec<&str> = named.filter(|e| is_narrow(reading, e)).collect();
    places.sort_unstable();
    places.dedup();
    let actors = claim.actors.iter().filter_map(|a| a.party.as_deref()).collect();
    Node { claim, at, day, minute, places, actors }
}

/// Whether an entity is a place, and none as wide as a state or a warring party's whole land.
fn is_narrow(reading: &Reading, entity: &str) -> bool {
    let Some(name) = entity.strip_prefix("place:") else { return false };
    let land = |e: &Entity| {
        e.id.strip_prefix("party:") == Some(name) || e.id == entity && e.country.is_some() && e.lat.is_none()
    };
    !reading.entities.iter().any(land)
}

/// Whether nothing speaks against two claims of one event, at one place or minute, being about one occurrence.
pub(super) fn may_be_one(a: &Node, b: &Node) -> bool {
    if !a.actors.is_empty() && !b.actors.is_empty() && !a.actors.iter().any(|p| b.actors.contains(p)) {
        return false;
    }
    match (a.day, b.day) {
        (Some(x), Some(y)) => x == y,
        _ => a.at.abs_diff(b.at) <= REACH || same_speaker(a, b),
    }
}

/// Whether two lists of places are mostly the same: a list of attacks is not each of them. Claims without places agree
/// with all.
pub(crate) fn places_agree<P: PartialEq>(a: &[P], b: &[P]) -> bool {
    let common = a.iter().filter(|p| b.contains(p)).count();
    a.is_empty() || b.is_empty() || 2 * common >= a.len() + b.len() - common
}

fn same_speaker(a: &Node, b: &Node) -> bool {
    let entity = |n: &Node| n.claim.speakers.first().and_then(|s| s.entity.clone());
    entity(a).is_some() && entity(a) == entity(b)
}
