//! Who says it? Finds cues, their speakers and the words they attribute.
//!
//! Reading order: here, what an attribution is and where one begins; `frames` and `complement`, where its content stands;
//! `speakers` and `position`, who speaks; `coordination`, whose a second cue is; `colon` and `signed`, attributions by a
//! mark alone; `silence` and `unsaid`, what nobody says; `clauses`, what a clause is.

mod clauses;
mod colon;
pub(crate) mod complement;
mod coordination;
mod frames;
mod position;
mod signed;
mod silence;
pub(crate) mod speakers;
mod unsaid;

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::{Act, Span};

use crate::grammar;
use crate::scene::Scene;
use crate::speech::{Cue, Frame, Speech};
use crate::untrue::calls_untrue;

pub use clauses::{is_clause_head, is_negated};
pub use silence::is_withheld;

/// Somebody is made the speaker of something.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// The cue's head word; for a quotation carried on, that of the cue it is carried over from.
    pub cue: TokenId,
    /// What the speaker does.
    pub act: Act,
    /// Heads of the speakers' noun phrases, side by side; empty where none is told ("was reported").
    pub speakers: Vec<TokenId>,
    /// What is attributed.
    pub content: Vec<Content>,
    /// Whom the speakers cite for it ("X, citing Y, said"): nearer to the content than they are.
    pub cited: Vec<TokenId>,
    /// Cues inside its content that are the speakers' too ("said that …, and warned that …"), and no part of it.
    pub apart: Vec<TokenId>,
    /// Who is said to do it, where the cue names them ("accused X of …", "urged X to …").
    pub doers: Vec<TokenId>,
    /// "each other": speakers and doers are the same, crosswise.
    pub mutual: bool,
    /// The cue itself negates its content ("ruled out …").
    pub negates: bool,
    /// File and frame, for `explain`.
    pub rule: String,
}

impl Attribution {
    /// Of some speakers and a content, without whatever else a cue may tell.
    fn plain(cue: TokenId, act: Act, speakers: Vec<TokenId>, content: Vec<Content>, rule: impl Into<String>) -> Self {
        Self {
            cue,
            act,
            speakers,
            content,
            cited: Vec::new(),
            apart: Vec::new(),
            doers: Vec::new(),
            mutual: false,
            negates: false,
            rule: rule.into(),
        }
    }
}

/// What a cue attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The clause that this word heads.
    Clause(TokenId),
    /// The noun phrase that this word heads.
    Phrase(TokenId),
    /// The words of a quotation.
    Quote(Span),
    /// The act itself.
    Own,
}

/// All attributions of a document: by words and dashes, in order of their cues; then by colons.
pub fn find(scene: &Scene, speech: &Speech) -> Vec<Attribution> {
    let mut found = Vec::new();
    for sentence in &scene.document.sentences {
        for id in sentence.tokens.clone() {
            let signed = || signed::at(scene, sentence, id);
            let silent = || silence::at(scene, speech, id);
            let by_words = according(scene, id)
                .or_else(|| reply(scene, id))
                .or_else(|| quoted(scene, id))
                .or_else(|| at(scene, speech, id));
            found.extend(by_words.or_else(signed).or_else(silent));
        }
    }
    found.extend(colon::find(scene, &found));
    unsaid::drop_unspoken(&mut found);
    speakers::author(scene, &mut found);
    speakers::go_on(scene, &mut found);
    coordination::settle(scene, &mut found);
    for a in &mut found {
        a.cited = speakers::cited(scene, a);
    }
    found
}

