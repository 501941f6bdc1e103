//! Who, whom, where and when: binds the words of a proposition to parties, entities, places and times.

use evidence::claim::Finding;
use evidence::deprel::Upos;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::time::{Time, TimeKind};
use evidence::{Act, Basis, Event, Reference, Speaker};

use crate::claims::{Proposition, Reading, reference};
use crate::grammar;
use crate::rule::Role;
use crate::scene::Scene;

/// What a proposition's words are bound to.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    pub actors: Vec<Reference>,
    pub targets: Vec<Reference>,
    pub places: Vec<Reference>,
    pub reasons: Vec<Finding>,
}

/// Events whose sides act together: those who agree, meet or stop fighting are all actors.
const SYMMETRIC: &[Event] = &[Event::Agree, Event::Consult, Event::Cooperate];

/// Binds the roles of a proposition.
pub(crate) fn bind(reading: &Reading, p: &Proposition) -> Roles {
    let scene = &reading.scene;
    let mut roles = Roles::default();
    let Some(event) = &p.event else {
        roles.places = places(scene, p);
        let doers = p.chain.first().map(|a| &reading.attributions[*a]).filter(|a| !a.mutual).map(|a| &a.doers);
        roles.actors = doers.into_iter().flatten().flat_map(|d| reference(scene, *d)).collect();
        // Who declines to comment does nothing.
        let declines = p.chain.first().is_some_and(|a| reading.attributions[*a].act == Act::Decline);
        if roles.actors.is_empty() && !declines {
            told_of(reading, p, &mut roles);
        }
        return roles;
    };
    let role = |r| -> Vec<TokenId> { event.of(r).collect() };
    for t in role(Role::Actor) {
        push(scene, &mut roles.actors, t);
    }
    for t in role(Role::Target) {
        push(scene, &mut roles.targets, t);
    }
    let attribution = p.chain.first().map(|a| &reading.attributions[*a]);
    if let Some(a) = attribution {
        // Whoever is accused or urged does it, and not the speaker, even where the parser lends the verb the speaker.
        let own: Vec<Reference> = a.speakers.iter().flat_map(|s| reference(scene, *s)).collect();
        let of_speaker =
            |r: &Reference| own.iter().any(|o| o.span == r.span || o.party.is_some() && o.party == r.party);
        let parties_known = roles.actors.iter().any(|r| r.party.is_some() && !of_speaker(r));
        if a.mutual {
            let both: Vec<Reference> = a.speakers.iter().flat_map(|s| reference(scene, *s)).collect();
            roles.actors.clone_from(&both);
            roles.targets = both;
            roles.reasons.push(reason(
                "bindings/mutual",
                "«each other»: both sides are accused and suffer it",
                scene,
                a.cue,
            ));
        } else if !a.doers.is_empty() && !parties_known {
            roles.actors = a.doers.iter().flat_map(|d| reference(scene, *d)).collect();
            roles.reasons.push(reason("bindings/accused", "the cue names who is said to do it", scene, a.cue));
        }
    }
    if let Some(a) = attribution {
        let speaker: Vec<Reference> = a.speakers.iter().flat_map(|s| reference(scene, *s)).collect();
        for list in [&mut roles.actors, &mut roles.targets] {
            own_voice(scene, list, &speaker);
        }
    }
    roles.places = places(scene, p);
    for t in role(Role::Place) {
        push(scene, &mut roles.places, t);
    }
    if event.event.is_some_and(|e| SYMMETRIC.contains(&e)) && roles.actors.is_empty() {
        std::mem::swap(&mut roles.actors, &mut roles.targets);
    }
    roles.actors.retain(|r| r.party.is_some() || r.entity.is_some() || r.span.is_some());
    dedup(&mut roles.actors);
    dedup(&mut roles.targets);
    dedup(&mut roles.places);
    roles
}

