//! Who does it and whom it is done to, in whatever voice and construction: the functions `subject` and `object`.
//!
//! After the "propagated" relations of Enhanced Universal Dependencies (Schuster & Manning 2016), computed on demand.

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};

use crate::scene::Scene;

/// Verbs that lend a noun their subject: "carried out strikes", "came under fire".
const LIGHT: &[&str] = &[
    "carry",
    "launch",
    "conduct",
    "stage",
    "make",
    "mount",
    "open",
    "wage",
    "begin",
    "start",
    "resume",
    "continue",
    "commit",
    "perpetrate",
    "undertake",
    "perform",
    "execute",
    "plan",
    "order",
    "hold",
    "have",
    "take",
    "give",
    "do",
    "deliver",
    "direct",
    "unleash",
    "intensify",
    "step",
    "return",
    "pay",
    "sign",
    "reach",
    "agree",
    "announce",
    "declare",
    "initiate",
    "halt",
    "stop",
    "break",
    "violate",
    "cease",
    "suspend",
    "impose",
    "lay",
    "end",
    "use",
    "fire",
    "trade",
    "exchange",
    "repel",
    "repulse",
];
/// Verbs whose object does what the complement says: "urged Baku to withdraw", "accused Baku of shelling".
const OBJECT_CONTROL: &[&str] = &[
    "accuse",
    "urge",
    "ask",
    "call",
    "tell",
    "order",
    "force",
    "press",
    "want",
    "warn",
    "allow",
    "invite",
    "persuade",
    "help",
    "demand",
    "request",
    "beg",
    "implore",
    "permit",
    "enable",
    "blame",
    "suspect",
    "charge",
    "see",
    "hear",
    "oblige",
    "require",
    "let",
    "appeal",
    "advise",
    "instruct",
    "criticise",
    "criticize",
    "condemn",
    "denounce",
    "stop",
    "prevent",
    "expect",
];
/// At most this many steps of control or coordination are followed.
const DEPTH: usize = 6;

/// Who does what the verb or noun tells.
pub fn subject(scene: &Scene, id: TokenId) -> Vec<TokenId> {
    with_conjuncts(
        scene,
        if is_predicate(scene, id) { subject_of_verb(scene, id, DEPTH) } else { subject_of_noun(scene, id, DEPTH) },
    )
}

/// Whom or what it is done to.
pub fn object(scene: &Scene, id: TokenId) -> Vec<TokenId> {
    with_conjuncts(
        scene,
        if is_predicate(scene, id) { object_of_verb(scene, id, DEPTH) } else { object_of_noun(scene, id) },
    )
}

/// The grammatical subject of a clause as it stands, inherited by coordination and control: who says, who is said to be.
pub fn surface_subject(scene: &Scene, id: TokenId) -> Vec<TokenId> {
    with_conjuncts(scene, surface(scene, id, DEPTH))
}

/// Whether the word is used as a predicate verb: a verb, or a participle heading a clause.
pub fn is_predicate(scene: &Scene, id: TokenId) -> bool {
    scene.is_verb(id)
}

/// Whether a verb is passive: by its auxiliary, its subject, or as a bare past participle ("sealed after talks").
pub fn is_passive(scene: &Scene, id: TokenId) -> bool {
    let has = |d| scene.child(id, d).is_some();
    // "denied that its troops fired", "after troops fired": a clause with a subject and without an auxiliary is finite,
    // whatever the parser calls its subject.
    let bare = !has(Deprel::Aux) && !has(Deprel::AuxPass) && !has(Deprel::Cop);
    let finite = match scene.token(id).deprel {
        Deprel::Ccomp => scene.has_case(id, &["that"]),
        Deprel::Advcl => scene.has_case(id, &["after", "before", "because", "while"]) && has(Deprel::NsubjPass),
        _ => false,
    };
    if bare && finite {
        return false;
    }
    // "The board, which runs the dam, denied that …": no passive has a complement and no auxiliary.
    let main = matches!(scene.token(id).deprel, Deprel::Root | Deprel::Conj | Deprel::Ccomp | Deprel::Parataxis);
    if bare && main && has(Deprel::Ccomp) && has(Deprel::NsubjPass) {
        return false;
    }
    if has(Deprel::NsubjPass) || has(Deprel::AuxPass) || has(Deprel::CsubjPass) {
        return true;
    }
    let t = scene.token(id);
    // "The army, for its part, denied having fired, and …": what has a complement of its own is no passive.
    let complement = |c: TokenId| {
        matches!(scene.token(c).deprel, Deprel::Ccomp | Deprel::Xcomp)
            || scene.children_of(c, "aux").any(|a| scene.lower(a) == "having")
            || scene.lower(c) == "having"
    };
    if scene.token(id).deprel == Deprel::Advcl && scene.document.children(id).iter().any(|c| complement(*c)) {
        return false;
    }
    let bare_participle =
        t.feats.has(Feats::VERB_PART) && t.feats.has(Feats::TENSE_PAST) && !has(Deprel::Aux) && !has(Deprel::Nsubj);
    // "one was shot and another wounded by soldiers"
    let by_somebody = || {
        let agent = |c: TokenId| scene.has_case(c, &["by"]) && scene.mention(c).is_some_and(|m| m.kind.acts());
        t.deprel == Deprel::Conj && scene.children_of(id, "obl").any(agent)
    };
    let participle = t.feats.has(Feats::VERB_PART) && t.feats.has(Feats::TENSE_PAST) && !has(Deprel::Aux);
    if participle && !has(Deprel::Obj) && by_somebody() {
        return true;
    }
    bare_participle && (t.deprel.is("acl") || t.deprel.is("amod") || t.deprel.is("advcl")) && !has(Deprel::Obj)
        || bare_participle
            && t.feats.has(Feats::VOICE_PASS)
            && (t.deprel != Deprel::Conj || t.head.is_some_and(|h| is_passive(scene, h)))
}

