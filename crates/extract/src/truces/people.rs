//! Who made a truce known, who brought it about?

use evidence::ceasefire::Term;
use evidence::claim::Reference;
use evidence::deprel::Upos;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Act, Claim, Event};

use super::bound;
use super::drafts::Draft;
use super::lexicon::{Lexicon, has};
use crate::claims::reference;
use crate::grammar;
use crate::scene::Scene;

/// Sentences around a naming in which those are told who brought it about.
const NEAR: usize = 2;

/// Who made it known: speakers of claims that announce it, subjects and agents of announcing it.
pub(super) fn announcers(scene: &Scene, claims: &[Claim], draft: &Draft) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    let about = draft.claims.iter().map(|i| &claims[*i]).filter(|_| draft.past.is_none());
    for c in about.filter(|c| makes_known(scene, draft, c) && !is_over(scene, c)) {
        if let Some(s) = c.speakers.first() {
            out.push(Reference { entity: s.entity.clone(), party: s.party.clone(), span: s.span });
        } else if c.event == Some(Event::Concede) {
            out.extend(c.actors.iter().cloned());
        }
    }
    // "announced that it would hold its fire"
    for word in draft.namings.iter().filter(|n| n.clause).map(|n| scene.token(n.word).span) {
        let made_known = claims.iter().filter(|c| c.act == Act::Announce && c.content.contains(word));
        let who = made_known.min_by_key(|c| c.content.len()).and_then(|c| c.speakers.first());
        out.extend(who.map(|s| Reference { entity: s.entity.clone(), party: s.party.clone(), span: s.span }));
    }
    for word in draft.words() {
        let announcing = |h: &TokenId| matches!(scene.lemma(*h), "announce" | "declare" | "proclaim" | "unveil");
        // "a truce announced by X", "the truce that X declared"
        let by = scene.children_of(word, "acl").filter(announcing).flat_map(|v| grammar::subject(scene, v));
        out.extend(by.filter(|t| *t != word).flat_map(|t| reference(scene, t)).filter(|r| r.party.is_some()));
        let Some(verb) = scene.token(word).head.filter(announcing) else { continue };
        let said_of = scene.token(word).deprel.is("obj") || scene.token(word).deprel.is("nsubj");
        if !said_of || bound::is_ended(scene, verb) {
            continue;
        }
        let with = scene.children_of(verb, "obl").filter(|o| scene.has_case(*o, &["together", "alongside", "with"]));
        let by = grammar::subject(scene, verb).into_iter().chain(with);
        out.extend(by.filter(|t| *t != word).flat_map(|t| reference(scene, t)).filter(|r| r.party.is_some()));
    }
    distinct(out)
}

/// Who made its provisions known.
pub(super) fn announcers_of(claims: &[Claim], terms: &[Term]) -> Vec<Reference> {
    let tells = |c: &&Claim| c.act == Act::Announce && terms.iter().any(|t| c.content.contains(t.span));
    let who = claims.iter().filter(tells).filter_map(|c| c.speakers.first());
    distinct(who.map(|s| Reference { entity: s.entity.clone(), party: s.party.clone(), span: s.span }).collect())
}

/// Whether a claim makes a truce known as such: agreed, declared, to begin.
fn makes_known(scene: &Scene, draft: &Draft, c: &Claim) -> bool {
    let by = |rule: &str| c.found.iter().any(|f| f.rule.starts_with(rule));
    // That a truce is kept or watched over makes none known.
    let besides = by("retreat/ceasefire.keep") || by("retreat/ceasefire.noun") && is_besides(scene, draft, c);
    c.act == Act::Announce && matches!(c.event, Some(Event::Agree | Event::Concede | Event::Retreat)) && !besides
        || c.event == Some(Event::Concede) && c.act == Act::Assert
}

