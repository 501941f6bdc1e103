//! Writes the whole ledger in the export format.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use publish::{Book, jsonl};

use super::{load, open};
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
        Some(path) => write(path, &book).with_context(|| format!("cannot write {}", path.display()))?,
    }
    Ok(())
}

/// Beside the file first, so that a full disk or a kill never leaves half an export under its name.
fn write(path: &Path, book: &Book) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = (|| {
        let mut out = BufWriter::new(File::create(&beside)?);
        jsonl::export(book, &mut out)?;
        out.flush()?;
        std::fs::rename(&beside, path)
    })();
    if written.is_err() {
        // What it was is told by `written`; that the rest is gone too is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
    }
    Ok(written?)
}
