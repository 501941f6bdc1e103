//! What does a number leave unsaid? Parts of a total, and clauses that leave out their verb or noun, take it from the
//! figure they belong to.

use evidence::Harm;
use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;

use super::draft::{Draft, Tie};
use super::group::{Group, What};
use super::harm::Found;
use super::view::View;

/// Gives every group without a harm of its own that of the group it belongs to, and ties both together.
pub(super) fn share(view: &View, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let tie = shared_noun(view, drafts, i)
            .or_else(|| shared_verb(view, drafts, i))
            .or_else(|| part(view, drafts, i))
            .or_else(|| listed(view, drafts, i))
            .or_else(|| alike(view, drafts, i));
        let Some((host, tie, rule)) = tie else { continue };
        if rule == DESCRIBED_AGAIN {
            drafts[i].found.clear();
            continue;
        }
        // "one of them a girl": who the one is.
        let names_one = i > 0
            && drafts[i].group.article
            && drafts[i - 1].group.low == Some(1)
            && drafts[i - 1].group.what == What::Understood
            && drafts[i].group.first <= drafts[i - 1].group.last + 3
            && !(drafts[i - 1].group.last + 1..drafts[i].group.first)
                .any(|t| matches!(view.word(t), "and" | "killed" | "wounded" | "with"));
        if names_one {
            drafts[i].found.clear();
            continue;
        }
        // "killed 14, including three children fleeing the town": what befell them is what befell the others.
        let in_passing = tie == Tie::Part
            && drafts[i].found.first().is_some_and(|f| f.rule == "described" && f.harm == Harm::Displaced);
        if drafts[i].found.is_empty() || in_passing {
            let found = drafts[host].found.iter().map(|f| Found { rule, ..*f }).collect();
            drafts[i].found = found;
        }
        drafts[i].host = Some((host, tie));
        if rule == "shared-noun" {
            drafts[i].group.what = drafts[host].group.what;
            let adjective = view.before(drafts[host].group.first).and_then(|and| view.before(and));
            drafts[i].group.last = adjective.unwrap_or(0).max(drafts[i].group.last);
        }
    }
}

/// The mark of a list that only says who they were: "two civilians, a woman and a boy".
const DESCRIBED_AGAIN: &str = "described-again";

