//! Do reports give the truces that their readers would note down? Reads `truces.toml`.

use crate::stages::Stages;
use evidence::ceasefire::Located;
use evidence::time::Iso;
use evidence::{Article, Ceasefire, Published, Reference};
use serde::Deserialize;

#[derive(Deserialize)]
struct Examples {
    profile: String,
    test: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    truces: Vec<String>,
    /// Why it is not found yet: such an example has to fail, so that the mark goes when it no longer does.
    #[serde(default)]
    missed: Option<String>,
}

/// The truces of a report of Wednesday, 14 May 2031.
fn truces(stages: &Stages, text: &str) -> Vec<Ceasefire> {
    let published = Published {
        value: Iso::parse("2031-05-14"),
        precision: Some(evidence::Precision::Day),
        basis: evidence::Basis::Given,
        spans: Vec::new(),
    };
    let article = Article { published, ..Article::of_words(text) };
    let (document, referents, claims) = stages.claims(&article, None);
    stages.extractor.truces(&article, &document, &referents, &claims)
}

/// `bilateral korvia+veldania | from 2031-05-12T06:00 | brokers ostmark | terms withdrawal | breaches korvia<veldania`
fn short(t: &Ceasefire) -> String {
    let parties = |list: &[Located<Reference>]| {
        let mut out: Vec<String> =
            list.iter().map(|r| r.value.party.clone().unwrap_or_else(|| "?".to_owned())).collect();
        out.sort();
        out.dedup();
        out.join(" ")
    };
    let when = |t: &Option<Located<evidence::time::Time>>| {
        t.as_ref().and_then(|e| e.value.value.as_ref()).map(|v| v.to_string()).unwrap_or_default()
    };
    let mut terms: Vec<String> = t.terms.iter().map(|t| t.kind.to_string()).collect();
    terms.sort();
    terms.dedup();
    let none = || "?".to_owned();
    let mut breaches: Vec<String> = t
        .violations
        .iter()
        .map(|v| format!("{}<{}", v.by.clone().unwrap_or_else(none), v.alleged_by.join("+")))
        .collect();
    breaches.sort();
    breaches.dedup();
    let parts = [
        ("", format!("{} {}", t.kind, t.parties.join("+"))),
        ("from ", when(&t.effective)),
        ("until ", when(&t.ends)),
        ("by ", parties(&t.announced_by)),
        ("brokers ", parties(&t.brokers)),
        ("monitors ", parties(&t.monitors)),
        ("terms ", terms.join(" ")),
        ("breaches ", breaches.join(" ")),
    ];
    let told: Vec<String> = parts.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}{v}")).collect();
    told.join(" | ")
}

#[test]
fn reports_give_their_truces() {
    let examples: Examples = toml::from_str(include_str!("truces.toml")).unwrap();
    let stages = Stages::with_profile(&examples.profile, "truces.toml");
    let mut wrong = Vec::new();
    for e in &examples.test {
        let got: Vec<String> = truces(&stages, &e.text).iter().map(short).collect();
        match &e.missed {
            None if got != e.truces => wrong.push(format!("{}\n   wanted {:#?}\n   got    {got:#?}", e.text, e.truces)),
            Some(why) if got == e.truces => wrong.push(format!("{}\n   is found now, though marked: {why}", e.text)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {} examples fail:\n{}", wrong.len(), examples.test.len(), wrong.join("\n"));
}

#[test]
fn every_term_and_time_of_a_truce_has_its_words() {
    let examples: Examples = toml::from_str(include_str!("truces.toml")).unwrap();
    let text = "Veldania and Korvia agreed a ceasefire on Monday. Under the deal, both are to exchange all prisoners.";
    let truces = truces(&Stages::with_profile(&examples.profile, "truces.toml"), text);
    let [truce] = truces.as_slice() else { panic!("one truce wanted, got {truces:?}") };
    assert_eq!(truce.effective.as_ref().unwrap().value.span.unwrap().of(text), "Monday");
    assert_eq!(truce.terms[0].span.of(text), "exchange all prisoners");
}
