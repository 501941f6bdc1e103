//! Which claims tell of one thing; where do they differ? Origins, denials, incidents and truces over reports.
//!
//! Nothing here changes an article or a claim; all of it can be made again from them, in any order of reading.

pub mod ceasefires;
pub mod denials;
pub mod incidents;
pub mod origins;

mod calendar;
mod focus;
mod groups;

use evidence::Ledger;
use evidence::ledger::Reading;

/// The whole picture of some readings: sorted by article id first, so that the order of reading does not matter.
pub fn reconcile(mut readings: Vec<Reading>) -> Ledger {
    readings.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    let origins = origins::find(&readings);
    let ceasefires = ceasefires::join(&readings);
    let incidents = incidents::find(&readings, &origins, &ceasefires);
    let origins = origins::grouped(&readings, &origins);
    Ledger { readings, origins, shared: Vec::new(), incidents, ceasefires }
}
