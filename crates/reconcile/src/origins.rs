//! Which reports go back to one original? Copies and rewrites of a wire story are one origin.
//!
//! Decided by containment: the share of the shorter text's word triples that the longer one has (Broder 1997). Copies
//! that an editor has shortened and reworded share about a third of them; reports that only quote alike far fewer.

use std::collections::BTreeMap;

use evidence::origin::Copy;
use evidence::{Article, Origin};
use evidence::ledger::Reading;

use crate::groups::Groups;

/// Containment from which two reports are one origin.
const COPY: f64 = 0.30;
/// The same, where both credit the same agency.
const CREDITED: f64 = 0.20;
/// Fewer shared triples than this prove nothing: two short reports of one thing must use the same words.
const LEAST: u32 = 25;
/// Triples that more reports than this share are phrases of the language, not of a story.
const COMMON: usize = 40;

/// For every article, in order: its id and that of its origin (the least article id of the group, marked as origin).
pub fn find(readings: &[Reading]) -> Vec<(String, String)> {
    let triples: Vec<Vec<u64>> = readings.iter().map(|r| triples(&r.article.text)).collect();
    let mut holders: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (i, list) in triples.iter().enumerate() {
        for t in list {
            holders.entry(*t).or_default().push(u32::try_from(i).expect("fewer than 2^32 reports"));
        }
    }
    let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for list in holders.values().filter(|l| l.len() > 1 && l.len() <= COMMON) {
        for (n, a) in list.iter().enumerate() {
            for b in &list[n + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let mut groups = Groups::new(readings.len());
    for ((a, b), n) in shared {
        let (a, b) = (a as usize, b as usize);
        let least = triples[a].len().min(triples[b].len());
        let contained = f64::from(n) / least.max(1) as f64;
        let limit = if same_agency(&readings[a].article, &readings[b].article) { CREDITED } else { COPY };
        if contained >= limit && n >= LEAST {
            groups.join(a, b);
        }
    }
    let origin = |root: usize| format!("o{}", readings[root].article.id.trim_start_matches('a'));
    (0..readings.len()).map(|i| (readings[i].article.id.clone(), origin(groups.root(i)))).collect()
}

/// The origins that articles have.
pub fn grouped(readings: &[Reading], of: &[(String, String)]) -> Vec<Origin> {
    let mut groups: BTreeMap<&str, Origin> = BTreeMap::new();
    for (reading, (article, id)) in readings.iter().zip(of) {
        let new = || Origin { id: id.clone(), agencies: Vec::new(), copies: Vec::new() };
        let origin = groups.entry(id).or_insert_with(new);
        origin.agencies.extend(reading.article.agencies.iter().cloned());
        origin.agencies.sort();
        origin.agencies.dedup();
        origin.copies.push(Copy { article: article.clone(), reason: String::new() });
    }
    let mut out: Vec<Origin> = groups.into_values().collect();
    out.sort_by(|a, b| a.copies[0].article.cmp(&b.copies[0].article));
    out
}

fn same_agency(a: &Article, b: &Article) -> bool {
    a.agencies.iter().any(|x| b.agencies.contains(x))
}

/// Hashes of every three words in a row, in lower case without punctuation; sorted, each once.
fn triples(text: &str) -> Vec<u64> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = |three: &[String]| three.iter().fold(0xcbf2_9ce4_8422_2325, |h, w| step(w.bytes().fold(h, step), 0xff));
    let mut all: Vec<u64> = words.windows(3).map(hash).collect();
    all.sort_unstable();
    all.dedup();
    all
}
