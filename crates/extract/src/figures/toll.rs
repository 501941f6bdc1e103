//! Is a number the value of a toll ("raising the death toll to 47 from 33"), and has a newer one replaced it?

use evidence::Harm;
use evidence::document::TokenId;

use super::draft::Draft;
use super::group::{Group, What};
use super::harm::Found;
use super::view::View;

/// At most this many tokens lie between a toll and its number.
const REACH: usize = 14;

/// The harm of the toll that the group is the value of; `told` are the figures found before it.
pub(super) fn value_of_toll(view: &View, group: &Group, told: &[Draft]) -> Option<Found> {
    if !matches!(group.what, What::Understood | What::Harm) && !group.is_people() || group.article {
        return None;
    }
    let sentence = view.sentence(group.first);
    let link = view.before(group.first)?;
    if !view.lexicon.toll.links.contains(view.word(link)) {
        return turned_round(view, group, link);
    }
    let from = sentence.start.max(group.first.saturating_sub(REACH));
    let between =
        |t: &TokenId| told.iter().any(|d| !d.found.is_empty() && d.group.first > *t && d.group.first < group.first);
    let sums = |t: TokenId| matches!(view.word(t), "at" | "numbered" | "numbering" | "totalled" | "totaled");
    let near = (from..link).rev().find(|t| is_toll(view, *t) || sums(link) && are_the_dead(view, *t));
    let Some(toll) = near.or_else(|| subject_toll(view, group, link)) else {
        return turned_round(view, group, link);
    };
    if between(&toll) && view.word(link) != "from" && view.word(link) != "to" {
        return None;
    }
    if view.word(link) == "of" && !only_time_between(view, toll, link) {
        return None;
    }
    if link_is_copula(view, link) && !subject_of(view, toll, link, group) {
        return None;
    }
    let harm = harm_of(view, toll).or_else(|| anaphoric(view, toll, told))?;
    Some(Found { harm, by: toll, rule: "toll" })
}

/// "The toll from the twin attacks on the market of the town rose to 32": the subject of the verb, however far.
fn subject_toll(view: &View, group: &Group, link: TokenId) -> Option<TokenId> {
    let verb = view.scene.document.ancestors(group.head).take(3).find(|t| view.scene.is_verb(*t) && *t < link)?;
    let parsed = view.scene.children_of(verb, "nsubj").find(|s| *s < verb && is_toll(view, *s));
    // The parse may give it to a verb of saying: "the toll … rose to seven, doctors said".
    let moves = view.before(link).is_some_and(|t| t == verb && view.lexicon.toll.moves.contains(view.lemma(t)));
    let strong = |t: &TokenId| view.lexicon.toll.strong.iter().any(|w| w == view.word(*t));
    parsed.or_else(|| (view.sentence(verb).start..verb).rev().find(strong).filter(|_| moves))
}

/// "an earlier toll on Sunday evening of 15": nothing but a time between the toll and its "of".
fn only_time_between(view: &View, toll: TokenId, link: TokenId) -> bool {
    let timed = |t: TokenId| view.scene.document.times.iter().any(|e| e.span.overlaps(view.scene.token(t).span));
    (toll + 1..link).all(|t| timed(t) || matches!(view.word(t), "on" | "in" | "at" | "from"))
}

