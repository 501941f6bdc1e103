//! Whose are quotations without a cue of their own? They go on from the quotation before them.

use evidence::document::{Quotation, TokenId};

use super::Draft;
use crate::scene::Scene;

/// Gives quotations that no attribution holds to the one that speaks before them, else to the one after.
pub fn carry(scene: &Scene, drafts: &mut [Draft]) {
    let document = scene.document;
    let paragraph = |t: TokenId| document.sentences[document.sentence_of(t)].paragraph;
    for q in document.quotations.iter().filter(|q| !q.fragment) {
        let tokens = document.tokens_in(q.span);
        // What is said inside the quotation does not tell whose it is.
        let outside = |d: &&Draft| !tokens.contains(&d.cue);
        let taken = drafts.iter().filter(outside).any(|d| d.content.iter().any(|t| tokens.contains(t)));
        let Some(first) = tokens.clone().next() else { continue };
        if taken || !stands_alone(scene, q) {
            continue;
        }
        let here = paragraph(first);
        let speaks = |d: &Draft| !in_quotation(scene, d.cue) && d.content.iter().any(|t| in_quotation(scene, *t));
        let before = drafts.iter().rposition(|d| {
            d.cue < first
                && speaks(d)
                && (paragraph(d.cue) == here || paragraph(d.cue) + 1 == here && opens_paragraph(scene, first))
        });
        let after = || drafts.iter().position(|d| d.cue > first && paragraph(d.cue) == here && speaks(d));
        if let Some(i) = before.or_else(after) {
            drafts[i].content.extend(tokens);
            drafts[i].content.sort_unstable();
        }
    }
}

/// Whether nothing but quotations stands in the sentences of a quotation.
fn stands_alone(scene: &Scene, q: &Quotation) -> bool {
    let first = scene.document.tokens_in(q.span).next();
    first.is_some_and(|t| scene.document.sentences[scene.document.sentence_of(t)].span.start() + 1 >= q.span.start())
}

fn opens_paragraph(scene: &Scene, t: TokenId) -> bool {
    let s = scene.document.sentence_of(t);
    s == 0 || scene.document.sentences[s - 1].paragraph != scene.document.sentences[s].paragraph
}

fn in_quotation(scene: &Scene, t: TokenId) -> bool {
    let at = scene.token(t).span;
    scene.document.quotations.iter().any(|q| !q.fragment && q.inner.contains(at))
}
