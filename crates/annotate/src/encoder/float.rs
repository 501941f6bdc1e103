//! What happens between the linear layers, in f32: rounding to int8, layer norm, GELU, attention.
//!
//! Written once in plain Rust, in lanes of 16 that compilers turn into vector instructions; each kernel compiles it
//! for its own instructions (`float_parts!`). `FUSED` says whether multiply-add is one instruction there.

use super::linear::Rows;
use super::{ATTENTION_HEADS, EPSILON, HEAD_WIDTH, WIDTH};

/// Numbers that are worked on side by side.
const LANES: usize = 16;
/// The same where the next step has to wait for the last: two steps at once.
const TWO_LANES: usize = 2 * LANES;
/// Rows of queries that are worked on side by side.
const QUERIES: usize = 4;
/// 1.5 · 2²³: added to a small float it leaves the rounded integer (ties to even) in the low bits.
const MAGIC: f32 = 12_582_912.0;

/// Scale and shift of a layer norm.
#[derive(Debug, Clone)]
pub struct Norm {
    /// Factor of each number.
    pub weight: Vec<f32>,
    /// What is added to each number.
    pub bias: Vec<f32>,
}

/// Room for the attention of one sentence.
#[derive(Debug, Default)]
pub struct AttentionBuffers {
    /// Keys of one head, one row a dimension.
    keys: Vec<f32>,
    /// Weights of `QUERIES` queries over all pieces.
    weights: Vec<f32>,
    /// 0 for each piece, far below 0 for what fills up the last lanes.
    outside: Vec<f32>,
}

