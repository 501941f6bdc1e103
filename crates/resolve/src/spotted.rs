//! What do names refer to that only the language layer sees: places of the gazetteer, organisations of one report?

use std::ops::Range;

use evidence::deprel::Upos;
use evidence::document::{NameKind, TokenId};
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::alias::Form;
use crate::knowledge::item_id;
use crate::nouns::{Class, Ground};
use crate::phrase::noun_phrase;
use crate::places::locate;
use crate::reader::{Fact, Reader};

impl Reader<'_> {
    /// A name that only the language layer knows: a place of the gazetteer, or an organisation.
    pub fn unknown_name(&mut self, token: TokenId, kind: NameKind) -> Option<(Mention, Fact)> {
        let (name_tokens, _) = self.proper_name(token)?;
        let phrase = noun_phrase(self.document, token);
        let tokens = phrase.start.min(name_tokens.start)..phrase.end.max(name_tokens.end);
        let tokens = self.without_clitic(tokens);
        let name_tokens = self.with_hyphens(self.without_article(self.without_clitic(name_tokens)));
        if name_tokens.len() == 1 && self.document.tokens[name_tokens.start].upos != Upos::Propn {
            return None;
        }
        let comma = name_tokens.clone().find(|t| self.words(*t..*t + 1) == ",");
        let name_tokens = name_tokens.start
            ..comma.filter(|_| kind == NameKind::Place).unwrap_or(name_tokens.end).max(name_tokens.start + 1);
        let tokens = if comma.is_some() && kind == NameKind::Place { name_tokens.clone() } else { tokens };
        let name = self.words(name_tokens.clone()).to_owned();
        if !name.chars().any(char::is_uppercase) {
            return None;
        }
        let known_inside = name_tokens.clone().any(|t| self.hit(t).is_some());
        if kind == NameKind::Place && known_inside && matches!(self.class(token), Some(Class::Place(_))) {
            // "Tamm station": a description of a known place.
            return self.described(token);
        }
        if kind == NameKind::Place {
            if name.chars().filter(|c| c.is_alphabetic()).count() < 3 {
                return None;
            }
            let entity = self.place_entity(&name, token);
            let country = self.roster.entities[entity].country.clone();
            let mut mention = self.plain(tokens, token, MentionKind::Place, format!("place {name}"));
            mention.entities = vec![entity];
            let party = self.holder_of_place(token).or_else(|| self.party_of_ground(country.as_deref(), token));
            mention.parties = party.into_iter().collect();
            let ground = match self.class(token) {
                Some(Class::Place(ground)) => ground,
                _ => Ground::Settlement,
            };
            return Some((mention, Fact { class: Some(Class::Place(ground)), ..Fact::default() }));
        }
        let own: Vec<TokenId> = self.document.children(token).to_vec();
        let parties = self.parties_of_body(token, &own, &name_tokens);
        let state_body = parties.len() == 1 && self.knowledge.nouns.is_office(&self.document.tokens[token].lemma);
        let entity = if state_body {
            self.body_entity(&parties[0], &name)
        } else {
            self.roster.entity(item_id(EntityKind::Organisation, &name), EntityKind::Organisation, &name)
        };
        let known = self.roster.entities[entity]
            .party
            .take()
            .or_else(|| parties.first().cloned().filter(|_| parties.len() == 1));
        self.roster.entities[entity].party = known;
        let (kind, class) = match self.class(token) {
            Some(Class::Force) => (MentionKind::Force, Class::Force),
            _ => (MentionKind::Organisation, Class::Organisation),
        };
        let mut mention = self.plain(tokens, token, kind, "named in the report".to_owned());
        mention.entities = vec![entity];
        mention.parties = parties;
        mention.organisation = Some(name);
        let plural = self.is_plural(token) && class == Class::Force;
        Some((mention, Fact { class: Some(class), plural, ..Fact::default() }))
    }

    /// Whose body a name tells: a ministry is of whoever stands beside it; of other names only a demonym at their head.
    pub fn parties_of_body(&mut self, token: TokenId, own: &[TokenId], name: &Range<TokenId>) -> Vec<String> {
        if matches!(self.class(token), Some(Class::Organisation | Class::Force)) {
            return self.parties_of(own);
        }
        let first = self.hit(name.start).filter(|h| h.meanings[0].form == Form::Adjective).cloned();
        first.map(|h| self.parties_of_hit(&h)).unwrap_or_default()
    }

    /// The party that holds a place by an adjective before it: "rebel-held", "“DPR”-controlled".
    pub fn holder_of_place(&self, token: TokenId) -> Option<String> {
        let held = |c: &TokenId| matches!(self.words(*c..*c + 1), "controlled" | "held" | "run" | "occupied");
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        let adjective = (first.max(token.saturating_sub(3))..token).find(held)?;
        // Between the holder and the adjective stand only marks: a hyphen, closing quotation marks.
        let mark = |t: &TokenId| self.document.tokens[*t].upos == Upos::Punct;
        let holder = (first..adjective).rev().find(|t| !mark(t)).filter(|t| *t + 1 < adjective)?;
        self.parties_of_hit(self.hit(holder)?).into_iter().next()
    }

    /// The entity of a place name, looked up in the gazetteer.
    pub fn place_entity(&mut self, name: &str, token: TokenId) -> usize {
        let conflict = self.conflict_at(token).map(|c| self.knowledge.conflicts[c].countries.as_slice());
        let bare = name.trim_start_matches(|c: char| !c.is_alphabetic());
        let located = locate(self.knowledge, bare, conflict.unwrap_or(&[]), &self.countries);
        let shown = located.as_ref().map_or(bare, |l| l.name.as_str());
        let entity = self.roster.entity(item_id(EntityKind::Place, shown), EntityKind::Place, shown);
        self.roster.add_alias(entity, bare);
        let e = &mut self.roster.entities[entity];
        match located {
            Some(l) if e.lat.is_none() => (e.country, e.lat, e.lon) = (Some(l.country), Some(l.lat), Some(l.lon)),
            None if e.lat.is_none() && !self.unknown.iter().any(|u| u == bare) => self.unknown.push(bare.to_owned()),
            _ => {}
        }
        entity
    }

    pub fn without_clitic(&self, mut tokens: Range<TokenId>) -> Range<TokenId> {
        while tokens.len() > 1 && matches!(self.words(tokens.end - 1..tokens.end), "'s" | "’s" | "'" | "’" | "," | ".")
        {
            tokens.end -= 1;
        }
        tokens
    }

    /// A name that goes on after a hyphen, of which the language layer saw the beginning only.
    pub fn with_hyphens(&self, mut tokens: Range<TokenId>) -> Range<TokenId> {
        let at = |t: TokenId| self.document.tokens.get(t).map(|t| t.span);
        while let (Some(last), Some(hyphen), Some(next)) = (at(tokens.end - 1), at(tokens.end), at(tokens.end + 1)) {
            let tight = last.end() == hyphen.start() && hyphen.end() == next.start() && hyphen.of(self.text) == "-";
            if !tight || !next.of(self.text).starts_with(char::is_uppercase) {
                break;
            }
            tokens.end += 2;
        }
        tokens
    }

    pub fn without_article(&self, mut tokens: Range<TokenId>) -> Range<TokenId> {
        while tokens.len() > 1 && self.document.tokens[tokens.start].upos == Upos::Det {
            tokens.start += 1;
        }
        tokens
    }
}
