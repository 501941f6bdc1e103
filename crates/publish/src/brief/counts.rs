//! Tolls by whose people are counted: each series of counts with its sources, how its counts stand to each other, and
//! what must not be added to it.

use std::collections::BTreeMap;

use evidence::toll::{Bounds, Count};
use evidence::{Category, Figure, Toll, TollRelation};

use super::desk::Desk;
use super::{Block, Item, Line, Piece, alleged, text};
use crate::{chart, tolls, wording};

/// Remarks on one series beyond this many are only counted.
const SHOWN: usize = 4;

/// The series of each party, in alphabetical order; people of whom it is not said whose they are last.
pub(super) fn blocks<'a>(desk: &mut Desk<'_, 'a>) -> Vec<Block> {
    let mut by: BTreeMap<Option<String>, Vec<Toll>> = BTreeMap::new();
    let mut left_out = 0;
    for t in desk.tolls {
        let of_days = of_days(desk, t);
        left_out += if of_days.counts.is_empty() { 0 } else { t.counts.len() - of_days.counts.len() };
        if !of_days.counts.is_empty() {
            by.entry(t.side.clone()).or_default().push(of_days);
        }
    }
    let order: Vec<String> =
        alleged::in_order(desk, by.keys().flatten().map(String::as_str)).into_iter().map(str::to_owned).collect();
    let mut out = Vec::new();
    for key in order.into_iter().map(Some).chain([None]) {
        let Some(mut series) = by.remove(&key) else { continue };
        series.sort_by_key(|t| (t.harm, t.category));
        let name = key.as_deref().map_or("People whose side is not said", |p| desk.book.party_name(p)).to_owned();
        out.push(Block::Heading(name));
        for t in &series {
            out.push(Block::Under(heading(desk, t)));
            out.extend(drawn(desk, t));
            out.push(table(desk, t));
            out.extend(remarks(desk, t));
        }
    }
    if out.is_empty() {
        out.push(Block::Text(vec![text("Nobody gives a count in these reports.")]));
    } else if left_out > 0 {
        out.push(Block::Text(vec![Piece::Faint(format!(
            "{left_out} more counts of these series are not of these days; the command standoff tolls shows them."
        ))]));
    }
    out
}

/// A series with the counts alone that the brief is of.
fn of_days(desk: &Desk, t: &Toll) -> Toll {
    let mut own = t.clone();
    own.counts.retain(|c| c.figures.iter().any(|f| desk.request.figures.contains(f)));
    let counted = |b: &Bounds| own.counts.iter().any(|c| c.day == b.day && c.voice == b.voice);
    own.range.retain(counted);
    own
}

/// "killed (military), since 27 September 2020".
fn heading(desk: &Desk, t: &Toll) -> String {
    let people = match t.category {
        Category::Unspecified => t.harm.to_string(),
        other => format!("{} ({other})", t.harm),
    };
    wording::printable(&format!("{people}, {}", tolls::covers(desk.book, &t.scope)))
}

/// The series as a chart, if it is of more than one day; its marks lead to the exact words.
fn drawn<'a>(desk: &mut Desk<'_, 'a>, t: &Toll) -> Option<Block> {
    let mut svg = chart::toll(desk.book, t)?;
    for f in t.counts.iter().filter_map(|c| desk.book.figure(c.name())) {
        let number = desk.cite(&f.article, f.span);
        svg = svg.replace(&format!("href=\"#{}\"", f.id), &format!("href=\"#w{number}\""));
    }
    Some(Block::Chart(svg))
}

