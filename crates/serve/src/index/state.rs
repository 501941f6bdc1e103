//! One state of the index: it never changes; a change of the ledger makes the next one.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;
use store::line::{Facet, Lines, Thing};
use store::{Error, SqliteStore};

use super::batch::Batch;
use super::count::{Counted, Days, Hours};
use super::latest::Latest;
use super::order::Orders;
use super::search::Heard;
use super::sense::Signs;
use super::shelf::{NO_SLOT, Shelf, Texts};
use super::words::Words;

/// Everything of the ledger that lists and filters need.
#[derive(Default)]
pub(crate) struct Index {
    /// The last change of the ledger that is in it.
    pub(super) change: u64,
    pub(super) words: Words,
    pub(super) reports: Shelf,
    /// Of each report.
    pub(super) paths: Arc<Texts>,
    pub(super) claims: Shelf,
    pub(super) figures: Shelf,
    pub(super) incidents: Shelf,
    pub(super) ceasefires: Shelf,
    pub(super) things: Arc<Vec<Thing>>,
    /// Of each ceasefire: keys of its claims.
    ceasefire_members: Arc<Vec<Vec<u64>>>,
    incident_members: Arc<Vec<Vec<(u64, bool)>>>,
    /// Of each key of a claim its slot.
    slots: Arc<Vec<u32>>,
    /// Of each claim the slot of its incident.
    pub(super) incident_of: Arc<Vec<u32>>,
    /// Denials of which it is not known what they deny.
    pub(super) open_denials: Arc<RoaringBitmap>,
    /// Of each report the word of its outlet.
    pub(super) outlet_of: Arc<Vec<u32>>,
    pub(super) orders: Orders,
    /// Signs of the meanings of claims, once somebody has searched by them.
    pub(super) signs: OnceLock<Signs>,
    pub(super) parties: OnceLock<Vec<Counted>>,
    /// What was found and counted of late, so that the parts of a page that ask the same find it once, and pages that
    /// many look at are quick. It lives no longer than this state.
    /// What the ledger told of words.
    pub(super) heard: Arc<Heard>,
    pub(super) found: Latest<(super::Kind, super::Filter), Arc<RoaringBitmap>>,
    pub(super) fitting_parts: Latest<(super::Kind, super::Filter), Arc<RoaringBitmap>>,
    pub(super) disputed_claims: OnceLock<RoaringBitmap>,
    pub(super) days_of: Latest<(super::Kind, super::Filter), Days>,
    pub(super) hours_of: Latest<(super::Kind, super::Filter, Facet), Arc<Hours>>,
    pub(super) counted: Latest<(super::Kind, super::Filter, Facet, usize), Vec<Counted>>,
}

impl Index {
    /// Reads all lines of a ledger, with two connections at once.
    pub(super) fn load(path: &Path) -> Result<Self, Error> {
        loop {
            let (left, right) = (SqliteStore::open_existing(path)?, SqliteStore::open_existing(path)?);
            let begun = |store: &SqliteStore| {
                let lines = store.lines();
                lines.begin()?;
                lines.change()
            };
            // Both must see one and the same moment.
            if begun(&left)? == begun(&right)? {
                return Self::load_with(&left, right);
            }
        }
    }

    fn load_with(left: &SqliteStore, right: SqliteStore) -> Result<Self, Error> {
        let a = left.lines();
        let mut index = Self { change: a.change()?, ..Self::default() };
        let (sheets, matters) = a.last_keys()?;
        let half = sheets / 2;
        let other = std::thread::spawn(move || {
            let (b, mut batch) = (right.lines(), Batch::default());
            b.sheets(half + 1..=sheets, &mut batch)?;
            b.matters(0..=matters, &mut batch)?;
            Ok::<_, Error>(batch)
        });
        let mut first = Batch::default();
        a.sheets(0..=half, &mut first)?;
        index.words = Words::default().and(&a)?;
        index.things = Arc::new(a.things()?);
        let second = other.join().unwrap_or_else(|broken| std::panic::resume_unwind(broken))?;
        index.add(first);
        index.add(second);
        index.join_incidents();
        index.join_outlets();
        Ok(index)
    }

