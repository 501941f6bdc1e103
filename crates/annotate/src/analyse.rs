//! What does the network say about the words of an article? Batches in, one answer a word out.

use std::ops::Range;

use evidence::deprel::Deprel;
use evidence::document::NameKind;

use crate::encoder::forward::{Batch, Buffers, Network, Projections};
use crate::encoder::{ARC, LABEL, POSITIONS};
use crate::heads::Tags;
use crate::model::Model;
use crate::parse;
use crate::pieces::Pieces;

/// Pieces of a batch: so many that reading the weights (11 MB a batch) costs little beside the work on them. Measured:
/// 128 pieces are a tenth slower, 256 a twentieth.
const BATCH: usize = 512;
/// Pieces of a sentence without its first and last.
const LONGEST: usize = POSITIONS - 2;
/// Rows whose label vectors are multiplied out at once.
const LABEL_ROWS: usize = 48;

/// What the network says about one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Part of speech, features, lemma script.
    pub tags: Tags,
    /// The word it hangs on, `None` for the root of its sentence.
    pub head: Option<usize>,
    /// How it hangs there.
    pub relation: Deprel,
}

/// What the network says about all words.
#[derive(Debug, Default)]
pub struct Analysis {
    /// One for each word.
    pub words: Vec<Word>,
    /// Names, in order.
    pub names: Vec<(Range<usize>, NameKind)>,
}

/// Room for intermediate results, kept by each thread from article to article.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Of the words of the last analysis.
    pub(crate) pieces: Pieces,
    batch: Batch,
    buffers: Buffers,
    projections: Projections,
    scores: Vec<f32>,
    products: Vec<f32>,
}

/// Runs sentences, ranges of `words` one after the other that cover all of them, through a network.
pub fn analyse(
    model: &Model,
    network: &impl Network,
    scratch: &mut Scratch,
    words: &[&str],
    sentences: &[Range<usize>],
) -> Analysis {
    scratch.pieces.clear();
    words.iter().for_each(|word| model.pieces.add(word, &mut scratch.pieces));
    let parts: Vec<Range<usize>> = sentences.iter().flat_map(|s| parts(words, &scratch.pieces, s.clone())).collect();
    let mut out = Analysis { words: Vec::with_capacity(words.len()), names: Vec::new() };
    let mut rest = &parts[..];
    while !rest.is_empty() {
        let many = fill_batch(model, scratch, rest);
        network.project(&scratch.batch, &mut scratch.buffers, &mut scratch.projections);
        decode(model, network, scratch, &rest[..many], &mut out);
        rest = &rest[many..];
    }
    sentences.iter().for_each(|sentence| join_parts(&mut out.words, sentence.clone()));
    out
}

/// A sentence in parts that the encoder can read: one, unless it has too many pieces. A part ends behind a mark in
/// its second half if there is one.
fn parts(words: &[&str], pieces: &Pieces, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = sentence.start;
    while from < sentence.end {
        let first = pieces.start_of(from);
        let fitting = (from..sentence.end).take_while(|w| pieces.ends[*w] - first <= LONGEST).count();
        let mut to = from + fitting;
        if to < sentence.end {
            let is_mark = |word: &str| !word.chars().any(char::is_alphanumeric);
            to = (from + fitting / 2..to).rev().find(|w| is_mark(words[*w])).map_or(to, |w| w + 1);
        }
        out.push(from..to);
        from = to;
    }
    out
}

/// Puts the first of `parts` into the batch, at least one; returns how many.
fn fill_batch(model: &Model, scratch: &mut Scratch, parts: &[Range<usize>]) -> usize {
    let Scratch { batch, pieces, .. } = scratch;
    batch.clear();
    for (i, part) in parts.iter().enumerate() {
        let length = pieces.ends[part.end - 1] - pieces.start_of(part.start) + 2;
        if i > 0 && batch.pieces.len() + length > BATCH {
            return i;
        }
        batch.lengths.push(length);
        batch.rows.push(batch.pieces.len());
        batch.pieces.push(model.pieces.start());
        batch.cases.push(0);
        for word in part.clone() {
            let (ids, shape) = (pieces.of(word), pieces.shapes[word]);
            batch.rows.push(batch.pieces.len());
            batch.pieces.extend_from_slice(ids);
            batch.cases.push(shape + 8);
            batch.cases.resize(batch.pieces.len(), shape);
        }
        batch.pieces.push(model.pieces.end());
        batch.cases.push(0);
    }
    parts.len()
}

