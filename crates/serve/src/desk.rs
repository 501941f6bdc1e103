//! What every answer is made from: the ledger, its readers, and what the program lends.

use std::path::PathBuf;
use std::sync::Arc;

use store::SqliteStore;

use crate::fault::Fault;
use crate::pages::Colours;
use crate::readers::Readers;

/// What the program tells the desk.
pub struct Settings {
    /// The ledger file. It is there.
    pub ledger: PathBuf,
    /// Seconds since 1970, now.
    pub clock: fn() -> i64,
}

/// The desk; cheap to clone.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    readers: Readers,
}

impl Desk {
    /// Opens the ledger.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(settings: Settings) -> Result<Self, store::Error> {
        let readers = Readers::open(&settings.ledger)?;
        Ok(Self { inner: Arc::new(Inner { settings, readers }) })
    }

    /// What the program told.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Seconds since 1970, now.
    pub fn now(&self) -> i64 {
        (self.inner.settings.clock)()
    }

    /// Which colour each party has.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) async fn colours(&self) -> Result<Arc<Colours>, Fault> {
        Ok(Arc::new(Colours::default()))
    }

    /// Asks the ledger something, away from the threads that answer requests.
    ///
    /// # Errors
    /// What `ask` gives, or that the ledger cannot be opened.
    pub async fn ask<T, F>(&self, ask: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&SqliteStore) -> Result<T, Fault> + Send + 'static,
    {
        let desk = self.clone();
        let asked = tokio::task::spawn_blocking(move || desk.inner.readers.with(ask));
        asked.await.map_err(|e| Fault::broken(format!("a question to the ledger was not answered: {e}")))?
    }
}
