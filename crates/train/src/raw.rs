//! How well does the language layer do from raw text?
//!
//! Treebank files are turned back into running text (a paragraph a line), the text is cut and parsed as an article's
//! would be, and words are compared by their characters, as the CoNLL 2018 shared task did.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use annotate::sentences::{RawSentence, segment};
use annotate::{Annotator, Scratch};
use anyhow::{Context, Result, bail};
use evidence::{Document, Published, Span};

/// A treebank as running text with its gold sentences.
#[derive(Debug, Default)]
pub struct Treebank {
    /// The text; a line is a paragraph.
    pub text: String,
    /// In order.
    pub sentences: Vec<Gold>,
}

/// A sentence of a treebank.
#[derive(Debug)]
pub struct Gold {
    /// From its first word to its last.
    pub span: Span,
    /// Surface tokens: "don't" is one.
    pub tokens: Vec<Span>,
    /// Syntactic words: "do" and "n't" are two.
    pub words: Vec<GoldWord>,
}

/// A word of a treebank.
#[derive(Debug)]
pub struct GoldWord {
    /// Its characters.
    pub span: Span,
    /// Universal part of speech.
    pub upos: String,
    /// Characters of its head; `None` for the root.
    pub head: Option<Span>,
    /// Relation to the head, with its subtype.
    pub deprel: String,
}

impl Treebank {
    /// Reads CoNLL-U files, one after the other, into one text.
    pub fn read(paths: &[PathBuf]) -> Result<Self> {
        let mut bank = Self::default();
        for path in paths {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            for block in text.split("\n\n").filter(|b| !b.trim().is_empty()) {
                bank.add(block).with_context(|| format!("cannot use {}", path.display()))?;
            }
            bank.text.truncate(bank.text.trim_end().len());
            bank.text.push('\n');
        }
        Ok(bank)
    }

    /// Appends one sentence.
    fn add(&mut self, block: &str) -> Result<()> {
        let comment = |key: &str| block.lines().find_map(|l| l.strip_prefix("# ")?.strip_prefix(key));
        if comment("newpar").is_some() || comment("newdoc").is_some() {
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\n');
        }
        let sentence = comment("text = ").context("a sentence has no text")?;
        let base = self.text.len();
        self.text.push_str(sentence);
        let rows: Vec<Vec<&str>> =
            block.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
        let (mut tokens, mut words, mut ids) = (Vec::new(), Vec::new(), BTreeMap::new());
        let (mut at, mut range_ends) = (base, 0);
        for row in rows.iter().filter(|r| r.len() == 10 && !r[0].contains('.')) {
            let from = at + self.text[at..].len() - self.text[at..].trim_start().len();
            if !self.text[from..].starts_with(row[1]) {
                bail!("the word {:?} is not where the text {sentence:?} has it", row[1]);
            }
            let span = Span::new(from, from + row[1].len());
            if let Some((_, last)) = row[0].split_once('-') {
                range_ends = last.parse::<usize>()?;
                tokens.push(span);
                continue;
            }
            let id: usize = row[0].parse()?;
            if id > range_ends {
                tokens.push(span);
            }
            at = span.end();
            ids.insert(id, span);
            words.push((span, row[3].to_owned(), row[6].parse::<usize>()?, row[7].to_owned()));
        }
        let words = words
            .into_iter()
            .map(|(span, upos, head, deprel)| GoldWord { span, upos, head: ids.get(&head).copied(), deprel })
            .collect();
        self.sentences.push(Gold { span: Span::new(base, at), tokens, words });
        let glued = rows.iter().rfind(|r| r.len() == 10).is_some_and(|r| r[9].contains("SpaceAfter=No"));
        if !glued {
            self.text.push(' ');
        }
        Ok(())
    }
}

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Share of what was found that is right.
    pub precision: f64,
    /// Share of what is there that was found.
    pub recall: f64,
}

impl Score {
    /// From how many are right, were found, are there.
    pub fn of(right: usize, found: usize, gold: usize) -> Self {
        let share = |n: usize| if n == 0 { 0.0 } else { right as f64 / n as f64 };
        Self { precision: share(found), recall: share(gold) }
    }

    /// Harmonic mean.
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }
}

