//! Which truces does an article tell of, and what does it say of each? A truce that is only called for is none.

mod facts;
mod lexicon;

use evidence::ceasefire::{Located, Violation};
use evidence::document::TokenId;
use evidence::{Act, Ceasefire, CeasefireKind, Claim, Event, Id, Mode, Polarity, Status};

use crate::error::Error;
use crate::scene::Scene;
use lexicon::Lexicon;

/// Finds truces, with the words of `data/lexicon/en/truce.toml`.
#[derive(Debug)]
pub struct Finder {
    lexicon: Lexicon,
}

/// One truce on its way: the words that name it and what is said of it.
#[derive(Debug)]
struct Draft {
    /// Words that name it.
    nouns: Vec<TokenId>,
    /// Year, or year and month, of a truce told as history; `None`: the truce the report is about.
    past: Option<String>,
    /// Sides bound, sorted.
    parties: Vec<String>,
    /// Indices of claims about it.
    claims: Vec<usize>,
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
        let drafts = self.drafts(scene, claims);
        let history: Vec<TokenId> =
            drafts.iter().filter(|d| d.past.is_some()).flat_map(|d| d.nouns.iter().copied()).collect();
        drafts.iter().map(|d| self.settle(scene, claims, d, &history)).collect()
    }

    /// Groups the words that name truces: by their sides and, for history, by their time.
    fn drafts(&self, scene: &Scene, claims: &[Claim]) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for noun in self.lexicon.nouns_in(scene) {
            let about: Vec<usize> = claims
                .iter()
                .enumerate()
                .filter(|(_, c)| c.content.contains(scene.token(noun).span))
                .map(|(i, _)| i)
                .collect();
            if self.only_wished(scene, claims, &about, noun) {
                continue;
            }
            let past = facts::past_of(scene, noun);
            let parties = facts::sides_of(scene, noun, claims, &about);
            let same = |d: &&mut Draft| {
                d.past == past
                    && (d.parties == parties
                        || parties.is_empty()
                        || d.parties.is_empty()
                        || overlap(&d.parties, &parties))
            };
            match drafts.iter_mut().find(same) {
                Some(d) => {
                    d.nouns.push(noun);
                    d.claims.extend(about);
                    if parties.len() > d.parties.len() {
                        d.parties = parties;
                    }
                }
                None => drafts.push(Draft { nouns: vec![noun], past, parties, claims: about }),
            }
        }
        drafts.retain(|d| d.past.is_some() || self.is_told(scene, claims, d));
        // "The deal was sealed on Monday": words that stand for the one truce the report is about.
        let mut main = drafts.iter_mut().filter(|d| d.past.is_none());
        if let (Some(d), None) = (main.next(), main.next()) {
            let carriers = (0..scene.document.tokens.len()).filter(|t| self.lexicon.stands_for_truce(scene, *t));
            let fresh: Vec<TokenId> = carriers.filter(|t| facts::past_of(scene, *t).is_none()).collect();
            d.nouns.extend(fresh);
        }
        drafts
    }

    /// Whether the words ask for a truce, threaten without one or imagine one.
    fn only_wished(&self, scene: &Scene, claims: &[Claim], about: &[usize], noun: TokenId) -> bool {
        let wished = |c: &Claim| {
            matches!(c.act, Act::Appeal | Act::Demand | Act::Predict | Act::Offer)
                || matches!(c.status, Status::Demanded | Status::Possible | Status::Conditional)
        };
        let innermost = about.iter().map(|i| &claims[*i]).min_by_key(|c| c.content.len());
        let asked = scene.document.ancestors(noun).take(3).any(|a| {
            matches!(
                scene.lemma(a),
                "call" | "urge" | "demand" | "appeal" | "seek" | "want" | "propose" | "need" | "open" | "push"
            )
        });
        innermost.is_some_and(wished) || asked && innermost.is_none_or(|c| c.event != Some(Event::Agree))
    }

    /// Whether anything says that the truce was agreed, declared or is in force.
    fn is_told(&self, scene: &Scene, claims: &[Claim], draft: &Draft) -> bool {
        let by_claim = draft.claims.iter().map(|i| &claims[*i]).any(|c| {
            matches!(c.event, Some(Event::Agree | Event::Concede)) && c.polarity == Polarity::Affirmed
                || c.event == Some(Event::Retreat) && c.mode == Some(Mode::Ceasefire)
                || self.lexicon.is_breach(c)
        });
        by_claim || draft.nouns.iter().any(|n| facts::is_definite(scene, *n))
    }

    fn settle(&self, scene: &Scene, claims: &[Claim], draft: &Draft, history: &[TokenId]) -> Ceasefire {
        let article = scene.article.id.clone();
        let located = |v: evidence::Reference| Located { article: article.clone(), value: v };
        let main = draft.past.is_none();
        let effective = facts::effective(scene, &self.lexicon, draft);
        let ends = facts::ends(scene, &self.lexicon, draft, effective.as_ref());
        let announced = facts::announcers(scene, claims, draft);
        let unilateral = facts::is_unilateral(scene, draft, &announced);
        let mut parties = draft.parties.clone();
        if unilateral && let Some(p) = announced.iter().find_map(|r| r.party.clone()) {
            parties = vec![p];
        }
        let kind = match parties.len() {
            _ if unilateral => CeasefireKind::Unilateral,
            0..=2 => CeasefireKind::Bilateral,
            _ => CeasefireKind::Multilateral,
        };
        let brokers = facts::brokers(scene, &self.lexicon, draft, &parties, &announced);
        let monitors = if main { facts::monitors(scene, &self.lexicon) } else { Vec::new() };
        let terms = if main { facts::terms(scene, &self.lexicon, claims, unilateral) } else { Vec::new() };
        let violations = if main { self.violations(scene, claims, draft, history, &parties) } else { Vec::new() };
        let mut about: Vec<usize> = draft.claims.clone();
        about.extend(
            claims.iter().enumerate().filter(|(_, c)| violations.iter().any(|v| v.claim == c.id)).map(|(i, _)| i),
        );
        about.sort_unstable();
        about.dedup();
        let status = draft
            .claims
            .iter()
            .map(|i| &claims[*i])
            .filter(|c| facts::speaks_of_standing(c))
            .map(|c| (c.id.clone(), c.act))
            .collect();
        let claim_ids: Vec<String> = about.iter().map(|i| claims[*i].id.clone()).collect();
        let id = Id::of("ceasefire").with(&article).with_span(scene.token(draft.nouns[0]).span).text("t");
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
            violations,
            status,
            claims: claim_ids,
        }
    }

    /// Attacks alleged after the truce, pair by pair of who did it and who says so.
    fn violations(
        &self,
        scene: &Scene,
        claims: &[Claim],
        draft: &Draft,
        history: &[TokenId],
        parties: &[String],
    ) -> Vec<Violation> {
        let mut out: Vec<Violation> = Vec::new();
        let bound = |p: &String| parties.is_empty() || parties.contains(p) || scene.referents.sides.contains(p);
        // What a sentence about a truce of the past tells is of that truce.
        let of_history = |c: &Claim| {
            let sentence = |t: TokenId| scene.document.sentence_of(t);
            let here = scene.document.token_at(c.content.start()).map(sentence);
            history.iter().any(|n| Some(sentence(*n)) == here && !draft.nouns.contains(n))
        };
        for c in claims.iter().filter(|c| self.may_breach(scene, c, draft) && !of_history(c)) {
            let by: Vec<String> = c.actors.iter().filter_map(|a| a.party.clone()).filter(bound).collect();
            let who: Vec<String> =
                c.speakers.iter().take(if c.joint { usize::MAX } else { 1 }).filter_map(|s| s.party.clone()).collect();
            let mut add = |by: Option<String>, who: Vec<String>| {
                // Nobody accuses themselves.
                if who.len() == 1 && by.as_ref() == who.first() {
                    return;
                }
                out.push(Violation { claim: c.id.clone(), by, alleged_by: who, time: c.time.clone() });
            };
            let mut sides: Vec<String> = who.iter().chain(&by).cloned().collect();
            sides.sort();
            sides.dedup();
            let mutual = by.len() > 1 && c.actors.iter().all(|a| c.targets.iter().any(|t| t.party == a.party));
            if mutual {
                for a in &by {
                    add(Some(a.clone()), by.iter().filter(|b| *b != a).cloned().collect());
                }
            } else if by.is_empty() {
                if self.lexicon.is_breach(c) {
                    add(None, who)
                }
            } else {
                for a in by {
                    add(Some(a), who.clone());
                }
            }
        }
        out
    }

    fn may_breach(&self, scene: &Scene, c: &Claim, draft: &Draft) -> bool {
        let harm = c.event == Some(Event::Assault)
            && c.polarity == Polarity::Affirmed
            && matches!(c.status, Status::Actual | Status::Ongoing);
        let named = self.lexicon.is_breach(c);
        let laid =
            c.act == Act::Accuse && !facts::is_before(scene, &self.lexicon, c) && facts::not_earlier(c, scene, draft);
        harm && (named && c.act != Act::Deny || laid && facts::speaks_of_deed(c))
    }
}

fn overlap(a: &[String], b: &[String]) -> bool {
    a.iter().any(|x| b.contains(x))
}
