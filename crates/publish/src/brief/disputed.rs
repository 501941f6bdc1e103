//! What is disputed: accounts side by side, denials with what they deny, accusations both ways, counts apart, silences.

use std::collections::BTreeMap;

use evidence::{Claim, Incident, Relation};

use super::desk::Desk;
use super::voice::happening;
use super::{Block, Column, Item, Piece, alleged, text};
use crate::disputes::{self, Dispute, parties_of};
use crate::wording;

/// Most places that a heading names.
const PLACES: usize = 4;

/// Every dispute in which a statement of the brief has a part.
pub(super) fn blocks<'a>(desk: &mut Desk<'_, 'a>) -> Vec<Block> {
    let all = disputes::disputes(desk.book, desk.tolls);
    let found = disputes::picked(desk.book, all, &desk.request.claims, &desk.request.figures);
    let mut out = denials(desk, &found);
    out.extend(mutual(desk, &found));
    out.extend(counts(desk, &found));
    out.extend(refusals(desk, &found));
    if out.is_empty() {
        out.push(Block::Text(vec![text("No statement of these days is denied by another.")]));
    }
    out
}

/// Denials with the other accounts of the same incident; those of no incident apart.
fn denials<'a>(desk: &mut Desk<'_, 'a>, found: &[Dispute<'a>]) -> Vec<Block> {
    let mut groups: Vec<(Option<&Incident>, Vec<&Claim>)> = Vec::new();
    for d in found {
        let Dispute::Denial { incident, .. } = d else { continue };
        let at = groups.iter().position(|(i, _)| i.is_some() && i.map(|i| &i.id) == incident.map(|i| &i.id));
        let at = at.unwrap_or_else(|| {
            groups.push((*incident, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.extend(d.claims(desk.book));
    }
    let mut out = Vec::new();
    for (incident, mut claims) in groups {
        // Where it is known what is denied, plain accounts of the rest would only stand in between.
        let known = claims.iter().any(|c| !desk.book.denials_of(&c.id).is_empty());
        let answers = |r| matches!(r, Relation::Accuses | Relation::Confirms | Relation::Denies);
        let members = incident.into_iter().flat_map(|i| &i.claims);
        let members = members.filter(|m| desk.has(&m.claim) && (!known || answers(m.relation)));
        claims.extend(members.filter_map(|m| desk.book.claim(&m.claim)));
        out.extend((out.is_empty()).then(|| Block::Heading("Denials".into())));
        out.push(Block::Under(match (incident, claims.as_slice()) {
            (None, [_]) => "A denial of which it is not known what it denies".to_owned(),
            _ => headline(desk, incident, &claims),
        }));
        out.push(Block::Beside(columns(desk, &claims)));
        for note in incident.iter().flat_map(|i| &i.notes) {
            out.push(Block::Text(vec![Piece::Faint(format!(
                "Note: {}.",
                wording::printable(&wording::told(desk.book, note))
            ))]));
        }
    }
    out
}

/// What it is about: "Use of force, Dorne, 2024-05-02".
pub(super) fn headline(desk: &Desk, incident: Option<&Incident>, claims: &[&Claim]) -> String {
    let event = incident.and_then(|i| i.event).or_else(|| claims.iter().find_map(|c| c.event));
    let mut parts = vec![happening(event).to_owned()];
    if let Some(i) = incident {
        let names = i.places.iter().map(|id| desk.book.entity(id).map_or(id.as_str(), |e| &e.name).to_owned());
        parts.extend(names.take(PLACES));
        let more = i.places.len().saturating_sub(PLACES);
        parts.extend((more > 0).then(|| format!("and {more} more places")));
        let article = desk.book.article_of_time(i).unwrap_or_default();
        parts.push(i.time.as_ref().and_then(|t| desk.time(article, t)).unwrap_or("time not told".into()));
    }
    wording::printable(&parts.join(", "))
}

/// Statements by party, parties in alphabetical order; then what several say together; others last.
fn columns<'a>(desk: &mut Desk<'_, 'a>, claims: &[&'a Claim]) -> Vec<Column> {
    let mut by: BTreeMap<(bool, usize, Vec<String>), Vec<&Claim>> = BTreeMap::new();
    for c in claims {
        let slugs = alleged::in_order(desk, parties_of(&c.speakers, c.joint).into_iter());
        let names: Vec<String> = slugs.into_iter().map(|p| desk.book.party_name(p).to_owned()).collect();
        let column = by.entry((names.is_empty(), names.len(), names)).or_default();
        if !column.iter().any(|had| had.id == c.id) {
            column.push(c);
        }
    }
    let column = |((nobody, many, names), claims): ((bool, usize, Vec<String>), Vec<&'a Claim>)| {
        let name = match (nobody, many) {
            (true, _) => "Others, and reports in their own voice".to_owned(),
            (_, 1) => names.join(""),
            _ => format!("{}, together", names.join(" and ")),
        };
        Column { name, items: alleged::statements(desk, &claims) }
    };
    by.into_iter().map(column).collect()
}

fn mutual<'a>(desk: &mut Desk<'_, 'a>, found: &[Dispute<'a>]) -> Vec<Block> {
    let mut out = Vec::new();
    for d in found {
        let Dispute::Mutual { parties, event, day, claims } = d else { continue };
        out.extend((out.is_empty()).then(|| Block::Heading("Accusations that two parties make of each other".into())));
        let [one, other] = parties.map(|p| desk.book.party_name(p));
        let day = day.unwrap_or("no day told");
        out.push(Block::Under(format!("{one} and {other}: {}, {day}", happening(Some(*event)))));
        out.push(Block::Beside(columns(desk, claims)));
    }
    out
}

fn counts<'a>(desk: &mut Desk<'_, 'a>, found: &[Dispute<'a>]) -> Vec<Block> {
    let groups: Vec<_> =
        found.iter().filter_map(|d| if let Dispute::Counts { figures } = d { Some(figures) } else { None }).collect();
    let mut rows = Vec::new();
    for (n, figures) in groups.iter().enumerate() {
        for f in *figures {
            let whose = f.party.as_deref().map_or("not said", |p| desk.book.party_name(p)).to_owned();
            rows.push(vec![
                vec![text((n + 1).to_string())],
                vec![text(format!("{whose}, {}, {}", f.category, f.harm))],
                vec![Piece::Strong(wording::count(f))],
                vec![text(desk.speakers(&f.article, &f.speakers, false))],
                vec![desk.quote(&f.article, f.span)],
                vec![Piece::Faint(desk.report(&f.article))],
            ]);
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let head = vec!["Group", "Whose people, harm", "Count", "Who says so", "Exact words", "Report"];
    vec![Block::Heading("Counts that cannot both be right".into()), Block::Table { head, rows }]
}

fn refusals<'a>(desk: &mut Desk<'_, 'a>, found: &[Dispute<'a>]) -> Vec<Block> {
    let claims: Vec<&Claim> =
        found.iter().filter_map(|d| if let Dispute::Refusal { claim } = d { Some(*claim) } else { None }).collect();
    if claims.is_empty() {
        return Vec::new();
    }
    let items: Vec<Item> = alleged::statements(desk, &claims);
    vec![Block::Heading("Not commented on, not given".into()), Block::List(items)]
}
