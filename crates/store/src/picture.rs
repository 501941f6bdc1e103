//! How the picture is kept: traces, blocks, links, and the origins, ceasefires and incidents made of them.

use std::cell::Cell;
use std::collections::BTreeSet;

use evidence::ledger::Reading;
use evidence::{Block, Ceasefire, Incident, Layer, Link, Origin, Shared, Trace};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::line;
use crate::rows::{CeasefireRow, IncidentRow, OriginRow, SharedRow, all, from_json, json_of};
use crate::{Derived, Error, Tally, read};

/// Kilobytes that the making of the picture may hold in memory at most: its tables are written in no order. A small
/// ledger takes what it needs.
const CACHE: i64 = 524_288;
/// Kilobytes that a connection holds otherwise: as SQLite has it.
const USUAL_CACHE: i64 = 2_000;
/// From so many blocks on, all are looked through in order rather than each by itself.
const MANY: usize = 20_000;

/// What the traces of one article touched when they changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Touched {
    /// Blocks that lost or gained a trace.
    pub blocks: Vec<Block>,
    /// Traces that are new, or have lost a link or their content: by layer and id.
    pub traces: Vec<(Layer, String)>,
    /// What lost traces were part of; it is gone.
    pub gone: Vec<Object>,
}

/// One thing of the picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    /// Of texts.
    Origin(Origin),
    /// Of truces as reports tell of them.
    Ceasefire(Ceasefire),
    /// Of strands.
    Incident(Incident),
}

/// The picture while it is brought up to date: one step that is done whole or not at all.
pub struct Picture<'a> {
    step: Transaction<'a>,
    /// The change of the lines that this is, once it is one.
    change: Cell<Option<i64>>,
}

impl<'a> Picture<'a> {
    pub(crate) fn new(step: Transaction<'a>, form: u64) -> Result<Self, Error> {
        step.pragma_update(None, "cache_size", -CACHE)?;
        let picture = Self { step, change: Cell::new(None) };
        let kept: i64 = picture.step.query_row("SELECT value FROM state WHERE key = 'form'", [], |r| r.get(0))?;
        if kept as u64 != form {
            picture.forget()?;
            picture.step.execute("UPDATE state SET value = ?1 WHERE key = 'form'", [form as i64])?;
        }
        Ok(picture)
    }

    /// Lets go of all traces: they are of another form.
    fn forget(&self) -> Result<(), Error> {
        for table in ["trace", "standing", "link", "part", "origin", "incident", "answer", "ceasefire", "shared"] {
            self.step.execute(&format!("DELETE FROM {table}"), [])?;
        }
        self.step.execute("INSERT OR IGNORE INTO stale SELECT id FROM article", [])?;
        line::forget_matters(&self.step, self.change()?, true)
    }

    fn change(&self) -> Result<i64, Error> {
        if self.change.get().is_none() {
            self.change.set(Some(line::next_change(&self.step)?));
        }
        Ok(self.change.get().unwrap_or_default())
    }

    /// Ids of the articles whose readings have changed since they left their traces.
    pub fn stale(&self) -> Result<Vec<String>, Error> {
        strings(&self.step, "SELECT article FROM stale ORDER BY article", [])
    }

    /// What an article says, if it is there.
    pub fn reading(&self, article: &str) -> Result<Option<Reading>, Error> {
        read::reading(&self.step, article)
    }

