//! The ledger as one SQLite file.

use std::collections::BTreeSet;
use std::path::Path;

use evidence::ledger::Reading;
use evidence::version::Edition;
use evidence::{Entity, Ledger, address};
use rusqlite::{Connection, TransactionBehavior};

use crate::{Derived, Error, Picture, Saved, Selected, Selection, Store, Tally, Wanted};
use crate::{excerpt, picture, read, schema, select, write};

/// A ledger file. Several programs may read it at once; one writes at a time and the others wait for it.
pub struct SqliteStore {
    pub(crate) db: Connection,
}

impl SqliteStore {
    /// Opens the ledger for writing; makes it if there is none.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { db: schema::open_for_writing(path)? })
    }

    /// A ledger that is nowhere but in memory.
    pub fn in_memory() -> Result<Self, Error> {
        Ok(Self { db: schema::in_memory()? })
    }

    /// Opens a ledger that is there, for reading only.
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        Ok(Self { db: schema::open_for_reading(path)? })
    }

    /// Lets the file grow no further, as on a full disk: for tests of what happens then.
    #[doc(hidden)]
    pub fn limit_to_present_size(&self) -> Result<(), Error> {
        let pages: i64 = self.db.pragma_query_value(None, "page_count", |r| r.get(0))?;
        self.db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        Ok(())
    }
}

impl Store for SqliteStore {
    fn save(&mut self, reader: &str, reading: &Reading) -> Result<Saved, Error> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let id = &reading.article.id;
        let kept = read::reading(&step, id)?;
        let saved = match &kept {
            None => Saved::Added,
            Some(kept) if same_but_for_path(kept, reading) => return Ok(Saved::Unchanged),
            Some(_) => Saved::Replaced,
        };
        write::replace(&step, reader, kept.as_ref(), reading)?;
        step.execute("INSERT OR IGNORE INTO stale (article) VALUES (?1)", [id])?;
        step.execute("UPDATE state SET value = value + 1 WHERE key = 'revision'", [])?;
        step.commit()?;
        Ok(saved)
    }

    fn readings(&self, of: Option<&[String]>) -> Result<Vec<Reading>, Error> {
        // One transaction, so that a program writing meanwhile does not show half of its work.
        let step = self.db.unchecked_transaction()?;
        let ids = match of {
            None => read::article_ids(&step)?,
            Some(wanted) => wanted.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        };
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            out.extend(read::reading(&step, &id)?);
        }
        out.sort_by(|a, b| (&a.article.path, &a.article.id).cmp(&(&b.article.path, &b.article.id)));
        Ok(out)
    }

    fn revision(&self) -> Result<u64, Error> {
        state(&self.db, "revision")
    }

    fn picture(&mut self, form: u64) -> Result<Picture<'_>, Error> {
        Picture::new(self.db.transaction_with_behavior(TransactionBehavior::Immediate)?, form)
    }

    fn derived(&self) -> Result<Option<Derived>, Error> {
        let step = self.db.unchecked_transaction()?;
        picture::derived(&step)
    }

    fn tally(&self, most: usize) -> Result<Tally, Error> {
        let step = self.db.unchecked_transaction()?;
        picture::tally(&step, most)
    }

    fn select(&self, selection: &Selection) -> Result<Selected, Error> {
        let step = self.db.unchecked_transaction()?;
        select::select(&step, selection)
    }

    fn excerpt(&self, wanted: &Wanted) -> Result<Ledger, Error> {
        let step = self.db.unchecked_transaction()?;
        excerpt::excerpt(&step, wanted)
    }

    fn entities(&self, ids: &[String]) -> Result<Vec<Entity>, Error> {
        /// Articles whose names for one entity are put together: those of some hundred are hardly ever more.
        const ARTICLES: usize = 40;
        let step = self.db.unchecked_transaction()?;
        excerpt::entities(&step, ids, ARTICLES)
    }

    fn sizes(&self, articles: &[String]) -> Result<Vec<(u64, u64)>, Error> {
        let step = self.db.unchecked_transaction()?;
        excerpt::sizes(&step, articles)
    }

    fn editions(&self, of: Option<&str>) -> Result<Vec<(String, Vec<Edition>)>, Error> {
        let step = self.db.unchecked_transaction()?;
        read::editions(&step, of)
    }

    fn articles_like(&self, name: &str, most: usize) -> Result<Vec<String>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id FROM article WHERE substr(id, 1, length(?1)) = ?1 OR path = ?1 OR address = ?2 \
             ORDER BY id LIMIT ?3",
        )?;
        let rows = query.query_map((name, address::of_article(name), most as i64), |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn claims_like(&self, prefix: &str, most: usize) -> Result<Vec<(String, String)>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT DISTINCT id, article FROM claim WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2",
        )?;
        let rows = query.query_map((prefix, most as i64), |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn state(db: &Connection, key: &str) -> Result<u64, Error> {
    let value: i64 = db.query_row("SELECT value FROM state WHERE key = ?1", [key], |r| r.get(0))?;
    u64::try_from(value).map_err(|_| Error::damaged(format!("state {key}: {value}")))
}

/// The same report found in a second place, or taken from the net a second time, is the same report; its notes name the
/// first place.
fn same_but_for_path(kept: &Reading, new: &Reading) -> bool {
    let mut found = kept.clone();
    if kept.article.path != new.article.path {
        found.article.path.clone_from(&new.article.path);
        found.notes.clone_from(&new.notes);
    }
    found.article.imprint.retrieved.clone_from(&new.article.imprint.retrieved);
    found.article.imprint.bases.clone_from(&new.article.imprint.bases);
    found == *new
}
