//! How does it stand to reality? The status of a proposition, from its auxiliaries, conditions and tense.

use evidence::deprel::Deprel;
use evidence::document::{Feats, TokenId};
use evidence::{Act, Polarity, Status};

use crate::attribution::is_negated;
use crate::frame;
use crate::polarity;
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
    "suppose",
    "willing",
    "prepared",
    "eager",
    "keen",
    "commit",
    "require",
    "bind",
    "instruct",
    "order",
];
/// Verbs of what is only thought: what goes on in their complement goes on in the mind.
const BELIEF: &[&str] = &["believe", "think", "suppose", "assume"];
/// Nouns of the time that somebody is given to do something.
const TIMES: &[&str] = &["hour", "day", "week", "month", "year", "minute", "time", "deadline"];
/// Verbs and phrases by which something goes on.
const GOING_ON: &[&str] = &["continue", "persist", "remain", "keep", "rage", "go", "escalate", "worsen"];

/// How the proposition stands to reality, as it is told.
pub fn status(scene: &Scene, head: TokenId, trigger: TokenId) -> Status {
    let mut chain = chain(scene, head, trigger);
    // "should show restraint and settle their differences": one auxiliary for both.
    while let Some(first) = lender(scene, chain[chain.len() - 1]).filter(|f| !chain.contains(f)) {
        chain.push(first);
    }
    if chain.iter().any(|t| is_conditional(scene, *t)) {
        return Status::Conditional;
    }
    let modals: Vec<String> = chain.iter().flat_map(|t| scene.children_of(*t, "aux")).map(|a| scene.lower(a)).collect();
    let has = |words: &[&str]| modals.iter().any(|m| words.contains(&m.as_str()));
    // "Neither side may attack" forbids; "may not have attacked" wonders.
    if has(&["may"]) && !has(&["have", "’ve", "'ve"]) && polarity::of(scene, head, trigger) == Polarity::Negated {
        return Status::Demanded;
    }
    // "could not be verified", "cannot leave" tell how things are.
    let unable = |t: &TokenId| is_negated(scene, *t) && scene.children_of(*t, "aux").any(|a| is_able(scene, a));
    if has(&["may", "might"]) || has(&["could", "can", "ca"]) && !chain.iter().any(unable) {
        return Status::Possible;
    }
    // "would have taken the town" did not.
    if has(&["would"]) && chain.iter().any(|t| is_unreal(scene, *t)) {
        return Status::Conditional;
    }
    if has(&["will", "would", "shall", "’ll", "'ll", "wo"]) {
        return Status::Planned;
    }
    if has(&["must", "should"]) || chain.iter().any(|t| is_obliged(scene, *t)) {
        return Status::Demanded;
    }
    if chain.iter().any(|t| is_planned(scene, *t)) || is_hoped_for(scene, head, trigger) {
        return Status::Planned;
    }
    // "an exchange is planned for Friday", "the envoy is due in the capital"
    let scheduled = |t: &TokenId| {
        *t != trigger && matches!(scene.lemma(*t), "plan" | "schedule") && scene.is_nominal(trigger)
            || scene.lemma(*t) == "due" && scene.child(*t, Deprel::Cop).is_some()
    };
    if chain.iter().any(scheduled) {
        return Status::Planned;
    }
    if let Some(status) = chain.iter().find_map(|t| foreseen(scene, *t)) {
        return status;
    }
    let attitude = scene.children_of(head, "ccomp").next().is_some() && BELIEF.contains(&scene.lemma(head));
    let told_of: &[TokenId] = if attitude { &[head] } else { &chain };
    if told_of.iter().any(|t| is_ongoing(scene, *t)) { Status::Ongoing } else { Status::Actual }
}

/// Acts of which a cue tells as yet to come ("will ask the council for …", "would demand …") are no utterances.
pub fn is_yet_to_be_said(scene: &Scene, cue: TokenId, act: Act) -> bool {
    let asks = matches!(act, Act::Appeal | Act::Demand | Act::Accuse);
    let to_come = |a: TokenId| matches!(scene.lower(a).as_str(), "will" | "shall" | "’ll" | "'ll");
    asks && scene.is_verb(cue) && scene.children_of(cue, "aux").any(to_come)
}

