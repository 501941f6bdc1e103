//! What does a reader ask to see? Filters as they stand in an address: named as the flags of the program, each may be
//! repeated; any of its values will do, all filters must agree.

use evidence::doubt::Doubt;
use evidence::time::Iso;
use evidence::{Act, Category, CeasefireKind, EntityKind, Event, Harm, Mode, Polarity, Qualifier, Status};

use crate::fault::Fault;

/// What to see; the empty one sees all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Filter {
    fields: Vec<(Field, String)>,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// A filter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Field { $($(#[$doc])* $name),* }

        impl Field {
            /// All of them, in the order in which addresses have them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

fields! {
    /// A party in any role, by slug; of a figure: whose people are counted.
    Party = "party",
    /// The party that speaks.
    Voice = "voice",
    /// The party that does it.
    Actor = "actor",
    /// The party that suffers it.
    Target = "target",
    /// Part of a speaker's name, role, organisation or party.
    Speaker = "speaker",
    /// What the speaker does in saying it.
    Act = "act",
    /// What it tells of.
    Event = "event",
    /// How.
    Mode = "mode",
    /// Part of any name of a place.
    Place = "place",
    /// Name of the outlet.
    Outlet = "outlet",
    /// Wire service.
    Agency = "agency",
    /// Language of the report.
    Language = "language",
    /// Name of a conflict that has a profile.
    Conflict = "conflict",
    /// First day.
    Since = "since",
    /// Last day.
    Until = "until",
    /// Part of a report's path, or its id.
    Report = "report",
    /// Words that the claim has, all of them.
    Words = "words",
    /// What the claim means: those that mean nearly the same.
    About = "about",
    /// Polarity.
    Polarity = "polarity",
    /// Status.
    Status = "status",
    /// Harm.
    Harm = "harm",
    /// Kind of people.
    Category = "category",
    /// Hedge.
    Qualifier = "qualifier",
    /// Whether somebody denies it: `yes` or `no`.
    Disputed = "disputed",
    /// A reason to look at it.
    Doubt = "doubt",
    /// An entity, by id.
    Entity = "entity",
    /// Kind of an entity or a ceasefire.
    Kind = "kind",
}

impl Filter {
    /// The filters among the parameters of an address. Other parameters are not looked at, nor are empty values.
    ///
    /// # Errors
    /// A value that can never be: with what would do.
    pub fn of(parameters: &[(String, String)]) -> Result<Self, Fault> {
        let mut filter = Self::default();
        for (name, value) in parameters {
            if let Some(field) = Field::ALL.iter().find(|f| f.as_str() == name) {
                filter.add(*field, value)?;
            }
        }
        filter.tidy();
        Ok(filter)
    }

    /// With one value more.
    ///
    /// # Errors
    /// If it can never be.
    pub fn with(&self, field: Field, value: &str) -> Result<Self, Fault> {
        let mut filter = self.clone();
        filter.add(field, value)?;
        filter.tidy();
        Ok(filter)
    }

    /// Without one value.
    pub fn without(&self, field: Field, value: &str) -> Self {
        let fields = self.fields.iter().filter(|(f, v)| *f != field || v != value).cloned().collect();
        Self { fields }
    }

    /// Without all values of some fields.
    pub fn free_of(&self, fields: &[Field]) -> Self {
        Self { fields: self.fields.iter().filter(|(f, _)| !fields.contains(f)).cloned().collect() }
    }

    /// All values of some fields, and nothing else.
    pub fn only(&self, fields: &[Field]) -> Self {
        Self { fields: self.fields.iter().filter(|(f, _)| fields.contains(f)).cloned().collect() }
    }

    /// All values of a field.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(f, _)| *f == field).map(|(_, v)| v.as_str())
    }

    /// The first value of a field.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.values(field).next()
    }

    /// Whether it has this value.
    pub fn has(&self, field: Field, value: &str) -> bool {
        self.values(field).any(|v| v == value)
    }

    /// Whether it asks for a field.
    pub fn asks(&self, field: Field) -> bool {
        self.values(field).next().is_some()
    }

    /// Whether it sees everything.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// All that it asks for, in order.
    pub fn fields(&self) -> &[(Field, String)] {
        &self.fields
    }

    /// As it stands in an address, without `?`; empty for one that sees everything.
    pub fn query(&self) -> String {
        let parts = self.fields.iter().map(|(f, v)| format!("{}={}", f.as_str(), encoded(v)));
        parts.collect::<Vec<_>>().join("&")
    }

    fn add(&mut self, field: Field, value: &str) -> Result<(), Fault> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(());
        }
        if value.len() > LONGEST {
            return Err(Fault::asked(format!("{} is too long: at most {LONGEST} bytes", field.as_str())));
        }
        if self.fields.len() >= MOST {
            return Err(Fault::asked(format!("too many filters: at most {MOST}")));
        }
        if field == Field::Words {
            self.fields.extend(value.split_whitespace().map(|w| (field, w.to_owned())));
            return Ok(());
        }
        self.fields.push((field, checked(field, value)?));
        Ok(())
    }

    fn tidy(&mut self) {
        self.fields.sort();
        self.fields.dedup();
        // Of two first days the later one counts, of two last days the earlier one: all filters must agree.
        for field in [Field::Since, Field::Until] {
            let mut days: Vec<String> = self.values(field).map(str::to_owned).collect();
            if field == Field::Since {
                days.reverse();
            }
            self.fields.retain(|(f, v)| *f != field || days.first() == Some(v));
        }
    }
}

