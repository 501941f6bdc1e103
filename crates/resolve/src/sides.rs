//! Which sides do "both sides", "the enemy", "the government" mean?

use std::ops::Range;

use evidence::Mention;
use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::mention::MentionKind;

use crate::nouns::{Class, Ground};
use crate::reader::{Fact, Reader};

impl Reader<'_> {
    /// "Both sides", "the warring parties", "the two countries", "the rivals": the sides of the conflict here.
    pub fn sides_meant(&mut self, token: TokenId, lemma: &str, phrase: &Range<TokenId>) -> Option<(Mention, Fact)> {
        if !self.knowledge.nouns.is_side(lemma) {
            return None;
        }
        let before: Vec<String> = (phrase.start..token).map(|t| self.words(t..t + 1).to_lowercase()).collect();
        let has = |list: &[&str]| before.iter().any(|w| list.contains(&w.as_str()));
        let each = has(&["each", "either", "both", "neither"])
            || before.first().is_some_and(|w| w == "other" || w == "opposing");
        let plural = self.is_plural(token);
        let telling = has(&["two", "both", "warring", "rival", "opposing", "conflicting", "belligerent"]);
        let bare = plural
            && matches!(
                lemma,
                "side" | "rival" | "foe" | "adversary" | "belligerent" | "archfoe" | "archrival" | "antagonist"
            );
        let the_parties =
            plural && lemma == "party" && matches!(before.as_slice(), [one] if one == "the" || one == "all");
        if !(each || the_parties || plural && (telling || bare)) {
            return None;
        }
        let mut parties = self.sides_at(token);
        if matches!(lemma, "country" | "nation" | "neighbour" | "neighbor" | "state" | "power") {
            parties.retain(|p| self.knowledge.party_item(p).is_some_and(|i| self.knowledge.items[i].country.is_some()));
        }
        if parties.len() < 2 {
            parties.clear();
        }
        let conflict = self.conflict_at(token).map(|c| self.knowledge.conflicts[c].name.as_str());
        let reason = conflict.map_or("sides of no known conflict".to_owned(), |c| format!("sides of profile {c}"));
        let mut mention = self.plain(phrase.start..token + 1, token, MentionKind::Party, reason);
        mention.entities = self.party_entities(&parties);
        mention.parties = parties;
        Some((mention, Fact { class: Some(Class::Party), plural: true, ..Fact::default() }))
    }

    pub fn party(
        &mut self,
        token: TokenId,
        phrase: Range<TokenId>,
        mut parties: Vec<String>,
        lemma: &str,
    ) -> Option<(Mention, Class)> {
        let mut mention = self.plain(phrase.clone(), token, MentionKind::Party, String::new());
        let ground = self.knowledge.nouns.ground(lemma);
        if lemma == "camp" && parties.is_empty() {
            return None;
        }
        if matches!(
            lemma,
            "ally" | "rival" | "foe" | "neighbour" | "neighbor" | "opponent" | "adversary" | "archfoe" | "archrival"
        ) {
            // "Orrin's patron Veldania" is no Orrin.
            let naming = |d: Deprel| matches!(d, Deprel::Appos | Deprel::Flat | Deprel::NmodDesc);
            let children = self.document.children(token).to_vec();
            let beside = children
                .into_iter()
                .find(|c| *c > token && naming(self.document.tokens[*c].deprel) && self.hit(*c).is_some());
            parties = beside.and_then(|c| self.hit(c)).map(|h| self.parties_of_hit(h)).unwrap_or_default();
        }
        let several = self.is_plural(token) || (phrase.start..token).any(|t| self.words(t..t + 1) == "each");
        if parties.is_empty() && !several && !self.is_definite(&phrase) && lemma != "enemy" {
            return None;
        }
        if parties.is_empty() && lemma == "enemy" {
            self.as_enemy(&mut mention, token);
            parties.clone_from(&mention.parties);
        } else if parties.is_empty() && ground == Some(Ground::Country) && self.is_definite(&phrase) {
            return Some(self.ground(token, phrase, parties, Ground::Country, lemma));
        } else if parties.is_empty() && matches!(lemma, "side" | "government" | "party") && self.is_definite(&phrase) {
            self.as_before(&mut mention, token, &phrase, |f| f.class == Some(Class::Party) && !f.plural);
            parties.clone_from(&mention.parties);
            if parties.is_empty() {
                return None;
            }
        } else {
            mention.reason =
                if parties.is_empty() { "side not told".to_owned() } else { format!("side of {}", parties.join(", ")) };
        }
        mention.entities = self.party_entities(&parties);
        mention.parties = parties;
        Some((mention, Class::Party))
    }

    /// "Enemy forces": of the other side than the one that speaks.
    pub fn as_enemy(&mut self, mention: &mut Mention, token: TokenId) {
        let Some(conflict) = self.conflict_at(token) else { return };
        let reports = |a: &TokenId| self.knowledge.nouns.reports(&self.document.tokens[*a].lemma);
        let path: Vec<TokenId> = self.document.ancestors(token).collect();
        // The verb of saying stands above the clause, or hangs on it as an aside.
        let below = path.iter().flat_map(|a| self.document.children_by(*a, Deprel::Parataxis));
        let speaking: Vec<TokenId> = path.iter().copied().chain(below).filter(reports).collect();
        let subjects: Vec<TokenId> =
            speaking.iter().flat_map(|a| self.document.children_by(*a, Deprel::Nsubj)).collect();
        let speaker = subjects.into_iter().find_map(|s| self.mention(s)).or_else(|| self.last_speaker(token));
        let Some(speaker) = speaker else { return };
        let c = &self.knowledge.conflicts[conflict];
        let own: Vec<&String> =
            self.mentions[speaker].parties.iter().map(|p| c.stands_with.get(p).unwrap_or(p)).collect();
        if own.is_empty() || !own.iter().any(|o| c.sides.contains(o)) {
            return;
        }
        let others: Vec<String> = c.sides.iter().filter(|s| !own.contains(s)).cloned().collect();
        mention.reason = format!("enemy of {}", self.mentions[speaker].span.of(self.text));
        mention.entities = Vec::new();
        mention.parties = if others.len() == 1 { others } else { Vec::new() };
    }

    /// In a quotation that is a sentence of its own: who spoke last, in this paragraph or the one before.
    pub fn last_speaker(&self, token: TokenId) -> Option<usize> {
        self.quotation_at(token)?;
        let here = self.document.sentence_of(token);
        let spoke = |m: &Mention| {
            let t = &self.document.tokens[m.head];
            let verb = t.head.map_or("", |h| &*self.document.tokens[h].lemma);
            let near = here - self.document.sentence_of(m.head) <= 2;
            near && t.deprel == Deprel::Nsubj
                && self.knowledge.nouns.reports(verb)
                && self.quotation_at(m.head).is_none()
        };
        self.recent().find(|m| self.mentions[*m].head < token && spoke(&self.mentions[*m]))
    }
}
