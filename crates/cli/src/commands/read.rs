//! Reads files into the ledger, and says at the end what needs attention.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use annotate::Scratch;
use anyhow::{Context, Result};
use evidence::{Ledger, Note};
use fetch::{Client, Pace, Settings};
use indicatif::{ProgressBar, ProgressStyle};
use ingest::{Given, Inbox, Metadata};
use publish::{Book, printable, table};
use store::{Saved, SqliteStore, Store, Tally};

use super::diff;
use crate::Ending;
use crate::arguments::Read;
use crate::pipeline::{self, Outcome, Pipeline};
use crate::{clock, fetched};

/// Names the program in the ledger.
pub(crate) const READER: &str = concat!("standoff ", env!("CARGO_PKG_VERSION"));

/// How many different remarks of one kind are remembered: a program that runs for months must not grow.
const REMEMBERED: usize = 1000;

/// How many remarks of one kind the summary shows.
pub(crate) const SHOWN: usize = 5;

/// Reads all files, reconciles, and sums up.
pub fn run(args: &Read) -> Result<Ending> {
    let metadata = match &args.metadata {
        Some(path) => Metadata::read(path).context("cannot use the table of --metadata")?,
        None => Metadata::default(),
    };
    let told = Given { published: args.published.clone(), outlet: args.outlet.clone(), ..Given::default() };
    let pipeline = Pipeline::new(args.conflict.as_deref())?;
    let path = args.ledger.ledger.display();
    let (files, addresses) = split(args)?;
    let inbox = Inbox::mapped(&files, args.map.clone());
    let mut summary = Summary::default();
    summary.of_inbox(&inbox, &metadata);
    if inbox.items().is_empty() && addresses.is_empty() {
        eprintln!("standoff: cannot read anything: there is no report at the paths given");
        return Ok(Ending::Nothing);
    }
    let mut store = SqliteStore::open(&args.ledger.ledger).with_context(|| format!("cannot open the ledger {path}"))?;
    let client = client(args, &addresses)?;
    let bar = bar(inbox.items().len() + addresses.len());
    let given = |path: &str| metadata.of(path).map_or_else(|| told.clone(), |row| row.or(&told));
    quiet_panics();
    let mut keep = |outcome: Outcome| {
        bar.suspend(|| summary.complain(&outcome));
        if let Ok(reading) = &outcome.reading {
            let saved = store.save(READER, reading).with_context(|| format!("cannot write to the ledger {path}"))?;
            summary.of_reading(reading, saved);
        }
        bar.inc(1);
        Ok(())
    };
    let all_read = pipeline.read_all(inbox.items(), given, threads(args), &mut keep);
    let all_read = all_read.and_then(|mut notes| {
        if let Some(client) = &client {
            notes.extend(pipeline::on_a_deep_stack(|| fetch(&pipeline, client, &addresses, given, &mut keep))?);
        }
        Ok(notes)
    });
    // The usual words about a panic come back.
    drop(std::panic::take_hook());
    bar.finish_and_clear();
    all_read?.iter().for_each(|n| summary.note(n));
    let paths: Vec<String> = inbox.items().iter().map(ingest::Item::path).chain(addresses).collect();
    metadata.unmatched(paths.iter().map(String::as_str)).iter().for_each(|n| summary.note(n));
    pipeline::reconcile(&mut store).with_context(|| format!("cannot reconcile the ledger {path}"))?;
    summary.of_versions(&store).with_context(|| format!("cannot read the ledger {path}"))?;
    let tally = store.tally(SHOWN).with_context(|| format!("cannot read the ledger {path}"))?;
    summary.print(&tally, &path.to_string());
    Ok(summary.ending())
}

/// Files, and addresses of the net, which are read only if that is wanted.
fn split(args: &Read) -> Result<(Vec<PathBuf>, Vec<String>)> {
    let of_the_net = |path: &PathBuf| path.to_str().is_some_and(fetched::is_address);
    let (addresses, files): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(of_the_net);
    let addresses: Vec<String> = addresses.iter().map(|a| a.to_string_lossy().into_owned()).collect();
    if let (Some(first), false) = (addresses.first(), args.fetch) {
        anyhow::bail!("cannot read {first}: it is an address of the net; add --fetch to have it fetched");
    }
    Ok((files, addresses))
}

/// Asks the net, if there is something to ask.
fn client(args: &Read, addresses: &[String]) -> Result<Option<Client>> {
    if addresses.is_empty() {
        return Ok(None);
    }
    // Addresses are read one after the other, so that nobody is kept waiting by a longer rest of one host.
    let pace = Pace { patience: Duration::from_secs(120), ..Pace::default() };
    let settings = Settings { contact: args.contact.clone(), pace, ..Settings::default() };
    Client::new(settings, clock::now).context("cannot use the net").map(Some)
}

