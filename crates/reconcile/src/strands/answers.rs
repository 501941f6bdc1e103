//! What does a denial deny? Links denials (and confirmations) to the claims of the same report that they answer.
//!
//! Claims before and soon after a denial are weighed: whether they lay a deed to whoever denies, tell of the same event,
//! place or words, and how far away they stand. Who is accused and says that nothing of the kind was done denies it as well
//! as one who "denies". A denial that nothing weighs enough for answers what the report does not tell, and stays by
//! itself. One of "all" that is said is of every charge that it covers, and makes no one thing of them.

use std::collections::BTreeSet;

use evidence::ledger::Reading;
use evidence::{Act, Claim, DenialKind, Event, Polarity, Span};

use super::node::Node;

/// At most this many claims back (and on) a denial looks for what it answers.
const BACK: usize = 10;
const ON: usize = 4;
/// What a claim must weigh: where the denial has no words of its own, and where it has.
const BARE: i64 = 1;
const WORDED: i64 = 4;
/// Others that weigh nearly as much are answered as well, if they are versions of one thing.
const NEARLY: i64 = 3;
const MOST: usize = 3;
/// Claims that the versions of one thing which a bare denial answers are apart, at most.
const VERSIONS: usize = 3;
/// Letters that words of one stem have in common.
const STEM: usize = 5;

/// Words for what somebody is charged with.
const CHARGES: &[&str] =
    &["accusation", "allegation", "assertion", "charge", "claim", "report", "statement", "account", "version"];
/// Words that make a denial one of everything.
const ALL: &[&str] = &["all", "any", "each", "every", "such"];
/// Words for counts.
const COUNTS: &[&str] = &["figure", "number", "toll", "count", "total"];

/// What a denial or a confirmation answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// Position of the denial or confirmation.
    pub denial: usize,
    /// Position of the claim answered.
    pub denied: usize,
    /// What kind of denial it is.
    pub kind: DenialKind,
    /// Whether it is of all that is said of a kind.
    pub blanket: bool,
    /// Why.
    pub reason: String,
}

/// What the denials and confirmations of one report answer; `nodes` are its claims.
pub(super) fn within(reading: &Reading, nodes: &[Node]) -> Vec<Answer> {
    let (text, claims) = (&reading.article.text, &reading.claims);
    let counted: BTreeSet<String> = reading.figures.iter().filter_map(|f| f.claim.clone()).collect();
    let mut out: Vec<Answer> = Vec::new();
    for (i, d) in claims.iter().enumerate().filter(|(_, c)| may_answer(c)) {
        let saying = Saying::of(d, text);
        if saying.of_all && d.act == Act::Deny {
            out.extend(covered(i, d, claims));
            continue;
        }
        // "dismissed the reports. There was no truth in them": the second is of what the first is of.
        let before: Vec<Answer> = out.iter().filter(|a| a.denial + 1 == i && !a.blanket).cloned().collect();
        if i > 0 && saying.bare && claims[i - 1].act == Act::Deny && one_side(&claims[i - 1], d) && !before.is_empty() {
            out.extend(before.into_iter().map(|a| Answer { denial: i, ..a }));
            continue;
        }
        for (j, reason) in answered(i, &saying, nodes, text, &counted) {
            out.push(Answer { denial: i, denied: j, kind: kind(d, &claims[j]), blanket: false, reason });
        }
    }
    out
}

/// Whether a claim may answer another: a denial, a confirmation, or a negated assertion of somebody.
fn may_answer(c: &Claim) -> bool {
    matches!(c.act, Act::Deny | Act::Confirm) || is_contradiction(c)
}

/// Whether somebody says that something was not so, without the word.
pub(super) fn is_contradiction(c: &Claim) -> bool {
    let said = matches!(c.act, Act::Assert | Act::Announce) && !c.speakers.is_empty();
    said && c.polarity == Polarity::Negated && matches!(c.status, evidence::Status::Actual | evidence::Status::Ongoing)
}

/// How a denial is put.
struct Saying {
    /// Whether it has no words but the cue, a pronoun or a word for a charge.
    bare: bool,
    /// Whether it is of all that is said.
    of_all: bool,
    /// Whether it is of a count.
    of_count: bool,
    stems: BTreeSet<String>,
}

