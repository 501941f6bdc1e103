//! How do we work? Every habit of the house is `cargo xtask …`; CI runs the same.

mod atlas;
mod bench;
mod browser;
mod desk;
mod fidelity;
mod generate;
mod gold;
mod score;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

const HELP: &str = "\
cargo xtask ci                         format, lint, tidy, test, score: what must pass before a commit
cargo xtask browser [NAME …]           tests the desk in Chromium: all of browser/tests, or the files with such names
cargo xtask browser --shots FOLDER [PATH …]  pictures of every page, or of some, at three widths, light and dark
cargo xtask tidy                       checks what the documents say about the tree
cargo xtask generate gazetteer JSON    condenses GeoNames' places into data/gazetteer (see its README)
cargo xtask generate atlas JSON        condenses Natural Earth's countries into data/atlas (see its README)
cargo xtask score                      scores the project's own gold, and ../shared/gold where it is there
cargo xtask score --write              the same, and writes tests/gold/scores.toml where scores rose, and docs/fidelity.md
cargo xtask score --fidelity           writes docs/fidelity.md alone: what is read wrongly, by its cost
cargo xtask score --language CORPORA   scores the language layer (see models/README.md for what CORPORA holds)
cargo xtask score --attribution FOLDER scores who says what on texts annotated as PolNeAR is (docs/attribution.md)
cargo xtask score --casualties FOLDER  scores counts of the dead and injured on MUC-3 and MUC-4 (docs/casualties.md)
cargo xtask score --pages [FOLDER]     scores the page reader on pages with gold (default: ../shared/corpora; docs/reading.md)
cargo xtask bench --pages [FOLDER] [--python PYTHON]  times the page reader, beside Python's trafilatura where it is installed
cargo xtask bench --scale [N …]        reconciles so many generated reports (default: 10000, 30000 and 100000)
cargo xtask bench --desk [LEDGER]         opens the desk on a million generated claims (made once), times its pages, and asks for 200 a second
cargo xtask bench --watch [MINUTES] [--kill]  watches a feed server of our own (default: an hour)
cargo xtask bench [FOLDER]             times `standoff read` on a folder of texts (default: samples, many times over)
";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    std::env::set_current_dir(root()).context("cannot enter the repository")?;
    match words.as_slice() {
        ["ci"] => ci(),
        ["tidy"] => tidy::check(&root()),
        ["browser", "--shots", folder, only @ ..] => browser::run(Some(folder), only, &root()),
        ["browser", only @ ..] => browser::run(None, only, &root()),
        ["generate", "gazetteer", file] => generate::gazetteer(Path::new(file), &root()),
        ["generate", "atlas", file] => atlas::generate(Path::new(file), &root()),
        ["score", "--language", corpora] => score::language(Path::new(corpora)),
        ["score", "--attribution", folder] => score::attribution(Path::new(folder)),
        ["score", "--casualties", folder] => score::casualties(Path::new(folder)),
        ["score", "--pages"] => score::pages(None),
        ["score", "--pages", folder] => score::pages(Some(Path::new(folder))),
        ["score"] => score::ledger(false).map(drop),
        ["score", "--write"] => score::ledger(true).and_then(|(read, line)| fidelity::write(&read, line.as_deref())),
        ["score", "--fidelity"] => {
            score::ledger(false).and_then(|(read, line)| fidelity::write(&read, line.as_deref()))
        }
        ["bench", "--pages"] => bench::pages(None, None),
        ["bench", "--pages", "--python", python] => bench::pages(None, Some(python)),
        ["bench", "--pages", folder] => bench::pages(Some(Path::new(folder)), None),
        ["bench", "--pages", folder, "--python", python] => bench::pages(Some(Path::new(folder)), Some(python)),
        ["bench", "--scale", sizes @ ..] => bench::scale(sizes),
        ["bench", "--desk"] => desk::bench(None),
        ["bench", "--desk", ledger] => desk::bench(Some(Path::new(ledger))),
        ["bench", "--watch", rest @ ..] => bench::watch(rest),
        ["bench"] => bench::read(None),
        ["bench", folder] => bench::read(Some(Path::new(folder))),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no `cargo xtask {}`\n{HELP}", other.join(" ")),
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_owned()
}

/// Runs a program and fails if it fails.
pub fn run(program: &str, arguments: &[&str]) -> Result<()> {
    eprintln!("$ {program} {}", arguments.join(" "));
    let status = Command::new(program).args(arguments).status().with_context(|| format!("cannot run {program}"))?;
    if !status.success() {
        bail!("`{program} {}` failed", arguments.join(" "));
    }
    Ok(())
}

fn ci() -> Result<()> {
    tidy::check(&root())?;
    run("cargo", &["fmt", "--all", "--check"])?;
    run("cargo", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    run("cargo", &["test", "--workspace"])?;
    fidelity::check(&score::ledger(false)?.0)
}
