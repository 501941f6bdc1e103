//! Which claims of a report say again what another one said, as headlines, leads and bodies do?

use std::collections::BTreeSet;

use evidence::{Act, Claim, Event};

use super::node::Node;

/// Pairs of claims of one report that say one thing twice, as headlines, leads and bodies do.
pub(super) fn pairs(nodes: &[Node]) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    for (i, a) in nodes.iter().enumerate() {
        let later = nodes.iter().enumerate().skip(i + 1);
        out.extend(later.filter_map(|(j, b)| says_again(a, b).map(|why| (i, j, why.to_owned()))));
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
    let parties = |list: &[evidence::Reference]| -> BTreeSet<String> {
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
