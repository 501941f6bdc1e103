//! What is known before a report is read: states, organisations, office-holders, conflict profiles, places.

use std::collections::{BTreeMap, BTreeSet};

use evidence::EntityKind;

use crate::alias::{Alias, Form, Trie};
use crate::error::Error;
use crate::fold::fold;
use crate::gazetteer::Gazetteer;
use crate::load;
use crate::nouns::{Ground, Nouns};
use crate::profile::{OfficeHolders, Profile, check_dates};

static PLACES: &[u8] = include_bytes!("../../../data/gazetteer/places.bin");

/// Everything that is known of parties, people, forces and places, ready to look up.
pub struct Knowledge {
    pub(crate) items: Vec<Item>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) trie: Trie,
    pub(crate) places: Gazetteer<'static>,
    pub(crate) nouns: Nouns,
    pub(crate) by_id: BTreeMap<String, usize>,
    /// Slugs of states by ISO code.
    pub(crate) states: BTreeMap<String, String>,
    /// First seat of each state's item.
    pub(crate) capitals: BTreeMap<usize, String>,
}

/// Something with a name of its own.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub id: String,
    pub kind: EntityKind,
    pub name: String,
    pub aliases: BTreeSet<String>,
    pub party: Option<String>,
    pub country: Option<String>,
    pub position: Option<(f64, f64)>,
    /// For a place, what may be said of it later; for a state, that it is a country.
    pub ground: Option<Ground>,
    /// An international organisation, even where it is a party of the ledger too.
    pub is_body: bool,
    pub offices: Vec<Office>,
}

/// An office somebody held.
#[derive(Debug, Clone)]
pub(crate) struct Office {
    pub role: Option<String>,
    pub party: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// What a profile says beyond names.
#[derive(Debug)]
pub(crate) struct Conflict {
    pub name: String,
    pub from: i32,
    pub to: Option<i32>,
    pub countries: Vec<String>,
    pub sides: Vec<String>,
    /// All parties that the profile lists, sides among them.
    pub parties: Vec<String>,
    /// Slug of the state where the war is: of the first country.
    pub home: Option<String>,
    /// Country → party whose places these are.
    pub territory: BTreeMap<String, String>,
    /// Party → party that its unarmed people are filed under.
    pub civilians: BTreeMap<String, String>,
    /// Ally → the warring party it stands with.
    pub stands_with: BTreeMap<String, String>,
    /// Whether a user's profile of the same name has taken its place.
    pub replaced: bool,
}

impl Conflict {
    fn known(&self) -> evidence::Conflict {
        let others = self.parties.iter().chain(&self.home).filter(|p| !self.sides.contains(p)).cloned().collect();
        let front = evidence::Front { sides: self.sides.clone(), stands_with: self.stands_with.clone(), others };
        evidence::Conflict {
            name: self.name.clone(),
            from: self.from,
            to: self.to,
            countries: self.countries.clone(),
            front,
        }
    }
}

impl Knowledge {
    /// What travels with the program.
    ///
    /// # Errors
    /// If a file of `data/` has a mistake in it.
    pub fn shipped() -> Result<Self, Error> {
        let places = Gazetteer::of(PLACES).ok_or_else(|| {
            Error::whole("data/gazetteer/places.bin", "it has another layout than this program reads")
        })?;
        let mut knowledge = Self {
            items: Vec::new(),
            conflicts: Vec::new(),
            trie: Trie::default(),
            places,
            nouns: Nouns::shipped(),
            by_id: BTreeMap::new(),
            states: BTreeMap::new(),
            capitals: BTreeMap::new(),
        };
        knowledge.add_states("parties/states.toml")?;
        knowledge.add_organisations("parties/organisations.toml")?;
        let file = "parties/office-holders.toml";
        let text = bundle::file(file);
        let holders: OfficeHolders =
            toml::from_str(text).map_err(|e| Error::toml(&format!("data/{file}"), text, &e))?;
        check_dates(&holders.person, &format!("data/{file}"), text)?;
        holders.person.iter().for_each(|p| knowledge.add_person(p, None));
        for (name, text) in bundle::files("conflicts").filter(|(n, _)| n.ends_with(".toml")) {
            knowledge = knowledge.with_profile(text, &format!("data/{name}"))?;
        }
        Ok(knowledge)
    }

    /// The same with one more conflict profile, read from `text`; `filename` is for messages. It takes the place of
    /// a shipped profile of the same name.
    ///
    /// # Errors
    /// If the profile has a mistake in it: with file, line, column and the line.
    pub fn with_profile(mut self, text: &str, filename: &str) -> Result<Self, Error> {
        let profile = Profile::parse(text, filename, &|slug| self.by_id.contains_key(&party_id(slug)))?;
        for old in self.conflicts.iter_mut().filter(|c| &c.name == profile.name.as_ref()) {
            old.replaced = true;
        }
        let scope = Some(self.conflicts.len());
        let made = load::conflict(&profile, &self.states);
        self.conflicts.push(made);
        profile.party.iter().for_each(|p| self.add_party(p, scope));
        for (list, kind) in [(&profile.force, EntityKind::Force), (&profile.organisation, EntityKind::Organisation)] {
            list.iter().for_each(|f| self.add_body(f, kind, scope));
        }
        profile.person.iter().for_each(|p| self.add_person(p, scope));
        profile.place.iter().for_each(|p| self.add_place(p, scope));
        if !profile.keywords.is_empty() {
            // Keywords speak for the conflict alone: they belong to its first side, and are never a mention of it.
            let side = self.party_item(profile.sides.first().map_or("", |s| s.as_ref())).unwrap_or(0);
            profile.keywords.iter().for_each(|k| self.trie.insert(k, side, Form::Keyword, scope));
        }
        Ok(self)
    }

