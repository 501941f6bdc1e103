//! Which words are what is said? From the parse, the quotation marks and the place of the cue.

use evidence::Span;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Quotation, TokenId};

use crate::attribution::{Attribution, Content};
use crate::scene::Scene;

/// Prepositions and markers that belong to what is said.
const PART_OF_CONTENT: &[&str] = &["that", "to", "if", "whether", "how", "why", "because", "when", "where", "not"];

/// Prepositions of a part that belongs to an object: "saw it *as* a chance", "faulted them *for* leaving".
const WITH_OBJECT: &[&str] = &["as", "for", "from", "to", "into"];

/// A cue's verb group: the word with its auxiliaries, negation, particle and the adverbs beside it.
pub fn cue_group(scene: &Scene, cue: TokenId) -> Vec<TokenId> {
    let near = |c: &TokenId| matches!(scene.token(*c).deprel.base(), "aux" | "advmod" | "compound" | "cop" | "fixed");
    let mut group: Vec<TokenId> = scene.document.children(cue).iter().copied().filter(near).collect();
    group.push(cue);
    group.sort_unstable();
    let at = group.iter().position(|t| *t == cue).unwrap_or_default();
    let (mut first, mut last) = (at, at);
    while first > 0 && group[first - 1] + 1 == group[first] {
        first -= 1;
    }
    while last + 1 < group.len() && group[last] + 1 == group[last + 1] {
        last += 1;
    }
    group[first..=last].to_vec()
}

/// The words of an attribution's content, in order.
pub fn words(scene: &Scene, a: &Attribution, group: &[TokenId], source: &[TokenId]) -> Vec<TokenId> {
    let mut out = Vec::new();
    for content in &a.content {
        match *content {
            Content::Clause(head) => {
                let mut clause = if is_above(scene, a.cue, head) {
                    around(scene, a, head, group, source)
                } else {
                    let mut words = below(scene, head);
                    let apart: Vec<TokenId> = a.apart.iter().flat_map(|c| scene.document.subtree(*c)).collect();
                    words.retain(|t| !apart.contains(t));
                    words.extend(astray(scene, a.cue, head));
                    words
                };
                keep_to_quotations(scene, a.cue, head, &mut clause);
                out.extend(clause);
                out.extend(a.doers.iter().flat_map(|d| below(scene, *d)));
            }
            Content::Phrase(head) => out.extend(phrase(scene, a, head)),
            Content::Quote(span) => out.extend(scene.document.tokens_in(span)),
            Content::Own => {}
        }
    }
    out.sort_unstable();
    out.dedup();
    finished(scene, a.cue, group, source, out)
}

/// Words of a content with their quotations and without asides of the teller, the cue and the source.
pub fn finished(
    scene: &Scene,
    cue: TokenId,
    group: &[TokenId],
    source: &[TokenId],
    mut words: Vec<TokenId>,
) -> Vec<TokenId> {
    words.retain(|t| !group.contains(t) && !source.contains(t));
    without_aside(scene, &mut words);
    with_quotations(scene, cue, &mut words);
    words.retain(|t| !group.contains(t) && !source.contains(t));
    words
}

/// Drops a clause that a comma or dash sets off at the end (", which …", ", although …"): it is more often the teller's
/// than the speaker's.
fn without_aside(scene: &Scene, words: &mut Vec<TokenId>) {
    let Some(&last) = words.iter().rev().find(|t| scene.token(**t).upos != Upos::Punct) else { return };
    let aside = |t: &TokenId| {
        let kind =
            matches!(scene.token(*t).deprel, Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Advcl | Deprel::Parataxis);
        let clause = || scene.document.subtree(*t);
        let set_off = || {
            let first = *clause().iter().find(|w| scene.token(**w).upos != Upos::Punct).unwrap_or(t);
            first > 0 && matches!(scene.word(first - 1), "," | "-" | "—" | "–" | "--" | "―")
        };
        // A condition or a reason is the speaker's own.
        let argued = scene.has_case(*t, &["if", "unless", "because", "until", "so", "that", "to"]);
        kind && !argued && *t > words[0] && clause().contains(&last) && set_off()
    };
    let Some(head) = words.iter().copied().find(aside) else { return };
    let cut = scene.document.subtree(head);
    words.retain(|t| !cut.contains(t));
}

fn is_above(scene: &Scene, cue: TokenId, head: TokenId) -> bool {
    scene.document.ancestors(cue).any(|x| x == head)
}

/// What goes on after a complement and the parser hangs on its cue: "said it would close in May but would open again".
fn astray(scene: &Scene, cue: TokenId, head: TokenId) -> Vec<TokenId> {
    let modal = |t: TokenId| {
        scene
            .children_of(t, "aux")
            .any(|a| matches!(scene.lemma(a), "will" | "would" | "may" | "might" | "can" | "could"))
    };
    let goes_on = |c: &TokenId| {
        let t = scene.token(*c);
        t.deprel == Deprel::Conj && modal(*c) && !modal(cue) && scene.children_of(*c, "nsubj").next().is_none()
    };
    let after = scene.document.children(cue).iter().copied().filter(|c| *c > head);
    after.filter(goes_on).flat_map(|c| scene.document.subtree(c)).collect()
}

