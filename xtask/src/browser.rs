//! Does the desk work in a browser? Tests with Debian's Chromium on a desk of our own; pictures of every page.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// Runs the tests in `browser/tests` (those whose file's name contains one of `only`), or makes pictures in a folder.
pub fn run(shots: Option<&str>, only: &[&str], root: &Path) -> Result<()> {
    let chromium = chromium()?;
    if program("node").is_none() || program("npm").is_none() {
        install(&["nodejs", "npm"]).context("node and npm are needed for the tests in a browser")?;
    }
    let folder = root.join("browser");
    if !folder.join("node_modules/playwright-core").exists() || !folder.join("node_modules/axe-core").exists() {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder);
        done(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), "npm ci, in browser/")?;
    }
    crate::run("cargo", &["build", "--bin", "standoff"])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let standoff = target.join("debug/standoff");
    let ledger = target.join("browser.db");
    read_samples(&standoff, &ledger)?;
    let mut node = Command::new("node");
    match shots {
        Some(shots) => {
            // Node runs in browser/; the folder is meant from here.
            let shots = std::path::absolute(shots).context("no such folder")?;
            node.arg("shots.js").arg(shots).args(only);
        }
        None => {
            node.args(["--test", "--test-concurrency=1", "--test-timeout=300000"]).args(tests(&folder, only)?);
        }
    }
    node.current_dir(&folder).env("STANDOFF", standoff).env("STANDOFF_LEDGER", ledger).env("CHROMIUM", chromium);
    done(&mut node, "node, in browser/")
}

/// A ledger of the samples, made anew.
fn read_samples(standoff: &Path, ledger: &Path) -> Result<()> {
    for end in ["", "-wal", "-shm"] {
        let mut name = ledger.as_os_str().to_owned();
        name.push(end);
        if Path::new(&name).exists() {
            std::fs::remove_file(&name).with_context(|| format!("cannot remove {}", name.display()))?;
        }
    }
    let mut read = Command::new(standoff);
    read.args(["read", "samples", "--metadata", "samples/metadata.csv", "--ledger"]).arg(ledger);
    let status = read.stdout(Stdio::null()).status().context("cannot run standoff")?;
    // 3: some of the samples are there to be refused.
    if !matches!(status.code(), Some(0 | 3)) {
        bail!("the samples could not be read");
    }
    Ok(())
}

fn tests(folder: &Path, only: &[&str]) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder.join("tests")).context("cannot list browser/tests")? {
        let path = entry.context("cannot list browser/tests")?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".test.js") && (only.is_empty() || only.iter().any(|o| name.contains(o))) {
            out.push(path);
        }
    }
    out.sort();
    if out.is_empty() {
        bail!("no file in browser/tests is called so: {}", only.join(", "));
    }
    Ok(out)
}

/// Debian's Chromium, or what `CHROMIUM` names; installed where there is none and we may.
fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = program("chromium") {
        return Ok(found);
    }
    install(&["chromium"]).context("Chromium is needed for the tests in a browser; CHROMIUM=PATH names another one")?;
    program("chromium").context("Chromium is installed and not found")
}

/// Installs packages of Debian, as root only.
fn install(packages: &[&str]) -> Result<()> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0");
    if !root || program("apt-get").is_none() {
        bail!("install them first, with Debian: apt-get install {}", packages.join(" "));
    }
    crate::run("apt-get", &["update", "-q"])?;
    let mut arguments = vec!["install", "-q", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    crate::run("apt-get", &arguments)
}

/// Where a program lies, by `PATH`.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|p| p.join(name)).find(|p| p.is_file())
}

fn done(command: &mut Command, what: &str) -> Result<()> {
    eprintln!("$ {what}");
    let status = command.status().with_context(|| format!("cannot run {what}"))?;
    if !status.success() {
        bail!("`{what}` failed");
    }
    Ok(())
}
