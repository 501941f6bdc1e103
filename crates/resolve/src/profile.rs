//! What does a conflict profile say? The format of `data/conflicts/*.toml`, as `docs/conflict-profiles.md` describes it.

use serde::Deserialize;
use toml::Spanned;

use crate::error::Error;

/// A profile as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    /// Its name: that of the file.
    pub name: Spanned<String>,
    /// The conflict in a few words, for people.
    #[expect(dead_code, reason = "for readers of the file, and required of writers")]
    pub title: String,
    /// First year of it.
    pub from: i32,
    /// Last year of it; none while it goes on.
    pub to: Option<i32>,
    /// IANA name of the zone that clock times are told in.
    #[expect(
        dead_code,
        reason = "checked as part of the format; clock times of reports carry no zone of their own yet"
    )]
    pub time_zone: Option<String>,
    /// Countries where its places lie, the likeliest first: ISO 3166-1 alpha-2.
    #[serde(default)]
    pub countries: Vec<Spanned<String>>,
    /// Words that speak for this conflict and are nothing else below.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Slugs of the warring parties that "both sides" means.
    pub sides: Vec<Spanned<String>>,
    #[serde(default)]
    pub party: Vec<PartyEntry>,
    #[serde(default)]
    pub force: Vec<ForceEntry>,
    #[serde(default)]
    pub organisation: Vec<ForceEntry>,
    #[serde(default)]
    pub person: Vec<PersonEntry>,
    #[serde(default)]
    pub place: Vec<PlaceEntry>,
}

/// One side, ally or outside actor. A state of `data/parties/states.toml` keeps the names it has there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyEntry {
    pub slug: Spanned<String>,
    /// Full name; may be left out for a party known from `data/parties`.
    pub name: Option<String>,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Other slugs by which exports of this party may be known.
    #[serde(default)]
    pub slugs: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub people: Vec<String>,
    /// Seats: places that also stand for the party when they act.
    #[serde(default)]
    pub capitals: Vec<String>,
    #[serde(default)]
    pub metonyms: Vec<String>,
    /// Words that mean this party in this conflict only, in small letters: "the rebels", "government forces".
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Countries whose places are its own.
    #[serde(default)]
    pub territory: Vec<Spanned<String>>,
    /// Slug of the party that its unarmed people are filed under, if another.
    pub civilians: Option<Spanned<String>>,
    /// Parties on its side.
    #[serde(default)]
    pub allies: Vec<Spanned<String>>,
}

/// An armed force, armed group or body of a party.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForceEntry {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    pub party: Option<Spanned<String>>,
}

/// An office somebody held. Somebody with several offices has several entries.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonEntry {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub party: Option<Spanned<String>>,
    /// First day, month or year in office.
    pub from: Option<Spanned<String>>,
    /// Last day, month or year in office; none while it goes on or where it is not known.
    pub to: Option<Spanned<String>>,
}

/// A place: names of the two sides together, or one that the gazetteer lacks (regions, fronts).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceEntry {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Party whose place it is, where that is the same for the whole conflict.
    pub party: Option<Spanned<String>>,
    pub country: Option<Spanned<String>>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Whether it is a region ("the territory", "the province") and no town.
    #[serde(default)]
    pub region: bool,
}

/// `data/parties/office-holders.toml`: people of outside actors, as in a profile.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeHolders {
    pub person: Vec<PersonEntry>,
}

