//! Whom did it befall together with others? "along with two guards", "in addition to five patients", "as well as 50 men".

use evidence::document::TokenId;

use super::group::Group;
use super::harm::Found;
use super::lexicon::Victim;
use super::verbs::{Role, effect, passive};
use super::view::View;

/// Words that add a group to those that a verb befalls.
const ADDING: &[&[&str]] =
    &[&["along", "with"], &["together", "with"], &["in", "addition", "to"], &["as", "well", "as"], &["alongside"]];

/// What befell those whom the words before add to others: the same as befell these.
pub(super) fn together(view: &View, group: &Group) -> Vec<Found> {
    if !group.may_be_people() || !is_added(view, group) {
        return Vec::new();
    }
    let harms = |t: TokenId| {
        let found = if view.scene.is_verb(t) { effect(view, group, t, role(view, group, t)) } else { Vec::new() };
        Some(found).filter(|f| !f.is_empty())
    };
    let above = view.scene.document.ancestors(group.head).take(5).find_map(harms);
    // The parse may hang it elsewhere: the last verb of harm before it in its clause.
    let sentence = view.sentence(group.first);
    let mut clause = (sentence.start..group.first).rev().take_while(|t| !matches!(view.word(*t), ";" | "." | ":"));
    let found = above.or_else(|| clause.find_map(harms)).unwrap_or_default();
    found.into_iter().map(|f| Found { rule: "together", ..f }).collect()
}

fn is_added(view: &View, group: &Group) -> bool {
    let start = view.sentence(group.first).start;
    ADDING.iter().any(|words| {
        let from = group.first.checked_sub(words.len()).filter(|f| *f >= start);
        from.is_some_and(|f| words.iter().enumerate().all(|(n, w)| view.word(f + n) == *w))
    })
}

/// The part in the verb's clause of those whom the group is added to.
fn role(view: &View, group: &Group, verb: TokenId) -> Role {
    let single = view.lexicon.effects(view.word(verb)).iter().copied();
    let phrases = view.lexicon.phrases.iter().filter(|p| p.verbs.contains(view.lemma(verb))).map(|p| p.effect);
    let suffered = single.chain(phrases).any(|e| e.of == Victim::Object);
    match () {
        () if passive(view, verb) => Role::PassiveSubject,
        // "Soldiers, along with 200 policemen, arrested the mayor": beside the subject.
        () if group.first < verb => Role::Subject,
        () if suffered => Role::Object,
        () => Role::Subject,
    }
}
