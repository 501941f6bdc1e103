//! The int8 product with AVX-512 VNNI: 64 multiply-adds an instruction.

use std::arch::x86_64::{
    __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_loadu_ps, _mm512_loadu_si512,
    _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512, _mm512_storeu_ps,
};

use super::linear::{GROUP, Linear, Rows, TILE, Tile};

super::float::float_parts!("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma", fused = true, flip = 0x80);

/// Rows that are worked on side by side: 6 × 4 registers of sums, 4 of weights, 1 of inputs.
const ROWS: usize = 6;
/// Registers of 16 sums in a tile.
const REGISTERS: usize = TILE / 16;

/// Product of all rows (values stored with 128 added) with all outputs: `out[row][output]`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")]
pub(crate) fn product(rows: &Rows, linear: &Linear, out: &mut [f32]) {
    let (width, outputs) = (linear.inputs(), linear.outputs());
    assert!(rows.width == width && rows.values.len() == rows.len() * width && out.len() == rows.len() * outputs);
    for t in 0..outputs / TILE {
        let tile = linear.tile(t);
        let mut row = 0;
        while row < rows.len() {
            let many = (rows.len() - row).min(ROWS);
            let values = &rows.values[row * width..(row + many) * width];
            let scales = &rows.scales[row..row + many];
            let out = &mut out[row * outputs + t * TILE..];
            match many {
                1 => block::<1>(values, scales, &tile, out, outputs),
                2 => block::<2>(values, scales, &tile, out, outputs),
                3 => block::<3>(values, scales, &tile, out, outputs),
                4 => block::<4>(values, scales, &tile, out, outputs),
                5 => block::<5>(values, scales, &tile, out, outputs),
                _ => block::<ROWS>(values, scales, &tile, out, outputs),
            }
            row += many;
        }
    }
}

/// `M` rows times one tile; row `i` of the result starts at `out[i * stride]`.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")]
fn block<const M: usize>(values: &[u8], scales: &[f32], tile: &Tile<'_>, out: &mut [f32], stride: usize) {
    let width = values.len() / M;
    assert!(width.is_multiple_of(GROUP) && tile.weights.len() == width * TILE);
    assert!(scales.len() == M && out.len() >= (M - 1) * stride + TILE);
    let mut sums = [[_mm512_setzero_si512(); REGISTERS]; M];
    for j in 0..REGISTERS {
        // SAFETY: `offsets` has 64 numbers, of which 16 are read from 16 j on, with j < 4.
        let offset = unsafe { _mm512_loadu_si512(tile.offsets.as_ptr().add(16 * j).cast::<__m512i>()) };
        for sum in &mut sums {
            sum[j] = offset;
        }
    }
    for step in 0..width / GROUP {
        let mut weights = [_mm512_setzero_si512(); REGISTERS];
        for (j, w) in weights.iter_mut().enumerate() {
            // SAFETY: `weights` has `width` · 64 bytes (asserted), which are width / 4 steps of 256.
            *w = unsafe {
                _mm512_loadu_si512(tile.weights.as_ptr().add(step * TILE * GROUP + 64 * j).cast::<__m512i>())
            };
        }
        for (i, sum) in sums.iter_mut().enumerate() {
            // SAFETY: i < M and 4 step + 4 <= width, so the four bytes are inside the M rows of `values`.
            let four = unsafe { values.as_ptr().add(i * width + step * GROUP).cast::<i32>().read_unaligned() };
            let four = _mm512_set1_epi32(four);
            for (sum, weights) in sum.iter_mut().zip(weights) {
                *sum = _mm512_dpbusd_epi32(*sum, four, weights);
            }
        }
    }
    for (i, sum) in sums.iter().enumerate() {
        let scale = _mm512_set1_ps(scales[i]);
        for (j, sum) in sum.iter().enumerate() {
            // SAFETY: `scales` and `bias` of a tile have 64 numbers each; `out` reaches to (M − 1) stride + 64 (asserted).
            unsafe {
                let factor = _mm512_mul_ps(scale, _mm512_loadu_ps(tile.scales.as_ptr().add(16 * j)));
                let bias = _mm512_loadu_ps(tile.bias.as_ptr().add(16 * j));
                let y = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(*sum), factor), bias);
                _mm512_storeu_ps(out.as_mut_ptr().add(i * stride + 16 * j), y);
            }
        }
    }
}
