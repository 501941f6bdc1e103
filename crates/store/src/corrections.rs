//! What people say of claims and figures: kept beside the readings, only ever added to.

use std::collections::BTreeMap;

use evidence::Span;
use evidence::correction::{Anchor, Correction, Draft, Field, Kind, Object, Values, Verdict};
use rusqlite::{Connection, Row, TransactionBehavior, named_params, params};

use crate::rows::{from_json, json_of, word};
use crate::{Error, SqliteStore};

/// A ledger in which people correct what the machine read. Part of `tests/conformance.rs`.
pub trait Corrections {
    /// All corrections with a number above `after`, by number.
    fn corrections(&self, after: u64) -> Result<Vec<Correction>, Error>;

    /// Keeps a correction for good: once this returns, neither a kill nor a failing power supply loses it. `seen` is the
    /// number of the last correction of the object that whoever says this knew of (0: none), `ids` are all ids under
    /// which the object was corrected. Nothing is kept if there is a later one by somebody else, or by the same person
    /// in another window; the same said twice is kept once.
    fn correct(&mut self, draft: &Draft, seen: u64, ids: &[String]) -> Result<Kept, Error>;

    /// Of some objects, those whose ids are in no reading any more, in the order given.
    fn gone(&self, objects: &[Object]) -> Result<Vec<Object>, Error>;
}

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is kept under this number.
    New(u64),
    /// The same person has just said the same: a form sent twice.
    Already(u64),
    /// Others have said something meanwhile, which is not known to whoever says this.
    Behind(Vec<Correction>),
}

impl Corrections for SqliteStore {
    fn corrections(&self, after: u64) -> Result<Vec<Correction>, Error> {
        let mut query = self.db.prepare_cached("SELECT * FROM correction WHERE number > ?1 ORDER BY number")?;
        let mut rows = query.query([i64::try_from(after).unwrap_or(i64::MAX)])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(correction(row)?);
        }
        Ok(out)
    }

    fn correct(&mut self, draft: &Draft, seen: u64, ids: &[String]) -> Result<Kept, Error> {
        // A commit is on the disk before it is acknowledged; readings, which can be made again, need not wait for that.
        self.db.pragma_update(None, "synchronous", "FULL")?;
        let kept = keep(&mut self.db, draft, seen, ids);
        self.db.pragma_update(None, "synchronous", "NORMAL")?;
        kept
    }

    fn gone(&self, objects: &[Object]) -> Result<Vec<Object>, Error> {
        let step = self.db.unchecked_transaction()?;
        let mut out = Vec::new();
        for object in objects {
            let table = object.kind.as_str();
            let mut query = step.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?;
            if !query.exists([&object.id])? {
                out.push(object.clone());
            }
        }
        Ok(out)
    }
}

fn keep(db: &mut Connection, draft: &Draft, seen: u64, ids: &[String]) -> Result<Kept, Error> {
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut later = Vec::new();
    for id in ids.iter().chain([&draft.object.id]) {
        later.extend(later_than(&step, draft.object.kind, id, seen)?);
    }
    let later: BTreeMap<u64, Correction> = later.into_iter().map(|c| (c.number, c)).collect();
    let own = later.values().rfind(|c| c.said.coder == draft.coder);
    if let Some(same) = own.filter(|c| Draft { at: draft.at, ..c.said.clone() } == *draft) {
        return Ok(Kept::Already(same.number));
    }
    if !later.is_empty() {
        return Ok(Kept::Behind(later.into_values().collect()));
    }
    add(&step, draft)?;
    let number = step.last_insert_rowid().unsigned_abs();
    step.commit()?;
    Ok(Kept::New(number))
}

fn later_than(db: &Connection, kind: Kind, id: &str, seen: u64) -> Result<Vec<Correction>, Error> {
    let mut query = db.prepare_cached("SELECT * FROM correction WHERE kind = ?1 AND object = ?2 AND number > ?3")?;
    let mut rows = query.query(params![kind.as_str(), id, i64::try_from(seen).unwrap_or(i64::MAX)])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(correction(row)?);
    }
    Ok(out)
}

fn add(db: &Connection, d: &Draft) -> Result<(), Error> {
    let (values, takes_back) = match &d.verdict {
        Verdict::Accept | Verdict::Reject => (None, None),
        Verdict::Correct(values) => (Some(to_json(values)), None),
        Verdict::TakeBack(number) => (None, Some(i64::try_from(*number).unwrap_or(i64::MAX))),
    };
    db.prepare_cached(
        "INSERT INTO correction (kind, object, article, start, end, quote, read_json, print, coder, at, settles, verdict, \
         values_json, takes_back, why) VALUES (:kind, :object, :article, :start, :end, :quote, :read, :print, :coder, \
         :at, :settles, :verdict, :values, :takes_back, :why)",
    )?
    .execute(named_params! {
        ":kind": d.object.kind.as_str(), ":object": d.object.id, ":article": d.anchor.article,
        ":start": d.anchor.span.start() as i64, ":end": d.anchor.span.end() as i64, ":quote": d.anchor.quote,
        ":read": to_json(&d.anchor.read), ":print": d.anchor.print(), ":coder": d.coder, ":at": d.at,
        ":settles": d.settles, ":verdict": d.verdict.as_str(), ":values": values, ":takes_back": takes_back,
        ":why": d.why,
    })?;
    Ok(())
}

fn correction(r: &Row) -> Result<Correction, Error> {
    let text = |column: &str| -> Result<String, Error> { Ok(r.get(column)?) };
    let place = |column: &str| -> Result<usize, Error> {
        let at: i64 = r.get(column)?;
        let fits = u32::try_from(at).map_err(|_| Error::damaged(format!("correction {column}: {at}")))?;
        Ok(fits as usize)
    };
    let number = |column: &str| -> Result<u64, Error> { Ok(r.get::<_, i64>(column)?.unsigned_abs()) };
    let (start, end) = (place("start")?, place("end")?);
    if start > end {
        return Err(Error::damaged(format!("correction span {start}..{end}")));
    }
    let verdict = match text("verdict")?.as_str() {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        "correct" => Verdict::Correct(values(&text("values_json")?)?),
        "take-back" => Verdict::TakeBack(number("takes_back")?),
        other => return Err(Error::damaged(format!("correction verdict: {other}"))),
    };
    let anchor = Anchor {
        article: text("article")?,
        span: Span::new(start, end),
        quote: text("quote")?,
        read: values(&text("read_json")?)?,
    };
    let object = Object { kind: word(Kind::parse, &text("kind")?, "correction kind")?, id: text("object")? };
    let said = Draft {
        object,
        anchor,
        coder: text("coder")?,
        at: r.get("at")?,
        settles: r.get("settles")?,
        verdict,
        why: text("why")?,
    };
    Ok(Correction { number: number("number")?, said })
}

fn to_json(values: &Values) -> String {
    let named: BTreeMap<&str, &String> = values.iter().map(|(field, value)| (field.as_str(), value)).collect();
    json_of(&named)
}

/// Fields by their names.
fn values(json: &str) -> Result<Values, Error> {
    let named: BTreeMap<String, String> = from_json(json, "correction values")?;
    let field = |(name, value): (String, String)| Ok((word(Field::parse, &name, "correction field")?, value));
    named.into_iter().map(field).collect()
}
