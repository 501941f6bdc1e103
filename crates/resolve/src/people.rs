//! Where are people named?

use std::ops::Range;

use evidence::EntityKind;
use evidence::deprel::Upos;
use evidence::document::{Document, NameKind, TokenId};

use crate::alias::Form;
use crate::fold::fold;
use crate::knowledge::Knowledge;
use crate::nouns::{Class, Gender};
use crate::roster::Roster;
use crate::scene::Hit;

/// A person's name in the text.
#[derive(Debug, Clone)]
pub(crate) struct PersonName {
    /// Its tokens, without titles.
    pub tokens: Range<TokenId>,
    /// Number in the roster.
    pub person: usize,
    /// Title before it ("Mr"), if any.
    pub title: Option<TokenId>,
}

/// Takes out known names that are only part of a longer name of something else: the state in "Jordan Smith", the seat
/// in "Moscow Times", the last name of somebody who is called otherwise here.
pub(crate) fn drop_parts_of_names(knowledge: &Knowledge, text: &str, document: &Document, hits: &mut Vec<Hit>) {
    hits.retain(|hit| {
        let inside =
            |n: &&evidence::document::Name| n.tokens.start <= hit.tokens.start && hit.tokens.end <= n.tokens.end;
        let at = document.names.partition_point(|n| n.tokens.end <= hit.tokens.start);
        let name = document.names.get(at).filter(inside).filter(|n| n.tokens.len() > hit.tokens.len());
        let Some(name) = name else { return true };
        let (item, form) = (&knowledge.items[hit.meanings[0].item], hit.meanings[0].form);
        match name.kind {
            NameKind::Person => {
                let mut rest = (name.tokens.start..hit.tokens.start).chain(hit.tokens.end..name.tokens.end);
                let title = |t: TokenId| {
                    let word = document.tokens[t].span.of(text);
                    knowledge.nouns.title(word).is_some()
                        || knowledge.nouns.class_of(word) == Some(Class::Role)
                        || word == "'s"
                };
                item.kind == EntityKind::Person && (form == Form::Name || rest.all(title))
            }
            NameKind::Place => !knowledge.places.has(&fold(name.span.of(text))) || item.kind == EntityKind::Place,
            NameKind::Organisation => form != Form::Surname,
        }
    });
}

/// Finds every name of a person, and makes the roster of those who bear them: full names first, so that a last name
/// alone finds its bearer wherever in the text he is introduced.
pub(crate) fn find(
    knowledge: &Knowledge,
    text: &str,
    document: &Document,
    hits: &[Hit],
    roster: &mut Roster,
    day: Option<&str>,
) -> Vec<PersonName> {
    let mut found = candidates(knowledge, text, document, hits);
    found.sort_by_key(|(tokens, _)| (tokens.start, std::cmp::Reverse(tokens.end)));
    found.dedup_by(|b, a| b.0.start < a.0.end);
    let printed = |tokens: &Range<TokenId>| {
        let at = |t: TokenId| document.tokens[t].span;
        at(tokens.start).join(at(tokens.end - 1)).of(text)
    };
    let is_full = |tokens: &Range<TokenId>| printed(tokens).contains(' ');
    let mut persons = vec![None; found.len()];
    for (n, (tokens, item)) in found.iter().enumerate().filter(|(_, (t, _))| is_full(t)) {
        persons[n] = Some(roster.person(printed(tokens), *item));
    }
    let missed = last_names_alone(text, document, hits, &found, roster);
    persons.extend(vec![None; missed.len()]);
    found.extend(missed);
    for (n, (tokens, item)) in found.iter().enumerate().filter(|(_, (t, _))| !is_full(t)) {
        let name = printed(tokens);
        persons[n] = Some(roster.by_short_name(name).unwrap_or_else(|| roster.person(name, *item)));
    }
    let mut names = Vec::with_capacity(found.len());
    let mut people: Vec<_> = found.into_iter().zip(persons.into_iter().flatten()).collect();
    people.sort_by_key(|((tokens, _), _)| tokens.start);
    for ((tokens, _), person) in people {
        let before = tokens.start.checked_sub(1).map(|t| (t, document.tokens[t].span.of(text)));
        let title = before.and_then(|(t, word)| Some((t, knowledge.nouns.title(word)?)));
        let p = &mut roster.people[person];
        p.gender = p.gender.or(title.and_then(|(_, gender)| gender));
        names.push(PersonName { tokens, person, title: title.map(|(t, _)| t) });
    }
    for p in &mut roster.people {
        let office = p.item.map(|i| knowledge.items[i].office_on(day));
        p.party = office.and_then(|(party, _)| party.map(str::to_owned));
    }
    names
}

