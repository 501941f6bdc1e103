//! Which claims are about one occurrence? Groups them by event, place, time and parties; every link keeps its reason.

use std::collections::BTreeMap;

use evidence::incident::Member;
use evidence::ledger::Reading;
use evidence::{Act, Ceasefire, Claim, Event, Id, Incident, Relation};

use crate::denials;
use crate::focus;
use crate::groups::Groups;

/// A claim with what is needed to compare it.
pub(crate) struct Node<'a> {
    pub claim: &'a Claim,
    /// Index of its reading.
    pub reading: usize,
    /// Position among the claims of its reading.
    at: usize,
    /// Day it tells of, if known.
    pub day: Option<&'a str>,
    /// Clock, if told to the minute.
    minute: Option<&'a str>,
    /// Places named, without whole states.
    pub places: Vec<&'a str>,
    /// Parties said to act.
    pub actors: Vec<&'a str>,
}

/// Incidents of some readings; `origins` as [`crate::origins::find`] gives them.
pub fn find(readings: &[Reading], origins: &[(String, String)], ceasefires: &[Ceasefire]) -> Vec<Incident> {
    let nodes = nodes(readings);
    let index: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(i, n)| (n.claim.id.as_str(), i)).collect();
    let mut groups = Groups::new(nodes.len());
    let mut reasons: Vec<Option<String>> = vec![None; nodes.len()];
    let mut join = |a: usize, b: usize, why: &str| {
        groups.join(a, b);
        for i in [a, b] {
            reasons[i].get_or_insert_with(|| why.to_owned());
        }
    };
    for (r, reading) in readings.iter().enumerate() {
        let base = nodes.iter().position(|n| n.reading == r).unwrap_or(0);
        for link in denials::within(&reading.article.text, &reading.claims) {
            join(base + link.answered, base + link.answer, &link.reason);
        }
    }
    for (a, b, why) in pairs(&nodes, readings, origins) {
        join(a, b, &why);
    }
    for (a, b, why) in restated(&nodes) {
        join(a, b, why);
    }
    for (a, b, why) in focus::joins(&nodes, readings, origins) {
        join(a, b, &why);
    }
    for c in ceasefires {
        let about = |e: &[Event]| -> Vec<usize> {
            c.claims
                .iter()
                .filter_map(|id| index.get(id.as_str()).copied())
                .filter(|i| nodes[*i].claim.event.is_some_and(|x| e.contains(&x)))
                .collect()
        };
        let agreed = about(&[Event::Agree, Event::Concede]);
        for pair in agreed.windows(2).filter(|p| c.effective.is_some() && p.len() == 2) {
            join(pair[0], pair[1], "both tell of the making of one truce");
        }
    }
    let origin_of: BTreeMap<&str, &str> = origins.iter().map(|(a, o)| (a.as_str(), o.as_str())).collect();
    let lists = groups.all();
    let mut found: Vec<Incident> =
        lists.iter().filter(|l| l.len() > 1).map(|l| incident(&nodes, l, &reasons, &origin_of)).collect();
    found.sort_by(|a, b| a.claims[0].claim.cmp(&b.claims[0].claim).then_with(|| a.id.cmp(&b.id)));
    found
}

fn nodes(readings: &[Reading]) -> Vec<Node<'_>> {
    let mut out = Vec::new();
    for (r, reading) in readings.iter().enumerate() {
        for (at, claim) in reading.claims.iter().enumerate() {
            let value = claim.time.as_ref().filter(|t| t.end.is_none()).and_then(|t| t.value.as_ref());
            let day = value.map(|v| v.date()).filter(|d| d.len() == 10);
            let minute = value.map(|v| v.as_str()).filter(|v| v.contains('T')).map(|v| &v[..v.len().min(16)]);
            let named = claim.places.iter().chain(&claim.targets).filter_map(|p| p.entity.as_deref());
            let mut places: Vec<&str> = named.filter(|e| is_narrow(reading, e)).collect();
            places.sort_unstable();
            places.dedup();
            let actors = claim.actors.iter().filter_map(|a| a.party.as_deref()).collect();
            out.push(Node { claim, reading: r, at, day, minute, places, actors });
        }
    }
    out
}

