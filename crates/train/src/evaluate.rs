//! How good are the answers on gold sentences and words?
//!
//! All words count, punctuation too. Scores are shares in percent: `upos`, `feats` (all features that the network
//! knows right), `lemma` (in lower case except for proper nouns), `uas` (head), `las` (head and full relation), `las_u` (relation without its subtype, the
//! figure of CoNLL 2018); names by exact words and kind.

use std::ops::Range;

use annotate::Model;
use annotate::analyse::{Analysis, Scratch, analyse};
use annotate::encoder::Network;
use annotate::names;
use evidence::document::Feats;

use crate::corpora::Sentence;

/// The features that the network was trained on.
const FEATURES: [&str; 11] =
    ["Tense", "VerbForm", "Mood", "Voice", "Number", "Person", "Polarity", "PronType", "Degree", "Poss", "Case"];

/// How often something was right.
#[derive(Debug, Default, Clone, Copy)]
#[expect(missing_docs, reason = "explained at the top of the file")]
pub struct Scores {
    pub words: usize,
    pub upos: usize,
    pub feats: usize,
    pub lemma: usize,
    pub uas: usize,
    pub las: usize,
    pub las_u: usize,
    pub names_gold: usize,
    pub names_given: usize,
    pub names_right: usize,
}

/// Runs a network over sentences and counts what is right.
pub fn score(model: &Model, network: &impl Network, sentences: &[Sentence]) -> Scores {
    let words: Vec<&str> = sentences.iter().flat_map(|s| s.words.iter().map(String::as_str)).collect();
    let mut from = 0;
    let range = |s: &Sentence| {
        let to = from + s.words.len();
        std::mem::replace(&mut from, to)..to
    };
    let ranges: Vec<Range<usize>> = sentences.iter().map(range).collect();
    let mut analysis = analyse(model, network, &mut Scratch::default(), &words, &ranges);
    let mut scores = Scores::default();
    agree(sentences, &ranges, &words, &mut analysis);
    for (sentence, range) in sentences.iter().zip(ranges) {
        scores.add_syntax(model, sentence, &analysis, range.start);
        scores.add_names(sentence, &analysis, range);
    }
    scores
}

/// Lets the names of each document agree, as the annotator does with those of an article.
fn agree(sentences: &[Sentence], ranges: &[Range<usize>], words: &[&str], analysis: &mut Analysis) {
    let mut rest = &mut analysis.names[..];
    let pairs: Vec<(&Sentence, &Range<usize>)> = sentences.iter().zip(ranges).collect();
    for document in pairs.chunk_by(|(a, _), (b, _)| a.document == b.document) {
        let end = document.last().map_or(0, |(_, words)| words.end);
        let (names, others) = rest.split_at_mut(rest.partition_point(|(name, _)| name.start < end));
        names::agree(words, names);
        rest = others;
    }
}

impl Scores {
    fn add_syntax(&mut self, model: &Model, sentence: &Sentence, analysis: &Analysis, first: usize) {
        for (i, gold) in sentence.syntax.iter().enumerate() {
            let said = &analysis.words[first + i];
            let gold_lemma = if gold.upos == "PROPN" { gold.lemma.clone() } else { gold.lemma.to_lowercase() };
            let head_right = said.head.map_or(0, |h| h - first + 1) == gold.head;
            let relation = said.relation.as_str();
            self.words += 1;
            self.upos += usize::from(said.tags.upos.as_str() == gold.upos);
            self.feats += usize::from(Some(said.tags.feats) == known_feats(&gold.feats));
            self.lemma += usize::from(model.lemma(&sentence.words[i], said.tags) == gold_lemma);
            self.uas += usize::from(head_right);
            self.las += usize::from(head_right && relation == gold.deprel);
            self.las_u += usize::from(head_right && said.relation.is(base(&gold.deprel)));
        }
    }

    fn add_names(&mut self, sentence: &Sentence, analysis: &Analysis, words: Range<usize>) {
        let Some(gold) = &sentence.names else { return };
        let given = analysis.names.iter().filter(|(name, _)| words.contains(&name.start));
        let right = given.clone().filter(|(name, kind)| {
            let name = name.start - words.start..name.end - words.start;
            gold.iter().any(|(words, gold_kind)| *words == name && gold_kind == kind.as_str())
        });
        self.names_right += right.count();
        self.names_given += given.count();
        self.names_gold += gold.len();
    }

    /// One line with everything, in percent.
    pub fn line(&self) -> String {
        let of = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let syntax = [
            ("upos", self.upos),
            ("feats", self.feats),
            ("lemma", self.lemma),
            ("uas", self.uas),
            ("las", self.las),
            ("las_u", self.las_u),
        ];
        let mut out: Vec<String> = syntax.iter().map(|(n, v)| format!("{n} {:.2}", of(*v, self.words))).collect();
        if self.names_gold > 0 {
            let (p, r) = (of(self.names_right, self.names_given), of(self.names_right, self.names_gold));
            let f1 = of(2 * self.names_right, self.names_given + self.names_gold);
            out.push(format!("names p {p:.2} r {r:.2} f1 {f1:.2}"));
        }
        out.push(format!("words {}", self.words));
        out.join("  ")
    }
}

/// The pairs of a CoNLL-U column that the network was trained on; `None` if one of them is in no list of ours.
fn known_feats(column: &str) -> Option<Feats> {
    let pairs = column.split('|').filter_map(|pair| pair.split_once('='));
    let known = pairs.filter(|(name, _)| FEATURES.contains(name));
    known.map(|(name, value)| Feats::pair(name, value)).try_fold(Feats::default(), |all, pair| Some(all.with(pair?)))
}

fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}