    /// Puts the traces of an article in place of those it left before.
    pub fn leave(&mut self, article: &str, traces: &[Trace]) -> Result<Touched, Error> {
        let mut touched = Touched::default();
        let old = self.select("SELECT * FROM trace WHERE article = ?1", [article])?;
        if old.len() == traces.len() && old.iter().all(|t| traces.contains(&t.1)) {
            self.step.prepare_cached("DELETE FROM stale WHERE article = ?1")?.execute([article])?;
            return Ok(touched);
        }
        // What the article's origin and ceasefires join among its strands is joined anew.
        touched.traces.extend(old.iter().map(|t| (t.1.layer, t.1.id.clone())));
        for t in old.iter().filter(|t| !traces.contains(&t.1)) {
            self.remove(t.0, &t.1, &mut touched)?;
        }
        for t in traces.iter().filter(|t| !old.iter().any(|o| o.1 == **t)) {
            self.step
                .prepare_cached("INSERT INTO trace (id, layer, article, body, blocks) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![t.id, t.layer as i64, t.article, t.body, bytes_of(&t.blocks)])?;
            let key = self.step.last_insert_rowid();
            for block in &t.blocks {
                self.stand(*block, key)?;
            }
            touched.blocks.extend(&t.blocks);
            touched.traces.push((t.layer, t.id.clone()));
        }
        self.step.prepare_cached("DELETE FROM stale WHERE article = ?1")?.execute([article])?;
        Ok(touched)
    }

    fn remove(&self, key: i64, trace: &Trace, touched: &mut Touched) -> Result<(), Error> {
        let neighbours = strings(
            &self.step,
            "SELECT id FROM trace JOIN link ON key = iif(a = ?1, b, a) WHERE a = ?1 OR b = ?1",
            [key],
        )?;
        touched.traces.extend(neighbours.into_iter().map(|id| (trace.layer, id)));
        self.step.prepare_cached("DELETE FROM link WHERE a = ?1 OR b = ?1")?.execute([key])?;
        for block in &trace.blocks {
            self.step
                .prepare_cached("DELETE FROM standing WHERE block = ?1 AND trace = ?2")?
                .execute([block.0 as i64, key])?;
        }
        touched.blocks.extend(&trace.blocks);
        if let Some(object) = self.object_of(key)? {
            let others = strings(
                &self.step,
                "SELECT id FROM trace JOIN part ON trace = key WHERE object = ?1 AND key <> ?2",
                params![object, key],
            )?;
            touched.traces.extend(others.into_iter().map(|id| (trace.layer, id)));
            touched.gone.extend(self.object(&object)?);
            self.drop_object(&object)?;
        }
        self.step.prepare_cached("DELETE FROM trace WHERE key = ?1")?.execute([key])?;
        Ok(())
    }

    /// Those of some blocks in which two traces or more stand.
    pub fn crowded(&self, blocks: &[Block]) -> Result<Vec<Block>, Error> {
        if blocks.len() < MANY {
            let mut query =
                self.step.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM standing WHERE block = ?1 LIMIT 2)")?;
            let mut out = Vec::new();
            for b in blocks {
                let n: i64 = query.query_row([b.0 as i64], |r| r.get(0))?;
                out.extend((n > 1).then_some(*b));
            }
            return Ok(out);
        }
        let mut query = self.step.prepare("SELECT block FROM standing GROUP BY block HAVING count(*) > 1")?;
        let all = query.query_map([], |r| r.get::<_, i64>(0))?.collect::<Result<Vec<i64>, _>>()?;
        let mut out: Vec<Block> = all.into_iter().map(|b| Block(b as u64)).collect();
        out.sort_unstable();
        out.retain(|b| blocks.binary_search(b).is_ok());
        Ok(out)
    }

    /// The traces that stand in a block, by id.
    pub fn traces_in(&self, block: Block) -> Result<Vec<Trace>, Error> {
        let found = self.select(
            "SELECT t.* FROM standing JOIN trace t ON t.key = standing.trace WHERE block = ?1 ORDER BY t.id",
            [block.0 as i64],
        )?;
        Ok(found.into_iter().map(|(_, t)| t).collect())
    }

