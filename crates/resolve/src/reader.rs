//! How one document is read: every noun phrase in its order, each once, what it depends on first.

use std::collections::{BTreeMap, BTreeSet};

use evidence::deprel::{Deprel, Upos};
use evidence::document::{Document, NameKind, TokenId};
use evidence::{Article, Front, Mention, Note, Referents, Span};

use crate::alias::Form;
use crate::knowledge::Knowledge;
use crate::nouns::{Class, Gender};
use crate::people::{self, PersonName};
use crate::roster::Roster;
use crate::scene::{Hit, Meaning, Scene, hit};

/// What is known of one document while it is read.
pub(crate) struct Reader<'a> {
    pub knowledge: &'a Knowledge,
    pub text: &'a str,
    pub document: &'a Document,
    /// Day of publication, as fine as known.
    pub day: Option<String>,
    pub scene: Scene,
    pub hits: Vec<Hit>,
    pub names: Vec<PersonName>,
    pub roster: Roster,
    /// How often the document names places or people of each country.
    pub countries: BTreeMap<String, usize>,
    pub mentions: Vec<Mention>,
    /// What resolving needs of each mention besides.
    pub facts: Vec<Fact>,
    /// Names of places that nobody knows, in order.
    pub unknown: Vec<String>,
    /// Slugs of parties that known names of the document tell.
    named_parties: BTreeSet<String>,
    /// For every token: the known name, the proper name, the person's name that it is part of.
    hit_at: Vec<Option<u32>>,
    name_at: Vec<Option<u32>>,
    person_at: Vec<Option<u32>>,
    progress: Vec<Progress>,
}

/// What the resolution of later words needs to know of a mention.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fact {
    pub class: Option<Class>,
    pub person: Option<usize>,
    pub plural: bool,
    pub gender: Option<Gender>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    New,
    Open,
    Done(Option<u32>),
}

impl Knowledge {
    /// Says what the words of a document refer to. `text` is the article's text; `conflict` names the profile to use,
    /// where the user does.
    pub fn refer(
        &self,
        text: &str,
        document: &Document,
        article: &Article,
        conflict: Option<&str>,
    ) -> (Referents, Vec<Note>) {
        let mut notes = Vec::new();
        if let Some(name) = conflict
            && !self.conflicts().contains(&name)
        {
            let known = self.conflicts().join(", ");
            notes.push(Note::new("unknown-conflict", format!("no profile is called {name}; there are {known}")));
        }
        let mut reader = Reader::new(self, text, document, article, conflict);
        for token in 0..document.tokens.len() {
            reader.mention(token);
        }
        notes.extend(reader.unknown.iter().map(|place| {
            let what =
                format!("no gazetteer place called {place} in the countries of the report; a profile can name it");
            Note::new("unknown-place", what)
        }));
        (reader.finish(), notes)
    }
}

/// Words for whoever holds the state in a war of two armies: no movement is called so because it alone is named.
const OF_THE_STATE: [&str; 8] =
    ["army", "authorities", "government", "junta", "loyalists", "military", "navy", "regime"];

/// "The rebels", a word for one movement, mean another where only that one is named and fights in the same conflict.
fn turn_to_the_named(
    knowledge: &Knowledge,
    text: &str,
    document: &Document,
    hits: &mut [Hit],
    named: &BTreeSet<String>,
) {
    let of_a_movement = |h: &Hit| {
        let word = document.tokens[h.tokens.start].span.of(text).to_lowercase();
        h.tokens.len() == 1 && !OF_THE_STATE.contains(&word.as_str())
    };
    let state = |p: &String| knowledge.party_item(p).is_some_and(|i| knowledge.items[i].country.is_some());
    // One plain word: "the Tripoli government" is nobody else's.
    let plain = hits.iter_mut().filter(|h| of_a_movement(h)).flat_map(|h| &mut h.meanings);
    for meaning in plain.filter(|m| m.form == Form::Phrase) {
        let Some(party) = knowledge.items[meaning.item].party.as_ref() else { continue };
        let Some(conflict) = meaning.scope.map(|c| &knowledge.conflicts[c]) else { continue };
        if named.contains(party) || state(party) || !conflict.sides.contains(party) {
            continue;
        }
        let mut others = conflict.sides.iter().filter(|s| named.contains(*s) && !state(s));
        if let (Some(one), None) = (others.next(), others.next())
            && let Some(item) = knowledge.party_item(one)
        {
            meaning.item = item;
        }
    }
}

