//! What does the speaker do in saying it? Settles the act by who speaks of whom.

use evidence::claim::Finding;
use evidence::{Act, Claim, Event, Polarity, Reference, Status};

use crate::attribution::{self, Attribution};
use crate::claims::{Proposition, is_told};
use crate::scene::Scene;
use crate::sides;
use crate::untrue::calls_untrue;

/// Events by which one side harms another.
const HARMFUL: &[Event] = &[Event::Assault, Event::Coerce, Event::Mobilize];

/// Settles act, status and what follows from who speaks of whom.
pub(crate) fn settle(scene: &Scene, claim: &mut Claim, p: &Proposition, attribution: Option<&Attribution>) {
    if attribution.is_none() {
        if claim.event == Some(Event::Assault) && claim.targets.iter().all(|t| t.party.is_none()) {
            suffer(scene, claim, None, false);
        }
        return;
    }
    let speaker = claim.speakers.first().and_then(|s| s.party.clone());
    let fights = |p: &String| scene.referents.sides.contains(p) || scene.referents.fronts.iter().any(|f| f.fights(p));
    let side = |p: &Option<String>| p.as_ref().is_some_and(fights);
    let harmful = claim.event.is_some_and(|e| HARMFUL.contains(&e));
    // Only actors whom the words name: that a truce is between the sides says nothing of whose deed is meant.
    let named: Vec<&Reference> = claim.actors.iter().filter(|a| a.span.is_some() && a.party.is_some()).collect();
    // "It said it had not fired": the speaker, of whatever party.
    let oneself = |r: &Reference| {
        let words = r.span.map(|s| s.of(&scene.article.text).to_lowercase()).unwrap_or_default();
        r.party.is_none()
            && matches!(words.split(' ').next(), Some("it" | "they" | "we" | "its" | "their" | "our" | "his"))
    };
    let by_self = speaker.is_some() && named.iter().any(|a| a.party == speaker)
        || speaker.is_none() && claim.polarity == Polarity::Negated && claim.actors.iter().any(oneself);
    let by_nobody = named.is_empty();
    let by_enemy = speaker.is_some() && !by_nobody && !by_self;
    let old = claim.act;
    match claim.act {
        Act::Assert
            if harmful
                && is_told(claim.status)
                && claim.polarity == Polarity::Affirmed
                && by_enemy
                && side(&speaker) =>
        {
            claim.act = Act::Accuse;
        }
        Act::Assert
            if harmful
                && claim.polarity == Polarity::Negated
                && !counts_nobody(p)
                && !attribution.is_some_and(|a| attribution::is_negated(scene, a.cue))
                && (by_self || by_nobody && side(&speaker)) =>
        {
            claim.act = Act::Deny
        }
        Act::Assert | Act::Condemn if calls_it_untrue(scene, p) => {
            claim.act = Act::Deny;
            let reason = "calls untrue what was said before".to_owned();
            claim.found.push(Finding { rule: UNTRUE.to_owned(), reason, span: None });
        }
        Act::Assert
            if harmful && claim.status == Status::Planned && by_self && claim.polarity == Polarity::Affirmed =>
        {
            claim.act = Act::Threaten;
        }
        Act::Assert
            if claim.event == Some(Event::Retreat)
                && by_self
                && claim.polarity == Polarity::Negated
                && !is_told(claim.status) =>
        {
            claim.act = Act::Threaten;
        }
        Act::Assert if claim.event == Some(Event::Retreat) && by_self && !is_told(claim.status) => {
            claim.act = Act::Promise
        }
        Act::Assert if claim.event == Some(Event::Retreat) && claim.status == Status::Demanded => {
            claim.act = Act::Demand
        }
        Act::Assert if (by_self || by_nobody && speaker.is_some() || of_oneself(scene, p)) && is_ready(scene, p) => {
            claim.act = Act::Offer;
        }
        Act::Assert if announces(claim) && speaker.is_some() => claim.act = Act::Announce,
        Act::Predict if matches!(claim.status, Status::Planned | Status::Conditional) && of_oneself(scene, p) => {
            claim.act = Act::Threaten
        }
        Act::Predict if harmful && by_self => claim.act = Act::Threaten,
        Act::Predict if claim.event == Some(Event::Sanction) => claim.act = Act::Threaten,
        _ => {}
    }
    // "Denied any part in the attack": to deny a harm that nobody is named for is to deny one's own.
    let denied_harm = claim.act == Act::Deny && harmful && by_nobody && side(&speaker);
    if (denied_harm || claim.act == Act::Deny && old == Act::Assert && by_nobody) && speaker.is_some() {
        claim.actors.push(Reference { entity: None, party: speaker.clone(), span: None });
        let reason = "who denies a deed of nobody named denies one of their own".to_owned();
        claim.found.push(Finding { rule: "acts/own-deed".to_owned(), reason, span: None });
    }
    let declared = claim.act == Act::Announce && claim.mode == Some(evidence::Mode::Ceasefire) && claim.cue.is_some();
    if declared && claim.speakers.len() == 1 && (side(&speaker) || scene.referents.sides.is_empty()) {
        claim.event = Some(Event::Concede);
        claim.mode = None;
        claim.actors.retain(|a| a.span.is_some());
        if claim.actors.is_empty() {
            let s = &claim.speakers[0];
            claim.actors.push(Reference { entity: s.entity.clone(), party: s.party.clone(), span: s.span });
        }
        claim.found.push(Finding {
            rule: "acts/declared".to_owned(),
            reason: "a truce that one side declares is its concession".to_owned(),
            span: None,
        });
    }
    if claim.act != old {
        let reason = format!(
            "{old} of {} by {} is {}",
            claim.event.map_or("-", Event::as_str),
            speaker.as_deref().unwrap_or("-"),
            claim.act
        );
        claim.found.push(Finding { rule: "acts/settle".to_owned(), reason, span: None });
    }
    match claim.act {
        Act::Demand | Act::Appeal => claim.status = Status::Demanded,
        Act::Threaten | Act::Promise | Act::Offer if claim.status == Status::Actual => claim.status = Status::Planned,
        _ => {}
    }
    if claim.event == Some(Event::Assault) && claim.targets.iter().all(|t| t.party.is_none()) {
        suffer(scene, claim, speaker, by_self);
    }
}

