//! Which claims of one version are those of another, and what changed in them?

use std::collections::BTreeMap;

use evidence::ledger::Reading;
use evidence::version::Change;
use evidence::{Claim, Reference, Speaker};

use super::text::Bag;

/// Share of common words from which a claim may be another's new form.
const ALIKE: f64 = 0.5;

/// Claims of the older version with those of the newer that they became, as places in their lists.
pub(super) struct Pairs {
    pub forward: BTreeMap<usize, usize>,
    back: BTreeMap<usize, usize>,
}

/// Pairs claims: of the same words first, then the most alike, of one speaker before of two.
pub(super) fn pairs(older: &Reading, newer: &Reading) -> Pairs {
    let bags = |r: &Reading| -> Vec<Bag> { r.claims.iter().map(|c| Bag::of(content(r, c))).collect() };
    let (before, after) = (bags(older), bags(newer));
    let mut found = Vec::new();
    for (m, a) in older.claims.iter().enumerate() {
        for (n, b) in newer.claims.iter().enumerate() {
            let words = before[m].alike(&after[n]);
            let one_voice = voice(a) == voice(b);
            if words >= ALIKE && (one_voice || words > 0.8) {
                // Best first; claims of one sentence have much the same words, so what they say of it counts too.
                let same = fields(a, b, older, newer).len();
                found.push(((words * 1000.0) as i64 + if one_voice { 500 } else { 0 } - 20 * same as i64, m, n));
            }
        }
    }
    found.sort_by_key(|(score, m, n)| (-score, m.abs_diff(*n), *m, *n));
    let mut pairs = Pairs { forward: BTreeMap::new(), back: BTreeMap::new() };
    for (_, m, n) in found {
        if !pairs.forward.contains_key(&m) && !pairs.back.contains_key(&n) {
            pairs.forward.insert(m, n);
            pairs.back.insert(n, m);
        }
    }
    pairs
}

/// Claims that are new, gone, or say something else, in the order of the newer text; those that are gone come last.
pub(super) fn changes(older: &Reading, newer: &Reading, pairs: &Pairs) -> Vec<Change<String>> {
    let mut out = Vec::new();
    for (n, b) in newer.claims.iter().enumerate() {
        match pairs.back.get(&n).map(|m| &older.claims[*m]) {
            None => out.push(Change { older: None, newer: Some(b.id.clone()), fields: Vec::new() }),
            Some(a) => {
                let fields = fields(a, b, older, newer);
                if !fields.is_empty() {
                    let fields = fields.into_iter().map(Into::into).collect();
                    out.push(Change { older: Some(a.id.clone()), newer: Some(b.id.clone()), fields });
                }
            }
        }
    }
    let gone = older.claims.iter().enumerate().filter(|(m, _)| !pairs.forward.contains_key(m));
    out.extend(gone.map(|(_, a)| Change { older: Some(a.id.clone()), newer: None, fields: Vec::new() }));
    out
}

fn content<'a>(r: &'a Reading, c: &Claim) -> &'a str {
    c.content.of(&r.article.text)
}

/// Who speaks, as far as it can be compared between two texts.
fn voice(c: &Claim) -> Vec<[Option<&str>; 3]> {
    c.speakers.iter().map(body).collect()
}

fn body(s: &Speaker) -> [Option<&str>; 3] {
    // An entity says all; where there is none, the name and the party do.
    match &s.entity {
        Some(entity) => [Some(entity), None, None],
        None => [None, s.name.as_deref().or(s.role.as_deref()), s.party.as_deref()],
    }
}

/// Which fields of two claims differ, by their names in the export.
fn fields(a: &Claim, b: &Claim, older: &Reading, newer: &Reading) -> Vec<&'static str> {
    let meant = |refs: &[Reference]| -> Vec<(Option<String>, Option<String>)> {
        refs.iter().map(|r| (r.entity.clone(), r.party.clone())).collect()
    };
    let when = |c: &Claim| c.time.as_ref().map(|t| (t.value.clone(), t.end.clone()));
    let differ = [
        ("content", content(older, a) != content(newer, b)),
        ("speakers", voice(a) != voice(b)),
        ("act", a.act != b.act),
        ("event", a.event != b.event),
        ("mode", a.mode != b.mode),
        ("actors", meant(&a.actors) != meant(&b.actors)),
        ("targets", meant(&a.targets) != meant(&b.targets)),
        ("places", meant(&a.places) != meant(&b.places)),
        ("time", when(a) != when(b)),
        ("polarity", a.polarity != b.polarity),
        ("status", a.status != b.status),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
