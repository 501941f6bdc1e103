//! The pages. Each module draws one, with a template of the same name.

mod frame;

mod overview;

use crate::route::Route;

pub(crate) use frame::{Frame, Page};

pub(crate) fn routes() -> Vec<Route> {
    let mut all = overview::routes();
    all.extend([]);
    all
}
