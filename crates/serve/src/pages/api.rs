//! A page to try the API: a form for each question that changes nothing. The answers are the API's own.

use askama::Template;
use axum::extract::State;
use axum::routing::get;

use super::{Frame, Page};
use crate::api::{Endpoint, endpoints};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "api.html")]
struct Api {
    frame: Frame,
    endpoints: Vec<Endpoint>,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api", Least::Role(Role::Reader), get(api)),
        // A form cannot write into a path; this leads on to where it means.
        Route::get("/api/one", Least::Role(Role::Reader), get(one)),
    ]
}

async fn api(State(desk): State<Desk>, who: Who) -> Result<Page, Fault> {
    Page::of(&Api { frame: Frame::new(&desk, who, "/api", "API"), endpoints: endpoints() })
}

#[derive(serde::Deserialize)]
struct Asked {
    of: String,
    id: String,
}

async fn one(axum::extract::Query(asked): axum::extract::Query<Asked>) -> Result<axum::response::Redirect, Fault> {
    let known = endpoints().into_iter().find(|e| e.method == "GET" && !e.parts().is_empty() && e.path == asked.of);
    let known = known.ok_or_else(|| Fault::missing("question"))?;
    let id = crate::index::encoded(asked.id.trim()).replace('+', "%20");
    if id.is_empty() || id.bytes().all(|b| b == b'.') {
        return Err(Fault::asked("say which: the id"));
    }
    Ok(axum::response::Redirect::to(&known.path.replace("{id}", &id)))
}