/// Whether a claim tells of something done with the truce, not of itself: "it stood ready to help monitor the truce".
fn is_besides(scene: &Scene, draft: &Draft, c: &Claim) -> bool {
    let within = |t: TokenId| c.content.contains(scene.token(t).span);
    let heads = draft
        .words()
        .filter(|w| within(*w))
        .filter_map(|w| scene.token(w).head.filter(|_| !scene.token(w).deprel.is("nsubj")));
    heads.into_iter().any(|h| within(h) && scene.is_verb(h) && !bound::declares(scene, h))
}

/// Whether a claim's cue declares the truce over.
pub(super) fn is_over(scene: &Scene, c: &Claim) -> bool {
    let cue = c.cue.and_then(|s| scene.document.token_at(s.start()));
    cue.is_some_and(|t| bound::is_ended(scene, t))
}

/// Who brought it about: agents of brokering, "X-brokered", "under the auspices of X", outsiders who struck the deal.
pub(super) fn brokers(
    scene: &Scene,
    lexicon: &Lexicon,
    claims: &[Claim],
    draft: &Draft,
    others: &[Draft],
    announced: &[Reference],
) -> Vec<Reference> {
    let mut out = Vec::new();
    for t in (0..scene.document.tokens.len()).filter(|t| is_near(scene, draft, others, *t)) {
        let lemma = scene.lemma(t);
        if is_to_come(scene, t) {
            continue;
        }
        if has(&lexicon.broker_verbs, lemma) && matches!(scene.token(t).upos, Upos::Verb | Upos::Adj) {
            out.extend(grammar::subject(scene, t).into_iter().flat_map(|s| named_within(scene, s)));
            // "Geneva-brokered": the name hangs on the participle without a preposition.
            let glued = scene.document.subtree(t).into_iter().filter(|c| {
                scene.mention(*c).is_some_and(|m| !m.parties.is_empty()) && scene.cases(*c).is_empty() && *c < t
            });
            out.extend(glued.flat_map(|c| reference(scene, c)));
            let with = scene.children_of(t, "obl").filter(|o| scene.has_case(*o, &["together", "with"]));
            out.extend(with.flat_map(|o| with_conjuncts(scene, o)).flat_map(|o| reference(scene, o)));
        } else if has(&lexicon.broker_nouns, lemma) || has(&lexicon.thanked, lemma) && is_thanked(scene, t) {
            let named = scene.document.children(t).iter().copied();
            let named = named.filter(|c| scene.mention(*c).is_some_and(|m| !m.parties.is_empty()));
            out.extend(named.flat_map(|c| with_conjuncts(scene, c)).flat_map(|c| reference(scene, c)));
        } else if has(&lexicon.broker_titles, lemma) && scene.is_nominal(t) {
            out.extend(titled(scene, t).into_iter().flat_map(|s| reference(scene, s)));
        } else if has(&lexicon.shuttling, lemma) {
            out.extend(shuttler(scene, claims, t));
        }
    }
    for word in draft.words() {
        let made = |h: &TokenId| has(&lexicon.making, scene.lemma(*h)) && scene.lemma(*h) != "announce";
        if let Some(verb) = scene.token(word).head.filter(made).filter(|v| !is_to_come(scene, *v)) {
            out.extend(grammar::subject(scene, verb).into_iter().flat_map(|s| reference(scene, s)));
        }
        // "the truce that the two powers arranged"
        let relative = scene.children_of(word, "acl").filter(|v| has(&lexicon.making, scene.lemma(*v)));
        out.extend(
            relative.flat_map(|v| grammar::subject(scene, v)).filter(|s| *s != word).flat_map(|s| reference(scene, s)),
        );
    }
    out.extend(announced.iter().filter(|r| is_envoy(scene, r)).cloned());
    out.retain(|r| r.party.as_ref().is_some_and(|p| !draft.parties.contains(p) && !bound::fights(scene, p)));
    distinct(out)
}

