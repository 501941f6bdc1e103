//! `/api/v1`: the ledger for programs. JSON as `standoff export` writes it; lists by pages that begin at lines; answers
//! that say whether they have changed. `docs/api.md` tells of it, `openapi.json` describes it.

mod answer;
mod corrections;
mod description;
mod events;
mod jobs;
mod lists;
mod objects;
mod overview;
mod reports;
mod root;
mod search;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::routing::{get, post};

use crate::desk::Desk;
use crate::guard::{Role, Visit, Who};
use crate::index::{Asked, Kind};
use crate::pages::list::LISTS;
use crate::pages::list::export::{Format, file};
use crate::route::{Least, Route};

pub use description::openapi;
pub(crate) use description::{Endpoint, endpoints};
pub(crate) use events::Events;
pub(crate) use jobs::Jobs;
pub use jobs::{Intake, Outcome, ReadReport, Sent, Told, UnreadReport};

/// Bytes of reports sent at once.
pub(crate) const REPORT: usize = 16 << 20;

pub(crate) fn routes() -> Vec<Route> {
    macro_rules! list {
        ($kind:ident) => {
            get(|State(desk): State<Desk>, headers: HeaderMap, asked: Asked| {
                lists::list(desk, headers, asked, Kind::$kind)
            })
        };
    }
    macro_rules! one {
        ($kind:ident) => {
            get(|State(desk): State<Desk>, headers: HeaderMap, Path(id): Path<String>| {
                objects::one(desk, headers, Kind::$kind, id)
            })
        };
    }
    macro_rules! whole {
        ($n:literal, $format:ident) => {
            get(|State(desk): State<Desk>, who: Who, visit: Visit, asked: Asked| {
                file(desk, (who, visit), asked, &LISTS[$n], Format::$format)
            })
        };
    }
    let reader = Least::Role(Role::Reader);
    vec![
        Route::get("/api/v1", reader, get(root::root)),
        Route::get("/api/v1/openapi.json", reader, get(root::description)),
        Route::get("/api/v1/articles", reader, list!(Reports)),
        Route::get("/api/v1/articles/{id}", reader, one!(Reports)),
        Route::get("/api/v1/claims", reader, list!(Claims)),
        Route::get("/api/v1/claims/{id}", reader, one!(Claims)),
        Route::get("/api/v1/figures", reader, list!(Figures)),
        Route::get("/api/v1/figures/{id}", reader, one!(Figures)),
        Route::get("/api/v1/incidents", reader, list!(Incidents)),
        Route::get("/api/v1/incidents/{id}", reader, one!(Incidents)),
        Route::get("/api/v1/ceasefires", reader, list!(Ceasefires)),
        Route::get("/api/v1/ceasefires/{id}", reader, one!(Ceasefires)),
        Route::get("/api/v1/entities", reader, list!(Entities)),
        Route::get("/api/v1/entities/{id}", reader, one!(Entities)),
        Route::get("/api/v1/claims.jsonl", reader, whole!(0, Jsonl)),
        Route::get("/api/v1/claims.csv", reader, whole!(0, Csv)),
        Route::get("/api/v1/figures.jsonl", reader, whole!(1, Jsonl)),
        Route::get("/api/v1/figures.csv", reader, whole!(1, Csv)),
        Route::get("/api/v1/incidents.jsonl", reader, whole!(2, Jsonl)),
        Route::get("/api/v1/incidents.csv", reader, whole!(2, Csv)),
        Route::get("/api/v1/ceasefires.jsonl", reader, whole!(3, Jsonl)),
        Route::get("/api/v1/ceasefires.csv", reader, whole!(3, Csv)),
        Route::get("/api/v1/entities.jsonl", reader, whole!(4, Jsonl)),
        Route::get("/api/v1/entities.csv", reader, whole!(4, Csv)),
        Route::get("/api/v1/articles.jsonl", reader, whole!(5, Jsonl)),
        Route::get("/api/v1/articles.csv", reader, whole!(5, Csv)),
        Route::get("/api/v1/search", reader, get(search::search)),
        Route::get("/api/v1/tolls", reader, get(overview::tolls)),
        Route::get("/api/v1/disputes", reader, get(overview::disputes)),
        Route::get("/api/v1/timeline", reader, get(overview::timeline)),
        Route::get("/api/v1/corrections", Least::Role(Role::Coder), get(corrections::list)),
        Route::post("/api/v1/corrections", Least::Role(Role::Coder), post(corrections::say)),
        Route::get("/api/v1/events", reader, get(events::stream)),
        Route::post("/api/v1/reports", Least::Role(Role::Editor), post(reports::send)).up_to(REPORT),
        Route::get("/api/v1/jobs/{id}", Least::Role(Role::Editor), get(reports::job)),
    ]
}
