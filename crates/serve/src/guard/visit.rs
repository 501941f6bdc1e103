//! From where somebody asks, over what, and with which session.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use store::Print;

use super::Secret;
use crate::desk::Settings;

/// The circumstances of a request: the guard puts them into it.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// Of the client; behind a proxy, as that says.
    pub address: IpAddr,
    /// Whether nobody on the way can listen.
    pub secure: bool,
    /// Print of the session that the browser sent.
    pub session: Option<Print>,
}

impl Default for Visit {
    fn default() -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), secure: false, session: None }
    }
}

impl Visit {
    pub fn of(parts: &Parts, settings: &Settings) -> Self {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let mut visit = Self { secure: settings.tls.is_some(), ..Self::default() };
        visit.address = peer.unwrap_or(visit.address).to_canonical();
        if settings.behind_proxy {
            // The last entry is the proxy's own; those before it are the client's to invent.
            let told = last(&parts.headers, "x-forwarded-for").and_then(|a| a.parse::<IpAddr>().ok());
            visit.address = told.unwrap_or(visit.address).to_canonical();
            visit.secure = last(&parts.headers, "x-forwarded-proto").is_some_and(|p| p == "https");
        }
        visit.session = visit.cookie(&parts.headers).and_then(|c| Secret::parse(&c)).map(|s| s.print());
        visit
    }

    /// Name of the cookie of the session. With `__Host-`, browsers take it from nobody but this host, over TLS.
    pub fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-standoff" } else { "standoff" }
    }

    /// The header that gives a browser a session.
    pub fn set_cookie(&self, secret: &Secret) -> String {
        format!("{}={}; {}", self.cookie_name(), secret.text(), self.attributes())
    }

    /// The header that takes it back.
    pub fn unset_cookie(&self) -> String {
        format!("{}=; {}; Max-Age=0", self.cookie_name(), self.attributes())
    }

    fn attributes(&self) -> String {
        format!("Path=/; HttpOnly; SameSite=Strict{}", if self.secure { "; Secure" } else { "" })
    }

    fn cookie(&self, headers: &HeaderMap) -> Option<String> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        lines
            .flat_map(|l| l.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.cookie_name())
            .map(|(_, value)| value.to_owned())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// The last of the values of a header, which may be several lines of lists.
fn last(headers: &HeaderMap, name: &'static str) -> Option<String> {
    let line = headers.get_all(HeaderName::from_static(name)).iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next().map(|v| v.trim().to_ascii_lowercase())
}
