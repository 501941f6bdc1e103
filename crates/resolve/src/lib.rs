//! Who, where, what is meant?
//!
//! [`Knowledge::refer`] reads the noun phrases of a document one by one (`reader.rs`); what it knows beforehand stands in
//! text files of `data/` and in a gazetteer.

mod error;
mod fold;

mod alias;
pub mod gazetteer;
mod nouns;
mod profile;

mod knowledge;
mod load;

mod scene;

mod people;
mod phrase;
mod places;
mod roles;
mod roster;

mod reader;

mod named;
mod persons;
mod spotted;

mod described;
mod grounds;
mod offices;
mod sides;
mod understood;

mod antecedent;
mod before;
mod pronouns;

mod modifiers;
mod wording;

pub use error::Error;
pub use fold::fold;
pub use knowledge::Knowledge;
