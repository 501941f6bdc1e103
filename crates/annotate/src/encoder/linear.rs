//! How do int8 weights lie in memory, and what is a product with them?
//!
//! Weights are symmetric int8, one scale an output. They are packed in tiles of 64 outputs; in a tile, four inputs
//! after four inputs, each as 64 outputs of four bytes: the order in which every kernel reads them. Inputs are
//! symmetric int8 too, one scale a row, found as the row comes by.

/// Outputs of a tile.
pub const TILE: usize = 64;
/// Inputs that are multiplied at once.
pub const GROUP: usize = 4;

/// `y = W x + b` with packed int8 weights.
#[derive(Debug)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    weights: &'static [u8],
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// For each output −128 times the sum of its weights: what inputs stored with 128 added make too much.
    offsets: Vec<i32>,
}

impl Linear {
    /// A layer of `scales.len()` outputs; `None` unless the sizes fit: whole tiles, whole groups, one scale and one
    /// bias an output.
    pub fn new(weights: &'static [u8], scales: Vec<f32>, bias: Vec<f32>) -> Option<Self> {
        let outputs = scales.len();
        let inputs = weights.len().checked_div(outputs)?;
        let fits = inputs * outputs == weights.len()
            && inputs.is_multiple_of(GROUP)
            && outputs.is_multiple_of(TILE)
            && bias.len() == outputs;
        let offsets = if fits { offsets(weights, inputs, outputs) } else { return None };
        Some(Self { inputs, outputs, weights, scales, bias, offsets })
    }

    /// Numbers of an input row.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers of an output row, unused ones at the end of the last tile included.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// One tile of 64 outputs.
    pub(crate) fn tile(&self, tile: usize) -> Tile<'_> {
        let (from, to) = (tile * TILE, (tile + 1) * TILE);
        Tile {
            weights: &self.weights[from * self.inputs..to * self.inputs],
            scales: as_tile(&self.scales[from..to]),
            bias: as_tile(&self.bias[from..to]),
            offsets: as_tile(&self.offsets[from..to]),
        }
    }

    /// The weights in f32, row by row, and the bias: for the reference.
    pub fn unpacked(&self) -> (Vec<f32>, Vec<f32>) {
        let mut out = Vec::with_capacity(self.weights.len());
        for output in 0..self.outputs {
            let scale = self.scales[output];
            out.extend((0..self.inputs).map(|i| f32::from(self.weights[packed(output, i, self.inputs)] as i8) * scale));
        }
        (out, self.bias.clone())
    }
}

/// Where the weight from `input` to `output` stands among packed weights of a layer with `inputs` inputs.
pub fn packed(output: usize, input: usize, inputs: usize) -> usize {
    let (tile, column) = (output / TILE, output % TILE);
    tile * TILE * inputs + (input / GROUP) * TILE * GROUP + column * GROUP + input % GROUP
}

/// 64 outputs of a layer.
pub(crate) struct Tile<'a> {
    /// `inputs` × 64 bytes.
    pub weights: &'a [u8],
    pub scales: &'a [f32; TILE],
    pub bias: &'a [f32; TILE],
    #[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "other kernels read signed inputs"))]
    pub offsets: &'a [i32; TILE],
}

/// Rows of int8 inputs with their scales, as a kernel wants to read them.
#[derive(Debug, Default, Clone)]
pub struct Rows {
    /// Numbers of a row.
    pub(crate) width: usize,
    /// The values; with 128 added if the kernel reads unsigned inputs.
    pub(crate) values: Vec<u8>,
    /// What one step of a row's values is worth.
    pub(crate) scales: Vec<f32>,
}

impl Rows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The values as stored.
    pub fn values(&self) -> &[u8] {
        &self.values
    }

    /// Makes room for `rows` rows of `width` numbers; gives the values and the scale of each to be filled.
    pub(crate) fn fit(&mut self, rows: usize, width: usize) -> impl Iterator<Item = (&mut [u8], &mut f32)> {
        self.width = width;
        self.values.resize(rows * width, 0);
        self.scales.resize(rows, 0.0);
        self.values.chunks_exact_mut(width).zip(&mut self.scales)
    }
}

/// Product of all rows with all outputs, for machines without instructions of their own: `out[row][output]`.
pub(crate) fn product(rows: &Rows, linear: &Linear, out: &mut [f32]) {
    // Weights of a tile in 16 bits, input by input: the form that compilers make vector instructions of.
    let mut wide = vec![[0_i16; TILE]; linear.inputs];
    for t in 0..linear.outputs / TILE {
        let tile = linear.tile(t);
        for (inputs, group) in wide.chunks_exact_mut(GROUP).zip(tile.weights.chunks_exact(TILE * GROUP)) {
            for (i, w) in group.iter().enumerate() {
                inputs[i % GROUP][i / GROUP] = i16::from(*w as i8);
            }
        }
        for (r, row) in rows.values.chunks_exact(rows.width).enumerate() {
            let mut sums = [0_i32; TILE];
            for (x, weights) in row.as_chunks::<2>().0.iter().zip(wide.as_chunks::<2>().0) {
                let [a, b] = x.map(|x| i16::from(x as i8));
                // At most 2 · 127² = 32,258: no overflow of 16 bits.
                for l in 0..TILE {
                    sums[l] += i32::from(a.wrapping_mul(weights[0][l]).wrapping_add(b.wrapping_mul(weights[1][l])));
                }
            }
            let at = r * linear.outputs + t * TILE;
            for (c, y) in out[at..at + TILE].iter_mut().enumerate() {
                *y = sums[c] as f32 * (rows.scales[r] * tile.scales[c]) + tile.bias[c];
            }
        }
    }
}

fn as_tile<T>(slice: &[T]) -> &[T; TILE] {
    slice.try_into().expect("callers cut whole tiles")
}

fn offsets(weights: &[u8], inputs: usize, outputs: usize) -> Vec<i32> {
    let mut sums = vec![0_i32; outputs];
    for (sums, tile) in sums.chunks_exact_mut(TILE).zip(weights.chunks_exact(inputs * TILE)) {
        for step in tile.chunks_exact(TILE * GROUP) {
            for (sum, w) in sums.iter_mut().zip(step.chunks_exact(GROUP)) {
                *sum += w.iter().map(|w| i32::from(*w as i8)).sum::<i32>();
            }
        }
    }
    sums.iter().map(|s| -128 * s).collect()
}
