//! Is what our documents say about the tree true? Crates, arrows, names, sizes, tests of data files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Stages, and which of our own crates each may know besides `evidence`, `bundle` and `press`.
const STAGES: &[(&str, &[&str])] = &[
    ("ingest", &[]),
    ("fetch", &[]),
    ("annotate", &[]),
    ("resolve", &[]),
    ("extract", &[]),
    ("reconcile", &[]),
    ("review", &[]),
    ("store", &[]),
    ("publish", &["store"]),
    ("serve", &["store", "publish", "review"]),
];
/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["util", "utils", "common", "helpers", "core", "misc", "types", "shared"];

/// Checks the tree and lists everything that is not so.
pub fn check(root: &Path) -> Result<()> {
    let mut wrong = Vec::new();
    documents(root, &mut wrong)?;
    crates(root, &mut wrong)?;
    sources(root, &mut wrong)?;
    rules(root, &mut wrong)?;
    notes(root, &mut wrong)?;
    if wrong.is_empty() {
        eprintln!("tidy: all is as the documents say");
        return Ok(());
    }
    bail!("the house is untidy:\n  {}", wrong.join("\n  "))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn documents(root: &Path, wrong: &mut Vec<String>) -> Result<()> {
    for (name, most) in [("README.md", 80), ("ARCHITECTURE.md", 250)] {
        let lines = read(&root.join(name))?.lines().count();
        if lines > most {
            wrong.push(format!("{name} has {lines} lines; at most {most}"));
        }
        for link in links(&read(&root.join(name))?) {
            if !root.join(&link).exists() {
                wrong.push(format!("{name} points to {link}, which is not there"));
            }
        }
    }
    Ok(())
}

/// Relative targets of Markdown links.
fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .filter(|t| !t.contains("://") && !t.starts_with('#'))
        .map(|t| t.split('#').next().unwrap_or(t).to_owned())
        .collect()
}

fn crates(root: &Path, wrong: &mut Vec<String>) -> Result<()> {
    let map = read(&root.join("ARCHITECTURE.md"))?;
    let named: BTreeSet<String> = map
        .lines()
        .filter_map(|l| l.strip_prefix("**`"))
        .filter_map(|l| l.split('`').next())
        .map(str::to_owned)
        .collect();
    let mut there: BTreeSet<String> = folders(&root.join("crates"))?.into_iter().collect();
    there.insert("xtask".to_owned());
    for c in there.symmetric_difference(&named) {
        wrong.push(format!("crate {c}: in ARCHITECTURE.md or in crates/, but not in both"));
    }
    for (c, allowed) in STAGES {
        let manifest: toml::Table = read(&root.join("crates").join(c).join("Cargo.toml"))?.parse()?;
        let known =
            manifest.get("dependencies").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
        for d in known.filter(|d| there.contains(*d) && !matches!(d.as_str(), "evidence" | "bundle" | "press")) {
            if !allowed.contains(&d.as_str()) {
                wrong.push(format!("crates/{c} knows {d}; see the arrows in ARCHITECTURE.md"));
            }
        }
    }
    Ok(())
}

fn folders(at: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(at).with_context(|| format!("cannot list {}", at.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

fn sources(root: &Path, wrong: &mut Vec<String>) -> Result<()> {
    let mut files = Vec::new();
    for top in ["crates", "xtask"] {
        collect(&root.join(top), "rs", &mut files)?;
    }
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        let text = read(&file)?;
        if !text.starts_with("//!") {
            wrong.push(format!("{name} does not begin with `//!`"));
        }
        // Put together here, so that this file does not find itself.
        let allow = concat!("#[", "allow(");
        if text.contains(allow) {
            wrong.push(format!("{name} uses {allow}…; use #[expect(…, reason = …)]"));
        }
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if EMPTY_NAMES.contains(&stem.as_str()) {
            wrong.push(format!("{name}: the name says nothing"));
        }
    }
    Ok(())
}

fn rules(root: &Path, wrong: &mut Vec<String>) -> Result<()> {
    let mut files = Vec::new();
    collect(&root.join("data/rules"), "toml", &mut files)?;
    collect(&root.join("data/speech"), "toml", &mut files)?;
    collect(&root.join("data/attitude"), "toml", &mut files)?;
    for file in files {
        let table: toml::Table = read(&file)?.parse().with_context(|| format!("cannot read {}", file.display()))?;
        if table.get("test").and_then(toml::Value::as_array).is_none_or(Vec::is_empty) {
            wrong.push(format!("{} has no tests", file.display()));
        }
    }
    Ok(())
}

/// Every note that a report can get stands in the table of `docs/reading.md`, and nothing else does.
fn notes(root: &Path, wrong: &mut Vec<String>) -> Result<()> {
    const TABLE: &str = "docs/reading.md";
    let mut files = Vec::new();
    for stage in ["ingest", "resolve", "fetch", "cli"] {
        let sources = root.join("crates").join(stage).join("src");
        if sources.exists() {
            collect(&sources, "rs", &mut files)?;
        }
    }
    let (mut given, mut sources_whole) = (BTreeSet::new(), String::new());
    for file in files {
        let text = read(&file)?;
        let tests = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
        for rest in text[..tests].split("Note::new(").skip(1).chain(text[..tests].split("note(").skip(1)) {
            let kind = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next());
            let is_kind = |k: &&str| k.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !k.is_empty();
            given.extend(kind.filter(is_kind).map(str::to_owned));
        }
        sources_whole.push_str(&text[..tests]);
    }
    let page = read(&root.join(TABLE))?;
    let told: BTreeSet<String> = page
        .split_once("## Notes")
        .map(|(_, table)| {
            table.split("\n| `").skip(1).filter_map(|row| row.split('`').next()).map(str::to_owned).collect()
        })
        .unwrap_or_default();
    for kind in given.difference(&told) {
        wrong.push(format!("notes of kind {kind} are given, but {TABLE} does not tell of them"));
    }
    let troubles = read(&root.join("crates/fetch/src/error.rs"))?;
    let page = read(&root.join("docs/watching.md"))?;
    for kind in troubles.split("=> \"").skip(1).filter_map(|rest| rest.split_once("\",\n")).map(|(kind, _)| kind) {
        if !page.contains(&format!("| `{kind}` |")) {
            wrong.push(format!("docs/watching.md does not tell of the trouble {kind}"));
        }
    }
    // A kind may be given in a roundabout way; but then it stands in the sources.
    for kind in told.difference(&given).filter(|k| !sources_whole.contains(&format!("\"{k}\""))) {
        wrong.push(format!("{TABLE} tells of notes of kind {kind}, which nothing gives"));
    }
    Ok(())
}

fn collect(at: &Path, ending: &str, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(at)
        .with_context(|| format!("cannot list {}", at.display()))?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, ending, files)?;
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    Ok(())
}
