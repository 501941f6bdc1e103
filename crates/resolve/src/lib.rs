//! Who, where, what is meant?

mod fold;
pub mod gazetteer;

pub use fold::fold;
