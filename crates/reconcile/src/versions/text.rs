//! Which paragraphs changed?

use evidence::Span;
use evidence::version::Change;
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
        let mut left: Vec<usize> = gone.clone().collect();
        for n in come {
            // Paragraphs keep their order, so that those before the paired one are gone.
            let at = left.iter().position(|m| alike(&old[*m], &new[n]) >= ALIKE);
            let lost = at.map_or(0, |at| at);
            out.extend(left.drain(..lost).map(|m| change(Some(before[m]), None)));
            let older = at.map(|_| before[left.remove(0)]);
            out.push(change(older, Some(after[n])));
        }
        out.extend(left.into_iter().map(|m| change(Some(before[m]), None)));
    }
    out
}

/// Share of words that two texts have in common (Dice 1945), counted with repetition.
pub(super) fn alike(a: &str, b: &str) -> f64 {
    let (mut x, mut y) = (words(a), words(b));
    if x.is_empty() || y.is_empty() {
        return 0.0;
    }
    let total = x.len() + y.len();
    x.sort_unstable();
    y.sort_unstable();
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    2.0 * f64::from(common) / total as f64
}

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    split.map(str::to_lowercase).collect()
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
