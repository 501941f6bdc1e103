//! What each command does, one file each; commands that show a part of the ledger are together in `show`.

pub mod read;

pub mod watch;

pub mod diff;
pub mod export;
pub mod overview;
pub mod show;
pub mod tolls;

pub mod brief;

pub mod account;
pub mod serve;

pub mod explain;
pub mod parse;

pub mod papers;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use evidence::Ledger;
use store::{SqliteStore, Store};

use crate::arguments::LedgerFile;
use crate::picture;

/// Opens a ledger that is there.
pub(crate) fn open(file: &LedgerFile) -> Result<SqliteStore> {
    let path = &file.ledger;
    SqliteStore::open_existing(path).with_context(|| format!("cannot open the ledger {}", path.display()))
}

/// Loads some readings of a ledger (all, for `None`) with what reconciliation made of all of them.
pub(crate) fn load(store: &SqliteStore, file: &LedgerFile, articles: Option<&[String]>) -> Result<Ledger> {
    let context = || format!("cannot read the ledger {}", file.ledger.display());
    // A run that was stopped early has not reconciled: then it is done here, for this once.
    let derived = match store.derived().with_context(context)? {
        Some(derived) => derived,
        None => picture::of(&store.readings(None).with_context(context)?).with_context(context)?,
    };
    let readings = store.readings(articles).with_context(context)?;
    let store::Derived { origins, shared, incidents, ceasefires } = derived;
    let versions = store.editions(None).with_context(context)?;
    let versions = diff::ordered(versions);
    Ok(Ledger { readings, origins, shared, incidents, ceasefires, versions })
}

/// Writes a file beside its name first, so that a full disk or a kill never leaves half of it under its name.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<()>) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = (|| {
        let mut out = BufWriter::new(File::create(&beside)?);
        write(&mut out)?;
        out.flush()?;
        Ok(std::fs::rename(&beside, path)?)
    })();
    if written.is_err() {
        // What it was is told by `written`; that the rest is gone too is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
