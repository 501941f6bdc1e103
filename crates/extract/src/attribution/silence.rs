//! Who says neither yes nor no? "neither confirmed nor denied", "refused to confirm or deny", "no comment from the army".

use evidence::Act;
use evidence::deprel::Deprel;
use evidence::document::TokenId;

use super::clauses::is_negated;
use super::speakers::{can_speak, nearest_subject};
use super::{Attribution, Content};
use crate::scene::Scene;
use crate::speech::Speech;

/// Verbs under which a yes or no is refused.
const REFUSING: &[&str] = &["refuse", "decline", "fail"];

/// A yes and a no, of which neither is said.
struct Pair {
    first: TokenId,
    second: TokenId,
    /// Whether a verb above says that it is refused.
    refused: bool,
}

/// Whether a verb is no cue by itself: one of a pair of yes and no that says neither, or what is refused ("declined to say").
pub(super) fn is_unsaid(scene: &Scene, speech: &Speech, id: TokenId) -> bool {
    let above = scene.token(id).head.filter(|_| scene.token(id).deprel == Deprel::Xcomp);
    let refused = above.is_some_and(|h| {
        REFUSING.contains(&scene.lemma(h)) && speech.of(scene.lemma(h)).iter().any(|c| c.act == Some(Act::Decline))
    });
    refused && speech.of(scene.lemma(id)).iter().any(|c| c.act == Some(Act::Assert))
        || pair(scene, speech, id).is_some()
}

/// Whether a word stands in what somebody refuses to say ("declined to say how many had died"): nobody says it.
pub fn is_withheld(scene: &Scene, found: &[Attribution], id: TokenId) -> bool {
    let silent = |a: &Attribution| {
        a.act == Act::Decline && a.content == [Content::Own] && REFUSING.contains(&scene.lemma(a.cue))
    };
    scene.document.ancestors(id).any(|t| found.iter().any(|a| a.cue == t && silent(a)))
        && std::iter::once(id).chain(scene.document.ancestors(id)).any(|t| scene.token(t).deprel == Deprel::Ccomp)
}

fn pair(scene: &Scene, speech: &Speech, id: TokenId) -> Option<Pair> {
    let of = |t: TokenId| {
        let acts = speech.of(scene.lemma(t)).iter().filter_map(|c| c.act);
        acts.into_iter().find(|a| matches!(a, Act::Deny | Act::Confirm))
    };
    let act = of(id)?;
    let other = |t: &TokenId| of(*t).is_some_and(|a| a != act);
    let above = scene.token(id).head.filter(|_| scene.token(id).deprel == Deprel::Conj).filter(other);
    let (first, second) = match above {
        Some(first) => (first, id),
        None => (id, scene.children_of(id, "conj").find(other)?),
    };
    let joined = scene.children_of(second, "cc").any(|c| matches!(scene.lower(c).as_str(), "nor" | "or"));
    let governor = scene.token(first).head.filter(|_| scene.token(first).deprel == Deprel::Xcomp);
    let refused = governor.is_some_and(|h| REFUSING.contains(&scene.lemma(h)));
    let neither = scene.document.children(first).iter().any(|c| scene.lower(*c) == "neither");
    let negated = is_negated(scene, first) || governor.is_some_and(|h| is_negated(scene, h));
    (joined && (refused || neither || negated)).then_some(Pair { first, second, refused })
}

/// What somebody declines to say yes or no to.
pub(super) fn at(scene: &Scene, speech: &Speech, id: TokenId) -> Option<Attribution> {
    let Some(pair) = pair(scene, speech, id) else { return no_comment(scene, id) };
    if pair.refused || pair.first != id {
        return None;
    }
    let speakers = nearest_subject(scene, id).into_iter().filter(|s| can_speak(scene, *s, "confirm", true)).collect();
    let clauses = [pair.first, pair.second].into_iter().flat_map(|t| scene.children_of(t, "ccomp"));
    let content: Vec<Content> = clauses.map(Content::Clause).collect();
    Some(declined(id, speakers, if content.is_empty() { vec![Content::Own] } else { content }))
}

/// "There was no comment from the army": the army declines.
fn no_comment(scene: &Scene, id: TokenId) -> Option<Attribution> {
    let words = ["comment", "response", "reaction", "reply", "word"];
    let none = scene.children_of(id, "det").any(|d| scene.lower(d) == "no");
    if !none || !words.contains(&scene.lemma(id)) {
        return None;
    }
    let from = |t: TokenId| {
        scene.children_of(t, "nmod").chain(scene.children_of(t, "obl")).find(|c| scene.has_case(*c, &["from", "by"]))
    };
    let speaker = from(id).or_else(|| scene.token(id).head.and_then(from))?;
    let speakers = crate::grammar::with_conjuncts(scene, vec![speaker]);
    can_speak(scene, speaker, "comment", true).then(|| declined(id, speakers, vec![Content::Own]))
}

fn declined(cue: TokenId, speakers: Vec<TokenId>, content: Vec<Content>) -> Attribution {
    Attribution::plain(cue, Act::Decline, speakers, content, "speech/decline.silence")
}
