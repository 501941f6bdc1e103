//! Does the desk keep up with a large ledger? Opens it on generated reports, asks for every kind of page many times, then
//! for 200 pages a second for a minute.
//!
//! Times are of this machine as it is now; what a page costs the processor is told beside them, as it is the same whatever
//! else runs.

mod client;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use client::Client;

use crate::run;
use crate::score::program;

/// Reports that make about a million claims.
const MILLION: usize = 145_000;
/// How often each address is asked for when it is timed.
const TIMES: usize = 6;
/// Pages a second, and for how long.
const RATE: usize = 200;
const SECONDS: usize = 60;
/// Browsers that ask at once.
const BROWSERS: usize = 64;

/// Measures the desk on a ledger, or on a generated one of a million claims, which is made once and kept under `target/`.
pub fn bench(ledger: Option<&Path>) -> Result<()> {
    let ledger = match ledger {
        Some(ledger) => ledger.to_owned(),
        None => million()?,
    };
    run("cargo", &["build", "--quiet", "--release", "--bin", "standoff"])?;
    // Brings it up to date, if an older program made it, and into the system's cache.
    drop(Desk::open(&ledger)?);
    let mut desk = Desk::open(&ledger)?;
    let (start, busy) = (desk.start.as_secs_f64(), desk.busy());
    println!("{}: start-up to the first page {start:.2} s, {busy:.2} s of a processor", ledger.display());
    let pages = pages(desk.at)?;
    timed(&mut desk, &pages)?;
    sustained(&desk, &pages)
}

fn million() -> Result<PathBuf> {
    let folder = std::path::absolute("target/bench")?;
    std::fs::create_dir_all(&folder)?;
    let ledger = folder.join("million.db");
    let (file, reports) = (ledger.display().to_string(), MILLION.to_string());
    run("cargo", &["bench", "--quiet", "--package", "cli", "--bench", "scale", "--", "ledger", &file, &reports])?;
    Ok(ledger)
}

/// An open desk; it ends with this value.
struct Desk {
    process: Child,
    at: SocketAddr,
    /// From the start of the program to the end of its first page.
    start: Duration,
}

impl Desk {
    fn open(ledger: &Path) -> Result<Self> {
        let begun = Instant::now();
        let mut process = Command::new(program("release"))
            .args(["serve", "--port", "0", "--ledger"])
            .arg(ledger)
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run standoff serve")?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("no output")?).read_line(&mut line)?;
        let address = line.trim().rsplit_once("://").and_then(|(_, at)| at.parse().ok());
        let Some(at) = address else {
            process.kill()?;
            process.wait()?;
            bail!("the desk did not tell its address, but {line:?}")
        };
        let mut desk = Self { process, at, start: Duration::ZERO };
        let first = Client::to(at).get("/claims")?;
        desk.start = begun.elapsed();
        if first.status != 200 {
            bail!("the first page is {}: {}", first.status, first.body);
        }
        Ok(desk)
    }

    /// Seconds that processors have worked for it, as Linux tells it (in hundredths); 0 elsewhere.
    fn busy(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok());
        ticks.sum::<f64>() / 100.0
    }

    /// Megabytes of its own, without the pages of the ledger that it maps, as Linux tells it; 0 elsewhere.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"));
        line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A kind of page with addresses of it.
type Pages = Vec<(String, Vec<String>)>;

