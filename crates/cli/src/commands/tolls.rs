//! Shows how counts of the same people move, and what must not be added to them.

use std::io::Write;

use anyhow::{Context, Result};
use evidence::{Ledger, Toll};
use publish::{Book, csv, jsonl, table};

use super::show::{finish, pick};
use crate::arguments::{Format, Tolls};
use crate::terminal;

/// Series with a picked figure.
pub fn run(args: &Tolls) -> Result<()> {
    // All are loaded: a series that is picked may have counts of other reports.
    let (ledger, picked) = pick(&args.show, false)?;
    let tolls = of(&ledger)?;
    let book = Book::new(&ledger);
    let chosen: Vec<&Toll> = tolls
        .iter()
        .filter(|t| t.counts.iter().any(|c| c.figures.iter().any(|f| picked.figures.contains(f))))
        .collect();
    let mut out = terminal::output();
    match args.show.format {
        Format::Table => {
            out.write_all(table::tolls(&book, &chosen, &tolls, args.ucdp, terminal::style()).as_bytes())?
        }
        Format::Jsonl => jsonl::tolls(&book, &chosen, args.ucdp, &mut out)?,
        Format::Csv => csv::tolls(&book, &chosen, args.ucdp, &mut out)?,
    }
    finish(out, chosen.len(), "toll")
}

/// The series of a whole ledger.
pub fn of(ledger: &Ledger) -> Result<Vec<Toll>> {
    let knowledge = resolve::Knowledge::shipped().context("cannot load the data of the program")?;
    Ok(reconcile::tolls::find(ledger, &knowledge.fronts()))
}
