//! Which people and things does a report name, each once?

use std::collections::HashMap;

use evidence::{Entity, EntityKind};

use crate::fold::fold;
use crate::knowledge::{Item, Knowledge, item_id, party_id};
use crate::nouns::Gender;

/// Somebody a report names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    /// The fullest name the report gives.
    pub name: String,
    /// Its words, folded.
    words: Vec<String>,
    /// Who it is, if known beforehand.
    pub item: Option<usize>,
    /// Party by the report's own words, or by what is known of the day.
    pub party: Option<String>,
    /// Roles the report gives, as printed, the first first.
    pub roles: Vec<String>,
    /// Body the person speaks for.
    pub organisation: Option<String>,
    /// The pronoun, once a title or a role has told it.
    pub gender: Option<Gender>,
}

/// People and entities of one report.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub people: Vec<Person>,
    pub entities: Vec<Entity>,
    by_id: HashMap<String, usize>,
}

impl Roster {
    /// The person of a name as printed (without titles); made if nobody fits. `item` is who it is by the known names.
    pub fn person(&mut self, printed: &str, item: Option<usize>) -> usize {
        let words: Vec<String> = fold(printed).split(' ').map(str::to_owned).collect();
        let known = match item {
            Some(i) => self.people.iter().position(|p| p.item == Some(i)),
            None => None,
        };
        let known = known.or_else(|| self.people.iter().position(|p| is_same(&p.words, &words)));
        let Some(known) = known else {
            self.people.push(Person { name: printed.to_owned(), words, item, ..Person::default() });
            return self.people.len() - 1;
        };
        let person = &mut self.people[known];
        person.item = person.item.or(item);
        if words.len() > person.words.len() {
            (person.name, person.words) = (printed.to_owned(), words);
        }
        known
    }

    /// The one person whose last name, or only name, this is; none if two share it.
    pub fn by_short_name(&self, printed: &str) -> Option<usize> {
        let folded = fold(printed);
        let last = folded.rsplit(' ').next().unwrap_or(&folded);
        let fits = |p: &Person| p.words.ends_with(&folded.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let mut found: Vec<usize> = (0..self.people.len()).filter(|p| fits(&self.people[*p])).collect();
        if found.is_empty() {
            // A first name or a middle part ("Salva" for "Salva Kiir Mayardit"), if it is nobody else's.
            found = (0..self.people.len()).filter(|p| self.people[*p].words.iter().any(|w| w == last)).collect();
        }
        if let [one] = found[..] { Some(one) } else { None }
    }

    /// Entity number of a person.
    pub fn person_entity(&mut self, knowledge: &Knowledge, person: usize) -> usize {
        let p = &self.people[person];
        let (printed, party) = (p.name.clone(), p.party.clone());
        let entity = match p.item {
            Some(i) => self.known(&knowledge.items[i]),
            None => {
                let id = item_id(EntityKind::Person, &printed);
                self.entity(id, EntityKind::Person, &printed)
            }
        };
        let e = &mut self.entities[entity];
        e.party = e.party.take().or(party);
        self.add_alias(entity, &printed);
        entity
    }

    /// Entity number of something known beforehand.
    pub fn known(&mut self, item: &Item) -> usize {
        if let Some(entity) = self.by_id.get(&item.id) {
            return *entity;
        }
        let n = self.entity(item.id.clone(), item.kind, &item.name);
        let e = &mut self.entities[n];
        e.aliases = item.aliases.iter().filter(|a| **a != item.name).cloned().collect();
        e.party = if item.kind == EntityKind::Person { None } else { item.party.clone() };
        e.country.clone_from(&item.country);
        (e.lat, e.lon) = item.position.unzip();
        n
    }

    /// Entity number of a party.
    pub fn party(&mut self, knowledge: &Knowledge, slug: &str) -> usize {
        match knowledge.party_item(slug) {
            Some(item) => self.known(&knowledge.items[item]),
            None => self.entity(party_id(slug), EntityKind::Party, slug),
        }
    }

    /// Entity number of an id, made if it is new.
    pub fn entity(&mut self, id: String, kind: EntityKind, name: &str) -> usize {
        if let Some(known) = self.by_id.get(&id) {
            return *known;
        }
        self.by_id.insert(id.clone(), self.entities.len());
        let (name, aliases) = (name.to_owned(), Vec::new());
        self.entities.push(Entity { id, kind, name, aliases, party: None, country: None, lat: None, lon: None });
        self.entities.len() - 1
    }

    /// Adds a name that the report uses.
    pub fn add_alias(&mut self, entity: usize, name: &str) {
        let e = &mut self.entities[entity];
        if e.name != name
            && let Err(at) = e.aliases.binary_search_by(|a| a.as_str().cmp(name))
        {
            e.aliases.insert(at, name.to_owned());
        }
    }
}

/// Whether two full names may be one person's: the same last name, and first names that begin alike ("Sergey",
/// "Sergei") or of which one is an initial; a part of a name is the same if it begins or ends it.
fn is_same(a: &[String], b: &[String]) -> bool {
    if a.len() < 2 || b.len() < 2 {
        return a == b;
    }
    // "Salva Kiir" is part of "Salva Kiir Mayardit".
    let within = |short: &[String], long: &[String]| short.iter().all(|w| long.contains(w));
    if a.last() == b.last() && (within(a, b) || within(b, a)) {
        return true;
    }
    let (first_a, first_b) = (a[0].as_str(), b[0].as_str());
    let shared = first_a.chars().zip(first_b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = first_a.chars().count().min(first_b.chars().count());
    a.last() == b.last() && (shared >= 3 || shared == shorter && shared > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_person_however_it_is_spelled() {
        let mut roster = Roster::default();
        let a = roster.person("Sergey Petrov", None);
        assert_eq!(roster.person("Sergei Petrov", None), a);
        assert_ne!(roster.person("Anna Petrova", None), a);
        assert_eq!(roster.by_short_name("Petrov"), Some(a));
        let b = roster.person("Ivan Petrov", None);
        assert_ne!(a, b);
        assert_eq!(roster.by_short_name("Petrov"), None, "two share the last name");
    }
}
