//! Which words tell of people harmed? The words of `data/lexicon/en/harm.toml` in all their forms.

mod reading;

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Category, Harm};
use serde::Deserialize;

use self::reading::{Custody, Irrealis, Toll, Voice};
use crate::error::Error;

const FILE: &str = "lexicon/en/harm.toml";

/// Whom a verb of harm befalls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Victim {
    /// Object of the active, subject of the passive.
    Object,
    /// Subject of the active.
    Subject,
}

/// What must be known of those counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Needs {
    /// Nothing: whatever it befalls are people.
    Any,
    /// That they are people, if a noun is told at all.
    Known,
    /// A noun that names people.
    Named,
}

/// What a verb does to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effect {
    pub(super) harm: Harm,
    pub(super) of: Victim,
    pub(super) needs: Needs,
}

/// A verb that harms together with another word ("lost their lives").
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) effect: Effect,
    pub(super) verbs: BTreeSet<String>,
    pub(super) with: BTreeSet<String>,
}

/// A noun that is counted itself ("17 deaths").
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) harm: Harm,
    /// Lemmas of which one must stand in the clause; none needed if empty.
    pub(super) near: BTreeSet<String>,
}

/// A noun of what happened ("the deaths of 12 people").
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) harm: Harm,
    pub(super) needs: Needs,
    /// Lemmas of which one must stand before it; none needed if empty.
    pub(super) near: BTreeSet<String>,
}

/// A noun for people.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    pub(super) category: Category,
    pub(super) plural: bool,
}

/// Which form of its verb a word is; several may fall together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    pub(super) past: bool,
    pub(super) participle: bool,
    pub(super) ing: bool,
}

/// A word before a noun for people that says more than it does ("aid workers").
#[derive(Debug)]
struct Modifier {
    category: Category,
    words: BTreeSet<String>,
    /// The nouns it goes with; all if empty.
    nouns: BTreeSet<String>,
}

/// All words, by form.
#[derive(Debug)]
pub(super) struct Lexicon {
    forms: BTreeMap<String, (String, Form)>,
    nouns: BTreeMap<String, String>,
    verbs: BTreeMap<String, Vec<Effect>>,
    pub(super) phrases: Vec<Phrase>,
    results: BTreeSet<String>,
    states: BTreeMap<String, Harm>,
    counted: BTreeMap<String, Vec<Counted>>,
    events: BTreeMap<String, Vec<Event>>,
    people: BTreeMap<String, People>,
    modifiers: Vec<Modifier>,
    things: BTreeSet<String>,
    /// What a number after "of" says the size of.
    pub(super) sized: BTreeSet<String>,
    pub(super) toll: Toll,
    pub(super) custody: Custody,
    pub(super) others: BTreeSet<String>,
    pub(super) irrealis: Irrealis,
    pub(super) voice: Voice,
}

impl Lexicon {
    /// Reads the file that travels inside the program.
    pub(super) fn load() -> Result<Self, Error> {
        Self::read(FILE, bundle::file(FILE))
    }

    fn read(file: &str, text: &str) -> Result<Self, Error> {
        reading::read(file, text)
    }

    /// The lemma of a word in lower case, if it is one of ours; else the word.
    pub(super) fn lemma<'a>(&'a self, word: &'a str) -> &'a str {
        self.forms
            .get(word)
            .map(|(l, _)| l.as_str())
            .or_else(|| self.nouns.get(word).map(String::as_str))
            .unwrap_or(word)
    }

    /// Which form of a verb of ours a word is.
    pub(super) fn form(&self, word: &str) -> Option<Form> {
        self.forms.get(word).map(|(_, f)| *f)
    }

    /// What the verb with this form does, and to whom.
    pub(super) fn effects(&self, word: &str) -> &[Effect] {
        self.forms.get(word).and_then(|(l, _)| self.verbs.get(l)).map_or(&[], Vec::as_slice)
    }

    /// The state a word tells of: "dead", "wounded", "killed".
    pub(super) fn state(&self, word: &str) -> Option<Harm> {
        self.states.get(word).copied()
    }

    /// Whether the verb with this form brings about a state told by another word.
    pub(super) fn brings_about(&self, word: &str) -> bool {
        self.forms.get(word).is_some_and(|(l, _)| self.results.contains(l))
    }

    /// How a noun is counted.
    pub(super) fn counted(&self, word: &str) -> &[Counted] {
        self.counted.get(word).map_or(&[], Vec::as_slice)
    }

    /// What a noun of happening tells.
    pub(super) fn events(&self, word: &str) -> &[Event] {
        self.events.get(word).map_or(&[], Vec::as_slice)
    }

    /// What kind of people a noun names.
    pub(super) fn people(&self, word: &str) -> Option<People> {
        self.people.get(word).copied()
    }

    /// The category that a word before `noun` gives it.
    pub(super) fn modifier(&self, word: &str, noun: &str) -> Option<Category> {
        let noun = self.lemma(noun);
        let fits = |nouns: &BTreeSet<String>| nouns.is_empty() || nouns.contains(noun);
        self.modifiers.iter().find(|m| m.words.contains(word) && fits(&m.nouns)).map(|m| m.category)
    }

    /// Whether a noun is known to be no person.
    pub(super) fn is_thing(&self, word: &str) -> bool {
        self.things.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_knows_forms() {
        let lexicon = Lexicon::load().unwrap();
        for form in ["kill", "kills", "killed", "killing"] {
            assert_eq!(lexicon.effects(form)[0].harm, Harm::Killed, "{form}");
        }
        assert_eq!(lexicon.lemma("fled"), "flee");
        assert_eq!(lexicon.state("slain"), Some(Harm::Killed));
        assert_eq!(lexicon.state("wounded"), Some(Harm::Wounded));
        assert!(lexicon.people("children").unwrap().plural);
        assert!(!lexicon.people("girl").unwrap().plural);
        assert_eq!(lexicon.modifier("aid", "workers"), Some(Category::AidWorkers));
        assert_eq!(lexicon.modifier("aid", "convoy"), None);
        assert!(lexicon.is_thing("tanks"));
    }

    #[test]
    fn a_wrong_harm_is_told_with_its_line() {
        let text = bundle::file(FILE).replace("harm   = \"wounded\"", "harm   = \"bruised\"");
        let message = Lexicon::read("harm.toml", &text).unwrap_err().to_string();
        assert!(message.contains("harm.toml:") && message.contains("bruised"), "{message}");
    }
}
