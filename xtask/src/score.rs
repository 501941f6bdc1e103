//! How good is it? Scores of the project's own gold, which may only rise, and of more where it is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::gold::{self, Judgement};
use crate::run;

/// Scores are shares of whole numbers, kept to six digits: less than this is rounding.
const SLACK: f64 = 1e-6;

/// One report of the own gold, as the program read it.
pub struct Reading {
    /// Name of the report and of its gold.
    pub name: String,
    /// The set whose scores are kept apart.
    pub set: Option<String>,
    /// The report's text, cleaned.
    pub text: String,
    /// What was right and what was wrong.
    pub judgements: Vec<Judgement>,
}

/// Scores the ledger of the samples; with `write`, keeps scores that rose. Returns the readings, and the last line of the
/// development gold's scorer where that gold is there.
pub fn ledger(write: bool) -> Result<(Vec<Reading>, Option<String>)> {
    let readings = readings()?;
    for r in &readings {
        for (j, m) in r.judgements.iter().filter_map(|j| Some((j, j.mistake.as_ref()?))) {
            println!("  {}: «{}»: {}: {}, not {}", r.name, j.item, m.kind, m.found, m.expected);
        }
    }
    let total = tally(&readings);
    let now: BTreeMap<String, f64> =
        total.iter().map(|(k, (right, of))| (k.clone(), *right as f64 / (*of).max(1) as f64)).collect();
    println!("own gold (tests/gold):");
    for (what, (right, of)) in &total {
        println!("  {what:<32} {:.3}  ({right} of {of})", now[what]);
    }
    keep(&now, write)?;
    Ok((readings, development()?))
}

/// Reads the samples and judges those that have gold.
fn readings() -> Result<Vec<Reading>> {
    let exported = read_and_export(&["samples"], Some("samples/metadata.csv"), "own")?;
    let lines = parse(&exported)?;
    let mut all = Vec::new();
    for (name, gold) in gold::read(Path::new("tests/gold"))? {
        let article = lines.iter().find(|l| {
            l["type"] == "article"
                && l["path"].as_str().is_some_and(|p| Path::new(p).file_stem().is_some_and(|s| s == name.as_str()))
        });
        let article =
            article.with_context(|| format!("tests/gold/{name}.toml: there is no samples/{name}.txt in the ledger"))?;
        let judgements = gold::compare(&gold, &lines, article);
        let text = article["text"].as_str().unwrap_or_default().to_owned();
        all.push(Reading { name, set: gold.set, text, judgements });
    }
    Ok(all)
}

/// Right answers of how many, by what was asked; those of a named set begin with its name.
fn tally(readings: &[Reading]) -> BTreeMap<String, (usize, usize)> {
    let mut total: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for r in readings {
        for j in &r.judgements {
            let name = r.set.as_ref().map_or_else(|| j.field.to_owned(), |set| format!("{set}: {}", j.field));
            let t = total.entry(name).or_default();
            t.0 += usize::from(j.right);
            t.1 += 1;
        }
    }
    total
}

/// Compares with `tests/gold/scores.toml`: no score may fall.
fn keep(now: &BTreeMap<String, f64>, write: bool) -> Result<()> {
    let path = Path::new("tests/gold/scores.toml");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let old: BTreeMap<String, f64> = toml::from_str(&text).context("cannot read tests/gold/scores.toml")?;
    let fallen: Vec<String> = old
        .iter()
        .filter(|(k, v)| now.get(*k).is_none_or(|n| *n + SLACK < **v))
        .map(|(k, v)| format!("{k}: {v:.4} before, {:.4} now", now.get(k).unwrap_or(&0.0)))
        .collect();
    if !fallen.is_empty() {
        bail!("scores may only rise:\n  {}", fallen.join("\n  "));
    }
    if write {
        let head =
            "# Scores of the project's own gold, as `cargo xtask score --write` last kept them. They only rise.\n";
        let rows: String = now.iter().map(|(k, v)| format!("{k:?} = {v:.6}\n")).collect();
        std::fs::write(path, format!("{head}{rows}")).context("cannot write tests/gold/scores.toml")?;
    }
    Ok(())
}

