//! What kind of people does a figure count, or are they people at all?

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Category, Harm};

use super::draft::Draft;
use super::group::{Group, What};
use super::view::View;
use super::{losses, share};

/// The category, from its own noun, the noun of the part ("two of them teachers"), its toll, or the figure it belongs to.
pub(super) fn category(view: &View, drafts: &[Draft], i: usize) -> Category {
    let group = &drafts[i].group;
    if let What::People(own) = group.what {
        return if own == Category::Unspecified && losses::military_loser(view, &drafts[i]) {
            Category::Military
        } else {
            own
        };
    }
    if let Some(c) = noun_after_pronoun(view, group) {
        return c;
    }
    if let Some(noun) = share::noun_of_copula(view, group) {
        let own = view.lexicon.people(view.word(noun)).map(|p| p.category);
        return view.lexicon.modifier(view.word(noun - 1), view.word(noun)).or(own).unwrap_or(Category::Unspecified);
    }
    if let Some(c) = of_harm_noun(view, &drafts[i]) {
        return c;
    }
    if losses::military_loser(view, &drafts[i]) {
        return Category::Military;
    }
    match drafts[i].host {
        Some((h, _)) if h != i && matches!(group.what, What::Understood | What::Harm) => {
            // "killed two children and wounded nine others": the others need not be children.
            let others = view.after(group.number).is_some_and(|t| view.word(t) == "others");
            let same = |c: &Category| !others || matches!(c, Category::Military | Category::Civilian);
            Some(category(view, drafts, h)).filter(same).unwrap_or(Category::Unspecified)
        }
        _ => more_of_the_same(view, drafts, i).unwrap_or(Category::Unspecified),
    }
}

/// "Six fighters were killed. Three more died on Saturday.": more of those whom the sentence before tells of.
fn more_of_the_same(view: &View, drafts: &[Draft], i: usize) -> Option<Category> {
    let more = view.after(drafts[i].group.number).is_some_and(|t| view.word(t) == "more");
    let sentence = |d: &Draft| view.scene.document.sentence_of(d.group.first);
    let before = i.checked_sub(1).map(|b| &drafts[b])?;
    let harm = |d: &Draft| d.found.first().map(|f| f.harm);
    let same = harm(before) == harm(&drafts[i]) && sentence(before) + 1 == sentence(&drafts[i]);
    (more && same && drafts[i].group.what == What::Understood).then(|| category(view, drafts, i - 1))
}

/// "two of them teachers", "one of whom was a doctor".
fn noun_after_pronoun(view: &View, group: &Group) -> Option<Category> {
    let end = view.sentence(group.number).end;
    let of = (group.number + 1 < end && view.word(group.number + 1) == "of").then_some(group.number + 2)?;
    let pronoun = (of < end && matches!(view.word(of), "them" | "whom" | "these" | "those")).then_some(of)?;
    for t in pronoun + 1..end.min(pronoun + 5) {
        if let Some(p) = view.lexicon.people(view.word(t)) {
            let more = t + 1 < end && view.lexicon.people(view.word(t + 1)).is_some();
            let noun = if more { t + 1 } else { t };
            let own = view.lexicon.people(view.word(noun)).unwrap_or(p).category;
            return Some(view.lexicon.modifier(view.word(noun - 1), view.word(noun)).unwrap_or(own));
        }
        if view.is_punctuation(t)
            || view.lexicon.form(view.word(t)).is_some() && !matches!(view.word(t), "was" | "were" | "are")
        {
            break;
        }
    }
    None
}

/// "civilian deaths", "the military toll", "the dead civilians".
fn of_harm_noun(view: &View, draft: &Draft) -> Option<Category> {
    let toll = draft.found.first().filter(|f| f.rule == "toll").map(|f| f.by);
    // "army losses at 43 dead"
    let from = view.sentence(draft.group.first).start.max(draft.group.first.saturating_sub(5));
    let losses = (from..draft.group.first).rev().find(|t| matches!(view.word(*t), "losses" | "casualties"));
    for noun in [toll, draft.group.noun, losses].into_iter().flatten() {
        let from = view.sentence(noun).start.max(noun.saturating_sub(3));
        for t in (from..noun).rev().take_while(|t| !view.is_punctuation(*t)) {
            let plain = view.lexicon.people(view.word(t)).map(|p| p.category).filter(|c| *c != Category::Unspecified);
            let force =
                view.scene.mention(t).is_some_and(|m| m.kind == MentionKind::Force).then_some(Category::Military);
            let modifier = || view.lexicon.modifier(view.word(t), view.word(noun));
            let whose = Some(noun) == losses || view.rel(t) == Deprel::NmodPoss;
            if let Some(c) = plain.or_else(modifier).or(force.filter(|_| whose)) {
                return Some(c);
            }
        }
        for c in view.scene.children_of(noun, "nmod").filter(|c| view.scene.has_case(*c, &["of", "among"])) {
            if let Some(p) = view.lexicon.people(view.word(c)) {
                return Some(p.category);
            }
        }
    }
    None
}

