//! Is a harm told as having happened? Not if negated, only possible, planned, threatened or under a condition.

use evidence::Harm;
use evidence::deprel::Deprel;
use evidence::document::TokenId;

use super::verbs::passive;
use super::view::View;

/// Whether the word of harm `by` is told as a fact (estimates with "may have" among them).
pub(super) fn is_told_as_fact(view: &View, by: TokenId) -> bool {
    if is_presupposed(view, by) {
        return true;
    }
    let event = !view.scene.is_verb(by) && !view.lexicon.events(view.word(by)).is_empty();
    if event && view.head(by).is_some_and(|h| is_irreal(view, h)) {
        return false;
    }
    let verb = governing_verb(view, by);
    let chain = std::iter::once(by).chain((verb != by).then_some(verb));
    chain.into_iter().all(|t| is_affirmed(view, t) && is_factual_infinitive(view, t)) && is_unconditional(view, by)
}

/// "Promised to punish those responsible for the murder of six priests", "if he is tried for the killing of ten": whatever
/// comes of it, the murder itself is spoken of as something that happened.
fn is_presupposed(view: &View, by: TokenId) -> bool {
    let definite = view.children(by).iter().any(|c| matches!(view.word(*c), "the" | "this" | "that" | "last"));
    let cases = ["for", "in", "about", "over", "after", "since", "following", "of", "into"];
    let event = !view.scene.is_verb(by) && view.lexicon.events(view.word(by)).iter().any(|e| e.harm == Harm::Killed);
    let Some(head) = view.head(by).filter(|_| event && definite && view.scene.has_case(by, &cases)) else {
        return false;
    };
    !is_irreal(view, head)
}

/// "Threatened the killing of 10 hostages", "plots for the murder of a general": not so, or not yet.
fn is_irreal(view: &View, head: TokenId) -> bool {
    // "tried for the killing of 10", "wanted for the murder of two"
    let sought = matches!(view.lemma(head), "try" | "want") && passive(view, head);
    let verb = view.scene.is_verb(head) && !sought;
    let word = view.word(head);
    verb && view.lexicon.irrealis.verbs.contains(view.lemma(head))
        || view.lexicon.irrealis.nouns.iter().any(|n| n == word || word.strip_suffix('s') == Some(n))
}

/// Whether it is only what somebody demands, plans or agrees to: "called for the release of 12 hostages".
pub(super) fn is_wished(view: &View, by: TokenId) -> bool {
    let verb = governing_verb(view, by);
    verb != by && view.lexicon.irrealis.verbs.contains(view.lemma(verb))
}

/// The verb whose clause a noun of harm stands in ("caused 20 deaths"), or the word itself.
fn governing_verb(view: &View, by: TokenId) -> TokenId {
    let mut t = by;
    for _ in 0..4 {
        if view.scene.is_verb(t) || view.has(t, "cop") || view.has(t, "aux") {
            break;
        }
        match view.head(t) {
            Some(h) if !view.rel(t).is("acl") && !view.rel(t).is("conj") => t = h,
            _ => break,
        }
    }
    t
}

fn is_affirmed(view: &View, verb: TokenId) -> bool {
    let children = view.children(verb);
    let negated = children.iter().any(|c| matches!(view.word(*c), "not" | "n't" | "n’t" | "never" | "no" | "without"));
    let modal = children
        .iter()
        .copied()
        .find(|c| view.rel(*c).is("aux") && view.lexicon.irrealis.modals.contains(view.word(*c)));
    let perfect = children
        .iter()
        .any(|c| view.rel(*c).is("aux") && matches!(view.word(*c), "have" | "has" | "had" | "'ve" | "’ve"));
    let possible = modal.is_some_and(|m| !(perfect && matches!(view.word(m), "may" | "might" | "must")));
    !negated && !possible
}

/// "to kill" tells a fact only after verbs like "forced", or as a perfect ("believed to have died").
fn is_factual_infinitive(view: &View, verb: TokenId) -> bool {
    let infinitive = view.children(verb).iter().any(|c| view.rel(*c) == Deprel::Mark && view.word(*c) == "to");
    let Some(head) = view.head(verb) else {
        // "Hamas is to free 33 hostages": the infinitive is the whole sentence.
        let be = view.children(verb).iter().any(|c| matches!(view.word(*c), "is" | "are") && *c < verb);
        return !(infinitive && be);
    };
    let gerund = view.rel(verb).is("xcomp") && view.lexicon.irrealis.verbs.contains(view.lemma(head))
        || view.scene.has_case(verb, &["for", "against", "of"])
            && view.lexicon.irrealis.verbs.contains(view.lemma(head))
            && !(matches!(view.lemma(head), "try" | "want") && passive(view, head));
    if !infinitive {
        return !gerund || view.lexicon.irrealis.factual.contains(view.lemma(head));
    }
    let perfect = view.children(verb).iter().any(|c| view.rel(*c).is("aux") && view.word(*c) == "have");
    let factual = view.lexicon.irrealis.factual.contains(view.lemma(head));
    perfect || factual && is_affirmed(view, head)
}

/// No "if" above it, and no threat or plan that it is the content of.
fn is_unconditional(view: &View, by: TokenId) -> bool {
    let mut t = by;
    for _ in 0..5 {
        let conditional =
            |c: &TokenId| view.rel(*c) == Deprel::Mark && view.lexicon.irrealis.conditions.contains(view.word(*c));
        let clause = matches!(view.rel(t).base(), "advcl" | "ccomp" | "root" | "xcomp" | "acl");
        if clause && view.children(t).iter().any(conditional) {
            return false;
        }
        match view.head(t) {
            Some(h) if !matches!(view.rel(t), Deprel::AclRelcl | Deprel::Parataxis) => t = h,
            _ => break,
        }
    }
    true
}