impl Saying {
    fn of(d: &Claim, text: &str) -> Self {
        let words = d.content.of(text).to_lowercase();
        let list: Vec<&str> = words.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
        let is = |names: &[&str], w: &str| names.iter().any(|n| w == *n || w.strip_suffix('s') == Some(n));
        let charge = list.iter().any(|w| is(CHARGES, w));
        // "…, a charge that the army denies": the words end with the denial itself.
        // A general at the centre in Dorne "denied this".
        let behind = |c: Span| text[c.end()..d.content.end()].split_whitespace().count();
        let cue_only = d.cue.is_some_and(|c| d.content.contains(c) && behind(c) <= 1);
        let pronoun =
            list.len() <= 12 && list.last().is_some_and(|w| matches!(*w, "it" | "this" | "that" | "them" | "which"));
        let short = list.len() <= 3 && d.act == Act::Deny;
        let all = d.event.is_none() && charge && list.iter().any(|w| ALL.contains(w));
        Self {
            bare: cue_only || pronoun || short || charge && list.len() <= 4,
            of_all: all,
            of_count: list.iter().any(|w| is(COUNTS, w)),
            stems: stems(&words),
        }
    }
}

/// What is answered, the weightiest first, with why.
fn answered(i: usize, saying: &Saying, nodes: &[Node], text: &str, counted: &BTreeSet<String>) -> Vec<(usize, String)> {
    let d = nodes[i].claim;
    let near = i.saturating_sub(BACK)..nodes.len().min(i + ON + 1);
    let mut weighed: Vec<(i64, usize, String)> = near
        .filter(|j| *j != i)
        .filter_map(|j| {
            weight(&nodes[i], &nodes[j], saying, text, counted).map(|(w, why)| (w - distance(i, j), j, why))
        })
        .collect();
    weighed.sort_by_key(|(w, j, _)| (std::cmp::Reverse(*w), *j));
    // "the account could not be verified" may be of any account.
    let least = if saying.bare && d.act != Act::Confirm { BARE } else { WORDED };
    let (best, first) = weighed.first().map_or((0, i), |w| (w.0, w.1));
    // "denied it" is of one thing, though two may have said it.
    let of_one = |j: usize| !saying.bare || j.abs_diff(first) <= VERSIONS;
    let mut here: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    let enough = weighed.into_iter().filter(|w| w.0 >= least && w.0 + NEARLY >= best && of_one(w.1));
    for (_, j, why) in enough.take(MOST) {
        // One denial may answer several versions of one thing, but no two things in two places.
        let there = places(nodes[j].claim);
        if !here.is_empty() && !there.is_empty() && !there.iter().any(|p| here.contains(p)) {
            continue;
        }
        here.extend(there);
        out.push((j, why));
    }
    out
}

fn distance(i: usize, j: usize) -> i64 {
    let apart = i64::try_from(i.abs_diff(j)).unwrap_or(i64::MAX) - 1;
    if j > i { 2 * apart + 2 } else { apart }
}

