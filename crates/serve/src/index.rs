//! Which lines does a reader ask for? An index of the ledger in memory: filters, sorting, counting.
//!
//! Reading order: `filter` (what is asked), `state` (what is there) with `shelf` and `words`, `find` (which lines fit),
//! `order` and `list` (which of them stand on a page), `count` (how many there are of what), `sites` (where), `follower` (how it follows the
//! ledger). Everything that is asked of one [`Index`] is of one moment.

mod batch;
mod count;
mod filter;
mod find;
mod follower;
mod latest;
mod list;
mod look;
mod order;
mod search;
mod sense;
mod shelf;
mod sites;
mod state;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use count::{Counted, Hour};
pub(crate) use filter::{Field, Filter, encoded};
pub(crate) use follower::Follower;
pub(crate) use list::{Asked, Listing, Wish};
pub(crate) use look::Look;
pub(crate) use sites::Sites;
pub(crate) use state::Index;

use crate::lent::Lent;

/// What lines are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Reports,
    Claims,
    Figures,
    Incidents,
    Ceasefires,
    Entities,
}

impl Kind {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Reports, Self::Claims, Self::Figures, Self::Incidents, Self::Ceasefires, Self::Entities];

    /// By what its lines may be sorted; the first is usual.
    pub const fn sorts(self) -> &'static [Sort] {
        match self {
            Self::Reports => &[Sort::Day, Sort::Added, Sort::Outlet, Sort::Weight],
            Self::Claims => &[Sort::Day, Sort::Added, Sort::Weight, Sort::Doubt, Sort::Outlet],
            Self::Figures => &[Sort::Day, Sort::Added, Sort::Count, Sort::Weight, Sort::Doubt, Sort::Outlet],
            Self::Incidents => &[Sort::Day, Sort::Added, Sort::Weight, Sort::Doubt],
            Self::Ceasefires => &[Sort::Day, Sort::Added, Sort::Weight],
            Self::Entities => &[Sort::Name, Sort::Count],
        }
    }
}

/// By what lines are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Sort {
    /// First day and clock that is told, or else the day of publication.
    Day,
    /// When it was added to the ledger.
    Added,
    /// Independent origins that tell of it; alleged violations of a ceasefire; claims of a report.
    Weight,
    /// Reasons to look at it, by their weight; denials of an incident.
    Doubt,
    /// Count of a figure; reports that speak of an entity.
    Count,
    /// Name of the outlet.
    Outlet,
    /// Name.
    Name,
}

impl Sort {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Day, Self::Added, Self::Weight, Self::Doubt, Self::Count, Self::Outlet, Self::Name];

    /// Its name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Added => "added",
            Self::Weight => "weight",
            Self::Doubt => "doubt",
            Self::Count => "count",
            Self::Outlet => "outlet",
            Self::Name => "name",
        }
    }

    /// Whether the greatest stand first unless asked otherwise.
    pub const fn falls(self) -> bool {
        !matches!(self, Self::Outlet | Self::Name)
    }
}
