//! Around everything: headers that keep a browser from harm, and faults drawn for whoever asked.

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Visit, Who};
use crate::desk::Desk;
use crate::fault::Told;
use crate::pages::{Frame, Page};

/// Nothing from elsewhere, nothing inline, framed by nobody.
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                   form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: with that, browsers hide the origin of our own forms from us as well.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), \
         payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

#[derive(Template)]
#[template(path = "fault.html")]
struct Drawn {
    frame: Frame,
    code: &'static str,
    message: String,
}

pub(super) async fn pass(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let json = wants_json(request.uri().path(), request.headers());
    let (parts, body) = request.into_parts();
    let secure = Visit::of(&parts, desk.settings()).secure;
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if answer.status().is_client_error() || answer.status().is_server_error() {
        answer = draw(&desk, json, answer);
    }
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    answer
}

fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    path.starts_with("/api/") || accepts.starts_with("application/json")
}

/// A fault as whoever asked can read it. What a handler has drawn itself stays.
fn draw(desk: &Desk, json: bool, answer: Response) -> Response {
    let told = answer.extensions().get::<Told>().cloned();
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if told.is_none() && !kind.is_empty() && !kind.starts_with("text/plain") {
        return answer;
    }
    let status = answer.status();
    let told = told.unwrap_or_else(|| told_by(status));
    let who = answer.extensions().get::<Who>().cloned().unwrap_or_else(|| Who::nobody(String::new()));
    let (mut parts, _) = answer.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let drawn = if json {
        Json(serde_json::json!({"code": told.code, "message": told.message})).into_response()
    } else {
        let frame = Frame::new(desk, who, "", title(status));
        match Page::of(&Drawn { frame, code: told.code, message: told.message }) {
            Ok(page) => page.into_response(),
            Err(_) => Response::new(Body::from("something went wrong here\n")),
        }
    };
    let (drawn, body) = drawn.into_parts();
    parts.headers.extend(drawn.headers);
    Response::from_parts(parts, body)
}

/// For answers that the framework makes: a wrong method, a query that cannot be read.
fn told_by(status: StatusCode) -> Told {
    let (code, message) = match status {
        StatusCode::METHOD_NOT_ALLOWED => ("wrong-method", "this address does not take that method"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "that is too much at once"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("wrong-kind", "this address does not take that kind of content"),
        StatusCode::GATEWAY_TIMEOUT | StatusCode::REQUEST_TIMEOUT => ("too-slow", "that took too long"),
        StatusCode::NOT_FOUND => ("no-such-page", "there is no such page"),
        s if s.is_client_error() => ("bad-request", "the request cannot be understood; look at its address and fields"),
        _ => ("internal", "something went wrong here; the program's own log tells what"),
    };
    Told { code, message: message.to_owned() }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "Not logged in",
        StatusCode::FORBIDDEN => "Not allowed",
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::TOO_MANY_REQUESTS => "Too fast",
        s if s.is_client_error() => "Not understood",
        _ => "Something went wrong",
    }
}