/// How much speaks for a claim being what `d` answers, and why; `None` if it cannot be.
fn weight(a: &Node, b: &Node, saying: &Saying, text: &str, counted: &BTreeSet<String>) -> Option<(i64, String)> {
    let (d, c) = (a.claim, b.claim);
    let (denier, sayer) = (parties_of(d), parties_of(c));
    let told = matches!(c.act, Act::Assert | Act::Accuse | Act::Announce | Act::Confirm | Act::Promise | Act::Threaten);
    // A mutual accusation is also the denier's own.
    let own = c.joint && sayer.iter().any(|p| denier.contains(p));
    let same = own || one_side(d, c) || !c.speakers.is_empty() && c.speakers == d.speakers;
    if !told || same || is_contradiction(c) && c.event.is_none() || d.joint && denier.len() > 1 {
        return None;
    }
    let (doers, accused) = (doers(d), doers(c));
    // "fighting" of both sides is laid to neither.
    let blamed = !accused.is_empty() && accused.iter().all(|p| denier.contains(p));
    let mut weight = 0;
    let mut reasons: Vec<String> = Vec::new();
    if blamed {
        weight += 5;
        reasons.push("the denier is who was said to have done it".to_owned());
    } else if !doers.is_empty() && !accused.is_empty() {
        if !doers.iter().any(|p| accused.contains(p)) {
            return None;
        }
        weight += 3;
        reasons.push(format!("both say of {} that it did it", doers.iter().cloned().collect::<Vec<_>>().join(", ")));
    } else if accused.is_empty() && c.event.is_some_and(is_harm) && suffers_none(c, &denier) {
        weight += 2;
        reasons.push("nobody is named as having done it".to_owned());
    }
    match (d.event, c.event) {
        (Some(x), Some(y)) if x == y => {
            weight += 2;
            reasons.push(format!("both of {x}"));
        }
        // "Sending tanks" and "attacking" may be two words for one deed, of one who is blamed for it.
        (Some(x), Some(y)) if blamed && is_harm(x) && is_harm(y) => weight += 1,
        (Some(_), None) if blamed || saying.bare => {}
        (Some(_), _) if !saying.bare && !saying.of_count => return None,
        (None, Some(y)) if !is_harm(y) && d.act == Act::Deny => weight -= 2,
        _ => {}
    }
    // Where there are no words of what is denied, a place is the speaker's.
    let (here, there) = if saying.bare { Default::default() } else { (places(d), places(c)) };
    if !here.is_empty() && !there.is_empty() {
        let common = here.iter().any(|p| there.contains(p));
        weight += if common { 2 } else { -2 };
        reasons.extend(common.then(|| "same place".to_owned()));
    }
    // A denial of what was done in one town is of nothing in another.
    if !saying.bare && !a.places.is_empty() && !b.places.is_empty() && !a.places.iter().any(|p| b.places.contains(p)) {
        return None;
    }
    let content = c.content.of(text).to_lowercase();
    let shared = stems(&content).intersection(&saying.stems).count();
    if shared > 0 {
        weight += i64::try_from(shared.min(2)).unwrap_or(0) * 2;
        reasons.push("the same words".to_owned());
    }
    weight += i64::from(saying.of_count && counted.contains(&c.id)) * 5;
    weight += i64::from(c.act == Act::Accuse) + i64::from(c.event.is_some_and(is_harm) && !sayer.is_empty());
    weight += i64::from(saying.bare) * 2;
    // Who says that nothing was done, without a word of denying, answers a charge or nothing.
    let charge = c.act == Act::Accuse || c.event.map_or(!sayer.is_empty(), is_harm);
    if is_contradiction(d) && !(charge && blamed && (shared > 0 || d.event.is_none() || d.event == c.event)) {
        return None;
    }
    weight -= i64::from(c.speakers.is_empty());
    Some((weight, if reasons.is_empty() { "nearest claim before it".to_owned() } else { reasons.join("; ") }))
}

/// What a blanket denial covers: every harm that others lay to one of those who deny.
fn covered(i: usize, d: &Claim, claims: &[Claim]) -> Vec<Answer> {
    let deniers = parties_of(d);
    let laid = |c: &Claim| doers(c).iter().any(|p| deniers.contains(p));
    let by_others = |c: &Claim| parties_of(c).iter().any(|p| !deniers.contains(p)) || d.joint && c.speakers.len() == 1;
    claims
        .iter()
        .enumerate()
        .filter(|(_, c)| c.act == Act::Accuse && !c.joint && c.event.is_some_and(is_harm) && laid(c) && by_others(c))
        .map(|(j, _)| Answer {
            denial: i,
            denied: j,
            kind: DenialKind::Blanket,
            blanket: true,
            reason: "denies all that is laid to its side".to_owned(),
        })
        .collect()
}

fn kind(d: &Claim, c: &Claim) -> DenialKind {
    let deniers = parties_of(d);
    let own = |c: &Claim| !doers(c).is_empty() && doers(c).iter().all(|p| deniers.contains(p));
    if own(d) || own(c) { DenialKind::OwnAct } else { DenialKind::Version }
}

/// Whether nobody of some parties suffers what a claim tells.
fn suffers_none(c: &Claim, parties: &BTreeSet<String>) -> bool {
    !c.targets.iter().filter_map(|t| t.party.as_ref()).any(|p| parties.contains(p))
}

fn one_side(a: &Claim, b: &Claim) -> bool {
    let (x, y) = (parties_of(a), parties_of(b));
    !x.is_empty() && x == y
}

fn parties_of(c: &Claim) -> BTreeSet<String> {
    c.speakers.iter().take(if c.joint { usize::MAX } else { 1 }).filter_map(|s| s.party.clone()).collect()
}

fn doers(c: &Claim) -> BTreeSet<String> {
    c.actors.iter().filter_map(|r| r.party.clone()).collect()
}

/// Places that a claim names.
fn places(c: &Claim) -> Vec<&str> {
    let named = c.places.iter().chain(&c.targets).filter_map(|p| p.entity.as_deref());
    named.filter(|e| e.starts_with("place:")).collect()
}

/// Whether an event is one that somebody is blamed for.
fn is_harm(event: Event) -> bool {
    matches!(event, Event::Assault | Event::Coerce | Event::Mobilize | Event::Threaten)
}

/// The first letters of the longer words.
fn stems(words: &str) -> BTreeSet<String> {
    let long = words.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() >= STEM);
    long.map(|w| w.chars().take(STEM).collect()).collect()
}
