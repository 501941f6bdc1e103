//! How many are there of what? Facets, days, hours, parties.

use std::collections::BTreeMap;
use std::sync::Arc;

use roaring::RoaringBitmap;
use store::SqliteStore;
use store::line::Facet;

use super::shelf::{NO_DAY, NO_MINUTE};
use super::state::Index;
use super::{Filter, Kind, Lent};
use crate::fault::Fault;

/// A value and how many lines have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub value: String,
    pub count: u64,
}

/// A day, counted from 1 January 1970, and an hour of it; no hour where only the day is told.
pub(crate) type Hour = (i32, Option<u8>);

/// Days, and how many lines there are of each.
pub(super) type Days = Arc<[(i32, u64)]>;

/// Of each value how many lines there are by hour.
pub(crate) type Hours = BTreeMap<String, Vec<(Hour, u64)>>;

impl Index {
    /// Values of facets among lines that fit a filter, the most frequent first, of each facet at most so many. Facets of
    /// the report (outlet, agency, language) are counted among claims and figures too.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) fn facets(
        &self,
        kind: Kind,
        filter: &Filter,
        facets: &[(Facet, usize)],
        ledger: &SqliteStore,
        lent: &Lent,
    ) -> Result<Vec<Vec<Counted>>, Fault> {
        let mut all = Vec::with_capacity(facets.len());
        for (facet, most) in facets {
            let key = (kind, filter.clone(), *facet, *most);
            if let Some(counted) = self.counted.get(&key) {
                all.push(counted);
                continue;
            }
            let found = self.find(kind, filter, ledger, lent)?;
            let counted = self.facet_of(kind, &found, *facet, *most);
            self.counted.put(key, counted.clone());
            all.push(counted);
        }
        Ok(all)
    }

    fn facet_of(&self, kind: Kind, found: &RoaringBitmap, facet: Facet, most: usize) -> Vec<Counted> {
        let of_report = matches!(facet, Facet::Outlet | Facet::Agency | Facet::Language);
        let mut counts: Vec<(u64, u32)> = match (kind, self.shelf(kind)) {
            (Kind::Claims | Kind::Figures, _) if of_report => self.of_reports_counted(kind, found, facet),
            (_, Some(shelf)) => {
                let words = self.words.of_kind(facet).iter().copied();
                words.map(|w| (shelf.count(w, found), w)).collect()
            }
            (_, None) => Vec::new(),
        };
        counts.retain(|(count, _)| *count > 0);
        let name = |word: u32| self.words.get(word).unwrap_or_default();
        counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| name(a.1).cmp(name(b.1))));
        counts.truncate(most);
        counts.into_iter().map(|(count, w)| Counted { value: name(w).to_owned(), count }).collect()
    }

    fn of_reports_counted(&self, kind: Kind, found: &RoaringBitmap, facet: Facet) -> Vec<(u64, u32)> {
        let report_of = if kind == Kind::Claims { &self.claims } else { &self.figures };
        let mut of_report = vec![0_u64; self.reports.next() as usize];
        found.iter().for_each(|slot| of_report[report_of.columns.report[slot as usize] as usize] += 1);
        let sum = |set: &RoaringBitmap| set.iter().map(|r| of_report[r as usize]).sum();
        let words = self.words.of_kind(facet).iter();
        words.map(|w| (self.reports.with(*w).map_or(0, sum), *w)).collect()
    }

    /// Lines that fit a filter by their first day, ascending; those of no known day are left out.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) fn by_day(
        &self,
        kind: Kind,
        filter: &Filter,
        ledger: &SqliteStore,
        lent: &Lent,
    ) -> Result<Vec<(i32, u64)>, Fault> {
        let key = (kind, filter.clone());
        if let Some(days) = self.days_of.get(&key) {
            return Ok(days.to_vec());
        }
        let found = self.find(kind, filter, ledger, lent)?;
        let Some(shelf) = self.shelf(kind) else { return Ok(Vec::new()) };
        let first = &shelf.columns.first;
        let days = counted(found.iter().map(|slot| first[slot as usize]).filter(|day| *day != NO_DAY));
        self.days_of.put(key, days.clone().into());
        Ok(days)
    }

    /// Lines that fit a filter by hour and value of a facet: of each value its hours, ascending. A line with two values
    /// counts for both; with none it stands under none.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) fn by_hour(
        &self,
        kind: Kind,
        filter: &Filter,
        facet: Facet,
        ledger: &SqliteStore,
        lent: &Lent,
    ) -> Result<Hours, Fault> {
        let key = (kind, filter.clone(), facet);
        if let Some(hours) = self.hours_of.get(&key) {
            return Ok((*hours).clone());
        }
        let found = self.find(kind, filter, ledger, lent)?;
        let Some(shelf) = self.shelf(kind) else { return Ok(BTreeMap::new()) };
        let c = &shelf.columns;
        let hour = |slot: u32| {
            let minute = c.minute[slot as usize];
            (c.first[slot as usize], (minute != NO_MINUTE).then_some((minute / 60) as u8))
        };
        let mut out = BTreeMap::new();
        for word in self.words.of_kind(facet) {
            let Some(set) = shelf.with(*word) else { continue };
            let hours = (set & &*found).iter().map(hour).filter(|h| h.0 != NO_DAY).collect::<Vec<_>>();
            if !hours.is_empty() {
                let name = self.words.get(*word).unwrap_or_default();
                out.insert(name.to_owned(), counted(hours.into_iter()));
            }
        }
        self.hours_of.put(key, Arc::new(out.clone()));
        Ok(out)
    }

    /// How many lines fit a filter.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) fn count(&self, kind: Kind, filter: &Filter, ledger: &SqliteStore, lent: &Lent) -> Result<u64, Fault> {
        Ok(self.find(kind, filter, ledger, lent)?.len())
    }

    /// Parties by how many claims they have a part in, the most first: the order in which they are given colours.
    pub(crate) fn parties(&self) -> &[Counted] {
        self.parties.get_or_init(|| {
            let mut names: Vec<&str> = [Facet::Voice, Facet::Actor, Facet::Target]
                .iter()
                .flat_map(|f| self.words.of_kind(*f))
                .filter_map(|w| self.words.get(*w))
                .collect();
            names.sort_unstable();
            names.dedup();
            let count = |name: &&str| {
                let of = self.of_parties(&self.claims, std::iter::once(*name));
                Counted { value: (*name).to_owned(), count: of.intersection_len(&self.claims.live) }
            };
            let mut all: Vec<Counted> = names.iter().map(count).filter(|c| c.count > 0).collect();
            all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            all
        })
    }
}

fn counted<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Vec<(T, u64)> {
    let mut out: Vec<(T, u64)> = Vec::new();
    for value in values {
        // Lines come in stretches of one day, and there are few days.
        match out.last_mut() {
            Some((last, n)) if *last == value => *n += 1,
            _ => out.push((value, 1)),
        }
    }
    out.sort_unstable();
    out.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    out
}
