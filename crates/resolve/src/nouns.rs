//! What kind of thing does a noun name? The word lists of `data/lexicon/en`.

use std::collections::HashMap;

use evidence::document::{Document, TokenId};

/// Kinds of nouns that refer to somebody, something that acts, or somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Force,
    Organisation,
    Role,
    Party,
    People,
    Place(Ground),
    Source,
}

/// What a description of a place may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    Country,
    Region,
    Settlement,
    /// A site, a line or water: never the place that was named before.
    Other,
}

/// The word lists.
#[derive(Debug)]
pub(crate) struct Nouns {
    classes: HashMap<&'static str, Class>,
    places: HashMap<&'static str, Ground>,
    parties: HashMap<&'static str, ()>,
    titles: HashMap<&'static str, Option<Gender>>,
    reporting: HashMap<&'static str, ()>,
    /// Modifiers that turn a noun into something else ("political settlement"); `+` where it needs a modifier at all.
    turned: HashMap<&'static str, &'static str>,
}

/// Which pronoun takes up a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    He,
    She,
}

impl Nouns {
    /// Reads the lists that travel with the program.
    pub fn shipped() -> Self {
        let places: HashMap<_, _> = entries("places").map(|(w, ground)| (w, ground_of(ground))).collect();
        let mut classes: HashMap<&'static str, Class> = places.iter().map(|(w, g)| (*w, Class::Place(*g))).collect();
        // Where a word stands in several lists, the later list here decides its plain sense.
        let lists = [
            ("parties", Class::Party),
            ("people", Class::People),
            ("sources", Class::Source),
            ("roles", Class::Role),
            ("organisations", Class::Organisation),
            ("forces", Class::Force),
        ];
        for (list, class) in lists {
            classes.extend(entries(list).map(|(w, _)| (w, class)));
        }
        let gender = |g| match g {
            "he" => Some(Gender::He),
            "she" => Some(Gender::She),
            _ => None,
        };
        Self {
            classes,
            places,
            parties: entries("parties").map(|(w, _)| (w, ())).collect(),
            titles: entries("titles").map(|(w, g)| (w, gender(g))).collect(),
            reporting: entries("reporting-verbs").map(|(w, _)| (w, ())).collect(),
            turned: entries("other-senses").collect(),
        }
    }

    /// The class of a noun: of its surface form if listed ("forces"), else of its lemma.
    pub fn class(&self, document: &Document, text: &str, token: TokenId) -> Option<Class> {
        let t = &document.tokens[token];
        let surface = t.span.of(text);
        self.class_of(surface).or_else(|| self.class_of(&t.lemma))
    }

    /// The class of a word.
    pub fn class_of(&self, word: &str) -> Option<Class> {
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            self.classes.get(word.to_ascii_lowercase().as_str()).copied()
        } else {
            self.classes.get(word).copied()
        }
    }

    /// What a noun is as a place, whatever else it may be ("the country").
    pub fn ground(&self, lemma: &str) -> Option<Ground> {
        self.places.get(lemma.to_lowercase().as_str()).copied()
    }

    /// Whether the noun can name a side ("the two countries").
    pub fn is_side(&self, lemma: &str) -> bool {
        self.parties.contains_key(lemma.to_lowercase().as_str())
    }

    /// Whether the word stands before names, and the gender it tells.
    pub fn title(&self, word: &str) -> Option<Option<Gender>> {
        self.titles.get(word).copied()
    }

    /// Whether a noun with these modifiers means what its class says: no "political settlement" is a place.
    pub fn is_plain(&self, lemma: &str, mut modifiers: impl Iterator<Item = String>) -> bool {
        match self.turned.get(lemma.to_lowercase().as_str()) {
            Some(&"+") => modifiers.next().is_some(),
            Some(turning) => !modifiers.any(|m| turning.split(' ').any(|t| t == m)),
            None => true,
        }
    }

    /// Whether the noun names a standing body of a state, one per kind ("ministry").
    pub fn is_office(&self, lemma: &str) -> bool {
        let lemma = lemma.to_lowercase();
        ["ministry", "army", "parliament", "office", "agency", "committee", "council", "government"]
            .contains(&lemma.as_str())
    }

    /// Whether the verb is one of saying.
    pub fn reports(&self, lemma: &str) -> bool {
        self.reporting.contains_key(lemma)
    }
}

fn entries(list: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = bundle::file(&format!("lexicon/en/{list}.txt"));
    let lines = text.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.map(|l| l.split_once('\t').unwrap_or((l, "")))
}

fn ground_of(word: &str) -> Ground {
    match word {
        "country" => Ground::Country,
        "region" => Ground::Region,
        "settlement" => Ground::Settlement,
        _ => Ground::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_plain_sense() {
        let nouns = Nouns::shipped();
        assert_eq!(nouns.class_of("forces"), Some(Class::Force));
        assert_eq!(nouns.class_of("force"), None);
        assert_eq!(nouns.class_of("Ministry"), Some(Class::Organisation));
        assert_eq!(nouns.class_of("spokeswoman"), Some(Class::Role));
        assert_eq!(nouns.class_of("enclave"), Some(Class::Place(Ground::Region)));
        assert_eq!(nouns.title("Mrs"), Some(Some(Gender::She)));
        assert!(nouns.is_side("country") && nouns.reports("say") && !nouns.reports("fire"));
    }
}
