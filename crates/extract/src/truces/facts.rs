//! What the words around a truce say of it: sides, times, brokers, monitors, terms.

use evidence::ceasefire::Term;
use evidence::claim::Reference;
use evidence::deprel::Upos;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::time::{Iso, Time, TimeExpression, TimeKind};
use evidence::{Act, Basis, Claim, Event, Precision, Status};

use super::Draft;
use super::lexicon::{Lexicon, has};
use crate::claims::reference;
use crate::grammar;
use crate::scene::Scene;

/// Year (or month) of a truce told as history: a year or month of its own that is not the report's.
pub(super) fn past_of(scene: &Scene, noun: TokenId) -> Option<String> {
    let published = scene.article.published.value.as_ref().map(|v| v.date().to_owned());
    let own = times_near(scene, noun);
    let coarse = own.into_iter().find(|t| {
        let Some(value) = &t.value else { return false };
        let date = value.date();
        match value.precision() {
            Precision::Year => published.as_ref().is_none_or(|p| p[..4] != date[..4]),
            // "early in June", in a report of June: an earlier one.
            Precision::Month => published.as_ref().is_some_and(|p| p.get(..7).is_some_and(|p| p >= date)),
            _ => published.as_ref().is_some_and(|p| more_than_a_week(date, p)),
        }
    })?;
    coarse.value.as_ref().map(|v| v.date().to_owned())
}

/// Whether `day` lies more than a week before `published`.
fn more_than_a_week(day: &str, published: &str) -> bool {
    let limit = Iso::parse(day).and_then(|d| add_days(&d, 7));
    published.len() >= 10 && limit.is_some_and(|l| l.date() < &published[..10])
}

/// Time expressions in the noun's phrase, or in the clause whose subject or object it is.
fn times_near<'a>(scene: &Scene<'a>, noun: TokenId) -> Vec<&'a TimeExpression> {
    let own = scene.document.subtree(noun);
    let within = |t: &TimeExpression, tokens: &[TokenId]| scene.document.tokens_in(t.span).any(|w| tokens.contains(&w));
    let inner: Vec<_> = scene.document.times.iter().filter(|t| within(t, &own)).collect();
    if !inner.is_empty() {
        return inner;
    }
    let Some(head) = scene.token(noun).head else { return Vec::new() };
    let direct: Vec<TokenId> = scene
        .document
        .children(head)
        .iter()
        .copied()
        .filter(|c| scene.token(*c).deprel.is("obl") || scene.token(*c).deprel.is("advmod"))
        .flat_map(|c| scene.document.subtree(c))
        .collect();
    scene.document.times.iter().filter(|t| within(t, &direct)).collect()
}

/// Sides that a truce binds: those named around it, else both sides of the conflict.
pub(super) fn sides_of(scene: &Scene, noun: TokenId, claims: &[Claim], about: &[usize]) -> Vec<String> {
    let sides = &scene.referents.sides;
    let between = scene.children_of(noun, "nmod").filter(|n| scene.has_case(*n, &["between", "among"]));
    let mut named: Vec<String> = between
        .flat_map(|n| std::iter::once(n).chain(scene.children_of(n, "conj")))
        .flat_map(|n| scene.mention(n).map(|m| m.parties.clone()).unwrap_or_default())
        .collect();
    let deeds = [Event::Agree, Event::Concede, Event::Retreat];
    for c in about.iter().map(|i| &claims[*i]).filter(|c| c.event.is_some_and(|e| deeds.contains(&e))) {
        named.extend(c.actors.iter().filter_map(|a| a.party.clone()));
    }
    if named.iter().any(|p| sides.contains(p)) {
        named.retain(|p| sides.contains(p));
    }
    named.sort();
    named.dedup();
    if named.len() < 2 && sides.len() >= 2 {
        named = sides.iter().take(2).cloned().collect();
        named.sort();
    }
    named
}

/// "the truce": a truce that is there.
pub(super) fn is_definite(scene: &Scene, noun: TokenId) -> bool {
    scene.children_of(noun, "det").any(|d| matches!(scene.lower(d).as_str(), "the" | "this" | "that"))
}

fn time_of(t: &TimeExpression) -> Time {
    Time { value: t.value.clone(), end: t.end.clone(), precision: t.precision, span: Some(t.span), basis: Basis::Text }
}

