//! How incidents and ceasefires become lines. Every function runs inside the transaction of its caller.

use std::collections::BTreeMap;

use evidence::{Ceasefire, Incident, doubt};
use rusqlite::{Connection, OptionalExtension, params};

use super::body::Writer;
use super::facet::Words;
use super::sheet::days;
use super::{Facet, MatterKind};
use crate::{Error, Object};

/// So many changes of matters are remembered; who has not looked for longer reads all anew.
const REMEMBERED: i64 = 100_000;

/// Puts the line of an incident or ceasefire in place of the one it had; an origin has none.
pub(crate) fn put_matter(db: &Connection, change: i64, object: &Object) -> Result<(), Error> {
    let (kind, id, body) = match object {
        Object::Origin(_) => return Ok(()),
        Object::Incident(i) => (MatterKind::Incident, &i.id, of_incident(db, i)?),
        Object::Ceasefire(c) => (MatterKind::Ceasefire, &c.id, of_ceasefire(db, c)?),
    };
    drop_matter(db, change, id)?;
    db.prepare_cached("INSERT INTO matter (kind, id, change, body) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        kind as i64,
        id,
        change,
        body
    ])?;
    Ok(())
}

/// Takes away the line of what is gone.
pub(crate) fn drop_matter(db: &Connection, change: i64, id: &str) -> Result<(), Error> {
    let sql = "DELETE FROM matter WHERE id = ?1 RETURNING key";
    let key: Option<i64> = db.prepare_cached(sql)?.query_row([id], |r| r.get(0)).optional()?;
    if let Some(key) = key {
        db.prepare_cached("INSERT INTO gone (change, kind, key) VALUES (?1, 1, ?2)")?.execute([change, key])?;
    }
    Ok(())
}

/// Lets go of what is gone for long, or of all matters, where `all` are thrown away.
pub(crate) fn forget_matters(db: &Connection, change: i64, all: bool) -> Result<(), Error> {
    let until = if all {
        db.execute("DELETE FROM matter", [])?;
        change
    } else {
        let sql = "SELECT change FROM gone ORDER BY change DESC LIMIT 1 OFFSET ?1";
        match db.prepare_cached(sql)?.query_row([REMEMBERED], |r| r.get(0)).optional()? {
            Some(until) => until,
            None => return Ok(()),
        }
    };
    db.execute("DELETE FROM gone WHERE change <= ?1", [until])?;
    db.execute("UPDATE state SET value = ?1 WHERE key = 'forgotten'", [until])?;
    Ok(())
}

fn of_incident(db: &Connection, i: &Incident) -> Result<Vec<u8>, Error> {
    let mut w = Writer::default();
    let time = i.time.as_ref();
    let first = time.and_then(|t| t.value.as_ref());
    w.days(days(first, time.and_then(|t| t.end.as_ref()).or(first), first));
    w.number(i.origins as u64);
    w.number(i.denials.len() as u64);
    let mut words = Words::new(db);
    words.all(Facet::Event, i.event.map(|e| e.as_str()))?;
    words.all(Facet::Actor, i.parties.iter().map(String::as_str))?;
    words.all(Facet::Voice, i.asserted_by.iter().map(String::as_str))?;
    words.all(Facet::Denier, i.denied_by.iter().map(String::as_str))?;
    words.all(Facet::Site, i.places.iter().map(String::as_str))?;
    words.all(Facet::Entity, i.places.iter().map(String::as_str))?;
    w.ascending(&words.numbers());
    let known: BTreeMap<&str, bool> = i.denials.iter().map(|d| (d.claim.as_str(), !doubt::of_denial(d))).collect();
    let ids = i.claims.iter().map(|m| (m.claim.as_str(), known.get(m.claim.as_str()).copied().unwrap_or(false)));
    members(db, &mut w, ids)?;
    Ok(w.0)
}

fn of_ceasefire(db: &Connection, c: &Ceasefire) -> Result<Vec<u8>, Error> {
    let mut w = Writer::default();
    let first = c.effective.as_ref().and_then(|t| t.value.value.as_ref());
    let last = c.ends.as_ref().and_then(|t| t.value.end.as_ref().or(t.value.value.as_ref())).or(first);
    w.days(days(first, last, first));
    w.number(c.violations.len() as u64);
    w.number(0);
    let mut words = Words::new(db);
    words.add(Facet::CeasefireKind, c.kind.as_str())?;
    words.all(Facet::Actor, c.parties.iter().map(String::as_str))?;
    w.ascending(&words.numbers());
    let all = c.claims.iter().chain(c.violations.iter().map(|v| &v.claim)).chain(c.status.iter().map(|s| &s.0));
    members(db, &mut w, all.map(|id| (id.as_str(), false)))?;
    Ok(w.0)
}

/// Keys of claims, ascending; those that are not there any more are left out.
fn members<'a>(db: &Connection, w: &mut Writer, ids: impl Iterator<Item = (&'a str, bool)>) -> Result<(), Error> {
    let mut find = db.prepare_cached("SELECT key FROM claim WHERE id = ?1 ORDER BY key LIMIT 1")?;
    let mut keys: BTreeMap<i64, bool> = BTreeMap::new();
    for (id, known) in ids {
        if let Some(key) = find.query_row([id], |r| r.get::<_, i64>(0)).optional()? {
            *keys.entry(key).or_default() |= known;
        }
    }
    w.number(keys.len() as u64);
    let mut before = 0;
    for (key, known) in keys {
        w.number((key - before) as u64 * 2 + u64::from(known));
        before = key;
    }
    Ok(())
}
