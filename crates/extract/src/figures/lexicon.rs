//! Which words tell of people harmed? Reads `data/lexicon/en/harm.toml` and finds its words in all their forms.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Category, Harm};
use serde::Deserialize;

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
    modifiers: Vec<(Category, BTreeSet<String>, BTreeSet<String>)>,
    things: BTreeSet<String>,
    pub(super) toll: Toll,
    pub(super) custody: Custody,
    pub(super) others: BTreeSet<String>,
    pub(super) irrealis: Irrealis,
    pub(super) voice: Voice,
    pub(super) scene: SceneWords,
}

impl Lexicon {
    /// Reads the file that travels inside the program.
    pub(super) fn load() -> Result<Self, Error> {
        Self::read(FILE, bundle::file(FILE))
    }

    fn read(file: &str, text: &str) -> Result<Self, Error> {
        let raw: Raw = toml::from_str(text).map_err(|e| Error::toml(file, text, &e))?;
        Builder { file, text, raw: &raw, forms: BTreeMap::new(), nouns: BTreeMap::new() }.build()
    }

    /// The lemma of a word in lower case, if it is one of ours; else the word.
    pub(super) fn lemma<'a>(&'a self, word: &'a str) -> &'a str {
        self.forms.get(word).map(|(l, _)| l.as_str()).or_else(|| self.nouns.get(word).map(String::as_str)).unwrap_or(word)
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
        self.modifiers.iter().find(|(_, words, nouns)| words.contains(word) && fits(nouns)).map(|(c, ..)| *c)
    }

    /// Whether a noun is known to be no person.
    pub(super) fn is_thing(&self, word: &str) -> bool {
        self.things.contains(word)
    }
}

struct Builder<'a> {
    file: &'a str,
    text: &'a str,
    raw: &'a Raw,
    forms: BTreeMap<String, (String, Form)>,
    nouns: BTreeMap<String, String>,
}

impl Builder<'_> {
    fn build(mut self) -> Result<Lexicon, Error> {
        let raw = self.raw;
        let mut verbs: BTreeMap<String, Vec<Effect>> = BTreeMap::new();
        let mut states = BTreeMap::new();
        for v in &raw.verb {
            let effect = Effect { harm: self.harm(&v.harm)?, of: v.of, needs: v.people };
            for lemma in &v.lemmas {
                self.inflect(lemma);
                verbs.entry(lemma.clone()).or_default().push(effect);
            }
        }
        for (form, (lemma, kind)) in &self.forms {
            let effect = verbs.get(lemma).and_then(|v| v.iter().find(|e| e.of == Victim::Object));
            if let Some(e) = effect.filter(|_| kind.participle) {
                states.insert(form.clone(), e.harm);
            }
        }
        for s in &raw.state {
            let harm = self.harm(&s.harm)?;
            states.extend(s.words.iter().map(|w| (w.clone(), harm)));
        }
        let mut phrases = Vec::new();
        for p in &raw.phrase {
            p.verbs.iter().for_each(|v| self.inflect(v));
            let with = p.with.iter().flat_map(|w| self.plurals(w)).collect();
            let effect = Effect { harm: self.harm(&p.harm)?, of: p.of, needs: p.people };
            phrases.push(Phrase { effect, verbs: p.verbs.iter().cloned().collect(), with });
        }
        let sets = [&raw.irrealis.verbs, &raw.irrealis.factual, &raw.custody.verbs, &raw.voice.says, &raw.voice.counts, &raw.voice.gauges];
        raw.result.verbs.iter().chain(sets.into_iter().flatten()).for_each(|v| self.inflect(v));
        let (counted, events) = (self.counted()?, self.events()?);
        let (people, modifiers) = (self.people()?, self.modifiers()?);
        let things = raw.things.nouns.iter().flat_map(|n| self.plurals(n)).collect();
        Ok(Lexicon {
            forms: self.forms,
            nouns: self.nouns,
            verbs,
            phrases,
            results: raw.result.verbs.iter().cloned().collect(),
            states,
            counted,
            events,
            people,
            modifiers,
            things,
            toll: raw.toll.clone(),
            custody: raw.custody.clone(),
            others: raw.others.words.iter().cloned().collect(),
            irrealis: raw.irrealis.clone(),
            voice: raw.voice.clone(),
            scene: raw.scene.clone(),
        })
    }

    fn counted(&mut self) -> Result<BTreeMap<String, Vec<Counted>>, Error> {
        let mut out: BTreeMap<String, Vec<Counted>> = BTreeMap::new();
        for c in &self.raw.counted {
            let counted = Counted { harm: self.harm(&c.harm)?, near: c.near.iter().cloned().collect() };
            c.near.iter().for_each(|v| self.inflect(v));
            for form in c.nouns.iter().flat_map(|n| self.plurals(n)).collect::<Vec<_>>() {
                out.entry(form).or_default().push(counted.clone());
            }
        }
        Ok(out)
    }

    fn events(&mut self) -> Result<BTreeMap<String, Vec<Event>>, Error> {
        let mut out: BTreeMap<String, Vec<Event>> = BTreeMap::new();
        for e in &self.raw.event {
            let event = Event { harm: self.harm(&e.harm)?, needs: e.people, near: e.near.iter().cloned().collect() };
            e.near.iter().for_each(|v| self.inflect(v));
            for form in e.nouns.iter().flat_map(|n| self.plurals(n)).collect::<Vec<_>>() {
                out.entry(form).or_default().push(event.clone());
            }
        }
        Ok(out)
    }

    fn people(&mut self) -> Result<BTreeMap<String, People>, Error> {
        let mut out = BTreeMap::new();
        for p in &self.raw.people {
            let category = self.category(&p.category)?;
            for noun in &p.nouns {
                for (i, form) in self.plurals(noun).into_iter().enumerate() {
                    let plural = i > 0 || matches!(noun.as_str(), "people" | "personnel" | "staff" | "police" | "townspeople");
                    out.insert(form, People { category, plural });
                }
            }
        }
        Ok(out)
    }

    fn modifiers(&self) -> Result<Vec<(Category, BTreeSet<String>, BTreeSet<String>)>, Error> {
        let set = |v: &[String]| v.iter().cloned().collect();
        self.raw.modifier.iter().map(|m| Ok((self.category(&m.category)?, set(&m.words), set(&m.nouns)))).collect()
    }

    fn harm(&self, word: &str) -> Result<Harm, Error> {
        Harm::parse(word).ok_or_else(|| self.mistake(word, "no harm of data/ontology.toml"))
    }

    fn category(&self, word: &str) -> Result<Category, Error> {
        Category::parse(word).ok_or_else(|| self.mistake(word, "no category of data/ontology.toml"))
    }

    fn mistake(&self, word: &str, what: &str) -> Error {
        Error::new(self.file, self.text, self.text.find(&format!("\"{word}\"")), format!("“{word}” is {what}"))
    }

    /// Puts all forms of a verb into the table.
    fn inflect(&mut self, lemma: &str) {
        let [base, third, past, participle, ing] = match self.raw.forms.get(lemma) {
            Some(forms) => forms.clone(),
            None => regular_forms(lemma),
        };
        for (i, form) in [base, third, past, participle, ing].into_iter().enumerate() {
            let entry = self.forms.entry(form).or_insert_with(|| (lemma.to_owned(), Form::default()));
            entry.1.past |= i == 2;
            entry.1.participle |= i == 3;
            entry.1.ing |= i == 4;
        }
    }

    /// Singular and plural, both entered into the table of nouns.
    fn plurals(&mut self, noun: &str) -> Vec<String> {
        let plural = self.raw.plurals.get(noun).cloned().unwrap_or_else(|| regular_third(noun));
        for form in [noun, &plural] {
            self.nouns.entry(form.to_owned()).or_insert_with(|| noun.to_owned());
        }
        vec![noun.to_owned(), plural]
    }
}