    /// Traces by their ids, in the same order; those that are not there are left out.
    pub fn traces(&self, ids: &[String]) -> Result<Vec<Trace>, Error> {
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            out.extend(self.select("SELECT * FROM trace WHERE id = ?1", [id])?.into_iter().map(|(_, t)| t));
        }
        Ok(out)
    }

    /// Ids of the traces of a layer that an article left.
    pub fn traces_of(&self, article: &str, layer: Layer) -> Result<Vec<String>, Error> {
        strings(
            &self.step,
            "SELECT id FROM trace WHERE article = ?1 AND layer = ?2 ORDER BY id",
            params![article, layer as i64],
        )
    }

    /// Puts traces into a block of the picture's own, in place of those that stood there.
    pub fn fill(&mut self, block: Block, ids: &[String]) -> Result<(), Error> {
        self.step.prepare_cached("DELETE FROM standing WHERE block = ?1")?.execute([block.0 as i64])?;
        for id in ids {
            if let Some(key) = self.key(id)? {
                self.stand(block, key)?;
            }
        }
        Ok(())
    }

    fn stand(&self, block: Block, key: i64) -> Result<(), Error> {
        self.step
            .prepare_cached("INSERT OR IGNORE INTO standing (block, trace) VALUES (?1, ?2)")?
            .execute([block.0 as i64, key])?;
        Ok(())
    }

    /// Puts the links of a block in place of those it had. Returns the ids of traces whose links have changed.
    pub fn link(&mut self, block: Block, links: &[Link]) -> Result<Vec<String>, Error> {
        let mut query = self.step.prepare_cached(
            "SELECT x.id, y.id, certain, reason FROM link JOIN trace x ON x.key = a JOIN trace y ON y.key = b WHERE block = ?1",
        )?;
        let old: BTreeSet<Link> = query.query_map([block.0 as i64], link)?.collect::<Result<_, _>>()?;
        let new: BTreeSet<Link> = links.iter().cloned().collect();
        if old == new {
            return Ok(Vec::new());
        }
        self.step.prepare_cached("DELETE FROM link WHERE block = ?1")?.execute([block.0 as i64])?;
        for l in &new {
            if let (Some(a), Some(b)) = (self.key(&l.a)?, self.key(&l.b)?) {
                self.step
                    .prepare_cached(
                        "INSERT OR REPLACE INTO link (block, a, b, certain, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![block.0 as i64, a, b, l.certain, l.reason])?;
            }
        }
        Ok(old.symmetric_difference(&new).flat_map(|l| [l.a.clone(), l.b.clone()]).collect())
    }

    /// The links of a trace, in order, whatever block they are of.
    pub fn links_at(&self, id: &str) -> Result<Vec<Link>, Error> {
        let Some(key) = self.key(id)? else { return Ok(Vec::new()) };
        let mut query = self.step.prepare_cached(
            "SELECT x.id, y.id, certain, reason FROM link JOIN trace x ON x.key = a JOIN trace y ON y.key = b \
             WHERE a = ?1 OR b = ?1",
        )?;
        let found: BTreeSet<Link> = query.query_map([key], link)?.collect::<Result<_, _>>()?;
        Ok(found.into_iter().collect())
    }

    /// Takes away the objects that some traces are part of. Returns what else was part of them.
    pub fn dissolve(&mut self, ids: &[String]) -> Result<(Vec<Object>, Vec<String>), Error> {
        let (mut objects, mut others) = (Vec::new(), Vec::new());
        for id in ids {
            let Some(object) = self.key(id)?.map(|k| self.object_of(k)).transpose()?.flatten() else { continue };
            let parts = "SELECT id FROM trace JOIN part ON trace = key WHERE object = ?1";
            others.extend(strings(&self.step, parts, [&object])?);
            objects.extend(self.object(&object)?);
            self.drop_object(&object)?;
        }
        Ok((objects, others))
    }

    /// Adds an object made of some traces.
    pub fn put(&mut self, object: &Object, ids: &[String]) -> Result<(), Error> {
        let id = match object {
            Object::Origin(o) => {
                self.step
                    .prepare_cached("INSERT OR REPLACE INTO origin (id, body_json) VALUES (?1, ?2)")?
                    .execute(params![o.id, json_of(&OriginRow::from(o))])?;
                &o.id
            }
            Object::Ceasefire(c) => {
                self.step
                    .prepare_cached("INSERT OR REPLACE INTO ceasefire (id, kind, body_json) VALUES (?1, ?2, ?3)")?
                    .execute(params![c.id, c.kind.as_str(), json_of(&CeasefireRow::from(c))])?;
                &c.id
            }
            Object::Incident(i) => {
                self.step
                    .prepare_cached(
                        "INSERT OR REPLACE INTO incident (id, event, disputed, body_json) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![
                        i.id,
                        i.event.map(|e| e.as_str()),
                        !i.denied_by.is_empty(),
                        json_of(&IncidentRow::from(i))
                    ])?;
                for denial in &i.denials {
                    self.step
                        .prepare_cached("INSERT OR IGNORE INTO answer (claim, incident) VALUES (?1, ?2)")?
                        .execute([&denial.claim, &i.id])?;
                }
                &i.id
            }
        };
        line::put_matter(&self.step, self.change()?, object)?;
        for trace in ids {
            if let Some(key) = self.key(trace)? {
                self.step
                    .prepare_cached("INSERT OR REPLACE INTO part (trace, object) VALUES (?1, ?2)")?
                    .execute(params![key, id])?;
            }
        }
        Ok(())
    }

    /// Puts what the articles of a block share in place of what they shared before.
    pub fn share(&mut self, block: Block, shared: &[Shared]) -> Result<(), Error> {
        let block = block.0 as i64;
        if shared.is_empty() {
            self.step.prepare_cached("DELETE FROM shared WHERE block = ?1")?.execute([block])?;
            return Ok(());
        }
        let rows: Vec<SharedRow> = shared.iter().map(SharedRow::from).collect();
        self.step
            .prepare_cached("INSERT OR REPLACE INTO shared (block, body_json) VALUES (?1, ?2)")?
            .execute(params![block, json_of(&rows)])?;
        Ok(())
    }

    /// The origin of an article.
    pub fn origin_of(&self, article: &str) -> Result<Option<String>, Error> {
        self.key(article)?.map(|key| self.object_of(key)).transpose().map(Option::flatten)
    }

    /// Truces as reports tell of them, by their ids.
    pub fn truces(&self, ids: &[String]) -> Result<Vec<Ceasefire>, Error> {
        let mut out = Vec::new();
        for id in ids {
            let bodies = strings(
                &self.step,
                "SELECT u.body_json FROM trace t JOIN truce u ON u.article = t.article AND u.id = t.id WHERE t.id = ?1",
                [id],
            )?;
            out.extend(all(bodies, |b| from_json::<CeasefireRow>(&b, "truce")?.value())?);
        }
        Ok(out)
    }

    /// Keeps all that was done.
    pub fn finish(self) -> Result<(), Error> {
        if let Some(change) = self.change.get() {
            line::forget_matters(&self.step, change, false)?;
        }
        // In SQL, as a transaction that commits itself keeps the connection, and with it half a gigabyte, which a program
        // that goes on running gives back here.
        self.step.execute_batch("COMMIT")?;
        self.step.pragma_update(None, "cache_size", -USUAL_CACHE)?;
        Ok(self.step.execute_batch("PRAGMA shrink_memory")?)
    }

    fn key(&self, id: &str) -> Result<Option<i64>, Error> {
        let mut query = self.step.prepare_cached("SELECT key FROM trace WHERE id = ?1")?;
        Ok(query.query_row([id], |r| r.get(0)).optional()?)
    }

    fn object_of(&self, key: i64) -> Result<Option<String>, Error> {
        let mut query = self.step.prepare_cached("SELECT object FROM part WHERE trace = ?1")?;
        Ok(query.query_row([key], |r| r.get(0)).optional()?)
    }

    fn object(&self, id: &str) -> Result<Option<Object>, Error> {
        let body = |table: &str| -> Result<Option<String>, Error> {
            let mut query = self.step.prepare_cached(&format!("SELECT body_json FROM {table} WHERE id = ?1"))?;
            Ok(query.query_row([id], |r| r.get(0)).optional()?)
        };
        if let Some(b) = body("origin")? {
            return Ok(Some(Object::Origin(from_json::<OriginRow>(&b, "origin")?.value())));
        }
        if let Some(b) = body("ceasefire")? {
            return Ok(Some(Object::Ceasefire(from_json::<CeasefireRow>(&b, "ceasefire")?.value()?)));
        }
        let incident = body("incident")?;
        incident.map(|b| Ok(Object::Incident(from_json::<IncidentRow>(&b, "incident")?.value()?))).transpose()
    }

    fn drop_object(&self, id: &str) -> Result<(), Error> {
        for table in ["origin", "ceasefire", "incident"] {
            self.step.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?.execute([id])?;
        }
        self.step.prepare_cached("DELETE FROM part WHERE object = ?1")?.execute([id])?;
        self.step.prepare_cached("DELETE FROM answer WHERE incident = ?1")?.execute([id])?;
        line::drop_matter(&self.step, self.change()?, id)
    }

    fn select(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<(i64, Trace)>, Error> {
        let mut query = self.step.prepare_cached(sql)?;
        let mut rows = query.query(parameters)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(trace(row)?);
        }
        Ok(out)
    }
}

