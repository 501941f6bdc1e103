//! What was worked out of late, kept for who asks the same again.

use std::sync::{Mutex, PoisonError};

/// So many are kept: of a million claims what is found takes 128 kB at most.
const KEPT: usize = 256;

/// The latest answers by what was asked.
pub(super) struct Latest<Q, A> {
    /// The one that was asked for last stands at the end.
    all: Mutex<Vec<(Q, A)>>,
}

impl<Q, A> Default for Latest<Q, A> {
    fn default() -> Self {
        Self { all: Mutex::default() }
    }
}

impl<Q, A> std::fmt::Debug for Latest<Q, A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Latest")
    }
}

impl<Q: PartialEq, A: Clone> Latest<Q, A> {
    /// What was answered, if it is kept.
    pub(super) fn get(&self, asked: &Q) -> Option<A> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let at = all.iter().rposition(|(q, _)| q == asked)?;
        let found = all.remove(at);
        let answer = found.1.clone();
        all.push(found);
        Some(answer)
    }

    /// Keeps an answer in place of the one before.
    pub(super) fn put(&self, asked: Q, answer: A) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(q, _)| *q != asked);
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push((asked, answer));
    }
}
