//! Who says it? Finds cues, their speakers and the words they attribute.

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;
use evidence::{Act, Span};

use crate::grammar;
use crate::scene::Scene;
use crate::speech::{Cue, Frame, Speech};

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
    /// Who is said to do it, where the cue names them ("accused X of …", "urged X to …").
    pub doers: Vec<TokenId>,
    /// "each other": speakers and doers are the same, crosswise.
    pub mutual: bool,
    /// The cue itself negates its content ("ruled out …").
    pub negates: bool,
    /// File and frame, for `explain`.
    pub rule: String,
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

/// Verbs that speak only if a person, a body or a side is their subject.
const WEAK: &[&str] = &[
    "show", "find", "hear", "put", "hold", "point", "believe", "think", "indicate", "suggest", "see", "fear", "expect",
    "reveal", "order", "require", "press", "push", "seek", "call", "ask", "count", "record", "describe", "answer",
    "register", "observe", "concede", "commit", "conclude", "add", "offer", "note", "post", "state", "estimate",
    "speak", "report", "respond", "suspect",
];

/// All attributions of a document, in order of their cues; then quotations carried over.
pub fn find(scene: &Scene, speech: &Speech) -> Vec<Attribution> {
    let mut found = Vec::new();
    for id in 0..scene.document.tokens.len() {
        if let Some(a) = according(scene, id).or_else(|| at(scene, speech, id)) {
            found.push(a);
        }
    }
    found
}

fn at(scene: &Scene, speech: &Speech, id: TokenId) -> Option<Attribution> {
    let cues = speech.of(scene.lemma(id));
    let adjective = matches!(scene.token(id).deprel, Deprel::Amod | Deprel::Compound);
    if cues.is_empty() || adjective {
        return None;
    }
    let narrow = |c: &&Cue| c.particle.is_some() || !c.object.is_empty() || c.negated;
    let ordered = cues.iter().filter(narrow).chain(cues.iter().filter(|c| !narrow(c)));
    let mut frames = ordered.flat_map(|c| c.frames.iter().map(move |f| (c, *f)));
    frames.find_map(|(cue, frame)| {
        let is_noun = scene.token(id).upos == Upos::Noun;
        let fits = (frame == Frame::Noun) == is_noun && cue_fits(scene, cue, id);
        let answers = matches!(cue.act, Act::Deny | Act::Confirm);
        let found = if fits {
            try_frame(scene, id, frame).or_else(|| pronoun_content(scene, id, frame).filter(|_| answers))
        } else {
            None
        }?;
        let rule = format!("{}.{}", cue.rule, format!("{frame:?}").to_lowercase());
        let negates = cue.rule.ends_with("rule-out");
        let Found { content, speakers, doers } = found;
        let traded = frame == Frame::Noun
            && scene.token(id).head.is_some_and(|h| matches!(scene.lemma(h), "trade" | "exchange" | "swap"));
        let mutual = traded || doers.iter().any(|d| is_reciprocal(scene, *d));
        Some(Attribution { cue: id, act: cue.act, speakers, content, doers, mutual, negates, rule })
    })
}

struct Found {
    content: Vec<Content>,
    speakers: Vec<TokenId>,
    doers: Vec<TokenId>,
}

fn cue_fits(scene: &Scene, cue: &Cue, id: TokenId) -> bool {
    let particle = scene.child(id, Deprel::CompoundPrt).map(|p| scene.lower(p));
    if cue.particle.is_some() && cue.particle != particle || cue.negated && !is_negated(scene, id) {
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
                .any(|w| cue.object.iter().any(|o| scene.lemma(w).eq_ignore_ascii_case(o)))
    };
    cue.object.is_empty() || scene.document.children(id).iter().any(has)
}

fn try_frame(scene: &Scene, id: TokenId, frame: Frame) -> Option<Found> {
    let mut doers = Vec::new();
    let content = match frame {
        Frame::Clause => clause_content(scene, id),
        Frame::Object if scene.token(id).upos == Upos::Verb && grammar::is_passive(scene, id) => {
            passive_matter(scene, id).map(|o| vec![Content::Phrase(o)])
        }
        Frame::Object => nominal(scene, id, "obj").map(|o| vec![Content::Phrase(o)]),
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
        Frame::Called => as_something(scene, id).map(|c| vec![Content::Phrase(c)]),
        Frame::Noun => noun_content(scene, id),
        Frame::According => None,
        Frame::Bare => Some(vec![Content::Own]),
    }?;
    let speakers = speakers_of(scene, id, frame)?;
    Some(Found { content, speakers, doers })
}

