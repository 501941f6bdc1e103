//! To whom does an outlet belong?

/// To whom an outlet belongs, where that is public knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliation {
    /// How it belongs to them.
    pub bond: Bond,
    /// ISO 3166-1 code of the state.
    pub state: Option<String>,
    /// The body, party or force.
    pub of: Option<String>,
}

/// How an outlet belongs to a state or a body; `data/outlets.toml` says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// Owned or run by a state as its own voice.
    State,
    /// Owned or paid by a state, with editorial independence by charter or law.
    PublicService,
    /// The publication of a government or a ministry.
    Government,
    /// Of armed forces or their ministry.
    Military,
    /// Of a party or a movement, also an armed one.
    Party,
    /// Of an intergovernmental organisation.
    International,
}

impl Bond {
    /// All bonds.
    pub const ALL: [Self; 6] =
        [Self::State, Self::PublicService, Self::Government, Self::Military, Self::Party, Self::International];

    /// The name in the data file and in exports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::PublicService => "public-service",
            Self::Government => "government",
            Self::Military => "military",
            Self::Party => "party",
            Self::International => "international",
        }
    }

    /// The bond of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.as_str() == name)
    }

    /// Whether a state must be named with it.
    pub(crate) const fn is_of_a_state(self) -> bool {
        matches!(self, Self::State | Self::PublicService | Self::Government | Self::Military)
    }

    /// Whether a body must be named with it.
    pub(crate) const fn is_of_a_body(self) -> bool {
        matches!(self, Self::Party | Self::International | Self::Military)
    }
}

impl std::fmt::Display for Affiliation {
    /// "state (AZ)", "military (IR: Islamic Revolutionary Guard Corps)", "party (Hezbollah)".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.bond.as_str())?;
        match (&self.state, &self.of) {
            (Some(state), Some(of)) => write!(f, " ({state}: {of})"),
            (Some(whose), None) | (None, Some(whose)) => write!(f, " ({whose})"),
            (None, None) => Ok(()),
        }
    }
}
