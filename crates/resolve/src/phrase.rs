//! Which words does a noun phrase span, as one would quote it?

use std::ops::Range;

use evidence::document::{Document, TokenId};
use evidence::deprel::{Deprel, Upos};

/// Prepositions whose complement belongs to a name or role: "spokesman for X", "ambassador to Y", "forces in Z".
const BINDING: [&str; 8] = ["of", "for", "to", "in", "from", "at", "on", "near"];

/// Tokens of the noun phrase of `head`: premodifiers, the head, and complements that are part of name or role; without
/// relative clauses, participles, and what follows a comma. A preposition before it and a "'s" after it stay out.
pub(crate) fn noun_phrase(document: &Document, head: TokenId) -> Range<TokenId> {
    let sentence = &document.sentences[document.sentence_of(head)].tokens;
    let start = left_edge(document, head).max(sentence.start);
    let mut end = right_edge(document, head).min(sentence.end - 1);
    // "Karabakh's": the clitic may hang on any word of the name.
    while end > head && (document.tokens[end].deprel == Deprel::Case || document.tokens[end].upos == Upos::Punct) {
        end -= 1;
    }
    start..end + 1
}

fn left_edge(document: &Document, head: TokenId) -> TokenId {
    let mut edge = head;
    for child in document.children(head).iter().copied().filter(|c| *c < head).rev() {
        let t = &document.tokens[child];
        let admitted = match t.deprel {
            Deprel::Det | Deprel::DetPredet | Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::NmodPoss => true,
            Deprel::NmodDesc | Deprel::Flat | Deprel::Goeswith | Deprel::NmodUnmarked => true,
            // "Nearly 200 servicemen", where the parse hangs the hedge on the noun.
            Deprel::Advmod => document.tokens[child + 1].upos == Upos::Num,
            Deprel::Nmod | Deprel::Appos => !has_case(document, child),
            _ => false,
        };
        let hyphen = t.deprel == Deprel::Punct && child + 1 == edge && child > 0 && is_tight(document, child);
        if hyphen {
            continue;
        }
        if !admitted {
            break;
        }
        edge = edge.min(leftmost(document, child));
    }
    edge
}

fn right_edge(document: &Document, head: TokenId) -> TokenId {
    let mut edge = head;
    for child in document.children(head).iter().copied().filter(|c| *c > head) {
        let t = &document.tokens[child];
        let end = match t.deprel {
            Deprel::Flat | Deprel::FlatForeign | Deprel::Goeswith | Deprel::Fixed | Deprel::Compound => rightmost(document, child),
            Deprel::Nummod | Deprel::NmodDesc => rightmost(document, child),
            Deprel::Punct if is_tight(document, child) => continue,
            // "Karabakh's": the clitic is no part; go on to what may follow.
            Deprel::Case if child == edge + 1 => continue,
            Deprel::Nmod | Deprel::NmodUnmarked if binds(document, child) => right_edge(document, child),
            _ => break,
        };
        // Only what follows without a gap, but for hyphens and the complement's own words.
        if leftmost(document, child) > edge + 1 && !is_tight(document, edge + 1) {
            break;
        }
        edge = edge.max(end);
    }
    edge
}

/// Whether a nominal complement belongs to the phrase.
fn binds(document: &Document, child: TokenId) -> bool {
    document.children_by(child, Deprel::Case).filter(|c| *c < child).all(|c| BINDING.contains(&&*document.tokens[c].lemma))
}

fn has_case(document: &Document, token: TokenId) -> bool {
    document.children_by(token, Deprel::Case).any(|c| c < token)
}

/// Whether a mark stands between two words without white space (a hyphen).
fn is_tight(document: &Document, token: TokenId) -> bool {
    let at = |n: usize| document.tokens.get(n).map(|t| t.span);
    let (Some(before), Some(mark), Some(after)) = (token.checked_sub(1).and_then(at), at(token), at(token + 1)) else {
        return false;
    };
    before.end() == mark.start() && mark.end() == after.start() && mark.len() <= 3
}

/// First token below `token`.
pub(crate) fn leftmost(document: &Document, token: TokenId) -> TokenId {
    let first = document.children(token).first().copied().filter(|c| *c < token);
    first.map_or(token, |c| leftmost(document, c))
}

/// Last token below `token`.
pub(crate) fn rightmost(document: &Document, token: TokenId) -> TokenId {
    let last = document.children(token).last().copied().filter(|c| *c > token);
    last.map_or(token, |c| rightmost(document, c))
}
