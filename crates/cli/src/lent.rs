//! What the program lends the desk: stages of reading, loaded when they are first needed, so that the desk opens at once.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use evidence::{Article, Claim, Conflict, Ledger, Meaning, Toll};
use publish::printable;
use serve::{Lent, Understand};

use crate::commands::explain;
use crate::pipeline::{Pipeline, on_a_deep_stack};
use crate::sent::Reader;

/// All of it, for the desk over a ledger.
///
/// # Errors
/// If the program's own data cannot be read.
pub fn all(ledger: &Path) -> Result<Lent> {
    let knowledge = resolve::Knowledge::shipped().context("cannot load the data of the program")?;
    let conflicts = knowledge.fronts();
    let stages = Arc::new(Stages::default());
    let explaining = Arc::clone(&stages);
    let reading = Reader { ledger: ledger.to_owned(), stages: Arc::clone(&stages) };
    let fronts: Vec<Conflict> = conflicts.clone();
    Ok(Lent {
        understand: Some(stages),
        conflicts,
        tolls: Some(Arc::new(move |ledger: &Ledger| -> Vec<Toll> { reconcile::tolls::find(ledger, &fronts) })),
        explain: Some(Arc::new(move |article: &Article, claim: &Claim| explaining.way(article, claim))),
        order: Some(Arc::new(reconcile::versions)),
        intake: Some(Arc::new(reading)),
    })
}

/// The stages, once they are needed.
#[derive(Default)]
pub struct Stages(OnceLock<Option<Pipeline>>);

impl Stages {
    /// The stages; none, if the program's own data cannot be read.
    pub fn pipeline(&self) -> Option<&Pipeline> {
        let load = || Pipeline::new(None).inspect_err(|e| eprintln!("standoff: {e:#}")).ok();
        self.0.get_or_init(load).as_ref()
    }

    /// The sentence of a claim, its parse, and what its words mean.
    fn way(&self, article: &Article, claim: &Claim) -> String {
        let Some(pipeline) = self.pipeline() else { return String::new() };
        let told = on_a_deep_stack(|| {
            let steps = pipeline.read(&mut annotate::Scratch::default(), article.clone(), Vec::new());
            Ok(explain::sentences(article, claim, &steps.document)
                + &explain::meanings(article, claim, &steps.referents))
        });
        printable(&told.unwrap_or_default())
    }
}

impl Understand for Stages {
    fn meaning(&self, words: &str) -> Option<Meaning> {
        let pipeline = self.pipeline()?;
        let document = on_a_deep_stack(|| Ok(pipeline.read_text(words).document)).ok()?;
        document.meanings.together(0..document.tokens.len())
    }
}
