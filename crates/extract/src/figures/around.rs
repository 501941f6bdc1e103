//! What do the words around a group say of it, besides its verb? Participles behind it, verbs right before it, lists.

use evidence::Harm;
use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;

use super::group::{Group, What};
use super::harm::{Found, found};
use super::lexicon::{Effect, Needs, Victim};
use super::verbs::{Role, effect, has_number, passive, predicates, takes_object};
use super::view::View;

/// "6 citizens killed, 22 injured": a participle behind the group, and another number with its own behind that.
pub(super) fn headline(view: &View, group: &Group) -> Vec<Found> {
    let Some(t) = view.after(group.last).filter(|_| group.may_be_people()) else { return Vec::new() };
    let Some(harm) = view.lexicon.state(view.word(t)) else { return Vec::new() };
    let end = view.sentence(t).end;
    let next = (t + 1..end.min(t + 3)).find(|n| !view.is_punctuation(*n));
    let number = next.filter(|n| view.scene.token(*n).upos == Upos::Num);
    let told = number.is_some_and(|n| (n + 1..end.min(n + 4)).any(|s| view.lexicon.state(view.word(s)).is_some()));
    if told { vec![Found { harm, by: t, rule: "headline" }] } else { Vec::new() }
}

/// "killing 12", "wounded dozens": the verb stands right before the number, whatever the parse makes of it.
pub(super) fn right_after_verb(view: &View, group: &Group) -> Vec<Found> {
    let Some(verb) = view.before(group.first).filter(|_| group.may_be_people()) else { return Vec::new() };
    let told_after = view.after(group.last).is_some_and(|t| view.lexicon.state(view.word(t)).is_some());
    let needs = |e: &&Effect| {
        let named = e.needs != Needs::Named || !group.article;
        e.of == Victim::Object && (e.needs == Needs::Any || group.is_people() && named)
    };
    let effect =
        view.lexicon.effects(view.word(verb)).iter().find(needs).filter(|_| !told_after && !passive(view, verb));
    // "killing and wounding 40": told under the first.
    let first = view.before(verb).filter(|t| matches!(view.word(*t), "and" | "or")).and_then(|t| view.before(t));
    let joint = first.and_then(|t| Some((t, view.lexicon.effects(view.word(t)).iter().find(needs)?)));
    let (by, harm) = (joint.map_or(verb, |(t, _)| t), effect.map(|e| joint.map_or(e.harm, |(_, first)| first.harm)));
    harm.map(|harm| Found { harm, by, rule: "right-after-verb" }).into_iter().collect()
}