/// Names as the language layer and the known names see them; a known person's item beside it.
fn candidates(
    knowledge: &Knowledge,
    text: &str,
    document: &Document,
    hits: &[Hit],
) -> Vec<(Range<TokenId>, Option<usize>)> {
    let mut found = Vec::new();
    let person_of = |hit: &Hit| {
        let of = |m: &&crate::scene::Meaning| knowledge.items[m.item].kind == EntityKind::Person;
        hit.meanings.iter().find(of).map(|m| (m.item, m.form))
    };
    for hit in hits {
        let known = person_of(hit).filter(|(_, form)| {
            let propn = |t: TokenId| document.tokens[t].upos == Upos::Propn;
            *form == Form::Name || hit.tokens.clone().any(propn)
        });
        if let Some((item, _)) = known {
            found.push((hit.tokens.clone(), Some(item)));
        }
    }
    for name in document.names.iter().filter(|n| n.kind == NameKind::Person) {
        let tokens = trim(knowledge, text, document, name.tokens.clone());
        let at = hits.partition_point(|h| h.tokens.end <= tokens.start);
        let near = &hits[at..hits.len().min(at + 2)];
        let covered = |h: &&Hit| h.tokens.start <= tokens.start && tokens.end <= h.tokens.end;
        // One word that is no proper noun, or a handle, is no name.
        let handle = |t: TokenId| {
            document.tokens[t].span.start() > 0 && text.as_bytes()[document.tokens[t].span.start() - 1] == b'@'
        };
        let no_name = tokens.len() == 1 && (document.tokens[tokens.start].upos != Upos::Propn || handle(tokens.start));
        if tokens.is_empty() || no_name || near.iter().any(|h| covered(&h)) {
            continue;
        }
        let inner = near.iter().find(|h| tokens.start <= h.tokens.start && h.tokens.end <= tokens.end);
        let item = inner.and_then(person_of).filter(|(_, form)| *form == Form::Name).map(|(item, _)| item);
        found.push((tokens, item));
    }
    found
}

/// Last names of people who are named in full elsewhere, where the language layer sees no name.
fn last_names_alone(
    text: &str,
    document: &Document,
    hits: &[Hit],
    found: &[(Range<TokenId>, Option<usize>)],
    roster: &Roster,
) -> Vec<(Range<TokenId>, Option<usize>)> {
    let last: Vec<String> =
        roster.people.iter().filter_map(|p| p.name.rsplit_once(' ')).map(|(_, l)| l.to_owned()).collect();
    let taken = |t: TokenId| found.iter().any(|(r, _)| r.contains(&t)) || hits.iter().any(|h| h.tokens.contains(&t));
    let named = |t: TokenId| document.names.iter().any(|n| n.tokens.contains(&t));
    let alone = |t: &TokenId| {
        let token = &document.tokens[*t];
        token.upos == Upos::Propn && last.iter().any(|l| l == token.span.of(text)) && !taken(*t) && !named(*t)
    };
    if last.is_empty() {
        Vec::new()
    } else {
        (0..document.tokens.len()).filter(alone).map(|t| (t..t + 1, None)).collect()
    }
}

/// A name without titles and roles before it and a "'s" after it.
fn trim(knowledge: &Knowledge, text: &str, document: &Document, mut tokens: Range<TokenId>) -> Range<TokenId> {
    let word = |t: TokenId| document.tokens[t].span.of(text);
    let before_name = |w: &str| knowledge.nouns.title(w).is_some() || knowledge.nouns.class_of(w) == Some(Class::Role);
    while tokens.len() > 1 && before_name(word(tokens.start)) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && matches!(word(tokens.end - 1), "'s" | "’s" | "'" | "’" | "," | "." | ")") {
        tokens.end -= 1;
    }
    tokens
}

/// The gender that a role tells.
pub(crate) fn gender_of_role(role: &str) -> Option<Gender> {
    let last = role.rsplit(' ').next().unwrap_or(role).to_lowercase();
    let ends = |list: &[&str]| list.iter().any(|w| last.ends_with(w));
    if ends(&["woman", "queen", "mother", "widow", "daughter", "sister", "princess"]) {
        Some(Gender::She)
    } else if ends(&["spokesman", "chairman", "ombudsman", "king", "father", "son", "brother", "strongman"]) {
        Some(Gender::He)
    } else {
        None
    }
}
