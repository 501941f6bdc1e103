//! What do all words of war reports have in common? The mean of their vectors, which `annotate::meaning` takes away.
//!
//! Without it the directions of any two claims are alike, as all vectors of the encoder's table point one way.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use annotate::meaning::Meanings;
use annotate::{Annotator, Scratch};
use anyhow::{Context as _, Result, bail};
use evidence::{Meaning, Published};

/// Learns from the texts (`*.txt`) of a folder and gives the text of `models/meaning.tsv`.
pub fn learn(folder: &Path, annotator: Annotator) -> Result<String> {
    let annotator = annotator.with_meanings(Meanings::plain());
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let (mut sum, mut words) = ([0.0_f64; Meaning::WIDTH], 0_u32);
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let document = annotator.annotate(&mut Scratch::default(), &text, None, &Published::unknown());
        for vector in document.meanings.vectors() {
            sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += f64::from(*x));
            words += 1;
        }
    }
    if words == 0 {
        bail!("cannot learn from {}: no .txt file there has a word", folder.display());
    }
    let mut out = format!(
        "# Mean of the vectors of {words} words that are neither names nor words of grammar. Made by `train meaning samples`\n\
         # from the reports of samples/, which are our own; do not edit.\n"
    );
    for x in sum {
        writeln!(out, "{:.5}", x / f64::from(words))?;
    }
    Ok(out)
}
