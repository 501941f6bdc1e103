//! Writes the whole ledger in the export format.

use std::io::Write;

use anyhow::{Context, Result};
use publish::{Book, jsonl};

use super::{load, open, write_whole};
use crate::arguments::{Export, ExportFormat};
use crate::terminal;

/// To a file or to standard output.
pub fn run(args: &Export) -> Result<()> {
    let ExportFormat::Jsonl = args.format;
    let store = open(&args.ledger)?;
    let ledger = load(&store, &args.ledger, None)?;
    let book = Book::new(&ledger);
    match &args.output {
        None => {
            let mut out = terminal::output();
            jsonl::export(&book, &mut out)?;
            out.flush()?;
        }
        Some(path) => write_whole(path, |out| Ok(jsonl::export(&book, out)?))
            .with_context(|| format!("cannot write {}", path.display()))?,
    }
    Ok(())
}