/// Lines of what the picture held before there were any.
pub(crate) fn fill_matters(db: &Connection) -> Result<(), Error> {
    let change = line::next_change(db)?;
    for body in strings(db, "SELECT body_json FROM incident ORDER BY id", [])? {
        let incident = from_json::<IncidentRow>(&body, "incident")?.value()?;
        line::put_matter(db, change, &Object::Incident(incident))?;
    }
    for body in strings(db, "SELECT body_json FROM ceasefire ORDER BY id", [])? {
        let ceasefire = from_json::<CeasefireRow>(&body, "ceasefire")?.value()?;
        line::put_matter(db, change, &Object::Ceasefire(ceasefire))?;
    }
    Ok(())
}

/// All that the picture holds; `None` if readings have changed since it was made.
pub(crate) fn derived(db: &Connection) -> Result<Option<Derived>, Error> {
    let stale: bool = db.query_row("SELECT EXISTS (SELECT 1 FROM stale)", [], |r| r.get(0))?;
    if stale {
        return Ok(None);
    }
    let bodies = |table: &str| strings(db, &format!("SELECT body_json FROM {table}"), []);
    let mut origins: Vec<Origin> = all(bodies("origin")?, |b| Ok(from_json::<OriginRow>(&b, "origin")?.value()))?;
    origins.sort_by(|a, b| a.copies[0].article.cmp(&b.copies[0].article));
    let shared = all(bodies("shared")?, |b| all(from_json::<Vec<SharedRow>>(&b, "shared")?, SharedRow::value))?;
    let mut shared: Vec<Shared> = shared.into_iter().flatten().collect();
    shared.sort_by_key(|s| s.passages.each_ref().map(|p| (p.article.clone(), p.span)));
    let mut incidents: Vec<Incident> = all(bodies("incident")?, |b| from_json::<IncidentRow>(&b, "incident")?.value())?;
    incidents.sort_by(|a, b| a.claims[0].claim.cmp(&b.claims[0].claim).then_with(|| a.id.cmp(&b.id)));
    let mut ceasefires: Vec<Ceasefire> =
        all(bodies("ceasefire")?, |b| from_json::<CeasefireRow>(&b, "ceasefire")?.value())?;
    ceasefires.sort_by(|a, b| (&a.claims, &a.id).cmp(&(&b.claims, &b.id)));
    Ok(Some(Derived { origins, shared, incidents, ceasefires }))
}

