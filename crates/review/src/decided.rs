//! Which reports are decided throughout, so that they can serve as gold?

use evidence::correction::Kind;
use evidence::ledger::Reading;

use crate::layer::Layer;
use crate::standing::Verdict;

/// What is open in a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Objects of which nobody has said anything.
    pub unseen: usize,
    /// Objects about which coders disagree.
    pub disputed: usize,
    /// All of its claims and figures.
    pub all: usize,
}

impl Open {
    /// Whether nothing is; a report without claims is decided by nobody.
    pub const fn is_decided(self) -> bool {
        self.unseen == 0 && self.disputed == 0 && self.all > 0
    }
}

/// What is open in a report as the machine read it.
pub fn open(layer: &Layer, reading: &Reading) -> Open {
    let claims = reading.claims.iter().map(|c| (Kind::Claim, &c.id));
    let figures = reading.figures.iter().map(|f| (Kind::Figure, &f.id));
    let mut out = Open::default();
    for (kind, id) in claims.chain(figures) {
        out.all += 1;
        match layer.of(kind, id).and_then(|s| s.verdict()) {
            None => out.unseen += 1,
            Some(Verdict::Disputed) => out.disputed += 1,
            Some(Verdict::Accepted | Verdict::Corrected | Verdict::Rejected) => {}
        }
    }
    out
}
