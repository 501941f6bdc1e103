//! Which words name the source? The whole noun phrase, with what tells who it is.

use evidence::Span;
use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;

use super::Draft;
use crate::attribution::Attribution;
use crate::scene::Scene;

/// The words of an attribution's source.
pub fn words(scene: &Scene, a: &Attribution, group: &[TokenId]) -> Vec<TokenId> {
    of_heads(scene, &a.speakers, a.cue, group)
}

/// The words of noun phrases with these heads, side by side.
pub fn of_heads(scene: &Scene, heads: &[TokenId], cue: TokenId, group: &[TokenId]) -> Vec<TokenId> {
    // "Bay Mills, which said …": the relative pronoun is the source that is printed.
    let relative = |t: &TokenId| {
        matches!(scene.lower(*t).as_str(), "who" | "which" | "that") && scene.token(*t).deprel == Deprel::Nsubj
    };
    let own = scene.children_of(cue, "nsubj").find(relative).map(|t| vec![t]);
    let heads = own.as_deref().unwrap_or(heads);
    let mut words: Vec<TokenId> = heads.iter().flat_map(|h| phrase(scene, *h, cue)).collect();
    words.sort_unstable();
    words.dedup();
    // What stands across a colon or dash is what is said.
    let mark = scene.token(cue).upos == Upos::Punct;
    let across = |t: TokenId| mark && heads.iter().any(|h| (*h < cue) != (t < cue));
    words.retain(|t| !group.contains(t) && !across(*t));
    words
}

/// A noun phrase with its appositions and clauses, up to where the cue comes.
fn phrase(scene: &Scene, head: TokenId, cue: TokenId) -> Vec<TokenId> {
    let outside = |c: &TokenId| {
        let t = scene.token(*c);
        let preposition = matches!(t.deprel, Deprel::Case | Deprel::Mark | Deprel::Cc);
        preposition
            || matches!(
                t.deprel.base(),
                "parataxis" | "advcl" | "discourse" | "cop" | "advmod" | "aux" | "nsubj" | "obl" | "ccomp" | "punct"
            )
    };
    let cut: Vec<TokenId> = scene.document.children(head).iter().copied().filter(outside).collect();
    let mut words = scene.document.subtree_without(head, &cut);
    // A clause that holds the cue is not what the source is called.
    if words.contains(&cue) {
        words = vec![head];
    }
    let (first, last) = (words[0], words[words.len() - 1]);
    let between = |t: &TokenId| scene.token(*t).upos == Upos::Punct || words.contains(t);
    (first..=last).filter(between).collect()
}

/// Takes relative clauses that attribute something themselves out of sources ("Ada, who says …, wants …").
pub fn without_sayings(scene: &Scene, drafts: &mut [Draft]) {
    let cues: Vec<TokenId> = drafts.iter().map(|d| d.cue).collect();
    let relative = |t: TokenId| scene.token(t).deprel == Deprel::AclRelcl;
    for d in drafts {
        let inside = cues.iter().filter(|c| **c != d.cue && d.source.binary_search(c).is_ok());
        let clauses: Vec<TokenId> = inside
            .filter_map(|c| std::iter::once(*c).chain(scene.document.ancestors(*c)).find(|t| relative(*t)))
            .filter(|c| scene.token(*c).head.is_some_and(|h| d.source.binary_search(&h).is_ok()))
            .flat_map(|c| scene.document.subtree(c))
            .collect();
        d.source.retain(|t| !clauses.contains(t));
        while !clauses.is_empty() && d.source.last().is_some_and(|t| scene.token(*t).upos == Upos::Punct) {
            d.source.pop();
        }
    }
}

/// The stretches of a source: from its first word to its last, with the comma that closes an apposition.
pub fn stretches(scene: &Scene, words: &[TokenId]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut runs: Vec<(TokenId, TokenId)> = Vec::new();
    for t in words {
        match runs.last_mut() {
            Some((_, last)) if *t <= *last + 1 => *last = *t,
            _ => runs.push((*t, *t)),
        }
    }
    for (first, last) in runs {
        let count = scene.document.tokens.len();
        let inner_comma = (first..last).any(|t| scene.word(t) == ",");
        let closed = inner_comma
            && last + 1 < count
            && scene.word(last + 1) == ","
            && scene.document.sentence_of(last) == scene.document.sentence_of(last + 1);
        let end = if closed { last + 1 } else { last };
        out.push(scene.token(first).span.join(scene.token(end).span));
    }
    out
}
