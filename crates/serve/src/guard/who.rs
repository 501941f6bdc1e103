//! Who asks.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Role;

/// Who asks: the guard puts it into the request.
#[derive(Debug, Clone)]
pub struct Who {
    /// Name of the account; on one's own machine without accounts: `local`.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What every form sends back, so that no other site can send it.
    pub csrf: String,
}

impl Who {
    /// Whether they have at least this role.
    pub fn may(&self, role: Role) -> bool {
        self.role >= role
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let local = || Self { name: "local".to_owned(), role: Role::Admin, csrf: String::new() };
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(local))
    }
}