/// Whether a word stands near words of this truce and not beside those of another.
fn is_near(scene: &Scene, draft: &Draft, others: &[Draft], t: TokenId) -> bool {
    let here = scene.document.sentence_of(t);
    if draft.in_sentence(scene, here) {
        return true;
    }
    let reach = if draft.past.is_some() { 0 } else { NEAR };
    draft.words().any(|n| scene.document.sentence_of(n).abs_diff(here) <= reach)
        && !others.iter().any(|o| o.in_sentence(scene, here))
}

fn is_to_come(scene: &Scene, t: TokenId) -> bool {
    scene.children_of(t, "aux").any(|a| matches!(scene.lower(a).as_str(), "will" | "would" | "could" | "may"))
        || scene.is_verb(t) && scene.has_case(t, &["to"])
}

/// "thanks to the efforts of X", "with the help of X", "after days of efforts by X"
fn is_thanked(scene: &Scene, t: TokenId) -> bool {
    scene
        .cases(t)
        .iter()
        .any(|c| c.starts_with("thanks") || c == "with" || c == "through" || c == "after" || c.starts_with("due"))
}

/// "X was the mediator", "X and Y acted as guarantors"
fn titled(scene: &Scene, t: TokenId) -> Vec<TokenId> {
    if scene.children_of(t, "cop").next().is_some() {
        return scene.children_of(t, "nsubj").flat_map(|s| with_conjuncts(scene, s)).collect();
    }
    let acting = scene.token(t).head.filter(|h| scene.has_case(t, &["as"]) && scene.is_verb(*h));
    acting.map(|h| grammar::subject(scene, h)).unwrap_or_default()
}

/// Who went between: "X shuttled between the two", "X said after a day of shuttling".
fn shuttler(scene: &Scene, claims: &[Claim], t: TokenId) -> Vec<Reference> {
    let own = if scene.is_verb(t) { grammar::subject(scene, t) } else { Vec::new() };
    if !own.is_empty() {
        return own.into_iter().flat_map(|s| reference(scene, s)).collect();
    }
    let above: Vec<TokenId> = scene.document.ancestors(t).collect();
    let cue = |c: &&Claim| c.cue.and_then(|s| scene.document.token_at(s.start())).is_some_and(|w| above.contains(&w));
    let said = claims.iter().find(cue).and_then(|c| c.speakers.first());
    said.map(|s| Reference { entity: s.entity.clone(), party: s.party.clone(), span: s.span }).into_iter().collect()
}

fn with_conjuncts(scene: &Scene, t: TokenId) -> Vec<TokenId> {
    std::iter::once(t).chain(scene.children_of(t, "conj")).collect()
}

/// Whether the words call somebody an envoy or mediator: who makes a truce known in that office has brought it about.
fn is_envoy(scene: &Scene, r: &Reference) -> bool {
    let words = r.span.map(|s| s.of(&scene.article.text).to_lowercase()).unwrap_or_default();
    ["envoy", "mediator", "special representative", "facilitator", "negotiator"].iter().any(|w| words.contains(w))
}

/// The mention that a word heads, or those inside its phrase ("a group of Southern League monitors").
pub(super) fn named_within(scene: &Scene, id: TokenId) -> Vec<Reference> {
    let own = reference(scene, id);
    if own.iter().any(|r| r.party.is_some()) {
        return own;
    }
    let inner: Vec<Reference> = scene
        .document
        .subtree(id)
        .into_iter()
        .filter(|t| *t != id && scene.mention(*t).is_some_and(|m| !m.parties.is_empty()))
        .flat_map(|t| reference(scene, t))
        .collect();
    let named = scene.mention(id).is_some_and(|m| matches!(m.kind, MentionKind::Organisation | MentionKind::Force));
    if inner.is_empty() && named { own } else { inner }
}

/// One of each party, and of each that has none by its words.
pub(super) fn distinct(list: Vec<Reference>) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    for r in list {
        if !out.iter().any(|o| o.party == r.party && (r.party.is_some() || o.span == r.span)) {
            out.push(r);
        }
    }
    out
}