/// What people look at: lists with frequent and rare filters, searches, far pages; and single things that lists lead to.
fn pages(at: SocketAddr) -> Result<Pages> {
    let mut client = Client::to(at);
    let mut body = |path: &str| -> Result<String> {
        let answer = client.get(path)?;
        if answer.status != 200 {
            bail!("{path} is {}: {}", answer.status, answer.body)
        }
        Ok(answer.body)
    };
    let claims = body("/claims")?;
    let parties = options(&claims, "voice");
    let (often, seldom) = (parties.first().cloned().unwrap_or_default(), parties.last().cloned().unwrap_or_default());
    let outlets = options(&claims, "outlet");
    let outlet = outlets.last().cloned().unwrap_or_default();
    let day = "since=2032-03-01&until=2032-03-07";
    let filters = [
        String::new(),
        format!("party={often}"),
        format!("party={seldom}&act=deny"),
        "event=ASSAULT".into(),
        "event=ASSAULT&act=accuse&disputed=yes".into(),
        format!("party={often}&party={seldom}&event=COERCE&{day}"),
        day.into(),
        "place=ai".into(),
        "speaker=minister".into(),
        format!("outlet={outlet}"),
        "doubt=side-concluded".into(),
    ];
    let mut pages: Pages = vec![("overview".into(), vec!["/".into(), format!("/?party={often}"), format!("/?{day}")])];
    for list in ["claims", "figures", "incidents", "ceasefires", "reports"] {
        let own = filters.iter().map(|f| format!("/{list}?{f}")).collect();
        pages.push((list.to_owned(), own));
    }
    pages.push((
        "entities".into(),
        vec!["/entities".into(), "/entities?kind=place".into(), "/entities?words=ai".into()],
    ));
    let sorted = ["weight", "doubt", "outlet", "added"].map(|s| format!("/claims?event=ASSAULT&sort={s}"));
    pages.push(("claims, sorted".into(), sorted.into()));
    let words =
        ["the", "shelled", "market", "the+market", "orchard+school", "nowhere"].map(|w| format!("/claims?words={w}"));
    pages.push(("claims by words".into(), words.into()));
    let about =
        ["shelling+of+a+village", "talks+about+prisoners", "hospital+hit"].map(|w| format!("/claims?about={w}"));
    if client_answers(at, &about[0]) {
        pages.push(("claims by meaning".into(), about.into()));
    }
    pages.push(("claims, far pages".into(), far(at, "/claims", 12)?));
    pages.push(("incidents, far pages".into(), far(at, "/incidents?disputed=yes", 8)?));
    for (one, list) in [
        ("claim", "/claims?event=ASSAULT"),
        ("report", "/reports"),
        ("incident", "/incidents?sort=weight"),
        ("ceasefire", "/ceasefires?sort=weight"),
    ] {
        let links = links(&body_of(at, list)?, &format!("/{one}s/"));
        pages.push((one.to_owned(), links.into_iter().take(12).collect()));
    }
    for (name, path) in [
        ("tolls", format!("/tolls?party={often}&{day}")),
        ("map", format!("/map?{day}")),
        ("brief", "/brief?since=2032-03-01&until=2032-03-01".to_owned()),
        ("review", "/review".to_owned()),
        ("API claims", format!("/api/v1/claims?party={often}")),
        ("API incidents", "/api/v1/incidents?disputed=yes".to_owned()),
    ] {
        if client_answers(at, &path) {
            pages.push((name.to_owned(), vec![path]));
        }
    }
    pages.retain(|(_, addresses)| !addresses.is_empty());
    Ok(pages)
}

fn body_of(at: SocketAddr, path: &str) -> Result<String> {
    Ok(Client::to(at).get(path)?.body)
}

fn client_answers(at: SocketAddr, path: &str) -> bool {
    Client::to(at).get(path).is_ok_and(|a| a.status == 200)
}

/// Values that a form offers for a field.
fn options(page: &str, field: &str) -> Vec<String> {
    let from = page.find(&format!("name=\"{field}\"")).unwrap_or(page.len());
    let to = page[from..].find("</fieldset>").or(page[from..].find("</select>")).map_or(page.len(), |n| from + n);
    let values = page[from..to].split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|v| !v.is_empty()).map(|v| v.replace(' ', "+")).collect()
}

/// Addresses on a page that begin in one way, each once.
fn links(page: &str, beginning: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for rest in page.split("href=\"").skip(1) {
        let address = rest.split(['"', '#']).next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&");
        if address.starts_with(beginning) && address.len() > beginning.len() && !all.contains(&address) {
            all.push(address);
        }
    }
    all
}

/// Pages of a list, one behind the other.
fn far(at: SocketAddr, list: &str, many: usize) -> Result<Vec<String>> {
    let mut all = Vec::new();
    let mut path = list.to_owned();
    for _ in 0..many {
        let page = body_of(at, &path)?;
        let beginning = list.split('?').next().unwrap_or(list);
        let next = links(&page, beginning).into_iter().rfind(|l| l.contains("page=n"));
        let Some(next) = next else { break };
        all.push(next.clone());
        path = next;
    }
    Ok(all)
}

