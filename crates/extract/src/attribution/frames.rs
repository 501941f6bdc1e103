//! Where does the content of a cue stand? One function a frame of `data/speech/`.

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use super::complement::clause_content;
use super::speakers::speakers_of;
use super::{Content, position};
use crate::grammar;
use crate::scene::Scene;
use crate::speech::Frame;
use crate::untrue::calls_untrue;

/// Nouns for what somebody has said.
const SAID: &[&str] = &["claim", "charge", "accusation", "allegation", "report", "assertion"];

/// What a frame finds.
pub(super) struct Found {
    /// What is attributed.
    pub content: Vec<Content>,
    /// Who speaks.
    pub speakers: Vec<TokenId>,
    /// Who is said to do it.
    pub doers: Vec<TokenId>,
}

/// The frame of a cue, if its content stands there and somebody can speak it.
pub(super) fn of(scene: &Scene, id: TokenId, frame: Frame) -> Option<Found> {
    let mut doers = Vec::new();
    let content = match frame {
        Frame::Clause => clause_content(scene, id).or_else(|| {
            let told = position::told(scene, id, position::speaker(scene, id)?)?;
            Some(vec![Content::Clause(told)])
        }),
        Frame::Object if scene.token(id).upos == Upos::Verb && grammar::is_passive(scene, id) => {
            passive_matter(scene, id).map(|o| vec![Content::Phrase(o)])
        }
        Frame::Object => {
            let matter = |o: TokenId| {
                // "mediation, which Tolland had offered": the clause tells it.
                let relative = scene.token(id).deprel == Deprel::AclRelcl && scene.lower(o) == "which";
                vec![if relative { Content::Own } else { Content::Phrase(o) }]
            };
            nominal(scene, id, "obj").filter(|o| !stands_for_saying(scene, id, *o)).map(matter)
        }
        Frame::Infinitive => verbal(scene, id, &[Deprel::Xcomp], |f| f.has(Feats::VERB_INF)),
        Frame::Gerund => {
            // "denied the report, saying …": with an object, a participle beside it is another matter.
            let kinds: &[Deprel] = if nominal(scene, id, "obj").is_some() {
                &[Deprel::Xcomp, Deprel::Ccomp]
            } else {
                &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl, Deprel::Obj]
            };
            verbal(scene, id, kinds, |f| f.has(Feats::VERB_GER) || f.has(Feats::VERB_PART))
        }
        Frame::For => matter(scene, id, &["for"]),
        Frame::About => matter(scene, id, &["of", "about", "at", "over"]),
        Frame::Of => {
            doers = grammar::object(scene, id);
            doers.extend(scene.children_of(id, "iobj"));
            matter(scene, id, &["of"]).filter(|_| !doers.is_empty())
        }
        Frame::Blame => blame(scene, id, &mut doers),
        Frame::Urge => {
            doers = addressee(scene, id);
            let kinds = [Deprel::Xcomp, Deprel::Advcl, Deprel::Ccomp];
            verbal(scene, id, &kinds, |f| f.has(Feats::VERB_INF)).filter(|_| !doers.is_empty())
        }
        Frame::As => as_something(scene, id).and_then(|_| nominal(scene, id, "obj")).map(|o| vec![Content::Phrase(o)]),
        Frame::Called => {
            // "called this “nonsense”": the parser may take both for one phrase.
            let merged = || nominal(scene, id, "obj").filter(|o| calls_untrue(scene, *o));
            // "called the announcement “a lie”": taken for another name of the announcement.
            let renamed = || {
                let object = nominal(scene, id, "obj")?;
                scene.children_of(object, "appos").find(|o| calls_untrue(scene, *o))
            };
            as_something(scene, id).or_else(merged).or_else(renamed).map(|c| vec![Content::Phrase(c)])
        }
        Frame::Noun => noun_content(scene, id),
        // Attitudes have a reader of their own.
        Frame::According | Frame::Toward | Frame::Preposition | Frame::Felt | Frame::Seem => None,
        Frame::Bare => Some(vec![Content::Own]),
    }?;
    let by_subject = !matches!(frame, Frame::Noun | Frame::According | Frame::Preposition | Frame::Felt);
    let active = by_subject && !grammar::is_passive(scene, id);
    let placed = || position::speaker(scene, id).filter(|_| active).map(|s| vec![s]);
    let speakers = speakers_of(scene, id, frame).or_else(placed)?;
    Some(Found { content, speakers, doers })
}

/// "Baku denied it": what is denied stands elsewhere; the words of the act are the content.
pub(super) fn pointing_back(scene: &Scene, id: TokenId, frame: Frame) -> Option<Found> {
    let object = scene.children_of(id, "obj").next().filter(|o| scene.token(*o).upos == Upos::Pron);
    let pronoun =
        object.is_some_and(|o| matches!(scene.lower(o).as_str(), "it" | "this" | "that" | "these" | "them" | "which"));
    // "…, a charge that the army denies"
    let of_noun = scene.token(id).deprel == Deprel::AclRelcl
        && scene.token(id).head.is_some_and(|h| SAID.contains(&scene.lemma(h)));
    let refers_back = pronoun || object.is_none() && of_noun;
    if frame != Frame::Object || !refers_back {
        return None;
    }
    let speakers = speakers_of(scene, id, Frame::Bare)?;
    Some(Found { content: vec![Content::Own], speakers, doers: Vec::new() })
}

/// "a charge that the army denies": the pronoun stands for what another has said.
fn stands_for_saying(scene: &Scene, id: TokenId, object: TokenId) -> bool {
    scene.token(id).deprel == Deprel::AclRelcl
        && matches!(scene.lower(object).as_str(), "that" | "which")
        && scene.token(id).head.is_some_and(|h| SAID.contains(&scene.lemma(h)))
}

