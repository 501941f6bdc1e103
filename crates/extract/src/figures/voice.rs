//! Whose count is a figure, where its claim names nobody? Reads the attribution around the number in its own sentence.

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::{Claim, Speaker};

use super::draft::Draft;
use super::view::View;
use crate::bindings;

/// The speakers of the claim; or who is made the source of the number in its sentence; empty for the outlet's own voice.
pub(super) fn speakers(view: &View, draft: &Draft, claim: Option<&Claim>) -> Vec<Speaker> {
    // "Officials say that researchers put the deaths at 900": whoever counts is nearer than whoever tells.
    if let Some(gauge) = gauging(view, draft) {
        let mut chain = vec![bindings::speaker(&view.scene, gauge)];
        let told = claim.map(|c| c.speakers.clone()).unwrap_or_default();
        let span = chain[0].span;
        if told.iter().any(|s| s.span == span || s.span.zip(span).is_some_and(|(a, b)| a.overlaps(b))) {
            return told;
        }
        if claim.is_some_and(|c| c.cue.is_none_or(|cue| cue.end() <= view.scene.token(gauge).span.start())) {
            let before = claim
                .is_some_and(|c| c.speakers.iter().all(|s| s.span.is_some_and(|s| !clause_ends(view, s.end(), gauge))));
            chain.extend(told.into_iter().filter(|_| before));
        }
        return chain;
    }
    // "12 died, says the army; the rebels speak of 20": nobody beyond the semicolon tells it.
    let told = claim.map(|c| c.speakers.as_slice()).unwrap_or_default().iter();
    let mut told: Vec<Speaker> = told.filter(|s| !is_beyond(view, draft, s)).cloned().collect();
    if told.is_empty() && according_to(view, draft).is_some() {
        told.clear();
    } else if told.is_empty() {
        told = claim.map(|c| c.speakers.clone()).unwrap_or_default();
    }
    match told.as_slice() {
        [_, ..] => told,
        _ => source(view, draft).map(|head| bindings::speaker(&view.scene, head)).into_iter().collect(),
    }
}

/// Whether a semicolon stands between a place in the text and a token.
fn clause_ends(view: &View, from: usize, to: TokenId) -> bool {
    let start = view.scene.document.token_at(from).unwrap_or(to);
    (start..to).any(|t| view.word(t) == ";")
}

/// Whether a semicolon parts the figure from a speaker of its own sentence.
fn is_beyond(view: &View, draft: &Draft, speaker: &Speaker) -> bool {
    let at = speaker.span.and_then(|s| view.scene.document.token_at(s.start()));
    let Some(at) = at.filter(|t| view.sentence(draft.group.first).contains(t)) else { return false };
    (at.min(draft.group.last)..at.max(draft.group.first)).any(|t| view.word(t) == ";")
}

/// The subject of "put the deaths at 900".
fn gauging(view: &View, draft: &Draft) -> Option<TokenId> {
    let found = draft.found.first().filter(|f| f.rule == "toll")?;
    let verb =
        view.scene.document.ancestors(found.by).take(2).find(|t| view.lexicon.voice.gauges.contains(view.lemma(*t)))?;
    view.scene.children_of(verb, "nsubj").find(|s| is_voice(view, *s) && *s < verb)
}

/// The word for whoever gives the number.
fn source(view: &View, draft: &Draft) -> Option<TokenId> {
    according_to(view, draft)
        .or_else(|| behind(view, draft))
        .or_else(|| by_count(view, draft))
        .or_else(|| inserted(view, draft))
        .or_else(|| counting(view, draft))
}

/// "..., according to the mayor".
fn according_to(view: &View, draft: &Draft) -> Option<TokenId> {
    let sentence = view.sentence(draft.group.first);
    let at = sentence
        .clone()
        .find(|t| *t + 1 < sentence.end && view.word(*t) == "according" && view.word(*t + 1) == "to")?;
    let parsed = [at, at + 1].iter().filter_map(|t| view.head(*t)).find(|h| *h > at + 1 && is_voice(view, *h));
    let next = (at + 2..sentence.end.min(at + 9)).take_while(|t| view.word(*t) != ",").find(|t| is_voice(view, *t));
    let separate = (at.min(draft.group.last)..at.max(draft.group.first)).any(|t| view.word(t) == ";");
    parsed.or(next).filter(|_| !separate)
}

/// "..., by the mayor's count".
fn by_count(view: &View, draft: &Draft) -> Option<TokenId> {
    let counts = |t: &TokenId| matches!(view.word(*t), "count" | "tally" | "estimate" | "reckoning" | "estimates");
    let by = |t: &TokenId| view.scene.has_case(*t, &["by", "on", "per"]);
    let noun = view.sentence(draft.group.first).filter(counts).find(by)?;
    view.scene.children_of(noun, "nmod").find(|c| is_possessor(view, *c) && is_voice(view, *c))
}

