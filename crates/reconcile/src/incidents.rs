//! From strands that hang together to one incident: its versions side by side, each with how it stands to it and why.

use std::collections::{BTreeMap, BTreeSet};

use evidence::incident::{Denial, Denied, Member};
use evidence::time::{Iso, Time};
use evidence::{Act, DenialKind, Id, Incident, Link, Relation, Span, Trace};

use crate::clusters;
use crate::strands::{self, Strand, Told, When};

/// The incidents of some strands that hang together by `links`, each with the ids of its traces; a single claim is none.
/// `origin_of` gives the origin of an article.
pub fn incidents(
    traces: &[Trace],
    links: &[Link],
    origin_of: impl Fn(&str) -> Option<String>,
) -> Vec<(Incident, Vec<String>)> {
    let strands: Vec<Strand> = traces.iter().map(strands::unpacked).collect();
    let clusters = clusters::of(strands, links);
    let of: BTreeMap<&str, usize> =
        clusters.iter().enumerate().flat_map(|(n, list)| list.iter().map(move |s| (s.id.as_str(), n))).collect();
    let mut own: Vec<Vec<Link>> = vec![Vec::new(); clusters.len()];
    for link in links {
        if let (Some(a), Some(b)) = (of.get(link.a.as_str()), of.get(link.b.as_str()))
            && a == b
        {
            own[*a].push(link.clone());
        }
    }
    let found = clusters.into_iter().zip(own).filter_map(|(list, own)| {
        let ids = list.iter().map(|s| s.id.clone()).collect();
        incident(list, &own, &origin_of).map(|i| (i, ids))
    });
    found.collect()
}

fn incident(mut all: Vec<Strand>, links: &[Link], origin_of: impl Fn(&str) -> Option<String>) -> Option<Incident> {
    all.sort_by(|a, b| (&a.article, &a.id).cmp(&(&b.article, &b.id)));
    let told: Vec<(&Strand, &Told)> = all.iter().flat_map(|s| s.claims.iter().map(move |c| (s, c))).collect();
    // A single claim is an incident where somebody denies all of its kind.
    if told.len() < 2 && all.iter().all(|s| s.covered.is_empty()) {
        return None;
    }
    let claims = || told.iter().map(|(_, c)| *c);
    let event =
        claims().filter(|c| c.act != Act::Deny).find_map(|c| c.event).or_else(|| claims().find_map(|c| c.event));
    let mut id = Id::of("incident");
    for c in claims() {
        id = id.with(&c.claim);
    }
    let said = |relations: &[Relation]| {
        sorted(claims().filter(|c| relations.contains(&relation(c))).flat_map(|c| c.said_by.clone()))
    };
    let mut denials = denials(&all);
    denials.extend(blanket(&all));
    Some(Incident {
        id: id.text("i"),
        event,
        parties: sorted(claims().flat_map(|c| c.actors.iter().chain(&c.targets).cloned())),
        places: sorted(claims().flat_map(|c| c.places.clone())),
        time: claims().filter_map(|c| c.time.as_ref()).find(|t| t.value.is_some()).map(time),
        claims: members(&told, links),
        origins: all.iter().filter_map(|s| origin_of(&s.article)).collect::<BTreeSet<_>>().len(),
        asserted_by: said(&[Relation::Asserts, Relation::Accuses, Relation::Confirms]),
        denied_by: sorted(
            said(&[Relation::Denies])
                .into_iter()
                .chain(all.iter().flat_map(|s| s.covered.iter().flat_map(|c| c.said_by.clone()))),
        ),
        denials,
        notes: notes(&all, links),
    })
}

fn members(told: &[(&Strand, &Told)], links: &[Link]) -> Vec<Member> {
    let mut first: BTreeMap<&str, &Link> = BTreeMap::new();
    for link in links {
        first.entry(&link.a).or_insert(link);
        first.entry(&link.b).or_insert(link);
    }
    let member = |(s, c): &(&Strand, &Told)| {
        let across = first.get(s.id.as_str()).map(|l| l.reason.clone());
        // Within its report it has a reason of its own; where it is alone there, that of its strand.
        let reasons = [Some(c.reason.clone()).filter(|r| !r.is_empty()), across];
        let reason = reasons.into_iter().flatten().collect::<Vec<_>>().join("; across reports: ");
        Member { claim: c.claim.clone(), relation: relation(c), reason }
    };
    told.iter().map(member).collect()
}

