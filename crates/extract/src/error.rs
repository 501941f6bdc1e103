//! What can be wrong with our own data files: where, which line, and what was expected.

/// A mistake in a rule, speech or lexicon file.
#[derive(Debug)]
pub struct Error {
    file: String,
    /// Line and column from 1, and the line itself.
    place: Option<(usize, usize, String)>,
    message: String,
}

impl Error {
    /// A mistake in `file`, whose text is `text`, at byte `at` of it if known.
    pub(crate) fn new(file: &str, text: &str, at: Option<usize>, message: impl Into<String>) -> Self {
        let place = at.map(|at| {
            let before = &text[..at.min(text.len())];
            let line_start = before.rfind('\n').map_or(0, |i| i + 1);
            let line = text[line_start..].lines().next().unwrap_or_default();
            (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1, line.to_owned())
        });
        Self { file: file.to_owned(), place, message: message.into() }
    }

    /// A mistake that TOML itself reports.
    pub(crate) fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        Self::new(file, text, error.span().map(|s| s.start), error.message())
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Some((line, column, words)) => {
                write!(f, "{}:{line}:{column}: {}\n  {words}\n  {:>column$}", self.file, self.message, "^")
            }
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for Error {}
