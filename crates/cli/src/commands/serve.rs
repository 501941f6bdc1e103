//! Opens the desk, and answers until it is interrupted.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use serve::{Desk, Settings, Stop};
use store::SqliteStore;

use crate::arguments::Serve;
use crate::{clock, lent, picture};

/// Checks who could ask, brings the ledger up to date, and answers.
pub fn run(args: &Serve) -> Result<()> {
    let ledger = args.ledger.ledger.clone();
    let context = || format!("cannot open the ledger {}", ledger.display());
    let settings = Settings {
        listen: SocketAddr::new(args.listen, args.port),
        hosts: args.host.clone(),
        tls: args.tls_cert.clone().zip(args.tls_key.clone()),
        behind_proxy: args.behind_proxy,
        per_second: args.per_second,
        lent: lent::all(&ledger)?,
        ..Settings::new(ledger.clone(), clock::seconds)
    };
    let at = settings.listen;
    for told in serve::exposed(&settings).with_context(|| format!("cannot open the desk at {at}"))? {
        eprintln!("standoff: {told}");
    }
    bring_up_to_date(args).with_context(context)?;
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let desk = Desk::open(settings).with_context(context)?;
    let stop = Stop::new();
    let stopped = stop.clone();
    ctrlc::set_handler(move || stopped.now()).context("cannot listen for Ctrl-C")?;
    let ready = |at: SocketAddr| println!("listening on {scheme}://{at}");
    serve::listen(desk, ready, stop)
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
