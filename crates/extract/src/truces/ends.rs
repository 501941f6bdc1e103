//! Until when is a truce?

use evidence::document::TokenId;
use evidence::time::{Iso, Time, TimeExpression, TimeKind};
use evidence::{Basis, Span};

use super::drafts::Draft;
use super::lexicon::{Lexicon, has};
use super::times::{clause_times, is_moment, is_until, time_of, within};
use super::{bound, days};
use crate::scene::Scene;

/// When it ends: told in so many words, or by its length from its beginning, and what is added to that.
pub(super) fn ends(scene: &Scene, lexicon: &Lexicon, draft: &Draft, effective: Option<&Time>) -> Option<Time> {
    let told = told_end(scene, lexicon, draft).map(|t| after_beginning(scene, t, effective));
    let told_once = told.as_ref().and_then(|t| t.span).is_none_or(|s| is_due(scene, s));
    let (base, span) = match told {
        Some(t) if !told_once => return Some(t),
        Some(t) => (t.value?, t.span),
        None => {
            let length =
                draft.namings.iter().filter(|n| !n.clause).flat_map(|n| lengths(scene, lexicon, n.word)).next()?;
            (days::after(effective?.value.as_ref()?, length.0)?, Some(length.1))
        }
    };
    let added = draft.words().flat_map(|n| clause_times(scene, n)).find_map(|t| added_length(scene, lexicon, t));
    let value = added.map_or(Some(base.clone()), |length| days::after(&base, length)).unwrap_or(base);
    Some(Time { precision: Some(value.precision()), value: Some(value), end: None, span, basis: Basis::Inferred })
}

/// Lengths in the phrase of a noun, with their words: "a three-day truce".
fn lengths(scene: &Scene, lexicon: &Lexicon, noun: TokenId) -> Vec<(days::Length, Span)> {
    let own = within(scene, &scene.document.subtree(noun)).into_iter();
    own.filter(|t| t.kind == TimeKind::Duration && !is_old(scene, t) && !is_more(scene, lexicon, t))
        .filter_map(|t| Some((days::of(t.timex.as_deref()?)?, t.span)))
        .collect()
}

/// What is added: "extended by three days".
fn added_length(scene: &Scene, lexicon: &Lexicon, t: &TimeExpression) -> Option<days::Length> {
    let longer = scene.document.tokens_in(t.span).any(|w| is_lengthening(scene, lexicon, w));
    // "would be extended by a day for every ten hostages"
    let supposed = scene.document.tokens_in(t.span).any(|w| {
        let verb = scene.document.ancestors(w).take(2).find(|a| scene.is_verb(*a));
        let may = |a: TokenId| matches!(scene.lower(a).as_str(), "would" | "could" | "may" | "might" | "can");
        verb.is_some_and(|v| scene.children_of(v, "aux").any(may))
    });
    days::of(t.timex.as_deref()?).filter(|_| longer && !supposed && t.kind == TimeKind::Duration)
}

/// "was due to expire at midnight": the end before something was added.
fn is_due(scene: &Scene, span: Span) -> bool {
    let due = |t: TokenId| matches!(scene.lemma(t), "due" | "set" | "schedule");
    scene
        .document
        .tokens_in(span)
        .any(|w| scene.document.ancestors(w).take(3).any(|a| due(a) || (a.saturating_sub(2)..a).any(due)))
}

/// An end told: "extended until Sunday", "expires on Friday".
fn told_end(scene: &Scene, lexicon: &Lexicon, draft: &Draft) -> Option<Time> {
    let mut best: Option<(bool, Time)> = None;
    for word in draft.words() {
        let Some(head) = scene.token(word).head else { continue };
        let longer = scene.document.ancestors(word).take(2).any(|a| has(&lexicon.lengthen, scene.lemma(a)));
        let until = clause_times(scene, word).into_iter().find(|t| is_until(scene, t));
        let expiring = || {
            let below = scene.document.subtree(head);
            let own = scene.document.subtree(word);
            let outside: Vec<TokenId> = below.into_iter().filter(|t| !own.contains(t)).collect();
            let over = has(&lexicon.end_verbs, scene.lemma(head)) || bound::runs_out(scene, head);
            let ends = over && scene.token(word).deprel.is("nsubj") && !bound::ends_another(scene, head);
            let times = if ends { within(scene, &outside) } else { Vec::new() };
            times.into_iter().find(|t| t.value.is_some() && is_moment(scene, t))
        };
        let time = match until {
            Some(t) => Some(Time { value: t.end.clone().or_else(|| t.value.clone()), end: None, ..time_of(t) }),
            None => expiring().map(time_of),
        };
        if let Some(time) = time.filter(|_| best.as_ref().is_none_or(|(l, _)| longer && !l)) {
            best = Some((longer, time));
        }
    }
    best.map(|(_, t)| t)
}

/// A weekday on which a truce ends is one after its beginning.
fn after_beginning(scene: &Scene, mut end: Time, effective: Option<&Time>) -> Time {
    let began = effective.and_then(|e| e.value.as_ref()).map(Iso::date);
    let weekday = scene
        .document
        .times
        .iter()
        .any(|t| Some(t.span) == end.span && t.timex.as_ref().is_some_and(|x| x.contains("WXX")));
    if let (Some(began), Some(value)) = (began.filter(|d| d.len() == 10 && weekday), end.value.clone())
        && value.date() < began
    {
        end.value = days::add(&value, 7).filter(|v| v.date() >= began).or(Some(value));
    }
    end
}

/// "Two days longer", "another week": what is added, not how long it is.
fn is_more(scene: &Scene, lexicon: &Lexicon, t: &TimeExpression) -> bool {
    let tokens = scene.document.tokens_in(t.span);
    let around = tokens.start.saturating_sub(1)..(tokens.end + 1).min(scene.document.tokens.len());
    let more = around.into_iter().any(|w| has(&lexicon.longer, &scene.lower(w)));
    let by = tokens.clone().any(|w| scene.has_case(w, &["by"]));
    more || by || tokens.into_iter().any(|w| is_lengthening(scene, lexicon, w))
}

/// Whether a word hangs on one of lengthening ("extended by three days"), not on what is lengthened ("the seven-day truce was
/// extended").
fn is_lengthening(scene: &Scene, lexicon: &Lexicon, word: TokenId) -> bool {
    let lengthened = |t: TokenId| scene.token(t).deprel.is("nsubj");
    let up = scene.token(word).head.filter(|_| !lengthened(word));
    let above = up.and_then(|u| scene.token(u).head.filter(|_| !lengthened(u)));
    up.into_iter().chain(above).any(|a| has(&lexicon.lengthen, scene.lemma(a)))
}

/// "Day-old": an age.
fn is_old(scene: &Scene, t: &TimeExpression) -> bool {
    let after = scene.document.tokens_in(t.span).end;
    (after..(after + 2).min(scene.document.tokens.len())).any(|w| scene.lower(w) == "old")
}
