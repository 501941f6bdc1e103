//! All lines that fit a list's filters, as CSV or JSON Lines: written piece by piece, however many they are.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use publish::{Book, csv, jsonl};
use review::Layer;
use store::{Store, Wanted};
use tokio::sync::mpsc;

use super::{LISTS, Of};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Visit, Who};
use crate::index::{Asked, Kind, Look, Wish};
use crate::route::{Least, Route};

/// Lines that are read at once.
const PIECE: usize = 200;
/// Pieces that wait for a slow reader.
const AHEAD: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Jsonl,
}

pub(crate) fn routes() -> Vec<Route> {
    macro_rules! file {
        ($n:literal, $format:ident) => {
            get(|State(desk): State<Desk>, who: Who, visit: Visit, asked: Asked| {
                file(desk, (who, visit), asked, &LISTS[$n], Format::$format)
            })
        };
    }
    let reader = Least::Role(Role::Reader);
    vec![
        Route::get("/claims.csv", reader, file!(0, Csv)),
        Route::get("/claims.jsonl", reader, file!(0, Jsonl)),
        Route::get("/figures.csv", reader, file!(1, Csv)),
        Route::get("/figures.jsonl", reader, file!(1, Jsonl)),
        Route::get("/incidents.csv", reader, file!(2, Csv)),
        Route::get("/incidents.jsonl", reader, file!(2, Jsonl)),
        Route::get("/ceasefires.csv", reader, file!(3, Csv)),
        Route::get("/ceasefires.jsonl", reader, file!(3, Jsonl)),
        Route::get("/entities.csv", reader, file!(4, Csv)),
        Route::get("/entities.jsonl", reader, file!(4, Jsonl)),
        Route::get("/reports.csv", reader, file!(5, Csv)),
        Route::get("/reports.jsonl", reader, file!(5, Jsonl)),
    ]
}

/// The file; that somebody took it is written down first.
pub(crate) async fn file(
    desk: Desk,
    (who, visit): (Who, Visit),
    asked: Asked,
    of: &'static Of,
    format: Format,
) -> Result<Response, Fault> {
    let leave = desk.leave_to_export()?;
    let mut deed = desk.deed(&who.name, &visit, "export", of.many);
    deed.detail = asked.filter.query();
    desk.log(deed).await?;
    let wish = Wish { page: None, most: PIECE, ..asked.wish(of.kind)? };
    let layer = if asked.corrected { Some(desk.layer().await?) } else { None };
    let (pieces, written) = mpsc::channel::<Result<Bytes, std::io::Error>>(AHEAD);
    // What goes wrong after the first line can only be told by ending early.
    tokio::spawn(async move {
        let _leave = leave;
        let ended = desk.look(move |look| write(look, wish, format, layer.as_deref(), &pieces)).await;
        if let Err(fault) = ended {
            eprintln!("standoff: an export ended early: {}", fault.message());
        }
    });
    let (kind, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Jsonl => ("application/jsonl; charset=utf-8", "jsonl"),
    };
    let name = format!("attachment; filename=\"standoff-{}.{ending}\"", of.many);
    let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((head, Body::from_stream(Pieces(written))).into_response())
}

fn write(
    look: &Look,
    mut wish: Wish,
    format: Format,
    layer: Option<&Layer>,
    pieces: &mpsc::Sender<Result<Bytes, std::io::Error>>,
) -> Result<(), Fault> {
    let mut first = true;
    loop {
        let listing = look.list(&wish)?;
        let piece = match piece(look, wish.kind, &listing.ids, format, layer) {
            Ok(piece) => piece,
            Err(fault) => {
                let _ = pieces.blocking_send(Err(std::io::Error::other("the rest could not be read")));
                return Err(fault);
            }
        };
        // Each piece of CSV has the names of its columns; the file has them once.
        let skip = if first || format == Format::Jsonl {
            0
        } else {
            piece.iter().position(|b| *b == b'\n').map_or(0, |n| n + 1)
        };
        first = false;
        if pieces.blocking_send(Ok(Bytes::from(piece).slice(skip..))).is_err() {
            return Ok(());
        }
        match listing.next {
            Some(next) => wish.page = Some(next),
            None => return Ok(()),
        }
    }
}

/// Some lines; with a layer, as people corrected them.
fn piece(look: &Look, kind: Kind, ids: &[String], format: Format, layer: Option<&Layer>) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let ids = ids.to_vec();
    let csv = format == Format::Csv;
    let wanted = match kind {
        Kind::Claims => Wanted { claims: ids.clone(), ..Wanted::default() },
        Kind::Figures => Wanted { figures: ids.clone(), ..Wanted::default() },
        Kind::Incidents => Wanted { incidents: ids.clone(), ..Wanted::default() },
        Kind::Ceasefires => Wanted { ceasefires: ids.clone(), ..Wanted::default() },
        Kind::Reports => Wanted { articles: ids.clone(), ..Wanted::default() },
        Kind::Entities => Wanted::default(),
    };
    let mut ledger = look.ledger.excerpt(&wanted)?;
    if let Some(layer) = layer {
        ledger = review::corrected(&ledger, layer).0;
    }
    let book = Book::new(&ledger);
    let written = match kind {
        Kind::Claims => {
            let all: Vec<_> = ids.iter().filter_map(|id| book.claim(id)).collect();
            if csv { csv::claims(&book, &all, &mut out) } else { jsonl::claims(&book, &all, &mut out) }
        }
        Kind::Figures => {
            let all: Vec<_> = ids.iter().filter_map(|id| book.figure(id)).collect();
            if csv { csv::figures(&book, &all, &[], &mut out) } else { jsonl::figures(&book, &all, &mut out) }
        }
        Kind::Incidents => {
            let all: Vec<_> =
                ids.iter().filter_map(|id| book.incidents().iter().find(|i| i.id == *id)).copied().collect();
            if csv { csv::incidents(&book, &all, &mut out) } else { jsonl::incidents(&book, &all, &mut out) }
        }
        Kind::Ceasefires => {
            let all: Vec<_> =
                ids.iter().filter_map(|id| book.ceasefires().iter().find(|c| c.id == *id)).copied().collect();
            if csv { csv::ceasefires(&book, &all, &mut out) } else { jsonl::ceasefires(&book, &all, &mut out) }
        }
        Kind::Entities => {
            let entities = look.ledger.entities(&ids)?;
            let all: Vec<_> = entities.iter().collect();
            if csv { csv::entities(&all, &mut out) } else { jsonl::entities(all.into_iter(), &mut out) }
        }
        Kind::Reports => {
            let all: Vec<_> = ids.iter().filter_map(|id| book.page(id)).collect();
            if csv { csv::reports(&all, &mut out) } else { jsonl::articles(&book, all.into_iter(), &mut out) }
        }
    };
    written.map_err(|e| Fault::broken(format!("an export cannot be written: {e}")))?;
    Ok(out)
}

/// Pieces as a stream.
struct Pieces(mpsc::Receiver<Result<Bytes, std::io::Error>>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}
