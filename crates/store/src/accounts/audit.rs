//! What was done, and by whom? Lines that are only ever added, each holding on to the one before.

use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use super::{Accounts, Print};
use crate::{Error, Moment};

/// Something to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Moment,
    /// The account; `console` for whoever sits at the machine; empty for somebody unknown.
    pub who: String,
    /// From where.
    pub address: String,
    /// What: `login`, `login failed`, `role`.
    pub action: String,
    /// To what.
    pub object: String,
    /// What else there is to tell.
    pub detail: String,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// From 1, without gaps.
    pub number: i64,
    /// What is told.
    pub deed: Deed,
    /// Of the line and of all before it.
    pub print: Print,
}

/// Where the log is not as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The first line that does not follow from those before.
    pub number: i64,
}

impl Accounts {
    /// Lines of the log before a number (from the end, for `None`), the newest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn audit(&self, before: Option<i64>, most: usize) -> Result<Vec<AuditLine>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT number, at, who, address, action, object, detail, print FROM audit \
             WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = query.query_map((before.unwrap_or(i64::MAX), most), line)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether each line follows from those before: the last line, or the first that does not.
    ///
    /// That lines were cut off at the end can only be seen by comparing the last line with one noted elsewhere.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn check_audit(&self) -> Result<Result<Option<AuditLine>, Broken>, Error> {
        let mut query = self
            .db
            .prepare("SELECT number, at, who, address, action, object, detail, print FROM audit ORDER BY number")?;
        let mut last: Option<AuditLine> = None;
        for found in query.query_map([], line)? {
            let found = found?;
            let (number, before) = last.as_ref().map_or((1, None), |l| (l.number + 1, Some(&l.print)));
            if found.number != number || found.print != print(before, number, &found.deed) {
                return Ok(Err(Broken { number }));
            }
            last = Some(found);
        }
        Ok(Ok(last))
    }
}

/// Adds a line, within a step of the caller.
pub(super) fn append(db: &Connection, deed: &Deed) -> Result<(), Error> {
    let sql = "SELECT number, print FROM audit ORDER BY number DESC LIMIT 1";
    let last: Option<(i64, Print)> =
        db.prepare_cached(sql)?.query_row([], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    let (number, before) = last.map_or((1, None), |(n, p)| (n + 1, Some(p)));
    db.prepare_cached(
        "INSERT INTO audit (number, at, who, address, action, object, detail, print) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        number,
        deed.at,
        &deed.who,
        &deed.address,
        &deed.action,
        &deed.object,
        &deed.detail,
        print(before.as_ref(), number, deed),
    ))?;
    Ok(())
}

/// Each text with its length before it, so that no two lines read the same.
fn print(before: Option<&Print>, number: i64, deed: &Deed) -> Print {
    let mut hash = Sha256::new();
    hash.update(before.unwrap_or(&[0; 32]));
    hash.update(number.to_be_bytes());
    hash.update(deed.at.to_be_bytes());
    for text in [&deed.who, &deed.address, &deed.action, &deed.object, &deed.detail] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}

fn line(row: &Row) -> rusqlite::Result<AuditLine> {
    Ok(AuditLine {
        number: row.get(0)?,
        deed: Deed {
            at: row.get(1)?,
            who: row.get(2)?,
            address: row.get(3)?,
            action: row.get(4)?,
            object: row.get(5)?,
            detail: row.get(6)?,
        },
        print: row.get(7)?,
    })
}