/// Fetches and reads addresses, in their order; what a person should know of them beside their reports comes back.
fn fetch(
    pipeline: &Pipeline,
    client: &Client,
    addresses: &[String],
    given: impl Fn(&str) -> Given,
    mut done: impl FnMut(Outcome) -> Result<()>,
) -> Result<Vec<Note>> {
    let (mut scratch, mut notes) = (Scratch::default(), Vec::new());
    for url in addresses {
        let found = fetched::read_address(pipeline, client, url, &given(url), &mut scratch);
        found.outcomes.into_iter().try_for_each(&mut done)?;
        notes.extend(found.notes);
    }
    Ok(notes)
}

fn threads(args: &Read) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    args.threads.map_or_else(processors, usize::from)
}

/// A bar on a terminal, nothing in a pipe.
fn bar(files: usize) -> ProgressBar {
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{pos}/{len} reports [{bar:40}] {elapsed} (left: {eta})");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A mistake of ours in one report is told by the line about that report, not by a trace.
pub(crate) fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// What was read, and what a person should look at.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    added: usize,
    replaced: usize,
    unchanged: usize,
    failed: usize,
    claims: usize,
    figures: usize,
    dropped_lines: usize,
    /// Articles that came new, by id, where they have an address.
    addressed: Vec<String>,
    /// What changed in articles that were there already.
    changed: Vec<String>,
    /// By kind, then by message: in how many reports, and where it stood among the first.
    notes: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
    /// By kind, how many more there were.
    more: BTreeMap<String, usize>,
}

impl Summary {
    fn of_inbox(&mut self, inbox: &Inbox, metadata: &Metadata) {
        for note in inbox.notes().iter().chain(metadata.notes()) {
            if note.kind == "unreadable" {
                self.failed += 1;
                eprintln!("standoff: cannot read a report: {}", printable(&note.message));
            } else {
                self.note(note);
            }
        }
    }

    pub(crate) fn complain(&mut self, outcome: &Outcome) {
        if let Err(told) = &outcome.reading {
            self.failed += 1;
            eprintln!("standoff: {}", printable(told));
        }
    }

    /// Something else could not be read; its words stand elsewhere.
    pub(crate) fn fail(&mut self) {
        self.failed += 1;
    }

    pub(crate) fn of_reading(&mut self, reading: &evidence::ledger::Reading, saved: Saved) {
        if saved == Saved::Added && reading.article.url.is_some() {
            self.addressed.push(reading.article.id.clone());
        }
        match saved {
            Saved::Added => self.added += 1,
            Saved::Replaced => self.replaced += 1,
            Saved::Unchanged => self.unchanged += 1,
        }
        self.claims += reading.claims.len();
        self.figures += reading.figures.len();
        reading.notes.iter().for_each(|n| self.note(n));
    }

