//! The project's own gold: what a careful reader finds in the samples, and how much of it the program finds.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

/// What is expected of one report: `tests/gold/<report>.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// Claims that a reader would note.
    #[serde(default)]
    pub claim: Vec<ClaimGold>,
    /// Every number of people harmed.
    #[serde(default)]
    pub figure: Vec<FigureGold>,
    /// How many truces the report tells of.
    pub ceasefires: Option<usize>,
}

/// One expected claim.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimGold {
    /// Words inside its content; once in the report.
    pub anchor: String,
    /// Words of the first speaker's name, role or body; left out: the outlet's own voice.
    pub speaker: Option<String>,
    /// Party of the first speaker.
    pub party: Option<String>,
    /// Parties of all speakers, where several speak together ("both sides"), sorted.
    #[serde(default)]
    pub parties: Vec<String>,
    /// Acts that are right.
    pub act: Vec<String>,
    /// Events that are right; `none` where the content is no event.
    pub event: Vec<String>,
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
}

/// Right answers of how many, by what was asked.
pub type Tally = BTreeMap<&'static str, (usize, usize)>;

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

/// Compares one report's gold with the exported lines of its article.
pub fn compare(gold: &Gold, lines: &[Value], article: &Value, missed: &mut Vec<String>) -> Tally {
    let mut tally = Tally::new();
    let mut count = |what: &'static str, right: bool| {
        let t = tally.entry(what).or_default();
        t.0 += usize::from(right);
        t.1 += 1;
        right
    };
    let of = |kind: &str| -> Vec<&Value> {
        lines.iter().filter(|l| l["type"] == kind && l["article"] == article["id"]).collect()
    };
    let text = article["text"].as_str().unwrap_or_default();
    let (claims, figures) = (of("claim"), of("figure"));
    for g in &gold.claim {
        let found = best(text, &g.anchor, &claims, "content");
        if !count("claims found", found.is_some()) {
            missed.push(format!("claim «{}»: not found", g.anchor));
        }
        let Some(c) = found else { continue };
        for (what, right) in judge(g, c) {
            if !count(what, right) {
                missed.push(format!(
                    "claim «{}»: {what} wrong: {} {} {}",
                    g.anchor, c["act"], c["event"], c["speakers"][0]
                ));
            }
        }
    }
    let mut used = Vec::new();
    for g in &gold.figure {
        let hit = figures.iter().position(|f| {
            overlaps(text, &g.anchor, &f["span"])
                && f["harm"] == g.harm.as_str()
                && f["low"].as_u64() == g.low
                && f["high"].as_u64() == g.high
                && f["party"].as_str() == g.party.as_deref()
        });
        used.extend(hit);
        if !count("figures recall", hit.is_some()) {
            missed.push(format!(
                "figure «{}» {} {:?}..{:?} {:?}: not found so",
                g.anchor, g.harm, g.low, g.high, g.party
            ));
        }
    }
    for (i, f) in figures.iter().enumerate() {
        if !count("figures precision", used.contains(&i)) {
            missed.push(format!(
                "figure {} {} {}..{} {}: not in the gold",
                f["span"]["quote"], f["harm"], f["low"], f["high"], f["party"]
            ));
        }
    }
    if let Some(n) = gold.ceasefires {
        let ids: Vec<&Value> = claims.iter().map(|c| &c["id"]).collect();
        let truces = lines.iter().filter(|l| {
            l["type"] == "ceasefire" && l["claims"].as_array().is_some_and(|cs| cs.iter().any(|c| ids.contains(&c)))
        });
        let there = truces.count();
        if !count("number of truces", there == n) {
            missed.push(format!("{there} truces, not {n}"));
        }
    }
    tally
}

fn judge(g: &ClaimGold, c: &Value) -> Vec<(&'static str, bool)> {
    let speaker = &c["speakers"][0];
    let said: String = ["name", "role", "organisation"]
        .iter()
        .filter_map(|k| speaker[k].as_str())
        .chain(speaker["span"]["quote"].as_str())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let right = match &g.speaker {
        None => speaker.is_null(),
        Some(words) => !speaker.is_null() && words.to_lowercase().split_whitespace().all(|w| said.contains(w)),
    };
    let event = c["event"].as_str().unwrap_or("none");
    vec![
        ("speaker", right),
        ("speaker's party", party_right(g, c)),
        ("act", g.act.iter().any(|a| c["act"] == a.as_str())),
        ("event", g.event.iter().any(|e| e == event)),
    ]
}

fn party_right(g: &ClaimGold, c: &Value) -> bool {
    if g.parties.is_empty() {
        return c["speakers"][0]["party"].as_str() == g.party.as_deref();
    }
    let all = c["speakers"].as_array().into_iter().flatten();
    let mut found: Vec<&str> = all.filter_map(|s| s["party"].as_str()).collect();
    found.sort_unstable();
    found == g.parties
}

/// The shortest exported object whose span holds the anchor, else one that overlaps it.
fn best<'a>(text: &str, anchor: &str, list: &[&'a Value], span: &str) -> Option<&'a Value> {
    let size = |v: &&&Value| v[span]["quote"].as_str().map_or(usize::MAX, str::len);
    list.iter().filter(|v| overlaps(text, anchor, &v[span])).min_by_key(size).copied()
}

/// Whether an anchor's place in the text and a span in code points share a character.
fn overlaps(text: &str, anchor: &str, span: &Value) -> bool {
    let Some(at) = text.find(anchor) else { return false };
    let start = text[..at].chars().count() as u64;
    let end = start + anchor.chars().count() as u64;
    matches!((span["start"].as_u64(), span["end"].as_u64()), (Some(a), Some(b)) if a < end && start < b)
}