/// Whose side an assault is on where its target does not say: that of the place, or of the side that lays it to another.
fn suffer(scene: &Scene, claim: &mut Claim, speaker: Option<String>, by_self: bool) {
    let actors: Vec<String> = claim.actors.iter().filter_map(|a| a.party.clone()).collect();
    let side = |p: &String| scene.referents.sides.contains(p);
    let warring = |p: &String| side(p) || scene.referents.fronts.iter().any(|f| f.fights(p));
    let local = |p: &String| scene.referents.fronts.iter().any(|f| f.others.contains(p));
    let of_place =
        claim.places.iter().find_map(|p| p.party.clone()).filter(|p| !actors.contains(p) && (warring(p) || local(p)));
    let (party, why) = match (of_place, speaker) {
        (Some(p), _) => (p, "the place belongs to that side"),
        (None, Some(p)) if claim.act == Act::Accuse && side(&p) && !by_self => {
            (p, "an accused assault without another target is one on the accuser's side")
        }
        _ => return,
    };
    // Unarmed people of a side are filed under their own slug ("families", of Hamas's side: Palestinians).
    let civilians = claim.targets.iter().any(|t| sides::is_people(scene, t));
    let party = scene.referents.civilians.get(&party).filter(|_| civilians).cloned().unwrap_or(party);
    claim.targets.push(Reference { entity: None, party: Some(party), span: None });
    claim.found.push(Finding { rule: "bindings/suffers".to_owned(), reason: why.to_owned(), span: None });
}

/// Words that stand for what was said before: to deny "any role", "it", "the report" is to deny what it tells.
const BACK: &[&str] = &[
    "role",
    "involvement",
    "responsibility",
    "report",
    "claim",
    "accusation",
    "account",
    "version",
    "allegation",
    "charge",
    "assertion",
    "part",
    "hand",
    "link",
    "connection",
    "complicity",
    "guilt",
    "fault",
    "wrongdoing",
    "blame",
];
/// Pronouns that stand for what was said just before.
const JUST_BEFORE: &[&str] = &["it", "this", "that"];
/// The finding that a claim calls something untrue.
const UNTRUE: &str = "acts/untrue";
/// How many claims back an answer without a word for what it answers looks.
const NEAR: usize = 3;
/// How many claims back an answer looks for what it answers.
const REACH: usize = 6;