    /// Which of the new articles are versions of others, and what became of their counts.
    pub(crate) fn of_versions(&mut self, store: &SqliteStore) -> Result<(), store::Error> {
        let new: BTreeSet<String> = std::mem::take(&mut self.addressed).into_iter().collect();
        let mut told = BTreeSet::new();
        for article in &new {
            if told.contains(article) {
                continue;
            }
            for versions in diff::ordered(store.editions(Some(article))?) {
                told.extend(versions.articles.iter().map(|e| e.article.clone()));
                let ids: Vec<String> = versions.articles.iter().map(|e| e.article.clone()).collect();
                let readings = store.readings(Some(&ids))?;
                let ledger = Ledger { readings, versions: vec![versions.clone()], ..Ledger::default() };
                let book = Book::new(&ledger);
                let came = diff::revisions(&ledger.readings, &versions, |a, b| new.contains(a) || new.contains(b));
                let counts: Vec<String> = came.iter().flat_map(|r| table::moved_counts(&book, r)).collect();
                let counts = if counts.is_empty() { "no count changed".to_owned() } else { counts.join("; ") };
                if self.changed.len() < REMEMBERED {
                    self.changed.push(format!("{} ({} versions): {counts}", versions.address, ids.len()));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn note(&mut self, note: &Note) {
        if note.kind == "left-out" {
            self.dropped_lines += 1;
            return;
        }
        let of_kind = self.notes.entry(note.kind.to_string()).or_default();
        if of_kind.len() >= REMEMBERED && !of_kind.contains_key(&note.message) {
            *self.more.entry(note.kind.to_string()).or_default() += 1;
            return;
        }
        let place = of_kind.len();
        of_kind.entry(note.message.clone()).or_insert((0, place)).0 += 1;
    }

    pub(crate) fn print(&self, tally: &Tally, ledger: &str) {
        let mut parts = vec![format!("{} new", self.added)];
        parts.extend((self.replaced > 0).then(|| format!("{} read anew", self.replaced)));
        parts.extend((self.unchanged > 0).then(|| format!("{} unchanged", self.unchanged)));
        parts.extend((self.failed > 0).then(|| format!("{} not readable", self.failed)));
        let read = self.added + self.replaced + self.unchanged;
        eprintln!("{} into {ledger}: {}", count(read, "report"), parts.join(", "));
        let truces = count(tally.ceasefires, "ceasefire");
        eprintln!("{}, {}; {truces} in the ledger", count(self.claims, "claim"), count(self.figures, "figure"));
        if self.dropped_lines > 0 {
            eprintln!(
                "{} of page noise left out (standoff reports --format csv names them)",
                count(self.dropped_lines, "line")
            );
        }
        disputes(tally);
        if !self.changed.is_empty() {
            eprintln!("Articles that changed after publication; see standoff diff ({}):", self.changed.len());
            self.changed.iter().take(SHOWN).for_each(|line| eprintln!("  {}", printable(line)));
            if self.changed.len() > SHOWN {
                eprintln!("  and {} more", self.changed.len() - SHOWN);
            }
        }
        for (kind, messages) in &self.notes {
            let all = messages.len() + self.more.get(kind).copied().unwrap_or_default();
            eprintln!("{} ({all}):", heading(kind));
            // The most frequent first, then in the order of the reports.
            let mut sorted: Vec<(&String, usize, usize)> = messages.iter().map(|(m, (n, at))| (m, *n, *at)).collect();
            sorted.sort_by_key(|(_, n, at)| (std::cmp::Reverse(*n), *at));
            for (message, reports, _) in sorted.iter().take(SHOWN) {
                let often = if *reports > 1 { format!(" (in {reports} reports)") } else { String::new() };
                eprintln!("  {}{often}", printable(message));
            }
            if all > SHOWN {
                eprintln!("  and {} more", all - SHOWN);
            }
        }
    }

    pub(crate) fn ending(&self) -> Ending {
        match (self.failed, self.added + self.replaced + self.unchanged) {
            (0, _) => Ending::Done,
            (_, 0) => Ending::Nothing,
            _ => Ending::Some,
        }
    }
}

/// Incidents that one side asserts and another denies, in a line each.
fn disputes(tally: &Tally) {
    if tally.disputed == 0 {
        return;
    }
    eprintln!("Disputed; see standoff disputes ({}):", tally.disputed);
    for i in &tally.disputes {
        let event = i.event.map_or("something", |e| e.as_str());
        let day = i.time.as_ref().and_then(|t| t.value.as_ref()).map(|v| format!(" {}", v.date())).unwrap_or_default();
        let asserted = if i.asserted_by.is_empty() { "somebody".to_owned() } else { i.asserted_by.join(", ") };
        eprintln!("  {event}{day}: asserted by {asserted}, denied by {}", i.denied_by.join(", "));
    }
    if tally.disputed > tally.disputes.len() {
        eprintln!("  and {} more", tally.disputed - tally.disputes.len());
    }
}

/// What a kind of remark means.
fn heading(kind: &str) -> &str {
    match kind {
        "undated" => "Undated; give a date with --published or --metadata",
        "unknown-place" => "Unknown places; a conflict profile may name them",
        "not-english" => "Not in English: kept, but nothing was read from them",
        "mixed-language" => "Lines in another language: kept, but nothing was read from them",
        "no-title" => "Without a title",
        "translated" => "Translations",
        "correction" => "Say that they were changed after publication",
        "duplicate" => "Same content twice",
        "passed-over" => "Passed over",
        "unread-field" => "Fields of tables and JSON that are not read",
        "unmet-mapping" => "Fields of --map that are not there",
        "broken-value" => "Values left empty, as they cannot be what their field says",
        "broken-encoding" => "With bytes that mean nothing in their charset",
        "hidden-marks" => "With invisible or steering characters, which were left out",
        "strange-address" => "Pages that point into a private network",
        "unsafe-path" => "Files whose names lead out of their archive",
        "locked" => "Encrypted files",
        "unreadable-entry" => "Files in archives that cannot be unpacked",
        "unmatched-row" => "Rows of the table without a report",
        "unknown-column" => "Columns of the table that are not known",
        other => other,
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
