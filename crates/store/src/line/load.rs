//! How lines are read: all of them, or those that have changed.

use evidence::EntityKind;
use rusqlite::{Connection, params};

use super::body::Reader;
use super::{ClaimLine, Days, Facet, FigureLine, MatterKind, MatterLine, ReportLine};
use crate::rows::word;
use crate::{Error, SqliteStore};

/// Takes lines as they are read. Claims and figures come after the report that they are of.
pub trait Sink {
    /// A report; `key` is that of its sheet.
    fn report(&mut self, key: u64, line: &ReportLine);
    /// A claim of the report before.
    fn claim(&mut self, line: &ClaimLine);
    /// A figure of the report before.
    fn figure(&mut self, line: &FigureLine);
    /// An incident or a ceasefire.
    fn matter(&mut self, line: &MatterLine);
}

/// An entity of some report.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// Slug of its party.
    pub party: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
}

/// What has changed since some change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The last change that is in it.
    pub change: u64,
    /// Keys of sheets that are gone.
    pub sheets: Vec<u64>,
    /// Keys of matters that are gone.
    pub matters: Vec<u64>,
}

/// Reads lines of a ledger. Call [`Self::begin`] first, so that all that is read is of one moment.
pub struct Lines<'a> {
    db: &'a Connection,
}

