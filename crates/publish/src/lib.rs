//! What does the reader see? The ledger as JSON Lines, CSV and tables.
//!
//! A [`Book`] looks things up across the whole ledger; views give its objects the shape of the export format; the rest
//! writes views down. The same ledger gives the same bytes.

mod book;
mod tolls;
mod view;
pub mod wording;

pub mod disputes;
pub mod timeline;

pub mod brief;
pub mod chart;
pub mod csv;
pub mod gold;
pub mod jsonl;
pub mod table;

pub use book::{Book, Page};
pub use tolls::heading as toll_heading;
pub use view::{
    ArticleView, CeasefireView, ClaimView, DisputeView, EntityView, FigureView, IncidentView, OccurrenceView, TollView,
};
pub use wording::{printable, speakers};
