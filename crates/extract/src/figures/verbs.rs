//! Whom does a verb harm? Follows voice, control and coordination from a group to the verbs that it is an argument of.

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, NumberKind, TokenId};
use evidence::mention::MentionKind;
use evidence::{Category, Harm};

use super::group::{Group, What};
use super::harm::Found;
use super::lexicon::{Effect, Needs, Victim};
use super::losses;
use super::view::View;

/// A group's part in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Object,
    Subject,
    PassiveSubject,
    Oblique,
}

/// Object of "kill", subject of "die", subject of "were killed": in any voice, through control and coordination.
pub(super) fn victim_of_verb(view: &View, group: &Group) -> Vec<Found> {
    for (verb, role) in roles(view, group) {
        let mut out = Vec::new();
        for (v, r) in predicates(view, verb, role) {
            out.extend(effect(view, group, v, r));
            // "left 1,000 dead and hundreds of people displaced": the state beside the group is its own.
            if out.last().is_some_and(|f| f.rule == "result") {
                break;
            }
        }
        if !out.is_empty() {
            return out;
        }
    }
    Vec::new()
}

/// The parts a token plays, its own first, then those of what it is coordinated with or apposed to.
fn roles(view: &View, group: &Group) -> Vec<(TokenId, Role)> {
    let head = group.head;
    let (mut out, mut t) = (Vec::new(), head);
    for _ in 0..6 {
        let Some(parent) = view.head(t) else { break };
        match view.rel(t) {
            // "Two were killed and four others … wounded": what stands behind the verb is none of its subjects.
            Deprel::NsubjPass | Deprel::Nsubj if t != head && t < parent && parent < head => {}
            // A second subject behind the verb belongs to another clause, left without its verb.
            Deprel::NsubjPass | Deprel::Nsubj
                if t > parent && view.scene.children_of(parent, "nsubj").any(|s| s < parent) => {}
            Deprel::NsubjPass | Deprel::CsubjPass => out.push((parent, Role::PassiveSubject)),
            Deprel::Nsubj | Deprel::NsubjOuter => out.push((parent, Role::Subject)),
            Deprel::Obj | Deprel::Iobj => out.push((parent, Role::Object)),
            // What stands before a passive verb without a "by" is no agent, whatever the parse says.
            Deprel::OblAgent if t < parent && !view.has(t, "case") => out.push((parent, Role::PassiveSubject)),
            Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod if !view.has(t, "case") => {
                out.push((parent, Role::Oblique))
            }
            // "two civilians, a woman and a boy": an apposition without a number counts nobody anew.
            Deprel::Appos if group.article => {}
            // "a group of 60 fighters was killed"
            Deprel::Nmod if view.scene.has_case(t, &["of"]) && is_collective(view, parent) => {
                t = parent;
                continue;
            }
            Deprel::Conj | Deprel::Appos | Deprel::Flat if view.scene.is_nominal(parent) => {
                t = parent;
                continue;
            }
            _ => {}
        }
        break;
    }
    out
}

/// Whether a noun only says that those after its "of" are together.
fn is_collective(view: &View, noun: TokenId) -> bool {
    let words = ["group", "total", "crowd", "team", "contingent", "unit", "gang", "band", "convoy", "patrol"];
    words.contains(&view.word(noun))
}

/// The verbs that share this argument: complements it controls, and verbs coordinated without an argument of their own.
pub(super) fn predicates(view: &View, verb: TokenId, role: Role) -> Vec<(TokenId, Role)> {
    let mut out = vec![(verb, role)];
    let mut i = 0;
    while i < out.len() && out.len() < 8 {
        let (v, r) = out[i];
        i += 1;
        for &c in view.children(v) {
            let next = match view.rel(c) {
                // "are believed to have died", "forced 300 to flee", "left 30 wounded"
                // But not "a reporter saw the wounded being treated": whoever sees suffers nothing.
                Deprel::Ccomp if r == Role::Subject && !passive(view, v) => None,
                Deprel::Xcomp | Deprel::Ccomp if !view.has(c, "nsubj") => {
                    if view.scene.has_case(c, &["to"]) || r != Role::Object {
                        Some(if passive(view, c) { Role::PassiveSubject } else { Role::Subject })
                    } else {
                        Some(Role::PassiveSubject)
                    }
                }
                Deprel::Conj if r != Role::Object && !view.has(c, "nsubj") && !number_between(view, v, c) => {
                    Some(if passive(view, c) || r == Role::PassiveSubject && !view.has(c, "obj") {
                        Role::PassiveSubject
                    } else {
                        Role::Subject
                    })
                }
                _ => None,
            };
            out.extend(next.map(|n| (c, n)));
        }
        // "killing and wounding over 40": the object may hang on either verb.
        if r == Role::Object && i == 1 {
            if let Some(first) = view.head(v).filter(|h| {
                view.rel(v) == Deprel::Conj && *h < v && !view.has(*h, "obj") && !number_between(view, *h, v)
            }) {
                out.push((first, Role::Object));
            }
            let later = view.children(v).iter().copied();
            let close = |c: &TokenId| {
                view.rel(*c) == Deprel::Conj && *c <= v + 3 && !view.has(*c, "obj") && !has_number(view, *c)
            };
            out.extend(later.filter(close).map(|c| (c, Role::Object)));
        }
    }
    out
}

