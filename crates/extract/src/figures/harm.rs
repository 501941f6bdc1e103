//! What befell those counted? Named rules from how a group stands in its sentence to a harm, tried in order.

use evidence::Harm;
use evidence::deprel::Deprel;
use evidence::document::TokenId;

use super::around::{among, beside, described, headline, prisoners_listed, right_after_verb};
use super::group::{Group, What};
use super::kind;
use super::lexicon::{Event, Needs};
use super::reality;
use super::together::together;
use super::verbs::{takes_object, victim_of_verb};
use super::view::View;

/// A harm found for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) harm: Harm,
    /// The word that tells it.
    pub(super) by: TokenId,
    pub(super) rule: &'static str,
}

type Rule = fn(&View, &Group) -> Vec<Found>;

/// The rules, in the order in which they are tried; the first that finds something wins.
const RULES: &[Rule] = &[
    counted,
    headline,
    right_after_verb,
    together,
    victim_of_verb,
    among,
    victim_of_event,
    described,
    beside,
    prisoners_listed,
];

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

/// "14 dead", "17 deaths", "30 bodies", "40 dead and wounded".
fn counted(view: &View, group: &Group) -> Vec<Found> {
    let mut out: Vec<Found> =
        kind::harm_of_noun(view, group).into_iter().map(|(harm, by, rule)| Found { harm, by, rule }).collect();
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
        let joined =
            view.after(noun).filter(|t| matches!(view.word(*t), "and" | "or" | "/")).and_then(|t| view.after(t));
        let second =
            joined.filter(|t| !takes_object(view, *t)).and_then(|t| view.lexicon.state(view.word(t)).map(|h| (t, h)));
        out.extend(second.map(|(by, harm)| Found { harm, by, rule: "counted-state" }));
    }
    out
}

/// "the deaths of 12 people", "the killing and wounding of 40".
fn victim_of_event(view: &View, group: &Group) -> Vec<Found> {
    // "the death of one and injury of 13": the words right before, whatever the parse makes of them.
    let of = view.before(group.first).filter(|t| view.word(*t) == "of");
    let right_before = of.and_then(|t| view.before(t)).map(|noun| event(view, group, noun)).unwrap_or_default();
    if !right_before.is_empty() {
        return right_before;
    }
    let mut t = group.head;
    for _ in 0..4 {
        let Some(parent) = view.head(t) else { return Vec::new() };
        // "the injury of six people and millions in losses": what is coordinated must be people too.
        let alike = t == group.head || group.is_people();
        if view.rel(t).is("nmod") && view.scene.has_case(t, &["of"]) && alike {
            return event(view, group, parent);
        }
        if !matches!(view.rel(t), Deprel::Conj | Deprel::Appos) {
            break;
        }
        // "the murder of the mayor and two of his guards", with the guards beside the murder in the parse.
        let of = |c: TokenId| c < group.first && view.scene.has_case(c, &["of"]);
        if group.is_people() && !view.lexicon.events(view.word(parent)).is_empty() {
            let whose = view.scene.children_of(parent, "nmod").any(of);
            return if whose { event(view, group, parent) } else { Vec::new() };
        }
        t = parent;
    }
    Vec::new()
}

fn event(view: &View, group: &Group, noun: TokenId) -> Vec<Found> {
    let fits = |needs: &Needs| match needs {
        Needs::Any => group.may_be_people(),
        Needs::Known | Needs::Named => group.is_people(),
    };
    let near = |e: &Event, t: TokenId| {
        let sentence = view.sentence(t);
        e.near.is_empty()
            || (sentence.start.max(t.saturating_sub(6))..sentence.end.min(t + 2))
                .any(|w| e.near.contains(view.lemma(w)))
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

pub(super) fn found(state: Option<(TokenId, Harm)>, rule: &'static str) -> Vec<Found> {
    state.map(|(by, harm)| Found { harm, by, rule }).into_iter().collect()
}
