//! How was the language layer made? Rounds the trained network to int8 and measures it.
//!
//! Training itself is in `crates/train/python`; what it exports is an f32 file that [`export`] reads, [`quantise`]
//! turns into the file in `models/`; [`evaluate`] scores that file on treebanks, and [`speed`] times it.

pub mod export;
pub mod quantise;

pub mod corpora;
pub mod evaluate;
pub mod raw;
pub mod speed;
pub mod times;

pub mod attribution;

pub mod casualties;
pub mod truecase;

pub mod sentence_ends;

pub mod meaning;
