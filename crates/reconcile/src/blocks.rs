//! Which strands of different reports are compared, and when are two of them one occurrence?
//!
//! Strands of one event are compared where both tell the day; where a report that does not tell it appeared on that day or
//! the next; where both count the same many people at one place. A report without any date joins others only on what its
//! text says: a day without its year, a truce, the same distinctive count, the words of a copy.

use std::collections::BTreeMap;

use evidence::{Act, Block, Event, Link};

use crate::block::Kind;
use crate::moments;
use crate::strands::{Strand, places_agree};

/// Cosine from which strands of one event, day, doer and sufferer mean one thing (docs/decisions/0007).
const ALIKE: f32 = 0.5;
/// Strands of one day, doer and sufferer that may be told apart by meaning.
const FEW: usize = 60;
/// Strands of fewer words have words of any report.
const WORDS: usize = 12;
/// Smaller counts are of many incidents.
const DISTINCTIVE: u64 = 5;
/// Days within which one statement is quoted.
const WEEK: i64 = 7;

/// Blocks that a strand stands in by itself.
pub(crate) fn of(s: &Strand) -> Vec<Block> {
    let mut out = Vec::new();
    let Some(event) = s.event.map(Event::as_str) else { return out };
    let told = s.claims.iter().any(|c| c.of_fact && c.event.is_some());
    if told {
        match (&s.day, &s.published) {
            (Some(day), _) => {
                out.push(Kind::Day.block(&[event, day.month_day()]));
                // Reports of this day and the next may tell of it without saying when.
                let next = |date: &String| moments::shifted(date, 1);
                let dates = day.date().into_iter().flat_map(|d| [next(&d), Some(d)]).flatten();
                out.extend(dates.map(|d| Kind::Undated.block(&[event, &d])));
            }
            (None, Some(published)) if !s.places.is_empty() => out.push(Kind::Undated.block(&[event, published])),
            _ => {}
        }
        for (place, count) in s.places.iter().flat_map(|p| s.counts.iter().map(move |c| (p, c))) {
            if let Some(n) = distinctive(count) {
                out.push(Kind::Count.block(&[event, place, &count.harm, &n]));
            }
        }
    }
    if let Some((act, by)) = stance(s)
        && let Some(day) = s.date().or_else(|| s.published.clone())
    {
        out.push(Kind::Stance.block(&[event, act.as_str(), by, &day]));
    }
    out.extend(s.sayings.iter().map(|hash| Kind::Saying.of_hash(*hash)));
    out.sort_unstable();
    out.dedup();
    out
}

/// Links between the strands of a block.
pub(crate) fn links(block: Block, strands: &[Strand]) -> Vec<Link> {
    match Kind::of(block) {
        Some(Kind::Day) => of_day(strands),
        Some(Kind::Undated) => undated(block, strands),
        Some(Kind::Count) => counted(strands),
        Some(Kind::Saying) => said_again(strands),
        Some(Kind::Stance) => chain(strands.iter().collect(), "one side takes one stand on one day"),
        _ => Vec::new(),
    }
}

/// Links between strands that tell of one day.
fn of_day(strands: &[Strand]) -> Vec<Link> {
    let mut out = Vec::new();
    let mut by_point: BTreeMap<Point, Vec<&Strand>> = BTreeMap::new();
    for s in strands {
        s.places.iter().for_each(|p| by_point.entry(Point::Place(p)).or_default().push(s));
        s.minute.iter().for_each(|m| by_point.entry(Point::Minute(m)).or_default().push(s));
        if s.places.is_empty() && is_of_all_sides(s) {
            by_point.entry(Point::Sides(&s.actors)).or_default().push(s);
        }
        if s.places.is_empty() && !s.actors.is_empty() && !s.targets.is_empty() {
            by_point.entry(Point::Deed(&s.actors, &s.targets)).or_default().push(s);
        }
    }
    for (point, list) in by_point {
        let fit = |a: &Strand, b: &Strand| one_year(a, b) && sides_agree(a, b) && minutes_agree(a, b);
        out.extend(match point {
            Point::Place(p) => {
                let fit = |a: &Strand, b: &Strand| fit(a, b) && places_agree(&a.places, &b.places);
                pairs(&list, fit, &format!("same event and day, at {p}"))
            }
            Point::Minute(m) => pairs(&list, fit, &format!("same event, day and minute, {m}")),
            Point::Sides(_) => pairs(&list, fit, "same event and day, of the same sides"),
            Point::Deed(..) => alike(&list, fit),
        });
    }
    out
}