fn table<'a>(desk: &mut Desk<'_, 'a>, t: &Toll) -> Block {
    let head = vec!["Day", "Count", "Who says so", "Exact words", "How it stands to the others", "Origins"];
    let mut rows = Vec::new();
    for c in &t.counts {
        let figures: Vec<&Figure> = c.figures.iter().filter_map(|id| desk.book.figure(id)).collect();
        let Some(first) = figures.first() else { continue };
        let mut count = vec![Piece::Strong(tolls::number(desk.book, c))];
        let others = c.party.as_deref().filter(|p| Some(*p) != t.side.as_deref());
        count.extend(others.map(|p| Piece::Faint(format!(" of {}", desk.book.party_name(p)))));
        let mut words = Line::new();
        for (n, f) in figures.iter().filter(|f| desk.request.figures.contains(&f.id)).enumerate() {
            words.extend((n > 0).then(|| text(", ")));
            words.push(desk.quote(&f.article, f.span));
            words.push(Piece::Faint(format!(" {}", desk.report(&f.article))));
        }
        rows.push(vec![
            vec![text(c.day.as_ref().map_or("undated".to_owned(), |d| d.date().to_owned()))],
            count,
            vec![text(desk.speakers(&first.article, &first.speakers, false))],
            words,
            vec![text(standing(desk, c))],
            vec![text(c.origins.to_string())],
        ]);
    }
    Block::Table { head, rows }
}

/// How a count stands to the others, in words that prefer none.
fn standing(desk: &Desk, c: &Count) -> String {
    let numbers = |ids: &[String]| {
        let all = ids.iter().filter_map(|id| desk.book.figure(id)).map(wording::count);
        let mut all: Vec<String> = all.collect();
        all.dedup();
        all.join(", ")
    };
    if let Some(part) = &c.part_of {
        let total = desk.book.figure(&part.figure).map(wording::count).unwrap_or_default();
        return wording::printable(&format!("part of {total} ({})", part.reason));
    }
    let to = numbers(&c.to);
    let mut parts: Vec<String> = match c.relation {
        TollRelation::First => Vec::new(),
        TollRelation::Updates => vec![format!("the same side counted {to} before")],
        TollRelation::RevisedDown => vec![format!("the same side counted {to} before, more than now")],
        TollRelation::Repeats => vec!["the same number again".to_owned()],
        TollRelation::Fits => vec![format!("may be so together with {to}")],
        TollRelation::Disagrees => vec![],
        TollRelation::Beside => vec!["the same voice gives other counts; not said to be of the same people".to_owned()],
        TollRelation::Superseded => vec!["an older count, replaced in the same report".to_owned()],
    };
    if !c.against.is_empty() {
        parts.push(format!("cannot be right together with {}", numbers(&c.against)));
    }
    wording::printable(&parts.join("; "))
}

/// What must not be added to a series, and how it was put together.
fn remarks(desk: &Desk, t: &Toll) -> Option<Block> {
    let mut barriers: Vec<(&str, Vec<String>)> = Vec::new();
    for b in &t.barriers {
        let other =
            desk.tolls.iter().find(|other| b.toll.as_ref() == Some(&other.id)).map(|other| named(desk, t, other));
        match barriers.iter_mut().find(|(reason, _)| *reason == b.reason) {
            Some((_, series)) => series.extend(other),
            None => barriers.push((&b.reason, other.into_iter().collect())),
        }
    }
    let barriers = barriers.into_iter().map(|(reason, mut series)| {
        series.dedup();
        let which = if series.is_empty() { String::new() } else { format!(" with: {}", series.join("; ")) };
        format!("Not to be added or merged{which} ({reason}).")
    });
    let all: Vec<String> = barriers.chain(t.notes.iter().map(|n| format!("Note: {n}."))).collect();
    let line = |r: &String| vec![Piece::Faint(wording::printable(&wording::told(desk.book, r)))];
    let mut items: Vec<Item> = all.iter().take(SHOWN).map(|r| Item { line: line(r), below: Vec::new() }).collect();
    if all.len() > SHOWN {
        let more = format!("More remarks: {}; the command standoff tolls has them.", all.len() - SHOWN);
        items.push(Item { line: vec![Piece::Faint(more)], below: Vec::new() });
    }
    (!items.is_empty()).then_some(Block::List(items))
}

/// Another series: its heading, with the side where that is another.
fn named(desk: &Desk, t: &Toll, other: &Toll) -> String {
    if other.side == t.side {
        return heading(desk, other);
    }
    let whose = other.side.as_deref().map_or("side not said", |p| desk.book.party_name(p));
    format!("{} ({whose})", heading(desk, other))
}
