//! What befell those counted? Named rules from the grammatical function of a group to a harm, tried in order.

use evidence::Harm;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, NumberKind, TokenId};
use evidence::mention::MentionKind;

use super::group::{Group, What, harm_of_noun};
use super::lexicon::{Effect, Event, Needs, Victim};
use super::reality;
use super::view::View;

/// A harm found for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) harm: Harm,
    /// The word that tells it.
    pub(super) by: TokenId,
    pub(super) rule: &'static str,
}

/// A group's part in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Object,
    Subject,
    PassiveSubject,
    Oblique,
}

type Rule = fn(&View, &Group) -> Vec<Found>;

/// The rules, in the order in which they are tried; the first that finds something wins.
const RULES: &[Rule] = &[counted, headline, right_after_verb, victim_of_verb, among, victim_of_event, described, beside, prisoners_listed];

/// What befell the people of a group, by its own clause; empty if that does not say.
pub(super) fn harms(view: &View, group: &Group) -> Vec<Found> {
    if group.what == What::Thing {
        return Vec::new();
    }
    let mut found = RULES.iter().map(|rule| rule(view, group)).find(|f| !f.is_empty()).unwrap_or_default();
    found.retain(|f| reality::is_told_as_fact(view, f.by) && !(is_custody(f.harm) && reality::is_wished(view, f.by)));
    found.dedup_by_key(|f| f.harm);
    // "killed and wounded 40": the number is that of both together, told under the first.
    let both = |f: &Found| matches!(f.harm, Harm::Killed | Harm::Wounded);
    if found.len() > 1 && found.iter().all(both) {
        found.truncate(1);
    }
    found
}

/// Harms that can be undone, so that a demand may name them ("demanded the release of 30 prisoners").
fn is_custody(harm: Harm) -> bool {
    matches!(harm, Harm::Captured | Harm::Detained | Harm::Abducted)
}

/// "22 dead", "17 deaths", "20 bodies", "40 dead and wounded".
fn counted(view: &View, group: &Group) -> Vec<Found> {
    let mut out: Vec<Found> =
        harm_of_noun(view, group).into_iter().map(|(harm, by, rule)| Found { harm, by, rule }).collect();
    let Some(noun) = group.noun.filter(|_| !out.is_empty()) else { return out };
    if noun != group.head {
        // "two of the wounded died": what befell the two comes first.
        let own = victim_of_verb(view, &Group { what: What::Understood, ..group.clone() });
        if own.first().is_some_and(|f| f.rule == "victim-of-verb") {
            return own;
        }
    }
    if group.what == What::Harm && view.lexicon.state(view.word(noun)).is_some() {
        // "dead and wounded", "killed or injured": one number, two harms.
        let joined = view.after(noun).filter(|t| matches!(view.word(*t), "and" | "or" | "/")).and_then(|t| view.after(t));
        let second = joined.and_then(|t| view.lexicon.state(view.word(t)).map(|h| (t, h)));
        out.extend(second.map(|(by, harm)| Found { harm, by, rule: "counted-state" }));
    }
    out
}

/// "6 citizens killed, 22 injured": a participle behind the group, and another number with its own behind that.
fn headline(view: &View, group: &Group) -> Vec<Found> {
    let Some(t) = view.after(group.last).filter(|_| group.may_be_people()) else { return Vec::new() };
    let Some(harm) = view.lexicon.state(view.word(t)) else { return Vec::new() };
    let end = view.sentence(t).end;
    let next = (t + 1..end.min(t + 3)).find(|n| !view.is_punctuation(*n));
    let number = next.filter(|n| view.scene.token(*n).upos == Upos::Num);
    let told = number.is_some_and(|n| (n + 1..end.min(n + 4)).any(|s| view.lexicon.state(view.word(s)).is_some()));
    if told { vec![Found { harm, by: t, rule: "headline" }] } else { Vec::new() }
}

