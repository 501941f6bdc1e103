//! Shows what is made of many claims together: disputes, the timeline, origins.

use std::io::Write;

use anyhow::Result;
use publish::{Book, csv, disputes, jsonl, table, timeline};

use super::show::{finish, pick};
use crate::arguments::{Format, Show};
use crate::terminal;

/// Disputes in which a picked claim or figure has a part.
pub fn disputes(show: &Show) -> Result<()> {
    let (ledger, picked) = pick(show, false)?;
    let book = Book::new(&ledger);
    let chosen = disputes::picked(
        &book,
        disputes::disputes(&book, &super::tolls::of(&ledger)?),
        &picked.claims,
        &picked.figures,
    );
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::disputes(&book, &chosen, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::disputes(&book, &chosen, &mut out)?,
        Format::Csv => csv::disputes(&book, &chosen, &mut out)?,
    }
    finish(out, chosen.len(), "dispute")
}

/// Occurrences of which a picked claim tells.
pub fn timeline(show: &Show) -> Result<()> {
    let (ledger, picked) = pick(show, false)?;
    let book = Book::new(&ledger);
    let chosen = timeline::timeline(&book, &picked.claims);
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::timeline(&book, &chosen, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::timeline(&book, &chosen, &mut out)?,
        Format::Csv => csv::timeline(&book, &chosen, &mut out)?,
    }
    finish(out, chosen.len(), "occurrence")
}

/// Origins of the picked reports, whole.
pub fn origins(show: &Show) -> Result<()> {
    let (ledger, picked) = pick(show, false)?;
    let book = Book::new(&ledger);
    let mut chosen = book.origins().to_vec();
    chosen.retain(|o| o.copies.iter().any(|c| picked.articles.contains(&c.article)));
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::origins(&book, &chosen, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::origins(&book, &chosen, &mut out)?,
        Format::Csv => csv::origins(&book, &chosen, &mut out)?,
    }
    finish(out, chosen.len(), "origin")
}
