//! Which lines stand on a page? Pages begin and end at lines, not at numbers, so that a line is neither shown twice nor
//! passed over when others are added meanwhile.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use roaring::RoaringBitmap;
use store::SqliteStore;

use super::order::{Order, Rank};
use super::state::Index;
use super::{Filter, Kind, Lent, Sort};
use crate::fault::Fault;

/// What stands in the address of a list: filters, `sort`, `order` (`up` or `down`), `page` and `most`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Asked {
    pub filter: Filter,
    pub sort: Option<Sort>,
    pub falls: Option<bool>,
    pub page: Option<String>,
    pub most: Option<usize>,
    /// Whether a file shall hold lines as people corrected them: `corrected=yes`.
    pub corrected: bool,
}

/// A page that somebody wants.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wish {
    pub kind: Kind,
    pub filter: Filter,
    pub sort: Sort,
    /// Whether the greatest come first.
    pub falls: bool,
    /// As [`Listing::next`] or [`Listing::previous`] gave it; the first page without.
    pub page: Option<String>,
    /// So many lines at most.
    pub most: usize,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Ids of its lines, in order.
    pub ids: Vec<String>,
    /// The page behind it, if there is one.
    pub next: Option<String>,
    /// The page before it, if there is one.
    pub previous: Option<String>,
    /// How many lines fit the filter.
    pub total: u64,
    /// How many of them stand before this page.
    pub before: Option<u64>,
}

/// Lines of a page, unless asked otherwise.
const USUAL: usize = 50;
/// Lines of a page at most.
const MOST: usize = 500;
/// Fewer fitting lines than one in so many are put in order themselves; of more, the order of all lines is walked along.
const FEW: u64 = 12;

impl Asked {
    /// What the parameters of an address ask for.
    ///
    /// # Errors
    /// A value that can never be: with what would do.
    pub(crate) fn of(parameters: &[(String, String)]) -> Result<Self, Fault> {
        let mut asked = Self { filter: Filter::of(parameters)?, ..Self::default() };
        for (name, value) in parameters.iter().filter(|(_, v)| !v.is_empty()) {
            match name.as_str() {
                "sort" => {
                    let found = Sort::ALL.iter().find(|s| s.as_str() == value);
                    asked.sort = Some(*found.ok_or_else(|| wrong("sort", value, Sort::ALL.iter()))?);
                }
                "order" => {
                    asked.falls = Some(match value.as_str() {
                        "up" => false,
                        "down" => true,
                        _ => return Err(Fault::asked(format!("there is no order “{value}”; it is up or down"))),
                    });
                }
                "page" => asked.page = Some(value.clone()),
                "corrected" => {
                    asked.corrected = match value.as_str() {
                        "yes" => true,
                        "no" => false,
                        _ => return Err(Fault::asked(format!("corrected is yes or no, not “{value}”"))),
                    }
                }
                "most" => {
                    let most = value.parse().ok().filter(|n| (1..=MOST).contains(n));
                    asked.most = Some(
                        most.ok_or_else(|| Fault::asked(format!("most: “{value}” is no number from 1 to {MOST}")))?,
                    );
                }
                _ => {}
            }
        }
        Ok(asked)
    }

    /// The page of a kind that is asked for.
    ///
    /// # Errors
    /// If lines of this kind are not sorted so.
    pub(crate) fn wish(&self, kind: Kind) -> Result<Wish, Fault> {
        let sort = self.sort.unwrap_or(kind.sorts()[0]);
        if !kind.sorts().contains(&sort) {
            return Err(wrong("sort", sort.as_str(), kind.sorts().iter()));
        }
        Ok(Wish {
            kind,
            filter: self.filter.clone(),
            sort,
            falls: self.falls.unwrap_or(sort.falls()),
            page: self.page.clone(),
            most: self.most.unwrap_or(USUAL),
        })
    }
}

fn wrong<'s>(name: &str, value: &str, sorts: impl Iterator<Item = &'s Sort>) -> Fault {
    let known: Vec<&str> = sorts.map(|s| s.as_str()).collect();
    Fault::asked(format!("there is no {name} “{value}” here; {name} is one of: {}", known.join(", ")))
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let query = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Query(parameters) = query.map_err(|e| Fault::asked(format!("the address cannot be read: {e}")))?;
        Self::of(&parameters)
    }
}

impl Index {
    /// A page of lines.
    ///
    /// # Errors
    /// A page that was never given, or that the ledger cannot be read.
    pub(crate) fn list(&self, wish: &Wish, ledger: &SqliteStore, lent: &Lent) -> Result<Listing, Fault> {
        let page = wish.page.as_deref().map(Cursor::parse).transpose()?;
        if let (Kind::Claims, Some(words)) = (wish.kind, wish.filter.value(super::Field::About)) {
            return self.list_near(words, wish, page, ledger, lent);
        }
        let found = self.find(wish.kind, &wish.filter, ledger, lent)?;
        let order = self.order(wish.kind, wish.sort);
        let view = View { order, falls: wish.falls };
        let start = page.as_ref().map(|c| view.behind(c.rank, |slot| self.rank(wish.kind, wish.sort, slot)));
        let backward = page.as_ref().is_some_and(|c| c.backward);
        let mut slots = if found.len() * FEW < order.slots.len() as u64 {
            view.of_few(&found, start, backward, wish.most + 1)
        } else {
            view.of_many(&found, start, backward, wish.most + 1)
        };
        let more = slots.len() > wish.most;
        slots.truncate(wish.most);
        if backward {
            slots.reverse();
        }
        let at = |slot: Option<&u32>, backward: bool| {
            slot.map(|s| Cursor { backward, rank: self.rank(wish.kind, wish.sort, *s) }.to_string())
        };
        let (has_next, has_previous) = if backward { (true, more) } else { (more, page.is_some()) };
        Ok(Listing {
            next: at(slots.last().filter(|_| has_next), false),
            previous: at(slots.first().filter(|_| has_previous), true),
            ids: slots.iter().map(|s| self.id(wish.kind, *s).to_owned()).collect(),
            total: found.len(),
            before: page.is_none().then_some(0),
        })
    }

