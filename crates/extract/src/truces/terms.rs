//! What does a truce provide for?
//!
//! Deeds to come of the kinds that truces provide for, where the words make them provisions: what the sides agree to do or
//! are to do, what the truce itself commits them to, what it is for.

use evidence::ceasefire::Term;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::{Act, Claim, Event, Reference, Span, Status, TermKind};

use super::drafts::Draft;
use super::lexicon::{Lexicon, TermWords, fits, has};
use crate::grammar;
use crate::scene::Scene;

/// Sentences after a naming in which "are to" and "must" still tell its provisions.
const NEAR: usize = 5;

/// Sentences around a naming in which the deeds that truces provide for are those of this one.
const CLOSE: usize = 6;

/// The provisions of a truce; `drafts` are all the truces of the report.
pub(super) fn find(
    scene: &Scene,
    lexicon: &Lexicon,
    claims: &[Claim],
    draft: &Draft,
    drafts: &[Draft],
    monitors: &[Reference],
) -> Vec<Term> {
    let ours = |t: TokenId| is_ours(scene, draft, drafts, t);
    let mut out: Vec<Term> = Vec::new();
    let mut add = |kind: TermKind, span: Span| {
        if !out.iter().any(|o| o.kind == kind && o.span.overlaps(span)) {
            out.push(Term { kind, article: scene.article.id.clone(), span });
        }
    };
    for t in (0..scene.document.tokens.len()).filter(|t| ours(*t) && is_close(scene, draft, *t)) {
        for words in lexicon.terms.iter().filter(|w| !w.wide) {
            if let Some(span) = paired(scene, words, t).filter(|_| is_provided(scene, lexicon, claims, t)) {
                add(words.kind(), span);
            }
        }
    }
    let heads = provisions(scene, lexicon, claims, draft);
    for head in heads.iter().copied().filter(|t| ours(*t)) {
        let found: Vec<(TermKind, Span)> =
            lexicon.terms.iter().filter_map(|w| Some((w.kind(), told(scene, w, head, &heads)?))).collect();
        // "the withdrawal of heavy weapons" is of weapons.
        let weapons = found.iter().any(|(k, _)| *k == TermKind::WeaponsPullback);
        for (kind, span) in found.into_iter().filter(|(k, _)| !weapons || *k != TermKind::Withdrawal) {
            add(kind, span);
        }
    }
    // "The OSCE's Special Monitoring Mission" has its name whether or not the truce provides for it.
    let named = |s: &Span| {
        scene
            .document
            .tokens_in(*s)
            .any(|t| scene.token(t).upos == Upos::Propn && has(&lexicon.monitor_bodies, &scene.lemma(t).to_lowercase()))
    };
    for span in monitors.iter().filter_map(|m| m.span).filter(|s| !named(s)) {
        if !out.iter().any(|o| o.kind == TermKind::Monitoring) {
            out.push(Term { kind: TermKind::Monitoring, article: scene.article.id.clone(), span });
        }
    }
    out.sort_by_key(|t| (t.span, t.kind));
    out
}

/// Whether a word stands in the part of the report that speaks of the truce.
fn is_close(scene: &Scene, draft: &Draft, t: TokenId) -> bool {
    let here = scene.document.sentence_of(t);
    draft.words().any(|w| scene.document.sentence_of(w).abs_diff(here) <= CLOSE)
}

/// Whether a word tells of this truce rather than another of the report: its own words stand last before it.
fn is_ours(scene: &Scene, draft: &Draft, drafts: &[Draft], t: TokenId) -> bool {
    let here = scene.document.sentence_of(t);
    let before = |d: &Draft| d.words().filter(|w| scene.document.sentence_of(*w) <= here).max();
    let own = before(draft);
    let of_history = drafts.iter().any(|d| d.past.is_some() && d.in_sentence(scene, here));
    let of_other = drafts.iter().filter(|d| d.past.is_none()).any(|d| before(d) > own);
    let first = drafts.iter().find(|d| d.past.is_none()).is_some_and(|d| d.namings[0].word == draft.namings[0].word);
    !(of_other || of_history && !draft.in_sentence(scene, here)) && (own.is_some() || first)
}

