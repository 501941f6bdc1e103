//! How is it said? Sentences, tokens with their parse, names, times, numbers, quotations.
//!
//! [`Annotator::annotate`] is the whole flow: sentences and tokens by rules, then parse, features, lemmas and names by
//! one small network for all words of an article, then quotations, numbers and times by rules.

mod lexeme;
pub mod numbers;
pub mod times;

mod abbreviations;
mod affixes;
mod clitics;
mod web;
mod words;

pub mod ends;
mod headings;
pub mod sentences;
pub mod tokens;

mod clauses;
pub mod quotes;

pub mod pieces;

pub mod encoder;

pub mod analyse;
pub mod heads;
mod lemma;
pub mod meaning;
pub mod model;
pub mod names;
pub mod parse;

mod annotator;

pub use annotator::{Annotator, Scratch};
pub use encoder::Kernel;
pub use model::Model;
