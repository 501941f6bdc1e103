//! Who are the people that are named, and what are they by the words around the name?

use std::ops::Range;

use evidence::Mention;
use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;

use crate::nouns::Class;
use crate::people::gender_of_role;
use crate::phrase::noun_phrase;
use crate::reader::{Fact, Reader};

impl Reader<'_> {
    /// The person of a name, with what stands around the name: role, body, party.
    pub fn named_person(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let name = self.person_name(token)?.clone();
        let phrase = noun_phrase(self.document, token);
        let start = phrase.start.min(name.title.unwrap_or(name.tokens.start)).min(name.tokens.start);
        let start = self.with_office(self.skip_other_sentence(start, token), token);
        self.describe_person(name.person, token, start..name.title.unwrap_or(name.tokens.start));
        self.apposed_roles(name.person, token, name.tokens.end);
        self.served(name.person, token);
        self.as_of_state(name.person, token);
        let mut mention = self.person_mention(name.person, token, start..name.tokens.end.max(token + 1));
        mention.reason = self.person_reason(name.person);
        let gender = self.roster.people[name.person].gender;
        Some((mention, Fact { class: Some(Class::Role), person: Some(name.person), plural: false, gender }))
    }

    /// "Secretary of State X", where the parse takes "State X" for a phrase of its own.
    pub fn with_office(&self, start: TokenId, token: TokenId) -> TokenId {
        let first = self.skip_other_sentence(0, token);
        let capital = |t: TokenId| self.words(t..t + 1).starts_with(char::is_uppercase);
        // The last word of the office stands before the phrase, or begins it.
        for of in [start.checked_sub(1), start.checked_sub(2)].into_iter().flatten().filter(|of| *of > first) {
            let role =
                self.words(of..of + 1) == "of" && self.class(of - 1) == Some(Class::Role) && !self.is_plural(of - 1);
            if role && capital(of + 1) && self.person_name(of + 1).is_none() {
                return noun_phrase(self.document, of - 1).start.max(first);
            }
        }
        start
    }

    pub fn skip_other_sentence(&self, start: TokenId, token: TokenId) -> TokenId {
        start.max(self.document.sentences[self.document.sentence_of(token)].tokens.start)
    }

    /// A mention of somebody on the roster.
    pub fn person_mention(&mut self, person: usize, head: TokenId, tokens: Range<TokenId>) -> Mention {
        let entity = self.roster.person_entity(self.knowledge, person);
        let p = &self.roster.people[person];
        Mention {
            span: self.span(tokens),
            head,
            kind: MentionKind::Person,
            entities: vec![entity],
            parties: p.party.iter().cloned().collect(),
            name: Some(p.name.clone()),
            role: p.roles.first().cloned(),
            organisation: p.organisation.clone(),
            reason: String::new(),
        }
    }

    pub fn person_reason(&self, person: usize) -> String {
        let p = &self.roster.people[person];
        match (&p.item, &p.party) {
            (Some(i), _) => format!("known as {}", self.knowledge.items[*i].name),
            (None, Some(party)) => format!("named in the report; {party} by the words around the name"),
            (None, None) => "named in the report".to_owned(),
        }
    }

    /// Reads role, body and party off the words before a name ("Veldanian interior ministry spokesman").
    pub fn describe_person(&mut self, person: usize, head: TokenId, before: Range<TokenId>) {
        if before.is_empty() {
            return;
        }
        let own: Vec<TokenId> = self.document.children(head).iter().copied().filter(|c| before.contains(c)).collect();
        let mut parties = self.parties_of(&own);
        if parties.is_empty() {
            let told = before
                .clone()
                .filter(|t| self.hit(*t).is_some() && !self.is_turned(*t))
                .find_map(|t| self.hit(t).cloned());
            parties = told.map(|h| self.parties_of_hit(&h)).unwrap_or_default();
        }
        let role = self.role_words(before.clone());
        let body = before.clone().find_map(|t| self.body_at(t, before.start));
        self.note_person(person, role, body, parties);
    }

    /// Reads role, body and party off an apposition after a name ("X, the province's chief judge").
    pub fn apposed_roles(&mut self, person: usize, token: TokenId, after: TokenId) {
        let apposed = |d: Deprel| matches!(d, Deprel::Appos | Deprel::NmodDesc | Deprel::List);
        let children: Vec<TokenId> = self
            .document
            .children(token)
            .iter()
            .copied()
            .filter(|c| *c >= after && apposed(self.document.tokens[*c].deprel))
            .collect();
        for child in children {
            if !matches!(self.class(child), Some(Class::Role | Class::People)) || self.person_name(child).is_some() {
                continue;
            }
            let phrase = noun_phrase(self.document, child);
            self.describe_by_phrase(person, child, phrase);
        }
    }

    /// Reads role, body and party off the noun phrase of a role noun that stands beside a name.
    pub fn describe_by_phrase(&mut self, person: usize, head: TokenId, phrase: Range<TokenId>) {
        let own: Vec<TokenId> = self.document.children(head).iter().copied().filter(|c| phrase.contains(c)).collect();
        let parties = self.parties_of(&own);
        let body = phrase.clone().filter(|t| *t != head).find_map(|t| self.body_at(t, phrase.start));
        // "Secretary of State", but no "spokesman of the ministry": that is a body of its own.
        let office = phrase.end > head + 2 && phrase.end <= head + 4 && self.words(head + 1..head + 2) == "of";
        let plain = office && (head + 2..phrase.end).all(|t| self.hit(t).is_none() && self.person_name(t).is_none());
        let role = self.role_words(phrase.start..if plain && body.is_none() { phrase.end } else { head + 1 });
        self.note_person(person, role, body, parties);
    }

    pub fn note_person(&mut self, person: usize, role: Option<String>, body: Option<String>, parties: Vec<String>) {
        let p = &mut self.roster.people[person];
        if let Some(role) = role {
            p.gender = p.gender.or_else(|| gender_of_role(&role));
            if !p.roles.contains(&role) {
                p.roles.push(role);
            }
        }
        p.organisation = p.organisation.take().or(body);
        // What the report says of the person goes before what is known, unless it names several.
        if let [party] = &parties[..]
            && (p.item.is_none() || p.party.is_none())
        {
            p.party = Some(party.clone());
        }
    }

    /// The words of a role: from after determiner, possessor and title on; none if no role noun is among them.
    pub fn role_words(&self, tokens: Range<TokenId>) -> Option<String> {
        let role = |t: &TokenId| matches!(self.class(*t), Some(Class::Role | Class::People));
        let last = tokens.clone().rev().find(role)?;
        let mut start = tokens.start;
        for t in tokens.start..last {
            let token = &self.document.tokens[t];
            let possessive = matches!(self.words(t..t + 1), "'s" | "’s" | "'" | "’");
            if matches!(token.upos, Upos::Det | Upos::Pron | Upos::Punct) || possessive {
                start = t + 1;
            }
        }
        let end = if self.is_complement(last + 1, tokens.end) { tokens.end } else { last + 1 };
        Some(self.words(start.min(last)..end).to_owned())
    }

    /// Whether some tokens go on with a role: "for Human Rights", "of the General Staff".
    pub fn is_complement(&self, start: TokenId, end: TokenId) -> bool {
        let mark = |t: TokenId| self.document.tokens[t].upos == Upos::Punct;
        start < end && matches!(self.words(start..start + 1), "of" | "for" | "to") && !(start..end).any(mark)
    }

    /// A body named at a token: from the start of the phrase, or of its own phrase, to it.
    pub fn body_at(&self, token: TokenId, start: TokenId) -> Option<String> {
        let body = |t: TokenId| matches!(self.class(t), Some(Class::Organisation | Class::Force));
        let t = &self.document.tokens[token];
        // Of "the rebel defence ministry" the ministry is the body.
        let part = t.deprel == Deprel::Compound && t.head.is_some_and(|h| h > token && body(h));
        if !body(token) || part {
            return None;
        }
        let own = noun_phrase(self.document, token);
        let mut from = own.start.max(start);
        if own.start > start
            && (start..own.start).all(|t| self.document.tokens[t].upos == Upos::Adj || self.hit(t).is_some())
        {
            from = start;
        }
        while from < token && matches!(self.document.tokens[from].upos, Upos::Det | Upos::Punct) {
            from += 1;
        }
        Some(self.words(from..own.end.max(token + 1)).to_owned())
    }
}
