//! Who holds the office that a description tells: "the spokesman", "Veldania's top soldier"?

use std::ops::Range;

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::knowledge::Item;
use crate::nouns::Class;
use crate::phrase::noun_phrase;
use crate::reader::{Fact, Reader};
use crate::roles::{Rank, rank_of};

impl Reader<'_> {
    /// The person's name that belongs to a role noun: hanging on it to the right, or right after its phrase.
    pub fn person_beside(&self, token: TokenId, end: TokenId, class: Class) -> Option<usize> {
        if !matches!(class, Class::Role | Class::People) {
            return None;
        }
        let naming =
            |d: Deprel| matches!(d, Deprel::Appos | Deprel::Flat | Deprel::NmodDesc | Deprel::Compound | Deprel::Dep);
        let of_child = |c: &TokenId| naming(self.document.tokens[*c].deprel).then(|| self.person_name(*c)).flatten();
        let hanging = self.document.children(token).iter().filter(|c| **c > token).find_map(of_child);
        let sentence = &self.document.sentences[self.document.sentence_of(token)].tokens;
        let next = (end < sentence.end && !self.is_plural(token)).then(|| self.person_name(end)).flatten();
        // "The chief of Orrin's harbours, X": the parse may hang the name on a noun inside the phrase.
        let comma = end + 1 < sentence.end && self.words(end..end + 1) == ",";
        let after = comma.then(|| self.person_name(end + 1)).flatten().filter(|n| {
            let head = self.head_of(&n.tokens);
            let t = &self.document.tokens[head];
            t.deprel == Deprel::Appos && t.head.is_some_and(|h| (token..end).contains(&h)) && !self.is_plural(token)
        });
        let found = hanging.or(next.filter(|n| n.tokens.start == end || n.title == Some(end))).or(after)?;
        // "Ministers and Mr X" names no ministers.
        (!self.is_plural(token) || found.tokens.start == token + 1).then_some(found.person)
    }

    pub fn role_with_name(&mut self, person: usize, token: TokenId, phrase: Range<TokenId>) -> (Mention, Fact) {
        self.describe_by_phrase(person, token, phrase.clone());
        self.as_of_state(person, token);
        let after = self.names.iter().find(|n| n.person == person && n.tokens.start >= token).map(|n| n.tokens.end);
        let near = after.filter(|a| *a <= phrase.end + 6).unwrap_or(phrase.end);
        let mut mention = self.person_mention(person, token, phrase.start..near.max(phrase.end));
        mention.reason = format!("role beside the name {}", self.roster.people[person].name);
        let gender = self.roster.people[person].gender;
        (mention, Fact { class: Some(Class::Role), person: Some(person), plural: false, gender })
    }

    pub fn role(&mut self, token: TokenId, phrase: Range<TokenId>, mut parties: Vec<String>) -> (Mention, Class) {
        let words = self
            .role_words(phrase.start..token + 1)
            .unwrap_or_else(|| self.without_determiner(phrase.start..token + 1));
        // The office without its possessor: the envoy of "the president's envoy" is no president.
        let owner = (phrase.start..token).rev().find(|t| matches!(self.words(*t..*t + 1), "'s" | "’s" | "'" | "’"));
        let whole = self.without_determiner(owner.map_or(phrase.start, |o| o + 1)..phrase.end);
        let plural = self.is_plural(token);
        let mut found = None;
        let indefinite = matches!(
            self.words(phrase.start..phrase.start + 1).to_lowercase().as_str(),
            "a" | "an" | "another" | "one"
        );
        if !plural && !indefinite {
            found = self.holder(token, &whole, &parties);
        }
        let rank = rank_of(&whole);
        // A deputy is of the same town.
        let local = matches!(&*self.document.tokens[token].lemma, "mayor" | "governor");
        if found.is_none() && parties.is_empty() && local {
            parties = self.party_of_town(token);
        }
        if found.is_none()
            && parties.is_empty()
            && !plural
            && self.is_definite(&phrase)
            && rank.is_some_and(Rank::is_of_state)
        {
            parties = self.state_side(token);
        }
        let organisation =
            (phrase.start..phrase.end).filter(|t| *t != token).find_map(|t| self.body_text(t, phrase.start));
        let mut mention = match found {
            Some((person, why)) => {
                let mut m = self.person_mention(person, token, phrase.clone());
                m.reason = why;
                m
            }
            None => self.plain(phrase.clone(), token, MentionKind::Person, "role told without a name".to_owned()),
        };
        if mention.entities.is_empty() && !plural && !indefinite && mention.parties.is_empty() && parties.is_empty() {
            // "The spokesman" of nobody named: of whoever such a spokesman was before.
            let before = self.same_head_before(token, MentionKind::Person);
            if let Some(m) = before {
                parties.clone_from(&self.mentions[m].parties);
                mention.organisation = mention.organisation.or(self.mentions[m].organisation.clone());
                mention.name = self.mentions[m].name.clone();
                mention.entities = self.mentions[m].entities.clone();
                mention.reason = format!("as «{}» before", self.mentions[m].span.of(self.text));
            }
        }
        if mention.entities.is_empty() && !plural && self.is_definite(&phrase) {
            self.as_speaker_before(&mut mention, token);
        }
        if mention.entities.is_empty() && self.known_holder(&mut mention, token, &whole, &parties) {
            mention.role = Some(words.clone());
        }
        if mention.parties.is_empty() {
            mention.parties = parties;
        }
        mention.role = Some(words);
        mention.organisation = organisation.or(mention.organisation);
        (mention, Class::Role)
    }

    pub fn person_of_entity(&mut self, entity: usize) -> Option<usize> {
        (0..self.roster.people.len()).find(|p| self.roster.person_entity(self.knowledge, *p) == entity)
    }

    /// Somebody named in the document who holds the office that a description tells.
    pub fn holder(&mut self, token: TokenId, words: &str, parties: &[String]) -> Option<(usize, String)> {
        let rank = rank_of(words)?;
        let fits = |r: &Self, person: usize| {
            let p = &r.roster.people[person];
            let printed = p.roles.iter().any(|r| rank_of(r) == Some(rank));
            let office = p.item.and_then(|i| r.knowledge.items[i].office_on(r.day.as_deref()).1);
            let known = office.and_then(|o| o.role.as_deref()).and_then(rank_of) == Some(rank);
            let party = parties.is_empty() || p.party.as_ref().is_some_and(|p| parties.contains(p));
            party && (printed || known)
        };
        let told = self.recent().filter(|m| self.mentions[*m].head < token).find_map(|m| {
            let person = self.facts[m].person?;
            fits(self, person).then_some(person)
        });
        // One who is introduced further on, if nobody else in the report could be meant.
        let mut later = (0..self.roster.people.len()).filter(|p| fits(self, *p));
        let only = later.next().filter(|_| later.next().is_none());
        let person = told.or(only)?;
        let why = format!("{} named in the report", self.roster.people[person].name);
        Some((person, why))
    }

    /// Somebody not named in the document who held the office on the day, by what is known.
    pub fn known_holder(&mut self, mention: &mut Mention, token: TokenId, words: &str, parties: &[String]) -> bool {
        let (Some(rank), Some(day), [party]) = (rank_of(words), self.day.clone(), parties) else { return false };
        if rank == Rank::Spokesperson || self.is_plural(token) {
            return false;
        }
        let holds = |i: &&Item| {
            let (of, office) = i.office_on(Some(&day));
            i.kind == EntityKind::Person
                && of == Some(party.as_str())
                && office.is_some_and(|o| o.from.is_some() && o.role.as_deref().and_then(rank_of) == Some(rank))
        };
        let mut found = self.knowledge.items.iter().filter(holds);
        let (Some(one), None) = (found.next(), found.next()) else { return false };
        mention.entities = vec![self.roster.known(one)];
        mention.parties = vec![party.clone()];
        mention.reason = format!("{} held the office on {day}, by what is known", one.name);
        true
    }

    /// The party of the place that a local office is of: the place named last before it, or in its sentence.
    pub fn party_of_town(&self, token: TokenId) -> Vec<String> {
        let place = self.latest(
            token,
            |f| matches!(f.class, Some(Class::Place(_))),
            |m| m.kind == MentionKind::Place && !m.parties.is_empty(),
        );
        place.map(|m| self.mentions[m].parties.clone()).unwrap_or_default()
    }

    pub fn body_text(&self, token: TokenId, start: TokenId) -> Option<String> {
        if !matches!(self.class(token), Some(Class::Organisation | Class::Force)) {
            return None;
        }
        let own = noun_phrase(self.document, token);
        let adjectives = (start..own.start).all(|t| self.document.tokens[t].upos == Upos::Adj || self.hit(t).is_some());
        let from = if own.start > start && adjectives { start } else { own.start };
        Some(self.without_determiner(from..own.end.max(token + 1)))
    }
}
