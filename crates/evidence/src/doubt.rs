//! Why should a person look at a claim or a figure? What the machine left open, took from the sentence before, or
//! concluded by a rule that is often wrong.
//!
//! A doubt is no mistake: it says where a mistake is likelier than elsewhere. Weights order a queue; they are no
//! probabilities. A doubt looks at nothing but the reading, so that it never changes unless the reading does; what
//! reconciliation leaves open (a denial of which it is not known what it denies) is a doubt of its own: [`of_denial`].

use crate::claim::{Claim, Speaker};
use crate::figure::Figure;
use crate::incident::Denial;
use crate::vocabulary::{Act, Basis, Event, Harm, Qualifier};

/// A reason to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Doubt {
    /// The one who speaks belongs to no party that is known.
    SpeakerWithoutParty,
    /// The speaker is named by nothing but a role or a pronoun.
    SpeakerWithoutName,
    /// An attack, arrest or threat that nobody is said to have done.
    DeedWithoutActor,
    /// An accusation that does not say of whom.
    AccusedUnknown,
    /// An attack whose place is not told.
    DeedWithoutPlace,
    /// Neither the text nor the report determines a day.
    WithoutDay,
    /// Its time does not stand in the text.
    TimeInferred,
    /// Who does or suffers it was concluded from who fights whom.
    SideConcluded,
    /// What is said has no event that is known.
    WithoutEvent,
    /// An outlet's own words about an attack: often somebody's, left out.
    OwnVoice,
    /// A denial of which it is not known what it denies.
    DenialOfUnknown,
    /// A count with an open end.
    CountOpen,
    /// A count that does not say whose people it counts.
    CountOfNobody,
    /// A count of dead or wounded that stands in no claim.
    CountAlone,
    /// An unusually high count.
    CountHigh,
}

impl Doubt {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 15] = [
        Self::SpeakerWithoutParty,
        Self::SpeakerWithoutName,
        Self::DeedWithoutActor,
        Self::AccusedUnknown,
        Self::DeedWithoutPlace,
        Self::WithoutDay,
        Self::TimeInferred,
        Self::SideConcluded,
        Self::WithoutEvent,
        Self::OwnVoice,
        Self::DenialOfUnknown,
        Self::CountOpen,
        Self::CountOfNobody,
        Self::CountAlone,
        Self::CountHigh,
    ];

    /// Its name, for addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SpeakerWithoutParty => "speaker-without-party",
            Self::SpeakerWithoutName => "speaker-without-name",
            Self::DeedWithoutActor => "deed-without-actor",
            Self::AccusedUnknown => "accused-unknown",
            Self::DeedWithoutPlace => "deed-without-place",
            Self::WithoutDay => "without-day",
            Self::TimeInferred => "time-inferred",
            Self::SideConcluded => "side-concluded",
            Self::WithoutEvent => "without-event",
            Self::OwnVoice => "own-voice",
            Self::DenialOfUnknown => "denial-of-unknown",
            Self::CountOpen => "count-open",
            Self::CountOfNobody => "count-of-nobody",
            Self::CountAlone => "count-alone",
            Self::CountHigh => "count-high",
        }
    }

    /// By its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.as_str() == name)
    }

    /// What it is, in words for the reader.
    pub const fn about(self) -> &'static str {
        match self {
            Self::SpeakerWithoutParty => "the speaker belongs to no known party",
            Self::SpeakerWithoutName => "the speaker has no name of a person or body",
            Self::DeedWithoutActor => "nobody is said to have done it",
            Self::AccusedUnknown => "an accusation that does not say of whom",
            Self::DeedWithoutPlace => "an attack without a place",
            Self::WithoutDay => "no day is known, not even of the report",
            Self::TimeInferred => "its time does not stand in the text",
            Self::SideConcluded => "who does or suffers it was concluded from who fights whom",
            Self::WithoutEvent => "what is said has no known event",
            Self::OwnVoice => "an attack told in the outlet's own voice",
            Self::DenialOfUnknown => "it is not known what is denied",
            Self::CountOpen => "a count with an open end",
            Self::CountOfNobody => "it is not said whose people are counted",
            Self::CountAlone => "a count that stands in no claim",
            Self::CountHigh => "an unusually high count",
        }
    }

    /// How much it counts, from 1 to 5.
    pub const fn weight(self) -> u16 {
        match self {
            Self::DenialOfUnknown | Self::CountHigh => 5,
            Self::AccusedUnknown | Self::SpeakerWithoutParty | Self::CountAlone => 4,
            Self::DeedWithoutActor | Self::SideConcluded | Self::CountOfNobody => 3,
            Self::SpeakerWithoutName | Self::DeedWithoutPlace | Self::TimeInferred => 2,
            Self::WithoutDay | Self::WithoutEvent | Self::OwnVoice | Self::CountOpen => 1,
        }
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Some reasons, each once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Doubts(u32);

impl Doubts {
    /// Those of a number as [`Self::number`] gives it; numbers of reasons that are not known are left out.
    pub const fn of_number(number: u32) -> Self {
        Self(number & ((1 << Doubt::ALL.len()) - 1))
    }

    /// As a number to keep.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Adds one.
    pub fn add(&mut self, doubt: Doubt) {
        self.0 |= doubt.bit();
    }

    /// Whether it is among them.
    pub const fn has(self, doubt: Doubt) -> bool {
        self.0 & doubt.bit() != 0
    }

    /// Each, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Doubt> {
        Doubt::ALL.into_iter().filter(move |d| self.has(*d))
    }

    /// Sum of their weights.
    pub fn weight(self) -> u16 {
        self.iter().map(Doubt::weight).sum()
    }

    fn add_if(&mut self, doubt: Doubt, is: bool) {
        if is {
            self.add(doubt);
        }
    }
}

