//! Which words name a truce, and do they tell of one that there is?
//!
//! A noun names it ("the ceasefire", "a cessation of hostilities"), or a clause ("agreed to stop fighting", "would hold its
//! fire"). What is only called for, offered, refused or imagined is no truce.

use evidence::document::{Feats, TokenId};
use evidence::{Act, Claim, Event, Precision, Status};

use super::lexicon::{Lexicon, has, is_definite};
use super::times;
use crate::attribution;
use crate::grammar;
use crate::scene::Scene;

/// Words that name a truce.
#[derive(Debug, Clone)]
pub(super) struct Naming {
    /// The noun, or the verb of stopping.
    pub word: TokenId,
    /// When it was, or `earlier`, for a truce told as history; `None`: a truce the report is about.
    pub past: Option<String>,
    /// Whether the words take it as one that there is.
    pub told: bool,
    /// Whether it is a clause ("agreed to stop fighting").
    pub clause: bool,
}

/// How far up a wish may govern a truce: "called on both to agree on a truce".
const REACH: usize = 4;

/// All words that name truces by themselves, in order.
pub(super) fn find(scene: &Scene, lexicon: &Lexicon, claims: &[Claim]) -> Vec<Naming> {
    let mut out = Vec::new();
    for word in 0..scene.document.tokens.len() {
        if lexicon.names_truce(scene, word) {
            let word = whole(scene, lexicon, word);
            if is_wished(scene, lexicon, claims, word)
                || is_any(scene, word)
                || out.iter().any(|n: &Naming| n.word == word)
            {
                continue;
            }
            let there = is_definite(scene, word) || is_told_of(scene, lexicon, word);
            let told = there && !is_imagined(scene, claims, word);
            out.push(Naming { word, past: history(scene, lexicon, word), told, clause: false });
        } else if stops_fighting(scene, lexicon, word) && is_undertaken(scene, lexicon, claims, word) {
            out.push(Naming { word, past: times::past_of(scene, word), told: true, clause: true });
        }
    }
    out
}

/// The noun that stands in the sentence for it: the deal of "a ceasefire deal".
fn whole(scene: &Scene, lexicon: &Lexicon, noun: TokenId) -> TokenId {
    let deal = |h: &TokenId| has(&lexicon.carriers, scene.lemma(*h)) && scene.is_nominal(*h);
    scene.token(noun).head.filter(|_| scene.token(noun).deprel.is("compound")).filter(deal).unwrap_or(noun)
}

/// Words that stand for a truce named elsewhere: "the deal", and "it" where only a truce is spoken of like that.
pub(super) fn standing_for(scene: &Scene, lexicon: &Lexicon, named: &[TokenId]) -> Vec<TokenId> {
    let mut out: Vec<TokenId> = Vec::new();
    for t in 0..scene.document.tokens.len() {
        if named.contains(&t) {
            continue;
        }
        if lexicon.stands_for_truce(scene, t) || is_quiet(scene, t) || is_it(scene, lexicon, named, &out, t) {
            out.push(t);
        }
    }
    out
}

/// "The guns fell silent", "are to stay quiet".
fn is_quiet(scene: &Scene, t: TokenId) -> bool {
    let silent = |h: TokenId| {
        let word = |x: TokenId| matches!(scene.lower(x).as_str(), "silent" | "quiet");
        word(h) || scene.children_of(h, "xcomp").any(word)
    };
    scene.lemma(t) == "gun" && scene.token(t).deprel.is("nsubj") && scene.token(t).head.is_some_and(silent)
}

