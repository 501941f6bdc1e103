//! What the API is, and who asks.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answer;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Who;

pub(super) async fn root(State(desk): State<Desk>, who: Who) -> Result<Response, Fault> {
    let file = desk.settings().ledger.file_name().map(|n| n.to_string_lossy().into_owned());
    // Programs on one's own machine send `csrf` as the header `x-csrf` where they change something.
    answer::json(&json!({
        "program": concat!("standoff ", env!("CARGO_PKG_VERSION")),
        "ledger": file,
        "change": desk.index().change(),
        "name": who.name,
        "role": who.role.as_str(),
        "csrf": (!who.csrf.is_empty()).then_some(&who.csrf),
        "description": "/api/v1/openapi.json",
    }))
}

pub(super) async fn description() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], super::openapi()).into_response()
}
