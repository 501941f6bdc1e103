//! What has nobody said? What is asked for, what is said not to have been asked, passives inside another's words.

use evidence::Act;
use evidence::deprel::Deprel;
use evidence::document::{Feats, TokenId};

use super::clauses::is_negated;
use super::{Attribution, Content};
use crate::scene::Scene;
use crate::speech::Speech;

/// "confirmed that talks had been proposed": a passive of nobody named, inside what another says, is what they tell.
pub(super) fn drop_unspoken(found: &mut Vec<Attribution>) {
    let heads: Vec<TokenId> = found
        .iter()
        .filter(|a| !a.speakers.is_empty())
        .flat_map(|a| &a.content)
        .filter_map(|c| if let Content::Clause(t) = c { Some(*t) } else { None })
        .collect();
    found.retain(|a| !a.speakers.is_empty() || a.act == Act::Assert || !heads.contains(&a.cue));
}

/// "demanded that the league condemn it", "urged both to announce a truce": what is asked for has not been said.
pub(super) fn is_asked_for(scene: &Scene, speech: &Speech, id: TokenId) -> bool {
    let t = scene.token(id);
    let complement = matches!(t.deprel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Conj);
    // "that the league condemn it": as if an infinitive.
    let bare = scene.has_case(id, &["that"]) && scene.lower(id) == scene.lemma(id);
    let finite = t.feats.has(Feats::VERB_FIN) && !t.feats.has(Feats::MOOD_SUB) && !bare;
    let told = finite || scene.children_of(id, "aux").next().is_some();
    let asks = |h: TokenId| {
        let acts = speech.of(scene.lemma(h)).iter().filter_map(|c| c.act);
        scene.is_verb(h) && acts.into_iter().any(|a| matches!(a, Act::Demand | Act::Appeal))
    };
    let above = first_head(scene, id);
    complement && !told && above.is_some_and(asks)
}

/// The head of the first of coordinated words.
fn first_head(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let mut at = id;
    while scene.token(at).deprel == Deprel::Conj {
        at = scene.token(at).head?;
    }
    scene.token(at).head
}

/// Whether an act is said not to have been done, in the first person or of others.
pub(super) fn is_denied(scene: &Scene, id: TokenId) -> bool {
    let did = scene.children_of(id, "aux").any(|a| matches!(scene.lemma(a), "do" | "have"));
    did && is_negated(scene, id)
}
