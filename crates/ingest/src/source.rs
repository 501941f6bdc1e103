//! What kind of file is it? Today UTF-8 text; web pages, feeds and archives will be further variants.

use crate::error::Error;

/// A file's content by its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    /// Plain text.
    Text(&'a str),
}

impl<'a> Source<'a> {
    /// Recognises what the bytes are.
    ///
    /// # Errors
    /// If they are nothing that can be read, with what they seem to be and how to mend it.
    pub fn of(bytes: &'a [u8]) -> Result<Self, Error> {
        if let Some(kind) = foreign(bytes) {
            return Err(Error::file(format!("it is {kind}, not text; save the report as UTF-8 text")));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|e| not_utf8(bytes, e.valid_up_to()))?;
        if let Some(at) = text.find('\0') {
            let line = line_of(text.as_bytes(), at);
            return Err(Error::file(format!(
                "it is binary (a NUL byte in line {line}); save the report as UTF-8 text"
            )));
        }
        if text.trim().is_empty() {
            return Err(Error::file("it is empty; remove it or save the report again"));
        }
        Ok(Self::Text(text))
    }
}

/// What the first bytes show the file to be, if that is no text.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 11] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP or office file"),
        (b"\x1f\x8b", "a gzip file"),
        (b"\xd0\xcf\x11\xe0", "an old office file"),
        (b"{\\rtf", "an RTF file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x7fELF", "a program"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
    ];
    let found = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, kind)| *kind);
    found.or_else(|| is_html(bytes).then_some("a web page (HTML)"))
}

fn is_html(bytes: &[u8]) -> bool {
    let start: Vec<u8> = bytes.iter().take(200).map(u8::to_ascii_lowercase).collect();
    let start = start.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html", b"<head", b"<?xml"].iter().any(|m| start.starts_with(m))
}

fn not_utf8(bytes: &[u8], at: usize) -> Error {
    let line = line_of(bytes, at);
    let binary = bytes.iter().take(4096).filter(|b| **b == 0).count() > 0;
    let mend = if binary {
        "it seems to be binary; save the report as UTF-8 text"
    } else {
        "convert it, e.g. with: iconv -f WINDOWS-1252 -t UTF-8"
    };
    Error::file(format!("it is not UTF-8 (byte {}, line {line}); {mend}", at + 1))
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_says_why_and_what_to_do() {
        for (bytes, what) in [
            (&b"  \n"[..], "empty"),
            (b"ok\nnot \xff ok", "not UTF-8 (byte 8, line 2); convert"),
            (b"a\0b", "NUL byte in line 1"),
            (b"\x00\xff\xfe", "binary"),
            (b"%PDF-1.7", "a PDF file"),
            (b"\xff\xfea\0", "UTF-16"),
            (b"\n<!DOCTYPE html><p>", "HTML"),
        ] {
            let error = Source::of(bytes).expect_err(what).to_string();
            assert!(error.contains(what), "{error}");
        }
        assert_eq!(Source::of(b"\xef\xbb\xbfok").expect("text"), Source::Text("ok"));
    }
}
