//! What does a web page say? Its main text, and what its markup tells of it.

mod guard;
mod open;

mod extractor;

mod markup;

mod about;
mod title;

mod json;
mod linked;

mod dated;
mod labels;
mod local;

mod days;
mod moment;

use evidence::Note;
use trafilatura::dom::{Document, NodeId};

use crate::charset::{self, Decoded};
use crate::error::Error;
use crate::outlets::Outlets;
use crate::piece::Particulars;

use extractor::{Extractor, Trafilatura};
use markup::Markup;

/// Stack for reading one page, in bytes: what walks its tree calls itself once for each level.
const STACK: usize = 32 << 20;

/// A page that has been read.
#[derive(Debug)]
pub(crate) struct WebPage {
    /// The paragraphs of its main text, one a line.
    pub text: String,
    /// What it tells of itself.
    pub particulars: Particulars,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// Reads a page; `charset` is what its sender says, `path` stands in notes, `known` is what was told before it was opened
/// (its address, when it was taken from the net).
///
/// # Errors
/// If there is no text in it, or it is built so that reading it would not end.
pub(crate) fn read(
    path: &str,
    bytes: &[u8],
    charset: Option<&str>,
    known: &Particulars,
    outlets: &Outlets,
) -> Result<WebPage, Error> {
    let decoded = charset::decode_page(bytes, charset);
    guard::check(&decoded.text)?;
    let (markup, paragraphs) = on_own_stack(|| {
        let page = Document::parse(&decoded.text);
        check_depth(&page)?;
        let markup = Markup::of(&page);
        Ok((markup, Trafilatura.paragraphs(page)))
    })?;
    if paragraphs.is_empty() {
        return Err(Error::file("the page has no text in it; if it is drawn by a script, save its text as UTF-8 text"));
    }
    Ok(WebPage {
        text: paragraphs.join("\n"),
        particulars: about::about(&markup, known, outlets),
        notes: broken(path, &decoded).into_iter().chain(strange(path, &markup)).collect(),
    })
}

fn strange(path: &str, markup: &Markup) -> Option<Note> {
    let url = about::strange_address(markup)?;
    let message = format!(
        "{path}: the page calls {url} its own address, which leads to no outlet but into a private network or to a machine by \
         number; it was neither asked nor kept; tell the page's address with --metadata"
    );
    Some(Note::new("strange-address", message))
}

/// Runs what may need much stack on a thread that has it, wherever it is called from.
fn on_own_stack<T: Send>(work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let thread = thread.map_err(|e| Error::file(format!("the system gives no thread to read the page: {e}")))?;
        thread.join().unwrap_or_else(|_| {
            Err(Error::file("the page broke the reader; save its text as UTF-8 text, and report the page as a mistake"))
        })
    })
}

/// What the guard cannot see before the page is parsed.
fn check_depth(page: &Document) -> Result<(), Error> {
    let mut left: Vec<(NodeId, usize)> = vec![(page.root(), 0)];
    while let Some((id, depth)) = left.pop() {
        // The root, the page and its body come on top.
        if depth > guard::DEEPEST + 3 {
            let tag = page.tag_name(id);
            return Err(guard::refused(&format!("nests its elements more than {} deep (at <{tag}>)", guard::DEEPEST)));
        }
        left.extend(page.children(id).into_iter().map(|c| (c, depth + 1)));
    }
    Ok(())
}

fn broken(path: &str, decoded: &Decoded) -> Option<Note> {
    let places = if decoded.replaced == 1 { "place means" } else { "places mean" };
    let message = format!(
        "{path}: {} {places} nothing in {} (told by {}); \u{fffd} stands there; save the page again, in UTF-8",
        decoded.replaced, decoded.charset, decoded.basis
    );
    (decoded.replaced > 0).then(|| Note::new("broken-encoding", message))
}
