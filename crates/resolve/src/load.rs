//! How do the files of `data/parties` and `data/conflicts` become knowledge?

use std::collections::{BTreeMap, BTreeSet};

use evidence::EntityKind;
use serde::Deserialize;
use toml::Spanned;

use crate::alias::Form;
use crate::error::Error;
use crate::fold::fold;
use crate::knowledge::{Conflict, Item, Knowledge, Office, item_id, party_id};
use crate::nouns::Ground;
use crate::profile::{ForceEntry, PartyEntry, PersonEntry, PlaceEntry, Profile};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct States {
    state: Vec<State>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    slug: String,
    name: String,
    iso: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    capitals: Vec<String>,
    #[serde(default)]
    metonyms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    organisation: Vec<Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    slug: Option<String>,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    party: Option<Spanned<String>>,
    #[serde(default)]
    is_party: bool,
}

impl Knowledge {
    pub(crate) fn add_states(&mut self, file: &str) -> Result<(), Error> {
        let text = bundle::file(file);
        let states: States = toml::from_str(text).map_err(|e| Error::toml(&format!("data/{file}"), text, &e))?;
        for s in states.state {
            let item = self.item(&party_id(&s.slug), EntityKind::Party, &s.name);
            let it = &mut self.items[item];
            it.party = Some(s.slug.clone());
            it.country = Some(s.iso.clone());
            it.ground = Some(Ground::Country);
            it.aliases.extend(s.aliases.iter().cloned());
            self.states.insert(s.iso, s.slug);
            self.capitals.extend(s.capitals.first().map(|c| (item, c.clone())));
            let names: Vec<String> = std::iter::once(s.name).chain(s.aliases).collect();
            let forms = [
                (&names, Form::Name),
                (&s.adjectives, Form::Adjective),
                (&s.people, Form::People),
                (&s.capitals, Form::Capital),
                (&s.metonyms, Form::Metonym),
            ];
            self.add_aliases(item, None, &forms);
        }
        Ok(())
    }

    pub(crate) fn add_organisations(&mut self, file: &str) -> Result<(), Error> {
        let text = bundle::file(file);
        let all: Organisations = toml::from_str(text).map_err(|e| Error::toml(&format!("data/{file}"), text, &e))?;
        for o in all.organisation {
            let (id, kind, party) = match (&o.slug, o.is_party) {
                (Some(slug), true) => (party_id(slug), EntityKind::Party, Some(slug.clone())),
                _ => (item_id(EntityKind::Organisation, &o.name), EntityKind::Organisation, None),
            };
            if let Some(p) = &o.party
                && self.party_item(p.as_ref()).is_none()
            {
                let what = format!("no party `{}` stands above", p.as_ref());
                return Err(Error::at(&format!("data/{file}"), text, Some(p.span()), &what));
            }
            let item = self.item(&id, kind, &o.name);
            self.items[item].is_body = true;
            self.items[item].party = party.or(o.party.map(Spanned::into_inner));
            self.items[item].aliases.extend(o.aliases.iter().cloned());
            let names: Vec<String> = std::iter::once(o.name).chain(o.aliases).collect();
            self.add_aliases(item, None, &[(&names, Form::Name)]);
        }
        Ok(())
    }

    pub(crate) fn add_party(&mut self, p: &PartyEntry, scope: Option<usize>) {
        let slug: &str = p.slug.as_ref();
        let known = self.party_item(slug).map(|i| self.items[i].name.clone());
        let name = p.name.clone().or(known).unwrap_or_else(|| slug.to_owned());
        let item = self.item(&party_id(slug), EntityKind::Party, &name);
        self.items[item].party = Some(slug.to_owned());
        self.items[item].aliases.extend(p.aliases.iter().chain(&p.slugs).cloned());
        let mut names = p.aliases.clone();
        names.extend(p.name.clone());
        let forms = [
            (&names, Form::Name),
            (&p.adjectives, Form::Adjective),
            (&p.people, Form::People),
            (&p.capitals, Form::Capital),
            (&p.metonyms, Form::Metonym),
            (&p.phrases, Form::Phrase),
        ];
        self.add_aliases(item, scope, &forms);
        // "Rebel commanders" are of the rebels.
        let single = |p: &&String| !p.contains(' ') && p.ends_with('s') && !p.ends_with("ss") && !p.ends_with("ies");
        let singular: Vec<String> = p.phrases.iter().filter(single).map(|p| p[..p.len() - 1].to_owned()).collect();
        self.add_aliases(item, scope, &[(&singular, Form::Phrase)]);
    }

    pub(crate) fn add_body(&mut self, f: &ForceEntry, kind: EntityKind, scope: Option<usize>) {
        let item = self.item(&item_id(kind, &f.name), kind, &f.name);
        if let Some(p) = &f.party {
            self.items[item].party = Some(p.as_ref().clone());
        }
        self.items[item].aliases.extend(f.aliases.iter().cloned());
        let names: Vec<String> = std::iter::once(&f.name).chain(&f.aliases).cloned().collect();
        self.add_aliases(item, scope, &[(&names, Form::Name), (&f.phrases, Form::Phrase)]);
    }

