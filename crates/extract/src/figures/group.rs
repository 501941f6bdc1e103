//! How many of what? Each number with the noun it counts, or alone where the noun is understood.

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Number, NumberKind, TokenId};
use evidence::mention::MentionKind;
use evidence::{Category, Qualifier, Span};

use super::kind;
use super::lexicon::Needs;
use super::verbs;
use super::view::View;

/// A number and what it counts.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Its low and high end and hedge.
    pub(super) low: Option<u64>,
    pub(super) high: Option<u64>,
    pub(super) qualifier: Qualifier,
    /// First token of the hedge or number.
    pub(super) first: TokenId,
    /// Last token of the number, or of the noun where it follows.
    pub(super) last: TokenId,
    /// The head word of the number, or the article "a".
    pub(super) number: TokenId,
    /// The word that carries the syntactic function of the whole.
    pub(super) head: TokenId,
    /// The noun counted; `None` where it is understood ("four", "nine others", "six of them").
    pub(super) noun: Option<TokenId>,
    /// What is counted.
    pub(super) what: What,
    /// "a soldier": no number but an article.
    pub(super) article: bool,
    /// The number with its hedge.
    pub(super) hedged: Span,
    /// The number alone.
    pub(super) bare: Span,
}

/// What a group counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// People of a category.
    People(Category),
    /// A noun of harm: "14 dead", "17 deaths", "30 bodies".
    Harm,
    /// Something that is no person.
    Thing,
    /// A noun that may or may not name people.
    Unknown,
    /// Understood from what stands before.
    Understood,
}

impl Group {
    /// Whether it is known to be people.
    pub(super) fn is_people(&self) -> bool {
        matches!(self.what, What::People(_))
    }

    /// Whether it may be people.
    pub(super) fn may_be_people(&self) -> bool {
        matches!(self.what, What::People(_) | What::Unknown | What::Understood) && !self.article || self.is_people()
    }

    /// The figure's words: the number with its hedge, and what it counts.
    pub(super) fn span(&self, view: &View) -> Span {
        self.hedged.join(view.scene.token(self.first).span).join(view.scene.token(self.last).span)
    }
}

/// All groups of a document, in order.
pub(super) fn groups(view: &View) -> Vec<Group> {
    let document = view.scene.document;
    // "after six soldiers were killed": no time of day.
    let counts = |time: Span, span: Span| {
        let words = document.tokens_in(time);
        let next = document.tokens_in(span).end;
        words.len() <= 2
            && words.end == next
            && span.len() < 4
            && next < document.tokens.len()
            && view.lexicon.people(view.word(next)).is_some_and(|p| p.plural)
    };
    // "a quarter of a million" is no quarter of a year.
    let beyond = |time: Span, span: Span| span.end() > time.end();
    let timed = |span: Span| {
        document.times.iter().any(|t| t.span.overlaps(span) && !counts(t.span, span) && !beyond(t.span, span))
    };
    let mut out: Vec<Group> = document
        .numbers
        .iter()
        .filter(|n| n.kind == NumberKind::Cardinal && !timed(n.bare))
        .flat_map(|n| changed(view, n).unwrap_or_else(|| numbered(view, n).into_iter().collect()))
        .collect();
    let taken: Vec<Span> = document.numbers.iter().map(|n| n.span).collect();
    out.extend((0..document.tokens.len()).filter_map(|t| with_article(view, t, &taken)));
    out.sort_by_key(|g| (g.first, g.last));
    out
}

