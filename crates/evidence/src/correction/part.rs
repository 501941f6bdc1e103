//! Parts of a written value: joined and split again without loss; words of a text with their place.

use crate::Span;
use crate::span::CodePoints;

/// Joins and splits values that have several parts.
pub struct Parts;

impl Parts {
    /// The parts with strokes between them; empty ones at the end are left away.
    pub fn join(parts: &[&str]) -> String {
        let filled = parts.iter().rposition(|p| !p.is_empty()).map_or(0, |last| last + 1);
        parts[..filled].iter().map(|p| escaped(p)).collect::<Vec<_>>().join(" | ")
    }

    /// The parts, without white space around them.
    pub fn split(line: &str) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            let last = parts.len() - 1;
            match c {
                '|' => parts.push(String::new()),
                '\\' => match letters.next() {
                    Some('n') => parts[last].push('\n'),
                    Some(c) => parts[last].push(c),
                    None => parts[last].push('\\'),
                },
                c => parts[last].push(c),
            }
        }
        parts.into_iter().map(|p| p.trim().to_owned()).collect()
    }
}

fn escaped(part: &str) -> String {
    part.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "\\n")
}

/// A text whose words are written down with their place.
pub struct Written<'a> {
    text: &'a str,
    points: CodePoints,
    /// Words without a place are looked for around here.
    near: Span,
}

impl<'a> Written<'a> {
    /// A text; words without a place are looked for around `near`.
    pub fn new(text: &'a str, near: Span) -> Self {
        Self { text, points: CodePoints::of(text), near }
    }

    /// The words of a span with their place: `the words@123`.
    pub fn words(&self, span: Span) -> String {
        let words = self.text.get(span.range()).unwrap_or_default();
        format!("{words}@{}", self.points.at(self.text, span.start()))
    }

    /// Where words stand: at the place that they name, or nearest to it; without one, nearest to the object.
    pub fn find(&self, written: &str) -> Option<Span> {
        let (words, place) = match written.rsplit_once('@') {
            Some((words, place)) if place.bytes().all(|b| b.is_ascii_digit()) => (words, place.parse().ok()),
            _ => (written, None),
        };
        let near = place.unwrap_or_else(|| self.points.at(self.text, self.near.start()));
        self.nearest(words, near).or_else(|| self.nearest(written, near))
    }

    fn nearest(&self, words: &str, near: usize) -> Option<Span> {
        if words.is_empty() {
            return None;
        }
        let starts = self.text.match_indices(words).map(|(at, _)| at);
        let start = starts.min_by_key(|at| self.points.at(self.text, *at).abs_diff(near))?;
        Some(Span::new(start, start + words.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_as_they_were() {
        for parts in [&["a|b", "", "c\\n", "d\ne"][..], &["x"], &["", "y"]] {
            assert_eq!(Parts::split(&Parts::join(parts)), parts);
        }
        assert_eq!(Parts::join(&["a", "", ""]), "a");
        assert_eq!(Parts::split(""), [""]);
    }

    #[test]
    fn words_are_found_at_their_place_or_nearest() {
        let text = "Åse met Åse, and Åse left";
        let written = Written::new(text, Span::new(19, 20));
        let last = Span::new(text.rfind("Åse").unwrap(), text.rfind("Åse").unwrap() + 4);
        assert_eq!(written.words(last), "Åse@17");
        assert_eq!(written.find("Åse@17"), Some(last));
        assert_eq!(written.find("Åse@18"), Some(last), "the nearest, where none is at the place");
        assert_eq!(written.find("Åse@1").map(Span::start), Some(0));
        assert_eq!(written.find("Åse"), Some(last), "nearest to the object");
        assert_eq!(written.find("Ase"), None);
    }
}
