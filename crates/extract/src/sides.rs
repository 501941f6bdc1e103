//! Who else is meant? Parties that a clause leaves to the reader: both sides of a truce, the other side of an attack.
//!
//! Only what the report makes plain is filled in, each with its reason: the warring sides of the paragraph's conflict, the
//! speaker where words of promise or threat are about the speaker's own doing. Where more than one party would fit, none is.

use evidence::claim::Finding;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Act, Category, Claim, Event, Figure, Front, Harm, Polarity, Reference, Referents};

use crate::claims::{Proposition, is_told};
use crate::scene::Scene;

/// Events that somebody does to somebody: with one warring side as doer, the other suffers them.
const AGAINST: &[Event] = &[Event::Assault];

/// Rules whose event is by its nature between the sides of a conflict: a truce, talks, fighting nobody is said to have begun.
const BETWEEN: &[&str] = &["retreat/ceasefire.", "assault/fighting.", "agree/", "consult/talks."];

/// Fills in the parties that a claim's words leave open.
pub(crate) fn complete(scene: &Scene, claim: &mut Claim, p: &Proposition) {
    let paragraph = scene.document.sentences[scene.document.sentence_of(p.head)].paragraph;
    let Some(front) = scene.referents.front(paragraph) else { return };
    own_deed(claim, front);
    accused(claim, front);
    each_other(scene, claim, p, front);
    between(scene, claim, p, front);
    mediated(claim, p, front);
    suffered(scene, claim, front);
    own_losses(scene, claim, p, front);
    own_ground(claim);
}

/// What somebody promises, offers or threatens without saying who does it, they do themselves.
fn own_deed(claim: &mut Claim, front: &Front) {
    let own_doing =
        matches!(claim.act, Act::Promise | Act::Offer | Act::Threaten) || claim.event == Some(Event::Concede);
    if !own_doing || claim.event.is_none() || claim.speakers.len() != 1 || !unnamed(&claim.actors) {
        return;
    }
    let speaker = claim.speakers[0].clone();
    if speaker.party.as_ref().is_some_and(|p| front.fights(p) || claim.act == Act::Offer) {
        claim.actors = vec![Reference { entity: speaker.entity, party: speaker.party, span: speaker.span }];
        note(
            claim,
            "sides/own-deed",
            "what is promised, offered or threatened without a doer is the speaker's own doing",
        );
    }
}

/// Whom one of two sides accuses without naming anybody: the other.
fn accused(claim: &mut Claim, front: &Front) {
    let harmful = matches!(claim.event, Some(Event::Assault | Event::Coerce));
    if claim.act != Act::Accuse || !harmful || !claim.actors.is_empty() || claim.speakers.is_empty() {
        return;
    }
    let party = claim.speakers[0].party.clone();
    let other = party.filter(|p| front.fights(p)).and_then(|p| front.opponent(&p).map(str::to_owned));
    if let Some(other) = other {
        claim.actors.push(understood(other));
        note(claim, "sides/accused", "one of two warring sides that accuses nobody by name accuses the other");
    }
}

/// "Denied each other's claims of attacks": both do it and both suffer it.
fn each_other(scene: &Scene, claim: &mut Claim, p: &Proposition, front: &Front) {
    // "Each side blames the other"
    let speakers: Vec<&String> = claim.speakers.iter().filter_map(|s| s.party.as_ref()).collect();
    let crosswise = claim.act == Act::Accuse
        && speakers.len() == 2
        && parties(&claim.actors).count() == 2
        && parties(&claim.actors).all(|a| speakers.iter().any(|s| *s == a));
    let reciprocal = crosswise
        || p.tokens.windows(2).any(|w| {
            matches!(scene.lower(w[0]).as_str(), "each" | "one")
                && scene.lower(w[1]).trim_end_matches(['\'', '’', 's']).starts_with("other")
                || scene.lower(w[0]) == "one" && scene.lower(w[1]).starts_with("another")
        });
    let harmful = matches!(claim.event, Some(Event::Assault | Event::Coerce));
    if !reciprocal || !harmful {
        return;
    }
    let mut both: Vec<String> = claim.speakers.iter().filter_map(|s| s.party.clone()).collect();
    both.dedup();
    if both.len() < 2 {
        both = claim.actors.iter().filter_map(|a| a.party.clone()).collect();
    }
    if both.len() < 2 {
        both.clone_from(&front.sides);
    }
    if both.len() != 2 {
        return;
    }
    let both: Vec<Reference> = both.into_iter().map(understood).collect();
    claim.actors.clone_from(&both);
    claim.targets = both;
    note(claim, "sides/each-other", "«each other»: both sides do it and both suffer it");
}

