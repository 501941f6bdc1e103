//! What must hold whatever bytes a reader is given: it ends, it stays small, and what it tells fits together.

use std::sync::LazyLock;

use ingest::{Body, Desk, Given, Piece, Pieces};

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::open().expect("the data of the program is right"));

/// Most reports that are taken out of one input: repeated records say nothing new.
const MOST: usize = 500;

/// Takes all reports out of bytes and reads no further.
pub fn pieces(bytes: &[u8]) {
    let Ok(mut pieces) = Pieces::of_bytes("input", bytes.to_vec()) else { return };
    for piece in pieces.by_ref().take(MOST).flatten() {
        assert!(piece.path.starts_with("input"), "{}", piece.path);
    }
    let _ = pieces.notes();
}

/// Takes all reports out of bytes and makes articles of them.
pub fn articles(bytes: &[u8]) {
    let Ok(pieces) = Pieces::of_bytes("input", bytes.to_vec()) else { return };
    pieces.take(20).flatten().for_each(article);
}

/// Makes an article of a web page.
pub fn page(bytes: &[u8]) {
    let body = Body::Page { bytes: bytes.to_vec(), charset: None };
    article(Piece { path: "input".into(), body, particulars: Default::default() });
}

fn article(piece: Piece) {
    let (article, notes) = DESK.read(piece, &Given::default());
    let Some(article) = article else {
        assert!(!notes.is_empty(), "what is no report says why");
        return;
    };
    if let Some(title) = article.title() {
        assert!(!title.is_empty(), "a title has words");
    }
    for span in article.title.into_iter().chain(article.dateline).chain(article.published.spans) {
        assert!(article.text.get(span.start()..span.end()).is_some(), "{span:?} lies in the text");
    }
}
