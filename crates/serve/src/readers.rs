//! Connections to the ledger that only read; each serves one question at a time.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use store::SqliteStore;

use crate::fault::Fault;

/// Connections that wait to be used.
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<SqliteStore>>,
}

/// So many connections are kept; more are opened while many ask at once.
pub(crate) const KEPT: usize = 8;

impl Readers {
    pub fn open(path: &Path) -> Result<Self, store::Error> {
        let first = SqliteStore::open_existing(path)?;
        Ok(Self { path: path.to_owned(), idle: Mutex::new(vec![first]) })
    }

    /// Lends a connection for one question.
    pub fn with<T>(&self, ask: impl FnOnce(&SqliteStore) -> Result<T, Fault>) -> Result<T, Fault> {
        let idle = || self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let waiting = idle().pop();
        let store = match waiting {
            Some(store) => store,
            None => SqliteStore::open_existing(&self.path)?,
        };
        let answer = ask(&store);
        let mut idle = idle();
        if idle.len() < KEPT {
            idle.push(store);
        }
        answer
    }
}
