//! The pages. Each module draws one, with a template of the same name.

mod colours;
mod days;
mod frame;
mod line;
mod marks;

mod brief;
mod ceasefire;
mod claim;
mod incident;
pub(crate) mod list;
mod map;
mod overview;
mod report;
pub(crate) mod review;
mod tolls;

mod account;
mod admin;
mod api;
mod login;
mod moment;

use crate::route::Route;

pub(crate) use colours::Colours;
pub(crate) use frame::{Frame, Page};

pub(crate) fn routes() -> Vec<Route> {
    let mut all = overview::routes();
    all.extend(report::routes());
    all.extend(list::routes());
    all.extend(claim::routes());
    all.extend(brief::routes());
    all.extend(incident::routes());
    all.extend(ceasefire::routes());
    all.extend(map::routes());
    all.extend(tolls::routes());
    all.extend(login::routes());
    all.extend(account::routes());
    all.extend(admin::routes());
    all.extend(review::routes());
    all.extend(api::routes());
    all
}
