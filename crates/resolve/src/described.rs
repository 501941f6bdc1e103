//! What do descriptions refer to: "the ministry", "both sides", "Armenian forces", "the region's ombudsman"?

use std::ops::Range;

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::knowledge::item_id;
use crate::nouns::{Class, Ground};
use crate::phrase::noun_phrase;
use crate::reader::{Fact, Reader};
use crate::roles::{Rank, rank_of};

/// How many mentions back a description may reach.
const REACH: usize = 300;
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
        if !self.is_plain(token, &lemma) {
            return None;
        }
        let phrase = self.with_possessor(token, phrase);
        if let Some(sides) = self.sides_meant(token, &lemma, &phrase) {
            return Some(sides);
        }
        let own: Vec<TokenId> =
            self.document.children(token).iter().copied().filter(|c| phrase.contains(c) && *c != token).collect();
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
            Class::Source => (self.plain(phrase, token, MentionKind::Source, "document".to_owned()), Class::Source),
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

    /// Whether the noun has the sense of its class here.
    fn is_plain(&self, token: TokenId, lemma: &str) -> bool {
        let modifying = |c: &&TokenId| {
            matches!(
                self.document.tokens[**c].deprel,
                Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Nummod | Deprel::Nmod
            )
        };
        let words = self
            .document
            .children(token)
            .iter()
            .filter(modifying)
            .map(|c| self.document.tokens[*c].lemma.to_lowercase());
        self.knowledge.nouns.is_plain(lemma, words)
    }

    /// The phrase with a possessor that stands right before it, where the parse hangs it elsewhere.
    fn with_possessor(&self, token: TokenId, phrase: Range<TokenId>) -> Range<TokenId> {
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        if phrase.start < first + 2 || !matches!(self.words(phrase.start - 1..phrase.start), "'s" | "’s") {
            return phrase;
        }
        let owner = phrase.start - 2;
        let start = self.hit(owner).map(|h| h.tokens.start).or(self.proper_name(owner).map(|n| n.0.start));
        start.unwrap_or(phrase.start)..phrase.end
    }

    /// Parties of a known name at the start of the phrase, or right before it, that the parse hangs elsewhere.
    fn told_just_before(&mut self, token: TokenId, start: TokenId) -> Vec<String> {
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        let near = (start.saturating_sub(1).max(first)..token).rev().find(|t| self.hit(*t).is_some());
        let Some(hit) = near.and_then(|t| self.hit(t)).cloned() else { return Vec::new() };
        let owner = self.words(hit.tokens.end..hit.tokens.end + 1);
        let adjective = matches!(hit.meanings[0].form, crate::alias::Form::Adjective);
        let near = hit.tokens.start >= start || hit.tokens.end == start;
        let telling = near && (adjective || matches!(owner, "'s" | "’s"));
        if telling && !self.is_turned(hit.tokens.start) { self.parties_of_hit(&hit) } else { Vec::new() }
    }

    fn person_of_entity(&mut self, entity: usize) -> Option<usize> {
        (0..self.roster.people.len()).find(|p| self.roster.person_entity(self.knowledge, *p) == entity)
    }

    /// A word inside a longer phrase that names no one by itself: the "defence" of "defence ministry", the role before
    /// a name that has a mention of its own.
    fn is_part_of_name(&self, token: TokenId) -> bool {
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

    /// The person's name that belongs to a role noun: hanging on it to the right, or right after its phrase.
    fn person_beside(&self, token: TokenId, end: TokenId, class: Class) -> Option<usize> {
        if !matches!(class, Class::Role | Class::People) {
            return None;
        }
        let naming =
            |d: Deprel| matches!(d, Deprel::Appos | Deprel::Flat | Deprel::NmodDesc | Deprel::Compound | Deprel::Dep);
        let of_child = |c: &TokenId| naming(self.document.tokens[*c].deprel).then(|| self.person_name(*c)).flatten();
        let hanging = self.document.children(token).iter().filter(|c| **c > token).find_map(of_child);
        let sentence = &self.document.sentences[self.document.sentence_of(token)].tokens;
        let next = (end < sentence.end && !self.is_plural(token)).then(|| self.person_name(end)).flatten();
        // "The head of Ukraine's railways, X": the parse may hang the name on a noun inside the phrase.
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

    fn role_with_name(&mut self, person: usize, token: TokenId, phrase: Range<TokenId>) -> (Mention, Fact) {
        self.describe_by_phrase(person, token, phrase.clone());
        let after = self.names.iter().find(|n| n.person == person && n.tokens.start >= token).map(|n| n.tokens.end);
        let near = after.filter(|a| *a <= phrase.end + 6).unwrap_or(phrase.end);
        let mut mention = self.person_mention(person, token, phrase.start..near.max(phrase.end));
        mention.reason = format!("role beside the name {}", self.roster.people[person].name);
        let gender = self.roster.people[person].gender;
        (mention, Fact { class: Some(Class::Role), person: Some(person), plural: false, gender })
    }

    /// "Both sides", "the warring parties", "the two countries", "the rivals": the sides of the conflict here.
    fn sides_meant(&mut self, token: TokenId, lemma: &str, phrase: &Range<TokenId>) -> Option<(Mention, Fact)> {
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
        if !(each || plural && (telling || bare)) {
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

    fn force(&mut self, token: TokenId, phrase: Range<TokenId>, parties: Vec<String>, lemma: &str) -> (Mention, Class) {
        let mut mention = self.plain(phrase.clone(), token, MentionKind::Force, "force of no side told".to_owned());
        if parties.is_empty() {
            if self.has_modifier(&phrase, token, "enemy") || lemma == "enemy" {
                self.as_enemy(&mut mention, token);
            } else {
                self.as_before(&mut mention, token, &phrase, |f| f.class == Some(Class::Force));
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

    fn body(&mut self, token: TokenId, phrase: Range<TokenId>, parties: Vec<String>, lemma: &str) -> (Mention, Class) {
        let mut mention =
            self.plain(phrase.clone(), token, MentionKind::Organisation, "body of no side told".to_owned());
        let named = self.without_determiner(phrase.clone());
        if parties.is_empty() && lemma == "police" {
            mention.parties = self.party_of_town(token);
            mention.reason = "police of the place named before".to_owned();
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
        let words: Vec<&str> =
            named.split(' ').filter(|w| self.knowledge.party_of_words(w.trim_end_matches("'s")).is_none()).collect();
        let plain = words.join(" ").to_lowercase().replace("defence", "defense");
        let plain = plain.trim_start_matches("'s ").trim_start_matches("’s ");
        let id = item_id(EntityKind::Organisation, &format!("{party} {plain}"));
        let entity = self.roster.entity(id, EntityKind::Organisation, named);
        self.roster.entities[entity].party = Some(party.to_owned());
        self.roster.add_alias(entity, named);
        entity
    }

    fn role(&mut self, token: TokenId, phrase: Range<TokenId>, mut parties: Vec<String>) -> (Mention, Class) {
        let words = self
            .role_words(phrase.start..token + 1)
            .unwrap_or_else(|| self.without_determiner(phrase.start..token + 1));
        let whole = self.without_determiner(phrase.clone());
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
        if found.is_none() && parties.is_empty() && matches!(rank, Some(Rank::Mayor | Rank::Governor)) {
            parties = self.party_of_town(token);
        }
        let of_state =
            [Rank::President, Rank::PrimeMinister, Rank::ForeignMinister, Rank::DefenceMinister, Rank::ChiefOfStaff];
        if found.is_none()
            && parties.is_empty()
            && !plural
            && self.is_definite(&phrase)
            && rank.is_some_and(|r| of_state.contains(&r))
        {
            parties = self.home_side(token);
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

    /// The party of the place that a local office is of: the place named last before it, or in its sentence.
    fn party_of_town(&self, token: TokenId) -> Vec<String> {
        let place = self.latest(
            token,
            |f| matches!(f.class, Some(Class::Place(_))),
            |m| m.kind == MentionKind::Place && !m.parties.is_empty(),
        );
        place.map(|m| self.mentions[m].parties.clone()).unwrap_or_default()
    }

    /// The state where the war is, if it is a side of it: "the prime minister" is its own.
    fn home_side(&self, token: TokenId) -> Vec<String> {
        let conflict = self.conflict_at(token).map(|c| &self.knowledge.conflicts[c]);
        let home = conflict.and_then(|c| Some((c, c.home.as_ref()?)));
        let one_country = |c: &crate::knowledge::Conflict| {
            let state =
                |s: &&String| self.knowledge.party_item(s).is_some_and(|i| self.knowledge.items[i].country.is_some());
            c.sides.iter().filter(state).count() == 1
        };
        home.filter(|(c, h)| c.sides.contains(h) && one_country(c)).map(|(_, h)| vec![h.clone()]).unwrap_or_default()
    }

    /// Somebody named in the document who holds the office that a description tells.
    fn holder(&mut self, token: TokenId, words: &str, parties: &[String]) -> Option<(usize, String)> {
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
    fn known_holder(&mut self, mention: &mut Mention, token: TokenId, words: &str, parties: &[String]) -> bool {
        let (Some(rank), Some(day), [party]) = (rank_of(words), self.day.clone(), parties) else { return false };
        if rank == Rank::Spokesperson || self.is_plural(token) {
            return false;
        }
        let holds = |i: &&crate::knowledge::Item| {
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

    fn party(
        &mut self,
        token: TokenId,
        phrase: Range<TokenId>,
        mut parties: Vec<String>,
        lemma: &str,
    ) -> Option<(Mention, Class)> {
        let mut mention = self.plain(phrase.clone(), token, MentionKind::Party, String::new());
        let ground = self.knowledge.nouns.ground(lemma);
        if matches!(
            lemma,
            "ally" | "rival" | "foe" | "neighbour" | "neighbor" | "opponent" | "adversary" | "archfoe" | "archrival"
        ) {
            // "Azerbaijan's ally Turkey" is no Azerbaijan.
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

    fn people(&mut self, token: TokenId, phrase: Range<TokenId>, parties: Vec<String>) -> (Mention, Class) {
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

    fn ground(
        &mut self,
        token: TokenId,
        phrase: Range<TokenId>,
        parties: Vec<String>,
        ground: Ground,
        lemma: &str,
    ) -> (Mention, Class) {
        let mut mention = self.plain(phrase.clone(), token, MentionKind::Place, "place described".to_owned());
        let (kind, fixed) = (Class::Place(ground), ground == Ground::Other);
        // "The Nagorno-Karabakh region", "the city of Ganja": the place that is named inside.
        if let Some(inner) = self.place_inside(token, &phrase) {
            mention.parties.clone_from(&self.mentions[inner].parties);
            let wider = ground == Ground::Settlement && self.facts[inner].class == Some(Class::Place(Ground::Region));
            if wider {
                // "A Tigray town" is not Tigray.
                mention.reason = format!("in {}", self.mentions[inner].span.of(self.text));
                return (mention, kind);
            }
            mention.entities.clone_from(&self.mentions[inner].entities);
            mention.reason = format!("named as {}", self.mentions[inner].span.of(self.text));
            return (mention, kind);
        }
        if lemma == "capital"
            && let [party] = &parties[..]
        {
            let entity = self.capital_of(&party.clone(), token);
            mention.entities = entity.into_iter().collect();
            mention.parties = parties;
            mention.reason = "capital of its state".to_owned();
            return (mention, kind);
        }
        if lemma == "capital" && parties.is_empty() && self.is_definite(&phrase) {
            let home = self.conflict_at(token).map(|c| &self.knowledge.conflicts[c]);
            let state = home.filter(|c| c.territory.is_empty()).and_then(|c| c.home.clone());
            let seat = state.and_then(|s| Some((self.capital_of(&s, token)?, s)));
            if let Some((entity, state)) = seat {
                mention.entities = vec![entity];
                mention.reason = format!("capital of {state}, where the conflict is");
                return (mention, kind);
            }
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

    /// The place that "the city" means: named lately, or often.
    fn place_before(&self, token: TokenId, wanted: impl Fn(&Fact) -> bool) -> Option<usize> {
        let here = self.document.sentence_of(token);
        let fits = |m: &usize| {
            let mention = &self.mentions[*m];
            let named = self.document.tokens[mention.head].upos != Upos::Pron && !self.is_demonym(mention.head);
            mention.head < token && named && !mention.entities.is_empty() && wanted(&self.facts[*m])
        };
        let times = |m: usize| {
            self.recent().filter(|o| self.mentions[*o].entities == self.mentions[m].entities).count().min(4) as i64
        };
        let score = |m: usize| 2 * times(m) - 2 * (here - self.document.sentence_of(self.mentions[m].head)) as i64;
        self.recent().filter(fits).max_by_key(|m| (score(*m), self.mentions[*m].head))
    }

    /// A named place inside a description: before the noun as a compound, or after "of".
    fn place_inside(&mut self, token: TokenId, phrase: &Range<TokenId>) -> Option<usize> {
        let children: Vec<TokenId> =
            self.document.children(token).iter().copied().filter(|c| phrase.contains(c)).collect();
        children
            .into_iter()
            .find_map(|c| {
                let t = &self.document.tokens[c];
                let of = self.document.children_by(c, Deprel::Case).any(|k| &*self.document.tokens[k].lemma == "of");
                let ground = |h: &crate::scene::Hit| {
                    h.meanings.iter().any(|m| {
                        let item = &self.knowledge.items[m.item];
                        item.kind == EntityKind::Place || item.ground.is_some() || m.form == crate::alias::Form::Capital
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
                // "A region of Azerbaijan" is no name of Azerbaijan; "the Tigray region" is one of Tigray.
                let state = item.is_some_and(|i| i.country.is_some() && i.kind == EntityKind::Party);
                (!(of && state)).then_some(inner)
            })
            .map(|m| self.as_place(m))
    }

    fn is_demonym(&self, token: TokenId) -> bool {
        self.hit(token)
            .is_some_and(|h| matches!(h.meanings[0].form, crate::alias::Form::Adjective | crate::alias::Form::People))
    }

    /// Makes a party's name that stands for its region a place ("the Nagorno-Karabakh region").
    fn as_place(&mut self, mention: usize) -> usize {
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

    fn capital_of(&mut self, party: &str, token: TokenId) -> Option<usize> {
        let item = self.knowledge.party_item(party)?;
        let capital = self.knowledge.capital(item)?.to_owned();
        Some(self.place_entity(&capital, token))
    }

    /// The one region that the profile of the conflict names first.
    fn region_of_conflict(&mut self, token: TokenId) -> Option<usize> {
        let conflict = self.conflict_at(token)?;
        let told = self.hits.iter().flat_map(|h| &h.meanings).find(|m| {
            let i = &self.knowledge.items[m.item];
            m.scope == Some(conflict) && i.kind == EntityKind::Place && i.ground == Some(Ground::Region)
        })?;
        Some(self.roster.known(&self.knowledge.items[told.item]))
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
    fn last_speaker(&self, token: TokenId) -> Option<usize> {
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

    /// Takes over what the latest mention with the same head noun refers to, if the phrase says "the".
    fn as_before(
        &self,
        mention: &mut Mention,
        token: TokenId,
        phrase: &Range<TokenId>,
        wanted: impl Fn(&Fact) -> bool,
    ) {
        if !self.is_definite(phrase) {
            return;
        }
        let lemma = &self.document.tokens[token].lemma;
        let words = self.content_words(phrase, token);
        let vague = matches!(
            &**lemma,
            "group" | "movement" | "organisation" | "organization" | "militia" | "force" | "militant"
        );
        let same = |m: &Mention| {
            let named = self.hit(m.head).is_some() || self.proper_name(m.head).is_some();
            let other = &self.document.tokens[m.head].lemma;
            let head = other.eq_ignore_ascii_case(lemma) || vague && named;
            let whole = m.span.of(self.text).to_lowercase().replace("defence", "defense");
            !m.parties.is_empty() && head && words.iter().all(|w| whole.contains(w.as_str()))
        };
        let group =
            |f: &Fact| wanted(f) || vague && matches!(f.class, Some(Class::Force | Class::Organisation | Class::Party));
        if let Some(m) = self.latest(token, group, same) {
            let m = &self.mentions[m];
            mention.entities.clone_from(&m.entities);
            mention.parties.clone_from(&m.parties);
            mention.reason = format!("as «{}» before", m.span.of(self.text));
        }
    }

    fn same_head_before(&self, token: TokenId, kind: MentionKind) -> Option<usize> {
        let lemma = &self.document.tokens[token].lemma;
        self.latest(
            token,
            |_| true,
            |m| {
                m.kind == kind
                    && !m.parties.is_empty()
                    && (self.document.tokens[m.head].lemma.eq_ignore_ascii_case(lemma)
                        || m.role
                            .as_deref()
                            .is_some_and(|r| r.rsplit(' ').next().is_some_and(|w| w.eq_ignore_ascii_case(lemma))))
            },
        )
    }

    /// The latest mentions, the last first: as many as a description or pronoun may reach back over.
    pub fn recent(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.mentions.len()).rev().take(REACH)
    }

    /// The latest mention before a token that fits.
    pub fn latest(
        &self,
        token: TokenId,
        fact: impl Fn(&Fact) -> bool,
        fits: impl Fn(&Mention) -> bool,
    ) -> Option<usize> {
        let named = |m: &usize| self.document.tokens[self.mentions[*m].head].upos != Upos::Pron;
        self.recent()
            .filter(named)
            .filter(|m| self.mentions[*m].head < token && fact(&self.facts[*m]) && fits(&self.mentions[*m]))
            .max_by_key(|m| self.mentions[*m].head)
    }

    fn has_modifier(&self, phrase: &Range<TokenId>, token: TokenId, word: &str) -> bool {
        (phrase.start..token).any(|t| self.words(t..t + 1).eq_ignore_ascii_case(word))
    }

    /// Whether the phrase begins with "the", "this" or "that".
    pub fn is_definite(&self, phrase: &Range<TokenId>) -> bool {
        let first = self.words(phrase.start..phrase.start + 1);
        ["the", "this", "that", "these", "those"].iter().any(|d| first.eq_ignore_ascii_case(d))
    }

    /// Whether the token stands as one who does something.
    fn acts(&self, token: TokenId) -> bool {
        let d = self.document.tokens[token].deprel;
        d == Deprel::Nsubj || d == Deprel::OblAgent || d == Deprel::NmodPoss
    }

    /// The words of a phrase without determiner and possessive pronoun.
    pub fn without_determiner(&self, mut phrase: Range<TokenId>) -> String {
        while phrase.len() > 1 && matches!(self.document.tokens[phrase.start].upos, Upos::Det | Upos::Pron) {
            phrase.start += 1;
        }
        self.words(phrase).to_owned()
    }

    /// Lower-case words that tell one body from another: "foreign" of "the foreign ministry".
    fn content_words(&self, phrase: &Range<TokenId>, token: TokenId) -> Vec<String> {
        let content = |t: &TokenId| {
            matches!(self.document.tokens[*t].upos, Upos::Noun | Upos::Propn | Upos::Adj)
                && !matches!(self.words(*t..*t + 1), "same" | "own" | "new")
        };
        let words = (phrase.start..token)
            .filter(content)
            .map(|t| self.words(t..t + 1).to_lowercase().replace("defence", "defense"));
        words.collect()
    }

    fn body_text(&self, token: TokenId, start: TokenId) -> Option<String> {
        if !matches!(self.class(token), Some(Class::Organisation | Class::Force)) {
            return None;
        }
        let own = noun_phrase(self.document, token);
        let adjectives = (start..own.start).all(|t| self.document.tokens[t].upos == Upos::Adj || self.hit(t).is_some());
        let from = if own.start > start && adjectives { start } else { own.start };
        Some(self.without_determiner(from..own.end.max(token + 1)))
    }
}
