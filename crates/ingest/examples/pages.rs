//! Scores and times the page reader on folders of pages with gold beside them.
//!
//! `cargo xtask score --pages` and `cargo xtask bench --pages` run it.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use ingest::{Body, Desk, Given, Particulars, Piece};
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["score", folder] => score(Path::new(folder)),
        _ => Err("usage: pages score FOLDER".into()),
    }
}

fn score(folder: &Path) -> Outcome<()> {
    let desk = Desk::open()?;
    texts(&desk, &folder.join("html_text"))?;
    dates(&desk, &folder.join("html_dates"))?;
    Ok(())
}

fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    let zipped = PathBuf::from(format!("{}.gz", path.display()));
    let mut bytes = Vec::new();
    if zipped.exists() {
        flate2::read::GzDecoder::new(std::fs::File::open(zipped)?).read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path)?;
    }
    Ok(bytes)
}

fn gold(folder: &Path) -> Outcome<BTreeMap<String, Value>> {
    Ok(serde_json::from_slice(&std::fs::read(folder.join("gold.json"))?)?)
}

fn read(desk: &Desk, path: &Path, bytes: Vec<u8>, url: Option<&str>) -> Option<evidence::Article> {
    let piece = Piece {
        path: path.display().to_string(),
        body: Body::Page { bytes, charset: None },
        particulars: Particulars::default(),
    };
    let (article, notes) = desk.read(piece, &Given { url: url.map(str::to_owned), ..Given::default() });
    for note in notes.iter().filter(|n| n.kind == "unreadable") {
        eprintln!("{}", note.message);
    }
    article
}

/// Segments found and not found.
#[derive(Default)]
struct Counts {
    right: usize,
    missing: usize,
    wrong: usize,
}

impl Counts {
    fn add(&mut self, name: &str, text: &str, gold: &Value) {
        let list = |key: &str| gold[key].as_array().cloned().unwrap_or_default();
        for segment in list("with") {
            let found = text.contains(segment.as_str().unwrap_or_default());
            if !found && !name.is_empty() {
                eprintln!("MISS {name}: {segment}");
            }
            *(if found { &mut self.right } else { &mut self.missing }) += 1;
        }
        for segment in list("without") {
            let found = text.contains(segment.as_str().unwrap_or_default());
            if found && !name.is_empty() {
                eprintln!("EXTRA {name}: {segment}");
            }
            self.wrong += usize::from(found);
        }
    }

    fn print(&self, what: &str) {
        let precision = self.right as f64 / (self.right + self.wrong).max(1) as f64;
        let recall = self.right as f64 / (self.right + self.missing).max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        println!("  {what:<44} P {precision:.3}  R {recall:.3}  F1 {f1:.3}");
    }
}

fn texts(desk: &Desk, folder: &Path) -> Outcome<()> {
    let (mut ours, mut theirs) = (Counts::default(), Counts::default());
    for (_, page) in gold(folder)? {
        let name = page["file"].as_str().unwrap_or_default();
        let raw = bytes(&folder.join(name))?;
        let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
        let plain = trafilatura::extract(&String::from_utf8_lossy(&raw), &options).map(|r| r.content_text);
        theirs.add("", &plain.unwrap_or_default(), &page);
        let article = read(desk, &folder.join(name), raw, None);
        ours.add(name, article.as_ref().map_or("", |a| &a.text), &page);
    }
    ours.print("text as the ledger keeps it");
    theirs.print("the trafilatura crate alone");
    Ok(())
}

fn dates(desk: &Desk, folder: &Path) -> Outcome<()> {
    let mut ours = [[0; 3]; 2];
    let mut theirs = [0; 3];
    for (url, page) in gold(folder)? {
        let name = page["file"].as_str().unwrap_or_default();
        let raw = bytes(&folder.join(name))?;
        let right = page["date"].as_str().unwrap_or_default();
        let options = trafilatura::Options::default();
        let plain = trafilatura::extract(&String::from_utf8_lossy(&raw), &options);
        let plain = plain.ok().and_then(|r| r.metadata.date).map(|d| d.to_string());
        theirs[verdict(plain.as_deref(), right)] += 1;
        for (n, url) in [None, Some(url.as_str())].into_iter().enumerate() {
            let article = read(desk, &folder.join(name), raw.clone(), url);
            let value = article.as_ref().and_then(|a| a.published.value.as_ref()).map(|v| v.date());
            ours[n][verdict(value, right)] += 1;
            if n == 0 && value != Some(right) {
                let by = article.as_ref().and_then(|a| a.imprint.basis(evidence::imprint::Field::Published));
                eprintln!("DATE {name}: {value:?} not {right}; by {by:?}");
            }
        }
    }
    print_dates("publication date, page alone", ours[0]);
    print_dates("publication date, address known", ours[1]);
    print_dates("the trafilatura crate alone", theirs);
    Ok(())
}

/// 0 right, 1 wrong, 2 unknown.
fn verdict(value: Option<&str>, right: &str) -> usize {
    value.map_or(2, |v| usize::from(v != right))
}

fn print_dates(what: &str, [right, wrong, unknown]: [usize; 3]) {
    let of = (right + wrong + unknown).max(1) as f64;
    println!(
        "  {what:<44} right {:.3}  wrong {:.3}  unknown {:.3}",
        right as f64 / of,
        wrong as f64 / of,
        unknown as f64 / of
    );
}
