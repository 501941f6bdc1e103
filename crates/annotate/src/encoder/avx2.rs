//! The int8 product with AVX2, and with AVX-VNNI where the machine has it.
//!
//! AVX2 multiplies unsigned by signed bytes and adds pairs in 16 bits with saturation. Here the unsigned side is the
//! size of a weight (at most 127) and the signed side the input with the weight's sign (at most 127 in size): a pair
//! is at most 32,258, so nothing ever saturates.

use std::arch::x86_64::{
    __m256i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_loadu_ps, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_set1_ps,
    _mm256_setzero_si256, _mm256_sign_epi8, _mm256_storeu_ps,
};

use super::linear::{GROUP, Linear, Rows, TILE, Tile};

super::float::float_parts!("avx2,fma", fused = true, flip = 0);

/// Rows that are worked on side by side: 4 × 2 registers of sums, 4 of weights and their sizes, 3 for the rest.
const ROWS: usize = 4;
/// Outputs that are worked on side by side: two registers of eight sums.
const OUTPUTS: usize = 16;

/// Product of all rows with all outputs: `out[row][output]`.
#[target_feature(enable = "avx2,fma")]
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
#[target_feature(enable = "avx2,fma")]
fn block<const M: usize>(values: &[u8], scales: &[f32], tile: &Tile<'_>, from: usize, out: &mut [f32], stride: usize) {
    let width = values.len() / M;
    assert!(width.is_multiple_of(GROUP) && tile.weights.len() == width * TILE && from + OUTPUTS <= TILE);
    let ones = _mm256_set1_epi16(1);
    let mut sums = [[_mm256_setzero_si256(); 2]; M];
    for step in 0..width / GROUP {
        // SAFETY: `weights` has width / 4 steps of 256 bytes (asserted); 64 are read from 4 `from` on, `from` <= 48.
        let weights = unsafe {
            let at = tile.weights.as_ptr().add(step * TILE * GROUP + from * GROUP).cast::<__m256i>();
            [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))]
        };
        let sizes = [_mm256_abs_epi8(weights[0]), _mm256_abs_epi8(weights[1])];
        for (i, sum) in sums.iter_mut().enumerate() {
            // SAFETY: i < M and 4 step + 4 <= width, so the four bytes are inside the M rows of `values`.
            let four = unsafe { values.as_ptr().add(i * width + step * GROUP).cast::<i32>().read_unaligned() };
            let four = _mm256_set1_epi32(four);
            for ((sum, size), weights) in sum.iter_mut().zip(sizes).zip(weights) {
                let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(four, weights));
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
            }
        }
    }
    finish(&sums, scales, tile, from, out, stride);
}

/// From integer sums to outputs.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn finish<const M: usize>(
    sums: &[[__m256i; 2]; M],
    scales: &[f32],
    tile: &Tile<'_>,
    from: usize,
    out: &mut [f32],
    stride: usize,
) {
    assert!(scales.len() == M && from + OUTPUTS <= TILE && out.len() >= (M - 1) * stride + OUTPUTS);
    for (i, sum) in sums.iter().enumerate() {
        let scale = _mm256_set1_ps(scales[i]);
        for (j, sum) in sum.iter().enumerate() {
            // SAFETY: `scales` and `bias` of a tile have 64 numbers, `from` + 16 of which are there; `out` reaches to
            // (M − 1) stride + 16 (both asserted).
            unsafe {
                let factor = _mm256_mul_ps(scale, _mm256_loadu_ps(tile.scales.as_ptr().add(from + 8 * j)));
                let bias = _mm256_loadu_ps(tile.bias.as_ptr().add(from + 8 * j));
                let y = _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(*sum), factor), bias);
                _mm256_storeu_ps(out.as_mut_ptr().add(i * stride + 8 * j), y);
            }
        }
    }
}

/// The same with AVX-VNNI, whose product of unsigned inputs and signed weights adds four bytes at once in 32 bits.
pub(crate) mod vnni {
    use std::arch::x86_64::_mm256_dpbusd_avx_epi32;

    use super::{
        __m256i, _mm256_loadu_si256, _mm256_set1_epi32, _mm256_setzero_si256, GROUP, Linear, OUTPUTS, Rows, TILE, Tile,
        finish,
    };

    crate::encoder::float::float_parts!("avx2,fma,avxvnni", fused = true, flip = 0x80);

    /// Rows that are worked on side by side: 6 × 2 registers of sums, 2 of weights, 1 of inputs.
    const ROWS: usize = 6;

    /// Product of all rows (values stored with 128 added) with all outputs: `out[row][output]`.
    #[target_feature(enable = "avx2,fma,avxvnni")]
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
                        4 => block::<4>(values, scales, &tile, from, out, outputs),
                        5 => block::<5>(values, scales, &tile, from, out, outputs),
                        _ => block::<ROWS>(values, scales, &tile, from, out, outputs),
                    }
                }
                row += many;
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2,fma,avxvnni")]
    fn block<const M: usize>(
        values: &[u8],
        scales: &[f32],
        tile: &Tile<'_>,
        from: usize,
        out: &mut [f32],
        stride: usize,
    ) {
        let width = values.len() / M;
        assert!(width.is_multiple_of(GROUP) && tile.weights.len() == width * TILE && from + OUTPUTS <= TILE);
        let mut sums = [[_mm256_setzero_si256(); 2]; M];
        for j in 0..2 {
            // SAFETY: `offsets` has 64 numbers, and from + 16 <= 64 (asserted).
            let offset = unsafe { _mm256_loadu_si256(tile.offsets.as_ptr().add(from + 8 * j).cast::<__m256i>()) };
            for sum in &mut sums {
                sum[j] = offset;
            }
        }
        for step in 0..width / GROUP {
            // SAFETY: `weights` has width / 4 steps of 256 bytes (asserted); 64 are read from 4 `from` on, `from` <= 48.
            let weights = unsafe {
                let at = tile.weights.as_ptr().add(step * TILE * GROUP + from * GROUP).cast::<__m256i>();
                [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))]
            };
            for (i, sum) in sums.iter_mut().enumerate() {
                // SAFETY: i < M and 4 step + 4 <= width, so the four bytes are inside the M rows of `values`.
                let four = unsafe { values.as_ptr().add(i * width + step * GROUP).cast::<i32>().read_unaligned() };
                let four = _mm256_set1_epi32(four);
                for (sum, weights) in sum.iter_mut().zip(weights) {
                    *sum = _mm256_dpbusd_avx_epi32(*sum, four, weights);
                }
            }
        }
        finish(&sums, scales, tile, from, out, stride);
    }
}