/// Bytes of the longest value.
const LONGEST: usize = 1000;
/// So many values may be asked for at once.
const MOST: usize = 60;

/// The value as it is kept, if it can be one.
fn checked(field: Field, value: &str) -> Result<String, Fault> {
    let closed = |words: &[&str], value: &str| {
        let found = words.iter().find(|w| **w == value).map(|w| (*w).to_owned());
        found.ok_or_else(|| {
            let name = field.as_str();
            Fault::asked(format!("there is no {name} “{value}”; {name} is one of: {}", words.join(", ")))
        })
    };
    macro_rules! of {
        ($all:expr) => {
            $all.iter().map(|w| w.as_str()).collect::<Vec<&str>>()
        };
    }
    let low = value.to_lowercase();
    match field {
        Field::Party | Field::Voice | Field::Actor | Field::Target | Field::Conflict => Ok(low.replace(' ', "-")),
        Field::Speaker | Field::Place | Field::Language => Ok(low),
        Field::Act => closed(&of!(Act::ALL), &low),
        Field::Event => closed(&of!(Event::ALL), &value.to_uppercase()),
        Field::Mode => closed(&of!(Mode::ALL), &low),
        Field::Polarity => closed(&of!(Polarity::ALL), &low),
        Field::Status => closed(&of!(Status::ALL), &low),
        Field::Harm => closed(&of!(Harm::ALL), &low),
        Field::Category => closed(&of!(Category::ALL), &low),
        Field::Qualifier => closed(&of!(Qualifier::ALL), &low),
        Field::Doubt => closed(&of!(Doubt::ALL), &low),
        Field::Disputed => closed(&["yes", "no"], &low),
        Field::Kind => closed(&[of!(EntityKind::ALL), of!(CeasefireKind::ALL)].concat(), &low),
        Field::Since | Field::Until => {
            let day = Iso::parse(value).map(|d| d.date().to_owned());
            day.ok_or_else(|| {
                let name = field.as_str();
                Fault::asked(format!("{name}: there is no date “{value}”; write it as 2020-10-10, 2020-10 or 2020"))
            })
        }
        Field::Outlet | Field::Agency | Field::Report | Field::Entity | Field::Words | Field::About => {
            Ok(value.to_owned())
        }
    }
}

/// A value as it may stand in an address.
pub(crate) fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for b in value.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => out.push(char::from(b)),
            b' ' => out.push('+'),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Result<Filter, Fault> {
        Filter::of(&pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn an_address_says_what_it_asks_for_in_one_way() {
        let filter = of(&[
            ("event", "assault"),
            ("party", "Northern Alliance"),
            ("act", "Deny"),
            ("party", "varnia"),
            ("sort", "day"),
            ("place", ""),
            ("words", "two words"),
            ("since", "2031-01"),
            ("since", "2031-02-03T04:05"),
        ])
        .unwrap();
        let query =
            "party=northern-alliance&party=varnia&act=deny&event=ASSAULT&since=2031-02-03&words=two&words=words";
        assert_eq!(filter.query(), query);
        assert!(filter.has(Field::Act, "deny") && !filter.is_empty());
        let more = filter.with(Field::Outlet, "Brückner & Söhne").unwrap();
        assert!(more.query().contains("outlet=Br%C3%BCckner+%26+S%C3%B6hne"));
        assert_eq!(more.without(Field::Outlet, "Brückner & Söhne"), filter);
        assert_eq!(filter.free_of(Field::ALL).query(), "");
    }

    #[test]
    fn what_can_never_be_is_named_with_what_would_do() {
        let told = |pairs: &[(&str, &str)]| of(pairs).unwrap_err().message().to_owned();
        assert!(told(&[("act", "shout")]).starts_with("there is no act “shout”; act is one of: assert, deny, "));
        assert!(told(&[("until", "soon")]).contains("write it as 2020-10-10"));
        assert!(told(&[("disputed", "perhaps")]).contains("yes, no"));
        assert!(told(&[("words", &"x ".repeat(600))]).contains("too long"));
    }
}
