//! Shows how a text is read: words with their parse, the tree, names, times, numbers, quotations.

use std::fmt::Write as _;

use anyhow::Result;
use evidence::document::Sentence;
use evidence::time::Iso;
use evidence::{Basis, Document, Published};

use crate::arguments::Parse;
use crate::terminal;

/// Annotates a text and shows all of it.
pub fn run(args: &Parse) -> Result<()> {
    let published = published(args.published.as_ref());
    let annotator = annotate::Annotator::new();
    let document = annotator.annotate(&mut annotate::Scratch::default(), &args.text, None, &published);
    let mut out = String::new();
    for sentence in &document.sentences {
        out.push_str(&words(&args.text, &document, sentence));
        out.push('\n');
        out.push_str(&tree(&args.text, &document, sentence));
        out.push('\n');
    }
    out.push_str(&found(&args.text, &document));
    terminal::print(&publish::printable(&out))
}

/// A date as the user gives it.
fn published(value: Option<&Iso>) -> Published {
    match value {
        None => Published::unknown(),
        Some(value) => Published {
            precision: Some(value.precision()),
            value: Some(value.clone()),
            basis: Basis::Given,
            spans: Vec::new(),
        },
    }
}

/// One line a word: number, word, lemma, part of speech, features, head, relation.
fn words(text: &str, document: &Document, sentence: &Sentence) -> String {
    let first = sentence.tokens.start;
    let rows: Vec<[String; 7]> = sentence
        .tokens
        .clone()
        .map(|t| {
            let token = &document.tokens[t];
            [
                (t - first + 1).to_string(),
                token.span.of(text).to_owned(),
                token.lemma.to_string(),
                token.upos.to_string(),
                token.feats.to_string(),
                token.head.map_or("0".to_owned(), |h| (h - first + 1).to_string()),
                token.deprel.to_string(),
            ]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|r| r[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..7).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, w)| format!("{cell:<w$}")).collect();
        let _ = writeln!(out, "{}", cells.join("  ").trim_end());
    }
    out
}

/// The parse as a tree, heads above their dependants.
pub(super) fn tree(text: &str, document: &Document, sentence: &Sentence) -> String {
    let mut out = String::new();
    let roots = sentence.tokens.clone().filter(|t| document.tokens[*t].head.is_none());
    // A stack and no recursion: a strange sentence may be a chain of thousands of words.
    let mut open: Vec<(usize, String, String)> = roots.map(|r| (r, String::new(), String::new())).collect();
    open.reverse();
    while let Some((t, branch, below)) = open.pop() {
        let token = &document.tokens[t];
        let _ = writeln!(out, "{branch}{} ({}, {})", token.span.of(text), token.deprel, token.upos);
        let children = document.children(t);
        for (n, child) in children.iter().enumerate().rev() {
            let last = n + 1 == children.len();
            let (this, rest) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            open.push((*child, format!("{below}{this}"), format!("{below}{rest}")));
        }
    }
    out
}

/// Names, times, numbers and quotations.
fn found(text: &str, document: &Document) -> String {
    let mut out = String::new();
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(out, "{title}");
            lines.iter().for_each(|l| _ = writeln!(out, "  {l}"));
        }
    };
    list("names", document.names.iter().map(|n| format!("{}  {}", n.span.of(text), n.kind.as_str())).collect());
    let time = |t: &evidence::time::TimeExpression| {
        let value = t.value.as_ref().map_or("not determined".to_owned(), Iso::to_string);
        let end = t.end.as_ref().map(|e| format!(" to {e}")).unwrap_or_default();
        format!("{}  {value}{end}  by {}", t.span.of(text), t.rule)
    };
    list("times", document.times.iter().map(time).collect());
    let bound = |n: Option<f64>| n.map_or("open".to_owned(), |n| n.to_string());
    let number = |n: &evidence::document::Number| {
        format!("{}  {} to {}  {}  {:?}", n.span.of(text), bound(n.low), bound(n.high), n.qualifier, n.kind)
    };
    list("numbers", document.numbers.iter().map(number).collect());
    list("quotations", document.quotations.iter().map(|q| q.inner.of(text).to_owned()).collect());
    out
}
