//! How much of what happened was found again? Pairs that belong together, counted by groups.

use std::collections::BTreeMap;

use evidence::{Act, Id};
use store::Derived;

use crate::generator::Report;

/// What is known of the reports that were made.
#[derive(Default)]
pub struct Truth {
    /// Of each article, by the hash of its id, the story it prints.
    articles: BTreeMap<u64, u32>,
    claims: BTreeMap<u64, Known>,
}

#[derive(Clone, Copy)]
struct Known {
    /// The occurrence it is about.
    about: u32,
    /// Whether it stands in the first print of its story.
    first: bool,
    denies: bool,
}

/// Pairs of members that belong together and that were put together.
#[derive(Debug, Default, Clone, Copy)]
pub struct Pairs {
    pub together: u64,
    pub found: u64,
    pub both: u64,
}

impl Truth {
    /// Takes note of a report.
    pub fn note(&mut self, report: &Report) {
        let reading = &report.print.reading;
        self.articles.insert(key(&reading.article.id), report.story);
        for (claim, about) in reading.claims.iter().zip(&report.print.about) {
            let known = |about: &u32| Known { about: *about, first: report.first, denies: claim.act == Act::Deny };
            self.claims.extend(about.iter().map(|a| (key(&claim.id), known(a))));
        }
    }

    /// Articles of one story, among those of one origin.
    pub fn origins(&self, derived: &Derived) -> Pairs {
        let mut seen: Vec<(u32, usize)> = Vec::new();
        for (n, origin) in derived.origins.iter().enumerate() {
            seen.extend(origin.copies.iter().filter_map(|c| self.articles.get(&key(&c.article))).map(|s| (*s, n)));
        }
        Pairs::of(seen)
    }

    /// Claims about one occurrence, among those of one incident: of all prints, or of the first of each story.
    pub fn incidents(&self, derived: &Derived, of_first: bool) -> Pairs {
        let mut of_claim: BTreeMap<u64, usize> = BTreeMap::new();
        for (n, incident) in derived.incidents.iter().enumerate() {
            of_claim.extend(incident.claims.iter().map(|m| (key(&m.claim), n)));
        }
        let alone = derived.incidents.len();
        let wanted = self.claims.iter().filter(|(_, known)| known.first || !of_first);
        // A claim of no incident is in a group of its own.
        let group =
            |(n, (id, known)): (usize, (&u64, &Known))| (known.about, of_claim.get(id).copied().unwrap_or(alone + n));
        Pairs::of(wanted.enumerate().map(group).collect())
    }

    /// Denials, those that were linked to a claim, and those linked only to claims about what they deny.
    pub fn denials(&self, derived: &Derived) -> (usize, usize, usize) {
        let made = self.claims.values().filter(|c| c.denies).count();
        let (mut linked, mut right) = (0, 0);
        for denial in derived.incidents.iter().flat_map(|i| &i.denials).filter(|d| !d.denies.is_empty()) {
            let Some(known) = self.claims.get(&key(&denial.claim)).filter(|c| c.denies) else { continue };
            let of_same = |id: &String| self.claims.get(&key(id)).is_some_and(|c| c.about == known.about);
            linked += 1;
            right += usize::from(denial.denies.iter().all(|d| of_same(&d.claim)));
        }
        (made, linked, right)
    }
}

impl Pairs {
    fn of(members: Vec<(u32, usize)>) -> Self {
        let (mut known, mut found, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (k, f) in members {
            *known.entry(k).or_default() += 1_u64;
            *found.entry(f).or_default() += 1_u64;
            *both.entry((k, f)).or_default() += 1_u64;
        }
        let pairs = |n: &u64| n * (n - 1) / 2;
        Self {
            together: known.values().map(pairs).sum(),
            found: found.values().map(pairs).sum(),
            both: both.values().map(pairs).sum(),
        }
    }
}

impl std::fmt::Display for Pairs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |of: u64| self.both as f64 / of.max(1) as f64;
        write!(f, "precision {:.4}, recall {:.4} of {} pairs", share(self.found), share(self.together), self.together)
    }
}

fn key(id: &str) -> u64 {
    Id::of("scale").with(id).number()
}
