//! What every answer is made from: the ledger, its readers, and what the program lends.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use store::SqliteStore;

use crate::api::{Events, Jobs};
use crate::fault::Fault;
use crate::guard::Keeper;
use crate::index::{Follower, Index, Look};
use crate::layer::Layers;
use crate::lent::Lent;
use crate::pages::Colours;
use crate::readers::Readers;

/// What the program tells the desk.
pub struct Settings {
    /// The ledger file. It is there.
    pub ledger: PathBuf,
    /// Seconds since 1970, now.
    pub clock: fn() -> i64,
    /// Where to answer.
    pub listen: SocketAddr,
    /// Names by which the desk may be asked, without ports; none: on this machine its own, elsewhere any.
    pub hosts: Vec<String>,
    /// Certificate chain and private key, as PEM files.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Whether a proxy of ours stands before the desk: then, and only then, what it says about the client is believed
    /// (`X-Forwarded-For`, `X-Forwarded-Proto`).
    pub behind_proxy: bool,
    /// Requests a second for each account and each address; 0 counts none. Only where there are accounts.
    pub per_second: u32,
    /// What only the whole program can do.
    pub lent: Lent,
}

impl Settings {
    /// The ledger on this machine alone, at a port that the system chooses.
    pub fn new(ledger: PathBuf, clock: fn() -> i64) -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            ledger,
            clock,
            listen,
            hosts: Vec::new(),
            tls: None,
            behind_proxy: false,
            per_second: 50,
            lent: Lent::default(),
        }
    }
}

/// The desk; cheap to clone.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    readers: Readers,
    /// As many questions at once as connections are kept.
    turns: tokio::sync::Semaphore,
    exports: Arc<tokio::sync::Semaphore>,
    keeper: Keeper,
    follower: Arc<Follower>,
    layers: Layers,
    /// With the change of the ledger that they are of.
    colours: Mutex<Option<(u64, Arc<Colours>)>>,
    jobs: Jobs,
    events: Events,
}

impl Desk {
    /// Opens the ledger.
    ///
    /// # Errors
    /// If it, or the accounts beside it, cannot be read.
    pub fn open(settings: Settings) -> Result<Self, store::Error> {
        let readers = Readers::open(&settings.ledger)?;
        let keeper = Keeper::open(&settings)?;
        let follower = Follower::open(&settings.ledger)?;
        let layers = Layers::new(settings.ledger.clone());
        let jobs = Jobs::open(&settings.ledger, settings.lent.intake.clone());
        let events = Events::default();
        let inner = Inner {
            settings,
            readers,
            turns: tokio::sync::Semaphore::new(crate::readers::KEPT),
            exports: Arc::new(tokio::sync::Semaphore::new(crate::readers::KEPT / 2)),
            keeper,
            follower,
            layers,
            jobs,
            events,
            colours: Mutex::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What the program told.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Accounts, and who is let in.
    pub(crate) fn keeper(&self) -> &Keeper {
        &self.inner.keeper
    }

    /// What people have said of claims and figures.
    pub(crate) fn layers(&self) -> &Layers {
        &self.inner.layers
    }

    /// Reports that were sent to be read.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.inner.jobs
    }

    /// Streams of what is new.
    pub(crate) fn events(&self) -> &Events {
        &self.inner.events
    }

    /// Seconds since 1970, now.
    pub fn now(&self) -> i64 {
        (self.inner.settings.clock)()
    }

    /// Leave to write an export, which holds a connection for as long as its reader is slow: half of them stay for pages.
    ///
    /// # Errors
    /// If too many are written already.
    pub(crate) fn leave_to_export(&self) -> Result<tokio::sync::OwnedSemaphorePermit, Fault> {
        let told = "too many exports are being written; try again in a moment";
        let busy = |_| Fault::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "busy", told);
        self.inner.exports.clone().try_acquire_owned().map_err(busy)
    }

    /// Which colour each party has.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) async fn colours(&self) -> Result<Arc<Colours>, Fault> {
        let index = self.index();
        let mut kept = self.inner.colours.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, colours)) = kept.as_ref().filter(|(change, _)| *change == index.change()) {
            return Ok(Arc::clone(colours));
        }
        let parties = index.parties().iter().map(|p| p.value.as_str());
        let colours = Arc::new(Colours::of(parties, &self.inner.settings.lent.conflicts, |p| index.party(p)));
        *kept = Some((index.change(), Arc::clone(&colours)));
        Ok(colours)
    }

    /// The index as it is now; a change of the ledger is in it within a second.
    pub(crate) fn index(&self) -> Arc<Index> {
        self.inner.follower.index()
    }

    /// Looks for lines, away from the threads that answer requests.
    ///
    /// # Errors
    /// What `look` gives, or that the ledger cannot be opened.
    pub(crate) async fn look<T, F>(&self, look: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Look) -> Result<T, Fault> + Send + 'static,
    {
        let desk = self.clone();
        self.ask(move |ledger| look(&Look { index: desk.index(), ledger, lent: &desk.inner.settings.lent })).await
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
        // More at once would only open connections that nobody keeps; the others wait their turn.
        let turn = self.inner.turns.acquire().await;
        let _turn = turn.map_err(|e| Fault::broken(format!("a question to the ledger has no turn: {e}")))?;
        let desk = self.clone();
        let asked = tokio::task::spawn_blocking(move || desk.inner.readers.with(ask));
        asked.await.map_err(|e| Fault::broken(format!("a question to the ledger was not answered: {e}")))?
    }
}
