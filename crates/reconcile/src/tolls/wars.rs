//! Of which conflict is a figure? Decided by the parties that its claim, its paragraph and its report name.

use std::collections::{BTreeMap, BTreeSet};

use evidence::ledger::Reading;
use evidence::{Article, Claim, Conflict, Figure};

/// How much a party speaks for a conflict that is named in the claim, and in its paragraph; elsewhere it is 1 a claim.
const CLAIM: u32 = 9;
const PARAGRAPH: u32 = 4;
/// The rest of the report speaks no louder than this.
const MOST: u32 = 20;

/// The parties that the claims of a report name, by paragraph.
pub(super) struct Named<'a> {
    reading: &'a Reading,
    paragraphs: BTreeMap<usize, Vec<&'a str>>,
    /// How many claims of the report name a party.
    all: BTreeMap<&'a str, u32>,
}

impl<'a> Named<'a> {
    pub(super) fn new(reading: &'a Reading) -> Self {
        let mut paragraphs: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for claim in &reading.claims {
            let list = paragraphs.entry(paragraph(&reading.article, claim.content.start())).or_default();
            list.extend(parties(claim));
            list.sort_unstable();
            list.dedup();
        }
        let mut all: BTreeMap<&str, u32> = BTreeMap::new();
        for party in reading.claims.iter().flat_map(parties) {
            *all.entry(party).or_default() += 1;
        }
        Self { reading, paragraphs, all }
    }

    /// The conflict that the parties of a figure speak for; none where nothing or as much speaks for two.
    pub(super) fn conflict<'c>(
        &self,
        figure: &Figure,
        claim: Option<&Claim>,
        conflicts: &'c [Conflict],
    ) -> Option<&'c Conflict> {
        let mut own: Vec<&str> = claim.into_iter().flat_map(parties).collect();
        own.extend(figure.party.as_deref());
        own.extend(figure.speakers.iter().filter_map(|s| s.party.as_deref()));
        own.sort_unstable();
        own.dedup();
        let places = claim.into_iter().flat_map(|c| &c.places).filter_map(|r| r.entity.as_deref());
        let country = |id: &str| self.reading.entities.iter().find(|e| e.id == id)?.country.as_deref();
        let lands: Vec<&str> = places.chain(figure.place.as_deref()).filter_map(country).collect();
        let none = Vec::new();
        let near = self.paragraphs.get(&paragraph(&self.reading.article, figure.span.start())).unwrap_or(&none);
        let year = self.reading.article.published.value.as_ref().and_then(|v| v.as_str().get(..4)?.parse::<i32>().ok());
        let score = |c: &Conflict| {
            let in_time = year.is_none_or(|y| c.from <= y && c.to.is_none_or(|to| y <= to));
            let count = |list: &[&str]| u32::try_from(list.iter().filter(|p| c.front.fights(p)).count()).unwrap_or(0);
            let fighting = self.all.iter().filter(|(p, _)| c.front.fights(p));
            let all: u32 = fighting.clone().map(|(_, n)| n).sum();
            let sides: BTreeSet<&str> = fighting.map(|(p, _)| c.front.side_of(p)).collect();
            let at = |n: usize, weight: u32| {
                let there = c.countries.get(n).is_some_and(|c| lands.contains(&c.as_str()));
                if there { weight } else { 0 }
            };
            let land = at(0, CLAIM).max((1..c.countries.len()).map(|n| at(n, PARAGRAPH)).max().unwrap_or(0));
            let sum = land + CLAIM * count(&own) + PARAGRAPH * count(near) + all.min(MOST);
            if in_time && (sides.len() > 1 || count(&own) > 0) { sum } else { 0 }
        };
        let mut best: Vec<(u32, &Conflict)> = conflicts.iter().map(|c| (score(c), c)).filter(|(n, _)| *n > 0).collect();
        // Of two that a dated report may be of, the one that began last: an old war has another name by then.
        best.sort_by_key(|(n, c)| std::cmp::Reverse((*n, if year.is_some() { c.from } else { 0 })));
        match best.as_slice() {
            [(first, a), (second, b), ..] if first == second && (year.is_none() || a.from == b.from) => None,
            [(_, c), ..] => Some(c),
            [] => None,
        }
    }
}

/// The line of the text that a byte stands in.
pub(super) fn paragraph(article: &Article, byte: usize) -> usize {
    article.text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count()
}

fn parties(claim: &Claim) -> Vec<&str> {
    let references = [&claim.actors, &claim.targets, &claim.places].into_iter().flatten();
    let named = references.filter_map(|r| r.party.as_deref());
    named.chain(claim.speakers.iter().filter_map(|s| s.party.as_deref())).collect()
}