impl<'a> Reader<'a> {
    fn new(
        knowledge: &'a Knowledge,
        text: &'a str,
        document: &'a Document,
        article: &Article,
        conflict: Option<&str>,
    ) -> Self {
        let day = article.published.value.as_ref().map(|v| v.date().to_owned());
        let year = day.as_ref().and_then(|d| d.get(..4)?.parse().ok());
        let words = knowledge.trie.words(document, text);
        let scene = Scene::of(knowledge, &words, document, year, conflict);
        let matches = knowledge.trie.matches(&words, |a| scene.accepts(knowledge, a));
        let mut hits: Vec<Hit> = matches.iter().map(|m| hit(knowledge, &scene, document, m)).collect();
        hits.retain(|h| !h.meanings.is_empty());
        people::drop_parts_of_names(knowledge, text, document, &mut hits);
        let mut roster = Roster::default();
        let names = people::find(knowledge, text, document, &hits, &mut roster, day.as_deref());
        let count = document.tokens.len();
        let mark = |ranges: Vec<std::ops::Range<usize>>| {
            let mut at = vec![None; count];
            for (n, range) in ranges.into_iter().enumerate() {
                range.for_each(|t| at[t] = Some(n as u32));
            }
            at
        };
        let mut countries = BTreeMap::new();
        for item in hits.iter().map(|h| &knowledge.items[h.meanings[0].item]) {
            if let Some(c) = &item.country {
                *countries.entry(c.clone()).or_insert(0) += 1;
            }
        }
        // Words that one conflict uses for a party ("the rebels") name it for those who know; a name names it.
        let named = |m: &&Meaning| m.form != Form::Phrase;
        let party = |m: &Meaning| knowledge.items[m.item].party.clone();
        let by_name: BTreeSet<String> = hits.iter().flat_map(|h| &h.meanings).filter(named).filter_map(party).collect();
        turn_to_the_named(knowledge, text, document, &mut hits, &by_name);
        let named_parties = hits.iter().flat_map(|h| &h.meanings).filter_map(party).collect();

        let hit_at = mark(hits.iter().map(|h| h.tokens.clone()).collect());
        let name_at = mark(document.names.iter().map(|n| n.tokens.clone()).collect());
        let person_at = mark(names.iter().map(|n| n.tokens.clone()).collect());
        Self {
            knowledge,
            text,
            document,
            day,
            scene,
            hits,
            names,
            roster,
            countries,
            mentions: Vec::new(),
            facts: Vec::new(),
            unknown: Vec::new(),
            named_parties,
            hit_at,
            name_at,
            person_at,
            progress: vec![Progress::New; count],
        }
    }

    /// The mention that a token heads, made on first request; none while it is being made.
    pub fn mention(&mut self, token: TokenId) -> Option<usize> {
        match self.progress[token] {
            Progress::Done(found) => return found.map(|n| n as usize),
            Progress::Open => return None,
            Progress::New => self.progress[token] = Progress::Open,
        }
        let made = self.interpret(token);
        let number = made.map(|(mention, fact)| {
            self.mentions.push(mention);
            self.facts.push(fact);
            self.mentions.len() - 1
        });
        self.progress[token] = Progress::Done(number.map(|n| n as u32));
        number
    }

    /// The mention of a token, if it has been made already.
    pub fn mention_made(&self, token: TokenId) -> Option<usize> {
        match self.progress[token] {
            Progress::Done(found) => found.map(|n| n as usize),
            Progress::New | Progress::Open => None,
        }
    }

    fn interpret(&mut self, token: TokenId) -> Option<(Mention, Fact)> {
        let t = &self.document.tokens[token];
        if let Some(name) = self.person_name(token) {
            return (self.head_of(&name.tokens.clone()) == token).then(|| self.named_person(token))?;
        }
        if matches!(t.upos, Upos::Pron | Upos::Det) || &*t.lemma == "other" {
            return self.pronoun(token);
        }
        if let Some(found) = self.hit(token) {
            let tokens = found.tokens.clone();
            return if self.head_of(&tokens) == token { self.known_name(token) } else { None };
        }
        if !matches!(t.upos, Upos::Noun | Upos::Propn) && !self.stands_for_noun(token) {
            return None;
        }
        if let Some(name) = self.proper_name(token)
            && name.1 != NameKind::Person
            && !(name.1 == NameKind::Organisation && self.class(token) == Some(Class::Role))
        {
            return if self.head_of(&name.0) == token { self.unknown_name(token, name.1) } else { None };
        }
        if matches!(t.deprel, Deprel::Flat | Deprel::Fixed | Deprel::Goeswith) {
            return None;
        }
        self.described(token)
    }

    /// An adjective or number in the place of a noun: "the wounded", "both".
    fn stands_for_noun(&self, token: TokenId) -> bool {
        let t = &self.document.tokens[token];
        t.upos == Upos::Adj && (t.deprel.is("nsubj") || t.deprel.is("obj") || t.deprel.is("obl") || t.deprel.is("nmod"))
    }