/// A truce, talks or clashes told of no side by name are between the sides of the conflict.
fn between(scene: &Scene, claim: &mut Claim, p: &Proposition, front: &Front) {
    let Some(event) = p.event.as_ref().filter(|e| BETWEEN.iter().any(|r| e.rule.starts_with(r))) else { return };
    // In a report of one conflict a truce is that conflict's, whoever else its paragraph names.
    let truce = event.rule.starts_with("agree/") || event.rule.starts_with("retreat/ceasefire.");
    let here = truce && scene.referents.fronts.len() == 1 || of_the_conflict(scene, event.trigger, front);
    if !unnamed(&claim.actors) || front.sides.len() < 2 || !here {
        return;
    }
    if event.rule == "consult/talks.mediate" || !claim.actors.iter().all(|a| is_delegation(scene, a)) {
        return;
    }
    let fighting = event.rule.starts_with("assault/");
    if !fighting && !unnamed(&claim.targets) {
        return;
    }
    claim.actors = sides(front);
    if fighting && unnamed(&claim.targets) {
        claim.targets = sides(front);
    }
    note(claim, "sides/between", "told of no side by name: it is between the sides of the conflict");
}

/// "A joint commission", "the delegations": those who meet for the sides.
fn is_delegation(scene: &Scene, r: &Reference) -> bool {
    const WORDS: &[&str] = &[
        "joint",
        "delegation",
        "negotiator",
        "representative",
        "envoy",
        "commander",
        "leader",
        "official",
        "side",
        "team",
        "general",
        "minister",
        "talk",
        "negotiation",
        "truce",
        "ceasefire",
        "agreement",
        "deal",
        "pact",
        "accord",
    ];
    r.span.is_none_or(|s| scene.document.tokens_in(s).any(|t| WORDS.contains(&scene.lemma(t).to_lowercase().as_str())))
}

/// Talks that an outsider mediates are with the sides of the conflict.
fn mediated(claim: &mut Claim, p: &Proposition, front: &Front) {
    let mediates = p.event.as_ref().is_some_and(|e| e.rule == "consult/talks.mediate");
    let outsiders = !unnamed(&claim.actors) && parties(&claim.actors).all(|a| !front.sides.iter().any(|s| s == a));
    if mediates && outsiders && unnamed(&claim.targets) && front.sides.len() >= 2 {
        claim.targets = sides(front);
        note(claim, "sides/mediated", "what an outsider mediates is between the sides of the conflict");
    }
}

/// Whom an attack hits, where the words name no party: the other of two sides.
fn suffered(scene: &Scene, claim: &mut Claim, front: &Front) {
    if !claim.event.is_some_and(|e| AGAINST.contains(&e)) || unnamed(&claim.actors) {
        return;
    }
    let both = parties(&claim.actors).all(|a| parties(&claim.targets).any(|t| t == a)) && claim.actors.len() > 1;
    if both {
        return;
    }
    // Nobody attacks themselves: "its" and "our" are the one attacked.
    let actors: Vec<String> = parties(&claim.actors).map(str::to_owned).collect();
    let before = claim.targets.len();
    claim.targets.retain(|t| t.party.as_ref().is_none_or(|p| !actors.contains(p)));
    if claim.targets.len() < before {
        note(claim, "sides/not-oneself", "nobody is taken to attack their own side");
    }
    let anybody = claim.targets.iter().any(|t| t.party.is_none() && is_people(scene, t));
    let [actor] = actors.as_slice() else { return };
    if !unnamed(&claim.targets) || anybody {
        return;
    }
    if let Some(other) = front.opponent(actor) {
        claim.targets.push(understood(other.to_owned()));
        note(claim, "sides/opponent", "an attack by one of two warring sides is on the other");
    }
}

/// "Two rockets hit the station," said somebody of a warring side, and of no doer: it is their own side that was hit.
fn own_losses(scene: &Scene, claim: &mut Claim, p: &Proposition, front: &Front) {
    let told = claim.event == Some(Event::Assault)
        && matches!(claim.act, Act::Assert | Act::Announce | Act::Confirm | Act::Condemn)
        && claim.polarity == Polarity::Affirmed
        && is_told(claim.status);
    let armed = |r: &Reference| r.span.is_some_and(|s| scene.document.tokens_in(s).any(|t| is_armed(scene, t)));
    if !told || !unnamed(&claim.actors) || !unnamed(&claim.targets) || claim.targets.iter().any(armed) {
        return;
    }
    let Some(party) = claim.speakers.first().and_then(|s| s.party.clone()) else { return };
    let one_voice = claim.speakers.iter().all(|s| s.party.as_ref() == Some(&party));
    let of_the_conflict = front.fights(&party) || front.others.contains(&party);
    let others = p.tokens.iter().filter_map(|t| scene.mention(*t)).flat_map(|m| &m.parties).any(|o| *o != party);
    if one_voice && of_the_conflict && !others {
        let civilians = claim.targets.iter().any(|t| is_people(scene, t));
        let party = scene.referents.civilians.get(&party).filter(|_| civilians).cloned().unwrap_or(party);
        claim.targets.push(understood(party));
        note(claim, "sides/own-losses", "a side that tells of an attack by nobody named tells of its own people");
    }
}