/// Adds what is coordinated with each: "Russia and France".
pub fn with_conjuncts(scene: &Scene, ids: Vec<TokenId>) -> Vec<TokenId> {
    let mut out = Vec::new();
    for id in ids {
        let others = scene
            .children_of(id, "conj")
            .filter(|c| scene.is_nominal(*c) && !scene.children_of(*c, "nsubj").any(|_| true));
        for t in std::iter::once(id).chain(others) {
            if !out.contains(&t) {
                out.push(t);
            }
        }
    }
    out
}

fn subject_of_verb(scene: &Scene, id: TokenId, depth: usize) -> Vec<TokenId> {
    if !is_passive(scene, id) {
        return surface(scene, id, depth);
    }
    let agent = |c: &TokenId| {
        scene.token(*c).deprel == Deprel::OblAgent
            || scene.token(*c).deprel == Deprel::Obl && scene.has_case(*c, &["by"])
    };
    let agents: Vec<TokenId> = scene.document.children(id).iter().copied().filter(agent).collect();
    if agents.is_empty() {
        // "one was shot and another wounded by soldiers": the agent may hang on the last verb.
        let others = scene.children_of(id, "conj").filter(|c| is_predicate(scene, *c) && is_passive(scene, *c));
        let shared: Vec<TokenId> =
            others.flat_map(|c| scene.document.children(c).iter().copied().filter(agent).collect::<Vec<_>>()).collect();
        if !shared.is_empty() {
            return shared;
        }
    }
    if agents.is_empty() && scene.token(id).deprel == Deprel::Conj && depth > 0 {
        // "were shelled and bombed by X": the agent hangs on the last verb; "shelled by X and burned" on the first.
        let other = scene.token(id).head.filter(|h| is_predicate(scene, *h) && is_passive(scene, *h));
        return other.map_or(Vec::new(), |h| subject_of_verb(scene, h, depth - 1));
    }
    agents
}

