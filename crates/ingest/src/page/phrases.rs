//! Which lines are noise by their wording? The patterns of `data/page.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Reason;
use crate::error::Error;
use crate::tokens::{Token, tokens};

const FILE: &str = "page.toml";

/// Longest line, in tokens, that may be a note of correction.
const LONGEST_CORRECTION: usize = 100;

/// The wording of page noise.
#[derive(Debug)]
pub(crate) struct Phrases {
    entries: Vec<Entry>,
    corrections: Vec<Vec<Part>>,
    #[cfg(test)]
    correction_examples: [Vec<String>; 2],
    reporting: BTreeSet<String>,
    sections: BTreeSet<Vec<String>>,
    share_words: BTreeSet<String>,
    share_anchors: BTreeSet<String>,
    outlet_words: BTreeSet<String>,
    outlet_openers: BTreeSet<String>,
    round_up_headings: BTreeSet<Vec<String>>,
    round_up_inline: BTreeSet<String>,
    war: Vec<String>,
    credit_words: BTreeSet<String>,
    credit_anchors: BTreeSet<String>,
    publication_words: BTreeSet<String>,
    publication_labels: BTreeSet<String>,
}

#[derive(Debug)]
struct Entry {
    reason: Reason,
    max_words: usize,
    sentences: bool,
    patterns: Vec<Vec<Part>>,
    #[cfg(test)]
    drop: Vec<String>,
    #[cfg(test)]
    keep: Vec<String>,
}

#[derive(Debug, PartialEq)]
enum Part {
    /// One of the words.
    Word(Vec<String>),
    /// A number.
    Number,
    /// Any tokens.
    Any,
}

impl Phrases {
    /// Reads `data/page.toml`.
    ///
    /// # Errors
    /// If the file is not as its head describes.
    pub fn read() -> Result<Self, Error> {
        Self::parse(bundle::file(FILE))
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let raw: Raw = toml::from_str(text).map_err(|e| Error::data(FILE, text, &e))?;
        let entries = raw.noise.into_iter().map(Entry::new).collect::<Result<_, _>>()?;
        let rows = |lines: Vec<String>| lines.iter().map(|l| forms(l)).collect();
        Ok(Self {
            entries,
            corrections: raw.correction.lines.iter().map(|l| pattern(l)).collect(),
            #[cfg(test)]
            correction_examples: [raw.correction.drop, raw.correction.keep],
            reporting: raw.reporting.words.into_iter().collect(),
            sections: rows(raw.sections.names),
            share_words: raw.share.words.into_iter().collect(),
            share_anchors: raw.share.anchors.into_iter().collect(),
            outlet_words: raw.outlet_words.names.into_iter().collect(),
            outlet_openers: raw.outlet_words.openers.into_iter().collect(),
            round_up_headings: rows(raw.round_up.headings),
            round_up_inline: raw.round_up.inline.into_iter().collect(),
            war: raw.round_up.war,
            credit_words: raw.credit.words.into_iter().collect(),
            credit_anchors: raw.credit.anchors.into_iter().collect(),
            publication_words: raw.publication.words.into_iter().collect(),
            publication_labels: raw.publication.labels.into_iter().collect(),
        })
    }