/// When it takes effect: the time of its beginning, else the day it was agreed.
pub(super) fn effective(scene: &Scene, lexicon: &Lexicon, draft: &Draft) -> Option<Time> {
    if let Some(past) = &draft.past {
        let t = draft
            .nouns
            .iter()
            .flat_map(|n| times_near(scene, *n))
            .find(|t| t.value.as_ref().is_some_and(|v| v.date() == past));
        return t.map(time_of);
    }
    let usable = |t: &&TimeExpression| t.kind != TimeKind::Duration && t.kind != TimeKind::Set;
    let rank = |t: &&TimeExpression| (t.value.is_none(), !is_clock(t), t.span);
    let starting = draft.nouns.iter().copied().filter(|n| begins(scene, lexicon, *n));
    let begun = starting.flat_map(|n| clause_times(scene, n)).filter(usable).min_by_key(rank);
    let own = || {
        draft.nouns.iter().flat_map(|n| clause_times(scene, *n)).filter(usable).filter(is_clock_ref).min_by_key(rank)
    };
    let agreed = || draft.nouns.iter().flat_map(|n| times_near(scene, *n)).filter(usable).min_by_key(rank);
    begun.filter(is_clock_ref).or_else(own).or(begun).or_else(agreed).map(time_of)
}

fn is_clock(t: &TimeExpression) -> bool {
    t.kind == TimeKind::Clock || t.value.as_ref().is_some_and(|v| v.as_str().contains('T'))
}

fn is_clock_ref(t: &&TimeExpression) -> bool {
    is_clock(t)
}

/// Times anywhere in the clause that the word stands in.
fn clause_times<'a>(scene: &Scene<'a>, noun: TokenId) -> Vec<&'a TimeExpression> {
    let head = std::iter::once(noun)
        .chain(scene.document.ancestors(noun))
        .find(|a| crate::attribution::is_clause_head(scene, *a));
    let tokens = head.map(|h| scene.document.subtree(h)).unwrap_or_default();
    scene.document.times.iter().filter(|t| scene.document.tokens_in(t.span).any(|w| tokens.contains(&w))).collect()
}

fn begins(scene: &Scene, lexicon: &Lexicon, noun: TokenId) -> bool {
    let verbs = scene.document.ancestors(noun).take(2).chain(scene.children_of(noun, "acl"));
    verbs.into_iter().any(|v| has(&lexicon.begin_verbs, scene.lemma(v)))
}

/// When it ends: told in so many words, or by its length from its beginning.
pub(super) fn ends(scene: &Scene, lexicon: &Lexicon, draft: &Draft, effective: Option<&Time>) -> Option<Time> {
    for noun in &draft.nouns {
        let Some(head) = scene.token(*noun).head else { continue };
        if has(&lexicon.end_verbs, scene.lemma(head)) && scene.token(*noun).deprel.is("nsubj") {
            let below = scene.document.subtree(head);
            let t = scene.document.times.iter().find(|t| {
                scene
                    .document
                    .tokens_in(t.span)
                    .any(|w| below.contains(&w) && !scene.document.subtree(*noun).contains(&w))
            });
            if let Some(t) = t.filter(|t| t.value.is_some()) {
                return Some(time_of(t));
            }
        }
    }
    let start = effective?.value.as_ref()?;
    let span = draft.nouns.iter().find_map(|n| {
        let own = scene.document.subtree(*n);
        scene
            .document
            .times
            .iter()
            .find(|t| t.kind == TimeKind::Duration && scene.document.tokens_in(t.span).any(|w| own.contains(&w)))
    })?;
    let days = days_of(span.timex.as_deref()?)?;
    let value = add_days(start, days)?;
    Some(Time {
        precision: Some(value.precision()),
        value: Some(value),
        end: None,
        span: Some(span.span),
        basis: Basis::Inferred,
    })
}

/// Days of a TIMEX3 duration in days, weeks or hours of whole days (`P7D`, `P2W`, `PT72H`).
fn days_of(timex: &str) -> Option<i64> {
    let rest = timex.strip_prefix('P')?;
    if let Some(hours) = rest.strip_prefix('T').and_then(|r| r.strip_suffix('H')) {
        return hours.parse::<i64>().ok().filter(|h| h % 24 == 0).map(|h| h / 24);
    }
    let (number, unit) = rest.split_at(rest.len().checked_sub(1)?);
    let n: i64 = number.parse().ok()?;
    match unit {
        "D" => Some(n),
        "W" => Some(n * 7),
        _ => None,
    }
}

