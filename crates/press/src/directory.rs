//! Who is meant by a name or an address?

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::tz::TimeZone;

use crate::affiliation::Affiliation;
use crate::error::Error;
use crate::file::{self, FILE};

/// An agency or an outlet.
#[derive(Debug, Clone)]
pub struct Publisher {
    /// As the ledger writes it.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// ISO 3166-1 code of its seat.
    pub country: Option<String>,
    /// Domains of its pages, in lower case.
    pub sites: Vec<String>,
    /// Time zone of its newsroom.
    pub zone: Option<TimeZone>,
    /// The firm or body it belongs to.
    pub owner: Option<String>,
    /// To whom it belongs, where that is public knowledge.
    pub affiliation: Option<Affiliation>,
    /// Whether others print its stories.
    pub kind: Kind,
}

/// Whether others print the stories of a publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A wire service.
    Agency {
        /// Short names that mean it only in a credit.
        credits: Vec<String>,
        /// Words beside which its bare name means something else.
        unless: Vec<String>,
    },
    /// A paper, a site, a broadcaster.
    Outlet {
        /// The agency whose stories its site consists of.
        agency: Option<String>,
        /// Whether it is a body that others quote more than print.
        organisation: bool,
    },
}

/// All agencies and outlets we know.
#[derive(Debug)]
pub struct Directory {
    publishers: Vec<Publisher>,
    /// By name as it is compared, and by domain: where it stands in `publishers`.
    names: BTreeMap<String, usize>,
    sites: BTreeMap<String, usize>,
}

impl Directory {
    /// The one that travels in the program, `data/outlets.toml`: read once, whoever asks.
    ///
    /// # Errors
    /// If it is not as its head says.
    pub fn read() -> Result<&'static Self, Error> {
        static SHIPPED: OnceLock<Directory> = OnceLock::new();
        if let Some(read) = SHIPPED.get() {
            return Ok(read);
        }
        let read = Self::parse(bundle::file(FILE))?;
        Ok(SHIPPED.get_or_init(|| read))
    }

    /// The same, where a mistake in it was told before.
    ///
    /// # Panics
    /// If there is a mistake in `data/outlets.toml`, which a test reads.
    pub fn shipped() -> &'static Self {
        Self::read().unwrap_or_else(|error| panic!("cannot read {error}"))
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let publishers = file::publishers(text)?;
        let (mut names, mut sites) = (BTreeMap::new(), BTreeMap::new());
        for (i, p) in publishers.iter().enumerate() {
            names.extend(p.aliases.iter().chain([&p.name]).map(|n| (key(n), i)));
            sites.extend(p.sites.iter().map(|s| (s.clone(), i)));
        }
        Ok(Self { publishers, names, sites })
    }

    /// All of them, agencies first.
    pub fn publishers(&self) -> &[Publisher] {
        &self.publishers
    }

    /// The publisher of this very name, however capitalised, with or without "The".
    pub fn of_name(&self, name: &str) -> Option<&Publisher> {
        self.names.get(&key(name)).map(|i| &self.publishers[*i])
    }

    /// The publisher whose site an address belongs to.
    pub fn of_address(&self, address: &str) -> Option<&Publisher> {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next()?;
        let host = host.rsplit('@').next()?.split(':').next()?.trim_end_matches('.').to_lowercase();
        let mut domain = host.as_str();
        loop {
            if let Some(i) = self.sites.get(domain) {
                return Some(&self.publishers[*i]);
            }
            domain = domain.split_once('.')?.1;
        }
    }

    /// The agency whose own stories a publisher of that name prints: itself, if it is one.
    pub fn agency_of(&self, name: &str) -> Option<&str> {
        let publisher = self.of_name(name)?;
        match &publisher.kind {
            Kind::Agency { .. } => Some(&publisher.name),
            Kind::Outlet { agency, .. } => agency.as_deref(),
        }
    }

    /// Whether a name that an article of `outlet` uses is the outlet's own, so that what it says is told in its own voice.
    /// A body that others quote ("UNHCR said", on its own pages) speaks by its name.
    pub fn is_own(&self, outlet: &str, name: &str) -> bool {
        let (outlet_key, name_key) = (key(outlet), key(name));
        let known = self.names.get(&outlet_key).copied();
        let body = known.is_some_and(|i| self.publishers[i].is_organisation());
        let same = outlet_key == name_key || known.is_some() && known == self.names.get(&name_key).copied();
        !name_key.is_empty() && same && !body
    }
}

impl Publisher {
    /// Whether it is a body that others quote more than print.
    pub fn is_organisation(&self) -> bool {
        matches!(self.kind, Kind::Outlet { organisation: true, .. })
    }
}