/// The clause that a cue speaks of: its complement, what it is inserted in, what follows a colon, or a quotation.
fn clause_content(scene: &Scene, id: TokenId) -> Option<Vec<Content>> {
    let complements: Vec<TokenId> = scene.children_of(id, "ccomp").collect();
    if !complements.is_empty() {
        return Some(complements.into_iter().map(Content::Clause).collect());
    }
    let token = scene.token(id);
    if let Some(clause) = inserted_in(scene, id) {
        return Some(vec![Content::Clause(clause)]);
    }
    if let Some(head) = token.head.filter(|_| matches!(token.deprel, Deprel::Parataxis | Deprel::Discourse)) {
        let has_complement = scene.children_of(id, "obj").any(|o| !scene.token(o).feats.has(Feats::PRON_DEM));
        if !has_complement || scene.lemma(id) == "tell" {
            return Some(vec![Content::Clause(head)]);
        }
    }
    let after = scene.children_of(id, "parataxis").filter(|p| *p > id || !scene.children_of(*p, "nsubj").any(|_| true));
    if let Some(p) = after.into_iter().next() {
        return Some(vec![Content::Clause(p)]);
    }
    quotation_beside(scene, id).map(|q| vec![Content::Quote(q)])
}

/// "The comet, she notes in a letter, was sighted …": the clause that a cue between commas is inserted in, where the
/// parser takes the insertion for a relative clause.
fn inserted_in(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let relative = matches!(scene.token(id).deprel, Deprel::AclRelcl | Deprel::Acl);
    let subject = scene.children_of(id, "nsubj").next()?;
    let first = *scene.document.subtree(subject).first()?;
    let after_comma = first > 0 && scene.word(first - 1) == ",";
    let complete = scene.children_of(id, "obj").next().is_none() && subject < id;
    let pronoun_or_name = !scene.token(subject).feats.has(Feats::PRON_REL)
        && !matches!(scene.lower(subject).as_str(), "which" | "who" | "that");
    (relative && after_comma && complete && pronoun_or_name)
        .then(|| scene.document.ancestors(id).find(|a| is_clause_head(scene, *a) && scene.is_verb(*a)))
        .flatten()
}

/// "…, the envoy, Lena Varga, has estimated.": the noun phrase before a closing cue that the parser has given to the
/// clause that is told, its head.
fn stranded_subject(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let sentence = scene.document.sentences[scene.document.sentence_of(id)].tokens.clone();
    let told_before = scene.children_of(id, "ccomp").any(|c| c < id);
    if !told_before || scene.children_of(id, "nsubj").next().is_some() {
        return None;
    }
    let mut end = id;
    while end > sentence.start && matches!(scene.token(end - 1).upos, Upos::Aux | Upos::Adv | Upos::Punct) {
        end -= 1;
    }
    let start = (sentence.start..end).rev().find(|t| scene.word(*t) == ",").map(|c| c + 1)?;
    let outside = |t: &TokenId| scene.token(*t).head.is_none_or(|h| h < start || h >= end);
    (start..end).filter(|t| scene.is_nominal(*t)).find(outside)
}

/// A quotation of the cue's sentence that is no part of a name or scare quotes.
fn quotation_beside(scene: &Scene, id: TokenId) -> Option<Span> {
    let sentence = scene.document.sentences[scene.document.sentence_of(id)].span;
    let cue = scene.token(id).span;
    let quotes = scene.document.quotations.iter().filter(|q| q.span.overlaps(sentence) && !q.span.overlaps(cue));
    let near = quotes
        .filter(|q| !q.fragment)
        .min_by_key(|q| q.span.start().abs_diff(cue.end()).min(q.span.end().abs_diff(cue.start())));
    near.map(|q| q.inner)
}

