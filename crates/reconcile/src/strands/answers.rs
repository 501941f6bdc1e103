//! What does a denial deny? Links denials (and confirmations) to the claims of the same report that they answer.
//!
//! A denial that answers nothing which somebody said stays by itself. A denial of all that is said of a kind ("rejected the
//! accusations") is of every charge that it covers, and makes no one thing of them.

use evidence::{Act, Claim, DenialKind, Event};

/// At most this many claims back (or on) a denial looks for what it answers.
const REACH: usize = 10;

/// Among so many claims back a bare denial looks for a harm first.
const NEAR: usize = 3;

/// Words for what somebody is charged with, as a blanket denial puts them.
const CHARGES: &[&str] = &["accusations", "allegations", "assertions", "charges", "claims", "reports", "statements"];

/// What a denial or a confirmation answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// Position of the denial or confirmation.
    pub denial: usize,
    /// Position of the claim answered.
    pub denied: usize,
    /// What kind of denial it is.
    pub kind: DenialKind,
    /// Whether it is a denial, of all that is said of a kind.
    pub blanket: bool,
    /// Why.
    pub reason: String,
}

/// What the denials and confirmations of one report with text `text` answer.
pub(super) fn within(text: &str, claims: &[Claim]) -> Vec<Answer> {
    let mut links = Vec::new();
    for (i, d) in claims.iter().enumerate().filter(|(_, c)| matches!(c.act, Act::Deny | Act::Confirm)) {
        let mut answer = |j: usize, reason: String| links.push(Answer { denial: i, denied: j, kind: kind(d, &claims[j]), blanket: false, reason });
        // "…, a charge that the army denies": the words end with the denial itself.
        let bare = d.cue.is_some_and(|c| c.end() == d.content.end() && d.content.contains(c));
        if bare || is_pronoun(d.content.of(text)) {
            // "denied it": what somebody else said just before, of a harm if there is one near.
            let other = |j: &usize| claims[*j].act != Act::Deny && claims[*j].speakers != d.speakers;
            let near = (0..i).rev().take(NEAR).filter(other).find(|j| claims[*j].event.is_some_and(is_harm));
            if let Some(j) = near.or_else(|| (0..i).rev().find(other)) {
                answer(j, "«it» is what was said just before".to_owned());
            }
            continue;
        }
        if is_blanket(d, text) {
            links.extend(covered(i, d, claims));
            continue;
        }
        let mut candidates: Vec<(i64, usize, String)> = Vec::new();
        for (j, c) in claims.iter().enumerate().filter(|(j, _)| *j != i && j.abs_diff(i) <= REACH) {
            if let Some((score, reason)) = fit(d, c) {
                let behind = if j > i { 3 } else { 0 };
                let distance = i64::try_from(j.abs_diff(i)).unwrap_or(i64::MAX);
                candidates.push((score * 4 - distance - behind, j, reason));
            }
        }
        candidates.sort_by_key(|(score, j, _)| (std::cmp::Reverse(*score), *j));
        let best = candidates.first().map_or(0, |c| c.0);
        // One denial may answer several versions of one thing, but no two things in two places.
        let mut here: Vec<&str> = Vec::new();
        for (_, j, reason) in candidates.into_iter().filter(|c| c.0 > 0 && c.0 >= best - 6).take(3) {
            let there = places(&claims[j]);
            if !here.is_empty() && !there.is_empty() && !there.iter().any(|p| here.contains(p)) {
                continue;
            }
            here.extend(there);
            answer(j, reason);
        }
    }
    links
}

/// Whether a denial is of all that is said of a kind: of "the accusations", not of an event.
fn is_blanket(d: &Claim, text: &str) -> bool {
    let words = d.content.of(text).to_lowercase();
    let mut list = words.split(|c: char| !c.is_alphabetic());
    d.act == Act::Deny && d.event.is_none() && list.any(|w| CHARGES.contains(&w))
}

/// What a blanket denial covers: every harm that others lay to one of those who deny.
fn covered(i: usize, d: &Claim, claims: &[Claim]) -> Vec<Answer> {
    let deniers = parties_of(d);
    let laid = |c: &Claim| c.actors.iter().filter_map(|a| a.party.as_ref()).any(|p| deniers.contains(p));
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
    let done_by_denier = |c: &Claim| c.actors.iter().filter_map(|a| a.party.as_ref()).any(|p| deniers.contains(p));
    if done_by_denier(d) || done_by_denier(c) { DenialKind::OwnAct } else { DenialKind::Version }
}

fn parties_of(c: &Claim) -> Vec<String> {
    c.speakers.iter().filter_map(|s| s.party.clone()).collect()
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

/// Whether what is denied is told by no more than a pronoun.
fn is_pronoun(words: &str) -> bool {
    let mut list = words.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    list.clone().count() <= 12 && list.next_back().is_some_and(|w| matches!(w, "it" | "this" | "that"))
}

/// How well a claim fits as what `d` answers, and why; `None` if it cannot be.
fn fit(d: &Claim, c: &Claim) -> Option<(i64, String)> {
    let (denier, sayer) = (parties_of(d), parties_of(c));
    if c.act == Act::Deny || c.act == Act::Decline || !sayer.is_empty() && sayer == denier {
        return None;
    }
    if d.joint && denier.len() > 1 {
        return None;
    }
    let parties =
        |list: &[evidence::Reference]| -> Vec<String> { list.iter().filter_map(|r| r.party.clone()).collect() };
    let (doers, accused) = (parties(&d.actors), parties(&c.actors));
    let blamed = accused.iter().any(|p| denier.contains(p));
    let mut score = 4;
    match (d.event, c.event) {
        (Some(x), Some(y)) if x == y => {}
        // "Sending tanks" and "attacking" may be two words for one deed, of one who is blamed for it.
        (Some(x), Some(y)) if blamed && is_harm(x) && is_harm(y) => score -= 2,
        (Some(_), None) if blamed => score -= 3,
        (Some(_), _) => return None,
        (None, _) => {}
    }
    let mut reasons = Vec::new();
    if !doers.is_empty() && !accused.is_empty() {
        if !doers.iter().any(|p| accused.contains(p)) {
            return None;
        }
        score += 3;
        reasons.push(format!("both say of {} that it did it", doers.join(", ")));
    } else if accused.iter().any(|p| denier.contains(p)) {
        score += 3;
        reasons.push("the denier is who was said to have done it".to_owned());
    }
    let (here, there) = (places(d), places(c));
    if !here.is_empty() && !there.is_empty() {
        if here.iter().any(|p| there.contains(p)) {
            score += 2;
            reasons.push("same place".to_owned());
        } else {
            score -= 2;
        }
    }
    if d.event.is_some() && d.event == c.event {
        score += 1;
        reasons.push(format!("both of {}", d.event.map_or("", Event::as_str)));
    }
    // A denial that tells of no event itself mostly answers a charge, not news of talks.
    if d.event.is_none() && c.event.is_some_and(|e| !is_harm(e)) {
        score -= 3;
    }
    if c.event.is_some_and(is_harm) && sayer.iter().any(|p| !denier.contains(p)) {
        score += 1;
    }
    let told = !c.speakers.is_empty() || d.event.is_none();
    score -= i64::from(!told);
    Some((score, if reasons.is_empty() { "nearest claim before it".to_owned() } else { reasons.join("; ") }))
}
