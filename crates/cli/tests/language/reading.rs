//! From a text to its claims, as the pipeline does it, for tests.

use annotate::{Annotator, Scratch};
use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::{Article, Claim, Published};
use extract::Extractor;
use resolve::Knowledge;

/// The stages with the data that travels in the program.
pub struct Stages {
    annotator: Annotator,
    knowledge: Knowledge,
    pub extractor: Extractor,
}

/// What was read.
pub struct Text {
    pub article: Article,
    pub claims: Vec<Claim>,
    pub reading: Reading,
}

impl Stages {
    pub fn shipped() -> Self {
        Self {
            annotator: Annotator::new(),
            knowledge: Knowledge::shipped().unwrap_or_else(|e| panic!("{e}")),
            extractor: Extractor::shipped().unwrap_or_else(|e| panic!("{e}")),
        }
    }

    /// Reads a text as a report of 15 May 2024, a Wednesday.
    pub fn read(&self, text: &str) -> Text {
        self.read_as(text, "test", "2024-05-15")
    }

    /// Reads a text as a report of that name and day, or one that is `undated`.
    pub fn read_as(&self, text: &str, name: &str, day: &str) -> Text {
        let value = (day != "undated").then(|| Iso::parse(day).expect("a day"));
        let published = Published {
            precision: value.as_ref().map(|_| evidence::Precision::Day),
            basis: if value.is_some() { evidence::Basis::Given } else { evidence::Basis::Unknown },
            value,
            spans: Vec::new(),
        };
        let article = Article {
            id: format!("a-{name}"),
            path: format!("{name}.txt"),
            published,
            language: Some("en".to_owned()),
            ..Article::of_words(text)
        };
        let document = self.annotator.annotate(&mut Scratch::default(), &article.text, None, &article.published);
        let (referents, notes) = self.knowledge.refer(&article.text, &document, &article, None);
        let mut claims = self.extractor.claims(&article, &document, &referents);
        let figures = self.extractor.figures(&article, &document, &referents, &claims);
        let ceasefires = self.extractor.truces(&article, &document, &referents, &claims);
        extract::Extractor::victims(&mut claims, &figures, &referents);
        let reading = Reading {
            article: article.clone(),
            entities: referents.entities,
            claims: claims.clone(),
            figures,
            ceasefires,
            notes,
        };
        Text { article, claims, reading }
    }
}
