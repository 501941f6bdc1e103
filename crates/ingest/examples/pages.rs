//! Scores and times the page reader on folders of pages with gold beside them.
//!
//! `cargo xtask score --pages` and `cargo xtask bench --pages` run it. A folder holds `html_text` and `html_dates`, each
//! with a `gold.json` (address to `file`, `date`, or segments that the text has `with` and `without`), and
//! `html_readability/test/test-pages`, each page with its `expected-metadata.json`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use evidence::Article;
use evidence::imprint::Field;
use ingest::{Body, Desk, Given, Particulars, Piece};
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: pages score FOLDER [--list] | pages bench FOLDER [PYTHON]";

/// Reads pages of `html_text` with Python's trafilatura, in so many processes as the first argument says.
const PYTHON: &str = "\
import sys, gzip, glob, time
from multiprocessing import get_context
import trafilatura
def read(name):
    with gzip.open(name) as f: page = f.read()
    return trafilatura.bare_extraction(page, include_comments=False, with_metadata=True) is not None
if __name__ == '__main__':
    names = sorted(glob.glob(sys.argv[2] + '/*.html.gz'))
    with get_context('fork').Pool(int(sys.argv[1])) as pool:
        pool.map(read, names[:8])
        start = time.time()
        done = sum(pool.map(read, names, 4))
    print(done, len(names), time.time() - start)
";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["score", folder] => score(Path::new(folder), false),
        ["score", folder, "--list"] => score(Path::new(folder), true),
        ["bench", folder] => bench(Path::new(folder), None),
        ["bench", folder, python] => bench(Path::new(folder), Some(python)),
        _ => Err(USAGE.into()),
    }
}

fn score(folder: &Path, list: bool) -> Outcome<()> {
    let desk = Desk::open()?;
    if folder.join("html_text").exists() {
        texts(&desk, &folder.join("html_text"), list)?;
    }
    dates(&desk, &folder.join("html_dates"), list)?;
    told(&desk, &folder.join("html_readability/test/test-pages"), list)
}

fn gold(folder: &Path) -> Outcome<BTreeMap<String, Value>> {
    let path = folder.join("gold.json");
    let text = std::fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

/// A page's bytes; it may lie there compressed.
fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    let zipped = PathBuf::from(format!("{}.gz", path.display()));
    let mut bytes = Vec::new();
    if zipped.exists() {
        flate2::read::GzDecoder::new(std::fs::File::open(zipped)?).read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    }
    Ok(bytes)
}

fn read(desk: &Desk, path: &Path, bytes: Vec<u8>, url: Option<&str>) -> Option<Article> {
    let piece = Piece {
        path: path.display().to_string(),
        body: Body::Page { bytes, charset: None },
        particulars: Particulars::default(),
    };
    let (article, notes) = desk.read(piece, &Given { url: url.map(str::to_owned), ..Given::default() });
    notes.iter().filter(|n| n.kind == "unreadable").for_each(|n| eprintln!("{}", n.message));
    article
}

/// Segments found and not found, as the evaluation of trafilatura counts them.
#[derive(Default)]
struct Segments {
    right: usize,
    missing: usize,
    wrong: usize,
}

