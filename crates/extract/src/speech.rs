//! Which words attribute: the cues of `data/speech/`, one act a file, and those of `data/attitude/`, by which somebody
//! believes, wants, decides or perceives something and which make no claims.

use std::collections::BTreeMap;

use evidence::Act;
use serde::Deserialize;

use crate::error::Error;

/// A word by which somebody is made the speaker of something.
#[derive(Debug, Clone)]
pub struct Cue {
    /// File below `data/speech/` without `.toml`, for `explain`.
    pub rule: String,
    /// What the speaker does; `None` for an attitude.
    pub act: Option<Act>,
    /// Where the content stands.
    pub frames: Vec<Frame>,
    /// Particle that must follow ("rule *out*").
    pub particle: Option<String>,
    /// Lemma of an object that must be there ("*voice* alarm"), any of these.
    pub object: Vec<String>,
    /// Prepositions that open the content, for [`Frame::Preposition`].
    pub prepositions: Vec<String>,
    /// Whether the cue must be negated ("has *not* given details").
    pub negated: bool,
}

/// Where the content of a cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// A clause or a quotation: "said that …", "“…”, he said".
    Clause,
    /// The object: "reported fire on …", "announced a truce".
    Object,
    /// The object, a pronoun too, with what is said of it: "admires him", "saw the bill as a chance".
    Toward,
    /// What one of the cue's prepositions opens: "hopes *for* …", "afraid *of* …".
    Preposition,
    /// An infinitive whose subject is the speaker: "threatened to …".
    Infinitive,
    /// A gerund whose subject is the speaker: "denied having lied", "ruled out paying".
    Gerund,
    /// "called for …".
    For,
    /// "accused X of …".
    Of,
    /// "blamed X for …", "blamed … on X".
    Blame,
    /// "urged X to …", "called on X to …".
    Urge,
    /// "dismissed … as …": the object is the content.
    As,
    /// "described … as …", "called it …": what it is called is the content.
    Called,
    /// The cue is a noun: "accusations of …", "the claim that …".
    Noun,
    /// "according to X".
    According,
    /// The cue is a participle of what somebody feels: "was alarmed that …", "is worried about …".
    Felt,
    /// What seems so: "the mill seems to be closed", with its subject.
    Seem,
    /// The act has no content beyond itself: "declined to comment".
    Bare,
    /// "agreed/said *to* …" where a preposition names the matter: "warned of …", "spoke of …", "anger at …".
    About,
}

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechFile {
    /// Of a file of `data/speech/`; none in `data/attitude/`.
    act: Option<toml::Spanned<String>>,
    /// For readers of the file.
    #[serde(rename = "about")]
    _about: String,
    cue: Vec<Entry>,
    #[serde(default)]
    test: Vec<SpeechTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    lemmas: Vec<String>,
    frames: Vec<Frame>,
    particle: Option<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    negated: bool,
}

/// A sentence with the attributions expected of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeechTest {
    /// The sentence, our own words.
    pub text: String,
    /// Each expected claim: `act speaker='…' content='…'`, only what is to be checked; none: no claim with a speaker.
    /// In `data/attitude/`, each expected saying: `speaker='…' content='…'`.
    pub claims: Vec<String>,
}

/// All cues by lemma.
#[derive(Debug)]
pub struct Speech {
    by_lemma: BTreeMap<String, Vec<Cue>>,
    tests: Vec<(String, SpeechTest)>,
}

impl Speech {
    /// Reads every file of `data/speech/`.
    ///
    /// # Errors
    /// At the first file with a mistake.
    pub fn shipped() -> Result<Self, Error> {
        Self::of_folder("speech")
    }

    /// Reads every file of `data/attitude/`.
    ///
    /// # Errors
    /// At the first file with a mistake.
    pub fn attitudes() -> Result<Self, Error> {
        Self::of_folder("attitude")
    }

    fn of_folder(folder: &str) -> Result<Self, Error> {
        let mut speech = Self { by_lemma: BTreeMap::new(), tests: Vec::new() };
        for (name, text) in bundle::files(folder) {
            speech.add(name, text)?;
        }
        Ok(speech)
    }

    fn add(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let file: SpeechFile = toml::from_str(text).map_err(|e| Error::toml(name, text, &e))?;
        let known = |word: toml::Spanned<String>| {
            Act::parse(word.get_ref()).ok_or_else(|| {
                let message = format!("unknown act `{}`; see data/ontology.toml", word.get_ref());
                Error::new(name, text, Some(word.span().start), message)
            })
        };
        let act = file.act.map(known).transpose()?;
        let rule = name.trim_end_matches(".toml").to_owned();
        for entry in file.cue {
            for lemma in entry.lemmas {
                self.by_lemma.entry(lemma).or_default().push(Cue {
                    rule: rule.clone(),
                    act,
                    frames: entry.frames.clone(),
                    particle: entry.particle.clone(),
                    object: entry.object.clone(),
                    prepositions: entry.prepositions.clone(),
                    negated: entry.negated,
                });
            }
        }
        self.tests.extend(file.test.into_iter().map(|t| (rule.clone(), t)));
        Ok(())
    }

    /// Cues that a lemma may be, the most specific first.
    pub fn of(&self, lemma: &str) -> &[Cue] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Every test of the files, with the name of its file.
    pub fn tests(&self) -> &[(String, SpeechTest)] {
        &self.tests
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_cues_are_readable() {
        let speech = Speech::shipped().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(speech.of("deny")[0].act, Some(Act::Deny));
        assert!(speech.of("shell").is_empty());
    }
}
