//! From word pieces to the vectors that the heads decode.

use super::float::AttentionBuffers;
use super::kernel::Kernel;
use super::linear::{Linear, Rows};
use super::weights::{Layer, Weights};
use super::{ARC, INNER, LABEL, WIDTH};

/// Sentences that go through the network together, one after the other.
#[derive(Debug, Default, Clone)]
pub struct Batch {
    /// Ids of all pieces, `[CLS]` and `[SEP]` of each sentence included.
    pub pieces: Vec<u32>,
    /// The case feature of each piece.
    pub cases: Vec<u8>,
    /// Pieces of each sentence.
    pub lengths: Vec<usize>,
    /// Which pieces stand for the root and the words of each sentence, in order.
    pub rows: Vec<usize>,
}

impl Batch {
    /// Takes all sentences out.
    pub fn clear(&mut self) {
        self.pieces.clear();
        self.cases.clear();
        self.lengths.clear();
        self.rows.clear();
    }
}

/// What the network says about the root and the words of a batch: one row for each of `Batch::rows`.
#[derive(Debug, Default)]
pub struct Projections {
    /// Scores of all tags of all kinds; a row is `tag_width` long.
    pub tags: Vec<f32>,
    /// Length of a row of `tags`.
    pub tag_width: usize,
    /// What the arc vectors of heads are multiplied with, `ARC` numbers a row.
    pub arc_dependants: Vec<f32>,
    /// Arc vectors of heads, `ARC` numbers a row.
    pub arc_heads: Vec<f32>,
    /// Label vectors of dependants, `LABEL` numbers a row.
    pub label_dependants: Vec<f32>,
    /// Label vectors of heads, `LABEL` numbers a row.
    pub label_heads: Vec<f32>,
}

/// A network that runs batches.
pub trait Network {
    /// Runs a batch.
    fn project(&self, batch: &Batch, buffers: &mut Buffers, out: &mut Projections);

    /// For label vectors of some dependants: for each relation a vector to multiply the head's label vector with
    /// (`LABEL` numbers each), then for each relation a number to add. Returns the length of a row.
    fn label_products(&self, dependants: &[f32], buffers: &mut Buffers, out: &mut Vec<f32>) -> usize;

    /// The product of `a` with each row of `rows`.
    fn dots(&self, a: &[f32], rows: &[f32], out: &mut [f32]);
}

/// Room for intermediate results, kept by each thread from batch to batch.
#[derive(Debug, Default)]
pub struct Buffers {
    rows: Rows,
    x: Vec<f32>,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    inner: Vec<f32>,
    sum: Vec<f32>,
    arcs: Vec<f32>,
    arc_dependants: Vec<f32>,
    attention: AttentionBuffers,
}

/// The int8 network on one kernel.
#[derive(Debug, Clone, Copy)]
pub struct Encoder<'a> {
    /// Its weights.
    pub weights: &'a Weights,
    /// What runs them.
    pub kernel: Kernel,
}

impl Network for Encoder<'_> {
    fn project(&self, batch: &Batch, b: &mut Buffers, out: &mut Projections) {
        self.embed(batch, &mut b.x);
        let (last, others) = self.weights.layers.split_last().expect("a model has layers");
        for layer in others {
            self.attend(layer, batch, b);
            self.feed_forward(layer, b);
        }
        self.attend(last, batch, b);
        keep_rows(&mut b.x, &batch.rows);
        keep_rows(&mut b.mixed, &batch.rows);
        self.feed_forward(last, b);
        self.head_projections(b, out);
    }

    fn label_products(&self, dependants: &[f32], b: &mut Buffers, out: &mut Vec<f32>) -> usize {
        self.kernel.linear(dependants, &self.weights.label_product, &mut b.rows, out);
        self.weights.label_product.outputs()
    }

    fn dots(&self, a: &[f32], rows: &[f32], out: &mut [f32]) {
        self.kernel.dots(a, rows, out);
    }
}