pub(super) fn has_number(view: &View, t: TokenId) -> bool {
    view.children(t).iter().any(|c| view.scene.token(*c).upos == Upos::Num)
}

/// Whether a number stands between two verbs: then the second has those it befell for itself.
fn number_between(view: &View, from: TokenId, to: TokenId) -> bool {
    let span = view.scene.token(from.min(to)).span.join(view.scene.token(from.max(to)).span);
    let document = view.scene.document;
    let counts = |n: &evidence::document::Number| n.kind == NumberKind::Cardinal && span.contains(n.bare);
    let dated = |n: &evidence::document::Number| document.times.iter().any(|t| t.span.overlaps(n.bare));
    document.numbers.iter().any(|n| counts(n) && !dated(n))
}

/// What a verb (or a state used as one) does to a group that plays a role in its clause.
pub(super) fn effect(view: &View, group: &Group, v: TokenId, role: Role) -> Vec<Found> {
    let word = view.word(v);
    let (object, subject) = (is_object(view, v, role), matches!(role, Role::Subject) && !passive(view, v));
    let befalls = |e: &Effect| {
        let people = match e.needs {
            Needs::Any => group.may_be_people(),
            Needs::Known => group.is_people() || group.what == What::Understood,
            // "lost 12 men"; "Norland lost three" only of a force or a side.
            Needs::Named => {
                let bare = group.what == What::Understood && view.lemma(v) == "lose" && is_side(view, v);
                group.is_people() && !group.article || bare
            }
        };
        people
            && match e.of {
                Victim::Object => object,
                Victim::Subject => subject || role == Role::PassiveSubject,
            }
    };
    let single = view.lexicon.effects(word).iter().filter(|e| befalls(e)).map(|e| (e.harm, "victim-of-verb"));
    let mut out: Vec<Found> = single.map(|(harm, rule)| Found { harm, by: v, rule }).collect();
    if out.is_empty() {
        out = phrase(view, v, &befalls);
    }
    if out.is_empty() && view.lexicon.brings_about(word) && object && group.may_be_people() {
        out = result(view, group, v);
    }
    if out.is_empty() && matches!(role, Role::Subject | Role::PassiveSubject | Role::Oblique) && group.may_be_people() {
        // "30 are dead", "two remain missing", headlines without a verb: "30 dead in strike".
        let state = view
            .lexicon
            .state(word)
            .filter(|_| view.has(v, "cop") || view.rel(v) == Deprel::Xcomp || role == Role::Oblique);
        out.extend(state.map(|harm| Found { harm, by: v, rule: "state-of-subject" }));
    }
    if out.is_empty() && group.is_people() && object {
        out = custody(view, v);
    }
    if out.is_empty() && object {
        out = holding(view, group, v);
    }
    out
}

/// Whether the subject of a verb is a force or a side of the conflict.
fn is_side(view: &View, verb: TokenId) -> bool {
    let subject = view.scene.children_of(verb, "nsubj").next().and_then(|s| view.scene.mention(s));
    subject.is_some_and(|m| matches!(m.kind, MentionKind::Force | MentionKind::Party) && !m.parties.is_empty())
}

/// Whether the role is that of the one it is done to.
fn is_object(view: &View, v: TokenId, role: Role) -> bool {
    match role {
        Role::Object => !passive(view, v) || view.rel(v).is("acl"),
        Role::PassiveSubject => true,
        // A headline's "54 killed in clash": a bare participle without an object, whatever the parse calls its subject.
        Role::Subject => passive(view, v) || bare_participle(view, v) && !takes_object(view, v),
        Role::Oblique => false,
    }
}

fn bare_participle(view: &View, v: TokenId) -> bool {
    let form = view.lexicon.form(view.word(v)).unwrap_or_default();
    form.participle && !view.has(v, "obj") && !view.has(v, "ccomp") && !view.has(v, "aux")
}

/// Whether an object seems to follow: a number or a determiner right behind, and no "was" before.
pub(super) fn takes_object(view: &View, v: TokenId) -> bool {
    let be = view
        .children(v)
        .iter()
        .any(|c| view.rel(*c).is("aux") && *c < v && !matches!(view.word(*c), "have" | "has" | "had"));
    let next = view.after(v).filter(|t| view.scene.token(*t).upos != Upos::Punct);
    let opens = |t: TokenId| {
        matches!(view.scene.token(t).upos, Upos::Num | Upos::Det)
            || view.word(t) == "its"
            || view.word(t) == "their"
            || view
                .scene
                .document
                .numbers
                .iter()
                .any(|n| n.kind == NumberKind::Cardinal && n.span.start() == view.scene.token(t).span.start())
    };
    !be && next.is_some_and(opens)
}