/// What strands of one event and day have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Point<'a> {
    Place(&'a str),
    Minute(&'a str),
    Sides(&'a [String]),
    Deed(&'a [String], &'a [String]),
}

/// Links between strands of one day, doer and sufferer and no place whose words mean like things; where there are many
/// such, one day's deeds are too many to be told apart by that.
fn alike(list: &[&Strand], fit: impl Fn(&Strand, &Strand) -> bool) -> Vec<Link> {
    let mut out = Vec::new();
    for (n, a) in list.iter().enumerate().filter(|_| list.len() <= FEW) {
        for b in list[n + 1..].iter().filter(|b| b.article != a.article && fit(a, b)) {
            let likeness = a.likeness(b);
            if likeness >= ALIKE {
                let reason = format!("same event, day, doer and sufferer, like in meaning ({likeness:.2})");
                out.push(Link::new(&a.id, &b.id, reason));
            }
        }
    }
    out
}

/// Links of strands whose report appeared on a day and does not tell theirs: to the best that is told of that day or the
/// one before, else to one another.
fn undated(block: Block, strands: &[Strand]) -> Vec<Link> {
    let mut out = Vec::new();
    let (dated, open): (Vec<&Strand>, Vec<&Strand>) = strands.iter().partition(|s| s.day.is_some());
    let mut at: BTreeMap<&str, Vec<&Strand>> = BTreeMap::new();
    for d in dated {
        d.places.iter().for_each(|p| at.entry(p).or_default().push(d));
    }
    let mut left: BTreeMap<&str, Vec<&Strand>> = BTreeMap::new();
    for s in open {
        let own = s.event.zip(s.published.as_ref()).map(|(e, p)| Kind::Undated.block(&[e.as_str(), p]));
        if own != Some(block) {
            continue;
        }
        match best(s, s.places.iter().filter_map(|p| at.get(p.as_str())).flatten().copied()) {
            Some(d) => {
                let reason = format!("same event, at {}, on a day that its report is of", place_of(s, d));
                out.push(Link::new(&s.id, &d.id, reason));
            }
            None => s.places.iter().for_each(|p| left.entry(p).or_default().push(s)),
        }
    }
    for (place, list) in left {
        let fit = |a: &Strand, b: &Strand| sides_agree(a, b) && places_agree(&a.places, &b.places);
        out.extend(pairs(&list, fit, &format!("same event, at {place}, in reports of one day")));
    }
    out
}

/// The strand that tells of a day what `s` tells without one: by counts and places in common, then the later day, then by
/// what their words mean.
fn best<'a>(s: &Strand, dated: impl Iterator<Item = &'a Strand>) -> Option<&'a Strand> {
    let fits = |d: &&Strand| d.article != s.article && sides_agree(s, d) && shares_place(s, d);
    let rank = |d: &Strand| (counts_in_common(s, d), common_places(s, d), d.date(), (s.likeness(d) * 1000.0) as i32);
    dated.filter(fits).max_by(|x, y| rank(x).cmp(&rank(y)).then_with(|| y.id.cmp(&x.id)))
}

/// Links of strands that count the same many people at one place: those without any date join the one that has one.
fn counted(strands: &[Strand]) -> Vec<Link> {
    let (dated, undated): (Vec<&Strand>, Vec<&Strand>) =
        strands.iter().partition(|s| s.date().is_some() || s.published.is_some());
    let days: std::collections::BTreeSet<String> =
        dated.iter().filter_map(|s| s.date().or_else(|| s.published.clone())).collect();
    let mut out = Vec::new();
    for (n, s) in undated.iter().enumerate() {
        let others = undated.iter().take(n).filter(|_| dated.is_empty());
        let near = dated.iter().filter(|_| days.len() == 1).chain(others);
        let alike = |d: &&&Strand| sides_agree(s, d) && (counts_in_common(s, d) > 1 || share_words(s, d));
        if let Some(d) = near.filter(alike).min_by_key(|d| &d.id) {
            out.push(Link::new(&s.id, &d.id, format!("no date, but the same counts or words at {}", place_of(s, d))));
        }
    }
    out
}