/// A date or date-time some days on, keeping its clock and offset. Proleptic Gregorian (Hinnant, "chrono-compatible
/// low-level date algorithms").
fn add_days(from: &Iso, days: i64) -> Option<Iso> {
    let (date, rest) = from.as_str().split_at_checked(10)?;
    let mut parts = date.split('-').map(|p| p.parse::<i64>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    let shifted = if m <= 2 { y - 1 } else { y };
    let era = shifted.div_euclid(400);
    let day_of_year = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    let year_of_era = shifted - era * 400;
    let total = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year + days;
    let era = total.div_euclid(146_097);
    let day = total - era * 146_097;
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let dd = day_of_year - (153 * month + 2) / 5 + 1;
    let mm = if month < 10 { month + 3 } else { month - 9 };
    let yy = year + era * 400 + i64::from(mm <= 2);
    Iso::parse(&format!("{yy:04}-{mm:02}-{dd:02}{rest}"))
}

/// Who made it known: speakers of claims that announce it.
pub(super) fn announcers(scene: &Scene, claims: &[Claim], draft: &Draft) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    if draft.past.is_some() {
        return out;
    }
    for c in draft.claims.iter().map(|i| &claims[*i]) {
        let made_known = c.act == Act::Announce
            && matches!(c.event, Some(Event::Agree | Event::Concede | Event::Retreat))
            || c.event == Some(Event::Concede) && c.act == Act::Assert;
        if made_known && let Some(s) = c.speakers.first() {
            out.push(Reference { entity: s.entity.clone(), party: s.party.clone(), span: s.span });
        } else if made_known && c.speakers.is_empty() && c.event == Some(Event::Concede) {
            out.extend(c.actors.iter().cloned());
        }
    }
    // "was announced by the envoy"
    for noun in &draft.nouns {
        let Some(verb) =
            scene.token(*noun).head.filter(|h| matches!(scene.lemma(*h), "announce" | "declare" | "proclaim"))
        else {
            continue;
        };
        if grammar::is_passive(scene, verb) {
            out.extend(grammar::subject(scene, verb).into_iter().flat_map(|t| reference(scene, t)));
        }
    }
    distinct(out)
}

/// Whether one side declared it alone.
pub(super) fn is_unilateral(scene: &Scene, draft: &Draft, announced: &[Reference]) -> bool {
    let said = draft.nouns.iter().any(|n| {
        scene.children_of(*n, "amod").any(|a| scene.lemma(a) == "unilateral")
            || scene
                .token(*n)
                .head
                .is_some_and(|h| scene.children_of(h, "advmod").any(|a| scene.lower(a) == "unilaterally"))
    });
    said && announced.iter().any(|r| r.party.is_some())
}

/// Who brought it about: agents of brokering, "X-brokered", "under the auspices of X".
pub(super) fn brokers(
    scene: &Scene,
    lexicon: &Lexicon,
    draft: &Draft,
    parties: &[String],
    announced: &[Reference],
) -> Vec<Reference> {
    let mut out = Vec::new();
    let near = |t: TokenId| {
        draft.nouns.iter().any(|n| {
            scene.document.sentence_of(*n).abs_diff(scene.document.sentence_of(t))
                <= if draft.past.is_some() { 0 } else { 2 }
        })
    };
    for t in 0..scene.document.tokens.len() {
        let lemma = scene.lemma(t);
        if !near(t) {
            continue;
        }
        let yet_to_come = scene
            .children_of(t, "aux")
            .any(|a| matches!(scene.lower(a).as_str(), "will" | "would" | "to" | "could" | "may"));
        if yet_to_come {
            continue;
        }
        if has(&lexicon.broker_verbs, lemma) && matches!(scene.token(t).upos, Upos::Verb | Upos::Adj) {
            out.extend(grammar::subject(scene, t).into_iter().flat_map(|s| reference(scene, s)));
            // "Geneva-brokered": the name hangs on the participle without a preposition.
            let glued = scene.document.children(t).iter().copied().filter(|c| {
                scene.mention(*c).is_some_and(|m| !m.parties.is_empty()) && scene.cases(*c).is_empty() && *c < t
            });
            out.extend(glued.flat_map(|c| reference(scene, c)));
        } else if has(&lexicon.broker_nouns, lemma) {
            let named = scene
                .document
                .children(t)
                .iter()
                .copied()
                .filter(|c| scene.mention(*c).is_some_and(|m| !m.parties.is_empty()));
            out.extend(
                named
                    .flat_map(|c| std::iter::once(c).chain(scene.children_of(c, "conj")))
                    .flat_map(|c| reference(scene, c)),
            );
        }
    }
    out.extend(announced.iter().filter(|r| is_envoy(scene, r)).cloned());
    out.retain(|r| r.party.as_ref().is_some_and(|p| !parties.contains(p) && !scene.referents.sides.contains(p)));
    distinct(out)
}

