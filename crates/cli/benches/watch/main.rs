//! Does `standoff watch` stay small, lose nothing and read nothing twice? A feed server of our own brings out an article
//! every second, for as long as is asked for: `cargo bench -p cli --bench watch -- FOLDER MINUTES [--kill] [PROGRAM]`.
//!
//! Every ten seconds the memory of the program is looked at. With `--kill` the program is killed and started again half
//! way. The articles are the generated ones of the bench `scale`.

#[path = "../scale/draws.rs"]
mod draws;
#[path = "../scale/generator.rs"]
#[expect(dead_code, reason = "the other bench asks for what is known of each report")]
mod generator;
#[path = "../scale/paragraph.rs"]
mod paragraph;
#[path = "../scale/print.rs"]
#[expect(dead_code, reason = "the other bench asks for what is known of each report")]
mod print;
mod server;
#[path = "../scale/story.rs"]
mod story;
#[path = "../scale/words.rs"]
mod words;
#[path = "../scale/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use server::Server;

/// How often the memory of the program is looked at.
const SAMPLE: Duration = Duration::from_secs(10);
/// How long the program may take to read what is left when no more articles come out.
const DRAIN: Duration = Duration::from_secs(180);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let (options, rest): (Vec<_>, Vec<_>) = arguments.iter().partition(|a| a.starts_with("--"));
    let [folder, minutes, program @ ..] = &rest[..] else { panic!("name a folder and a number of minutes") };
    let minutes: u64 = minutes.parse().expect("a number of minutes");
    let program = program.first().map_or(env!("CARGO_BIN_EXE_standoff"), |p| p.as_str());
    let run = Run::new(Path::new(folder), Path::new(program));
    run.go(minutes, options.iter().any(|o| *o == "--kill"));
}

/// One run of the program against the server.
struct Run {
    program: PathBuf,
    feeds: PathBuf,
    ledger: PathBuf,
    server: Server,
}

impl Run {
    fn new(folder: &Path, program: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let server = Server::start();
        let (feeds, ledger) = (folder.join("watch.toml"), folder.join("watch.db"));
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", ledger.display()));
        }
        let port = server.port;
        let text = format!(
            "contact = \"bench@example.org\"\nallow-private = true\nports = [{port}]\ninterval = \"5s\"\nrest = \"0s\"\n\
             [[feed]]\nurl = \"http://127.0.0.1:{port}/feed\"\n"
        );
        std::fs::write(&feeds, text).expect("the folder takes a file");
        Self { program: program.to_owned(), feeds, ledger, server }
    }

    fn go(&self, minutes: u64, kill: bool) {
        let begun = Instant::now();
        let whole = Duration::from_secs(minutes * 60);
        let mut child = self.watch();
        let mut killed = !kill;
        let mut memory: Vec<(Duration, u64)> = Vec::new();
        let mut printed = 0;
        while begun.elapsed() < whole {
            std::thread::sleep(SAMPLE.min(whole.saturating_sub(begun.elapsed())));
            if !killed && begun.elapsed() >= whole / 2 {
                child.kill().expect("it can be killed");
                child.wait().expect("it has ended");
                println!("killed after {} s and started again", begun.elapsed().as_secs());
                child = self.watch();
                killed = true;
            }
            assert_eq!(child.try_wait().expect("it can be asked"), None, "the program has ended by itself");
            memory.push((begun.elapsed(), resident(child.id())));
            let minute = begun.elapsed().as_secs() / 60;
            if minute > printed {
                printed = minute;
                let (out, kept) = (self.server.out(), self.kept().len());
                println!("{minute} min: {out} articles out, {kept} in the ledger, {} MB", resident(child.id()));
            }
        }
        self.server.stop();
        let drained = Instant::now();
        while self.kept().len() < self.server.out() && drained.elapsed() < DRAIN {
            std::thread::sleep(Duration::from_secs(1));
        }
        println!("after the last article: {} s until all were read", drained.elapsed().as_secs());
        end(&mut child);
        self.report(&memory);
    }

    fn watch(&self) -> Child {
        Command::new(&self.program)
            .arg("watch")
            .arg(&self.feeds)
            .arg("--ledger")
            .arg(&self.ledger)
            .arg("--quiet")
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts")
    }

    /// How often each address is in the ledger.
    fn kept(&self) -> BTreeMap<String, u64> {
        let Ok(db) = Connection::open_with_flags(&self.ledger, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
            return BTreeMap::new();
        };
        let _ = db.busy_timeout(Duration::from_secs(5));
        let Ok(mut query) = db.prepare("SELECT url, count(*) FROM article GROUP BY url") else {
            return BTreeMap::new();
        };
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs())));
        rows.expect("the ledger can be asked").filter_map(Result::ok).collect()
    }

    fn report(&self, memory: &[(Duration, u64)]) {
        let (out, kept) = (self.server.out(), self.kept());
        let lost = (0..out).filter(|n| !kept.contains_key(&self.server.address(*n))).count();
        println!("articles brought out: {out}");
        println!("articles in the ledger: {}", kept.values().sum::<u64>());
        println!("lost: {lost}");
        println!("more than once in the ledger: {}", kept.values().filter(|n| **n > 1).count());
        println!("asked for more than once: {}", self.server.asked_again());
        println!(
            "requests for the feed: {}, of which unchanged: {}",
            self.server.feed_asked().0,
            self.server.feed_asked().1
        );
        for minute in [5, 30, 60] {
            let at = Duration::from_secs(minute * 60);
            if let Some((_, mb)) = memory.iter().rfind(|(t, _)| *t <= at).filter(|(t, _)| *t + SAMPLE * 2 >= at) {
                println!("memory at {minute} min: {mb} MB");
            }
        }
        let most = memory.iter().map(|(_, mb)| *mb).max().unwrap_or_default();
        println!("memory at most, of {} samples: {most} MB", memory.len());
    }
}

/// Interrupts the program, as Ctrl-C does, and waits for it.
fn end(child: &mut Child) {
    let sent = Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
    assert!(sent.is_ok_and(|s| s.success()), "the program can be interrupted");
    let begun = Instant::now();
    let status = child.wait().expect("the program ends");
    println!("interrupted: ended with {status} after {:.1} s", begun.elapsed().as_secs_f64());
}

/// Resident megabytes of a running process, as Linux tells it; 0 elsewhere.
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
}