/// An older count of what has just been told, which says no harm of its own, and the figure that it is an older count of:
/// "77 dead, up from 71"; "it had first spoken of 1,400".
pub(super) fn counted_again(view: &View, group: &Group, told: &[Draft]) -> Option<(Found, usize)> {
    if group.what != What::Understood || group.article {
        return None;
    }
    let before = |n: usize| group.first.checked_sub(n).filter(|t| view.sentence(group.first).contains(t));
    let word = |n: usize| before(n).map_or("", |t| view.word(t));
    let n = if word(1) == "the" { 1 } else { 0 };
    let from = word(n + 1) == "from" && matches!(word(n + 2), "up" | "down");
    let here = view.scene.document.sentence_of(group.first);
    let reach = if from { 0 } else { 2 };
    let near = |d: &&Draft| !d.found.is_empty() && view.scene.document.sentence_of(d.group.first) + reach >= here;
    let recent = || told.iter().enumerate().rev().filter(|(_, d)| near(d));
    let (mut host, last) = recent().next()?;
    let mut harm = last.found.first()?.harm;
    // Several harms just before: a count that does not say which goes back to the dead.
    if let Some((h, _)) = recent().find(|(_, d)| d.found[0].harm == Harm::Killed).filter(|_| !from) {
        (host, harm) = (h, Harm::Killed);
    }
    if from {
        return Some((Found { harm, by: group.head, rule: "older-count" }, host));
    }
    // "speak of 1,400", "put it at 105", "count 72": in the past before the past, or with a word for it.
    let verb = match word(1) {
        "of" => before(2).filter(|t| view.lemma(*t) == "speak"),
        "at" if matches!(word(2), "it" | "them") => before(3),
        _ => before(1),
    }?;
    let counts = view.lexicon.voice.counts.contains(view.lemma(verb)) && view.scene.is_verb(verb);
    let had = view.scene.children_of(verb, "aux").any(|a| view.word(a) == "had");
    let older = |t: TokenId| view.lexicon.toll.older.contains(view.word(t)) || view.word(t) == "still";
    let first = (verb.saturating_sub(4).max(view.sentence(verb).start)..verb).any(older);
    let ends = view.after(group.last).is_none_or(|t| {
        view.is_punctuation(t) || matches!(view.word(t), "earlier" | "on" | "in" | "yesterday" | "before" | "by")
    });
    (counts && (had || first) && ends).then_some((Found { harm, by: verb, rule: "recounted" }, host))
}

/// "bringing to 47 the number of dead".
fn turned_round(view: &View, group: &Group, link: TokenId) -> Option<Found> {
    let toll = (group.last + 1..view.sentence(group.last).end.min(group.last + 4)).find(|t| is_toll(view, *t))?;
    let harm = harm_of(view, toll).filter(|_| view.word(link) == "to")?;
    Some(Found { harm, by: toll, rule: "toll" })
}

/// Whether a word is a toll: "toll", "number", or "deaths" with a number of its own elsewhere.
fn is_toll(view: &View, t: TokenId) -> bool {
    let singular = view.lexicon.lemma(view.word(t));
    let word = view.word(t);
    let listed = |list: &[String]| list.iter().any(|w| w == word || w == singular || word.strip_suffix('s') == Some(w));
    let counted = matches!(word, "deaths" | "fatalities" | "injuries" | "casualties");
    listed(&view.lexicon.toll.strong) || listed(&view.lexicon.toll.weak) || counted && !view.has(t, "nummod")
}

/// "put the dead at 90": the harmed themselves stand for their number.
fn are_the_dead(view: &View, t: TokenId) -> bool {
    view.lexicon.state(view.word(t)).is_some()
        && view.before(t).is_some_and(|d| matches!(view.word(d), "the" | "its" | "their" | "'s" | "’s" | "'" | "’"))
}

fn link_is_copula(view: &View, link: TokenId) -> bool {
    matches!(view.word(link), "is" | "was" | "were" | "are" | "be" | "been")
}

/// Whether a toll is what the copula speaks of: no other noun comes between but in its own "of" or "on".
fn subject_of(view: &View, toll: TokenId, link: TokenId, group: &Group) -> bool {
    let by_parse = [group.head, group.number].iter().any(|h| view.scene.children_of(*h, "nsubj").any(|s| s == toll));
    by_parse || link - toll <= 5
}

/// The harm a toll counts, by the words before it and after its "of"; a bare "toll" counts the dead.
fn harm_of(view: &View, toll: TokenId) -> Option<Harm> {
    let word = view.word(toll);
    let own = view.lexicon.state(word).or_else(|| view.lexicon.counted(word).first().map(|c| c.harm));
    let sentence = view.sentence(toll);
    let harm = |t: TokenId| {
        let w = view.word(t);
        let event = view.lexicon.events(w).iter().find(|e| e.near.is_empty()).map(|e| e.harm);
        view.lexicon.state(w).or_else(|| view.lexicon.counted(w).first().map(|c| c.harm)).or(event)
    };
    let before = (sentence.start.max(toll.saturating_sub(3))..toll)
        .rev()
        .take_while(|t| !view.is_punctuation(*t))
        .find_map(harm);
    let of = toll + 1 < sentence.end && matches!(view.word(toll + 1), "of" | "from" | "for" | "among");
    let after = (toll + 1..sentence.end.min(toll + 6)).take_while(|t| of && !view.is_punctuation(*t)).find_map(harm);
    let bare = view.lexicon.toll.strong.iter().any(|w| word.starts_with(w.as_str()));
    let casualties = toll > 0 && matches!(view.word(toll - 1), "casualty" | "casualties" | "injury" | "injured");
    // "the number killed in two days"
    let killed = view.after(toll).and_then(|t| view.lexicon.state(view.word(t)));
    own.or(before).or(after).or(killed).or((bare && !casualties).then_some(Harm::Killed))
}

