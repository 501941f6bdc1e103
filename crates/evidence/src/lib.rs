//! What do we pass along? The values that stages hand to each other and the ledger keeps.
//!
//! Every stage knows these types and no other stage. Text is immutable; everything points at bytes of it.

pub mod note;
pub mod span;
pub mod vocabulary;

pub mod address;
pub mod imprint;

pub mod article;
pub mod deprel;
pub mod document;
pub mod meaning;
pub mod time;

pub mod mention;

pub mod claim;
pub mod figure;

pub mod ceasefire;
pub mod doubt;
pub mod incident;
pub mod origin;
pub mod toll;
pub mod trace;
pub mod version;

pub mod correction;

pub mod ledger;

pub use article::{Article, Published};
pub use ceasefire::Ceasefire;
pub use claim::{Claim, Reference, Speaker};
pub use correction::Correction;
pub use deprel::Deprel;
pub use document::{Document, Token};
pub use figure::Figure;
pub use imprint::Imprint;
pub use incident::Incident;
pub use ledger::{Id, Ledger};
pub use meaning::Meaning;
pub use mention::{Conflict, Entity, Front, Mention, Referents};
pub use note::Note;
pub use origin::{Origin, Shared};
pub use span::Span;
pub use toll::Toll;
pub use trace::{Block, Layer, Link, Trace};
pub use version::{Revision, Versions};
pub use vocabulary::*;
