//! Whom does a truce bind, and is it one side's own?

use evidence::claim::Reference;
use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::{Claim, Event};

use super::drafts::Draft;
use super::lexicon::{Lexicon, has, is_definite};
use super::namings::Naming;
use crate::claims::reference;
use crate::grammar;
use crate::scene::Scene;

/// Verbs by which somebody makes a truce of their own known.
const DECLARING: &[&str] =
    &["declare", "proclaim", "announce", "call", "order", "decide", "observe", "promise", "vow", "say"];

/// Sides that the words around a naming name as bound; empty where they name none.
pub(super) fn sides_of(scene: &Scene, word: TokenId, claims: &[Claim], about: &[usize]) -> Vec<String> {
    let paragraph = scene.document.sentences[scene.document.sentence_of(word)].paragraph;
    let front = scene.referents.front(paragraph).filter(|f| f.sides.len() >= 2);
    let sides: Vec<String> =
        front.map_or_else(|| scene.referents.sides.clone(), |f| f.principals().map(str::to_owned).collect());
    let mut named: Vec<String> = between(scene, word)
        .into_iter()
        .flat_map(|n| scene.mention(n).map(|m| m.parties.clone()).unwrap_or_default())
        .collect();
    named.sort();
    named.dedup();
    if named.len() > 1 {
        return named;
    }
    let deeds = [Event::Agree, Event::Concede, Event::Retreat];
    for c in about.iter().map(|i| &claims[*i]).filter(|c| c.event.is_some_and(|e| deeds.contains(&e))) {
        named.extend(c.actors.iter().filter(|a| a.span.is_some()).filter_map(|a| a.party.clone()));
    }
    if named.iter().any(|p| sides.contains(p)) {
        named.retain(|p| fights(scene, p));
        if named.len() >= 2 {
            named.extend(listed(scene, word));
        }
    }
    named.sort();
    named.dedup();
    named
}

/// Sides of a truce that no words name: the warring sides of its paragraph's conflict that the report speaks of.
pub(super) fn understood(scene: &Scene, word: TokenId) -> Vec<String> {
    let paragraph = scene.document.sentences[scene.document.sentence_of(word)].paragraph;
    let sides = scene.referents.front(paragraph).map_or(&scene.referents.sides, |f| &f.sides);
    let told = |p: &&String| scene.referents.mentions.iter().any(|m| m.parties.contains(p));
    let mut out: Vec<String> = sides.iter().filter(told).cloned().collect();
    if out.len() < 2 {
        out = sides.iter().take(2).cloned().collect();
    }
    out.sort();
    out
}

/// The one side whose own truce it is: called so, or declared by one side with no other in it.
pub(super) fn alone(
    scene: &Scene,
    lexicon: &Lexicon,
    claims: &[Claim],
    draft: &Draft,
    announced: &[Reference],
) -> Option<String> {
    let announcer = || announced.iter().find_map(|r| r.party.clone().filter(|p| fights(scene, p)));
    if draft.namings.iter().any(|n| is_called_unilateral(scene, n.word)) {
        return announcer().or_else(|| declarer(scene, draft));
    }
    let mutual =
        draft.namings.iter().any(|n| !between(scene, n.word).is_empty() || has(&lexicon.carriers, scene.lemma(n.word)));
    let agreed = draft.claims.iter().any(|i| claims[*i].event == Some(Event::Agree));
    let brokered = draft.words().any(|w| {
        scene.document.children(w).iter().any(|c| has(&lexicon.broker_verbs, scene.lemma(*c)))
            || scene.token(w).head.is_some_and(|h| has(&lexicon.broker_verbs, scene.lemma(h)))
    });
    if mutual || agreed || brokered { None } else { declarer(scene, draft) }
}

/// Whether a party is a side of the article's conflicts, or stands with one.
pub(super) fn fights(scene: &Scene, party: &str) -> bool {
    scene.referents.sides.iter().any(|s| s == party) || scene.referents.fronts.iter().any(|f| f.fights(party))
}

/// "between X and Y", "with X": those named as in it.
fn between(scene: &Scene, word: TokenId) -> Vec<TokenId> {
    let heads = scene.children_of(word, "nmod").filter(|n| {
        scene.has_case(*n, &["between", "among"])
            || scene.has_case(*n, &["with"]) && scene.mention(*n).is_some_and(|m| !m.parties.is_empty())
    });
    heads.flat_map(|n| std::iter::once(n).chain(scene.children_of(n, "conj"))).collect()
}