fn numbered(view: &View, number: &Number) -> Option<Group> {
    let document = view.scene.document;
    let bare = document.tokens_in(number.bare);
    let head = bare.clone().rev().find(|t| view.head(*t).is_none_or(|h| !bare.contains(&h)))?;
    let first = document.tokens_in(number.span).start;
    let whole = |v: Option<f64>| v.filter(|v| *v >= 0.0 && *v < 1e12).map(|v| v.round() as u64);
    let (low, high) = (whole(number.low), whole(number.high));
    if low.or(high)? == 0 {
        return None;
    }
    let mut group = Group {
        low,
        high,
        qualifier: number.qualifier,
        first,
        last: bare.end - 1,
        number: head,
        head,
        noun: None,
        what: What::Understood,
        article: false,
        hedged: number.span,
        bare: number.bare,
    };
    // A hedge after the number ("30 or more") belongs to it.
    group.last = group.last.max(document.tokens_in(number.span).end - 1);
    if is_compound_part(view, &group) || sizes_something(view, &group) {
        return None;
    }
    count_noun(view, &mut group);
    or_more(view, &mut group);
    Some(group)
}

/// "thirty people or more", "40 dead at least".
fn or_more(view: &View, group: &mut Group) {
    let end = view.sentence(group.last).end;
    let word = |n: usize| if group.last + n < end { view.word(group.last + n) } else { "" };
    let more = matches!((word(1), word(2)), ("or", "more") | ("at", "least"));
    if more && group.qualifier == Qualifier::Exactly {
        (group.high, group.qualifier, group.last) = (None, Qualifier::AtLeast, group.last + 2);
    }
}

/// "has risen from 80,000 to 120,000": no range but an old number and a new one.
fn changed(view: &View, number: &Number) -> Option<Vec<Group>> {
    let tokens = view.scene.document.tokens_in(number.span.join(number.bare));
    let from = view.word(tokens.start) == "from" || view.before(tokens.start).is_some_and(|t| view.word(t) == "from");
    let to = tokens.clone().find(|t| view.word(*t) == "to")?;
    let whole = view.sentence(tokens.start);
    let moves = |t: TokenId| {
        matches!(
            view.word(t),
            "rose"
                | "risen"
                | "rising"
                | "raising"
                | "raised"
                | "up"
                | "revised"
                | "climbed"
                | "jumped"
                | "increased"
                | "grew"
                | "grown"
                | "fell"
                | "fallen"
                | "went"
                | "gone"
                | "dropped"
                | "rises"
        )
    };
    let near = whole.start.max(tokens.start.saturating_sub(6))..tokens.start;
    if !from || !near.into_iter().any(moves) || number.low == number.high {
        return None;
    }
    let part = |tokens: std::ops::Range<TokenId>, value: Option<f64>| {
        let span = view.scene.document.span_over(&tokens.collect::<Vec<_>>())?;
        let one = Number { span, bare: span, low: value, high: value, qualifier: Qualifier::Exactly, ..number.clone() };
        numbered(view, &one)
    };
    let start = tokens.start + usize::from(view.word(tokens.start) == "from");
    let (old, new) = (part(start..to, number.low)?, part(to + 1..tokens.end, number.high)?);
    Some(vec![old, new])
}

/// "122mm", "12-year-old", "No. 5", "5.56", "the 44-day war": numbers inside other words.
fn is_compound_part(view: &View, group: &Group) -> bool {
    let text = &view.scene.article.text;
    // The hedge of "twenty-odd" and "30-plus" is written as a part of the number.
    let (start, end) = (group.bare.start(), group.bare.end().max(group.hedged.end()));
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let marks = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '/' | '%' | '°' | '$' | '€' | '£' | '#'));
    let numbered = group.first > 0
        && matches!(view.word(group.first - 1), "no" | "no." | "number" | "article" | "resolution" | "aged")
        && view.word(group.first - 1) != "number";
    marks(before) || marks(after) || numbered
}

/// "a population of 22 million", "a town of 9,000 people", "an army of 20,000 men": how large something is.
fn sizes_something(view: &View, group: &Group) -> bool {
    let of = view.before(group.first).filter(|t| view.word(*t) == "of");
    let Some(noun) = of.and_then(|t| view.before(t)) else { return false };
    // "a boy of seven"
    let singular = view.lexicon.people(view.word(noun)).is_some_and(|p| !p.plural);
    let bare = view.after(group.last).is_none_or(|t| !matches!(view.scene.token(t).upos, Upos::Noun | Upos::Adj));
    view.lexicon.sized.contains(view.lemma(noun)) || singular && bare
}

