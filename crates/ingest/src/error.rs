//! What can keep us from reading: a file, a metadata table, our own data files.

use std::path::Path;

/// Why something could not be read. The message fits after "cannot read …:".
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug)]
enum Kind {
    /// A sentence fragment that says what is wrong and how to mend it.
    File(String),
    /// A mistake in a line (from 1) of a table.
    Table { name: String, line: Option<u64>, message: String },
    /// A mistake in a file of `data/`: line and column from 1, and the line itself.
    Data { file: &'static str, place: Option<(usize, usize, String)>, message: String },
}

impl Error {
    /// What is wrong with a file, with how to mend it.
    pub(crate) fn file(message: impl Into<String>) -> Self {
        Self { kind: Kind::File(message.into()), source: None }
    }

    /// What the system says about a file.
    pub(crate) fn system(path: &Path, error: std::io::Error) -> Self {
        use std::io::ErrorKind as Io;
        let message = match error.kind() {
            Io::NotFound => format!("{} does not exist; check the spelling", path.display()),
            Io::PermissionDenied => format!("{} may not be read by you; change its permissions", path.display()),
            _ => format!("{} cannot be read: {error}", path.display()),
        };
        Self { kind: Kind::File(message), source: Some(Box::new(error)) }
    }

    /// What came up while a file was read, which may be one inside another.
    pub(crate) fn stream(path: &str, error: std::io::Error) -> Self {
        let message = match error.kind() {
            std::io::ErrorKind::UnexpectedEof => format!("{path} is cut off: it ends too early; fetch it again"),
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput => {
                format!("{path} is damaged ({error}); fetch it again")
            }
            _ => format!("{path} cannot be read any further: {error}"),
        };
        Self { kind: Kind::File(message), source: Some(Box::new(error)) }
    }

    /// A mistake in a table, in a line of it if known.
    pub(crate) fn table(name: &str, line: Option<u64>, message: impl Into<String>) -> Self {
        Self { kind: Kind::Table { name: name.to_owned(), line, message: message.into() }, source: None }
    }

    /// A mistake in one of our own data files, whose text is `text`.
    pub(crate) fn data(file: &'static str, text: &str, error: &toml::de::Error) -> Self {
        let place = error.span().map(|span| {
            let before = &text[..span.start.min(text.len())];
            let start = before.rfind('\n').map_or(0, |i| i + 1);
            let line = text[start..].lines().next().unwrap_or_default().to_owned();
            (before.matches('\n').count() + 1, before[start..].chars().count() + 1, line)
        });
        Self { kind: Kind::Data { file, place, message: error.message().to_owned() }, source: None }
    }

    /// A mistake in the list of outlets.
    pub(crate) fn outlets(error: press::Error) -> Self {
        Self { kind: Kind::File(error.to_string()), source: None }
    }

    /// A mistake in one of our own data files that its form does not show.
    pub(crate) fn data_value(file: &'static str, message: impl Into<String>) -> Self {
        Self { kind: Kind::Data { file, place: None, message: message.into() }, source: None }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            Kind::File(message) => f.write_str(message),
            Kind::Table { name, line: Some(line), message } => write!(f, "{name}, line {line}: {message}"),
            Kind::Table { name, line: None, message } => write!(f, "{name}: {message}"),
            Kind::Data { file, place: Some((line, column, words)), message } => {
                write!(f, "data/{file}:{line}:{column}: {message}\n  {words}\n  {:>column$}", "^")
            }
            Kind::Data { file, place: None, message } => write!(f, "data/{file}: {message}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| &**e as &(dyn std::error::Error + 'static))
    }
}