    /// Claims near in meaning, the nearest first: so few that a page begins at a number.
    fn list_near(
        &self,
        words: &str,
        wish: &Wish,
        page: Option<Cursor>,
        ledger: &SqliteStore,
        lent: &Lent,
    ) -> Result<Listing, Fault> {
        let others = self.find(Kind::Claims, &wish.filter.free_of(&[super::Field::About]), ledger, lent)?;
        let near = self.near(words, &others, ledger, lent)?;
        let from = page.map_or(0, |c| c.rank.1 as usize).min(near.len());
        let to = (from + wish.most).min(near.len());
        let cursor = |at: usize| Cursor { backward: false, rank: (None, at as u64) }.to_string();
        Ok(Listing {
            ids: near[from..to].iter().map(|(slot, _)| self.id(Kind::Claims, *slot).to_owned()).collect(),
            next: (to < near.len()).then(|| cursor(to)),
            previous: (from > 0).then(|| cursor(from.saturating_sub(wish.most))),
            total: near.len() as u64,
            before: Some(from as u64),
        })
    }

    /// The id of a line.
    pub(super) fn id(&self, kind: Kind, slot: u32) -> &str {
        match self.shelf(kind) {
            Some(shelf) => shelf.columns.ids.get(slot),
            None => &self.things[slot as usize].id,
        }
    }
}

/// An order read one way.
struct View<'a> {
    order: &'a Order,
    falls: bool,
}

impl View<'_> {
    /// The slot that stands at a place.
    fn at(&self, place: usize) -> u32 {
        let known = self.order.known;
        self.order.slots[if self.falls && place < known { known - 1 - place } else { place }]
    }

    fn place(&self, slot: u32) -> usize {
        let (place, known) = (self.order.places[slot as usize] as usize, self.order.known);
        if self.falls && place < known { known - 1 - place } else { place }
    }

    /// Between which places a line stands that has this rank, or would stand: its place, and the place behind it.
    fn behind(&self, rank: Rank, rank_of: impl Fn(u32) -> Rank) -> (usize, usize) {
        let key = |(value, key): Rank| (value.is_none(), value.unwrap_or(0), key);
        let wanted = key(rank);
        let slots = &self.order.slots;
        let below = slots.partition_point(|s| key(rank_of(*s)) < wanted);
        let there = slots.get(below).is_some_and(|s| key(rank_of(*s)) == wanted);
        let known = self.order.known;
        if self.falls && rank.0.is_some() {
            // Read from behind: what was below stands behind it.
            let place = known - below - usize::from(there);
            (place, place + usize::from(there))
        } else {
            (below, below + usize::from(there))
        }
    }

    /// Of few lines those next to the start: each line's place is looked up.
    fn of_few(&self, found: &RoaringBitmap, start: Option<(usize, usize)>, backward: bool, most: usize) -> Vec<u32> {
        let mut places: Vec<usize> = found.iter().map(|slot| self.place(slot)).collect();
        match start {
            Some((before, _)) if backward => places.retain(|p| *p < before),
            Some((_, behind)) => places.retain(|p| *p >= behind),
            None => {}
        }
        if backward {
            places.iter_mut().for_each(|p| *p = usize::MAX - *p);
        }
        if places.len() > most {
            places.select_nth_unstable(most - 1);
            places.truncate(most);
        }
        places.sort_unstable();
        places.into_iter().map(|p| self.at(if backward { usize::MAX - p } else { p })).collect()
    }

    /// Of many lines those next to the start: places are looked at one after the other.
    fn of_many(&self, found: &RoaringBitmap, start: Option<(usize, usize)>, backward: bool, most: usize) -> Vec<u32> {
        let fits = |slot: &u32| found.contains(*slot);
        match (start, backward) {
            (Some((before, _)), true) => (0..before).rev().map(|p| self.at(p)).filter(fits).take(most).collect(),
            (start, _) => {
                let from = start.map_or(0, |s| s.1);
                (from..self.order.slots.len()).map(|p| self.at(p)).filter(fits).take(most).collect()
            }
        }
    }
}

/// Where a page begins: behind a line, or, read backward, before it. The line itself may be gone.
struct Cursor {
    backward: bool,
    rank: Rank,
}

impl Cursor {
    fn parse(text: &str) -> Result<Self, Fault> {
        let parsed = || {
            let (backward, rest) = match text.split_at_checked(1)? {
                ("n", rest) => (false, rest),
                ("p", rest) => (true, rest),
                _ => return None,
            };
            let (value, key) = rest.split_once('.')?;
            let value = match value {
                "" => None,
                v => Some(u128::from_str_radix(v, 16).ok()?),
            };
            Some(Self { backward, rank: (value, u64::from_str_radix(key, 16).ok()?) })
        };
        parsed().ok_or_else(|| Fault::asked(format!("page: “{text}” is no page; go back to the first one")))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.backward { "p" } else { "n" })?;
        if let Some(value) = self.rank.0 {
            write!(f, "{value:x}")?;
        }
        write!(f, ".{:x}", self.rank.1)
    }
}
