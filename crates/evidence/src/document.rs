//! How an article is said: sentences, tokens with their parse, names, times, numbers, quotations.
//!
//! Token numbers count from 0 over the whole document and mean nothing outside it.

use std::ops::Range;

use crate::deprel::{Deprel, Upos};
use crate::meaning::WordMeanings;
use crate::span::Span;
use crate::time::TimeExpression;

/// Number of a token in its document.
pub type TokenId = usize;

/// The annotations of one text.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// In order; they cover every token.
    pub sentences: Vec<Sentence>,
    /// In order.
    pub tokens: Vec<Token>,
    /// Proper names, in order, never overlapping.
    pub names: Vec<Name>,
    /// Time expressions, in order, never overlapping.
    pub times: Vec<TimeExpression>,
    /// Numbers and hedged numbers, in order, never overlapping.
    pub numbers: Vec<Number>,
    /// Direct quotations, in order.
    pub quotations: Vec<Quotation>,
    /// What its words mean.
    pub meanings: WordMeanings,
    /// For every token its dependants, in order.
    children: Vec<Vec<TokenId>>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token to its last.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<TokenId>,
    /// The paragraph (line of the text) it stands in, from 0.
    pub paragraph: usize,
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its characters. A clitic ("n't", "'s") is a token of its own.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Morphological features that rules use.
    pub feats: Feats,
    /// Dictionary form, lower case except for proper nouns.
    pub lemma: Box<str>,
    /// Its head, or `None` for the root of its sentence.
    pub head: Option<TokenId>,
    /// Relation to the head.
    pub deprel: Deprel,
}

/// Universal features, as a set of `Feature=Value` pairs out of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Feats(u64);

macro_rules! feats {
    ($($const:ident = $bit:literal, $name:literal, $value:literal;)*) => {
        impl Feats {
            $(#[doc = concat!("`", $name, "=", $value, "`.")] pub const $const: Feats = Feats(1 << $bit);)*
            /// Every pair: the set with that pair alone, the feature, the value.
            pub const ALL: &'static [(Feats, &'static str, &'static str)] = &[$((Self::$const, $name, $value)),*];
        }
    };
}

feats! {
    TENSE_PAST = 0, "Tense", "Past"; TENSE_PRES = 1, "Tense", "Pres";
    VERB_FIN = 2, "VerbForm", "Fin"; VERB_INF = 3, "VerbForm", "Inf"; VERB_PART = 4, "VerbForm", "Part"; VERB_GER = 5, "VerbForm", "Ger";
    MOOD_IND = 6, "Mood", "Ind"; MOOD_IMP = 7, "Mood", "Imp"; MOOD_SUB = 8, "Mood", "Sub";
    VOICE_PASS = 9, "Voice", "Pass"; VOICE_ACT = 10, "Voice", "Act";
    NUMBER_SING = 11, "Number", "Sing"; NUMBER_PLUR = 12, "Number", "Plur"; NUMBER_PTAN = 13, "Number", "Ptan";
    PERSON_1 = 14, "Person", "1"; PERSON_2 = 15, "Person", "2"; PERSON_3 = 16, "Person", "3";
    POLARITY_NEG = 17, "Polarity", "Neg"; POLARITY_POS = 18, "Polarity", "Pos";
    PRON_PRS = 19, "PronType", "Prs"; PRON_ART = 20, "PronType", "Art"; PRON_DEM = 21, "PronType", "Dem";
    PRON_REL = 22, "PronType", "Rel"; PRON_INT = 23, "PronType", "Int"; PRON_IND = 24, "PronType", "Ind";
    PRON_NEG = 25, "PronType", "Neg"; PRON_TOT = 26, "PronType", "Tot"; PRON_RCP = 27, "PronType", "Rcp";
    PRON_EMP = 28, "PronType", "Emp"; PRON_EXC = 29, "PronType", "Exc";
    DEGREE_POS = 30, "Degree", "Pos"; DEGREE_CMP = 31, "Degree", "Cmp"; DEGREE_SUP = 32, "Degree", "Sup";
    POSS = 33, "Poss", "Yes";
    CASE_NOM = 34, "Case", "Nom"; CASE_ACC = 35, "Case", "Acc"; CASE_GEN = 36, "Case", "Gen";
}

impl Feats {
    /// Whether all pairs of `other` are in it.
    pub const fn has(self, other: Feats) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Feats) -> Feats {
        Feats(self.0 | other.0)
    }

    /// The set with the one pair `name=value`, if rules know it.
    pub fn pair(name: &str, value: &str) -> Option<Feats> {
        Self::ALL.iter().find(|(_, n, v)| *n == name && *v == value).map(|(f, ..)| *f)
    }
}

