//! A stretch of an article's text.

use std::ops::Range;

/// Half-open range of bytes of one text, on character boundaries of it. Never longer than 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// If `start > end` or `end` does not fit in 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end && u32::try_from(end).is_ok(), "bad span {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// As a range of bytes.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span over both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span of a text that stands `by` bytes further on.
    pub fn shift(self, by: usize) -> Self {
        Self::new(self.start() + by, self.end() + by)
    }
}

/// Turns byte offsets of one text into Unicode code points, as the export counts them.
pub struct CodePoints {
    /// Code points before every 64th byte.
    marks: Vec<u32>,
}

impl CodePoints {
    const STEP: usize = 64;

    /// Counts `text` once, in time linear in its length.
    pub fn of(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut seen = 0;
        for (i, b) in text.bytes().enumerate() {
            if i % Self::STEP == 0 {
                marks.push(seen);
            }
            seen += u32::from(!is_continuation(b));
        }
        marks.push(seen);
        Self { marks }
    }

    /// Code points of `text` before byte `at`; `text` is the text this was made of.
    pub fn at(&self, text: &str, at: usize) -> usize {
        let mark = (at / Self::STEP).min(self.marks.len() - 1);
        let from = mark * Self::STEP;
        let rest = text.as_bytes().get(from..at).unwrap_or(&[]);
        self.marks[mark] as usize + rest.iter().filter(|b| !is_continuation(**b)).count()
    }
}

const fn is_continuation(b: u8) -> bool {
    b & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_chars() {
        let text = "Sgt. Åse said — «ça va» 🇦🇿 ".repeat(20);
        let points = CodePoints::of(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(&text, at), n);
        }
        assert_eq!(points.at(&text, text.len()), text.chars().count());
    }

    #[test]
    #[should_panic(expected = "bad span")]
    fn a_span_does_not_run_backwards() {
        let _ = Span::new(3, 2);
    }
}