fn nominal(scene: &Scene, id: TokenId, base: &'static str) -> Option<TokenId> {
    scene.children_of(id, base).find(|c| scene.is_nominal(*c) && !scene.token(*c).feats.has(Feats::PRON_PRS))
}

/// "Baku denied it": what is denied stands elsewhere; the words of the act are the content.
fn pronoun_content(scene: &Scene, id: TokenId, frame: Frame) -> Option<Found> {
    let object = scene.children_of(id, "obj").next().filter(|o| scene.token(*o).upos == Upos::Pron);
    let pronoun =
        object.is_some_and(|o| matches!(scene.lower(o).as_str(), "it" | "this" | "that" | "these" | "them" | "which"));
    // "…, a charge that the army denies"
    let said = ["claim", "charge", "accusation", "allegation", "report", "assertion"];
    let of_noun = scene.token(id).deprel == Deprel::AclRelcl
        && scene.token(id).head.is_some_and(|h| said.contains(&scene.lemma(h)));
    let refers_back = pronoun || object.is_none() && of_noun;
    if frame != Frame::Object || !refers_back {
        return None;
    }
    let speakers = speakers_of(scene, id, Frame::Bare)?;
    Some(Found { content: vec![Content::Own], speakers, doers: Vec::new() })
}

/// "Further deaths were reported": what is reported is the subject.
fn passive_matter(scene: &Scene, id: TokenId) -> Option<TokenId> {
    if scene.children_of(id, "obj").next().is_some() {
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
    scene.children_of(id, "obl").filter(|o| scene.has_case(*o, &["on", "to", "upon", "with"])).collect()
}

/// "as baseless", "a lie".
fn as_something(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let candidates = |c: &TokenId| {
        let d = scene.token(*c).deprel;
        scene.has_case(*c, &["as"]) && matches!(d.base(), "obl" | "advcl" | "xcomp" | "nmod")
            || d == Deprel::Xcomp && !scene.is_verb(*c)
    };
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

/// Who speaks by a cue; `None` if nobody can be the speaker and the cue is no cue here.
fn speakers_of(scene: &Scene, id: TokenId, frame: Frame) -> Option<Vec<TokenId>> {
    let subjects = match frame {
        Frame::Noun => grammar::subject(scene, id),
        _ if grammar::is_passive(scene, id) => grammar::subject(scene, id),
        _ => nearest_subject(scene, id),
    };
    // "The flood claimed ninety lives": what nobody is known to be does not claim things by the object.
    let quotes = matches!(frame, Frame::Clause | Frame::Bare | Frame::Infinitive | Frame::Urge | Frame::Gerund);
    let speaking: Vec<TokenId> =
        subjects.into_iter().filter(|s| can_speak(scene, *s, scene.lemma(id), quotes)).collect();
    let speaking = outside_quotation(scene, id, speaking);
    let passive = !matches!(frame, Frame::Noun | Frame::Bare) && grammar::is_passive(scene, id);
    (!speaking.is_empty() || passive).then_some(speaking)
}

/// A cue outside a quotation has no speaker inside it ("“They fired on us,” he said, accusing the army of …"): then
/// whoever speaks the quotation.
fn outside_quotation(scene: &Scene, cue: TokenId, speakers: Vec<TokenId>) -> Vec<TokenId> {
    let quotation = |t: TokenId| {
        scene.document.quotations.iter().position(|q| !q.fragment && q.inner.contains(scene.token(t).span))
    };
    if quotation(cue).is_some() || speakers.iter().all(|s| quotation(*s).is_none()) {
        return speakers;
    }
    let sentence = scene.document.sentences[scene.document.sentence_of(cue)].tokens.clone();
    let subject = |t: &TokenId| scene.token(*t).deprel == Deprel::Nsubj && quotation(*t).is_none();
    sentence.filter(subject).min_by_key(|t| t.abs_diff(cue)).into_iter().collect()
}

/// The subject of a cue; of two that the parser gives it ("The strike killed nine, the union said"), the nearer one.
fn nearest_subject(scene: &Scene, id: TokenId) -> Vec<TokenId> {
    let own: Vec<TokenId> = scene.children_of(id, "nsubj").collect();
    match own.iter().min_by_key(|s| s.abs_diff(id)) {
        None => stranded_subject(scene, id).map_or_else(|| grammar::surface_subject(scene, id), |s| vec![s]),
        Some(nearest) if own.len() > 1 => vec![*nearest],
        _ => grammar::surface_subject(scene, id),
    }
}

fn can_speak(scene: &Scene, id: TokenId, lemma: &str, quotes: bool) -> bool {
    let token = scene.token(id);
    let it =
        scene.lower(id) == "it" && scene.mention(id).is_none_or(|m| m.parties.is_empty() && m.organisation.is_none());
    let speaks = |m: &evidence::Mention| {
        m.kind.acts() || m.kind == MentionKind::Source || m.kind == MentionKind::Place && !m.parties.is_empty()
    };
    match scene.mention(id) {
        Some(m) => speaks(m) && !(it && m.entities.is_empty()),
        None if token.deprel == Deprel::Expl || it => false,
        // "They accuse …": a personal pronoun is somebody, whoever it stands for.
        None if token.upos == Upos::Pron && token.feats.has(Feats::PRON_PRS) => true,
        None => quotes && !WEAK.contains(&lemma) && matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron),
    }
}

/// "according to X", "in the words of X": the clause it stands in is the content.
fn according(scene: &Scene, id: TokenId) -> Option<Attribution> {
    let marked = |c: &TokenId| scene.token(*c).deprel == Deprel::Case && scene.lower(*c) == "according";
    let cue = scene.document.children(id).iter().copied().find(marked)?;
    let head = std::iter::once(id).chain(scene.document.ancestors(id)).skip(1);
    let clause = head.into_iter().find(|h| is_clause_head(scene, *h))?;
    let speakers = std::iter::once(id).chain(scene.children_of(id, "conj").filter(|c| scene.is_nominal(*c))).collect();
    Some(Attribution {
        cue,
        act: Act::Assert,
        speakers,
        content: vec![Content::Clause(clause)],
        doers: Vec::new(),
        mutual: false,
        negates: false,
        rule: "speech/assert.according".to_owned(),
    })
}

/// Whether a word heads a clause: a root, complement, adverbial or relative clause, or a predicate coordinated with one.
pub fn is_clause_head(scene: &Scene, id: TokenId) -> bool {
    let t = scene.token(id);
    match t.deprel.base() {
        // "killed by shelling": how it was done, no clause of its own.
        "advcl" if scene.has_case(id, &["by"]) => false,
        "root" | "ccomp" | "advcl" | "parataxis" | "csubj" => true,
        "acl" => true,
        "conj" => is_predicate_word(scene, id),
        _ => false,
    }
}

/// Whether a coordinated word is a predicate of its own: a verb, or anything with a subject or copula.
pub fn is_predicate_word(scene: &Scene, id: TokenId) -> bool {
    let head_is_nominal =
        scene.token(id).head.is_some_and(|h| scene.is_nominal(h) && scene.token(h).deprel.base() != "root");
    scene.token(id).upos == Upos::Verb && !head_is_nominal
        || scene.children_of(id, "nsubj").next().is_some()
        || scene.children_of(id, "cop").next().is_some()
}

/// Whether a predicate is negated by itself ("did not", "never", "neither … nor").
pub fn is_negated(scene: &Scene, id: TokenId) -> bool {
    scene.document.children(id).iter().any(|c| {
        let negative =
            matches!(scene.lower(*c).as_str(), "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "hardly" | "no");
        negative && matches!(scene.token(*c).deprel.base(), "advmod" | "cc" | "det" | "aux" | "dep")
    })
}

fn is_reciprocal(scene: &Scene, id: TokenId) -> bool {
    let word = scene.lower(id);
    if matches!(word.as_str(), "each" | "one") && scene.document.children_by(id, Deprel::Fixed).next().is_some() {
        return true;
    }
    let det_each = scene.document.children(id).iter().any(|c| scene.lower(*c) == "each");
    matches!(word.as_str(), "other" | "others" | "another")
        && (det_each || word == "another" || one_before(scene, id, &["each", "one", "the"]))
}

fn one_before(scene: &Scene, id: TokenId, words: &[&str]) -> bool {
    id > 0 && words.contains(&scene.lower(id - 1).as_str())
}
