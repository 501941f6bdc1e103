//! Whom does a pronoun take up?

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;
use evidence::{Mention, Span};

use crate::nouns::{Class, Gender};
use crate::reader::{Fact, Reader};

/// Sentences back that a pronoun reaches.
const REACH: usize = 3;

/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Gender),
    Thing,
    Several,
}

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
        if self.document.tokens[token].deprel == Deprel::Expl || wanted == Wanted::Thing && self.is_empty_it(token) {
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

    /// "It was not clear how long", "it took minutes for them to": no thing at all.
    fn is_empty_it(&self, token: TokenId) -> bool {
        let t = &self.document.tokens[token];
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

    /// Makes a mention refer to what another does.
    fn take_up(&self, mention: &mut Mention, of: usize) {
        let m = &self.mentions[of];
        mention.kind = m.kind;
        mention.entities.clone_from(&m.entities);
        mention.parties.clone_from(&m.parties);
        mention.name.clone_from(&m.name);
        mention.role.clone_from(&m.role);
        mention.organisation.clone_from(&m.organisation);
        mention.reason = format!("pronoun for «{}»", m.span.of(self.text));
    }

    /// Adds the others of a coordination: "Armenia and Azerbaijan … their".
    fn take_up_conjuncts(&mut self, mention: &mut Mention, of: usize) {
        let others: Vec<TokenId> = self.document.children_by(self.mentions[of].head, Deprel::Conj).collect();
        for other in others {
            let Some(m) = self.mention(other).filter(|m| self.mentions[*m].kind == mention.kind) else { continue };
            let (parties, entities) = (self.mentions[m].parties.clone(), self.mentions[m].entities.clone());
            mention.parties.extend(parties.into_iter().filter(|p| !mention.parties.contains(p)).collect::<Vec<_>>());
            mention.entities.extend(entities);
            mention.name = None;
        }
    }

    fn is_coordinated(&self, head: TokenId) -> bool {
        self.document.children_by(head, Deprel::Conj).any(|c| self.mention_made(c).is_some())
    }

    /// "They are striking at us," said somebody of one side: in what a side says, a "they" that takes up nobody in
    /// the quotation is the other side.
    fn as_other_side(&mut self, mention: &mut Mention, token: TokenId) -> bool {
        let Some(quotation) = self.quotation_at(token) else { return false };
        // "Let them leave": the object of "let" does what follows.
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

    fn relative(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
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
            // "President X of Turkey, which": the nearest thing before the comma.
            let near = (noun..token).rev().find(|t| self.hit(*t).is_some())?;
            of = self.mention(near)?;
        }
        let mut mention = self.plain(token..token + 1, token, self.mentions[of].kind, String::new());
        self.take_up(&mut mention, of);
        Some((mention, self.facts[of]))
    }

    /// "Both deny it."
    fn both(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
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
    fn each(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let next = self.document.tokens.get(token + 1).map(|t| &*t.lemma);
        match next {
            Some("other") if self.document.tokens[token].deprel == Deprel::Det => None,
            Some("other") => self.those_who(token, token..token + 2),
            _ => self.both(token),
        }
    }

    /// "Accused each other", "blame one another": those who do it.
    fn reciprocal(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let before = token.checked_sub(1).map(|t| self.words(t..t + 1).to_lowercase())?;
        let hung = self.document.tokens[token].deprel == Deprel::Fixed;
        if hung || before != "each" && before != "one" {
            return None;
        }
        self.those_who(token, token - 1..token + 1)
    }

    fn those_who(&mut self, token: TokenId, words: std::ops::Range<TokenId>) -> Option<(Mention, Fact)> {
        let verb = self.document.ancestors(token).find(|a| self.document.tokens[*a].upos == Upos::Verb)?;
        // In "X said … and accused each other" the subject stands with the first verb.
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
        // "Armenia, Azerbaijan accuse each other": the parse may miss the second of a list.
        if mention.parties.len() < 2 {
            let sides = self.sides_at(token);
            if sides.len() == 2 && mention.parties.iter().all(|p| sides.contains(p)) {
                mention.entities = self.party_entities(&sides);
                mention.parties = sides;
            }
        }
        Some((mention, Fact { class: Some(Class::Party), plural: true, ..Fact::default() }))
    }

    /// The best antecedent of the last sentences; a speaker named after the words said goes before them.
    fn antecedent(&mut self, token: TokenId, wanted: Wanted) -> Option<usize> {
        if let Some(speaker) = self.speaker_after(token)
            && self.agrees(speaker, wanted)
        {
            return Some(speaker);
        }
        if let Some(group) = self.part_of(token) {
            return Some(group);
        }
        let here = self.document.sentence_of(token);
        let from = self.document.sentences[here.saturating_sub(REACH)].tokens.start;
        let mut best: Option<(i32, TokenId, usize)> = None;
        for candidate in self.recent() {
            let head = self.mentions[candidate].head;
            if head >= token || head < from || !self.agrees(candidate, wanted) || self.is_local(token, head) {
                continue;
            }
            let score = self.salience(token, candidate, wanted);
            if best.is_none_or(|(s, h, _)| (score, head) > (s, h)) {
                best = Some((score, head, candidate));
            }
        }
        let (score, _, best) = best.filter(|(score, ..)| *score > 0)?;
        let other = if wanted == Wanted::Thing { self.other_subject(token) } else { None };
        if other.is_some_and(|o| o > score) { None } else { Some(best) }
    }

    /// "Five of them": the group that was named just before.
    fn part_of(&mut self, token: TokenId) -> Option<usize> {
        let of = self.document.children_by(token, Deprel::Case).any(|c| &*self.document.tokens[c].lemma == "of");
        let part = self.document.tokens[token].head.filter(|h| of && *h < token)?;
        let t = &self.document.tokens[part];
        let numeral = matches!(t.upos, Upos::Num | Upos::Det | Upos::Pron | Upos::Adj);
        let group = t.head.filter(|g| numeral && *g < part && self.document.tokens[*g].upos == Upos::Noun)?;
        self.mention(group)
    }

    /// How likely an "it" takes up a subject that is nobody who could act: "the truce", "the missile".
    fn other_subject(&self, token: TokenId) -> Option<i32> {
        let t = &self.document.tokens[token];
        let verb = t.head.map_or("", |h| &*self.document.tokens[h].lemma);
        if t.deprel == Deprel::Nsubj && self.knowledge.nouns.reports(verb) {
            return None;
        }
        let here = self.document.sentence_of(token);
        let from = self.document.sentences[here.saturating_sub(REACH)].tokens.start;
        let thing = |s: &TokenId| {
            let t = &self.document.tokens[*s];
            let noun = t.upos == Upos::Noun
                && !self.is_plural(*s)
                && (t.deprel == Deprel::Nsubj || t.deprel == Deprel::NsubjPass);
            noun && self.mention_made(*s).is_none() && !self.is_local(token, *s)
        };
        let score = |s: TokenId| {
            let root = self.document.tokens[s].head.is_some_and(|h| self.document.tokens[h].deprel == Deprel::Root);
            24 - 9 * (here - self.document.sentence_of(s)) as i32 + 6 + if root { 2 } else { 0 }
        };
        (from..token).filter(thing).map(score).max()
    }

    /// The state that "the country" means: the likeliest one of the last sentences.
    pub fn country_before(&self, token: TokenId) -> Option<usize> {
        let from = self.document.sentences[self.document.sentence_of(token).saturating_sub(REACH)].tokens.start;
        let state = |m: &usize| {
            let mention = &self.mentions[*m];
            let is_state = |e: &usize| {
                self.roster.entities[*e].country.is_some() && self.roster.entities[*e].id.starts_with("party:")
            };
            let adjective = self.document.tokens[mention.head].upos == Upos::Adj;
            (from..token).contains(&mention.head)
                && !adjective
                && mention.entities.len() == 1
                && mention.entities.iter().all(is_state)
        };
        let scored =
            self.recent().filter(state).map(|m| (self.salience(token, m, Wanted::Thing), self.mentions[m].head, m));
        scored.max().map(|(.., m)| m)
    }

    /// "36 of its soldiers had died, the ministry said": the subject of the verb of saying that the clause hangs on.
    fn speaker_after(&mut self, token: TokenId) -> Option<usize> {
        if self.quotation_at(token).is_some() {
            return None;
        }
        let said = |d: Deprel| matches!(d, Deprel::Ccomp | Deprel::Parataxis);
        let path = || std::iter::once(token).chain(self.document.ancestors(token));
        let reports = |v: &TokenId| *v > token && self.knowledge.nouns.reports(&self.document.tokens[*v].lemma);
        let above = path()
            .find(|a| said(self.document.tokens[*a].deprel))
            .and_then(|a| self.document.tokens[a].head)
            .filter(reports);
        // The verb of saying may also hang on the clause it follows.
        let below = || path().find_map(|a| self.document.children_by(a, Deprel::Parataxis).find(reports));
        let verb = above.or_else(below)?;
        let subject = self.document.children_by(verb, Deprel::Nsubj).find(|s| *s > token)?;
        self.mention(subject)
    }

    fn agrees(&self, candidate: usize, wanted: Wanted) -> bool {
        let (m, f) = (&self.mentions[candidate], &self.facts[candidate]);
        match wanted {
            Wanted::Person(gender) => {
                m.kind == MentionKind::Person
                    && !f.plural
                    && (f.person.is_some() || m.role.is_some())
                    && f.person.and_then(|p| self.roster.people[p].gender).or(f.gender).is_none_or(|g| g == gender)
                    && !m.reason.starts_with("first person")
            }
            Wanted::Thing => {
                let thing = matches!(
                    m.kind,
                    MentionKind::Organisation
                        | MentionKind::Party
                        | MentionKind::Force
                        | MentionKind::Place
                        | MentionKind::Source
                );
                thing
                    && !f.plural
                    && m.parties.len() < 2
                    && !(self.document.tokens[m.head].upos == Upos::Adj && m.kind == MentionKind::Party)
            }
            Wanted::Several => {
                let body = matches!(m.kind, MentionKind::Organisation | MentionKind::Force);
                (f.plural || m.parties.len() > 1 || body || m.kind == MentionKind::Party || self.is_coordinated(m.head))
                    && m.kind != MentionKind::Place
                    && m.kind != MentionKind::Source
                    && !(self.document.tokens[m.head].upos == Upos::Adj && m.kind == MentionKind::Party)
            }
        }
    }

    /// Whether the candidate is the pronoun's own phrase or clause mate: "he told him" are two people.
    fn is_local(&self, token: TokenId, head: TokenId) -> bool {
        let possessive = self.document.tokens[token].feats.has(Feats::POSS)
            || self.document.tokens[token].deprel == Deprel::NmodPoss;
        let own_phrase =
            self.document.ancestors(token).any(|a| a == head && self.document.tokens[a].upos != Upos::Verb);
        let verb = |t: TokenId| {
            self.document.ancestors(t).find(|a| matches!(self.document.tokens[*a].upos, Upos::Verb | Upos::Aux))
        };
        own_phrase || !possessive && verb(token).is_some() && verb(token) == verb(head)
    }

    fn salience(&self, token: TokenId, candidate: usize, wanted: Wanted) -> i32 {
        let head = self.mentions[candidate].head;
        let (here, there) = (self.document.sentence_of(token), self.document.sentence_of(head));
        let t = &self.document.tokens[head];
        let governor = t.head.map_or("", |h| &*self.document.tokens[h].lemma);
        let mut score = 24 - 9 * (here - there) as i32;
        let subject = t.deprel == Deprel::Nsubj || t.deprel == Deprel::NsubjPass;
        if subject {
            score += 6;
            score += if self.knowledge.nouns.reports(governor) { 5 } else { 0 };
            score += if t.head.is_some_and(|h| self.document.tokens[h].deprel == Deprel::Root) { 2 } else { 0 };
        }
        if matches!(t.deprel, Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Nmod) {
            score -= 5;
        }
        if matches!(t.deprel, Deprel::Appos) {
            score -= 1;
        }
        let possessive = self.document.tokens[token].deprel == Deprel::NmodPoss;
        if wanted == Wanted::Thing && !subject && !possessive {
            score -= 8;
        }
        let m = &self.mentions[candidate];
        // Inside a quotation the speaker is "I"; outside, what is only spoken of in one is far.
        match (self.quotation_at(token), self.quotation_at(head)) {
            (None, Some(_)) => score -= 7,
            (Some(_), Some(_)) => score += 6,
            (Some(q), None) if wanted != Wanted::Thing && subject && self.knowledge.nouns.reports(governor) => {
                let near = self.document.sentences[there].span.overlaps(q);
                score -= if near { 14 } else { 4 };
            }
            _ => {}
        }
        score += match (wanted, m.kind) {
            (Wanted::Thing, MentionKind::Organisation | MentionKind::Party) => 2,
            (Wanted::Thing, MentionKind::Place) => -4,
            (Wanted::Thing, MentionKind::Source) => -6,
            (Wanted::Several, MentionKind::Organisation | MentionKind::Force | MentionKind::Party)
                if !self.facts[candidate].plural =>
            {
                -4
            }
            (Wanted::Several, _) if m.parties.len() > 1 || self.is_coordinated(head) => 4,
            (Wanted::Person(_), _) if m.name.is_some() => 2,
            _ => 0,
        };
        score
    }

    pub fn quotation_at(&self, token: TokenId) -> Option<Span> {
        let span = self.document.tokens[token].span;
        let n = self.document.quotations.partition_point(|q| q.span.end() <= span.start());
        self.document.quotations.get(n).filter(|q| q.span.contains(span)).map(|q| q.span)
    }
}
