//! What several independent origins tell, with their agencies, and whether they all repeat one speaker.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Claim, Incident, Relation};

use super::desk::Desk;
use super::disputed::headline;
use super::{Block, Item, Piece, alleged, text};
use crate::disputes::parties_of;
use crate::wording;

/// Most statements of one origin that are shown.
const STATEMENTS: usize = 6;

/// Most voices that are named.
const VOICES: usize = 12;

/// Who tells what nobody is quoted for.
const OWN_VOICE: &str = "reports in their own voice";

/// Incidents that two or more origins tell of, those of most origins first.
pub(super) fn blocks<'a>(desk: &mut Desk<'_, 'a>) -> Vec<Block> {
    let mut told: Vec<(&Incident, BTreeMap<&str, Vec<&Claim>>)> = Vec::new();
    for incident in desk.book.incidents() {
        let origins = by_origin(desk, incident);
        if origins.len() > 1 {
            told.push((incident, origins));
        }
    }
    // Stable: otherwise in the order of the export.
    told.sort_by_key(|(_, origins)| std::cmp::Reverse(origins.len()));
    let mut out = Vec::new();
    for (incident, origins) in told {
        let claims: Vec<&Claim> = origins.values().flatten().copied().collect();
        out.push(Block::Under(headline(desk, Some(incident), &claims)));
        out.push(Block::Text(vec![
            Piece::Strong(format!("Told by {} independent origins", origins.len())),
            text(format!(". {}", voices(desk, &claims))),
        ]));
        let items = origins.iter().map(|(id, claims)| {
            let mut item = Item { line: vec![Piece::Strong(name(desk, id))], below: Vec::new() };
            let mut said: BTreeSet<String> = BTreeSet::new();
            let words = |c: &Claim| desk.book.quote(&c.article, c.content).to_lowercase();
            let mut own = claims.clone();
            // Copies of one original say the same.
            own.retain(|c| said.insert(words(c)));
            let more = own.len().saturating_sub(STATEMENTS);
            own.truncate(STATEMENTS);
            item.below = alleged::statements(desk, &own).into_iter().map(|i| i.line).collect();
            item.below
                .extend((more > 0).then(|| vec![Piece::Faint(format!("and {more} more statements of this origin"))]));
            item
        });
        out.push(Block::List(items.collect()));
        if !incident.denied_by.is_empty() {
            let names: Vec<&str> = incident.denied_by.iter().map(|p| desk.book.party_name(p)).collect();
            out.push(Block::Text(vec![text(format!(
                "Denied, at least in part, by {}: see What is disputed.",
                names.join(", ")
            ))]));
        }
    }
    if out.is_empty() {
        out.push(Block::Text(vec![text("Nothing: every occurrence of these days is told by one origin only.")]));
    }
    out
}

/// Statements of the brief that tell of an incident, by their origin.
fn by_origin<'a>(desk: &Desk<'_, 'a>, incident: &'a Incident) -> BTreeMap<&'a str, Vec<&'a Claim>> {
    let telling = |r: Relation| matches!(r, Relation::Asserts | Relation::Accuses | Relation::Confirms);
    let mut out: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for m in incident.claims.iter().filter(|m| telling(m.relation) && desk.has(&m.claim)) {
        let Some(c) = desk.book.claim(&m.claim) else { continue };
        let Some(page) = desk.book.page(&c.article) else { continue };
        out.entry(page.origin).or_default().push(c);
    }
    out
}

/// Outlets of an origin, and the agencies it credits.
pub(super) fn name(desk: &Desk, origin: &str) -> String {
    let pages = desk.book.pages().iter().filter(|p| p.origin == origin);
    let outlets: BTreeSet<String> = pages.map(|p| desk.outlet(&p.article().id)).collect();
    let found = desk.book.origins().iter().find(|o| o.id == origin);
    let agencies = found.map(|o| o.agencies.join(", ")).filter(|a| !a.is_empty());
    let outlets: Vec<String> = outlets.into_iter().collect();
    let credit = agencies.map_or(String::new(), |a| format!(" (credits {a})"));
    wording::printable(&format!("{}{credit}", outlets.join(", ")))
}

/// Whose words they are, all together.
fn voices(desk: &Desk, claims: &[&Claim]) -> String {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for c in claims {
        let parties = parties_of(&c.speakers, c.joint);
        names.extend(parties.into_iter().map(|p| desk.book.party_name(p).to_owned()));
        if c.speakers.is_empty() {
            names.insert(OWN_VOICE.to_owned());
        } else if parties_of(&c.speakers, c.joint).is_empty() {
            names.insert(desk.voice(c));
        }
    }
    let mut names: Vec<String> = names.into_iter().collect();
    let more = names.len().saturating_sub(VOICES);
    names.truncate(VOICES);
    names.extend((more > 0).then(|| format!("{more} more")));
    match names.as_slice() {
        [one] if one == OWN_VOICE => "All of them tell it in their own voice.".to_owned(),
        [one] => format!("All of them have it from one side: {one}."),
        several => format!("It is told by: {}.", several.join(", ")),
    }
}
