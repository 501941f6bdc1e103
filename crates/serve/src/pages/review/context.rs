//! The words of an object in their context, with what the machine found there marked.

use evidence::span::CodePoints;
use evidence::{Claim, Figure, Span};

/// Some paragraphs of a report.
pub(super) struct Context {
    pub paragraphs: Vec<Paragraph>,
    /// Whether the report goes on before and after.
    pub cut: (bool, bool),
}

/// A paragraph, in stretches that are marked alike throughout.
pub(super) struct Paragraph {
    /// Place of its first letter in the report's text, in code points.
    pub at: usize,
    /// Whether it stands further off than the next one: left away on a phone.
    pub far: bool,
    pub stretches: Vec<Stretch>,
}

/// Some words with the classes of their marks.
pub(super) struct Stretch {
    pub words: String,
    pub classes: String,
}

/// So many paragraphs before and after the object's own are shown.
const AROUND: usize = 2;

/// A claim and the figures in it.
pub(super) fn of_claim(text: &str, claim: &Claim, figures: &[Figure]) -> Context {
    let mut marks = vec![(claim.content, "content")];
    marks.extend(claim.cue.map(|s| (s, "cue")));
    marks.extend(claim.speakers.iter().filter_map(|s| Some((s.span?, "speaker"))));
    marks.extend(claim.places.iter().filter_map(|p| Some((p.span?, "place"))));
    marks.extend(claim.time.as_ref().and_then(|t| t.span).map(|s| (s, "time")));
    let own = figures.iter().filter(|f| f.claim.as_ref() == Some(&claim.id));
    marks.extend(own.map(|f| (f.span, "figure")));
    around(text, claim.content, &marks)
}

/// A figure and the claim that it stands in.
pub(super) fn of_figure(text: &str, figure: &Figure, claim: Option<&Claim>) -> Context {
    let mut marks = vec![(figure.span, "figure"), (figure.span, "content")];
    marks.extend(figure.speakers.iter().filter_map(|s| Some((s.span?, "speaker"))));
    marks.extend(figure.period.as_ref().map(|p| (p.span, "time")));
    marks.extend(claim.and_then(|c| c.cue).map(|s| (s, "cue")));
    around(text, figure.span, &marks)
}

fn around(text: &str, object: Span, marks: &[(Span, &'static str)]) -> Context {
    let points = CodePoints::of(text);
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            lines.push((start, start + line.len()));
        }
        start += line.len() + 1;
    }
    let touched =
        |(start, end): &(usize, usize)| *start < object.end().max(object.start() + 1) && *end > object.start();
    let first = lines.iter().position(touched).unwrap_or(0);
    let last = lines.iter().rposition(touched).unwrap_or(first);
    let (from, to) = (first.saturating_sub(AROUND), (last + AROUND + 1).min(lines.len()));
    let paragraph = |n: usize| {
        let (start, end) = lines[n];
        let far = n + 1 < first || n > last + 1;
        Paragraph { at: points.at(text, start), far, stretches: stretches(text, start, end, marks) }
    };
    Context { paragraphs: (from..to).map(paragraph).collect(), cut: (from > 0, to < lines.len()) }
}

/// A paragraph, cut wherever a mark begins or ends.
fn stretches(text: &str, start: usize, end: usize, marks: &[(Span, &'static str)]) -> Vec<Stretch> {
    let here: Vec<&(Span, &str)> = marks.iter().filter(|(s, _)| s.start() < end && s.end() > start).collect();
    let mut cuts: Vec<usize> = here.iter().flat_map(|(s, _)| [s.start().max(start), s.end().min(end)]).collect();
    cuts.extend([start, end]);
    cuts.sort_unstable();
    cuts.dedup();
    let stretch = |w: &[usize]| {
        let over = here.iter().filter(|(s, _)| s.start() <= w[0] && w[1] <= s.end());
        let mut classes: Vec<&str> = over.map(|(_, class)| *class).collect();
        classes.sort_unstable();
        classes.dedup();
        Some(Stretch { words: text.get(w[0]..w[1])?.to_owned(), classes: classes.join(" ") })
    };
    cuts.windows(2).filter_map(stretch).collect()
}
