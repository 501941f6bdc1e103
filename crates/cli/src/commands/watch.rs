//! Watches feeds until it is interrupted, and sums up.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use fetch::Client;
use store::{SqliteStore, Store};

use super::read::{SHOWN, quiet_panics};
use crate::arguments::Watch;
use crate::pipeline::{Pipeline, on_a_deep_stack};
use crate::watch::{Feeds, Manner, Watcher};
use crate::{Ending, clock};

/// Set when the user wants to end.
static STOP: AtomicBool = AtomicBool::new(false);

/// Longest wait of one thread for a host's turn: others may be asked meanwhile, unless all is to be read at once.
const PATIENCE: Duration = Duration::from_secs(10);
const PATIENCE_ONCE: Duration = Duration::from_secs(120);

/// Watches, reconciles, and sums up.
pub fn run(args: &Watch) -> Result<Ending> {
    let feeds = Feeds::read(Path::new(&args.feeds))?;
    let manner = Manner { once: args.once, quiet: args.quiet };
    let patience = if manner.once { PATIENCE_ONCE } else { PATIENCE };
    let client = Client::new(feeds.settings(patience), clock::now).context("cannot use the net")?;
    let pipeline = Pipeline::new(feeds.conflict.as_deref())?;
    let path = args.ledger.ledger.display().to_string();
    let store = SqliteStore::open(&args.ledger.ledger).with_context(|| format!("cannot open the ledger {path}"))?;
    ctrlc::set_handler(interrupted).context("cannot listen for Ctrl-C")?;
    quiet_panics();
    // Sentences of strange pages need the room that reading them has elsewhere.
    let (watched, (summary, store, waiting)) = on_a_deep_stack(|| {
        let mut watcher = Watcher::new(&feeds, &pipeline, store, client, manner)?;
        Ok((watcher.run(&STOP), watcher.sum_up()?))
    })?;
    drop(std::panic::take_hook());
    let tally = store.tally(SHOWN).with_context(|| format!("cannot read the ledger {path}"))?;
    summary.print(&tally, &path);
    if waiting > 0 {
        eprintln!("Still to be read, the next time: {waiting}");
    }
    watched.with_context(|| format!("cannot go on with the ledger {path}"))?;
    Ok(if manner.once { summary.ending() } else { Ending::Done })
}

/// The first interrupt ends the work in good order, the second at once.
fn interrupted() {
    if STOP.swap(true, Ordering::Relaxed) {
        std::process::exit(130);
    }
    eprintln!("standoff: ending after the article at hand; interrupt again to end at once");
}