/// Finds the noun that the number counts: its head, or after "of", or to its right.
fn count_noun(view: &View, group: &mut Group) {
    let number = group.number;
    let to_noun =
        matches!(view.rel(number).base(), "nummod" | "det" | "amod" | "compound" | "advmod" | "nmod" | "dep" | "flat");
    let head = view
        .head(number)
        .filter(|h| to_noun && *h > group.last && *h <= group.last + 8 && view.sentence(number).contains(h));
    if let Some(noun) = head.filter(|h| !crosses(view, group.last, *h)) {
        (group.head, group.noun) = (noun, Some(noun));
    } else if let Some(noun) = counted_after_of(view, group) {
        group.noun = Some(noun).filter(|n| !is_pronoun(view, *n));
        group.last = group.last.max(noun);
        if view.word(noun) == "which" {
            // "air strikes, one of which left 12 dead"
            group.what = What::Thing;
        }
    } else if let Some(noun) = noun_to_the_right(view, group.last) {
        (group.head, group.noun) = (noun, Some(noun));
    }
    if let Some(noun) = group.noun {
        group.last = group.last.max(noun);
        group.what = kind::class(view, noun);
        if group.what == What::Understood {
            group.noun = None;
        }
    }
}

/// Whether something stands between that cannot stand inside a noun phrase.
fn crosses(view: &View, from: TokenId, to: TokenId) -> bool {
    (from + 1..to).any(|t| {
        view.scene.token(t).upos == Upos::Adp
            || matches!(
                view.word(t),
                "," | ";" | ":" | "(" | ")" | "and" | "or" | "were" | "was" | "had" | "have" | "of"
            )
    })
}

/// "hundreds of people", "61 of its crew members": the noun after "of".
fn counted_after_of(view: &View, group: &Group) -> Option<TokenId> {
    let of = view.after(group.last).filter(|t| view.word(*t) == "of")?;
    let parsed = view.scene.children_of(group.number, "nmod").find(|c| *c > of && view.children(*c).contains(&of));
    parsed.or_else(|| {
        let end = view.sentence(of).end.min(of + 7);
        let mut best = None;
        for t in of + 1..end {
            match view.scene.token(t).upos {
                Upos::Noun | Upos::Propn | Upos::Pron => best = Some(t),
                Upos::Adj | Upos::Det | Upos::Num => {}
                Upos::Part if view.word(t).starts_with(['\'', '’']) => {}
                _ => break,
            }
            if view.rel(t) != Deprel::NmodPoss && is_pronoun(view, t) {
                break;
            }
        }
        best
    })
}

/// "nine Orrin farmers", whatever the parse makes of it: adjectives and names, then a noun for people or a state.
fn noun_to_the_right(view: &View, last: TokenId) -> Option<TokenId> {
    let end = view.sentence(last).end.min(last + 5);
    // "nine dead and 34 wounded", with no noun behind that the word could describe, nor an object.
    let next = view.after(last).filter(|t| view.lexicon.state(view.word(*t)).is_some());
    let describes =
        |t: TokenId| view.after(t).is_some_and(|n| matches!(view.scene.token(n).upos, Upos::Noun | Upos::Propn));
    if let Some(state) = next.filter(|t| !describes(*t) && !verbs::takes_object(view, *t)) {
        return Some(state);
    }
    for t in last + 1..end {
        let word = view.word(t);
        if view.lexicon.people(word).is_some() || view.lexicon.others.contains(word) {
            let more = t + 1 < end && view.lexicon.people(view.word(t + 1)).is_some();
            return Some(if more { t + 1 } else { t });
        }
        // "23 Thais": a plural that names people, with nothing behind it that it could modify.
        let named = view.scene.mention(t).is_some_and(|m| matches!(m.kind, MentionKind::People | MentionKind::Force));
        let closed =
            t + 1 == end || view.is_punctuation(t + 1) || view.scene.is_verb(t + 1) || view.word(t + 1) == "and";
        if named && closed && word.ends_with('s') {
            return Some(t);
        }
        // "31 IS fighters": capitals among small letters are a name, whatever the word would be.
        let capitals = view.scene.word(t).len() > 1 && view.scene.word(t).chars().all(char::is_uppercase);
        let headline = view.sentence(t).all(|o| !view.scene.word(o).chars().any(char::is_lowercase));
        if (headline || !capitals)
            && (!matches!(view.scene.token(t).upos, Upos::Adj | Upos::Propn | Upos::Noun)
                || view.lexicon.form(word).is_some())
        {
            return None;
        }
    }
    None
}

