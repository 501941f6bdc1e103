//! How fast is it, and how large? Times `standoff read` as a whole process, and reconciliation of very many reports.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::run;
use crate::score::{pages_folder, program};

/// Reads a folder of texts with one and with two threads and prints words a second, peak memory and the time to the
/// first result. Times are of this machine as it is now: compare ratios of one run.
pub fn read(folder: Option<&Path>) -> Result<()> {
    run("cargo", &["build", "--quiet", "--release", "--bin", "standoff"])?;
    let folder = folder.unwrap_or(Path::new("samples"));
    let words = words_in(folder)?;
    let scratch = Path::new("target/bench");
    std::fs::create_dir_all(scratch)?;
    println!("{words} words in {}", folder.display());
    let first = scratch.join("first.txt");
    std::fs::write(&first, "Guns fell silent\nThe army said on Monday that two soldiers had been killed.\n")?;
    let (seconds, memory) = timed(&first, scratch, "1")?;
    println!("one short report, start to end: {seconds:.2} s, {memory} MB");
    for threads in ["1", "2"] {
        let mut best = f64::MAX;
        let mut most = 0;
        for _ in 0..3 {
            let (seconds, memory) = timed(folder, scratch, threads)?;
            best = best.min(seconds);
            most = most.max(memory);
        }
        println!(
            "read, {threads} thread(s): {best:.2} s, {:.0} words/s (best of 3), {most} MB at most",
            words as f64 / best
        );
    }
    let folder = std::path::absolute(folder)?.display().to_string();
    run("cargo", &["bench", "--quiet", "--package", "cli", "--bench", "stages", "--", &folder])
}

/// Reconciles generated reports, of each named number, in a ledger under `target/`, and adds one more.
pub fn scale(sizes: &[&str]) -> Result<()> {
    if let Some(other) = sizes.iter().find(|s| !s.parse::<usize>().is_ok_and(|n| n > 0)) {
        bail!("cannot make {other} reports: name numbers such as 10000");
    }
    let folder = std::path::absolute("target/bench")?;
    std::fs::create_dir_all(&folder)?;
    let folder = folder.display().to_string();
    let bench = ["bench", "--quiet", "--package", "cli", "--bench", "scale", "--", &folder];
    run("cargo", &[&bench[..], sizes].concat())
}

/// Watches a feed server of our own for so many minutes (an hour, if none are named); `--kill` kills the program half way.
pub fn watch(rest: &[&str]) -> Result<()> {
    let (options, minutes): (Vec<&str>, Vec<&str>) = rest.iter().partition(|r| **r == "--kill");
    let minutes = match minutes[..] {
        [] => "60",
        [n] if n.parse::<u32>().is_ok_and(|n| n > 0) => n,
        _ => bail!("cannot watch for {}: name a number of minutes", minutes.join(" ")),
    };
    let folder = std::path::absolute("target/bench")?.display().to_string();
    let bench = ["bench", "--quiet", "--package", "cli", "--bench", "watch", "--", &folder, minutes];
    run("cargo", &[&bench[..], &options].concat())
}

/// Pages a second of the page reader on two threads, and of Python's trafilatura in two processes where `python` has it.
pub fn pages(folder: Option<&Path>, python: Option<&str>) -> Result<()> {
    let at = pages_folder(folder)?;
    let arguments = ["run", "--quiet", "--release", "--package", "ingest", "--example", "pages", "--", "bench", &at];
    run("cargo", &[&arguments[..], &[python.unwrap_or("python3")]].concat())
}

/// Seconds and peak megabytes of one `standoff read` into a new ledger.
fn timed(input: &Path, scratch: &Path, threads: &str) -> Result<(f64, u64)> {
    let db = scratch.join("bench.db");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", db.display()));
    }
    let start = Instant::now();
    let mut child = Command::new(program("release"))
        .arg("read")
        .arg(input)
        .arg("--ledger")
        .arg(&db)
        .args(["--threads", threads])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run standoff")?;
    let mut memory = 0;
    let status = loop {
        memory = memory.max(peak(child.id()));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    let seconds = start.elapsed().as_secs_f64();
    if !matches!(status.code(), Some(0 | 3)) {
        bail!("standoff read failed");
    }
    Ok((seconds, memory))
}

/// Peak resident megabytes of a running process, as Linux tells it; 0 elsewhere.
fn peak(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
}

fn words_in(at: &Path) -> Result<usize> {
    if at.is_dir() {
        let entries = std::fs::read_dir(at).with_context(|| format!("cannot list {}", at.display()))?;
        return entries
            .filter_map(Result::ok)
            .filter(|e| e.path().is_dir() || e.path().extension().is_some_and(|x| x == "txt"))
            .map(|e| words_in(&e.path()))
            .sum();
    }
    Ok(std::fs::read_to_string(at).with_context(|| format!("cannot read {}", at.display()))?.split_whitespace().count())
}