/// A verb or noun of doing with one of the nouns of a kind as its argument.
fn paired(scene: &Scene, words: &TermWords, t: TokenId) -> Option<Span> {
    if !has(&words.verbs, scene.lemma(t)) {
        return None;
    }
    let arguments = grammar::object(scene, t)
        .into_iter()
        .chain(grammar::subject(scene, t))
        .chain(scene.children_of(t, "xcomp"))
        .chain(scene.children_of(t, "nmod"))
        .chain(scene.children_of(t, "compound"))
        .chain(scene.children_of(t, "obl"));
    let with_parts = arguments.flat_map(|a| {
        let parts = ["conj", "nmod", "amod"].into_iter().flat_map(move |rel| scene.children_of(a, rel));
        std::iter::once(a).chain(parts)
    });
    let fits: Vec<TokenId> = with_parts.filter(|a| *a != t && fits(&words.nouns, scene, *a)).collect();
    if fits.is_empty() {
        return None;
    }
    Some(scene.document.span_over(&[&[t][..], &fits].concat()).unwrap_or(scene.token(t).span))
}

/// Whether a deed is provided for: an infinitive, a deed to come or agreed, told by no party as its own wish.
fn is_provided(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], id: TokenId) -> bool {
    if scene.token(id).head.is_some_and(|h| has(&lexicon.refusals, scene.lemma(h))) {
        return false;
    }
    let around = innermost(scene, claims, id);
    let infinitive = scene.has_case(id, &["to"]) || scene.token(id).feats.has(Feats::VERB_INF);
    let agreed = around.is_some_and(|c| matches!(c.event, Some(Event::Agree)) || c.status == Status::Planned);
    let noun_of_purpose = scene.token(id).upos == Upos::Noun && scene.has_case(id, &["for"]);
    !around.is_some_and(is_wished) && (infinitive || agreed || noun_of_purpose)
}

fn innermost<'c>(scene: &Scene, claims: &'c [Claim], id: TokenId) -> Option<&'c Claim> {
    let span = scene.token(id).span;
    claims.iter().filter(|c| c.content.contains(span)).min_by_key(|c| c.content.len())
}

fn is_wished(c: &Claim) -> bool {
    matches!(
        c.act,
        Act::Appeal | Act::Demand | Act::Threaten | Act::Offer | Act::Deny | Act::Accuse | Act::Welcome | Act::Predict
    ) || c.status == Status::Conditional
        || c.event == Some(Event::Assault) && c.status != Status::Planned
}

/// Heads of clauses and phrases that the words make provisions of the truce.
fn provisions(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], draft: &Draft) -> Vec<TokenId> {
    let mut out: Vec<TokenId> = Vec::new();
    for word in draft.words() {
        out.extend(of_purpose(scene, word));
        out.extend(committed_by(scene, lexicon, word));
        out.extend(under(scene, word));
    }
    for t in (0..scene.document.tokens.len()).filter(|t| scene.is_verb(*t) && follows(scene, draft, *t)) {
        if has(&lexicon.undertaking, scene.lemma(t)) {
            out.extend(complements(scene, t));
        } else if is_to_be_done(scene, claims, t) {
            out.push(t);
        }
    }
    let more: Vec<TokenId> = out.iter().flat_map(|t| so_that(scene, *t)).collect();
    out.extend(more);
    out.retain(|t| {
        !innermost(scene, claims, *t)
            .is_some_and(|c| is_wished(c) && c.act != Act::Offer && c.event != Some(Event::Assault))
    });
    out.sort_unstable();
    out.dedup();
    out
}

/// "a truce to let aid in", "a pause for the exchange of prisoners", and the same after the verb: "agreed a truce to …".
fn of_purpose(scene: &Scene, word: TokenId) -> Vec<TokenId> {
    let to = |t: &TokenId| scene.has_case(*t, &["to"]);
    let mut out: Vec<TokenId> = scene.children_of(word, "acl").filter(to).collect();
    out.extend(scene.children_of(word, "nmod").filter(|n| scene.has_case(*n, &["for", "including", "on"])));
    if let Some(head) = scene.token(word).head.filter(|h| scene.is_verb(*h)) {
        out.extend(scene.children_of(head, "advcl").filter(to));
    }
    with_predicates(scene, out)
}

