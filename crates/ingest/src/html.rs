//! What does a web page say? Its main text, and what its markup tells of it.

use evidence::Note;

use crate::error::Error;
use crate::piece::Particulars;

/// A page that has been read.
#[derive(Debug)]
pub(crate) struct WebPage {
    /// The paragraphs of its main text, one a line, the title first.
    pub text: String,
    /// What it tells of itself.
    pub particulars: Particulars,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// Reads a page; `charset` is what its sender says, `path` stands in notes.
///
/// # Errors
/// If there is no text in it, or it is built so that reading it would not end.
pub(crate) fn read(path: &str, bytes: &[u8], charset: Option<&str>) -> Result<WebPage, Error> {
    let decoded = crate::charset::decode_page(bytes, charset);
    let _ = decoded;
    Err(Error::file(format!("{path} is a web page (HTML), not text; save the report as UTF-8 text")))
}