/// How a claim stands to its incident, by its act.
fn relation(c: &Told) -> Relation {
    match c.act {
        _ if c.denies => Relation::Denies,
        Act::Confirm => Relation::Confirms,
        Act::Accuse => Relation::Accuses,
        // What tells of no event is not the thing itself.
        Act::Assert | Act::Announce if c.event.is_some() => Relation::Asserts,
        _ => Relation::Mentions,
    }
}

/// What the denials of an incident deny: in their report as it says, in others what lays the same deed to the same side.
fn denials(all: &[Strand]) -> Vec<Denial> {
    let mut out = Vec::new();
    for s in all {
        for (n, d) in s.claims.iter().enumerate().filter(|(_, c)| c.denies) {
            let own = s.answers.iter().filter(|a| a.denial == n);
            let mut denies: Vec<Denied> = own
                .clone()
                .map(|a| Denied { claim: s.claims[a.denied].claim.clone(), reason: a.reason.clone() })
                .collect();
            // Of a denial that answers nothing in its own report, its words say whose deed it is of.
            let of_own = d.actors.is_empty() || d.actors.iter().any(|p| d.said_by.contains(p));
            let by_words = if of_own { DenialKind::OwnAct } else { DenialKind::Version };
            let kind = own.clone().map(|a| a.kind).min().unwrap_or(by_words);
            let versions: Vec<&Told> = own.map(|a| &s.claims[a.denied]).collect();
            for other in all.iter().filter(|o| o.article != s.article) {
                denies.extend(other.claims.iter().filter_map(|c| elsewhere(d, kind, &versions, c)));
            }
            if !denies.is_empty() {
                out.push(Denial { claim: d.claim.clone(), kind, denies });
            }
        }
    }
    out
}

/// What denials of all that is said of a kind cover here.
fn blanket(all: &[Strand]) -> Vec<Denial> {
    let mut by_denial: BTreeMap<&str, Vec<Denied>> = BTreeMap::new();
    for s in all {
        for c in &s.covered {
            let denied = Denied { claim: s.claims[c.denied].claim.clone(), reason: c.reason.clone() };
            by_denial.entry(&c.denial).or_default().push(denied);
        }
    }
    let denial =
        |(claim, denies): (&str, Vec<Denied>)| Denial { claim: claim.to_owned(), kind: DenialKind::Blanket, denies };
    by_denial.into_iter().map(denial).collect()
}

/// What a denial denies of another report's claims about the same thing.
fn elsewhere(d: &Told, kind: DenialKind, versions: &[&Told], c: &Told) -> Option<Denied> {
    let told = matches!(c.act, Act::Assert | Act::Accuse | Act::Announce | Act::Confirm) && c.of_fact && !c.negated;
    let of_one_side = !c.said_by.is_empty() && c.said_by.iter().all(|p| d.said_by.contains(p));
    // One that answers nothing in its own report is of what it tells of, or of nothing.
    let of_another = versions.is_empty() && d.event != c.event;
    if !told || of_one_side || of_another || c.event.is_none() {
        return None;
    }
    let reason = match kind {
        DenialKind::OwnAct if c.actors.iter().any(|p| d.said_by.contains(p)) => {
            format!("another report's claim that {} did it", c.actors.join(", "))
        }
        DenialKind::Version
            if versions.iter().any(|v| !v.said_by.is_empty() && v.said_by == c.said_by && v.event == c.event) =>
        {
            "another report of the version that is denied".to_owned()
        }
        DenialKind::Version
            if versions.is_empty() && d.event == c.event && c.actors.iter().any(|p| d.actors.contains(p)) =>
        {
            format!("another report's claim that {} did it", c.actors.join(", "))
        }
        _ => return None,
    };
    Some(Denied { claim: c.claim.clone(), reason })
}

/// Reports without a date, and why they are here.
fn notes(all: &[Strand], links: &[Link]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for s in all.iter().filter(|s| s.published.is_none()) {
        let link = links.iter().find(|l| l.a == s.id || l.b == s.id);
        let article = &s.article;
        let note = match link {
            Some(l) => format!("report {article} has no date; it is taken to tell of this because of {}", l.reason),
            None => format!("report {article} has no date and is compared with no other here"),
        };
        if !out.contains(&note) {
            out.push(note);
        }
    }
    out
}

fn time(w: &When) -> Time {
    Time {
        value: w.value.as_deref().and_then(Iso::parse),
        end: w.end.as_deref().and_then(Iso::parse),
        precision: w.precision,
        span: w.span.map(|(a, b)| Span::new(a as usize, b as usize)),
        basis: w.basis,
    }
}

fn sorted(all: impl Iterator<Item = String>) -> Vec<String> {
    all.collect::<BTreeSet<String>>().into_iter().collect()
}
