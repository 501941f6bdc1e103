//! Who asks, and may they? Accounts, sessions, tokens; what every answer carries to keep a browser from harm.

mod role;
mod who;

use axum::Router;
use axum::routing::MethodRouter;

use crate::desk::Desk;
use crate::route::{Least, Route};

pub use role::Role;
pub use who::Who;

/// Paths to log in and out.
pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}

/// A handler that only answers those who may ask.
pub(crate) fn only(_least: Least, handler: MethodRouter<Desk>) -> MethodRouter<Desk> {
    handler
}

/// What goes around every answer.
pub(crate) fn around(router: Router<Desk>, _desk: Desk) -> Router<Desk> {
    router
}