/// What no rule calls an event is still somebody's doing: the subject's, if it is a party or one of its people.
fn told_of(reading: &Reading, p: &Proposition, roles: &mut Roles) {
    let scene = &reading.scene;
    let cleft = scene.children_of(p.head, "nsubj").any(|s| scene.lower(s) == "it");
    let doers = if cleft && scene.is_nominal(p.head) {
        vec![p.head] // "It was rebels who had come."
    } else if grammar::is_predicate(scene, p.head) {
        grammar::subject(scene, p.head)
    } else {
        grammar::surface_subject(scene, p.head)
    };
    roles.actors = doers.into_iter().flat_map(|d| reference(scene, d)).collect();
    if let Some(a) = p.chain.first().map(|a| &reading.attributions[*a]) {
        let speaker: Vec<Reference> = a.speakers.iter().flat_map(|s| reference(scene, *s)).collect();
        own_voice(scene, &mut roles.actors, &speaker);
    }
    roles.actors.retain(|r| r.party.is_some());
    // "Denied any hand in it", "we have nothing to do with it".
    let denial = p.chain.first().map(|a| &reading.attributions[*a]).filter(|a| a.act == Act::Deny);
    if let Some(a) = denial.filter(|_| roles.actors.is_empty() && !scene.is_verb(p.head)) {
        let own = a.speakers.iter().take(1).flat_map(|s| reference(scene, *s));
        roles.actors = own.filter(|r| r.party.as_ref().is_some_and(|p| fights(scene, p))).collect();
    }
    dedup(&mut roles.actors);
}

/// Whether a party fights in a conflict that the report speaks of.
fn fights(scene: &Scene, party: &str) -> bool {
    scene.referents.fronts.iter().any(|f| f.fights(party))
}

/// "we", "our", "my" in what a speaker says are the speaker's own side.
fn own_voice(scene: &Scene, list: &mut [Reference], speaker: &[Reference]) {
    let Some(first) = speaker.first() else { return };
    for r in list.iter_mut().filter(|r| r.party.is_none()) {
        let words = r.span.map(|s| s.of(&scene.article.text).to_lowercase()).unwrap_or_default();
        let opening = words.split_whitespace().next().unwrap_or_default();
        if matches!(opening, "we" | "our" | "us" | "i" | "my" | "ours") {
            r.party.clone_from(&first.party);
        }
    }
}

fn reason(rule: &str, words: &str, scene: &Scene, at: TokenId) -> Finding {
    Finding { rule: rule.to_owned(), reason: words.to_owned(), span: Some(scene.token(at).span) }
}

fn push(scene: &Scene, list: &mut Vec<Reference>, id: TokenId) {
    list.extend(reference(scene, id));
}

fn dedup(list: &mut Vec<Reference>) {
    let mut seen: Vec<(Option<String>, Option<String>)> = Vec::new();
    list.retain(|r| {
        let key = (r.entity.clone(), r.party.clone());
        let known = key != (None, None) && seen.contains(&key);
        seen.push(key);
        !known
    });
}

/// Places that the proposition's own words name: after a preposition of place, or as the object of the event.
fn places(scene: &Scene, p: &Proposition) -> Vec<Reference> {
    let is_place = |t: &TokenId| scene.mention(*t).is_some_and(|m| m.kind == MentionKind::Place);
    let found = p.tokens.iter().copied().filter(is_place);
    // A place inside the name of a body ("the ministry in Karabakh") is no place of the event.
    let in_name = |t: TokenId| {
        scene.referents.mentions.iter().any(|m| {
            m.kind != MentionKind::Place
                && m.kind != MentionKind::People
                && m.head != t
                && m.span.contains(scene.token(t).span)
        })
    };
    found.filter(|t| !in_name(*t)).flat_map(|t| reference(scene, t).into_iter().take(1)).collect()
}

/// The speakers that a noun phrase names: one for each side of "both sides".
pub(crate) fn speakers(scene: &Scene, head: TokenId) -> Vec<Speaker> {
    let one = speaker(scene, head);
    match scene.mention_over(head) {
        Some(m) if m.parties.len() > 1 => {
            m.parties.iter().map(|p| Speaker { party: Some(p.clone()), entity: None, ..one.clone() }).collect()
        }
        _ => vec![one],
    }
}

