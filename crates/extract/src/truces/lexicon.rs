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
    pub pauses: Vec<String>,
    pub pause_kinds: Vec<String>,
    pub stopping: Vec<String>,
    pub stopped: Vec<String>,
    pub stopped_deeds: Vec<String>,
    pub deed_kinds: Vec<String>,
    pub elsewhere: Vec<String>,
    pub stop_verbs: Vec<String>,
    pub stop_objects: Vec<String>,
    pub stop_attacks: Vec<String>,
    pub stop_deeds: Vec<String>,
    pub agreeing: Vec<String>,
    pub ordering: Vec<String>,
    pub wish_verbs: Vec<String>,
    pub wish_nouns: Vec<String>,
    pub refusals: Vec<String>,
    pub accepting: Vec<String>,
    pub earlier: Vec<String>,
    pub newer: Vec<String>,
    pub carriers: Vec<String>,
    pub carrier_kinds: Vec<String>,
    pub making: Vec<String>,
    pub about_truces: Vec<String>,
    pub broker_verbs: Vec<String>,
    pub shuttling: Vec<String>,
    pub broker_nouns: Vec<String>,
    pub broker_titles: Vec<String>,
    pub thanked: Vec<String>,
    pub monitor_verbs: Vec<String>,
    pub monitor_nouns: Vec<String>,
    pub monitor_bodies: Vec<String>,
    pub watched: Vec<String>,
    pub begin_verbs: Vec<String>,
    pub begin_cases: Vec<String>,
    pub end_verbs: Vec<String>,
    pub collapsing: Vec<String>,
    pub lengthen: Vec<String>,
    pub longer: Vec<String>,
    pub standing: Vec<String>,
    pub before: Vec<String>,
    pub after: Vec<String>,
    pub breaking: Vec<String>,
    pub supplies: Vec<String>,
    pub withholding: Vec<String>,
    pub beginning: Vec<String>,
    pub providing: Vec<String>,
    pub undertaking: Vec<String>,
    #[serde(rename = "term")]
    pub terms: Vec<TermWords>,
}

/// Words of one kind of term: a verb or noun of doing with one of the nouns beside it, or a word that says it alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermWords {
    kind: String,
    /// Whether it says so only where the sentence makes it a provision.
    #[serde(default)]
    pub wide: bool,
    pub verbs: Vec<String>,
    pub nouns: Vec<String>,
    #[serde(default)]
    pub alone: Vec<String>,
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

    /// Whether a noun names a truce.
    pub fn names_truce(&self, scene: &Scene, id: TokenId) -> bool {
        if !scene.is_nominal(id) {
            return false;
        }
        let lemma = scene.lemma(id).to_lowercase();
        // "fighting" may be parsed as noun or verb.
        let is = |n: TokenId, list: &[String]| has(list, &scene.lemma(n).to_lowercase()) || has(list, &scene.lower(n));
        let below = |base, list: &[String]| scene.children_of(id, base).any(|n| is(n, list));
        let elsewhere = || {
            let named_by = scene.token(id).deprel.is("compound") || scene.token(id).deprel.is("nmod");
            scene.token(id).head.is_some_and(|h| named_by && has(&self.elsewhere, scene.lemma(h)))
        };
        let of_kind = |d: TokenId| scene.children_of(d, "amod").any(|a| has(&self.deed_kinds, &scene.lower(a)));
        let of_deeds = || scene.children_of(id, "nmod").any(|d| has(&self.stopped_deeds, scene.lemma(d)) && of_kind(d));
        has(&self.nouns, &lemma) && !elsewhere()
            || has(&self.stopping, &lemma)
                && (below("nmod", &self.stopped)
                    || below("compound", &self.stopped)
                    || below("acl", &self.stopped)
                    || of_deeds())
            || has(&self.pauses, &lemma) && (below("amod", &self.pause_kinds) || below("compound", &self.pause_kinds))
    }

    /// Whether a noun stands for a truce spoken of elsewhere: an agreement that is signed, reached, brokered; "the deal",
    /// "this accord", with no word that makes it another.
    pub fn stands_for_truce(&self, scene: &Scene, id: TokenId) -> bool {
        let token = scene.token(id);
        if !has(&self.carriers, scene.lemma(id)) || !scene.is_nominal(id) || token.deprel.is("compound") {
            return false;
        }
        let kinds = ["amod", "compound", "nmod"];
        let other = |c: &TokenId| {
            let t = scene.token(*c);
            let named = has(&self.broker_verbs, scene.lemma(*c)) || scene.mention(*c).is_some();
            let about = t.deprel.is("nmod") && !scene.has_case(*c, &["on", "over", "about"]);
            kinds.contains(&t.deprel.base()) && !about && !named && !has(&self.carrier_kinds, &scene.lower(*c))
        };
        if scene.document.children(id).iter().any(other) {
            return false;
        }
        let made = || {
            token
                .head
                .is_some_and(|h| has(&self.making, scene.lemma(h)) && matches!(token.deprel.base(), "obj" | "nsubj"))
        };
        let brokered = || scene.document.children(id).iter().any(|c| has(&self.broker_verbs, scene.lemma(*c)));
        is_definite(scene, id) || made() || brokered()
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

/// Whether a list has a word's lemma, or that without an "s" which the parser has left on it ("troops").
pub(super) fn fits(list: &[String], scene: &Scene, id: TokenId) -> bool {
    let lemma = scene.lemma(id).to_lowercase();
    has(list, &lemma) || lemma.strip_suffix('s').is_some_and(|singular| has(list, singular))
}

/// "the truce", "this deal": one that is there.
pub(super) fn is_definite(scene: &Scene, id: TokenId) -> bool {
    scene.children_of(id, "det").any(|d| matches!(scene.lower(d).as_str(), "the" | "this" | "that"))
}
