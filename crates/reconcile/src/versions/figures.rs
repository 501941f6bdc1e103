//! Which counts of people harmed changed from one version to another?

use std::collections::BTreeSet;

use evidence::ledger::Reading;
use evidence::version::Change;
use evidence::{Category, Figure};

use super::claims::Pairs;
use super::text::Bag;

/// Share of common words of their paragraphs from which two counts may be of one thing, where their claims do not tell.
const ALIKE: f64 = 0.5;

/// Counts that are new, gone or others than before, in the order of the newer text; those that are gone come last.
///
/// A count that the newer text itself calls older ("up from 16") is none of its own.
pub(super) fn changes(older: &Reading, newer: &Reading, pairs: &Pairs) -> Vec<Change<String>> {
    let own = |r: &'_ Reading| -> Vec<usize> { (0..r.figures.len()).filter(|n| !r.figures[*n].superseded).collect() };
    let (before, after) = (own(older), own(newer));
    let bags = |r: &Reading| -> Vec<Bag> { r.figures.iter().map(|f| Bag::of(paragraph(r, f))).collect() };
    let (old_words, new_words) = (bags(older), bags(newer));
    let mut found = Vec::new();
    for m in &before {
        for n in &after {
            let (a, b) = (&older.figures[*m], &newer.figures[*n]);
            let words = old_words[*m].alike(&new_words[*n]);
            let one_claim = one_claim(a, b, older, newer, pairs);
            found.extend(likeness(a, b, words, one_claim).map(|score| (-score, m.abs_diff(*n), *m, *n)));
        }
    }
    found.sort_unstable();
    let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
    let mut out: Vec<(usize, Change<String>)> = Vec::new();
    for (_, _, m, n) in found {
        if old.contains(&m) || new.contains(&n) {
            continue;
        }
        old.insert(m);
        new.insert(n);
        let (a, b) = (&older.figures[m], &newer.figures[n]);
        let fields = fields(a, b);
        if !fields.is_empty() {
            out.push((n, Change { older: Some(a.id.clone()), newer: Some(b.id.clone()), fields }));
        }
    }
    let come = after.iter().filter(|n| !new.contains(n));
    out.extend(come.map(|n| (*n, Change { older: None, newer: Some(newer.figures[*n].id.clone()), fields: vec![] })));
    out.sort_by_key(|(n, _)| *n);
    let gone = before.iter().filter(|m| !old.contains(m));
    let gone = gone.map(|m| Change { older: Some(older.figures[*m].id.clone()), newer: None, fields: vec![] });
    out.into_iter().map(|(_, c)| c).chain(gone).collect()
}

/// Whether two counts stand in what is one claim of both versions.
fn one_claim(a: &Figure, b: &Figure, older: &Reading, newer: &Reading, pairs: &Pairs) -> bool {
    let place = |r: &Reading, claim: &Option<String>| r.claims.iter().position(|c| Some(&c.id) == claim.as_ref());
    let claims = (place(older, &a.claim), place(newer, &b.claim));
    matches!(claims, (Some(m), Some(n)) if pairs.forward.get(&m) == Some(&n))
}

/// How much two counts seem to be of the same people; `None` if they cannot be. `words`: share of words that their
/// paragraphs have in common.
fn likeness(a: &Figure, b: &Figure, words: f64, one_claim: bool) -> Option<i64> {
    let told_apart = |x: &Option<String>, y: &Option<String>| x.is_some() && y.is_some() && x != y;
    let categories = a.category != b.category && ![a.category, b.category].contains(&Category::Unspecified);
    if a.harm != b.harm || told_apart(&a.party, &b.party) || categories || !one_claim && words < ALIKE {
        return None;
    }
    let same = [a.party == b.party, a.category == b.category, a.place == b.place, (a.low, a.high) == (b.low, b.high)];
    let same = same.into_iter().filter(|s| *s).count() as i64;
    Some((words * 1000.0) as i64 + if one_claim { 500 } else { 0 } + 100 * same)
}

fn fields(a: &Figure, b: &Figure) -> Vec<std::borrow::Cow<'static, str>> {
    let differ = [
        ("count", (a.low, a.high) != (b.low, b.high)),
        ("qualifier", a.qualifier != b.qualifier),
        ("category", a.category != b.category),
        ("party", a.party != b.party),
        ("place", a.place != b.place),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.into()).collect()
}

/// The paragraph that a count stands in.
fn paragraph<'a>(r: &'a Reading, f: &Figure) -> &'a str {
    let text = &r.article.text;
    let start = text[..f.span.start()].rfind('\n').map_or(0, |i| i + 1);
    let end = text[f.span.end()..].find('\n').map_or(text.len(), |i| f.span.end() + i);
    &text[start..end]
}