/// Groups that the sentence itself or the next two list as those meant: "They are the X, the Y and the Z".
fn listed(scene: &Scene, word: TokenId) -> Vec<String> {
    let here = scene.document.sentence_of(word);
    let paragraph = scene.document.sentences[here].paragraph;
    let Some(front) = scene.referents.front(paragraph) else { return Vec::new() };
    let sentences = scene.document.sentences.iter().skip(here + 1).take(2);
    for s in sentences {
        let copular = s.tokens.clone().find(|t| scene.token(*t).head.is_none()).filter(|root| {
            scene.children_of(*root, "cop").next().is_some()
                && scene.children_of(*root, "nsubj").any(|t| matches!(scene.lower(t).as_str(), "they" | "these"))
        });
        let Some(root) = copular else { continue };
        let members = std::iter::once(root).chain(scene.children_of(root, "conj"));
        let parties: Vec<String> = members
            .filter_map(|t| scene.mention(t))
            .flat_map(|m| m.parties.clone())
            .filter(|p| front.fights(p))
            .collect();
        if parties.len() >= 2 {
            return parties;
        }
    }
    Vec::new()
}

/// "a unilateral truce", "declared unilaterally", "its own ceasefire"
pub(super) fn is_called_unilateral(scene: &Scene, word: TokenId) -> bool {
    let kind = |a: TokenId| {
        let w = scene.lower(a);
        matches!(w.as_str(), "unilateral" | "one-sided") || w == "own"
    };
    let of_its_own = scene.children_of(word, "nmod").any(|n| scene.lower(n) == "own");
    of_its_own
        || scene.children_of(word, "amod").any(kind)
        || scene
            .token(word)
            .head
            .is_some_and(|h| scene.children_of(h, "advmod").any(|a| scene.lower(a) == "unilaterally"))
}

/// The one side that declares a truce nobody is told to share: "The rebels declared a truce", "said it would hold its fire".
fn declarer(scene: &Scene, draft: &Draft) -> Option<String> {
    let mut sides: Vec<String> = draft.namings.iter().flat_map(|n| declarers(scene, n)).collect();
    sides.sort();
    sides.dedup();
    match sides.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Sides that declare what a naming names as a truce of their own.
pub(super) fn declarers(scene: &Scene, n: &Naming) -> Vec<String> {
    let party = |t: Vec<TokenId>| t.into_iter().flat_map(|s| reference(scene, s)).filter_map(|r| r.party);
    // "a truce announced by X"
    let participle = scene.children_of(n.word, "acl").find(|v| DECLARING.contains(&scene.lemma(*v)));
    if let Some(v) = participle.filter(|_| !n.clause) {
        let by = grammar::subject(scene, v).into_iter().filter(|s| *s != n.word).collect();
        return party(by).filter(|p| fights(scene, p)).collect();
    }
    let verb = if n.clause { Some(n.word) } else { scene.token(n.word).head };
    let declaring = |v: &TokenId| DECLARING.contains(&scene.lemma(*v)) && scene.token(n.word).deprel.is("obj");
    let Some(verb) = verb.filter(|v| n.clause || declaring(v)) else { return Vec::new() };
    if !n.clause && (is_definite(scene, n.word) || is_ended(scene, verb)) {
        return Vec::new();
    }
    let known = |p: &String| fights(scene, p) || scene.referents.sides.is_empty();
    party(grammar::subject(scene, verb)).filter(known).collect()
}

/// Whether a verb makes a truce of one's own known, or agrees on one.
pub(super) fn declares(scene: &Scene, verb: TokenId) -> bool {
    DECLARING.contains(&scene.lemma(verb))
        || matches!(scene.lemma(verb), "agree" | "sign" | "reach" | "accept" | "conclude")
}

/// "declared the truce over": its end.
pub(super) fn is_ended(scene: &Scene, verb: TokenId) -> bool {
    if runs_out(scene, verb) {
        return true;
    }
    let over = |t: TokenId| {
        matches!(scene.lower(t).as_str(), "over" | "dead" | "finished" | "ended" | "off" | "void" | "null" | "failed")
    };
    scene.document.children(verb).iter().any(|c| {
        over(*c)
            || scene.children_of(*c, "advmod").any(over)
            || scene.children_of(*c, "amod").any(|a| over(a) && a > *c)
    })
}

/// "ran out at midnight"
pub(super) fn runs_out(scene: &Scene, verb: TokenId) -> bool {
    scene.lemma(verb) == "run" && scene.document.children(verb).iter().any(|c| scene.lower(*c) == "out")
}

/// "a truce ended the war", "the war that a truce ended": the end of something else.
pub(super) fn ends_another(scene: &Scene, verb: TokenId) -> bool {
    scene.children_of(verb, "obj").next().is_some() || scene.token(verb).deprel == Deprel::AclRelcl
}