/// What is said in quotation marks is what stands in them, wherever the parser hangs the words around.
fn keep_to_quotations(scene: &Scene, cue: TokenId, head: TokenId, words: &mut Vec<TokenId>) {
    let (at, said) = (scene.token(cue).span, scene.token(head).span);
    let quotations = || scene.document.quotations.iter().filter(move |q| !q.span.overlaps(at));
    let core = |c: &TokenId| {
        matches!(scene.token(*c).deprel.base(), "nsubj" | "csubj" | "mark" | "aux" | "cop") && words.contains(c)
    };
    let inside = |t: TokenId| quotations().any(|q| q.span.contains(scene.token(t).span));
    // "said the offer “is gone”": the subject stands before the mark.
    if scene.document.children(head).iter().copied().filter(core).any(|c| !inside(c)) {
        return;
    }
    if quotations().any(|q| !q.fragment && q.inner.contains(said)) {
        words.retain(|t| quotations().any(|q| q.span.contains(scene.token(*t).span)));
    }
}

/// A complement: all that hangs below its head, but for a preposition that opens it.
pub fn below(scene: &Scene, head: TokenId) -> Vec<TokenId> {
    let words = scene.document.subtree(head);
    let opens = |t: TokenId| {
        let token = scene.token(t);
        matches!(token.deprel, Deprel::Case | Deprel::Mark)
            && token.head == Some(head)
            && !PART_OF_CONTENT.contains(&scene.lower(t).as_str())
    };
    let skip = words.iter().take_while(|t| opens(**t) || scene.token(**t).upos == Upos::Punct).count();
    words[skip..].to_vec()
}

/// A noun phrase that is spoken of, with whom it is said of ("called *the charges unfounded*").
fn phrase(scene: &Scene, a: &Attribution, head: TokenId) -> Vec<TokenId> {
    let mut words = below(scene, head);
    for d in &a.doers {
        words.extend(below(scene, *d));
    }
    if [".called", ".as", ".object"].iter().any(|frame| a.rule.ends_with(frame)) {
        words.extend(object(scene, a.cue).unwrap_or_default());
    }
    words.sort_unstable();
    words
}

/// A cue's object with what is said of it: "the bill as a chance", "the mayor for leaving", "her brother to stay".
pub fn object(scene: &Scene, cue: TokenId) -> Option<Vec<TokenId>> {
    let object = scene.children_of(cue, "iobj").chain(scene.children_of(cue, "obj")).find(|o| scene.is_nominal(*o))?;
    let mut words = below(scene, object);
    let more = |c: &TokenId| {
        let t = scene.token(*c);
        let follows = match t.deprel.base() {
            "xcomp" | "obj" => true,
            "obl" => !is_time(scene, *c),
            "advcl" => scene.has_case(*c, WITH_OBJECT),
            _ => false,
        };
        *c > object && follows
    };
    for c in scene.document.children(cue).iter().copied().filter(more) {
        words.extend(scene.document.subtree(c));
    }
    words.sort_unstable();
    words.dedup();
    Some(words)
}

/// Whether a phrase tells when.
fn is_time(scene: &Scene, id: TokenId) -> bool {
    let at = scene.token(id).span;
    scene.document.times.iter().any(|t| t.span.contains(at))
}

/// A clause that the cue stands in: what comes before the cue and its source, and what comes after them.
fn around(scene: &Scene, a: &Attribution, head: TokenId, group: &[TokenId], source: &[TokenId]) -> Vec<TokenId> {
    let path: Vec<TokenId> =
        std::iter::once(a.cue).chain(scene.document.ancestors(a.cue)).take_while(|t| *t != head).collect();
    let branch: Vec<TokenId> = path.last().copied().into_iter().collect();
    let words = scene.document.subtree_without(head, &branch);
    words.into_iter().filter(|t| !source.contains(t) && !group.contains(t)).collect()
}

/// Words in quotation marks bring along the whole quotation with its marks, unless the cue stands in it too.
pub fn with_quotations(scene: &Scene, cue: TokenId, words: &mut Vec<TokenId>) {
    let at = scene.token(cue).span;
    let holds = |q: &&Quotation| {
        !q.span.overlaps(at) && scene.document.tokens_in(q.inner).any(|t| words.binary_search(&t).is_ok())
    };
    let found: Vec<Span> = scene.document.quotations.iter().filter(holds).map(|q| q.span).collect();
    for span in found {
        words.extend(scene.document.tokens_in(span));
    }
    words.sort_unstable();
    words.dedup();
}

/// The stretches of a content: runs of its words, without punctuation at their rims that belongs to the sentence around.
pub fn stretches(scene: &Scene, words: &[TokenId]) -> Vec<Span> {
    let mut runs: Vec<Vec<TokenId>> = Vec::new();
    for t in words {
        match runs.last_mut() {
            Some(run) if joined(scene, run[run.len() - 1], *t) => run.push(*t),
            _ => runs.push(vec![*t]),
        }
    }
    runs.iter().filter_map(|run| trimmed(scene, run)).collect()
}

/// Whether only punctuation stands between two words.
fn joined(scene: &Scene, before: TokenId, after: TokenId) -> bool {
    (before + 1..after).all(|t| scene.token(t).upos == Upos::Punct)
}

fn trimmed(scene: &Scene, run: &[TokenId]) -> Option<Span> {
    let inside = |t: TokenId, q: &Quotation| q.span.contains(scene.token(t).span);
    let quoted = |t: TokenId| {
        let whole = |q: &&Quotation| inside(t, q) && run.iter().filter(|w| inside(**w, q)).count() > 1;
        scene.document.quotations.iter().any(|q| whole(&q))
    };
    let rim = |t: TokenId| {
        scene.token(t).upos == Upos::Punct && !quoted(t) && !matches!(scene.word(t), "?" | "!" | ")" | "(")
    };
    let first = *run.iter().find(|t| !rim(**t))?;
    let last = *run.iter().rev().find(|t| !rim(**t))?;
    (first <= last).then(|| scene.token(first).span.join(scene.token(last).span))
}
