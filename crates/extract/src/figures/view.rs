//! What do the rules look at? The scene, its words in lower case, and the lexicon.

use std::borrow::Cow;

use evidence::deprel::Deprel;
use evidence::document::TokenId;

use super::lexicon::Lexicon;
use crate::scene::Scene;

/// A scene with the lexicon of harm.
pub(super) struct View<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) lexicon: &'a Lexicon,
    lower: Vec<Cow<'a, str>>,
}

impl<'a> View<'a> {
    pub(super) fn new(scene: Scene<'a>, lexicon: &'a Lexicon) -> Self {
        let lower = (0..scene.document.tokens.len())
            .map(|t| match scene.word(t) {
                w if w.chars().any(char::is_uppercase) => Cow::Owned(w.to_lowercase()),
                w => Cow::Borrowed(w),
            })
            .collect();
        Self { scene, lexicon, lower }
    }

    /// The word in lower case; nothing behind the last one.
    pub(super) fn word(&self, t: TokenId) -> &str {
        self.lower.get(t).map_or("", AsRef::as_ref)
    }

    /// The word's lemma, if the lexicon knows it; else the word in lower case.
    pub(super) fn lemma(&self, t: TokenId) -> &str {
        self.lexicon.lemma(self.word(t))
    }

    /// Its relation to its head.
    pub(super) fn rel(&self, t: TokenId) -> Deprel {
        self.scene.token(t).deprel
    }

    /// Its head.
    pub(super) fn head(&self, t: TokenId) -> Option<TokenId> {
        self.scene.token(t).head
    }

    /// Its dependants.
    pub(super) fn children(&self, t: TokenId) -> &'a [TokenId] {
        self.scene.document.children(t)
    }

    /// Whether it has a dependant with this relation or a subtype.
    pub(super) fn has(&self, t: TokenId, base: &'static str) -> bool {
        self.scene.children_of(t, base).next().is_some()
    }

    /// Its sentence's tokens.
    pub(super) fn sentence(&self, t: TokenId) -> std::ops::Range<TokenId> {
        let document = self.scene.document;
        document.sentences.get(document.sentence_of(t)).map_or(t..t + 1, |s| s.tokens.clone())
    }

    /// The token before it in its sentence.
    pub(super) fn before(&self, t: TokenId) -> Option<TokenId> {
        (t > self.sentence(t).start).then(|| t - 1)
    }

    /// The token after it in its sentence.
    pub(super) fn after(&self, t: TokenId) -> Option<TokenId> {
        (t + 1 < self.sentence(t).end).then_some(t + 1)
    }

    /// Whether it is a punctuation mark.
    pub(super) fn is_punctuation(&self, t: TokenId) -> bool {
        self.word(t).chars().all(|c| !c.is_alphanumeric())
    }
}
