//! New claims as they come: server-sent events that can be taken up again where they ended.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::objects::values;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::index::Kind;

/// Streams that may be open at once.
const OPEN: usize = 64;
/// How often a stream looks whether there is something new; how often it says that it is still there; how long it lasts.
/// Then the client asks anew, and whether it still may is looked at again.
const PAUSE: Duration = Duration::from_millis(500);
const SIGN_OF_LIFE: u32 = 30;
const LONGEST: u32 = 1800;
/// Claims that are read at once.
const PIECE: usize = 100;

/// Counts the open streams.
pub(crate) struct Events(Arc<Semaphore>);

impl Default for Events {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(OPEN)))
    }
}

/// From now on, or behind the event that the client saw last: its id is the key of the claim, which none has twice.
pub(super) async fn stream(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Fault> {
    let permit = desk.events().0.clone().try_acquire_owned().map_err(|_| {
        let told = "too many listen already; try again later";
        Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy", told).with(header::RETRY_AFTER, "60")
    })?;
    let last = headers.get("last-event-id").map(|v| v.to_str().ok().and_then(|v| v.parse().ok()));
    let last: u64 = match last {
        Some(last) => last.ok_or_else(|| Fault::asked("Last-Event-ID is no id of an event of ours"))?,
        None => desk.ask(|ledger| Ok(ledger.last_claim()?)).await?,
    };
    let (events, written) = mpsc::channel::<Bytes>(4);
    tokio::spawn(follow(desk, last, events));
    let head = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((head, Body::from_stream(Stream { written, _permit: permit })).into_response())
}

async fn follow(desk: Desk, mut last: u64, events: mpsc::Sender<Bytes>) {
    let mut seen = None;
    if events.send(Bytes::from_static(b"retry: 3000\n\n")).await.is_err() {
        return;
    }
    for round in 1..=LONGEST {
        let change = desk.index().change();
        if seen != Some(change) {
            match tell(&desk, &mut last, &events).await {
                Ok(true) => seen = Some(change),
                Ok(false) => return,
                Err(fault) => {
                    eprintln!("standoff: a stream of events ended early: {}", fault.message());
                    return;
                }
            }
        }
        if round % SIGN_OF_LIFE == 0 && events.send(Bytes::from_static(b": still here\n\n")).await.is_err() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Sends all claims behind the last; `false` if nobody listens any more.
async fn tell(desk: &Desk, last: &mut u64, events: &mpsc::Sender<Bytes>) -> Result<bool, Fault> {
    loop {
        let after = *last;
        let new = desk.look(move |look| {
            let new = look.ledger.claims_after(after, PIECE)?;
            let ids: Vec<String> = new.iter().map(|(_, id)| id.clone()).collect();
            let values = values(look, Kind::Claims, &ids)?;
            Ok((new, values))
        });
        let (new, values) = new.await?;
        let Some((newest, _)) = new.last() else { return Ok(true) };
        *last = *newest;
        let mut written = String::new();
        for value in values {
            // A claim that was read again meanwhile is told of by its later key.
            let key = new.iter().find(|(_, id)| value["id"] == id.as_str()).map_or(*newest, |(key, _)| *key);
            written += &format!("id: {key}\nevent: claim\ndata: {value}\n\n");
        }
        if events.send(Bytes::from(written)).await.is_err() {
            return Ok(false);
        }
    }
}

/// What was written, as the body of an answer.
struct Stream {
    written: mpsc::Receiver<Bytes>,
    _permit: OwnedSemaphorePermit,
}

impl futures_core::Stream for Stream {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.written.poll_recv(cx).map(|piece| piece.map(Ok))
    }
}
