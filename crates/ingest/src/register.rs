//! Do two files of a run hold the very same report? Then each keeps an id of its own.

use std::collections::BTreeMap;

use evidence::{Article, Note, ledger::Id};

/// The articles of a run, by id.
#[derive(Debug, Default)]
pub struct Register {
    paths: BTreeMap<String, String>,
}

impl Register {
    /// Enters an article. If another file had the same content, its path becomes part of its id, and a note of kind
    /// `duplicate` tells so; but the same words at the same address are the same article, however often they were taken
    /// from the net. Files must come in the same order for the same ids.
    pub fn enter(&mut self, article: &mut Article) -> Option<Note> {
        let Some(other) = self.paths.get(&article.id) else {
            self.paths.insert(article.id.clone(), article.path.clone());
            return None;
        };
        if *other == article.path || article.url.is_some() {
            return None;
        }
        let note = Note::new("duplicate", format!("{} has the same content as {other}; both are kept", article.path));
        article.id = Id::of("article").with(&article.id).with(&article.path).text("a");
        self.paths.insert(article.id.clone(), article.path.clone());
        Some(note)
    }
}
