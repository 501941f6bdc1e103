//! How well does the program find who says what, by which words? Compares its attributions with annotated ones.
//!
//! The program's side is what [`extract::Extractor::sayings`] gives: for each attribution the stretches of its source,
//! cue and content, before content is divided into claims. The annotators marked no attribution inside the content of
//! another; those of the program are therefore left out too, and counted.
//!
//! **Aligning.** An annotated and a given attribution may be one and the same if their cues or their contents overlap.
//! Of all such pairs those are taken, one to one, whose cues overlap before those whose do not, and among them those
//! that share the most characters of content and source.
//!
//! **Counting.** Characters are those of a part's stretches that are not white space. Of an aligned pair the precision
//! of a part is the share of its given characters that are annotated, the recall the share of its annotated characters
//! that are given. Three overlap scores come of them, which differ in what is averaged over:
//!
//! - `found`: over aligned pairs. How good the spans are, of what is found at all.
//! - `annotated`: the recall is averaged over all annotated spans, a missed one counting 0; the precision over the given
//!   spans of aligned pairs. Whoever finds less scores less; whoever finds what nobody annotated does not.
//! - `all`: the precision too is averaged over all given spans, a spurious one counting 0. Nothing is forgiven.
//!
//! Strict scores are over all spans as well: right is a part whose characters are the annotated ones, all and no other.
//! `attributions` says how many were aligned, as precision (of all given) and recall (of all annotated).

pub mod brat;

use std::path::Path;

use annotate::{Annotator, Scratch};
use anyhow::{Result, anyhow};
use evidence::{Article, Span};
use extract::Extractor;
use resolve::Knowledge;

use brat::Annotated;

/// Who says what by which words: the stretches of each part, in order.
#[derive(Debug, Clone, Default)]
pub struct Saying {
    /// Whoever says it; empty where nobody is named.
    pub source: Vec<Span>,
    /// What attributes it.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// The rule that found it; empty for annotated ones.
    pub rule: String,
}

/// Of what a score is.
const PARTS: [&str; 3] = ["source", "content", "cue"];

impl Saying {
    fn part(&self, part: usize) -> &[Span] {
        [&self.source, &self.content, &self.cue][part]
    }
}

/// What was counted for one part of attributions.
#[derive(Debug, Default, Clone, Copy)]
struct Part {
    annotated: usize,
    given: usize,
    /// Given spans of aligned pairs.
    paired: usize,
    /// Aligned pairs that have the part on both sides.
    both: usize,
    strict: usize,
    precision: f64,
    recall: f64,
}

/// What was counted over all documents.
#[derive(Debug, Default)]
pub struct Scores {
    documents: usize,
    annotated: usize,
    given: usize,
    nested: usize,
    aligned: usize,
    parts: [Part; 3],
}

/// Scores the program on a folder; each difference is handed to `told` as a line.
///
/// # Errors
/// If the folder cannot be read, or one of our own data files has a mistake.
pub fn score(folder: &Path, annotator: &Annotator, told: &mut dyn FnMut(String)) -> Result<Scores> {
    let knowledge = Knowledge::shipped().map_err(|e| anyhow!("cannot {e}"))?;
    let extractor = Extractor::shipped().map_err(|e| anyhow!("cannot {e}"))?;
    let (mut scores, mut scratch) = (Scores::default(), Scratch::default());
    for document in brat::read(folder)? {
        let article = article(&document);
        let annotations = annotator.annotate(&mut scratch, &article.text, None, &article.published);
        let (referents, _) = knowledge.refer(&article.text, &annotations, &article, None);
        let found = extractor.sayings(&article, &annotations, &referents);
        let all = found.len();
        let given: Vec<Saying> = found
            .into_iter()
            .filter(|s| !s.nested)
            .map(|s| Saying { source: s.source, cue: vec![s.cue], content: s.content, rule: s.rule })
            .collect();
        scores.nested += all - given.len();
        scores.add(&document, &given, told);
    }
    Ok(scores)
}

fn article(document: &Annotated) -> Article {
    let title = document.text.find('\n').map(|end| Span::new(0, end));
    Article { title, ..Article::of_words(&document.text) }
}

impl Scores {
    fn add(&mut self, document: &Annotated, given: &[Saying], told: &mut dyn FnMut(String)) {
        let gold = &document.sayings;
        let pairs = align(&document.text, gold, given);
        self.documents += 1;
        self.annotated += gold.len();
        self.given += given.len();
        self.aligned += pairs.len();
        for part in 0..PARTS.len() {
            let has = |s: &&Saying| !s.part(part).is_empty();
            self.parts[part].annotated += gold.iter().filter(has).count();
            self.parts[part].given += given.iter().filter(has).count();
            for (g, p) in &pairs {
                self.parts[part].pair(&document.text, gold[*g].part(part), given[*p].part(part));
            }
        }
        let name = &document.name;
        for (g, p) in &pairs {
            let parts = (0..2)
                .filter(|k| marks(&document.text, gold[*g].part(*k)) != marks(&document.text, given[*p].part(*k)));
            let which: Vec<&str> = parts.map(|k| PARTS[k]).collect();
            if which.is_empty() {
                continue;
            }
            let kind = format!("PARTLY {}", which.join("+"));
            told(format!(
                "{kind} {name}\n    wanted {}\n    got    {}",
                shown(document, &gold[*g]),
                shown(document, &given[*p])
            ));
        }
        for g in (0..gold.len()).filter(|g| !pairs.iter().any(|(x, _)| x == g)) {
            told(format!("MISSED {name}\n    wanted {}", shown(document, &gold[g])));
        }
        for p in (0..given.len()).filter(|p| !pairs.iter().any(|(_, x)| x == p)) {
            told(format!("SPURIOUS {name}\n    got    {}", shown(document, &given[p])));
        }
    }

