//! Whose is it where no word says so? States that a report leaves to its reader.
//!
//! In a war inside one country "the army" and "the defence minister" are that country's. Between countries, "the ministry"
//! is of the state that has just spoken.

use evidence::Mention;
use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::mention::MentionKind;

use crate::alias::Form;
use crate::nouns::Class;
use crate::reader::{Fact, Reader};
use crate::roles::{Rank, rank_of};

/// Words in the role or body of a person by which they serve a state.
const OF_STATE: [&str; 15] = [
    "presidential",
    "government",
    "cabinet",
    "army",
    "military",
    "police",
    "command",
    "division",
    "battalion",
    "regiment",
    "navy",
    "ministry",
    "parliament",
    "senate",
    "treasury",
];
/// Offices of which a report may mean somebody it has not named: no one named before is taken for them.
const OFFICES: [&str; 11] = [
    "president",
    "minister",
    "premier",
    "secretary",
    "king",
    "leader",
    "chief",
    "governor",
    "mayor",
    "chairman",
    "ambassador",
];
/// Nouns by which somebody's words are told: "Orrin's account is that …".
const ACCOUNTS: [&str; 8] = ["account", "version", "telling", "view", "position", "statement", "report", "line"];
/// Verbs that say in a relative clause whom somebody serves.
const SERVES: [&str; 8] = ["head", "lead", "command", "represent", "speak", "chair", "direct", "run"];

