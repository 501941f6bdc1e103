//! Does reconciliation keep up? Generated readings with known copies and incidents, saved into a ledger and reconciled:
//! `cargo bench -p cli --bench scale -- FOLDER [REPORTS …]`. With `ledger FILE REPORTS` it makes a ledger and no more.
//!
//! Reading order: `world` (what happens), `story` (how it is told, by the `paragraph`), `print` (how it is printed), `generator` (how many
//! reports a day), `truth` (what was found again). Each number of reports is measured in a process of its own, so that
//! its peak memory is its own. Times are of this machine as it is now: compare ratios of one run.

mod draws;
mod generator;
mod paragraph;
#[path = "../../src/picture.rs"]
#[expect(dead_code, reason = "the picture of a few readings in memory is for tests")]
mod picture;
mod print;
mod story;
mod truth;
mod words;
mod world;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use generator::{Report, Reports};
use store::{SqliteStore, Store};
use truth::Truth;

/// Numbers of reports, if none are named.
const SIZES: [usize; 3] = [10_000, 30_000, 100_000];
const SEED: u64 = 20_310_101;
const READER: &str = "scale";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    match arguments.split_first() {
        Some((word, rest)) if word == "one" => {
            let reports = rest[1].parse().expect("a number of reports");
            one(Path::new(&rest[0]), reports);
        }
        Some((word, rest)) if word == "ledger" => {
            let reports = rest[1].parse().expect("a number of reports");
            ledger(Path::new(&rest[0]), reports);
        }
        Some((folder, sizes)) => {
            let named: Vec<usize> = sizes.iter().map(|s| s.parse().expect("a number of reports")).collect();
            all(folder, if named.is_empty() { &SIZES } else { &named });
        }
        None => panic!("name a folder for the ledger, and numbers of reports"),
    }
}

/// Measures each size in a process of its own and compares the processor's time a report.
fn all(folder: &str, sizes: &[usize]) {
    let program = std::env::current_exe().expect("the path of this program");
    let mut before: Option<(usize, f64)> = None;
    for size in sizes {
        let run = Command::new(&program)
            .args(["one", folder, &size.to_string()])
            .stderr(Stdio::inherit())
            .output()
            .expect("this program can be run again");
        assert!(run.status.success(), "the run of {size} reports failed");
        let told = String::from_utf8_lossy(&run.stdout);
        let (lines, seconds) = told.trim_end().rsplit_once('\n').expect("several lines");
        println!("{lines}");
        let each = seconds.parse::<f64>().expect("seconds") / *size as f64;
        if let Some((fewer, then)) = before.replace((*size, each)) {
            println!("  a report costs {:.2} times what it costs among {fewer}", each / then);
        }
    }
}

/// Makes a ledger file of so many reports, about seven claims each, reconciled, if it is not there yet.
fn ledger(path: &Path, reports: usize) {
    if path.exists() {
        println!("{} is there", path.display());
        return;
    }
    // Under another name until it is whole, so that a run that is stopped leaves nothing that looks like a ledger.
    let unfinished = path.with_extension("unfinished");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", unfinished.display()));
    }
    let begun = Instant::now();
    let mut store = SqliteStore::open(&unfinished).expect("a ledger in the folder");
    let mut source = Reports::of(SEED);
    let mut claims = 0;
    for _ in 0..reports {
        let reading = source.next().print.reading;
        claims += reading.claims.len();
        store.save(READER, &reading).expect("the ledger takes a reading");
    }
    println!("{reports} reports, {claims} claims saved in {:.0} s", seconds(begun));
    let begun = Instant::now();
    picture::update(&mut store).expect("the ledger is reconciled");
    println!("reconciled in {:.0} s; peak {} MB", seconds(begun), peak());
    drop(store);
    std::fs::rename(&unfinished, path).expect("the ledger can be renamed");
}

/// Makes, saves and reconciles so many reports, then one more; the last line is the processor's seconds that reconciling took.
fn one(folder: &Path, reports: usize) {
    let path = folder.join(format!("scale-{reports}.db"));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    let mut store = SqliteStore::open(&path).expect("a ledger in the folder");
    let (mut source, mut truth) = (Reports::of(SEED), Truth::default());
    let begun = Instant::now();
    let (mut claims, mut saving) = (0, 0.0);
    for _ in 0..reports {
        let report = source.next();
        truth.note(&report);
        claims += report.print.reading.claims.len();
        let since = Instant::now();
        store.save(READER, &report.print.reading).expect("the ledger takes a reading");
        saving += since.elapsed().as_secs_f64();
    }
    println!("{reports} reports, {claims} claims: made in {:.1} s, saved in {saving:.1} s", seconds(begun) - saving);
    let (begun, busy) = (Instant::now(), processor());
    picture::update(&mut store).expect("the ledger is reconciled");
    let (took, busy) = (seconds(begun), processor() - busy);
    let each = busy * 1e3 / reports as f64;
    println!("  reconciled in {took:.1} s, {busy:.1} s of a processor, {each:.2} ms a report; peak {} MB", peak());
    // The rest of a day's reports are prints of stories that are there and stories of their own.
    for wanted in [false, true] {
        let report = next_of(&mut source, wanted);
        truth.note(&report);
        let begun = Instant::now();
        store.save(READER, &report.print.reading).expect("the ledger takes a reading");
        picture::update(&mut store).expect("the ledger is reconciled");
        let what = if wanted { "story" } else { "print" };
        println!("  one more {what}, saved and reconciled: {:.3} s", seconds(begun));
    }
    let begun = Instant::now();
    let derived = store.derived().expect("the picture can be read").expect("it is up to date");
    println!(
        "  {} origins, {} incidents, {} ceasefires, {} shared passages; read in {:.1} s",
        derived.origins.len(),
        derived.incidents.len(),
        derived.ceasefires.len(),
        derived.shared.len(),
        seconds(begun)
    );
    println!("  copies of one story in one origin: {}", truth.origins(&derived));
    println!("  claims about one thing in one incident: {}", truth.incidents(&derived, false));
    println!("  the same, of the first print of each story: {}", truth.incidents(&derived, true));
    let (made, linked, right) = truth.denials(&derived);
    println!("  {made} denials, {linked} linked to what they deny, {right} of these to nothing else");
    println!("{busy}");
}

/// The next report that is, or is not, the first print of its story.
fn next_of(source: &mut Reports, first: bool) -> Report {
    loop {
        let report = source.next();
        if report.first == first {
            return report;
        }
    }
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}

/// Seconds that a processor has worked for this process, as Linux tells it (hundredths of a second); 0 elsewhere.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Peak resident megabytes of this process, as Linux tells it; 0 elsewhere.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
}
