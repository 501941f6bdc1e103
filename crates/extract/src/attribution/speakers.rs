//! Who speaks by a cue?

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use super::{Attribution, Content};
use crate::grammar;
use crate::scene::Scene;
use crate::speech::Frame;

/// At most so many paragraphs a post or a statement goes on after the cue.
const FURTHER_LINES: usize = 3;

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
        None => stranded_subject(scene, id)
            .or_else(|| subject_beside(scene, id))
            .map_or_else(|| grammar::surface_subject(scene, id), |s| vec![s]),
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

/// "Nine are missing, a nurse who asked not to be named tells us.": the noun phrase just before a cue that the parser has
/// put beside it.
fn subject_beside(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let head = scene.token(id).head.filter(|_| scene.token(id).deprel == Deprel::Parataxis)?;
    let next_to_cue = |t: &TokenId| {
        let end = scene.document.subtree(*t).last().map_or(*t, |l| l + 1);
        end <= id && (end..id).all(|x| matches!(scene.token(x).upos, Upos::Punct | Upos::Aux | Upos::Adv))
    };
    let loose = |t: &TokenId| matches!(scene.token(*t).deprel.base(), "parataxis" | "appos" | "list" | "dep" | "conj");
    let beside = scene.document.children(head).iter().copied().filter(|t| *t < id && scene.is_nominal(*t));
    beside.filter(loose).find(next_to_cue)
}

/// Puts whoever was speaking in the place of "we" and "I" in words that no quotation marks set off: the further lines of
/// a post or a statement.
pub(super) fn go_on(scene: &Scene, found: &mut [Attribution]) {
    let first_person = |t: TokenId| scene.token(t).feats.has(Feats::PERSON_1) && scene.token(t).upos == Upos::Pron;
    let quoted = |t: TokenId| {
        let at = scene.token(t).span;
        scene.document.quotations.iter().any(|q| !q.fragment && q.inner.contains(at))
    };
    let paragraph = |t: TokenId| scene.document.sentences[scene.document.sentence_of(t)].paragraph;
    for i in 0..found.len() {
        let cue = found[i].cue;
        let [speaker] = found[i].speakers[..] else { continue };
        if !first_person(speaker) {
            continue;
        }
        if quoted(speaker) {
            // "“We urge …,” the envoy said": who is quoted speaks of themselves.
            if let Some(speakers) = quoting(scene, found, speaker) {
                found[i].speakers = speakers;
            }
            continue;
        }
        if scene.mention(speaker).is_some_and(|m| !m.parties.is_empty()) {
            continue;
        }
        let before = |a: &&Attribution| {
            a.cue < cue && paragraph(a.cue) + FURTHER_LINES >= paragraph(cue) && !a.speakers.is_empty()
        };
        let last = found.iter().filter(before).max_by_key(|a| a.cue);
        if let Some(speakers) = last.map(|a| a.speakers.clone()) {
            found[i].speakers = speakers;
        }
    }
}

/// Who speaks the quotation that a word stands in.
fn quoting(scene: &Scene, found: &[Attribution], word: TokenId) -> Option<Vec<TokenId>> {
    let at = scene.token(word).span;
    let quotation = scene.document.quotations.iter().find(|q| !q.fragment && q.inner.contains(at))?;
    let speaks = |a: &&Attribution| {
        let outside = !quotation.span.overlaps(scene.token(a.cue).span) && !a.speakers.is_empty();
        let of_it = a.content.iter().any(|c| match c {
            Content::Clause(t) | Content::Phrase(t) => quotation.inner.contains(scene.token(*t).span),
            Content::Quote(span) => span.overlaps(quotation.inner),
            Content::Own => false,
        });
        outside && of_it
    };
    // A quotation that goes on in the same paragraph has no cue of its own.
    let paragraph = |t: TokenId| scene.document.sentences[scene.document.sentence_of(t)].paragraph;
    let quoted = |t: TokenId| {
        let at = scene.token(t).span;
        scene.document.quotations.iter().any(|q| !q.fragment && q.inner.contains(at))
    };
    let just_before = |a: &&Attribution| {
        let of_quotation = a.content.iter().any(|c| match c {
            Content::Clause(t) | Content::Phrase(t) => quoted(*t),
            Content::Quote(_) => true,
            Content::Own => false,
        });
        a.cue < word && paragraph(a.cue) == paragraph(word) && !quoted(a.cue) && of_quotation
    };
    let before = || found.iter().filter(just_before).max_by_key(|a| a.cue).filter(|a| !a.speakers.is_empty());
    found.iter().find(speaks).or_else(before).map(|a| a.speakers.clone())
}

/// Puts whoever is named as its author in the place of a document: "according to a statement by the army".
pub(super) fn author(scene: &Scene, found: &mut [Attribution]) {
    for a in found {
        for s in &mut a.speakers {
            let document = scene.mention(*s).is_some_and(|m| m.kind == MentionKind::Source && m.parties.is_empty());
            let by = |c: &TokenId| {
                scene.token(*c).deprel == Deprel::NmodPoss
                    || scene.token(*c).deprel.is("nmod") && scene.has_case(*c, &["by", "from"])
            };
            let acts = |c: &TokenId| scene.mention(*c).is_some_and(|m| m.kind.acts());
            if let Some(author) = scene.document.children(*s).iter().copied().filter(|_| document).filter(by).find(acts)
            {
                *s = author;
            }
        }
    }
}

/// Whom a speaker cites: "the union, citing witnesses, said …", "said, quoting the mayor, …".
pub(super) fn cited(scene: &Scene, a: &Attribution) -> Vec<TokenId> {
    let citing = |t: &TokenId| {
        matches!(scene.lemma(*t), "cite" | "quote")
            && scene.lower(*t).ends_with("ing")
            && matches!(scene.token(*t).deprel.base(), "acl" | "advcl" | "xcomp")
    };
    let around = std::iter::once(a.cue).chain(a.speakers.iter().copied());
    let participles = around.flat_map(|t| scene.document.children(t).iter().copied()).filter(citing);
    let objects: Vec<TokenId> = participles.flat_map(|c| grammar::object(scene, c)).collect();
    objects.into_iter().filter(|o| can_speak(scene, *o, "cite", true)).collect()
}

pub(crate) fn can_speak(scene: &Scene, id: TokenId, lemma: &str, quotes: bool) -> bool {
    let token = scene.token(id);
    let it =
        scene.lower(id) == "it" && scene.mention(id).is_none_or(|m| m.parties.is_empty() && m.organisation.is_none());
    let speaks = |m: &evidence::Mention| {
        m.kind.acts()
            || m.kind == MentionKind::Source
            || m.kind == MentionKind::Place && (!m.parties.is_empty() || quotes && !WEAK.contains(&lemma))
    };
    match scene.mention(id) {
        Some(m) => speaks(m) && !(it && m.entities.is_empty()),
        None if token.deprel == Deprel::Expl || it => false,
        // "They accuse …": a personal pronoun is somebody, whoever it stands for.
        None if token.upos == Upos::Pron && token.feats.has(Feats::PRON_PRS) => true,
        None if matches!(scene.lower(id).as_str(), "each" | "both" | "some" | "many" | "others" | "all") => true,
        None => quotes && !WEAK.contains(&lemma) && matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron),
    }
}
