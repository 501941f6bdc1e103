//! Which languages do we know? The entries of `data/languages.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::error::Error;

const FILE: &str = "languages.toml";

/// The languages of the data file.
#[derive(Debug)]
pub(crate) struct Languages {
    all: Vec<Language>,
}

/// What is known of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    /// ISO 639 code.
    pub code: String,
    /// What English calls it.
    pub names: Vec<String>,
    /// Some of its commonest little words.
    #[serde(default)]
    pub words: BTreeSet<String>,
    /// Letters beside the plain ones of its script.
    #[serde(default)]
    pub letters: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    language: Vec<Language>,
}

impl Languages {
    /// Reads `data/languages.toml`, which is part of the program.
    ///
    /// # Errors
    /// If the file is not as its head describes.
    pub fn read() -> Result<Self, Error> {
        let text = bundle::file(FILE);
        let raw: Raw = toml::from_str(text).map_err(|e| Error::data(FILE, text, &e))?;
        Ok(Self { all: raw.language })
    }

    /// All of them.
    pub fn all(&self) -> &[Language] {
        &self.all
    }

    /// The language of a code.
    pub fn of_code(&self, code: &str) -> Option<&Language> {
        self.all.iter().find(|l| l.code == code)
    }

    /// The language that English calls so.
    pub fn of_name(&self, name: &str) -> Option<&Language> {
        self.all.iter().find(|l| l.names.iter().any(|n| n.eq_ignore_ascii_case(name)))
    }

    /// "Ukrainian, uk"; of a language that is not recognised, that.
    pub fn worded(&self, code: &str) -> String {
        match self.of_code(code) {
            Some(language) => format!("{}, {code}", language.names[0]),
            None if code == evidence::article::UNDETERMINED => "not recognised".to_owned(),
            None => code.to_owned(),
        }
    }

    /// The language that the recogniser means.
    pub fn of_recogniser(&self, lang: whatlang::Lang) -> Option<&Language> {
        let name = match lang {
            whatlang::Lang::Cmn => "Chinese",
            whatlang::Lang::Pes => "Persian",
            whatlang::Lang::Nob => "Norwegian",
            whatlang::Lang::Ori => "Odia",
            other => other.eng_name(),
        };
        self.of_name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entries_are_sound_and_the_recognisers_languages_among_them() {
        let known = Languages::read().unwrap_or_else(|e| panic!("{e}"));
        let (mut codes, mut names) = (BTreeSet::new(), BTreeSet::new());
        for l in known.all() {
            assert!(matches!(l.code.len(), 2 | 3) && codes.insert(&l.code), "{}", l.code);
            assert!(!l.names.is_empty() && l.names.iter().all(|n| names.insert(n.to_lowercase())), "{}", l.code);
            assert!(l.words.iter().all(|w| *w == w.to_lowercase()), "{}", l.code);
        }
        for lang in whatlang::Lang::all() {
            assert!(known.of_recogniser(*lang).is_some(), "{}", lang.eng_name());
        }
    }
}
