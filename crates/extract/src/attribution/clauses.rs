//! What is a clause, and is it negated?

use evidence::deprel::Upos;
use evidence::document::TokenId;

use crate::scene::Scene;

/// Whether a word heads a clause: a root, complement, adverbial or relative clause, or a predicate coordinated with one.
pub fn is_clause_head(scene: &Scene, id: TokenId) -> bool {
    let t = scene.token(id);
    match t.deprel.base() {
        // "killed by shelling": how it was done, no clause of its own.
        "advcl" if scene.has_case(id, &["by"]) => false,
        "root" | "ccomp" | "advcl" | "parataxis" | "csubj" => true,
        "acl" => true,
        "conj" => is_predicate_word(scene, id),
        _ => false,
    }
}

/// Whether a coordinated word is a predicate of its own: a verb, or anything with a subject or copula.
pub fn is_predicate_word(scene: &Scene, id: TokenId) -> bool {
    let head_is_nominal =
        scene.token(id).head.is_some_and(|h| scene.is_nominal(h) && scene.token(h).deprel.base() != "root");
    scene.token(id).upos == Upos::Verb && !head_is_nominal
        || scene.children_of(id, "nsubj").next().is_some()
        || scene.children_of(id, "cop").next().is_some()
}

/// Whether a predicate is negated by itself ("did not", "never", "neither … nor").
pub fn is_negated(scene: &Scene, id: TokenId) -> bool {
    scene.document.children(id).iter().any(|c| {
        let negative =
            matches!(scene.lower(*c).as_str(), "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "hardly" | "no");
        negative && matches!(scene.token(*c).deprel.base(), "advmod" | "cc" | "det" | "aux" | "dep")
    })
}