pub(super) fn passive(view: &View, v: TokenId) -> bool {
    let child = |d| view.children(v).iter().any(|c| view.rel(*c) == d);
    let be = |c: &TokenId| {
        view.rel(*c).is("aux") && matches!(view.word(*c), "was" | "were" | "been" | "is" | "are" | "being" | "be")
    };
    let participle = view.lexicon.form(view.word(v)).is_some_and(|f| f.participle);
    let marked = child(Deprel::NsubjPass) || view.scene.token(v).feats.has(Feats::VOICE_PASS);
    child(Deprel::AuxPass) || participle && view.children(v).iter().any(be) || marked && !child(Deprel::Obj)
}

/// "lost their lives", "taken to hospital": a verb and another word of its clause.
fn phrase(view: &View, v: TokenId, befalls: &dyn Fn(&Effect) -> bool) -> Vec<Found> {
    let lemma = view.lemma(v);
    let near = clause(view, v);
    let fits =
        view.lexicon.phrases.iter().find(|p| {
            p.verbs.contains(lemma) && befalls(&p.effect) && near.iter().any(|t| p.with.contains(view.word(*t)))
        });
    fits.map(|p| Found { harm: p.effect.harm, by: v, rule: "verb-phrase" }).into_iter().collect()
}

/// The words below a verb without its coordinated and subordinate clauses, and its particle.
fn clause(view: &View, v: TokenId) -> Vec<TokenId> {
    let cut: Vec<TokenId> = view
        .children(v)
        .iter()
        .copied()
        .filter(|c| {
            matches!(view.rel(*c).base(), "conj" | "parataxis" | "nsubj" | "ccomp") || view.rel(*c) == Deprel::AclRelcl
        })
        .collect();
    let sentence = view.sentence(v);
    let mut out: Vec<TokenId> =
        view.scene.document.subtree_without(v, &cut).into_iter().filter(|t| *t > v && *t < v + 16).collect();
    let next = (v + 1..sentence.end.min(v + 5)).take_while(|t| !view.is_punctuation(*t));
    out.extend(next);
    // "were being treated"
    out.extend(view.scene.children_of(v, "aux").filter(|c| view.word(*c) == "being"));
    out
}

/// "left 30 people dead", "was found dead", "shot dead five".
fn result(view: &View, group: &Group, v: TokenId) -> Vec<Found> {
    let sentence = view.sentence(v);
    let after = (group.last + 1).max(v + 1)..sentence.end.min((group.last + 1).max(v + 1) + 10);
    let between = (v + 1).min(group.first)..group.first.max(v + 1);
    let stops =
        |t: &TokenId| matches!(view.word(*t), "," | ";" | ":" | "." | "who" | "that" | "which" | "when" | "after");
    let mut out = Vec::new();
    // "shot dead five": before the group only if no other number stands there.
    let numbered = between.clone().any(|t| view.scene.token(t).upos == Upos::Num || view.word(t) == "and");
    let before = between.filter(|_| !numbered);
    for t in after.take_while(|t| !stops(t)).chain(before) {
        let state = view.lexicon.state(view.word(t));
        let counts_its_own = t > group.last
            && view.children(t).iter().any(|c| view.scene.token(*c).upos == Upos::Num && *c > group.last && *c < t);
        if let Some(harm) = state.filter(|_| !counts_its_own && (t > group.last || t < group.first)) {
            out.push(Found { harm, by: t, rule: "result" });
            let and = view.after(t).filter(|n| matches!(view.word(*n), "and" | "or"));
            let second = and.and_then(|n| view.after(n)).filter(|n| !takes_object(view, *n));
            if second.is_none_or(|n| view.lexicon.state(view.word(n)).is_none()) {
                break;
            }
        }
    }
    out
}

/// "The army holds 18 of them", "we are holding 70 more": a side holds fighters, or more of those told of before.
fn holding(view: &View, group: &Group, v: TokenId) -> Vec<Found> {
    let more = view.after(group.number).is_some_and(|t| matches!(view.word(t), "more" | "others" | "of"));
    let fighters = group.what == What::People(Category::Military) || group.what == What::Understood && more;
    let side = || losses::subject_of(view, v).and_then(|s| view.scene.mention(s));
    let we = losses::subject_of(view, v).is_some_and(|s| view.word(s) == "we");
    let holds = view.lemma(v) == "hold"
        && fighters
        && !group.article
        && (we || side().is_some_and(|m| m.kind.acts() && !m.parties.is_empty()));
    holds.then_some(Found { harm: Harm::Captured, by: v, rule: "holding" }).into_iter().collect()
}

/// People released or exchanged as prisoners.
fn custody(view: &View, v: TokenId) -> Vec<Found> {
    let words = &view.lexicon.custody;
    let told = words.verbs.contains(view.lemma(v)) && view.sentence(v).any(|t| words.words.contains(view.word(t)));
    told.then_some(Found { harm: Harm::Captured, by: v, rule: "prisoners-let-go" }).into_iter().collect()
}