/// Who withdraws "its troops" or hands over "its weapons" does it to nobody.
fn own_ground(claim: &mut Claim) {
    if claim.event == Some(Event::Retreat) {
        let actors: Vec<String> = parties(&claim.actors).map(str::to_owned).collect();
        let [actor] = actors.as_slice() else { return };
        claim.targets.retain(|t| t.party.as_ref() != Some(actor));
    }
}

/// Fighters may be the speaker's enemies as well as their own.
fn is_armed(scene: &Scene, t: TokenId) -> bool {
    let force = scene.mention(t).is_some_and(|m| m.kind == MentionKind::Force);
    force
        || matches!(
            scene.lemma(t),
            "militant" | "terrorist" | "rebel" | "insurgent" | "gunman" | "fighter" | "bandit" | "soldier"
        )
}

/// Gives claims that count victims the party of those counted; who only loses people does nothing.
pub(crate) fn victims(claims: &mut [Claim], figures: &[Figure], referents: &Referents) {
    let common = of_all_sides(referents);
    let harmed = |c: &&mut Claim| matches!(c.event, None | Some(Event::Assault)) && unnamed(&c.targets);
    for claim in claims.iter_mut().filter(harmed) {
        let counted = |f: &&Figure| {
            let harm = matches!(f.harm, Harm::Killed | Harm::Wounded);
            let here = f.claim.as_ref() == Some(&claim.id) || claim.content.contains(f.span);
            here && (harm || claim.event.is_none() && f.harm == Harm::Displaced || claim.event.is_some())
        };
        let mut whose: Vec<&String> = figures.iter().filter(counted).filter_map(|f| f.party.as_ref()).collect();
        let unarmed = figures.iter().filter(counted).any(|f| f.party.is_none() && f.category != Category::Military);
        whose.extend(common.as_ref().filter(|_| unarmed));
        whose.sort();
        whose.dedup();
        if whose.is_empty() {
            continue;
        }
        claim.actors.retain(|a| claim.event.is_some() || a.party.as_ref().is_none_or(|p| !whose.contains(&p)));
        claim.targets.extend(whose.into_iter().cloned().map(understood));
        note(claim, "sides/victims", "whose people its figures count");
    }
}

/// The slug under which the unarmed people of every side are filed, where that is one ("sudan").
fn of_all_sides(referents: &Referents) -> Option<String> {
    let mut slugs = referents.sides.iter().map(|s| referents.civilians.get(s));
    let first = slugs.next()??;
    slugs.all(|s| s == Some(first)).then(|| first.clone())
}

/// Whether a reference is to unarmed people, who may be anybody's.
pub(crate) fn is_people(scene: &Scene, r: &Reference) -> bool {
    let at = |s: evidence::Span| {
        scene.document.tokens_in(s).filter_map(|t| scene.mention(t)).any(|m| m.kind == MentionKind::People)
    };
    r.span.is_some_and(at)
}

/// Whether the paragraph speaks of somebody of this conflict, or of nobody at all.
fn of_the_conflict(scene: &Scene, at: TokenId, front: &Front) -> bool {
    let sentences = &scene.document.sentences;
    let paragraph = sentences[scene.document.sentence_of(at)].paragraph;
    let here = |t: TokenId| sentences[scene.document.sentence_of(t)].paragraph == paragraph;
    let mut named = scene.referents.mentions.iter().filter(|m| here(m.head)).flat_map(|m| &m.parties).peekable();
    named.peek().is_none() || named.any(|p| front.fights(p) || front.others.contains(p))
}

fn sides(front: &Front) -> Vec<Reference> {
    front.principals().map(|s| understood(s.to_owned())).collect()
}

fn understood(party: String) -> Reference {
    Reference { entity: None, party: Some(party), span: None }
}

fn parties(list: &[Reference]) -> impl Iterator<Item = &str> {
    list.iter().filter_map(|r| r.party.as_deref())
}

fn unnamed(list: &[Reference]) -> bool {
    list.iter().all(|r| r.party.is_none())
}

fn note(claim: &mut Claim, rule: &str, reason: &str) {
    claim.found.push(Finding { rule: rule.to_owned(), reason: reason.to_owned(), span: None });
}