/// "killing 12", "wounded dozens": the verb stands right before the number, whatever the parse makes of it.
fn right_after_verb(view: &View, group: &Group) -> Vec<Found> {
    let Some(verb) = view.before(group.first).filter(|_| group.may_be_people()) else { return Vec::new() };
    let told_after = view.after(group.last).is_some_and(|t| view.lexicon.state(view.word(t)).is_some());
    let needs = |e: &&Effect| {
        let named = e.needs != Needs::Named || !group.article;
        e.of == Victim::Object && (e.needs == Needs::Any || group.is_people() && named)
    };
    let effect = view.lexicon.effects(view.word(verb)).iter().find(needs).filter(|_| !told_after && !passive(view, verb));
    // "killing and wounding 40": told under the first.
    let first = view.before(verb).filter(|t| matches!(view.word(*t), "and" | "or")).and_then(|t| view.before(t));
    let joint = first.and_then(|t| Some((t, view.lexicon.effects(view.word(t)).iter().find(needs)?)));
    let (by, harm) = (joint.map_or(verb, |(t, _)| t), effect.map(|e| joint.map_or(e.harm, |(_, first)| first.harm)));
    harm.map(|harm| Found { harm, by, rule: "right-after-verb" }).into_iter().collect()
}

/// Object of "kill", subject of "die", subject of "were killed": in any voice, through control and coordination.
fn victim_of_verb(view: &View, group: &Group) -> Vec<Found> {
    for (verb, role) in roles(view, group) {
        let mut out = Vec::new();
        for (v, r) in predicates(view, verb, role) {
            out.extend(effect(view, group, v, r));
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
            Deprel::NsubjPass | Deprel::Nsubj if t > parent && view.scene.children_of(parent, "nsubj").any(|s| s < parent) => {}
            Deprel::NsubjPass | Deprel::CsubjPass => out.push((parent, Role::PassiveSubject)),
            Deprel::Nsubj | Deprel::NsubjOuter => out.push((parent, Role::Subject)),
            Deprel::Obj | Deprel::Iobj => out.push((parent, Role::Object)),
            // What stands before a passive verb without a "by" is no agent, whatever the parse says.
            Deprel::OblAgent if t < parent && !view.has(t, "case") => out.push((parent, Role::PassiveSubject)),
            Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod if !view.has(t, "case") => out.push((parent, Role::Oblique)),
            // "two civilians, a woman and a boy": an apposition without a number counts nobody anew.
            Deprel::Appos if group.article => {}
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

/// The verbs that share this argument: complements it controls, and verbs coordinated without an argument of their own.
fn predicates(view: &View, verb: TokenId, role: Role) -> Vec<(TokenId, Role)> {
    let mut out = vec![(verb, role)];
    let mut i = 0;
    while i < out.len() && out.len() < 8 {
        let (v, r) = out[i];
        i += 1;
        for &c in view.children(v) {
            let next = match view.rel(c) {
                // "are believed to have died", "forced 300 to flee", "left 30 wounded"
                Deprel::Xcomp | Deprel::Ccomp if !view.has(c, "nsubj") => {
                    if view.scene.has_case(c, &["to"]) || r != Role::Object {
                        Some(if passive(view, c) { Role::PassiveSubject } else { Role::Subject })
                    } else {
                        Some(Role::PassiveSubject)
                    }
                }
                Deprel::Conj if r != Role::Object && !view.has(c, "nsubj") && !number_between(view, v, c) => {
                    Some(if passive(view, c) || r == Role::PassiveSubject && !view.has(c, "obj") { Role::PassiveSubject } else { Role::Subject })
                }
                _ => None,
            };
            out.extend(next.map(|n| (c, n)));
        }
        // "killing and wounding over 40": the object may hang on either verb.
        if r == Role::Object && i == 1 {
            if let Some(first) = view.head(v).filter(|h| view.rel(v) == Deprel::Conj && *h < v && !view.has(*h, "obj") && !number_between(view, *h, v)) {
                out.push((first, Role::Object));
            }
            let later = view.children(v).iter().copied();
            let close = |c: &TokenId| view.rel(*c) == Deprel::Conj && *c <= v + 3 && !view.has(*c, "obj") && !has_number(view, *c);
            out.extend(later.filter(close).map(|c| (c, Role::Object)));
        }
    }
    out
}

fn has_number(view: &View, t: TokenId) -> bool {
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
fn effect(view: &View, group: &Group, v: TokenId, role: Role) -> Vec<Found> {
    let word = view.word(v);
    let (object, subject) = (is_object(view, v, role), matches!(role, Role::Subject) && !passive(view, v));
    let befalls = |e: &Effect| {
        let people = match e.needs {
            Needs::Any => group.may_be_people(),
            Needs::Known => group.is_people() || group.what == What::Understood,
            // "lost 12 men"; "Norland lost three" only of a force or a side.
            Needs::Named => group.is_people() && !group.article || group.what == What::Understood && is_side(view, v),
        };
        people && match e.of {
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
        let state = view.lexicon.state(word).filter(|_| view.has(v, "cop") || view.rel(v) == Deprel::Xcomp || role == Role::Oblique);
        out.extend(state.map(|harm| Found { harm, by: v, rule: "state-of-subject" }));
    }
    if out.is_empty() && group.is_people() && object {
        out = custody(view, v);
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
fn takes_object(view: &View, v: TokenId) -> bool {
    let be = view.children(v).iter().any(|c| view.rel(*c).is("aux") && *c < v && !matches!(view.word(*c), "have" | "has" | "had"));
    let next = view.after(v).filter(|t| view.scene.token(*t).upos != Upos::Punct);
    let opens = |t: TokenId| {
        matches!(view.scene.token(t).upos, Upos::Num | Upos::Det) || view.word(t) == "its" || view.word(t) == "their"
            || view.scene.document.numbers.iter().any(|n| n.kind == NumberKind::Cardinal && n.span.start() == view.scene.token(t).span.start())
    };
    !be && next.is_some_and(opens)
}

fn passive(view: &View, v: TokenId) -> bool {
    let child = |d| view.children(v).iter().any(|c| view.rel(*c) == d);
    let be = |c: &TokenId| view.rel(*c).is("aux") && matches!(view.word(*c), "was" | "were" | "been" | "is" | "are" | "being" | "be");
    let participle = view.lexicon.form(view.word(v)).is_some_and(|f| f.participle);
    let marked = child(Deprel::NsubjPass) || view.scene.token(v).feats.has(Feats::VOICE_PASS);
    child(Deprel::AuxPass) || participle && view.children(v).iter().any(be) || marked && !child(Deprel::Obj)
}

/// "lost their lives", "taken to hospital": a verb and another word of its clause.
fn phrase(view: &View, v: TokenId, befalls: &dyn Fn(&Effect) -> bool) -> Vec<Found> {
    let lemma = view.lemma(v);
    let near = clause(view, v);
    let fits = view.lexicon.phrases.iter().find(|p| {
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
        .filter(|c| matches!(view.rel(*c).base(), "conj" | "parataxis" | "nsubj" | "ccomp") || view.rel(*c) == Deprel::AclRelcl)
        .collect();
    let sentence = view.sentence(v);
    let mut out: Vec<TokenId> =
        view.scene.document.subtree_without(v, &cut).into_iter().filter(|t| *t > v && *t < v + 16).collect();
    let next = (v + 1..sentence.end.min(v + 5)).take_while(|t| !view.is_punctuation(*t));
    out.extend(next);
    out
}

/// "left 30 people dead", "was found dead", "shot dead five".
fn result(view: &View, group: &Group, v: TokenId) -> Vec<Found> {
    let sentence = view.sentence(v);
    let after = (group.last + 1).max(v + 1)..sentence.end.min((group.last + 1).max(v + 1) + 10);
    let between = (v + 1).min(group.first)..group.first.max(v + 1);
    let stops = |t: &TokenId| matches!(view.word(*t), "," | ";" | ":" | "." | "who" | "that" | "which" | "when" | "after");
    let mut out = Vec::new();
    // "shot dead five": before the group only if no other number stands there.
    let numbered = between.clone().any(|t| view.scene.token(t).upos == Upos::Num || view.word(t) == "and");
    let before = between.filter(|_| !numbered);
    for t in after.take_while(|t| !stops(t)).chain(before) {
        let state = view.lexicon.state(view.word(t)).or_else(|| view.lexicon.counted(view.word(t)).first().map(|c| c.harm));
        let counts_its_own = t > group.last && view.children(t).iter().any(|c| view.scene.token(*c).upos == Upos::Num && *c > group.last);
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

/// People released or exchanged as prisoners.
fn custody(view: &View, v: TokenId) -> Vec<Found> {
    let words = &view.lexicon.custody;
    let told = words.verbs.contains(view.lemma(v)) && view.sentence(v).any(|t| words.words.contains(view.word(t)));
    told.then_some(Found { harm: Harm::Captured, by: v, rule: "prisoners-let-go" }).into_iter().collect()
}

/// "exchanged prisoners: 40 soldiers and 12 fighters": a list behind a colon.
fn prisoners_listed(view: &View, group: &Group) -> Vec<Found> {
    let sentence = view.sentence(group.first);
    let words = &view.lexicon.custody;
    let colon = (sentence.start..group.first).rev().find(|t| view.word(*t) == ":").filter(|_| group.is_people());
    let noun = colon.and_then(|c| (sentence.start.max(c.saturating_sub(4))..c).find(|t| words.words.contains(view.word(*t))));
    let verb = noun.and_then(|n| (sentence.start..n).rev().take(6).find(|t| words.verbs.contains(view.lemma(*t))));
    let listed = colon.is_some_and(|c| (c + 1..group.first).all(|t| !view.scene.is_verb(t)));
    verb.filter(|_| listed).map(|by| Found { harm: Harm::Captured, by, rule: "prisoners-let-go" }).into_iter().collect()
}

/// "five children were among the dead", "among the dead were five children".
fn among(view: &View, group: &Group) -> Vec<Found> {
    if !group.may_be_people() {
        return Vec::new();
    }
    let sentence = view.sentence(group.head);
    let right = group.last + 1..sentence.end.min(group.last + 14);
    let left = sentence.start.max(group.first.saturating_sub(10))..group.first;
    let be = |t: TokenId| matches!(view.word(t), "was" | "were" | "is" | "are" | "be" | "been");
    let state_after = |t: TokenId, end: TokenId| {
        (t + 1..end.min(t + 8)).take_while(|s| !matches!(view.word(*s), "," | ";")).find_map(|s| Some((s, view.lexicon.state(view.word(s))?)))
    };
    for t in right.clone() {
        if view.word(t) == "among" && (be(t - 1) || t >= 2 && be(t - 2)) {
            return found(state_after(t, sentence.end), "among");
        }
        if view.word(t) == ";" {
            break;
        }
    }
    // "the dead included four children and a nurse"
    for t in left.clone() {
        let Some(harm) = view.lexicon.state(view.word(t)) else { continue };
        let verb = view.after(t).filter(|v| matches!(view.word(*v), "included" | "include" | "includes"));
        let in_list = |w: TokenId| !matches!(view.word(w), ";" | "." | "who" | "when") && !view.scene.is_verb(w);
        let list = |v: TokenId| (v + 1..group.first).all(in_list);
        let after_comma = group.article && (t..group.first).any(|w| view.word(w) == ",");
        if verb.is_some_and(list) && !after_comma {
            return found(Some((t, harm)), "among");
        }
    }
    for t in left.clone() {
        let comes_next = |b: TokenId| be(b) && b + 3 > group.first || be(b) && (b..group.first).any(|t| view.word(t) == "and");
        let broken = (t..group.first).any(|t| matches!(view.word(t), "," | ";" | "when" | "after"));
        let opens = view.word(t) == "among" && !broken && (t..group.first).any(comes_next);
        if opens && let Some(state) = state_after(t, group.first) {
            return found(Some(state), "among");
        }
    }
    Vec::new()
}

fn found(state: Option<(TokenId, Harm)>, rule: &'static str) -> Vec<Found> {
    state.map(|(by, harm)| Found { harm, by, rule }).into_iter().collect()
}

/// "the deaths of 12 people", "the killing and wounding of 40".
fn victim_of_event(view: &View, group: &Group) -> Vec<Found> {
    let mut t = group.head;
    for _ in 0..4 {
        let Some(parent) = view.head(t) else { return Vec::new() };
        if view.rel(t).is("nmod") && view.scene.has_case(t, &["of"]) {
            return event(view, group, parent);
        }
        if !matches!(view.rel(t), Deprel::Conj | Deprel::Appos) {
            break;
        }
        t = parent;
    }
    // The parse may hang it elsewhere: "the death of" right before.
    let of = view.before(group.first).filter(|t| view.word(*t) == "of");
    let noun = of.and_then(|t| view.before(t));
    noun.map_or(Vec::new(), |n| event(view, group, n))
}

fn event(view: &View, group: &Group, noun: TokenId) -> Vec<Found> {
    let fits = |needs: &Needs| match needs {
        Needs::Any => group.may_be_people(),
        Needs::Known | Needs::Named => group.is_people(),
    };
    let near = |e: &Event, t: TokenId| {
        let sentence = view.sentence(t);
        e.near.is_empty() || (sentence.start.max(t.saturating_sub(6))..sentence.end.min(t + 2)).any(|w| e.near.contains(view.lemma(w)))
    };
    let fitting = |t: TokenId| view.lexicon.events(view.word(t)).iter().find(|e| fits(&e.needs) && near(e, t));
    let one = |t: TokenId| fitting(t).map(|e| (t, e.harm));
    let mut out = found(one(noun), "victim-of-event");
    if !out.is_empty() {
        for c in view.children(noun).iter().filter(|c| view.rel(**c) == Deprel::Conj) {
            out.extend(found(one(*c).filter(|(c, _)| *c < group.first), "victim-of-event"));
        }
    }
    out
}

/// "30 people killed in the raid", "five who died", "20 wounded soldiers", "two missing men".
fn described(view: &View, group: &Group) -> Vec<Found> {
    if !group.may_be_people() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for t in [Some(group.head), group.noun].into_iter().flatten() {
        for &c in view.children(t) {
            match view.rel(c) {
                Deprel::Acl | Deprel::Amod | Deprel::Dep | Deprel::Appos | Deprel::Parataxis => {
                    let word = view.word(c);
                    let passive = view.lexicon.form(word).is_some_and(|f| f.participle);
                    // "30 dead trees": before an unknown noun the adjective proves nothing.
                    let proves = (c > t || group.what != What::Unknown) && !has_number(view, c);
                    if let Some(harm) = view.lexicon.state(word).filter(|_| proves) {
                        out.push(Found { harm, by: c, rule: "described" });
                    } else if passive {
                        out.extend(effect(view, group, c, Role::PassiveSubject));
                    } else if view.lexicon.form(word).is_some_and(|f| f.ing) {
                        out.extend(effect(view, group, c, Role::Subject));
                    }
                    let more = view.children(c).iter().filter(|d| view.rel(**d) == Deprel::Conj && !has_number(view, **d));
                    if !out.is_empty() {
                        out.extend(more.filter_map(|d| Some(Found { harm: view.lexicon.state(view.word(*d))?, by: *d, rule: "described" })));
                    }
                }
                Deprel::AclRelcl => out.extend(relative(view, group, c)),
                _ => {}
            }
            if !out.is_empty() {
                return out;
            }
        }
    }
    out
}

fn relative(view: &View, group: &Group, clause: TokenId) -> Vec<Found> {
    let is_relative = |c: &TokenId| matches!(view.word(*c), "who" | "that" | "which");
    let role = if view.children(clause).iter().any(|c| is_relative(c) && view.rel(*c).is("nsubj")) {
        if passive(view, clause) { Role::PassiveSubject } else { Role::Subject }
    } else if view.has(clause, "nsubj") && !view.has(clause, "obj") {
        Role::Object
    } else {
        return Vec::new();
    };
    predicates(view, clause, role).into_iter().flat_map(|(v, r)| effect(view, group, v, r)).collect()
}

/// The token behind the group, or behind what commas set off from it ("four others, including a girl, were wounded").
fn behind_parenthesis(view: &View, group: &Group) -> TokenId {
    let end = view.sentence(group.head).end;
    let from = group.last + 1;
    let opens = from + 1 < end && view.word(from) == "," && matches!(view.word(from + 1), "including" | "among" | "most" | "some" | "all" | "many" | "mostly");
    let close = (from + 2..end.min(from + 16)).find(|t| view.word(*t) == ",");
    close.filter(|_| opens).map_or(from, |t| t + 1)
}

/// Where the parse gives nothing: a harm right after the group ("54 … killed") or its active verb right before.
fn beside(view: &View, group: &Group) -> Vec<Found> {
    if !group.may_be_people() {
        return Vec::new();
    }
    let end = view.sentence(group.head).end;
    let from = behind_parenthesis(view, group);
    for t in from..end.min(from + 5) {
        let word = view.word(t);
        let form = view.lexicon.form(word).unwrap_or_default();
        let effect = view.lexicon.effects(word).first().copied();
        let active = (view.has(t, "obj") || takes_object(view, t)) && !passive(view, t);
        match effect {
            Some(e) if e.of == Victim::Object && form.participle && !active => {
                return vec![Found { harm: e.harm, by: t, rule: "beside" }];
            }
            Some(e) if e.of == Victim::Subject && !form.ing => return vec![Found { harm: e.harm, by: t, rule: "beside" }],
            _ => {}
        }
        if let Some(harm) = view.lexicon.state(word).filter(|_| !active) {
            return vec![Found { harm, by: t, rule: "beside" }];
        }
        let ahead = |words: &std::collections::BTreeSet<String>| (t + 1..end.min(t + 6)).any(|w| words.contains(view.word(w)));
        let phrase = view.lexicon.phrases.iter().find(|p| {
            let voice = if p.effect.of == Victim::Object { form.participle && !active } else { !form.ing };
            let people = p.effect.needs == Needs::Any || group.is_people();
            people && voice && p.verbs.contains(view.lemma(t)) && ahead(&p.with)
        });
        if let Some(p) = phrase {
            return vec![Found { harm: p.effect.harm, by: t, rule: "beside" }];
        }
        let light = matches!(view.scene.token(t).upos, Upos::Aux | Upos::Adv)
            || view.lexicon.others.contains(word)
            || matches!(word, "people" | "persons" | "reported" | "confirmed" | "feared" | "believed" | "reportedly" | "allegedly" | "to" | "have");
        if !light {
            break;
        }
    }
    let before = (view.sentence(group.head).start..group.first).rev().take(2);
    for t in before {
        let word = view.word(t);
        let form = view.lexicon.form(word).unwrap_or_default();
        let verb = view.lexicon.effects(word).iter().find(|e| e.of == Victim::Object);
        let known = |e: &Effect| e.needs == Needs::Any || group.is_people() && !(group.article && e.needs == Needs::Named);
        if let Some(e) = verb.filter(|e| known(e) && !(form.participle && passive(view, t))) {
            return vec![Found { harm: e.harm, by: t, rule: "beside" }];
        }
        if view.scene.token(t).upos != Upos::Adv {
            break;
        }
    }
    Vec::new()
}
