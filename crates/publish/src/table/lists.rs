//! Entities, reports and incidents, a row each.

use std::collections::BTreeMap;

use evidence::incident::Member;
use evidence::{Entity, Incident, Relation};

use super::{Style, Words, short};
use crate::book::Page;
use crate::{Book, wording};

/// One table of entities.
pub fn entities(book: &Book, entities: &[&Entity], style: Style) -> String {
    let mut reports: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in book.pages().iter().flat_map(|p| &p.reading.entities) {
        *reports.entry(&entity.id).or_default() += 1;
    }
    let columns =
        [("kind", 13, 0), ("name", 16, 2), ("party", 17, 0), ("also called", 17, 3), ("where", 12, 0), ("in", 5, 0)];
    let mut table = style.dense_table(&columns);
    for e in entities {
        let coordinates = e.lat.zip(e.lon).map(|(lat, lon)| format!("{lat:.2} {lon:.2}"));
        let place: Vec<String> = [e.country.clone(), coordinates].into_iter().flatten().collect();
        table.row(vec![
            e.kind.as_str().to_owned(),
            e.name.clone(),
            e.party.clone().unwrap_or_default(),
            wording::shortened(&e.aliases.join(", "), 120),
            place.join("\n"),
            reports.get(e.id.as_str()).copied().unwrap_or(0).to_string(),
        ]);
    }
    table.text()
}

/// One table of reports; copies of one original say so.
pub fn reports<'a>(book: &Book<'a>, pages: &[&Page<'a>], style: Style) -> String {
    let mut copies: BTreeMap<&str, usize> = BTreeMap::new();
    for page in book.pages() {
        *copies.entry(page.origin).or_default() += 1;
    }
    let columns = [
        ("report", 16, 2),
        ("outlet", 12, 1),
        ("published", 12, 0),
        ("title", 13, 3),
        ("found", 11, 0),
        ("to mend", 16, 0),
    ];
    let mut table = style.table(&columns);
    for p in pages {
        let a = p.article();
        let mut found = format!("{}\n{}", count(p.claims().len(), "claim"), count(p.figures().len(), "figure"));
        if let Some((n, all)) = book.version(&a.id) {
            let of = all.articles.len();
            found.push_str(&if all.ordered {
                format!("\nversion {n} of {of}")
            } else {
                format!("\n1 of {of} versions")
            });
        }
        if copies.get(p.origin).is_some_and(|n| *n > 1) {
            found.push_str(&format!("\n1 of {} copies", copies[p.origin]));
        }
        if let Some(other) = a.language.as_deref().filter(|l| *l != "en") {
            found.push_str(&format!("\nnot read: {other}"));
        }
        if let Some(translation) = wording::translation(a) {
            found.push_str(&format!("\n{translation}"));
        }
        let agencies = || (!a.agencies.is_empty()).then(|| a.agencies.join(", "));
        let mut outlet: Vec<String> = a.outlet.clone().or_else(agencies).into_iter().collect();
        outlet.extend(wording::affiliation(a).map(ToString::to_string));
        // Lines of page noise are left out of every report; that is nothing to mend.
        let mend = p.reading.notes.iter().map(|n| n.kind.as_ref()).filter(|k| *k != "left-out");
        let mut notes: Vec<&str> = mend.collect();
        notes.sort_unstable();
        notes.dedup();
        table.row(vec![
            book.short_path(p).to_owned(),
            outlet.join("\n"),
            wording::published(a),
            a.title.map(|t| wording::shortened(p.quote(t), 120)).unwrap_or_default(),
            found,
            notes.join("\n"),
        ]);
    }
    table.text()
}

/// One table of incidents: what is said to have happened, by whom it is asserted and denied.
pub fn incidents<'a>(book: &Book<'a>, incidents: &[&'a Incident], style: Style) -> String {
    let columns = [
        ("event", 10, 0),
        ("when", 12, 0),
        ("where", 10, 0),
        ("asserted by", 12, 0),
        ("denied by", 12, 0),
        ("claims", 24, 1),
    ];
    let mut table = style.table(&columns);
    for i in incidents {
        let places: Vec<&str> = i.places.iter().map(|id| book.entity(id).map_or(id.as_str(), |e| &e.name)).collect();
        let mut claims: Vec<String> =
            vec![format!("{} of {}", count(i.claims.len(), "claim"), count(i.origins, "origin"))];
        claims.extend(i.claims.iter().map(|m| member(book, m)));
        claims.extend(i.notes.iter().map(|note| format!("! {}", wording::told(book, note))));
        let denied = match i.denied_by.as_slice() {
            [] => Words::Plain(String::new()),
            parties => Words::Alarming(format!("✗ {}", parties.join("\n"))),
        };
        table.row(vec![
            i.event.map(|e| e.to_string()).unwrap_or_default().into(),
            i.time.as_ref().map(|t| wording::time(book, book.article_of_time(i), t)).unwrap_or_default().into(),
            places.join("\n").into(),
            i.asserted_by.join("\n").into(),
            denied,
            claims.join("\n").into(),
        ]);
    }
    table.text()
}

/// How a claim stands to its incident, its words, who denies it or what it denies, and why it is a member.
fn member(book: &Book, m: &Member) -> String {
    let quote = book.claim(&m.claim).map_or("", |c| book.quote(&c.article, c.content));
    let mark = if m.relation == Relation::Denies { "✗ denies" } else { m.relation.as_str() };
    let mut out = format!("{mark} {}: {}", short(&m.claim), wording::shortened(quote, 70));
    let deniers: Vec<String> = book.deniers(&m.claim).into_iter().collect();
    if !deniers.is_empty() {
        out.push_str(&format!("\n  ≠ denied by {}", deniers.join(", ")));
    }
    if let Some(denial) = book.denial(&m.claim).filter(|d| !d.denies.is_empty()) {
        let denied: Vec<&str> = denial.denies.iter().map(|d| short(&d.claim)).collect();
        out.push_str(&format!("\n  ({}) ≠ {}", denial.kind, denied.join(", ")));
    }
    if !m.reason.is_empty() {
        out.push_str(&format!("\n  ({})", wording::shortened(&wording::told(book, &m.reason), 60)));
    }
    out
}

pub(super) fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
