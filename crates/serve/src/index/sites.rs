//! Where? The incidents that fit a filter, by the places that are told of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use roaring::RoaringBitmap;
use store::SqliteStore;
use store::line::{Facet, Thing};

use super::shelf::NO_DAY;
use super::state::Index;
use super::{Field, Filter, Kind, Lent};
use crate::fault::Fault;

/// Incidents by place; each is a number that means nothing beyond this.
pub(crate) struct Sites {
    index: Arc<Index>,
    /// All that fit.
    pub found: RoaringBitmap,
    /// Those of them that a side denies.
    pub disputed: RoaringBitmap,
    /// By the side that asserts them.
    pub voices: Vec<(String, RoaringBitmap)>,
    /// Those that some side asserts.
    pub asserted: RoaringBitmap,
    /// Each place of which one is told, by id.
    pub places: Vec<(Thing, RoaringBitmap)>,
    /// How many fit all but the days asked for, and have none.
    pub undated: u64,
}

impl Sites {
    /// Incidents that fit a filter.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub(crate) fn of(index: Arc<Index>, filter: &Filter, ledger: &SqliteStore, lent: &Lent) -> Result<Self, Fault> {
        let mut found = Arc::unwrap_or_clone(index.find(Kind::Incidents, filter, ledger, lent)?);
        let mut undated = 0;
        if filter.asks(Field::Since) || filter.asks(Field::Until) {
            // An incident fits by its claims, which have the day of their report; here only what is told of it counts.
            let whenever = filter.free_of(&[Field::Since, Field::Until]);
            let first = &index.incidents.columns.first;
            let all = index.find(Kind::Incidents, &whenever, ledger, lent)?;
            let without = |slot: &u32| first[*slot as usize] == NO_DAY;
            undated = all.iter().filter(without).count() as u64;
            found = found.iter().filter(|slot| !without(slot)).collect();
        }
        let with = |facet: Facet| {
            let sets = index.words.of_kind(facet).iter().filter_map(|w| {
                let set = index.incidents.with(*w)? & &found;
                (!set.is_empty()).then(|| (index.words.get(*w).unwrap_or_default().to_owned(), set))
            });
            sets.collect::<Vec<_>>()
        };
        let mut sites: BTreeMap<String, RoaringBitmap> = with(Facet::Site).into_iter().collect();
        let places = index.things.iter().filter_map(|t| Some((t.clone(), sites.remove(&t.id)?))).collect();
        let voices = with(Facet::Voice);
        let mut asserted = RoaringBitmap::new();
        voices.iter().for_each(|(_, set)| asserted |= set);
        let disputed = index.disputed() & &found;
        Ok(Self { voices, asserted, places, disputed, found, undated, index: index.clone() })
    }

    /// First and last day, counted from 1 January 1970; none where none is known.
    pub(crate) fn days(&self, incident: u32) -> Option<(i32, i32)> {
        let c = &self.index.incidents.columns;
        let (first, last) = (c.first[incident as usize], c.last[incident as usize]);
        (first != NO_DAY).then_some((first, last.max(first)))
    }
}