/// "a soldier", "another girl": an article with a singular noun for people that has no number.
fn with_article(view: &View, t: TokenId, taken: &[Span]) -> Option<Group> {
    let token = view.scene.token(t);
    if !matches!(view.word(t), "a" | "an" | "another") || taken.iter().any(|s| s.overlaps(token.span)) {
        return None;
    }
    let end = view.sentence(t).end.min(t + 9);
    if let Some(group) = another(view, t) {
        return Some(group);
    }
    let noun = view.head(t).filter(|h| (t + 1..end).contains(h) && !crosses(view, t, *h))?;
    // "a family" is no number of people.
    let known = view.lexicon.people(view.word(noun)).filter(|_| view.word(noun) != "family");
    let described = view.scene.mention(noun).is_some_and(|m| m.kind == MentionKind::Person && m.name.is_none());
    let category = known
        .filter(|p| !p.plural)
        .map(|p| p.category)
        .or((known.is_none() && described).then_some(Category::Unspecified))?;
    let counted = |c: TokenId| {
        view.scene
            .document
            .numbers
            .iter()
            .any(|n| n.kind == NumberKind::Cardinal && n.span.contains(view.scene.token(c).span))
    };
    if view.scene.children_of(noun, "nummod").any(counted)
        || !matches!(view.scene.token(noun).upos, Upos::Noun | Upos::Propn)
    {
        return None;
    }
    let group = Group {
        low: Some(1),
        high: Some(1),
        qualifier: Qualifier::Exactly,
        first: t,
        last: noun,
        number: t,
        head: noun,
        noun: Some(noun),
        what: What::People(category),
        article: true,
        hedged: token.span,
        bare: token.span,
    };
    Some(Group { what: kind::class(view, noun), ..group })
}

/// "another was wounded", "and another injured": one more of the same.
fn another(view: &View, t: TokenId) -> Option<Group> {
    let next = view.after(t).filter(|_| view.word(t) == "another")?;
    let light = |t: &TokenId| matches!(view.word(*t), "was" | "is" | "has") || view.scene.token(*t).upos == Upos::Adv;
    let told = (next..view.sentence(t).end.min(next + 4)).find(|t| !light(t))?;
    let harmed = view.lexicon.state(view.word(told)).is_some()
        || view.lexicon.effects(view.word(told)).iter().any(|e| e.needs == Needs::Any);
    let (first, span) = (t, view.scene.token(t).span);
    harmed.then_some(Group {
        low: Some(1),
        high: Some(1),
        qualifier: Qualifier::Exactly,
        first,
        last: t,
        number: t,
        head: t,
        noun: None,
        what: What::Understood,
        article: false,
        hedged: span,
        bare: span,
    })
}

fn is_pronoun(view: &View, t: TokenId) -> bool {
    matches!(view.word(t), "them" | "whom" | "these" | "those" | "us" | "which" | "their" | "its" | "his" | "our")
}