/// Sentences, surface tokens and words compared by their characters.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// Surface tokens.
    pub tokens: Score,
    /// Syntactic words.
    pub words: Score,
    /// Sentences with the same first and last character.
    pub sentences: Score,
}

/// Compares what [`segment`] makes of a treebank's text with its gold.
pub fn compare(bank: &Treebank, found: &[RawSentence]) -> Cut {
    let words: BTreeSet<Span> = found.iter().flat_map(|s| s.tokens.iter().copied()).collect();
    let tokens: BTreeSet<Span> = found.iter().flat_map(|s| surface(&bank.text, &s.tokens)).collect();
    let sentences: BTreeSet<Span> = found.iter().map(|s| s.span).collect();
    let gold_words = bank.sentences.iter().flat_map(|s| s.words.iter().map(|w| w.span)).collect();
    let gold_tokens = bank.sentences.iter().flat_map(|s| s.tokens.iter().copied()).collect();
    let gold_sentences = bank.sentences.iter().map(|s| s.span).collect();
    Cut {
        tokens: overlap(&tokens, &gold_tokens),
        words: overlap(&words, &gold_words),
        sentences: overlap(&sentences, &gold_sentences),
    }
}

/// The sets that raw text is measured on, by name: EWT and GUM's news, dev and test.
pub fn test_sets(corpora: &Path) -> Result<Vec<(&'static str, Treebank)>> {
    let ewt = |part: &str| vec![corpora.join(format!("ud_ewt/en_ewt-ud-{part}.conllu"))];
    Ok(vec![
        ("EWT dev", Treebank::read(&ewt("dev"))?),
        ("EWT test", Treebank::read(&ewt("test"))?),
        ("GUM news dev", Treebank::read(&gum(corpora, "dev", Some("news"))?)?),
        ("GUM news test", Treebank::read(&gum(corpora, "test", Some("news"))?)?),
    ])
}

/// Files of one part of GUM, perhaps of one genre, sorted.
pub fn gum(corpora: &Path, part: &str, genre: Option<&str>) -> Result<Vec<PathBuf>> {
    let path = corpora.join("gum/splits.md");
    let splits = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let heading = format!("## {part}");
    let listed = splits.lines().skip_while(|l| *l != heading).skip(1).take_while(|l| !l.starts_with("## "));
    let names = listed.filter_map(|l| l.trim().strip_prefix("* "));
    let wanted = names.filter(|n| genre.is_none_or(|g| n.starts_with(&format!("GUM_{g}_"))));
    let mut files: Vec<PathBuf> = wanted.map(|n| corpora.join(format!("gum/dep/{n}.conllu"))).collect();
    files.retain(|f| f.exists());
    files.sort();
    Ok(files)
}

/// Prints how tokens, words, sentences and the parse fare on the test sets.
pub fn evaluate(corpora: &Path, annotator: &Annotator) -> Result<()> {
    let titles = ["tokens", "words", "sentences", "UPOS", "UAS", "LAS", "LAS:sub"];
    println!("{:<14}{}", "raw text, F1", titles.map(|t| format!("{t:>10}")).concat());
    for (name, bank) in test_sets(corpora)? {
        let cut = compare(&bank, &segment(&bank.text));
        let document = annotator.annotate(&mut Scratch::default(), &bank.text, None, &Published::unknown());
        let parse = compare_parse(&bank, &document);
        let scores = [cut.tokens, cut.words, cut.sentences, parse.upos, parse.uas, parse.las, parse.las_subtypes];
        println!("{name:<14}{}", scores.map(|s| format!("{:>10.2}", 100.0 * s.f1())).concat());
    }
    Ok(())
}

/// Parts of speech and parse of words that were found with the right characters.
#[derive(Debug, Clone, Copy)]
pub struct Parse {
    /// Right part of speech.
    pub upos: Score,
    /// Right head.
    pub uas: Score,
    /// Right head and relation, subtypes apart, as the shared task counts.
    pub las: Score,
    /// Right head and relation with its subtype.
    pub las_subtypes: Score,
}