/// A name as it is compared: its words in lower case, without "the".
pub(crate) fn key(name: &str) -> String {
    let folded = name.to_lowercase().replace(['’', 'ʼ'], "'");
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '+');
    words.filter(|w| !w.is_empty() && *w != "the").collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bond;

    fn wrong(text: &str) -> String {
        Directory::parse(text).expect_err("a mistake").to_string()
    }

    #[test]
    fn the_list_is_sound_and_long_enough() {
        let all = Directory::read().unwrap_or_else(|e| panic!("{e}"));
        let agencies = all.publishers().iter().filter(|p| matches!(p.kind, Kind::Agency { .. })).count();
        assert!(agencies >= 100, "{agencies}");
        assert!(all.publishers().len() - agencies >= 400, "{}", all.publishers().len());
        let zoned = all.publishers().iter().filter(|p| p.zone.is_some()).count();
        let affiliated = all.publishers().iter().filter(|p| p.affiliation.is_some()).count();
        assert!(zoned >= 300 && affiliated >= 150, "{zoned} {affiliated}");
    }

    #[test]
    fn names_and_addresses_lead_to_publishers() {
        let all = Directory::shipped();
        let name = |n: &str| all.of_name(n).map(|p| p.name.as_str());
        let address = |a: &str| all.of_address(a).map(|p| p.name.as_str());
        assert_eq!(name("guardian"), Some("The Guardian"));
        assert_eq!(name("bbc world service"), Some("BBC News"));
        assert_eq!(name("Some Village Gazette"), None);
        assert_eq!(address("https://user@www.tass.com:443/world/1"), Some("TASS"));
        assert_eq!(address("http://news.bbc.co.uk/2/hi.stm"), Some("BBC News"));
        assert_eq!(address("https://nottass.com/"), None);
        assert_eq!(all.agency_of("Reuters"), Some("Reuters"));
        assert_eq!(all.agency_of("BBC"), None);
    }

    #[test]
    fn an_outlet_speaks_in_its_own_voice_and_a_body_by_its_name() {
        let all = Directory::shipped();
        assert!(all.is_own("BBC News", "the BBC"));
        assert!(all.is_own("Vale Hour", "The Vale Hour"));
        assert!(!all.is_own("BBC News", "CNN"));
        assert!(!all.is_own("UNHCR", "UNHCR"));
        assert!(!all.is_own("", ""));
    }

    #[test]
    fn affiliations_are_worded() {
        let of =
            |n: &str| Directory::shipped().of_name(n).and_then(|p| p.affiliation.as_ref()).map(ToString::to_string);
        assert_eq!(of("Azertac").as_deref(), Some("state (AZ)"));
        assert_eq!(of("Al-Manar").as_deref(), Some("party (Hezbollah)"));
        assert_eq!(of("Reuters"), None);
        assert_eq!(Bond::parse("public-service"), Some(Bond::PublicService));
    }

    #[test]
    fn a_mistake_names_its_line() {
        let head = "[[outlet]]\nname = \"Vale Hour\"\naliases = [\"Hour\"]\n";
        for (more, line, told) in [
            ("country = \"QX\"", 4, "\"QX\" is no country code"),
            ("zone = \"Vale/Greth\"", 4, "\"Vale/Greth\" is no IANA time zone"),
            ("sites = [\"www.hour.example\"]", 4, "is no domain"),
            ("sites = [\"Hour.example\"]", 4, "is no domain"),
            ("sites = [\"a.example\", \"a.example\"]", 4, "is a site of Vale Hour too"),
            ("agency = \"Vale Wire\"", 4, "there is no [[agency]] named \"Vale Wire\""),
            ("affiliation = \"friend\"", 4, "\"friend\" is none of state,"),
            ("affiliation = \"state\"", 4, "needs a `state`"),
            ("affiliation = \"party\"", 4, "needs an `of`"),
            ("state = \"FR\"", 4, "stand beside an `affiliation`"),
            ("colour = \"red\"", 4, "unknown field `colour`"),
            ("credits = [\"VH\"]", 4, "stand with agencies only"),
            ("[[outlet]]\nname = \"The Hour\"", 5, "\"The Hour\" is a name of Vale Hour too"),
            ("[[outlet]]\nname = \"Vale Hour\"", 5, "stands here twice"),
        ] {
            let told_so = wrong(&format!("{head}{more}\n"));
            assert!(told_so.starts_with(&format!("data/outlets.toml:{line}:")), "{told_so}");
            assert!(told_so.contains(told), "{told_so}");
        }
    }
}
