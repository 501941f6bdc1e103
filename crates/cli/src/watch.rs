//! How are feeds watched? `feeds` says what is wanted, `errands` fetch, `watcher` decides what comes
//! next and keeps it, `schedule` knows when something is looked at again.

mod errands;
mod feeds;
mod measures;
mod schedule;
mod watcher;

pub use feeds::Feeds;
pub use watcher::{Manner, Watcher};
