//! One article with its annotations, as the rules look at it.

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Article, Document, Mention, Referents, Span, Token};

/// Arms, what carries them and what is done with them: they act for whose they are.
const ARMS: &[&str] = &[
    "airstrike",
    "ambush",
    "assault",
    "attack",
    "bombing",
    "incursion",
    "offensive",
    "onslaught",
    "operation",
    "aircraft",
    "airplane",
    "ammunition",
    "armor",
    "armour",
    "artillery",
    "barrage",
    "battery",
    "boat",
    "bomb",
    "bombardment",
    "bomber",
    "bullet",
    "cannon",
    "column",
    "convoy",
    "drone",
    "fire",
    "firepower",
    "fleet",
    "gun",
    "gunboat",
    "gunfire",
    "gunship",
    "helicopter",
    "howitzer",
    "jet",
    "launcher",
    "mine",
    "missile",
    "mortar",
    "munition",
    "plane",
    "projectile",
    "raid",
    "rocket",
    "round",
    "shell",
    "shelling",
    "ship",
    "strike",
    "submarine",
    "tank",
    "uav",
    "vehicle",
    "vessel",
    "warhead",
    "warplane",
    "warship",
    "weapon",
];

/// What rules see: the text, the parse and what its words refer to.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its annotations.
    pub document: &'a Document,
    /// What its words refer to.
    pub referents: &'a Referents,
}

impl<'a> Scene<'a> {
    /// A token.
    pub fn token(&self, id: TokenId) -> &'a Token {
        &self.document.tokens[id]
    }

    /// The word as written.
    pub fn word(&self, id: TokenId) -> &'a str {
        self.token(id).span.of(&self.article.text)
    }

    /// The word in lower case.
    pub fn lower(&self, id: TokenId) -> String {
        self.word(id).to_lowercase()
    }

    /// Whose a thing is that is nobody itself: the army of "the army's tanks", the rebels of "rebel artillery", those of
    /// "rockets from Orrin", "jets of the air force".
    pub fn owner(&self, id: TokenId) -> Option<&'a Mention> {
        if !ARMS.contains(&self.lemma(id).to_lowercase().as_str()) {
            return None;
        }
        let children = self.document.children(id).iter().copied();
        let owned = |c: TokenId| {
            let m = self.mention(c).filter(|m| !m.parties.is_empty())?;
            let owns = match self.token(c).deprel {
                Deprel::NmodPoss | Deprel::Amod | Deprel::Compound => m.kind.acts(),
                Deprel::Nmod if self.has_case(c, &["from"]) => true,
                Deprel::Nmod => self.has_case(c, &["of"]) && m.kind == MentionKind::Force,
                _ => false,
            };
            owns.then_some(m)
        };
        children.clone().find_map(owned)
    }

    /// Its lemma.
    pub fn lemma(&self, id: TokenId) -> &'a str {
        &self.token(id).lemma
    }

    /// The mention that it heads.
    pub fn mention(&self, id: TokenId) -> Option<&'a Mention> {
        self.referents.at(id)
    }

    /// The mention that it heads or, in a name or a coordination written flat, that covers it.
    pub fn mention_over(&self, id: TokenId) -> Option<&'a Mention> {
        let span = self.token(id).span;
        self.mention(id)
            .or_else(|| self.referents.mentions.iter().filter(|m| m.span.contains(span)).min_by_key(|m| m.span.len()))
    }

    /// Its first dependant with exactly this relation.
    pub fn child(&self, id: TokenId, deprel: Deprel) -> Option<TokenId> {
        self.document.children_by(id, deprel).next()
    }

    /// Dependants with this relation or a subtype of it.
    pub fn children_of(&self, id: TokenId, base: &'static str) -> impl Iterator<Item = TokenId> + 'a {
        let document = self.document;
        document.children(id).iter().copied().filter(move |c| document.tokens[*c].deprel.is(base))
    }

    /// Its prepositions and markers, each as one string in lower case ("because of").
    pub fn cases(&self, id: TokenId) -> Vec<String> {
        let joined = |c: TokenId| {
            let mut words = self.lower(c);
            for part in self.document.children_by(c, Deprel::Fixed) {
                words.push(' ');
                words.push_str(&self.lower(part));
            }
            words
        };
        let kinds = [Deprel::Case, Deprel::Mark];
        self.document
            .children(id)
            .iter()
            .filter(|c| kinds.contains(&self.token(**c).deprel))
            .map(|c| joined(*c))
            .collect()
    }

    /// Whether one of its prepositions or markers is one of `words`.
    pub fn has_case(&self, id: TokenId, words: &[&str]) -> bool {
        self.document.children(id).iter().any(|c| {
            matches!(self.token(*c).deprel, Deprel::Case | Deprel::Mark)
                && words.iter().any(|w| self.word(*c).eq_ignore_ascii_case(w))
        })
    }

    /// Whether it is a verb or an auxiliary.
    pub fn is_verb(&self, id: TokenId) -> bool {
        matches!(self.token(id).upos, Upos::Verb | Upos::Aux)
    }

    /// Whether it is a noun, name or pronoun.
    pub fn is_nominal(&self, id: TokenId) -> bool {
        matches!(self.token(id).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
            || self.token(id).upos == Upos::Det && self.document.children(id).is_empty()
    }

    /// The words of a noun phrase: its mention's span, or the subtree without clauses.
    pub fn phrase(&self, id: TokenId) -> Span {
        if let Some(m) = self.mention(id) {
            return m.span;
        }
        let clausal = ["acl", "advcl", "parataxis", "conj", "cc", "punct", "appos", "case", "mark", "ccomp"];
        let cut: Vec<TokenId> = self
            .document
            .children(id)
            .iter()
            .copied()
            .filter(|c| clausal.contains(&self.token(*c).deprel.base()))
            .collect();
        let tokens = self.document.subtree_without(id, &cut);
        self.document.span_over(&tokens).unwrap_or(self.token(id).span)
    }
}