/// Whether an entity is a place, and none as wide as a state or a warring party's whole land.
fn is_narrow(reading: &Reading, entity: &str) -> bool {
    let Some(name) = entity.strip_prefix("place:") else { return false };
    let land = |e: &evidence::Entity| {
        e.id.strip_prefix("party:") == Some(name) || e.id == entity && e.country.is_some() && e.lat.is_none()
    };
    !reading.entities.iter().any(land)
}

/// Pairs of claims about one occurrence, with why.
fn pairs(nodes: &[Node], readings: &[Reading], origins: &[(String, String)]) -> Vec<(usize, usize, String)> {
    let mut by_key: BTreeMap<(Event, &str), Vec<usize>> = BTreeMap::new();
    for (i, n) in nodes.iter().enumerate() {
        let Some(event) =
            n.claim.event.filter(|_| !matches!(n.claim.act, Act::Threaten | Act::Appeal | Act::Demand | Act::Predict))
        else {
            continue;
        };
        for p in &n.places {
            by_key.entry((event, p)).or_default().push(i);
        }
        if let Some(m) = n.minute {
            by_key.entry((event, m)).or_default().push(i);
        }
    }
    let mut out = Vec::new();
    for ((_, key), list) in &by_key {
        for (n, &a) in list.iter().enumerate() {
            for &b in list[n + 1..].iter().take(200) {
                if may_be_one(&nodes[a], &nodes[b], readings, origins) {
                    out.push((
                        a,
                        b,
                        format!(
                            "same event, {}",
                            if key.contains('T') && !key.contains(':') { key.to_string() } else { format!("at {key}") }
                        ),
                    ));
                }
            }
        }
    }
    out
}

/// Pairs of claims of one report that say one thing twice, as headlines, leads and bodies do.
fn restated(nodes: &[Node]) -> Vec<(usize, usize, &'static str)> {
    let mut out = Vec::new();
    for (i, a) in nodes.iter().enumerate() {
        let here = nodes[i + 1..].iter().enumerate().take_while(|(_, b)| b.reading == a.reading);
        let again = here.filter_map(|(n, b)| says_again(a, b).map(|why| (i, i + 1 + n, why)));
        out.extend(again);
    }
    out
}

/// Why a later claim of the same report says the same as an earlier one, if it does.
fn says_again(a: &Node, b: &Node) -> Option<&'static str> {
    let (x, y) = (a.claim, b.claim);
    let days_differ = matches!((a.day, b.day), (Some(p), Some(q)) if p != q);
    if x.event != y.event || x.event.is_none() || x.act != y.act || x.polarity != y.polarity || days_differ {
        return None;
    }
    let party = |c: &Claim| c.speakers.first().and_then(|s| s.party.clone());
    let stance = matches!(x.act, Act::Welcome | Act::Appeal | Act::Condemn);
    if stance && !x.joint && party(x).is_some() && party(x) == party(y) {
        return Some("the same side takes the same stand again");
    }
    let parties = |list: &[evidence::Reference]| -> std::collections::BTreeSet<String> {
        list.iter().filter_map(|r| r.party.clone()).collect()
    };
    let (doers, suffer) = (parties(&x.actors), parties(&x.targets));
    let same_sides = doers.len() > 1 && doers == parties(&y.actors);
    if same_sides
        && x.act == Act::Accuse
        && doers == suffer
        && suffer == parties(&y.targets)
        && x.event == Some(Event::Assault)
    {
        return Some("the same mutual accusation told again");
    }
    (same_sides && x.event == Some(Event::Consult) && x.status == y.status)
        .then_some("talks of the same sides told again")
}

