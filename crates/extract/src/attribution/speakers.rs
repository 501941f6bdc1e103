//! Who speaks by a cue?

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use crate::grammar;
use crate::scene::Scene;
use crate::speech::Frame;

/// Verbs that speak only if a person, a body or a side is their subject.
const WEAK: &[&str] = &[
    "show", "find", "hear", "put", "hold", "point", "believe", "think", "indicate", "suggest", "see", "fear", "expect",
    "reveal", "order", "require", "press", "push", "seek", "call", "ask", "count", "record", "describe", "answer",
    "register", "observe", "concede", "commit", "conclude", "add", "offer", "note", "post", "state", "estimate",
    "speak", "report", "respond", "suspect",
];

/// Who speaks by a cue; `None` if nobody can be the speaker and the cue is no cue here.
pub(super) fn speakers_of(scene: &Scene, id: TokenId, frame: Frame) -> Option<Vec<TokenId>> {
    let subjects = match frame {
        Frame::Noun => grammar::subject(scene, id),
        _ if grammar::is_passive(scene, id) => grammar::subject(scene, id),
        _ => nearest_subject(scene, id),
    };
    // "The flood claimed ninety lives": what nobody is known to be does not claim things by the object.
    let quotes = matches!(frame, Frame::Clause | Frame::Bare | Frame::Infinitive | Frame::Urge | Frame::Gerund);
    let speaking: Vec<TokenId> =
        subjects.into_iter().filter(|s| can_speak(scene, *s, scene.lemma(id), quotes)).collect();
    let speaking = outside_quotation(scene, id, speaking);
    let passive = !matches!(frame, Frame::Noun | Frame::Bare) && grammar::is_passive(scene, id);
    (!speaking.is_empty() || passive).then_some(speaking)
}

/// A cue outside a quotation has no speaker inside it ("“They fired on us,” he said, accusing the army of …"): then
/// whoever speaks the quotation.
fn outside_quotation(scene: &Scene, cue: TokenId, speakers: Vec<TokenId>) -> Vec<TokenId> {
    let quotation = |t: TokenId| {
        scene.document.quotations.iter().position(|q| !q.fragment && q.inner.contains(scene.token(t).span))
    };
    if quotation(cue).is_some() || speakers.iter().all(|s| quotation(*s).is_none()) {
        return speakers;
    }
    let sentence = scene.document.sentences[scene.document.sentence_of(cue)].tokens.clone();
    let subject = |t: &TokenId| scene.token(*t).deprel == Deprel::Nsubj && quotation(*t).is_none();
    sentence.filter(subject).min_by_key(|t| t.abs_diff(cue)).into_iter().collect()
}

/// The subject of a cue; of two that the parser gives it ("The strike killed nine, the union said"), the nearer one.
pub(crate) fn nearest_subject(scene: &Scene, id: TokenId) -> Vec<TokenId> {
    let own: Vec<TokenId> = scene.children_of(id, "nsubj").collect();
    match own.iter().min_by_key(|s| s.abs_diff(id)) {
        None => stranded_subject(scene, id).map_or_else(|| grammar::surface_subject(scene, id), |s| vec![s]),
        Some(nearest) if own.len() > 1 => vec![*nearest],
        _ => grammar::surface_subject(scene, id),
    }
}

/// "…, the envoy, Lena Varga, has estimated.": the noun phrase before a closing cue that the parser has given to the
/// clause that is told, its head.
fn stranded_subject(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let sentence = scene.document.sentences[scene.document.sentence_of(id)].tokens.clone();
    let told_before = scene.children_of(id, "ccomp").any(|c| c < id);
    if !told_before || scene.children_of(id, "nsubj").next().is_some() {
        return None;
    }
    let mut end = id;
    while end > sentence.start && matches!(scene.token(end - 1).upos, Upos::Aux | Upos::Adv | Upos::Punct) {
        end -= 1;
    }
    let start = (sentence.start..end).rev().find(|t| scene.word(*t) == ",").map(|c| c + 1)?;
    let outside = |t: &TokenId| scene.token(*t).head.is_none_or(|h| h < start || h >= end);
    (start..end).filter(|t| scene.is_nominal(*t)).find(outside)
}

pub(crate) fn can_speak(scene: &Scene, id: TokenId, lemma: &str, quotes: bool) -> bool {
    let token = scene.token(id);
    let it =
        scene.lower(id) == "it" && scene.mention(id).is_none_or(|m| m.parties.is_empty() && m.organisation.is_none());
    let speaks = |m: &evidence::Mention| {
        m.kind.acts() || m.kind == MentionKind::Source || m.kind == MentionKind::Place && !m.parties.is_empty()
    };
    match scene.mention(id) {
        Some(m) => speaks(m) && !(it && m.entities.is_empty()),
        None if token.deprel == Deprel::Expl || it => false,
        // "They accuse …": a personal pronoun is somebody, whoever it stands for.
        None if token.upos == Upos::Pron && token.feats.has(Feats::PRON_PRS) => true,
        None => quotes && !WEAK.contains(&lemma) && matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron),
    }
}
