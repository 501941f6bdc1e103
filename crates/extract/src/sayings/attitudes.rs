//! Who believes, wants, decides, supports or perceives something? The cues of `data/attitude`, which make no claims.

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use super::{Draft, content, source};
use crate::attribution::complement::clause_content;
use crate::attribution::speakers::{can_speak, nearest_subject};
use crate::attribution::{Content, is_clause_head};
use crate::grammar;
use crate::scene::Scene;
use crate::speech::{Cue, Frame, Speech};

/// Nouns of attitude may be somebody's by these: "support *among* farmers", "criticism *from* the union".
const SOMEBODYS: &[&str] = &["by", "among", "from"];

/// Verbs that lend a noun of attitude their subject: "voiced doubts about …", "has a plan to …".
const LENDING: &[&str] = &[
    "have", "make", "express", "voice", "raise", "issue", "give", "show", "offer", "share", "deliver", "reject",
    "hold", "announce", "unveil", "present", "release", "publish", "outline", "detail", "pitch", "push", "pursue",
    "cite", "state", "repeat", "draw", "withdraw", "drop", "lack", "take", "send", "sign", "write", "file", "ask",
    "answer", "air", "signal", "tout", "propose",
];

/// The attitude that a word is the cue of.
pub fn at(scene: &Scene, attitudes: &Speech, id: TokenId) -> Option<Draft> {
    let cues = attitudes.of(scene.lemma(id));
    let attribute = matches!(scene.token(id).deprel, Deprel::Amod | Deprel::Compound);
    if cues.is_empty() || attribute {
        return None;
    }
    let particle = scene.child(id, Deprel::CompoundPrt).map(|p| scene.lower(p));
    let fits = |c: &&Cue| c.particle.is_none() || c.particle == particle;
    let mut frames = cues.iter().filter(fits).flat_map(|c| c.frames.iter().map(move |f| (c, *f)));
    frames.find_map(|(cue, frame)| {
        let (heads, words) = match scene.token(id).upos {
            Upos::Verb | Upos::Aux => of_verb(scene, cue, frame, id),
            Upos::Adj => of_adjective(scene, cue, frame, id),
            Upos::Noun if frame == Frame::Noun => of_noun(scene, cue, id),
            _ => None,
        }?;
        let group = content::cue_group(scene, id);
        let own = source::of_heads(scene, &heads, id, &group);
        let content = content::finished(scene, id, &group, &own, words);
        let rule = format!("{}.{}", cue.rule, format!("{frame:?}").to_lowercase());
        (!content.is_empty()).then_some(Draft { cue: id, group, source: own, content, act: None, rule })
    })
}

/// Heads of the source, and the words of the content.
type Found = Option<(Vec<TokenId>, Vec<TokenId>)>;

fn of_verb(scene: &Scene, cue: &Cue, frame: Frame, id: TokenId) -> Found {
    match frame {
        Frame::Felt => return felt(scene, cue, id),
        Frame::Seem => return seeming(scene, id),
        _ => {}
    }
    if grammar::is_passive(scene, id) {
        return passive(scene, frame, id);
    }
    let heads = somebody(scene, id)?;
    let words = match frame {
        Frame::Clause => clause(scene, id)?,
        Frame::Infinitive => complement(scene, id, &[Deprel::Xcomp], |f| f.has(Feats::VERB_INF))?,
        Frame::Gerund => complement(scene, id, &[Deprel::Xcomp, Deprel::Ccomp], |f| {
            f.has(Feats::VERB_GER) || f.has(Feats::VERB_PART)
        })?,
        Frame::Toward => content::object(scene, id)?,
        Frame::Urge => {
            complement(scene, id, &[Deprel::Xcomp, Deprel::Advcl, Deprel::Ccomp], |f| f.has(Feats::VERB_INF))?;
            content::object(scene, id)?
        }
        Frame::Preposition => preposition(scene, id, &cue.prepositions)?,
        _ => return None,
    };
    Some((heads, words))
}

