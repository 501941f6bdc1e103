//! How are rule files written? Their TOML, and where in it a mistake stands.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// A mistake in a rule file: file, line, column, what, and the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("read the time rules: data/{file}:{line}:{column}: {what}\n    {text}")]
pub struct Error {
    file: &'static str,
    line: usize,
    column: usize,
    what: String,
    text: String,
}

/// An example of a rule file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
pub(crate) struct Example {
    pub text: String,
    pub published: Option<String>,
    /// `words = value..end ~ timex`, for every expression of the text, in order.
    pub times: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// What the file is for.
    #[expect(dead_code, reason = "written for the reader of the file")]
    pub about: String,
    #[serde(default)]
    pub class: BTreeMap<String, BTreeMap<String, Spanned<ClassEntry>>>,
    #[serde(default)]
    pub rule: Vec<RawRule>,
    #[serde(default)]
    pub test: Vec<Example>,
    /// Words that tell nothing of time.
    #[serde(default)]
    pub glue: Vec<String>,
    #[serde(default)]
    pub future: Vec<String>,
    #[serde(default)]
    pub past: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum ClassEntry {
    Number(f64),
    Name(String),
    WithCapital { is: Box<ClassEntry>, capital: bool },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub name: Spanned<String>,
    pub makes: String,
    #[serde(rename = "match")]
    pub pattern: Spanned<String>,
    pub value: Spanned<String>,
    /// Only a part of other expressions.
    #[serde(default)]
    pub inner: bool,
    #[serde(default)]
    pub capital: bool,
    #[serde(default)]
    pub before: Vec<String>,
    #[serde(default)]
    pub not_before: Vec<String>,
    #[serde(default)]
    pub after: Vec<String>,
    #[serde(default)]
    pub not_after: Vec<String>,
}

/// A rule file: its name and text.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub file: &'static str,
    pub text: &'static str,
}

impl Source {
    /// A mistake at byte `at`.
    pub fn error(&self, at: usize, what: String) -> Error {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |n| n + 1) + 1;
        let text = self.text.lines().nth(line).unwrap_or_default().to_owned();
        Error { file: self.file, line: line + 1, column, what, text }
    }

    /// A mistake that the TOML reader found.
    pub fn toml_error(&self, error: &toml::de::Error) -> Error {
        self.error(error.span().map_or(0, |s| s.start), error.message().to_owned())
    }
}
