//! Who says what, and what do they do in saying it? Reads `speech.toml`, a war of two invented countries.

use crate::stages::Stages;
use evidence::{Article, Claim, Span, Speaker};
use serde::Deserialize;

#[derive(Deserialize)]
struct Examples {
    profile: String,
    test: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    /// The phenomenon.
    of: String,
    /// One paragraph a line; the first one is the title if there are several.
    text: String,
    /// `act | speakers | words of the content` of claims that must be there.
    #[serde(default)]
    claims: Vec<String>,
    /// The same of claims that must not be there; `*` for any.
    #[serde(default)]
    not: Vec<String>,
}

fn claims(stages: &Stages, text: &str) -> Vec<Claim> {
    let title = text.find('\n').map(|end| Span::new(0, end));
    let article = Article { title, ..Article::of_words(text) };
    stages.claims(&article, Some("valley")).2
}

/// `Asa Lind [varnia]`: the name, or the words.
fn speaker(text: &str, s: &Speaker) -> String {
    let words = s.span.map(|s| s.of(text).to_owned());
    let party = s.party.as_ref().map(|p| format!(" [{p}]")).unwrap_or_default();
    s.name.clone().or(words).unwrap_or_default() + &party
}

/// `deny | Asa Lind [varnia] | …`; speakers side by side have a `+`, a chain has `<`, the outlet is `-`.
fn shown(text: &str, c: &Claim) -> (String, String, String) {
    let speakers: Vec<String> = c.speakers.iter().map(|s| speaker(text, s)).collect();
    let chain = if speakers.is_empty() { "-".to_owned() } else { speakers.join(if c.joint { " + " } else { " < " }) };
    (c.act.to_string(), chain, c.content.of(text).to_owned())
}

fn fits(wanted: &str, claim: &(String, String, String)) -> bool {
    let parts: Vec<&str> = wanted.split(" | ").collect();
    let [act, who, words] = parts.as_slice() else { panic!("`{wanted}`: `act | speakers | words` is wanted") };
    let same = |wanted: &str, got: &str| wanted == "*" || wanted == got;
    same(act, &claim.0) && same(who, &claim.1) && (*words == "*" || claim.2.contains(words))
}

#[test]
fn every_speaker_and_act_is_found() {
    let examples: Examples = toml::from_str(include_str!("speech.toml")).expect("speech.toml can be read");
    let stages = Stages::with_profile(&examples.profile, "speech.toml");
    let mut wrong = Vec::new();
    for e in &examples.test {
        let text = e.text.trim();
        let got: Vec<_> = claims(&stages, text).iter().map(|c| shown(text, c)).collect();
        let missing = e.claims.iter().filter(|w| !got.iter().any(|c| fits(w, c)));
        let extra = e.not.iter().filter(|w| got.iter().any(|c| fits(w, c)));
        let faults: Vec<String> =
            missing.map(|w| format!("wanted {w}")).chain(extra.map(|w| format!("not wanted {w}"))).collect();
        if !faults.is_empty() {
            let list: Vec<String> = got.iter().map(|(a, w, c)| format!("{a} | {w} | {c}")).collect();
            wrong.push(format!(
                "{}: {text}\n   {}\n   got\n      {}",
                e.of,
                faults.join("\n   "),
                list.join("\n      ")
            ));
        }
    }
    let count = examples.test.len();
    assert!(wrong.is_empty(), "{} of {count} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}