/// How much the picture holds, with the first few disputed incidents.
pub(crate) fn tally(db: &Connection, most: usize) -> Result<Tally, Error> {
    let count = |sql: &str| -> Result<usize, Error> {
        let n: i64 = db.query_row(sql, [], |r| r.get(0))?;
        Ok(n as usize)
    };
    let bodies = strings(db, "SELECT body_json FROM incident WHERE disputed ORDER BY id LIMIT ?1", [most as i64])?;
    Ok(Tally {
        ceasefires: count("SELECT count(*) FROM ceasefire")?,
        disputed: count("SELECT count(*) FROM incident WHERE disputed")?,
        disputes: all(bodies, |b| from_json::<IncidentRow>(&b, "incident")?.value())?,
    })
}

fn trace(row: &Row) -> Result<(i64, Trace), Error> {
    let layer = match row.get::<_, i64>("layer")? {
        0 => Layer::Origin,
        1 => Layer::Ceasefire,
        2 => Layer::Incident,
        n => return Err(Error::damaged(format!("layer {n}"))),
    };
    let blocks: Vec<u8> = row.get("blocks")?;
    let blocks = blocks.chunks_exact(8).map(|c| Block(u64::from_le_bytes(c.try_into().expect("eight bytes"))));
    let t = Trace {
        id: row.get("id")?,
        layer,
        article: row.get("article")?,
        body: row.get("body")?,
        blocks: blocks.collect(),
    };
    Ok((row.get("key")?, t))
}

fn link(row: &Row) -> rusqlite::Result<Link> {
    let (x, y): (String, String) = (row.get(0)?, row.get(1)?);
    Ok(Link { certain: row.get(2)?, ..Link::new(&x, &y, row.get::<_, String>(3)?) })
}

fn bytes_of(blocks: &[Block]) -> Vec<u8> {
    blocks.iter().flat_map(|b| b.0.to_le_bytes()).collect()
}

pub(crate) fn strings(db: &Connection, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<String>, Error> {
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map(parameters, |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
