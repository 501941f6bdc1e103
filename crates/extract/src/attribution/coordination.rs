//! Whose is a second cue that the parser coordinates with what the first one says? "The envoy said that talks would go on
//! and warned that time was short": the envoy's, not that of the talks.

use evidence::deprel::Deprel;
use evidence::document::{Feats, TokenId};

use super::clauses::is_negated;
use super::{Attribution, Content};
use crate::scene::Scene;

/// Gives such cues the speakers of the first, and takes them out of its content.
pub(super) fn settle(scene: &Scene, found: &mut [Attribution]) {
    for second in 0..found.len() {
        let cue = found[second].cue;
        // "confirmed that jobs would go, but would not say where"
        let but = scene.children_of(cue, "cc").any(|c| scene.lower(c) == "but") && is_negated(scene, cue);
        let plain = scene.children_of(cue, "aux").next().is_none();
        let bare = scene.children_of(cue, "nsubj").next().is_none() && (plain || but);
        let clausal = found[second].content.iter().any(|c| matches!(c, Content::Clause(_)));
        if scene.token(cue).deprel != Deprel::Conj || !bare || !(clausal || but) {
            continue;
        }
        let head = first_of(scene, cue);
        let says = |a: &Attribution| {
            a.cue < cue
                && a.content.contains(&Content::Clause(head))
                && scene.token(head).head == Some(a.cue)
                && (but || same_tense(scene, a.cue, cue) && !same_tense(scene, head, cue))
        };
        let Some(first) = found.iter().position(says) else { continue };
        found[second].speakers = found[first].speakers.clone();
        found[first].apart.push(cue);
    }
}

/// The first of coordinated words.
fn first_of(scene: &Scene, id: TokenId) -> TokenId {
    let mut at = id;
    while let (Deprel::Conj, Some(up)) = (scene.token(at).deprel, scene.token(at).head) {
        at = up;
    }
    at
}

/// Whether two predicates are both plain past or both plain present.
fn same_tense(scene: &Scene, a: TokenId, b: TokenId) -> bool {
    let plain = |t: TokenId, tense: Feats| {
        scene.token(t).feats.has(Feats::VERB_FIN.with(tense)) && scene.children_of(t, "aux").next().is_none()
    };
    [Feats::TENSE_PAST, Feats::TENSE_PRES].into_iter().any(|tense| plain(a, tense) && plain(b, tense))
}