    /// The state after what has changed since this one; `None` if nothing has.
    pub(super) fn next(&self, lines: &Lines, path: &Path) -> Result<Option<Self>, Error> {
        let Some(step) = lines.gone(self.change)? else { return Self::load(path).map(Some) };
        if step.change == self.change {
            return Ok(None);
        }
        let mut batch = Batch::default();
        lines.sheets_since(self.change, &mut batch)?;
        lines.matters_since(self.change, &mut batch)?;
        let dead = |shelf: &Shelf| u64::from(shelf.next()) - shelf.live.len();
        if dead(&self.claims) > 50_000 + self.claims.live.len() / 4 {
            return Self::load(path).map(Some);
        }
        let mut next = Self {
            change: step.change,
            words: self.words.clone().and(lines)?,
            reports: self.reports.clone(),
            paths: self.paths.clone(),
            claims: self.claims.clone(),
            figures: self.figures.clone(),
            incidents: self.incidents.clone(),
            ceasefires: self.ceasefires.clone(),
            things: Arc::new(lines.things()?),
            ceasefire_members: self.ceasefire_members.clone(),
            incident_members: self.incident_members.clone(),
            slots: self.slots.clone(),
            heard: self.heard.clone(),
            ..Self::default()
        };
        step.sheets.iter().for_each(|key| next.remove_report(*key));
        for key in &step.matters {
            for shelf in [&mut next.incidents, &mut next.ceasefires] {
                if let Ok(slot) = shelf.columns.keys.binary_search(key) {
                    shelf.remove(slot as u32..slot as u32 + 1);
                }
            }
        }
        next.add(batch);
        next.join_incidents();
        next.join_outlets();
        Ok(Some(next))
    }

    /// Makes what requests would else have to wait for: what they asked of the state before, and what most will ask.
    pub(super) fn warm(&self, ledger: &SqliteStore, before: &Self) -> Result<(), Error> {
        for kind in super::Kind::ALL {
            self.order_made(*kind, kind.sorts()[0]);
        }
        before.orders.asked().for_each(|(kind, sort)| {
            self.order_made(kind, sort);
        });
        self.parties();
        if self.signs.get().is_none() {
            let _ = self.signs.set(self.read_signs(ledger)?);
        }
        Ok(())
    }

    /// Makes every order, so that nobody waits for one who asks first.
    pub(super) fn make_orders(&self) {
        for kind in super::Kind::ALL {
            for sort in kind.sorts() {
                self.order_made(*kind, *sort);
            }
        }
    }

    fn remove_report(&mut self, key: u64) {
        let Ok(slot) = self.reports.columns.keys.binary_search(&key) else { return };
        let (claims, figures) = (self.claims_of(slot as u32), self.figures_of(slot as u32));
        self.claims.remove(claims);
        self.figures.remove(figures);
        self.reports.remove(slot as u32..slot as u32 + 1);
    }

    /// Slots of the claims of a report.
    pub(super) fn claims_of(&self, report: u32) -> std::ops::Range<u32> {
        let first = &self.reports.columns.report;
        let next = first.get(report as usize + 1).copied().unwrap_or(self.claims.next());
        first[report as usize]..next
    }

    /// Slots of the figures of a report.
    pub(super) fn figures_of(&self, report: u32) -> std::ops::Range<u32> {
        let first = &self.reports.columns.extra;
        let next = first.get(report as usize + 1).copied().unwrap_or(self.figures.next());
        first[report as usize]..next
    }

