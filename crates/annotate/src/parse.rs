//! Which word hangs on which? The best tree with one root, from a score for each pair of words.

/// The head of every word, 0 for the root and words counted from 1, such that the arcs form a tree with exactly one
/// word under the root and no such tree has a higher total. `scores` has a row for each dependant and a column for
/// each head, `words + 1` of each; row 0 is not read.
///
/// # Panics
/// If `scores` is not of that size.
pub fn heads(scores: &[f32], words: usize) -> Vec<usize> {
    let n = words + 1;
    assert_eq!(scores.len(), n * n, "scores are no square of the words and the root");
    let mut head: Vec<usize> =
        (0..n).map(|d| if d == 0 { 0 } else { best_head(&scores[d * n..(d + 1) * n], d) }).collect();
    let one_root = head[1..].iter().filter(|h| **h == 0).count() == 1;
    if words > 0 && !(one_root && find_cycle(&head).is_none()) {
        head = one_root_tree(scores, n);
    }
    head.remove(0);
    head
}

fn best_head(row: &[f32], dependant: usize) -> usize {
    let mut best = usize::from(dependant == 0);
    for (h, score) in row.iter().enumerate() {
        if h != dependant && (best == dependant || *score > row[best]) {
            best = h;
        }
    }
    best
}

/// The maximum tree with arcs from the root so dear that it takes only one.
fn one_root_tree(scores: &[f32], n: usize) -> Vec<usize> {
    let finite = |s: f32| f64::from(if s.is_finite() { s } else { -1e6 });
    let largest = scores.iter().fold(1.0, |a: f64, s| a.max(finite(*s).abs()));
    let root_price = 2.0 * largest * n as f64 + 1.0;
    let mut square = vec![f64::NEG_INFINITY; n * n];
    for d in 1..n {
        for h in (0..n).filter(|h| *h != d) {
            square[d * n + h] = finite(scores[d * n + h]) - if h == 0 { root_price } else { 0.0 };
        }
    }
    maximum_tree(&square, n)
}

/// Chu-Liu/Edmonds: takes the best head of each node and contracts a cycle to one node until there is none.
fn maximum_tree(scores: &[f64], n: usize) -> Vec<usize> {
    let at = |d: usize, h: usize| scores[d * n + h];
    let best = |d: usize, among: &[usize]| among.iter().copied().reduce(|a, b| if at(d, b) > at(d, a) { b } else { a });
    let everything: Vec<usize> = (0..n).collect();
    let mut head: Vec<usize> =
        (0..n).map(|d| if d == 0 { 0 } else { best(d, &everything).unwrap_or_default() }).collect();
    let Some(cycle) = find_cycle(&head) else { return head };
    let outside: Vec<usize> = (0..n).filter(|i| !cycle.contains(i)).collect();
    let m = outside.len();
    let mut small = vec![f64::NEG_INFINITY; (m + 1) * (m + 1)];
    // The contracted cycle is node m. It takes node h as head where that costs least inside the cycle.
    let gain = |d: usize, h: usize| at(d, h) - at(d, head[d]);
    let mut leaving = vec![0; m];
    let mut entering = vec![0; m];
    for (i, node) in outside.iter().enumerate() {
        for (j, other) in outside.iter().enumerate() {
            small[i * (m + 1) + j] = at(*node, *other);
        }
        leaving[i] = best(*node, &cycle).unwrap_or_default();
        entering[i] = cycle
            .iter()
            .copied()
            .reduce(|a, b| if gain(b, *node) > gain(a, *node) { b } else { a })
            .unwrap_or_default();
        small[i * (m + 1) + m] = at(*node, leaving[i]);
        small[m * (m + 1) + i] = gain(entering[i], *node);
    }
    let small_head = maximum_tree(&small, m + 1);
    for (i, node) in outside.iter().enumerate().skip(1) {
        head[*node] = if small_head[i] == m { leaving[i] } else { outside[small_head[i]] };
    }
    let into = small_head[m];
    head[entering[into]] = outside[into];
    head
}

/// The nodes of one cycle, if there is one.
fn find_cycle(head: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; head.len()];
    for start in 1..head.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = head[node];
        }
        if node != 0 && seen[node] == start {
            let around = std::iter::successors(Some(head[node]), |i| (*i != node).then(|| head[*i]));
            return Some(around.collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are always the same.
    struct Draws(u64);

    impl Draws {
        fn next(&mut self) -> f32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 40) as f32 / (1 << 24) as f32
        }
    }

    fn is_tree(head: &[usize]) -> bool {
        let with_root: Vec<usize> = std::iter::once(0).chain(head.iter().copied()).collect();
        head.iter().filter(|h| **h == 0).count() == 1 && find_cycle(&with_root).is_none()
    }

    fn total(scores: &[f32], head: &[usize]) -> f32 {
        head.iter().enumerate().map(|(d, h)| scores[(d + 1) * (head.len() + 1) + h]).sum()
    }

    #[test]
    fn the_tree_is_the_best_of_all_trees() {
        let mut draws = Draws(7);
        for words in 1..=5_usize {
            for _ in 0..60 {
                let n = words + 1;
                let scores: Vec<f32> = (0..n * n).map(|_| draws.next()).collect();
                let found = heads(&scores, words);
                assert!(is_tree(&found), "{found:?}");
                let best = (0..n.pow(words as u32))
                    .map(|code| (0..words).map(|i| code / n.pow(i as u32) % n).collect::<Vec<_>>())
                    .filter(|head| is_tree(head))
                    .map(|head| total(&scores, &head))
                    .fold(f32::MIN, f32::max);
                assert!((total(&scores, &found) - best).abs() < 1e-5, "{} below {best}", total(&scores, &found));
            }
        }
    }

    #[test]
    fn long_sentences_and_odd_scores_still_give_a_tree() {
        let mut draws = Draws(3);
        let n = 301;
        let scores: Vec<f32> = (0..n * n).map(|_| draws.next()).collect();
        assert!(is_tree(&heads(&scores, n - 1)));
        assert!(is_tree(&heads(&[0.0; 49], 6)));
        assert!(is_tree(&heads(&[f32::NAN; 49], 6)));
        assert!(is_tree(&heads(&[f32::NEG_INFINITY; 49], 6)));
        assert_eq!(heads(&[0.0], 0), Vec::<usize>::new());
    }
}