fn regular_forms(lemma: &str) -> [String; 5] {
    let consonant_y = lemma.ends_with('y') && !lemma.ends_with(['a', 'e', 'o', 'u']) && !ends_in_vowel_y(lemma);
    let stem = |cut: usize| &lemma[..lemma.len() - cut];
    let past = match () {
        () if lemma.ends_with('e') => format!("{lemma}d"),
        () if consonant_y => format!("{}ied", stem(1)),
        () => format!("{lemma}ed"),
    };
    let ing = if lemma.ends_with('e') && !lemma.ends_with("ee") { format!("{}ing", stem(1)) } else { format!("{lemma}ing") };
    [lemma.to_owned(), regular_third(lemma), past.clone(), past, ing]
}

fn regular_third(word: &str) -> String {
    if word.ends_with('y') && !ends_in_vowel_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else if ["s", "sh", "ch", "x", "z"].iter().any(|e| word.ends_with(e)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn ends_in_vowel_y(word: &str) -> bool {
    ["ay", "ey", "oy", "uy"].iter().any(|e| word.ends_with(e))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    verb: Vec<RawVerb>,
    phrase: Vec<RawPhrase>,
    result: RawVerbs,
    state: Vec<RawState>,
    counted: Vec<RawCounted>,
    event: Vec<RawEvent>,
    toll: Toll,
    custody: Custody,
    people: Vec<RawPeople>,
    modifier: Vec<RawModifier>,
    others: RawWords,
    things: RawNouns,
    irrealis: Irrealis,
    voice: Voice,
    scene: SceneWords,
    forms: BTreeMap<String, [String; 5]>,
    plurals: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVerb {
    harm: String,
    of: Victim,
    people: Needs,
    lemmas: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrase {
    harm: String,
    of: Victim,
    people: Needs,
    verbs: Vec<String>,
    with: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVerbs {
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNouns {
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawState {
    harm: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCounted {
    harm: String,
    nouns: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvent {
    harm: String,
    people: Needs,
    nouns: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeople {
    category: String,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModifier {
    category: String,
    words: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
}

/// Words around tolls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Toll {
    pub(super) strong: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) links: BTreeSet<String>,
    pub(super) older: BTreeSet<String>,
    pub(super) counts: BTreeSet<String>,
}

/// Words of prisoners let go.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Custody {
    pub(super) verbs: BTreeSet<String>,
    pub(super) words: BTreeSet<String>,
}

/// Words of what is not (yet) so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Irrealis {
    pub(super) verbs: BTreeSet<String>,
    pub(super) factual: BTreeSet<String>,
    pub(super) modals: BTreeSet<String>,
    pub(super) conditions: BTreeSet<String>,
}

/// Words of those who give numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Voice {
    pub(super) says: BTreeSet<String>,
    pub(super) counts: BTreeSet<String>,
    pub(super) gauges: BTreeSet<String>,
    pub(super) domestic: BTreeSet<String>,
}

/// What kinds of reports speak of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SceneWords {
    pub(super) conflict: BTreeSet<String>,
    pub(super) sport: BTreeSet<String>,
    pub(super) disaster: BTreeSet<String>,
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
