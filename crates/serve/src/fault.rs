//! What went wrong, with a code that stays the same. Nobody outside sees how it looks inside.

use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// Why a request is not answered as asked.
#[derive(Debug)]
pub struct Fault {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// For the program's own log, never for who asked.
    inner: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What the guard draws of a fault: a page or JSON, by who asked.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub code: &'static str,
    pub message: String,
}

impl Fault {
    /// There is no such thing.
    pub fn missing(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", format!("there is no such {what} in this ledger"))
    }

    /// The question cannot be understood: which part, why, and what would do.
    pub fn asked(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    /// Something of ours failed.
    pub fn broken(inner: impl Into<String>) -> Self {
        let mut fault = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "something went wrong here; the program's own log tells what",
        );
        fault.inner = Some(inner.into());
        fault
    }

    /// Any other; `code` is one of `docs/api.md`.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), inner: None, headers: Vec::new() }
    }

    /// Adds a header to the answer.
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::from_str(value).ok().map(|v| (name, v)));
        self
    }

    /// Its HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Its code: stable, for programs.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// For people.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl From<store::Error> for Fault {
    fn from(e: store::Error) -> Self {
        Self::broken(format!("{e}"))
    }
}

impl From<askama::Error> for Fault {
    fn from(e: askama::Error) -> Self {
        Self::broken(format!("a page could not be drawn: {e}"))
    }
}

/// As text; the guard makes a page or JSON of it, by who asked.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        if let Some(inner) = &self.inner {
            eprintln!("standoff: {inner}");
        }
        let body = format!("{} ({})\n", self.message, self.code);
        let mut answer = (self.status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response();
        answer.headers_mut().extend(self.headers);
        answer.extensions_mut().insert(Told { code: self.code, message: self.message });
        answer
    }
}

/// For paths that are not in the table.
pub(crate) async fn nowhere(uri: Uri) -> Fault {
    Fault::new(StatusCode::NOT_FOUND, "no-such-page", format!("there is no page {}", uri.path()))
}
