//! How does a part of a sentence stand to the rest? Conditions, clefts, ellipsis, and words that only tell when or why.

use evidence::deprel::Deprel;
use evidence::document::{Feats, TokenId};

use crate::grammar;
use crate::scene::Scene;

/// Words that open a condition.
const IF: &[&str] = &["if", "unless", "provided", "providing", "should", "lest"];
/// Prepositions after which an event is known already or only explains.
const ASIDE: &[&str] = &["since", "after", "before", "until", "till", "despite", "following", "without", "pending"];
/// Conjunctions by which a report goes on in its own voice after what it has attributed.
const MEANWHILE: &[&str] = &["after", "as", "while", "following", "when", "amid", "because", "since"];

/// Whether a word heads a clause that something depends on: "if they attack", "should they attack", "in case of …".
pub(crate) fn is_condition(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    if !token.deprel.is("advcl") {
        return false;
    }
    // "Should the truce collapse, …": the auxiliary opens the clause.
    let inverted = || {
        let first =
            scene.document.subtree(id).into_iter().find(|t| scene.token(*t).upos != evidence::deprel::Upos::Punct);
        first.is_some_and(|f| {
            scene.token(f).head == Some(id)
                && scene.token(f).deprel.is("aux")
                && matches!(scene.lower(f).as_str(), "should" | "were" | "had")
        })
    };
    // "in case they attack", "in the event that they attack"
    let in_case = || {
        let opens = |c: TokenId| scene.children_of(c, "fixed").any(|f| matches!(scene.lemma(f), "case" | "event"));
        scene.children_of(id, "mark").any(opens)
    };
    scene.has_case(id, IF) || inverted() || in_case()
}

/// Whether a word heads a clause that says when: "since fighting resumed", "when they were hit".
pub(crate) fn is_when(scene: &Scene, id: TokenId) -> bool {
    const WHEN: &[&str] = &["since", "after", "before", "when", "until", "till", "once"];
    let adverb = |c: TokenId| WHEN.contains(&scene.lower(c).as_str());
    scene.token(id).deprel.is("advcl") && (scene.has_case(id, WHEN) || scene.children_of(id, "advmod").any(adverb))
}

/// Whether a clause with "when" follows its main clause and goes on with the story.
pub(crate) fn is_narrative_when(scene: &Scene, id: TokenId) -> bool {
    let when = |c: &TokenId| scene.lower(*c) == "when";
    scene.token(id).deprel.is("advcl")
        && scene.token(id).head.is_some_and(|h| h < id)
        && scene.document.children(id).iter().any(when)
}

/// Whether a word heads a participle that only goes on with its clause: "shot at a convoy, wounding three".
pub(crate) fn is_bare_participle(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    token.deprel == Deprel::Advcl
        && token.feats.has(Feats::VERB_PART)
        && scene.cases(id).is_empty()
        && scene.children_of(id, "nsubj").next().is_none()
        && scene.children_of(id, "aux").next().is_none()
}

/// The conditions of what a cue tells that the parser hangs on the cue itself: "If they attack, she warned, we will …".
pub(crate) fn conditions(scene: &Scene, cue: TokenId) -> Vec<TokenId> {
    scene.children_of(cue, "advcl").filter(|c| is_condition(scene, *c)).collect()
}

/// Clauses by which the report goes on in its own voice behind a content: "…, the army said, as both sides …", "accused
/// them of breaking the truce, after …".
pub(crate) fn meanwhile(scene: &Scene, cue: TokenId, head: TokenId) -> Vec<TokenId> {
    let inserted = scene.document.ancestors(cue).any(|a| a == head);
    let token = scene.token(head);
    let bare = scene.is_verb(head)
        && (token.feats.has(Feats::VERB_GER) || token.feats.has(Feats::VERB_PART) || token.feats.has(Feats::VERB_INF))
        && scene.children_of(head, "nsubj").next().is_none();
    if !inserted && !bare {
        return Vec::new();
    }
    let apart = |c: TokenId| {
        let comma = scene
            .document
            .subtree(c)
            .first()
            .is_some_and(|f| scene.word(*f) == "," || *f > 0 && scene.word(f - 1) == ",");
        let by = if inserted { &MEANWHILE[1..3] } else { MEANWHILE };
        comma && c > head && (!inserted || c > cue) && scene.has_case(c, by)
    };
    let quoted =
        |t: TokenId| scene.document.quotations.iter().any(|q| !q.fragment && q.inner.contains(scene.token(t).span));
    let below = scene.document.subtree(head);
    below.into_iter().filter(|c| scene.token(*c).deprel.is("advcl") && apart(*c) && !quoted(*c)).collect()
}

