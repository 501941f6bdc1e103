//! How is a phrase worded?

use std::ops::Range;

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::alias::Form;
use crate::nouns::Class;
use crate::reader::Reader;
use crate::scene::{Hit, Meaning};

impl Reader<'_> {
    /// Whether the noun has the sense of its class here.
    pub fn is_plain(&self, token: TokenId, lemma: &str) -> bool {
        let modifying = |c: &&TokenId| {
            matches!(
                self.document.tokens[**c].deprel,
                Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Nummod | Deprel::Nmod
            )
        };
        let words = self
            .document
            .children(token)
            .iter()
            .filter(modifying)
            .map(|c| self.document.tokens[*c].lemma.to_lowercase());
        self.knowledge.nouns.is_plain(lemma, words)
    }

    /// The phrase with a possessor that stands right before it, where the parse hangs it elsewhere.
    pub fn with_possessor(&self, token: TokenId, phrase: Range<TokenId>) -> Range<TokenId> {
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        if phrase.start < first + 2 || !matches!(self.words(phrase.start - 1..phrase.start), "'s" | "’s") {
            return phrase;
        }
        let owner = phrase.start - 2;
        let start = self.hit(owner).map(|h| h.tokens.start).or(self.proper_name(owner).map(|n| n.0.start));
        start.unwrap_or(phrase.start)..phrase.end
    }

    pub fn has_modifier(&self, phrase: &Range<TokenId>, token: TokenId, word: &str) -> bool {
        (phrase.start..token).any(|t| self.words(t..t + 1).eq_ignore_ascii_case(word))
    }

    /// Whether the phrase begins with "the", "this" or "that".
    pub fn is_definite(&self, phrase: &Range<TokenId>) -> bool {
        let first = self.words(phrase.start..phrase.start + 1);
        ["the", "this", "that", "these", "those"].iter().any(|d| first.eq_ignore_ascii_case(d))
    }

    /// Whether the token stands as one who does something.
    pub fn acts(&self, token: TokenId) -> bool {
        let d = self.document.tokens[token].deprel;
        d == Deprel::Nsubj || d == Deprel::OblAgent || d == Deprel::NmodPoss
    }

    /// The words of a phrase without determiner and possessive pronoun.
    pub fn without_determiner(&self, mut phrase: Range<TokenId>) -> String {
        while phrase.len() > 1 && matches!(self.document.tokens[phrase.start].upos, Upos::Det | Upos::Pron) {
            phrase.start += 1;
        }
        self.words(phrase).to_owned()
    }

    /// Lower-case words that tell one body from another: "foreign" of "the foreign ministry".
    pub fn content_words(&self, phrase: &Range<TokenId>, token: TokenId) -> Vec<String> {
        let content = |t: &TokenId| {
            matches!(self.document.tokens[*t].upos, Upos::Noun | Upos::Propn | Upos::Adj)
                && !matches!(self.words(*t..*t + 1), "same" | "own" | "new")
        };
        let words = (phrase.start..token)
            .filter(content)
            .map(|t| self.words(t..t + 1).to_lowercase().replace("defence", "defense"));
        words.collect()
    }

    /// The class of a noun.
    pub fn class(&self, token: TokenId) -> Option<Class> {
        matches!(self.document.tokens[token].upos, Upos::Noun | Upos::Propn | Upos::Adj)
            .then(|| self.knowledge.nouns.class(self.document, self.text, token))
            .flatten()
    }

    /// A mention with nothing resolved.
    pub fn plain(&self, tokens: Range<TokenId>, head: TokenId, kind: MentionKind, reason: String) -> Mention {
        Mention {
            span: self.span(tokens),
            head,
            kind,
            entities: Vec::new(),
            parties: Vec::new(),
            name: None,
            role: None,
            organisation: None,
            reason,
        }
    }

    /// Whether a noun is plural.
    pub fn is_plural(&self, token: TokenId) -> bool {
        let t = &self.document.tokens[token];
        t.feats.has(Feats::NUMBER_PLUR) || t.feats.has(Feats::NUMBER_PTAN)
    }

    /// Parties of the meanings of a known name: of the first one, or of all where words mean several together.
    pub fn parties_of_hit(&self, hit: &Hit) -> Vec<String> {
        let first = hit.meanings[0];
        let together = |m: &&Meaning| {
            m.item == first.item || first.form == Form::Phrase && m.form == Form::Phrase && m.scope == first.scope
        };
        let mut parties = Vec::new();
        for m in hit.meanings.iter().filter(together) {
            let item = &self.knowledge.items[m.item];
            let party = match item.kind {
                EntityKind::Person => item.office_on(self.day.as_deref()).0.map(str::to_owned),
                _ => item.party.clone(),
            };
            parties.extend(party.filter(|p| !parties.contains(p)));
        }
        parties
    }

    /// Entities of parties.
    pub fn party_entities(&mut self, parties: &[String]) -> Vec<usize> {
        parties.iter().map(|p| self.roster.party(self.knowledge, p)).collect()
    }

    /// The party whose ground a country is in the conflict at a token.
    pub fn party_of_ground(&self, country: Option<&str>, token: TokenId) -> Option<String> {
        let conflict = &self.knowledge.conflicts[self.conflict_at(token)?];
        conflict.territory.get(country?).cloned()
    }
}
