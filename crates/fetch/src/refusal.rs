//! What does it mean for us that a server answers otherwise than hoped, or not at all?

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, HeaderName};

use crate::error::{Error, Trouble};
use crate::guard::{Unfit, unfit_error};
use crate::retry::retry_after;

/// What a status other than success means for us.
pub(crate) fn of_status(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Error {
    let told = |what: &str| format!("the server {what} ({status})");
    let wait = text(headers, header::RETRY_AFTER).and_then(|v| retry_after(&v, now));
    let error = match status.as_u16() {
        // A page that is always in trouble must not keep the rest of its site from us.
        503 if wait.is_none() => Error::new(Trouble::ServerError, told("has a trouble of its own")),
        429 | 503 => Error::new(Trouble::Later, told("asks to be left alone for a while")),
        404 => Error::new(Trouble::NotThere, told("has nothing there")),
        410 => Error::new(Trouble::Gone, told("has nothing there any more")),
        408 | 421 | 425 | 500.. => Error::new(Trouble::ServerError, told("has a trouble of its own")),
        400..=499 => Error::new(Trouble::Refused, told("does not give it to us")),
        _ => Error::new(Trouble::BrokenOff, told("answers what was not asked")),
    };
    match wait {
        Some(wait) => error.after(wait),
        None => error,
    }
}

/// What a broken exchange means for us; `silence` is the longest time without a byte, `trusts` whether this machine has
/// certificates to trust.
pub(crate) fn of_transport(error: reqwest::Error, silence: Duration, trusts: bool) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(e) = cause {
        if let Some(unfit) = e.downcast_ref::<Unfit>() {
            return unfit_error(*unfit);
        }
        cause = e.source();
    }
    let why = innermost(&error);
    if error.is_timeout() {
        return slow(silence).because(error);
    }
    if error.is_connect() {
        let hint = if trusts { "" } else { " (this machine has no certificates to trust: install ca-certificates)" };
        return Error::new(Trouble::Unreachable, format!("no connection can be made: {why}{hint}")).because(error);
    }
    Error::new(Trouble::BrokenOff, format!("the answer breaks off or makes no sense: {why}")).because(error)
}

/// Somebody took longer than a limit allows.
pub(crate) fn slow(limit: Duration) -> Error {
    Error::new(Trouble::Slow, format!("it takes longer than {} seconds", limit.as_secs_f32()))
}

/// A header as text, if it has words.
pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned)
}

/// The last cause of an error: the others only say where it happened.
pub(crate) fn innermost(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}
