//! What do we read wrongly, what does it cost an analyst, and what would mend it? Makes `docs/fidelity.md`.

mod errors;
mod tables;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::score::Reading;

/// Where the report stands, from the root of the repository.
const PATH: &str = "docs/fidelity.md";
/// Between these lines stand figures that only those can make anew who have the development gold.
const KEPT: [&str; 2] = ["<!-- development figures: begin -->\n", "<!-- development figures: end -->\n"];

/// Writes the report on these readings; `headline` is the last line of the development gold's scorer.
pub fn write(readings: &[Reading], headline: Option<&str>) -> Result<()> {
    let kept = match headline {
        Some(line) => development(line),
        None => kept(&std::fs::read_to_string(PATH).unwrap_or_default()).to_owned(),
    };
    std::fs::write(PATH, document(readings, &kept)?).with_context(|| format!("cannot write {PATH}"))?;
    println!("wrote {PATH}");
    Ok(())
}

/// Whether the committed report is what these readings say.
pub fn check(readings: &[Reading]) -> Result<()> {
    let committed = std::fs::read_to_string(Path::new(PATH)).with_context(|| format!("cannot read {PATH}"))?;
    if document(readings, kept(&committed))? != committed {
        bail!("{PATH} is not what the program reads now; run `cargo xtask score --fidelity` and look at what changed");
    }
    Ok(())
}

fn document(readings: &[Reading], kept: &str) -> Result<String> {
    let mut out = String::from(
        "# Fidelity\n\nIs what Standoff reads out of a report what the report says? Made by `cargo xtask score --fidelity`; \
         `cargo xtask ci`\nfails where it is out of date. Do not edit it: remedies and costs stand in \
         `xtask/src/fidelity/kinds.toml`,\nphenomena in `xtask/src/fidelity/phenomena.toml`.\n\n",
    );
    measured(readings, &mut out);
    tables::phenomena(readings, &mut out)?;
    tables::fields(readings, &mut out);
    errors::worst(readings, &mut out)?;
    write!(out, "\n## Development gold\n\n{}{kept}{}", KEPT[0], KEPT[1])?;
    Ok(out)
}

/// What the figures are figures of.
fn measured(readings: &[Reading], out: &mut String) {
    let of = |set: Option<&str>, field: &str| {
        let those = readings.iter().filter(|r| r.set.as_deref() == set);
        those.flat_map(|r| &r.judgements).filter(|j| j.field == field).count()
    };
    let reports = |set: Option<&str>| readings.iter().filter(|r| r.set.as_deref() == set).count();
    let mut line = |name: &str, set: Option<&str>, about: &str| {
        let (claims, figures) = (of(set, "claims found"), of(set, "figures recall"));
        let _ = writeln!(out, "- **{name}**: {} reports, {claims} claims, {figures} figures. {about}", reports(set));
    };
    line("First set", None, "Plain reports; the program was made with their errors in sight.");
    line(
        "Second set",
        Some("second"),
        "Twelve styles, dense in what is hard; annotated before the program had read them.",
    );
    out.push_str(
        "\nThe samples are `samples/*.txt`, what is expected of them `tests/gold/*.toml`. They are few and ours: the figures\n\
         tell what goes wrong, not how often it does in the world.\n",
    );
}

/// The figures of the development gold, of which nothing else may be told here.
fn development(headline: &str) -> String {
    let mut out = String::from(
        "Eleven annotated reports that are not part of this repository, scored as a whole by their own scorer:\n\n\
         | what | score |\n|---|---|\n",
    );
    for part in headline.split([',', '|']) {
        if let Some((name, value)) = part.trim().rsplit_once(' ') {
            let _ = writeln!(out, "| {} | {value} |", name.trim_end_matches(" ="));
        }
    }
    out
}

/// What a committed report holds between the two marks.
fn kept(committed: &str) -> &str {
    let after = committed.split_once(KEPT[0]).map_or("", |(_, after)| after);
    after.split_once(KEPT[1]).map_or("", |(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::{KEPT, development, document, kept};

    #[test]
    fn figures_that_only_the_development_gold_gives_are_kept_as_they_were() {
        let figures = development("act 0.970, event 0.920 | overall = 0.913");
        assert!(figures.ends_with("| act | 0.970 |\n| event | 0.920 |\n| overall | 0.913 |\n"), "{figures}");
        let report = document(&[], &figures).expect("the tables can be read");
        assert_eq!(kept(&report), figures);
        assert_eq!(document(&[], kept(&report)).expect("the same"), report);
        assert_eq!(kept(&report.replace(KEPT[0], "")), "");
    }
}
