//! What would the network say without int8 and without special instructions? Slow and plain, to check the kernels
//! and the rounding against.

use super::forward::{Batch, Buffers, Network, Projections, keep_rows, split_arcs};
use super::weights::Weights;
use super::{ARC, ATTENTION_HEADS, EPSILON, HEAD_WIDTH, LABEL, WIDTH};

/// `y = W x + b`, weights row by row.
#[derive(Debug, Clone)]
pub struct Dense {
    /// One row of inputs for each output.
    pub weights: Vec<f32>,
    /// One number for each output.
    pub bias: Vec<f32>,
}

pub use super::float::Norm;

/// One layer.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "named as in `weights`")]
pub struct Layer {
    pub qkv: Dense,
    pub mixed: Dense,
    pub mixed_norm: Norm,
    pub inner: Dense,
    pub outer: Dense,
    pub outer_norm: Norm,
}

/// The network in f32; the parts are those of [`Weights`].
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "named as in `weights`")]
pub struct Reference {
    pub words: Vec<f32>,
    pub positions: Vec<f32>,
    pub cases: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
    pub tags: Dense,
    pub arcs: Dense,
    pub arc_product: Dense,
    pub label_product: Dense,
}

impl Reference {
    /// The f32 network with exactly the weights of an int8 network.
    pub fn of(w: &Weights) -> Self {
        let dense = |l: &super::linear::Linear| {
            let (weights, bias) = l.unpacked();
            Dense { weights, bias }
        };
        let layers = w.layers.iter().map(|l| Layer {
            qkv: dense(&l.qkv),
            mixed: dense(&l.mixed),
            mixed_norm: l.mixed_norm.clone(),
            inner: dense(&l.inner),
            outer: dense(&l.outer),
            outer_norm: l.outer_norm.clone(),
        });
        Self {
            words: (0..w.words.len()).flat_map(|i| w.words.row(i)).collect(),
            positions: (0..w.positions.len()).flat_map(|i| w.positions.row(i)).collect(),
            cases: w.cases.clone(),
            norm: w.norm.clone(),
            layers: layers.collect(),
            tags: dense(&w.tags),
            arcs: dense(&w.arcs),
            arc_product: dense(&w.arc_product),
            label_product: dense(&w.label_product),
        }
    }
}

impl Network for Reference {
    fn project(&self, batch: &Batch, _: &mut Buffers, out: &mut Projections) {
        let mut x = self.embed(batch);
        for layer in &self.layers {
            let qkv = layer.qkv.apply(&x);
            let mixed = layer.mixed.apply(&attention(&qkv, &batch.lengths));
            add_and_norm(&mut x, &mixed, &layer.mixed_norm);
            let mut inner = layer.inner.apply(&x);
            inner.iter_mut().for_each(|x| *x = gelu(*x));
            add_and_norm(&mut x, &layer.outer.apply(&inner), &layer.outer_norm);
        }
        keep_rows(&mut x, &batch.rows);
        out.tags = self.tags.apply(&x);
        out.tag_width = self.tags.bias.len();
        let mut arcs = self.arcs.apply(&x);
        arcs.iter_mut().for_each(|x| *x = gelu(*x));
        let mut arc_dependants = Vec::new();
        split_arcs(&arcs, &mut arc_dependants, out);
        out.arc_dependants = self.arc_product.apply(&arc_dependants);
        debug_assert_eq!(out.arc_dependants.len(), batch.rows.len() * ARC);
    }

    fn label_products(&self, dependants: &[f32], _: &mut Buffers, out: &mut Vec<f32>) -> usize {
        debug_assert!(dependants.len().is_multiple_of(LABEL));
        *out = self.label_product.apply(dependants);
        self.label_product.bias.len()
    }

    fn dots(&self, a: &[f32], rows: &[f32], out: &mut [f32]) {
        for (row, out) in rows.chunks_exact(a.len()).zip(out) {
            *out = dot(a, row);
        }
    }
}

