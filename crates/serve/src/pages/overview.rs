//! What is new, what is disputed, how the truce stands.

use askama::Template;
use axum::extract::State;
use axum::routing::get;

use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/", Least::Role(Role::Reader), get(overview))]
}

async fn overview(State(desk): State<Desk>, who: Who) -> Result<Page, Fault> {
    Page::of(&Overview { frame: Frame::new(&desk, who, "/", "Overview") })
}
