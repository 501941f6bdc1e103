//! Which lines fit a filter?

use std::sync::Arc;

use evidence::doubt::{Doubt, Doubts};
use evidence::time::Iso;
use roaring::RoaringBitmap;
use store::SqliteStore;
use store::line::Facet;

use super::shelf::{NO_DAY, NO_SLOT, Shelf};
use super::state::Index;
use super::{Field, Filter, Kind, Lent};
use crate::fault::Fault;

/// Filters of claims and figures that are words of theirs.
const FACETS: [(Field, Facet); 13] = [
    (Field::Voice, Facet::Voice),
    (Field::Actor, Facet::Actor),
    (Field::Target, Facet::Target),
    (Field::Act, Facet::Act),
    (Field::Event, Facet::Event),
    (Field::Mode, Facet::Mode),
    (Field::Polarity, Facet::Polarity),
    (Field::Status, Facet::Status),
    (Field::Harm, Facet::Harm),
    (Field::Category, Facet::Category),
    (Field::Qualifier, Facet::Qualifier),
    (Field::Entity, Facet::Entity),
    (Field::Kind, Facet::CeasefireKind),
];

/// What a figure has by the claim that it stands in.
const BY_CLAIM: [Field; 8] = [
    Field::Act,
    Field::Event,
    Field::Mode,
    Field::Polarity,
    Field::Status,
    Field::Words,
    Field::About,
    Field::Disputed,
];

/// What only figures have: a claim has it by its figures.
const BY_FIGURE: [Field; 3] = [Field::Harm, Field::Category, Field::Qualifier];

/// What a report is asked for itself.
const OF_REPORT: [Field; 4] = [Field::Outlet, Field::Agency, Field::Language, Field::Report];

impl Index {
    /// Slots of the lines of a kind that fit a filter. Words are looked for in the ledger itself.
    pub(super) fn find(
        &self,
        kind: Kind,
        filter: &Filter,
        ledger: &SqliteStore,
        lent: &Lent,
    ) -> Result<Arc<RoaringBitmap>, Fault> {
        if let Some(shelf) = self.shelf(kind).filter(|_| filter.is_empty()) {
            return Ok(Arc::clone(&shelf.live));
        }
        let key = (kind, filter.clone());
        if let Some(found) = self.found.get(&key) {
            return Ok(found);
        }
        let found = Arc::new(match kind {
            Kind::Claims => self.find_claims(filter, ledger, lent)?,
            Kind::Figures => self.find_figures(filter, ledger, lent)?,
            Kind::Reports => self.find_reports(filter, ledger, lent)?,
            Kind::Incidents => self.find_incidents(filter, ledger, lent)?,
            Kind::Ceasefires => self.find_ceasefires(filter, ledger, lent)?,
            Kind::Entities => self.find_things(filter),
        });
        self.found.put(key, Arc::clone(&found));
        Ok(found)
    }

    fn find_claims(&self, filter: &Filter, ledger: &SqliteStore, lent: &Lent) -> Result<RoaringBitmap, Fault> {
        let mut found = self.fitting(&self.claims, Kind::Claims, &filter.free_of(&BY_FIGURE), lent);
        if BY_FIGURE.iter().any(|f| filter.asks(*f)) {
            let only: Vec<Field> = Field::ALL.iter().copied().filter(|f| !BY_FIGURE.contains(f)).collect();
            let figures = self.fitting(&self.figures, Kind::Figures, &filter.free_of(&only), lent);
            found &= self.claims_of_figures(&figures);
        }
        if let Some(wanted) = filter.value(Field::Disputed) {
            let disputed = self.disputed_claims.get_or_init(|| {
                marked(self.disputed().iter().flat_map(|i| self.claims_of_incident(i)), self.claims.next())
            });
            if wanted == "yes" { found &= disputed } else { found -= disputed }
        }
        let words: Vec<String> = filter.values(Field::Words).map(str::to_owned).collect();
        if !words.is_empty() && !found.is_empty() {
            found &= self.with_words(&words, ledger)?;
        }
        if let Some(words) = filter.value(Field::About) {
            found = self.near(words, &found, ledger, lent)?.into_iter().map(|(slot, _)| slot).collect();
        }
        Ok(found)
    }

