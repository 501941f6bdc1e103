//! From scores to labels: parts of speech, features, lemmas, names.

use std::collections::HashMap;
use std::ops::Range;

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, NameKind};

use crate::model::{Error, Tensors};

/// What the heads choose from, in the order of their scores.
#[derive(Debug)]
pub struct Labels {
    /// Parts of speech.
    pub upos: Vec<Upos>,
    /// Relations.
    pub relations: Vec<Deprel>,
    /// Ways to make the lemma from a word.
    pub scripts: Vec<Script>,
    /// Lemmas of words that training has seen, by part of speech and form in lower case.
    lemmas: HashMap<(Upos, &'static str), &'static str>,
    /// The values of each feature.
    features: Vec<Vec<Feats>>,
    name_tags: Vec<NameTag>,
}

/// A way to make the lemma from a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// The lemma itself.
    Whole(Box<str>),
    /// The word, in lower case or as it is, without some characters at its end and with others added.
    Edit {
        /// Whether the word is first put in lower case.
        lower: bool,
        /// How many characters go.
        strip: usize,
        /// What is added.
        append: Box<str>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameTag {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

/// What the heads say about one word, but for its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tags {
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// Number of the script in [`Labels::scripts`].
    pub script: usize,
}

impl Labels {
    /// The lists of a model file.
    pub fn read(file: &Tensors) -> Result<Self, Error> {
        let features = file.list("feats")?.into_iter().map(|line| {
            let mut words = line.split(' ');
            let name = words.next().unwrap_or_default();
            words.map(|value| Feats::pair(name, value).unwrap_or_default()).collect()
        });
        let name_tags = file.list("ner")?.into_iter().map(NameTag::parse).collect::<Option<Vec<_>>>();
        let name_tags = name_tags.map_or_else(|| file.misfit("ner"), Ok)?;
        if name_tags.first() != Some(&NameTag::Outside) {
            return file.misfit("ner");
        }
        Ok(Self {
            upos: file.list("upos")?.into_iter().map(Upos::parse).collect(),
            relations: file.list("rels")?.into_iter().map(Deprel::parse).collect(),
            scripts: all_scripts(file)?,
            lemmas: all_lemmas(file)?,
            features: features.collect(),
            name_tags,
        })
    }

    /// How many scores a word has.
    pub fn tags(&self) -> usize {
        self.name_scores().end
    }

    /// The lemma of a form, in lower case, as that part of speech, if training has seen it.
    pub fn known_lemma(&self, form: &str, upos: Upos) -> Option<&'static str> {
        self.lemmas.get(&(upos, form)).copied()
    }

    /// Decodes the scores of one word.
    pub fn decode(&self, scores: &[f32]) -> Tags {
        let mut from = self.upos.len();
        let upos = self.upos[highest(&scores[..from])];
        let mut feats = Feats::default();
        for values in &self.features {
            feats = feats.with(values[highest(&scores[from..from + values.len()])]);
            from += values.len();
        }
        Tags { upos, feats, script: highest(&scores[from..from + self.scripts.len()]) }
    }

    /// The names among some words, given the scores of each: the best sequence of tags in which a name goes on only
    /// where one of its kind has begun.
    pub fn names<'a>(&self, words: impl Iterator<Item = &'a [f32]>) -> Vec<(Range<usize>, NameKind)> {
        let tags = &self.name_tags;
        let mut best: Vec<f32> = tags.iter().map(|t| if *t == NameTag::Outside { 0.0 } else { f32::MIN }).collect();
        let mut back: Vec<Vec<usize>> = Vec::new();
        for scores in words {
            let scores = &scores[self.name_scores()];
            let from: Vec<usize> = tags
                .iter()
                .map(|tag| {
                    let allowed = (0..tags.len()).filter(|before| tag.may_follow(tags[*before]));
                    allowed.reduce(|a, b| if best[b] > best[a] { b } else { a }).unwrap_or_default()
                })
                .collect();
            best = from.iter().zip(scores).map(|(before, score)| best[*before] + score).collect();
            back.push(from);
        }
        let mut tag = highest(&best);
        let mut found = Vec::new();
        let mut end = None;
        for (word, from) in back.iter().enumerate().rev() {
            match tags[tag] {
                NameTag::Outside => end = None,
                NameTag::Inside(_) => end = end.or(Some(word + 1)),
                NameTag::Begin(kind) => found.push((word..end.take().unwrap_or(word + 1), kind)),
            }
            tag = from[tag];
        }
        found.reverse();
        found
    }

    fn name_scores(&self) -> Range<usize> {
        let from = self.upos.len() + self.features.iter().map(Vec::len).sum::<usize>() + self.scripts.len();
        from..from + self.name_tags.len()
    }
}

