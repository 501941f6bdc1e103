//! Which conflicts does a report speak of, and which one in each paragraph?

use evidence::EntityKind;
use evidence::document::Document;

use crate::alias::{Alias, Form, Match, Words};
use crate::knowledge::Knowledge;

/// The conflicts of one report.
#[derive(Debug)]
pub(crate) struct Scene {
    /// For every conflict, whether names of its profile hold in this report.
    pub in_reach: Vec<bool>,
    /// The conflict that the report is mainly about.
    pub main: Option<usize>,
    /// For every paragraph, the conflict it is about.
    by_paragraph: Vec<Option<usize>>,
}

/// A conflict is looked at only from this score on: a single mention of a country at war is no report of the war.
const ENOUGH: f64 = 4.0;
/// What a word of a conflict's own usage speaks for it ("rebels"). Such words are those of other wars too: together they
/// count no more than the names do, and beside a single name, which may be another's, half of it.
const PHRASE: f64 = 0.25;
/// What one name of a conflict's own speaks for it.
const NAME: f64 = 2.0;
/// In one paragraph, this much more than the conflict of the paragraph before makes a change of subject.
const CHANGE: f64 = 2.0;

impl Scene {
    /// Weighs every profile against the words. `named` is the profile that the user asked for.
    pub fn of(
        knowledge: &Knowledge,
        words: &Words,
        document: &Document,
        year: Option<i32>,
        named: Option<&str>,
    ) -> Self {
        let matches = knowledge.trie.matches(words, |_| true);
        let paragraphs = document.sentences.last().map_or(0, |s| s.paragraph + 1);
        let count = knowledge.conflicts.len();
        let mut own = vec![false; count];
        let mut by = vec![vec![0.0; count]; paragraphs];
        let mut sides = vec![vec![false; 8]; count];
        let mut phrases = vec![0.0; count];
        for m in &matches {
            let paragraph = document.sentences[document.sentence_of(m.tokens.start)].paragraph;
            for alias in m.aliases.iter().map(|a| &knowledge.trie.aliases[*a]) {
                weigh(knowledge, alias, &mut own, &mut by[paragraph], &mut sides);
                if let (Form::Phrase, Some(scope)) = (alias.form, alias.scope) {
                    phrases[scope] += PHRASE;
                }
            }
        }
        let score = |c: usize| {
            let conflict = &knowledge.conflicts[c];
            let told: f64 = by.iter().map(|p| p[c]).sum();
            let sides_told = sides[c].iter().filter(|s| **s).count();
            if conflict.replaced || (!own[c] && sides_told < 2) {
                return 0.0;
            }
            let names = told - phrases[c];
            let most = if names > NAME { names } else { names / 2.0 };
            (names + phrases[c].min(most))
                * fits_year(conflict.from, conflict.to, year)
                * if sides_told >= 2 { 1.5 } else { 1.0 }
        };
        let scores: Vec<f64> = (0..count).map(score).collect();
        let asked = named.and_then(|n| knowledge.conflicts.iter().position(|c| !c.replaced && c.name == n));
        let best =
            (0..count).filter(|c| scores[*c] >= ENOUGH).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)));
        let main = asked.or(best);
        let in_reach: Vec<bool> = (0..count).map(|c| Some(c) == main || scores[c] >= ENOUGH).collect();
        let by_paragraph = match asked {
            Some(_) => vec![asked; paragraphs],
            None => follow(main, &in_reach, &by, &scores),
        };
        Self { in_reach, main, by_paragraph }
    }

    /// The conflict of a paragraph.
    pub fn at(&self, paragraph: usize) -> Option<usize> {
        self.by_paragraph.get(paragraph).copied().flatten().or(self.main)
    }

    /// Whether an alias holds in this report. Names that a profile gives to parties and people hold everywhere, but for
    /// acronyms of a few letters; all else may be another's elsewhere.
    pub fn accepts(&self, knowledge: &Knowledge, alias: &Alias) -> bool {
        let Some(scope) = alias.scope else { return true };
        let known_anywhere = matches!(knowledge.items[alias.item].kind, EntityKind::Party | EntityKind::Person);
        match alias.form {
            Form::Keyword => false,
            Form::Name if known_anywhere && !alias.is_short() => true,
            _ => self.in_reach[scope],
        }
    }
}