    fn find_figures(&self, filter: &Filter, ledger: &SqliteStore, lent: &Lent) -> Result<RoaringBitmap, Fault> {
        let mut found = self.fitting(&self.figures, Kind::Figures, &filter.free_of(&BY_CLAIM), lent);
        if BY_CLAIM.iter().any(|f| filter.asks(*f)) {
            let others: Vec<Field> = Field::ALL.iter().copied().filter(|f| !BY_CLAIM.contains(f)).collect();
            let claims = self.find(Kind::Claims, &filter.free_of(&others), ledger, lent)?;
            let claim_of = &self.figures.columns.claim;
            found = found.into_iter().filter(|f| claims.contains(claim_of[*f as usize])).collect();
        }
        Ok(found)
    }

    /// A report fits by what it is itself, and by its claims where something of claims is asked.
    fn find_reports(&self, filter: &Filter, ledger: &SqliteStore, lent: &Lent) -> Result<RoaringBitmap, Fault> {
        let own = [&OF_REPORT[..], &[Field::Since, Field::Until]].concat();
        let not_own: Vec<Field> = Field::ALL.iter().copied().filter(|f| !own.contains(f)).collect();
        let mut found = self.fitting(&self.reports, Kind::Reports, &filter.free_of(&not_own), lent);
        if not_own.iter().any(|f| filter.asks(*f)) {
            let claims = self.find(Kind::Claims, &filter.free_of(&own), ledger, lent)?;
            found &= marked(claims.iter().map(|c| self.claims.columns.report[c as usize]), self.reports.next());
        }
        Ok(found)
    }

    /// An incident fits if one of its claims does.
    fn find_incidents(&self, filter: &Filter, ledger: &SqliteStore, lent: &Lent) -> Result<RoaringBitmap, Fault> {
        let mut found = (*self.incidents.live).clone();
        if let Some(wanted) = filter.value(Field::Disputed) {
            let disputed = self.disputed();
            if wanted == "yes" { found &= disputed } else { found -= disputed }
        }
        let rest = filter.free_of(&[Field::Disputed]);
        if !rest.is_empty() {
            let claims = self.find(Kind::Claims, &rest, ledger, lent)?;
            let incidents = claims.iter().map(|c| self.incident_of[c as usize]);
            found &= marked(incidents.filter(|i| *i != NO_SLOT), self.incidents.next());
        }
        Ok(found)
    }

    /// A ceasefire fits if its kind and parties do, and one of its claims does.
    fn find_ceasefires(&self, filter: &Filter, ledger: &SqliteStore, lent: &Lent) -> Result<RoaringBitmap, Fault> {
        let mut found = (*self.ceasefires.live).clone();
        let kinds = filter.values(Field::Kind);
        if filter.asks(Field::Kind) {
            found &= self.any_of(&self.ceasefires, Facet::CeasefireKind, kinds);
        }
        let parties = filter.values(Field::Party);
        if filter.asks(Field::Party) {
            found &= self.any_of(&self.ceasefires, Facet::Actor, parties);
        }
        let rest = filter.free_of(&[Field::Kind, Field::Party]);
        if !rest.is_empty() {
            let claims = self.find(Kind::Claims, &rest, ledger, lent)?;
            let fits = |c: &u32| self.claims_of_ceasefire(*c).any(|claim| claims.contains(claim));
            found = found.into_iter().filter(fits).collect();
        }
        Ok(found)
    }

    /// Entities by kind, party, country of a conflict, and parts of their names.
    fn find_things(&self, filter: &Filter) -> RoaringBitmap {
        let parts: Vec<String> = filter.values(Field::Words).map(str::to_lowercase).collect();
        let fits = |thing: &store::line::Thing| {
            let name = thing.name.to_lowercase();
            let kind = !filter.asks(Field::Kind) || filter.has(Field::Kind, thing.kind.as_str());
            let party = |p: &String| filter.has(Field::Party, p);
            let party = !filter.asks(Field::Party) || thing.party.as_ref().is_some_and(party);
            let entity = !filter.asks(Field::Entity) || filter.has(Field::Entity, &thing.id);
            let place = filter.values(Field::Place).all(|p| name.contains(p));
            kind && party && entity && place && parts.iter().all(|p| name.contains(p))
        };
        (0..).zip(&*self.things).filter(|(_, t)| fits(t)).map(|(n, _)| n).collect()
    }

