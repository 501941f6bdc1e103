//! Is it so? Polarity and status of a proposition, from its auxiliaries, negations, conditions and tense.

use evidence::deprel::Deprel;
use evidence::document::{Feats, TokenId};
use evidence::{Polarity, Status};

use crate::attribution::is_negated;
use crate::scene::Scene;

/// Verbs whose infinitive is yet to come.
const PLANNING: &[&str] = &[
    "plan",
    "intend",
    "prepare",
    "aim",
    "hope",
    "want",
    "expect",
    "pledge",
    "vow",
    "promise",
    "threaten",
    "offer",
    "agree",
    "decide",
    "oblige",
    "due",
    "set",
    "ready",
    "seek",
    "mean",
    "schedule",
    "propose",
    "allow",
    "poise",
    "undertake",
];
/// Verbs and phrases by which something goes on.
const GOING_ON: &[&str] = &["continue", "persist", "remain", "keep", "rage", "go", "escalate", "worsen"];

/// Whether the proposition headed by `head`, with its event at `trigger`, is affirmed or negated.
pub fn polarity(scene: &Scene, head: TokenId, trigger: TokenId) -> Polarity {
    let chain = chain(scene, head, trigger);
    let verbal = chain.iter().any(|t| is_negated(scene, *t));
    let quantified =
        |t: TokenId| scene.children_of(t, "det").any(|d| scene.lower(d) == "no" || scene.lower(d) == "neither");
    let arguments = chain.iter().flat_map(|t| scene.children_of(*t, "nsubj").chain(scene.children_of(*t, "obj")));
    let nobody = arguments
        .into_iter()
        .any(|a| quantified(a) || matches!(scene.lower(a).as_str(), "nobody" | "none" | "nothing" | "neither"));
    let failing = chain.iter().any(|t| *t != trigger && matches!(scene.lemma(*t), "fail"));
    if (verbal || nobody || quantified(trigger)) != failing { Polarity::Negated } else { Polarity::Affirmed }
}

/// How the proposition stands to reality, as it is told.
pub fn status(scene: &Scene, head: TokenId, trigger: TokenId) -> Status {
    let chain = chain(scene, head, trigger);
    if chain.iter().any(|t| is_conditional(scene, *t)) {
        return Status::Conditional;
    }
    let modals: Vec<String> = chain.iter().flat_map(|t| scene.children_of(*t, "aux")).map(|a| scene.lower(a)).collect();
    let has = |words: &[&str]| modals.iter().any(|m| words.contains(&m.as_str()));
    if has(&["may", "might", "could", "can"]) {
        return Status::Possible;
    }
    if has(&["will", "would", "shall", "’ll", "'ll", "wo"]) {
        return Status::Planned;
    }
    if has(&["must", "should"]) {
        return Status::Demanded;
    }
    let planned = |t: TokenId| {
        let upper = scene.token(t).head;
        let infinitive = scene.token(t).feats.has(Feats::VERB_INF) || scene.has_case(t, &["to"]);
        infinitive
            && upper
                .is_some_and(|h| PLANNING.contains(&scene.lemma(h)) || scene.lemma(h) == "be" || scene.lemma(h) == "go")
            || is_to(scene, t)
            || scene.token(t).deprel == Deprel::Acl && infinitive
    };
    if chain.iter().any(|t| planned(*t)) {
        return Status::Planned;
    }
    if chain.iter().any(|t| is_ongoing(scene, *t)) { Status::Ongoing } else { Status::Actual }
}

/// The words from the proposition's head down to the event, both included.
fn chain(scene: &Scene, head: TokenId, trigger: TokenId) -> Vec<TokenId> {
    let mut chain = vec![trigger];
    if trigger != head {
        chain.extend(scene.document.ancestors(trigger).take_while(|a| *a != head));
        chain.push(head);
    }
    chain
}

/// "are to leave", "is to begin": the copula before an infinitive tells of what is to come.
fn is_to(scene: &Scene, id: TokenId) -> bool {
    let children = scene.document.children(id);
    let to = children
        .iter()
        .any(|c| scene.lower(*c) == "to" && matches!(scene.token(*c).deprel, Deprel::Mark | Deprel::Aux));
    let be = children.iter().any(|c| scene.lemma(*c) == "be" && scene.token(*c).deprel.is("aux"));
    to && be
        || scene.children_of(id, "xcomp").any(|x| {
            scene.lemma(id) == "be" && (scene.token(x).feats.has(Feats::VERB_INF) || scene.has_case(x, &["to"]))
        })
}

fn is_conditional(scene: &Scene, id: TokenId) -> bool {
    let markers = ["if", "unless", "provided", "should", "until", "whoever"];
    let own = scene.has_case(id, &["if", "unless"]);
    let below = scene.children_of(id, "advcl").any(|c| scene.has_case(c, &markers));
    let free_relative = scene.children_of(id, "nsubj").any(|s| matches!(scene.lower(s).as_str(), "whoever" | "anyone"));
    let whoever = scene.token(id).deprel == Deprel::AclRelcl
        && scene.token(id).head.is_some_and(|h| matches!(scene.lower(h).as_str(), "whoever" | "anyone" | "those"));
    own || below || free_relative || whoever
}

fn is_ongoing(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    let progressive = token.feats.has(Feats::VERB_PART)
        && token.feats.has(Feats::TENSE_PRES)
        && scene.children_of(id, "aux").any(|a| scene.lemma(a) == "be");
    let going_on = GOING_ON.contains(&scene.lemma(id)) && !token.feats.has(Feats::VERB_INF);
    let under = scene.has_case(id, &["under"]) && scene.children_of(id, "cop").next().is_some()
        || scene.children_of(id, "advmod").any(|a| scene.lower(a) == "underway");
    progressive || going_on || under
}
