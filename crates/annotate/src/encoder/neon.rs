//! The int8 product with NEON, which every 64-bit ARM has.
//!
//! Bytes are multiplied to 16 bits and added in pairs there: a pair is at most 2 · 127² = 32,258, so nothing
//! overflows. Then pairs of pairs are added to the sums in 32 bits.

use std::arch::aarch64::{
    int32x4_t, vaddq_f32, vcvtq_f32_s32, vdupq_n_s32, vget_low_s8, vld1q_f32, vld1q_s8, vmull_high_s8, vmull_s8,
    vmulq_f32, vmulq_n_f32, vpadalq_s16, vpaddq_s16, vreinterpretq_s8_s32, vst1q_f32,
};

use super::linear::{GROUP, Linear, Rows, TILE, Tile};

super::float::float_parts!("neon", fused = true, flip = 0);

/// Rows that are worked on side by side: 4 × 4 registers of sums, 4 of weights.
const ROWS: usize = 4;
/// Registers of four sums.
const REGISTERS: usize = 4;
/// Outputs that are worked on side by side.
const OUTPUTS: usize = 4 * REGISTERS;

/// Product of all rows with all outputs: `out[row][output]`.
#[target_feature(enable = "neon")]
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
            for from in (0..TILE).step_by(OUTPUTS) {
                let out = &mut out[row * outputs + t * TILE + from..];
                match many {
                    1 => block::<1>(values, scales, &tile, from, out, outputs),
                    2 => block::<2>(values, scales, &tile, from, out, outputs),
                    3 => block::<3>(values, scales, &tile, from, out, outputs),
                    _ => block::<ROWS>(values, scales, &tile, from, out, outputs),
                }
            }
            row += many;
        }
    }
}

/// `M` rows times the 16 outputs of a tile from `from` on; row `i` of the result starts at `out[i * stride]`.
#[inline]
#[target_feature(enable = "neon")]
fn block<const M: usize>(values: &[u8], scales: &[f32], tile: &Tile<'_>, from: usize, out: &mut [f32], stride: usize) {
    let width = values.len() / M;
    assert!(width.is_multiple_of(GROUP) && tile.weights.len() == width * TILE && from + OUTPUTS <= TILE);
    let mut sums: [[int32x4_t; REGISTERS]; M] = [[vdupq_n_s32(0); REGISTERS]; M];
    for step in 0..width / GROUP {
        // SAFETY: `weights` has width / 4 steps of 256 bytes (asserted); 64 are read from 4 `from` on, `from` <= 48.
        let weights = unsafe {
            let at = tile.weights.as_ptr().add(step * TILE * GROUP + from * GROUP).cast::<i8>();
            [vld1q_s8(at), vld1q_s8(at.add(16)), vld1q_s8(at.add(32)), vld1q_s8(at.add(48))]
        };
        for (i, sum) in sums.iter_mut().enumerate() {
            // SAFETY: i < M and 4 step + 4 <= width, so the four bytes are inside the M rows of `values`.
            let four = unsafe { values.as_ptr().add(i * width + step * GROUP).cast::<i32>().read_unaligned() };
            let four = vreinterpretq_s8_s32(vdupq_n_s32(four));
            for (sum, w) in sum.iter_mut().zip(weights) {
                let low = vmull_s8(vget_low_s8(w), vget_low_s8(four));
                let high = vmull_high_s8(w, four);
                *sum = vpadalq_s16(*sum, vpaddq_s16(low, high));
            }
        }
    }
    assert!(scales.len() == M && out.len() >= (M - 1) * stride + OUTPUTS);
    for (i, sum) in sums.iter().enumerate() {
        for (j, sum) in sum.iter().enumerate() {
            // SAFETY: `scales` and `bias` of a tile have 64 numbers, `from` + 16 of which are there; `out` reaches to
            // (M − 1) stride + 16 (both asserted).
            unsafe {
                let factor = vmulq_n_f32(vld1q_f32(tile.scales.as_ptr().add(from + 4 * j)), scales[i]);
                let bias = vld1q_f32(tile.bias.as_ptr().add(from + 4 * j));
                let y = vaddq_f32(vmulq_f32(vcvtq_f32_s32(*sum), factor), bias);
                vst1q_f32(out.as_mut_ptr().add(i * stride + 4 * j), y);
            }
        }
    }
}