/// How much an alias speaks for each conflict.
fn weigh(knowledge: &Knowledge, alias: &Alias, own: &mut [bool], scores: &mut [f64], sides: &mut [Vec<bool>]) {
    let party = knowledge.items[alias.item].party.as_deref();
    for (c, conflict) in knowledge.conflicts.iter().enumerate() {
        let side = conflict.sides.iter().position(|s| Some(s.as_str()) == party);
        match alias.scope {
            Some(scope) if scope == c => {
                own[c] |= alias.form != Form::Phrase;
                scores[c] += match alias.form {
                    Form::Phrase => PHRASE,
                    Form::Surname | Form::Keyword => 1.5,
                    _ => NAME,
                };
            }
            // Names that hold in the whole world speak for a conflict if they are of one of its sides.
            None if side.is_some() => scores[c] += 1.0,
            // The state where the war is speaks for it, others that the profile lists a little.
            None if conflict.home.as_deref() == party && party.is_some() => scores[c] += 1.0,
            None if conflict.parties.iter().any(|p| Some(p.as_str()) == party) => scores[c] += 0.25,
            _ => continue,
        }
        if let Some(mark) = side.and_then(|s| sides[c].get_mut(s)) {
            *mark |= !matches!(alias.form, Form::Keyword | Form::Phrase);
        }
    }
}

/// A report is not older than its conflict; long after it, it is likelier about something else.
fn fits_year(from: i32, to: Option<i32>, year: Option<i32>) -> f64 {
    match year {
        Some(y) if y < from => 0.0,
        Some(y) if to.is_some_and(|t| y > t + 2) => 0.3,
        Some(_) => 1.0,
        // An undated report: a profile of a few years claims less than it might.
        None => 0.9,
    }
}

/// The conflict of each paragraph: that of the one before, until another is spoken of clearly more.
fn follow(main: Option<usize>, in_reach: &[bool], by: &[Vec<f64>], totals: &[f64]) -> Vec<Option<usize>> {
    let mut now = main;
    let mut out = Vec::with_capacity(by.len());
    for scores in by {
        let reach = (0..scores.len()).filter(|c| in_reach[*c]);
        // Of two profiles of the same conflict, the one that the whole report fits better.
        let best = reach.max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(totals[*a].total_cmp(&totals[*b])));
        if let Some(best) = best
            && changes(scores[best], now.map_or(0.0, |n| scores[n]))
        {
            now = Some(best);
        }
        out.push(now);
    }
    out
}

/// A heading that names nothing of the conflict before changes the subject by one word.
fn changes(best: f64, now: f64) -> bool {
    best >= now + CHANGE || now == 0.0 && best >= 1.0
}

/// A known name in the text, with what it means here.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub tokens: std::ops::Range<usize>,
    /// Meanings, in the order in which they fit the paragraph; words that mean several parties together have several.
    pub meanings: Vec<Meaning>,
}

/// One thing that an alias may mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    pub item: usize,
    pub form: Form,
    pub scope: Option<usize>,
}

/// Orders the meanings of a match: of the paragraph's conflict first, then of the world, then of other conflicts.
pub(crate) fn hit(knowledge: &Knowledge, scene: &Scene, document: &Document, found: &Match) -> Hit {
    let here = scene.at(document.sentences[document.sentence_of(found.tokens.start)].paragraph);
    let distance = |m: &Meaning| match m.scope {
        Some(s) if Some(s) == here => 0,
        None => 1,
        Some(s) if scene.in_reach[s] => 2,
        Some(_) => 3,
    };
    let meaning = |a: &usize| {
        let Alias { item, form, scope, .. } = &knowledge.trie.aliases[*a];
        Meaning { item: *item, form: *form, scope: *scope }
    };
    let mut meanings: Vec<Meaning> = found.aliases.iter().map(meaning).collect();
    // Words of one conflict's own usage mean nothing in a paragraph about another.
    meanings.retain(|m| m.form != Form::Phrase || m.scope == here);
    meanings.sort_by_key(|m| (distance(m), m.form, m.item));
    Hit { tokens: found.tokens.clone(), meanings }
}
