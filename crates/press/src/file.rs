//! What does `data/outlets.toml` hold, and is it as its head says?

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use crate::affiliation::{Affiliation, Bond};
use crate::directory::{Kind, Publisher, key};
use crate::error::Error;

/// Below `data/`.
pub(crate) const FILE: &str = "outlets.toml";

/// The codes of ISO 3166-1, and XK, which that standard leaves to its users.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO \
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW \
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK";

/// All entries of the file, agencies first.
///
/// # Errors
/// If an entry is not as the head of the file says: with its line.
pub(crate) fn publishers(text: &str) -> Result<Vec<Publisher>, Error> {
    let raw: Raw =
        toml::from_str(text).map_err(|e| Error::at(text, e.span().map_or(0, |s| s.start), e.message().to_owned()))?;
    let mut check = Check { text, names: BTreeMap::new(), sites: BTreeMap::new() };
    let mut out = Vec::new();
    for entry in raw.agency {
        if let Some(stray) = entry.agency.as_ref() {
            return Err(check.wrong(stray, "`agency` stands with outlets only".to_owned()));
        }
        out.push(check.publisher(entry, true)?);
    }
    let agencies: Vec<String> = out.iter().map(|a| a.name.clone()).collect();
    for entry in raw.outlet {
        if let Some(agency) = entry.agency.as_ref().filter(|a| !agencies.contains(a.get_ref())) {
            return Err(check.wrong(agency, format!("there is no [[agency]] named {:?}", agency.get_ref())));
        }
        if let Some(stray) = entry.credits.first().or(entry.unless.first()) {
            return Err(check.wrong(stray, "`credits` and `unless` stand with agencies only".to_owned()));
        }
        out.push(check.publisher(entry, false)?);
    }
    Ok(out)
}

/// What must be true of all entries together.
struct Check<'t> {
    text: &'t str,
    /// By name as it is compared: the publisher.
    names: BTreeMap<String, String>,
    /// By domain: the publisher.
    sites: BTreeMap<String, String>,
}

impl Check<'_> {
    fn wrong<T>(&self, at: &Spanned<T>, message: String) -> Error {
        Error::at(self.text, at.span().start, message)
    }

    fn publisher(&mut self, e: Entry, is_agency: bool) -> Result<Publisher, Error> {
        let name = e.name.get_ref().clone();
        let mut own = Vec::new();
        for alias in e.aliases.iter().chain([&e.name]) {
            let as_compared = key(alias.get_ref());
            if as_compared.is_empty() {
                return Err(self.wrong(alias, "a name has letters or digits".to_owned()));
            }
            if let Some(other) = self.names.get(&as_compared).filter(|other| **other != name) {
                return Err(self.wrong(alias, format!("{:?} is a name of {other} too", alias.get_ref())));
            }
            own.push(as_compared);
        }
        if own.iter().any(|n| self.names.contains_key(n)) {
            return Err(self.wrong(&e.name, format!("{name:?} stands here twice")));
        }
        self.names.extend(own.into_iter().map(|n| (n, name.clone())));
        for site in &e.sites {
            self.site(site, &name)?;
        }
        let country = e.country.as_ref().map(|c| self.country(c)).transpose()?;
        let affiliation = self.affiliation(&e)?;
        let zone = e.zone.as_ref().map(|z| self.zone(z)).transpose()?;
        let plain = |values: Vec<Spanned<String>>| values.into_iter().map(Spanned::into_inner).collect();
        let kind = if is_agency {
            Kind::Agency { credits: plain(e.credits), unless: plain(e.unless) }
        } else {
            Kind::Outlet { agency: e.agency.map(Spanned::into_inner), organisation: e.organisation }
        };
        Ok(Publisher {
            name,
            aliases: plain(e.aliases),
            country,
            sites: plain(e.sites),
            zone,
            owner: e.owner,
            affiliation,
            kind,
        })
    }

    fn site(&mut self, site: &Spanned<String>, name: &str) -> Result<(), Error> {
        let domain = site.get_ref();
        let label =
            |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !domain.contains('.') || !domain.split('.').all(label) || domain.starts_with("www.") {
            let told = format!("{domain:?} is no domain; write it in lower case, without http:// and www.");
            return Err(self.wrong(site, told));
        }
        match self.sites.insert(domain.clone(), name.to_owned()) {
            Some(other) => Err(self.wrong(site, format!("{domain:?} is a site of {other} too"))),
            None => Ok(()),
        }
    }

    fn country(&self, code: &Spanned<String>) -> Result<String, Error> {
        let known = COUNTRIES.split_whitespace().any(|c| c == code.get_ref());
        let told = || self.wrong(code, format!("{:?} is no country code of ISO 3166-1", code.get_ref()));
        if known { Ok(code.get_ref().clone()) } else { Err(told()) }
    }

    fn zone(&self, name: &Spanned<String>) -> Result<TimeZone, Error> {
        let told = |_| self.wrong(name, format!("{:?} is no IANA time zone; write one like Asia/Baku", name.get_ref()));
        TimeZone::get(name.get_ref()).map_err(told)
    }

    fn affiliation(&self, e: &Entry) -> Result<Option<Affiliation>, Error> {
        let Some(word) = &e.affiliation else {
            return match e.state.as_ref().or(e.of.as_ref()) {
                Some(stray) => Err(self.wrong(stray, "`state` and `of` stand beside an `affiliation`".to_owned())),
                None => Ok(None),
            };
        };
        let Some(bond) = Bond::parse(word.get_ref()) else {
            let all: Vec<&str> = Bond::ALL.iter().map(|b| b.as_str()).collect();
            return Err(self.wrong(word, format!("{:?} is none of {}", word.get_ref(), all.join(", "))));
        };
        if bond.is_of_a_state() && e.state.is_none() {
            return Err(self.wrong(word, format!("the affiliation {bond:?} needs a `state`")));
        }
        if bond.is_of_a_body() && e.of.is_none() {
            return Err(self.wrong(word, format!("the affiliation {bond:?} needs an `of`")));
        }
        let state = e.state.as_ref().map(|s| self.country(s)).transpose()?;
        Ok(Some(Affiliation { bond, state, of: e.of.as_ref().map(|o| o.get_ref().clone()) }))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    agency: Vec<Entry>,
    #[serde(default)]
    outlet: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    credits: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    country: Option<Spanned<String>>,
    #[serde(default)]
    sites: Vec<Spanned<String>>,
    zone: Option<Spanned<String>>,
    affiliation: Option<Spanned<String>>,
    state: Option<Spanned<String>>,
    of: Option<Spanned<String>>,
    owner: Option<String>,
    agency: Option<Spanned<String>>,
    #[serde(default)]
    organisation: bool,
}
