//! What do copies of one original tell alike? The same words of the same event are one occurrence.

use evidence::{Block, Id, Link, Trace};

use crate::block::Kind;
use crate::strands::{self, Strand};

/// Share of the words of the shorter strand that the longer must have.
const ALIKE: f64 = 0.5;
/// Fewer words in common prove nothing.
const LEAST: usize = 3;

/// The block of the strands of an origin's copies.
pub fn block(origin: &str) -> Block {
    Kind::OfOrigin.of_hash(Id::of("of-origin").with(origin).number())
}

/// Links between strands of an origin's copies: each to the one of every other copy that is most like it.
pub fn links(traces: &[Trace]) -> Vec<Link> {
    let all: Vec<Strand> = traces.iter().map(strands::unpacked).collect();
    let mut out = Vec::new();
    for s in &all {
        let mut best: std::collections::BTreeMap<&str, (usize, &Strand)> = std::collections::BTreeMap::new();
        for other in all.iter().filter(|o| o.article < s.article && o.event == s.event && !of_two_days(o, s)) {
            let common = s.words_in_common(other);
            let least = s.words.len().min(other.words.len());
            let apart = !strands::places_agree(&s.places, &other.places);
            if apart || common < LEAST || (common as f64) < ALIKE * least as f64 {
                continue;
            }
            let kept = best.entry(&other.article).or_insert((common, other));
            if (common, &kept.1.id) > (kept.0, &other.id) {
                *kept = (common, other);
            }
        }
        out.extend(best.values().map(|(_, o)| Link::certain(&s.id, &o.id, "the same words in copies of one original")));
    }
    out
}

fn of_two_days(a: &Strand, b: &Strand) -> bool {
    matches!((&a.day, &b.day), (Some(x), Some(y)) if !x.agrees(y))
}