/// What a noun counts: by its words first, then by what it refers to.
pub(super) fn class(view: &View, noun: TokenId) -> What {
    let word = view.word(noun);
    if view.lexicon.others.contains(word) {
        return What::Understood;
    }
    if view.lexicon.state(word).is_some() {
        return What::Harm;
    }
    if let Some(people) = view.lexicon.people(word) {
        if !view.lexicon.counted(word).is_empty() && people.category == Category::Unspecified {
            return What::People(Category::Unspecified);
        }
        return What::People(of_noun(view, noun, people.category));
    }
    if !view.lexicon.counted(word).is_empty() {
        return What::Harm;
    }
    if view.lexicon.is_thing(word) {
        return What::Thing;
    }
    match view.scene.mention(noun).map(|m| m.kind) {
        Some(MentionKind::Force) => What::People(Category::Military),
        Some(MentionKind::Person | MentionKind::People) => What::People(of_noun(view, noun, Category::Unspecified)),
        Some(MentionKind::Party) if view.scene.token(noun).upos != Upos::Num => What::People(Category::Unspecified),
        Some(MentionKind::Place | MentionKind::Organisation | MentionKind::Source) => What::Thing,
        _ => What::Unknown,
    }
}

/// The category with what the words before the noun ("aid workers"), or "members of" a force after it, add.
fn of_noun(view: &View, noun: TokenId, own: Category) -> Category {
    let from = noun.saturating_sub(4).max(view.sentence(noun).start);
    let modifying = |t: &TokenId| view.head(*t) == Some(noun) || *t + 1 == noun;
    let word = view.word(noun);
    let modified = (from..noun).rev().filter(modifying).find_map(|t| view.lexicon.modifier(view.word(t), word));
    if let Some(c) = modified {
        return c;
    }
    if own == Category::Unspecified
        && let Some(c) = all_of_them(view, noun)
    {
        return c;
    }
    let armed = |c: TokenId| {
        view.scene.mention(c).is_some_and(|m| m.kind == MentionKind::Force || losses::is_armed_group(view, m))
    };
    let of_force = |c: &TokenId| view.scene.has_case(*c, &["of", "from"]) && armed(*c);
    let force_before =
        |c: &TokenId| matches!(view.rel(*c), Deprel::Compound | Deprel::Amod | Deprel::NmodPoss) && armed(*c);
    let military = own == Category::Unspecified
        && view.children(noun).iter().any(|c| of_force(c) || force_before(c))
        && matches!(
            view.lexicon.lemma(word),
            "member" | "man" | "personnel" | "officer" | "operative" | "staff" | "pilot" | "person"
        );
    if military { Category::Military } else { own }
}

/// "seven people, all of them civilians".
fn all_of_them(view: &View, noun: TokenId) -> Option<Category> {
    let end = view.sentence(noun).end;
    let word = |n: usize| (noun + n < end).then(|| view.word(noun + n));
    let all = word(1) == Some(",") && word(2) == Some("all");
    let named =
        (3..7).filter_map(|n| view.lexicon.people(word(n)?)).map(|p| p.category).find(|c| *c != Category::Unspecified);
    named.filter(|_| all)
}

/// The harm that the counted noun itself tells, with the rule's name.
pub(super) fn harm_of_noun(view: &View, group: &Group) -> Vec<(Harm, TokenId, &'static str)> {
    let Some(noun) = group.noun else { return Vec::new() };
    let word = view.word(noun);
    if let Some(harm) = view.lexicon.state(word).filter(|_| group.what == What::Harm) {
        return vec![(harm, noun, "counted-state")];
    }
    let sentence = view.sentence(noun);
    let near = |words: &std::collections::BTreeSet<String>| {
        words.is_empty()
            || (sentence.start.max(noun.saturating_sub(12))..sentence.end.min(noun + 13))
                .any(|t| words.contains(view.lemma(t)))
    };
    // "three dead bodies", wherever they are.
    let dead = |harm: Harm| noun > sentence.start && view.lexicon.state(view.word(noun - 1)) == Some(harm);
    let found = view.lexicon.counted(word).iter().find(|c| near(&c.near) || dead(c.harm));
    found.map(|c| (c.harm, noun, "counted-noun")).into_iter().collect()
}