    /// Who fights whom in each conflict that has a profile, by name.
    pub fn fronts(&self) -> Vec<evidence::Conflict> {
        let mut out: Vec<evidence::Conflict> =
            self.conflicts.iter().filter(|c| !c.replaced).map(Conflict::known).collect();
        out.sort_by(|a, b| a.name.cmp(&b.name));
        out
    }

    /// Names of the conflicts that have a profile, sorted.
    pub fn conflicts(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.conflicts.iter().filter(|c| !c.replaced).map(|c| c.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// Slug of the party that a name or demonym means ("Azerbaijani", "Azeris", "the US"), in any conflict; a state's
    /// own before a profile's.
    pub fn party_of_words(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        let words = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
        let mut found: Vec<&Alias> = self.trie.exactly(words);
        found.retain(|a| matches!(a.form, Form::Name | Form::Capital | Form::Metonym | Form::Adjective | Form::People));
        found.sort_by_key(|a| a.scope.map_or(0, |s| s + 1));
        found.iter().find_map(|a| self.items[a.item].party.as_deref())
    }

    /// The seat of a state.
    pub(crate) fn capital(&self, item: usize) -> Option<&str> {
        self.capitals.get(&item).map(String::as_str)
    }

    /// The item of a party.
    pub(crate) fn party_item(&self, slug: &str) -> Option<usize> {
        self.by_id.get(&party_id(slug)).copied()
    }
}

impl Item {
    /// The party that somebody belonged to on a day, and the role he had: of the office that covers the day; without
    /// a day, or outside all terms, the party alone, and only if all offices agree on it.
    pub fn office_on(&self, day: Option<&str>) -> (Option<&str>, Option<&Office>) {
        let covers = |o: &&Office| {
            day.is_some_and(|d| {
                // A term told to the month or year covers all of its last month or year.
                o.from.as_deref().is_none_or(|f| f <= d) && o.to.as_deref().is_none_or(|t| d <= t || d.starts_with(t))
            })
        };
        if let Some(office) = self.offices.iter().find(covers) {
            return (office.party.as_deref(), Some(office));
        }
        let parties: BTreeSet<_> = self.offices.iter().filter_map(|o| o.party.as_deref()).collect();
        (if parties.len() == 1 { parties.first().copied() } else { None }, None)
    }
}

/// Id of a party's entity.
pub(crate) fn party_id(slug: &str) -> String {
    format!("party:{slug}")
}

/// Id of an entity, made from kind and name.
pub(crate) fn item_id(kind: EntityKind, name: &str) -> String {
    let words: Vec<String> = fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && *w != "the")
        .map(str::to_owned)
        .collect();
    format!("{}:{}", kind.as_str(), words.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Knowledge {
        Knowledge::shipped().unwrap_or_else(|e| panic!("cannot read data/: {e}"))
    }

    #[test]
    fn every_file_of_data_reads_and_every_party_of_a_profile_is_known() {
        let knowledge = shipped();
        assert!(knowledge.conflicts().len() >= 18, "{:?}", knowledge.conflicts());
        assert!(knowledge.places.len() > 200_000);
        for item in &knowledge.items {
            let parties = item.party.iter().chain(item.offices.iter().filter_map(|o| o.party.as_ref()));
            for party in parties {
                assert!(knowledge.party_item(party).is_some(), "{} has the unknown party {party}", item.id);
            }
        }
    }

    #[test]
    fn words_tell_parties() {
        let knowledge = shipped();
        let cases = [
            ("Azerbaijani", Some("azerbaijan")),
            ("Azeris", Some("azerbaijan")),
            ("the US", Some("usa")),
            ("us", None),
            ("Kremlin", Some("russia")),
            ("ethnic Armenian", Some("nagorno-karabakh")),
            ("ICRC", Some("red-cross")),
            ("Tuesday", None),
        ];
        for (words, party) in cases {
            assert_eq!(knowledge.party_of_words(words), party, "{words}");
        }
    }

    #[test]
    fn an_office_holds_by_its_dates() {
        let knowledge = shipped();
        let item = knowledge.items.iter().find(|i| i.id == "person:mark-rutte").unwrap();
        assert_eq!(item.office_on(Some("2015-01-01")).0, Some("netherlands"));
        assert_eq!(item.office_on(Some("2025-01-01")).0, Some("nato"));
        assert_eq!(item.office_on(None).0, None, "two parties, and no day to tell which");
    }

    #[test]
    fn a_user_s_profile_takes_the_place_of_a_shipped_one() {
        let text = "name = \"libya\"\ntitle = \"Another\"\nfrom = 2011\nsides = [\"libya\"]\n";
        let knowledge = shipped().with_profile(text, "mine.toml").unwrap();
        assert_eq!(knowledge.conflicts().iter().filter(|n| **n == "libya").count(), 1);
    }
}