/// Whether what a noun is said to be comes first and what it does in a relative clause: "it was they who …", "they are the
/// ones who …".
pub(crate) fn is_clefted(scene: &Scene, noun: TokenId) -> bool {
    let copula = scene.child(noun, Deprel::Cop).is_some();
    let it = scene.document.children(noun).iter().any(|c| {
        scene.lower(*c) == "it" && (scene.token(*c).deprel.is("nsubj") || scene.token(*c).deprel == Deprel::Expl)
    });
    copula && (it || matches!(scene.lower(noun).as_str(), "one" | "ones"))
}

/// Whether a coordinated clause borrows its auxiliary from the one before: "nine were killed and thirty wounded".
pub(crate) fn is_elliptic(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    let bare = (token.feats.has(Feats::VERB_PART) || matches!(scene.lemma(id), "wounded" | "injured" | "hurt"))
        && scene.children_of(id, "aux").next().is_none()
        && scene.children_of(id, "cop").next().is_none();
    token.deprel == Deprel::Conj && bare && token.head.is_some_and(|h| grammar::is_predicate(scene, h))
}

/// Whether a clause stands in a question or a heading without a verb of its own, which tell nothing: "What was agreed",
/// "Who was behind it?", "The toll".
pub(crate) fn is_heading(scene: &Scene, id: TokenId) -> bool {
    const ASKS: &[&str] = &["what", "who", "how", "why", "where", "when", "which"];
    let sentence = &scene.document.sentences[scene.document.sentence_of(id)];
    let first = scene.lower(sentence.tokens.start);
    let last = scene.word(sentence.tokens.end - 1);
    let verb = sentence.tokens.clone().any(|t| scene.is_verb(t));
    let short = sentence.tokens.len() <= 3 && !verb;
    last == "?" || ASKS.contains(&first.as_str()) && !matches!(last, "." | "!" | "”" | "\"") || short
}

/// Whether a clause concedes something against its main clause: "…, although none of them had opened fire".
pub(crate) fn is_concession(scene: &Scene, id: TokenId) -> bool {
    scene.token(id).deprel.is("advcl")
        && scene.has_case(id, &["although", "though", "whereas"])
        && scene.children_of(id, "nsubj").next().is_some()
}

/// Whether an infinitive says what its verb obliges or enables somebody to: "obliges the sides to withdraw".
pub(crate) fn is_obliged(scene: &Scene, id: TokenId) -> bool {
    const OBLIGES: &[&str] = &[
        "oblige",
        "require",
        "commit",
        "bind",
        "allow",
        "enable",
        "permit",
        "force",
        "compel",
        "agree",
        "plan",
        "decide",
        "prepare",
        "undertake",
        "refuse",
        "suppose",
    ];
    let token = scene.token(id);
    token.deprel == Deprel::Advcl
        && token.feats.has(Feats::VERB_INF)
        && token.head.is_some_and(|h| {
            OBLIGES.contains(&scene.lemma(h))
                && scene.children_of(h, "obj").chain(scene.children_of(h, "nsubj")).any(|o| o < id)
        })
}

/// Whether a clause stands in a sentence without a verb, which names and tells nothing: "Ceasefire watch: the week in two
/// wars".
pub(crate) fn is_label(scene: &Scene, id: TokenId) -> bool {
    let sentence = &scene.document.sentences[scene.document.sentence_of(id)];
    !sentence.tokens.clone().any(|t| scene.is_verb(t))
        && !matches!(scene.word(sentence.tokens.end - 1), "." | "!" | "”" | "\"")
}

/// Whether a word stands in a phrase of the clause `head` that only tells when or why: "since the attack".
pub(crate) fn stands_aside(scene: &Scene, head: TokenId, id: TokenId) -> bool {
    let way = std::iter::once(id).chain(scene.document.ancestors(id)).take_while(|a| *a != head);
    let fear = |t: TokenId| scene.has_case(t, &["for"]) && matches!(scene.lemma(t), "fear" | "lack" | "risk");
    way.into_iter().any(|t| {
        matches!(scene.token(t).deprel.base(), "obl" | "nmod" | "advmod") && (scene.has_case(t, ASIDE) || fear(t))
    })
}
