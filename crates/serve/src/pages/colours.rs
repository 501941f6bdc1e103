//! Which colour a party has on all pages: the parties that speak or act most have one each, all others share one.

use std::collections::BTreeMap;

/// Classes of `desk.css`, neutral and told apart by colour-blind eyes; a pattern goes with each where it matters.
const CLASSES: [&str; 6] = ["p0", "p1", "p2", "p3", "p4", "p5"];
const OTHER: &str = "p-other";

/// Classes by party.
#[derive(Debug, Default)]
pub(crate) struct Colours(BTreeMap<String, &'static str>);

impl Colours {
    /// Of parties, those first that have most claims.
    pub fn of<S: AsRef<str>>(ranked: impl IntoIterator<Item = S>) -> Self {
        Self(ranked.into_iter().zip(CLASSES).map(|(party, class)| (party.as_ref().to_owned(), class)).collect())
    }

    /// The class of a party; of nobody: none.
    pub fn class(&self, party: Option<&str>) -> &'static str {
        party.map_or("", |p| self.0.get(p).copied().unwrap_or(OTHER))
    }
}
