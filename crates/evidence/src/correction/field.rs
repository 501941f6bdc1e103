//! Which fields can be corrected, and in which form their values are written.

use crate::{Act, Category, Event, Harm, Mode, Polarity, Qualifier, Status};

/// A field of a claim or of a figure; names as in the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The proposition's words.
    Content,
    /// The number with its hedge and what it counts.
    Span,
    /// Who says it, nearest first.
    Speakers,
    /// Whether they speak together.
    Joint,
    /// The word that attributes it.
    Cue,
    /// What the speaker does in saying it.
    Act,
    /// What the content tells of.
    Event,
    /// How.
    Mode,
    /// Those who do it.
    Actors,
    /// Those who suffer or receive it.
    Targets,
    /// Where.
    Places,
    /// When.
    Time,
    /// Of the content itself.
    Polarity,
    /// How the content stands to reality.
    Status,
    /// What befell them.
    Harm,
    /// Lowest count.
    Low,
    /// Highest count.
    High,
    /// The hedge.
    Qualifier,
    /// What kind of people.
    Category,
    /// Whose people.
    Party,
    /// Where, as an entity id.
    Place,
    /// What the count covers.
    Period,
    /// Whether the same text replaces it by a newer count.
    Superseded,
}

/// The form of a field's values. Where parts stand side by side, ` | ` stands between them; a stroke in a part is `\|`, a
/// line's end `\n`, a backslash `\\`. Words of the text are `the words@123`: 123 is the place of the first, in code
/// points; without it they are looked for, nearest to the object first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One word of a closed list.
    Word,
    /// A whole number, not negative, in digits.
    Count,
    /// `yes` or `no`.
    YesNo,
    /// Words of the text.
    Words,
    /// A party's slug: `varnia`.
    Party,
    /// An entity's id: `place:dorne`.
    Entity,
    /// A line for each: `name | role | organisation | party | entity | words`.
    Speakers,
    /// A line for each: `entity | party | words`.
    References,
    /// `value | end | words | basis`: dates or times as ISO 8601 writes them.
    Time,
    /// `from | to | words`.
    Period,
}

impl Field {
    /// Those of a claim, in the order in which they are shown.
    pub const OF_CLAIMS: &'static [Self] = &[
        Self::Speakers,
        Self::Act,
        Self::Event,
        Self::Mode,
        Self::Actors,
        Self::Targets,
        Self::Places,
        Self::Time,
        Self::Polarity,
        Self::Status,
        Self::Content,
        Self::Cue,
        Self::Joint,
    ];

    /// Those of a figure, in the order in which they are shown.
    pub const OF_FIGURES: &'static [Self] = &[
        Self::Harm,
        Self::Low,
        Self::High,
        Self::Qualifier,
        Self::Category,
        Self::Party,
        Self::Place,
        Self::Period,
        Self::Speakers,
        Self::Superseded,
        Self::Span,
    ];

    /// The name as exports write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Span => "span",
            Self::Speakers => "speakers",
            Self::Joint => "joint",
            Self::Cue => "cue",
            Self::Act => "act",
            Self::Event => "event",
            Self::Mode => "mode",
            Self::Actors => "actors",
            Self::Targets => "targets",
            Self::Places => "places",
            Self::Time => "time",
            Self::Polarity => "polarity",
            Self::Status => "status",
            Self::Harm => "harm",
            Self::Low => "low",
            Self::High => "high",
            Self::Qualifier => "qualifier",
            Self::Category => "category",
            Self::Party => "party",
            Self::Place => "place",
            Self::Period => "period",
            Self::Superseded => "superseded",
        }
    }

    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::OF_CLAIMS.iter().chain(Self::OF_FIGURES).copied().find(|f| f.as_str() == name)
    }

    /// The form of its values.
    pub const fn shape(self) -> Shape {
        match self {
            Self::Content | Self::Span | Self::Cue => Shape::Words,
            Self::Speakers => Shape::Speakers,
            Self::Joint | Self::Superseded => Shape::YesNo,
            Self::Act | Self::Event | Self::Mode | Self::Polarity | Self::Status => Shape::Word,
            Self::Harm | Self::Qualifier | Self::Category => Shape::Word,
            Self::Actors | Self::Targets | Self::Places => Shape::References,
            Self::Time => Shape::Time,
            Self::Low | Self::High => Shape::Count,
            Self::Party => Shape::Party,
            Self::Place => Shape::Entity,
            Self::Period => Shape::Period,
        }
    }

    /// Whether it may be empty: the text does not say.
    pub const fn may_be_empty(self) -> bool {
        match self.shape() {
            Shape::YesNo => false,
            Shape::Word => matches!(self, Self::Event | Self::Mode),
            Shape::Words => matches!(self, Self::Cue),
            _ => true,
        }
    }

    /// Its closed list of words with what each means; empty where there is none.
    pub fn vocabulary(self) -> Vec<(&'static str, &'static str)> {
        macro_rules! of {
            ($words:ident) => {
                $words::ALL.iter().map(|w| (w.as_str(), w.about())).collect()
            };
        }
        match self {
            Self::Act => of!(Act),
            Self::Event => of!(Event),
            Self::Mode => of!(Mode),
            Self::Polarity => of!(Polarity),
            Self::Status => of!(Status),
            Self::Harm => of!(Harm),
            Self::Qualifier => of!(Qualifier),
            Self::Category => of!(Category),
            _ => Vec::new(),
        }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}
