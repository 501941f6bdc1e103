//! What is claimed? Makes a claim of every proposition that is attributed or tells an event.
//!
//! Reading order: here, what a proposition is and how a claim is made of it; `contents`, whose content a word is;
//! `propositions`, where one proposition ends and the next begins.

use evidence::claim::Finding;
use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::{Act, Claim, Event, Id, Polarity, Reference, Speaker, Status};

use crate::attribution::{self, Attribution};
use crate::matcher::{Match, Rules};
use crate::polarity;
use crate::scene::Scene;
use crate::speech::Speech;
use crate::{acts, bindings, frame, modality, sides};

/// One proposition on its way to a claim.
#[derive(Debug)]
pub(crate) struct Proposition {
    /// Its head word.
    pub head: TokenId,
    /// Its words.
    pub tokens: Vec<TokenId>,
    /// The event it tells, if one.
    pub event: Option<Match>,
    /// Who attributes it: indices of attributions, nearest first.
    pub chain: Vec<usize>,
}

/// Everything found about a document's sayings, for assembly and `explain`.
pub(crate) struct Reading<'a> {
    pub scene: Scene<'a>,
    pub attributions: Vec<Attribution>,
    /// For every token, the innermost attribution whose content it is.
    pub said: Vec<Option<usize>>,
    /// For every token, the event it triggers.
    pub events: Vec<Option<Match>>,
}

/// All claims of a document, by position.
///
/// `of_conflict` says of every token whether its part of the article tells of armed conflict; elsewhere an "attack" is
/// no event.
pub fn find(scene: Scene, rules: &Rules, speech: &Speech, of_conflict: &[bool]) -> Vec<Claim> {
    let reading = Reading::of(scene, rules, speech, of_conflict);
    let mut claims: Vec<Claim> = Vec::new();
    for p in reading.propositions() {
        if let Some(claim) = reading.claim(&p) {
            let again =
                |c: &Claim| c.content == claim.content && c.event == claim.event && c.speakers == claim.speakers;
            if !claims.iter().any(again) {
                claims.push(claim);
            }
        }
    }
    claims.sort_by_key(|c| (c.content.start(), c.content.end()));
    acts::answer(&scene, &mut claims);
    claims
}

impl<'a> Reading<'a> {
    pub fn of(scene: Scene<'a>, rules: &Rules, speech: &Speech, of_conflict: &[bool]) -> Self {
        let count = scene.document.tokens.len();
        let events: Vec<Option<Match>> =
            (0..count).map(|t| rules.at(&scene, t).filter(|m| of_conflict[t] || is_civil(m))).collect();
        let mut attributions = attribution::find(&scene, speech);
        attributions.retain(|a| {
            !modality::is_yet_to_be_said(&scene, a.cue, a.act)
                && !is_deed(a, &events)
                && !is_own_order(&scene, a, &events)
                && !is_given_up(&scene, a.cue)
        });
        let mut reading = Self { scene, attributions, said: vec![None; count], events };
        reading.spread();
        reading
    }