/// The speaker that a noun phrase names, of no party where it names several.
pub(crate) fn speaker(scene: &Scene, head: TokenId) -> Speaker {
    let span = Some(scene.phrase(head));
    let Some(m) = scene.mention_over(head) else {
        return Speaker {
            role: Some(scene.phrase(head).of(&scene.article.text).to_owned()),
            span,
            ..Speaker::default()
        };
    };
    let party = (m.parties.len() == 1).then(|| m.parties[0].clone());
    let entity = m.entities.first().map(|e| scene.referents.entities[*e].id.clone());
    let named = |kind: MentionKind| m.kind == kind;
    let words = m.span.of(&scene.article.text).to_owned();
    let organisation = m.organisation.clone().or_else(|| {
        (named(MentionKind::Organisation) || named(MentionKind::Force) || named(MentionKind::Party))
            .then(|| words.clone())
    });
    let role = m.role.clone().or_else(|| (m.name.is_none() && organisation.is_none()).then(|| words.clone()));
    Speaker { name: m.name.clone(), role, organisation, party, entity, span }
}

/// The time of a proposition: the time expression of its own words nearest to the event.
pub(crate) fn time(reading: &Reading, p: &Proposition) -> Option<Time> {
    let scene = &reading.scene;
    let trigger = p.event.as_ref().map_or(p.head, |e| e.trigger);
    let at = scene.token(trigger).span;
    let own = reading.foreground(p.head, &p.tokens);
    let holds = |span: evidence::Span| scene.document.tokens_in(span).any(|t| own.contains(&t));
    let usable = |t: &&evidence::time::TimeExpression| {
        holds(t.span) && !(matches!(t.kind, TimeKind::Duration | TimeKind::Set) && t.value.is_none())
    };
    let distance = |t: &&evidence::time::TimeExpression| {
        let apart = t.span.start().abs_diff(at.start());
        // Among several, the one that hangs on the event itself wins over a nearer one that does not.
        let hangs = scene
            .document
            .tokens_in(t.span)
            .any(|w| scene.token(w).head == Some(trigger) || scene.token(w).head == Some(p.head));
        (!hangs, t.value.is_none(), apart)
    };
    let times = &scene.document.times;
    let best = times.iter().filter(usable).min_by_key(distance).or_else(|| time_beside(reading, p))?;
    // "Within 90 days" sets a deadline: its last day is when it is to be done.
    let deadline = best.span.of(&scene.article.text).to_lowercase().starts_with("within") && best.end.is_some();
    Some(Time {
        value: if deadline { best.end.clone() } else { best.value.clone() },
        end: best.end.clone().filter(|_| !deadline),
        precision: best.precision,
        span: Some(best.span),
        basis: Basis::Text,
    })
}

/// The time that hangs on the cue of a proposition without one, where it is the proposition's all the same: the period of
/// what a noun counts ("confirmed 12 deaths since May"), and the day of a deed done by the saying of it ("announced the
/// truce on Monday"). When something was merely said is no time of what was said.
fn time_beside<'a>(reading: &'a Reading, p: &Proposition) -> Option<&'a evidence::time::TimeExpression> {
    let scene = &reading.scene;
    let attribution = &reading.attributions[*p.chain.first()?];
    let head = scene.token(p.head);
    if head.head != Some(attribution.cue) && scene.document.ancestors(p.head).nth(1) != Some(attribution.cue) {
        return None;
    }
    let noun = matches!(head.upos, Upos::Noun | Upos::Num | Upos::Propn);
    let done = noun && matches!(attribution.act, Act::Announce | Act::Promise | Act::Offer);
    let beside = |t: &&evidence::time::TimeExpression| {
        let since = t.span.of(&scene.article.text).to_lowercase().starts_with("since");
        let on_cue = scene.document.tokens_in(t.span).any(|w| scene.token(w).head == Some(attribution.cue));
        t.value.is_some() && on_cue && (since && noun || done && !since)
    };
    scene.document.times.iter().find(beside)
}
