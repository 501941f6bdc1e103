//! Which object of a report that was read again is the one that somebody corrected?

use std::collections::{BTreeMap, BTreeSet};

use evidence::Span;
use evidence::correction::{Anchor, Correction, Kind, Object, Values, of_claim, of_figure};
use evidence::ledger::Reading;

/// Where a corrected object is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attached {
    /// It has the same id.
    Same,
    /// The object of this id stands at its place.
    To(String),
    /// None stands there: the correction is shown as adrift.
    Adrift,
}

/// Finds the objects of corrections in the readings of their articles. One whose id is gone is the object of the same
/// kind with the very same words at the same place, or else the one that shares most bytes with it; two that were apart
/// come to one only where the words are the very same, and of several objects at one place the one that is read most
/// alike is taken.
pub fn attach<'c>(
    corrections: impl IntoIterator<Item = &'c Correction>,
    readings: &[Reading],
) -> BTreeMap<Object, Attached> {
    let mut anchors: BTreeMap<&Object, &Anchor> = BTreeMap::new();
    for c in corrections {
        // The latest word tells best where it stands.
        anchors.insert(&c.said.object, &c.said.anchor);
    }
    let readings: BTreeMap<&str, &Reading> = readings.iter().map(|r| (r.article.id.as_str(), r)).collect();
    let mut by_article: BTreeMap<&str, Vec<(&Object, &Anchor)>> = BTreeMap::new();
    for (object, anchor) in anchors {
        by_article.entry(&anchor.article).or_default().push((object, anchor));
    }
    let mut found = BTreeMap::new();
    for (article, wanted) in by_article {
        for kind in Kind::ALL {
            let of_kind: Vec<_> = wanted.iter().copied().filter(|(o, _)| o.kind == kind).collect();
            found.extend(in_article(kind, &of_kind, readings.get(article).copied()));
        }
    }
    found
}

/// An object as it is read now.
struct Present<'a> {
    id: &'a str,
    span: Span,
    values: Values,
}

fn in_article(kind: Kind, wanted: &[(&Object, &Anchor)], reading: Option<&Reading>) -> Vec<(Object, Attached)> {
    let Some(reading) = reading.filter(|_| !wanted.is_empty()) else {
        return wanted.iter().map(|(o, _)| ((*o).clone(), Attached::Adrift)).collect();
    };
    let present = present(kind, reading);
    let mut out: Vec<(Object, Attached)> = Vec::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut gone: Vec<(&Object, &Anchor)> = Vec::new();
    for (object, anchor) in wanted {
        match present.iter().find(|p| p.id == object.id) {
            Some(p) => {
                taken.insert(p.id);
                out.push(((*object).clone(), Attached::Same));
            }
            None => gone.push((object, anchor)),
        }
    }
    let mut pairs: Vec<(bool, usize, usize, usize, usize)> = Vec::new();
    for (g, (_, anchor)) in gone.iter().enumerate() {
        let span = located(anchor, &reading.article.text);
        for (p, now) in present.iter().enumerate() {
            let shared = now.span.end().min(span.end()).saturating_sub(now.span.start().max(span.start()));
            if shared > 0 {
                pairs.push((now.span == span, shared, alike(&anchor.read, &now.values), g, p));
            }
        }
    }
    // Best first; of equals the first in the text.
    pairs.sort_by_key(|(same, shared, alike, g, p)| (!same, usize::MAX - shared, usize::MAX - alike, *g, *p));
    let mut homes: BTreeMap<usize, usize> = BTreeMap::new();
    // Two that stood at one place go to two objects where there are two.
    for second in [false, true] {
        for (same, _, _, g, p) in &pairs {
            let free = !taken.contains(present[*p].id) || second && *same;
            if !homes.contains_key(g) && free {
                homes.insert(*g, *p);
                taken.insert(present[*p].id);
            }
        }
    }
    for (g, (object, _)) in gone.iter().enumerate() {
        let home = homes.get(&g).map_or(Attached::Adrift, |p| Attached::To(present[*p].id.to_owned()));
        out.push(((*object).clone(), home));
    }
    out
}

fn present(kind: Kind, reading: &Reading) -> Vec<Present<'_>> {
    let article = &reading.article;
    match kind {
        Kind::Claim => reading
            .claims
            .iter()
            .map(|c| Present { id: &c.id, span: c.content, values: of_claim(article, c) })
            .collect(),
        Kind::Figure => {
            reading.figures.iter().map(|f| Present { id: &f.id, span: f.span, values: of_figure(article, f) }).collect()
        }
    }
}

/// The words of an anchor in the text as it is now: at the same place, or else where they stand nearest to it.
fn located(anchor: &Anchor, text: &str) -> Span {
    let there = text.get(anchor.span.range()) == Some(anchor.quote.as_str());
    if there || anchor.quote.is_empty() {
        return anchor.span;
    }
    let places = text.match_indices(&anchor.quote).map(|(at, _)| at);
    let nearest = places.min_by_key(|at| at.abs_diff(anchor.span.start()));
    nearest.map_or(anchor.span, |at| Span::new(at, at + anchor.quote.len()))
}

/// In how many fields two readings are the same.
fn alike(a: &Values, b: &Values) -> usize {
    a.iter().filter(|(field, value)| b.get(field) == Some(value)).count()
}