/// "At dawn the number was 16": a figure that goes back to the dead told of just before.
fn anaphoric(view: &View, toll: TokenId, told: &[Draft]) -> Option<Harm> {
    let definite = |c: &TokenId| {
        matches!(view.word(*c), "the" | "this" | "that" | "its" | "their" | "his" | "true" | "real" | "actual")
            || view.rel(*c).base() == "nmod"
    };
    let here = view.scene.document.sentence_of(toll);
    let paragraph = |s: usize| view.scene.document.sentences.get(s).map(|s| s.paragraph);
    let recent = |d: &&Draft| {
        let s = view.scene.document.sentence_of(d.group.first);
        s <= here && s + 2 >= here && paragraph(s) == paragraph(here) && !d.found.is_empty()
    };
    let harms: Vec<Harm> = told.iter().filter(recent).flat_map(|d| d.found.iter().map(|f| f.harm)).collect();
    let known = view.children(toll).iter().any(definite) && !harms.is_empty();
    // Several harms just before: a figure that does not say which goes back to the dead.
    known.then(|| if harms.contains(&Harm::Killed) { Harm::Killed } else { harms[harms.len() - 1] })
}

/// Whether the same text says that a newer count has replaced this one: "a first count of 16", "up from 33".
pub(super) fn is_superseded(view: &View, group: &Group, told: &[Draft]) -> bool {
    let sentence = view.sentence(group.first);
    let words = &view.lexicon.toll;
    let window = sentence.start.max(group.first.saturating_sub(7))..group.first;
    let stop = |t: &TokenId| !matches!(view.word(*t), ";" | "." | "and" | ",");
    let left: Vec<&str> = window.clone().rev().take_while(stop).map(|t| view.word(t)).collect();
    let older = left.iter().position(|w| words.older.contains(*w) || words.replaces.contains(view.lexicon.lemma(w)));
    if older.is_some_and(|i| left[..i].iter().any(|w| words.counts.contains(*w))) {
        return true;
    }
    let right_after = group.last + 1..sentence.end.min(group.last + 3);
    let earlier_after = right_after.clone().any(|t| matches!(view.word(t), "previously" | "earlier"))
        && right_after.clone().any(|t| matches!(view.word(t), "reported" | "previously"));
    let from = left.first() == Some(&"from")
        && (left.iter().any(|w| matches!(*w, "up" | "revised" | "risen" | "rose" | "raised" | "increased"))
            || told
                .last()
                .is_some_and(|d| d.found.iter().any(|f| f.rule == "toll") && sentence.contains(&d.group.first)));
    earlier_after || from || is_past_figure(view, group, told)
}

/// "At dawn the number was 16." right after a higher count told in the present.
fn is_past_figure(view: &View, group: &Group, told: &[Draft]) -> bool {
    let sentence = view.sentence(group.first);
    let was = view.before(group.first).is_some_and(|t| matches!(view.word(t), "was" | "stood"));
    let weak = |t: TokenId| view.lexicon.toll.weak.iter().any(|w| w == view.word(t)) || view.word(t) == "toll";
    let possessive =
        (sentence.start..group.first).any(|t| weak(t) && view.scene.children_of(t, "nmod").next().is_some());
    let here = view.scene.document.sentence_of(group.first);
    let recent = |d: &&Draft| view.scene.document.sentence_of(d.group.first) + 2 > here && !d.found.is_empty();
    let higher = told.iter().filter(recent).any(|d| d.group.low.or(d.group.high) > group.low.or(group.high));
    was && possessive && higher
}