impl Profile {
    /// Reads a profile and checks what can be checked without the others. `known` are the slugs of `data/parties`.
    pub fn parse(text: &str, file: &str, known: &dyn Fn(&str) -> bool) -> Result<Self, Error> {
        let profile: Self = toml::from_str(text).map_err(|e| Error::toml(file, text, &e))?;
        let wrong = |s: &Spanned<String>, what: &str| Err(Error::at(file, text, Some(s.span()), what));
        if !is_slug(profile.name.as_ref()) {
            return wrong(&profile.name, "a name is small letters, digits and hyphens");
        }
        let listed = |slug: &str| profile.party.iter().any(|p| p.slug.as_ref() == slug);
        for p in &profile.party {
            let slug: &str = p.slug.as_ref();
            if !is_slug(slug) {
                return wrong(&p.slug, "a slug is small letters, digits and hyphens");
            }
            if p.name.is_none() && !known(slug) {
                return wrong(&p.slug, "a party that is no state or organisation of data/parties needs a `name`");
            }
        }
        for s in profile.slugs() {
            let slug: &str = s.as_ref();
            if !listed(slug) && !known(slug) {
                return wrong(s, &format!("no [[party]] has the slug `{slug}`, and no state or organisation has it"));
            }
        }
        for code in profile.codes() {
            let c: &str = code.as_ref();
            if c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase()) {
                return wrong(code, "a country is two capital letters, as ISO 3166-1 has them");
            }
        }
        check_dates(&profile.person, file, text)?;
        Ok(profile)
    }

    fn slugs(&self) -> impl Iterator<Item = &Spanned<String>> {
        let of_parties = self.party.iter().flat_map(|p| p.allies.iter().chain(&p.civilians));
        let of_bodies = self.force.iter().chain(&self.organisation).filter_map(|f| f.party.as_ref());
        let of_rest = self
            .person
            .iter()
            .filter_map(|p| p.party.as_ref())
            .chain(self.place.iter().filter_map(|p| p.party.as_ref()));
        self.sides.iter().chain(of_parties).chain(of_bodies).chain(of_rest)
    }

    fn codes(&self) -> impl Iterator<Item = &Spanned<String>> {
        let of_parties = self.party.iter().flat_map(|p| &p.territory);
        self.countries.iter().chain(of_parties).chain(self.place.iter().filter_map(|p| p.country.as_ref()))
    }
}

/// Checks that dates in office are dates.
pub(crate) fn check_dates(people: &[PersonEntry], file: &str, text: &str) -> Result<(), Error> {
    for date in people.iter().flat_map(|p| p.from.iter().chain(&p.to)) {
        let value: &str = date.as_ref();
        if value.contains('T') || evidence::time::Iso::parse(value).is_none() {
            let what = "a date is \"2020\", \"2020-09\" or \"2020-09-27\"";
            return Err(Error::at(file, text, Some(date.span()), what));
        }
    }
    Ok(())
}

fn is_slug(s: &str) -> bool {
    !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "name = \"ruritania\"\ntitle = \"The war of the two Ruritanias\"\nfrom = 1990\nsides = [\"north\", \"south\"]\n\
        [[party]]\nslug = \"north\"\nname = \"North Ruritania\"\n[[party]]\nslug = \"south\"\nname = \"South Ruritania\"\n";

    fn complaint(text: &str) -> String {
        Profile::parse(text, "ruritania.toml", &|_| false).unwrap_err().to_string()
    }

    #[test]
    fn a_small_profile_is_enough() {
        assert_eq!(Profile::parse(SMALL, "ruritania.toml", &|_| false).unwrap().sides.len(), 2);
    }

    #[test]
    fn mistakes_are_shown_where_they_stand() {
        let unknown = complaint(&SMALL.replace("[\"north\", \"south\"]", "[\"north\", \"soth\"]"));
        assert!(unknown.starts_with("ruritania.toml:4:19: no [[party]] has the slug `soth`"), "{unknown}");
        assert!(unknown.contains("    4 | sides = [\"north\", \"soth\"]"), "{unknown}");
        let field = complaint(&format!("{SMALL}colour = \"red\"\n"));
        assert!(field.starts_with("ruritania.toml:11:1: unknown field `colour`"), "{field}");
        let date = complaint(&format!("{SMALL}[[person]]\nname = \"Rudolf\"\nfrom = \"May 1990\"\n"));
        assert!(date.starts_with("ruritania.toml:13:8: a date is"), "{date}");
        let code = complaint(&SMALL.replace("from = 1990", "from = 1990\ncountries = [\"Ruritania\"]"));
        assert!(code.starts_with("ruritania.toml:4:14: a country is two capital letters"), "{code}");
    }
}