impl SqliteStore {
    /// Its lines.
    pub fn lines(&self) -> Lines<'_> {
        Lines { db: &self.db }
    }

    /// A number that is another one whenever another connection has changed the ledger; it costs next to nothing to ask.
    pub fn data_version(&self) -> Result<i64, Error> {
        Ok(self.db.pragma_query_value(None, "data_version", |r| r.get(0))?)
    }

    /// The last key that a claim was given: none is given twice.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn last_claim(&self) -> Result<u64, Error> {
        state(&self.db, "claim")
    }

    /// Keys and ids of claims with a key above `after`, ascending, at most so many: what has come since.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn claims_after(&self, after: u64, most: usize) -> Result<Vec<(u64, String)>, Error> {
        let mut query = self.db.prepare_cached("SELECT key, id FROM claim WHERE key > ?1 ORDER BY key LIMIT ?2")?;
        let bounds = [i64::try_from(after).unwrap_or(i64::MAX), i64::try_from(most).unwrap_or(i64::MAX)];
        let rows = query.query_map(bounds, |r| Ok((r.get::<_, i64>(0)?.unsigned_abs(), r.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keys of claims above a key whose content has a word (or some words behind each other), ascending. Returns the last
    /// key that was looked at: whatever has the word and was added since has a higher one.
    pub fn claims_with(&self, word: &str, above: u64, mut each: impl FnMut(u64)) -> Result<u64, Error> {
        let step = self.db.unchecked_transaction()?;
        let last = state(&step, "claim")?;
        // In quotes, so that the marks of the search language are plain letters here.
        let wanted = format!("\"{}\"", word.replace('"', "\"\""));
        let sql = "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 AND rowid > ?2 ORDER BY rowid";
        let mut query = step.prepare_cached(sql)?;
        let mut rows = query.query(params![wanted, above as i64])?;
        while let Some(row) = rows.next()? {
            each(row.get::<_, i64>(0)? as u64);
        }
        Ok(last)
    }

    /// Contents of about so many claims, evenly from first to last.
    pub fn some_contents(&self, many: u64) -> Result<Vec<String>, Error> {
        let last = state(&self.db, "claim")?;
        let mut query = self.db.prepare_cached("SELECT content FROM claim WHERE key >= ?1 ORDER BY key LIMIT 1")?;
        let mut out = Vec::new();
        for n in 0..many.min(last) {
            let mut rows = query.query([(last as u128 * u128::from(n) / u128::from(many)) as i64])?;
            if let Some(row) = rows.next()? {
                out.push(row.get(0)?);
            }
        }
        Ok(out)
    }

    /// What some claims mean, by their keys; those that mean nothing or are not there are left out.
    pub fn meanings(&self, keys: &[u64]) -> Result<Vec<(u64, evidence::Meaning)>, Error> {
        let mut query = self.db.prepare_cached("SELECT meaning FROM claim WHERE key = ?1 AND meaning IS NOT NULL")?;
        let mut out = Vec::with_capacity(keys.len());
        for key in keys {
            let mut rows = query.query([*key as i64])?;
            if let Some(row) = rows.next()? {
                let bytes = row.get_ref(0)?.as_blob().map_err(|e| Error::damaged(format!("meaning: {e}")))?;
                out.extend(evidence::Meaning::from_bytes(bytes).map(|m| (*key, m)));
            }
        }
        Ok(out)
    }
}

impl Lines<'_> {
    /// From here to [`Self::end`] all is read as it is now.
    pub fn begin(&self) -> Result<(), Error> {
        Ok(self.db.execute_batch("BEGIN")?)
    }

    /// Reads what others have written again.
    pub fn end(&self) -> Result<(), Error> {
        Ok(self.db.execute_batch("COMMIT")?)
    }

    /// The last change.
    pub fn change(&self) -> Result<u64, Error> {
        state(self.db, "change")
    }

    /// Words with a number above `after`, ascending.
    pub fn words(&self, after: u32, mut each: impl FnMut(u32, Facet, String)) -> Result<(), Error> {
        let mut query = self.db.prepare_cached("SELECT id, kind, value FROM word WHERE id > ?1 ORDER BY id")?;
        let mut rows = query.query([after])?;
        while let Some(r) = rows.next()? {
            // Kinds that a newer program made are of no use here.
            if let Some(kind) = Facet::of_number(r.get(1)?) {
                each(r.get(0)?, kind, r.get(2)?);
            }
        }
        Ok(())
    }

    /// All entities, by id.
    pub fn things(&self) -> Result<Vec<Thing>, Error> {
        let mut query =
            self.db.prepare_cached("SELECT id, kind, name, party, country, lat, lon FROM thing ORDER BY id")?;
        let mut rows = query.query([])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let kind: String = r.get(1)?;
            out.push(Thing {
                id: r.get(0)?,
                kind: word(EntityKind::parse, &kind, "entity kind")?,
                name: r.get(2)?,
                party: r.get(3)?,
                country: r.get(4)?,
                point: r.get::<_, Option<f64>>(5)?.zip(r.get(6)?),
            });
        }
        Ok(out)
    }

    /// What is gone since a change; `None` where that is not known any more and all must be read again.
    pub fn gone(&self, since: u64) -> Result<Option<Step>, Error> {
        let mut step = Step { change: self.change()?, ..Step::default() };
        // A ledger put in place of another may be behind it.
        if since < state(self.db, "forgotten")? || since > step.change {
            return Ok(None);
        }
        let mut query = self.db.prepare_cached("SELECT kind, key FROM gone WHERE change > ?1")?;
        let mut rows = query.query([since as i64])?;
        while let Some(r) = rows.next()? {
            let list = if r.get::<_, i64>(0)? == 0 { &mut step.sheets } else { &mut step.matters };
            list.push(r.get::<_, i64>(1)? as u64);
        }
        Ok(Some(step))
    }

    /// The highest key of a sheet, and of a matter.
    pub fn last_keys(&self) -> Result<(u64, u64), Error> {
        let last = |table: &str| -> Result<u64, Error> {
            let sql = format!("SELECT coalesce(max(key), 0) FROM {table}");
            Ok(self.db.query_row(&sql, [], |r| r.get::<_, i64>(0))? as u64)
        };
        Ok((last("sheet")?, last("matter")?))
    }

    /// Sheets with keys in a range, in the order of their keys.
    pub fn sheets(&self, keys: std::ops::RangeInclusive<u64>, sink: &mut impl Sink) -> Result<(), Error> {
        let sql = "SELECT key, article, body FROM sheet WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
        self.read_sheets(sql, params![*keys.start() as i64, *keys.end() as i64], sink)
    }

    /// Sheets that were made since a change.
    pub fn sheets_since(&self, change: u64, sink: &mut impl Sink) -> Result<(), Error> {
        let sql = "SELECT key, article, body FROM sheet WHERE change > ?1 ORDER BY change, key";
        self.read_sheets(sql, params![change as i64], sink)
    }

    fn read_sheets(&self, sql: &str, of: impl rusqlite::Params, sink: &mut impl Sink) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query(of)?;
        let mut words = Vec::new();
        while let Some(r) = rows.next()? {
            let id = text(r.get_ref(1)?)?;
            sheet(r.get::<_, i64>(0)? as u64, id, blob(r.get_ref(2)?)?, &mut words, sink)?;
        }
        Ok(())
    }

    /// Matters with keys in a range, in the order of their keys.
    pub fn matters(&self, keys: std::ops::RangeInclusive<u64>, sink: &mut impl Sink) -> Result<(), Error> {
        let sql = "SELECT key, kind, id, body FROM matter WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
        self.read_matters(sql, params![*keys.start() as i64, *keys.end() as i64], sink)
    }

    /// Matters that were made since a change.
    pub fn matters_since(&self, change: u64, sink: &mut impl Sink) -> Result<(), Error> {
        let sql = "SELECT key, kind, id, body FROM matter WHERE change > ?1 ORDER BY change, key";
        self.read_matters(sql, params![change as i64], sink)
    }

    fn read_matters(&self, sql: &str, of: impl rusqlite::Params, sink: &mut impl Sink) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query(of)?;
        let (mut words, mut members) = (Vec::new(), Vec::new());
        while let Some(r) = rows.next()? {
            let kind = if r.get::<_, i64>(1)? == 0 { MatterKind::Incident } else { MatterKind::Ceasefire };
            let mut body = Reader::new(blob(r.get_ref(3)?)?);
            let days = body.days()?;
            let (weight, denials) = (body.small()?, body.small()?);
            body.ascending(&mut words)?;
            members.clear();
            let mut key = 0_u64;
            for _ in 0..body.number()? {
                let n = body.number()?;
                key = key.wrapping_add(n / 2);
                members.push((key, n % 2 == 1));
            }
            let id = text(r.get_ref(2)?)?;
            let key = r.get::<_, i64>(0)? as u64;
            sink.matter(&MatterLine { key, kind, id, days, weight, denials, words: &words, members: &members });
        }
        Ok(())
    }

    /// Signs of meanings, of sheets with keys in a range: the key of a claim with its signs.
    pub fn senses(
        &self,
        keys: std::ops::RangeInclusive<u64>,
        mut each: impl FnMut(u64, &[u8; super::SIGNS]),
    ) -> Result<(), Error> {
        let mut query = self.db.prepare_cached("SELECT signs FROM sense WHERE sheet BETWEEN ?1 AND ?2")?;
        let mut rows = query.query(params![*keys.start() as i64, *keys.end() as i64])?;
        while let Some(r) = rows.next()? {
            for one in blob(r.get_ref(0)?)?.chunks_exact(8 + super::SIGNS) {
                let (key, signs) = one.split_at(8);
                let key = u64::from_le_bytes(key.try_into().expect("eight bytes"));
                each(key, signs.try_into().expect("the rest of a chunk"));
            }
        }
        Ok(())
    }
}