    /// The token of a name on which the others hang.
    pub fn head_of(&self, tokens: &std::ops::Range<TokenId>) -> TokenId {
        let outside = |t: &TokenId| self.document.tokens[*t].head.is_none_or(|h| !tokens.contains(&h));
        let content = |t: &TokenId| {
            !self.document.tokens[*t].deprel.is("punct") && self.document.tokens[*t].deprel != Deprel::Case
        };
        let mut heads = tokens.clone().filter(outside);
        heads.clone().find(content).or_else(|| heads.next()).unwrap_or(tokens.start)
    }

    /// The known name that a token is part of.
    pub fn hit(&self, token: TokenId) -> Option<&Hit> {
        self.hit_at[token].map(|n| &self.hits[n as usize])
    }

    /// The person's name that a token is part of.
    pub fn person_name(&self, token: TokenId) -> Option<&PersonName> {
        self.person_at.get(token).copied().flatten().map(|n| &self.names[n as usize])
    }

    /// The proper name that the language layer sees at a token.
    pub fn proper_name(&self, token: TokenId) -> Option<(std::ops::Range<TokenId>, NameKind)> {
        self.name_at[token].map(|n| &self.document.names[n as usize]).map(|n| (n.tokens.clone(), n.kind))
    }

    /// The words of some tokens.
    pub fn words(&self, tokens: std::ops::Range<TokenId>) -> &'a str {
        self.span(tokens).of(self.text)
    }

    /// From the first to the last of some tokens.
    pub fn span(&self, tokens: std::ops::Range<TokenId>) -> Span {
        let at = |t: TokenId| self.document.tokens[t].span;
        at(tokens.start).join(at(tokens.end - 1))
    }

    /// The conflict of the paragraph that a token stands in.
    pub fn conflict_at(&self, token: TokenId) -> Option<usize> {
        self.scene.at(self.document.sentences[self.document.sentence_of(token)].paragraph)
    }

    /// The warring sides of the conflict at a token that the document names anywhere.
    pub fn sides_at(&self, token: TokenId) -> Vec<String> {
        let Some(conflict) = self.conflict_at(token) else { return Vec::new() };
        let sides = &self.knowledge.conflicts[conflict].sides;
        sides.iter().filter(|s| self.is_named(s)).cloned().collect()
    }

    /// Each conflict that some paragraph is about, and which one each paragraph is about.
    fn fronts(&self) -> (Vec<Front>, Vec<Option<usize>>) {
        let mut known: Vec<usize> = Vec::new();
        let paragraphs = self.document.sentences.last().map_or(0, |s| s.paragraph + 1);
        let of: Vec<Option<usize>> = (0..paragraphs)
            .map(|p| {
                let conflict = self.scene.at(p)?;
                let at = known.iter().position(|k| *k == conflict);
                Some(at.unwrap_or_else(|| {
                    known.push(conflict);
                    known.len() - 1
                }))
            })
            .collect();
        let front = |c: &usize| {
            let conflict = &self.knowledge.conflicts[*c];
            let sides = conflict.sides.iter().filter(|s| self.is_named(s)).cloned().collect();
            let others = conflict.parties.iter().chain(&conflict.home).filter(|p| !conflict.sides.contains(p));
            Front { sides, stands_with: conflict.stands_with.clone(), others: others.cloned().collect() }
        };
        (known.iter().map(front).collect(), of)
    }

    fn is_named(&self, party: &str) -> bool {
        self.named_parties.contains(party)
    }

    fn finish(mut self) -> Referents {
        let main = self.scene.main;
        let mut sides = main.map(|c| self.knowledge.conflicts[c].sides.clone()).unwrap_or_default();
        sides.retain(|s| self.is_named(s));
        let fronts = self.fronts();
        // Every party that is spoken of is an entity, with all its names.
        let mut slugs: Vec<String> = self.mentions.iter().flat_map(|m| m.parties.iter().cloned()).collect();
        slugs.extend(self.roster.entities.iter().filter_map(|e| e.party.clone()));
        slugs.sort();
        slugs.dedup();
        slugs.iter().for_each(|slug| {
            self.roster.party(self.knowledge, slug);
        });
        let mut referents = Referents::new(self.document, self.roster.entities, self.mentions);
        referents.conflict = main.map(|c| self.knowledge.conflicts[c].name.clone());
        referents.civilians = main.map(|c| self.knowledge.conflicts[c].civilians.clone()).unwrap_or_default();
        referents.sides = sides;
        (referents.fronts, referents.front_of) = fronts;
        referents
    }
}
