//! Who fetches? A few threads, each with one errand at a time; what they bring waits in a queue of fixed length.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use fetch::{Answer, Client, Entry, Error, Page, Validators};
use store::{Feed, Listing};

/// How many errands may be under way.
pub const MOST: usize = 8;

/// Something to fetch.
#[derive(Debug, Clone)]
pub enum Errand {
    /// A feed.
    Feed(Feed),
    /// A page that a feed listed.
    Page(Box<Listing>),
}

/// What an errand brought.
pub struct Brought {
    /// The host that was asked, by which turns go.
    pub host: String,
    /// What was asked for, with what came: nothing, if it has not changed.
    pub what: Catch,
}

/// What was asked for, with what came.
pub enum Catch {
    /// What a feed lists, and by what to ask for it next time.
    Feed(Feed, Result<Option<(Vec<Entry>, Validators)>, Error>),
    /// A page.
    Page(Box<Listing>, Result<Option<Page>, Error>),
    /// The fetching met a mistake of ours.
    Lost(Errand),
}

/// The threads that fetch. They are not waited for at the end: what they have not brought is still on the list.
pub struct Runners {
    errands: SyncSender<(String, Errand)>,
    brought: Receiver<Brought>,
}

impl Runners {
    /// Starts the threads.
    pub fn start(client: &Arc<Client>) -> Result<Self> {
        let (errands, queue) = sync_channel::<(String, Errand)>(MOST);
        let (bring, brought) = sync_channel(MOST);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..MOST {
            let (client, queue, bring) = (Arc::clone(client), Arc::clone(&queue), bring.clone());
            let run = move || {
                while let Some((host, errand)) = next(&queue) {
                    let what = catch_unwind(AssertUnwindSafe(|| go(&client, errand.clone())));
                    let what = what.unwrap_or(Catch::Lost(errand));
                    if bring.send(Brought { host, what }).is_err() {
                        break; // Nobody waits any more.
                    }
                }
            };
            std::thread::Builder::new().name("fetch".to_owned()).spawn(run).context("cannot start a thread")?;
        }
        Ok(Self { errands, brought })
    }

    /// Sends somebody; there must be no more than [`MOST`] under way.
    pub fn send(&self, host: String, errand: Errand) -> Result<()> {
        self.errands.send((host, errand)).ok().context("cannot go on: all threads that fetch have ended")
    }

    /// Waits for what comes next, for so long at most.
    pub fn wait(&self, time: Duration) -> Result<Option<Brought>> {
        match self.brought.recv_timeout(time) {
            Ok(brought) => Ok(Some(brought)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => anyhow::bail!("cannot go on: all threads that fetch have ended"),
        }
    }
}

fn next(queue: &Mutex<Receiver<(String, Errand)>>) -> Option<(String, Errand)> {
    queue.lock().unwrap_or_else(|broken| broken.into_inner()).recv().ok()
}

fn go(client: &Client, errand: Errand) -> Catch {
    match errand {
        Errand::Feed(feed) => {
            let came = get(client, &feed.url, &feed.etag, &feed.modified);
            let listed =
                came.and_then(|page| page.map(|p| Ok((fetch::feed(&p.bytes, &p.url)?, p.validators))).transpose());
            Catch::Feed(feed, listed)
        }
        Errand::Page(page) => {
            let came = get(client, &page.page.url, &page.etag, &page.modified);
            Catch::Page(page, came)
        }
    }
}

fn get(client: &Client, url: &str, etag: &Option<String>, modified: &Option<String>) -> Result<Option<Page>, Error> {
    match client.get(url, &Validators { etag: etag.clone(), modified: modified.clone() })? {
        Answer::Page(page) => Ok(Some(page)),
        Answer::Unchanged => Ok(None),
    }
}
