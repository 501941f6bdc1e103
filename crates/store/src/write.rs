//! How a reading becomes rows. Every function runs inside the transaction of its caller.

use std::collections::{BTreeMap, BTreeSet};

use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::{Article, Claim, Entity, Figure, Meaning, Reference, Span, Speaker, address};
use rusqlite::{Connection, named_params, params};

use crate::Error;
use crate::line;
use crate::rows::{CeasefireRow, FindingRow, ReferenceRow, SpeakerRow};
use crate::rows::{json_of, span_row, to_json};

/// Puts a reading in place of the one that was kept of its article.
pub(crate) fn replace(db: &Connection, reader: &str, old: Option<&Reading>, new: &Reading) -> Result<(), Error> {
    let article = &new.article.id;
    let keys = keys(db, new)?;
    remove(db, article)?;
    add(db, reader, new, &keys)?;
    line::put_sheet(db, article, Some((new, &keys)))?;
    line::put_things(db, old.map_or(&[], |o| &o.entities), &new.entities)
}

/// The keys that the claims of a reading are to have: a claim that is there keeps its own, a new one gets one that no
/// claim has ever had, so that whoever holds a key never finds another claim under it.
fn keys(db: &Connection, reading: &Reading) -> Result<Vec<i64>, Error> {
    let mut query = db.prepare_cached("SELECT id, key FROM claim WHERE article = ?1")?;
    let rows = query.query_map([&reading.article.id], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let mut kept: BTreeMap<String, i64> = rows.collect::<Result<_, _>>()?;
    let mut next = db.prepare_cached("UPDATE state SET value = value + 1 WHERE key = 'claim' RETURNING value")?;
    let mut key = |c: &Claim| match kept.remove(&c.id) {
        Some(key) => Ok(key),
        None => Ok(next.query_row([], |r| r.get(0))?),
    };
    reading.claims.iter().map(&mut key).collect()
}

/// Takes away all that hangs on an article, and the article.
fn remove(db: &Connection, article: &str) -> Result<(), Error> {
    for table in ["note", "entity", "claim", "figure", "truce", "facet"] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE article = ?1"))?.execute([article])?;
    }
    db.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([article])?;
    Ok(())
}

