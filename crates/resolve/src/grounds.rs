//! Which place do "the region", "the city of X", "the capital" mean?

use std::ops::Range;

use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::alias::Form;
use crate::nouns::{Class, Ground};
use crate::reader::{Fact, Reader};
use crate::scene::Hit;

/// Grounds whose name follows after "of": "the city of X".
const NAMED_WITH_OF: [&str; 15] = [
    "city",
    "town",
    "village",
    "province",
    "region",
    "district",
    "governorate",
    "oblast",
    "republic",
    "enclave",
    "island",
    "port",
    "settlement",
    "municipality",
    "valley",
];

impl Reader<'_> {
    pub fn ground(
        &mut self,
        token: TokenId,
        phrase: Range<TokenId>,
        parties: Vec<String>,
        ground: Ground,
        lemma: &str,
    ) -> (Mention, Class) {
        let mut mention = self.plain(phrase.clone(), token, MentionKind::Place, "place described".to_owned());
        let (kind, fixed) = (Class::Place(ground), ground == Ground::Other);
        // "The Valley region", "the city of Tamm": the place that is named inside.
        if let Some(inner) = self.place_inside(token, &phrase) {
            mention.parties.clone_from(&self.mentions[inner].parties);
            let wider = ground == Ground::Settlement && self.facts[inner].class == Some(Class::Place(Ground::Region));
            if wider {
                // "A Darfur village" is not Darfur.
                mention.reason = format!("in {}", self.mentions[inner].span.of(self.text));
                return (mention, kind);
            }
            mention.entities.clone_from(&self.mentions[inner].entities);
            mention.reason = format!("named as {}", self.mentions[inner].span.of(self.text));
            return (mention, kind);
        }
        if lemma == "capital"
            && let Some((entity, reason)) = self.seat_meant(token, &phrase, &parties)
        {
            mention.entities = vec![entity];
            mention.parties = parties;
            mention.reason = reason;
            return (mention, kind);
        }
        if parties.is_empty() && !fixed && self.is_definite(&phrase) && !self.is_plural(token) {
            let wanted = |f: &Fact| match (f.class, ground) {
                (Some(Class::Place(g)), _) if g == ground => true,
                (Some(Class::Party), Ground::Country) => !f.plural,
                _ => false,
            };
            let country = if ground == Ground::Country { self.country_before(token) } else { None };
            if let Some(m) = country.or_else(|| self.place_before(token, wanted)) {
                mention.entities.clone_from(&self.mentions[m].entities);
                mention.parties.clone_from(&self.mentions[m].parties);
                mention.kind =
                    if ground == Ground::Country && self.acts(token) { MentionKind::Party } else { MentionKind::Place };
                mention.reason = format!("as «{}» before", self.mentions[m].span.of(self.text));
                return (mention, kind);
            }
            if ground == Ground::Region
                && let Some(entity) = self.region_of_conflict(token)
            {
                let party = self.roster.entities[entity].party.clone();
                mention.entities = vec![entity];
                mention.parties = party.into_iter().collect();
                mention.reason = "the region that the conflict is about".to_owned();
            }
        } else if !parties.is_empty() {
            mention.reason = format!("ground of {}", parties.join(", "));
            mention.parties = parties;
        }
        (mention, kind)
    }

    /// The seat that "the Sudanese capital" means, or, in a war inside one country, "the capital".
    fn seat_meant(&mut self, token: TokenId, phrase: &Range<TokenId>, parties: &[String]) -> Option<(usize, String)> {
        if let [party] = parties {
            return Some((self.capital_of(party, token)?, "capital of its state".to_owned()));
        }
        if !parties.is_empty() || !self.is_definite(phrase) {
            return None;
        }
        let conflict = self.conflict_at(token).map(|c| &self.knowledge.conflicts[c]);
        let state = conflict.filter(|c| c.territory.is_empty())?.home.clone()?;
        Some((self.capital_of(&state, token)?, format!("capital of {state}, where the conflict is")))
    }

    /// A named place inside a description: before the noun as a compound, or after "of".
    pub fn place_inside(&mut self, token: TokenId, phrase: &Range<TokenId>) -> Option<usize> {
        let children: Vec<TokenId> =
            self.document.children(token).iter().copied().filter(|c| phrase.contains(c)).collect();
        children
            .into_iter()
            .find_map(|c| {
                let t = &self.document.tokens[c];
                let of = self.document.children_by(c, Deprel::Case).any(|k| &*self.document.tokens[k].lemma == "of");
                let ground = |h: &Hit| {
                    h.meanings.iter().any(|m| {
                        let item = &self.knowledge.items[m.item];
                        item.kind == EntityKind::Place || item.ground.is_some() || m.form == Form::Capital
                    })
                };
                let no_place = self.hit(c).is_some_and(|h| !ground(h));
                if of && !NAMED_WITH_OF.contains(&&*self.document.tokens[token].lemma) || self.is_demonym(c) || no_place
                {
                    return None;
                }
                let names = matches!(t.deprel, Deprel::Compound | Deprel::Appos | Deprel::Flat | Deprel::NmodDesc)
                    || t.deprel == Deprel::Nmod && of;
                let named = names && (self.hit(c).is_some() || self.proper_name(c).is_some());
                let inner = named.then(|| self.mention(c)).flatten()?;
                let item = self.hit(c).map(|h| &self.knowledge.items[h.meanings[0].item]);
                // "A region of Azerbaijan" is no name of Azerbaijan; "the Donbas region" is one of the Donbas.
                let state = item.is_some_and(|i| i.country.is_some() && i.kind == EntityKind::Party);
                (!(of && state)).then_some(inner)
            })
            .map(|m| self.as_place(m))
    }

    pub fn is_demonym(&self, token: TokenId) -> bool {
        self.hit(token).is_some_and(|h| matches!(h.meanings[0].form, Form::Adjective | Form::People))
    }

    /// Makes a party's name that stands for its region a place ("the South Ossetia region").
    pub fn as_place(&mut self, mention: usize) -> usize {
        if self.mentions[mention].kind != MentionKind::Place {
            let head = self.mentions[mention].head;
            let place = self.hit(head).and_then(|h| {
                h.meanings.iter().find(|m| self.knowledge.items[m.item].kind == EntityKind::Place).map(|m| m.item)
            });
            if let Some(item) = place {
                let entity = self.roster.known(&self.knowledge.items[item]);
                self.mentions[mention].entities = vec![entity];
                self.mentions[mention].kind = MentionKind::Place;
            }
        }
        mention
    }

    pub fn capital_of(&mut self, party: &str, token: TokenId) -> Option<usize> {
        let item = self.knowledge.party_item(party)?;
        let capital = self.knowledge.capital(item)?.to_owned();
        Some(self.place_entity(&capital, token))
    }

    /// The one region that the profile of the conflict names first.
    pub fn region_of_conflict(&mut self, token: TokenId) -> Option<usize> {
        let conflict = self.conflict_at(token)?;
        let told = self.hits.iter().flat_map(|h| &h.meanings).find(|m| {
            let i = &self.knowledge.items[m.item];
            m.scope == Some(conflict) && i.kind == EntityKind::Place && i.ground == Some(Ground::Region)
        })?;
        Some(self.roster.known(&self.knowledge.items[told.item]))
    }
}
