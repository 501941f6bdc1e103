//! Which gold annotation are scores measured on? Treebanks in CoNLL-U, names in IOB2.
//!
//! The folder of corpora is the one that `python/corpora.py` describes; gold is read the same way there and here.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate::pieces::plain_word;
use anyhow::{Context as _, Result, ensure};

/// GUM's genres whose texts any use is allowed of.
const GUM_GENRES: [&str; 6] = ["academic", "bio", "court", "interview", "news", "voyage"];

/// A gold sentence.
#[derive(Debug, Default)]
pub struct Sentence {
    /// Its words.
    pub words: Vec<String>,
    /// What a treebank says of each; empty if the sentence is in none.
    pub syntax: Vec<Word>,
    /// Number of the document it stands in.
    pub document: usize,
    /// First word, one past the last, kind (`PER`, `ORG`, `LOC`); `None` if nobody marked names.
    pub names: Option<Vec<(Range<usize>, String)>>,
}

/// What a treebank says of a word.
#[derive(Debug)]
#[expect(missing_docs, reason = "the columns of CoNLL-U")]
pub struct Word {
    pub lemma: String,
    pub upos: String,
    pub feats: String,
    /// 0 for the root, 1 for the first word.
    pub head: usize,
    pub deprel: String,
}

/// The sets that scores are reported on, by name.
pub fn test_sets(corpora: &Path) -> Result<Vec<(&'static str, Vec<Sentence>)>> {
    Ok(vec![
        ("EWT dev", ewt(corpora, "dev")?),
        ("EWT test", ewt(corpora, "test")?),
        ("GUM test", gum(corpora, &["test"], &GUM_GENRES)?),
        ("GUM news dev+test", gum(corpora, &["dev", "test"], &["news"])?),
    ])
}

/// EWT with the names of UNER; where the two have other words, UNER's sentence follows alone.
fn ewt(corpora: &Path, part: &str) -> Result<Vec<Sentence>> {
    let mut sentences = treebank(&corpora.join(format!("ud_ewt/en_ewt-ud-{part}.conllu")))?;
    let place: HashMap<String, usize> = sentences.iter().enumerate().map(|(i, (id, _))| (id.clone(), i)).collect();
    let mut apart = Vec::new();
    for (id, document, rows) in blocks(&corpora.join(format!("uner_ewt/en_ewt-ud-{part}.iob2")))? {
        let words: Vec<String> = rows.iter().map(|r| plain(&r[1])).collect();
        let names = Some(names(rows.iter().map(|r| r[2].as_str())));
        match place.get(&id) {
            Some(i) if sentences[*i].1.words == words => sentences[*i].1.names = names,
            _ => apart.push(Sentence { words, syntax: Vec::new(), document, names }),
        }
    }
    Ok(sentences.into_iter().map(|(_, sentence)| sentence).chain(apart).collect())
}

/// The documents of some parts and genres of GUM.
fn gum(corpora: &Path, parts: &[&str], genres: &[&str]) -> Result<Vec<Sentence>> {
    let splits = read(&corpora.join("gum/splits.md"))?;
    let (mut part, mut out) = ("", Vec::new());
    let mut files: Vec<PathBuf> = Vec::new();
    for line in splits.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            part = name.trim();
        } else if let Some(document) = line.trim().strip_prefix("* ")
            && parts.contains(&part)
            && document.split('_').nth(1).is_some_and(|genre| genres.contains(&genre))
        {
            files.push(corpora.join(format!("gum/dep/{document}.conllu")));
        }
    }
    files.sort();
    for file in files {
        out.extend(treebank(&file)?.into_iter().map(|(_, sentence)| sentence));
    }
    Ok(out)
}

/// The sentences of a CoNLL-U file with their ids.
fn treebank(path: &Path) -> Result<Vec<(String, Sentence)>> {
    let mut out = Vec::new();
    for (id, document, rows) in blocks(path)? {
        let mut sentence = Sentence { document, ..Sentence::default() };
        for row in rows {
            ensure!(row.len() == 10, "{}: sentence {id}: a row has not ten columns", path.display());
            let head = row[6].parse().with_context(|| format!("{}: sentence {id}: head", path.display()))?;
            sentence.words.push(plain(&row[1]));
            let (upos, feats, deprel) = (row[3].clone(), row[5].clone(), row[7].clone());
            sentence.syntax.push(Word { lemma: plain(&row[2]), upos, feats, head, deprel });
        }
        out.push((id, sentence));
    }
    Ok(out)
}

/// Sentence id, number of its document and rows of each sentence; ranges and empty nodes are left out.
/// A sentence of a file with its id and the number of its document.
type Block = (String, usize, Vec<Vec<String>>);

fn blocks(path: &Path) -> Result<Vec<Block>> {
    let (mut id, mut document, mut rows, mut out) = (String::new(), 0, Vec::new(), Vec::new());
    for line in read(path)?.lines().chain([""]) {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if let Some(rest) = line.strip_prefix("# sent_id") {
            id = rest.trim_start_matches([' ', '=']).trim().to_owned();
        } else if line.starts_with("# newdoc") {
            document += 1;
        } else if !fields[0].is_empty() && fields[0].bytes().all(|b| b.is_ascii_digit()) {
            rows.push(fields);
        } else if line.is_empty() && !rows.is_empty() {
            out.push((id.clone(), document, std::mem::take(&mut rows)));
        }
    }
    Ok(out)
}

/// The names that IOB2 tags mark.
fn names<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<(Range<usize>, String)> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    for (i, tag) in tags.enumerate() {
        match tag.split_once('-') {
            Some(("B", kind)) => out.push((i..i + 1, kind.to_owned())),
            Some(("I", kind)) => match out.last_mut() {
                Some((words, before)) if words.end == i && before == kind => words.end = i + 1,
                _ => out.push((i..i + 1, kind.to_owned())),
            },
            _ => {}
        }
    }
    out
}

fn plain(word: &str) -> String {
    plain_word(word, &mut String::new()).to_owned()
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
