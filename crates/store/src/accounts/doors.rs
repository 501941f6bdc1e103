//! Sessions and tokens: what opens the desk to an account, and for how long.

use rusqlite::{Connection, OptionalExtension, Row};

use super::audit;
use super::{Account, Accounts, Deed, Print, account};
use crate::{Error, Moment};

/// How long sessions last, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// Without being used.
    pub idle: i64,
    /// At most.
    pub absolute: i64,
}

/// What a browser was let in by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Names it to its owner.
    pub id: i64,
    /// When it was begun.
    pub begun: Moment,
    /// When it was seen last, to the minute.
    pub used: Moment,
    /// From where it was begun.
    pub address: String,
    /// By which browser, as that says.
    pub agent: String,
    /// Whether it has this print.
    pub print: Print,
}

/// What a program is let in by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Names it to its owner.
    pub id: i64,
    /// As its owner named it.
    pub name: String,
    /// What it may do, at most.
    pub role: String,
    /// When it was made.
    pub created: Moment,
    /// When it ends.
    pub expires: Moment,
    /// When it was seen last, to the minute; never, for `None`.
    pub used: Option<Moment>,
}

/// Who came in, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The account, which is open.
    pub account: Account,
    /// The role of the token; of a session, that of the account.
    pub role: String,
}

/// How exact `used` is, in seconds: so that not every request is a write.
const MINUTE: i64 = 60;

impl Accounts {
    /// Begins a session, ends those that are over, and writes down that somebody came in.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn begin(
        &mut self,
        account: &str,
        print: &Print,
        agent: &str,
        lives: Lifetimes,
        deed: &Deed,
    ) -> Result<(), Error> {
        self.step(deed, |db| {
            db.execute(
                "DELETE FROM session WHERE used <= ?1 OR begun <= ?2",
                (deed.at - lives.idle, deed.at - lives.absolute),
            )?;
            db.execute(
                "INSERT INTO session (print, account, begun, used, address, agent) VALUES (?1, ?2, ?3, ?3, ?4, ?5)",
                (print, account, deed.at, &deed.address, agent),
            )
        })?;
        Ok(())
    }

    /// Who a session belongs to, unless it is over or the account is shut; takes note that it is used.
    ///
    /// # Errors
    /// If the file cannot be used.
    pub fn by_session(&self, print: &Print, lives: Lifetimes, now: Moment) -> Result<Option<Door>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT a.name, a.role, a.password, a.disabled, a.created, a.role, s.used \
             FROM session s JOIN account a ON a.name = s.account \
             WHERE s.print = ?1 AND s.used > ?2 AND s.begun > ?3 AND NOT a.disabled",
        )?;
        let found = query.query_row((print, now - lives.idle, now - lives.absolute), door).optional()?;
        let Some((door, used)) = found else { return Ok(None) };
        if used.is_none_or(|u| now - u >= MINUTE) {
            note(&self.db, "UPDATE session SET used = ?2 WHERE print = ?1", print, now)?;
        }
        Ok(Some(door))
    }

    /// Who a token belongs to, unless it has ended or the account is shut; takes note that it is used.
    ///
    /// # Errors
    /// If the file cannot be used.
    pub fn by_token(&self, print: &Print, now: Moment) -> Result<Option<Door>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT a.name, a.role, a.password, a.disabled, a.created, t.role, t.used \
             FROM token t JOIN account a ON a.name = t.account \
             WHERE t.print = ?1 AND t.expires > ?2 AND NOT a.disabled",
        )?;
        let Some((door, used)) = query.query_row((print, now), door).optional()? else { return Ok(None) };
        if used.is_none_or(|u| now - u >= MINUTE) {
            note(&self.db, "UPDATE token SET used = ?2 WHERE print = ?1", print, now)?;
        }
        Ok(Some(door))
    }

    /// The sessions of an account, the newest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn sessions(&self, account: &str, lives: Lifetimes, now: Moment) -> Result<Vec<Session>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, begun, used, address, agent, print FROM session \
             WHERE account = ?1 AND used > ?2 AND begun > ?3 ORDER BY id DESC",
        )?;
        let rows = query.query_map((account, now - lives.idle, now - lives.absolute), session)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ends the session that has a print.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn end(&mut self, print: &Print, deed: &Deed) -> Result<bool, Error> {
        self.step(deed, |db| db.execute("DELETE FROM session WHERE print = ?1", [print]))
    }

    /// Ends one session of an account, or all, for `None`.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn end_sessions(&mut self, account: &str, id: Option<i64>, deed: &Deed) -> Result<bool, Error> {
        self.step(deed, |db| {
            db.execute("DELETE FROM session WHERE account = ?1 AND (?2 IS NULL OR id = ?2)", (account, id))
        })
    }

    /// Makes a token that ends at `expires`.
    ///
    /// # Errors
    /// If nothing can be written, or if there is no such account.
    pub fn add_token(
        &mut self,
        account: &str,
        name: &str,
        role: &str,
        print: &Print,
        expires: Moment,
        deed: &Deed,
    ) -> Result<(), Error> {
        self.step(deed, |db| {
            db.execute(
                "INSERT INTO token (print, account, name, role, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (print, account, name, role, deed.at, expires),
            )
        })?;
        Ok(())
    }

    /// The tokens of an account, the newest first, also those that have ended.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tokens(&self, account: &str) -> Result<Vec<Token>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, name, role, created, expires, used FROM token WHERE account = ?1 ORDER BY id DESC",
        )?;
        let rows = query.query_map([account], token)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes a token of an account back.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn revoke(&mut self, account: &str, id: i64, deed: &Deed) -> Result<bool, Error> {
        self.step(deed, |db| db.execute("DELETE FROM token WHERE account = ?1 AND id = ?2", (account, id)))
    }

    /// Writes a line of the audit log that tells of nothing in this file.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn log(&mut self, deed: &Deed) -> Result<(), Error> {
        let step = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        audit::append(&step, deed)?;
        Ok(step.commit()?)
    }
}

/// Takes note of use; where another program is writing, it is let be: to the minute is no promise.
fn note(db: &Connection, sql: &str, print: &Print, now: Moment) -> Result<(), Error> {
    match db.prepare_cached(sql)?.execute((print, now)).map_err(Error::from) {
        Err(e) if !e.is_locked() => Err(e),
        _ => Ok(()),
    }
}

fn door(row: &Row) -> rusqlite::Result<(Door, Option<Moment>)> {
    Ok((Door { account: account(row)?, role: row.get(5)? }, row.get(6)?))
}

fn session(row: &Row) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        begun: row.get(1)?,
        used: row.get(2)?,
        address: row.get(3)?,
        agent: row.get(4)?,
        print: row.get(5)?,
    })
}

fn token(row: &Row) -> rusqlite::Result<Token> {
    Ok(Token {
        id: row.get(0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        created: row.get(3)?,
        expires: row.get(4)?,
        used: row.get(5)?,
    })
}
