//! Reports that were sent to be read: kept on the disk until they are, so that nothing acknowledged is lost, and read one
//! after the other.

mod spool;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{StatusCode, header};
use evidence::time::Iso;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::guard::Secret;
use spool::Spool;

/// Reads what was sent into the ledger: the program lends it, as the stages of reading are not known here.
pub trait Intake: Send + Sync {
    /// Reads all reports of what was sent; `read` is told each that is done.
    ///
    /// # Errors
    /// In plain words, why the ledger could not be written. What was read before may be in it: reading again changes
    /// nothing.
    fn read(&self, sent: &Sent, read: &mut dyn FnMut()) -> Result<Outcome, String>;
}

/// What somebody sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// How it is called; no path.
    pub name: String,
    /// One report or many, of any kind that `standoff read` takes.
    pub bytes: Vec<u8>,
    /// What is known of it beside its bytes.
    pub told: Told,
}

/// What is known of a report beside its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When it was published, in ISO 8601.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// What became of what was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Reports that are in the ledger now.
    pub read: Vec<ReadReport>,
    /// Reports that could not be read.
    pub unread: Vec<UnreadReport>,
    /// What a person should know beside that: kind and message.
    pub notes: Vec<(String, String)>,
}

/// A report that is in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadReport {
    /// Its id.
    pub article: String,
    /// Where it stood in what was sent.
    pub path: String,
    /// `added`, `replaced` or `unchanged`.
    pub saved: String,
    /// How many claims it has.
    pub claims: usize,
    /// How many figures.
    pub figures: usize,
    /// What a person should know of it: kind and message.
    pub notes: Vec<(String, String)>,
}

/// A report that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadReport {
    /// Why, in plain words.
    pub why: String,
}

/// One sending.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub id: String,
    /// Name of the account that sent it.
    pub by: String,
    /// When, in seconds since 1970.
    pub at: i64,
    pub name: String,
    pub bytes: usize,
    pub told: Told,
    pub state: State,
    /// Reports that are done.
    pub done: usize,
    pub outcome: Option<Outcome>,
    /// Why it failed as a whole.
    pub why: Option<String>,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Waiting,
    Reading,
    Done,
    Failed,
}

/// Sendings that may wait.
const WAITING: usize = 20;
/// Sendings of which the outcome is kept.
const KEPT: usize = 1000;

/// All jobs.
pub(crate) struct Jobs {
    shared: Arc<Shared>,
    /// To the thread that reads, if the program lends what it takes.
    queue: Option<Sender<String>>,
}

struct Shared {
    spool: Spool,
    jobs: Mutex<BTreeMap<String, Job>>,
}

impl Jobs {
    /// Takes up what was sent and not read when the desk was closed last.
    pub fn open(ledger: &Path, intake: Option<Arc<dyn Intake>>) -> Self {
        let spool = Spool::beside(ledger);
        let jobs: BTreeMap<String, Job> = spool.jobs().into_iter().map(|j| (j.id.clone(), j)).collect();
        let shared = Arc::new(Shared { spool, jobs: Mutex::new(jobs) });
        let queue = intake.map(|intake| {
            let (queue, ids) = channel::<String>();
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || ids.into_iter().for_each(|id| shared.work(&*intake, &id)));
            queue
        });
        let jobs = Self { shared, queue };
        let open = |j: &&Job| matches!(j.state, State::Waiting | State::Reading);
        let waiting: Vec<String> = jobs.shared.lock().values().filter(open).map(|j| j.id.clone()).collect();
        waiting.into_iter().for_each(|id| jobs.queue(id));
        jobs
    }

    fn queue(&self, id: String) {
        if let Some(queue) = &self.queue {
            // The thread ends with the desk only.
            let _ = queue.send(id);
        }
    }

    /// Keeps what was sent, on the disk, and has it read; the job's id.
    pub fn take(&self, by: &str, at: i64, sent: Sent) -> Result<String, Fault> {
        if self.queue.is_none() {
            let told = "this desk shows a ledger and reads no reports";
            return Err(Fault::new(StatusCode::NOT_IMPLEMENTED, "not-here", told));
        }
        let waits = |j: &&Job| matches!(j.state, State::Waiting | State::Reading);
        if self.shared.lock().values().filter(waits).count() >= WAITING {
            let told = "too many reports wait to be read; send them again in a few minutes";
            return Err(Fault::new(StatusCode::SERVICE_UNAVAILABLE, "queue-full", told).with(header::RETRY_AFTER, "60"));
        }
        // In the order of their times.
        let id = format!("{at:010x}{}", Secret::new().text().chars().take(12).collect::<String>());
        let (name, bytes, told) = (sent.name, sent.bytes.len(), sent.told);
        let job = Job {
            id: id.clone(),
            by: by.to_owned(),
            at,
            name,
            bytes,
            told,
            state: State::Waiting,
            done: 0,
            outcome: None,
            why: None,
        };
        let kept = self.shared.spool.keep(&job, &sent.bytes);
        kept.map_err(|e| Fault::broken(format!("what was sent cannot be kept: {e}")))?;
        self.shared.lock().insert(id.clone(), job);
        self.queue(id.clone());
        Ok(id)
    }

    /// A job as it stands now.
    pub fn job(&self, id: &str) -> Option<Job> {
        self.shared.lock().get(id).cloned()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Job)) -> Option<Job> {
        let mut jobs = self.lock();
        let job = jobs.get_mut(id)?;
        change(job);
        Some(job.clone())
    }

    fn work(&self, intake: &dyn Intake, id: &str) {
        let Some(job) = self.change(id, |j| j.state = State::Reading) else { return };
        let ended = match self.spool.bytes(id) {
            Ok(bytes) => {
                let sent = Sent { name: job.name, bytes, told: job.told };
                let mut read = || {
                    self.change(id, |j| j.done += 1);
                };
                let reading = catch_unwind(AssertUnwindSafe(|| intake.read(&sent, &mut read)));
                reading.unwrap_or_else(|_| Err("reading it met a mistake of this program; please report it".to_owned()))
            }
            Err(e) => {
                eprintln!("standoff: what was sent as {id} is not there any more: {e}");
                Err("what was sent is not there any more; send it again".to_owned())
            }
        };
        let ended = self.change(id, |j| match ended {
            Ok(outcome) => (j.state, j.outcome) = (State::Done, Some(outcome)),
            Err(why) => (j.state, j.why) = (State::Failed, Some(why)),
        });
        // If this is not kept, it is read once more after the next start, which changes nothing.
        if let Some(Err(e)) = ended.map(|j| self.spool.end(&j)) {
            eprintln!("standoff: what became of {id} cannot be kept: {e}");
        }
        self.forget();
    }

    /// Of the jobs that have ended, the newest are kept.
    fn forget(&self) {
        let mut jobs = self.lock();
        let ended = |j: &&Job| matches!(j.state, State::Done | State::Failed);
        let ended: Vec<String> = jobs.values().filter(ended).map(|j| j.id.clone()).collect();
        for id in ended.iter().take(ended.len().saturating_sub(KEPT)) {
            jobs.remove(id);
            self.spool.forget(id);
        }
    }
}

/// Whether a date is one.
pub(super) fn is_date(text: &str) -> bool {
    Iso::parse(text).is_some()
}
