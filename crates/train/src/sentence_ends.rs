//! How are the weights learned that tell where sentences end?
//!
//! Logistic regression on the features that `annotate::ends` describes, over the training parts of EWT and GUM turned
//! back into raw text, by plain stochastic descent in a fixed order: the same corpora give the same file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use annotate::ends::{Line, describe, name};
use annotate::sentences::{gaps, ruled};
use annotate::tokens::{Piece, tokenize};
use anyhow::Result;

use crate::raw::{Treebank, gum};

/// Times over the data.
const ROUNDS: usize = 24;
/// Pull towards 0.
const DECAY: f64 = 2e-6;
/// Features seen less often are left out.
const RARE: usize = 5;
/// Weights nearer to 0 are left out.
const SMALL: f64 = 0.1;

/// One gap of the training text.
struct Example {
    /// Numbers of its features.
    features: Vec<u32>,
    /// Whether a sentence ends there.
    ends: bool,
}

/// Learns from the corpora and gives the text of the weights file.
pub fn learn(corpora: &Path) -> Result<String> {
    let mut names: BTreeMap<String, (u32, usize)> = BTreeMap::new();
    let mut examples = Vec::new();
    let ewt = vec![corpora.join("ud_ewt/en_ewt-ud-train.conllu")];
    for files in [ewt, gum(corpora, "train", None)?] {
        gather(&Treebank::read(&files)?, &mut names, &mut examples);
    }
    let weights = descend(&mut examples, &names);
    let mut out = String::from(
        "# Weights of sentence ends: a feature of annotate::ends::describe, a tab, its weight. Made by `train sentence-ends`\n\
         # from the training parts of UD English EWT (CC BY-SA 4.0) and of GUM (CC BY 4.0 annotations); do not edit.\n",
    );
    for (feature, (number, _)) in &names {
        let weight = weights[*number as usize];
        if weight.abs() >= SMALL {
            writeln!(out, "{feature}\t{weight:.2}")?;
        }
    }
    Ok(out)
}

/// Adds the gaps of a text that need the model.
fn gather(bank: &Treebank, names: &mut BTreeMap<String, (u32, usize)>, examples: &mut Vec<Example>) {
    let ends: Vec<usize> = bank.sentences.iter().map(|s| s.span.end()).collect();
    let mut from = 0;
    let mut pieces: Vec<Piece> = Vec::new();
    for text in bank.text.split_inclusive('\n') {
        pieces.clear();
        tokenize(&bank.text, from..from + text.trim_end_matches('\n').len(), &mut pieces);
        from += text.len();
        if pieces.is_empty() {
            continue;
        }
        let line = Line::new(&bank.text, &pieces);
        let mut start = 0;
        for gap in gaps(&line) {
            let (here, next) = (pieces[gap.last].span.end(), pieces[gap.last + 1].span.start());
            let first = ends.partition_point(|e| *e < here);
            let ends_here = ends.get(first).is_some_and(|e| *e <= next);
            if ruled(&line, gap).is_none() {
                let mut features = Vec::new();
                describe(&line, gap, start, &mut |template, parts| {
                    let fresh = names.len() as u32;
                    let entry = names.entry(name(template, parts)).or_insert((fresh, 0));
                    entry.1 += 1;
                    features.push(entry.0);
                });
                examples.push(Example { features, ends: ends_here });
            }
            if ends_here {
                start = gap.last + 1;
            }
        }
    }
}

/// Logistic regression with a step of its own for each feature (AdaGrad).
fn descend(examples: &mut [Example], names: &BTreeMap<String, (u32, usize)>) -> Vec<f64> {
    let mut seen = vec![0; names.len()];
    names.values().for_each(|(number, count)| seen[*number as usize] = *count);
    for example in examples.iter_mut() {
        example.features.retain(|f| seen[*f as usize] >= RARE);
    }
    let (mut weights, mut steps) = (vec![0.0; names.len()], vec![1e-6; names.len()]);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 88_172_645_463_325_252_u64;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut state);
        for i in &order {
            let example = &examples[*i];
            let sum: f64 = example.features.iter().map(|f| weights[*f as usize]).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(example.ends));
            for f in example.features.iter().map(|f| *f as usize) {
                let gradient: f64 = error + DECAY * weights[f] * examples.len() as f64 / seen[f] as f64;
                steps[f] += gradient * gradient;
                weights[f] -= 0.15 * gradient / f64::sqrt(steps[f]);
            }
        }
    }
    weights
}

/// Fisher and Yates with a fixed xorshift.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for i in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        order.swap(i, (*state % (i as u64 + 1)) as usize);
    }
}
