//! What is there to look at, and when? Feeds and the pages they list, kept with the ledger, so that a program killed at
//! any moment goes on where it was.

use evidence::time::Iso;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params};

use crate::{Error, SqliteStore};

/// Seconds since the beginning of 1970, UTC.
pub type Moment = i64;

/// Where the work of watching is kept. `tests/conformance.rs` says what each kind must do.
pub trait Watchlist {
    /// What is known of a feed; a feed never asked is due at once.
    fn feed(&self, url: &str) -> Result<Feed, Error>;

    /// Keeps what a feed said, in one step: the pages that are new, due at once; those it says were changed since,
    /// due again; and then the feed. Returns how many pages are new. If `feed.url` listed a page before, or another
    /// feed did, it is not new. A page that says it was changed rests until `rested`.
    fn heard(&mut self, feed: &Feed, listed: &[Listed], now: Moment, rested: Moment) -> Result<usize, Error>;

    /// Pages to look at by `now`, at most one of each host and none of `busy` hosts, those that wait longest first.
    fn due(&self, now: Moment, busy: &[String], most: usize) -> Result<Vec<Listing>, Error>;

    /// Keeps what became of a look at a page.
    fn looked(&mut self, page: &Listing) -> Result<(), Error>;

    /// How many pages were never looked at and still are to be.
    fn waiting(&self) -> Result<u64, Error>;
}

/// A feed and how to ask it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// Not asked again before.
    pub due: Moment,
    /// How often in a row it could not be had.
    pub failures: u32,
    /// `ETag` of what it last listed.
    pub etag: Option<String>,
    /// `Last-Modified` of that.
    pub modified: Option<String>,
}

/// A page as a feed lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The address that all links to the article share, by which it is known.
    pub key: String,
    /// The address to ask.
    pub url: String,
    /// The host of that.
    pub host: String,
    /// When it was published, as the feed tells.
    pub published: Option<Iso>,
    /// When it was changed last, as the feed tells.
    pub updated: Option<Iso>,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// What the feed tells of it; `published` as it was told first.
    pub page: Listed,
    /// The feed that listed it first.
    pub feed: String,
    /// When it is to be looked at next.
    pub due: Option<Moment>,
    /// When it was first read.
    pub first: Option<Moment>,
    /// How often it was read.
    pub looks: u32,
    /// How often in a row it could not be had.
    pub failures: u32,
    /// `ETag` of what was read last.
    pub etag: Option<String>,
    /// `Last-Modified` of that.
    pub modified: Option<String>,
}

impl SqliteStore {
    /// Lets go of memory that large steps have taken, as long as nothing is to be done.
    ///
    /// # Errors
    /// If the ledger cannot be asked.
    pub fn rest(&self) -> Result<(), Error> {
        /// Kilobytes that a resting ledger holds in memory.
        const CACHE: i64 = 4096;
        self.db.pragma_update(None, "cache_size", -CACHE)?;
        Ok(self.db.execute_batch("PRAGMA shrink_memory")?)
    }
}

impl Watchlist for SqliteStore {
    fn feed(&self, url: &str) -> Result<Feed, Error> {
        let mut query = self.db.prepare_cached("SELECT due, failures, etag, modified FROM feed WHERE url = ?1")?;
        let kept = query.query_row([url], |r| {
            let (due, failures, etag, modified) = (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?);
            Ok(Feed { url: url.to_owned(), due, failures, etag, modified })
        });
        Ok(kept.optional()?.unwrap_or_else(|| Feed { url: url.to_owned(), ..Feed::default() }))
    }

    fn heard(&mut self, feed: &Feed, listed: &[Listed], now: Moment, rested: Moment) -> Result<usize, Error> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut new = 0;
        for page in listed {
            new += list(&step, feed, page, now, rested)?;
        }
        step.prepare_cached(
            "INSERT OR REPLACE INTO feed (url, due, failures, etag, modified) \
             VALUES (:url, :due, :failures, :etag, :modified)",
        )?
        .execute(named_params! {
            ":url": feed.url,
            ":due": feed.due,
            ":failures": feed.failures,
            ":etag": feed.etag,
            ":modified": feed.modified,
        })?;
        step.commit()?;
        Ok(new)
    }

    fn due(&self, now: Moment, busy: &[String], most: usize) -> Result<Vec<Listing>, Error> {
        let mut query = self.db.prepare_cached("SELECT * FROM page WHERE due <= ?1 ORDER BY due, key")?;
        let mut rows = query.query([now])?;
        let mut found: Vec<Listing> = Vec::new();
        while let Some(row) = rows.next()? {
            let host: String = row.get("host")?;
            if busy.contains(&host) || found.iter().any(|p| p.page.host == host) {
                continue;
            }
            found.push(listing(row)?);
            if found.len() >= most {
                break;
            }
        }
        Ok(found)
    }

    fn looked(&mut self, page: &Listing) -> Result<(), Error> {
        let sql = "UPDATE page SET due = :due, first = :first, looks = :looks, failures = :failures, etag = :etag, \
                   modified = :modified WHERE key = :key";
        self.db.prepare_cached(sql)?.execute(named_params! {
            ":key": page.page.key,
            ":due": page.due,
            ":first": page.first,
            ":looks": page.looks,
            ":failures": page.failures,
            ":etag": page.etag,
            ":modified": page.modified,
        })?;
        Ok(())
    }

    fn waiting(&self) -> Result<u64, Error> {
        let n: i64 =
            self.db.query_row("SELECT count(*) FROM page WHERE due IS NOT NULL AND looks = 0", [], |r| r.get(0))?;
        Ok(n.unsigned_abs())
    }
}

/// Lists a page; returns 1 if it is new.
fn list(db: &Connection, feed: &Feed, page: &Listed, now: Moment, rested: Moment) -> Result<usize, Error> {
    let (published, updated) = (page.published.as_ref().map(Iso::as_str), page.updated.as_ref().map(Iso::as_str));
    let new = db
        .prepare_cached(
            "INSERT OR IGNORE INTO page (key, url, host, feed, published, updated, due) \
             VALUES (:key, :url, :host, :feed, :published, :updated, :due)",
        )?
        .execute(named_params! {
            ":key": page.key,
            ":url": page.url,
            ":host": page.host,
            ":feed": feed.url,
            ":published": published,
            ":updated": updated,
            ":due": now,
        })?;
    if new == 0 && updated.is_some() {
        // Only the feed that listed it first is listened to: two feeds may tell different times of one page.
        db.prepare_cached(
            "UPDATE page SET updated = :updated, due = min(coalesce(due, :rested), :rested) \
             WHERE key = :key AND feed = :feed AND coalesce(updated, '') < :updated AND looks > 0",
        )?
        .execute(named_params! {":key": page.key, ":feed": feed.url, ":updated": updated, ":rested": rested})?;
    }
    Ok(new)
}

fn listing(row: &Row) -> Result<Listing, Error> {
    let iso = |column: &str| -> Result<Option<Iso>, Error> {
        let text: Option<String> = row.get(column)?;
        text.map(|t| Iso::parse(&t).ok_or_else(|| Error::damaged(format!("page {column}: {t}")))).transpose()
    };
    Ok(Listing {
        page: Listed {
            key: row.get("key")?,
            url: row.get("url")?,
            host: row.get("host")?,
            published: iso("published")?,
            updated: iso("updated")?,
        },
        feed: row.get("feed")?,
        due: row.get("due")?,
        first: row.get("first")?,
        looks: row.get("looks")?,
        failures: row.get("failures")?,
        etag: row.get("etag")?,
        modified: row.get("modified")?,
    })
}
