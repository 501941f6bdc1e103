//! Which words of a text in capitals have a capital? For corpora of telexes, which know no small letters.
//!
//! Nothing is learned from the corpus itself. Names of states, organisations and people are as the profiles write them.
//! Words of our lexicons and of the examples in our rules, and those that the language layer knows in a use other than as
//! a name, are small; so are pieces of its vocabulary that name no place. Places of the gazetteer, and words that nothing
//! knows, have a capital, as most of these are names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use annotate::Model;
use anyhow::{Context, Result};
use evidence::deprel::Upos;
use resolve::fold;
use resolve::gazetteer::Gazetteer;

/// Most words of one name.
const LONGEST: usize = 6;
/// Words inside names that stay small.
const PARTICLES: &[&str] =
    &["de", "del", "la", "las", "los", "el", "y", "da", "do", "dos", "van", "von", "der", "bin", "of", "and", "the"];
/// Words that nothing else here knows to be small.
const PLAIN: &[&str] = &[
    "seven",
    "her",
    "nor",
    "anti",
    "eastern",
    "western",
    "southern",
    "northern",
    "international",
    "national",
    "presidential",
    "federal",
    "supreme",
    "joint",
    "subversive",
    "subversives",
    "indiscriminate",
];
/// Endings that English words have and names seldom.
const ENDINGS: &[&str] = &["s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "ment", "al", "able", "ation"];
/// Endings of words whose stem need not be known.
const SUFFIXES: &[&str] =
    &["tion", "tions", "ism", "ists", "ist", "ness", "ments", "ing", "ings", "ively", "ously", "ized", "ated", "ived"];

/// Knows how words are written.
pub struct Truecaser {
    model: Model,
    /// The places of the world; the bytes live as long as the program.
    places: Gazetteer<'static>,
    /// Words that our data write small.
    small: BTreeSet<String>,
    /// Names of one or more words, in lower case and as they are written.
    names: BTreeMap<String, String>,
    /// Words before a name that share its capital ("General Vargas").
    titles: BTreeSet<String>,
}

/// A stretch of letters, or what stands between two.
struct Word<'a> {
    text: &'a str,
    letters: bool,
}

impl Truecaser {
    /// From the language layer and the data of the repository; `gazetteer` is `data/gazetteer/places.bin`.
    pub fn new(model: Model, gazetteer: &Path) -> Result<Self> {
        let bytes = std::fs::read(gazetteer).with_context(|| format!("cannot read {}", gazetteer.display()))?;
        let places = Gazetteer::of(bytes.leak()).with_context(|| format!("cannot use {}", gazetteer.display()))?;
        let mut caser = Self { model, places, small: BTreeSet::new(), names: BTreeMap::new(), titles: BTreeSet::new() };
        for (_, text) in bundle::files("lexicon") {
            caser.small.extend(words(text).filter(|w| w.letters && is_small(w.text)).map(|w| w.text.to_owned()));
        }
        let examples = bundle::files("rules").chain(bundle::files("speech")).flat_map(|(_, text)| text.lines());
        for example in examples.filter(|l| l.starts_with("text") || l.starts_with("about") || l.starts_with("not")) {
            caser.small.extend(words(example).filter(|w| w.letters && is_small(w.text)).map(|w| w.text.to_owned()));
        }
        for (_, text) in bundle::files("parties").chain(bundle::files("conflicts")) {
            caser.learn_names(text);
        }
        for (_, text) in bundle::files("time") {
            let dated = words(text).filter(|w| is_day_or_month(&w.text.to_lowercase()));
            caser.names.extend(dated.map(|w| (w.text.to_lowercase(), capital(&w.text.to_lowercase()))));
        }
        let one = |line: &str| line.split(['\t', ' ']).next().map(str::to_lowercase).filter(|w| !w.starts_with('#'));
        for file in ["lexicon/en/titles.txt", "lexicon/en/roles.txt"] {
            caser.titles.extend(bundle::file(file).lines().filter_map(one));
        }
        Ok(caser)
    }

