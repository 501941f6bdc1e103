//! Every path that is answered, in one table: its method, the least role that it takes, and what answers.

use axum::Router;
use axum::routing::MethodRouter;

use crate::Role;
use crate::desk::Desk;
use crate::guard::FORM;

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Least {
    /// Everybody: the page to log in, style sheets.
    Anybody,
    /// Those with at least this role.
    Role(Role),
}

/// One method of one path.
pub struct Route {
    /// `GET`, `POST`, `DELETE`.
    pub method: &'static str,
    /// As `axum` writes it: `/claims/{id}`.
    pub path: &'static str,
    /// Who may ask.
    pub least: Least,
    /// Bytes of the largest body.
    pub largest: usize,
    /// What answers.
    pub handler: MethodRouter<Desk>,
}

impl Route {
    /// A page or object to look at.
    pub fn get(path: &'static str, least: Least, handler: MethodRouter<Desk>) -> Self {
        Self { method: "GET", path, least, largest: FORM, handler }
    }

    /// Something to do.
    pub fn post(path: &'static str, least: Least, handler: MethodRouter<Desk>) -> Self {
        Self { method: "POST", path, least, largest: FORM, handler }
    }

    /// With bodies of up to so many bytes.
    pub fn up_to(mut self, bytes: usize) -> Self {
        self.largest = bytes;
        self
    }
}

/// The table.
pub fn routes() -> Vec<Route> {
    let mut all = crate::assets::routes();
    all.extend(crate::pages::routes());
    all.extend(crate::api::routes());
    all
}

/// What answers all of them, with the guard in front.
pub fn router(desk: Desk) -> Router {
    let mut router: Router<Desk> = Router::new();
    for route in routes() {
        router = router.route(route.path, crate::guard::only(route.least, route.largest, route.handler));
    }
    crate::guard::around(router.fallback(crate::fault::nowhere), desk.clone()).with_state(desk)
}
