//! `/api/v1`: the ledger for programs.

use crate::route::Route;

pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}
