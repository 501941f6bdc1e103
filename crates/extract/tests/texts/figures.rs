//! Do sentences give the figures that their readers would note down? Reads `figures.toml`.

use crate::stages::Stages;
use evidence::{Article, Category, Figure};
use serde::Deserialize;

#[derive(Deserialize)]
struct Examples {
    test: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    figures: Vec<String>,
}

fn figures(stages: &Stages, text: &str) -> Vec<Figure> {
    let article = Article::of_words(text);
    let (document, referents, claims) = stages.claims(&article, None);
    stages.extractor.figures(&article, &document, &referents, &claims)
}

/// `killed 18.. military of armenia`
fn short(f: &Figure) -> String {
    let end = |v: Option<u64>| v.map(|v| v.to_string()).unwrap_or_default();
    let number = if f.low == f.high { end(f.low) } else { format!("{}..{}", end(f.low), end(f.high)) };
    let category = if f.category == Category::Unspecified { String::new() } else { format!(" {}", f.category) };
    let party = f.party.as_ref().map(|p| format!(" of {p}")).unwrap_or_default();
    format!("{} {number}{category}{party}", f.harm)
}

#[test]
fn examples_give_their_figures() {
    let examples: Examples = toml::from_str(include_str!("figures.toml")).unwrap();
    let stages = Stages::new();
    let mut wrong = Vec::new();
    for e in &examples.test {
        let got: Vec<String> = figures(&stages, &e.text).iter().map(short).collect();
        if got != e.figures {
            wrong.push(format!("{}\n   wanted {:?}\n   got    {got:?}", e.text, e.figures));
        }
    }
    assert!(wrong.is_empty(), "{} of {} examples fail:\n{}", wrong.len(), examples.test.len(), wrong.join("\n"));
}

#[test]
fn an_older_count_is_marked_as_replaced() {
    let figures = figures(&Stages::new(), "The death toll from the airstrike rose to 47 from 33, the governor said.");
    let marks: Vec<(Option<u64>, bool)> = figures.iter().map(|f| (f.low, f.superseded)).collect();
    assert_eq!(marks, [(Some(47), false), (Some(33), true)]);
}

#[test]
fn a_figure_has_words_a_period_and_a_rule() {
    let text = "At least 14 soldiers have died in the fighting since the offensive began, the army said.";
    let figures = figures(&Stages::new(), text);
    let [figure] = figures.as_slice() else { panic!("one figure wanted, got {figures:?}") };
    assert_eq!(figure.span.of(text), "At least 14 soldiers");
    assert_eq!(figure.period.as_ref().unwrap().span.of(text), "since the offensive began");
    assert!(figure.rule.starts_with("figure/"));
    assert_eq!(figure.speakers.len(), 1);
}

#[test]
fn a_time_of_the_toll_is_none_of_the_last_deaths() {
    let text = "Seven people were killed by army shells on Monday, bringing the number of deaths since Sunday to 121.";
    let figures = figures(&Stages::new(), text);
    let periods: Vec<Option<&str>> = figures.iter().map(|f| f.period.as_ref().map(|p| p.span.of(text))).collect();
    assert_eq!(periods, [Some("on Monday"), Some("since Sunday")]);
}

#[test]
fn nobody_beyond_a_semicolon_tells_a_number() {
    let text = "At least 62 soldiers were killed, according to the army; the rebels speak of 90 dead.";
    let figures = figures(&Stages::new(), text);
    let names: Vec<&str> = figures.iter().flat_map(|f| &f.speakers).filter_map(|s| Some(s.span?.of(text))).collect();
    assert_eq!(names, ["the army", "the rebels"]);
}