/// Adds a reading whose article is not there.
fn add(db: &Connection, reader: &str, reading: &Reading, keys: &[i64]) -> Result<(), Error> {
    let article = &reading.article;
    add_article(db, reader, article)?;
    for (position, note) in reading.notes.iter().enumerate() {
        db.prepare_cached("INSERT INTO note (article, position, kind, message) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![article.id, position as i64, note.kind.as_ref(), note.message])?;
    }
    for (position, entity) in reading.entities.iter().enumerate() {
        add_entity(db, article, position as i64, entity)?;
    }
    let names = Names::of(reading);
    for (position, (claim, key)) in reading.claims.iter().zip(keys).enumerate() {
        add_claim(db, article, position as i64, *key, claim)?;
        let refs = claim.actors.iter().chain(&claim.targets);
        let parties =
            refs.filter_map(|r| r.party.as_ref()).chain(claim.speakers.iter().filter_map(|s| s.party.as_ref()));
        add_facets(db, article, &claim.id, "party", parties.cloned().collect())?;
        add_facets(db, article, &claim.id, "speaker", names.of_speakers(&claim.speakers))?;
        add_facets(db, article, &claim.id, "place", names.of_references(&claim.places))?;
    }
    for (position, figure) in reading.figures.iter().enumerate() {
        add_figure(db, article, position as i64, figure)?;
        add_facets(db, article, &figure.id, "party", figure.party.iter().cloned().collect())?;
        add_facets(db, article, &figure.id, "speaker", names.of_speakers(&figure.speakers))?;
        let place = Reference { entity: figure.place.clone(), party: None, span: None };
        add_facets(db, article, &figure.id, "place", names.of_references(&[place]))?;
    }
    for (position, truce) in reading.ceasefires.iter().enumerate() {
        db.prepare_cached("INSERT INTO truce (article, position, id, body_json) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![article.id, position as i64, truce.id, json_of(&CeasefireRow::from(truce))])?;
    }
    Ok(())
}

fn add_article(db: &Connection, reader: &str, a: &Article) -> Result<(), Error> {
    let spans: Vec<_> = a.published.spans.iter().copied().map(span_row).collect();
    let imprint = &a.imprint;
    let bases: Vec<(&str, &str)> = imprint.bases.iter().map(|(field, by)| (field.as_str(), &**by)).collect();
    db.prepare_cached(
        "INSERT INTO article VALUES (:id, :path, :url, :outlet, :title_start, :title_end, :byline, :agencies, \
         :published, :precision, :basis, :spans, :language, :text, :dateline_start, :dateline_end, :reader, :section, \
         :modified, :retrieved, :translation_machine, :translation_from, :translation_notice, :bases, :address)",
    )?
    .execute(named_params! {
        ":id": a.id, ":path": a.path, ":url": a.url, ":outlet": a.outlet,
        ":title_start": a.title.map(start), ":title_end": a.title.map(end),
        ":byline": json_of(&a.byline), ":agencies": json_of(&a.agencies),
        ":published": a.published.value.as_ref().map(Iso::as_str),
        ":precision": a.published.precision.map(|p| p.as_str()),
        ":basis": a.published.basis.as_str(), ":spans": json_of(&spans),
        ":language": a.language, ":text": a.text,
        ":dateline_start": a.dateline.map(start), ":dateline_end": a.dateline.map(end), ":reader": reader,
        ":section": imprint.section, ":modified": imprint.modified.as_ref().map(Iso::as_str),
        ":retrieved": imprint.retrieved.as_ref().map(Iso::as_str),
        ":translation_machine": imprint.translation.as_ref().and_then(|t| t.machine),
        ":translation_from": imprint.translation.as_ref().and_then(|t| t.from.as_ref()),
        ":translation_notice": imprint.translation.as_ref().map(|t| &t.notice), ":bases": json_of(&bases),
        ":address": a.url.as_deref().and_then(address::of_article),
    })?;
    Ok(())
}

fn add_entity(db: &Connection, article: &Article, position: i64, e: &Entity) -> Result<(), Error> {
    db.prepare_cached("INSERT INTO entity VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(params![
        article.id,
        position,
        e.id,
        e.kind.as_str(),
        e.name,
        json_of(&e.aliases),
        e.party,
        e.country,
        e.lat,
        e.lon
    ])?;
    Ok(())
}

fn add_claim(db: &Connection, article: &Article, position: i64, key: i64, c: &Claim) -> Result<(), Error> {
    let told = c.time.as_ref().and_then(|t| t.value.as_ref());
    let first = told.or(article.published.value.as_ref());
    let last = c.time.as_ref().and_then(|t| t.end.as_ref()).or(first);
    db.prepare_cached(
        "INSERT INTO claim (key, article, position, id, start, end, content, cue_start, cue_end, speakers_json, joint, act, \
         event, mode, actors_json, targets_json, places_json, time_value, time_end, time_precision, time_start_at, \
         time_end_at, time_basis, polarity, status, found_json, first_day, last_day, meaning) VALUES \
         (:key, :article, :position, :id, :start, :end, :content, :cue_start, :cue_end, :speakers, :joint, :act, :event, \
         :mode, :actors, :targets, :places, :time_value, :time_end, :time_precision, :time_start_at, :time_end_at, \
         :time_basis, :polarity, :status, :found, :first_day, :last_day, :meaning)",
    )?
    .execute(named_params! {
        ":key": key, ":article": article.id, ":position": position, ":id": c.id,
        ":start": start(c.content), ":end": end(c.content),
        ":content": article.text.get(c.content.range()).unwrap_or_default(),
        ":cue_start": c.cue.map(start), ":cue_end": c.cue.map(end),
        ":speakers": to_json::<_, SpeakerRow>(&c.speakers), ":joint": c.joint,
        ":act": c.act.as_str(), ":event": c.event.map(|e| e.as_str()), ":mode": c.mode.map(|m| m.as_str()),
        ":actors": to_json::<_, ReferenceRow>(&c.actors), ":targets": to_json::<_, ReferenceRow>(&c.targets),
        ":places": to_json::<_, ReferenceRow>(&c.places),
        ":time_value": told.map(Iso::as_str),
        ":time_end": c.time.as_ref().and_then(|t| t.end.as_ref()).map(Iso::as_str),
        ":time_precision": c.time.as_ref().and_then(|t| t.precision).map(|p| p.as_str()),
        ":time_start_at": c.time.as_ref().and_then(|t| t.span).map(start),
        ":time_end_at": c.time.as_ref().and_then(|t| t.span).map(end),
        ":time_basis": c.time.as_ref().map(|t| t.basis.as_str()),
        ":polarity": c.polarity.as_str(), ":status": c.status.as_str(),
        ":found": to_json::<_, FindingRow>(&c.found),
        ":first_day": first.map(Iso::date), ":last_day": last.map(Iso::date),
        ":meaning": c.meaning.as_ref().map(Meaning::as_bytes),
    })?;
    Ok(())
}

fn add_figure(db: &Connection, article: &Article, position: i64, f: &Figure) -> Result<(), Error> {
    let period = f.period.as_ref();
    let (from, to) = (period.and_then(|p| p.from.as_ref()), period.and_then(|p| p.to.as_ref()));
    let first = from.or(to).or(article.published.value.as_ref());
    let last = to.or(article.published.value.as_ref()).or(from);
    // A count beyond 63 bits is no count of people; SQLite keeps the highest that it can.
    let count = |n: Option<u64>| n.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    db.prepare_cached(
        "INSERT INTO figure VALUES (:article, :position, :id, :claim, :start, :end, :harm, :low, :high, :qualifier, \
         :category, :party, :place, :from, :to, :period_start, :period_end, :speakers, :superseded, :rule, \
         :first_day, :last_day)",
    )?
    .execute(named_params! {
        ":article": article.id, ":position": position, ":id": f.id, ":claim": f.claim,
        ":start": start(f.span), ":end": end(f.span), ":harm": f.harm.as_str(),
        ":low": count(f.low), ":high": count(f.high), ":qualifier": f.qualifier.as_str(),
        ":category": f.category.as_str(), ":party": f.party, ":place": f.place,
        ":from": from.map(Iso::as_str), ":to": to.map(Iso::as_str),
        ":period_start": period.map(|p| start(p.span)), ":period_end": period.map(|p| end(p.span)),
        ":speakers": to_json::<_, SpeakerRow>(&f.speakers), ":superseded": f.superseded, ":rule": f.rule,
        ":first_day": first.map(Iso::date), ":last_day": last.map(Iso::date),
    })?;
    Ok(())
}

fn add_facets(db: &Connection, a: &Article, object: &str, kind: &str, values: BTreeSet<String>) -> Result<(), Error> {
    for value in values {
        db.prepare_cached("INSERT OR IGNORE INTO facet (article, object, kind, value) VALUES (?1, ?2, ?3, ?4)")?
            .execute([&a.id, object, kind, &value])?;
    }
    Ok(())
}

fn start(span: Span) -> i64 {
    span.start() as i64
}

fn end(span: Span) -> i64 {
    span.end() as i64
}

/// All names under which filters find the entities of one reading.
pub(crate) struct Names<'a> {
    text: &'a str,
    entities: BTreeMap<&'a str, &'a Entity>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(reading: &'a Reading) -> Self {
        let entities = reading.entities.iter().map(|e| (e.id.as_str(), e)).collect();
        Self { text: &reading.article.text, entities }
    }

    pub(crate) fn of_speakers(&self, speakers: &[Speaker]) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for s in speakers {
            names.extend([&s.name, &s.role, &s.organisation, &s.party].into_iter().flatten().map(|n| n.to_lowercase()));
            names.extend(s.span.map(|span| self.words(span)));
            names.extend(self.of_entity(s.entity.as_deref()));
        }
        names
    }

    pub(crate) fn of_references(&self, references: &[Reference]) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for r in references {
            names.extend(r.span.map(|span| self.words(span)));
            names.extend(self.of_entity(r.entity.as_deref()));
        }
        names
    }

    fn of_entity(&self, id: Option<&str>) -> Vec<String> {
        let Some(id) = id else { return Vec::new() };
        let entity = self.entities.get(id);
        let names = entity.into_iter().flat_map(|e| std::iter::once(&e.name).chain(&e.aliases));
        std::iter::once(id.to_lowercase()).chain(names.map(|n| n.to_lowercase())).collect()
    }

    fn words(&self, span: Span) -> String {
        self.text.get(span.range()).unwrap_or_default().to_lowercase()
    }
}
