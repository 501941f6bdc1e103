//! Lines as they come from the ledger, before they have their slots.

use store::line::{ClaimLine, FigureLine, MatterKind, MatterLine, ReportLine, Sink};

use super::shelf::{Fresh, NO_SLOT, Texts};

/// Lines that were read one after the other. Slots count from the first of each kind.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub reports: Fresh,
    pub paths: Texts,
    pub claims: Fresh,
    pub figures: Fresh,
    pub incidents: Fresh,
    pub ceasefires: Fresh,
    /// Of each incident and ceasefire, in their order: keys of claims, with whether it is known what each denies.
    pub incident_members: Vec<Vec<(u64, bool)>>,
    pub ceasefire_members: Vec<Vec<(u64, bool)>>,
    /// Claims of the report that is read, before the present one.
    first_claim: u32,
}

impl Sink for Batch {
    fn report(&mut self, key: u64, line: &ReportLine) {
        self.first_claim = self.claims.columns.len() as u32;
        let c = &mut self.reports.columns;
        c.ids.push(line.id);
        c.keys.push(key);
        c.push_days(line.days);
        c.report.push(self.first_claim);
        c.number.push(0);
        c.extra.push(self.figures.columns.len() as u32);
        self.paths.push(line.path);
        self.reports.push_words(line.words);
    }

    fn claim(&mut self, line: &ClaimLine) {
        let c = &mut self.claims.columns;
        c.ids.push(line.id);
        c.keys.push(line.key);
        c.push_days(line.days);
        c.report.push((self.reports.columns.len() as u32).saturating_sub(1));
        c.number.push(0);
        c.extra.push(line.doubts);
        self.claims.push_words(line.words);
        if let Some(claims) = self.reports.columns.number.last_mut() {
            *claims += 1;
        }
    }

    fn figure(&mut self, line: &FigureLine) {
        let report = (self.reports.columns.len() as u32).saturating_sub(1);
        let place = self.figures.columns.len() as u32 - self.reports.columns.extra.last().copied().unwrap_or(0);
        let c = &mut self.figures.columns;
        c.ids.push(line.id);
        // A report has fewer than 2²⁰ figures; its key is never that of another.
        c.keys.push(self.reports.columns.keys.last().copied().unwrap_or(0) << 20 | u64::from(place));
        c.push_days(line.days);
        c.report.push(report);
        c.number.push(line.low.or(line.high).map_or(0, |n| u32::try_from(n).unwrap_or(u32::MAX)));
        c.extra.push(line.doubts);
        c.claim.push(line.claim.map_or(NO_SLOT, |n| self.first_claim + n));
        self.figures.push_words(line.words);
    }

    fn matter(&mut self, line: &MatterLine) {
        let (fresh, members) = match line.kind {
            MatterKind::Incident => (&mut self.incidents, &mut self.incident_members),
            MatterKind::Ceasefire => (&mut self.ceasefires, &mut self.ceasefire_members),
        };
        let c = &mut fresh.columns;
        c.ids.push(line.id);
        c.keys.push(line.key);
        c.push_days(line.days);
        c.number.push(line.weight);
        c.extra.push(line.denials);
        fresh.push_words(line.words);
        members.push(line.members.to_vec());
    }
}

impl Batch {
    /// Counts slots from where the lines will stand.
    pub(super) fn shift(&mut self, reports: u32, claims: u32, figures: u32) {
        let by = |column: &mut Vec<u32>, by: u32| {
            column.iter_mut().filter(|s| **s != NO_SLOT).for_each(|s| *s += by);
        };
        by(&mut self.reports.columns.report, claims);
        by(&mut self.reports.columns.extra, figures);
        by(&mut self.claims.columns.report, reports);
        by(&mut self.figures.columns.report, reports);
        by(&mut self.figures.columns.claim, claims);
    }
}
