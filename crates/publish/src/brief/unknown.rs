//! What is not known: no date, no speaker, no place on the map, no count given, no answer.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Act, Claim};

use super::desk::Desk;
use super::{Block, Item, Line, Piece, alleged, text};
use crate::disputes::parties_of;
use crate::wording;

/// Most statements that are named by their citation under one remark.
const MOST: usize = 12;

/// One remark for each thing that these reports leave open.
pub(super) fn blocks<'a>(desk: &mut Desk<'_, 'a>) -> Vec<Block> {
    let claims = desk.claims();
    let mut items = vec![undated(desk)];
    items.push(cited(desk, "statements tell no time of their own", &claims, |c| {
        c.time.as_ref().is_none_or(|t| t.value.is_none() && t.end.is_none())
    }));
    items.push(cited(desk, "statements name no speaker: they stand as the report's own words", &claims, |c| {
        c.speakers.is_empty()
    }));
    items.push(cited(desk, "accusations name nobody who did it", &claims, |c| {
        c.act == Act::Accuse && !c.actors.iter().any(|r| r.party.is_some() || r.entity.is_some())
    }));
    items.push(silent(desk, &claims));
    items.push(places(desk, &claims));
    items.push(cited(desk, "times somebody would not comment or give a figure", &claims, |c| c.act == Act::Decline));
    let book = desk.book;
    items.push(cited(desk, "denials answer no statement that is known to be meant", &claims, |c| {
        c.act == Act::Deny && book.denial(&c.id).is_none_or(|d| d.denies.is_empty())
    }));
    items.push(counted(desk));
    vec![Block::List(items.into_iter().flatten().collect())]
}

/// What has no date, left out or taken in.
fn undated(desk: &Desk) -> Option<Item> {
    let mut by: BTreeMap<String, usize> = BTreeMap::new();
    for c in desk.request.undated.iter().filter_map(|id| desk.book.claim(id)) {
        *by.entry(desk.report(&c.article)).or_default() += 1;
    }
    let total: usize = by.values().sum();
    let what = if desk.request.with_undated {
        "statements have no date, neither in their words nor from their report; they are in this brief all the same:"
    } else {
        "statements are left out because neither their words nor their report have a date (--undated takes them in):"
    };
    let below = by.iter().map(|(report, n)| vec![Piece::Faint(format!("{report}: {n}"))]);
    (total > 0).then(|| Item {
        line: vec![Piece::Strong(total.to_string()), text(format!(" {what}"))],
        below: below.collect(),
    })
}

/// How many statements something is true of, and which.
fn cited<'a>(desk: &mut Desk<'_, 'a>, what: &str, claims: &[&'a Claim], is: impl Fn(&Claim) -> bool) -> Option<Item> {
    let found: Vec<&Claim> = claims.iter().copied().filter(|c| is(c)).collect();
    let mut line: Line = vec![Piece::Strong(found.len().to_string()), text(format!(" {what}"))];
    for (n, c) in found.iter().take(MOST).enumerate() {
        line.push(text(if n == 0 { ": " } else { " " }));
        line.push(Piece::Cite(desk.cite(&c.article, c.content)));
    }
    if found.len() > MOST {
        line.push(text(format!(" and {} more", found.len() - MOST)));
    }
    (!found.is_empty()).then(|| Item { line, below: Vec::new() })
}

/// Parties that are accused and of which no word is in these reports.
fn silent<'a>(desk: &Desk<'_, 'a>, claims: &[&'a Claim]) -> Option<Item> {
    let speaking: BTreeSet<&str> = claims.iter().flat_map(|c| parties_of(&c.speakers, c.joint)).collect();
    let sides = alleged::sides(desk, claims);
    let names: Vec<&str> =
        sides.into_iter().filter(|p| !speaking.contains(p)).map(|p| desk.book.party_name(p)).collect();
    (!names.is_empty()).then(|| Item {
        line: vec![text(format!(
            "Of these parties, accused or bound by a truce, these reports have no word: {}.",
            names.join(", ")
        ))],
        below: Vec::new(),
    })
}

/// Places that no gazetteer or profile knows.
fn places<'a>(desk: &mut Desk<'_, 'a>, claims: &[&'a Claim]) -> Option<Item> {
    let mut below: BTreeMap<String, Line> = BTreeMap::new();
    for (c, r) in claims.iter().flat_map(|c| c.places.iter().map(move |r| (c, r))) {
        let located = r.entity.as_deref().and_then(|id| desk.book.entity(id)).is_some_and(|e| e.lat.is_some());
        let Some(span) = r.span.filter(|_| !located && r.party.is_none()) else { continue };
        let words = wording::printable(desk.book.quote(&c.article, span));
        // "the frontline", "two districts" are on no map either, and need no mending.
        let named = words.split(' ').next().is_some_and(|first| first.starts_with(char::is_uppercase));
        let is_party = r.entity.as_deref().is_some_and(|id| id.starts_with("party:"));
        if !named || is_party {
            continue;
        }
        let cited = Piece::Cite(desk.cite(&c.article, span));
        let line = below.entry(words.to_lowercase()).or_insert_with(|| vec![text(format!("“{words}”"))]);
        if line.len() < MOST && !line.contains(&cited) {
            line.extend([text(" "), cited]);
        }
    }
    (!below.is_empty()).then(|| Item {
        line: vec![Piece::Strong(below.len().to_string()), text(" places are told that are on no map known here:")],
        below: below.into_values().collect(),
    })
}

/// Counts of people of whom it is not said whose they are.
fn counted<'a>(desk: &mut Desk<'_, 'a>) -> Option<Item> {
    let figures = desk.book.figures();
    let open: Vec<_> =
        figures.into_iter().filter(|f| desk.request.figures.contains(&f.id) && f.party.is_none()).collect();
    let mut line: Line =
        vec![Piece::Strong(open.len().to_string()), text(" counts do not say whose people they are of:")];
    for f in &open {
        line.extend([text(" "), Piece::Cite(desk.cite(&f.article, f.span))]);
    }
    (!open.is_empty()).then(|| Item { line, below: Vec::new() })
}
