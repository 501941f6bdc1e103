//! Which earlier words does a pronoun take up, of all that agree with it?

use evidence::Span;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;

use crate::nouns::Gender;
use crate::reader::Reader;

/// Sentences back that a pronoun reaches.
const REACH: usize = 3;
/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Person(Gender),
    Thing,
    Several,
}

impl Reader<'_> {
    /// The best antecedent of the last sentences; a speaker named after the words said goes before them.
    pub fn antecedent(&mut self, token: TokenId, wanted: Wanted) -> Option<usize> {
        if let Some(subject) = self.own_subject(token)
            && self.agrees(subject, wanted)
            && self.owns(subject, wanted)
        {
            return Some(subject);
        }
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

    /// "nine of its pilots were dead, the junta said": the subject of the verb of saying that the clause hangs on.
    pub fn speaker_after(&mut self, token: TokenId) -> Option<usize> {
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
        let aside = |v: &TokenId| {
            let own = |d: Deprel| self.document.children_by(*v, d).next().is_some();
            reports(v) && !own(Deprel::Ccomp) && !own(Deprel::Obj)
        };
        let below = || path().find_map(|a| self.document.children_by(a, Deprel::Parataxis).find(aside));
        let verb = above.or_else(below)?;
        let subject = self.document.children_by(verb, Deprel::Nsubj).find(|s| *s > token)?;
        self.mention(subject)
    }

    /// Whether a subject is likely to be the possessor in its own clause: no warplane that bombs "its" fighters, no
    /// single state that meets "their" ministers.
    fn owns(&self, subject: usize, wanted: Wanted) -> bool {
        let m = &self.mentions[subject];
        match wanted {
            Wanted::Several => self.is_plural(m.head) || m.parties.len() > 1 || self.is_coordinated(m.head),
            Wanted::Thing => !m.entities.is_empty() || m.kind == MentionKind::Organisation,
            Wanted::Person(_) => true,
        }
    }

    /// "44,000 people fled their homes": a possessor is first of all the subject of its own clause.
    pub fn own_subject(&mut self, token: TokenId) -> Option<usize> {
        let t = &self.document.tokens[token];
        if t.deprel != Deprel::NmodPoss {
            return None;
        }
        let verb = self.document.ancestors(token).find(|a| self.document.tokens[*a].upos == Upos::Verb)?;
        let subject = self
            .document
            .children(verb)
            .iter()
            .copied()
            .find(|c| *c < token && matches!(self.document.tokens[*c].deprel, Deprel::Nsubj | Deprel::NsubjPass))?;
        if self.document.ancestors(token).any(|a| a == subject) { None } else { self.mention(subject) }
    }

    /// "Five of them": the group that was named just before.
    pub fn part_of(&mut self, token: TokenId) -> Option<usize> {
        let of = self.document.children_by(token, Deprel::Case).any(|c| &*self.document.tokens[c].lemma == "of");
        let part = self.document.tokens[token].head.filter(|h| of && *h < token)?;
        let t = &self.document.tokens[part];
        let numeral = matches!(t.upos, Upos::Num | Upos::Det | Upos::Pron | Upos::Adj);
        if !numeral {
            return None;
        }
        if let Some(group) = t.head.filter(|g| *g < part && self.document.tokens[*g].upos == Upos::Noun) {
            return self.mention(group);
        }
        // "1,834 people, most of them civilians": the parse may make the rest a clause of its own.
        let first = self.document.sentences[self.document.sentence_of(token)].tokens.start;
        let group = |m: &usize| {
            let several =
                matches!(self.mentions[*m].kind, MentionKind::People | MentionKind::Force | MentionKind::Person);
            (first..part).contains(&self.mentions[*m].head) && several && self.is_plural(self.mentions[*m].head)
        };
        self.recent().filter(group).max_by_key(|m| self.mentions[*m].head)
    }

    /// How likely an "it" takes up a subject that is nobody who could act: "the truce", "the missile".
    pub fn other_subject(&self, token: TokenId) -> Option<i32> {
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

    pub fn agrees(&self, candidate: usize, wanted: Wanted) -> bool {
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
                let described = m.kind == MentionKind::Place && m.entities.is_empty();
                thing
                    && !described
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
    pub fn is_local(&self, token: TokenId, head: TokenId) -> bool {
        let possessive = self.document.tokens[token].feats.has(Feats::POSS)
            || self.document.tokens[token].deprel == Deprel::NmodPoss;
        // Up to a clause only: in "X, who said he would" the pronoun is in a clause of its own below the name.
        let clause = |a: &TokenId| {
            self.document.tokens[*a].upos == Upos::Verb && self.document.tokens[*a].deprel != Deprel::Amod
        };
        // "X and his deputy": what is coordinated is a phrase of its own too.
        let mut path: Vec<TokenId> =
            std::iter::once(token).chain(self.document.ancestors(token)).take_while(|a| !clause(a)).collect();
        let coordinated = path.iter().position(|a| self.document.tokens[*a].deprel == Deprel::Conj);
        path.truncate(coordinated.map_or(path.len(), |n| n + 1));
        let own_phrase = path[1.min(path.len())..].contains(&head);
        let verb = |t: TokenId| {
            self.document.ancestors(t).find(|a| matches!(self.document.tokens[*a].upos, Upos::Verb | Upos::Aux))
        };
        // Two subjects of one verb are a mistake of the parse: the first belongs to a verb before ("X, said he would").
        let subject = |t: TokenId| {
            let apposed = self.document.tokens[t].deprel == Deprel::Appos;
            let t = if apposed { self.document.tokens[t].head.unwrap_or(t) } else { t };
            self.document.tokens[t].deprel == Deprel::Nsubj
        };
        if subject(token) && subject(head) && !own_phrase {
            return false;
        }
        own_phrase || !possessive && verb(token).is_some() && verb(token) == verb(head)
    }

    /// Whether a token stands in a clause that says what a noun is about.
    fn is_clause_of(&self, token: TokenId, noun: Option<TokenId>) -> bool {
        let clause = self.document.ancestors(token).find(|a| self.document.tokens[*a].deprel == Deprel::Acl);
        noun.is_some() && clause.and_then(|c| self.document.tokens[c].head) == noun
    }

    pub fn salience(&self, token: TokenId, candidate: usize, wanted: Wanted) -> i32 {
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
        let claims = t.deprel == Deprel::NmodPoss && self.is_clause_of(token, t.head);
        if claims {
            // "Delhi's claim that its forces": the claim is of whoever makes it.
            score += 12;
        } else if matches!(t.deprel, Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Nmod) {
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
        // What says something is no place.
        let pronoun = &self.document.tokens[token];
        let says = pronoun.deprel == Deprel::Nsubj
            && pronoun.head.is_some_and(|h| self.knowledge.nouns.reports(&self.document.tokens[h].lemma));
        if says && matches!(m.kind, MentionKind::Place | MentionKind::Source) {
            score -= 20;
        }
        score += match (wanted, m.kind) {
            (Wanted::Thing, MentionKind::Organisation | MentionKind::Party) => 2,
            (Wanted::Thing, MentionKind::Place) => -4,
            (Wanted::Thing, MentionKind::Source) => -6,
            (Wanted::Several, MentionKind::Organisation | MentionKind::Force | MentionKind::Party)
                if !self.facts[candidate].plural && !self.is_plural(head) =>
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