    /// All scores as a table.
    pub fn table(&self) -> String {
        let ratio = |a: f64, b: usize| if b == 0 { 1.0 } else { a / b as f64 };
        let f1 = |p: f64, r: f64| if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        let three = |p: f64, r: f64| format!("{p:>6.3}{r:>6.3}{:>6.3}", f1(p, r));
        let (p, r) = (ratio(self.aligned as f64, self.given), ratio(self.aligned as f64, self.annotated));
        let mut out = format!(
            "{} annotation files; {} attributions annotated, {} given ({} inside another's content left out), {} aligned\n\
             attributions: precision {p:.3} recall {r:.3} F1 {:.3}\n\
             {:<8}  {:<20}{:<20}{:<20}overlap, found\n{:<8}  ",
            self.documents,
            self.annotated,
            self.given,
            self.nested,
            self.aligned,
            f1(p, r),
            "",
            "strict, all",
            "overlap, all",
            "overlap, annotated",
            ""
        );
        out += &"     P     R    F1  ".repeat(4);
        out.truncate(out.trim_end().len());
        out.push('\n');
        for (name, s) in PARTS.iter().zip(&self.parts) {
            let strict = three(ratio(s.strict as f64, s.given), ratio(s.strict as f64, s.annotated));
            let all = three(ratio(s.precision, s.given), ratio(s.recall, s.annotated));
            let annotated = three(ratio(s.precision, s.paired), ratio(s.recall, s.annotated));
            let found = three(ratio(s.precision, s.both), ratio(s.recall, s.both));
            out += &format!("{name:<8}  {strict}  {all}  {annotated}  {found}\n");
        }
        out
    }
}

impl Part {
    /// Counts one aligned pair.
    fn pair(&mut self, text: &str, annotated: &[Span], given: &[Span]) {
        self.paired += usize::from(!given.is_empty());
        if annotated.is_empty() || given.is_empty() {
            return;
        }
        let (a, g) = (marks(text, annotated), marks(text, given));
        let common = shared(&a, &g);
        self.both += 1;
        self.strict += usize::from(a == g);
        self.precision += common as f64 / g.len().max(1) as f64;
        self.recall += common as f64 / a.len().max(1) as f64;
    }
}

/// Pairs of an annotated and a given attribution, one to one.
fn align(text: &str, gold: &[Saying], given: &[Saying]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (p, b) in given.iter().enumerate() {
            let common = |part| shared(&marks(text, a.part(part)), &marks(text, b.part(part)));
            let (source, content, cue) = (common(0), common(1), common(2));
            if content + cue > 0 {
                candidates.push((cue == 0, std::cmp::Reverse(content + source + cue), g, p));
            }
        }
    }
    candidates.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, _, g, p) in candidates {
        if !pairs.iter().any(|(x, y)| *x == g || *y == p) {
            pairs.push((g, p));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Where the characters of some stretches stand that are not white space, in order.
fn marks(text: &str, spans: &[Span]) -> Vec<usize> {
    let inside = |s: &Span| {
        s.of(text).char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(i, _)| s.start() + i).collect::<Vec<_>>()
    };
    let mut all: Vec<usize> = spans.iter().flat_map(inside).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn shared(a: &[usize], b: &[usize]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

fn shown(document: &Annotated, s: &Saying) -> String {
    let words = |spans: &[Span]| spans.iter().map(|s| s.of(&document.text)).collect::<Vec<_>>().join(" … ");
    format!("[{}] {{{}}} «{}» {}", words(&s.source), words(&s.cue), words(&s.content), s.rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The mayor of Orsk said the mill burned. Ada hopes to leave.";

    fn saying(source: &str, cue: &str, content: &str) -> Saying {
        let find = |words: &str| {
            TEXT.find(words)
                .filter(|_| !words.is_empty())
                .map(|at| Span::new(at, at + words.len()))
                .into_iter()
                .collect()
        };
        Saying { source: find(source), cue: find(cue), content: find(content), rule: String::new() }
    }

    fn scores(gold: Vec<Saying>, given: &[Saying]) -> Scores {
        let mut scores = Scores::default();
        let document = Annotated { name: "test".to_owned(), text: TEXT.to_owned(), sayings: gold };
        scores.add(&document, given, &mut |_| {});
        scores
    }

    #[test]
    fn what_is_missed_and_what_is_spurious_count_where_they_should() {
        let said = || saying("The mayor of Orsk", "said", "the mill burned");
        let hopes = saying("Ada", "hopes", "to leave");
        let missed = scores(vec![said(), hopes.clone()], &[said()]);
        let content = missed.parts[1];
        assert_eq!((content.annotated, content.given, content.strict), (2, 1, 1));
        assert!((content.recall / content.annotated as f64 - 0.5).abs() < 1e-9);
        let spurious = scores(vec![said()], &[said(), hopes]);
        let content = spurious.parts[1];
        assert!((content.precision / content.given as f64 - 0.5).abs() < 1e-9);
        assert!((content.precision / content.paired as f64 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn overlap_counts_characters_that_are_no_white_space() {
        let half = scores(vec![saying("The mayor of Orsk", "said", "mill")], &[saying("of Orsk", "said", "the mill")]);
        assert!((half.parts[1].precision - 4.0 / 7.0).abs() < 1e-9);
        assert!((half.parts[0].recall - 6.0 / 14.0).abs() < 1e-9);
        assert_eq!(half.parts[0].strict, 0);
    }
}
