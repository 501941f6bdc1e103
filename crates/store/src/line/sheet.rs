//! How a reading becomes a sheet. Every function runs inside the transaction of its caller.

use std::collections::BTreeMap;

use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::{Claim, Entity, Figure, Reference, Speaker, doubt};
use rusqlite::{Connection, OptionalExtension, params};

use super::body::Writer;
use super::facet::Words;
use super::{Days, Facet, next_change};
use crate::Error;
use crate::write::Names;

/// Puts the sheet of an article in place of the one it had; `None` takes it away. `keys` are those of its claims.
pub(crate) fn put_sheet(db: &Connection, article: &str, reading: Option<(&Reading, &[i64])>) -> Result<(), Error> {
    let change = next_change(db)?;
    let old: Option<i64> =
        db.prepare_cached("SELECT key FROM sheet WHERE article = ?1")?.query_row([article], |r| r.get(0)).optional()?;
    if let Some(old) = old {
        db.prepare_cached("DELETE FROM sheet WHERE key = ?1")?.execute([old])?;
        db.prepare_cached("DELETE FROM sense WHERE sheet = ?1")?.execute([old])?;
        db.prepare_cached("INSERT INTO gone (change, kind, key) VALUES (?1, 0, ?2)")?.execute([change, old])?;
    }
    let Some((reading, keys)) = reading else { return Ok(()) };
    let body = body(db, reading, keys)?;
    let key: i64 = db
        .prepare_cached("INSERT INTO sheet (article, change, body) VALUES (?1, ?2, ?3) RETURNING key")?
        .query_row(params![article, change, body], |r| r.get(0))?;
    let signs = signs(reading, keys);
    if !signs.is_empty() {
        db.prepare_cached("INSERT INTO sense (sheet, signs) VALUES (?1, ?2)")?.execute(params![key, signs])?;
    }
    Ok(())
}

/// Adds what a reading tells of entities to what is known of them; those that are in no reading any more are taken away.
pub(crate) fn put_things(db: &Connection, old: &[Entity], new: &[Entity]) -> Result<(), Error> {
    for e in old.iter().filter(|e| !new.iter().any(|n| n.id == e.id)) {
        db.prepare_cached(
            "DELETE FROM thing WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM entity WHERE entity.id = ?1)",
        )?
        .execute([&e.id])?;
    }
    for e in new {
        db.prepare_cached(
            "INSERT INTO thing (id, kind, name, party, country, lat, lon) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (id) DO UPDATE SET party = coalesce(party, excluded.party), \
             country = coalesce(country, excluded.country), \
             lat = iif(lat IS NULL OR lon IS NULL, excluded.lat, lat), \
             lon = iif(lat IS NULL OR lon IS NULL, excluded.lon, lon)",
        )?
        .execute(params![e.id, e.kind.as_str(), e.name, e.party, e.country, e.lat, e.lon])?;
    }
    Ok(())
}

fn body(db: &Connection, reading: &Reading, keys: &[i64]) -> Result<Vec<u8>, Error> {
    let article = &reading.article;
    let mut w = Writer::default();
    w.text(&article.path);
    let published = article.published.value.as_ref();
    w.days(days(published, published, published));
    let mut words = Words::new(db);
    words.all(Facet::Outlet, article.outlet.as_deref())?;
    words.all(Facet::Agency, article.agencies.iter().map(String::as_str))?;
    words.all(Facet::Language, article.language.as_deref())?;
    words.all(Facet::Entity, reading.entities.iter().map(|e| e.id.as_str()))?;
    w.ascending(&words.numbers());
    let names = Names::of(reading);
    w.number(reading.claims.len() as u64);
    for (claim, key) in reading.claims.iter().zip(keys) {
        claim_line(db, &mut w, claim, *key, published, &names)?;
    }
    let at: BTreeMap<&str, u64> = reading.claims.iter().zip(0..).map(|(c, n)| (c.id.as_str(), n)).collect();
    w.number(reading.figures.len() as u64);
    for figure in &reading.figures {
        w.text(&figure.id);
        w.maybe(figure.claim.as_deref().and_then(|c| at.get(c)).copied());
        figure_line(db, &mut w, figure, published, &names)?;
    }
    Ok(w.0)
}

