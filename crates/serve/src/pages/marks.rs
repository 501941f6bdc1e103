//! The text of a report with what its claims are made of marked in it.

use evidence::{Claim, Figure, Span};

/// What a stretch of text is to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Content,
    Speaker,
    Cue,
    Figure,
    Time,
    Place,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Speaker => "speaker",
            Self::Cue => "cue",
            Self::Figure => "figure",
            Self::Time => "time",
            Self::Place => "place",
        }
    }
}

/// A stretch marked for the claim of this number.
#[derive(Debug, Clone, Copy)]
struct Mark {
    span: Span,
    kind: Kind,
    claim: usize,
}

/// One paragraph, in stretches that are marked alike throughout.
pub(crate) struct Paragraph {
    /// Whether it is the report's title.
    pub title: bool,
    pub stretches: Vec<Stretch>,
}

/// Some words, and what they are to which claims.
pub(crate) struct Stretch {
    pub words: String,
    /// Classes, e.g. `mark content speaker`; empty: plain text.
    pub classes: String,
    /// Numbers of the claims that it is marked for, with a space between.
    pub claims: String,
    /// Numbers of the claims whose content begins here, with their ids.
    pub begins: Vec<(usize, String)>,
}

/// The paragraphs of a text; `claims` in the order of their numbers.
pub(crate) fn paragraphs(text: &str, title: Option<Span>, claims: &[&Claim], figures: &[&Figure]) -> Vec<Paragraph> {
    let marks = marks(claims, figures);
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let is_title = title.is_some_and(|t| t.start() <= start && end <= t.end() && !line.is_empty());
        if !line.trim().is_empty() {
            out.push(Paragraph { title: is_title, stretches: stretches(text, start, end, &marks, claims) });
        }
        start = end + 1;
    }
    out
}

fn marks(claims: &[&Claim], figures: &[&Figure]) -> Vec<Mark> {
    let mut out = Vec::new();
    for (n, c) in claims.iter().enumerate() {
        let mut add = |span: Option<Span>, kind| out.extend(span.map(|span| Mark { span, kind, claim: n + 1 }));
        add(Some(c.content), Kind::Content);
        add(c.cue, Kind::Cue);
        c.speakers.iter().for_each(|s| add(s.span, Kind::Speaker));
        c.places.iter().for_each(|p| add(p.span, Kind::Place));
        add(c.time.as_ref().and_then(|t| t.span), Kind::Time);
    }
    for f in figures {
        let of = claims.iter().position(|c| Some(&c.id) == f.claim.as_ref());
        out.push(Mark { span: f.span, kind: Kind::Figure, claim: of.map_or(0, |n| n + 1) });
    }
    out
}

/// A paragraph, cut wherever a mark begins or ends.
fn stretches(text: &str, start: usize, end: usize, marks: &[Mark], claims: &[&Claim]) -> Vec<Stretch> {
    let here: Vec<&Mark> = marks.iter().filter(|m| m.span.start() < end && m.span.end() > start).collect();
    let mut cuts: Vec<usize> = here.iter().flat_map(|m| [m.span.start().max(start), m.span.end().min(end)]).collect();
    cuts.extend([start, end]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|w| {
            let words = text.get(w[0]..w[1])?.to_owned();
            let over: Vec<&&Mark> = here.iter().filter(|m| m.span.start() <= w[0] && w[1] <= m.span.end()).collect();
            let mut kinds: Vec<Kind> = over.iter().map(|m| m.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            let mut numbers: Vec<usize> = over.iter().map(|m| m.claim).filter(|n| *n > 0).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let begins = |n: &usize| claims[*n - 1].content.start() == w[0];
            Some(Stretch {
                words,
                classes: kinds.iter().map(|k| k.class()).collect::<Vec<_>>().join(" "),
                begins: numbers.iter().filter(|n| begins(n)).map(|n| (*n, claims[*n - 1].id.clone())).collect(),
                claims: numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            })
        })
        .collect()
}
