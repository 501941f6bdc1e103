//! Every kernel of this machine against plain arithmetic.

use super::float::{AttentionBuffers, Norm};
use super::linear::{Linear, Rows, TILE, packed};
use super::{ATTENTION_HEADS, HEAD_WIDTH, Kernel, WIDTH};

/// Numbers that look random and are always the same.
struct Draws(u64);

impl Draws {
    /// A number from −1 to 1.
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn many(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| self.next()).collect()
    }

    fn layer(&mut self, inputs: usize, outputs: usize) -> Linear {
        let mut weights = vec![0_u8; inputs * outputs];
        for output in 0..outputs {
            for input in 0..inputs {
                // A third of the weights at the ends of the range, where 16-bit sums would overflow first.
                let w = (self.next() * 190.0).clamp(-127.0, 127.0) as i8;
                weights[packed(output, input, inputs)] = w as u8;
            }
        }
        let (scales, bias) = (self.many(outputs), self.many(outputs));
        Linear::new(weights.leak(), scales.iter().map(|s| s.abs() / 100.0).collect(), bias).expect("whole tiles")
    }
}

fn assert_near(kernel: Kernel, found: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(found.len(), expected.len());
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= tolerance, "{}: number {i} is {a}, not {b}", kernel.name());
    }
}

#[test]
fn products_are_the_same_to_the_bit_on_every_kernel() {
    let mut draws = Draws(1);
    for (inputs, outputs) in [(16, TILE), (96, 2 * TILE), (WIDTH, TILE)] {
        let layer = draws.layer(inputs, outputs);
        for rows in 1..=14 {
            let mut x = draws.many(rows * inputs);
            // One row all at the greatest size, one all 0.
            x[..inputs].iter_mut().for_each(|x| *x = x.signum());
            x[(rows - 1) * inputs..].iter_mut().for_each(|x| *x = if rows > 1 { 0.0 } else { *x });
            let run = |kernel: Kernel| {
                let mut out = Vec::new();
                kernel.linear(&x, &layer, &mut Rows::default(), &mut out);
                out.iter().map(|y: &f32| y.to_bits()).collect::<Vec<_>>()
            };
            let expected = run(Kernel::named("portable").expect("every machine has it"));
            for kernel in Kernel::available() {
                assert_eq!(run(kernel), expected, "{} on {rows} rows of {inputs}", kernel.name());
            }
        }
    }
}

#[test]
fn products_are_those_of_the_weights_as_far_as_rounding_allows() {
    let mut draws = Draws(2);
    let layer = draws.layer(WIDTH, TILE);
    let (weights, bias) = layer.unpacked();
    let x = draws.many(3 * WIDTH);
    for kernel in Kernel::available() {
        let mut out = Vec::new();
        kernel.linear(&x, &layer, &mut Rows::default(), &mut out);
        for (r, row) in x.chunks_exact(WIDTH).enumerate() {
            for (output, w) in weights.chunks_exact(WIDTH).enumerate() {
                let exact: f32 = row.iter().zip(w).map(|(x, w)| x * w).sum::<f32>() + bias[output];
                // Each input is off by at most half a step, 1/254.
                let most: f32 = w.iter().map(|w| w.abs() / 254.0).sum::<f32>() + 1e-4;
                assert!((out[r * TILE + output] - exact).abs() < most, "{}", kernel.name());
            }
        }
    }
}

#[test]
fn layer_norm_gives_mean_0_and_variance_1_scaled_and_shifted() {
    let mut draws = Draws(3);
    let (x, residual) = (draws.many(2 * WIDTH), draws.many(2 * WIDTH));
    let norm = Norm { weight: draws.many(WIDTH), bias: draws.many(WIDTH) };
    let mut expected = Vec::new();
    for (x, y) in x.chunks_exact(WIDTH).zip(residual.chunks_exact(WIDTH)) {
        let sum: Vec<f64> = x.iter().zip(y).map(|(a, b)| f64::from(a + b)).collect();
        let mean = sum.iter().sum::<f64>() / WIDTH as f64;
        let variance = sum.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / WIDTH as f64;
        let scaled = sum.iter().map(|s| (s - mean) / variance.sqrt());
        expected.extend(scaled.enumerate().map(|(i, s)| s as f32 * norm.weight[i] + norm.bias[i]));
    }
    for kernel in Kernel::available() {
        let mut found = x.clone();
        kernel.layer_norm(&mut found, &residual, &norm);
        assert_near(kernel, &found, &expected, 1e-5);
    }
}

