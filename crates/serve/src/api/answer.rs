//! Answers as JSON, with a mark by which a program can ask whether they have changed.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::desk::Desk;
use crate::fault::Fault;

/// What a program keeps of an answer, to ask whether it has changed.
#[derive(Debug, Clone)]
pub(super) struct Tag(String);

impl Tag {
    /// Of all answers made now: it changes with the ledger, with the program, and when the desk is opened anew.
    pub fn now(desk: &Desk) -> Self {
        let run = desk.keeper().run();
        Self(format!("\"{}-{}-{run}\"", env!("CARGO_PKG_VERSION"), desk.index().change()))
    }

    /// The answer for a program that has this one already.
    pub fn unchanged(&self, headers: &HeaderMap) -> Option<Response> {
        let had = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
        let mut had = had.flat_map(|v| v.split(',')).map(|t| t.trim().trim_start_matches("W/"));
        had.any(|t| t == self.0 || t == "*").then(|| (StatusCode::NOT_MODIFIED, self.headers()).into_response())
    }

    fn headers(&self) -> [(header::HeaderName, String); 2] {
        // Kept by the program that asked alone, and never used without asking.
        [(header::ETAG, self.0.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())]
    }

    /// An answer that has it.
    pub fn answer(&self, body: &impl Serialize) -> Result<Response, Fault> {
        let mut answer = json(body)?;
        for (name, value) in self.headers() {
            let value = value.parse().map_err(|e| Fault::broken(format!("a header cannot be written: {e}")))?;
            answer.headers_mut().insert(name, value);
        }
        Ok(answer)
    }
}

/// A value as JSON.
pub(super) fn json(body: &impl Serialize) -> Result<Response, Fault> {
    let body = serde_json::to_vec(body).map_err(|e| Fault::broken(format!("an answer cannot be written: {e}")))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