/// Compiles the parts below for one set of instructions.
macro_rules! float_parts {
    ($($features:literal)?, fused = $fused:literal, flip = $flip:literal) => {
        use crate::encoder::float;

        $(#[target_feature(enable = $features)])?
        pub(crate) fn quantise(x: &[f32], width: usize, rows: &mut crate::encoder::linear::Rows) {
            float::quantise::<$flip>(x, width, rows);
        }
        $(#[target_feature(enable = $features)])?
        pub(crate) fn layer_norm(x: &mut [f32], residual: &[f32], norm: &float::Norm) {
            float::layer_norm::<$fused>(x, residual, norm);
        }
        $(#[target_feature(enable = $features)])?
        pub(crate) fn gelu(x: &mut [f32]) {
            float::gelu::<$fused>(x);
        }
        $(#[target_feature(enable = $features)])?
        pub(crate) fn layer_norm_quantise(
            x: &mut [f32],
            residual: &[f32],
            norm: &float::Norm,
            rows: &mut crate::encoder::linear::Rows,
        ) {
            float::layer_norm_quantise::<$fused, $flip>(x, residual, norm, rows);
        }
        $(#[target_feature(enable = $features)])?
        pub(crate) fn gelu_quantise(x: &mut [f32], width: usize, rows: &mut crate::encoder::linear::Rows) {
            float::gelu_quantise::<$fused, $flip>(x, width, rows);
        }
        $(#[target_feature(enable = $features)])?
        pub(crate) fn attention(qkv: &[f32], out: &mut [f32], buffers: &mut float::AttentionBuffers) {
            float::attention::<$fused>(qkv, out, buffers);
        }
        $(#[target_feature(enable = $features)])?
        pub(crate) fn dots(a: &[f32], rows: &[f32], out: &mut [f32]) {
            float::dots::<$fused>(a, rows, out);
        }
    };
}
pub(crate) use float_parts;

/// Rounds rows of `width` numbers to int8, each row by its own scale; every bit of `FLIP` is flipped in every value.
#[inline(always)]
pub(crate) fn quantise<const FLIP: u8>(x: &[f32], width: usize, rows: &mut Rows) {
    for (row, (values, scale)) in x.chunks_exact(width).zip(rows.fit(x.len() / width, width)) {
        *scale = quantise_row::<FLIP>(row, values);
    }
}

/// Adds `residual` (or nothing, if it is empty) to each row, then brings it to mean 0 and variance 1, scaled and shifted.
#[inline(always)]
pub(crate) fn layer_norm<const FUSED: bool>(x: &mut [f32], residual: &[f32], norm: &Norm) {
    let mut residual = residual.chunks_exact(WIDTH);
    for row in x.chunks_exact_mut(WIDTH) {
        norm_row::<FUSED>(row, residual.next(), norm);
    }
}

/// `layer_norm`, then `quantise`, row by row while a row is at hand.
#[inline(always)]
pub(crate) fn layer_norm_quantise<const FUSED: bool, const FLIP: u8>(
    x: &mut [f32],
    residual: &[f32],
    norm: &Norm,
    rows: &mut Rows,
) {
    let mut residual = residual.chunks_exact(WIDTH);
    let targets = rows.fit(x.len() / WIDTH, WIDTH);
    for (row, (values, scale)) in x.chunks_exact_mut(WIDTH).zip(targets) {
        norm_row::<FUSED>(row, residual.next(), norm);
        *scale = quantise_row::<FLIP>(row, values);
    }
}

/// `gelu`, then `quantise`, row by row while a row is at hand.
#[inline(always)]
pub(crate) fn gelu_quantise<const FUSED: bool, const FLIP: u8>(x: &mut [f32], width: usize, rows: &mut Rows) {
    let targets = rows.fit(x.len() / width, width);
    for (row, (values, scale)) in x.chunks_exact_mut(width).zip(targets) {
        gelu::<FUSED>(row);
        *scale = quantise_row::<FLIP>(row, values);
    }
}

/// x · Φ(x). The error function is an odd polynomial of degree 21 fitted to |x| ≤ 4.4 and constant beyond. The result is
/// off by less than 2e-6 for |x| < 3, 6e-5 for |x| ≤ 4.4, and 1e-5 of |x| above that; below it is 0 but for 6e-5. A step
/// of int8 is far more.
#[inline(always)]
pub(crate) fn gelu<const FUSED: bool>(x: &mut [f32]) {
    const EDGE: f32 = 4.4;
    const HIGHEST: f32 = 1.415_540_3e-13;
    const OTHERS: [f32; 10] = [
        -1.817_835_1e-11,
        1.059_582_9e-9,
        -3.739_788_2e-8,
        9.023_807e-7,
        -1.597_558_6e-5,
        2.173_707_5e-4,
        -2.334_282_3e-3,
        1.987_576_1e-2,
        -0.132_917_21,
        0.797_864_8,
    ];
    for x in x {
        let low = if *x < -EDGE { -EDGE } else { *x };
        let clipped = if low > EDGE { EDGE } else { low };
        let square = clipped * clipped;
        let mut p = HIGHEST;
        for c in OTHERS {
            p = add_product::<FUSED>(p, square, c);
        }
        let erf = clipped * p;
        let erf = if erf > 1.0 { 1.0 } else { erf };
        let erf = if erf < -1.0 { -1.0 } else { erf };
        *x = low * add_product::<FUSED>(0.5, erf, 0.5);
    }
}

/// Attention of one sentence: `qkv` has a row of queries, keys and values for each piece, `out` gets `WIDTH` numbers
/// for each.
#[inline(always)]
pub(crate) fn attention<const FUSED: bool>(qkv: &[f32], out: &mut [f32], buffers: &mut AttentionBuffers) {
    let pieces = out.len() / WIDTH;
    let padded = pieces.next_multiple_of(LANES);
    buffers.keys.resize(HEAD_WIDTH * padded, 0.0);
    buffers.weights.resize(QUERIES * padded, 0.0);
    buffers.outside.clear();
    buffers.outside.resize(pieces, 0.0);
    buffers.outside.resize(padded, -1e9);
    for head in 0..ATTENTION_HEADS {
        turn_keys(qkv, head, pieces, &mut buffers.keys, padded);
        for first in (0..pieces).step_by(QUERIES) {
            let AttentionBuffers { keys, weights, outside } = &mut *buffers;
            let totals = attention_weights::<FUSED>(qkv, head, first, pieces, keys, outside, weights);
            mix_values::<FUSED>(qkv, head, first, pieces, &buffers.weights, totals, out);
        }
    }
}

/// Rounds one row; returns what a step is worth.
#[inline(always)]
fn quantise_row<const FLIP: u8>(row: &[f32], values: &mut [u8]) -> f32 {
    // Sizes of floats are ordered as their bits, and of integers the compiler may take the highest in any order.
    let most = row.iter().map(|x| x.to_bits() & !(1 << 31)).fold(0, u32::max);
    let most = f32::from_bits(most).max(1e-12);
    let steps = 127.0 / most;
    for (value, x) in values.iter_mut().zip(row) {
        *value = (x * steps + MAGIC).to_bits() as u8 ^ FLIP;
    }
    most / 127.0
}

#[inline(always)]
fn norm_row<const FUSED: bool>(row: &mut [f32], residual: Option<&[f32]>, norm: &Norm) {
    let weight: &[f32; WIDTH] = norm.weight.as_slice().try_into().expect("a model checks its sizes");
    let bias: &[f32; WIDTH] = norm.bias.as_slice().try_into().expect("a model checks its sizes");
    let row: &mut [f32; WIDTH] = row.try_into().expect("chunks of that size");
    if let Some(residual) = residual {
        let residual: &[f32; WIDTH] = residual.try_into().expect("chunks of that size");
        for i in 0..WIDTH {
            row[i] += residual[i];
        }
    }
    let mut sums = [0.0; TWO_LANES];
    for lanes in row.as_chunks::<TWO_LANES>().0 {
        for l in 0..TWO_LANES {
            sums[l] += lanes[l];
        }
    }
    let mean = total(halved(&sums, |a, b| a + b)) / WIDTH as f32;
    let mut squares = [0.0; TWO_LANES];
    for lanes in row.as_chunks_mut::<TWO_LANES>().0 {
        for l in 0..TWO_LANES {
            lanes[l] -= mean;
            squares[l] = add_product::<FUSED>(lanes[l], lanes[l], squares[l]);
        }
    }
    let factor = 1.0 / (total(halved(&squares, |a, b| a + b)) / WIDTH as f32 + EPSILON).sqrt();
    for i in 0..WIDTH {
        row[i] = add_product::<FUSED>(row[i] * factor, weight[i], bias[i]);
    }
}

/// The product of `a` with each of `rows`, which are as long as `a`.
#[inline(always)]
pub(crate) fn dots<const FUSED: bool>(a: &[f32], rows: &[f32], out: &mut [f32]) {
    for (row, out) in rows.chunks_exact(a.len()).zip(out) {
        let mut sums = [0.0; LANES];
        for (a, b) in a.chunks_exact(LANES).zip(row.chunks_exact(LANES)) {
            for l in 0..LANES {
                sums[l] = add_product::<FUSED>(a[l], b[l], sums[l]);
            }
        }
        *out = total(sums);
    }
}

#[inline(always)]
fn turn_keys(qkv: &[f32], head: usize, pieces: usize, keys: &mut [f32], padded: usize) {
    for (d, row) in keys.chunks_exact_mut(padded).enumerate() {
        let (inside, outside) = row.split_at_mut(pieces);
        let key = qkv[WIDTH + head * HEAD_WIDTH + d..].iter().step_by(3 * WIDTH);
        inside.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        outside.fill(0.0);
    }
}

/// Leaves e^(q·k/√32 − greatest) for `QUERIES` queries from `first` on in `weights`; returns one over their sums.
#[inline(always)]
fn attention_weights<const FUSED: bool>(
    qkv: &[f32],
    head: usize,
    first: usize,
    pieces: usize,
    keys: &[f32],
    outside: &[f32],
    weights: &mut [f32],
) -> [f32; QUERIES] {
    let padded = keys.len() / HEAD_WIDTH;
    let queries: [&[f32; HEAD_WIDTH]; QUERIES] =
        std::array::from_fn(|q| part(qkv, (first + q).min(pieces - 1), head * HEAD_WIDTH));
    let scale = 1.0 / (HEAD_WIDTH as f32).sqrt();
    for from in (0..padded).step_by(LANES) {
        let [mut a, mut b, mut c, mut d] = [[0.0_f32; LANES]; QUERIES];
        for (i, keys) in keys.chunks_exact(padded).enumerate() {
            let key = lanes(keys, from);
            add_scaled::<FUSED>(&mut a, queries[0][i], key);
            add_scaled::<FUSED>(&mut b, queries[1][i], key);
            add_scaled::<FUSED>(&mut c, queries[2][i], key);
            add_scaled::<FUSED>(&mut d, queries[3][i], key);
        }
        let outside = lanes(outside, from);
        for (q, sums) in [a, b, c, d].iter().enumerate() {
            let weights: &mut [f32] = &mut weights[q * padded + from..][..LANES];
            for l in 0..LANES {
                weights[l] = add_product::<FUSED>(sums[l], scale, outside[l]);
            }
        }
    }
    // A loop and no closure: closures are not compiled for the instructions of the function around them.
    let mut totals = [0.0; QUERIES];
    for (inverse, row) in totals.iter_mut().zip(weights.chunks_exact_mut(padded)) {
        let mut most = [-1e30_f32; LANES];
        for lanes in row.chunks_exact(LANES) {
            for l in 0..LANES {
                most[l] = if lanes[l] > most[l] { lanes[l] } else { most[l] };
            }
        }
        let most = highest(most);
        let mut sums = [0.0; LANES];
        for lanes in row.chunks_exact_mut(LANES) {
            for l in 0..LANES {
                lanes[l] = exp::<FUSED>(lanes[l] - most);
                sums[l] += lanes[l];
            }
        }
        *inverse = 1.0 / total(sums);
    }
    totals
}

#[inline(always)]
fn mix_values<const FUSED: bool>(
    qkv: &[f32],
    head: usize,
    first: usize,
    pieces: usize,
    weights: &[f32],
    totals: [f32; QUERIES],
    out: &mut [f32],
) {
    let padded = weights.len() / QUERIES;
    let (wa, rest) = weights.split_at(padded);
    let (wb, rest) = rest.split_at(padded);
    let (wc, wd) = rest.split_at(padded);
    for half in 0..HEAD_WIDTH / LANES {
        let column = head * HEAD_WIDTH + half * LANES;
        let [mut a, mut b, mut c, mut d] = [[0.0_f32; LANES]; QUERIES];
        for (j, value) in qkv.chunks_exact(3 * WIDTH).take(pieces).enumerate() {
            let value = lanes(value, 2 * WIDTH + column);
            add_scaled::<FUSED>(&mut a, wa[j], value);
            add_scaled::<FUSED>(&mut b, wb[j], value);
            add_scaled::<FUSED>(&mut c, wc[j], value);
            add_scaled::<FUSED>(&mut d, wd[j], value);
        }
        for (q, sums) in [a, b, c, d].iter().enumerate().take(pieces - first) {
            let at = (first + q) * WIDTH + column;
            for (y, sum) in out[at..at + LANES].iter_mut().zip(sums) {
                *y = sum * totals[q];
            }
        }
    }
}

#[inline(always)]
fn add_scaled<const FUSED: bool>(sums: &mut [f32; LANES], factor: f32, x: &[f32; LANES]) {
    for l in 0..LANES {
        sums[l] = add_product::<FUSED>(factor, x[l], sums[l]);
    }
}

/// e^x for x ≤ 0 (Cephes' polynomial, relative error below 2e-7); 0 where the result is below 1e-37.
#[inline(always)]
fn exp<const FUSED: bool>(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = add_product::<FUSED>(x, std::f32::consts::LOG2_E, MAGIC);
    let n = shifted - MAGIC;
    let r = add_product::<FUSED>(n, -0.693_359_4, x);
    let r = add_product::<FUSED>(n, 2.121_944_4e-4, r);
    let mut p = 1.987_569_1e-4;
    for c in [1.398_199_9e-3_f32, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5] {
        p = add_product::<FUSED>(p, r, c);
    }
    let power = f32::from_bits((shifted.to_bits().wrapping_sub(MAGIC.to_bits()).wrapping_add(127)) << 23);
    (add_product::<FUSED>(p * r, r, r) + 1.0) * power
}

#[inline(always)]
fn add_product<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// The sum, in halves, which is a few instructions where one number after the other would be sixteen.
#[inline(always)]
fn total(x: [f32; LANES]) -> f32 {
    let eight: [f32; 8] = halved(&x, |a, b| a + b);
    let four: [f32; 4] = halved(&eight, |a, b| a + b);
    (four[0] + four[2]) + (four[1] + four[3])
}

/// The highest number, in halves.
#[inline(always)]
fn highest(x: [f32; LANES]) -> f32 {
    let eight: [f32; 8] = halved(&x, higher);
    let four: [f32; 4] = halved(&eight, higher);
    higher(higher(four[0], four[2]), higher(four[1], four[3]))
}

#[inline(always)]
fn higher(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn halved<const HALF: usize>(x: &[f32], join: impl Fn(f32, f32) -> f32) -> [f32; HALF] {
    let mut out = [0.0; HALF];
    for l in 0..HALF {
        out[l] = join(x[l], x[l + HALF]);
    }
    out
}

#[inline(always)]
fn part(qkv: &[f32], row: usize, from: usize) -> &[f32; HEAD_WIDTH] {
    let at = row * 3 * WIDTH + from;
    qkv[at..at + HEAD_WIDTH].try_into().expect("a slice of that length")
}

#[inline(always)]
fn lanes(x: &[f32], at: usize) -> &[f32; LANES] {
    x[at..at + LANES].try_into().expect("a slice of that length")
}