/// Gives answers that only point back ("denied it") the event and the sides of what they answer.
pub(crate) fn answer(scene: &Scene, claims: &mut [Claim]) {
    for i in 0..claims.len() {
        let words = claims[i].content.of(&scene.article.text).to_lowercase();
        let has = |list: &[&str]| {
            words.split(|c: char| !c.is_alphabetic()).any(|w| list.contains(&w))
                && words.split_whitespace().count() <= 8
        };
        // "…, a charge that the army denies": no word but the denial.
        let bare = claims[i].cue.is_some_and(|c| claims[i].content.contains(c)) && !has(BACK);
        let untrue = claims[i].found.iter().any(|f| f.rule == UNTRUE);
        let just_before = bare || untrue || has(JUST_BEFORE) && !has(BACK);
        let points_back = just_before || has(BACK);
        let unverified = claims[i].act == Act::Confirm && claims[i].polarity == Polarity::Negated;
        let answers = matches!(claims[i].act, Act::Deny | Act::Confirm) || claims[i].act == Act::Accuse && just_before;
        if claims[i].event.is_some() || !answers || !points_back || unverified {
            continue;
        }
        let by = |c: &Claim| c.speakers.first().and_then(|s| s.party.clone());
        let denier = by(&claims[i]);
        let other = |c: &&Claim| {
            c.event.is_some_and(|e| HARMFUL.contains(&e)) && c.act != Act::Deny && (by(c).is_none() || by(c) != denier)
        };
        let reach = if just_before && claims[i].act != Act::Accuse { NEAR } else { REACH };
        let others = claims[..i].iter().rev().filter(|c| c.act != Act::Deny && (by(c).is_none() || by(c) != denier));
        // Nobody answers for what is laid to somebody else.
        let laid_to_others = |c: &Claim| {
            denier.is_some() && c.actors.iter().any(|a| a.party.is_some()) && c.actors.iter().all(|a| a.party != denier)
        };
        let near: Vec<&Claim> = others.take(reach).collect();
        let own = near.iter().copied().find(|c| other(c) && !laid_to_others(c));
        let found = own.or_else(|| near.iter().copied().find(|c| other(c)));
        let Some(answered) = found.cloned() else { continue };
        let c = &mut claims[i];
        c.event = answered.event;
        let reason = format!("answers «{}»", answered.content.of(&scene.article.text));
        c.found.push(Finding { rule: "acts/answer".to_owned(), reason, span: Some(answered.content) });
        if c.act == Act::Accuse {
            continue;
        }
        let own = Reference { entity: None, party: denier.clone(), span: None };
        let accused = answered.actors.iter().any(|a| a.party.is_some());
        c.actors = if accused {
            answered.actors.iter().map(|a| Reference { span: None, ..a.clone() }).collect()
        } else {
            denier.iter().map(|_| own.clone()).collect()
        };
        let others = answered.targets.iter().filter(|t| t.party.is_some() && t.party != denier);
        c.targets = others.map(|t| Reference { span: None, ..t.clone() }).collect();
    }
}

/// "Nobody had been hurt": who counts no victims denies no deed.
fn counts_nobody(p: &Proposition) -> bool {
    p.event.as_ref().is_some_and(|e| e.rule.starts_with("assault/casualties"))
}

/// "We will not …", warned of one's own doing, is a threat.
fn of_oneself(scene: &Scene, p: &Proposition) -> bool {
    scene.children_of(p.head, "nsubj").any(|s| matches!(scene.lower(s).as_str(), "we" | "i"))
}

/// "That was a lie", "the report is false".
fn calls_it_untrue(scene: &Scene, p: &Proposition) -> bool {
    calls_untrue(scene, p.head) && p.tokens.len() <= 12
}

/// "is ready to hold talks": a will to do something, of whoever says so.
fn is_ready(scene: &Scene, p: &Proposition) -> bool {
    matches!(scene.lemma(p.head), "ready" | "prepared" | "willing")
        && scene.children_of(p.head, "xcomp").next().is_some()
}

fn announces(claim: &Claim) -> bool {
    match claim.event {
        Some(Event::Agree | Event::Concede) => true,
        Some(Event::Consult | Event::Retreat) => matches!(claim.status, Status::Planned),
        _ => false,
    }
}
