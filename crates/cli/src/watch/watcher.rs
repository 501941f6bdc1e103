//! What comes next, and what has come? Feeds and pages that are due are sent for, one thing of a host at a time; what
//! comes is read, kept, and then ticked off: in this order, so that a kill at any moment loses nothing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use annotate::Scratch;
use anyhow::{Context, Result};
use evidence::ledger::Reading;
use evidence::{Note, address};
use fetch::{Client, Entry, Error, Page, Trouble, Validators};
use ingest::{Given, Told};
use publish::printable;
use store::{Listed, Listing, Saved, SqliteStore, Store, Watchlist};

use super::errands::{self, Brought, Catch, Errand, Runners};
use super::feeds::Feeds;
use super::measures::printed;
use super::schedule::{self, SELDOMEST, later};
use crate::clock;
use crate::commands::read::{READER, Summary};
use crate::fetched::{self, Fetched};
use crate::pipeline::{self, Pipeline};

/// How often it is looked whether something has become due, or the user wants to end.
const TICK: Duration = Duration::from_millis(200);

/// A page that a feed says was changed is looked at after so long: pages under work change often.
const AFTER_CHANGE: Duration = Duration::from_secs(10 * 60);

/// Incidents are made anew when nothing is left to read, but not more often than this, and under a constant stream of
/// articles at least once in so long.
const RECONCILE_IDLE: Duration = Duration::from_secs(10);
const RECONCILE_BUSY: Duration = Duration::from_secs(3 * 60);

/// How many kinds of trouble of hosts are remembered, so that each is told once.
const MOST_TROUBLES: usize = 1000;

/// How feeds are watched.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Ask each feed once, read what is to be read, and end.
    pub once: bool,
    /// No line for each article.
    pub quiet: bool,
}

/// Watches feeds and keeps what comes in a ledger.
pub struct Watcher<'a> {
    feeds: &'a Feeds,
    pipeline: &'a Pipeline,
    manner: Manner,
    store: SqliteStore,
    client: Arc<Client>,
    runners: Runners,
    /// One for each feed, in the order of the file.
    states: Vec<State>,
    /// Hosts that somebody was sent to.
    busy: Vec<String>,
    scratch: Scratch,
    summary: Summary,
    /// Readings that incidents do not know of yet.
    fresh: usize,
    reconciled: Instant,
    told: BTreeSet<(String, Trouble)>,
}

/// Where a feed stands.
struct State {
    feed: store::Feed,
    host: String,
    /// What was last wrong with it.
    trouble: Option<Trouble>,
    asked: bool,
}

impl<'a> Watcher<'a> {
    /// Ready to watch.
    pub fn new(
        feeds: &'a Feeds,
        pipeline: &'a Pipeline,
        store: SqliteStore,
        client: Client,
        manner: Manner,
    ) -> Result<Self> {
        let client = Arc::new(client);
        let now = clock::seconds();
        let mut states = Vec::new();
        for feed in &feeds.feeds {
            let host = client.host(&feed.url).with_context(|| format!("cannot watch {}", feed.url))?;
            let mut kept = store.feed(&feed.url)?;
            if kept.failures == 0 {
                // The file may name a shorter time now than when it was last asked.
                kept.due = kept.due.min(later(now, feeds.interval(feed)));
            }
            states.push(State { feed: kept, host, trouble: None, asked: false });
        }
        let runners = Runners::start(&client)?;
        Ok(Self {
            feeds,
            pipeline,
            manner,
            store,
            client,
            runners,
            states,
            busy: Vec::new(),
            scratch: Scratch::default(),
            summary: Summary::default(),
            fresh: 0,
            reconciled: Instant::now(),
            told: BTreeSet::new(),
        })
    }

    /// Watches until told to stop, or until all is done where that is wanted; ends with a reconciled ledger.
    pub fn run(&mut self, stop: &AtomicBool) -> Result<()> {
        if self.manner.once {
            self.tell_of_rests();
        }
        while !stop.load(Ordering::Relaxed) {
            self.send_out()?;
            if self.manner.once && self.busy.is_empty() {
                break; // Whatever is due has been sent for and has come.
            }
            if let Some(brought) = self.runners.wait(TICK)? {
                self.take(brought)?;
            }
            self.reconcile_in_time()?;
        }
        self.reconcile()
    }

    /// Feeds that could not be had the last times are left alone for a while, also by a run that asks once.
    fn tell_of_rests(&mut self) {
        let now = clock::seconds();
        let resting = self.states.iter().filter(|s| s.feed.failures > 0 && s.feed.due > now);
        let told: Vec<String> = resting
            .map(|s| {
                let wait = printed(Duration::from_secs((s.feed.due - now).unsigned_abs()));
                format!("the feed {} could not be had before; it is asked again in {wait}", s.feed.url)
            })
            .collect();
        for message in told {
            self.complain(&message);
            self.summary.fail();
        }
    }

    /// What was read, and what remains to be: for the end.
    pub fn sum_up(self) -> Result<(Summary, SqliteStore, u64)> {
        let waiting = self.store.waiting()?;
        Ok((self.summary, self.store, waiting))
    }

