//! What do descriptions refer to: "the ministry", "both sides", "Armenian forces", "the valley's governor"?

use std::ops::Range;

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::alias::Form;
use crate::knowledge::item_id;
use crate::nouns::Class;
use crate::phrase::noun_phrase;
use crate::reader::{Fact, Reader};
use crate::roles::rank_of;

/// Roles of people who are mostly strangers where they are.
const GUESTS: [&str; 8] =
    ["diplomat", "correspondent", "reporter", "journalist", "analyst", "observer", "expert", "researcher"];

impl Reader<'_> {
    /// A noun phrase whose head is a common noun that names somebody, somewhere, or a document.
    pub fn described(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let class = self.class(token)?;
        let phrase = noun_phrase(self.document, token);
        if self.is_part_of_name(token) {
            return None;
        }
        if let Some(person) = self.person_beside(token, phrase.end, class) {
            let phrase = self.with_possessor(token, phrase);
            return Some(self.role_with_name(person, token, phrase));
        }
        let lemma = self.document.tokens[token].lemma.to_lowercase();
        let phrase = self.with_possessor(token, phrase);
        if let Some(sides) = self.sides_meant(token, &lemma, &phrase) {
            return Some(sides);
        }
        if !self.is_plain(token, &lemma) {
            return None;
        }
        let own: Vec<TokenId> = self
            .document
            .children(token)
            .iter()
            .copied()
            .filter(|c| phrase.contains(c) && *c != token)
            // "His counterpart" is of another side than he.
            .filter(|c| lemma != "counterpart" || self.document.tokens[*c].deprel != Deprel::NmodPoss)
            // "A diplomat in Orsk" is of anywhere but there.
            .filter(|c| !GUESTS.contains(&lemma.as_str()) || !self.document.tokens[*c].deprel.is("nmod"))
            .collect();
        let mut parties = self.parties_of(&own);
        if parties.is_empty() {
            parties = self.told_just_before(token, phrase.start);
        }
        let made = match class {
            Class::Force => self.force(token, phrase, parties, &lemma),
            Class::Organisation => self.body(token, phrase, parties, &lemma),
            Class::Role => self.role(token, phrase, parties),
            Class::Party => self.party(token, phrase, parties, &lemma)?,
            Class::People => self.people(token, phrase, parties),
            Class::Place(ground) => self.ground(token, phrase, parties, ground, &lemma),
            Class::Source => {
                let mut mention = self.plain(phrase, token, MentionKind::Source, "document".to_owned());
                mention.parties = parties;
                (mention, Class::Source)
            }
        };
        let (mention, class) = made;
        let person = match mention.entities[..] {
            [one] if mention.kind == MentionKind::Person => self.person_of_entity(one),
            _ => None,
        };
        let gender = person.and_then(|p| self.roster.people[p].gender);
        let plural = self.is_plural(token);
        Some((mention, Fact { class: Some(class), person, plural, gender }))
    }

    /// Parties of a known name at the start of the phrase, or right before it, that the parse hangs elsewhere.
    pub fn told_just_before(&mut self, token: TokenId, start: TokenId) -> Vec<String> {
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        let near = (start.saturating_sub(1).max(first)..token).rev().find(|t| self.hit(*t).is_some());
        let Some(hit) = near.and_then(|t| self.hit(t)).cloned() else { return Vec::new() };
        let owner = if hit.tokens.end < self.document.tokens.len() {
            self.words(hit.tokens.end..hit.tokens.end + 1)
        } else {
            ""
        };
        let adjective = matches!(hit.meanings[0].form, Form::Adjective);
        let near = hit.tokens.start >= start || hit.tokens.end == start;
        let telling = near && (adjective || matches!(owner, "'s" | "’s"));
        if telling && !self.is_turned(hit.tokens.start) { self.parties_of_hit(&hit) } else { Vec::new() }
    }

    /// A word inside a longer phrase that names no one by itself: the "defence" of "defence ministry", the role before
    /// a name that has a mention of its own.
    pub fn is_part_of_name(&self, token: TokenId) -> bool {
        let t = &self.document.tokens[token];
        let body = matches!(self.class(token), Some(Class::Organisation | Class::Force));
        match t.deprel {
            Deprel::Compound | Deprel::NmodDesc if t.head.is_some_and(|h| self.person_name(h).is_some()) => !body,
            Deprel::Compound => {
                let heads = |h: TokenId| {
                    matches!(self.class(h), Some(Class::Role | Class::People | Class::Source | Class::Organisation))
                };
                !body || t.head.is_some_and(|h| h < token || !heads(h))
            }
            _ => false,
        }
    }

    pub fn force(
        &mut self,
        token: TokenId,
        phrase: Range<TokenId>,
        parties: Vec<String>,
        lemma: &str,
    ) -> (Mention, Class) {
        let mut mention = self.plain(phrase.clone(), token, MentionKind::Force, "force of no side told".to_owned());
        if parties.is_empty() {
            if self.has_modifier(&phrase, token, "enemy") || lemma == "enemy" {
                self.as_enemy(&mut mention, token);
            } else {
                self.as_before(&mut mention, token, &phrase, |f| f.class == Some(Class::Force));
                let regular = matches!(
                    lemma,
                    "army"
                        | "military"
                        | "navy"
                        | "troop"
                        | "soldier"
                        | "serviceman"
                        | "marine"
                        | "trooper"
                        | "policeman"
                );
                // "Nineteen soldiers": those of a movement would be fighters.
                let counted = (phrase.start..token).any(|t| self.document.tokens[t].upos == Upos::Num);
                let bare = self.is_plural(token) && phrase.len() == 1;
                if mention.parties.is_empty() && regular && (bare || counted || self.is_definite(&phrase)) {
                    mention.parties = self.state_speaking(token);
                    mention.reason =
                        "regular forces of the state that speaks here, or of the only one in the war".to_owned();
                }
            }
        } else {
            mention.reason = format!("force of {}", parties.join(", "));
            mention.parties = parties;
        }
        if matches!(lemma, "army" | "military" | "navy" | "militia" | "police")
            || matches!(self.words(token..token + 1), "forces" | "troops")
        {
            mention.organisation = Some(self.without_determiner(phrase));
        }
        (mention, Class::Force)
    }

    pub fn body(
        &mut self,
        token: TokenId,
        phrase: Range<TokenId>,
        parties: Vec<String>,
        lemma: &str,
    ) -> (Mention, Class) {
        let mut mention =
            self.plain(phrase.clone(), token, MentionKind::Organisation, "body of no side told".to_owned());
        let named = self.without_determiner(phrase.clone());
        let seat = if parties.is_empty() { self.state_of_seat(token) } else { Vec::new() };
        let seat = if seat.is_empty() && parties.is_empty() { self.state_there(token) } else { seat };
        if !seat.is_empty() {
            mention.reason = format!("body at the seat of {}", seat.join(", "));
            mention.parties = seat;
        } else if parties.is_empty() && lemma == "police" {
            let state = self.state_side(token);
            mention.parties = if state.is_empty() { self.party_of_town(token) } else { state };
            mention.reason = "police of the place named before, or of the only state in the war".to_owned();
        } else if parties.is_empty() && self.is_definite(&phrase) && !self.state_of_sentence(token).is_empty() {
            mention.parties = self.state_of_sentence(token);
            mention.reason = "of the state whose ministry stands in the sentence".to_owned();
        } else if let (true, true, Some(m)) = (
            parties.is_empty() && self.is_definite(&phrase),
            matches!(lemma, "group" | "movement" | "outfit"),
            self.movement_before(token),
        ) {
            mention.entities.clone_from(&self.mentions[m].entities);
            mention.parties.clone_from(&self.mentions[m].parties);
            mention.reason = format!("the movement named before, «{}»", self.mentions[m].span.of(self.text));
        } else if parties.is_empty() && self.is_definite(&phrase) && !self.state_spoke_since(token).is_empty() {
            mention.parties = self.state_spoke_since(token);
            mention.reason = "of the state that has just spoken".to_owned();
        } else if parties.is_empty() {
            self.as_before(&mut mention, token, &phrase, |f| f.class == Some(Class::Organisation));
            if mention.parties.is_empty()
                && let Some(rank) = rank_of(&named)
            {
                // "The foreign ministry", where only its minister has been named.
                let minister = self.recent().find_map(|m| {
                    let p = &self.roster.people[self.facts[m].person?];
                    (self.mentions[m].head < token && p.roles.iter().any(|r| rank_of(r) == Some(rank)))
                        .then(|| p.party.clone())?
                });
                if let Some(party) = minister {
                    mention.reason = format!("ministry of the minister named before, of {party}");
                    mention.parties = vec![party];
                }
            }
            if mention.parties.is_empty()
                && matches!(lemma, "ministry" | "cabinet" | "government")
                && self.is_definite(&phrase)
            {
                mention.parties = self.state_speaking(token);
                mention.reason = "of the state that speaks here, or of the only one in the war".to_owned();
            }
        } else {
            mention.reason = format!("body of {}", parties.join(", "));
            mention.parties = parties;
        }
        let office = self.knowledge.nouns.is_office(lemma);
        if mention.entities.is_empty()
            && office
            && let [party] = &mention.parties[..]
        {
            let party = party.clone();
            let entity = self.body_entity(&party, &named);
            mention.entities = vec![entity];
        }
        mention.organisation = Some(named);
        (mention, Class::Organisation)
    }

    /// The entity of a party's ministry or the like: one per party and kind of body, however it is worded.
    pub fn body_entity(&mut self, party: &str, named: &str) -> usize {
        let words: Vec<&str> = named
            .split(' ')
            .filter(|w| self.knowledge.party_of_words(w.trim_end_matches("'s").trim_end_matches("’s")).is_none())
            .collect();
        let plain = words.join(" ").to_lowercase().replace("defence", "defense");
        let plain = plain.trim_start_matches("'s ").trim_start_matches("’s ");
        let id = item_id(EntityKind::Organisation, &format!("{party} {plain}"));
        let entity = self.roster.entity(id, EntityKind::Organisation, named);
        self.roster.entities[entity].party = Some(party.to_owned());
        self.roster.add_alias(entity, named);
        entity
    }

    pub fn people(&mut self, token: TokenId, phrase: Range<TokenId>, parties: Vec<String>) -> (Mention, Class) {
        let mut mention = self.plain(phrase.clone(), token, MentionKind::People, "people of no side told".to_owned());
        if !parties.is_empty() {
            let civilians = self.conflict_at(token).map(|c| &self.knowledge.conflicts[c].civilians);
            let filed = |p: String| civilians.and_then(|c| c.get(&p).cloned()).unwrap_or(p);
            mention.parties = parties.into_iter().map(filed).collect();
            mention.reason = format!("people of {}", mention.parties.join(", "));
        }
        let counted = (phrase.start..token).rev().find(|t| self.document.tokens[*t].upos == Upos::Num);
        mention.role = Some(self.without_determiner(counted.map_or(phrase.start, |n| n + 1)..token + 1));
        (mention, Class::People)
    }
}
