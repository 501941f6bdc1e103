//! Who, where, what is meant?
//!
//! [`Knowledge::refer`] reads the noun phrases of a document one by one ([`reader`](mod@reader)); what it knows
//! beforehand stands in text files of `data/` and in a gazetteer.

mod error;
mod fold;

mod alias;
pub mod gazetteer;
mod nouns;
mod profile;

mod knowledge;

mod scene;

mod people;
mod phrase;
mod places;
mod roles;
mod roster;

mod described;
mod modifiers;
mod named;
mod pronouns;
mod reader;

pub use error::Error;
pub use fold::fold;
pub use knowledge::Knowledge;