/// Links between strands that quote the same words of one speaker, in reports of one week or without a date.
fn said_again(strands: &[Strand]) -> Vec<Link> {
    let mut list: Vec<&Strand> = strands.iter().collect();
    list.sort_by(|a, b| (&a.published, &a.id).cmp(&(&b.published, &b.id)));
    let near = |a: &Strand, b: &Strand| match (&a.published, &b.published) {
        (Some(p), Some(q)) => moments::days_apart(p, q).is_some_and(|d| d <= WEEK),
        _ => share_words(a, b),
    };
    let fit =
        |w: &&[&Strand]| w[0].article != w[1].article && near(w[0], w[1]) && places_agree(&w[0].places, &w[1].places);
    list.windows(2).filter(fit).map(|w| Link::new(&w[0].id, &w[1].id, "the same words of the same speaker")).collect()
}

/// Links between all pairs that fit, as few as hang them together: strands that are alike in what is compared are linked
/// in a row, and of each kind the first is compared with the others.
fn pairs(list: &[&Strand], fit: impl Fn(&Strand, &Strand) -> bool, reason: &str) -> Vec<Link> {
    let mut alike: BTreeMap<_, Vec<&Strand>> = BTreeMap::new();
    for s in list {
        alike.entry((&s.day, &s.minute, &s.places, &s.actors, &s.targets)).or_default().push(s);
    }
    let mut out = Vec::new();
    let groups: Vec<Vec<&Strand>> = alike.into_values().collect();
    for (n, group) in groups.iter().enumerate() {
        let first = group[0];
        if fit(first, first) {
            out.extend(chain(group.clone(), reason));
        }
        for other in &groups[n + 1..] {
            if first.article != other[0].article && fit(first, other[0]) {
                out.push(Link::new(&first.id, &other[0].id, reason));
            }
        }
    }
    out
}

/// Links each strand to the next; strands of one report are left as that report has them.
fn chain(mut list: Vec<&Strand>, reason: &str) -> Vec<Link> {
    list.sort_by(|a, b| a.id.cmp(&b.id));
    list.windows(2).filter(|w| w[0].article != w[1].article).map(|w| Link::new(&w[0].id, &w[1].id, reason)).collect()
}

fn one_year(a: &Strand, b: &Strand) -> bool {
    a.day.as_ref().zip(b.day.as_ref()).is_some_and(|(x, y)| x.agrees(y))
}

/// Whether no version of the one lays the deed to none of those whom a version of the other lays it to.
fn sides_agree(a: &Strand, b: &Strand) -> bool {
    let meet = |x: &[String], y: &[String]| x.is_empty() || y.is_empty() || x.iter().any(|p| y.contains(p));
    meet(&a.actors, &b.actors)
}

fn minutes_agree(a: &Strand, b: &Strand) -> bool {
    a.minute.is_none() || b.minute.is_none() || a.minute == b.minute
}

fn common_places(a: &Strand, b: &Strand) -> usize {
    a.places.iter().filter(|p| b.places.contains(p)).count()
}

fn shares_place(a: &Strand, b: &Strand) -> bool {
    common_places(a, b) > 0 && places_agree(&a.places, &b.places)
}

fn place_of<'a>(a: &'a Strand, b: &Strand) -> &'a str {
    a.places.iter().find(|p| b.places.contains(p)).map_or("one place", String::as_str)
}

fn counts_in_common(a: &Strand, b: &Strand) -> usize {
    a.counts.iter().filter(|c| b.counts.contains(c)).count()
}

/// Whether half of the words of the shorter one are in the other.
fn share_words(a: &Strand, b: &Strand) -> bool {
    let shorter = a.words.len().min(b.words.len());
    shorter >= WORDS && 2 * a.words_in_common(b) >= shorter
}

fn is_of_all_sides(s: &Strand) -> bool {
    s.actors.len() > 1 && matches!(s.event, Some(Event::Consult | Event::Agree))
}

fn distinctive(c: &crate::strands::Count) -> Option<String> {
    let n = c.low.or(c.high).filter(|n| *n >= DISTINCTIVE)?;
    Some(format!("{n}-{:?}-{:?}", c.low, c.high))
}

/// The act and the one side of a strand in which one side says what it thinks or wants.
fn stance(s: &Strand) -> Option<(Act, &str)> {
    let first = s.claims.first()?;
    let takes = matches!(first.act, Act::Appeal | Act::Demand | Act::Welcome | Act::Condemn);
    let by = first.speaker.as_deref()?;
    let alike = s.claims.iter().all(|c| c.act == first.act && c.said_by == first.said_by);
    (takes && alike).then_some((first.act, by))
}