/// Whether nothing speaks against two claims of one event at one place or minute being about one occurrence, and
/// enough for it.
fn may_be_one(a: &Node, b: &Node, readings: &[Reading], origins: &[(String, String)]) -> bool {
    if !a.actors.is_empty() && !b.actors.is_empty() && !a.actors.iter().any(|p| b.actors.contains(p)) {
        return false;
    }
    if a.reading == b.reading {
        return match (a.day, b.day) {
            (Some(x), Some(y)) => x == y,
            _ => a.at.abs_diff(b.at) <= 12,
        };
    }
    let one_origin = origins[a.reading].1 == origins[b.reading].1;
    let published = |n: &Node| readings[n.reading].article.published.value.as_ref().map(|v| v.date().to_owned());
    match (a.day, b.day, published(a), published(b)) {
        (Some(x), Some(y), ..) => x == y,
        _ if one_origin => true,
        // Without a day of its own, a claim tells of the day of its report or the day before.
        (Some(x), None, _, Some(p)) | (None, Some(x), Some(p), _) => near(x, &p),
        (None, None, Some(p), Some(q)) => near(&p, &q),
        _ => false,
    }
}

/// Whether two days of one month are at most one apart.
pub(crate) fn near(a: &str, b: &str) -> bool {
    let day = |d: &str| d.get(8..10).and_then(|x| x.parse::<i32>().ok());
    a.get(..7) == b.get(..7) && matches!((day(a), day(b)), (Some(x), Some(y)) if (x - y).abs() <= 1)
}

fn incident(nodes: &[Node], list: &[usize], reasons: &[Option<String>], origin_of: &BTreeMap<&str, &str>) -> Incident {
    let claims = || list.iter().map(|i| nodes[*i].claim);
    let sorted = |mut v: Vec<String>| {
        v.sort();
        v.dedup();
        v
    };
    let event =
        claims().filter(|c| c.act != Act::Deny).find_map(|c| c.event).or_else(|| claims().find_map(|c| c.event));
    let spoken = |relations: &[Relation]| {
        sorted(
            claims()
                .filter(|c| relations.contains(&relation(c)))
                .flat_map(|c| c.speakers.iter().take(if c.joint { usize::MAX } else { 1 }))
                .filter_map(|s| s.party.clone())
                .collect(),
        )
    };
    let members = list.iter().map(|i| Member {
        claim: nodes[*i].claim.id.clone(),
        relation: relation(nodes[*i].claim),
        reason: reasons[*i].clone().unwrap_or_default(),
    });
    let mut id = Id::of("incident");
    for c in claims() {
        id = id.with(&c.id);
    }
    let reported: std::collections::BTreeSet<&str> =
        claims().filter_map(|c| origin_of.get(c.article.as_str()).copied()).collect();
    Incident {
        id: id.text("i"),
        event,
        parties: sorted(
            claims().flat_map(|c| c.actors.iter().chain(&c.targets)).filter_map(|r| r.party.clone()).collect(),
        ),
        places: sorted(list.iter().flat_map(|i| nodes[*i].places.iter().map(|p| (*p).to_owned())).collect()),
        time: claims().filter_map(|c| c.time.clone()).find(|t| t.value.is_some()),
        claims: members.collect(),
        origins: reported.len(),
        asserted_by: spoken(&[Relation::Asserts, Relation::Accuses, Relation::Confirms]),
        denied_by: spoken(&[Relation::Denies]),
        denials: Vec::new(),
        notes: Vec::new(),
    }
}

/// How a claim stands to its incident, by its act.
pub fn relation(claim: &Claim) -> Relation {
    match claim.act {
        Act::Deny => Relation::Denies,
        Act::Confirm => Relation::Confirms,
        Act::Accuse => Relation::Accuses,
        Act::Assert | Act::Announce => Relation::Asserts,
        _ => Relation::Mentions,
    }
}