/// "The bill was opposed by farmers": what it is about is the subject, and what is said of it.
fn passive(scene: &Scene, frame: Frame, id: TokenId) -> Found {
    if frame != Frame::Toward {
        return None;
    }
    let subject = scene.children_of(id, "nsubj").next();
    let hung = || scene.token(id).head.filter(|_| scene.token(id).deprel == Deprel::Acl);
    let mut words = content::below(scene, subject.or_else(hung).filter(|s| scene.is_nominal(*s))?);
    let rest = |c: &TokenId| {
        let t = scene.token(*c);
        t.deprel == Deprel::Xcomp
            || scene.has_case(*c, &["as", "for", "of"]) && matches!(t.deprel.base(), "obl" | "advcl")
    };
    for c in scene.document.children(id).iter().copied().filter(rest) {
        words.extend(content::below(scene, c));
    }
    words.sort_unstable();
    words.retain(|t| *t != id);
    let agents = grammar::subject(scene, id);
    let said_of_it = scene.document.children(id).iter().copied().any(|c| rest(&c));
    (subject.is_some() && (!agents.is_empty() || said_of_it)).then_some((agents, words))
}

/// "The farmers are alarmed that …", "worried about …".
fn felt(scene: &Scene, cue: &Cue, id: TokenId) -> Found {
    let heads = somebody(scene, id)?;
    let words = clause_below(scene, id).or_else(|| preposition(scene, id, &cue.prepositions))?;
    Some((heads, words))
}

/// "The mill seems to be closed": it seems so to somebody who is not told.
fn seeming(scene: &Scene, id: TokenId) -> Found {
    let subject = scene.children_of(id, "nsubj").find(|s| scene.token(*s).deprel != Deprel::Expl)?;
    let complement = scene.children_of(id, "xcomp").next()?;
    let mut words = content::below(scene, subject);
    words.extend(content::below(scene, complement));
    words.sort_unstable();
    Some((Vec::new(), words))
}

fn of_adjective(scene: &Scene, cue: &Cue, frame: Frame, id: TokenId) -> Found {
    let heads = somebody(scene, id)?;
    let words = match frame {
        Frame::Clause => clause_below(scene, id)?,
        Frame::Infinitive => {
            complement(scene, id, &[Deprel::Xcomp, Deprel::Advcl, Deprel::Ccomp], |f| f.has(Feats::VERB_INF))?
        }
        Frame::Preposition => preposition(scene, id, &cue.prepositions)?,
        Frame::Felt => clause_below(scene, id).or_else(|| preposition(scene, id, &cue.prepositions))?,
        _ => return None,
    };
    Some((heads, words))
}

/// "Their fear that …", "voiced support for …", "his hope is to …".
fn of_noun(scene: &Scene, cue: &Cue, id: TokenId) -> Found {
    let whose = |c: &TokenId| {
        scene.token(*c).deprel == Deprel::NmodPoss || scene.token(*c).deprel.is("nmod") && scene.has_case(*c, SOMEBODYS)
    };
    let mut heads: Vec<TokenId> = scene.document.children(id).iter().copied().filter(whose).take(1).collect();
    let head = scene.token(id).head;
    if heads.is_empty() && matches!(scene.token(id).deprel, Deprel::Obj | Deprel::Obl) {
        let lends = |h: &TokenId| scene.is_verb(*h) && LENDING.contains(&scene.lemma(*h));
        heads = head.filter(lends).and_then(|h| somebody(scene, h)).unwrap_or_default();
    }
    let fits = |c: &TokenId| {
        let t = scene.token(*c);
        t.deprel == Deprel::Acl && (scene.has_case(*c, &["that", "to"]) || t.feats.has(Feats::VERB_INF))
            || t.deprel == Deprel::Ccomp
            || t.deprel.is("nmod") && cue.prepositions.iter().any(|p| scene.has_case(*c, &[p.as_str()]))
            || t.deprel == Deprel::Acl && cue.prepositions.iter().any(|p| scene.has_case(*c, &[p.as_str()]))
    };
    let below = scene.document.children(id).iter().copied().find(fits).map(|c| content::below(scene, c));
    // "His fear is that they leave": the clause that the noun is said to be.
    let said_to_be = || {
        let h = head.filter(|_| scene.token(id).deprel.is("nsubj"))?;
        let clausal = scene.has_case(h, &["that", "to"]) && scene.children_of(h, "cop").next().is_some();
        let inner = scene.children_of(h, "ccomp").chain(scene.children_of(h, "xcomp")).next();
        if clausal { Some(h) } else { inner.filter(|_| scene.lemma(h) == "be") }.map(|c| content::below(scene, c))
    };
    let words = below.or_else(said_to_be)?;
    // "There are fears that …", "an agreement to …": somebody's, whoever they are.
    let clausal =
        scene.document.children(id).iter().any(|c| {
            matches!(scene.token(*c).deprel, Deprel::Acl | Deprel::Ccomp) && scene.has_case(*c, &["that", "to"])
        });
    (!heads.is_empty() || clausal).then_some((heads, words))
}