    /// Lines of claims, figures or reports that fit all that their words and days, and their report, can tell. What fits
    /// each field is kept by itself, as most questions differ in one field only.
    fn fitting(&self, shelf: &Shelf, kind: Kind, filter: &Filter, lent: &Lent) -> RoaringBitmap {
        let mut found: Option<RoaringBitmap> = None;
        for part in parts(filter) {
            let key = (kind, part);
            let fits = self.fitting_parts.get(&key).unwrap_or_else(|| {
                let fits = Arc::new(self.fitting_part(shelf, kind, &key.1, lent));
                self.fitting_parts.put(key, Arc::clone(&fits));
                fits
            });
            found = Some(match found {
                Some(found) => found & &*fits,
                None => (*fits).clone(),
            });
        }
        found.unwrap_or_else(|| (*shelf.live).clone())
    }

    /// Lines that fit one field, or first and last day.
    fn fitting_part(&self, shelf: &Shelf, kind: Kind, part: &Filter, lent: &Lent) -> RoaringBitmap {
        let mut found = (*shelf.live).clone();
        for (field, facet) in FACETS {
            if part.asks(field) {
                found &= self.any_of(shelf, facet, part.values(field));
            }
        }
        for (field, facet) in [(Field::Speaker, Facet::Speaker), (Field::Place, Facet::Place)] {
            if part.asks(field) {
                let words = part.values(field).flat_map(|value| self.words.with_part(facet, value));
                found &= marked(words.filter_map(|w| shelf.with(w)).flatten(), shelf.next());
            }
        }
        if part.asks(Field::Party) {
            found &= self.of_parties(shelf, part.values(Field::Party));
        }
        if part.asks(Field::Conflict) {
            found &= self.of_conflicts(shelf, part, lent);
        }
        if OF_REPORT.iter().any(|f| part.asks(*f)) {
            let reports = self.reports_asked(part);
            found &= if kind == Kind::Reports { reports } else { self.of_reports(kind, &reports) };
        }
        if part.asks(Field::Doubt) {
            let wanted: Vec<Doubt> = part.values(Field::Doubt).filter_map(Doubt::parse).collect();
            found = found.into_iter().filter(|s| wanted.iter().any(|d| self.doubts(kind, *s).has(*d))).collect();
        }
        self.keep_days(shelf, part, &mut found);
        found
    }

