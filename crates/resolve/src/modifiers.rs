//! Whose is it? The parties that the words hanging on a noun tell.

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;

use crate::reader::Reader;

impl Reader<'_> {
    /// Parties told by dependants of a noun: by adjectives and possessors first, by "of X", "for X" next, by "in X" last.
    pub fn parties_of(&mut self, children: &[TokenId]) -> Vec<String> {
        let mut ranked: Vec<(u8, TokenId)> = children.iter().filter_map(|c| Some((self.nearness(*c)?, *c))).collect();
        ranked.sort_unstable();
        let mut nearest = None;
        let mut parties: Vec<String> = Vec::new();
        for (rank, child) in ranked {
            if nearest.is_some_and(|n| n != rank) {
                break;
            }
            let told = self.told_by(child);
            if !told.is_empty() {
                nearest = Some(rank);
                parties.extend(told.into_iter().filter(|p| !parties.contains(p)).collect::<Vec<_>>());
            }
        }
        parties
    }

    /// How closely a dependant tells whose the noun is; none if it does not.
    fn nearness(&self, child: TokenId) -> Option<u8> {
        let t = &self.document.tokens[child];
        match t.deprel {
            // "His Indian counterpart": the adjective goes before the possessor.
            Deprel::NmodPoss if t.upos == Upos::Pron => Some(1),
            Deprel::Amod
            | Deprel::Compound
            | Deprel::NmodPoss
            | Deprel::NmodDesc
            | Deprel::Det
            | Deprel::NmodUnmarked => Some(0),
            Deprel::Flat | Deprel::Appos if t.upos == Upos::Propn || t.upos == Upos::Adj => Some(0),
            Deprel::Nmod => {
                match self.document.children_by(child, Deprel::Case).next().map(|c| &*self.document.tokens[c].lemma) {
                    Some("of" | "for") => Some(2),
                    // "Losses on our side"
                    Some("on") if &*t.lemma == "side" => Some(2),
                    Some("in" | "from" | "at" | "near" | "inside") => Some(3),
                    None => Some(0),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn told_by(&mut self, child: TokenId) -> Vec<String> {
        let mut parties = self.told_by_one(child);
        // "Orrin and Veldanian soldiers"
        let others: Vec<TokenId> = self.document.children_by(child, Deprel::Conj).collect();
        for other in others {
            let more = self.told_by_one(other);
            parties.extend(more.into_iter().filter(|p| !parties.contains(p)).collect::<Vec<_>>());
        }
        parties
    }

    fn told_by_one(&mut self, child: TokenId) -> Vec<String> {
        if self.is_turned(child) {
            return Vec::new();
        }
        if let Some(hit) = self.hit(child).cloned() {
            let deprel = self.document.tokens[child].deprel;
            // Inside a clause-like modifier ("Iran-backed") the name is the backer's.
            if matches!(deprel, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::Conj | Deprel::Flat) {
                return self.parties_of_hit(&hit);
            }
        }
        let Some(mention) = self.mention(child) else {
            // "The defence ministry's spokesman": what hangs on the possessor tells.
            let own: Vec<TokenId> = self.document.children(child).to_vec();
            let t = &self.document.tokens[child];
            let near = self.nearness(child).is_some_and(|n| n < 3);
            // "The Orrin-led coalition" is Orrin's.
            let led = &*t.lemma == "lead" && t.deprel == Deprel::Amod;
            let nominal = near && (led || matches!(t.upos, Upos::Noun | Upos::Propn));
            return if nominal { self.parties_of(&own) } else { Vec::new() };
        };
        match self.mentions[mention].kind {
            MentionKind::Source => Vec::new(),
            _ => self.mentions[mention].parties.clone(),
        }
    }

    /// "Pro-Russian", "anti-Houthi", "non-Syrian": not of that party.
    pub fn is_turned(&self, child: TokenId) -> bool {
        let word =
            |back: usize| child.checked_sub(back).map(|t| self.words(t..t + 1).to_lowercase()).unwrap_or_default();
        let turned = |w: &str| matches!(w, "pro" | "anti" | "non" | "ex");
        let own = self.words(child..child + 1).to_lowercase();
        word(1) == "-" && turned(&word(2)) || own.split_once('-').is_some_and(|(w, _)| turned(w)) || turned(&word(1))
    }
}