fn nominal(scene: &Scene, id: TokenId, base: &'static str) -> Option<TokenId> {
    // "put the dead at nine"
    let dead = |c: TokenId| scene.token(c).upos == Upos::Adj && scene.child(c, Deprel::Det).is_some();
    let names = |c: &TokenId| (scene.is_nominal(*c) || dead(*c)) && !scene.token(*c).feats.has(Feats::PRON_PRS);
    scene.children_of(id, base).find(names)
}

/// "Further deaths were reported": what is reported is the subject.
fn passive_matter(scene: &Scene, id: TokenId) -> Option<TokenId> {
    // "are reported to have fled" tells of the fleeing, not of them.
    if scene.children_of(id, "obj").chain(scene.children_of(id, "xcomp")).next().is_some() {
        return None;
    }
    grammar::surface_subject(scene, id)
        .into_iter()
        .find(|s| scene.is_nominal(*s) && !scene.token(*s).feats.has(Feats::PRON_PRS))
}

fn verbal(scene: &Scene, id: TokenId, kinds: &[Deprel], form: impl Fn(Feats) -> bool) -> Option<Vec<Content>> {
    let fits = |c: &TokenId| {
        let t = scene.token(*c);
        kinds.contains(&t.deprel) && (t.upos == Upos::Verb || t.upos == Upos::Aux) && form(t.feats)
            || kinds.contains(&t.deprel) && scene.children_of(*c, "cop").any(|k| form(scene.token(k).feats))
            || kinds.contains(&t.deprel) && scene.children_of(*c, "aux").any(|k| form(scene.token(k).feats))
    };
    scene.document.children(id).iter().copied().find(fits).map(|c| vec![Content::Clause(c)])
}

/// What a preposition names: a noun phrase or a gerund.
fn matter(scene: &Scene, id: TokenId, prepositions: &[&str]) -> Option<Vec<Content>> {
    let inside = scene.document.children(id).iter().copied();
    let through_object = scene
        .children_of(id, "obj")
        .chain(scene.children_of(id, "iobj"))
        .flat_map(|o| scene.document.children(o).iter().copied());
    inside
        .chain(through_object)
        .find(|c| {
            // The preposition may hang on a word below ("of having occupied").
            let opens =
                || scene.document.subtree(*c).first().is_some_and(|f| prepositions.contains(&scene.lower(*f).as_str()));
            matches!(scene.token(*c).deprel.base(), "obl" | "advcl" | "nmod" | "xcomp" | "ccomp" | "acl")
                && (scene.has_case(*c, prepositions) || opens())
        })
        .map(|c| vec![if scene.is_verb(c) { Content::Clause(c) } else { Content::Phrase(c) }])
}

fn blame(scene: &Scene, id: TokenId, doers: &mut Vec<TokenId>) -> Option<Vec<Content>> {
    let object = nominal(scene, id, "obj").or_else(|| scene.children_of(id, "obj").next())?;
    let on = scene.children_of(id, "obl").find(|o| scene.has_case(*o, &["on"]));
    if let Some(on) = on {
        doers.push(on);
        return Some(vec![Content::Phrase(object)]);
    }
    doers.push(object);
    matter(scene, id, &["for"]).or(Some(vec![Content::Own]))
}

fn addressee(scene: &Scene, id: TokenId) -> Vec<TokenId> {
    let direct = grammar::object(scene, id);
    if !direct.is_empty() {
        return direct;
    }
    let indirect: Vec<TokenId> = scene.children_of(id, "iobj").collect();
    if !indirect.is_empty() {
        return grammar::with_conjuncts(scene, indirect);
    }
    scene.children_of(id, "obl").filter(|o| scene.has_case(*o, &["on", "to", "upon", "with"])).collect()
}

/// "as baseless", "a lie".
fn as_something(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let candidates = |c: &TokenId| {
        let d = scene.token(*c).deprel;
        scene.has_case(*c, &["as"]) && matches!(d.base(), "obl" | "advcl" | "xcomp" | "nmod")
            || d == Deprel::Xcomp && !scene.is_verb(*c)
    };
    // "called the raid a crime", both taken for what it is called: the last is.
    let named: Vec<TokenId> = scene.children_of(id, "xcomp").filter(|c| scene.is_nominal(*c)).collect();
    if let [_, .., last] = named[..] {
        return Some(last);
    }
    let inside = scene.document.children(id).iter().copied();
    let through = scene
        .children_of(id, "obj")
        .flat_map(|o| scene.document.children(o).iter().copied().filter(|c| scene.has_case(*c, &["as"])));
    inside.chain(through).find(candidates)
}

fn noun_content(scene: &Scene, id: TokenId) -> Option<Vec<Content>> {
    let of = |c: &TokenId| {
        let t = scene.token(*c);
        let asks = scene
            .children_of(*c, "advmod")
            .any(|a| matches!(scene.lower(a).as_str(), "how" | "when" | "where" | "whether" | "why"));
        matches!(t.deprel.base(), "acl" | "ccomp")
            && !asks
            && t.deprel != Deprel::AclRelcl
            && scene.has_case(*c, &["that", "of", "to", "about"])
            || t.deprel.is("nmod")
                && scene.has_case(*c, &["of", "for", "about"])
                && scene.mention(*c).is_none_or(|m| m.kind != MentionKind::Person)
    };
    let found = scene.document.children(id).iter().copied().find(of)?;
    Some(vec![if scene.is_verb(found) { Content::Clause(found) } else { Content::Phrase(found) }])
}