/// The subject as it stands, or as control, coordination and relative clauses supply it.
fn surface(scene: &Scene, id: TokenId, depth: usize) -> Vec<TokenId> {
    // "The general had on Tuesday ordered": the parser may hang the subject on the auxiliary.
    let on_auxiliary = || scene.children_of(id, "aux").flat_map(|a| scene.children_of(a, "nsubj"));
    let subjects: Vec<TokenId> = scene.children_of(id, "nsubj").chain(on_auxiliary()).collect();
    if !subjects.is_empty() {
        return subjects.into_iter().map(|s| antecedent(scene, s).unwrap_or(s)).collect();
    }
    let Some(head) = scene.token(id).head.filter(|_| depth > 0) else { return Vec::new() };
    match scene.token(id).deprel {
        Deprel::Conj if stray_predicate(scene, head).is_some_and(|(_, verb)| verb == id) => {
            stray_predicate(scene, head).map(|(subject, _)| with_conjuncts(scene, vec![subject])).unwrap_or_default()
        }
        Deprel::Conj | Deprel::Parataxis => {
            let mut subjects = surface(scene, head, depth - 1);
            // "The raid killed nine, the union said", taken for one predicate with two subjects: the first is the raid.
            if id < head && subjects.len() > 1 {
                subjects.retain(|s| *s < id);
            }
            subjects
        }
        // "The army's jets, he said in a statement, had carried out two raids": the cue cuts the clause in two.
        Deprel::Ccomp if before_cue(scene, id, head).is_some() => before_cue(scene, id, head).into_iter().collect(),
        // "were killed by shelling": those killed did not shell.
        Deprel::Advcl | Deprel::Obl if scene.has_case(id, &["by"]) && is_passive(scene, head) => Vec::new(),
        Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Obl if is_predicate(scene, head) => {
            let objects: Vec<TokenId> = scene.children_of(head, "obj").chain(scene.children_of(head, "iobj")).collect();
            let controls = OBJECT_CONTROL.contains(&scene.lemma(head));
            let on = || {
                scene.children_of(head, "obl").filter(|o| scene.has_case(*o, &["on", "to", "for"])).collect::<Vec<_>>()
            };
            let rel = scene.token(id).deprel;
            let infinitive_or_gerund = rel == Deprel::Xcomp || scene.has_case(id, &["of", "for", "from", "to"]);
            if controls && infinitive_or_gerund && !objects.is_empty() {
                objects
            } else if controls && infinitive_or_gerund && is_passive(scene, head) {
                surface(scene, head, depth - 1)
            } else if controls && rel == Deprel::Xcomp && !on().is_empty() {
                on()
            } else {
                surface(scene, head, depth - 1)
            }
        }
        Deprel::Acl | Deprel::Amod if scene.is_nominal(head) => {
            // "forces shelling the town": the noun does it; "a plan to withdraw": whose plan it is.
            if scene.has_case(id, &["to", "of", "for"]) {
                let own = subject_of_noun(scene, head, depth - 1);
                let verb = scene.token(head).head.filter(|_| scene.token(head).deprel == Deprel::Obj);
                match verb.filter(|v| own.is_empty() && is_predicate(scene, *v)) {
                    // "gives them sixty days to leave"; "set a timetable for leaving": whoever sets it.
                    Some(verb) => match scene.child(verb, Deprel::Iobj) {
                        Some(given) => vec![given],
                        None => subject_of_verb(scene, verb, depth - 1),
                    },
                    None => own,
                }
            } else {
                // "X, head of the league, accusing them of …": the apposition stands for X.
                let mut noun = head;
                while scene.token(noun).deprel == Deprel::Appos && noun < id {
                    let Some(up) = scene.token(noun).head else { break };
                    noun = up;
                }
                vec![noun]
            }
        }
        Deprel::AclRelcl if scene.is_nominal(head) => vec![head],
        _ => Vec::new(),
    }
}

/// "said 12 of its soldiers and two guards had been killed", read as "said 12 …" and another clause beside "said": the
/// number that the parser takes for the whole content of a cue, and the passive that is said of it.
pub(crate) fn stray_predicate(scene: &Scene, cue: TokenId) -> Option<(TokenId, TokenId)> {
    let none = |t: TokenId, relation| scene.children_of(t, relation).next().is_none();
    let counted = |t: TokenId| scene.token(t).upos == Upos::Num || scene.child(t, Deprel::Nummod).is_some();
    let bare = |c: &TokenId| scene.is_nominal(*c) && counted(*c) && none(*c, "cop") && none(*c, "nsubj");
    let content = scene.children_of(cue, "ccomp").find(bare)?;
    let passive = |v: &TokenId| {
        content < *v && scene.child(*v, Deprel::AuxPass).is_some() && scene.children_of(*v, "nsubj").all(counted)
    };
    let verb = scene.children_of(cue, "conj").find(passive)?;
    (!is_passive(scene, cue)).then_some((content, verb))
}

/// The subject that stands before a cue set in between commas, when the parser leaves it alone there and hangs the rest of
/// its clause on the cue.
fn before_cue(scene: &Scene, verb: TokenId, cue: TokenId) -> Option<TokenId> {
    let alone = scene.token(cue).head.filter(|h| scene.token(cue).deprel == Deprel::Parataxis && *h < cue)?;
    let own = scene.child(cue, Deprel::Nsubj)?;
    let finite = scene.children_of(verb, "aux").next().is_some() || scene.token(verb).feats.has(Feats::TENSE_PAST);
    let bare = scene.is_nominal(alone) && scene.children_of(alone, "cop").next().is_none();
    let cut = scene.document.tokens.get(own.checked_sub(1)?).is_some_and(|t| t.upos == Upos::Punct);
    (bare && cut && finite && cue < verb && !scene.has_case(verb, &["that"])).then_some(alone)
}

