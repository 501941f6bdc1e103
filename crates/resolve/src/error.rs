//! What is wrong with a data file, and where?

/// Why knowledge could not be read: a profile or another file of `data/` with something in it that cannot be meant.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

impl Error {
    /// A complaint about `text[at]` of a file: file, line and column, what is wrong, and the line.
    pub(crate) fn at(file: &str, text: &str, at: Option<std::ops::Range<usize>>, what: &str) -> Self {
        let Some(at) = at else { return Self(format!("{file}: {what}")) };
        let start = at.start.min(text.len());
        let line_start = text[..start].rfind('\n').map_or(0, |n| n + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let number = text[..start].matches('\n').count() + 1;
        let column = text[line_start..start].chars().count() + 1;
        // Long lines are cut around the place, so that the mark below stays in sight.
        let from = column.saturating_sub(60);
        let shown: String = line.chars().skip(from).take(120).collect();
        let gutter = format!("{number:>5} | ");
        let mark = " ".repeat(gutter.len() + column - 1 - from);
        Self(format!("{file}:{number}:{column}: {what}\n{gutter}{shown}\n{mark}^"))
    }

    /// A complaint about a whole file.
    pub(crate) fn whole(file: &str, what: &str) -> Self {
        Self(format!("{file}: {what}"))
    }

    /// What the TOML reader says, in our form.
    pub(crate) fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        Self::at(file, text, error.span(), error.message())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_shown_with_a_mark() {
        let e = Error::at("a.toml", "x = 1\ny = oops\n", Some(10..14), "no such word");
        assert_eq!(e.to_string(), "a.toml:2:5: no such word\n    2 | y = oops\n            ^");
    }
}