/// Whether the words call somebody an envoy or mediator: who makes a truce known in that office has brought it about.
fn is_envoy(scene: &Scene, r: &Reference) -> bool {
    let words = r.span.map(|s| s.of(&scene.article.text).to_lowercase()).unwrap_or_default();
    ["envoy", "mediator", "special representative", "facilitator", "negotiator"].iter().any(|w| words.contains(w))
}

/// Who watches over it: subjects of monitoring, members of monitoring bodies.
pub(super) fn monitors(scene: &Scene, lexicon: &Lexicon) -> Vec<Reference> {
    let mut out = Vec::new();
    for t in 0..scene.document.tokens.len() {
        let lemma = scene.lemma(t);
        if has(&lexicon.monitor_verbs, lemma) && scene.token(t).upos == Upos::Verb {
            let of_truce = grammar::object(scene, t).iter().any(|o| {
                lexicon.names_truce(scene, *o)
                    || matches!(scene.lemma(*o), "it" | "implementation" | "compliance" | "deal" | "agreement")
            });
            if of_truce {
                out.extend(grammar::subject(scene, t).into_iter().flat_map(|s| named_within(scene, s)));
            }
        } else if has(&lexicon.monitor_nouns, lemma) && scene.token(t).deprel.is("compound") {
            let sentence = &scene.document.sentences[scene.document.sentence_of(t)];
            out.extend(
                sentence
                    .tokens
                    .clone()
                    .filter(|w| {
                        *w > t
                            && scene.mention(*w).is_some_and(|m| !m.parties.is_empty() && m.kind != MentionKind::Person)
                    })
                    .flat_map(|w| reference(scene, w)),
            );
        }
    }
    out.retain(|r| r.party.is_some());
    distinct(out)
}

/// The mention that a word heads, or those inside its phrase ("a group of Southern League monitors").
fn named_within(scene: &Scene, id: TokenId) -> Vec<Reference> {
    let own = reference(scene, id);
    if own.iter().any(|r| r.party.is_some()) {
        return own;
    }
    scene
        .document
        .subtree(id)
        .into_iter()
        .filter(|t| scene.mention(*t).is_some_and(|m| !m.parties.is_empty()))
        .flat_map(|t| reference(scene, t))
        .collect()
}

/// What it provides for: deeds to come that are of the kinds truces provide for.
pub(super) fn terms(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], unilateral: bool) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::new();
    if unilateral {
        return out;
    }
    for t in 0..scene.document.tokens.len() {
        let lemma = scene.lemma(t);
        for words in lexicon.terms.iter().filter(|w| has(&w.verbs, lemma)) {
            let arguments = grammar::object(scene, t)
                .into_iter()
                .chain(grammar::subject(scene, t))
                .chain(scene.children_of(t, "xcomp"))
                .chain(scene.children_of(t, "nmod"))
                .chain(scene.children_of(t, "compound"))
                .chain(scene.children_of(t, "obl"));
            let with_parts = arguments.flat_map(|a| {
                std::iter::once(a).chain(scene.children_of(a, "conj")).chain(scene.children_of(a, "nmod"))
            });
            let fits: Vec<TokenId> = with_parts.filter(|a| has(&words.nouns, scene.lemma(*a))).collect();
            if fits.is_empty() || !is_provided(scene, claims, t) {
                continue;
            }
            let span = scene.document.span_over(&[&[t][..], &fits].concat()).unwrap_or(scene.token(t).span);
            if !out.iter().any(|o| o.kind == words.kind() && o.span.overlaps(span)) {
                out.push(Term { kind: words.kind(), article: scene.article.id.clone(), span });
            }
        }
    }
    out.sort_by_key(|t| (t.span, t.kind));
    out
}

