//! Which reports speak of the same phase of a conflict? "Since the beginning" of one war is not that of the next.
//!
//! Dated reports are of one phase where no longer gap lies between them; an undated report joins those with which it
//! shares an origin, an incident or a truce, or the one phase in which the days that it names are named too.

use std::collections::{BTreeMap, BTreeSet};

use evidence::Ledger;

use super::facts::Fact;
use crate::groups::Groups;
use crate::moments::month_day;

/// Days without a report of the conflict after which another phase begins.
const GAP: i64 = 60;

/// Phases of the reports that have figures, by conflict and reading.
pub(super) struct Phases {
    of: BTreeMap<(String, usize), usize>,
}

impl Phases {
    pub(super) fn new(ledger: &Ledger, facts: &[Fact]) -> Self {
        let mut nodes: Vec<(String, usize)> = facts.iter().map(|f| (f.war(), f.reading)).collect();
        nodes.sort();
        nodes.dedup();
        let mut groups = Groups::new(nodes.len());
        let dates: Vec<Option<i64>> = nodes
            .iter()
            .map(|(_, r)| ledger.readings[*r].article.published.value.as_ref().and_then(|v| number(v.date())))
            .collect();
        let mut dated: Vec<usize> = (0..nodes.len()).filter(|n| dates[*n].is_some()).collect();
        dated.sort_by_key(|n| (&nodes[*n].0, dates[*n]));
        for pair in dated.windows(2) {
            let near = dates[pair[0]].zip(dates[pair[1]]).is_some_and(|(a, b)| b - a <= GAP);
            if near && nodes[pair[0]].0 == nodes[pair[1]].0 {
                groups.join(pair[0], pair[1]);
            }
        }
        shared(ledger, &nodes, &mut groups);
        named_days(ledger, &nodes, &dates, &mut groups);
        let of = nodes.into_iter().enumerate().map(|(n, node)| (node, groups.root(n))).collect();
        Self { of }
    }

    /// The phase of a report in a conflict.
    pub(super) fn of(&self, fact: &Fact) -> usize {
        self.of.get(&(fact.war(), fact.reading)).copied().unwrap_or(usize::MAX)
    }
}

/// Joins reports that share an origin, an incident or a truce.
fn shared(ledger: &Ledger, nodes: &[(String, usize)], groups: &mut Groups) {
    let at: BTreeMap<&str, usize> =
        ledger.readings.iter().enumerate().map(|(n, r)| (r.article.id.as_str(), n)).collect();
    let mut articles: BTreeMap<&str, usize> = BTreeMap::new();
    for reading in &ledger.readings {
        articles.extend(reading.claims.iter().filter_map(|c| Some((c.id.as_str(), *at.get(c.article.as_str())?))));
    }
    let mut of_reading: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, (_, r)) in nodes.iter().enumerate() {
        of_reading.entry(*r).or_default().push(n);
    }
    let mut join = |readings: BTreeSet<usize>| {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for n in readings.iter().filter_map(|r| of_reading.get(r)).flatten() {
            let other = *first.entry(nodes[*n].0.as_str()).or_insert(*n);
            groups.join(other, *n);
        }
    };
    for origin in ledger.origins.iter().filter(|o| o.copies.len() > 1) {
        join(origin.copies.iter().filter_map(|c| at.get(c.article.as_str()).copied()).collect());
    }
    for incident in &ledger.incidents {
        join(incident.claims.iter().filter_map(|m| articles.get(m.claim.as_str()).copied()).collect());
    }
    for truce in &ledger.ceasefires {
        join(truce.claims.iter().filter_map(|c| articles.get(c.as_str()).copied()).collect());
    }
}

/// Joins undated reports by the days that they name: "27 September" in both.
fn named_days(ledger: &Ledger, nodes: &[(String, usize)], dates: &[Option<i64>], groups: &mut Groups) {
    let days: Vec<BTreeSet<String>> = nodes.iter().map(|(_, r)| days_named(&ledger.readings[*r])).collect();
    let mut holders: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (n, (war, _)) in nodes.iter().enumerate() {
        for day in &days[n] {
            holders.entry((war, day)).or_default().push(n);
        }
    }
    for list in holders.values() {
        let undated: Vec<usize> = list.iter().copied().filter(|n| dates[*n].is_none()).collect();
        let phases: BTreeSet<usize> = list.iter().filter(|n| dates[**n].is_some()).map(|n| groups.root(*n)).collect();
        // Named in several phases, a day without a year tells nothing.
        if phases.len() > 1 {
            continue;
        }
        for n in &undated {
            groups.join(undated[0], *n);
        }
        if let (Some(phase), Some(n)) = (phases.first(), undated.first()) {
            groups.join(*phase, *n);
        }
    }
}

/// Months with days that a report names: `09-27` of "27 September". With another year beside it, a day may be of another
/// war.
fn days_named(reading: &evidence::ledger::Reading) -> BTreeSet<String> {
    let text = &reading.article.text;
    let words: Vec<&str> = text.split_whitespace().collect();
    let own = reading.article.published.value.as_ref().and_then(|v| v.as_str().get(..4));
    let year = |w: Option<&&str>| {
        w.is_some_and(|w| {
            let digits = w.trim_matches(|c: char| !c.is_alphanumeric());
            digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) && Some(digits) != own
        })
    };
    let pairs = words.windows(2).enumerate().filter(|(n, _)| !year(words.get(n + 2)));
    let told: BTreeSet<String> = pairs.filter_map(|(_, pair)| month_day(&pair.join(" "))).collect();
    let truces = reading.ceasefires.iter().filter_map(|c| c.effective.as_ref()?.value.value.as_ref());
    told.into_iter()
        .chain(truces.filter_map(|v| v.date().get(5..).filter(|d| d.len() == 5).map(str::to_owned)))
        .collect()
}

/// Days from an era's beginning to a date, by the rule of Gregorian years (Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms"); none of a month or year.
pub(super) fn number(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|p| p.parse::<i64>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    let y = if m <= 2 { y - 1 } else { y };
    let (era, year) = (y.div_euclid(400), y.rem_euclid(400));
    let day = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    Some(era * 146_097 + year * 365 + year / 4 - year / 100 + day)
}
