//! What do proper names refer to, and who are the people that are named?

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{EntityKind, Mention};

use crate::alias::Form;
use crate::knowledge::item_id;
use crate::nouns::{Class, Ground};
use crate::phrase::noun_phrase;
use crate::reader::{Fact, Reader};
use crate::scene::{Hit, Meaning};

/// Verbs whose object is addressed, so that a seat there is its government: "accused Tamm".
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
/// Words after a hyphen that make a name before it an actor: "Geneva-brokered".
const DONE_BY: [&str; 10] =
    ["allied", "backed", "brokered", "controlled", "held", "led", "mediated", "sponsored", "supported", "appointed"];

impl Reader<'_> {
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
    pub fn is_anothers(&mut self, token: TokenId, hit: &Hit) -> bool {
        let own: Vec<TokenId> =
            self.document.children(token).iter().copied().filter(|c| !hit.tokens.contains(c)).collect();
        let told = self.parties_of(&own);
        let meant = self.parties_of_hit(hit);
        // The state where the war is: "the Sudanese army" is still the army.
        let home = hit.meanings[0].scope.and_then(|s| self.knowledge.conflicts[s].home.as_ref());
        !told.is_empty() && !told.iter().any(|t| meant.contains(t) || Some(t) == home)
    }

    /// "Azerbaijani", "Azeris": the parties, and no more.
    pub fn demonym(&mut self, token: TokenId, hit: &Hit, kind: MentionKind) -> (Mention, Fact) {
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
    pub fn known_actor(&mut self, token: TokenId, hit: &Hit) -> (Mention, Fact) {
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
        // A name is one body, however it is worded: "the Rapid Support Forces said it".
        let plural = self.is_plural(token) && first.form == Form::Phrase;
        (mention, Fact { class: Some(class), plural, ..Fact::default() })
    }

    /// A description that a profile gives to a party: its army is a force, its government a body.
    pub fn kind_of_phrase(&self, token: TokenId) -> MentionKind {
        match self.class(token) {
            Some(Class::Force) => MentionKind::Force,
            Some(Class::Organisation) => MentionKind::Organisation,
            Some(Class::People) => MentionKind::People,
            Some(Class::Role) => MentionKind::Person,
            _ => MentionKind::Party,
        }
    }

    /// A known place, a state's ground, or a capital as a city.
    pub fn known_place(&mut self, token: TokenId, hit: &Hit) -> (Mention, Fact) {
        let is_place = |m: &&Meaning| self.knowledge.items[m.item].kind == EntityKind::Place;
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

    /// Whether a state's or capital's name means the ground and not who acts there.
    pub fn is_place_here(&self, token: TokenId, form: Form) -> bool {
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
        let case = document.children_by(at, Deprel::Case).find(|c| *c < at).or(at.checked_sub(1).filter(|b| {
            // "Signed in Stockholm", where the parse gives the preposition to the verb.
            document.tokens[*b].upos == Upos::Adp && document.tokens[*b].span.end() > t.span.start().saturating_sub(2)
        }));
        let case = case.map_or("", |c| &*document.tokens[c].lemma);
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
}
