//! One truce told in several reports is one: joined by its sides and the day it takes effect.

use evidence::Ceasefire;
use evidence::ledger::Reading;

use crate::calendar::Day;
use crate::groups::Groups;

/// The truces of all readings, those that are one joined, by their first claim.
pub fn join(readings: &[Reading]) -> Vec<Ceasefire> {
    let all: Vec<&Ceasefire> = readings.iter().flat_map(|r| &r.ceasefires).collect();
    let mut groups = Groups::new(all.len());
    for a in 0..all.len() {
        for b in a + 1..all.len() {
            if is_one(all[a], all[b], readings) {
                groups.join(a, b);
            }
        }
    }
    groups
        .all()
        .into_iter()
        .map(|list| list.iter().map(|i| all[*i].clone()).reduce(merge).expect("groups have members"))
        .collect()
}

/// Whether two truces are one: the same sides, and the same day (or month, or year, told equally). The day of an undated
/// report has no year, and then proves only as much.
fn is_one(a: &Ceasefire, b: &Ceasefire, readings: &[Reading]) -> bool {
    let sides = a.parties.iter().all(|p| b.parties.contains(p)) || b.parties.iter().all(|p| a.parties.contains(p));
    let date = |c: &Ceasefire| c.effective.as_ref().and_then(|e| e.value.value.as_ref()).map(|v| v.date().to_owned());
    let day = |c: &Ceasefire| {
        let e = c.effective.as_ref()?;
        let text = &readings.iter().find(|r| r.article.id == e.article)?.article.text;
        Day::of(&e.value, text)
    };
    let same_day = || matches!((day(a), day(b)), (Some(x), Some(y)) if x.agrees(&y));
    sides && a.kind == b.kind && (date(a).is_some() && date(a) == date(b) || same_day())
}

fn merge(mut a: Ceasefire, b: Ceasefire) -> Ceasefire {
    a.parties.extend(b.parties);
    a.parties.sort();
    a.parties.dedup();
    a.announced_by.extend(b.announced_by);
    a.brokers.extend(b.brokers);
    a.monitors.extend(b.monitors);
    a.terms.extend(b.terms);
    a.violations.extend(b.violations);
    a.status.extend(b.status);
    a.claims.extend(b.claims);
    let finer = |x: &Option<evidence::ceasefire::Located<evidence::time::Time>>| {
        x.as_ref().and_then(|e| e.value.value.as_ref()).map_or(0, |v| v.as_str().len())
    };
    if finer(&b.effective) > finer(&a.effective) {
        a.effective = b.effective;
    }
    a.ends = a.ends.or(b.ends);
    a
}
