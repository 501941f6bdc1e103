//! What do the annotators say? Reads a folder of texts and brat annotation files as PolNeAR lays them out.
//!
//! `text/<name>.txt` and `attributions/<name>_<annotator>.ann`; a text annotated by two people has two files, each of
//! which counts as a document. Offsets of brat are code points.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use evidence::Span;

use super::Saying;

/// One annotation file with its text.
pub struct Annotated {
    /// Name of the annotation file without `.ann`.
    pub name: String,
    /// The text, one paragraph a line.
    pub text: String,
    /// What the annotator marked, in order of the first content.
    pub sayings: Vec<Saying>,
}

/// Reads every annotation file, in order of names.
///
/// # Errors
/// If a file cannot be read, an annotation has no text, or a line is not as brat writes it.
pub fn read(folder: &Path) -> Result<Vec<Annotated>> {
    let marks = folder.join("attributions");
    let entries = std::fs::read_dir(&marks).with_context(|| format!("cannot list {}", marks.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "ann"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("there is no .ann file in {}", marks.display());
    }
    files.iter().map(|f| one(folder, f)).collect()
}

fn one(folder: &Path, file: &Path) -> Result<Annotated> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (document, _) =
        name.rsplit_once('_').with_context(|| format!("{name}: a name `<text>_<annotator>` is wanted"))?;
    let text = folder.join("text").join(format!("{document}.txt"));
    let raw = std::fs::read_to_string(&text).with_context(|| format!("cannot read {}", text.display()))?;
    let marks = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let (text, at) = paragraph_a_line(&raw);
    let sayings = sayings(&marks, &at).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Annotated { name, text, sayings })
}

/// The text without empty lines, and for every code point of `raw` (and its end) its byte there.
fn paragraph_a_line(raw: &str) -> (String, Vec<usize>) {
    let (mut text, mut at) = (String::with_capacity(raw.len()), Vec::new());
    for c in raw.chars() {
        at.push(text.len());
        let repeated = c == '\n' && (text.is_empty() || text.ends_with('\n'));
        if !repeated && c != '\r' {
            text.push(c);
        }
    }
    at.push(text.len());
    (text, at)
}

fn sayings(marks: &str, at: &[usize]) -> Result<Vec<Saying>> {
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut out = Vec::new();
    for line in marks.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(what)) = (columns.next(), columns.next()) else { continue };
        if id.starts_with('T') {
            spans.insert(id, stretches(what, at).with_context(|| format!("line `{line}`"))?);
        } else if id.starts_with('E') {
            out.push(what);
        }
    }
    let mut sayings: Vec<Saying> = out.into_iter().map(|event| saying(event, &spans)).collect();
    sayings.retain(|s| !s.content.is_empty());
    sayings.sort_by_key(|s| s.content.first().map(|c| c.start()));
    Ok(sayings)
}

/// `Source 89 106;110 120`: a kind and the code points of one or several stretches.
fn stretches(what: &str, at: &[usize]) -> Result<Vec<Span>> {
    let (_, ranges) = what.split_once(' ').context("a kind and offsets are wanted")?;
    let one = |range: &str| {
        let (from, to) = range.split_once(' ').context("two offsets are wanted")?;
        let place = |n: &str| at.get(n.parse::<usize>()?).copied().context("an offset lies outside the text");
        Ok(Span::new(place(from)?, place(to)?))
    };
    ranges.split(';').map(one).collect()
}

/// `Attribution:T4 Content:T3 Content2:T9 Cue:T2 Source:T1`: the parts of one attribution.
fn saying(event: &str, spans: &BTreeMap<&str, Vec<Span>>) -> Saying {
    let mut saying = Saying::default();
    for part in event.split(' ') {
        let Some((role, id)) = part.split_once(':') else { continue };
        let found = spans.get(id).into_iter().flatten().copied().filter(|s| !s.is_empty());
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Source" => saying.source.extend(found),
            "Cue" => saying.cue.extend(found),
            "Content" => saying.content.extend(found),
            _ => {}
        }
    }
    for part in [&mut saying.source, &mut saying.cue, &mut saying.content] {
        part.sort_by_key(|s| s.start());
    }
    saying
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_annotations_is_read_with_its_offsets() {
        let (text, at) = paragraph_a_line("\nÅsa left.\n\n“No,” said Åsa. “Not yet.”\n");
        assert_eq!(text, "Åsa left.\n“No,” said Åsa. “Not yet.”\n");
        let marks = "T1\tContent 12 17\t“No,”\nT2\tCue 18 22\tsaid\nT3\tSource 23 26\tÅsa\nT4\tContent 28 38\tx\n\
                     T5\tAttribution 18 22\tsaid\nE1\tAttribution:T5 Content2:T4 Content:T1 Cue:T2 Source:T3\n";
        let found = sayings(marks, &at).expect("as brat writes it");
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(&text).to_owned()).collect::<Vec<_>>();
        assert_eq!(found.len(), 1);
        assert_eq!(words(&found[0].source), ["Åsa"]);
        assert_eq!(words(&found[0].cue), ["said"]);
        assert_eq!(words(&found[0].content), ["“No,”", "“Not yet.”"]);
    }

    #[test]
    fn an_offset_outside_the_text_is_an_error() {
        assert!(sayings("T1\tCue 3 99\tsaid", &[0, 1, 2, 3]).is_err());
    }
}
