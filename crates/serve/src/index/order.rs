//! In which order do lines stand? Every order is strict, so that a page can begin behind any line of another page, also
//! behind one that is gone by then.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, OnceLock};

use store::line::Facet;

use super::shelf::{NO_DAY, NO_MINUTE, NO_SLOT};
use super::state::Index;
use super::{Kind, Sort};

/// Lines of a kind in order: those of which the value is known ascend, the others stand behind them, whichever way one
/// reads.
#[derive(Debug)]
pub(super) struct Order {
    pub slots: Vec<u32>,
    pub known: usize,
    /// Of each slot its place in `slots`.
    pub places: Vec<u32>,
}

/// What a line is ordered by: its value, if known, then its key.
pub(super) type Rank = (Option<u128>, u64);

/// Orders, each made when it is first needed, and whether somebody has asked for it.
#[derive(Debug, Default)]
pub(super) struct Orders {
    all: [[OnceLock<Arc<Order>>; Sort::ALL.len()]; Kind::ALL.len()],
    asked: [[AtomicBool; Sort::ALL.len()]; Kind::ALL.len()],
}

impl Orders {
    /// Which orders somebody has asked for.
    pub(super) fn asked(&self) -> impl Iterator<Item = (Kind, Sort)> {
        let pairs = Kind::ALL.iter().flat_map(|k| Sort::ALL.iter().map(|s| (*k, *s)));
        pairs.filter(|(k, s)| self.asked[*k as usize][*s as usize].load(Relaxed))
    }
}

impl Index {
    /// All lines of a kind in an order that somebody asks for.
    pub(super) fn order(&self, kind: Kind, sort: Sort) -> &Order {
        self.orders.asked[kind as usize][sort as usize].store(true, Relaxed);
        self.order_made(kind, sort)
    }

    /// The same, made beforehand.
    pub(super) fn order_made(&self, kind: Kind, sort: Sort) -> &Order {
        self.orders.all[kind as usize][sort as usize].get_or_init(|| Arc::new(self.ordered(kind, sort)))
    }

    fn ordered(&self, kind: Kind, sort: Sort) -> Order {
        let mut ranked: Vec<(bool, u128, u64, u32)> = match self.shelf(kind) {
            Some(shelf) => shelf.live.iter().map(|slot| self.ranked(kind, sort, slot)).collect(),
            None => (0..self.things.len() as u32).map(|slot| self.ranked(kind, sort, slot)).collect(),
        };
        // Stable sorting is quick with what is sorted in parts already, as lines are by day.
        ranked.sort();
        let most = self.shelf(kind).map_or(self.things.len() as u32, super::shelf::Shelf::next);
        let mut places = vec![NO_SLOT; most as usize];
        ranked.iter().zip(0..).for_each(|((.., slot), place)| places[*slot as usize] = place);
        let known = ranked.partition_point(|(unknown, ..)| !unknown);
        Order { slots: ranked.into_iter().map(|(.., slot)| slot).collect(), known, places }
    }

    fn ranked(&self, kind: Kind, sort: Sort, slot: u32) -> (bool, u128, u64, u32) {
        let (value, key) = self.rank(kind, sort, slot);
        (value.is_none(), value.unwrap_or(0), key, slot)
    }

    /// What a line is ordered by.
    pub(super) fn rank(&self, kind: Kind, sort: Sort, slot: u32) -> Rank {
        let Some(shelf) = self.shelf(kind) else { return self.rank_of_thing(sort, slot) };
        let (c, at) = (&shelf.columns, slot as usize);
        let value = match sort {
            Sort::Day => (c.first[at] != NO_DAY).then(|| {
                let minute = if c.minute[at] == NO_MINUTE { 0 } else { c.minute[at] + 1 };
                ((i64::from(c.first[at]) - i64::from(i32::MIN)) as u128) << 11 | u128::from(minute)
            }),
            Sort::Added => Some(0),
            Sort::Doubt => Some(u128::from(self.doubt_weight(kind, slot))),
            Sort::Weight => Some(u128::from(self.weight(kind, slot))),
            Sort::Count => Some(u128::from(c.number[at])),
            Sort::Outlet => self.outlet_rank(kind, slot),
            Sort::Name => Some(text_rank(c.ids.get(slot))),
        };
        (value, c.keys[at])
    }

    fn rank_of_thing(&self, sort: Sort, slot: u32) -> Rank {
        let thing = &self.things[slot as usize];
        let key = evidence::Id::of("entity").with(&thing.id).number();
        let value = match sort {
            Sort::Count | Sort::Weight => u128::from(self.reports_with(&thing.id)),
            _ => text_rank(&thing.name),
        };
        (Some(value), key)
    }

    /// How many reports speak of an entity.
    pub(super) fn reports_with(&self, entity: &str) -> u64 {
        let word = self.words.find(Facet::Entity, entity);
        word.map_or(0, |w| self.reports.count(w, &self.reports.live))
    }

    /// Independent origins that tell of it; of a ceasefire: alleged violations; of a report: its claims.
    pub(super) fn weight(&self, kind: Kind, slot: u32) -> u32 {
        let of_claim = |claim: u32| match self.incident_of.get(claim as usize) {
            Some(incident) if *incident != NO_SLOT => self.incidents.columns.number[*incident as usize],
            _ => 0,
        };
        match kind {
            Kind::Claims => of_claim(slot),
            Kind::Figures => match self.figures.columns.claim[slot as usize] {
                NO_SLOT => 0,
                claim => of_claim(claim),
            },
            Kind::Reports => self.reports.columns.number[slot as usize],
            Kind::Incidents => self.incidents.columns.number[slot as usize],
            Kind::Ceasefires => self.ceasefires.columns.number[slot as usize],
            Kind::Entities => 0,
        }
    }

    fn doubt_weight(&self, kind: Kind, slot: u32) -> u16 {
        match kind {
            Kind::Claims | Kind::Figures => self.doubts(kind, slot).weight(),
            Kind::Incidents => self.incidents.columns.extra[slot as usize].min(1000) as u16,
            _ => 0,
        }
    }

    /// Outlets by the first letters of their name, and then by the number of their word.
    fn outlet_rank(&self, kind: Kind, slot: u32) -> Option<u128> {
        let report = match kind {
            Kind::Reports => slot,
            Kind::Claims => self.claims.columns.report[slot as usize],
            Kind::Figures => self.figures.columns.report[slot as usize],
            _ => return None,
        };
        let word = self.outlet_of.get(report as usize).copied().filter(|w| *w != NO_SLOT)?;
        let name = self.words.get(word)?;
        Some(text_rank(name) & !0xffff_ffff | u128::from(word))
    }
}

/// The first 16 bytes of a text in small letters, as a number that orders as they do.
fn text_rank(text: &str) -> u128 {
    let low = text.to_lowercase();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(low.bytes()).for_each(|(to, from)| *to = from);
    u128::from_be_bytes(bytes)
}
