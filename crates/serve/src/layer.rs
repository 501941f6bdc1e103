//! What people have said of the ledger's claims and figures: kept in memory, brought up to date when somebody says more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use evidence::correction::{Correction, Draft, Kind, Object};
use review::{Layer, Verdict};
use store::{Corrections, Kept, SqliteStore, Store};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::index::Look;

/// The layer as last read, and the connection by which words are added to it.
pub(crate) struct Layers {
    ledger: PathBuf,
    /// With the revision of the readings to which it was attached.
    last: Mutex<Option<(u64, Arc<Layer>)>>,
    writer: Mutex<Option<SqliteStore>>,
}

/// That people have said something of an object: what a badge beside it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Badge {
    /// `accepted`, `corrected`, `rejected`, `disputed`.
    pub verdict: &'static str,
    /// Who had a part in it.
    pub people: Vec<String>,
    /// In one line: "corrected by anna and edda: act, event".
    pub line: String,
}

/// What people have said of the claims and figures of a ledger, found again in its readings as they are now.
///
/// # Errors
/// If the ledger cannot be read.
pub fn layer_of(store: &SqliteStore) -> Result<Layer, store::Error> {
    attached(store, store.corrections(0)?)
}

impl Layers {
    pub fn new(ledger: PathBuf) -> Self {
        Self { ledger, last: Mutex::default(), writer: Mutex::default() }
    }

    /// The layer as it is now.
    fn current(&self, store: &SqliteStore) -> Result<Arc<Layer>, Fault> {
        let revision = store.revision()?;
        let known = locked(&self.last).clone();
        let after = known.as_ref().map_or(0, |(_, layer)| layer.last());
        let new = store.corrections(after)?;
        if let Some((_, layer)) = known.as_ref().filter(|(r, _)| *r == revision && new.is_empty()) {
            return Ok(layer.clone());
        }
        let mut all = known.map_or_else(Vec::new, |(_, layer)| layer.log().to_vec());
        all.extend(new);
        let layer = attached(store, all)?;
        let layer = Arc::new(layer);
        *locked(&self.last) = Some((revision, layer.clone()));
        Ok(layer)
    }

    fn keep(&self, draft: &Draft, seen: u64, ids: &[String]) -> Result<Kept, Fault> {
        let mut writer = locked(&self.writer);
        let mut store = match writer.take() {
            Some(store) => store,
            None => SqliteStore::open(&self.ledger)?,
        };
        let kept = store.correct(draft, seen, ids);
        *writer = Some(store);
        kept.map_err(|e| {
            if e.is_locked() {
                let told =
                    "reports are being read into the ledger just now; nothing is lost: send it again in a moment";
                return Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy", told);
            }
            e.into()
        })
    }
}

impl Desk {
    /// What people have said so far.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) async fn layer(&self) -> Result<Arc<Layer>, Fault> {
        let desk = self.clone();
        self.ask(move |store| desk.layers().current(store)).await
    }

    /// Looks for lines, with the layer at hand.
    ///
    /// # Errors
    /// What `look` gives, or that the ledger cannot be read.
    pub(crate) async fn look_with_layer<T, F>(&self, look: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Look, &Layer) -> Result<T, Fault> + Send + 'static,
    {
        let desk = self.clone();
        let both = move |at: &Look| {
            let layer = desk.layers().current(at.ledger)?;
            look(at, &layer)
        };
        self.look(both).await
    }

    /// Adds a word for good; see [`Corrections::correct`].
    ///
    /// # Errors
    /// If the ledger cannot be written, or another program is writing for long.
    pub(crate) async fn correct(&self, draft: Draft, seen: u64, ids: Vec<String>) -> Result<Kept, Fault> {
        let desk = self.clone();
        let kept = tokio::task::spawn_blocking(move || desk.layers().keep(&draft, seen, &ids));
        kept.await.map_err(|e| Fault::broken(format!("a correction was not kept: {e}")))?
    }
}

/// The layer of corrections, each with the object that it is of now.
fn attached(store: &SqliteStore, all: Vec<Correction>) -> Result<Layer, store::Error> {
    let objects: BTreeSet<&Object> = all.iter().map(|c| &c.said.object).collect();
    let objects: Vec<Object> = objects.into_iter().cloned().collect();
    let gone = store.gone(&objects)?;
    if gone.is_empty() {
        return Ok(Layer::new(all, &BTreeMap::new()));
    }
    // Objects that are there compete with those that are gone for their place: so all of these articles.
    let of_gone = all.iter().filter(|c| gone.contains(&c.said.object));
    let articles: BTreeSet<String> = of_gone.map(|c| c.said.anchor.article.clone()).collect();
    let readings = store.readings(Some(&articles.iter().cloned().collect::<Vec<_>>()))?;
    let of_them = all.iter().filter(|c| articles.contains(&c.said.anchor.article));
    let attached = review::attach(of_them, &readings);
    Ok(Layer::new(all, &attached))
}

/// Badges for those of some objects that people have said something of, by id. Ids of claims and figures never meet.
pub(crate) fn corrections_of<'i>(layer: &Layer, ids: impl IntoIterator<Item = &'i str>) -> BTreeMap<String, Badge> {
    let standing = |id: &str| Kind::ALL.iter().find_map(|kind| layer.of(*kind, id));
    let badge = |id: &str| standing(id).and_then(badge).map(|b| (id.to_owned(), b));
    ids.into_iter().filter_map(badge).collect()
}

fn badge(standing: &review::Standing) -> Option<Badge> {
    let verdict = standing.verdict()?;
    let people: Vec<String> = standing.people().into_iter().map(str::to_owned).collect();
    let fields: Vec<&str> = match verdict {
        Verdict::Disputed => standing.disputed().into_iter().map(|f| f.as_str()).collect(),
        Verdict::Corrected => standing.changes(&standing.read).keys().map(|f| f.as_str()).collect(),
        Verdict::Accepted | Verdict::Rejected => Vec::new(),
    };
    let who = people.join(", ");
    let told = match verdict {
        Verdict::Disputed => format!("disputed between {who}"),
        _ => format!("{} by {who}", verdict.as_str()),
    };
    let line = if fields.is_empty() { told } else { format!("{told}: {}", fields.join(", ")) };
    Some(Badge { verdict: verdict.as_str(), people, line })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