impl Encoder<'_> {
    fn embed(&self, batch: &Batch, x: &mut Vec<f32>) {
        let w = self.weights;
        x.resize(batch.pieces.len() * WIDTH, 0.0);
        let positions = batch.lengths.iter().flat_map(|n| 0..*n);
        let pieces = batch.pieces.iter().zip(&batch.cases).zip(positions);
        for (row, ((piece, case), position)) in x.chunks_exact_mut(WIDTH).zip(pieces) {
            let case = &w.cases[usize::from(*case) * WIDTH..][..WIDTH];
            let parts = w.words.row(*piece as usize).zip(w.positions.row(position)).zip(case);
            for (x, ((word, position), case)) in row.iter_mut().zip(parts) {
                *x = word + position + case;
            }
        }
        self.kernel.layer_norm(x, &[], &w.norm);
    }

    /// Leaves in `b.mixed` what each piece takes from the others.
    fn attend(&self, layer: &Layer, batch: &Batch, b: &mut Buffers) {
        self.linear(&b.x, &layer.qkv, &mut b.rows, &mut b.qkv);
        b.mixed.resize(b.x.len(), 0.0);
        let mut from = 0;
        for length in &batch.lengths {
            let to = from + length;
            let qkv = &b.qkv[from * 3 * WIDTH..to * 3 * WIDTH];
            self.kernel.attention(qkv, &mut b.mixed[from * WIDTH..to * WIDTH], &mut b.attention);
            from = to;
        }
    }

    /// The rest of the layer, row by row: from `b.x` and `b.mixed` to `b.x`.
    fn feed_forward(&self, layer: &Layer, b: &mut Buffers) {
        self.linear(&b.mixed, &layer.mixed, &mut b.rows, &mut b.sum);
        self.kernel.layer_norm_quantise(&mut b.x, &b.sum, &layer.mixed_norm, &mut b.rows);
        self.kernel.product(&b.rows, &layer.inner, &mut b.inner);
        self.kernel.gelu_quantise(&mut b.inner, INNER, &mut b.rows);
        self.kernel.product(&b.rows, &layer.outer, &mut b.sum);
        self.kernel.layer_norm(&mut b.x, &b.sum, &layer.outer_norm);
    }

    fn head_projections(&self, b: &mut Buffers, out: &mut Projections) {
        let w = self.weights;
        self.kernel.quantise(&b.x, WIDTH, &mut b.rows);
        self.kernel.product(&b.rows, &w.tags, &mut out.tags);
        out.tag_width = w.tags.outputs();
        self.kernel.product(&b.rows, &w.arcs, &mut b.arcs);
        self.kernel.gelu(&mut b.arcs);
        split_arcs(&b.arcs, &mut b.arc_dependants, out);
        self.linear(&b.arc_dependants, &w.arc_product, &mut b.rows, &mut out.arc_dependants);
    }

    fn linear(&self, x: &[f32], layer: &Linear, rows: &mut Rows, out: &mut Vec<f32>) {
        self.kernel.linear(x, layer, rows, out);
    }
}

/// Takes the four vectors of each row apart.
pub(super) fn split_arcs(arcs: &[f32], arc_dependants: &mut Vec<f32>, out: &mut Projections) {
    let parts = [
        (arc_dependants, ARC),
        (&mut out.arc_heads, ARC),
        (&mut out.label_dependants, LABEL),
        (&mut out.label_heads, LABEL),
    ];
    let mut from = 0;
    for (part, width) in parts {
        part.clear();
        for row in arcs.chunks_exact(2 * ARC + 2 * LABEL) {
            part.extend_from_slice(&row[from..from + width]);
        }
        from += width;
    }
}

/// Keeps only some rows, which are named in ascending order.
pub(super) fn keep_rows(x: &mut Vec<f32>, rows: &[usize]) {
    for (to, from) in rows.iter().enumerate() {
        x.copy_within(from * WIDTH..(from + 1) * WIDTH, to * WIDTH);
    }
    x.truncate(rows.len() * WIDTH);
}
