//! All that was read, together; and the ids its objects have.

use crate::{Article, Ceasefire, Claim, Entity, Figure, Incident, Origin, Shared, Span, Versions};

/// What one article says: the unit that is stored, all or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Entities it speaks of.
    pub entities: Vec<Entity>,
    /// Its claims, by position.
    pub claims: Vec<Claim>,
    /// Its figures, by position.
    pub figures: Vec<Figure>,
    /// Truces it speaks of, by position of their first claim; `reconcile` joins those of several articles.
    pub ceasefires: Vec<Ceasefire>,
    /// What was noticed.
    pub notes: Vec<crate::Note>,
}

/// The whole ledger: readings by article id, and what reconciliation makes of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    /// By article id.
    pub readings: Vec<Reading>,
    /// Every article is of one, by the first of their articles.
    pub origins: Vec<Origin>,
    /// What articles of different origins print alike, by articles and place.
    pub shared: Vec<Shared>,
    /// By their first claim.
    pub incidents: Vec<Incident>,
    /// Joined over articles, by their first claim.
    pub ceasefires: Vec<Ceasefire>,
    /// Articles that changed after publication, by address.
    pub versions: Vec<Versions>,
}

/// Ids made from content: the same input gives the same id, on every machine, in every run.
#[derive(Debug, Clone, Copy)]
pub struct Id(u64);

impl Id {
    /// Starts an id of a kind of object.
    pub fn of(kind: &str) -> Self {
        Self(0xcbf2_9ce4_8422_2325).with(kind)
    }

    /// Mixes in a part; parts are kept apart (`"ab","c"` differs from `"a","bc"`). FNV-1a over the bytes and a mark.
    #[must_use]
    pub fn with(self, part: &str) -> Self {
        let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(step(part.bytes().fold(self.0, step), 0xff))
    }

    /// Mixes in a span.
    #[must_use]
    pub fn with_span(self, span: Span) -> Self {
        self.with(&format!("{}-{}", span.start(), span.end()))
    }

    /// The id as a number, mixed so that ids of like content differ in every bit.
    pub fn number(self) -> u64 {
        let h = (self.0 ^ (self.0 >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^ (h >> 33)
    }

    /// The id as text: the prefix and 13 characters of base 32.
    pub fn text(self, prefix: &str) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let h = self.number();
        let digits = (0..13).map(|i| char::from(DIGITS[(h >> (i * 5) & 31) as usize]));
        format!("{prefix}{}", digits.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_their_parts_apart_and_stay_the_same() {
        let id = |a: &str, b: &str| Id::of("claim").with(a).with(b).text("c");
        assert_ne!(id("ab", "c"), id("a", "bc"));
        assert_eq!(id("ab", "c"), id("ab", "c"));
        assert_eq!(id("ab", "c").len(), 14);
    }
}