fn object_of_verb(scene: &Scene, id: TokenId, depth: usize) -> Vec<TokenId> {
    if is_passive(scene, id) {
        return surface(scene, id, depth);
    }
    let objects: Vec<TokenId> = scene.children_of(id, "obj").map(|o| antecedent(scene, o).unwrap_or(o)).collect();
    if !objects.is_empty() {
        return objects;
    }
    let Some(head) = scene.token(id).head else { return Vec::new() };
    match scene.token(id).deprel {
        // "the town that they shelled"
        Deprel::AclRelcl if scene.children_of(id, "nsubj").any(|s| antecedent(scene, s).is_none()) => vec![head],
        // "shelled and burned the town": the object follows the last verb
        _ => scene
            .children_of(id, "conj")
            .filter(|c| is_predicate(scene, *c))
            .take(1)
            .filter(|_| depth > 0)
            .filter(|c| scene.children_of(*c, "nsubj").next().is_none())
            .flat_map(|c| scene.children_of(c, "obj").collect::<Vec<_>>())
            .collect(),
    }
}

fn subject_of_noun(scene: &Scene, id: TokenId, depth: usize) -> Vec<TokenId> {
    let own = |c: &TokenId| {
        let t = scene.token(*c);
        t.deprel == Deprel::NmodPoss
            || t.deprel.is("nmod") && scene.has_case(*c, &["by"])
            || matches!(t.deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodDesc)
                && scene.cases(*c).is_empty()
                && scene.mention(*c).is_some_and(|m| m.kind.acts())
            || matches!(t.deprel, Deprel::Nmod)
                && scene.has_case(*c, &["between", "among", "from"])
                && scene.mention(*c).is_some_and(|m| m.kind.acts())
    };
    let found: Vec<TokenId> = scene.document.children(id).iter().copied().filter(own).collect();
    if !found.is_empty() || depth == 0 {
        return found;
    }
    let Some(head) = scene.token(id).head else { return Vec::new() };
    match scene.token(id).deprel {
        Deprel::Conj if scene.is_nominal(head) => subject_of_noun(scene, head, depth - 1),
        Deprel::Obj if LIGHT.contains(&scene.lemma(head)) => subject_of_verb(scene, head, depth - 1),
        Deprel::NsubjPass if LIGHT.contains(&scene.lemma(head)) => subject_of_verb(scene, head, depth - 1),
        Deprel::Obl if scene.has_case(id, &["in"]) && matches!(scene.lemma(head), "engage" | "involve" | "lock") => {
            surface(scene, head, depth - 1)
        }
        Deprel::Obl if scene.has_case(id, &["for"]) && scene.lemma(head) == "prepare" => {
            surface(scene, head, depth - 1)
        }
        _ => Vec::new(),
    }
}

fn object_of_noun(scene: &Scene, id: TokenId) -> Vec<TokenId> {
    let on = |c: &TokenId| {
        scene.token(*c).deprel.is("nmod") && scene.has_case(*c, &["of", "on", "against", "at", "into", "upon", "over"])
    };
    let found: Vec<TokenId> = scene.document.children(id).iter().copied().filter(on).collect();
    if !found.is_empty() {
        return found;
    }
    let Some(head) = scene.token(id).head else { return Vec::new() };
    match scene.token(id).deprel {
        // "came under fire", "was under heavy shelling"
        Deprel::Obl if scene.has_case(id, &["under"]) => surface(scene, head, DEPTH),
        _ if scene.has_case(id, &["under"]) => surface(scene, id, DEPTH),
        // "launched strikes on the town": the preposition may hang on the verb
        Deprel::Obj => {
            scene.children_of(head, "obl").filter(|o| scene.has_case(*o, &["on", "against", "at"])).collect()
        }
        Deprel::Conj => object_of_noun(scene, head),
        _ => Vec::new(),
    }
}

/// What a relative pronoun stands for: the noun its clause hangs on.
fn antecedent(scene: &Scene, pronoun: TokenId) -> Option<TokenId> {
    let relative = matches!(scene.lemma(pronoun), "who" | "which" | "that" | "whom")
        && scene.token(pronoun).feats.has(Feats::PRON_REL)
        || matches!(scene.lower(pronoun).as_str(), "who" | "which");
    if !relative {
        return None;
    }
    scene
        .document
        .ancestors(pronoun)
        .find(|a| scene.token(*a).deprel == Deprel::AclRelcl)
        .and_then(|a| scene.token(a).head)
}
