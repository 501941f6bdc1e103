//! What does a report say that was sent to the desk? The same way as a file, into the ledger that the desk shows.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use annotate::Scratch;
use evidence::Note;
use evidence::ledger::Reading;
use evidence::time::Iso;
use ingest::{Given, Pieces, Register};
use serve::{Intake, Outcome, ReadReport, Sent, UnreadReport};
use store::{Saved, SqliteStore, Store};

use crate::commands::read::READER;
use crate::lent::Stages;
use crate::pipeline::{self, Pipeline, guarded, on_a_deep_stack};

/// How often, and after what rest, writing is tried again while another program writes.
const TRIES: u32 = 30;
const REST: Duration = Duration::from_secs(1);

/// Reads for the desk.
pub struct Reader {
    /// The ledger.
    pub ledger: PathBuf,
    /// Shared with whatever else the desk is lent.
    pub stages: Arc<Stages>,
}

impl Intake for Reader {
    fn read(&self, sent: &Sent, read: &mut dyn FnMut()) -> Result<Outcome, String> {
        let pipeline = self.stages.pipeline().ok_or("the data of the program cannot be loaded")?;
        let mut store = patiently(|| SqliteStore::open(&self.ledger)).map_err(told)?;
        let mut outcome = Outcome::default();
        let (readings, notes) = on_a_deep_stack(|| Ok(readings(pipeline, sent))).map_err(|e| format!("{e:#}"))?;
        for reading in readings {
            match reading {
                Ok(reading) => {
                    let saved = patiently(|| store.save(READER, &reading)).map_err(told)?;
                    outcome.read.push(report(&reading, saved));
                }
                Err(why) => outcome.unread.push(UnreadReport { why }),
            }
            read();
        }
        outcome.notes = told_notes(&notes);
        patiently(|| pipeline::reconcile(&mut store)).map_err(told)?;
        Ok(outcome)
    }
}

/// All reports of what was sent, or why one could not be read; and what a person should know beside them.
fn readings(pipeline: &Pipeline, sent: &Sent) -> (Vec<Result<Reading, String>>, Vec<Note>) {
    let name = &sent.name;
    let given = Given {
        published: sent.told.published.as_deref().and_then(Iso::parse),
        outlet: sent.told.outlet.clone(),
        url: sent.told.url.clone(),
        ..Given::default()
    };
    let opened = || Pieces::of_bytes(name, sent.bytes.clone()).map_err(|e| format!("cannot read {e}"));
    let mut pieces = match guarded(name, opened) {
        Ok(pieces) => pieces,
        Err(why) => return (vec![Err(why)], Vec::new()),
    };
    let (mut register, mut scratch, mut out) = (Register::default(), Scratch::default(), Vec::new());
    loop {
        let piece = match guarded(name, || Ok(pieces.next())) {
            Ok(Some(piece)) => piece.map_err(|e| format!("cannot read {e}")),
            Ok(None) => break,
            Err(why) => {
                out.push(Err(why));
                break;
            }
        };
        let reading = piece.and_then(|piece| {
            let path = piece.path.clone();
            let (mut article, mut notes) = guarded(&path, || pipeline.open(piece, &given))?;
            notes.extend(register.enter(&mut article));
            guarded(&path, || Ok(pipeline.read(&mut scratch, article, notes).reading))
        });
        if reading.is_err() {
            scratch = Scratch::default();
        }
        out.push(reading);
    }
    (out, pieces.notes())
}

fn report(reading: &Reading, saved: Saved) -> ReadReport {
    let saved = match saved {
        Saved::Added => "added",
        Saved::Replaced => "replaced",
        Saved::Unchanged => "unchanged",
    };
    ReadReport {
        article: reading.article.id.clone(),
        path: reading.article.path.clone(),
        saved: saved.to_owned(),
        claims: reading.claims.len(),
        figures: reading.figures.len(),
        notes: told_notes(&reading.notes),
    }
}

fn told_notes(notes: &[Note]) -> Vec<(String, String)> {
    notes.iter().map(|n| (n.kind.to_string(), n.message.clone())).collect()
}

/// Tries again while another program is writing.
fn patiently<T>(mut step: impl FnMut() -> Result<T, store::Error>) -> Result<T, store::Error> {
    for _ in 1..TRIES {
        match step() {
            Err(e) if e.is_locked() => std::thread::sleep(REST),
            done => return done,
        }
    }
    step()
}

fn told(error: store::Error) -> String {
    format!("cannot write to the ledger: {error}")
}
