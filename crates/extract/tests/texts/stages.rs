//! The stages before extraction, for tests of what it makes of a text.

use annotate::{Annotator, Scratch};
use evidence::document::Document;
use evidence::mention::Referents;
use evidence::{Article, Claim};
use extract::Extractor;
use resolve::Knowledge;

/// All that is needed to read a text.
pub struct Stages {
    annotator: Annotator,
    knowledge: Knowledge,
    pub extractor: Extractor,
}

impl Stages {
    /// With the conflicts that are shipped.
    pub fn new() -> Self {
        Self::with(Knowledge::shipped().unwrap_or_else(|e| panic!("{e}")))
    }

    /// With a conflict of the test's own beside them; `file` is named where the profile is at fault.
    pub fn with_profile(profile: &str, file: &str) -> Self {
        let knowledge = Knowledge::shipped().and_then(|k| k.with_profile(profile, file));
        Self::with(knowledge.unwrap_or_else(|e| panic!("{e}")))
    }

    fn with(knowledge: Knowledge) -> Self {
        Self {
            annotator: Annotator::new(),
            knowledge,
            extractor: Extractor::shipped().unwrap_or_else(|e| panic!("{e}")),
        }
    }

    /// An article's parse and who is meant in it, in the conflict that is named or in those it names itself.
    pub fn refer(&self, article: &Article, conflict: Option<&str>) -> (Document, Referents) {
        let document = self.annotator.annotate(&mut Scratch::default(), &article.text, None, &article.published);
        let (referents, _) = self.knowledge.refer(&article.text, &document, article, conflict);
        (document, referents)
    }

    /// The same, with its claims.
    pub fn claims(&self, article: &Article, conflict: Option<&str>) -> (Document, Referents, Vec<Claim>) {
        let (document, referents) = self.refer(article, conflict);
        let claims = self.extractor.claims(article, &document, &referents);
        (document, referents, claims)
    }
}
