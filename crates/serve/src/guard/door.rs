//! At each route: may whoever asks do this, and did they mean to?

use axum::body::{Body, to_bytes};
use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::secret::same;
use super::{Way, Who};
use crate::fault::Fault;
use crate::route::Least;

/// The header, or the field of a form, that carries the token against forgery.
const HEADER: &str = "x-csrf";
const FIELD: &str = "csrf";

pub(super) async fn pass(least: Least, largest: usize, request: Request, next: Next) -> Response {
    match check(least, largest, request).await {
        Ok(request) => next.run(request).await,
        Err(answer) => answer,
    }
}

async fn check(least: Least, largest: usize, request: Request) -> Result<Request, Response> {
    let who = request.extensions().get::<Who>().cloned().unwrap_or_else(|| Who::nobody(String::new()));
    if let Least::Role(role) = least {
        if who.way == Way::Nobody {
            return Err(to_login(&request));
        }
        if !who.may(role) {
            let told = format!("this takes the role {}; yours is {}", role.as_str(), who.role.as_str());
            return Err(Fault::new(StatusCode::FORBIDDEN, "forbidden", told).into_response());
        }
    }
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // A token is sent by nobody but who has it; a cookie goes along with whatever a page makes the browser send.
    if changes && who.way != Way::Token {
        from_ourselves(request.headers()).map_err(IntoResponse::into_response)?;
        return meant(&who, largest, request).await.map_err(IntoResponse::into_response);
    }
    Ok(request)
}

/// Programs are told; browsers are shown the way.
fn to_login(request: &Request) -> Response {
    let page = *request.method() == Method::GET && !request.uri().path().starts_with("/api/");
    if !page {
        return Fault::new(StatusCode::UNAUTHORIZED, "login-needed", "this takes an account; log in, or send a token")
            .with(header::WWW_AUTHENTICATE, "Bearer")
            .into_response();
    }
    let here = request.uri().path_and_query().map_or("/", |p| p.as_str());
    if came_from_elsewhere(request.headers()) {
        return hop();
    }
    let to: String = here.bytes().map(escaped).collect();
    Redirect::to(&if here == "/" { "/login".to_owned() } else { format!("/login?to={to}") }).into_response()
}

/// The session's cookie does not go along where another site's link is followed, so that such a request looks as if
/// nobody were logged in. The same page asked by ourselves tells.
fn hop() -> Response {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0\">\
                <title>Standoff</title><p><a href=\"\">On to the page</a></p></html>";
    Html(page).into_response()
}

fn came_from_elsewhere(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|v| v == value);
    is("sec-fetch-mode", "navigate") && (is("sec-fetch-site", "cross-site") || is("sec-fetch-site", "same-site"))
}

/// Browsers say where a request was made; programs say nothing.
fn from_ourselves(headers: &HeaderMap) -> Result<(), Fault> {
    let told = |name| headers.get(name).and_then(|v: &axum::http::HeaderValue| v.to_str().ok());
    let ours = match (told("sec-fetch-site"), told("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = told("host");
            origin.split_once("://").is_some_and(|(_, o)| host.is_some_and(|h| o.eq_ignore_ascii_case(h)))
        }
        (None, None) => true,
    };
    if ours { Ok(()) } else { Err(forged("another site made this request")) }
}

/// Whether the request carries the token that only our own forms have.
async fn meant(who: &Who, largest: usize, request: Request) -> Result<Request, Fault> {
    if let Some(told) = request.headers().get(HEADER) {
        let right = told.to_str().is_ok_and(|t| same(t, &who.csrf)) && !who.csrf.is_empty();
        return if right { Ok(request) } else { Err(stale()) };
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !matches!(kind.as_str(), "application/x-www-form-urlencoded" | "multipart/form-data") {
        return Err(forged(&format!("a request that changes something carries the header {HEADER}, or a token")));
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, largest).await.map_err(|_| too_large(largest))?;
    let copy = Request::from_parts(parts.clone(), Body::from(body.clone()));
    let told = if kind.starts_with("multipart") { part(copy).await } else { field(copy).await };
    let right = told.is_some_and(|t| same(&t, &who.csrf)) && !who.csrf.is_empty();
    if right { Ok(Request::from_parts(parts, Body::from(body))) } else { Err(stale()) }
}

async fn field(request: Request) -> Option<String> {
    let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, &()).await.ok()?;
    fields.into_iter().find(|(name, _)| name == FIELD).map(|(_, value)| value)
}

async fn part(request: Request) -> Option<String> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    while let Ok(Some(part)) = parts.next_field().await {
        if part.name() == Some(FIELD) {
            return part.text().await.ok();
        }
    }
    None
}

fn forged(message: &str) -> Fault {
    Fault::new(StatusCode::FORBIDDEN, "forged", message)
}

fn stale() -> Fault {
    forged("the form is an old one, or not ours; go back, load the page again and repeat")
}

/// The body is larger than the route takes.
fn too_large(largest: usize) -> Fault {
    let told = format!("that is too much at once; this takes at most {} kB", largest >> 10);
    Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", told)
}

/// A byte as a part of a query.
fn escaped(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