/// Whether a deed is provided for: an infinitive, a deed to come or agreed, told by no party as its own wish.
fn is_provided(scene: &Scene, claims: &[Claim], id: TokenId) -> bool {
    let span = scene.token(id).span;
    let around = claims.iter().filter(|c| c.content.contains(span)).min_by_key(|c| c.content.len());
    let wished = around.is_some_and(|c| {
        matches!(
            c.act,
            Act::Appeal
                | Act::Demand
                | Act::Threaten
                | Act::Offer
                | Act::Deny
                | Act::Accuse
                | Act::Welcome
                | Act::Predict
        ) || c.status == Status::Conditional
            || c.event == Some(Event::Assault) && c.status != Status::Planned
    });
    let infinitive = scene.has_case(id, &["to"]) || scene.token(id).feats.has(evidence::document::Feats::VERB_INF);
    let agreed = around.is_some_and(|c| matches!(c.event, Some(Event::Agree)) || c.status == Status::Planned);
    let noun_of_purpose = scene.token(id).upos == Upos::Noun && scene.has_case(id, &["for"]);
    !wished && (infinitive || agreed || noun_of_purpose)
}

/// Whether a claim says how the truce stands.
pub(super) fn speaks_of_standing(c: &Claim) -> bool {
    match c.event {
        Some(Event::Retreat) => true,
        Some(Event::Agree | Event::Concede) => c.act == Act::Announce || c.speakers.is_empty(),
        Some(Event::Assault) => c.found.iter().any(|f| f.rule.starts_with("assault/breach.")),
        _ => matches!(c.act, Act::Welcome | Act::Condemn),
    }
}

/// Whether a claim's own sentence puts it before the truce ("an hour before the deadline", "ahead of the truce").
pub(super) fn is_before(scene: &Scene, lexicon: &Lexicon, c: &Claim) -> bool {
    let Some(first) = scene.document.token_at(c.content.start()) else { return false };
    let sentence = scene.document.sentences[scene.document.sentence_of(first)].tokens.clone();
    sentence.into_iter().any(|t| {
        let earlier = scene.cases(t).iter().any(|w| has(&lexicon.before, w))
            || scene.document.children(t).iter().any(|m| has(&lexicon.before, &scene.lower(*m)));
        let truce_below = || scene.document.subtree(t).into_iter().any(|w| lexicon.names_truce(scene, w));
        earlier && truce_below()
    })
}

/// Whether nothing says that the claim's deed is older than the truce.
pub(super) fn not_earlier(c: &Claim, scene: &Scene, draft: &Draft) -> bool {
    let since = draft
        .nouns
        .iter()
        .flat_map(|n| clause_times(scene, *n))
        .filter_map(|t| t.value.as_ref())
        .map(|v| v.date().to_owned())
        .filter(|d| d.len() == 10)
        .max();
    let when = c.time.as_ref().and_then(|t| t.value.as_ref()).map(|v| v.date().to_owned());
    match (since, when) {
        (Some(s), Some(w)) => w >= s || w.len() < 10,
        _ => true,
    }
}

/// Whether a claim tells of a deed, not of a state of war.
pub(super) fn speaks_of_deed(c: &Claim) -> bool {
    !c.found.iter().any(|f| f.rule.starts_with("assault/fighting.") || f.rule.starts_with("assault/casualties."))
}

fn distinct(list: Vec<Reference>) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    for r in list {
        if !out.iter().any(|o| o.party == r.party && (r.party.is_some() || o.span == r.span)) {
            out.push(r);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_added_over_months_and_leap_years() {
        let on = |s: &str, n| add_days(&Iso::parse(s).unwrap(), n).map(|i| i.to_string());
        assert_eq!(on("2023-05-29T21:45+02:00", 7).as_deref(), Some("2023-06-05T21:45+02:00"));
        assert_eq!(on("2024-02-26", 5).as_deref(), Some("2024-03-02"));
        assert_eq!(on("2020-12-31", 1).as_deref(), Some("2021-01-01"));
        assert_eq!(on("2020-12", 1), None);
        assert_eq!(
            (days_of("P7D"), days_of("P1W"), days_of("PT72H"), days_of("P2M")),
            (Some(7), Some(7), Some(3), None)
        );
    }
}
