//! What does `data/lexicon/en/harm.toml` say, and which forms do its words have?

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Category, Harm};
use serde::Deserialize;

use super::{Counted, Effect, Event, Form, Lexicon, Modifier, Needs, People, Phrase, Victim};
use crate::error::Error;

/// Reads `text` as the lexicon that `file` names in messages.
pub(super) fn read(file: &str, text: &str) -> Result<Lexicon, Error> {
    let raw: Raw = toml::from_str(text).map_err(|e| Error::toml(file, text, &e))?;
    Builder { file, text, raw: &raw, forms: BTreeMap::new(), nouns: BTreeMap::new() }.build()
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
            // "30 destroyed" need not be people.
            if let Some(e) = effect.filter(|e| kind.participle && e.needs != Needs::Named) {
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
        let sets = [
            &raw.irrealis.verbs,
            &raw.irrealis.factual,
            &raw.custody.verbs,
            &raw.voice.says,
            &raw.voice.counts,
            &raw.voice.gauges,
            &raw.toll.replaces,
            &raw.toll.moves,
        ];
        raw.result.verbs.iter().chain(sets.into_iter().flatten()).for_each(|v| self.inflect(v));
        let (counted, events) = (self.counted()?, self.events()?);
        let (people, modifiers) = (self.people()?, self.modifiers()?);
        let things = raw.things.nouns.iter().flat_map(|n| self.plurals(n)).collect();
        let sized = raw.sized.nouns.iter().flat_map(|n| self.plurals(n)).collect();
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
            sized,
            others: raw.others.words.iter().cloned().collect(),
            irrealis: raw.irrealis.clone(),
            voice: raw.voice.clone(),
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
                    let plural =
                        i > 0 || matches!(noun.as_str(), "people" | "personnel" | "staff" | "police" | "townspeople");
                    out.insert(form, People { category, plural });
                }
            }
        }
        Ok(out)
    }

    fn modifiers(&self) -> Result<Vec<Modifier>, Error> {
        let set = |v: &[String]| v.iter().cloned().collect();
        let modifier = |m: &RawModifier| {
            Ok(Modifier { category: self.category(&m.category)?, words: set(&m.words), nouns: set(&m.nouns) })
        };
        self.raw.modifier.iter().map(modifier).collect()
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
    let ing =
        if lemma.ends_with('e') && !lemma.ends_with("ee") { format!("{}ing", stem(1)) } else { format!("{lemma}ing") };
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
    sized: RawNouns,
    irrealis: Irrealis,
    voice: Voice,
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
pub(in crate::figures) struct Toll {
    pub(in crate::figures) strong: Vec<String>,
    pub(in crate::figures) weak: Vec<String>,
    pub(in crate::figures) links: BTreeSet<String>,
    pub(in crate::figures) older: BTreeSet<String>,
    pub(in crate::figures) counts: BTreeSet<String>,
    pub(in crate::figures) replaces: BTreeSet<String>,
    pub(in crate::figures) moves: BTreeSet<String>,
}

/// Words of prisoners let go.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::figures) struct Custody {
    pub(in crate::figures) verbs: BTreeSet<String>,
    pub(in crate::figures) words: BTreeSet<String>,
}

/// Words of what is not (yet) so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::figures) struct Irrealis {
    pub(in crate::figures) nouns: BTreeSet<String>,
    pub(in crate::figures) verbs: BTreeSet<String>,
    pub(in crate::figures) factual: BTreeSet<String>,
    pub(in crate::figures) modals: BTreeSet<String>,
    pub(in crate::figures) conditions: BTreeSet<String>,
}

/// Words of those who give numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::figures) struct Voice {
    pub(in crate::figures) says: BTreeSet<String>,
    pub(in crate::figures) counts: BTreeSet<String>,
    pub(in crate::figures) gauges: BTreeSet<String>,
    pub(in crate::figures) domestic: BTreeSet<String>,
}