/// Compares a parsed text with its gold.
pub fn compare_parse(bank: &Treebank, found: &Document) -> Parse {
    let gold: BTreeMap<Span, &GoldWord> =
        bank.sentences.iter().flat_map(|s| s.words.iter().map(|w| (w.span, w))).collect();
    let (mut upos, mut uas, mut las, mut las_subtypes) = (0, 0, 0, 0);
    for token in &found.tokens {
        let Some(word) = gold.get(&token.span) else { continue };
        upos += usize::from(token.upos.as_str() == word.upos);
        let attached = token.head.map(|h| found.tokens[h].span) == word.head;
        let base = word.deprel.split(':').next().unwrap_or_default();
        uas += usize::from(attached);
        las += usize::from(attached && token.deprel.base() == base);
        las_subtypes += usize::from(attached && token.deprel.as_str() == word.deprel);
    }
    let score = |right: usize| Score::of(right, found.tokens.len(), gold.len());
    Parse { upos: score(upos), uas: score(uas), las: score(las), las_subtypes: score(las_subtypes) }
}

/// Surface tokens: clitics joined to the words they hang on.
fn surface(text: &str, words: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(words.len());
    for word in words {
        let glued = out.last().is_some_and(|l| l.end() == word.start() && hangs(l.of(text), word.of(text)));
        match out.last_mut() {
            Some(last) if glued => *last = last.join(*word),
            _ => out.push(*word),
        }
    }
    out
}

/// Whether `word` is a clitic of `host`.
fn hangs(host: &str, word: &str) -> bool {
    let apostrophe = word.starts_with(['\'', '’', '`']) && host.ends_with(char::is_alphanumeric);
    let lower = word.to_ascii_lowercase().replace('’', "'");
    let pair = (host.to_ascii_lowercase(), lower.as_str());
    let bare =
        matches!(lower.as_str(), "n't" | "nt" | "not" | "na" | "ta" | "s" | "m" | "ve" | "re" | "ll" | "me" | "no");
    let possessive = lower != "'" || host.ends_with(['s', 'S', 'x', 'z']);
    (apostrophe && possessive) || (bare && pair.0.chars().all(char::is_alphabetic))
}

fn overlap(found: &BTreeSet<Span>, gold: &BTreeSet<Span>) -> Score {
    Score::of(found.intersection(gold).count(), found.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sentences of a paragraph and one of the next.
    const BLOCKS: [&str; 3] = [
        "# newpar\n# text = Don't go.\n\
         1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
         1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n\
         2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n\
         3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n\
         4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_",
        "# text = Stay\n1\tStay\tstay\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No",
        "# newpar\n# text = Here.\n1\tHere\there\tADV\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_",
    ];

    fn bank() -> Treebank {
        let mut bank = Treebank::default();
        BLOCKS.iter().for_each(|b| bank.add(b).unwrap());
        bank
    }

    #[test]
    fn a_treebank_becomes_running_text() {
        let bank = bank();
        assert_eq!(bank.text.trim(), "Don't go. Stay\nHere.");
        let forms = |spans: Vec<Span>| spans.iter().map(|s| s.of(&bank.text)).collect::<Vec<_>>();
        assert_eq!(forms(bank.sentences[0].tokens.clone()), ["Don't", "go", "."]);
        assert_eq!(forms(bank.sentences[0].words.iter().map(|w| w.span).collect()), ["Do", "n't", "go", "."]);
        assert_eq!(bank.sentences[0].words[0].head.map(|h| h.of(&bank.text)), Some("go"));
    }

    #[test]
    fn the_gold_compared_with_itself_is_perfect_and_a_missed_end_costs() {
        let bank = bank();
        let of =
            |s: &Gold| RawSentence { span: s.span, paragraph: 0, tokens: s.words.iter().map(|w| w.span).collect() };
        let mut found: Vec<RawSentence> = bank.sentences.iter().map(of).collect();
        let cut = compare(&bank, &found);
        assert_eq!([cut.tokens.f1(), cut.words.f1(), cut.sentences.f1()], [1.0; 3]);
        let second = found.remove(1);
        found[0].span = found[0].span.join(second.span);
        found[0].tokens.extend(second.tokens);
        let cut = compare(&bank, &found);
        assert_eq!((cut.words.f1(), cut.sentences), (1.0, Score::of(1, 2, 3)));
    }

    #[test]
    fn a_word_that_the_text_lacks_is_an_error() {
        let error = Treebank::default().add("# text = Stay\n1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_").unwrap_err();
        assert!(error.to_string().contains("\"Go\""), "{error}");
    }
}
