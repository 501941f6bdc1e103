//! Who may use the desk? Accounts, sessions, tokens and the audit log, in a file of their own beside the ledger.
//!
//! Every change of an account is kept in one step with the line of the audit log that tells of it, and is on the disk
//! before it is acknowledged. Nothing here knows what a password or a token is: prints come in, prints are compared.

mod audit;
mod doors;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};

use crate::Moment;
use crate::error::{Error, Kind};

pub use audit::{AuditLine, Broken, Deed};
pub use doors::{Door, Lifetimes, Session, Token};

/// The steps from an empty file to the newest format. A step, once released, never changes.
const MIGRATIONS: &[&str] = &[include_str!("accounts/0001-accounts.sql")];

/// Marks a file as ours: the letters `STNA`.
const APPLICATION_ID: i32 = 0x5354_4e41;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// SHA-256 of something secret.
pub type Print = [u8; 32];

/// The file of accounts.
pub struct Accounts {
    db: Connection,
}

/// Somebody who may use the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// `reader`, `coder`, `editor`, `admin`.
    pub role: String,
    /// Print of the password, in PHC form.
    pub password: String,
    /// Whether it is shut.
    pub disabled: bool,
    /// When it was made.
    pub created: Moment,
}

impl Accounts {
    /// Where the accounts of a ledger are.
    pub fn beside(ledger: &Path) -> PathBuf {
        let mut path = ledger.as_os_str().to_owned();
        path.push(".accounts");
        PathBuf::from(path)
    }

    /// Opens the file; makes it if there is none, for its owner alone.
    ///
    /// # Errors
    /// If it cannot be opened or is something else.
    pub fn open(path: &Path) -> Result<Self, Error> {
        make_private(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepared(Connection::open_with_flags(path, flags)?)
    }

    /// Opens a file that is there.
    ///
    /// # Errors
    /// If it is not there, cannot be opened or is something else.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Kind::NoAccounts.into());
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepared(Connection::open_with_flags(path, flags)?)
    }

    fn prepared(mut db: Connection) -> Result<Self, Error> {
        db.busy_timeout(PATIENCE)?;
        recognise(&db)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        // What was acknowledged is there after a crash of the machine as well.
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (n, sql) in MIGRATIONS.iter().enumerate().skip(recognise(&step)?) {
            step.pragma_update(None, "application_id", APPLICATION_ID)?;
            step.execute_batch(sql)?;
            step.pragma_update(None, "user_version", n as i64 + 1)?;
        }
        step.commit()?;
        Ok(Self { db })
    }

    /// One account.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn account(&self, name: &str) -> Result<Option<Account>, Error> {
        let mut query =
            self.db.prepare_cached("SELECT name, role, password, disabled, created FROM account WHERE name = ?1")?;
        Ok(query.query_row([name], account).optional()?)
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, Error> {
        let mut query =
            self.db.prepare_cached("SELECT name, role, password, disabled, created FROM account ORDER BY name")?;
        let rows = query.query_map([], account)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether there is any account, disabled ones included.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn any(&self) -> Result<bool, Error> {
        Ok(self.db.query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |r| r.get(0))?)
    }

    /// Makes an account; `false` if there is one of that name.
    ///
    /// # Errors
    /// If nothing can be written, or if the role is none.
    pub fn add(&mut self, name: &str, role: &str, password: &str, deed: &Deed) -> Result<bool, Error> {
        self.step(deed, |db| {
            let sql = "INSERT INTO account (name, role, password, created) VALUES (?1, ?2, ?3, ?4) \
                       ON CONFLICT (name) DO NOTHING";
            db.execute(sql, (name, role, password, deed.at))
        })
    }

    /// Gives an account another role. `false` if there is none of that name, here and below.
    ///
    /// # Errors
    /// If nothing can be written, or if the role is none.
    pub fn set_role(&mut self, name: &str, role: &str, deed: &Deed) -> Result<bool, Error> {
        self.step(deed, |db| db.execute("UPDATE account SET role = ?2 WHERE name = ?1", [name, role]))
    }

    /// Gives an account another password and ends its sessions, but for one.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn set_password(
        &mut self,
        name: &str,
        password: &str,
        but: Option<&Print>,
        deed: &Deed,
    ) -> Result<bool, Error> {
        self.step(deed, |db| {
            let sql = "DELETE FROM session WHERE account = ?1 AND print IS NOT ?2";
            db.execute(sql, (name, but.map(Print::as_slice)))?;
            db.execute("UPDATE account SET password = ?2 WHERE name = ?1", [name, password])
        })
    }

    /// Shuts an account, which ends its sessions, or opens it again.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn set_disabled(&mut self, name: &str, disabled: bool, deed: &Deed) -> Result<bool, Error> {
        self.step(deed, |db| {
            if disabled {
                db.execute("DELETE FROM session WHERE account = ?1", [name])?;
            }
            db.execute("UPDATE account SET disabled = ?2 WHERE name = ?1", (name, disabled))
        })
    }

    /// Does something and writes it down, both or neither; nothing is written down where nothing was changed.
    fn step(
        &mut self,
        deed: &Deed,
        change: impl FnOnce(&Connection) -> rusqlite::Result<usize>,
    ) -> Result<bool, Error> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if change(&step)? == 0 {
            return Ok(false);
        }
        audit::append(&step, deed)?;
        step.commit()?;
        Ok(true)
    }
}

fn account(row: &rusqlite::Row) -> rusqlite::Result<Account> {
    Ok(Account {
        name: row.get(0)?,
        role: row.get(1)?,
        password: row.get(2)?,
        disabled: row.get(3)?,
        created: row.get(4)?,
    })
}

/// How many steps the file has taken: 0 for an empty one.
fn recognise(db: &Connection) -> Result<usize, Error> {
    let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    if tables == 0 {
        return Ok(0);
    }
    let mark: i32 = db.pragma_query_value(None, "application_id", |r| r.get(0))?;
    if mark != APPLICATION_ID {
        return Err(Kind::NotAccounts.into());
    }
    let found: u32 = db.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if found as usize > MIGRATIONS.len() {
        return Err(Kind::NewerAccounts.into());
    }
    Ok(found as usize)
}

/// Makes the file so that only its owner may read it, where there is none yet and the system knows owners. SQLite gives
/// its side files the same rights.
fn make_private(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Whatever goes wrong here, opening it tells better.
    drop(options.open(path));
}
