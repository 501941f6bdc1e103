//! What does each word look like in its sentence? The network that every later answer is read from.
//!
//! A BERT-type encoder (six layers, 384 wide) with int8 weights, and the projections that the heads decode. Linear
//! layers run on int8; everything between them on f32. Which instructions do the work is chosen once, at run time,
//! by [`Kernel::detect`]. A batch is several sentences one after the other, without padding: rows of one sentence
//! never see those of another, so the answer for a sentence does not depend on its batch.

pub mod forward;
pub mod reference;
pub mod weights;

pub mod kernel;
pub mod linear;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod float;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(test)]
mod tests;

pub use forward::{Batch, Buffers, Encoder, Network, Projections};
pub use kernel::Kernel;
pub use weights::Weights;

/// Numbers in the vector of one piece.
pub const WIDTH: usize = 384;
/// Attention heads of a layer.
pub const ATTENTION_HEADS: usize = 12;
/// Numbers that one attention head sees.
pub const HEAD_WIDTH: usize = WIDTH / ATTENTION_HEADS;
/// Numbers inside the feed-forward part of a layer.
pub const INNER: usize = 1536;
/// Layers of the encoder.
pub const DEPTH: usize = 6;
/// Most pieces of one sentence, `[CLS]` and `[SEP]` included.
pub const POSITIONS: usize = 512;
/// Width of the two vectors that the arc scores are made of.
pub const ARC: usize = 256;
/// Width of the two vectors that the label scores are made of.
pub const LABEL: usize = 96;
/// Added to a variance before its root is taken.
pub const EPSILON: f32 = 1e-12;
