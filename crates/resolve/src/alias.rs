//! Which known names stand in a text, longest first? One trie of words for all that is known, built once.

use std::collections::HashMap;
use std::ops::Range;

use evidence::document::{Document, TokenId};

use crate::fold::{fold, fold_into};

/// How an alias stands for its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// A name of it: "Azerbaijan", "Rapid Support Forces".
    Name,
    /// Its seat, a place that can act: "Baku".
    Capital,
    /// Words for its government that are never a place: "the Kremlin".
    Metonym,
    /// "Azerbaijani".
    Adjective,
    /// "Azerbaijanis".
    People,
    /// Words that mean it in one conflict: "government forces".
    Phrase,
    /// A person's last name.
    Surname,
    /// A word that only speaks for a conflict.
    Keyword,
}

/// One alias of one item of knowledge.
#[derive(Debug, Clone)]
pub(crate) struct Alias {
    /// Number of the item in the knowledge.
    pub item: usize,
    /// How it stands for it.
    pub form: Form,
    /// The profile that it belongs to, or none if it holds everywhere.
    pub scope: Option<usize>,
    /// The letters each word must have.
    cases: Vec<Case>,
}

impl Alias {
    /// An acronym of so few letters that it may be another's in another conflict.
    pub fn is_short(&self) -> bool {
        matches!(self.cases[..], [Case::Capitals { short: true }])
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    Initial,
    Capitals { short: bool },
}

/// Aliases by their words.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    words: HashMap<Box<str>, u32>,
    steps: HashMap<(u32, u32), u32>,
    /// Aliases that end at a node.
    ends: Vec<Vec<usize>>,
    /// All of them.
    pub aliases: Vec<Alias>,
}

/// A place in the text where aliases match.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// Tokens, first to last.
    pub tokens: Range<TokenId>,
    /// Numbers of the aliases.
    pub aliases: Vec<usize>,
}

/// The words of a document as names are compared: folded, with hyphens and clitics apart.
pub(crate) struct Words {
    words: Vec<Word>,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    id: u32,
    token: TokenId,
    initial: bool,
    capitals: bool,
}

/// A word that no alias has, and over which no alias reaches.
const NONE: u32 = u32::MAX;

impl Trie {
    /// Adds an alias.
    pub fn insert(&mut self, text: &str, item: usize, form: Form, scope: Option<usize>) {
        let mut node = 0;
        let mut cases = Vec::new();
        // The parse takes "People's" apart; so do we.
        for word in split(&text.replace("'s ", " s ").replace("’s ", " s ")) {
            let folded = fold(word);
            if folded.is_empty() {
                continue;
            }
            let fresh = u32::try_from(self.words.len()).expect("fewer than four billion words");
            let id = *self.words.entry(folded.into()).or_insert(fresh);
            let next = u32::try_from(self.ends.len().max(1)).expect("fewer than four billion nodes");
            if self.ends.is_empty() {
                self.ends.push(Vec::new());
            }
            let step = *self.steps.entry((node, id)).or_insert(next);
            if step == next {
                self.ends.push(Vec::new());
            }
            node = step;
            cases.push(case_of(word));
        }
        if node != 0 {
            self.ends[node as usize].push(self.aliases.len());
            self.aliases.push(Alias { item, form, scope, cases });
        }
    }

    /// The words of a document.
    pub fn words(&self, document: &Document, text: &str) -> Words {
        let mut words = Vec::with_capacity(document.tokens.len() + document.tokens.len() / 8);
        let mut buffer = String::new();
        let stop = |token| Word { id: NONE, token, initial: false, capitals: false };
        for sentence in &document.sentences {
            for token in sentence.tokens.clone() {
                let surface = document.tokens[token].span.of(text);
                fold_into(surface, &mut buffer);
                if buffer.is_empty() {
                    // Hyphens, apostrophes and full stops join; other marks part.
                    if !surface.chars().all(|c| matches!(c, '-' | '‐' | '‑' | '–' | '.' | '\'' | '’' | '`')) {
                        words.push(stop(token));
                    }
                    continue;
                }
                for (part, original) in buffer.split(' ').zip(split(surface)) {
                    words.push(Word::of(self.word(part, original), token, original));
                }
            }
            words.push(stop(sentence.tokens.end));
        }
        Words { words }
    }