impl Segments {
    fn add(&mut self, text: &str, gold: &Value, told: &mut dyn FnMut(&str, &str)) {
        let all = |key: &str| -> Vec<String> {
            gold[key].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        for segment in all("with") {
            if text.contains(&segment) {
                self.right += 1;
            } else {
                self.missing += 1;
                told("missing", &segment);
            }
        }
        for segment in all("without").into_iter().filter(|s| text.contains(s)) {
            self.wrong += 1;
            told("not of the report", &segment);
        }
    }

    fn print(&self, what: &str) {
        let precision = share(self.right, self.right + self.wrong);
        let recall = share(self.right, self.right + self.missing);
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        println!("  {what:<46} P {precision:.3}  R {recall:.3}  F1 {f1:.3}");
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn texts(desk: &Desk, folder: &Path, list: bool) -> Outcome<()> {
    let (mut ours, mut theirs) = (Segments::default(), Segments::default());
    let gold = gold(folder)?;
    for page in gold.values() {
        let name = page["file"].as_str().unwrap_or_default();
        let raw = bytes(&folder.join(name))?;
        let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
        let plain = trafilatura::extract(&String::from_utf8_lossy(&raw), &options).map(|r| r.content_text);
        theirs.add(&plain.unwrap_or_default(), page, &mut |_, _| ());
        let article = read(desk, &folder.join(name), raw, None);
        ours.add(article.as_ref().map_or("", |a| &a.text), page, &mut |what, segment| {
            if list {
                println!("    {name}: {what}: {segment}");
            }
        });
    }
    println!("text of {} pages:", gold.len());
    ours.print("as the ledger keeps it");
    theirs.print("the trafilatura crate alone");
    Ok(())
}

/// Right, wrong and unknown.
#[derive(Default)]
struct Answers([usize; 3]);

impl Answers {
    fn add(&mut self, value: Option<&str>, right: &str) -> bool {
        self.0[value.map_or(2, |v| usize::from(v != right))] += 1;
        value == Some(right)
    }

    fn print(&self, what: &str) {
        let [right, wrong, unknown] = self.0;
        let of = right + wrong + unknown;
        let [r, w, u] = self.0.map(|n| share(n, of));
        println!("  {what:<46} right {r:.3}  wrong {w:.3}  unknown {u:.3}  ({right} of {of})");
    }
}

fn dates(desk: &Desk, folder: &Path, list: bool) -> Outcome<()> {
    let mut ours = [Answers::default(), Answers::default()];
    let mut halves = [Answers::default(), Answers::default()];
    let mut theirs = Answers::default();
    let gold = gold(folder)?;
    for (n, (url, page)) in gold.iter().enumerate() {
        let name = page["file"].as_str().unwrap_or_default();
        let raw = bytes(&folder.join(name))?;
        let right = page["date"].as_str().unwrap_or_default();
        let plain = trafilatura::extract(&String::from_utf8_lossy(&raw), &trafilatura::Options::default());
        theirs.add(plain.ok().and_then(|r| r.metadata.date).map(|d| d.to_string()).as_deref(), right);
        for (answers, url) in ours.iter_mut().zip([None, Some(url.as_str())]) {
            let article = read(desk, &folder.join(name), raw.clone(), url);
            let value = article.as_ref().and_then(|a| a.published.value.as_ref()).map(|v| v.date());
            let is_right = answers.add(value, right);
            if url.is_none() {
                halves[n % 2].add(value, right);
            }
            if list && url.is_none() && !is_right {
                let by = article.as_ref().and_then(|a| a.imprint.basis(Field::Published)).unwrap_or("nothing");
                println!("    {name}: {} not {right}, by {by}", value.unwrap_or("unknown"));
            }
        }
    }
    println!("publication date of {} pages:", gold.len());
    ours[0].print("of the page alone");
    halves[0].print("  every other page");
    halves[1].print("  the others");
    ours[1].print("with its address known");
    theirs.print("the trafilatura crate alone");
    Ok(())
}

/// Title, authors, outlet, day and language beside what a page's test expects.
fn told(desk: &Desk, folder: &Path, list: bool) -> Outcome<()> {
    let keys = ["title", "byline", "siteName", "publishedTime", "lang"];
    let mut answers: BTreeMap<&str, (Answers, Answers)> = BTreeMap::new();
    let entries = std::fs::read_dir(folder).map_err(|e| format!("cannot list {}: {e}", folder.display()))?;
    let mut folders: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    folders.sort();
    for page in &folders {
        let expected: Value = serde_json::from_slice(&std::fs::read(page.join("expected-metadata.json"))?)?;
        let raw = bytes(&page.join("source.html"))?;
        let plain = trafilatura::extract(&String::from_utf8_lossy(&raw), &trafilatura::Options::default());
        let theirs = plain.map(|p| p.metadata).unwrap_or_default();
        let Some(article) = read(desk, &page.join("source.html"), raw, None) else { continue };
        let joined = article.byline.join(", ");
        let ours = [
            article.title.map(|t| t.of(&article.text)),
            Some(joined.as_str()).filter(|b| !b.is_empty()),
            article.outlet.as_deref(),
            article.published.value.as_ref().map(|v| v.date()),
            article.language.as_deref(),
        ];
        let day = theirs.date.map(|d| d.to_string());
        let theirs =
            [Some(&theirs.title), Some(&theirs.author), Some(&theirs.sitename), day.as_ref(), Some(&theirs.language)];
        for ((key, ours), theirs) in keys.into_iter().zip(ours).zip(theirs) {
            let Some(right) = expected[key].as_str().map(|v| plain_form(key, v)).filter(|v| !v.is_empty()) else {
                continue;
            };
            let (mine, other) = answers.entry(key).or_default();
            let value = ours.map(|v| plain_form(key, v));
            if !mine.add(value.as_deref(), &right) && list {
                println!("    {}: {key}: {ours:?} not {right}", page.display());
            }
            other.add(theirs.filter(|v| !v.is_empty()).map(|v| plain_form(key, v)).as_deref(), &right);
        }
    }
    println!("what {} pages tell of themselves:", folders.len());
    for (key, (ours, theirs)) in &answers {
        ours.print(key);
        theirs.print(&format!("  {key}, the trafilatura crate alone"));
    }
    Ok(())
}

/// The value without what different readers write differently: case, marks, "By", joints between names, time of day.
fn plain_form(key: &str, value: &str) -> String {
    let value = match key {
        "publishedTime" => return value.chars().take(10).collect(),
        "lang" => return value.chars().take(2).collect::<String>().to_lowercase(),
        _ => value.to_lowercase().replace(" and ", " "),
    };
    let value = value.trim().strip_prefix("by ").unwrap_or(value.trim());
    value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Pages a second on two threads, and of Python's trafilatura in two processes where `python` has it.
fn bench(folder: &Path, python: Option<&str>) -> Outcome<()> {
    let folder = folder.join("html_text");
    let desk = Desk::open()?;
    let mut pages = Vec::new();
    for page in gold(&folder)?.values() {
        let path = folder.join(page["file"].as_str().unwrap_or_default());
        pages.push((path.clone(), bytes(&path)?));
    }
    let mut best = f64::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for half in pages.chunks(pages.len().div_ceil(2)) {
                let desk = &desk;
                scope.spawn(move || half.iter().for_each(|(path, raw)| drop(read(desk, path, raw.clone(), None))));
            }
        });
        best = best.min(start.elapsed().as_secs_f64());
    }
    let ours = pages.len() as f64 / best;
    let bytes: usize = pages.iter().map(|(_, raw)| raw.len()).sum();
    println!("{} pages, {:.1} MB, two threads:", pages.len(), bytes as f64 / 1e6);
    println!("  page reader: {ours:.0} pages/s (best of 3)");
    let Some(python) = python else { return Ok(()) };
    let done = Command::new(python).args(["-c", PYTHON, "2"]).arg(&folder).stderr(Stdio::null()).output();
    let said = done.ok().filter(|d| d.status.success()).map(|d| String::from_utf8_lossy(&d.stdout).into_owned());
    let figures: Vec<f64> = said.iter().flat_map(|s| s.split_whitespace()).filter_map(|n| n.parse().ok()).collect();
    match figures.as_slice() {
        [_, of, seconds] => {
            let theirs = of / seconds;
            println!(
                "  Python's trafilatura, two processes: {theirs:.0} pages/s; ours {:.1} times as many",
                ours / theirs
            );
        }
        _ => println!("  {python} has no trafilatura: not compared"),
    }
    Ok(())
}
