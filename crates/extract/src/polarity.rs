//! Is it so? Whether a proposition is affirmed or negated.

use evidence::Polarity;
use evidence::document::TokenId;

use crate::attribution::is_negated;
use crate::modality::chain;
use crate::scene::Scene;

/// Whether the proposition headed by `head`, with its event at `trigger`, is affirmed or negated.
pub fn of(scene: &Scene, head: TokenId, trigger: TokenId) -> Polarity {
    let chain = chain(scene, head, trigger);
    let verbal = chain.iter().any(|t| is_negated(scene, *t));
    // "no shell", "neither side", "neither its guns nor …", "not one of them"
    let quantified = |t: TokenId| {
        let opens = scene.document.subtree(t).first().is_some_and(|f| {
            let word = scene.lower(*f);
            let only = scene.document.tokens.get(*f + 1).is_some_and(|_| scene.lower(*f + 1) == "only");
            matches!(word.as_str(), "neither" | "not") && *f != t && !only
        });
        let det = |d: TokenId| matches!(scene.lower(d).as_str(), "no" | "neither");
        opens && !scene.is_verb(t) || scene.children_of(t, "det").any(det)
    };
    let arguments = chain.iter().flat_map(|t| scene.children_of(*t, "nsubj").chain(scene.children_of(*t, "obj")));
    let nobody = arguments.into_iter().any(|a| {
        quantified(a) || matches!(scene.lower(a).as_str(), "nobody" | "none" | "nothing" | "neither" | "no-one")
    });
    let nothing = matches!(scene.lower(head).as_str(), "nothing" | "nobody" | "none");
    let failing = chain.iter().any(|t| *t != trigger && is_not_done(scene, *t));
    let short_of = scene.document.ancestors(head).take(2).any(|a| is_not_done(scene, a))
        && scene.has_case(head, &["of", "from"])
        && scene.token(head).deprel.is("advcl");
    let failing = failing || short_of;
    if (verbal || nobody || nothing || quantified(trigger)) != failing { Polarity::Negated } else { Polarity::Affirmed }
}

/// "failed to", "refrained from", "stopped short of": what follows was not done.
fn is_not_done(scene: &Scene, id: TokenId) -> bool {
    let short = scene.lemma(id) == "stop" && scene.children_of(id, "advmod").any(|a| scene.lower(a) == "short");
    short || matches!(scene.lemma(id), "fail" | "refrain" | "abstain" | "desist" | "neglect")
}