/// Decodes a batch. Heads and names count words over the whole article.
fn decode(model: &Model, network: &impl Network, scratch: &mut Scratch, parts: &[Range<usize>], out: &mut Analysis) {
    let Scratch { projections: p, scores, .. } = scratch;
    // For every row of the batch the row of its head; the root's is its own.
    let mut head_rows: Vec<usize> = Vec::with_capacity(scratch.batch.rows.len());
    for part in parts {
        let (root, words) = (head_rows.len(), part.len());
        let rows = root * ARC..(root + words + 1) * ARC;
        scores.clear();
        scores.resize((words + 1) * (words + 1), 0.0);
        for (dependant, out) in p.arc_dependants[rows.clone()].chunks_exact(ARC).zip(scores.chunks_exact_mut(words + 1))
        {
            network.dots(dependant, &p.arc_heads[rows.clone()], out);
        }
        head_rows.push(root);
        head_rows.extend(parse::heads(scores, words).into_iter().map(|head| root + head));
    }
    let relations = relations(model, network, scratch, &head_rows);
    let p = &scratch.projections;
    let mut root = 0;
    for part in parts {
        let tag_rows = || (root + 1..=root + part.len()).map(|row| &p.tags[row * p.tag_width..(row + 1) * p.tag_width]);
        for (row, scores) in (root + 1..).zip(tag_rows()) {
            let head = (head_rows[row] != root).then(|| part.start + head_rows[row] - root - 1);
            let relation = if head.is_some() { relations[row] } else { Deprel::Root };
            out.words.push(Word { tags: model.labels.decode(scores), head, relation });
        }
        let names = model.labels.names(tag_rows());
        out.names.extend(names.into_iter().map(|(r, kind)| (part.start + r.start..part.start + r.end, kind)));
        root += part.len() + 1;
    }
}

/// The best relation of every row to its head, `root` excepted.
fn relations(model: &Model, network: &impl Network, scratch: &mut Scratch, head_rows: &[usize]) -> Vec<Deprel> {
    let Scratch { projections: p, scores, products, buffers, .. } = scratch;
    let relations = &model.labels.relations;
    scores.clear();
    scores.resize(relations.len(), 0.0);
    let mut out = Vec::with_capacity(head_rows.len());
    for (dependants, heads) in p.label_dependants.chunks(LABEL_ROWS * LABEL).zip(head_rows.chunks(LABEL_ROWS)) {
        let width = network.label_products(dependants, buffers, products);
        for (product, head) in products.chunks_exact(width).zip(heads) {
            let (vectors, numbers) = product.split_at(relations.len() * LABEL);
            network.dots(&p.label_heads[head * LABEL..(head + 1) * LABEL], vectors, scores);
            let best = (0..relations.len())
                .filter(|r| relations[*r] != Deprel::Root)
                .reduce(|a, b| if scores[b] + numbers[b] > scores[a] + numbers[a] { b } else { a });
            out.push(best.map_or(Deprel::Dep, |r| relations[r]));
        }
    }
    out
}

/// Hangs the roots of later parts of a sentence on the root of the first.
fn join_parts(words: &mut [Word], sentence: Range<usize>) {
    let mut first_root = None;
    for i in sentence {
        if words[i].head.is_none() {
            match first_root {
                None => first_root = Some(i),
                Some(root) => {
                    words[i].head = Some(root);
                    words[i].relation = Deprel::Parataxis;
                }
            }
        }
    }
}
