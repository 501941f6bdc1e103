//! Which instructions of this machine do the work?

use super::float::{AttentionBuffers, Norm};
use super::linear::{self, Linear, Rows};

/// A set of instructions that this machine has. Every kernel computes the same integers; the f32 parts may differ in
/// the last bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kernel(Instructions);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instructions {
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "aarch64")]
    Neon,
    Portable,
}

/// Plain Rust.
mod portable {
    pub(crate) use super::linear::product;
    super::super::float::float_parts!(, fused = false, flip = 0);
}

impl Kernel {
    /// The fastest kernel of this machine.
    pub fn detect() -> Self {
        Self::available()[0]
    }

    /// Every kernel of this machine, the fastest first.
    pub fn available() -> Vec<Self> {
        let mut out = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            let avx512 = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
                && is_x86_feature_detected!("fma");
            out.extend(avx512.then_some(Self(Instructions::Avx512Vnni)));
            out.extend((avx2 && is_x86_feature_detected!("avxvnni")).then_some(Self(Instructions::AvxVnni)));
            out.extend(avx2.then_some(Self(Instructions::Avx2)));
        }
        #[cfg(target_arch = "aarch64")]
        out.extend(std::arch::is_aarch64_feature_detected!("neon").then_some(Self(Instructions::Neon)));
        out.push(Self(Instructions::Portable));
        out
    }

    /// The kernel called `name`, if this machine has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::available().into_iter().find(|k| k.name() == name)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512Vnni => "avx512-vnni",
            #[cfg(target_arch = "x86_64")]
            Instructions::AvxVnni => "avx-vnni",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => "avx2",
            #[cfg(target_arch = "aarch64")]
            Instructions::Neon => "neon",
            Instructions::Portable => "portable",
        }
    }
}

/// Calls `$part` of the module that belongs to the instructions.
macro_rules! dispatch {
    ($self:ident, $part:ident($($argument:expr),*)) => {
        // SAFETY (of each): a `Kernel` is made only by `available`, which has asked the machine for every feature that
        // the module's functions are compiled with.
        match $self.0 {
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512Vnni => unsafe { super::avx512::$part($($argument),*) },
            #[cfg(target_arch = "x86_64")]
            Instructions::AvxVnni => unsafe { super::avx2::vnni::$part($($argument),*) },
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { super::avx2::$part($($argument),*) },
            #[cfg(target_arch = "aarch64")]
            Instructions::Neon => unsafe { super::neon::$part($($argument),*) },
            Instructions::Portable => portable::$part($($argument),*),
        }
    };
}

impl Kernel {
    /// Rounds rows of `width` numbers (a multiple of 16) to int8.
    pub fn quantise(self, x: &[f32], width: usize, rows: &mut Rows) {
        dispatch!(self, quantise(x, width, rows));
    }

    /// `out[row][output]` = the layer applied to each row; `out` is resized to fit. The rows must have been rounded
    /// by the same kernel.
    ///
    /// # Panics
    /// If the rows have not as many numbers as the layer has inputs.
    pub fn product(self, rows: &Rows, layer: &Linear, out: &mut Vec<f32>) {
        assert_eq!(rows.width, layer.inputs(), "rows of another width than the layer");
        out.resize(rows.len() * layer.outputs(), 0.0);
        dispatch!(self, product(rows, layer, out));
    }

    /// Both: rounds `x` and applies the layer.
    pub fn linear(self, x: &[f32], layer: &Linear, rows: &mut Rows, out: &mut Vec<f32>) {
        self.quantise(x, layer.inputs(), rows);
        self.product(rows, layer, out);
    }

    pub(crate) fn layer_norm(self, x: &mut [f32], residual: &[f32], norm: &Norm) {
        dispatch!(self, layer_norm(x, residual, norm));
    }

    pub(crate) fn gelu(self, x: &mut [f32]) {
        dispatch!(self, gelu(x));
    }

    /// `layer_norm`, then `quantise`.
    pub(crate) fn layer_norm_quantise(self, x: &mut [f32], residual: &[f32], norm: &Norm, rows: &mut Rows) {
        dispatch!(self, layer_norm_quantise(x, residual, norm, rows));
    }

    /// `gelu`, then `quantise`.
    pub(crate) fn gelu_quantise(self, x: &mut [f32], width: usize, rows: &mut Rows) {
        dispatch!(self, gelu_quantise(x, width, rows));
    }

    pub(crate) fn attention(self, qkv: &[f32], out: &mut [f32], buffers: &mut AttentionBuffers) {
        dispatch!(self, attention(qkv, out, buffers));
    }

    pub(crate) fn dots(self, a: &[f32], rows: &[f32], out: &mut [f32]) {
        dispatch!(self, dots(a, rows, out));
    }
}
