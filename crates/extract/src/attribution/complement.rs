//! Which clause does a cue speak of, wherever the parser hangs it?

use evidence::Span;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};

use super::Content;
use super::clauses::is_clause_head;
use crate::grammar;
use crate::scene::Scene;

/// The clause that a cue speaks of: its complement, what it is inserted in, what follows a colon, or a quotation.
pub(crate) fn clause_content(scene: &Scene, id: TokenId) -> Option<Vec<Content>> {
    // What follows a semicolon is another matter.
    let apart = |c: TokenId| id < c && (id..c).any(|t| scene.word(t) == ";");
    let complements: Vec<TokenId> = scene.children_of(id, "ccomp").filter(|c| !apart(*c)).collect();
    if let Some((subject, verb)) = grammar::stray_predicate(scene, id) {
        return Some(vec![Content::Clause(subject), Content::Clause(verb)]);
    }
    // "This was untrue, the ministry retorted: not one round had been fired."
    let before = scene.token(id).head.filter(|h| *h < id && scene.token(id).deprel == Deprel::Parataxis);
    let colon = |c: TokenId| (id..c).any(|t| scene.word(t) == ":");
    if let (Some(head), [after]) = (before, complements.as_slice())
        && colon(*after)
        && is_clause_head(scene, head)
    {
        return Some(vec![Content::Clause(head), Content::Clause(*after)]);
    }
    if !complements.is_empty() {
        return Some(complements.into_iter().map(Content::Clause).collect());
    }
    if let Some(clause) = misplaced_complement(scene, id) {
        return Some(vec![Content::Clause(clause)]);
    }
    let token = scene.token(id);
    if let Some(clause) = inserted_in(scene, id) {
        return Some(vec![Content::Clause(clause)]);
    }
    // "As the ministry has pointed out, …"
    if let Some(head) = token.head.filter(|_| token.deprel == Deprel::Advcl && scene.has_case(id, &["as"])) {
        let complete = scene.children_of(id, "obj").next().is_none() && scene.children_of(id, "obl").next().is_none();
        if complete && id < head {
            return Some(vec![Content::Clause(head)]);
        }
    }
    if let Some(head) = token.head.filter(|_| matches!(token.deprel, Deprel::Parataxis | Deprel::Discourse)) {
        let has_complement = scene.children_of(id, "obj").any(|o| !scene.token(o).feats.has(Feats::PRON_DEM));
        // The parser may hang the cue on a word of the clause.
        let clause = || scene.document.ancestors(id).find(|a| is_clause_head(scene, *a) && scene.is_verb(*a));
        let head = if scene.is_nominal(head) { clause().unwrap_or(head) } else { head };
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

/// A complement that the parser hangs elsewhere: on a noun between ("denied at the time that …", "said in a letter that
/// …"), or beside the subject ("Nine are missing, a nurse who asked not to be named tells us").
fn misplaced_complement(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let kinds = ["obl", "iobj", "obj"];
    let between = kinds.into_iter().flat_map(|k| scene.children_of(id, k)).filter(|o| *o > id);
    // "told a briefing that boats had come": no clause about the briefing.
    let complete =
        |c: &TokenId| scene.has_case(*c, &["that"]) && scene.children_of(*c, "nsubj").any(|s| scene.lower(s) != "that");
    let after_noun = between.flat_map(|o| scene.children_of(o, "acl")).find(complete);
    let subjects: Vec<TokenId> = scene.children_of(id, "nsubj").collect();
    let is_clause = |s: &TokenId| scene.children_of(*s, "nsubj").next().is_some();
    // "The raid, which lasted a day, killed nine, the union has said": told before the cue, coordinated with it.
    let told = || scene.children_of(id, "conj").find(|c| *c < id && scene.is_verb(*c) && subjects.len() > 1);
    let before = || subjects.iter().copied().find(|s| subjects.len() > 1 && is_clause(s) && *s < id).or_else(told);
    after_noun.or_else(before)
}

/// "The comet, she notes in a letter, was sighted …": the clause that a cue between commas is inserted in, where the
/// parser takes the insertion for a relative clause.
fn inserted_in(scene: &Scene, id: TokenId) -> Option<TokenId> {
    let relative = matches!(scene.token(id).deprel, Deprel::AclRelcl | Deprel::Acl);
    let is_predicate = |a: TokenId| scene.is_verb(a) || scene.children_of(a, "cop").next().is_some();
    let subject = scene.children_of(id, "nsubj").next()?;
    let first = *scene.document.subtree(subject).first()?;
    let after_comma = first > 0 && scene.word(first - 1) == ",";
    let complete = scene.children_of(id, "obj").next().is_none() && subject < id;
    let pronoun_or_name = !scene.token(subject).feats.has(Feats::PRON_REL)
        && !matches!(scene.lower(subject).as_str(), "which" | "who" | "that");
    (relative && after_comma && complete && pronoun_or_name)
        .then(|| scene.document.ancestors(id).find(|a| is_clause_head(scene, *a) && is_predicate(*a)))
        .flatten()
}

/// A quotation of the cue's sentence that is no part of a name or scare quotes.
fn quotation_beside(scene: &Scene, id: TokenId) -> Option<Span> {
    let sentence = scene.document.sentences[scene.document.sentence_of(id)].span;
    let cue = scene.token(id).span;
    let quotes = scene.document.quotations.iter().filter(|q| q.span.overlaps(sentence) && !q.span.overlaps(cue));
    let near = quotes
        .filter(|q| !q.fragment && is_next_to(scene, id, q.span))
        .min_by_key(|q| q.span.start().abs_diff(cue.end()).min(q.span.end().abs_diff(cue.start())));
    near.map(|q| q.inner)
}

/// Whether no other verb stands between a cue and a quotation but those that hang on the cue.
fn is_next_to(scene: &Scene, id: TokenId, quotation: Span) -> bool {
    let quoted = scene.document.tokens_in(quotation);
    let between = if quoted.start > id { id + 1..quoted.start } else { quoted.end..id };
    between.into_iter().all(|t| scene.token(t).upos != Upos::Verb || scene.document.ancestors(t).any(|a| a == id))
}
