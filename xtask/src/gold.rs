//! The project's own gold: what does a careful reader find in the samples?

mod claims;
mod figures;
mod sheet;
#[cfg(test)]
mod tests;
mod truces;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

pub use sheet::{Judgement, Mistake, Sheet};

/// What is expected of one report: `tests/gold/<report>.toml`. In every text that is compared with words of the export
/// (`speaker`, `chain`, `joint`, `harm`, `category`, `effective`), `|` parts answers that are all right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// Name of the set whose scores are kept apart, by this word before their names; none: the first set.
    pub set: Option<String>,
    /// The day of publication that the ledger is to give.
    pub published: Option<String>,
    /// Whether the report is of no armed conflict: no figure, no truce, no fighting is to be read out of it.
    #[serde(default)]
    pub no_conflict: bool,
    /// Sides that no profile knows, with the words by which the report calls them: their mentions have no party.
    #[serde(default)]
    pub sides: BTreeMap<String, Vec<String>>,
    /// Full lines of the page that are not its text.
    #[serde(default)]
    pub noise: Vec<String>,
    /// Words with a number in them that counts no people harmed.
    #[serde(default)]
    pub traps: Vec<String>,
    /// Names that are one place.
    #[serde(default)]
    pub one_place: Vec<Vec<String>>,
    /// Claims that a reader would note.
    #[serde(default)]
    pub claim: Vec<ClaimGold>,
    /// Words of further claims that may be there: headlines, context. In a named set any other claim is wrong.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Every number of people harmed.
    #[serde(default)]
    pub figure: Vec<FigureGold>,
    /// How many truces the report tells of.
    pub ceasefires: Option<usize>,
    /// What it tells of some of them.
    #[serde(default)]
    pub truce: Vec<TruceGold>,
}

/// One expected claim. What is left out is not asked, but for `speaker` and `party`: then there is none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimGold {
    /// Words inside its content; once in the report.
    pub anchor: String,
    /// Other words of it, where it has several parts.
    #[serde(default)]
    pub also: Vec<String>,
    /// Words of the first speaker's name, role or body; left out: the outlet's own voice.
    pub speaker: Option<String>,
    /// Whether the outlet's own voice is right too.
    #[serde(default)]
    pub or_outlet: bool,
    /// Party of the first speaker.
    pub party: Option<String>,
    /// Parties of the first speaker that are right, `none` among them.
    #[serde(default)]
    pub party_any: Vec<String>,
    /// Parties of all speakers, where several speak together ("both sides"), sorted.
    #[serde(default)]
    pub parties: Vec<String>,
    /// Words of everybody who speaks together, where more than one does.
    #[serde(default)]
    pub joint: Vec<String>,
    /// Words of those who hand it on, nearest to the content first.
    #[serde(default)]
    pub chain: Vec<String>,
    /// Acts that are right.
    pub act: Vec<String>,
    /// Events that are right; `none` where the content is no event, `any` where it is not asked.
    pub event: Vec<String>,
    /// Parties that do it: all of them and no other.
    pub actors: Option<Vec<String>>,
    /// Parties that suffer it.
    pub targets: Option<Vec<String>>,
    /// Names of places where it happened, as the report calls them; others may be there too.
    #[serde(default)]
    pub places: Vec<String>,
    /// Polarities that are right.
    #[serde(default)]
    pub polarity: Vec<String>,
    /// Statuses that are right.
    #[serde(default)]
    pub status: Vec<String>,
    /// How its time begins: `2021`, `2021-06-18` or `2021-06-18T15:00`.
    pub time: Option<String>,
    /// Whether it may be left out as well: context, or a figure of speech in the outlet's own voice.
    #[serde(default)]
    pub optional: bool,
    /// What it is an example of (`xtask/src/fidelity/phenomena.toml`).
    #[serde(default)]
    pub phenomena: Vec<String>,
}

/// One expected figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureGold {
    /// The number as printed, with a word after it.
    pub anchor: String,
    /// What befell them.
    pub harm: String,
    /// Lowest and highest.
    pub low: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
    /// Whose people.
    pub party: Option<String>,
    /// Parties that are right, `none` among them.
    #[serde(default)]
    pub party_any: Vec<String>,
    /// What kind of people.
    pub category: Option<String>,
    /// How the number is hedged.
    pub qualifier: Option<String>,
    /// Words of the first who gives it.
    pub speaker: Option<String>,
    /// Party of the first who gives it.
    pub speaker_party: Option<String>,
    /// Whether a newer count of the same people has taken its place.
    pub superseded: Option<bool>,
    /// Whether it is neither rewarded nor punished: a headline's restatement, a count of families.
    #[serde(default)]
    pub optional: bool,
    /// What it is an example of.
    #[serde(default)]
    pub phenomena: Vec<String>,
}

/// What is told of one truce. What is left out is not asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TruceGold {
    /// Words of claims about it.
    pub anchors: Vec<String>,
    /// Kinds that are right.
    #[serde(default)]
    pub kind: Vec<String>,
    /// Whom it binds, sorted.
    #[serde(default)]
    pub parties: Vec<String>,
    /// Parties that made it known.
    #[serde(default)]
    pub announced_by: Vec<String>,
    /// Parties that brokered it.
    #[serde(default)]
    pub brokers: Vec<String>,
    /// How its beginning starts; `none` where the text does not say.
    pub effective: Option<String>,
    /// How its end starts.
    pub ends: Option<String>,
    /// Kinds of its terms.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Who is said to have broken it, and who says so.
    pub violations: Option<Vec<(String, String)>>,
    /// What it is an example of.
    #[serde(default)]
    pub phenomena: Vec<String>,
}

