//! Which paragraphs changed?

use std::collections::BTreeMap;

use evidence::version::Change;
use evidence::{Id, Span};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Share of common words from which a paragraph is another's new form.
const ALIKE: f64 = 0.4;

/// Paragraphs that are new, gone, or worded anew, in the order of the text.
pub(super) fn changes(older: &str, newer: &str) -> Vec<Change<Span>> {
    let (before, after) = (paragraphs(older), paragraphs(newer));
    let words = |text: &str, spans: &[Span]| -> Vec<String> { spans.iter().map(|s| s.of(text).to_owned()).collect() };
    let (old, new) = (words(older, &before), words(newer, &after));
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (gone, come) = (op.old_range(), op.new_range());
        let bags: BTreeMap<usize, Bag> = gone.clone().map(|m| (m, Bag::of(&old[m]))).collect();
        let mut left: Vec<usize> = gone.clone().collect();
        for n in come {
            let bag = Bag::of(&new[n]);
            // Paragraphs keep their order, so that those before the paired one are gone.
            let at = left.iter().position(|m| bags[m].alike(&bag) >= ALIKE);
            let lost = at.map_or(0, |at| at);
            out.extend(left.drain(..lost).map(|m| change(Some(before[m]), None)));
            let older = at.map(|_| before[left.remove(0)]);
            out.push(change(older, Some(after[n])));
        }
        out.extend(left.into_iter().map(|m| change(Some(before[m]), None)));
    }
    out
}

/// The words of a text without their order, by what `Id` makes of each in lower case.
pub(super) struct Bag(Vec<u64>);

impl Bag {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        let split = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let mut words: Vec<u64> = split.map(|w| Id::of("word").with(&w.to_lowercase()).number()).collect();
        words.sort_unstable();
        Self(words)
    }

    /// Share of words that two texts have in common (Dice 1945), counted with repetition: 0 to 1.
    pub fn alike(&self, other: &Self) -> f64 {
        let (x, y) = (&self.0, &other.0);
        let (mut i, mut j, mut common) = (0, 0, 0);
        while i < x.len() && j < y.len() {
            match x[i].cmp(&y[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
            }
        }
        2.0 * f64::from(common) / (x.len() + y.len()).max(1) as f64
    }
}

fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        if !line.is_empty() {
            out.push(Span::new(start, start + line.len()));
        }
        start += line.len() + 1;
    }
    out
}

fn change(older: Option<Span>, newer: Option<Span>) -> Change<Span> {
    Change { older, newer, fields: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(older: &str, newer: &str) -> Vec<(String, String)> {
        let of = |s: Option<Span>, text: &str| s.map(|s| s.of(text).to_owned()).unwrap_or_default();
        changes(older, newer).into_iter().map(|c| (of(c.older, older), of(c.newer, newer))).collect()
    }

    fn pair(older: &str, newer: &str) -> (String, String) {
        (older.into(), newer.into())
    }

    #[test]
    fn a_paragraph_worded_anew_stands_beside_its_old_form() {
        let older = "Bridge falls\nTwelve people were hurt when the bridge fell.\nThe mayor came.";
        let newer = "Bridge falls\nThe river rose overnight again.\nFifteen people were hurt when the bridge fell.";
        assert_eq!(
            told(older, newer),
            [
                pair("", "The river rose overnight again."),
                pair("Twelve people were hurt when the bridge fell.", "Fifteen people were hurt when the bridge fell."),
                pair("The mayor came.", ""),
            ]
        );
    }

    #[test]
    fn equal_texts_have_no_changes() {
        assert_eq!(told("One.\nTwo.", "One.\nTwo."), []);
    }
}
