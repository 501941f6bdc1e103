//! Which truces does an article tell of, and what does it say of each? A truce that is only called for is none.
//!
//! Reading order: `lexicon` (the words), `namings` (which words name a truce), `drafts` (which of them are of one truce),
//! `bound` (whom it binds), `times`, `ends`, `people`, `monitors`, `terms`, `violations` (what is said of it), `days` (arithmetic).

mod lexicon;

mod namings;

mod drafts;

mod bound;

mod times;

mod ends;

mod people;

mod monitors;

mod terms;

mod violations;

mod days;

use evidence::ceasefire::Located;
use evidence::{Act, Ceasefire, CeasefireKind, Claim, Event, Id};

use crate::error::Error;
use crate::scene::Scene;
use drafts::Draft;
use lexicon::{Lexicon, has};
use violations::Breaches;

/// Finds truces, with the words of `data/lexicon/en/truce.toml`.
#[derive(Debug)]
pub struct Finder {
    lexicon: Lexicon,
}

impl Finder {
    /// With the lexicon that travels in the binary.
    ///
    /// # Errors
    /// If the lexicon has a mistake.
    pub fn shipped() -> Result<Self, Error> {
        Ok(Self { lexicon: Lexicon::shipped()? })
    }

    /// The truces of an article, by the first word that names each.
    pub fn find(&self, scene: &Scene, claims: &[Claim]) -> Vec<Ceasefire> {
        let drafts = drafts::find(scene, &self.lexicon, claims);
        let breaches = Breaches { scene, lexicon: &self.lexicon, claims, drafts: &drafts };
        drafts
            .iter()
            .map(|d| {
                let mut truce = self.settle(scene, claims, d, &drafts);
                truce.violations = breaches.of(d, &truce);
                truce.claims = ids(claims, d, &truce);
                truce
            })
            .collect()
    }

    /// All but the violations, which need the rest.
    fn settle(&self, scene: &Scene, claims: &[Claim], draft: &Draft, drafts: &[Draft]) -> Ceasefire {
        let lexicon = &self.lexicon;
        let article = scene.article.id.clone();
        let located = |v: evidence::Reference| Located { article: article.clone(), value: v };
        let now = draft.past.is_none();
        let effective = times::effective(scene, lexicon, claims, draft);
        let ends = ends::ends(scene, lexicon, draft, effective.as_ref());
        let announced = people::announcers(scene, claims, draft);
        let alone = bound::alone(scene, lexicon, claims, draft, &announced);
        let parties = alone.clone().map_or_else(|| draft.parties.clone(), |p| vec![p]);
        let kind = match parties.len() {
            _ if alone.is_some() => CeasefireKind::Unilateral,
            0..=2 => CeasefireKind::Bilateral,
            _ => CeasefireKind::Multilateral,
        };
        let monitors = if now { monitors::monitors(scene, lexicon, draft) } else { Vec::new() };
        let terms = if now && alone.is_none() {
            terms::find(scene, lexicon, claims, draft, drafts, &monitors)
        } else {
            Vec::new()
        };
        let announced = if announced.is_empty() { people::announcers_of(claims, &terms) } else { announced };
        let brokers = people::brokers(scene, lexicon, claims, draft, drafts, &announced);
        let about = draft.claims.iter().map(|i| &claims[*i]);
        let status = about.filter(|c| self.speaks_of_standing(scene, c)).map(|c| (c.id.clone(), c.act)).collect();
        let id = Id::of("ceasefire").with(&article).with_span(scene.token(draft.namings[0].word).span).text("t");
        Ceasefire {
            id,
            kind,
            parties,
            announced_by: announced.into_iter().map(located).collect(),
            brokers: brokers.into_iter().map(located).collect(),
            monitors: monitors.into_iter().map(located).collect(),
            effective: effective.map(|value| Located { article: article.clone(), value }),
            ends: ends.map(|value| Located { article: article.clone(), value }),
            terms,
            violations: Vec::new(),
            status,
            claims: Vec::new(),
        }
    }

    /// Whether a claim about the truce says how it stands: in force, agreed, broken, welcomed, holding.
    fn speaks_of_standing(&self, scene: &Scene, c: &Claim) -> bool {
        match c.event {
            Some(Event::Retreat) => true,
            Some(Event::Agree | Event::Concede) => c.act == Act::Announce || c.speakers.is_empty(),
            Some(Event::Assault) => self.lexicon.is_breach(c),
            _ => {
                let stands = |t: usize| has(&self.lexicon.standing, scene.lemma(t)) && scene.is_verb(t);
                matches!(c.act, Act::Welcome | Act::Condemn) || scene.document.tokens_in(c.content).any(stands)
            }
        }
    }
}

/// Ids of the claims that speak of a truce or of its breach, by position.
fn ids(claims: &[Claim], draft: &Draft, truce: &Ceasefire) -> Vec<String> {
    let speaks =
        |(i, c): &(usize, &Claim)| draft.claims.contains(i) || truce.violations.iter().any(|v| v.claim == c.id);
    claims.iter().enumerate().filter(speaks).map(|(_, c)| c.id.clone()).collect()
}