    /// The number of a word; of a name whose apostrophe was lost on the way ("Syrias president"), that of the name.
    fn word(&self, folded: &str, printed: &str) -> u32 {
        let name = || {
            let capital = printed.len() > 4 && printed.starts_with(char::is_uppercase) && printed.ends_with('s');
            capital.then(|| self.words.get(folded.strip_suffix('s')?)).flatten()
        };
        self.words.get(folded).or_else(name).copied().unwrap_or(NONE)
    }

    /// Every longest match for which `accepts` lets an alias through, left to right without overlap.
    pub fn matches(&self, words: &Words, accepts: impl Fn(&Alias) -> bool) -> Vec<Match> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < words.words.len() {
            match self.longest(&words.words[at..], &accepts) {
                Some((count, aliases)) => {
                    let (first, last) = (words.words[at].token, words.words[at + count - 1].token);
                    found.push(Match { tokens: first..last + 1, aliases });
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Aliases that are exactly these words, in these letters.
    pub fn exactly(&self, text: &str) -> Vec<&Alias> {
        let (mut node, mut words) = (0, Vec::new());
        for word in split(text).filter(|w| !fold(w).is_empty()) {
            let id = self.words.get(fold(word).as_str());
            let Some((id, step)) = id.and_then(|id| Some((*id, *self.steps.get(&(node, *id))?))) else {
                return Vec::new();
            };
            node = step;
            words.push(Word::of(id, 0, word));
        }
        let fits = |a: &&Alias| a.cases.iter().zip(&words).all(|(c, w)| c.fits(w));
        self.ends
            .get(node as usize)
            .map(|e| e.iter().map(|a| &self.aliases[*a]).filter(fits).collect())
            .unwrap_or_default()
    }

    fn longest(&self, words: &[Word], accepts: &impl Fn(&Alias) -> bool) -> Option<(usize, Vec<usize>)> {
        let (mut node, mut best) = (0, None);
        for (n, word) in words.iter().enumerate() {
            let Some(next) = (word.id != NONE).then(|| self.steps.get(&(node, word.id))).flatten() else { break };
            node = *next;
            let fits = |a: &&usize| {
                let alias = &self.aliases[**a];
                alias.cases.iter().zip(words).all(|(c, w)| c.fits(w)) && accepts(alias)
            };
            let fitting: Vec<usize> = self.ends[node as usize].iter().filter(fits).copied().collect();
            if !fitting.is_empty() {
                best = Some((n + 1, fitting));
            }
        }
        best
    }
}

impl Word {
    fn of(id: u32, token: TokenId, printed: &str) -> Self {
        let mut letters = printed.chars().filter(|c| c.is_alphabetic());
        let initial = letters.next().is_none_or(|c| !c.is_lowercase());
        Self { id, token, initial, capitals: initial && letters.all(|c| !c.is_lowercase()) }
    }
}

/// The words of a name, where the parse takes it apart too.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '-', '‐', '‑', '–', '/', ','])
}

impl Case {
    fn fits(self, word: &Word) -> bool {
        match self {
            Self::Any => true,
            Self::Initial => word.initial,
            Self::Capitals { .. } => word.capitals,
        }
    }
}

fn case_of(word: &str) -> Case {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    match word.chars().next() {
        Some(_) if letters > 1 && capitals == letters => Case::Capitals { short: letters <= 4 },
        Some(c) if c.is_uppercase() => Case::Initial,
        _ => Case::Any,
    }
}
