//! Every test in the files of `data/rules` and `data/speech`, run over the real language layer.

use crate::reading::{Stages, Text};
use evidence::{Claim, Event, Reference};

/// One expectation: `ASSAULT/aerial actor='…' time='…'`, or `deny speaker='…' content='…'`.
struct Expected {
    head: String,
    pairs: Vec<(String, String)>,
}

impl Expected {
    fn parse(words: &str) -> Self {
        let (head, mut rest) = words.split_once(' ').unwrap_or((words, ""));
        let mut pairs = Vec::new();
        while let Some((key, after)) = rest.trim_start().split_once('=') {
            let quoted = after.strip_prefix('\'').and_then(|a| a.split_once('\''));
            let (value, next) = quoted.unwrap_or_else(|| after.split_once(' ').unwrap_or((after, "")));
            pairs.push((key.trim().to_owned(), value.to_owned()));
            rest = next;
        }
        Self { head: head.to_owned(), pairs }
    }

    /// Whether a claim is as expected, in all that is told.
    fn fits(&self, text: &str, claim: &Claim) -> bool {
        let event = claim.event.map_or("-", Event::as_str);
        let with_mode = claim.mode.map_or_else(|| event.to_owned(), |m| format!("{event}/{m}"));
        let head = self.head == event || self.head == with_mode || self.head == claim.act.as_str();
        let words = |list: &[Reference]| -> Vec<String> {
            list.iter().filter_map(|r| r.span).map(|s| s.of(text).to_owned()).collect()
        };
        head && self.pairs.iter().all(|(key, value)| match key.as_str() {
            "actor" => words(&claim.actors).contains(value),
            "target" => words(&claim.targets).contains(value),
            "place" => words(&claim.places).contains(value),
            "time" => claim.time.as_ref().and_then(|t| t.span).is_some_and(|s| s.of(text) == value),
            "speaker" => claim
                .speakers
                .iter()
                .any(|s| s.span.is_some_and(|s| s.of(text).contains(value.as_str())) || s.name.as_ref() == Some(value)),
            "content" => claim.content.of(text).contains(value.as_str()),
            "polarity" => claim.polarity.as_str() == value,
            "status" => claim.status.as_str() == value,
            other => panic!("unknown key `{other}` in a test"),
        })
    }
}

fn shown(text: &str, claims: &[Claim]) -> String {
    let line = |c: &Claim| {
        let of = |list: &[Reference]| {
            list.iter().filter_map(|r| r.span).map(|s| s.of(text).to_owned()).collect::<Vec<_>>().join("; ")
        };
        let rules: Vec<&str> = c.found.iter().map(|f| f.rule.as_str()).collect();
        let event = c.event.map_or("-", Event::as_str);
        let mode = c.mode.map_or("-", evidence::Mode::as_str);
        let who: Vec<&str> = c.speakers.iter().filter_map(|s| s.span).map(|s| s.of(text)).collect();
        format!(
            "    {} {event}/{mode} {} {} speaker={who:?} actor={:?} target={:?} «{}» {rules:?}",
            c.act,
            c.polarity,
            c.status,
            of(&c.actors),
            of(&c.targets),
            c.content.of(text)
        )
    };
    claims.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_rule_file_does_what_its_tests_say() {
    let stages = Stages::shipped();
    let mut wrong = Vec::new();
    for rule in stages.extractor.rules() {
        for test in &rule.tests {
            let Text { article, claims, .. } = stages.read(&test.text);
            let found = |c: &Claim| c.found.iter().any(|f| f.rule.starts_with(&format!("{}.", rule.name)));
            let ours: Vec<Claim> = claims.iter().filter(|c| found(c)).cloned().collect();
            let missing =
                test.claims.iter().filter(|w| !ours.iter().any(|c| Expected::parse(w).fits(&article.text, c)));
            for words in missing {
                wrong.push(format!(
                    "{}: «{}»: expected {words}, found\n{}",
                    rule.name,
                    test.text,
                    shown(&article.text, &claims)
                ));
            }
            if test.claims.is_empty() && !ours.is_empty() {
                wrong.push(format!(
                    "{}: «{}»: must not match, found\n{}",
                    rule.name,
                    test.text,
                    shown(&article.text, &ours)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} tests of data/rules fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_cue_file_does_what_its_tests_say() {
    let stages = Stages::shipped();
    let mut wrong = Vec::new();
    for (file, test) in stages.extractor.speech().tests() {
        let Text { article, claims, .. } = stages.read(&test.text);
        let attributed: Vec<Claim> = claims.iter().filter(|c| c.cue.is_some()).cloned().collect();
        for words in
            test.claims.iter().filter(|w| !attributed.iter().any(|c| Expected::parse(w).fits(&article.text, c)))
        {
            wrong.push(format!("{file}: «{}»: expected {words}, found\n{}", test.text, shown(&article.text, &claims)));
        }
        if test.claims.is_empty() && !attributed.is_empty() {
            wrong.push(format!(
                "{file}: «{}»: must not attribute, found\n{}",
                test.text,
                shown(&article.text, &attributed)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} tests of data/speech fail:\n{}", wrong.len(), wrong.join("\n"));
}