/// Annotated reports beside the repository, where they are there: read and scored with their own
/// scorer, whose last line is the headline.
fn development() -> Result<Option<String>> {
    let gold = Path::new("../shared/gold");
    if !gold.join("founding.json").exists() {
        return Ok(None);
    }
    let metadata = gold.join("reports/metadata.csv");
    let reports = gold.join("reports");
    let inputs = ["../shared/reports", reports.to_str().context("a UTF-8 path")?];
    let exported = read_and_export(&inputs, metadata.to_str(), "development")?;
    let mut arguments = vec!["../shared/score/score.py".to_owned(), exported.display().to_string()];
    let mut files: Vec<String> = std::fs::read_dir(gold)?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .map(|p| p.display().to_string())
        .collect();
    files.sort();
    arguments.extend(files);
    let done = Command::new("python3").args(&arguments).output().context("cannot run python3")?;
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    print!("{said}");
    if !done.status.success() {
        bail!("the scorer failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(said.lines().rev().find_map(|l| l.strip_prefix("ledger score: ")).map(str::to_owned))
}

fn read_and_export(inputs: &[&str], metadata: Option<&str>, name: &str) -> Result<PathBuf> {
    run("cargo", &["build", "--quiet", "--bin", "standoff"])?;
    let folder = Path::new("target/score");
    std::fs::create_dir_all(folder)?;
    let (db, out) = (folder.join(format!("{name}.db")), folder.join(format!("{name}.jsonl")));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", db.display()));
    }
    let program = program("debug");
    let mut read = Command::new(&program);
    read.arg("read").args(inputs).arg("--ledger").arg(&db);
    if let Some(m) = metadata {
        read.args(["--metadata", m]);
    }
    let done = read.output().with_context(|| format!("cannot run {}", program.display()))?;
    if !done.status.success() {
        bail!("standoff read failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    let export = Command::new(&program).args(["export", "--format", "jsonl", "--ledger"]).arg(&db).output()?;
    if !export.status.success() {
        bail!("standoff export failed: {}", String::from_utf8_lossy(&export.stderr));
    }
    std::fs::write(&out, export.stdout)?;
    Ok(out)
}

/// Where cargo puts the program of a profile.
pub fn program(profile: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join(profile).join("standoff")
}

fn parse(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path)?;
    text.lines().map(|l| serde_json::from_str(l).context("the export is no JSON Lines")).collect()
}

/// Scores the language layer on the corpora of `folder`.
pub fn language(folder: &Path) -> Result<()> {
    let at = folder.display().to_string();
    let times = format!("{at}/recognizers/DateTime");
    let model = "models/standoff-en.safetensors";
    for step in [vec!["evaluate", &at, model], vec!["evaluate-raw", &at, model], vec!["evaluate-times", &times]] {
        let arguments = ["run", "--quiet", "--release", "--package", "train", "--"];
        run("cargo", &[&arguments[..], &step].concat())?;
    }
    Ok(())
}

/// Scores counts of the dead and the injured on the texts and answer keys of `folder`.
pub fn casualties(folder: &Path) -> Result<()> {
    let at = folder.display().to_string();
    let arguments = ["run", "--quiet", "--release", "--package", "train", "--", "evaluate-casualties", &at];
    run("cargo", &[&arguments[..], &["models/standoff-en.safetensors", "data/gazetteer/places.bin"]].concat())
}

/// Scores who says what on the annotated texts of `folder`.
pub fn attribution(folder: &Path) -> Result<()> {
    let at = folder.display().to_string();
    let arguments = ["run", "--quiet", "--release", "--package", "train", "--", "evaluate-attribution", &at];
    run("cargo", &[&arguments[..], &["models/standoff-en.safetensors"]].concat())
}

/// Scores the page reader on the pages of `folder`, each figure beside that of the extractor alone.
pub fn pages(folder: Option<&Path>) -> Result<()> {
    let at = pages_folder(folder)?;
    run("cargo", &["run", "--quiet", "--release", "--package", "ingest", "--example", "pages", "--", "score", &at])
}

/// The folder with pages and their gold, if it is there.
pub fn pages_folder(folder: Option<&Path>) -> Result<String> {
    let folder = folder.unwrap_or(Path::new("../shared/corpora"));
    if !folder.join("html_text/gold.json").exists() {
        bail!(
            "there is no {}; name a folder that holds html_text, html_dates and html_readability",
            folder.join("html_text/gold.json").display()
        );
    }
    Ok(std::path::absolute(folder)?.display().to_string())
}
