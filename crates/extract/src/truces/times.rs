//! From when is a truce?

use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::time::{Iso, Time, TimeExpression, TimeKind};
use evidence::{Basis, Claim, Event, Precision};

use super::drafts::Draft;
use super::lexicon::{Lexicon, has};
use super::{bound, days, drafts};
use crate::attribution;
use crate::scene::Scene;

/// Sentences that a deed told without a time may lie after the one that says when.
const LOOK_BACK: usize = 6;

/// Days after which a truce with a date is one of the past, and those for which it may still be the one in force.
const A_WEEK: i64 = 7;
const RECENT: i64 = 60;

/// Year, month or day of a truce told as history: a time of its own that is not the report's.
pub(super) fn past_of(scene: &Scene, word: TokenId) -> Option<String> {
    let published = scene.article.published.value.as_ref().map(|v| v.date().to_owned());
    let own = near(scene, word);
    // "on 10 November that year": of a year told before.
    let of_then = |t: &&TimeExpression| t.value.is_none() && t.span.of(&scene.article.text).ends_with("year");
    if own.iter().any(of_then) {
        return Some("earlier".to_owned());
    }
    let coarse = own.into_iter().find(|t| {
        let Some(value) = &t.value else { return false };
        let date = value.date();
        match value.precision() {
            Precision::Year => published.as_ref().is_none_or(|p| p[..4] != date[..4]),
            // "early in June", in a report of June: an earlier one.
            Precision::Month => published.as_ref().is_some_and(|p| p.get(..7).is_some_and(|p| p >= date)),
            _ => published.as_ref().is_some_and(|p| days::more_than(date, p, A_WEEK)),
        }
    })?;
    coarse.value.as_ref().map(|v| v.date().to_owned())
}

/// Whether a day lies at most some weeks before the report: a truce of then may be the one in force.
pub(super) fn is_recent(scene: &Scene, day: &str) -> bool {
    let published = scene.article.published.value.as_ref().map(|v| v.date());
    day.len() == 10 && published.is_some_and(|p| !days::more_than(day, p, RECENT))
}

/// Whether a day lies less than a year before the report.
pub(super) fn is_within_a_year(scene: &Scene, day: &str) -> bool {
    let published = scene.article.published.value.as_ref().map(|v| v.date());
    day.len() == 10 && published.is_some_and(|p| !days::more_than(day, p, 365))
}

/// Whether a truce is told by a month, not by a part of one ("in December", "an April truce").
pub(super) fn is_whole_month(scene: &Scene, word: TokenId) -> bool {
    near(scene, word).iter().any(|t| {
        let part = |w: TokenId| {
            matches!(scene.lower(w).as_str(), "beginning" | "start" | "end" | "early" | "late" | "mid" | "middle")
        };
        let month = t.value.as_ref().is_some_and(|v| v.precision() == Precision::Month) && t.end.is_none();
        month && !scene.document.tokens_in(t.span).any(part)
    })
}

/// Whether a truce told with an old date is told as still in force: "in place since 2003".
pub(super) fn is_since(scene: &Scene, word: TokenId) -> bool {
    near(scene, word).iter().any(|t| t.kind == TimeKind::Interval && t.end.is_none() && starts(scene, t, &["since"]))
}

/// Time expressions in the word's phrase, or in the clause whose subject or object it is.
pub(super) fn near<'a>(scene: &Scene<'a>, word: TokenId) -> Vec<&'a TimeExpression> {
    let inner = within(scene, &scene.document.subtree(word));
    if !inner.is_empty() {
        return inner;
    }
    let Some(head) = scene.token(word).head else { return Vec::new() };
    let direct: Vec<TokenId> = scene
        .document
        .children(head)
        .iter()
        .copied()
        .filter(|c| scene.token(*c).deprel.is("obl") || scene.token(*c).deprel.is("advmod"))
        .flat_map(|c| scene.document.subtree(c))
        .collect();
    within(scene, &direct)
}

