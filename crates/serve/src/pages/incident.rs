//! One incident: a column for each side, what it says in its own words, and denials beside what they deny.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, State};
use axum::routing::get;
use evidence::{Act, Claim, Incident, Ledger};
use publish::{Book, wording};
use review::Layer;
use store::{Store, Wanted};

use super::colours::Colours;
use super::line::Line;
use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::route::{Least, Route};

/// Most claims drawn on one page, over all sides; how many are left out is told.
const MOST: usize = 240;

#[derive(Template)]
#[template(path = "incident.html")]
struct Sheet {
    frame: Frame,
    facts: Vec<(&'static str, String)>,
    sides: Vec<Side>,
    origins: Vec<Print>,
    notes: Vec<String>,
    left_out: usize,
}

/// What one side says.
struct Side {
    name: String,
    colour: &'static str,
    /// "asserts it", "denies it", "asserts and denies it".
    stance: &'static str,
    lines: Vec<Line>,
}

/// An origin with those who print it.
struct Print {
    agencies: String,
    /// Article id, outlet, day, why it is a copy.
    copies: Vec<(String, String, String, String)>,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/incidents/{id}", Least::Role(Role::Reader), get(incident))]
}

async fn incident(State(desk): State<Desk>, who: Who, Path(id): Path<String>) -> Result<Page, Fault> {
    let wanted = Wanted { incidents: vec![id.clone()], ..Wanted::default() };
    let ledger = desk.ask(move |store| Ok(store.excerpt(&wanted)?)).await?;
    let (colours, layer) = (desk.colours().await?, desk.layer().await?);
    Page::of(&sheet(Frame::new(&desk, who, "/incidents", ""), &ledger, &id, &colours, &layer)?)
}

fn sheet(mut frame: Frame, ledger: &Ledger, id: &str, colours: &Colours, layer: &Layer) -> Result<Sheet, Fault> {
    let book = Book::new(ledger);
    let incident = ledger.incidents.iter().find(|i| i.id == id).ok_or_else(|| Fault::missing("incident"))?;
    let article = book.article_of_time(incident);
    let when = incident.time.as_ref().map(|t| wording::time(&book, article, t).replace('\n', " ")).unwrap_or_default();
    let places: Vec<&str> =
        incident.places.iter().map(|p| book.entity(p).map_or(p.as_str(), |e| e.name.as_str())).collect();
    let names = |slugs: &[String]| slugs.iter().map(|s| colours.name(s)).collect::<Vec<_>>().join(", ");
    frame.title = heading(incident, &places, &when);
    let facts = [
        ("Parties told of", names(&incident.parties)),
        ("Asserted by", names(&incident.asserted_by)),
        ("Denied by", names(&incident.denied_by)),
        ("Where", places.join(", ")),
        ("When", when),
        ("Independent origins", incident.origins.to_string()),
    ];
    let members: BTreeSet<&str> = incident.claims.iter().map(|m| m.claim.as_str()).collect();
    let denying = incident.denials.iter().map(|d| d.claim.as_str());
    let denied = incident.denials.iter().flat_map(|d| &d.denies).map(|d| d.claim.as_str());
    let first: BTreeSet<&str> = denying.chain(denied).collect();
    let mut claims: Vec<&Claim> = members.iter().filter_map(|id| book.claim(id)).collect();
    // What is disputed is shown first, and never left out for length.
    claims.sort_by_key(|c| (!first.contains(c.id.as_str()), &c.article, c.content.start()));
    let left_out = claims.len().saturating_sub(MOST);
    claims.truncate(MOST);
    Ok(Sheet {
        facts: facts.into_iter().filter(|(_, v)| !v.is_empty()).collect(),
        sides: sides(&book, incident, &claims, colours, layer),
        origins: origins(&book),
        notes: incident.notes.iter().map(|n| wording::told(&book, n)).collect(),
        left_out,
        frame,
    })
}

/// "ASSAULT in Greth, 2031-05-02".
fn heading(incident: &Incident, places: &[&str], when: &str) -> String {
    let mut out = incident.event.map_or("Incident", |e| e.as_str()).to_owned();
    if !places.is_empty() {
        out.push_str(&format!(" in {}", places.join(", ")));
    }
    if !when.is_empty() {
        out.push_str(&format!(", {when}"));
    }
    out
}

/// A column for each party that speaks, those that assert first; the outlets' own voice has one; the rest share one.
fn sides(book: &Book, incident: &Incident, claims: &[&Claim], colours: &Colours, layer: &Layer) -> Vec<Side> {
    let mut by: BTreeMap<(usize, String), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        let party = claim.speakers.iter().find_map(|s| s.party.as_ref());
        let key = match party {
            Some(p) if incident.asserted_by.contains(p) => (0, p.clone()),
            Some(p) if incident.denied_by.contains(p) => (1, p.clone()),
            Some(p) => (2, p.clone()),
            None if claim.speakers.is_empty() => (4, String::new()),
            None => (3, String::new()),
        };
        by.entry(key).or_default().push(claim);
    }
    let side = |((rank, party), claims): ((usize, String), Vec<&Claim>)| {
        let (asserts, denies) = (
            incident.asserted_by.contains(&party),
            incident.denied_by.contains(&party) || rank > 2 && claims.iter().any(|c| c.act == Act::Deny),
        );
        Side {
            name: match rank {
                3 => "Others".to_owned(),
                4 => "Outlets in their own voice".to_owned(),
                _ => colours.name(&party).to_owned(),
            },
            colour: if rank < 3 { colours.class(Some(&party)) } else { "" },
            stance: match (asserts, denies) {
                (true, true) => "asserts it and denies it",
                (true, false) => "asserts it",
                (false, true) => "denies it",
                (false, false) => "speaks of it",
            },
            lines: claims.iter().map(|c| Line::of(book, colours, c, 0).with_badge(layer)).collect(),
        }
    };
    by.into_iter().map(side).collect()
}

fn origins(book: &Book) -> Vec<Print> {
    let copy = |c: &evidence::origin::Copy| {
        let article = book.page(&c.article)?.article();
        let outlet = article.outlet.clone().unwrap_or_else(|| article.path.clone());
        Some((c.article.clone(), outlet, wording::published(article), wording::told(book, &c.reason)))
    };
    let print = |o: &&evidence::Origin| Print {
        agencies: o.agencies.join(", "),
        copies: o.copies.iter().filter_map(copy).collect(),
    };
    book.origins().iter().map(print).filter(|p| !p.copies.is_empty()).collect()
}
