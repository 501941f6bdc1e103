//! Whom does a pronoun take up?

use std::ops::Range;

use evidence::Mention;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use crate::antecedent::Wanted;
use crate::nouns::{Class, Gender};
use crate::reader::{Fact, Reader};

impl Reader<'_> {
    /// A personal, possessive or relative pronoun, or "both".
    pub fn pronoun(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let word = self.words(token..token + 1).to_lowercase();
        let wanted = match word.as_str() {
            "he" | "him" | "his" | "himself" => Wanted::Person(Gender::He),
            "she" | "her" | "hers" | "herself" => Wanted::Person(Gender::She),
            "it" | "its" | "itself" => Wanted::Thing,
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Several,
            "i" | "me" | "my" | "we" | "us" | "our" | "ours" | "myself" | "ourselves" => {
                // Whoever speaks; attribution knows who that is.
                let mention =
                    self.plain(token..token + 1, token, MentionKind::Person, "first person: whoever speaks".to_owned());
                return Some((mention, Fact::default()));
            }
            "who" | "which" | "that" | "whose" | "whom" => return self.relative(token),
            "both" | "neither" => return self.both(token),
            "each" => return self.each(token),
            "other" | "another" => return self.reciprocal(token),
            _ => return None,
        };
        let no_party = wanted == Wanted::Thing && (self.is_empty_it(token) || self.is_thing_hit(token));
        if self.document.tokens[token].deprel == Deprel::Expl || no_party {
            return None;
        }
        let kind = if wanted == Wanted::Thing { MentionKind::Organisation } else { MentionKind::Person };
        let mut mention = self.plain(token..token + 1, token, kind, "pronoun without antecedent".to_owned());
        let mut fact = Fact { plural: wanted == Wanted::Several, ..Fact::default() };
        if wanted == Wanted::Several && self.as_other_side(&mut mention, token) {
            return Some((mention, fact));
        }
        if let Some(of) = self.antecedent(token, wanted) {
            self.take_up(&mut mention, of);
            if wanted == Wanted::Several {
                self.take_up_conjuncts(&mut mention, of);
            }
            fact = Fact { plural: fact.plural, ..self.facts[of] };
            if let (Wanted::Person(gender), Some(person)) = (wanted, fact.person) {
                let p = &mut self.roster.people[person];
                p.gender = p.gender.or(Some(gender));
                fact.gender = p.gender;
            }
        } else if wanted == Wanted::Thing {
            return None;
        }
        Some((mention, fact))
    }

    /// "It is not known whether", "it takes days for them to": no thing at all.
    pub fn is_empty_it(&self, token: TokenId) -> bool {
        let t = &self.document.tokens[token];
        // "Baku denied it": what was said, and nobody.
        let said = t.head.is_some_and(|h| self.knowledge.nouns.reports(&self.document.tokens[h].lemma));
        if t.deprel == Deprel::Obj && said {
            return true;
        }
        let Some(head) = t.head.filter(|_| t.deprel == Deprel::Nsubj).map(|h| (h, &self.document.tokens[h])) else {
            return false;
        };
        let clause = |c: &TokenId| {
            matches!(
                self.document.tokens[*c].deprel,
                Deprel::Csubj | Deprel::Ccomp | Deprel::Advcl | Deprel::Xcomp | Deprel::Acl
            ) && *c > head.0
        };
        let has_clause = self.document.children(head.0).iter().any(clause);
        has_clause && (matches!(head.1.upos, Upos::Adj | Upos::Noun) || &*head.1.lemma == "take")
    }

    /// "Four hundred were at the depot when it was hit": what something befalls is the place or thing named before it in
    /// its sentence.
    fn is_thing_hit(&self, token: TokenId) -> bool {
        if self.document.tokens[token].deprel != Deprel::NsubjPass {
            return false;
        }
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        let thing = |t: &TokenId| {
            let at = |c: TokenId| matches!(&*self.document.tokens[c].lemma, "at" | "in" | "on" | "near");
            let noun = self.document.tokens[*t].upos == Upos::Noun && self.document.tokens[*t].deprel.is("obl");
            noun && self.document.children_by(*t, Deprel::Case).any(at)
                && self.document.children_by(*t, Deprel::Det).next().is_some()
        };
        (first..token).rev().any(|t| thing(&t))
    }

    /// Makes a mention refer to what another does.
    pub fn take_up(&self, mention: &mut Mention, of: usize) {
        let m = &self.mentions[of];
        mention.kind = m.kind;
        mention.entities.clone_from(&m.entities);
        mention.parties.clone_from(&m.parties);
        mention.name.clone_from(&m.name);
        mention.role.clone_from(&m.role);
        mention.organisation.clone_from(&m.organisation);
        mention.reason = format!("pronoun for «{}»", m.span.of(self.text));
    }

    /// Adds the others of a coordination: "Orrin and Veldania … their".
    pub fn take_up_conjuncts(&mut self, mention: &mut Mention, of: usize) {
        let others: Vec<TokenId> = self.document.children_by(self.mentions[of].head, Deprel::Conj).collect();
        for other in others {
            let Some(m) = self.mention(other).filter(|m| self.mentions[*m].kind == mention.kind) else { continue };
            let (parties, entities) = (self.mentions[m].parties.clone(), self.mentions[m].entities.clone());
            mention.parties.extend(parties.into_iter().filter(|p| !mention.parties.contains(p)).collect::<Vec<_>>());
            mention.entities.extend(entities);
            mention.name = None;
        }
    }

    pub fn is_coordinated(&self, head: TokenId) -> bool {
        self.document.children_by(head, Deprel::Conj).any(|c| self.mention_made(c).is_some())
    }

    /// "They burned our mill," said somebody of one side: in what a side says, a "they" that takes up nobody in
    /// the quotation is the other side.
    pub fn as_other_side(&mut self, mention: &mut Mention, token: TokenId) -> bool {
        let Some(quotation) = self.quotation_at(token) else { return false };
        // "Let him speak": the object of "let" does what follows.
        let t = &self.document.tokens[token];
        let let_them = t.head.is_some_and(|h| &*self.document.tokens[h].lemma == "let");
        let subject = t.deprel == Deprel::Nsubj || let_them;
        let inside = |m: &usize| {
            let at = self.mentions[*m].head;
            at < token && quotation.contains(self.document.tokens[at].span) && self.agrees(*m, Wanted::Several)
        };
        if !subject || self.recent().any(|m| inside(&m)) {
            return false;
        }
        self.as_enemy(mention, token);
        mention.kind = MentionKind::Party;
        mention.entities = self.party_entities(&mention.parties.clone());
        !mention.parties.is_empty()
    }

    pub fn relative(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let t = &self.document.tokens[token];
        if !t.feats.has(Feats::PRON_REL) && t.upos != Upos::Pron {
            return None;
        }
        let clause = std::iter::once(token)
            .chain(self.document.ancestors(token))
            .take(4)
            .find(|a| matches!(self.document.tokens[*a].deprel, Deprel::AclRelcl | Deprel::Acl))?;
        let noun = self.document.tokens[clause].head.filter(|h| *h < token)?;
        let mut of = self.mention(noun)?;
        let which = self.words(token..token + 1).eq_ignore_ascii_case("which");
        if which && self.mentions[of].kind == MentionKind::Person {
            // "Premier X of Orrin, which": the nearest thing before the comma.
            let near = (noun..token).rev().find(|t| self.hit(*t).is_some())?;
            of = self.mention(near)?;
        }
        let mut mention = self.plain(token..token + 1, token, self.mentions[of].kind, String::new());
        self.take_up(&mut mention, of);
        Some((mention, self.facts[of]))
    }

    /// "Both deny it."
    pub fn both(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let t = &self.document.tokens[token];
        let alone = t.deprel.is("nsubj") || t.deprel.is("obj") || t.deprel.is("obl") || t.deprel.is("nmod");
        let parties = if alone { self.sides_at(token) } else { return None };
        if parties.len() < 2 {
            return None;
        }
        let mut mention = self.plain(token..token + 1, token, MentionKind::Party, "sides of the conflict".to_owned());
        mention.entities = self.party_entities(&parties);
        mention.parties = parties;
        Some((mention, Fact { class: Some(Class::Party), plural: true, ..Fact::default() }))
    }

    /// "Each" alone is one of the sides; in "each other" it stands for both words where the parse hangs them on it.
    pub fn each(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let next = self.document.tokens.get(token + 1).map(|t| &*t.lemma);
        match next {
            Some("other") if self.document.tokens[token].deprel == Deprel::Det => None,
            Some("other") => self.those_who(token, token..token + 2),
            _ => self.both(token),
        }
    }

    /// "Accused each other", "blame one another": those who do it.
    pub fn reciprocal(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let before = token.checked_sub(1).map(|t| self.words(t..t + 1).to_lowercase())?;
        let hung = self.document.tokens[token].deprel == Deprel::Fixed;
        if hung || before != "each" && before != "one" {
            return None;
        }
        self.those_who(token, token - 1..token + 1)
    }

    pub fn those_who(&mut self, token: TokenId, words: Range<TokenId>) -> Option<(Mention, Fact)> {
        let verb = self.document.ancestors(token).find(|a| self.document.tokens[*a].upos == Upos::Verb)?;
        // In "X spoke … and blamed one another" the subject stands with the first verb.
        let chain = std::iter::once(verb).chain(self.document.ancestors(verb));
        let subjects: Vec<TokenId> = chain
            .map(|v| self.document.children_by(v, Deprel::Nsubj).collect::<Vec<_>>())
            .find(|s| !s.is_empty())
            .unwrap_or_default();
        let mut mention = self.plain(words, token, MentionKind::Party, "each other: those who do it".to_owned());
        for subject in subjects {
            let members: Vec<TokenId> =
                std::iter::once(subject).chain(self.document.children_by(subject, Deprel::Conj)).collect();
            for member in members {
                let Some(m) = self.mention(member) else { continue };
                let (parties, entities) = (self.mentions[m].parties.clone(), self.mentions[m].entities.clone());
                mention
                    .parties
                    .extend(parties.into_iter().filter(|p| !mention.parties.contains(p)).collect::<Vec<_>>());
                mention.entities.extend(entities);
            }
        }
        // "Orrin, Veldania blame each other": the parse may miss the second of a list.
        if mention.parties.len() < 2 {
            let sides = self.sides_at(token);
            if sides.len() == 2 && mention.parties.iter().all(|p| sides.contains(p)) {
                mention.entities = self.party_entities(&sides);
                mention.parties = sides;
            }
        }
        Some((mention, Fact { class: Some(Class::Party), plural: true, ..Fact::default() }))
    }
}