    fn any_of<'v>(&self, shelf: &Shelf, facet: Facet, values: impl Iterator<Item = &'v str>) -> RoaringBitmap {
        let mut any = RoaringBitmap::new();
        for set in values.filter_map(|v| self.words.find(facet, v)).filter_map(|w| shelf.with(w)) {
            any |= set;
        }
        any
    }

    /// Lines that a party has any part in.
    pub(super) fn of_parties<'v>(&self, shelf: &Shelf, parties: impl Iterator<Item = &'v str>) -> RoaringBitmap {
        let mut any = RoaringBitmap::new();
        for party in parties {
            for facet in [Facet::Voice, Facet::Actor, Facet::Target, Facet::Denier] {
                if let Some(set) = self.words.find(facet, party).and_then(|w| shelf.with(w)) {
                    any |= set;
                }
            }
        }
        any
    }

    /// Lines that a party of a conflict has part in, in the years of it or of no known day.
    fn of_conflicts(&self, shelf: &Shelf, filter: &Filter, lent: &Lent) -> RoaringBitmap {
        let mut any = RoaringBitmap::new();
        for conflict in lent.conflicts.iter().filter(|c| filter.has(Field::Conflict, &c.name.to_lowercase())) {
            let front = &conflict.front;
            let parties = front.sides.iter().chain(front.stands_with.keys()).chain(&front.others);
            let mut of = self.of_parties(shelf, parties.map(String::as_str));
            let year = |year: i32| Iso::parse(&format!("{year:04}")).map(|i| i.days());
            let from = year(conflict.from).map_or(i32::MIN, |d| d.0);
            let to = conflict.to.and_then(year).map_or(i32::MAX, |d| d.1);
            let c = &shelf.columns;
            of = of.into_iter().filter(|s| within(c.first[*s as usize], c.last[*s as usize], from, to, true)).collect();
            any |= of;
        }
        any
    }

    fn reports_asked(&self, filter: &Filter) -> RoaringBitmap {
        let mut found = (*self.reports.live).clone();
        if filter.asks(Field::Outlet) {
            let wanted: Vec<String> = filter.values(Field::Outlet).map(str::to_lowercase).collect();
            let mut any = RoaringBitmap::new();
            let named = |w: &u32| self.words.get(*w).is_some_and(|name| wanted.contains(&name.to_lowercase()));
            let words = self.words.of_kind(Facet::Outlet).iter().copied().filter(|w| named(w));
            words.filter_map(|w| self.reports.with(w)).for_each(|s| any |= s);
            found &= any;
        }
        for (field, facet) in [(Field::Agency, Facet::Agency), (Field::Language, Facet::Language)] {
            if filter.asks(field) {
                found &= self.any_of(&self.reports, facet, filter.values(field));
            }
        }
        if filter.asks(Field::Report) {
            let named = |slot: &u32| {
                let (id, path) = (self.reports.columns.ids.get(*slot), self.paths.get(*slot));
                filter.values(Field::Report).any(|r| id == r || path.contains(r))
            };
            found = found.into_iter().filter(named).collect();
        }
        found
    }

    /// Claims or figures of some reports.
    fn of_reports(&self, kind: Kind, reports: &RoaringBitmap) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        for report in reports {
            found.insert_range(if kind == Kind::Figures { self.figures_of(report) } else { self.claims_of(report) });
        }
        found
    }

    fn claims_of_figures(&self, figures: &RoaringBitmap) -> RoaringBitmap {
        let claim_of = |f: u32| self.figures.columns.claim[f as usize];
        marked(figures.iter().map(claim_of).filter(|c| *c != NO_SLOT), self.claims.next())
    }

    /// Incidents that a party denies.
    pub(super) fn disputed(&self) -> RoaringBitmap {
        let mut any = RoaringBitmap::new();
        let words = self.words.of_kind(Facet::Denier).iter();
        words.filter_map(|w| self.incidents.with(*w)).for_each(|set| any |= set);
        any & &*self.incidents.live
    }

    fn keep_days(&self, shelf: &Shelf, filter: &Filter, found: &mut RoaringBitmap) {
        let day = |field: Field| filter.value(field).and_then(Iso::parse).map(|i| i.days());
        let (since, until) = (day(Field::Since).map(|d| d.0), day(Field::Until).map(|d| d.1));
        if since.is_none() && until.is_none() {
            return;
        }
        let (since, until) = (since.unwrap_or(i32::MIN), until.unwrap_or(i32::MAX));
        let c = &shelf.columns;
        if found.len() * 8 < c.len() as u64 {
            let fits = |s: &u32| within(c.first[*s as usize], c.last[*s as usize], since, until, false);
            *found = std::mem::take(found).into_iter().filter(fits).collect();
            return;
        }
        // Most lines: eight at a time, a bit each.
        let eight = |(first, last): (&[i32], &[i32])| {
            let bits = first.iter().zip(last).zip(0..);
            bits.fold(0_u8, |byte, ((f, l), bit)| byte | u8::from(within(*f, *l, since, until, false)) << bit)
        };
        let bytes: Vec<u8> = c.first.chunks(8).zip(c.last.chunks(8)).map(eight).collect();
        *found &= RoaringBitmap::from_lsb0_bytes(0, &bytes);
    }

    /// Reasons to look at a claim or figure.
    pub(crate) fn doubts(&self, kind: Kind, slot: u32) -> Doubts {
        let shelf = if kind == Kind::Figures { &self.figures } else { &self.claims };
        let mut doubts = Doubts::of_number(shelf.columns.extra[slot as usize]);
        if kind == Kind::Claims && self.open_denials.contains(slot) {
            doubts.add(Doubt::DenialOfUnknown);
        }
        doubts
    }
}

/// The fields of a filter, each by itself; first and last day go together.
fn parts(filter: &Filter) -> Vec<Filter> {
    let mut parts = Vec::new();
    for field in Field::ALL.iter().filter(|f| filter.asks(**f)) {
        let group: &[Field] = match field {
            Field::Since | Field::Until => &[Field::Since, Field::Until],
            other => std::slice::from_ref(other),
        };
        let part = filter.only(group);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// Slots in whatever order, below `next`, as a set.
pub(super) fn marked(slots: impl Iterator<Item = u32>, next: u32) -> RoaringBitmap {
    let mut bytes = vec![0_u8; next as usize / 8 + 1];
    slots.for_each(|slot| bytes[slot as usize / 8] |= 1 << (slot % 8));
    RoaringBitmap::from_lsb0_bytes(0, &bytes)
}

/// Whether a stretch of days overlaps another; what has no day is in none, unless it is `taken_in`.
fn within(first: i32, last: i32, since: i32, until: i32, taken_in: bool) -> bool {
    if first == NO_DAY {
        return taken_in;
    }
    last >= since && first <= until
}