/// When it takes effect: the time of its beginning, else the day it was agreed.
pub(super) fn effective(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], draft: &Draft) -> Option<Time> {
    if let Some(past) = draft.past.as_ref().or(draft.since.as_ref()) {
        // "collapsed on 19 September": not the day it began.
        let of = |n: TokenId| {
            if drafts::is_over(scene, lexicon, n) { within(scene, &scene.document.subtree(n)) } else { near(scene, n) }
        };
        let own = || draft.words().flat_map(of).filter(|t| is_moment(scene, t));
        // "last year, in force from 4 August": the finer one.
        let of_then = |t: &&TimeExpression| t.value.as_ref().is_some_and(|v| v.date().starts_with(past.as_str()));
        let fineness = |t: &&TimeExpression| t.value.as_ref().map_or(0, |v| v.date().len());
        // "signed on 20 May and in force since 22 May"
        let since = own().find(|t| t.kind == TimeKind::Interval && t.end.is_none() && starts(scene, t, &["since"]));
        // "was signed on June 9 and took effect on Aug. 3"
        let begun = || {
            let verbs = draft.words().filter_map(|w| scene.token(w).head);
            let next = verbs.flat_map(|v| scene.children_of(v, "conj").collect::<Vec<_>>());
            let begins = next.filter(|c| has(&lexicon.begin_verbs, scene.lemma(*c)));
            begins
                .flat_map(|c| within(scene, &scene.document.subtree(c)))
                .find(|t| t.value.is_some() && is_moment(scene, t))
        };
        if let Some(t) = since.or_else(begun).filter(|_| draft.since.is_some()) {
            return Some(time_of(t));
        }
        let dated = own().filter(of_then).min_by_key(|t| (std::cmp::Reverse(fineness(t)), t.span));
        return dated.or_else(|| own().next()).map(time_of);
    }
    let moment = |t: &&TimeExpression| is_moment(scene, t);
    let rank = |t: &&TimeExpression| (t.value.is_none(), !is_clock(t), is_undated(t), t.span);
    let clauses = || draft.namings.iter().filter(|n| n.clause).map(|n| n.word);
    let broken: Vec<TokenId> = draft
        .words()
        .filter(|n| clauses().all(|c| c != *n))
        .filter(|n| is_broken(scene, claims, *n) || is_ending(scene, lexicon, *n))
        .collect();
    let clause = |n: TokenId| clause_times(scene, n).into_iter().filter(moment);
    let starting = draft.words().filter(|n| begins(scene, lexicon, *n));
    let begun = starting.flat_map(clause).min_by_key(rank);
    let from = || {
        let from = |t: &&TimeExpression| is_from(scene, lexicon, t);
        draft.words().flat_map(clause).filter(from).min_by_key(rank)
    };
    let sound = || draft.words().filter(|n| !broken.contains(n));
    let own = || sound().flat_map(clause).filter(|t| is_clock(t)).min_by_key(rank);
    let agreed = || sound().flat_map(|n| near(scene, n)).filter(moment).min_by_key(rank);
    // "shelled it on 6 October, in breach of the truce that took effect on the 4th": what is said of the truce itself.
    let own_clauses = draft.words().flat_map(|n| scene.children_of(n, "acl").collect::<Vec<_>>());
    let began = own_clauses.filter(|v| has(&lexicon.begin_verbs, scene.lemma(*v)));
    let mut by_itself = began.flat_map(|v| within(scene, &scene.document.subtree(v))).filter(moment);
    let by_itself = by_itself.find(|t| t.value.is_some());
    let clock = begun.filter(|t| is_clock(t));
    let chosen = by_itself.or(clock).or_else(from).or_else(own).or(begun).or_else(agreed)?;
    Some(at_end_of_day(scene, chosen, on_its_day(scene, draft, chosen)))
}

/// The day that what a claim tells happened: its own time, else the last one told before it.
pub(super) fn day_of(scene: &Scene, c: &Claim, around: &str) -> Option<String> {
    let date = |v: Option<&Iso>| v.map(|v| v.date().to_owned()).filter(|d| d.len() == 10);
    if let Some(own) = date(c.time.as_ref().and_then(|t| t.value.as_ref())) {
        return Some(own);
    }
    let here = scene.document.sentence_of(scene.document.token_at(c.content.start())?);
    let first = scene.document.sentences[here.saturating_sub(LOOK_BACK)].span.start();
    let recent = |d: &String| !days::more_than(d, around, A_WEEK);
    let told =
        scene.document.times.iter().rev().filter(|t| t.span.end() <= c.content.start() && t.span.start() >= first);
    told.filter(|t| is_moment(scene, t)).filter_map(|t| date(t.value.as_ref())).find(recent)
}

/// Times anywhere in the clause that the word stands in.
pub(super) fn clause_times<'a>(scene: &Scene<'a>, word: TokenId) -> Vec<&'a TimeExpression> {
    within(scene, &clause(scene, word))
}

fn clause(scene: &Scene, word: TokenId) -> Vec<TokenId> {
    let head = std::iter::once(word)
        .chain(scene.document.ancestors(word))
        .find(|a| attribution::is_clause_head(scene, *a) && scene.token(*a).deprel != Deprel::Csubj);
    head.map(|h| scene.document.subtree(h)).unwrap_or_default()
}

pub(super) fn within<'a>(scene: &Scene<'a>, tokens: &[TokenId]) -> Vec<&'a TimeExpression> {
    let covers = |t: &&TimeExpression| scene.document.tokens_in(t.span).any(|w| tokens.contains(&w));
    scene.document.times.iter().filter(covers).collect()
}

pub(super) fn time_of(t: &TimeExpression) -> Time {
    Time { value: t.value.clone(), end: t.end.clone(), precision: t.precision, span: Some(t.span), basis: Basis::Text }
}

