//! Who says what, by which words, as it is printed: attributions before their content is divided into claims.
//!
//! Claims are made of the same attributions ([`crate::attribution`]); here their source, cue and content are given the
//! stretches of text that a reader would mark: noun phrases with appositions and relative clauses, whole sentences
//! before ", he said", quotations with their marks and with what goes on after the cue. Besides acts of speech there
//! are attitudes (`data/attitude`: beliefs, wishes, plans, decrees, perceptions), which make no claims.

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
pub fn find(scene: &Scene, speech: &Speech) -> Vec<Saying> {
    let mut drafts: Vec<Draft> = attribution::find(scene, speech).iter().filter_map(|a| draft(scene, a)).collect();
    drafts.sort_by_key(|d| d.cue);
    quoted::carry(scene, &mut drafts);
    drafts.iter().filter_map(|d| saying(scene, d)).collect()
}

fn draft(scene: &Scene, a: &Attribution) -> Option<Draft> {
    let group = content::cue_group(scene, a.cue);
    let source = source::words(scene, a, &group);
    let content = content::words(scene, a, &group, &source);
    (!content.is_empty()).then(|| Draft { cue: a.cue, group, source, content, act: Some(a.act), rule: a.rule.clone() })
}

fn saying(scene: &Scene, d: &Draft) -> Option<Saying> {
    let content = content::stretches(scene, &d.content);
    let cue = scene.document.span_over(&d.group)?;
    (!content.is_empty()).then(|| Saying {
        source: source::stretches(scene, &d.source),
        cue,
        content,
        act: d.act,
        rule: d.rule.clone(),
    })
}
