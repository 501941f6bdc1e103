//! One claim as pages show it: who says what, who denies it, and how it was found.

use evidence::{Act, Claim, Figure, Polarity, Reference, Speaker, Status};
use publish::{Book, wording};

use review::Layer;

use super::colours::Colours;
use crate::layer::{Badge, corrections_of};

/// A claim.
pub(crate) struct Line {
    /// Its place among the claims of its report, from 1.
    pub number: usize,
    pub id: String,
    pub article: String,
    /// Whose words, nearest first; empty: the outlet's own.
    pub speakers: Vec<Voice>,
    /// Whether they speak together, and are no chain.
    pub joint: bool,
    pub colour: &'static str,
    pub act: Act,
    pub verb: &'static str,
    /// Only where it is not plainly actual.
    pub status: Option<&'static str>,
    pub negated: bool,
    pub words: String,
    pub event: Option<&'static str>,
    pub mode: Option<&'static str>,
    pub actors: String,
    pub targets: String,
    pub places: String,
    pub when: String,
    pub figures: Vec<Count>,
    /// Claims that deny it.
    pub denied_by: Vec<Answer>,
    /// What it denies.
    pub denies: Vec<Answer>,
    pub incident: Option<Of>,
    pub found: Vec<Step>,
    /// What people have said of it.
    pub badge: Option<Badge>,
    /// Of the report.
    pub outlet: String,
    pub published: String,
}

/// One who speaks.
pub(crate) struct Voice {
    pub words: String,
    pub party: Option<String>,
    pub colour: &'static str,
}

/// A number of people harmed.
pub(crate) struct Count {
    pub id: String,
    pub count: String,
    pub harm: &'static str,
    pub category: Option<&'static str>,
    /// Whose people.
    pub party: Option<String>,
    pub colour: &'static str,
    pub words: String,
    pub superseded: bool,
}

/// A claim that answers, or is answered.
pub(crate) struct Answer {
    pub id: String,
    pub article: String,
    pub who: String,
    pub colour: &'static str,
    pub words: String,
    pub outlet: String,
    /// Why it is taken to be meant.
    pub reason: String,
}

/// The incident of a claim.
pub(crate) struct Of {
    pub id: String,
    pub relation: &'static str,
    pub claims: usize,
    pub origins: usize,
    pub reason: String,
}

/// One step of the way to a claim.
pub(crate) struct Step {
    pub rule: String,
    pub reason: String,
    pub words: Option<String>,
}

impl Line {
    /// A claim of a ledger; `number` is its place in its report.
    pub fn of(book: &Book, colours: &Colours, claim: &Claim, number: usize) -> Self {
        let article = &claim.article;
        let page = book.page(article);
        let figures = page.into_iter().flat_map(|p| p.figures()).filter(|f| f.claim.as_deref() == Some(&claim.id));
        Self {
            number,
            id: claim.id.clone(),
            article: article.clone(),
            speakers: claim.speakers.iter().map(|s| Voice::of(book, colours, article, s)).collect(),
            joint: claim.joint,
            colour: colours.class(claim.speakers.first().and_then(|s| s.party.as_deref())),
            act: claim.act,
            verb: wording::act(claim.act).trim_start_matches(['✗', '✓', ' ']),
            status: (claim.status != Status::Actual).then(|| claim.status.as_str()),
            negated: claim.polarity == Polarity::Negated,
            words: book.quote(article, claim.content).to_owned(),
            event: claim.event.map(|e| e.as_str()),
            mode: claim.mode.map(|m| m.as_str()),
            actors: named(book, article, &claim.actors),
            targets: named(book, article, &claim.targets),
            places: wording::places(book, claim),
            when: claim.time.as_ref().map(|t| wording::time(book, Some(article), t)).unwrap_or_default(),
            figures: figures.map(|f| Count::of(book, colours, f)).collect(),
            denied_by: denied_by(book, colours, claim),
            denies: denies(book, colours, claim),
            incident: incident(book, claim),
            found: claim
                .found
                .iter()
                .map(|f| Step {
                    rule: f.rule.clone(),
                    reason: wording::told(book, &f.reason),
                    words: f.span.map(|s| book.quote(article, s).to_owned()),
                })
                .collect(),
            badge: None,
            outlet: page.and_then(|p| p.article().outlet.clone()).unwrap_or_default(),
            published: page.map(|p| wording::published(p.article())).unwrap_or_default(),
        }
    }