/// "Thirty people died, the mayor of Marle, Ana Bek, said.": behind a comma, a speaker and a verb of saying.
fn behind(view: &View, draft: &Draft) -> Option<TokenId> {
    let sentence = view.sentence(draft.group.first);
    let says =
        |t: &TokenId| *t > draft.group.last && view.lexicon.voice.says.contains(view.lemma(*t)) && is_finite(view, *t);
    for cue in (draft.group.last + 1..sentence.end).filter(says) {
        let Some(comma) = comma_before(view, cue, draft.group.last) else { continue };
        let words: Vec<TokenId> = (comma + 1..cue).collect();
        if (draft.group.last..comma).any(|t| view.word(t) == ";") {
            continue;
        }
        let first = words.iter().copied().find(|t| is_voice(view, *t) && !is_possessor(view, *t));
        let apposed = |t: &TokenId| {
            let named = view.scene.mention(*t).is_some_and(|m| m.name.is_some());
            named
                && *t > comma + 1
                && (view.rel(*t) == Deprel::Appos || view.before(*t).is_some_and(|b| b > comma && view.word(b) == ","))
        };
        if let Some(speaker) = words.iter().copied().find(apposed).or(first) {
            return Some(speaker);
        }
    }
    None
}

/// The comma (or closing quotation mark) that opens the words of the speaker before a cue: all between is one noun phrase
/// with what is apposed to it.
fn comma_before(view: &View, cue: TokenId, after: TokenId) -> Option<TokenId> {
    let mut best = None;
    let mut relative = false;
    for t in (after + 1..cue).rev() {
        let word = view.word(t);
        if matches!(word, "," | "\"" | "”" | "—" | "–") {
            best = Some(t);
            continue;
        }
        // "a nurse who would not give her name says": the clause of the "who" belongs to the speaker.
        relative |= (after + 1..t).rev().take(12).take_while(|u| view.word(*u) != ",").any(|u| view.word(u) == "who");
        let verb = matches!(view.scene.token(t).upos, Upos::Verb | Upos::Aux) && !(t + 1 == cue || t + 2 == cue);
        let clause =
            matches!(word, "that" | "when" | "after" | "while" | "as" | "but" | "because") || t > 0 && word == "were";
        if (verb || clause) && !(relative && best.is_none()) {
            break;
        }
        if word == "who" {
            relative = false;
        }
    }
    best
}

/// "The ministry, 12 people died, said ..." or "X said that 12 people died": the number hangs below the verb of saying.
fn inserted(view: &View, draft: &Draft) -> Option<TokenId> {
    let document = view.scene.document;
    let mut below = draft.group.head;
    for above in document.ancestors(draft.group.head) {
        let coordinated = view.rel(below) == Deprel::Conj;
        if view.lexicon.voice.says.contains(view.lemma(above)) && !coordinated && !view.rel(below).is("nsubj") {
            let subject = view.scene.children_of(above, "nsubj").find(|s| is_voice(view, *s) && *s != below);
            if subject.is_some() {
                return subject;
            }
        }
        below = above;
    }
    None
}

/// "Researchers put the deaths at 900", "divers counted 30 bodies", "the mayor speaks of 16 dead".
fn counting(view: &View, draft: &Draft) -> Option<TokenId> {
    let by = draft.found.first()?.by;
    let ancestors = |t: TokenId| std::iter::once(t).chain(view.scene.document.ancestors(t).take(3));
    let mut candidates = ancestors(by).chain(ancestors(draft.group.head));
    let verb = candidates.find(|t| view.lexicon.voice.counts.contains(view.lemma(*t)) && view.scene.is_verb(*t))?;
    view.scene.children_of(verb, "nsubj").find(|s| is_voice(view, *s) && *s < draft.group.first)
}

fn is_finite(view: &View, t: TokenId) -> bool {
    let form = view.lexicon.form(view.word(t)).unwrap_or_default();
    let be = |b: TokenId| matches!(view.word(b), "was" | "were" | "been" | "being" | "be");
    let passive = view.before(t).is_some_and(be) || view.scene.children_of(t, "aux").any(be);
    // "since June, the agency estimates": a verb by its form, whatever the tag says.
    let finite = view.scene.token(t).feats.has(Feats::VERB_FIN);
    let noun = view.scene.token(t).upos == Upos::Noun && !finite;
    !form.ing && !passive && !noun
}

/// Whether a word is a mention of somebody who can speak.
fn is_voice(view: &View, t: TokenId) -> bool {
    view.scene.mention(t).is_some_and(|m| m.kind.acts()) && view.scene.is_nominal(t)
}

fn is_possessor(view: &View, t: TokenId) -> bool {
    matches!(view.rel(t), Deprel::NmodPoss | Deprel::Compound)
}
