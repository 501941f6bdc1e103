//! Who stands right before a verb of saying, and what before them, wherever the parser hangs it?
//!
//! "…, General X, who commands the coast, told Radio One"; "villagers interviewed in Y said …"; "…, an officer said; …".
//! Used only where the parse gives a cue of saying no speaker or no content.

use std::ops::Range;

use evidence::deprel::Upos;
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use super::clauses::is_clause_head;
use crate::scene::Scene;

/// At most so many insertions between a speaker and the verb: "X, of the coast guard, who was there, said".
const INSERTIONS: usize = 3;

/// The speaker whose noun phrase ends right before a finite cue, but for insertions between commas; or begins its clause.
pub(super) fn speaker(scene: &Scene, cue: TokenId) -> Option<TokenId> {
    let clause = clause_before(scene, cue);
    if !is_told(scene, cue) || clause.is_empty() {
        return None;
    }
    let end = without_insertions(scene, &clause);
    let before = (end > clause.start).then(|| scene.token(end - 1).span.end())?;
    let ends_here = scene.referents.mentions.iter().filter(|m| m.span.end() == before && speaks(m.kind));
    if let Some(m) = ends_here.max_by_key(|m| m.span.len()) {
        return Some(m.head);
    }
    // "Villagers interviewed in Orsk said": a phrase with no verb of its own, from the beginning of the clause.
    let start = scene.token(clause.start).span.start();
    let verbs: Vec<TokenId> = clause.clone().filter(|t| is_finite(scene, *t)).collect();
    // The tagger may take "interviewed" for a verb in a tense: it has no object of its own.
    let reduced = |v: TokenId| scene.token(v).feats.has(Feats::TENSE_PAST) && scene.token(v + 1).upos == Upos::Adp;
    let plain = verbs.is_empty() || matches!(verbs[..], [v] if reduced(v));
    let begins = scene.referents.mentions.iter().filter(|m| m.span.start() == start && speaks(m.kind));
    begins.filter(|_| plain).max_by_key(|m| m.span.len()).map(|m| m.head)
}

/// The clause that stands before a speaker and a closing cue: "…, an officer said;".
pub(super) fn told(scene: &Scene, cue: TokenId, speaker: TokenId) -> Option<TokenId> {
    let clause = clause_before(scene, cue);
    let start = scene.mention(speaker)?.span.start();
    let opens = clause.clone().find(|t| scene.token(*t).span.start() == start)?;
    let comma = opens.checked_sub(1).filter(|c| *c > clause.start && scene.word(*c) == ",")?;
    let closes = scene.document.sentences[scene.document.sentence_of(cue)].tokens.end <= cue + 2
        || matches!(scene.word(cue + 1), ";" | "." | ",");
    let outside = |t: &TokenId| scene.token(*t).head.is_none_or(|h| !(clause.start..comma).contains(&h));
    let heads = (clause.start..comma).filter(|t| *t != cue && is_clause_head(scene, *t));
    heads.filter(|_| closes).find(outside)
}

fn speaks(kind: MentionKind) -> bool {
    !matches!(kind, MentionKind::Place | MentionKind::Source)
}

/// Whether a cue tells of words spoken: a verb in a tense, no participle or infinitive, and nothing yet to come.
fn is_told(scene: &Scene, cue: TokenId) -> bool {
    let modal = |a: TokenId| !matches!(scene.lemma(a), "have" | "be" | "do");
    let mut auxiliaries = scene.children_of(cue, "aux").peekable();
    let has_aux = auxiliaries.peek().is_some();
    !auxiliaries.any(modal) && (is_finite(scene, cue) || scene.is_verb(cue) && has_aux)
}

fn is_finite(scene: &Scene, t: TokenId) -> bool {
    scene.is_verb(t) && scene.token(t).feats.has(Feats::VERB_FIN)
}

/// The words of a sentence before a cue, its auxiliaries and adverbs, from the last semicolon or closing quotation mark.
fn clause_before(scene: &Scene, cue: TokenId) -> Range<TokenId> {
    let sentence = scene.document.sentences[scene.document.sentence_of(cue)].tokens.clone();
    let mut end = cue;
    while end > sentence.start && matches!(scene.token(end - 1).upos, Upos::Aux | Upos::Adv | Upos::Part) {
        end -= 1;
    }
    let parts = [";", ":", "\"", "”", "“", "—", "–"];
    let start = (sentence.start..end).rev().find(|t| parts.contains(&scene.word(*t))).map_or(sentence.start, |t| t + 1);
    let start = (start..end).find(|t| scene.token(*t).upos != Upos::Punct).unwrap_or(end);
    start..end
}

/// The end of what stands before insertions between commas: relative clauses and phrases without a verb in a tense.
fn without_insertions(scene: &Scene, clause: &Range<TokenId>) -> TokenId {
    let mut end = clause.end;
    for _ in 0..INSERTIONS {
        if end <= clause.start + 1 || scene.word(end - 1) != "," {
            break;
        }
        let close = end - 1;
        let inserted = |open: &TokenId| {
            let relative = matches!(scene.lower(open + 1).as_str(), "who" | "which" | "whose");
            scene.word(*open) == "," && (relative || !(open + 1..close).any(|t| is_finite(scene, t)))
        };
        match (clause.start..close).rev().find(inserted) {
            Some(open) => end = open,
            None => return close,
        }
    }
    end
}
