//! Is a speaker the outlet itself ("Vale Hour has learned", "our correspondent says")? Then nobody is quoted.

use evidence::claim::Finding;
use evidence::{Article, Claim, Document, Figure, Span, Speaker};
use press::Directory;

/// Whom an outlet sends, and what it calls itself.
const OWN: &[&str] = &[
    "correspondent",
    "correspondents",
    "reporter",
    "reporters",
    "journalist",
    "journalists",
    "newspaper",
    "paper",
    "website",
    "outlet",
    "agency",
    "channel",
    "station",
    "broadcaster",
    "newsroom",
    "magazine",
];

/// Takes the outlet itself from the speakers of claims: what nobody else says is told in its own voice.
pub(crate) fn of_claims(article: &Article, document: &Document, claims: &mut [Claim]) {
    let outlet = Outlet { article, document, directory: Directory::shipped() };
    for claim in claims {
        let taken = outlet.take_from(&mut claim.speakers);
        claim.joint &= claim.speakers.len() > 1;
        claim.found.extend(taken.map(|span| Finding {
            rule: "claims/outlet".to_owned(),
            reason: format!("«{}» is the outlet itself", span.of(&article.text)),
            span: Some(span),
        }));
    }
}

/// The same for figures.
pub(crate) fn of_figures(article: &Article, document: &Document, figures: &mut [Figure]) {
    let outlet = Outlet { article, document, directory: Directory::shipped() };
    for figure in figures {
        outlet.take_from(&mut figure.speakers);
    }
}

struct Outlet<'a> {
    article: &'a Article,
    document: &'a Document,
    directory: &'static Directory,
}

impl Outlet<'_> {
    /// Takes the outlet, and an "it" that stands for it; tells which words it stood in.
    fn take_from(&self, speakers: &mut Vec<Speaker>) -> Option<Span> {
        let at = speakers.iter().position(|s| self.is(s))?;
        let span = speakers.remove(at).span;
        let stands_for_it = |s: &Speaker| {
            let word = s.span.map_or("", |s| s.of(&self.article.text)).to_lowercase();
            matches!(word.as_str(), "it" | "they" | "we") && s.party.is_none()
        };
        // "Vale Hour said it could not confirm it": the chain is nearest first.
        if at > 0 && stands_for_it(&speakers[at - 1]) {
            speakers.remove(at - 1);
        }
        span.or_else(|| self.take_from(speakers))
    }

    /// Whether a speaker is the outlet.
    fn is(&self, s: &Speaker) -> bool {
        let words = s.span.map_or("", |s| s.of(&self.article.text));
        let quoted =
            s.span.is_some_and(|s| self.document.quotations.iter().any(|q| !q.fragment && q.inner.contains(s)));
        if quoted {
            return false;
        }
        let lower = words.to_lowercase();
        let sent = || lower.split(|c: char| !c.is_alphanumeric()).any(|w| OWN.contains(&w));
        if (lower.starts_with("our ") || lower.starts_with("this ")) && sent() {
            return s.party.is_none();
        }
        let Some(outlet) = self.article.outlet.as_deref() else { return false };
        let known = self.directory.of_name(outlet).is_some_and(|p| !p.is_organisation());
        let own = |name: &str| self.directory.is_own(outlet, name);
        let named =
            [&s.name, &s.organisation, &s.role].into_iter().flatten().map(String::as_str).chain([words]).any(own);
        // An outlet that nobody knows may be a body of a party that speaks on its own pages.
        named && (known || s.party.is_none())
            || lower == "we" && known && s.entity.is_none() && s.party.is_none()
            || sent() && self.names_it(words)
    }

    /// "a Vale Hour correspondent", "the BBC’s reporter in Marle"
    fn names_it(&self, words: &str) -> bool {
        let Some(outlet) = self.article.outlet.as_deref() else { return false };
        let row: Vec<&str> =
            words.split_whitespace().map(|w| w.trim_end_matches("'s").trim_end_matches("’s")).collect();
        let runs = (1..=row.len().min(6)).flat_map(|n| row.windows(n));
        runs.into_iter().any(|run| self.directory.is_own(outlet, &run.join(" ")))
    }
}
