//! Reads what training exports: the network in f32, and the lists of its labels.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use annotate::encoder::reference::{Dense, Layer, Norm, Reference};
use annotate::encoder::{ARC, DEPTH, LABEL, WIDTH};
use anyhow::{Context as _, Result, ensure};
use safetensors::tensor::{Dtype, Metadata, SafeTensors};

/// The trained network.
pub struct Export {
    /// Its weights, layers that read the same input joined, not padded.
    pub network: Reference,
    /// `upos`, `rels`, `ner`, `lemma`: an item a line. `feats`: a feature with its values a line.
    pub lists: Vec<(&'static str, String)>,
    /// Lines of part of speech, form in lower case, lemma; none in exports of before the table.
    pub lemmas: String,
}

/// Reads the f32 file at `path`.
pub fn read(path: &Path) -> Result<Export> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let parse = || -> Result<Export> {
        let (_, metadata) = SafeTensors::read_metadata(&bytes)?;
        let file = File { tensors: SafeTensors::deserialize(&bytes)? };
        Ok(Export { network: network(&file)?, lists: lists(&metadata)?, lemmas: lemmas(&metadata)? })
    };
    parse().with_context(|| format!("cannot use {}; it must be an export of train.py", path.display()))
}

struct File<'a> {
    tensors: SafeTensors<'a>,
}

impl File<'_> {
    fn f32(&self, name: &str) -> Result<Vec<f32>> {
        let tensor = self.tensors.tensor(name).with_context(|| format!("tensor `{name}`"))?;
        ensure!(tensor.dtype() == Dtype::F32, "tensor `{name}` is not f32");
        Ok(tensor.data().as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// Several layers with the same input as one.
    fn dense(&self, names: &[&str]) -> Result<Dense> {
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            weights.extend(self.f32(&format!("{name}.weight"))?);
            bias.extend(self.f32(&format!("{name}.bias"))?);
        }
        Ok(Dense { weights, bias })
    }

    fn norm(&self, name: &str) -> Result<Norm> {
        Ok(Norm { weight: self.f32(&format!("{name}.weight"))?, bias: self.f32(&format!("{name}.bias"))? })
    }
}

fn network(file: &File<'_>) -> Result<Reference> {
    let layer = |i: usize| {
        let at = |part: &str| format!("layers.{i}.{part}");
        Ok::<_, anyhow::Error>(Layer {
            qkv: file.dense(&[&at("q"), &at("k"), &at("v")])?,
            mixed: file.dense(&[&at("o")])?,
            mixed_norm: file.norm(&at("ln1"))?,
            inner: file.dense(&[&at("f1")])?,
            outer: file.dense(&[&at("f2")])?,
            outer_norm: file.norm(&at("ln2"))?,
        })
    };
    Ok(Reference {
        words: file.f32("word")?,
        positions: file.f32("pos")?,
        cases: file.f32("case")?,
        norm: file.norm("ln")?,
        layers: (0..DEPTH).map(layer).collect::<Result<_>>()?,
        tags: file.dense(&["upos", "feats", "lemma", "ner"])?,
        arcs: file.dense(&["arc_d", "arc_h", "lab_d", "lab_h"])?,
        arc_product: arc_product(&file.f32("arc_u")?)?,
        label_product: label_product(&file.f32("lab_u")?)?,
    })
}

/// `[dependant + 1, head]` as a layer from the dependant's vector to what the head's is multiplied with.
fn arc_product(u: &[f32]) -> Result<Dense> {
    ensure!(u.len() == (ARC + 1) * ARC, "`arc_u` has another size than {} x {ARC}", ARC + 1);
    let weights = (0..ARC).flat_map(|head| (0..ARC).map(move |dependant| u[dependant * ARC + head])).collect();
    Ok(Dense { weights, bias: u[ARC * ARC..].to_vec() })
}

/// `[dependant + 1, relation, head + 1]` as a layer from the dependant's vector to a vector for each relation, then a
/// number for each.
fn label_product(u: &[f32]) -> Result<Dense> {
    let wide = LABEL + 1;
    let relations = u.len() / (wide * wide);
    ensure!(u.len() == wide * wide * relations, "`lab_u` has another size than {wide} x relations x {wide}");
    let at = |dependant: usize, relation: usize, head: usize| u[(dependant * relations + relation) * wide + head];
    let outputs =
        (0..relations).flat_map(|r| (0..LABEL).map(move |head| (r, head))).chain((0..relations).map(|r| (r, LABEL)));
    let mut out = Dense { weights: Vec::with_capacity(u.len()), bias: Vec::new() };
    for (relation, head) in outputs {
        out.weights.extend((0..LABEL).map(|dependant| at(dependant, relation, head)));
        out.bias.push(at(LABEL, relation, head));
    }
    debug_assert_eq!(out.bias.len(), relations * wide);
    debug_assert_eq!(WIDTH % 64, 0);
    Ok(out)
}

fn lemmas(metadata: &Metadata) -> Result<String> {
    let Some(json) = entry(metadata, "lemma_words") else { return Ok(String::new()) };
    let table: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(json).context("list `lemma_words`")?;
    let mut out = String::new();
    for (upos, words) in &table {
        for (form, lemma) in words {
            let whole = !form.contains(['\t', '\n']) && !lemma.contains(['\t', '\n']);
            ensure!(whole, "`lemma_words` has a tab or line break");
            writeln!(out, "{upos}\t{form}\t{lemma}")?;
        }
    }
    Ok(out)
}

fn entry<'a>(metadata: &'a Metadata, name: &str) -> Option<&'a String> {
    metadata.metadata().as_ref().and_then(|m| m.get(name))
}

fn lists(metadata: &Metadata) -> Result<Vec<(&'static str, String)>> {
    let json = |name: &str| -> Result<serde_json::Value> {
        let text = entry(metadata, name).with_context(|| format!("no `{name}` list"))?;
        serde_json::from_str(text).with_context(|| format!("list `{name}`"))
    };
    let mut out = Vec::new();
    for name in ["upos", "rels", "ner", "lemma"] {
        let items: Vec<String> = serde_json::from_value(json(name)?).with_context(|| format!("list `{name}`"))?;
        ensure!(items.iter().all(|i| !i.contains('\n')), "an item of `{name}` has a line break");
        out.push((name, items.join("\n")));
    }
    let feats: Vec<(String, Vec<String>)> = serde_json::from_value(json("feats")?).context("list `feats`")?;
    let lines: Vec<String> = feats.into_iter().map(|(name, values)| format!("{name} {}", values.join(" "))).collect();
    out.push(("feats", lines.join("\n")));
    Ok(out)
}
