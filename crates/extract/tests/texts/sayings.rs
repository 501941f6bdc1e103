//! Do attributions have the words that a reader would mark? Reads `sayings.toml`, and the tests of `data/attitude`.

use crate::stages::Stages;
use evidence::{Article, Span};
use extract::sayings::Saying;
use serde::Deserialize;

#[derive(Deserialize)]
struct Examples {
    test: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    /// `source | content`, each with ` … ` between its stretches: all that are not nested in others, in order.
    sayings: Vec<String>,
}

fn sayings(stages: &Stages, text: &str) -> Vec<Saying> {
    let article = Article::of_words(text);
    let (document, referents) = stages.refer(&article, None);
    stages.extractor.sayings(&article, &document, &referents)
}

fn words(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" … ")
}

#[test]
fn sayings_have_the_words_that_a_reader_would_mark() {
    let examples: Examples = toml::from_str(include_str!("sayings.toml")).expect("sayings.toml can be read");
    let stages = Stages::new();
    let mut wrong = Vec::new();
    for e in &examples.test {
        let text = e.text.trim();
        let outer = sayings(&stages, text).into_iter().filter(|s| !s.nested);
        let got: Vec<String> =
            outer.map(|s| format!("{} | {}", words(text, &s.source), words(text, &s.content))).collect();
        if got != e.sayings {
            wrong.push(format!("{text}\n   wanted {:#?}\n   got {got:#?}", e.sayings));
        }
    }
    assert!(wrong.is_empty(), "{} of {} examples fail:\n{}", wrong.len(), examples.test.len(), wrong.join("\n"));
}

#[test]
fn every_attitude_file_does_what_its_tests_say() {
    let stages = Stages::new();
    let mut wrong = Vec::new();
    for (file, test) in stages.extractor.attitudes().tests() {
        let text = &test.text;
        let of_attitudes = sayings(&stages, text).into_iter().filter(|s| s.act.is_none());
        let got: Vec<String> = of_attitudes
            .map(|s| format!("speaker='{}' content='{}'", words(text, &s.source), words(text, &s.content)))
            .collect();
        let missing = test.claims.iter().any(|w| !got.contains(w));
        if missing || test.claims.is_empty() && !got.is_empty() {
            wrong.push(format!("{file}: «{text}»: wanted {:?}, got {got:?}", test.claims));
        }
    }
    assert!(wrong.is_empty(), "{} tests of data/attitude fail:\n{}", wrong.len(), wrong.join("\n"));
}