/// Reasons to look at a claim; `dated` tells whether its report has a date.
pub fn of_claim(claim: &Claim, dated: bool) -> Doubts {
    let mut out = Doubts::default();
    speakers(&mut out, &claim.speakers);
    let deed = matches!(claim.event, Some(Event::Assault | Event::Coerce | Event::Threaten));
    let attack = claim.event == Some(Event::Assault);
    out.add_if(Doubt::DeedWithoutActor, deed && claim.actors.is_empty());
    let someone = claim.actors.iter().any(|a| a.party.is_some() || a.entity.is_some());
    out.add_if(Doubt::AccusedUnknown, claim.act == Act::Accuse && !someone);
    out.add_if(Doubt::DeedWithoutPlace, attack && claim.places.is_empty());
    let told = claim.time.as_ref().is_some_and(|t| t.value.is_some() || t.end.is_some());
    out.add_if(Doubt::WithoutDay, !told && !dated);
    out.add_if(Doubt::TimeInferred, claim.time.as_ref().is_some_and(|t| t.basis == Basis::Inferred));
    let concluded = |rule: &str| rule.starts_with("sides/");
    out.add_if(Doubt::SideConcluded, claim.found.iter().any(|f| concluded(&f.rule)));
    out.add_if(Doubt::WithoutEvent, claim.event.is_none());
    out.add_if(Doubt::OwnVoice, attack && claim.speakers.is_empty());
    out
}

/// Reasons to look at a figure; `dated` tells whether its report has a date.
pub fn of_figure(figure: &Figure, dated: bool) -> Doubts {
    let mut out = Doubts::default();
    speakers(&mut out, &figure.speakers);
    let told = figure.period.as_ref().is_some_and(|p| p.from.is_some() || p.to.is_some());
    out.add_if(Doubt::WithoutDay, !told && !dated);
    // "At least 12" is as sure as it is told; "dozens" is not.
    out.add_if(Doubt::CountOpen, figure.qualifier == Qualifier::Unspecified);
    out.add_if(Doubt::CountOfNobody, figure.party.is_none());
    let hurt = matches!(figure.harm, Harm::Killed | Harm::Wounded);
    out.add_if(Doubt::CountAlone, hurt && figure.claim.is_none());
    let most = if hurt { 1000 } else { 1_000_000 };
    out.add_if(Doubt::CountHigh, figure.low.or(figure.high).is_some_and(|n| n >= most));
    out
}

/// Whether a denial leaves open what it denies: one of all that was said of a kind does not, it names no claim.
pub fn of_denial(denial: &Denial) -> bool {
    denial.denies.is_empty() && denial.kind != crate::vocabulary::DenialKind::Blanket
}

fn speakers(out: &mut Doubts, speakers: &[Speaker]) {
    let Some(nearest) = speakers.first() else { return };
    out.add_if(Doubt::SpeakerWithoutParty, nearest.party.is_none());
    out.add_if(Doubt::SpeakerWithoutName, nearest.name.is_none() && nearest.organisation.is_none());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Claim, Polarity, Span, Status};

    fn claim() -> Claim {
        Claim {
            id: "c1".into(),
            article: "a1".into(),
            content: Span::new(0, 1),
            cue: None,
            speakers: Vec::new(),
            joint: false,
            act: Act::Assert,
            event: Some(Event::Assault),
            mode: None,
            actors: Vec::new(),
            targets: Vec::new(),
            places: Vec::new(),
            time: None,
            polarity: Polarity::Affirmed,
            status: Status::Actual,
            meaning: None,
            found: Vec::new(),
        }
    }

    #[test]
    fn what_is_left_open_is_a_doubt() {
        let bare = of_claim(&claim(), false);
        let told: Vec<Doubt> = bare.iter().collect();
        let wanted = [Doubt::DeedWithoutActor, Doubt::DeedWithoutPlace, Doubt::WithoutDay, Doubt::OwnVoice];
        assert_eq!(told, wanted);
        assert_eq!(bare.weight(), 7);
        let mut accusation = Claim { act: Act::Accuse, speakers: vec![Speaker::default()], ..claim() };
        accusation.found.push(crate::claim::Finding {
            rule: "sides/opponent".into(),
            reason: String::new(),
            span: None,
        });
        let doubts = of_claim(&accusation, true);
        assert!(doubts.has(Doubt::AccusedUnknown) && doubts.has(Doubt::SideConcluded));
        assert!(doubts.has(Doubt::SpeakerWithoutParty) && doubts.has(Doubt::SpeakerWithoutName));
        assert!(!doubts.has(Doubt::WithoutDay) && !doubts.has(Doubt::OwnVoice));
    }

    #[test]
    fn doubts_keep_their_numbers_and_names() {
        for (n, doubt) in Doubt::ALL.into_iter().enumerate() {
            assert_eq!(doubt as usize, n);
            assert_eq!(Doubt::parse(doubt.as_str()), Some(doubt));
            let mut one = Doubts::default();
            one.add(doubt);
            assert_eq!(Doubts::of_number(one.number()).iter().collect::<Vec<_>>(), [doubt]);
        }
        assert_eq!(Doubts::of_number(u32::MAX).iter().count(), Doubt::ALL.len());
    }
}
