//! Who says a figure, what time it covers, and where?

use evidence::document::TokenId;
use evidence::figure::Period;
use evidence::mention::MentionKind;
use evidence::time::TimeKind;
use evidence::{Claim, Span};

use super::draft::Draft;
use super::view::View;

/// The smallest claim that holds the figure's words, or at least its number.
pub(super) fn claim(claims: &[Claim], span: Span, number: Span) -> Option<&Claim> {
    let smallest = |words: Span| {
        claims
            .iter()
            .filter(|c| c.content.contains(words))
            .min_by_key(|c| (c.content.len(), usize::MAX - c.speakers.len()))
    };
    smallest(span).or_else(|| smallest(number))
}

/// What the count covers: "since 27 September", "on Saturday", "so far".
pub(super) fn period(view: &View, draft: &Draft) -> Option<Period> {
    let found = draft.found.first()?;
    // Where the verb is left out, the figure's own words are nearer to its time than the verb.
    let by = if found.rule == "alike" { draft.group.head } else { found.by };
    let sentence = view.sentence(by);
    let document = view.scene.document;
    let within = |span: Span| document.tokens_in(span).next().filter(|t| sentence.contains(t));
    let since = |t: &&evidence::time::TimeExpression| {
        view.scene.article.text[t.span.range()].to_lowercase().starts_with("since")
    };
    let here: Vec<_> = document.times.iter().filter(|t| within(t.span).is_some() && t.kind != TimeKind::Set).collect();
    let dated =
        here.iter().copied().filter(since).find(|t| !covers_another(view, document.tokens_in(t.span).start, by));
    if let Some(span) = since_clause(view, by).filter(|_| dated.is_none()) {
        return Some(Period { from: None, to: None, span });
    }
    let covering = dated.or_else(|| {
        let own = |w: TokenId| found.rule == "alike" && w > by && w <= by + 4;
        let near = here.iter().copied().filter(|t| {
            within(t.span).is_some_and(|w| own(w) || hangs_on(view, document.tokens_in(t.span).collect(), w, by))
        });
        near.min_by_key(|t| {
            within(t.span).map_or((true, usize::MAX), |w| (found.rule == "alike" && w < by, w.abs_diff(by)))
        })
    });
    if let Some(t) = covering {
        let first = within(t.span)?;
        let lead = view
            .before(first)
            .filter(|p| matches!(view.word(*p), "on" | "in" | "over" | "during" | "since" | "at" | "by" | "overnight"));
        let span = lead.map_or(t.span, |p| view.scene.token(p).span.join(t.span));
        let to = t.end.clone().or_else(|| t.value.clone().filter(|_| t.kind == TimeKind::Date));
        return Some(Period { from: t.value.clone(), to, span });
    }
    so_far(view, by)
}

/// "Seven died, bringing the toll since Sunday to 40": the time belongs to another count between it and the word of harm.
fn covers_another(view: &View, time: TokenId, by: TokenId) -> bool {
    let toll = |t: TokenId| {
        let word = view.lexicon.lemma(view.word(t));
        view.lexicon.toll.strong.iter().chain(&view.lexicon.toll.weak).any(|w| w == word)
    };
    let between = view.scene.document.ancestors(time).take_while(|t| *t != by).collect::<Vec<_>>();
    let below = view.scene.document.ancestors(time).any(|t| t == by);
    let definite = |t: TokenId| toll(t) && view.children(t).iter().any(|c| matches!(view.word(*c), "the" | "its"));
    below && between.into_iter().any(toll) || !toll(by) && (by + 1..time.max(by + 1)).any(definite)
}

/// "since the war began", "since the start of the offensive": a beginning that is told by an event, without a date.
fn since_clause(view: &View, by: TokenId) -> Option<Span> {
    let sentence = view.sentence(by);
    let since = sentence.clone().find(|t| *t > by && view.word(*t) == "since")?;
    let head = view.head(since).filter(|h| *h > since)?;
    // It must hang on the clause of the number, not on another one of the sentence.
    let near: Vec<TokenId> = std::iter::once(by).chain(view.scene.document.ancestors(by).take(2)).collect();
    view.head(head).filter(|h| near.contains(h))?;
    let document = view.scene.document;
    let words: Vec<TokenId> = document.subtree(head).into_iter().filter(|t| *t >= since).collect();
    let joined: Vec<TokenId> =
        words.iter().copied().take_while(|t| !matches!(view.word(*t), "," | ";" | "." | "and")).collect();
    document.span_over(&joined).filter(|_| joined.len() > 1)
}

/// "so far", "to date", "until now".
fn so_far(view: &View, by: TokenId) -> Option<Period> {
    let sentence = view.sentence(by);
    let at = sentence.clone().find(|t| {
        *t + 1 < sentence.end
            && matches!((view.word(*t), view.word(*t + 1)), ("so", "far") | ("to", "date") | ("until", "now"))
    })?;
    Some(Period { from: None, to: None, span: view.scene.token(at).span.join(view.scene.token(at + 1).span) })
}

/// Whether a time stands in the clause of the word of harm, not in that of a verb of saying above it.
fn hangs_on(view: &View, tokens: Vec<TokenId>, first: TokenId, by: TokenId) -> bool {
    let head = tokens.iter().copied().find(|t| view.head(*t).is_none_or(|h| !tokens.contains(&h))).unwrap_or(first);
    let document = view.scene.document;
    let above: Vec<TokenId> = std::iter::once(by)
        .chain(document.ancestors(by).take_while(|a| !view.lexicon.lemma(view.word(*a)).eq("say")).take(2))
        .collect();
    let parent = view.head(head);
    parent.is_some_and(|p| above.contains(&p))
        && view.head(by).is_none_or(|h| parent != Some(h) || !view.rel(by).is("ccomp"))
}

/// The place named in the clause of the word of harm, as an entity id.
pub(super) fn place(view: &View, draft: &Draft) -> Option<String> {
    let by = draft.found.first()?.by;
    let near = |c: &TokenId| view.scene.has_case(*c, &["in", "at", "near", "around", "on", "outside"]);
    let below = |t: TokenId| view.children(t).iter().copied().filter(near);
    let candidates = below(by).chain(below(draft.group.head)).chain(draft.group.noun.into_iter().flat_map(below));
    let found = candidates.filter_map(|c| view.scene.mention(c)).find(|m| m.kind == MentionKind::Place)?;
    found.entities.first().and_then(|e| view.scene.referents.entities.get(*e)).map(|e| e.id.clone())
}
