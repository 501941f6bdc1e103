//! A mistake in the list of outlets, with its place.

/// What is wrong with `data/outlets.toml`, with line, column and the line. The message fits after "cannot read …:".
#[derive(Debug)]
pub struct Error {
    line: usize,
    column: usize,
    words: String,
    message: String,
}

impl Error {
    /// A mistake at byte `at` of the file, whose text is `text`.
    pub(crate) fn at(text: &str, at: usize, message: impl Into<String>) -> Self {
        let before = &text[..at.min(text.len())];
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            words: text[start..].lines().next().unwrap_or_default().to_owned(),
            message: message.into(),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, column, words, message } = self;
        write!(f, "data/{}:{line}:{column}: {message}\n  {words}\n  {:>column$}", crate::file::FILE, "^")
    }
}

impl std::error::Error for Error {}