impl Reader<'_> {
    /// The one state among the sides of a war inside one country: "the army", "the prime minister" are its own. Nobody's
    /// where the war is on the ground of another state, which may have an army of that name too.
    pub fn state_side(&self, token: TokenId) -> Vec<String> {
        let Some(conflict) = self.conflict_at(token).map(|c| &self.knowledge.conflicts[c]) else { return Vec::new() };
        let state =
            |s: &&String| self.knowledge.party_item(s).is_some_and(|i| self.knowledge.items[i].country.is_some());
        let mut states = conflict.sides.iter().filter(state);
        let (Some(one), None) = (states.next(), states.next()) else { return Vec::new() };
        let foreign = conflict.home.as_ref().is_some_and(|h| {
            h != one && conflict.territory.values().any(|p| p == h) && !conflict.civilians.values().any(|p| p == h)
        });
        if foreign { Vec::new() } else { vec![one.clone()] }
    }

    /// The state that has spoken in the sentence before, in the same paragraph; else the one state of a war inside one
    /// country.
    pub fn state_speaking(&mut self, token: TokenId) -> Vec<String> {
        let one = self.state_side(token);
        if one.is_empty() { self.speaking_before(token).map(|(_, p)| p).unwrap_or_default() } else { one }
    }

    /// "Orrin contradicted. The ministry said …": the state that spoke before, unless such a body has been named since.
    pub fn state_spoke_since(&self, token: TokenId) -> Vec<String> {
        let lemma = &self.document.tokens[token].lemma;
        let Some((head, parties)) = self.speaking_before(token) else { return Vec::new() };
        let state = self.facts_of(head).is_some_and(|f| f.class == Some(Class::Party));
        let since = self.recent().any(|m| {
            let h = self.mentions[m].head;
            head < h && h < token && self.document.tokens[h].lemma.eq_ignore_ascii_case(lemma)
        });
        let body = lemma.eq_ignore_ascii_case("ministry");
        if body && state && !since { parties } else { Vec::new() }
    }

    /// "Orrin's defence ministry counts ten dead; six are missing, the health ministry said": of the same state.
    pub fn state_of_sentence(&self, token: TokenId) -> Vec<String> {
        let lemma = &self.document.tokens[token].lemma;
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        let same = |m: &usize| {
            let named = &self.mentions[*m];
            let noun = &self.document.tokens[named.head].lemma;
            (first..token).contains(&named.head) && noun.eq_ignore_ascii_case(lemma) && named.parties.len() == 1
        };
        let found = self.recent().filter(same).max_by_key(|m| self.mentions[*m].head);
        found
            .filter(|_| lemma.eq_ignore_ascii_case("ministry"))
            .map(|m| self.mentions[m].parties.clone())
            .unwrap_or_default()
    }

    /// "The group", "the movement": the armed movement named last, and no agency.
    pub fn movement_before(&self, token: TokenId) -> Option<usize> {
        let conflict = self.conflict_at(token).map(|c| &self.knowledge.conflicts[c])?;
        let state =
            |s: &String| self.knowledge.party_item(s).is_some_and(|i| self.knowledge.items[i].country.is_some());
        let movement = |m: &usize| {
            let named = &self.mentions[*m];
            let acts = matches!(named.kind, MentionKind::Party | MentionKind::Force | MentionKind::Organisation);
            let known = matches!(named.parties.as_slice(), [one] if conflict.parties.contains(one) && !state(one));
            named.head < token && acts && known
        };
        self.recent().filter(movement).max_by_key(|m| self.mentions[*m].head)
    }

    fn facts_of(&self, head: TokenId) -> Option<&Fact> {
        self.recent().find(|m| self.mentions[*m].head == head).map(|m| &self.facts[m])
    }

    /// Who spoke last in a sentence before, in the same paragraph, if it was a state or one of its bodies or people.
    fn speaking_before(&self, token: TokenId) -> Option<(TokenId, Vec<String>)> {
        let here = &self.document.sentences[self.document.sentence_of(token)];
        let spoke = |m: &Mention| {
            let t = &self.document.tokens[m.head];
            let root = t.deprel == Deprel::Root;
            let verb = t.head.map_or("", |h| &*self.document.tokens[h].lemma);
            let before = &self.document.sentences[self.document.sentence_of(m.head)];
            let near = m.head < here.tokens.start && before.paragraph == here.paragraph;
            let body = matches!(m.kind, MentionKind::Party | MentionKind::Organisation | MentionKind::Person);
            let says = !root && t.deprel == Deprel::Nsubj && self.knowledge.nouns.reports(verb);
            let told = t.deprel == Deprel::NmodPoss && ACCOUNTS.contains(&verb);
            near && body && (says || told) && m.parties.len() == 1
        };
        let state =
            |p: &String| self.knowledge.party_item(p).is_some_and(|i| self.knowledge.items[i].country.is_some());
        let found = self.recent().find(|m| spoke(&self.mentions[*m]))?;
        let m = &self.mentions[found];
        m.parties.iter().all(state).then(|| (m.head, m.parties.clone()))
    }

    /// "Defence Minister X", "X of the Southern Command", of whom nothing else is known, are of the one state in a war
    /// inside one country.
    pub fn as_of_state(&mut self, person: usize, token: TokenId) {
        let p = &self.roster.people[person];
        if p.party.is_some() || p.item.is_some() {
            return;
        }
        let words = p.roles.iter().chain(&p.organisation).map(|w| w.to_lowercase());
        let serves = words.clone().any(|w| w.split([' ', '-']).any(|x| OF_STATE.contains(&x)));
        let of_state = serves || p.roles.iter().any(|r| rank_of(r).is_some_and(Rank::is_of_state));
        if of_state && let [state] = &self.state_side(token)[..] {
            self.roster.people[person].party = Some(state.clone());
        }
    }

    /// "X, who speaks for the rebels", "Y, who heads the army's half of the committee".
    pub fn served(&mut self, person: usize, token: TokenId) {
        let clauses: Vec<TokenId> = self.document.children_by(token, Deprel::AclRelcl).collect();
        for clause in clauses.into_iter().filter(|c| SERVES.contains(&&*self.document.tokens[*c].lemma)) {
            let whom: Vec<TokenId> = self
                .document
                .children(clause)
                .iter()
                .copied()
                .filter(|c| {
                    let for_whom =
                        self.document.children_by(*c, Deprel::Case).any(|k| &*self.document.tokens[k].lemma == "for");
                    let deprel = self.document.tokens[*c].deprel;
                    deprel == Deprel::Obj || deprel.is("obl") && for_whom
                })
                .collect();
            for w in whom {
                let mut parties = self.mention(w).map(|m| self.mentions[m].parties.clone()).unwrap_or_default();
                if parties.is_empty() {
                    let own: Vec<TokenId> = self.document.children(w).to_vec();
                    parties = self.parties_of(&own);
                }
                self.note_person(person, None, None, parties);
            }
        }
    }

    /// "The brigadier", "the envoy", "the official": the person named before who spoke last.
    pub fn as_speaker_before(&mut self, mention: &mut Mention, token: TokenId) {
        if OFFICES.contains(&&*self.document.tokens[token].lemma.to_lowercase()) {
            return;
        }
        let here = self.document.sentence_of(token);
        let spoke = |m: &usize| {
            let named = &self.mentions[*m];
            let t = &self.document.tokens[named.head];
            let verb = t.head.map_or("", |h| &*self.document.tokens[h].lemma);
            let then = self.document.sentence_of(named.head);
            let near = named.head < token && here - then <= 2;
            let together = self.document.sentences[then].paragraph == self.document.sentences[here].paragraph;
            near && together
                && self.facts[*m].person.is_some()
                && t.deprel == Deprel::Nsubj
                && self.knowledge.nouns.reports(verb)
        };
        if let Some(m) = self.recent().find(spoke) {
            self.take_up(mention, m);
            mention.kind = MentionKind::Person;
        }
    }

    /// "The foreign ministry in Orsk", a capital: of that state.
    pub fn state_of_seat(&self, token: TokenId) -> Vec<String> {
        let seat = self.document.children(token).iter().filter(|c| {
            self.document.tokens[**c].deprel.is("nmod")
                && self.document.children_by(**c, Deprel::Case).any(|k| &*self.document.tokens[k].lemma == "in")
        });
        let capital = seat.filter_map(|c| self.hit(*c)).find(|h| h.meanings.iter().any(|m| m.form == Form::Capital));
        capital.map(|h| self.parties_of_hit(h)).unwrap_or_default()
    }

    /// "The defence ministry there": of the country named last.
    pub fn state_there(&self, token: TokenId) -> Vec<String> {
        let there =
            self.document.children_by(token, Deprel::Advmod).any(|c| &*self.document.tokens[c].lemma == "there");
        let state =
            |p: &String| self.knowledge.party_item(p).is_some_and(|i| self.knowledge.items[i].country.is_some());
        let country = |m: &usize| {
            let named = &self.mentions[*m];
            named.head < token && matches!(named.parties.as_slice(), [one] if state(one))
        };
        let found = self.recent().filter(country).max_by_key(|m| self.mentions[*m].head).filter(|_| there);
        found.map(|m| self.mentions[m].parties.clone()).unwrap_or_default()
    }
}