/// An infinitive after a word of planning, after "be to", after a noun ("a plan to"), after time given ("60 days to").
fn is_planned(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    let infinitive =
        token.feats.has(Feats::VERB_INF) || scene.has_case(id, &["to"]) && !token.feats.has(Feats::VERB_GER);
    // "the first hospital to be hit" was hit; "fighters are to blame" already.
    let ordinal = |h: TokenId| {
        matches!(
            scene.lemma(h),
            "first" | "last" | "latest" | "only" | "second" | "third" | "nothing" | "anything" | "something"
        ) || scene
            .children_of(h, "amod")
            .any(|a| matches!(scene.lemma(a), "first" | "last" | "latest" | "only" | "second" | "third"))
    };
    if scene.lemma(id) == "blame" || token.deprel == Deprel::Acl && token.head.is_some_and(ordinal) {
        return false;
    }
    let upper = token.head.filter(|_| token.deprel.base() != "conj" && token.deprel.base() != "parataxis");
    let planning = |h: TokenId| {
        let lemma = scene.lemma(h);
        let deadline = || {
            matches!(lemma, "give" | "have" | "get" | "grant" | "leave")
                && scene.children_of(h, "obj").any(|o| TIMES.contains(&scene.lemma(o)))
        };
        // "be to" has its own reading; a question what something is to do has none.
        PLANNING.contains(&lemma) || lemma == "go" && is_progressive(scene, h) || lemma == "be" || deadline()
    };
    let first_of_conjuncts = token.head.filter(|_| token.deprel == Deprel::Conj && infinitive);
    infinitive && upper.is_some_and(planning)
        || is_to(scene, id)
        || first_of_conjuncts.is_some_and(|h| is_to(scene, h) && scene.children_of(id, "nsubj").next().is_none())
        || token.deprel == Deprel::Acl && infinitive
}

/// "have to", "need to", "are obliged to".
fn is_obliged(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    let present = token.feats.has(Feats::TENSE_PRES) || scene.children_of(id, "aux").next().is_some();
    let infinitive = |x: TokenId| scene.has_case(x, &["to"]) || scene.token(x).feats.has(Feats::VERB_INF);
    matches!(scene.lemma(id), "have" | "need")
        && present
        && !token.feats.has(Feats::TENSE_PAST)
        && scene.children_of(id, "obj").next().is_none()
        && scene.children_of(id, "xcomp").any(infinitive)
}

/// "hoped that more would come out", told of the hoping itself.
fn is_hoped_for(scene: &Scene, head: TokenId, trigger: TokenId) -> bool {
    let complement = scene.children_of(head, "ccomp").chain(scene.children_of(head, "xcomp")).next();
    head == trigger
        && matches!(scene.lemma(head), "hope" | "expect" | "intend" | "plan" | "aim")
        && complement.is_some()
}

/// What an adjective says of a noun that tells an event, or of an infinitive: "an expected offensive", "likely to".
fn foreseen(scene: &Scene, id: TokenId) -> Option<Status> {
    let of = |word: TokenId| match scene.lower(word).as_str() {
        "expected" | "planned" | "imminent" | "looming" | "future" | "upcoming" | "proposed" | "scheduled"
        | "coming" | "forthcoming" | "impending" | "threatened" => Some(Status::Planned),
        "possible" | "potential" | "likely" | "hypothetical" => Some(Status::Possible),
        _ => None,
    };
    let adjective = || scene.children_of(id, "amod").find_map(of);
    // "hopes of a truce", "plans for an offensive", "calls for talks"
    let host = scene.token(id).head.filter(|_| scene.token(id).deprel.is("nmod"));
    let of_thought = host.and_then(|h| match scene.lemma(h) {
        "hope" | "prospect" | "chance" | "possibility" | "fear" | "risk" | "danger" | "likelihood" => {
            Some(Status::Possible)
        }
        "plan" | "proposal" | "preparation" => Some(Status::Planned),
        "call" | "demand" | "appeal" | "plea" => Some(Status::Demanded),
        _ => None,
    });
    if of_thought.is_some() {
        return of_thought;
    }
    // "announced an exercise for next week"
    let ahead =
        |n: TokenId| scene.has_case(n, &["for"]) && scene.children_of(n, "amod").any(|a| scene.lower(a) == "next");
    if scene.is_nominal(id) && scene.children_of(id, "nmod").any(ahead) {
        return Some(Status::Planned);
    }
    let upper =
        scene.token(id).head.filter(|_| scene.token(id).deprel.is("xcomp") || scene.token(id).deprel.is("advcl"));
    let likely =
        upper.filter(|u| matches!(scene.lemma(*u), "likely" | "unlikely" | "able" | "bound")).map(|_| Status::Possible);
    adjective().or(likely)
}

/// "would have fallen"
fn is_unreal(scene: &Scene, id: TokenId) -> bool {
    let has = |w: &str| scene.children_of(id, "aux").any(|a| scene.lower(a) == w);
    has("would") && has("have")
}

fn is_able(scene: &Scene, id: TokenId) -> bool {
    matches!(scene.lower(id).as_str(), "could" | "can" | "ca")
}