    /// Why the line is noise, if its wording says so. `is_sentence`: whether it ends like one.
    pub fn reason(&self, line: &[Token<'_>], is_sentence: bool) -> Option<Reason> {
        let words = line.iter().filter(|t| t.is_word() || t.is_number()).count();
        if is_sentence && line.iter().any(|t| self.reporting.contains(&t.form)) {
            return None;
        }
        if self.is_share_bar(line) {
            return Some(Reason::Share);
        }
        let fits = |e: &&Entry| words <= e.max_words && (e.sentences || !is_sentence || words < 3);
        self.entries.iter().filter(fits).find(|e| e.patterns.iter().any(|p| matches(p, line))).map(|e| e.reason)
    }

    /// Whether the line says that the page was changed after publication.
    pub fn tells_of_change(&self, line: &[Token<'_>]) -> bool {
        line.len() <= LONGEST_CORRECTION && self.corrections.iter().any(|p| matches(p, line))
    }

    /// Whether the tokens are the name of a section of a site.
    pub fn is_section(&self, line: &[Token<'_>]) -> bool {
        !line.is_empty() && self.sections.contains(&line.iter().map(|t| t.form.clone()).collect::<Vec<_>>())
    }

    /// Whether the tokens begin or end with a word that names papers and stations.
    pub fn has_outlet_word(&self, line: &[Token<'_>]) -> bool {
        let [first, .., last] = line else { return false };
        self.outlet_words.contains(&last.form) || self.outlet_openers.contains(&first.form)
    }

    /// Whether the line heads the end of a round-up ("Also today").
    pub fn is_round_up_heading(&self, line: &[Token<'_>]) -> bool {
        let row: Vec<String> = line.iter().filter(|t| t.form != ":").map(|t| t.form.clone()).collect();
        self.round_up_headings.contains(&row)
    }

    /// Whether the line begins like "Weather: …".
    pub fn begins_other_matter(&self, line: &[Token<'_>]) -> bool {
        matches!(line, [first, mark, ..] if mark.form == ":" && self.round_up_inline.contains(&first.form))
    }

    /// Whether the line has a word of war and peace.
    pub fn speaks_of_war(&self, line: &[Token<'_>]) -> bool {
        line.iter()
            .any(|t| self.war.iter().any(|w| if w.len() < 4 { t.form == *w } else { t.form.starts_with(w.as_str()) }))
    }

    /// Whether the word may stand in a line of credits.
    pub fn is_credit_word(&self, form: &str) -> bool {
        self.credit_words.contains(form) || self.credit_anchors.contains(form)
    }

    /// Whether the word makes a line one of credits.
    pub fn is_credit_anchor(&self, form: &str) -> bool {
        self.credit_anchors.contains(form)
    }

    /// Whether the word may stand in a line that tells when the page appeared.
    pub fn is_publication_word(&self, form: &str) -> bool {
        self.publication_words.contains(form) || self.publication_labels.contains(form)
    }

    /// Whether the word makes a line one that tells when the page appeared.
    pub fn is_publication_label(&self, form: &str) -> bool {
        self.publication_labels.contains(form)
    }

    fn is_share_bar(&self, line: &[Token<'_>]) -> bool {
        let known = |t: &Token<'_>| self.share_words.contains(&t.form) || t.is_number();
        line.iter().all(known) && line.iter().any(|t| self.share_anchors.contains(&t.form))
    }
}

impl Entry {
    fn new(raw: RawEntry) -> Result<Self, Error> {
        let reason = Reason::parse(&raw.reason)
            .ok_or_else(|| Error::data_value(FILE, format!("no such reason for noise: {:?}", raw.reason)))?;
        Ok(Self {
            reason,
            max_words: raw.max_words,
            sentences: raw.sentences,
            patterns: raw.lines.iter().map(|l| pattern(l)).collect(),
            #[cfg(test)]
            drop: raw.drop,
            #[cfg(test)]
            keep: raw.keep,
        })
    }
}

/// Compiles a pattern as the head of `data/page.toml` describes it.
fn pattern(line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in line.replace('…', " … ").split_whitespace() {
        match piece {
            "…" => parts.push(Part::Any),
            "#" => parts.push(Part::Number),
            _ if piece.contains('/') => parts.push(Part::Word(piece.split('/').map(str::to_owned).collect())),
            _ => parts.extend(forms(piece).into_iter().map(|f| Part::Word(vec![f]))),
        }
    }
    parts
}

fn forms(line: &str) -> Vec<String> {
    tokens(line).into_iter().map(|t| t.form).collect()
}

/// Whether the whole row of tokens is as the pattern says. A colon at the end of the row need not be in the pattern.
fn matches(pattern: &[Part], line: &[Token<'_>]) -> bool {
    match (pattern, line) {
        ([], []) => true,
        ([], [last]) => last.form == ":",
        ([], _) => false,
        ([Part::Any, rest @ ..], _) => (0..=line.len()).any(|n| matches(rest, &line[n..])),
        ([first, rest @ ..], [token, others @ ..]) => {
            let same = match first {
                Part::Word(words) => words.contains(&token.form),
                Part::Number => token.is_number(),
                Part::Any => false,
            };
            same && matches(rest, others)
        }
        (_, []) => false,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    noise: Vec<RawEntry>,
    correction: RawCorrection,
    reporting: RawWords,
    sections: RawNames,
    share: RawAnchored,
    outlet_words: RawNames,
    round_up: RawRoundUp,
    credit: RawAnchored,
    publication: RawLabelled,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    reason: String,
    #[serde(rename = "about")]
    _about: String,
    lines: Vec<String>,
    #[serde(default = "twenty")]
    max_words: usize,
    #[serde(default)]
    sentences: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
    drop: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
    keep: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCorrection {
    #[serde(rename = "about")]
    _about: String,
    lines: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
    drop: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
    keep: Vec<String>,
}

fn twenty() -> usize {
    20
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    #[serde(rename = "about")]
    _about: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNames {
    #[serde(rename = "about")]
    _about: String,
    names: Vec<String>,
    #[serde(default)]
    openers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnchored {
    #[serde(rename = "about")]
    _about: String,
    words: Vec<String>,
    anchors: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLabelled {
    #[serde(rename = "about")]
    _about: String,
    words: Vec<String>,
    labels: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoundUp {
    #[serde(rename = "about")]
    _about: String,
    inline: Vec<String>,
    headings: Vec<String>,
    war: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::line::ends_like_a_sentence;

    #[test]
    fn every_example_in_the_file_is_judged_as_it_says() {
        let phrases = Phrases::read().unwrap_or_else(|e| panic!("{e}"));
        for entry in &phrases.entries {
            for line in &entry.drop {
                let found = phrases.reason(&tokens(line), ends_like_a_sentence(line));
                assert_eq!(found, Some(entry.reason), "{line}");
            }
            for line in &entry.keep {
                let found = phrases.reason(&tokens(line), ends_like_a_sentence(line));
                assert_eq!(found, None, "{line}");
            }
        }
    }

    #[test]
    fn notes_of_correction_are_told_from_reports_of_corrections() {
        let phrases = Phrases::read().unwrap_or_else(|e| panic!("{e}"));
        let [drop, keep] = &phrases.correction_examples;
        assert!(!drop.is_empty() && !keep.is_empty());
        for line in drop {
            assert!(phrases.tells_of_change(&tokens(line)), "{line}");
        }
        for line in keep {
            assert!(!phrases.tells_of_change(&tokens(line)), "{line}");
        }
    }

    #[test]
    fn patterns_match_whole_lines() {
        let yes = |p: &str, l: &str| matches(&pattern(p), &tokens(l));
        assert!(yes("read more : …", "Read more : “x”"));
        assert!(yes("# shares", "1,200 shares"));
        assert!(yes("skip to …content", "Skip to main content"));
        assert!(yes("key points", "Key points:"));
        assert!(!yes("key points", "Key points are open"));
        assert!(!yes("read more : …", "Read more about"));
    }

    #[test]
    fn reporting_sentences_are_spared() {
        let phrases = Phrases::read().unwrap_or_else(|e| panic!("{e}"));
        for line in ["Follow us or die, the rebels told villagers.", "Share of 3 killed: unclear, he said."] {
            assert_eq!(phrases.reason(&tokens(line), true), None, "{line}");
        }
    }

    #[test]
    fn a_mistake_names_the_place() {
        let error = Phrases::parse("noise = 3").expect_err("not a list").to_string();
        assert!(error.starts_with("data/page.toml:1:"), "{error}");
    }
}
