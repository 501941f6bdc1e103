//! Opens the desk, and answers until it is interrupted.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use serve::{Desk, Settings, Stop};
use store::SqliteStore;

use crate::arguments::Serve;
use crate::{clock, picture};

/// Brings the ledger up to date, and answers.
pub fn run(args: &Serve) -> Result<()> {
    let ledger = args.ledger.ledger.clone();
    let context = || format!("cannot open the ledger {}", ledger.display());
    bring_up_to_date(args).with_context(context)?;
    let desk = Desk::open(Settings { ledger: ledger.clone(), clock: clock::seconds }).with_context(context)?;
    let stop = Stop::new();
    let stopped = stop.clone();
    ctrlc::set_handler(move || stopped.now()).context("cannot listen for Ctrl-C")?;
    let at = SocketAddr::new(args.listen, args.port);
    let ready = |at: SocketAddr| println!("listening on http://{at}");
    serve::listen(desk, at, ready, stop)
        .with_context(|| format!("cannot answer at {at}; is another desk open there? --port N takes another port"))
}

/// A ledger of an older program, or one that a run left before its end, is mended first.
fn bring_up_to_date(args: &Serve) -> Result<(), store::Error> {
    let file = &args.ledger.ledger;
    if !file.exists() {
        // Says that it is not there, rather than making one.
        SqliteStore::open_existing(file)?;
    }
    picture::update(&mut SqliteStore::open(file)?)
}