    /// The claim that a proposition makes, or `None` if no word of it is left.
    fn claim(&self, p: &Proposition) -> Option<Claim> {
        let scene = &self.scene;
        let content = self.trimmed(p.head, &p.tokens)?;
        let attribution = p.chain.first().map(|a| &self.attributions[*a]);
        let trigger = p.event.as_ref().map_or(p.head, |e| e.trigger);
        let roles = bindings::bind(self, p);
        let mut polarity = polarity::of(scene, p.head, trigger);
        // "could not verify the account" says of the account that it is not verified.
        let unverified = |a: &Attribution| a.act == Act::Confirm && attribution::is_negated(scene, a.cue);
        let unseen = |a: &Attribution| polarity::of(scene, a.cue, a.cue) == Polarity::Negated && unsaid(scene, a);
        if attribution.is_some_and(|a| unverified(a) || unseen(a)) {
            polarity = Polarity::Negated;
        }
        if attribution.is_some_and(|a| a.negates) {
            polarity = if polarity == Polarity::Affirmed { Polarity::Negated } else { Polarity::Affirmed };
        }
        // "blamed them and not the army" denies nothing of what they are blamed for.
        if attribution.is_some_and(|a| a.cue == p.head && a.act == Act::Accuse) {
            polarity = Polarity::Affirmed;
        }
        // "demanded the release of men who had been seized": that they were seized is not demanded, but told.
        let told = attribution.is_some_and(|a| matches!(a.act, Act::Demand | Act::Appeal))
            && scene.token(p.head).deprel == Deprel::AclRelcl;
        let mut claim = Claim {
            id: String::new(),
            article: scene.article.id.clone(),
            content,
            cue: attribution.map(|a| scene.token(a.cue).span),
            speakers: self.speakers(&p.chain),
            joint: attribution
                .is_some_and(|a| a.speakers.iter().flat_map(|h| bindings::speakers(scene, *h)).count() > 1),
            act: attribution.map_or(Act::Assert, |a| if told { Act::Assert } else { a.act }),
            event: p.event.as_ref().and_then(|e| e.event),
            mode: p.event.as_ref().and_then(|e| e.mode),
            actors: roles.actors,
            targets: roles.targets,
            places: roles.places,
            time: bindings::time(self, p),
            polarity,
            status: self.status(p, trigger),
            meaning: scene.document.meanings.together(p.tokens.iter().copied()),
            found: self.findings(p, roles.reasons),
        };
        acts::settle(scene, &mut claim, p, attribution);
        sides::complete(scene, &mut claim, p);
        let event = claim.event.map_or("-", Event::as_str);
        let who = claim.speakers.first().and_then(|s| s.span).map_or("-".to_owned(), |s| s.start().to_string());
        claim.id = Id::of("claim")
            .with(&claim.article)
            .with_span(content)
            .with(event)
            .with(claim.act.as_str())
            .with(&who)
            .text("c");
        Some(claim)
    }

    fn status(&self, p: &Proposition, trigger: TokenId) -> Status {
        let status = modality::status(&self.scene, p.head, trigger);
        let to_come = |a: &usize| modality::is_to(&self.scene, self.attributions[*a].cue);
        if p.chain.first().is_some_and(to_come) {
            return Status::Planned;
        }
        let feared = |a: &usize| self.scene.lemma(self.attributions[*a].cue) == "fear";
        if status == Status::Actual && p.chain.first().is_some_and(feared) {
            return Status::Possible;
        }
        let depends = |a: &usize| !frame::conditions(&self.scene, self.attributions[*a].cue).is_empty();
        if p.chain.first().is_some_and(depends) { Status::Conditional } else { status }
    }

    fn findings(&self, p: &Proposition, reasons: Vec<Finding>) -> Vec<Finding> {
        let mut out = Vec::new();
        for a in p.chain.iter().map(|a| &self.attributions[*a]) {
            let reason = format!("cue «{}» attributes it", self.scene.word(a.cue));
            out.push(Finding { rule: a.rule.clone(), reason, span: Some(self.scene.token(a.cue).span) });
        }
        if let Some(e) = &p.event {
            let what = e.event.map_or("no event", Event::as_str);
            let reason = format!("«{}» tells of {what}", self.scene.word(e.trigger));
            out.push(Finding { rule: e.rule.clone(), reason, span: Some(self.scene.token(e.trigger).span) });
            out.extend(e.also.iter().map(|r| Finding { rule: r.clone(), reason: "tells how".to_owned(), span: None }));
        }
        if out.is_empty() {
            out.push(Finding {
                rule: "claims/outlet".to_owned(),
                reason: "told in the outlet's own voice".to_owned(),
                span: None,
            });
        }
        out.extend(reasons);
        out
    }

    fn speakers(&self, chain: &[usize]) -> Vec<Speaker> {
        let heads =
            chain.iter().map(|a| &self.attributions[*a]).flat_map(|a| a.cited.iter().chain(&a.speakers).copied());
        // "according to the ministry said": nobody tells what they themselves have said.
        let mut chain: Vec<Speaker> = heads.flat_map(|h| bindings::speakers(&self.scene, h)).collect();
        chain.dedup();
        chain
    }
}