fn at(scene: &Scene, speech: &Speech, id: TokenId) -> Option<Attribution> {
    let cues = speech.of(scene.lemma(id));
    let adjective = matches!(scene.token(id).deprel, Deprel::Amod | Deprel::Compound);
    if cues.is_empty() || adjective || silence::is_unsaid(scene, speech, id) || unsaid::is_asked_for(scene, speech, id)
    {
        return None;
    }
    let narrow = |c: &&Cue| c.particle.is_some() || !c.object.is_empty() || c.negated;
    let ordered = cues.iter().filter(narrow).chain(cues.iter().filter(|c| !narrow(c)));
    let mut frames = ordered.flat_map(|c| c.frames.iter().map(move |f| (c, *f)));
    frames.find_map(|(cue, frame)| {
        let act = cue.act?;
        // "We do not ask for war": who says so has not asked.
        if !matches!(act, Act::Assert | Act::Decline | Act::Announce) && !cue.negated && unsaid::is_denied(scene, id) {
            return None;
        }
        // "…, the press service reports.": a verb, if a clause comes before it.
        let verbal = scene.token(id).head.is_none() && scene.children_of(id, "ccomp").any(|c| c < id);
        let is_noun = scene.token(id).upos == Upos::Noun && !verbal;
        let fits = (frame == Frame::Noun) == is_noun && cue_fits(scene, cue, id);
        let answers = matches!(act, Act::Deny | Act::Confirm);
        let found = if fits {
            frames::of(scene, id, frame).or_else(|| frames::pointing_back(scene, id, frame).filter(|_| answers))
        } else {
            None
        }?;
        // "threatened the junta with an attack": the junta is no content, though an attack may be one.
        let listed = |c: &Content| match c {
            Content::Phrase(t) => std::iter::once(*t)
                .chain(scene.children_of(*t, "nmod"))
                .chain(scene.children_of(*t, "conj"))
                .chain(scene.children_of(*t, "compound"))
                .any(|w| cue.object.iter().any(|o| scene.lemma(w).eq_ignore_ascii_case(o))),
            _ => true,
        };
        if frame == Frame::Object && !cue.object.is_empty() && !found.content.iter().all(listed) {
            return None;
        }
        let rule = format!("{}.{}", cue.rule, format!("{frame:?}").to_lowercase());
        let negates = cue.rule.ends_with("rule-out") && !is_negated(scene, id);
        let frames::Found { content, speakers, doers } = found;
        let traded = frame == Frame::Noun
            && scene.token(id).head.is_some_and(|h| matches!(scene.lemma(h), "trade" | "exchange" | "swap"));
        let mutual = traded || doers.iter().any(|d| is_reciprocal(scene, *d));
        // "Veldania, Sarrano accuse each other", as headlines have it: the second is no other name of the first.
        let beside =
            |s: &TokenId| scene.children_of(*s, "appos").filter(|x| scene.mention(*x).is_some()).collect::<Vec<_>>();
        let other = |s: &TokenId| scene.children_of(id, "nsubj").filter(|x| x != s && *x < id).collect::<Vec<_>>();
        let speakers = match speakers.as_slice() {
            [one] if mutual => std::iter::once(*one).chain(beside(one)).chain(other(one)).collect(),
            _ => speakers,
        };
        // "called the report a fantasy" denies it.
        let untrue = frame == Frame::Called
            && content.iter().any(|c| matches!(c, Content::Phrase(t) if calls_untrue(scene, *t)));
        let (act, content) = if untrue { (Act::Deny, vec![Content::Own]) } else { (act, content) };
        Some(Attribution {
            cue: id,
            act,
            speakers,
            cited: Vec::new(),
            apart: Vec::new(),
            content,
            doers,
            mutual,
            negates,
            rule,
        })
    })
}

fn cue_fits(scene: &Scene, cue: &Cue, id: TokenId) -> bool {
    let particle = scene.child(id, Deprel::CompoundPrt).map(|p| scene.lower(p));
    if cue.particle.is_some() && cue.particle != particle
        || cue.negated && !(is_negated(scene, id) || takes_none(scene, id))
    {
        return false;
    }
    let complements = ["obj", "xcomp", "ccomp", "obl", "nsubj"];
    let has = |c: &TokenId| {
        let t = scene.token(*c);
        let passive_subject = t.deprel == Deprel::NsubjPass;
        complements.contains(&t.deprel.base())
            && (!t.deprel.is("nsubj") || passive_subject)
            && std::iter::once(*c)
                .chain(scene.children_of(*c, "nmod"))
                .chain(scene.children_of(*c, "conj"))
                .chain(scene.children_of(*c, "appos"))
                .any(|w| cue.object.iter().any(|o| scene.lemma(w).eq_ignore_ascii_case(o)))
    };
    cue.object.is_empty() || scene.document.children(id).iter().any(has)
}