/// "five children were among the dead", "among the dead were five children".
pub(super) fn among(view: &View, group: &Group) -> Vec<Found> {
    // "the wives of the five rebels were among the dead": not the rebels.
    let possessor = view.rel(group.head).is("nmod") && view.scene.has_case(group.head, &["of"]);
    if !group.may_be_people() || possessor {
        return Vec::new();
    }
    let sentence = view.sentence(group.head);
    let right = group.last + 1..sentence.end.min(group.last + 14);
    let left = sentence.start.max(group.first.saturating_sub(10))..group.first;
    let be = |t: TokenId| matches!(view.word(t), "was" | "were" | "is" | "are" | "be" | "been");
    let state_after = |t: TokenId, end: TokenId| {
        (t + 1..end.min(t + 8))
            .take_while(|s| !matches!(view.word(*s), "," | ";"))
            .find_map(|s| Some((s, view.lexicon.state(view.word(s))?)))
    };
    for t in right.clone() {
        // "five were among the dead", "there were five among the dead"
        let there = t == group.last + 1 && (sentence.start..group.first).rev().take(2).any(be);
        if view.word(t) == "among" && (be(t - 1) || t >= 2 && be(t - 2) || there) {
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
        let comes_next =
            |b: TokenId| be(b) && b + 3 > group.first || be(b) && (b..group.first).any(|t| view.word(t) == "and");
        let broken = (t..group.first).any(|t| matches!(view.word(t), "," | ";" | "when" | "after"));
        let opens = view.word(t) == "among" && !broken && (t..group.first).any(comes_next);
        if opens && let Some(state) = state_after(t, group.first) {
            return found(Some(state), "among");
        }
    }
    Vec::new()
}

/// "30 people killed in the raid", "five who died", "20 wounded soldiers", "two missing men".
pub(super) fn described(view: &View, group: &Group) -> Vec<Found> {
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
                    let more =
                        view.children(c).iter().filter(|d| view.rel(**d) == Deprel::Conj && !has_number(view, **d));
                    if !out.is_empty() {
                        out.extend(more.filter_map(|d| {
                            Some(Found { harm: view.lexicon.state(view.word(*d))?, by: *d, rule: "described" })
                        }));
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

/// Where the parse gives nothing: a harm right after the group ("54 … killed") or its active verb right before.
pub(super) fn beside(view: &View, group: &Group) -> Vec<Found> {
    if !group.may_be_people() {
        return Vec::new();
    }
    let found = harmed_behind(view, group).or_else(|| harmed_before(view, group));
    found.map(|(harm, by)| Found { harm, by, rule: "beside" }).into_iter().collect()
}

/// "54 were reportedly killed", "30 others died", "12 have lost their lives".
fn harmed_behind(view: &View, group: &Group) -> Option<(Harm, TokenId)> {
    let end = view.sentence(group.head).end;
    let from = behind_parenthesis(view, group);
    for t in from..end.min(from + 5) {
        let word = view.word(t);
        let form = view.lexicon.form(word).unwrap_or_default();
        let known = |e: &&Effect| match e.needs {
            Needs::Any => true,
            Needs::Known => group.is_people() || group.what == What::Understood,
            Needs::Named => group.is_people(),
        };
        let effect = view.lexicon.effects(word).iter().find(known);
        let active = (view.has(t, "obj") || takes_object(view, t)) && !passive(view, t);
        let suffers = |e: &&Effect| match e.of {
            Victim::Object => form.participle && !active,
            Victim::Subject => !form.ing,
        };
        let told = effect.filter(suffers).map(|e| e.harm).or_else(|| view.lexicon.state(word).filter(|_| !active));
        let phrase = || {
            view.lexicon.phrases.iter().find(|p| {
                let voice = if p.effect.of == Victim::Object { form.participle && !active } else { !form.ing };
                let ahead = (t + 1..end.min(t + 6)).any(|w| p.with.contains(view.word(w)));
                let people = p.effect.needs == Needs::Any || group.is_people();
                people && voice && p.verbs.contains(view.lemma(t)) && ahead
            })
        };
        if let Some(harm) = told.or_else(|| phrase().map(|p| p.effect.harm)) {
            return Some((harm, t));
        }
        if !is_light(view, t) {
            break;
        }
    }
    None
}

/// Whether a word may stand between those counted and what befell them.
fn is_light(view: &View, t: TokenId) -> bool {
    const LIGHT: &[&str] =
        &["people", "persons", "reported", "confirmed", "feared", "believed", "reportedly", "allegedly", "to", "have"];
    let word = view.word(t);
    matches!(view.scene.token(t).upos, Upos::Aux | Upos::Adv)
        || view.lexicon.others.contains(word)
        || LIGHT.contains(&word)
}

/// "killed at least 54", "driven 11 million from their homes".
fn harmed_before(view: &View, group: &Group) -> Option<(Harm, TokenId)> {
    let sentence = view.sentence(group.head);
    for t in (sentence.start..group.first).rev().take(2) {
        let word = view.word(t);
        let phrase = view.lexicon.phrases.iter().find(|p| {
            let people = p.effect.needs == Needs::Any || group.is_people();
            let ahead = (group.last + 1..sentence.end.min(group.last + 5)).any(|w| p.with.contains(view.word(w)));
            p.effect.of == Victim::Object && people && p.verbs.contains(view.lemma(t)) && ahead
        });
        if let Some(p) = phrase.filter(|_| view.scene.is_verb(t) && !passive(view, t)) {
            return Some((p.effect.harm, t));
        }
        let form = view.lexicon.form(word).unwrap_or_default();
        let verb = view.lexicon.effects(word).iter().find(|e| e.of == Victim::Object);
        let known =
            |e: &Effect| e.needs == Needs::Any || group.is_people() && !(group.article && e.needs == Needs::Named);
        if let Some(e) = verb.filter(|e| known(e) && !(form.participle && passive(view, t))) {
            return Some((e.harm, t));
        }
        if view.scene.token(t).upos != Upos::Adv {
            break;
        }
    }
    None
}

/// The token behind the group, or behind what commas set off from it ("four others, including a girl, were wounded").
fn behind_parenthesis(view: &View, group: &Group) -> TokenId {
    let end = view.sentence(group.head).end;
    let from = group.last + 1;
    let opens = from + 1 < end
        && matches!(view.word(from), "," | "-" | "–" | "—" | "(")
        && (matches!(view.word(from + 1), "including" | "among" | "most" | "some" | "all" | "many" | "mostly")
            || from + 3 < end && view.word(from + 2) == "of" && matches!(view.word(from + 3), "them" | "whom"));
    // "Three more, he said, died of their wounds."
    let end_of_insert = (from + 2..end.min(from + 7)).find(|t| view.word(*t) == ",");
    let says = |t: TokenId| view.lexicon.voice.says.contains(view.lemma(t)) || view.word(t) == "claimed";
    if let Some(close) = end_of_insert.filter(|c| view.word(from) == "," && (from + 1..*c).any(says)) {
        return close + 1;
    }
    let (open, text) = (view.word(from), &view.scene.article.text);
    let spaced = |t: TokenId| text[..view.scene.token(t).span.start()].ends_with(' ');
    let closes = |t: &TokenId| match open {
        "(" => view.word(*t) == ")",
        "-" => view.word(*t) == "-" && spaced(*t),
        _ => view.word(*t) == open,
    };
    let close = (from + 2..end.min(from + 16)).find(closes);
    close.filter(|_| opens).map_or(from, |t| t + 1)
}

/// "exchanged prisoners: 40 soldiers and 12 fighters": a list behind a colon.
pub(super) fn prisoners_listed(view: &View, group: &Group) -> Vec<Found> {
    let sentence = view.sentence(group.first);
    let words = &view.lexicon.custody;
    let colon = (sentence.start..group.first).rev().find(|t| view.word(*t) == ":").filter(|_| group.is_people());
    let noun =
        colon.and_then(|c| (sentence.start.max(c.saturating_sub(4))..c).find(|t| words.words.contains(view.word(*t))));
    let verb = noun.and_then(|n| (sentence.start..n).rev().take(6).find(|t| words.verbs.contains(view.lemma(*t))));
    let listed = colon.is_some_and(|c| (c + 1..group.first).all(|t| !view.scene.is_verb(t)));
    verb.filter(|_| listed).map(|by| Found { harm: Harm::Captured, by, rule: "prisoners-let-go" }).into_iter().collect()
}
