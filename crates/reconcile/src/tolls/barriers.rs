//! What must never be added to a series, or merged with it? Whatever may count the same people again.

use std::collections::BTreeMap;

use evidence::toll::{Barrier, Scope};
use evidence::{Category, Toll};

/// Up to this many other series are named; beyond it, the reason is told once for all of them.
const MANY: usize = 12;
/// Up to this many series every pair is tried.
const FEW: usize = 100;

/// Gives every series its barriers.
pub(super) fn raise(tolls: &mut [Toll]) {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (n, t) in tolls.iter().enumerate() {
        groups.entry((t.conflict.clone(), t.harm)).or_default().push(n);
    }
    let series_of: BTreeMap<String, usize> = tolls
        .iter()
        .enumerate()
        .flat_map(|(n, t)| t.counts.iter().flat_map(move |c| c.figures.iter().map(move |f| (f.clone(), n))))
        .collect();
    let mut raised: Vec<Vec<Barrier>> = tolls.iter().map(|t| of_itself(t).into_iter().collect()).collect();
    for (n, t) in tolls.iter().enumerate() {
        for part in t.counts.iter().filter_map(|c| c.part_of.as_ref()) {
            let Some(total) = series_of.get(&part.figure).filter(|m| **m != n) else { continue };
            push(&mut raised[n], Some(&tolls[*total]), "its people are part of a total there");
            push(&mut raised[*total], Some(t), "its people are part of a total here");
        }
    }
    for list in groups.values() {
        let near = Near::new(tolls, list);
        for n in list {
            let (candidates, beyond) = near.of(tolls, *n);
            let told = |m: &usize| raised[*n].iter().any(|b| b.toll.as_ref() == Some(&tolls[*m].id));
            let others: Vec<(usize, &str)> = candidates
                .into_iter()
                .filter(|m| m != n && !told(m))
                .filter_map(|m| Some((m, overlap(&tolls[*n], &tolls[m])?)))
                .collect();
            if beyond || others.len() > MANY {
                let reason = "many other series of this conflict lie within the time that is counted here, or count others \
                              who may be among these";
                raised[*n].push(Barrier { toll: None, reason: reason.to_owned() });
            }
            for (m, reason) in others.into_iter().take(MANY) {
                push(&mut raised[*n], Some(&tolls[m]), reason);
            }
        }
    }
    for (t, list) in tolls.iter_mut().zip(raised) {
        t.barriers = list;
    }
}

/// Where the series that may overlap with one are found, without trying all pairs of a long war.
struct Near<'t> {
    all: &'t [usize],
    of_scope: BTreeMap<&'t Scope, Vec<usize>>,
    since: Vec<usize>,
    of_day: BTreeMap<&'t str, Vec<usize>>,
}

impl<'t> Near<'t> {
    fn new(tolls: &'t [Toll], all: &'t [usize]) -> Self {
        let mut near = Self { all, of_scope: BTreeMap::new(), since: Vec::new(), of_day: BTreeMap::new() };
        for n in all {
            let scope = &tolls[*n].scope;
            near.of_scope.entry(scope).or_default().push(*n);
            match (scope, last_day(scope)) {
                (Scope::Since { .. }, _) => near.since.push(*n),
                (_, Some(day)) => near.of_day.entry(day).or_default().push(*n),
                _ => {}
            }
        }
        near
    }

    /// Series that may overlap with one, and whether there are more than are worth naming.
    fn of(&self, tolls: &[Toll], n: usize) -> (Vec<usize>, bool) {
        if self.all.len() <= FEW {
            return (self.all.to_vec(), false);
        }
        let scope = &tolls[n].scope;
        let alike = self.of_scope.get(scope).map_or(&[][..], Vec::as_slice).iter();
        let since = self.since.iter().take(FEW);
        let day = last_day(scope).and_then(|d| self.of_day.get(d)).map_or(&[][..], Vec::as_slice).iter();
        let mut out: Vec<usize> = alike.take(FEW).chain(since).chain(day.take(FEW)).copied().collect();
        out.sort_unstable();
        out.dedup();
        (out, matches!(scope, Scope::Since { .. }))
    }
}

fn push(list: &mut Vec<Barrier>, other: Option<&Toll>, reason: &str) {
    let barrier = Barrier { toll: other.map(|t| t.id.clone()), reason: reason.to_owned() };
    if !list.contains(&barrier) {
        list.push(barrier);
    }
}

/// Counts of one series are of the same people.
fn of_itself(t: &Toll) -> Option<Barrier> {
    let several = t.counts.iter().filter(|c| c.part_of.is_none()).count() > 1;
    let reason = match t.scope {
        Scope::Unsaid | Scope::Words(_) => {
            "the counts may be of the same people or of others: the reports do not say what they cover"
        }
        _ if parties(t) > 1 => "the counts may be of the same people: one side's, told of under several parties",
        _ => "the counts are of the same people",
    };
    several.then(|| Barrier { toll: None, reason: reason.to_owned() })
}

/// How many parties' people its counts are told to be of.
fn parties(t: &Toll) -> usize {
    let mut parties: Vec<&str> = t.counts.iter().filter_map(|c| c.party.as_deref()).collect();
    parties.sort_unstable();
    parties.dedup();
    parties.len()
}

/// Why two series of one conflict and harm may count the same people.
fn overlap(a: &Toll, b: &Toll) -> Option<&'static str> {
    let sides = a.side == b.side || a.side.is_none() || b.side.is_none();
    let kinds = a.category == b.category || any(a.category) || any(b.category) || among(a.category, b.category);
    if !sides || !kinds {
        return None;
    }
    if a.scope == b.scope {
        return match () {
            () if matches!(a.scope, Scope::Unsaid) => None,
            () if a.side.is_none() && b.side.is_some() => {
                Some("whose people is not said here: those may be among them")
            }
            () if a.side != b.side => Some("whose people is not said there: these may be among them"),
            () if any(a.category) => Some("of people of every kind here: those may be among them"),
            () => Some("of the same time, another kind of people: some may be counted in both"),
        };
    }
    match (&a.scope, &b.scope) {
        (Scope::Since { from: Some(from), .. }, other) => {
            let day = last_day(other)?;
            (day >= from.as_str()).then_some("it lies within the time that is counted here")
        }
        (other, Scope::Since { from: Some(from), .. }) => {
            let day = last_day(other)?;
            (day >= from.as_str()).then_some("the count there goes on over this time too")
        }
        (Scope::Event { day: Some(d), .. }, Scope::Period { from, to })
        | (Scope::Period { from, to }, Scope::Event { day: Some(d), .. }) => {
            (from <= d && d <= to).then_some("one is of a place, the other of the whole day")
        }
        _ => None,
    }
}

/// The last day that a series of a day or place covers.
fn last_day(scope: &Scope) -> Option<&str> {
    match scope {
        Scope::Event { day: Some(day), .. } => Some(day.as_str()),
        Scope::Period { to, .. } => Some(to.as_str()),
        _ => None,
    }
}

const fn any(c: Category) -> bool {
    matches!(c, Category::Unspecified)
}

/// Whether one kind is a kind of the other: children, journalists and aid workers may be told of as civilians.
const fn among(a: Category, b: Category) -> bool {
    let civilian = matches!(a, Category::Civilian) || matches!(b, Category::Civilian);
    civilian && !matches!(a, Category::Military) && !matches!(b, Category::Military)
}
