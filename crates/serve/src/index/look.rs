//! One look at the ledger: what pages ask of the index, with the connection and what the program lends.

use std::collections::BTreeMap;
use std::sync::Arc;

use store::SqliteStore;
use store::line::Facet;

use super::{Counted, Filter, Hour, Index, Kind, Lent, Listing, Sites, Wish};
use crate::fault::Fault;

/// One look. Everything that the index tells is of one moment; the ledger itself may be a little ahead of it.
pub(crate) struct Look<'a> {
    pub index: Arc<Index>,
    pub ledger: &'a SqliteStore,
    pub lent: &'a Lent,
}

impl Look<'_> {
    /// A page of lines.
    ///
    /// # Errors
    /// A page that was never given, or that the ledger cannot be read.
    pub fn list(&self, wish: &Wish) -> Result<Listing, Fault> {
        self.index.list(wish, self.ledger, self.lent)
    }

    /// How many lines fit a filter.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn count(&self, kind: Kind, filter: &Filter) -> Result<u64, Fault> {
        self.index.count(kind, filter, self.ledger, self.lent)
    }

    /// Values of facets among lines that fit a filter, the most frequent first, of each facet at most so many.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn facets(&self, kind: Kind, filter: &Filter, facets: &[(Facet, usize)]) -> Result<Vec<Vec<Counted>>, Fault> {
        self.index.facets(kind, filter, facets, self.ledger, self.lent)
    }

    /// Lines that fit a filter by first day (counted from 1 January 1970, see [`evidence::time::Iso::of_day`]), ascending.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn by_day(&self, kind: Kind, filter: &Filter) -> Result<Vec<(i32, u64)>, Fault> {
        self.index.by_day(kind, filter, self.ledger, self.lent)
    }

    /// Lines that fit a filter by value of a facet and hour: violations by the side that is said to have done them.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn by_hour(
        &self,
        kind: Kind,
        filter: &Filter,
        facet: Facet,
    ) -> Result<BTreeMap<String, Vec<(Hour, u64)>>, Fault> {
        self.index.by_hour(kind, filter, facet, self.ledger, self.lent)
    }

    /// Incidents that fit a filter, by the places that are told of them.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn sites(&self, filter: &Filter) -> Result<Sites, Fault> {
        Sites::of(self.index.clone(), filter, self.ledger, self.lent)
    }
}
