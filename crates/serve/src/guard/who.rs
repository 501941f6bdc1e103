//! Who asks.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Role;

/// By what somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Not at all.
    Nobody,
    /// There are no accounts, and only one's own machine can ask.
    Local,
    /// Logged in, with a browser.
    Session,
    /// By a token, as programs do.
    Token,
}

/// Who asks: the guard puts it into the request.
#[derive(Debug, Clone)]
pub struct Who {
    /// Name of the account; on one's own machine without accounts: `local`; empty for nobody.
    pub name: String,
    /// What they may do; see [`Who::may`].
    pub role: Role,
    /// What every form sends back, so that no other site can send it.
    pub csrf: String,
    /// By what they came in.
    pub way: Way,
}

impl Who {
    /// Somebody who did not tell who they are.
    pub fn nobody(csrf: String) -> Self {
        Self { name: String::new(), role: Role::Reader, csrf, way: Way::Nobody }
    }

    /// Whether they have at least this role.
    pub fn may(&self, role: Role) -> bool {
        self.way != Way::Nobody && self.role >= role
    }

    /// Whether they have an account and are logged in with a browser.
    pub fn is_logged_in(&self) -> bool {
        self.way == Way::Session
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self::nobody(String::new())))
    }
}
