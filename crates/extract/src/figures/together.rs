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
    let harming = |t: &TokenId| !view.lexicon.effects(view.word(*t)).is_empty() && view.scene.is_verb(*t);
    let above = view.scene.document.ancestors(group.head).take(5).find(harming);
    // The parse may hang it elsewhere: the last verb of harm before it in its clause.
    let sentence = view.sentence(group.first);
    let clause = (sentence.start..group.first).rev().take_while(|t| !matches!(view.word(*t), ";" | "." | ":"));
    let Some(verb) = above.or_else(|| clause.into_iter().find(harming)) else { return Vec::new() };
    let mut found = effect(view, group, verb, role(view, group, verb));
    for f in &mut found {
        f.rule = "together";
    }
    found
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
    let suffered = view.lexicon.effects(view.word(verb)).iter().any(|e| e.of == Victim::Object);
    match () {
        () if passive(view, verb) => Role::PassiveSubject,
        // "Soldiers, along with 200 policemen, arrested the mayor": beside the subject.
        () if group.first < verb => Role::Subject,
        () if suffered => Role::Object,
        () => Role::Subject,
    }
}
