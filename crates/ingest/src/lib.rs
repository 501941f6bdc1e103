//! What was published? Files in, cleaned articles out.
//!
//! [`Inbox`] finds the files, [`Metadata`] is what a table tells of them, [`Desk`] makes an article of one file's bytes:
//! the words of the report without the noise of its page, and what is known of where and when it appeared.
//! Only the inbox and the table read files; the desk is pure.

mod error;
mod inbox;
mod metadata;

mod piece;
mod pieces;
mod source;

mod archive;
mod http;
mod mail;
mod stream;
mod warc;

mod fields;
mod json;
mod markdown;
mod moment;
mod table;

mod desk;
mod register;

mod charset;
mod html;

mod marks;
mod page;
mod tokens;
mod wrapped;

mod date;
mod dateline;
mod language;
mod outlets;
mod published;
mod translation;
mod zone;

pub use desk::{Desk, Given};
pub use error::Error;
pub use fields::Mapping;
pub use inbox::{Inbox, Item, LARGEST};
pub use metadata::Metadata;
pub use piece::{Body, Particulars, Piece, Told};
pub use pieces::Pieces;
pub use register::Register;
