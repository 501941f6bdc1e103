//! Before any route: is the request meant for this host, is it within its pace, and who is it from? After it: what was
//! done or refused is written down.

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::secret::TOKEN;
use super::{Secret, Visit, Way, Who};
use crate::desk::{Desk, Settings};
use crate::fault::Fault;

/// Names by which only the machine itself is asked.
const HOME: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Put into an answer whose handler has written down itself what it did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written;

pub(super) async fn pass(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = Visit::of(&parts, desk.settings());
    let asked = (parts.method.clone(), parts.uri.clone());
    let (who, answer) = match admit(&desk, &parts, &visit).await {
        Ok(who) => {
            parts.extensions.insert(who.clone());
            parts.extensions.insert(visit.clone());
            (who, next.run(Request::from_parts(parts, body)).await)
        }
        Err(fault) => (Who::nobody(String::new()), fault.into_response()),
    };
    let status = answer.extensions().get::<Written>().is_none().then(|| answer.status());
    let mut answer = match write_down(&desk, &who, &visit, &asked, status).await {
        Ok(()) => answer,
        // What cannot be written down is not to be taken for done.
        Err(fault) => fault.into_response(),
    };
    answer.extensions_mut().insert(who);
    answer.extensions_mut().insert(visit);
    answer
}

/// Who asks, if they may ask at all.
async fn admit(desk: &Desk, parts: &Parts, visit: &Visit) -> Result<Who, Fault> {
    meant_for_us(&parts.headers, &parts.uri, desk.settings())?;
    let keeper = desk.keeper();
    if keeper.has_accounts()? {
        keeper.pace.address(visit.address)?;
    }
    let who = known(desk, &parts.headers, visit).await?;
    if matches!(who.way, Way::Session | Way::Token) {
        keeper.pace.account(&who.name)?;
    }
    Ok(who)
}

async fn known(desk: &Desk, headers: &HeaderMap, visit: &Visit) -> Result<Who, Fault> {
    if let Some(told) = headers.get(header::AUTHORIZATION) {
        let secret = told.to_str().ok().and_then(bearer);
        let who = match secret {
            Some(secret) => desk.by_token(secret.print()).await?,
            None => None,
        };
        return who.ok_or_else(|| {
            let told = "the token is unknown, has ended, or belongs to an account that is shut";
            Fault::new(StatusCode::UNAUTHORIZED, "token-unknown", told)
                .with(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
        });
    }
    let who = match visit.session {
        Some(print) => desk.by_session(print).await?,
        None => None,
    };
    who.map_or_else(|| desk.keeper().unknown(), Ok)
}

/// `Bearer standoff_…`
fn bearer(told: &str) -> Option<Secret> {
    let (scheme, token) = told.split_once(' ')?;
    let digits = token.trim().strip_prefix(TOKEN)?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::parse(digits))?
}

/// A page elsewhere may let its own name point at this machine, and would then be asked as if it were us. So a desk that
/// answers on the machine alone answers to the machine's own names alone, and one with names to those.
fn meant_for_us(headers: &HeaderMap, uri: &Uri, settings: &Settings) -> Result<(), Fault> {
    let told = headers.get(header::HOST).and_then(|h| h.to_str().ok());
    let Some(host) = told.or_else(|| uri.authority().map(|a| a.as_str())) else { return Ok(()) };
    let name = without_port(host).to_ascii_lowercase();
    let at_home = settings.listen.ip().is_loopback() && !settings.behind_proxy;
    let open = settings.hosts.is_empty() && !at_home;
    let ours = settings.hosts.iter().any(|h| h.eq_ignore_ascii_case(&name))
        || at_home && (HOME.contains(&name.as_str()) || name == settings.listen.ip().to_string());
    if open || ours {
        return Ok(());
    }
    let told = "this desk does not answer to that host name; --host gives it another";
    Err(Fault::new(StatusCode::MISDIRECTED_REQUEST, "wrong-host", told))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

/// What changed something, and what was refused; `None` where the handler has written it down.
async fn write_down(
    desk: &Desk,
    who: &Who,
    visit: &Visit,
    (method, uri): &(Method, Uri),
    status: Option<StatusCode>,
) -> Result<(), Fault> {
    let Some(status) = status else { return Ok(()) };
    let refused = [401, 403, 421, 429].contains(&status.as_u16());
    let changes = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) && !status.is_client_error();
    if !(refused || changes) || refused && !desk.keeper().pace.notes_refusal(visit.address) {
        return Ok(());
    }
    let mut deed = desk.deed(&who.name, visit, if refused { "refused" } else { "did" }, uri.path());
    deed.detail = format!("{method} {}", status.as_u16());
    desk.log(deed).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_no_part_of_a_name() {
        let pairs = [
            ("localhost:8080", "localhost"),
            ("[::1]:80", "[::1]"),
            ("[::1]", "[::1]"),
            ("desk.example", "desk.example"),
        ];
        for (host, name) in pairs {
            assert_eq!(without_port(host), name);
        }
    }

    #[test]
    fn a_token_is_read_only_in_its_own_form() {
        let digits = "ab".repeat(32);
        assert!(bearer(&format!("Bearer standoff_{digits}")).is_some());
        assert!(bearer(&format!("bearer standoff_{digits}")).is_some());
        for wrong in [format!("Basic standoff_{digits}"), format!("Bearer {digits}"), "Bearer standoff_é".to_owned()] {
            assert!(bearer(&wrong).is_none(), "{wrong}");
        }
    }
}
