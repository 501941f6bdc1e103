//! Who watches over a truce?

use evidence::claim::Reference;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use super::drafts::Draft;
use super::lexicon::{Lexicon, has, is_definite};
use super::people::{distinct, named_within};
use crate::claims::reference;
use crate::grammar;
use crate::scene::Scene;

/// Sentences around a naming in which monitors are those of the truce.
const NEAR: usize = 4;

/// Who watches over it: subjects of monitoring, members of monitoring bodies.
pub(super) fn monitors(scene: &Scene, lexicon: &Lexicon, draft: &Draft) -> Vec<Reference> {
    let mut out = Vec::new();
    for t in 0..scene.document.tokens.len() {
        let lemma = scene.lemma(t).to_lowercase();
        if has(&lexicon.monitor_verbs, &lemma) && scene.token(t).upos == Upos::Verb {
            let objects = grammar::object(scene, t)
                .into_iter()
                .chain(scene.children_of(t, "obl").filter(|o| scene.has_case(*o, &["over", "on"])));
            // "observe the truce" keeps it; "observe its implementation" watches.
            let keeps = matches!(lemma.as_str(), "observe" | "follow" | "track" | "watch");
            let of_truce = objects.into_iter().any(|o| {
                let truce = draft.words().any(|w| w == o) || lexicon.names_truce(scene, o);
                let over = scene.token(o).deprel.is("obl");
                let how = matches!(scene.lemma(o), "implementation" | "compliance" | "observance" | "withdrawal");
                truce && (over || !keeps) || has(&lexicon.watched, scene.lemma(o)) && (how || !keeps)
            });
            if of_truce {
                out.extend(grammar::subject(scene, t).into_iter().flat_map(|s| named_within(scene, s)));
            }
        } else if has(&lexicon.monitor_nouns, &lemma) && scene.is_nominal(t) && is_watching(scene, draft, t) {
            out.extend(monitoring_body(scene, lexicon, t));
        }
    }
    distinct(out)
}

/// Whether a noun of watching stands close to words of the truce and is of several, or of a body: a "UK-based monitor"
/// counts the dead, the monitors watch over the truce.
fn is_watching(scene: &Scene, draft: &Draft, t: TokenId) -> bool {
    let here = scene.document.sentence_of(t);
    let close = draft.words().any(|w| scene.document.sentence_of(w).abs_diff(here) <= NEAR);
    let person = matches!(scene.lemma(t), "monitor" | "observer");
    let several = scene.token(t).feats.has(Feats::NUMBER_PLUR);
    let of_rights = scene.children_of(t, "compound").any(|c| matches!(scene.lemma(c), "right" | "election" | "war"));
    close && (!person || several || scene.token(t).deprel.is("compound")) && !of_rights
}

/// "The bloc's monitors", "a group of observers led by X", "the International Monitoring Team": whose they are, else they
/// themselves.
fn monitoring_body(scene: &Scene, lexicon: &Lexicon, t: TokenId) -> Vec<Reference> {
    let mut top = t;
    // "monitoring team", "group of observers"
    while let Some(h) = scene.token(top).head.filter(|h| {
        let part = ["compound", "nmod", "amod"].contains(&scene.token(top).deprel.base());
        part && has(&lexicon.monitor_bodies, &scene.lemma(*h).to_lowercase())
    }) {
        top = h;
    }
    let activity = top == t && matches!(scene.lemma(t), "monitoring" | "supervision" | "verification");
    if scene.mention(top).is_some_and(|m| m.kind == MentionKind::Person && m.name.is_some()) || activity {
        return Vec::new();
    }
    let whose: Vec<Reference> = named_within(scene, top).into_iter().filter(|r| r.party.is_some()).collect();
    if !whose.is_empty() {
        return whose;
    }
    let known = |r: Vec<Reference>| r.into_iter().filter(|r| r.party.is_some()).collect::<Vec<_>>();
    // "Norway is to lead a group of observers": who sends or leads them.
    let sends = |h: &TokenId| matches!(scene.lemma(*h), "lead" | "send" | "deploy" | "provide" | "head" | "dispatch");
    let senders = scene.token(top).head.filter(sends).map(|h| whoever(scene, h)).unwrap_or_default();
    let senders = known(senders.into_iter().flat_map(|s| reference(scene, s)).collect());
    if !senders.is_empty() {
        return senders;
    }
    // "a monitoring committee: three members from each side, Norway and Chad": those named after it in its sentence.
    if top != t && scene.lemma(t) == "monitoring" {
        let sentence = &scene.document.sentences[scene.document.sentence_of(top)];
        let after = sentence.tokens.clone().filter(|w| *w > top);
        let bodies = after.filter(|w| scene.mention(*w).is_some_and(|m| m.kind != MentionKind::Person));
        let members = known(bodies.flat_map(|w| reference(scene, w)).collect());
        if !members.is_empty() {
            return members;
        }
    }
    // "the monitors", "the bloc's observers"; any others are somebody's guess.
    let owned = scene.children_of(top, "nmod").any(|c| scene.token(c).deprel == Deprel::NmodPoss);
    if top != t || owned || is_definite(scene, top) { reference(scene, top) } else { Vec::new() }
}

/// The subject of a verb, or of what it hangs on: "Norway is ready to lead …".
fn whoever(scene: &Scene, verb: TokenId) -> Vec<TokenId> {
    let own = grammar::subject(scene, verb);
    if !own.is_empty() {
        return own;
    }
    let above = scene.document.ancestors(verb).map(|a| scene.children_of(a, "nsubj").collect::<Vec<_>>());
    above.into_iter().find(|s| !s.is_empty()).unwrap_or_default()
}