/// "The truce of 1994 obliges both to …": a truce that still commits somebody.
pub(super) fn commits(scene: &Scene, lexicon: &Lexicon, word: TokenId) -> bool {
    let now = |h: TokenId| scene.token(h).feats.has(Feats::TENSE_PRES);
    scene.token(word).head.is_some_and(now) && !committed_by(scene, lexicon, word).is_empty()
}

/// "The deal provides for …, obliges both to …": what a truce that is the subject gives, asks, allows.
fn committed_by(scene: &Scene, lexicon: &Lexicon, word: TokenId) -> Vec<TokenId> {
    let verb = scene.token(word).head.filter(|h| {
        scene.token(word).deprel.is("nsubj")
            && !grammar::is_passive(scene, *h)
            && has(&lexicon.providing, scene.lemma(*h))
    });
    let verbs = verb.into_iter().flat_map(|v| {
        let same = scene
            .children_of(v, "conj")
            .filter(|c| scene.is_verb(*c) && scene.children_of(*c, "nsubj").next().is_none());
        std::iter::once(v).chain(same)
    });
    verbs
        .flat_map(|v| {
            let beside = scene.children_of(v, "advcl").filter(|a| scene.has_case(*a, &["while", "whereas"]));
            let beside = with_predicates(scene, beside.collect());
            complements(scene, v).into_iter().chain(std::iter::once(v)).chain(beside)
        })
        .collect()
}

/// "Under the deal, both are to withdraw": the clause, and those coordinated with it.
fn under(scene: &Scene, word: TokenId) -> Vec<TokenId> {
    let cases = ["under", "by"];
    let phrase = std::iter::once(word).chain(scene.document.ancestors(word).take_while(|a| scene.is_nominal(*a)));
    let top = phrase.filter(|t| scene.is_nominal(*t)).find(|t| {
        let said = scene.cases(*t);
        said.iter().any(|c| {
            cases.contains(&c.as_str())
                || c.starts_with("in accordance")
                || c.starts_with("as part")
                || c.starts_with("according")
        })
    });
    let Some(verb) = top.and_then(|t| scene.token(t).head).filter(|v| scene.is_verb(*v)) else { return Vec::new() };
    let told = scene.children_of(verb, "ccomp").collect::<Vec<_>>();
    with_predicates(scene, if told.is_empty() { vec![verb] } else { told })
}

/// What a verb of agreeing or committing takes: clauses and nouns, with what is coordinated.
fn complements(scene: &Scene, verb: TokenId) -> Vec<TokenId> {
    let clauses = scene
        .document
        .children(verb)
        .iter()
        .copied()
        .filter(|c| {
            let rel = scene.token(*c).deprel;
            rel.is("xcomp") || rel.is("ccomp") || rel.is("advcl") && scene.has_case(*c, &["to"])
        })
        .collect();
    let nouns = scene
        .children_of(verb, "obj")
        .chain(scene.children_of(verb, "obl").filter(|o| scene.has_case(*o, &["on", "to", "for"])));
    let mut out = with_predicates(scene, clauses);
    out.extend(nouns.flat_map(|n| std::iter::once(n).chain(scene.children_of(n, "conj"))));
    out
}

/// Clauses with those coordinated with them, and those that hang on them in turn.
fn with_predicates(scene: &Scene, heads: Vec<TokenId>) -> Vec<TokenId> {
    let mut out: Vec<TokenId> = Vec::new();
    let mut open = heads;
    while let Some(t) = open.pop() {
        if !out.contains(&t) {
            out.push(t);
            let below = scene.children_of(t, "xcomp").flat_map(|x| scene.children_of(x, "conj"));
            open.extend(scene.children_of(t, "conj").chain(below));
        }
    }
    out
}

