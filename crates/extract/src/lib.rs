//! What is claimed, and by whom? Rules over the parse find events, attributions, claims and figures.
//!
//! Reading order: `rule` (what a rule file says), `matcher` (where it matches), `grammar` (who does what to whom),
//! `speech` and `attribution` (who says it), `topic` (of what the report is), `claims`, `propositions` and `contents` (what
//! becomes a claim), `frame`, `modality`, `polarity`, `bindings`, `acts`, `untrue`, `sides` and `own_voice` (its fields).

mod error;

pub mod rule;
pub mod speech;

pub mod grammar;
pub mod matcher;
pub mod scene;

mod acts;
pub mod attribution;
mod bindings;
pub mod claims;
mod contents;
mod frame;
mod modality;
mod own_voice;
mod polarity;
mod propositions;
pub mod sayings;
mod sides;

pub mod figures;
mod topic;
pub mod truces;
mod untrue;

pub use error::Error;

use evidence::{Article, Ceasefire, Claim, Document, Figure, Referents};

use matcher::Rules;
use sayings::Saying;
use scene::Scene;
use speech::Speech;
use topic::Topics;

/// Rules and cues, read once.
#[derive(Debug)]
pub struct Extractor {
    rules: Rules,
    speech: Speech,
    attitudes: Speech,
    truces: truces::Finder,
    figures: figures::Finder,
    topics: Topics,
}

impl Extractor {
    /// With the rules and lexicons that travel in the binary.
    ///
    /// # Errors
    /// If one of our own data files has a mistake.
    pub fn shipped() -> Result<Self, Error> {
        Ok(Self {
            rules: Rules::shipped()?,
            speech: Speech::shipped()?,
            attitudes: Speech::attitudes()?,
            truces: truces::Finder::shipped()?,
            figures: figures::Finder::new()?,
            topics: Topics::shipped()?,
        })
    }

    /// The claims of an article, by position.
    pub fn claims(&self, article: &Article, document: &Document, referents: &Referents) -> Vec<Claim> {
        let scene = Scene { article, document, referents };
        let topic = self.topics.of(&scene);
        let of_conflict: Vec<bool> = (0..document.tokens.len()).map(|t| !topic.is_foreign(&scene, t)).collect();
        let mut claims = claims::find(scene, &self.rules, &self.speech, &of_conflict);
        own_voice::of_claims(article, document, &mut claims);
        claims
    }

    /// The figures of an article, of whose claims `claims` are.
    pub fn figures(
        &self,
        article: &Article,
        document: &Document,
        referents: &Referents,
        claims: &[Claim],
    ) -> Vec<Figure> {
        let scene = Scene { article, document, referents };
        let mut figures = self.figures.find(scene, claims, &self.topics.of(&scene));
        own_voice::of_figures(article, document, &mut figures);
        figures
    }

    /// Gives claims that count victims the party whose people `figures` count.
    pub fn victims(claims: &mut [Claim], figures: &[Figure], referents: &Referents) {
        sides::victims(claims, figures, referents);
    }

    /// The truces of an article, of whose claims `claims` are.
    pub fn truces(
        &self,
        article: &Article,
        document: &Document,
        referents: &Referents,
        claims: &[Claim],
    ) -> Vec<Ceasefire> {
        let scene = Scene { article, document, referents };
        if self.topics.of(&scene).is_open() { self.truces.find(&scene, claims) } else { Vec::new() }
    }

    /// Who says what, by which words, as it is printed; attitudes, which make no claims, among it. By position of the cue.
    pub fn sayings(&self, article: &Article, document: &Document, referents: &Referents) -> Vec<Saying> {
        sayings::find(&Scene { article, document, referents }, &self.speech, &self.attitudes)
    }

    /// Where a rule matched or stopped, line by line.
    pub fn trace(&self, article: &Article, document: &Document, referents: &Referents, rule: &str) -> Vec<String> {
        self.rules.trace(&Scene { article, document, referents }, rule)
    }

    /// Every rule.
    pub fn rules(&self) -> &[rule::Rule] {
        self.rules.all()
    }

    /// Every cue's test.
    pub fn speech(&self) -> &Speech {
        &self.speech
    }

    /// Every test of the cues of attitudes.
    pub fn attitudes(&self) -> &Speech {
        &self.attitudes
    }
}
