//! Rounds a trained network to int8 and writes the file that the program carries.

use std::path::Path;

use annotate::encoder::WIDTH;
use annotate::encoder::linear::{TILE, packed};
use annotate::encoder::reference::{Dense, Norm};
use annotate::model::FORMAT;
use anyhow::{Context as _, Result, ensure};
use safetensors::tensor::Dtype;
use serde_json::{Map, Value, json};

use crate::export::Export;

/// The data start on a border of this many bytes, counted from the start of the file.
const CACHE_LINE: usize = 64;

/// Writes `export` with its vocabulary (a piece a line) to `path`.
pub fn write(export: &Export, vocabulary: &str, path: &Path) -> Result<()> {
    ensure!(
        vocabulary.lines().count() * WIDTH == export.network.words.len(),
        "the vocabulary has not as many pieces as the network has vectors"
    );
    let mut tensors = tensors(export, vocabulary);
    // int8 tensors first: their sizes are multiples of a cache line, so all of them start on one.
    tensors.sort_by_key(|t| t.dtype != Dtype::I8);
    std::fs::write(path, file(&tensors, &export.lists)).with_context(|| format!("cannot write {}", path.display()))
}

/// A safetensors file, the same bytes for the same input.
fn file(tensors: &[Tensor], lists: &[(&'static str, String)]) -> Vec<u8> {
    let metadata = lists.iter().map(|(name, list)| ((*name).to_owned(), list.as_str().into()));
    let metadata: Map<String, Value> = [("format".to_owned(), FORMAT.into())].into_iter().chain(metadata).collect();
    let mut header = Map::from_iter([("__metadata__".to_owned(), Value::Object(metadata))]);
    let mut from = 0;
    for t in tensors {
        let to = from + t.bytes.len();
        let entry = json!({ "dtype": format!("{:?}", t.dtype), "shape": t.shape, "data_offsets": [from, to] });
        header.insert(t.name.clone(), entry);
        from = to;
    }
    let mut header = Value::Object(header).to_string();
    let padded = (8 + header.len()).next_multiple_of(CACHE_LINE) - 8;
    header.extend(std::iter::repeat_n(' ', padded - header.len()));
    let mut out = (header.len() as u64).to_le_bytes().to_vec();
    out.extend_from_slice(header.as_bytes());
    tensors.iter().for_each(|t| out.extend_from_slice(&t.bytes));
    out
}

struct Tensor {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

fn tensors(export: &Export, vocabulary: &str) -> Vec<Tensor> {
    let n = &export.network;
    let mut out = Vec::new();
    rows(&mut out, "word", &n.words);
    rows(&mut out, "pos", &n.positions);
    floats(&mut out, "case", &n.cases);
    norm(&mut out, "ln", &n.norm);
    for (i, layer) in n.layers.iter().enumerate() {
        linear(&mut out, &format!("layers.{i}.qkv"), &layer.qkv);
        linear(&mut out, &format!("layers.{i}.o"), &layer.mixed);
        norm(&mut out, &format!("layers.{i}.ln1"), &layer.mixed_norm);
        linear(&mut out, &format!("layers.{i}.f1"), &layer.inner);
        linear(&mut out, &format!("layers.{i}.f2"), &layer.outer);
        norm(&mut out, &format!("layers.{i}.ln2"), &layer.outer_norm);
    }
    linear(&mut out, "tags", &n.tags);
    linear(&mut out, "arcs", &n.arcs);
    linear(&mut out, "arc_u", &n.arc_product);
    linear(&mut out, "lab_u", &n.label_product);
    for (name, lines) in [("vocab", vocabulary), ("lemmas", &export.lemmas)] {
        let bytes = format!("{}\n", lines.trim_end()).into_bytes();
        out.push(Tensor { name: name.to_owned(), dtype: Dtype::U8, shape: vec![bytes.len()], bytes });
    }
    out
}

/// Vectors with one scale each.
fn rows(out: &mut Vec<Tensor>, name: &str, x: &[f32]) {
    let mut values = Vec::with_capacity(x.len());
    let mut scales = Vec::new();
    for row in x.chunks_exact(WIDTH) {
        let (steps, scale) = rounded(row);
        values.extend(steps.iter().map(|s| *s as u8));
        scales.push(scale);
    }
    out.push(Tensor { name: name.to_owned(), dtype: Dtype::I8, shape: vec![scales.len(), WIDTH], bytes: values });
    floats(out, &format!("{name}.scales"), &scales);
}

/// A layer in tiles; outputs up to the next whole tile are 0.
fn linear(out: &mut Vec<Tensor>, name: &str, layer: &Dense) {
    let inputs = layer.weights.len() / layer.bias.len();
    let outputs = layer.bias.len().next_multiple_of(TILE);
    let mut values = vec![0; inputs * outputs];
    let mut scales = vec![0.0; outputs];
    let mut bias = layer.bias.clone();
    bias.resize(outputs, 0.0);
    for (output, row) in layer.weights.chunks_exact(inputs).enumerate() {
        let (steps, scale) = rounded(row);
        scales[output] = scale;
        for (input, step) in steps.iter().enumerate() {
            values[packed(output, input, inputs)] = *step as u8;
        }
    }
    out.push(Tensor { name: name.to_owned(), dtype: Dtype::I8, shape: vec![outputs, inputs], bytes: values });
    floats(out, &format!("{name}.scales"), &scales);
    floats(out, &format!("{name}.bias"), &bias);
}

fn norm(out: &mut Vec<Tensor>, name: &str, norm: &Norm) {
    floats(out, &format!("{name}.weight"), &norm.weight);
    floats(out, &format!("{name}.bias"), &norm.bias);
}

fn floats(out: &mut Vec<Tensor>, name: &str, x: &[f32]) {
    let bytes = x.iter().flat_map(|x| x.to_le_bytes()).collect();
    out.push(Tensor { name: name.to_owned(), dtype: Dtype::F32, shape: vec![x.len()], bytes });
}

/// 127 steps either side of zero, and what a step is worth.
fn rounded(row: &[f32]) -> (Vec<i8>, f32) {
    let most = row.iter().fold(0.0_f32, |a, x| a.max(x.abs()));
    let scale = most.max(1e-8) / 127.0;
    (row.iter().map(|x| (x / scale).round_ties_even().clamp(-127.0, 127.0) as i8).collect(), scale)
}
