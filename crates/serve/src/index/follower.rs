//! How the index follows the ledger: a thread of its own looks several times a second whether another connection has
//! changed it (which costs next to nothing), and makes the next state.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use store::{Error, SqliteStore};

use super::state::Index;

/// How often the thread looks.
const PAUSE: Duration = Duration::from_millis(300);

/// Holds the present state.
pub(crate) struct Follower {
    now: Mutex<Arc<Index>>,
    path: PathBuf,
}

impl Follower {
    /// Reads the lines of a ledger and follows them from then on, until it is dropped.
    pub(crate) fn open(path: &Path) -> Result<Arc<Self>, Error> {
        let index = Arc::new(Index::load(path)?);
        let follower = Arc::new(Self { now: Mutex::new(index), path: path.to_owned() });
        let weak = Arc::downgrade(&follower);
        std::thread::spawn(move || follow(&weak));
        Ok(follower)
    }

    /// The present state.
    pub(crate) fn index(&self) -> Arc<Index> {
        Arc::clone(&self.now.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, index: Index) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(index);
    }

    /// Brings the state up to date with the ledger, if it has changed.
    fn look(&self, ledger: &SqliteStore) -> Result<(), Error> {
        let before = self.index();
        let lines = ledger.lines();
        lines.begin()?;
        let next = before.next(&lines, &self.path);
        lines.end()?;
        if let Some(next) = next? {
            next.warm(ledger, &before)?;
            self.put(next);
        }
        Ok(())
    }
}

fn follow(follower: &Weak<Follower>) {
    let mut open: Option<(SqliteStore, i64)> = None;
    let mut warm = false;
    loop {
        let Some(follower) = follower.upgrade() else { return };
        match step(&follower, open.take(), &mut warm) {
            Ok(state) => open = Some(state),
            // The file may be away for a moment; what is known of it stays.
            Err(e) => eprintln!("standoff: cannot look into the ledger: {e}"),
        }
        drop(follower);
        std::thread::sleep(PAUSE);
    }
}

fn step(follower: &Follower, open: Option<(SqliteStore, i64)>, warm: &mut bool) -> Result<(SqliteStore, i64), Error> {
    let (ledger, seen) = match open {
        Some((ledger, seen)) => (ledger, Some(seen)),
        None => (SqliteStore::open_existing(&follower.path)?, None),
    };
    let version = ledger.data_version()?;
    if seen != Some(version) {
        follower.look(&ledger)?;
    }
    if !*warm {
        let index = follower.index();
        index.warm(&ledger, &index)?;
        index.hear_frequent_words(&ledger)?;
        index.make_orders();
        *warm = true;
    }
    Ok((ledger, version))
}
