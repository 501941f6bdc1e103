//! Is something called untrue? "A lie", "not so", "there is no truth in it", "it does not correspond to reality".

use evidence::document::TokenId;

use crate::attribution::is_negated;
use crate::scene::Scene;

/// Words for what is not so.
const UNTRUE: &[&str] = &[
    "absurd",
    "baseless",
    "disinformation",
    "fabrication",
    "fairytale",
    "fake",
    "false",
    "falsehood",
    "fantasy",
    "farce",
    "fiction",
    "forgery",
    "groundless",
    "hoax",
    "invention",
    "lie",
    "misinformation",
    "myth",
    "nonsense",
    "propaganda",
    "provocation",
    "rubbish",
    "slander",
    "smear",
    "smokescreen",
    "theatre",
    "unfounded",
    "unsubstantiated",
    "untrue",
];
/// Words for what is so: negated, they call it untrue.
const TRUE: &[&str] = &["accurate", "case", "correct", "reality", "right", "so", "true", "truth"];

/// Whether the words that `head` heads call something untrue.
pub(crate) fn calls_untrue(scene: &Scene, head: TokenId) -> bool {
    let lemma = scene.lemma(head).to_lowercase();
    let children = || scene.document.children(head).iter().copied();
    let no = |t: TokenId| scene.document.children(t).iter().any(|c| matches!(scene.lower(*c).as_str(), "no" | "not"));
    if scene.is_verb(head) {
        let corresponds = lemma == "correspond" && is_negated(scene, head);
        // "We have nothing to do with it", "there is no truth in it"
        let nothing =
            lemma == "have" && children().any(|c| scene.lower(c) == "nothing") && has_below(scene, head, "do");
        let no_truth = lemma == "be" && children().any(|c| scene.lemma(c) == "truth" && no(c));
        return corresponds || nothing || no_truth;
    }
    UNTRUE.contains(&lemma.as_str()) || TRUE.contains(&lemma.as_str()) && (no(head) || is_negated(scene, head))
}

fn has_below(scene: &Scene, head: TokenId, lemma: &str) -> bool {
    scene.document.subtree(head).into_iter().any(|t| scene.lemma(t) == lemma)
}
