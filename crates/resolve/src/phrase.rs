//! Which words does a noun phrase span, as one would quote it?

use std::ops::Range;

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Document, TokenId};

/// Prepositions whose complement belongs to a name or role: "spokesman for X", "ambassador to Y", "forces in Z".
const BINDING: [&str; 8] = ["of", "for", "to", "in", "from", "at", "on", "near"];

/// Words before the head of a modifier, at most.
const LONGEST_MODIFIER: usize = 10;

/// Tokens of the noun phrase of `head`: premodifiers, the head, and complements that are part of name or role; without
/// relative clauses, participles, and what follows a comma. A preposition before it and a "'s" after it stay out.
pub(crate) fn noun_phrase(document: &Document, head: TokenId) -> Range<TokenId> {
    let sentence = &document.sentences[document.sentence_of(head)].tokens;
    let mut start = left_edge(document, head).max(sentence.start);
    // A wrong attachment may bring a preposition or conjunction with it.
    while start < head && is_stray(document, start) {
        start += 1;
    }
    let mut end = right_edge(document, head).min(sentence.end - 1);
    // "Orrin's": the clitic may hang on any word of the name.
    while end > head && (document.tokens[end].deprel == Deprel::Case || document.tokens[end].upos == Upos::Punct) {
        end -= 1;
    }
    start..end + 1
}

/// A preposition, conjunction or comma that begins no phrase; "at least", "up to" and the like do.
fn is_stray(document: &Document, token: TokenId) -> bool {
    let t = &document.tokens[token];
    let hedge = matches!(&*document.tokens[token + 1].lemma, "least" | "most" | "to" | "than" | "a" | "an")
        || &*t.lemma == "between";
    match t.deprel {
        Deprel::Case | Deprel::Mark => !hedge && document.tokens[token + 1].upos != Upos::Num,
        Deprel::Cc => true,
        Deprel::Punct => t.span.len() == 1 && !is_tight(document, token) && &*t.lemma == ",",
        _ => false,
    }
}

fn left_edge(document: &Document, head: TokenId) -> TokenId {
    let mut edge = head;
    for child in document.children(head).iter().copied().filter(|c| *c < head).rev() {
        let t = &document.tokens[child];
        // "This spring envoys": a time before the noun is none of its words.
        if is_time(document, child) {
            break;
        }
        let admitted = match t.deprel {
            Deprel::Det | Deprel::DetPredet | Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::NmodPoss => {
                true
            }
            Deprel::NmodDesc | Deprel::Flat | Deprel::Goeswith | Deprel::NmodUnmarked => true,
            // "Almost ninety guards", where the parse hangs the hedge on the noun.
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
        // A modifier of a whole clause is a wrong attachment.
        let start = leftmost(document, child);
        edge = edge.min(if child - start > LONGEST_MODIFIER { child } else { start });
    }
    edge
}

fn right_edge(document: &Document, head: TokenId) -> TokenId {
    let mut edge = head;
    for child in document.children(head).iter().copied().filter(|c| *c > head) {
        let t = &document.tokens[child];
        let end = match t.deprel {
            Deprel::Flat | Deprel::FlatForeign | Deprel::Goeswith | Deprel::Fixed | Deprel::Compound => {
                rightmost(document, child)
            }
            Deprel::Nummod | Deprel::NmodDesc => rightmost(document, child),
            Deprel::Punct if is_tight(document, child) => continue,
            // "Orrin's": the clitic is no part; go on to what may follow.
            Deprel::Case if child == edge + 1 => continue,
            Deprel::Nmod | Deprel::NmodUnmarked if binds(document, child) && !is_time(document, child) => {
                right_edge(document, child)
            }
            _ => break,
        };
        let first = leftmost(document, child);
        if document.tokens[first].upos == Upos::Punct && !is_tight(document, first) {
            break;
        }
        // Only what follows without a gap, but for hyphens and the complement's own words.
        if first > edge + 1 && !is_tight(document, edge + 1) {
            break;
        }
        edge = edge.max(end);
    }
    edge
}

/// Whether a word tells when: "Varnia on Sunday announced …" is no name.
fn is_time(document: &Document, token: TokenId) -> bool {
    let span = document.tokens[token].span;
    let time = document.times.partition_point(|x| x.span.end() <= span.start());
    document.times.get(time).is_some_and(|x| x.span.overlaps(span))
}

/// Whether a nominal complement belongs to the phrase.
fn binds(document: &Document, child: TokenId) -> bool {
    document
        .children_by(child, Deprel::Case)
        .filter(|c| *c < child)
        .all(|c| BINDING.contains(&&*document.tokens[c].lemma))
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