/// A moment, or a stretch with a beginning; no length, no "within a day", no "until Sunday".
pub(super) fn is_moment(scene: &Scene, t: &TimeExpression) -> bool {
    let bounded =
        t.kind == TimeKind::Interval && (t.value.is_none() || starts(scene, t, &["within"])) || is_until(scene, t);
    t.kind != TimeKind::Duration && t.kind != TimeKind::Set && !bounded
}

/// "until Sunday", "until the end of the season in May"
pub(super) fn is_until(scene: &Scene, t: &TimeExpression) -> bool {
    let limits = |w: TokenId| scene.has_case(w, &["until", "till", "through"]);
    let above = |w: TokenId| scene.document.ancestors(w).take(3).take_while(|a| scene.is_nominal(*a)).any(limits);
    let said = starts(scene, t, &["until", "till", "through", "up"]);
    let known = t.end.is_some() || t.value.is_some();
    known && (said && t.value.is_none() || !said && scene.document.tokens_in(t.span).any(|w| limits(w) || above(w)))
}

fn starts(scene: &Scene, t: &TimeExpression, words: &[&str]) -> bool {
    scene.document.tokens_in(t.span).next().is_some_and(|w| words.contains(&scene.lower(w).as_str()))
}

fn is_clock(t: &TimeExpression) -> bool {
    t.kind == TimeKind::Clock || t.value.as_ref().is_some_and(|v| v.as_str().contains('T'))
}

/// A time of day whose day the words leave open.
fn is_undated(t: &TimeExpression) -> bool {
    t.timex.as_ref().is_some_and(|x| x.starts_with('T'))
}

/// "from 4 May", "as of noon"
fn is_from(scene: &Scene, lexicon: &Lexicon, t: &TimeExpression) -> bool {
    let said = |w: TokenId| scene.cases(w).iter().any(|c| has(&lexicon.begin_cases, c));
    scene.document.tokens_in(t.span).any(said) || starts(scene, t, &["from", "effective", "starting", "as"])
}

/// A time of day without a day of its own is that of the day told beside it.
fn on_its_day(scene: &Scene, draft: &Draft, t: &TimeExpression) -> Time {
    let mut out = time_of(t);
    let clock = out.value.as_ref().and_then(|v| v.as_str().split_once('T')).map(|(_, c)| c.to_owned());
    if let Some(clock) = clock.filter(|_| is_undated(t)) {
        let words = draft.words().filter(|n| clause_times(scene, *n).iter().any(|x| x.span == t.span));
        let beside = words.flat_map(|n| clause_times(scene, n)).filter(|x| is_moment(scene, x) && !is_undated(x));
        let days = beside.filter_map(|x| x.value.as_ref()).filter(|v| v.date().len() == 10);
        let days: Vec<&str> = days.map(Iso::date).collect();
        if let Some(day) = days.first().filter(|d| days.iter().all(|o| o == *d)) {
            out.value = Iso::parse(&format!("{day}T{clock}"));
        }
    }
    out
}

/// "Midnight on Sunday" ends Sunday.
fn at_end_of_day(scene: &Scene, t: &TimeExpression, mut time: Time) -> Time {
    let weekday = t.timex.as_ref().is_some_and(|x| x.contains("WXX"));
    let midnight = scene.document.tokens_in(t.span).any(|w| scene.lower(w) == "midnight");
    let zero = time.value.as_ref().is_some_and(|v| v.as_str().contains("T00:00"));
    if weekday && midnight && zero {
        time.value = time.value.as_ref().and_then(|v| days::add(v, 1));
    }
    time
}

fn begins(scene: &Scene, lexicon: &Lexicon, word: TokenId) -> bool {
    let verbs = scene.document.ancestors(word).take(2).chain(scene.children_of(word, "acl"));
    verbs.into_iter().any(|v| has(&lexicon.begin_verbs, scene.lemma(v)))
}

/// Whether the words tell of its breach: a time beside them is not that of its beginning.
fn is_broken(scene: &Scene, claims: &[Claim], word: TokenId) -> bool {
    let innermost =
        claims.iter().filter(|c| c.content.contains(scene.token(word).span)).min_by_key(|c| c.content.len());
    innermost.is_some_and(|c| c.event == Some(Event::Assault))
}

/// Whether the words tell of its end or its going on: a time beside them is not that of its beginning.
fn is_ending(scene: &Scene, lexicon: &Lexicon, word: TokenId) -> bool {
    let ends = |v: TokenId| has(&lexicon.end_verbs, scene.lemma(v)) || has(&lexicon.lengthen, scene.lemma(v));
    let another = |v: TokenId| scene.token(word).deprel.is("nsubj") && bound::ends_another(scene, v);
    scene.token(word).head.is_some_and(|v| ends(v) && !another(v) || bound::is_ended(scene, v))
}