type Shared = Option<(usize, Tie, &'static str)>;

/// "seven Orrin and nine Veldanian soldiers": the first number counts the noun of the second.
fn shared_noun(view: &View, drafts: &[Draft], i: usize) -> Shared {
    let (here, next) = (&drafts[i].group, drafts.get(i + 1)?);
    let joint = view.before(next.group.first)?;
    let number_end = here.number.max(here.first);
    let plain =
        |t: TokenId| matches!(view.scene.token(t).upos, Upos::Adj | Upos::Propn | Upos::Noun) || view.word(t) == "-";
    let adjectives = number_end + 1 < joint && (number_end + 1..joint).all(plain) && joint <= number_end + 4;
    let bare = here
        .noun
        .is_none_or(|n| view.lexicon.people(view.word(n)).is_none() && view.lexicon.state(view.word(n)).is_none());
    let joined = matches!(view.word(joint), "and" | "or" | ",");
    let told = next.group.is_people() && !next.found.is_empty() && next.group.noun.is_some();
    (adjectives && bare && joined && told && here.what != What::Thing).then_some((i + 1, Tie::Alike, "shared-noun"))
}

/// "61 of its troops and four nurses had died": both are the subject of the verb that follows.
fn shared_verb(view: &View, drafts: &[Draft], i: usize) -> Shared {
    let (here, next) = (&drafts[i].group, drafts.get(i + 1)?);
    let verb = next.found.first().filter(|f| f.rule != "counted-state" && f.rule != "counted-noun")?.by;
    let joint = view.after(here.last).filter(|t| matches!(view.word(*t), "and" | "or" | ","))?;
    let adjacent = next.group.first == joint + 1 || next.group.first == joint + 2 && view.word(joint + 1) == "and";
    let fits =
        drafts[i].found.is_empty() && here.is_people() && next.group.is_people() && adjacent && verb > next.group.last;
    fits.then_some((i + 1, Tie::Alike, "shared-verb"))
}

/// "killed 13, eight soldiers and five civilians": a list right behind a total that sums up to it.
fn listed(view: &View, drafts: &[Draft], i: usize) -> Shared {
    let exact = |d: &Draft| d.group.low.filter(|l| d.group.high == Some(*l));
    let counted = |d: &Draft| d.group.is_people() && view.before(d.group.first).is_some();
    let open = |d: &Draft| {
        d.found.is_empty() || matches!(d.host, Some((_, Tie::Part | Tie::Alike))) || d.found[0].rule == "victim-of-verb"
    };
    let chained = |a: &Draft, b: &Draft| {
        let gap = (a.group.last + 1)..b.group.first;
        gap.len() <= 3 && gap.clone().all(|t| view.is_punctuation(t) || matches!(view.word(t), "and"))
    };
    if !counted(&drafts[i]) || !open(&drafts[i]) {
        return None;
    }
    // The list that this group stands in.
    let mut from = i;
    while from > 0 && counted(&drafts[from - 1]) && chained(&drafts[from - 1], &drafts[from]) {
        from -= 1;
    }
    let mut to = i + 1;
    while to < drafts.len() && counted(&drafts[to]) && chained(&drafts[to - 1], &drafts[to]) {
        to += 1;
    }
    for start in from..=i {
        let sum: u64 = drafts[start..to].iter().map(exact).sum::<Option<u64>>()?;
        let same = |h: &usize| view.sentence(drafts[start].group.first).contains(&drafts[*h].group.first);
        let host =
            (0..start).rev().filter(same).find(|h| !drafts[*h].found.is_empty() && exact(&drafts[*h]) == Some(sum));
        let numbered = drafts[start..to].iter().any(|d| !d.group.article);
        if let Some(h) = host.filter(|_| to - start > 1) {
            return Some((h, Tie::Part, if numbered { "listed" } else { DESCRIBED_AGAIN }));
        }
    }
    None
}

/// "including five children", "two of them teachers", "two of whom later died", "three critically".
fn part(view: &View, drafts: &[Draft], i: usize) -> Shared {
    let group = &drafts[i].group;
    let opening = view.before(group.first).map(|t| view.word(t));
    let two_before = view.before(group.first).and_then(|t| view.before(t)).map(|t| view.word(t));
    let including = matches!(opening, Some("including" | "include" | "includes" | "included"))
        || opening == Some("them") && two_before == Some("among")
        || matches!(opening, Some("them" | "these" | "those")) && two_before == Some("of")
        || opening == Some("whom") && matches!(two_before, Some("of" | "among"))
        || opening == Some("which") && two_before == Some("of");
    let next = |t: TokenId, n: usize| (t + n < view.sentence(t).end).then(|| view.word(t + n));
    // "ten people, eight soldiers among them"
    let among_them = next(group.last, 1) == Some("among") && matches!(next(group.last, 2), Some("them" | "those"));
    let including = including || among_them;
    let of_them = next(group.number, 1) == Some("of")
        && matches!(next(group.number, 2), Some("them" | "whom" | "these" | "those"));
    let manner = group.what == What::Understood
        && opening == Some(",")
        && (matches!(
            next(group.last, 1),
            Some("critically" | "seriously" | "severely" | "gravely" | "badly" | "fatally" | "lightly")
        ) || next(group.last, 1) == Some("in") && (2..5).any(|n| next(group.last, n) == Some("condition")));
    // "including 13 children and six women": the list goes on.
    let listed = matches!(opening, Some("and" | ","))
        && i > 0
        && group.is_people()
        && matches!(drafts[i - 1].host, Some((_, Tie::Part)))
        && drafts[i - 1].group.last + 2 >= group.first
        && drafts[i].found.is_empty();
    // "the toll stands at 35: 21 guards and 14 drivers"
    let itemised = opening == Some(":")
        && i > 0
        && drafts[i].found.is_empty()
        && group.is_people()
        && drafts[i - 1].group.last + 2 == group.first
        && !drafts[i - 1].found.is_empty();
    if itemised {
        return Some((i - 1, Tie::Part, "part"));
    }
    let copular = noun_of_copula(view, group).is_some()
        && (drafts[i].found.is_empty() || drafts[i].found[0].rule == "counted-state");
    if copular && drafts[i].found.is_empty() {
        return host(view, drafts, i, true).map(|h| (h, Tie::Part, "part"));
    }
    if !(including || of_them || manner || listed) || !group.may_be_people() {
        return None;
    }
    if listed && !(including || of_them || manner) {
        return drafts[i - 1].host.map(|(h, _)| (h, Tie::Part, "part"));
    }
    let host = host(view, drafts, i, of_them)?;
    Some((host, Tie::Part, "part"))
}

/// "12 were children", "eight of the dead were civilians": the noun for people that a bare number is said to be.
pub(super) fn noun_of_copula(view: &View, group: &Group) -> Option<TokenId> {
    // "two thirds of the 300 dead were civilians": not all of them.
    let before = view.before(group.first);
    let before = before.filter(|t| view.word(*t) == "the").map_or(before, |t| view.before(t));
    if before.is_some_and(|t| view.word(t) == "of") {
        return None;
    }
    let be = view.after(group.last).filter(|t| matches!(view.word(*t), "were" | "are" | "was" | "is"))?;
    let end = view.sentence(be).end.min(be + 4);
    let bare = matches!(group.what, What::Understood | What::Harm);
    (be + 1..end).find(|t| view.lexicon.people(view.word(*t)).is_some()).filter(|n| {
        let plain = |t: TokenId| view.lexicon.form(view.word(t)).is_none() && !view.is_punctuation(t);
        bare && (be + 1..*n).all(plain)
    })
}

/// The figure before that a part belongs to: in the same sentence, not smaller, itself no part; for "of them", the sentence
/// before will do.
fn host(view: &View, drafts: &[Draft], i: usize, of_them: bool) -> Option<usize> {
    let sentence_of = |d: &Draft| view.scene.document.sentence_of(d.group.first);
    let here = sentence_of(&drafts[i]);
    let size = |d: &Draft| d.group.high.or(d.group.low).unwrap_or(0);
    // "21 guards, among them three women": a part right before has parts of its own.
    let adjacent = i > 0 && drafts[i].group.first - drafts[i - 1].group.last <= 4;
    let fits = |h: usize| {
        let d = &drafts[h];
        let near = sentence_of(d) == here || of_them && sentence_of(d) + 1 == here;
        near && !d.found.is_empty()
            && (!matches!(d.host, Some((_, Tie::Part))) || adjacent && h + 1 == i)
            && (d.group.high.is_none() || size(d) >= size(&drafts[i]))
    };
    (0..i).rev().find(|h| fits(*h))
}

/// "nine died at once and four later", "killed two on Monday and three on Tuesday": the verb is left out.
fn alike(view: &View, drafts: &[Draft], i: usize) -> Shared {
    let group = &drafts[i].group;
    let host = (0..i).rev().find(|h| !drafts[*h].found.is_empty())?;
    let same_sentence = view.sentence(group.first).contains(&drafts[host].group.first);
    let state = drafts[i].found.first().is_some_and(|f| f.rule == "counted-state");
    if drafts[i].found.first().is_some_and(|f| f.rule == "toll") {
        return None;
    }
    if !same_sentence
        || matches!(group.what, What::Thing | What::Unknown)
        || group.article
        || group.what == What::Harm && !state
    {
        return None;
    }
    if !drafts[i].found.is_empty() {
        // It says what befell it ("and wounding nine", "and 16 wounded"); only who is understood.
        return (group.what == What::Understood || state).then_some((host_of_kind(drafts, host), Tie::Alike, "alike"));
    }
    let opening = view.before(group.first)?;
    let joined = matches!(view.word(opening), "and" | "plus" | "&")
        || view.word(opening) == "," && group.what != What::Understood
        || view.word(opening) == ";"
        || view.word(opening) == "," && places_follow(view, group, &drafts[host].group);
    // "and millions in losses"
    let costs = |t: TokenId| {
        view.word(t) == "in"
            && (t + 1..t + 4).any(|n| matches!(view.word(n), "losses" | "damage" | "damages" | "costs"))
    };
    let goes_on = match view.after(group.last) {
        None => true,
        Some(t) if costs(t) => false,
        Some(t) => {
            view.is_punctuation(t)
                || matches!(view.scene.token(t).upos, Upos::Adp | Upos::Adv | Upos::Cconj)
                || matches!(view.word(t), "more" | "others" | "on" | "in" | "at" | "the")
        }
    };
    let coordinated = matches!(
        view.rel(group.head),
        Deprel::Conj | Deprel::Orphan | Deprel::Appos | Deprel::Dep | Deprel::List | Deprel::Parataxis
    );
    let fits = joined && goes_on && (group.what == What::Understood || coordinated);
    fits.then_some((host_of_kind(drafts, host), Tie::Alike, "alike"))
}

/// "killed 3 in Marle, 2 in Osk": both numbers are followed by where.
fn places_follow(view: &View, here: &Group, host: &Group) -> bool {
    let at =
        |g: &Group| view.after(g.last).is_some_and(|t| matches!(view.word(t), "in" | "at" | "near" | "on" | "from"));
    at(here) && at(host)
}

/// From a part to its total: who is understood is that of the total.
fn host_of_kind(drafts: &[Draft], host: usize) -> usize {
    match drafts[host].host {
        Some((total, Tie::Part)) => total,
        _ => host,
    }
}