impl Reference {
    fn embed(&self, batch: &Batch) -> Vec<f32> {
        let mut x = Vec::with_capacity(batch.pieces.len() * WIDTH);
        let positions = batch.lengths.iter().flat_map(|n| 0..*n);
        for ((piece, case), position) in batch.pieces.iter().zip(&batch.cases).zip(positions) {
            let at = |rows: &[f32], row: usize, i: usize| rows[row * WIDTH + i];
            x.extend((0..WIDTH).map(|i| {
                at(&self.words, *piece as usize, i)
                    + at(&self.positions, position, i)
                    + at(&self.cases, usize::from(*case), i)
            }));
        }
        let nothing = vec![0.0; x.len()];
        add_and_norm(&mut x, &nothing, &self.norm);
        x
    }
}

impl Dense {
    /// The layer applied to each row.
    pub fn apply(&self, x: &[f32]) -> Vec<f32> {
        let inputs = self.weights.len() / self.bias.len();
        let mut out = vec![0.0; x.len() / inputs * self.bias.len()];
        for (x, y) in x.chunks_exact(inputs).zip(out.chunks_exact_mut(self.bias.len())) {
            for ((y, w), b) in y.iter_mut().zip(self.weights.chunks_exact(inputs)).zip(&self.bias) {
                *y = dot(x, w) + b;
            }
        }
        out
    }
}

fn attention(qkv: &[f32], lengths: &[usize]) -> Vec<f32> {
    let mut out = vec![0.0; qkv.len() / 3];
    let part = |row: usize, from: usize| &qkv[row * 3 * WIDTH + from..][..HEAD_WIDTH];
    let mut from = 0;
    for length in lengths {
        for (row, head) in (from..from + length).flat_map(|r| (0..ATTENTION_HEADS).map(move |h| (r, h * HEAD_WIDTH))) {
            let scores = (from..from + length).map(|j| dot(part(row, head), part(j, WIDTH + head)));
            let scores: Vec<f32> = scores.map(|s| s / (HEAD_WIDTH as f32).sqrt()).collect();
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let total: f32 = scores.iter().map(|s| (s - most).exp()).sum();
            for (j, score) in scores.iter().enumerate() {
                let weight = (score - most).exp() / total;
                for (y, v) in out[row * WIDTH + head..][..HEAD_WIDTH].iter_mut().zip(part(from + j, 2 * WIDTH + head)) {
                    *y += weight * v;
                }
            }
        }
        from += length;
    }
    out
}

fn add_and_norm(x: &mut [f32], y: &[f32], norm: &Norm) {
    for (x, y) in x.chunks_exact_mut(WIDTH).zip(y.chunks_exact(WIDTH)) {
        x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
        let mean = x.iter().sum::<f32>() / WIDTH as f32;
        let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / WIDTH as f32;
        for (i, x) in x.iter_mut().enumerate() {
            *x = (*x - mean) / (variance + EPSILON).sqrt() * norm.weight[i] + norm.bias[i];
        }
    }
}

/// x · Φ(x); Φ by the series of the error function, which converges fast enough for every x that matters.
fn gelu(x: f32) -> f32 {
    let z = f64::from(x) / std::f64::consts::SQRT_2;
    if z.abs() > 5.0 {
        return if z > 0.0 { x } else { 0.0 };
    }
    let (mut term, mut sum) = (z, z);
    for n in 1..120 {
        term *= -z * z / f64::from(n);
        let next = term / f64::from(2 * n + 1);
        sum += next;
        if next.abs() < 1e-12 {
            break;
        }
    }
    let erf = sum * std::f64::consts::FRAC_2_SQRT_PI;
    (0.5 * f64::from(x) * (1.0 + erf)) as f32
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for l in 0..16 {
            sums[l] += a[l] * b[l];
        }
    }
    sums.iter().sum()
}