/// The verb whose auxiliary a coordinated verb shares.
fn lender(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let own =
        scene.children_of(id, "nsubj").chain(scene.children_of(id, "aux")).chain(scene.children_of(id, "cop")).next();
    let bare = !scene.token(id).feats.has(Feats::TENSE_PAST) && !scene.token(id).feats.has(Feats::TENSE_PRES);
    let head = scene.token(id).head.filter(|_| scene.token(id).deprel == Deprel::Conj && own.is_none() && bare);
    head.filter(|h| scene.is_verb(id) && scene.is_verb(*h))
}

/// The words from the proposition's head down to the event, both included.
pub(crate) fn chain(scene: &Scene, head: TokenId, trigger: TokenId) -> Vec<TokenId> {
    let mut chain = vec![trigger];
    if trigger != head {
        chain.extend(scene.document.ancestors(trigger).take_while(|a| *a != head));
        chain.push(head);
    }
    chain
}

/// "are to leave", "is to begin": the copula before an infinitive tells of what is to come; not so "to be leaving".
pub fn is_to(scene: &Scene, id: TokenId) -> bool {
    let children = scene.document.children(id);
    let to = children.iter().copied().find(|c| {
        // "due to expire" is parsed as a marker of two words.
        let due = scene.lower(*c) == "due" && scene.child(*c, Deprel::Fixed).is_some();
        (scene.lower(*c) == "to" || due) && matches!(scene.token(*c).deprel, Deprel::Mark | Deprel::Aux | Deprel::Case)
    });
    let be = |c: &&TokenId| {
        scene.lemma(**c) == "be" && (scene.token(**c).deprel.is("aux") || scene.token(**c).deprel == Deprel::Cop)
    };
    let before = to.is_some_and(|to| children.iter().filter(be).any(|b| *b < to));
    before
        || scene.children_of(id, "xcomp").any(|x| {
            scene.lemma(id) == "be" && (scene.token(x).feats.has(Feats::VERB_INF) || scene.has_case(x, &["to"]))
        })
}

fn is_conditional(scene: &Scene, id: TokenId) -> bool {
    // "it is unclear if they fired" asks, and sets no condition.
    let asks = matches!(scene.token(id).deprel.base(), "ccomp" | "csubj");
    let own = scene.has_case(id, &["if", "unless"]) && !asks || frame::is_condition(scene, id);
    let until =
        |c: TokenId| scene.has_case(c, &["until", "whoever", "once"]) && !scene.token(id).feats.has(Feats::TENSE_PAST);
    let below = scene.children_of(id, "advcl").any(|c| frame::is_condition(scene, c) || until(c));
    // "would end the truce that it declared if the attacks went on": the parser may hang the condition too low.
    let would = scene.children_of(id, "aux").any(|a| matches!(scene.lower(a).as_str(), "would" | "will" | "could"));
    let low = would
        && scene.document.subtree(id).into_iter().any(|t| {
            let host = scene.token(t).head.is_some_and(|h| scene.token(h).deprel == Deprel::AclRelcl);
            host && frame::is_condition(scene, t)
        });
    let in_case = scene.children_of(id, "obl").any(|o| scene.has_case(o, &["in"]) && scene.lemma(o) == "case");
    let free_relative = scene.children_of(id, "nsubj").any(|s| matches!(scene.lower(s).as_str(), "whoever" | "anyone"));
    let whoever = scene.token(id).deprel == Deprel::AclRelcl
        && !scene.token(id).feats.has(Feats::TENSE_PAST)
        && scene.token(id).head.is_some_and(|h| matches!(scene.lower(h).as_str(), "whoever" | "anyone" | "those"));
    own || below || low || in_case || free_relative || whoever
}

fn is_ongoing(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    let lemma = scene.lemma(id);
    let on = || scene.document.children(id).iter().any(|c| scene.lower(*c) == "on");
    // "goes into effect" and "keeps rockets" go on no longer than others; "goes on" and "keeps firing" do.
    let really = match lemma {
        "go" => on(),
        "keep" => on() || scene.children_of(id, "xcomp").next().is_some(),
        _ => true,
    };
    let going_on = GOING_ON.contains(&lemma) && really && !token.feats.has(Feats::VERB_INF);
    let locked = matches!(lemma, "lock" | "embroil" | "mire" | "entangle") && token.feats.has(Feats::VERB_PART);
    let under = scene.has_case(id, &["under"]) && scene.children_of(id, "cop").next().is_some()
        || scene.children_of(id, "advmod").any(|a| matches!(scene.lower(a).as_str(), "underway" | "ongoing"))
        || scene.children_of(id, "amod").any(|a| scene.lower(a) == "ongoing");
    is_progressive(scene, id) || going_on || locked || under
}

fn is_progressive(scene: &Scene, id: TokenId) -> bool {
    let token = scene.token(id);
    token.feats.has(Feats::VERB_PART)
        && token.feats.has(Feats::TENSE_PRES)
        && scene.lemma(id) != "miss"
        && scene.children_of(id, "aux").any(|a| scene.lemma(a) == "be")
}