/// Whether "it" means the truce of this sentence or the one before.
fn is_it(scene: &Scene, lexicon: &Lexicon, named: &[TokenId], standing: &[TokenId], t: TokenId) -> bool {
    if scene.lower(t) != "it" {
        return false;
    }
    let Some(head) = scene.token(t).head.filter(|_| matches!(scene.token(t).deprel.base(), "obj" | "nsubj")) else {
        return false;
    };
    let here = scene.document.sentence_of(t);
    let known = |n: &&TokenId| **n < t;
    let before = || named.iter().chain(standing).filter(known).any(|n| here - scene.document.sentence_of(*n) <= 1);
    // A sentence that begins with "It" goes on about the subject of the one before.
    let goes_on = || {
        t == scene.document.sentences[here].tokens.start
            && named.iter().chain(standing).any(|n| {
                let n_rel = scene.token(*n).deprel;
                scene.document.sentence_of(*n) + 1 == here
                    && (n_rel.is("nsubj") || n_rel.is("obj") && has(&lexicon.providing, scene.lemma(head)))
                    && scene.token(*n).head.is_some_and(|h| scene.token(h).head.is_none())
            })
    };
    let begins = || {
        matches!(scene.lemma(head), "take" | "come" | "enter" | "go")
            && scene.document.children(head).iter().any(|c| matches!(scene.lemma(*c), "effect" | "force"))
    };
    has(&lexicon.about_truces, scene.lemma(head)) && before() || begins() && before() || goes_on()
}

/// Year, month or day of a truce told as history, or `earlier` where the words only say so.
fn history(scene: &Scene, lexicon: &Lexicon, noun: TokenId) -> Option<String> {
    let kinds = || scene.children_of(noun, "amod").map(|a| scene.lower(a));
    if kinds().any(|a| has(&lexicon.newer, &a)) {
        return None;
    }
    let dated = times::past_of(scene, noun);
    if dated.is_none() && kinds().any(|a| has(&lexicon.earlier, &a)) {
        let own = times::near(scene, noun).into_iter().filter_map(|t| t.value.as_ref());
        let coarse = own.filter(|v| v.precision() <= Precision::Day).map(|v| v.date().to_owned()).next();
        return coarse.or_else(|| Some("earlier".to_owned()));
    }
    dated
}

/// "an earlier truce"
pub(super) fn is_earlier(scene: &Scene, lexicon: &Lexicon, noun: TokenId) -> bool {
    scene.children_of(noun, "amod").any(|a| has(&lexicon.earlier, &scene.lower(a)))
}

/// "Six ceasefires have failed": several, none of them told apart by a date.
fn is_any(scene: &Scene, noun: TokenId) -> bool {
    let dated = |t: &&evidence::time::TimeExpression| {
        t.value.as_ref().is_some_and(|v| matches!(v.precision(), Precision::Month | Precision::Day | Precision::Minute))
    };
    scene.token(noun).feats.has(Feats::NUMBER_PLUR)
        && !is_definite(scene, noun)
        && !times::clause_times(scene, noun).iter().any(dated)
}

/// Whether the words ask for a truce, refuse one, deny that there is one, or speak of talks about one.
fn is_wished(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], noun: TokenId) -> bool {
    let definite = is_definite(scene, noun);
    if scene.children_of(noun, "det").any(|d| scene.lower(d) == "no") || scene.has_case(noun, &["without"]) {
        return true;
    }
    let Some(head) = scene.token(noun).head else { return false };
    if scene.is_nominal(head) && has(&lexicon.wish_nouns, &scene.lemma(head).to_lowercase()) {
        return true;
    }
    // "close to a truce", "ready for a truce", "calls grow for a truce"; "a draft truce deal"
    let near = matches!(scene.lemma(head), "close" | "near" | "short") && scene.token(noun).deprel.is("obl")
        || !definite && scene.has_case(noun, &["for"]);
    let draft =
        |c: TokenId| matches!(scene.lower(c).as_str(), "draft" | "possible" | "proposed" | "potential" | "eventual");
    if near || scene.children_of(noun, "amod").chain(scene.children_of(noun, "compound")).any(draft) {
        return true;
    }
    let wishes = |t: TokenId| has(&lexicon.wish_verbs, scene.lemma(t)) && scene.is_verb(t);
    // "called for the truce" wishes one; "called on them to keep the truce" knows of one.
    let rel = scene.token(noun).deprel.base();
    let governed = matches!(rel, "obj" | "obl" | "conj") || rel == "nsubj" && grammar::is_passive(scene, head);
    if definite {
        let up = scene.token(head).head;
        let to_accept = has(&lexicon.accepting, scene.lemma(head)) && up.is_some_and(wishes);
        return governed && (wishes(head) && !is_called_over(scene, head) || to_accept);
    }
    // "A truce now would be a gift"
    let would = |h: TokenId| {
        scene.children_of(h, "aux").any(|a| matches!(scene.lower(a).as_str(), "would" | "could" | "might"))
    };
    let begins = has(&lexicon.begin_verbs, scene.lemma(head)) || has(&lexicon.end_verbs, scene.lemma(head));
    if rel == "nsubj" && would(head) && !begins {
        return true;
    }
    // "ordered his forces to observe a truce"
    let up = scene.token(head).head.filter(|_| scene.token(head).deprel.is("xcomp"));
    if up.is_some_and(|u| matches!(scene.lemma(u), "order" | "instruct" | "command" | "direct")) {
        return false;
    }
    let innermost = claims_with(scene, claims, noun).min_by_key(|c| c.content.len());
    let asked = scene.document.ancestors(noun).take(REACH).any(wishes);
    innermost.is_some_and(is_wish) || asked && innermost.is_none_or(|c| c.event != Some(Event::Agree))
}

