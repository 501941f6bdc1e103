//! How a ledger file is recognised, made and brought up to date.

use std::path::Path;
use std::time::Duration;

use evidence::address;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::{Error, Kind};
use crate::line;

/// The steps from an empty file to the newest format; step N makes format N. A step, once released, never changes.
const MIGRATIONS: &[(&str, &str)] = &[
    ("readings", include_str!("schema/0001-readings.sql")),
    ("picture", include_str!("schema/0002-picture.sql")),
    ("meaning", include_str!("schema/0003-meaning.sql")),
    ("imprint", include_str!("schema/0004-imprint.sql")),
    ("watchlist", include_str!("schema/0005-watchlist.sql")),
    ("lines", include_str!("schema/0006-lines.sql")),
    ("corrections", include_str!("schema/0007-corrections.sql")),
    ("answers", include_str!("schema/0008-answers.sql")),
];

/// Marks a file as ours: the letters `STND`.
const APPLICATION_ID: i32 = 0x5354_4e44;

/// Statements that are kept ready: more than there are.
const STATEMENTS: usize = 128;

/// Bytes of the file that a reading connection may map into memory rather than copy; the system takes them back as it
/// needs. SQLite takes no more than 2 GB.
const MAPPED: i64 = 2_000_000_000;

/// Kilobytes of the rest of the file that a reading connection may hold; it takes what it needs.
const READING_CACHE: i64 = 16_384;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens a ledger for writing; makes it if there is none, and brings it up to date.
pub(crate) fn open_for_writing(path: &Path) -> Result<Connection, Error> {
    // Without `SQLITE_OPEN_URI`: a path is a path, whatever it looks like.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // Asked before anything is written: a file of somebody else stays as it is.
    recognise(&db)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    migrate(&mut db)?;
    Ok(db)
}

/// Makes a ledger in memory.
pub(crate) fn in_memory() -> Result<Connection, Error> {
    let mut db = Connection::open_in_memory()?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    migrate(&mut db)?;
    Ok(db)
}

/// Opens a ledger for reading only, also where its folder cannot be written.
pub(crate) fn open_for_reading(path: &Path) -> Result<Connection, Error> {
    if !path.exists() {
        return Err(Kind::Absent.into());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let plain = Connection::open_with_flags(path, flags)?;
    plain.busy_timeout(PATIENCE)?;
    let (db, found) = match recognise(&plain) {
        Ok(found) => (plain, found),
        // A finished ledger on a medium that takes no side files is read as a file that nobody changes.
        Err(Error(Kind::Unreachable(_) | Kind::ReadOnly)) if !has_unfinished_writes(path) => {
            let fixed = Connection::open_with_flags(as_immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)?;
            let found = recognise(&fixed)?;
            (fixed, found)
        }
        Err(e) => return Err(e),
    };
    match found {
        0 => Err(Kind::NotALedger.into()),
        n if (n as usize) < MIGRATIONS.len() => Err(Kind::Older { found: n }.into()),
        _ => {
            db.set_prepared_statement_cache_capacity(STATEMENTS);
            db.pragma_update(None, "mmap_size", MAPPED)?;
            db.pragma_update(None, "cache_size", -READING_CACHE)?;
            Ok(db)
        }
    }
}

/// The format of the file: 0 for an empty one.
fn recognise(db: &Connection) -> Result<u32, Error> {
    let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    let mark: i32 = db.pragma_query_value(None, "application_id", |r| r.get(0))?;
    if tables == 0 {
        return Ok(0);
    }
    if mark != APPLICATION_ID {
        return Err(Kind::NotALedger.into());
    }
    let found: u32 = db.query_row("SELECT coalesce(max(version), 0) FROM migration", [], |r| r.get(0))?;
    if found as usize > MIGRATIONS.len() {
        return Err(Kind::Newer { found, known: MIGRATIONS.len() as u32 }.into());
    }
    Ok(found)
}

fn migrate(db: &mut Connection) -> Result<(), Error> {
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another program may have just done it.
    let done = recognise(&step)? as usize;
    if done < MIGRATIONS.len() {
        step.pragma_update(None, "application_id", APPLICATION_ID)?;
        step.execute_batch(
            "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
        )?;
    }
    for (n, (name, sql)) in MIGRATIONS.iter().enumerate().skip(done) {
        step.execute_batch(sql)?;
        if *name == "imprint" {
            fill_addresses(&step)?;
        }
        if *name == "lines" {
            fill_lines(&step)?;
        }
        step.execute("INSERT INTO migration (version, name) VALUES (?1, ?2)", (n as i64 + 1, name))?;
    }
    step.commit()?;
    Ok(())
}

/// What SQL alone cannot make of the articles read before.
fn fill_addresses(db: &Connection) -> Result<(), Error> {
    let mut query = db.prepare("SELECT id, url FROM article WHERE url IS NOT NULL")?;
    let rows = query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
    for row in rows.collect::<Result<Vec<_>, _>>()? {
        db.execute("UPDATE article SET address = ?2 WHERE id = ?1", (row.0, address::of_article(&row.1)))?;
    }
    Ok(())
}

/// Lines of what was kept before there were any.
fn fill_lines(db: &Connection) -> Result<(), Error> {
    for article in crate::read::article_ids(db)? {
        let Some(reading) = crate::read::reading(db, &article)? else { continue };
        let mut query = db.prepare_cached("SELECT key FROM claim WHERE article = ?1 ORDER BY position")?;
        let keys = query.query_map([&article], |r| r.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        line::put_sheet(db, &article, Some((&reading, &keys)))?;
        line::put_things(db, &[], &reading.entities)?;
    }
    crate::picture::fill_matters(db)
}

fn has_unfinished_writes(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|m| m.len() > 0)
}

fn as_immutable(path: &Path) -> String {
    let mut uri = String::from("file:");
    for c in path.to_string_lossy().chars() {
        match c {
            '?' | '#' | '%' => uri.push_str(&format!("%{:02x}", c as u32)),
            c => uri.push(c),
        }
    }
    uri + "?immutable=1"
}
