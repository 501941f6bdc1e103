//! Which claims have a word? The ledger knows; what it told of a word is kept, as words that most claims have take it a
//! tenth of a second among a million. A key is never that of another claim, so what is kept stays true: it only lacks the
//! claims that were added since, and names some that are gone.

use std::collections::BTreeMap;
use std::sync::Arc;

use roaring::RoaringBitmap;
use store::{Error, SqliteStore};

use super::find::marked;
use super::latest::Latest;
use super::state::Index;

/// Claims are looked into, to learn which words are frequent.
const SAMPLE: u64 = 400;
/// A word that one claim in so many has is frequent.
const FREQUENT: usize = 30;

/// What was told of words, whatever the state.
pub(super) type Heard = Latest<String, Arc<Keys>>;

/// Keys of claims that have a word.
#[derive(Debug, Default)]
pub(super) struct Keys {
    keys: RoaringBitmap,
    /// The last key that was looked at.
    last: u64,
}

impl Index {
    /// Claims that have all of some words.
    pub(super) fn with_words(&self, words: &[String], ledger: &SqliteStore) -> Result<RoaringBitmap, Error> {
        let mut all: Option<RoaringBitmap> = None;
        for word in words {
            let keys = self.keys_with(word, ledger)?;
            all = Some(match all {
                Some(all) => all & &keys.keys,
                None => keys.keys.clone(),
            });
        }
        let slots = all.unwrap_or_default().into_iter().filter_map(|key| self.slot(u64::from(key)));
        Ok(marked(slots, self.claims.next()))
    }

    fn keys_with(&self, word: &str, ledger: &SqliteStore) -> Result<Arc<Keys>, Error> {
        let word = word.to_lowercase();
        let kept = self.heard.get(&word).unwrap_or_default();
        if kept.last > 0 && kept.last >= self.last_key() {
            return Ok(kept);
        }
        let mut new = Vec::new();
        let last = ledger.claims_with(&word, kept.last, |key| new.extend(u32::try_from(key)))?;
        let mut keys = kept.keys.clone();
        // They ascend, behind those that are there.
        let _ = keys.append(new);
        let keys = Arc::new(Keys { keys, last });
        self.heard.put(word, Arc::clone(&keys));
        Ok(keys)
    }

    /// Asks for the words that many claims have before somebody does.
    pub(super) fn hear_frequent_words(&self, ledger: &SqliteStore) -> Result<(), Error> {
        let contents = ledger.some_contents(SAMPLE)?;
        let mut having: BTreeMap<String, usize> = BTreeMap::new();
        for content in &contents {
            let mut words: Vec<String> =
                content.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
            words.sort_unstable();
            words.dedup();
            words.into_iter().filter(|w| !w.is_empty()).for_each(|w| *having.entry(w).or_default() += 1);
        }
        for (word, _) in having.into_iter().filter(|(_, n)| *n * FREQUENT > contents.len()) {
            self.keys_with(&word, ledger)?;
        }
        Ok(())
    }
}