/// Asks for each address a few times, one after the other.
fn timed(desk: &mut Desk, pages: &Pages) -> Result<()> {
    println!(
        "{:<22} {:>5} {:>9} {:>9} {:>9} {:>13} {:>8}",
        "page", "asked", "p50 ms", "p95 ms", "most ms", "processor ms", "kB"
    );
    let mut client = Client::to(desk.at);
    let mut slowest = (0.0, String::new());
    for (name, addresses) in pages {
        let (mut took, mut bytes) = (Vec::new(), 0);
        let busy = desk.busy();
        for _ in 0..TIMES {
            for address in addresses {
                let begun = Instant::now();
                let answer = client.get(address)?;
                took.push((begun.elapsed().as_secs_f64() * 1e3, address));
                bytes += answer.body.len();
                if answer.status != 200 {
                    bail!("{address} is {}: {}", answer.status, answer.body);
                }
            }
        }
        let each = (desk.busy() - busy) * 1e3 / took.len() as f64;
        took.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: f64| took[((took.len() - 1) as f64 * share).round() as usize].0;
        let (p50, p95, most) = (at(0.5), at(0.95), took[took.len() - 1]);
        println!(
            "{name:<22} {:>5} {p50:>9.1} {p95:>9.1} {:>9.1} {each:>13.1} {:>8}  {}",
            took.len(),
            most.0,
            bytes / took.len() / 1000,
            most.1
        );
        if p95 > slowest.0 {
            slowest = (p95, name.clone());
        }
    }
    println!("slowest p95: {:.1} ms ({}); {} MB", slowest.0, slowest.1, desk.memory());
    Ok(())
}

/// Asks for all pages in turn, at a steady rate whether or not the ones before are answered.
fn sustained(desk: &Desk, pages: &Pages) -> Result<()> {
    let mixed = mixed(pages);
    let (next, begun, busy) = (AtomicUsize::new(0), Instant::now(), desk.busy());
    let ask = || {
        let mut client = Client::to(desk.at);
        let mut told: Vec<Result<f64>> = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= RATE * SECONDS {
                return told;
            }
            // Timed from when it should have been asked, so that waiting for a free browser counts.
            let due = Duration::from_secs_f64(n as f64 / RATE as f64);
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
            let answer = client.get(&mixed[n % mixed.len()]);
            let took = (begun.elapsed() - due).as_secs_f64() * 1e3;
            told.push(answer.and_then(|a| if a.status == 200 { Ok(took) } else { bail!("{}: {}", a.status, a.body) }));
        }
    };
    let told: Vec<Result<f64>> = std::thread::scope(|scope| {
        let browsers: Vec<_> = (0..BROWSERS).map(|_| scope.spawn(ask)).collect();
        browsers.into_iter().flat_map(|b| b.join().unwrap_or_default()).collect()
    });
    let took = begun.elapsed().as_secs_f64();
    let mut errors: BTreeMap<String, usize> = BTreeMap::new();
    let mut times: Vec<f64> = Vec::new();
    for answer in told {
        match answer {
            Ok(time) => times.push(time),
            Err(e) => *errors.entry(format!("{e:#}")).or_default() += 1,
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(f64::NAN);
    let share = (desk.busy() - busy) / took;
    println!(
        "{RATE} requests/s for {took:.0} s: {} answered, {} errors; p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, most {:.1} ms; \
         {share:.2} processors busy, {} MB",
        times.len(),
        errors.values().sum::<usize>(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0),
        desk.memory()
    );
    errors.iter().take(5).for_each(|(error, n)| println!("  {n} × {error}"));
    Ok(())
}

/// Every address as often as every other, those of one kind of page apart from each other.
fn mixed(pages: &Pages) -> Vec<String> {
    let most = pages.iter().map(|(_, a)| a.len()).max().unwrap_or(0);
    (0..most).flat_map(|n| pages.iter().filter_map(move |(_, a)| a.get(n).cloned())).collect()
}
