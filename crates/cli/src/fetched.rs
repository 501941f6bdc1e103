//! What does an address say? What was fetched becomes readings, on the same way as a file.

use annotate::Scratch;
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
    /// When it was published, and who told so, if not the page itself.
    pub published: Option<Told<Iso>>,
}

/// Whether a word of the command line is an address of the web.
pub fn is_address(word: &str) -> bool {
    let starts = |scheme: &str| word.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

/// Fetches an address and reads it.
pub fn read_address(
    pipeline: &Pipeline,
    client: &Client,
    url: &str,
    given: &Given,
    scratch: &mut Scratch,
) -> Vec<Outcome> {
    match client.get(url, &fetch::Validators::default()) {
        Ok(fetch::Answer::Page(page)) => {
            let fetched = Fetched { page, retrieved: clock::iso(), published: None };
            read(pipeline, fetched, given, scratch)
        }
        Ok(fetch::Answer::Unchanged) => Vec::new(),
        Err(error) => vec![Outcome { reading: Err(format!("cannot fetch {url}: {error}")) }],
    }
}

/// Reads what was fetched: one report, or as many as an archive at the address holds.
pub fn read(pipeline: &Pipeline, fetched: Fetched, given: &Given, scratch: &mut Scratch) -> Vec<Outcome> {
    let Fetched { page, retrieved, published } = fetched;
    let url = evidence::address::canonical(&page.url).unwrap_or(page.url);
    let pieces = match Pieces::of_bytes(&url, page.bytes) {
        Ok(pieces) => pieces,
        Err(error) => return vec![Outcome { reading: Err(format!("cannot read {error}")) }],
    };
    let mut register = Register::default();
    let read_one = |piece: Result<Piece, ingest::Error>| {
        let mut piece = piece.map_err(|e| format!("cannot read {e}"))?;
        // A piece out of an archive has an address of its own, if it has any.
        if piece.path == url {
            let told = &mut piece.particulars;
            told.url.get_or_insert(Told::new(url.clone(), "the address fetched"));
            told.retrieved = told.retrieved.take().or(retrieved.clone().map(|v| Told::new(v, "the time of fetching")));
            told.published = told.published.take().or(published.clone());
            if let Body::Page { charset: charset @ None, .. } = &mut piece.body {
                charset.clone_from(&page.charset);
            }
        }
        let path = piece.path.clone();
        let (mut article, mut notes) = guarded(&path, || pipeline.open(piece, given))?;
        notes.extend(register.enter(&mut article));
        let reading = guarded(&path, || Ok(pipeline.read(scratch, article, notes).reading));
        if reading.is_err() {
            *scratch = Scratch::default();
        }
        reading
    };
    pieces.map(read_one).map(|reading| Outcome { reading }).collect()
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