/// Reads every gold file, by the name of its report.
pub fn read(folder: &Path) -> Result<BTreeMap<String, Gold>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "toml") && name != "scores" {
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let gold = toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
            all.insert(name, gold);
        }
    }
    Ok(all)
}

/// Compares one report's gold with the exported lines of its article, answer by answer.
pub fn compare(gold: &Gold, lines: &[Value], article: &Value) -> Vec<Judgement> {
    let of = |kind: &str| -> Vec<&Value> {
        lines.iter().filter(|l| l["type"] == kind && l["article"] == article["id"]).collect()
    };
    let text = article["text"].as_str().unwrap_or_default();
    let (claim_lines, figure_lines) = (of("claim"), of("figure"));
    let mut sheet = Sheet::default();
    claims::judge(gold, text, &claim_lines, &mut sheet);
    figures::judge(gold, text, &figure_lines, &mut sheet);
    truces::judge(gold, text, lines, &claim_lines, &mut sheet);
    page(gold, article, text, &mut sheet);
    contested(gold, lines, &mut sheet);
    sheet.judgements
}

/// Whether names that mean one place are one entity.
fn contested(gold: &Gold, lines: &[Value], sheet: &mut Sheet) {
    for names in &gold.one_place {
        let called = |l: &Value, name: &String| {
            let aliases = l["aliases"].as_array().into_iter().flatten();
            aliases.chain([&l["name"]]).any(|n| n.as_str() == Some(name.as_str()))
        };
        let places = lines.iter().filter(|l| l["type"] == "entity" && l["kind"] == "place");
        let those: Vec<&Value> = places.filter(|l| names.iter().any(|n| called(l, n))).collect();
        let right = those.len() == 1 && names.iter().all(|n| called(those[0], n));
        let found = format!("{} places", those.len());
        let mistake = Mistake::new("place-twice", names.join(" = "), found);
        sheet.mark(&names.join(", "), "contested places", right, Some(mistake), &[]);
    }
}

/// What is asked of the page itself: its date, and that nothing but the report was kept of it.
fn page(gold: &Gold, article: &Value, text: &str, sheet: &mut Sheet) {
    if let Some(day) = &gold.published {
        let found = article["published"]["value"].as_str();
        let right = found.is_some_and(|f| f.starts_with(day.as_str()));
        let kind = if found.is_some() { "publication-date-false" } else { "publication-date-missing" };
        sheet.mark(day, "publication date", right, Some(Mistake::new(kind, day, found.unwrap_or("none"))), &[]);
    }
    for line in &gold.noise {
        let right = !text.lines().any(|l| l.trim() == line.trim());
        sheet.mark(line, "page noise", right, Some(Mistake::new("noise-kept", "left out", "kept")), &[]);
    }
}

/// Whether an anchor's place in the text and a span in code points share a character.
fn overlaps(text: &str, anchor: &str, span: &Value) -> bool {
    shared(text, anchor, span) > 0
}

/// How many characters an anchor's place in the text and a span in code points share.
fn shared(text: &str, anchor: &str, span: &Value) -> u64 {
    let Some(at) = text.find(anchor) else { return 0 };
    let start = text[..at].chars().count() as u64;
    let end = start + anchor.chars().count() as u64;
    let (Some(a), Some(b)) = (span["start"].as_u64(), span["end"].as_u64()) else { return 0 };
    end.min(b).saturating_sub(start.max(a))
}

/// Whether one of the answers parted by `|` has all its words in `said`.
fn named(answers: &str, said: &str) -> bool {
    let said = said.to_lowercase();
    answers.split('|').any(|a| a.to_lowercase().split_whitespace().all(|w| said.contains(w)))
}

/// Whether `found` is one of the answers parted by `|`.
fn one_of(answers: &str, found: &str) -> bool {
    answers.split('|').any(|a| a.trim() == found)
}

/// Whether a time begins as one of the answers does; `none` for a time that is not there.
fn begins(answers: &str, found: Option<&str>) -> bool {
    answers.split('|').any(|a| match (a.trim(), found) {
        ("none", f) => f.is_none(),
        (a, f) => f.is_some_and(|f| f.starts_with(a)),
    })
}

/// Everything by which the export calls a speaker.
fn called(speaker: &Value) -> String {
    let words = ["name", "role", "organisation"].iter().filter_map(|k| speaker[k].as_str());
    words.chain(speaker["span"]["quote"].as_str()).collect::<Vec<_>>().join(" ")
}

/// How an example shows a speaker.
fn shown(speaker: &Value) -> String {
    let words: Vec<&str> = ["name", "role", "organisation"].iter().filter_map(|k| speaker[k].as_str()).collect();
    if words.is_empty() { speaker["span"]["quote"].as_str().unwrap_or("somebody").to_owned() } else { words.join(", ") }
}
