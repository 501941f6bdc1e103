//! What a stage noticed about its input that a person should know: strange input is not an error.

use std::borrow::Cow;

/// One remark, for the summary at the end of a run and for `explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A stable name of the kind of remark, e.g. `undated` or `unknown-place`.
    pub kind: Cow<'static, str>,
    /// What and where, in plain words, with how to mend it where it can be mended.
    pub message: String,
}

impl Note {
    /// A remark of a kind.
    pub fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self { kind: Cow::Borrowed(kind), message: message.into() }
    }
}
