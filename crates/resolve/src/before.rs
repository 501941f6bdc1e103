//! What was meant before by the same words?

use std::ops::Range;

use evidence::Mention;
use evidence::deprel::Upos;
use evidence::document::TokenId;
use evidence::mention::MentionKind;

use crate::nouns::Class;
use crate::reader::{Fact, Reader};

/// How many mentions back a description may reach.
const REACH: usize = 300;

impl Reader<'_> {
    /// The latest mentions, the last first: as many as a description or pronoun may reach back over.
    pub fn recent(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.mentions.len()).rev().take(REACH)
    }

    /// The latest mention before a token that fits.
    pub fn latest(
        &self,
        token: TokenId,
        fact: impl Fn(&Fact) -> bool,
        fits: impl Fn(&Mention) -> bool,
    ) -> Option<usize> {
        let named = |m: &usize| self.document.tokens[self.mentions[*m].head].upos != Upos::Pron;
        self.recent()
            .filter(named)
            .filter(|m| self.mentions[*m].head < token && fact(&self.facts[*m]) && fits(&self.mentions[*m]))
            .max_by_key(|m| self.mentions[*m].head)
    }

    /// Takes over what the latest mention with the same head noun refers to, if the phrase says "the".
    pub fn as_before(
        &self,
        mention: &mut Mention,
        token: TokenId,
        phrase: &Range<TokenId>,
        wanted: impl Fn(&Fact) -> bool,
    ) {
        if !self.is_definite(phrase) {
            return;
        }
        let lemma = &self.document.tokens[token].lemma;
        let words = self.content_words(phrase, token);
        let vague = matches!(
            &**lemma,
            "group" | "movement" | "organisation" | "organization" | "militia" | "force" | "militant"
        );
        let same = |m: &Mention| {
            let named = self.hit(m.head).is_some() || self.proper_name(m.head).is_some();
            let other = &self.document.tokens[m.head].lemma;
            let head = other.eq_ignore_ascii_case(lemma) || vague && named;
            let whole = m.span.of(self.text).to_lowercase().replace("defence", "defense");
            // "The organisation" is no state.
            let body = m.kind != MentionKind::Party || !matches!(&**lemma, "organisation" | "organization");
            !m.parties.is_empty() && body && head && words.iter().all(|w| whole.contains(w.as_str()))
        };
        let group =
            |f: &Fact| wanted(f) || vague && matches!(f.class, Some(Class::Force | Class::Organisation | Class::Party));
        if let Some(m) = self.latest(token, group, same) {
            let m = &self.mentions[m];
            mention.entities.clone_from(&m.entities);
            mention.parties.clone_from(&m.parties);
            mention.reason = format!("as «{}» before", m.span.of(self.text));
        }
    }

    pub fn same_head_before(&self, token: TokenId, kind: MentionKind) -> Option<usize> {
        let lemma = &self.document.tokens[token].lemma;
        self.latest(
            token,
            |_| true,
            |m| {
                m.kind == kind
                    && (!m.parties.is_empty() || m.name.is_some())
                    && (self.document.tokens[m.head].lemma.eq_ignore_ascii_case(lemma)
                        || m.role
                            .as_deref()
                            .is_some_and(|r| r.rsplit(' ').next().is_some_and(|w| w.eq_ignore_ascii_case(lemma))))
            },
        )
    }

    /// The place that "the city" means: named lately, or often.
    pub fn place_before(&self, token: TokenId, wanted: impl Fn(&Fact) -> bool) -> Option<usize> {
        let here = self.document.sentence_of(token);
        let fits = |m: &usize| {
            let mention = &self.mentions[*m];
            let named = self.document.tokens[mention.head].upos != Upos::Pron && !self.is_demonym(mention.head);
            mention.head < token && named && !mention.entities.is_empty() && wanted(&self.facts[*m])
        };
        let times = |m: usize| {
            self.recent().filter(|o| self.mentions[*o].entities == self.mentions[m].entities).count().min(4) as i64
        };
        let score = |m: usize| 2 * times(m) - 2 * (here - self.document.sentence_of(self.mentions[m].head)) as i64;
        self.recent().filter(fits).max_by_key(|m| (score(*m), self.mentions[*m].head))
    }
}
