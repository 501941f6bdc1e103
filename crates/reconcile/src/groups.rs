//! Groups of numbers that grow by joining two of them (disjoint sets; Tarjan 1975).

/// Disjoint groups of `0..n`.
pub(crate) struct Groups(Vec<usize>);

impl Groups {
    /// Every number by itself.
    pub fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    /// The least number of a number's group.
    pub fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    /// Makes one group of two.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// Every group with its members, both in order.
    pub fn all(&mut self) -> Vec<Vec<usize>> {
        let n = self.0.len();
        let mut lists: Vec<Vec<usize>> = vec![Vec::new(); n];
        for i in 0..n {
            lists[self.root(i)].push(i);
        }
        lists.retain(|l| !l.is_empty());
        lists
    }
}