    /// Sends somebody for whatever is due: feeds first, as they may change while pages wait.
    fn send_out(&mut self) -> Result<()> {
        let now = clock::seconds();
        for state in &mut self.states {
            let due = state.feed.due <= now || (self.manner.once && state.feed.failures == 0);
            let wanted = due && !(self.manner.once && state.asked);
            if wanted && self.busy.len() < errands::MOST && !self.busy.contains(&state.host) {
                state.asked = true;
                self.busy.push(state.host.clone());
                self.runners.send(state.host.clone(), Errand::Feed(state.feed.clone()))?;
            }
        }
        let room = errands::MOST - self.busy.len();
        if room > 0 {
            for page in self.store.due(now, &self.busy, room)? {
                self.busy.push(page.page.host.clone());
                self.runners.send(page.page.host.clone(), Errand::Page(Box::new(page)))?;
            }
        }
        Ok(())
    }

    fn take(&mut self, brought: Brought) -> Result<()> {
        self.busy.retain(|h| *h != brought.host);
        match brought.what {
            Catch::Feed(feed, Ok(listed)) => self.heard(feed, listed),
            Catch::Feed(feed, Err(error)) => self.feed_failed(feed, &error),
            Catch::Page(page, Ok(Some(came))) => self.read(*page, came),
            Catch::Page(page, Ok(None)) => self.tick_off(*page, None),
            Catch::Page(page, Err(error)) => self.page_failed(*page, &error),
            Catch::Lost(Errand::Feed(mut feed)) => {
                self.complain(&format!(
                    "cannot fetch {}: it meets a mistake of this program; please report it",
                    feed.url
                ));
                feed.due = later(clock::seconds(), SELDOMEST);
                self.keep_feed(feed, &[]).map(drop)
            }
            Catch::Lost(Errand::Page(mut page)) => {
                let url = &page.page.url;
                self.complain(&format!("cannot fetch {url}: it meets a mistake of this program; please report it"));
                page.due = None;
                self.keep_page(&page)
            }
        }
    }

    /// A feed has answered: what is new in it is put on the list, and then only is the answer remembered.
    fn heard(&mut self, mut feed: store::Feed, listed: Option<(Vec<Entry>, Validators)>) -> Result<()> {
        let interval = self.interval(&feed.url);
        feed.due = later(clock::seconds(), interval);
        feed.failures = 0;
        let mut pages = Vec::new();
        if let Some((entries, validators)) = listed {
            (feed.etag, feed.modified) = (validators.etag, validators.modified);
            pages = entries.into_iter().filter_map(|e| self.listed(&feed.url, e)).collect();
        }
        let recovered = self.state(&feed.url).is_some_and(|s| s.trouble.take().is_some());
        if recovered {
            eprintln!("standoff: the feed {} answers again", printable(&self.name(&feed.url)));
        }
        self.keep_feed(feed, &pages).map(drop)
    }

    /// An entry as it is put on the list, if it leads to what may be asked.
    fn listed(&mut self, feed: &str, entry: Entry) -> Option<Listed> {
        let host = match self.client.host(&entry.url) {
            Ok(host) => host,
            Err(error) => {
                self.trouble(feed, &entry.url, &error);
                return None;
            }
        };
        // A front page is listed as well, if that is what a feed does.
        let key = address::of_article(&entry.url).or_else(|| address::canonical(&entry.url))?;
        Some(Listed { key, url: entry.url, host, published: entry.published, updated: entry.updated })
    }

    fn feed_failed(&mut self, mut feed: store::Feed, error: &Error) -> Result<()> {
        if error.trouble() == Trouble::Resting {
            feed.due = later(clock::seconds(), error.wait().unwrap_or_default());
            if self.manner.once {
                self.trouble(&feed.url, &feed.url, error);
            }
            return self.keep_feed(feed, &[]).map(drop);
        }
        feed.failures = feed.failures.saturating_add(1);
        let interval = self.interval(&feed.url);
        let wait = schedule::rest_of_feed(interval, feed.failures, error.wait());
        feed.due = later(clock::seconds(), wait);
        let new = self.state(&feed.url).is_some_and(|s| s.trouble.replace(error.trouble()) != Some(error.trouble()));
        if new {
            let name = self.name(&feed.url);
            let told = if name == feed.url { name } else { format!("{name} ({})", feed.url) };
            let message = format!("cannot fetch the feed {told}: {error}; asked again in {}", printed(wait));
            self.complain(&message);
            self.summary.fail();
            self.summary.note(&Note::new(error.trouble().as_str(), message));
        }
        self.keep_feed(feed, &[]).map(drop)
    }