fn sheet(key: u64, id: &str, body: &[u8], words: &mut Vec<u32>, sink: &mut impl Sink) -> Result<(), Error> {
    let mut r = Reader::new(body);
    let path = r.text()?;
    let days: Days = r.days()?;
    r.ascending(words)?;
    sink.report(key, &ReportLine { id, path, days, words });
    for _ in 0..r.number()? {
        let (key, id, days, doubts) = (r.number()?, r.text()?, r.days()?, r.small()?);
        r.ascending(words)?;
        sink.claim(&ClaimLine { key, id, days, doubts, words });
    }
    for _ in 0..r.number()? {
        let (id, claim) = (r.text()?, r.maybe()?.map(|n| n as u32));
        let (days, low, high, doubts) = (r.days()?, r.maybe()?, r.maybe()?, r.small()?);
        r.ascending(words)?;
        sink.figure(&FigureLine { id, claim, days, low, high, doubts, words });
    }
    Ok(())
}

fn state(db: &Connection, key: &str) -> Result<u64, Error> {
    let mut query = db.prepare_cached("SELECT value FROM state WHERE key = ?1")?;
    Ok(query.query_row([key], |r| r.get::<_, i64>(0))? as u64)
}

fn text(value: rusqlite::types::ValueRef<'_>) -> Result<&str, Error> {
    value.as_str().map_err(|e| Error::damaged(format!("a line: {e}")))
}

fn blob(value: rusqlite::types::ValueRef<'_>) -> Result<&[u8], Error> {
    value.as_blob().map_err(|e| Error::damaged(format!("a line: {e}")))
}