#[test]
fn gelu_is_x_times_the_normal_distribution() {
    // Φ from tables of the normal distribution.
    let known = [(0.0, 0.5), (0.5, 0.691_462_5), (1.0, 0.841_344_7), (1.96, 0.975_002_1), (3.0, 0.998_650_1)];
    for kernel in Kernel::available() {
        for (x, phi) in known {
            let mut found = [x; 16];
            found[1] = -x;
            kernel.gelu(&mut found);
            assert_near(kernel, &found[..2], &[x * phi, -x * (1.0 - phi)], 5e-6);
        }
        let mut far = [0.0; 16];
        far[..4].copy_from_slice(&[-100.0, -5.0, 5.0, 100.0]);
        kernel.gelu(&mut far);
        assert_near(kernel, &far[..3], &[0.0, 0.0, 5.0], 1e-4);
        assert_near(kernel, &far[3..4], &[100.0], 1e-3);
    }
}

#[test]
fn attention_is_the_mean_of_the_values_weighted_by_the_products() {
    let mut draws = Draws(4);
    for pieces in [1, 3, 15, 16, 17, 40] {
        let qkv: Vec<f32> = draws.many(pieces * 3 * WIDTH).iter().map(|x| 3.0 * x).collect();
        let part = |row: usize, from: usize| &qkv[row * 3 * WIDTH + from..][..HEAD_WIDTH];
        let mut expected = vec![0.0_f32; pieces * WIDTH];
        for (row, head) in (0..pieces).flat_map(|r| (0..ATTENTION_HEADS).map(move |h| (r, h * HEAD_WIDTH))) {
            let product = |j: usize| part(row, head).iter().zip(part(j, WIDTH + head)).map(|(a, b)| a * b).sum::<f32>();
            let weights: Vec<f64> =
                (0..pieces).map(|j| f64::from(product(j) / (HEAD_WIDTH as f32).sqrt()).exp()).collect();
            let total: f64 = weights.iter().sum();
            for (j, weight) in weights.iter().enumerate() {
                for (d, value) in part(j, 2 * WIDTH + head).iter().enumerate() {
                    expected[row * WIDTH + head + d] += (weight / total) as f32 * value;
                }
            }
        }
        for kernel in Kernel::available() {
            let mut found = vec![0.0; pieces * WIDTH];
            kernel.attention(&qkv, &mut found, &mut AttentionBuffers::default());
            assert_near(kernel, &found, &expected, 2e-5);
        }
    }
}

#[test]
fn a_layer_of_the_wrong_size_is_refused() {
    assert!(Linear::new(&[0; 64], vec![1.0; 16], vec![0.0; 16]).is_none(), "no whole tile");
    assert!(Linear::new(&[0; 128], vec![1.0; 64], vec![0.0; 64]).is_none(), "no whole group");
    assert!(Linear::new(&[0; 256], vec![1.0; 64], vec![0.0; 63]).is_none(), "a bias is missing");
    assert!(Linear::new(&[0; 256], Vec::new(), Vec::new()).is_none(), "no outputs");
}

#[test]
fn kernels_are_found_by_name() {
    for kernel in Kernel::available() {
        assert_eq!(Kernel::named(kernel.name()), Some(kernel));
    }
    assert_eq!(Kernel::named("abacus"), None);
    assert_eq!(Kernel::available().last().map(|k| k.name()), Some("portable"));
}