/// "… so that aid can reach the town"
fn so_that(scene: &Scene, head: TokenId) -> Vec<TokenId> {
    scene.children_of(head, "advcl").filter(|a| scene.cases(*a).iter().any(|c| c.starts_with("so"))).collect()
}

/// Whether a verb stands in a sentence about the truce or close after one.
fn follows(scene: &Scene, draft: &Draft, t: TokenId) -> bool {
    let here = scene.document.sentence_of(t);
    draft.words().any(|w| {
        let there = scene.document.sentence_of(w);
        there <= here && here - there <= NEAR
    })
}

/// "are to", "must", "shall": what is to be done, laid down by nobody alone; "will" and "may" where the report itself says so.
fn is_to_be_done(scene: &Scene, claims: &[Claim], t: TokenId) -> bool {
    let be = |a: TokenId| scene.lemma(a) == "be" && scene.token(a).feats.has(Feats::VERB_FIN);
    let to = scene.has_case(t, &["to"]);
    let below_be = || scene.token(t).deprel == Deprel::Xcomp && scene.token(t).head.is_some_and(be);
    let is_to = to && (scene.document.children(t).iter().any(|c| be(*c) && *c < t) || below_be());
    let have_to =
        to && scene.token(t).head.is_some_and(|h| scene.lemma(h) == "have" && scene.token(t).deprel == Deprel::Xcomp);
    let aux = |words: &[&str]| scene.children_of(t, "aux").any(|a| words.contains(&scene.lower(a).as_str()));
    let own = t;
    let inherited = || {
        let first = scene.token(own).head.filter(|_| scene.token(own).deprel == Deprel::Conj);
        first.is_some_and(|h| scene.is_verb(h) && h < own && is_to_be_done(scene, claims, h))
    };
    let speaker_alone = innermost(scene, claims, t).is_some_and(|c| !c.speakers.is_empty() && c.act != Act::Announce);
    is_to || have_to || aux(&["must", "shall"]) || !speaker_alone && aux(&["will", "would", "may"]) || inherited()
}

/// Where a provision is of a kind: by a word of doing and one of its nouns, or a word that says it alone.
fn told(scene: &Scene, words: &TermWords, head: TokenId, heads: &[TokenId]) -> Option<Span> {
    let cut: Vec<TokenId> = scene
        .document
        .subtree(head)
        .into_iter()
        .filter(|c| {
            let rel = scene.token(*c).deprel;
            let clause = ["parataxis", "advcl", "ccomp"].contains(&rel.base()) || rel == Deprel::AclRelcl;
            *c != head && (heads.contains(c) || rel == Deprel::Conj && scene.is_verb(*c) || clause)
        })
        .collect();
    let tokens = scene.document.subtree_without(head, &cut);
    let doers = grammar::subject(scene, head).into_iter().filter(|s| !tokens.contains(s)).flat_map(|s| {
        let parts = scene.children_of(s, "nmod").chain(scene.children_of(s, "conj"));
        std::iter::once(s).chain(parts.flat_map(|p| std::iter::once(p).chain(scene.children_of(p, "nmod"))))
    });
    let doers: Vec<TokenId> = doers.collect();
    let word = |list: &[String], t: TokenId| fits(list, scene, t);
    // "agreed after talks": no provision.
    let aside = |t: TokenId| scene.has_case(t, &["after", "following", "during", "in", "at", "before", "despite"]);
    if let Some(d) = tokens.iter().copied().find(|t| word(&words.verbs, *t) && !aside(*t)) {
        if let Some(n) = tokens.iter().copied().find(|t| *t != d && word(&words.nouns, *t)) {
            return scene.document.span_over(&[d, n, head]);
        }
        // A doer that a clause before supplies is no part of the words.
        if let Some(n) = doers.into_iter().find(|t| word(&words.nouns, *t)) {
            let own = scene.token(n).head == Some(head);
            return scene.document.span_over(&[d, if own { n } else { head }, head]);
        }
    }
    let alone = tokens.iter().copied().find(|t| word(&words.alone, *t) && !aside(*t))?;
    scene.document.span_over(&[alone, head])
}