impl std::fmt::Display for Feats {
    /// As CoNLL-U writes it: `Number=Sing|Person=3`, or `_`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs: Vec<String> =
            Self::ALL.iter().filter(|(bit, ..)| self.has(*bit)).map(|(_, n, v)| format!("{n}={v}")).collect();
        f.pad(if pairs.is_empty() { "_".to_owned() } else { pairs.join("|") }.as_str())
    }
}

/// A proper name found by the language layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its characters.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<TokenId>,
    /// What it names.
    pub kind: NameKind,
}

/// Kinds of names that the language layer tells apart (those of Universal NER).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A human being.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

impl NameKind {
    /// The kind as Universal NER writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Place => "LOC",
        }
    }
}

/// A number with its hedge, in words or digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The number and its hedge: "at least 40", "between 16 and 18", "dozens of" without the "of".
    pub span: Span,
    /// The number alone: "18".
    pub bare: Span,
    /// Lowest value; null for an open end ("up to 10").
    pub low: Option<f64>,
    /// Highest value; null for an open end ("at least 18").
    pub high: Option<f64>,
    /// The hedge.
    pub qualifier: crate::Qualifier,
    /// What the number is.
    pub kind: NumberKind,
}

/// Kinds of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// How many.
    Cardinal,
    /// Which in a row ("third").
    Ordinal,
    /// A share in percent.
    Percent,
    /// An amount of money, a measure with its unit, an age, a phone number: never a count of people.
    Measure,
}

/// A stretch of direct speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    /// Whether it goes on from the paragraph before (a quotation of several paragraphs).
    pub continued: bool,
    /// A few words in marks inside somebody else's sentence ("scare quotes"), no sentence of their own.
    pub fragment: bool,
}

impl Document {
    /// Puts the parts together. Times, numbers, quotations and meanings may still be empty.
    ///
    /// # Panics
    /// If a head is out of range.
    pub fn new(sentences: Vec<Sentence>, tokens: Vec<Token>, names: Vec<Name>) -> Self {
        let mut children = vec![Vec::new(); tokens.len()];
        for (i, t) in tokens.iter().enumerate() {
            if let Some(h) = t.head {
                children[h].push(i);
            }
        }
        Self { sentences, tokens, names, children, ..Self::default() }
    }

    /// Dependants of a token, in order.
    pub fn children(&self, token: TokenId) -> &[TokenId] {
        &self.children[token]
    }

    /// Dependants with exactly this relation.
    pub fn children_by(&self, token: TokenId, deprel: Deprel) -> impl Iterator<Item = TokenId> + '_ {
        self.children[token].iter().copied().filter(move |c| self.tokens[*c].deprel == deprel)
    }

    /// Number of the sentence that a token stands in.
    pub fn sentence_of(&self, token: TokenId) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The token that covers byte `at`, or the next one after it.
    pub fn token_at(&self, at: usize) -> Option<TokenId> {
        let i = self.tokens.partition_point(|t| t.span.end() <= at);
        (i < self.tokens.len()).then_some(i)
    }

    /// Tokens that overlap `span`.
    pub fn tokens_in(&self, span: Span) -> Range<TokenId> {
        let from = self.tokens.partition_point(|t| t.span.end() <= span.start());
        let to = self.tokens.partition_point(|t| t.span.start() < span.end());
        from..to.max(from)
    }

    /// A token and all that hangs below it, in order.
    pub fn subtree(&self, token: TokenId) -> Vec<TokenId> {
        self.subtree_without(token, &[])
    }

    /// A token and all that hangs below it, but for the branches that start at a token of `cut`; in order.
    pub fn subtree_without(&self, token: TokenId, cut: &[TokenId]) -> Vec<TokenId> {
        let (mut out, mut open) = (Vec::new(), vec![token]);
        while let Some(t) = open.pop() {
            out.push(t);
            open.extend(self.children[t].iter().copied().filter(|c| !cut.contains(c)));
        }
        out.sort_unstable();
        out
    }

    /// From the first to the last character of some tokens; `None` if there are none.
    pub fn span_over(&self, tokens: &[TokenId]) -> Option<Span> {
        let (first, last) = (tokens.iter().min()?, tokens.iter().max()?);
        Some(self.tokens[*first].span.join(self.tokens[*last].span))
    }

    /// Heads from a token's own head up to the root.
    pub fn ancestors(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(self.tokens[token].head, |t| self.tokens[*t].head)
    }
}