fn claim_line(
    db: &Connection,
    w: &mut Writer,
    c: &Claim,
    key: i64,
    published: Option<&Iso>,
    names: &Names,
) -> Result<(), Error> {
    w.number(key as u64);
    w.text(&c.id);
    let told = c.time.as_ref().and_then(|t| t.value.as_ref());
    let first = told.or(published);
    let last = c.time.as_ref().and_then(|t| t.end.as_ref()).or(first);
    w.days(days(first, last, told));
    w.number(u64::from(doubt::of_claim(c, published.is_some()).number()));
    let mut words = Words::new(db);
    voices(&mut words, &c.speakers, names)?;
    words.all(Facet::Actor, c.actors.iter().filter_map(|r| r.party.as_deref()))?;
    words.all(Facet::Target, c.targets.iter().filter_map(|r| r.party.as_deref()))?;
    words.all(Facet::Place, names.of_references(&c.places).iter().map(String::as_str))?;
    words.all(Facet::Site, c.places.iter().filter_map(|r| r.entity.as_deref()))?;
    let references = c.actors.iter().chain(&c.targets).chain(&c.places);
    words.all(Facet::Entity, references.filter_map(|r| r.entity.as_deref()))?;
    words.add(Facet::Act, c.act.as_str())?;
    words.all(Facet::Event, c.event.map(|e| e.as_str()))?;
    words.all(Facet::Mode, c.mode.map(|m| m.as_str()))?;
    words.add(Facet::Polarity, c.polarity.as_str())?;
    words.add(Facet::Status, c.status.as_str())?;
    w.ascending(&words.numbers());
    Ok(())
}

fn figure_line(
    db: &Connection,
    w: &mut Writer,
    f: &Figure,
    published: Option<&Iso>,
    names: &Names,
) -> Result<(), Error> {
    let period = f.period.as_ref();
    let (from, to) = (period.and_then(|p| p.from.as_ref()), period.and_then(|p| p.to.as_ref()));
    w.days(days(from.or(to).or(published), to.or(published).or(from), None));
    w.maybe(f.low);
    w.maybe(f.high);
    w.number(u64::from(doubt::of_figure(f, published.is_some()).number()));
    let mut words = Words::new(db);
    voices(&mut words, &f.speakers, names)?;
    words.all(Facet::Target, f.party.as_deref())?;
    let place = Reference { entity: f.place.clone(), party: None, span: None };
    words.all(Facet::Place, names.of_references(&[place]).iter().map(String::as_str))?;
    words.all(Facet::Site, f.place.as_deref())?;
    words.all(Facet::Entity, f.place.as_deref())?;
    words.add(Facet::Harm, f.harm.as_str())?;
    words.add(Facet::Category, f.category.as_str())?;
    words.add(Facet::Qualifier, f.qualifier.as_str())?;
    w.ascending(&words.numbers());
    Ok(())
}

fn voices(words: &mut Words, speakers: &[Speaker], names: &Names) -> Result<(), Error> {
    words.all(Facet::Voice, speakers.iter().filter_map(|s| s.party.as_deref()))?;
    words.all(Facet::Entity, speakers.iter().filter_map(|s| s.entity.as_deref()))?;
    words.all(Facet::Speaker, names.of_speakers(speakers).iter().map(String::as_str))
}

/// From the first day of `first` to the last day of `last`, at the clock of `told`.
pub(super) fn days(first: Option<&Iso>, last: Option<&Iso>, told: Option<&Iso>) -> Days {
    Days { first: first.map(|i| i.days().0), last: last.map(|i| i.days().1), minute: told.and_then(Iso::minute) }
}

fn signs(reading: &Reading, keys: &[i64]) -> Vec<u8> {
    let mut out = Vec::new();
    for (claim, key) in reading.claims.iter().zip(keys) {
        if let Some(meaning) = &claim.meaning {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&meaning.signs());
        }
    }
    out
}