    /// The text with small letters where they belong; as long as before, in letters.
    pub fn restore(&self, text: &str) -> String {
        let lower = text.to_lowercase();
        let cut: Vec<Word> = words(&lower).collect();
        let acronyms = acronyms(&cut);
        let mut out: Vec<String> = cut.iter().map(|w| w.text.to_owned()).collect();
        let mut at = 0;
        while at < cut.len() {
            at = if !cut[at].letters {
                at + 1
            } else if let Some((end, name)) = self.longest_name(&cut, at) {
                out.splice(at..end, std::iter::once(name).chain(std::iter::repeat_n(String::new(), end - at - 1)));
                end
            } else {
                let word = cut[at].text;
                if acronyms.contains(word) || is_acronym(word) && !self.is_common(word) {
                    out[at] = word.to_uppercase();
                } else if !self.is_common(word) || word == "i" {
                    out[at] = capital(word);
                }
                at + 1
            };
        }
        self.raise(&cut, &mut out);
        out.concat()
    }

    /// Capitals at the start of sentences and on titles and particles before names.
    fn raise(&self, cut: &[Word], out: &mut [String]) {
        let mut opens = true;
        for at in 0..cut.len() {
            if !cut[at].letters {
                let quote = cut[at].text.ends_with('"') && cut[at].text.contains([' ', '[', ',']);
                opens |= cut[at].text.contains(['.', '!', '?', '\n']) || quote;
                continue;
            }
            let named = out.get(at + 2).is_some_and(|n| n.starts_with(char::is_uppercase)) && cut[at + 1].text == " ";
            let title = self.titles.contains(cut[at].text)
                || matches!(cut[at].text, "la" | "el" | "las" | "los" | "san" | "santa");
            let inside = at >= 2 && cut[at - 1].text == " " && out[at - 2].starts_with(char::is_uppercase);
            let particle = PARTICLES.contains(&cut[at].text);
            if particle && inside && out[at].starts_with(char::is_uppercase) && named && cut[at].text != "el" {
                out[at] = cut[at].text.to_owned();
            } else if opens || title && named && !(particle && inside) {
                let raised = capital(&out[at]);
                out[at] = raised;
            }
            opens = false;
        }
    }

    /// The longest name of profiles or gazetteer that begins at a word: one past its end, and how it is written.
    fn longest_name(&self, cut: &[Word], at: usize) -> Option<(usize, String)> {
        let ends = (at..cut.len()).filter(|e| cut[*e].letters).take(LONGEST).collect::<Vec<_>>();
        for &end in ends.iter().rev() {
            let joined = (at..end).all(|n| cut[n].letters || matches!(cut[n].text, " " | "-" | "'" | ". "));
            if !joined {
                continue;
            }
            let phrase: String = cut[at..=end].iter().map(|w| w.text).collect();
            let common = cut[at..=end].iter().filter(|w| w.letters).all(|w| self.is_common(w.text));
            let one = end == at;
            let stays = one && (common || PARTICLES.contains(&phrase.as_str())) && !is_day_or_month(&phrase);
            if let Some(name) = self.names.get(&phrase).filter(|_| !stays) {
                return Some((end + 1, name.clone()));
            }
            if !common && self.places.has(&fold(&phrase)) {
                let written = cut[at..=end].iter().enumerate();
                let small = |n: usize, w: &str| n > 0 && PARTICLES.contains(&w);
                let name = written.map(|(n, w)| if small(n, w.text) { w.text.to_owned() } else { capital(w.text) });
                return Some((end + 1, name.collect()));
            }
        }
        None
    }

