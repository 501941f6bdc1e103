//! The words of `data/lexicon/en/truce.toml`.

use evidence::document::TokenId;
use evidence::{Claim, TermKind};
use serde::Deserialize;

use crate::error::Error;
use crate::scene::Scene;

/// Lemmas by which reports speak of truces; see the file for what each list is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    pub nouns: Vec<String>,
    pub stopping: Vec<String>,
    pub stopped: Vec<String>,
    pub carriers: Vec<String>,
    pub making: Vec<String>,
    pub broker_verbs: Vec<String>,
    pub broker_nouns: Vec<String>,
    pub monitor_verbs: Vec<String>,
    pub monitor_nouns: Vec<String>,
    pub begin_verbs: Vec<String>,
    pub end_verbs: Vec<String>,
    pub before: Vec<String>,
    #[serde(rename = "term")]
    pub terms: Vec<TermWords>,
}

/// Words of one kind of term: a verb with one of the nouns as its subject or object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermWords {
    kind: String,
    pub verbs: Vec<String>,
    pub nouns: Vec<String>,
}

impl TermWords {
    /// The kind; the file's words are checked on reading.
    pub fn kind(&self) -> TermKind {
        TermKind::parse(&self.kind).unwrap_or(TermKind::Other)
    }
}

impl Lexicon {
    pub fn shipped() -> Result<Self, Error> {
        let (name, text) = ("lexicon/en/truce.toml", bundle::file("lexicon/en/truce.toml"));
        let lexicon: Self = toml::from_str(text).map_err(|e| Error::toml(name, text, &e))?;
        match lexicon.terms.iter().find(|t| TermKind::parse(&t.kind).is_none()) {
            Some(t) => Err(Error::new(
                name,
                text,
                text.find(&t.kind),
                format!("unknown term kind `{}`; see data/ontology.toml", t.kind),
            )),
            None => Ok(lexicon),
        }
    }

    /// Words that name a truce, in order.
    pub fn nouns_in(&self, scene: &Scene) -> Vec<TokenId> {
        (0..scene.document.tokens.len()).filter(|t| self.names_truce(scene, *t)).collect()
    }

    /// Whether a word names a truce.
    pub fn names_truce(&self, scene: &Scene, id: TokenId) -> bool {
        let lemma = scene.lemma(id).to_lowercase();
        if !scene.is_nominal(id) {
            return false;
        }
        let stops = || scene.children_of(id, "nmod").any(|n| has(&self.stopped, scene.lemma(n)));
        has(&self.nouns, &lemma) || has(&self.stopping, &lemma) && stops()
    }

    /// Whether a word stands for a truce spoken of elsewhere: an agreement that is signed, reached, brokered.
    pub fn stands_for_truce(&self, scene: &Scene, id: TokenId) -> bool {
        let token = scene.token(id);
        let made = || {
            token
                .head
                .is_some_and(|h| has(&self.making, scene.lemma(h)) && matches!(token.deprel.base(), "obj" | "nsubj"))
        };
        let brokered = || scene.document.children(id).iter().any(|c| has(&self.broker_verbs, scene.lemma(*c)));
        has(&self.carriers, scene.lemma(id)) && scene.is_nominal(id) && (made() || brokered())
    }

    /// Whether a claim says in so many words that a truce was broken.
    pub fn is_breach(&self, claim: &Claim) -> bool {
        claim.found.iter().any(|f| f.rule.starts_with("assault/breach."))
    }
}

/// Whether a list has a word.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|w| w == word)
}
