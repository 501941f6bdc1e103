//! People say of claims and figures whether they are read right, and what is: the queue, one object, conflicts between
//! coders, how far they agree, and everything that was ever said.

mod candidates;
mod context;
mod form;
mod plain;

mod agreement;
mod conflicts;
mod item;
mod judge;
mod log;
mod queue;

use axum::routing::{get, post};

pub(crate) use judge::{Saying, say};

use crate::guard::Role;
use crate::route::{Least, Route};

/// The parameters of an address or a form; a name may stand there more than once.
type Pairs = Vec<(String, String)>;

pub(crate) fn routes() -> Vec<Route> {
    let (coder, editor) = (Least::Role(Role::Coder), Least::Role(Role::Editor));
    vec![
        Route::get("/review", coder, get(queue::show)),
        Route::get("/review/conflicts", coder, get(conflicts::show)),
        Route::post("/review/conflicts/{kind}/{id}", editor, post(conflicts::settle)),
        Route::get("/review/agreement", coder, get(agreement::show)),
        Route::get("/review/log", coder, get(log::show)),
        Route::get("/review/{kind}/{id}", coder, get(item::show)),
        Route::post("/review/{kind}/{id}", coder, post(item::post)),
    ]
}

/// The first value of that name; empty where there is none.
fn field_of<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
}

/// A moment for people, in UTC, to the minute.
fn day(at: i64) -> String {
    let told = super::moment::moment(at);
    if told.is_empty() { told } else { format!("{told} UTC") }
}
