//! Who says what, by which words, as it is printed: attributions before their content is divided into claims.
//!
//! Claims are made of the same attributions ([`crate::attribution`]); here their source, cue and content are given the
//! stretches of text that a reader would mark: noun phrases with appositions and relative clauses, whole sentences
//! before ", he said", quotations with their marks and with what goes on after the cue. Besides acts of speech there
//! are attitudes (`data/attitude`: beliefs, wishes, plans, decrees, perceptions), which make no claims.

mod attitudes;
mod content;
mod quoted;
mod source;

use evidence::document::TokenId;
use evidence::{Act, Span};

use crate::attribution::{self, Attribution};
use crate::scene::Scene;
use crate::speech::Speech;

/// One attribution as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// Stretches of whoever says it, usually one; none where nobody is named.
    pub source: Vec<Span>,
    /// The word that attributes it, with its auxiliaries.
    pub cue: Span,
    /// Stretches of what is said, in order, at least one.
    pub content: Vec<Span>,
    /// What the speaker does; `None` for an attitude.
    pub act: Option<Act>,
    /// The rule that found it.
    pub rule: String,
    /// Whether it stands inside what somebody else is quoted or reported as saying.
    pub nested: bool,
}

/// An attribution on its way: its words as tokens.
struct Draft {
    /// The cue's head word.
    cue: TokenId,
    /// The cue's words.
    group: Vec<TokenId>,
    /// The source's words.
    source: Vec<TokenId>,
    /// The content's words, in order.
    content: Vec<TokenId>,
    act: Option<Act>,
    rule: String,
}

/// All attributions of a document, in order of their cues.
pub fn find(scene: &Scene, speech: &Speech, attitudes: &Speech) -> Vec<Saying> {
    let mut drafts: Vec<Draft> = attribution::find(scene, speech).iter().filter_map(|a| draft(scene, a)).collect();
    let spoken: Vec<TokenId> = drafts.iter().map(|d| d.cue).collect();
    let others = (0..scene.document.tokens.len()).filter(|t| !spoken.contains(t));
    drafts.extend(others.filter_map(|t| attitudes::at(scene, attitudes, t)));
    drafts.sort_by_key(|d| d.cue);
    quoted::carry(scene, &mut drafts);
    source::without_sayings(scene, &mut drafts);
    let nested: Vec<bool> = drafts.iter().map(|d| is_nested(scene, d, &drafts)).collect();
    drafts.iter().zip(nested).filter_map(|(d, nested)| saying(scene, d, nested)).collect()
}

fn draft(scene: &Scene, a: &Attribution) -> Option<Draft> {
    let group = content::cue_group(scene, a.cue);
    let source = source::words(scene, a, &group);
    let content = content::words(scene, a, &group, &source);
    (!content.is_empty()).then(|| Draft { cue: a.cue, group, source, content, act: Some(a.act), rule: a.rule.clone() })
}

/// Whether the cue stands in the content of another, or in a quotation, whoever speaks it.
fn is_nested(scene: &Scene, d: &Draft, all: &[Draft]) -> bool {
    let holds = |o: &Draft, t: TokenId| o.cue != t && o.content.binary_search(&t).is_ok();
    let at = scene.token(d.cue).span;
    all.iter().any(|o| holds(o, d.cue) && !holds(d, o.cue))
        || scene.document.quotations.iter().any(|q| !q.fragment && q.inner.contains(at))
}

fn saying(scene: &Scene, d: &Draft, nested: bool) -> Option<Saying> {
    let content = content::stretches(scene, &d.content);
    let cue = scene.document.span_over(&d.group)?;
    (!content.is_empty()).then(|| Saying {
        source: source::stretches(scene, &d.source),
        cue,
        content,
        act: d.act,
        rule: d.rule.clone(),
        nested,
    })
}
