//! What do proper names refer to, and who are the people that are named?

use evidence::deprel::{Deprel, Upos};
use evidence::document::{NameKind, TokenId};
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::alias::Form;
use crate::knowledge::item_id;
use crate::nouns::{Class, Ground};
use crate::people::gender_of_role;
use crate::phrase::noun_phrase;
use crate::places::locate;
use crate::reader::{Fact, Reader};
use crate::scene::{Hit, Meaning};

/// Verbs whose object is addressed, so that a seat there is its government: "accused Baku".
const ADDRESSING: [&str; 13] = [
    "accuse",
    "ask",
    "blame",
    "condemn",
    "criticise",
    "criticize",
    "inform",
    "notify",
    "press",
    "pressure",
    "tell",
    "urge",
    "warn",
];
/// Words after a hyphen that make a name before it an actor: "Moscow-brokered".
const DONE_BY: [&str; 10] =
    ["allied", "backed", "brokered", "controlled", "held", "led", "mediated", "sponsored", "supported", "appointed"];

impl Reader<'_> {
    /// The person of a name, with what stands around the name: role, body, party.
    pub fn named_person(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let name = self.person_name(token)?.clone();
        let phrase = noun_phrase(self.document, token);
        let start = phrase.start.min(name.title.unwrap_or(name.tokens.start)).min(name.tokens.start);
        let start = self.with_office(self.skip_other_sentence(start, token), token);
        self.describe_person(name.person, token, start..name.title.unwrap_or(name.tokens.start));
        self.apposed_roles(name.person, token, name.tokens.end);
        let mut mention = self.person_mention(name.person, token, start..name.tokens.end.max(token + 1));
        mention.reason = self.person_reason(name.person);
        let gender = self.roster.people[name.person].gender;
        Some((mention, Fact { class: Some(Class::Role), person: Some(name.person), plural: false, gender }))
    }

    /// "US Secretary of State X", where the parse takes "State X" for a phrase of its own.
    fn with_office(&self, start: TokenId, token: TokenId) -> TokenId {
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

    fn skip_other_sentence(&self, start: TokenId, token: TokenId) -> TokenId {
        start.max(self.document.sentences[self.document.sentence_of(token)].tokens.start)
    }

    /// A mention of somebody on the roster.
    pub fn person_mention(&mut self, person: usize, head: TokenId, tokens: std::ops::Range<TokenId>) -> Mention {
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

    fn person_reason(&self, person: usize) -> String {
        let p = &self.roster.people[person];
        match (&p.item, &p.party) {
            (Some(i), _) => format!("known as {}", self.knowledge.items[*i].name),
            (None, Some(party)) => format!("named in the report; {party} by the words around the name"),
            (None, None) => "named in the report".to_owned(),
        }
    }

    /// Reads role, body and party off the words before a name ("Armenian defence ministry spokeswoman").
    pub fn describe_person(&mut self, person: usize, head: TokenId, before: std::ops::Range<TokenId>) {
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

    /// Reads role, body and party off an apposition after a name ("X, the region's rights ombudsman").
    fn apposed_roles(&mut self, person: usize, token: TokenId, after: TokenId) {
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
    pub fn describe_by_phrase(&mut self, person: usize, head: TokenId, phrase: std::ops::Range<TokenId>) {
        let own: Vec<TokenId> = self.document.children(head).iter().copied().filter(|c| phrase.contains(c)).collect();
        let parties = self.parties_of(&own);
        let body = phrase.clone().filter(|t| *t != head).find_map(|t| self.body_at(t, phrase.start));
        // "Secretary of State", but no "spokesman of the ministry": that is a body of its own.
        let office = phrase.end > head + 2 && phrase.end <= head + 4 && self.words(head + 1..head + 2) == "of";
        let plain = office && (head + 2..phrase.end).all(|t| self.hit(t).is_none() && self.person_name(t).is_none());
        let role = self.role_words(phrase.start..if plain && body.is_none() { phrase.end } else { head + 1 });
        self.note_person(person, role, body, parties);
    }

    fn note_person(&mut self, person: usize, role: Option<String>, body: Option<String>, parties: Vec<String>) {
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
    pub fn role_words(&self, tokens: std::ops::Range<TokenId>) -> Option<String> {
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
    fn is_complement(&self, start: TokenId, end: TokenId) -> bool {
        let mark = |t: TokenId| self.document.tokens[t].upos == Upos::Punct;
        start < end && matches!(self.words(start..start + 1), "of" | "for" | "to") && !(start..end).any(mark)
    }

    /// A body named at a token: from the start of the phrase, or of its own phrase, to it.
    fn body_at(&self, token: TokenId, start: TokenId) -> Option<String> {
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

    /// The class of a noun.
    pub fn class(&self, token: TokenId) -> Option<Class> {
        matches!(self.document.tokens[token].upos, Upos::Noun | Upos::Propn | Upos::Adj)
            .then(|| self.knowledge.nouns.class(self.document, self.text, token))
            .flatten()
    }

    /// What a known name refers to, by its place in the sentence.
    pub fn known_name(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let hit = self.hit(token)?.clone();
        let first = hit.meanings[0];
        let item = &self.knowledge.items[first.item];
        match first.form {
            Form::Adjective => Some(self.demonym(token, &hit, MentionKind::Party)),
            Form::People => Some(self.demonym(token, &hit, MentionKind::People)),
            // "The Chadian army" is not the army of the conflict.
            Form::Phrase if self.is_anothers(token, &hit) => self.described(token),
            Form::Phrase | Form::Metonym => Some(self.known_actor(token, &hit)),
            Form::Keyword | Form::Surname => None,
            Form::Capital | Form::Name => {
                let is_place = |m: &Meaning| self.knowledge.items[m.item].kind == EntityKind::Place;
                let (places, mut actors): (Vec<Meaning>, Vec<Meaning>) =
                    hit.meanings.iter().copied().partition(is_place);
                let ground = !places.is_empty() || item.ground.is_some() || first.form == Form::Capital;
                let form = if actors.iter().any(|m| m.form == Form::Capital) { Form::Capital } else { Form::Name };
                if actors.is_empty() || ground && self.is_place_here(token, form) {
                    Some(self.known_place(token, &hit))
                } else {
                    // Of several meanings, the party before its ground.
                    actors.extend(places);
                    Some(self.known_actor(token, &Hit { tokens: hit.tokens.clone(), meanings: actors }))
                }
            }
        }
    }

    /// Whether the words around a description give it to a party that it does not mean in this conflict.
    fn is_anothers(&mut self, token: TokenId, hit: &Hit) -> bool {
        let own: Vec<TokenId> =
            self.document.children(token).iter().copied().filter(|c| !hit.tokens.contains(c)).collect();
        let told = self.parties_of(&own);
        let meant = self.parties_of_hit(hit);
        // The state where the war is: "the Sudanese army" is still the army.
        let home = hit.meanings[0].scope.and_then(|s| self.knowledge.conflicts[s].home.as_ref());
        !told.is_empty() && !told.iter().any(|t| meant.contains(t) || Some(t) == home)
    }

    /// "Azerbaijani", "Azeris": the parties, and no more.
    fn demonym(&mut self, token: TokenId, hit: &Hit, kind: MentionKind) -> (Mention, Fact) {
        let parties = self.parties_of_hit(hit);
        let mut tokens = hit.tokens.clone();
        let mut kind = kind;
        // A noun phrase of its own: "the Azerbaijanis"; an adjective is a mention of its words alone.
        if kind == MentionKind::People {
            let phrase = noun_phrase(self.document, token);
            tokens = phrase.start.min(tokens.start)..phrase.end.max(tokens.end);
            // As a side ("the Russians fired") they are the party.
            if !tokens.clone().any(|t| self.document.tokens[t].upos == Upos::Num) {
                kind = MentionKind::Party;
            }
        }
        let mut mention = self.plain(tokens, token, kind, format!("demonym of {}", parties.join(", ")));
        mention.entities = self.party_entities(&parties);
        mention.parties = parties;
        (mention, Fact { class: Some(Class::Party), plural: kind != MentionKind::Party, ..Fact::default() })
    }

    /// A party, force or organisation by name.
    fn known_actor(&mut self, token: TokenId, hit: &Hit) -> (Mention, Fact) {
        let first = hit.meanings[0];
        let item = &self.knowledge.items[first.item];
        let (kind, class) = match item.kind {
            EntityKind::Force => (MentionKind::Force, Class::Force),
            EntityKind::Organisation => (MentionKind::Organisation, Class::Organisation),
            EntityKind::Place => (MentionKind::Place, Class::Place(Ground::Settlement)),
            EntityKind::Party if item.is_body => (MentionKind::Organisation, Class::Organisation),
            _ => (MentionKind::Party, Class::Party),
        };
        let kind = if first.form == Form::Phrase && item.kind == EntityKind::Party {
            self.kind_of_phrase(token)
        } else {
            kind
        };
        let phrase = noun_phrase(self.document, token);
        let tokens = phrase.start.min(hit.tokens.start)..phrase.end.max(hit.tokens.end);
        let parties = self.parties_of_hit(hit);
        let by = first.scope.map_or(String::new(), |s| format!(" in profile {}", self.knowledge.conflicts[s].name));
        let form = match first.form {
            Form::Capital | Form::Metonym => "seat",
            Form::Phrase => "description",
            _ => "name",
        };
        let mut mention = self.plain(tokens, token, kind, format!("{form} of {}{by}", item.name));
        mention.entities =
            if hit.meanings.iter().filter(|m| m.scope == first.scope).count() > 1 && first.form == Form::Phrase {
                self.party_entities(&parties)
            } else {
                vec![self.roster.known(&self.knowledge.items[first.item])]
            };
        if kind == MentionKind::Organisation || kind == MentionKind::Force {
            mention.organisation = Some(self.words(hit.tokens.clone()).to_owned());
        }
        mention.parties = parties;
        let plural = self.is_plural(token) && item.kind != EntityKind::Organisation && item.ground.is_none();
        (mention, Fact { class: Some(class), plural, ..Fact::default() })
    }

    /// A description that a profile gives to a party: its army is a force, its government a body.
    fn kind_of_phrase(&self, token: TokenId) -> MentionKind {
        match self.class(token) {
            Some(Class::Force) => MentionKind::Force,
            Some(Class::Organisation) => MentionKind::Organisation,
            Some(Class::People) => MentionKind::People,
            Some(Class::Role) => MentionKind::Person,
            _ => MentionKind::Party,
        }
    }

    /// A known place, a state's ground, or a capital as a city.
    fn known_place(&mut self, token: TokenId, hit: &Hit) -> (Mention, Fact) {
        let is_place = |m: &&crate::scene::Meaning| self.knowledge.items[m.item].kind == EntityKind::Place;
        let meaning = *hit.meanings.iter().find(is_place).unwrap_or(&hit.meanings[0]);
        let item = &self.knowledge.items[meaning.item];
        let (item_party, ground) = (item.party.clone(), item.ground);
        let phrase = noun_phrase(self.document, token);
        let tokens = phrase.start.min(hit.tokens.start)..phrase.end.max(hit.tokens.end);
        let name = self.words(hit.tokens.clone()).to_owned();
        let (entity, country) = if item.kind == EntityKind::Place {
            (self.roster.known(item), item.country.clone())
        } else if meaning.form == Form::Capital {
            let entity = self.place_entity(&name, token);
            (entity, self.roster.entities[entity].country.clone())
        } else {
            let (id, country) = (item_id(EntityKind::Place, &item.name), item.country.clone());
            let entity = self.roster.entity(id, EntityKind::Place, &item.name);
            self.roster.entities[entity].country.clone_from(&country);
            (entity, country)
        };
        if meaning.form != Form::Capital {
            self.roster.add_alias(entity, &name);
        }
        let mut mention =
            self.plain(tokens, token, MentionKind::Place, format!("place {}", self.roster.entities[entity].name));
        mention.entities = vec![entity];
        let party =
            self.holder_of_place(token).or(item_party).or_else(|| self.party_of_ground(country.as_deref(), token));
        mention.parties = party.into_iter().collect();
        let ground =
            if meaning.form == Form::Capital { Ground::Settlement } else { ground.unwrap_or(Ground::Settlement) };
        (mention, Fact { class: Some(Class::Place(ground)), ..Fact::default() })
    }

    /// The party whose ground a country is in the conflict at a token.
    fn party_of_ground(&self, country: Option<&str>, token: TokenId) -> Option<String> {
        let conflict = &self.knowledge.conflicts[self.conflict_at(token)?];
        conflict.territory.get(country?).cloned()
    }

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
            // "Kramatorsk station": a description of a known place.
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
    fn parties_of_body(&mut self, token: TokenId, own: &[TokenId], name: &std::ops::Range<TokenId>) -> Vec<String> {
        if matches!(self.class(token), Some(Class::Organisation | Class::Force)) {
            return self.parties_of(own);
        }
        let first = self.hit(name.start).filter(|h| h.meanings[0].form == Form::Adjective).cloned();
        first.map(|h| self.parties_of_hit(&h)).unwrap_or_default()
    }

    /// The party that holds a place by an adjective before it: "rebel-held", "“DPR”-controlled".
    fn holder_of_place(&self, token: TokenId) -> Option<String> {
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

    /// Whether a state's or capital's name means the ground and not who acts there.
    fn is_place_here(&self, token: TokenId, form: Form) -> bool {
        let document = self.document;
        let after = |n: usize| document.tokens.get(token + n).map(|t| t.span.of(self.text)).unwrap_or_default();
        if after(1) == "-" && DONE_BY.contains(&after(2)) {
            return false;
        }
        if after(1) == "-" && matches!(after(2), "based" | "born" | "area") {
            return true;
        }
        // A name in a list stands as the first of the list does.
        let mut at = token;
        while document.tokens[at].deprel == Deprel::Conj
            && let Some(h) = document.tokens[at].head
        {
            at = h;
        }
        let t = &document.tokens[at];
        let head = t.head;
        let head_lemma = head.map_or("", |h| &*document.tokens[h].lemma);
        let case = document.children_by(at, Deprel::Case).find(|c| *c < at).map_or("", |c| &*document.tokens[c].lemma);
        let locative = [
            "in",
            "inside",
            "near",
            "at",
            "across",
            "throughout",
            "within",
            "outside",
            "around",
            "into",
            "through",
            "toward",
            "towards",
            "beyond",
        ];
        if locative.contains(&case) {
            return true;
        }
        let seat = form == Form::Capital;
        match t.deprel {
            Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked => match case {
                "from" => true,
                "on" => seat && head_lemma != "call" && !ADDRESSING.contains(&head_lemma),
                "to" | "of" | "over" => seat,
                _ => false,
            },
            Deprel::Obj => seat && !ADDRESSING.contains(&head_lemma),
            Deprel::NsubjPass => seat && !self.knowledge.nouns.reports(head_lemma),
            Deprel::Compound | Deprel::Appos => seat,
            // A title or a dateline of one word.
            Deprel::Root => seat,
            _ => false,
        }
    }

    /// A mention with nothing resolved.
    pub fn plain(&self, tokens: std::ops::Range<TokenId>, head: TokenId, kind: MentionKind, reason: String) -> Mention {
        Mention {
            span: self.span(tokens),
            head,
            kind,
            entities: Vec::new(),
            parties: Vec::new(),
            name: None,
            role: None,
            organisation: None,
            reason,
        }
    }

    /// Parties of the meanings of a known name: of the first one, or of all where words mean several together.
    pub fn parties_of_hit(&self, hit: &Hit) -> Vec<String> {
        let first = hit.meanings[0];
        let together = |m: &&crate::scene::Meaning| {
            m.item == first.item || first.form == Form::Phrase && m.form == Form::Phrase && m.scope == first.scope
        };
        let mut parties = Vec::new();
        for m in hit.meanings.iter().filter(together) {
            let item = &self.knowledge.items[m.item];
            let party = match item.kind {
                EntityKind::Person => item.office_on(self.day.as_deref()).0.map(str::to_owned),
                _ => item.party.clone(),
            };
            parties.extend(party.filter(|p| !parties.contains(p)));
        }
        parties
    }

    /// Entities of parties.
    pub fn party_entities(&mut self, parties: &[String]) -> Vec<usize> {
        parties.iter().map(|p| self.roster.party(self.knowledge, p)).collect()
    }

    fn without_clitic(&self, mut tokens: std::ops::Range<TokenId>) -> std::ops::Range<TokenId> {
        while tokens.len() > 1 && matches!(self.words(tokens.end - 1..tokens.end), "'s" | "’s" | "'" | "’" | "," | ".")
        {
            tokens.end -= 1;
        }
        tokens
    }

    /// A name that goes on after a hyphen, of which the language layer saw the beginning only.
    fn with_hyphens(&self, mut tokens: std::ops::Range<TokenId>) -> std::ops::Range<TokenId> {
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

    fn without_article(&self, mut tokens: std::ops::Range<TokenId>) -> std::ops::Range<TokenId> {
        while tokens.len() > 1 && self.document.tokens[tokens.start].upos == Upos::Det {
            tokens.start += 1;
        }
        tokens
    }

    /// Whether a noun is plural.
    pub fn is_plural(&self, token: TokenId) -> bool {
        use evidence::document::Feats;
        let t = &self.document.tokens[token];
        t.feats.has(Feats::NUMBER_PLUR) || t.feats.has(Feats::NUMBER_PTAN)
    }
}
