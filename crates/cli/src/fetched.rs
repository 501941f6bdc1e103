//! What does an address say? What was fetched becomes readings, on the same way as a file.

use annotate::Scratch;
use evidence::Note;
use evidence::ledger::Reading;
use evidence::time::Iso;
use fetch::{Client, Page};
use ingest::{Body, Given, Piece, Pieces, Register, Told};

use crate::clock;
use crate::pipeline::{Outcome, Pipeline, guarded};

/// Something from the net, with what is known of it beside its bytes.
pub struct Fetched {
    /// What the server gave.
    pub page: Page,
    /// When it was fetched.
    pub retrieved: Option<Iso>,
    /// When it was published, and who told so: for pages that do not tell.
    pub published: Option<Told<Iso>>,
}

/// What an address says.
#[derive(Default)]
pub struct Found {
    /// Its reports.
    pub outcomes: Vec<Outcome>,
    /// What a person should know of the address beside its reports.
    pub notes: Vec<Note>,
}

impl Found {
    /// Nothing, for a reason.
    fn nothing(told: String) -> Self {
        Self { outcomes: vec![Outcome { reading: Err(told) }], notes: Vec::new() }
    }
}

/// Whether a word of the command line is an address of the web.
pub fn is_address(word: &str) -> bool {
    let starts = |scheme: &str| word.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

/// Fetches an address and reads it.
pub fn read_address(pipeline: &Pipeline, client: &Client, url: &str, given: &Given, scratch: &mut Scratch) -> Found {
    match client.get(url, &fetch::Validators::default()) {
        Ok(fetch::Answer::Page(page)) => {
            let fetched = Fetched { page, retrieved: clock::iso(), published: None };
            read(pipeline, fetched, given, scratch)
        }
        Ok(fetch::Answer::Unchanged) => Found::default(),
        Err(error) => Found::nothing(format!("cannot fetch {url}: {error}")),
    }
}

/// Reads what was fetched: one report, or as many as an archive at the address holds.
pub fn read(pipeline: &Pipeline, fetched: Fetched, given: &Given, scratch: &mut Scratch) -> Found {
    let Fetched { page, retrieved, published } = fetched;
    let url = evidence::address::canonical(&page.url).unwrap_or(page.url);
    let bytes = page.bytes;
    let opened = guarded(&url, || Pieces::of_bytes(&url, bytes).map_err(|e| format!("cannot read {e}")));
    let mut pieces = match opened {
        Ok(pieces) => pieces,
        Err(told) => return Found::nothing(told),
    };
    let mut register = Register::default();
    let mut found = Found::default();
    loop {
        let reading = match guarded(&url, || Ok(pieces.next())) {
            Ok(None) => break,
            Ok(Some(Err(error))) => Err(format!("cannot read {error}")),
            Ok(Some(Ok(mut piece))) => {
                // A piece out of an archive has an address of its own, if it has any.
                let whole = piece.path == url;
                if whole {
                    adorn(&mut piece, &url, retrieved.as_ref(), page.charset.as_ref());
                }
                let told = published.clone().filter(|_| whole);
                read_piece(pipeline, piece, told, given, &mut register, scratch)
            }
            Err(told) => {
                found.outcomes.push(Outcome { reading: Err(told) });
                break;
            }
        };
        if reading.is_err() {
            *scratch = Scratch::default();
        }
        found.outcomes.push(Outcome { reading });
    }
    found.notes = pieces.notes();
    found
}

/// Adds what the fetching itself tells.
fn adorn(piece: &mut Piece, url: &str, retrieved: Option<&Iso>, sent_in: Option<&String>) {
    let told = &mut piece.particulars;
    told.url.get_or_insert(Told::new(url.to_owned(), "the address fetched"));
    told.retrieved = told.retrieved.take().or(retrieved.cloned().map(|v| Told::new(v, "the time of fetching")));
    if let Body::Page { charset: charset @ None, .. } = &mut piece.body {
        *charset = sent_in.cloned();
    }
}

/// Reads a piece; what others tell of its date counts if it tells nothing itself, as it knows the day where it is.
fn read_piece(
    pipeline: &Pipeline,
    piece: Piece,
    published: Option<Told<Iso>>,
    given: &Given,
    register: &mut Register,
    scratch: &mut Scratch,
) -> Result<Reading, String> {
    let path = piece.path.clone();
    let dated = published.map(|told| {
        let mut piece = piece.clone();
        piece.particulars.published.get_or_insert(told);
        piece
    });
    let mut opened = guarded(&path, || pipeline.open(piece, given))?;
    if let (None, Some(dated)) = (&opened.0.published.value, dated) {
        opened = guarded(&path, || pipeline.open(dated, given))?;
    }
    let (mut article, mut notes) = opened;
    notes.extend(register.enter(&mut article));
    guarded(&path, || Ok(pipeline.read(scratch, article, notes).reading))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_files() {
        for (word, address) in [
            ("https://example.org/a", true),
            ("HTTP://example.org", true),
            ("http:/a.txt", false),
            ("reports/http://a", false),
            ("a.txt", false),
            ("-", false),
            ("né", false),
        ] {
            assert_eq!(is_address(word), address, "{word}");
        }
    }
}