/// "called the truce off", "called the truce a success": no wish.
fn is_called_over(scene: &Scene, verb: TokenId) -> bool {
    scene.lemma(verb) == "call" && scene.children_of(verb, "obl").all(|o| !scene.has_case(o, &["for"]))
}

/// "A truce took effect", "a lull began", "signed a truce": what is told of it only a truce that there is can do or suffer.
fn is_told_of(scene: &Scene, lexicon: &Lexicon, noun: TokenId) -> bool {
    let Some(head) = scene.token(noun).head.filter(|h| scene.is_verb(*h)) else { return false };
    let lemma = scene.lemma(head);
    let to_come = scene.children_of(head, "aux").any(|a| matches!(scene.lower(a).as_str(), "would" | "can"))
        || scene.has_case(head, &["if", "unless", "until", "to"]);
    let does = scene.token(noun).deprel.is("nsubj")
        && (has(&lexicon.begin_verbs, lemma) || has(&lexicon.standing, lemma) || has(&lexicon.end_verbs, lemma));
    let suffers =
        scene.token(noun).deprel.is("obj") && (has(&lexicon.making, lemma) || matches!(lemma, "declare" | "proclaim"));
    // "A truce brokered by X …": the parser may take the noun for anything beside the participle.
    let brokered = has(&lexicon.broker_verbs, lemma)
        && scene.token(head).feats.has(Feats::VERB_PART)
        && scene.document.children(head).iter().any(|c| scene.has_case(*c, &["by"]) && *c > head && noun < head);
    // "ordered its forces to observe a truce", "said they would keep to one"
    let keeps =
        scene.token(noun).deprel.is("obj") && matches!(lemma, "observe" | "respect" | "honour" | "honor" | "keep");
    let bound = |g: TokenId| has(&lexicon.ordering, scene.lemma(g)) || has(&lexicon.agreeing, scene.lemma(g));
    if keeps
        && governors(scene, head).any(bound)
        && !governors(scene, head).any(|g| has(&lexicon.wish_verbs, scene.lemma(g)))
    {
        return !is_negated(scene, head);
    }
    (does || suffers || brokered) && !to_come && !is_negated(scene, head)
}

fn is_negated(scene: &Scene, verb: TokenId) -> bool {
    scene.children_of(verb, "advmod").any(|a| matches!(scene.lower(a).as_str(), "not" | "n't" | "n’t" | "never"))
}

/// Whether what is told of the truce is asked for, possible or conditional.
fn is_imagined(scene: &Scene, claims: &[Claim], noun: TokenId) -> bool {
    let head = std::iter::once(noun)
        .chain(scene.document.ancestors(noun))
        .find(|a| attribution::is_clause_head(scene, *a) && scene.is_verb(*a));
    let may = |h: TokenId| {
        scene.children_of(h, "aux").any(|a| matches!(scene.lower(a).as_str(), "could" | "may" | "might" | "should"))
    };
    head.is_some_and(may) || claims_with(scene, claims, noun).min_by_key(|c| c.content.len()).is_some_and(is_wish)
}