    /// With what people have said of it.
    pub fn with_badge(self, layer: &Layer) -> Self {
        Self { badge: corrections_of(layer, [self.id.as_str()]).remove(&self.id), ..self }
    }

    /// The outlet, where nobody is quoted.
    pub fn own_voice(&self) -> Option<&str> {
        let outlet = if self.outlet.is_empty() { "the outlet itself" } else { &self.outlet };
        self.speakers.is_empty().then_some(outlet)
    }

    /// Where it stands in its report.
    pub fn href(&self) -> String {
        format!("/reports/{}#l-{}", self.article, self.id)
    }
}

impl Voice {
    fn of(book: &Book, colours: &Colours, article: &str, speaker: &Speaker) -> Self {
        let party = speaker.party.as_deref();
        Self {
            words: self::speaker(book, article, speaker),
            party: party.map(|p| book.party_name(p).to_owned()),
            colour: colours.class(party),
        }
    }
}

impl Count {
    /// A figure of a ledger.
    pub fn of(book: &Book, colours: &Colours, f: &Figure) -> Self {
        Self {
            id: f.id.clone(),
            count: wording::count(f),
            harm: f.harm.as_str(),
            category: (f.category != evidence::Category::Unspecified).then(|| f.category.as_str()),
            party: f.party.as_deref().map(|p| book.party_name(p).to_owned()),
            colour: colours.class(f.party.as_deref()),
            words: book.quote(&f.article, f.span).to_owned(),
            superseded: f.superseded,
        }
    }
}

impl Answer {
    fn of(book: &Book, colours: &Colours, claim: &Claim, reason: &str) -> Self {
        let outlet = book.page(&claim.article).and_then(|p| p.article().outlet.clone()).unwrap_or_default();
        let names = claim.speakers.iter().map(|s| speaker(book, &claim.article, s)).collect::<Vec<_>>();
        let who = if names.is_empty() {
            outlet.clone()
        } else {
            names.join(if claim.joint { " and " } else { ", told by " })
        };
        let party = claim.speakers.first().and_then(|s| s.party.as_deref());
        Self {
            id: claim.id.clone(),
            article: claim.article.clone(),
            who,
            colour: colours.class(party),
            words: book.quote(&claim.article, claim.content).to_owned(),
            outlet,
            reason: wording::told(book, reason),
        }
    }

    /// Where it stands in its report.
    pub fn href(&self) -> String {
        format!("/reports/{}#l-{}", self.article, self.id)
    }
}

/// A speaker in words, without the party.
pub(crate) fn speaker(book: &Book, article: &str, speaker: &Speaker) -> String {
    wording::speaker(book, article, &Speaker { party: None, ..speaker.clone() })
}

/// Who or what some references mean, by their names, each once.
pub(crate) fn named(book: &Book, article: &str, references: &[Reference]) -> String {
    let mut out: Vec<String> = Vec::new();
    for r in references {
        let name = match &r.party {
            Some(party) => book.party_name(party).to_owned(),
            None => wording::reference(book, article, r),
        };
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    }
    out.join(", ")
}

fn denied_by(book: &Book, colours: &Colours, claim: &Claim) -> Vec<Answer> {
    let of = |id: &&str| {
        let denial = book.claim(id)?;
        let why = book.denial(id).and_then(|d| d.denies.iter().find(|d| d.claim == claim.id));
        Some(Answer::of(book, colours, denial, why.map_or("", |d| d.reason.as_str())))
    };
    book.denials_of(&claim.id).iter().filter_map(of).collect()
}

fn denies(book: &Book, colours: &Colours, claim: &Claim) -> Vec<Answer> {
    let denied = book.denial(&claim.id).into_iter().flat_map(|d| &d.denies);
    denied.filter_map(|d| Some(Answer::of(book, colours, book.claim(&d.claim)?, &d.reason))).collect()
}

fn incident(book: &Book, claim: &Claim) -> Option<Of> {
    let (incident, relation) = book.incident_of(&claim.id)?;
    let member = incident.claims.iter().find(|m| m.claim == claim.id)?;
    Some(Of {
        id: incident.id.clone(),
        relation: relation.as_str(),
        claims: incident.claims.len(),
        origins: incident.origins,
        reason: wording::told(book, &member.reason),
    })
}