impl Script {
    /// Reads a script as training writes it: `=lemma`, or `l|2|y` (`k` keeps capitals).
    fn parse(text: &str) -> Option<Self> {
        if let Some(lemma) = text.strip_prefix('=') {
            return Some(Self::Whole(lemma.into()));
        }
        let mut fields = text.splitn(3, '|');
        let lower = fields.next()? == "l";
        Some(Self::Edit { lower, strip: fields.next()?.parse().ok()?, append: fields.next()?.into() })
    }

    /// The lemma of a word.
    pub fn apply(&self, word: &str) -> String {
        match self {
            Self::Whole(lemma) => lemma.to_string(),
            Self::Edit { lower, strip, append } => {
                let mut out = if *lower { word.to_lowercase() } else { word.to_owned() };
                for _ in 0..*strip {
                    out.pop();
                }
                out.push_str(append);
                out
            }
        }
    }
}

impl NameTag {
    fn parse(tag: &str) -> Option<Self> {
        let kind = |word| match word {
            "PER" => Some(NameKind::Person),
            "ORG" => Some(NameKind::Organisation),
            "LOC" => Some(NameKind::Place),
            _ => None,
        };
        match tag.split_once('-') {
            Some(("B", word)) => kind(word).map(Self::Begin),
            Some(("I", word)) => kind(word).map(Self::Inside),
            None if tag == "O" => Some(Self::Outside),
            _ => None,
        }
    }

    fn may_follow(self, before: Self) -> bool {
        match self {
            Self::Inside(kind) => matches!(before, Self::Begin(k) | Self::Inside(k) if k == kind),
            Self::Outside | Self::Begin(_) => true,
        }
    }
}

fn all_scripts(file: &Tensors) -> Result<Vec<Script>, Error> {
    let scripts = file.list("lemma")?.into_iter().map(Script::parse).collect::<Option<Vec<_>>>();
    scripts.map_or_else(|| file.misfit("lemma"), Ok)
}

/// Lines of part of speech, form, lemma.
fn all_lemmas(file: &Tensors) -> Result<HashMap<(Upos, &'static str), &'static str>, Error> {
    let text = std::str::from_utf8(file.bytes("lemmas")?).or_else(|_| file.misfit("lemmas"))?;
    let mut out = HashMap::with_capacity(text.len() / 20);
    for line in text.lines().filter(|l| !l.is_empty()) {
        let mut fields = line.split('\t');
        match (fields.next(), fields.next(), fields.next()) {
            (Some(upos), Some(form), Some(lemma)) => out.insert((Upos::parse(upos), form), lemma),
            _ => return file.misfit("lemmas"),
        };
    }
    Ok(out)
}

/// Where the highest score stands, the first of several.
pub(crate) fn highest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_labels() -> Labels {
        let tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"];
        Labels {
            upos: Vec::new(),
            relations: Vec::new(),
            scripts: Vec::new(),
            lemmas: HashMap::new(),
            features: Vec::new(),
            name_tags: tags.into_iter().map(|t| NameTag::parse(t).unwrap()).collect(),
        }
    }

    /// A row of scores with the given tags set.
    fn row(scores: &[(usize, f32)]) -> [f32; 7] {
        let mut out = [0.0; 7];
        scores.iter().for_each(|(tag, score)| out[*tag] = *score);
        out
    }

    #[test]
    fn scripts_make_lemmas() {
        let lemma = |script, word| Script::parse(script).unwrap().apply(word);
        assert_eq!(lemma("=be", "Were"), "be");
        assert_eq!(lemma("l|3|y", "Armies"), "army");
        assert_eq!(lemma("k|1|", "Houthis"), "Houthi");
        assert_eq!(lemma("l|9|", "a"), "");
        assert_eq!(Script::parse("l|x|"), None);
        assert_eq!(Script::parse("l"), None);
    }

    #[test]
    fn a_name_goes_on_only_where_one_of_its_kind_began() {
        let rows = [
            row(&[(0, 5.0)]),
            row(&[(2, 4.0), (1, 3.0)]),
            row(&[(4, 4.0), (2, 3.0)]),
            row(&[(5, 3.0)]),
            row(&[(5, 3.0)]),
        ];
        let names = name_labels().names(rows.iter().map(|r| &r[..]));
        assert_eq!(names, [(1..3, NameKind::Person), (3..4, NameKind::Place), (4..5, NameKind::Place)]);
    }

    #[test]
    fn no_words_have_no_names() {
        assert_eq!(name_labels().names(std::iter::empty()), []);
    }
}
