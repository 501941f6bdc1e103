//! Which words are abbreviations, and what may follow them?

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an abbreviation tells of its surroundings; `data/lexicon/en/abbreviations.txt` explains the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// Before a name ("Gen."): ends no sentence.
    Title,
    /// Only before a number ("No.").
    Number,
    /// Name of a day.
    Day,
    /// Name of a month.
    Month,
    /// Something follows in the same sentence ("e.g.").
    Inner,
    /// May end a sentence; its stop is then a token of its own ("etc.").
    Open,
    /// A single capital ("J.").
    Initial,
    /// Letters each with a stop ("U.S.").
    Dotted,
}

impl Abbreviation {
    /// The class of `word`, given without its last stop, if it is in the list.
    pub fn of(word: &str) -> Option<Self> {
        LIST.get(word).copied()
    }
}

static LIST: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut list = HashMap::new();
    for line in bundle::file("lexicon/en/abbreviations.txt").lines() {
        let mut words = line.split_whitespace();
        let class = match words.next() {
            Some("title") => Abbreviation::Title,
            Some("number") => Abbreviation::Number,
            Some("day") => Abbreviation::Day,
            Some("month") => Abbreviation::Month,
            Some("inner") => Abbreviation::Inner,
            Some("open") => Abbreviation::Open,
            _ => continue,
        };
        list.extend(words.map(|w| (w, class)));
    }
    list
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_has_a_class_and_no_word_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        let lines = bundle::file("lexicon/en/abbreviations.txt").lines();
        for line in lines.filter(|l| !l.is_empty() && !l.starts_with('#')) {
            for word in line.split_whitespace().skip(1) {
                assert!(Abbreviation::of(word).is_some(), "{line}");
                assert!(!word.ends_with('.') && seen.insert(word), "{word}");
            }
        }
        assert_eq!(Abbreviation::of("Gen"), Some(Abbreviation::Title));
        assert_eq!(Abbreviation::of("army"), None);
    }
}