    fn add(&mut self, mut batch: Batch) {
        batch.shift(self.reports.next(), self.claims.next(), self.figures.next());
        let slots = Arc::make_mut(&mut self.slots);
        for (slot, key) in (self.claims.next()..).zip(&batch.claims.columns.keys) {
            let at = *key as usize;
            if slots.len() <= at {
                slots.resize(at + 1, NO_SLOT);
            }
            slots[at] = slot;
        }
        let paths = Arc::make_mut(&mut self.paths);
        (0..batch.paths.len() as u32).for_each(|n| paths.push(batch.paths.get(n)));
        // Two threads: claims are most of it.
        std::thread::scope(|scope| {
            scope.spawn(|| self.claims.append(&batch.claims));
            self.reports.append(&batch.reports);
            self.figures.append(&batch.figures);
            self.incidents.append(&batch.incidents);
            self.ceasefires.append(&batch.ceasefires);
        });
        Arc::make_mut(&mut self.incident_members).extend(batch.incident_members);
        let keys = batch.ceasefire_members.into_iter().map(|m| m.into_iter().map(|(key, _)| key).collect());
        Arc::make_mut(&mut self.ceasefire_members).extend(keys);
    }

    /// Finds the incident of each claim, and which denials stand alone.
    fn join_incidents(&mut self) {
        let mut of = vec![NO_SLOT; self.claims.next() as usize];
        let mut known = RoaringBitmap::new();
        for incident in self.incidents.live.iter() {
            for (key, denial_known) in &self.incident_members[incident as usize] {
                if let Some(claim) = self.slot(*key) {
                    of[claim as usize] = incident;
                    if *denial_known {
                        known.insert(claim);
                    }
                }
            }
        }
        let denials = self.words.find(Facet::Act, evidence::Act::Deny.as_str());
        let denials = denials.and_then(|word| self.claims.with(word)).cloned().unwrap_or_default();
        self.open_denials = Arc::new((denials & &*self.claims.live) - known);
        self.incident_of = Arc::new(of);
    }

    fn join_outlets(&mut self) {
        let mut of = vec![NO_SLOT; self.reports.next() as usize];
        for word in self.words.of_kind(Facet::Outlet) {
            for report in self.reports.with(*word).into_iter().flatten() {
                of[report as usize] = *word;
            }
        }
        self.outlet_of = Arc::new(of);
    }

    /// The slot of a claim by its key.
    pub(super) fn slot(&self, key: u64) -> Option<u32> {
        let slot = *self.slots.get(usize::try_from(key).ok()?)?;
        (slot != NO_SLOT && self.claims.live.contains(slot)).then_some(slot)
    }

    /// The highest key of a claim.
    pub(super) fn last_key(&self) -> u64 {
        (self.slots.len() as u64).saturating_sub(1)
    }

    /// Slots of the claims of a ceasefire.
    pub(super) fn claims_of_ceasefire(&self, ceasefire: u32) -> impl Iterator<Item = u32> {
        self.ceasefire_members[ceasefire as usize].iter().filter_map(|key| self.slot(*key))
    }

    /// Slots of the claims of an incident.
    pub(super) fn claims_of_incident(&self, incident: u32) -> impl Iterator<Item = u32> {
        self.incident_members[incident as usize].iter().filter_map(|(key, _)| self.slot(*key))
    }

    /// The last change of the ledger that is in it: what is drawn from one change alone stays the same.
    pub fn change(&self) -> u64 {
        self.change
    }

    /// A party's name, or its slug where none is known.
    pub fn party<'s>(&'s self, slug: &'s str) -> &'s str {
        let id = format!("party:{slug}");
        let found = self.things.binary_search_by(|t| t.id.as_str().cmp(&id));
        found.map_or(slug, |at| self.things[at].name.as_str())
    }

    pub(super) fn shelf(&self, kind: super::Kind) -> Option<&Shelf> {
        use super::Kind;
        match kind {
            Kind::Reports => Some(&self.reports),
            Kind::Claims => Some(&self.claims),
            Kind::Figures => Some(&self.figures),
            Kind::Incidents => Some(&self.incidents),
            Kind::Ceasefires => Some(&self.ceasefires),
            Kind::Entities => None,
        }
    }
}