    pub(crate) fn add_person(&mut self, p: &PersonEntry, scope: Option<usize>) {
        let item = self.item(&item_id(EntityKind::Person, &p.name), EntityKind::Person, &p.name);
        let it = &mut self.items[item];
        let party = p.party.as_ref().map(|s| s.as_ref().clone());
        // An organisation named before the role says whose office it is: "defence ministry" "spokesman".
        let role = match (&p.organisation, &p.role) {
            (Some(o), Some(r)) => Some(format!("{o} {r}")),
            (o, r) => r.clone().or(o.clone()),
        };
        let date = |d: &Option<Spanned<String>>| d.as_ref().map(|s| s.as_ref().clone());
        it.offices.push(Office { role, party: party.clone(), from: date(&p.from), to: date(&p.to) });
        it.party = it.party.take().or(party);
        it.aliases.extend(p.aliases.iter().cloned());
        let (short, mut names): (Vec<String>, Vec<String>) = p.aliases.iter().cloned().partition(|a| !a.contains(' '));
        names.push(p.name.clone());
        self.add_aliases(item, scope, &[(&names, Form::Name), (&short, Form::Surname)]);
    }

    pub(crate) fn add_place(&mut self, p: &PlaceEntry, scope: Option<usize>) {
        let item = self.item(&item_id(EntityKind::Place, &p.name), EntityKind::Place, &p.name);
        let names: Vec<String> = std::iter::once(&p.name).chain(&p.aliases).cloned().collect();
        let country = p.country.as_ref().map(|c| c.as_ref().clone());
        let known = names.iter().find_map(|n| {
            let wanted = |c: [u8; 2]| country.as_deref().is_none_or(|w| w.as_bytes() == c);
            self.places.find(&fold(n)).into_iter().find(|g| wanted(g.country)).map(|g| (g.lat, g.lon))
        });
        let it = &mut self.items[item];
        it.party = p.party.as_ref().map(|s| s.as_ref().clone()).or(it.party.take());
        it.country = country.or(it.country.take());
        it.position = p.lat.zip(p.lon).or(it.position).or(if p.region { None } else { known });
        it.ground = Some(if p.region { Ground::Region } else { Ground::Settlement });
        it.aliases.extend(p.aliases.iter().cloned());
        self.add_aliases(item, scope, &[(&names, Form::Name)]);
    }

    pub(crate) fn add_aliases(&mut self, item: usize, scope: Option<usize>, forms: &[(&Vec<String>, Form)]) {
        for (names, form) in forms {
            names.iter().for_each(|n| self.trie.insert(n, item, *form, scope));
        }
    }

    /// The item of an id, made if it is new.
    pub(crate) fn item(&mut self, id: &str, kind: EntityKind, name: &str) -> usize {
        if let Some(known) = self.by_id.get(id) {
            return *known;
        }
        self.by_id.insert(id.to_owned(), self.items.len());
        self.items.push(Item {
            id: id.to_owned(),
            kind,
            name: name.to_owned(),
            aliases: BTreeSet::new(),
            party: None,
            country: None,
            position: None,
            ground: None,
            is_body: false,
            offices: Vec::new(),
        });
        self.items.len() - 1
    }
}

/// What a profile says beyond names.
pub(crate) fn conflict(profile: &Profile, states: &BTreeMap<String, String>) -> Conflict {
    let text = |s: &Spanned<String>| s.as_ref().clone();
    let sides: Vec<String> = profile.sides.iter().map(text).collect();
    let mut stands_with = BTreeMap::new();
    let each = |f: &mut dyn FnMut(&PartyEntry)| profile.party.iter().for_each(f);
    // A warring side's `allies` stand with it; an ally may also name the side it stands with.
    each(&mut |p: &PartyEntry| {
        for ally in &p.allies {
            let (own, other) = (text(&p.slug), text(ally));
            let (ally, side) = if sides.contains(&own) { (other, own) } else { (own, other) };
            // Of two sides that are allies the one listed first leads.
            let rank = |p: &String| sides.iter().position(|s| s == p);
            if rank(&ally).is_none() || rank(&ally) > rank(&side) {
                stands_with.insert(ally, side);
            }
        }
    });
    let territory = profile.party.iter().flat_map(|p| p.territory.iter().map(|c| (text(c), text(&p.slug)))).collect();
    let civilians = profile.party.iter().filter_map(|p| Some((text(&p.slug), text(p.civilians.as_ref()?)))).collect();
    Conflict {
        name: text(&profile.name),
        from: profile.from,
        to: profile.to,
        countries: profile.countries.iter().map(text).collect(),
        sides,
        parties: profile.party.iter().map(|p| text(&p.slug)).collect(),
        home: profile.countries.first().and_then(|c| states.get(c.as_ref().as_str()).cloned()),
        territory,
        civilians,
        stands_with,
        replaced: false,
    }
}