    /// Whether a word in lower case is no name, as far as our data tell.
    fn is_common(&self, word: &str) -> bool {
        const OPEN: [Upos; 13] = [
            Upos::Noun,
            Upos::Verb,
            Upos::Adj,
            Upos::Adv,
            Upos::Adp,
            Upos::Det,
            Upos::Pron,
            Upos::Aux,
            Upos::Cconj,
            Upos::Sconj,
            Upos::Num,
            Upos::Part,
            Upos::Intj,
        ];
        let known = |form: &str| {
            PLAIN.contains(&form)
                || self.small.contains(form)
                || OPEN.iter().any(|u| self.model.labels.known_lemma(form, *u).is_some())
        };
        let stem = |ending: &str| {
            let stem = word.strip_suffix(ending).filter(|s| s.len() > 2);
            stem.is_some_and(|s| {
                known(s) || known(&format!("{s}e")) || s.strip_suffix('i').is_some_and(|s| known(&format!("{s}y")))
            })
        };
        let prefixed = ["un", "non", "re", "anti", "dis"].iter().filter_map(|p| word.strip_prefix(p)).any(known);
        let no_place = || !self.places.has(word) && !self.names.contains_key(word);
        known(word)
            || word.len() == 1 && word != "i"
            || ENDINGS.iter().any(|e| stem(e))
            || word.strip_suffix("men").is_some_and(|s| !s.is_empty())
            || (self.model.pieces.knows(word)
                || prefixed
                || SUFFIXES.iter().any(|s| word.len() > s.len() + 3 && word.ends_with(s)))
                && no_place()
    }

    /// Every quoted name of a data file, whole and, where it has no other capital form, word by word.
    fn learn_names(&mut self, text: &str) {
        let uncommented = text.lines().filter(|l| !l.trim_start().starts_with('#'));
        let quoted = uncommented.flat_map(|l| l.split('"').skip(1).step_by(2));
        for name in quoted.filter(|n| n.contains(char::is_uppercase)) {
            self.names.insert(name.to_lowercase(), name.to_owned());
            for word in words(name).filter(|w| w.letters && w.text.starts_with(char::is_uppercase)) {
                self.names.entry(word.text.to_lowercase()).or_insert_with(|| word.text.to_owned());
            }
        }
    }
}

/// Letters and what stands between, in turn.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let letters = rest.chars().next()?.is_alphabetic();
        let end = rest.find(|c: char| c.is_alphabetic() != letters).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Word { text, letters })
    })
}

/// Words that stand alone in brackets once: "[FMLN]".
fn acronyms<'a>(cut: &[Word<'a>]) -> BTreeSet<&'a str> {
    let alone =
        |w: &[Word<'a>]| w[0].text.ends_with('[') && w[1].letters && w[2].text.starts_with(']') && w[1].text.len() <= 7;
    let note =
        |word: &str| matches!(word, "text" | "report" | "passage" | "sic" | "as" | "end" | "excerpt" | "excerpts");
    cut.windows(3).filter(|w| alone(w) && !note(w[1].text)).map(|w| w[1].text).collect()
}

/// Whether a word cannot be spoken: no vowel in three letters or more.
fn is_acronym(word: &str) -> bool {
    word.len() > 1
        && !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        && !matches!(word, "mr" | "mrs" | "dr" | "st" | "ll" | "nt")
}

fn is_small(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
}

fn is_day_or_month(word: &str) -> bool {
    const NAMES: [&str; 18] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "christmas",
    ];
    NAMES.contains(&word)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_capitals_and_other_words_have_none() {
        let places = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/gazetteer/places.bin");
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/standoff-en.safetensors");
        let model = Model::read(std::fs::read(model).unwrap().leak()).unwrap();
        let caser = Truecaser::new(model, &places).unwrap();
        let restored = caser.restore(
            "THREE SOLDIERS WERE KILLED IN BOGOTA ON MONDAY, COLONEL HUGO VANTERRO SAID. THE [VDLF] DENIED IT.",
        );
        assert_eq!(
            restored,
            "Three soldiers were killed in Bogota on Monday, Colonel Hugo Vanterro said. The [VDLF] denied it."
        );
    }
}