/// "gave no figures": the negation stands with the object.
fn takes_none(scene: &Scene, id: TokenId) -> bool {
    scene.children_of(id, "obj").any(|o| scene.children_of(o, "det").any(|d| scene.lower(d) == "no"))
}

/// "according to X", "in the words of X": the clause it stands in is the content.
fn according(scene: &Scene, id: TokenId) -> Option<Attribution> {
    let marked = |c: &TokenId| scene.token(*c).deprel == Deprel::Case && scene.lower(*c) == "according";
    let cue = scene.document.children(id).iter().copied().find(marked)?;
    let head = std::iter::once(id).chain(scene.document.ancestors(id)).skip(1);
    let mut clause = head.into_iter().find(|h| is_clause_head(scene, *h))?;
    // "The quake killed nine and cut two roads, according to the union": all of it is, where a comma sets it off.
    let set_off = cue > 0 && scene.word(cue - 1) == ",";
    while let (true, Deprel::Conj, Some(up)) = (set_off, scene.token(clause).deprel, scene.token(clause).head) {
        let shares_subject = scene.children_of(clause, "nsubj").next().is_none();
        if !shares_subject || !is_clause_head(scene, up) {
            break;
        }
        clause = up;
    }
    let speakers = std::iter::once(id).chain(scene.children_of(id, "conj").filter(|c| scene.is_nominal(*c))).collect();
    let content = vec![Content::Clause(clause)];
    Some(Attribution::plain(cue, Act::Assert, speakers, content, "speech/assert.according"))
}

/// "“…,” X was quoted as saying": by whomever, the words are X's.
fn quoted(scene: &Scene, id: TokenId) -> Option<Attribution> {
    let passive = scene.lemma(id) == "quote" && grammar::is_passive(scene, id);
    let saying =
        scene.document.children(id).iter().copied().find(|c| scene.lower(*c) == "saying").filter(|_| passive)?;
    let mut speakers = grammar::surface_subject(scene, id);
    if speakers.is_empty() {
        speakers.extend(position::speaker(scene, id));
    }
    let content = complement::clause_content(scene, saying).or_else(|| complement::clause_content(scene, id))?;
    (!speakers.is_empty()).then(|| Attribution::plain(id, Act::Assert, speakers, content, "speech/assert.quoted"))
}

/// "“A lie,” was the army's reply": what the reply is, is said.
fn reply(scene: &Scene, id: TokenId) -> Option<Attribution> {
    const REPLIES: &[&str] = &["reply", "answer", "response", "comment", "verdict", "retort"];
    let is_reply = REPLIES.contains(&scene.lemma(id)) && scene.children_of(id, "cop").next().is_some();
    let speaker = scene.child(id, Deprel::NmodPoss).filter(|_| is_reply)?;
    let before = scene.document.children(id).iter().copied().filter(|c| *c < id);
    let said = before
        .into_iter()
        .find(|c| matches!(scene.token(*c).deprel.base(), "nsubj" | "appos" | "ccomp" | "parataxis" | "dislocated"))?;
    let content = vec![Content::Phrase(said)];
    Some(Attribution::plain(id, Act::Assert, vec![speaker], content, "speech/assert.reply"))
}

fn is_reciprocal(scene: &Scene, id: TokenId) -> bool {
    let word = scene.lower(id);
    if matches!(word.as_str(), "each" | "one") && scene.document.children_by(id, Deprel::Fixed).next().is_some() {
        return true;
    }
    let det_each = scene.document.children(id).iter().any(|c| scene.lower(*c) == "each");
    // "Each side accuses other of …", as headlines have it
    let each_subject = || {
        let subjects = scene.token(id).head.into_iter().flat_map(|h| scene.children_of(h, "nsubj"));
        subjects.flat_map(|s| scene.children_of(s, "det")).any(|d| scene.lower(d) == "each")
    };
    matches!(word.as_str(), "other" | "others" | "another")
        && (det_each || each_subject() || word == "another" || one_before(scene, id, &["each", "one", "the"]))
}

fn one_before(scene: &Scene, id: TokenId, words: &[&str]) -> bool {
    id > 0 && words.contains(&scene.lower(id - 1).as_str())
}