/// Whether an event is one of peace too: people protest and bodies investigate wherever they are.
fn is_civil(m: &Match) -> bool {
    matches!(m.event, Some(Event::Protest | Event::Accuse))
}

/// Whether a negated cue negates what it speaks of: "reported no losses", "could not tell who fired", "do not ask for war".
fn unsaid(scene: &Scene, a: &Attribution) -> bool {
    const ASKS: &[&str] = &["who", "what", "whether", "if", "where", "how", "when", "why", "which"];
    let open =
        |head: TokenId| scene.document.subtree(head).first().is_some_and(|f| ASKS.contains(&scene.lower(*f).as_str()));
    match (a.act, a.content.first()) {
        (Act::Assert, Some(attribution::Content::Phrase(_))) => true,
        (Act::Assert, Some(attribution::Content::Clause(head))) => open(*head),
        (Act::Appeal | Act::Demand | Act::Promise | Act::Threaten | Act::Offer, Some(_)) => true,
        _ => false,
    }
}

/// Whether a cue is no utterance but a deed: "declared the truce over" ends it, "was denied a flight" is held back,
/// "were put to death" is no estimate.
fn is_deed(a: &Attribution, events: &[Option<Match>]) -> bool {
    let event = events[a.cue].as_ref().and_then(|m| m.event);
    matches!(
        (a.act, event),
        (Act::Announce, Some(Event::Reject))
            | (Act::Deny | Act::Decline, Some(Event::Coerce))
            | (Act::Assert, Some(Event::Assault | Event::Retreat))
    )
}

/// "confirmed that he had ordered the attacks": who says of himself that he ordered a deed says that his side did it.
fn is_own_order(scene: &Scene, a: &Attribution, events: &[Option<Match>]) -> bool {
    let past = scene.token(a.cue).feats.has(evidence::document::Feats::TENSE_PAST);
    let own = |s: &TokenId| scene.token(*s).upos == evidence::deprel::Upos::Pron;
    let reported = scene.token(a.cue).deprel.is("ccomp");
    let deed = |o: TokenId| events[o].as_ref().and_then(|m| m.event) == Some(Event::Assault);
    let ordered = scene.children_of(a.cue, "obj").any(deed);
    a.act == Act::Demand && past && reported && ordered && a.speakers.iter().any(own)
}

/// "dropped their demand", "withdrew the accusation": a saying that is taken back.
fn is_given_up(scene: &Scene, cue: TokenId) -> bool {
    const DROPS: &[&str] = &["drop", "withdraw", "abandon", "renounce", "retract", "rescind"];
    let noun = scene.token(cue).deprel.is("obj") || scene.token(cue).deprel == Deprel::NsubjPass;
    noun && scene.token(cue).head.is_some_and(|h| DROPS.contains(&scene.lemma(h)))
}

/// Whether a status is told as having happened or happening.
pub(crate) fn is_told(status: Status) -> bool {
    matches!(status, Status::Actual | Status::Ongoing)
}

/// A reference to what a word refers to.
pub(crate) fn reference(scene: &Scene, id: TokenId) -> Vec<Reference> {
    let span = Some(scene.phrase(id));
    match scene.mention(id) {
        None => match scene.owner(id) {
            Some(m) => m.parties.iter().map(|p| Reference { entity: None, party: Some(p.clone()), span }).collect(),
            None => vec![Reference { entity: None, party: None, span }],
        },
        Some(m) => {
            let entity = |i: usize| m.entities.get(i).map(|e| scene.referents.entities[*e].id.clone());
            if m.parties.is_empty() {
                return vec![Reference { entity: entity(0), party: None, span }];
            }
            let one_each = m.entities.len() == m.parties.len();
            let of = |(i, p): (usize, &String)| Reference {
                entity: entity(if one_each { i } else { 0 }),
                party: Some(p.clone()),
                span,
            };
            m.parties.iter().enumerate().map(of).collect()
        }
    }
}