    /// A page has come: it is read, kept, and then ticked off.
    fn read(&mut self, page: Listing, came: Page) -> Result<()> {
        let outlet = self.feeds.of(&page.feed).and_then(|f| f.outlet.clone());
        let given = Given { outlet, ..Given::default() };
        let published = page.page.published.clone().map(|v| Told::new(v, "the feed"));
        let validators = came.validators.clone();
        let fetched = Fetched { page: came, retrieved: clock::iso(), published };
        let found = fetched::read(self.pipeline, fetched, &given, &mut self.scratch);
        found.notes.iter().for_each(|n| self.summary.note(n));
        for outcome in found.outcomes {
            match &outcome.reading {
                Ok(reading) => self.save(reading, page.looks > 0)?,
                Err(_) => self.summary.complain(&outcome),
            }
        }
        self.tick_off(page, Some(validators))
    }

    fn save(&mut self, reading: &Reading, seen_before: bool) -> Result<()> {
        let saved = patiently(|| self.store.save(READER, reading))?;
        self.summary.of_reading(reading, saved);
        if saved == Saved::Unchanged {
            return Ok(());
        }
        self.fresh += 1;
        if !self.manner.quiet {
            let article = &reading.article;
            let word = if seen_before { "changed" } else { "new" };
            let outlet = article.outlet.as_deref().map(|o| format!("{o}: ")).unwrap_or_default();
            let title = article.title().unwrap_or("(no title)");
            let (claims, figures) = (reading.claims.len(), reading.figures.len());
            let line = format!("{word}: {outlet}{title} (claims: {claims}, figures: {figures}) {}", article.path);
            eprintln!("{}", printable(&line));
        }
        Ok(())
    }

    /// Keeps that a page was looked at, and when to look again.
    fn tick_off(&mut self, mut page: Listing, came: Option<Validators>) -> Result<()> {
        let now = clock::seconds();
        let first = *page.first.get_or_insert(now);
        page.looks = page.looks.saturating_add(1);
        page.failures = 0;
        page.due = schedule::next_look(&self.feeds.revisits(), first, now);
        if let Some(validators) = came {
            (page.etag, page.modified) = (validators.etag, validators.modified);
        }
        self.keep_page(&page)
    }

    fn page_failed(&mut self, mut page: Listing, error: &Error) -> Result<()> {
        let now = clock::seconds();
        let trouble = error.trouble();
        // Not to have been asked is no failure.
        if trouble != Trouble::Resting {
            page.failures = page.failures.saturating_add(1);
        }
        page.due = schedule::next_try(trouble, page.failures, error.wait(), now);
        if page.due.is_none() {
            self.summary.note(&Note::new(trouble.as_str(), format!("cannot fetch {}: {error}", page.page.url)));
        }
        if page.due.is_none() || self.manner.once {
            self.summary.fail();
        }
        if trouble != Trouble::Resting {
            self.trouble(&page.page.host.clone(), &page.page.url.clone(), error);
        }
        self.keep_page(&page)
    }

    /// Tells a kind of trouble of a host, or of the pages of a feed, once.
    fn trouble(&mut self, of: &str, url: &str, error: &Error) {
        if self.told.len() >= MOST_TROUBLES {
            self.told.clear();
        }
        if self.told.insert((of.to_owned(), error.trouble())) {
            self.complain(&format!("cannot fetch {url}: {error}"));
        }
    }

    fn complain(&self, message: &str) {
        eprintln!("standoff: {}", printable(message));
    }

    fn keep_feed(&mut self, feed: store::Feed, pages: &[Listed]) -> Result<usize> {
        let now = clock::seconds();
        let new = patiently(|| self.store.heard(&feed, pages, now, later(now, AFTER_CHANGE)))?;
        if let Some(state) = self.state(&feed.url) {
            state.feed = feed;
        }
        Ok(new)
    }

    fn keep_page(&mut self, page: &Listing) -> Result<()> {
        patiently(|| self.store.looked(page))
    }

    fn reconcile_in_time(&mut self) -> Result<()> {
        let since = self.reconciled.elapsed();
        let idle = self.busy.is_empty() && since >= RECONCILE_IDLE;
        if self.fresh > 0 && (idle || since >= RECONCILE_BUSY) {
            self.reconcile()?;
        }
        Ok(())
    }

    fn reconcile(&mut self) -> Result<()> {
        patiently(|| pipeline::reconcile(&mut self.store))?;
        self.summary.of_versions(&self.store)?;
        self.store.rest()?;
        self.fresh = 0;
        self.reconciled = Instant::now();
        Ok(())
    }

    fn state(&mut self, url: &str) -> Option<&mut State> {
        self.states.iter_mut().find(|s| s.feed.url == url)
    }

    fn name(&self, url: &str) -> String {
        self.feeds.of(url).map_or(url, |f| f.name()).to_owned()
    }

    fn interval(&self, url: &str) -> Duration {
        self.feeds.of(url).map_or(SELDOMEST, |f| self.feeds.interval(f))
    }
}

/// Does a step of the ledger, and waits while another program is writing to it: that may take its minutes.
fn patiently<T>(mut step: impl FnMut() -> Result<T, store::Error>) -> Result<T> {
    /// Each try waits a few seconds by itself.
    const TRIES: usize = 60;
    for _ in 1..TRIES {
        match step() {
            Err(e) if e.is_locked() => {}
            done => return done.context("cannot write to the ledger"),
        }
    }
    step().context("cannot write to the ledger")
}