/// The subject of a cue, if it is somebody who can believe and want things.
fn somebody(scene: &Scene, id: TokenId) -> Option<Vec<TokenId>> {
    let heads: Vec<TokenId> = nearest_subject(scene, id).into_iter().filter(|s| can_want(scene, *s)).collect();
    (!heads.is_empty()).then_some(heads)
}

/// Whether a noun phrase may have an attitude: all but the empty "it" and "there".
fn can_want(scene: &Scene, id: TokenId) -> bool {
    let place = scene.mention(id).is_some_and(|m| m.kind == MentionKind::Place);
    // "as you know": nobody in particular.
    scene.token(id).deprel != Deprel::Expl && scene.lower(id) != "you" && (place || can_speak(scene, id, "", true))
}

/// A clause that is believed: the complement, or the clause that the cue is inserted in or quotes.
fn clause(scene: &Scene, id: TokenId) -> Option<Vec<TokenId>> {
    if let Some(words) = clause_below(scene, id) {
        return Some(words);
    }
    match clause_content(scene, id)?.first()? {
        Content::Clause(head) if scene.document.ancestors(id).any(|a| a == *head) => {
            let branch: Vec<TokenId> =
                std::iter::once(id).chain(scene.document.ancestors(id)).take_while(|t| t != head).collect();
            Some(scene.document.subtree_without(*head, &branch[branch.len() - 1..]))
        }
        Content::Quote(span) => Some(scene.document.tokens_in(*span).collect()),
        _ => None,
    }
}

fn clause_below(scene: &Scene, id: TokenId) -> Option<Vec<TokenId>> {
    let that = |c: &TokenId| {
        let t = scene.token(*c);
        t.deprel == Deprel::Ccomp
            || t.deprel == Deprel::Advcl && scene.has_case(*c, &["that"]) && is_clause_head(scene, *c)
    };
    scene.document.children(id).iter().copied().find(that).map(|c| content::below(scene, c))
}

fn complement(scene: &Scene, id: TokenId, kinds: &[Deprel], form: impl Fn(Feats) -> bool) -> Option<Vec<TokenId>> {
    let fits = |c: &TokenId| {
        let auxiliaries = || scene.children_of(*c, "cop").chain(scene.children_of(*c, "aux"));
        kinds.contains(&scene.token(*c).deprel)
            && (form(scene.token(*c).feats) || auxiliaries().any(|a| form(scene.token(a).feats)))
    };
    scene.document.children(id).iter().copied().find(fits).map(|c| content::below(scene, c))
}

fn preposition(scene: &Scene, id: TokenId, prepositions: &[String]) -> Option<Vec<TokenId>> {
    let opens = |c: &TokenId| prepositions.iter().any(|p| scene.has_case(*c, &[p.as_str()]));
    let fits = |c: &TokenId| {
        matches!(scene.token(*c).deprel.base(), "obl" | "advcl" | "nmod" | "xcomp" | "ccomp" | "acl") && opens(c)
    };
    scene.document.children(id).iter().copied().find(fits).map(|c| content::below(scene, c))
}
