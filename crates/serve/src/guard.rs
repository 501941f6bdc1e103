//! Who asks, and may they? Accounts, sessions, tokens; what every answer carries to keep a browser from harm.
//!
//! A request passes, from outside in: [`shield`] (headers; faults drawn), a net for panics, limits of time and size,
//! [`gate`] (host, pace, who it is; the audit log), and at each route [`door`] (role, forgery).

mod role;
mod who;

mod keeper;
mod password;
mod secret;

mod door;
mod gate;
mod pace;
mod shield;
mod visit;

mod exposure;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::MethodRouter;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::route::Least;

pub use exposure::{Refusal, exposed};
pub(crate) use gate::Written;
pub use keeper::account_name;
pub(crate) use keeper::{Keeper, LIVES, logout};
pub use password::hash as hash_password;
pub(crate) use password::{matches, too_plain};
pub use role::Role;
pub(crate) use secret::Secret;
pub use secret::new_token;
pub(crate) use visit::Visit;
pub use who::{Way, Who};

/// Bytes of a form.
pub(crate) const FORM: usize = 256 << 10;

/// How long an answer may take to begin, and a client may pause while sending.
const ANSWER: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_secs(20);

/// A handler that only answers those who may ask, with bodies of at most `largest` bytes.
pub(crate) fn only(least: Least, largest: usize, handler: MethodRouter<Desk>) -> MethodRouter<Desk> {
    handler
        .route_layer(DefaultBodyLimit::max(largest))
        .route_layer(from_fn(move |request, next| door::pass(least, largest, request, next)))
}

/// What goes around every answer.
pub(crate) fn around(router: Router<Desk>, desk: Desk) -> Router<Desk> {
    let settings = desk.settings();
    // Over the loopback there is nothing to save.
    let far = !settings.listen.ip().is_loopback() && !settings.behind_proxy;
    let router = router
        .layer(from_fn_with_state(desk.clone(), gate::pass))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, ANSWER))
        .layer(RequestBodyTimeoutLayer::new(PAUSE))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state(desk, shield::pass));
    if far { router.layer(CompressionLayer::new()) } else { router }
}

/// What panicked is told by the program's own panic hook.
fn after_panic(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    axum::response::IntoResponse::into_response(Fault::broken("an answer broke off"))
}
