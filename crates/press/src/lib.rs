//! Who publishes? The agencies and outlets of `data/outlets.toml`: names, sites, time zones, and to whom they belong.
//!
//! What is read at the one end of the program (who published this page?) is shown at the other (whose outlet is that?),
//! so that a correction of the file is seen without reading the reports again.

mod affiliation;
mod directory;
mod error;
mod file;

pub use affiliation::{Affiliation, Bond};
pub use directory::{Directory, Kind, Publisher};
pub use error::Error;