fn is_wish(c: &Claim) -> bool {
    matches!(c.act, Act::Appeal | Act::Demand | Act::Predict | Act::Offer)
        || matches!(c.status, Status::Demanded | Status::Possible | Status::Conditional)
}

fn claims_with<'c>(scene: &Scene, claims: &'c [Claim], word: TokenId) -> impl Iterator<Item = &'c Claim> {
    let span = scene.token(word).span;
    claims.iter().filter(move |c| c.content.contains(span))
}

/// Whether a verb tells that fighting stops: "stop fighting", "hold its fire", "halt attacks".
fn stops_fighting(scene: &Scene, lexicon: &Lexicon, verb: TokenId) -> bool {
    if !scene.is_verb(verb) || !has(&lexicon.stop_verbs, scene.lemma(verb)) {
        return false;
    }
    let named = |list: &[String], t: TokenId| has(list, &scene.lemma(t).to_lowercase()) || has(list, &scene.lower(t));
    let objects = grammar::object(scene, verb);
    // "end five days of fighting"
    let parts = |o: &TokenId| std::iter::once(*o).chain(scene.children_of(*o, "nmod")).collect::<Vec<_>>();
    let fighting = objects.iter().flat_map(parts).any(|o| named(&lexicon.stop_objects, o));
    let attacks = || objects.iter().any(|o| named(&lexicon.stop_attacks, *o));
    let deeds = || {
        let done = scene.children_of(verb, "xcomp").chain(scene.children_of(verb, "ccomp"));
        scene.lemma(verb) != "hold" && done.into_iter().any(|x| named(&lexicon.stop_deeds, x))
    };
    let holds = matches!(scene.lemma(verb), "hold" | "silence");
    if holds {
        return objects.iter().any(|o| matches!(scene.lemma(*o), "fire" | "gun" | "weapon"));
    }
    // Attacks may be halted for a while of one's own; only an agreement makes a truce of it.
    fighting || deeds() || attacks() && governors(scene, verb).any(|g| has(&lexicon.agreeing, scene.lemma(g)))
}

/// The words that a clause of stopping depends on, up to three, through "to", "that" and coordination.
fn governors<'a>(scene: &Scene<'a>, verb: TokenId) -> impl Iterator<Item = TokenId> + use<'a> {
    let below =
        |t: TokenId| ["xcomp", "ccomp", "advcl", "acl", "conj", "obl", "obj"].contains(&scene.token(t).deprel.base());
    let mut out = Vec::new();
    let mut at = verb;
    while let Some(up) = scene.token(at).head.filter(|_| below(at) && out.len() < REACH) {
        out.push(up);
        at = up;
    }
    out.into_iter()
}

/// Whether somebody agrees to stop, undertakes it, orders it or makes it known; no negation, wish or condition about it.
fn is_undertaken(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], verb: TokenId) -> bool {
    let negated = |t: TokenId| is_negated(scene, t);
    let mut chain = vec![verb];
    for g in governors(scene, verb) {
        if negated(g) || chain.iter().any(|t| negated(*t)) || scene.has_case(verb, &["if", "unless", "until", "once"]) {
            return false;
        }
        let lemma = scene.lemma(g);
        // "accepted a plan to end the fighting"
        if matches!(lemma, "plan" | "proposal" | "initiative" | "resolution") || has(&lexicon.broker_verbs, lemma) {
            chain.push(g);
            continue;
        }
        let wish = has(&lexicon.wish_verbs, lemma) || has(&lexicon.wish_nouns, lemma);
        if wish {
            return false;
        }
        let agreed = has(&lexicon.agreeing, lemma);
        // "said it would hold fire", "ordered its troops to stop shooting": somebody's own; "said they stopped" is a report.
        let to_come = scene.has_case(verb, &["to"])
            || scene
                .children_of(verb, "aux")
                .any(|a| matches!(scene.lower(a).as_str(), "will" | "would" | "ll" | "'ll"));
        let ordered = has(&lexicon.ordering, lemma) && to_come;
        if agreed || ordered {
            let wished = claims_with(scene, claims, verb).min_by_key(|c| c.content.len()).is_some_and(is_wish);
            return !wished;
        }
        chain.push(g);
    }
    false
}
