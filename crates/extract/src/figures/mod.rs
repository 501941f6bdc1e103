//! Which numbers of people harmed does an article tell? Rules over the parse, driven by `data/lexicon/en/harm.toml`.
//!
//! A number becomes a figure in six steps: what it counts ([`group`], [`kind`]), what befell them ([`harm`], [`verbs`],
//! [`around`], [`together`], [`toll`]; [`reality`] sets aside what is only feared or planned), what is understood from a figure near by
//! ([`share`]), who says so ([`voice`]), whose they are ([`whose`], [`losses`]), when and where ([`context`]).
//! A report that is none of armed conflict has no figures ([`crate::topic`]).

mod lexicon;
mod view;

mod group;
mod kind;

mod around;
mod harm;
mod reality;
mod together;
mod toll;
mod verbs;

mod draft;
mod share;

mod context;
mod losses;
mod voice;
mod whose;

use evidence::document::TokenId;
use evidence::{Claim, Figure, Id, Qualifier};

use self::draft::{Draft, Tie};
use self::group::What;
use self::harm::Found;
use self::lexicon::Lexicon;
use self::view::View;
use crate::error::Error;
use crate::scene::Scene;
use crate::topic::Topic;

/// Finds figures.
#[derive(Debug)]
pub struct Finder {
    lexicon: Lexicon,
}

impl Finder {
    /// Reads the lexicon of harm.
    pub fn new() -> Result<Self, Error> {
        Ok(Self { lexicon: Lexicon::load()? })
    }

    /// The figures of an article, by position.
    pub(crate) fn find(&self, scene: Scene, claims: &[Claim], topic: &Topic) -> Vec<Figure> {
        let view = View::new(scene, &self.lexicon);
        if !topic.is_open() {
            return Vec::new();
        }
        let drafts = drafts(&view, topic);
        let mut figures: Vec<Figure> = Vec::new();
        for i in 0..drafts.len() {
            for found in &drafts[i].found {
                figures.push(figure(&view, &drafts, i, found, claims));
            }
        }
        figures.sort_by_key(|f| (f.span, f.harm));
        figures.dedup_by_key(|f| (f.span, f.harm));
        figures
    }
}

/// Every group with what befell it, in order.
fn drafts(view: &View, topic: &Topic) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for group in group::groups(view).into_iter().filter(|g| topic.lets(&view.scene, g.first)) {
        let toll = toll::value_of_toll(view, &group, &drafts);
        // "The toll could rise to 100" tells no figure, and no other rule may make one of it.
        if toll.is_some_and(|t| !reality::is_told_as_fact(view, t.by)) {
            continue;
        }
        let mut found = toll.map_or_else(|| harm::harms(view, &group), |t| vec![t]);
        let again = if found.is_empty() { toll::counted_again(view, &group, &drafts) } else { None };
        let superseded = again.is_some() || !found.is_empty() && toll::is_superseded(view, &group, &drafts);
        found.extend(again.map(|(f, _)| f));
        drafts.push(Draft { group, found, host: again.map(|(_, host)| (host, Tie::Alike)), superseded });
    }
    share::share(view, &mut drafts);
    drafts
}

fn figure(view: &View, drafts: &[Draft], i: usize, found: &Found, claims: &[Claim]) -> Figure {
    let draft = &drafts[i];
    let article = &view.scene.article.id;
    let span = draft.group.span(view);
    let claim = context::claim(claims, span, draft.group.bare);
    let speakers = voice::speakers(view, draft, claim);
    let (low, high, qualifier) = bounds(view, drafts, i);
    Figure {
        id: Id::of("figure").with(article).with_span(span).with(found.harm.as_str()).text("f"),
        article: article.clone(),
        claim: claim.map(|c| c.id.clone()),
        span,
        harm: found.harm,
        low,
        high,
        qualifier,
        category: kind::category(view, drafts, i),
        party: whose::party(view, drafts, i, claims, claim, &speakers),
        place: context::place(view, draft),
        period: context::period(view, draft),
        speakers,
        superseded: draft.superseded,
        rule: format!("figure/{}", found.rule),
    }
}

/// Ends and hedge: "at least" holds for a bare number that shares its clause ("at least 9 killed and 12 wounded").
fn bounds(view: &View, drafts: &[Draft], i: usize) -> (Option<u64>, Option<u64>, Qualifier) {
    let group = &drafts[i].group;
    if let Some((host, Tie::Alike)) = drafts[i].host {
        let first = &drafts[host].group;
        let bare = group.qualifier == Qualifier::Exactly
            && matches!(group.what, What::Understood | What::Harm)
            && !group.article;
        if bare && first.qualifier == Qualifier::AtLeast && joined(view, first.last, group.first) {
            return (group.low, None, Qualifier::AtLeast);
        }
    }
    (group.low, group.high, group.qualifier)
}

/// Whether two groups stand in one clause, without a comma or a subject of its own between them.
fn joined(view: &View, from: TokenId, to: TokenId) -> bool {
    let broken = |t: TokenId| view.is_punctuation(t) || view.rel(t).is("nsubj");
    (from + 1..to).any(|t| view.word(t) == "and") && !(from + 1..to).any(broken) && view.sentence(from).contains(&to)
}
