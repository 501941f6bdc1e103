//! Which office does a description name, however it is worded?

/// Offices that one person of a party holds at a time, and spokespeople.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    President,
    PrimeMinister,
    ForeignMinister,
    DefenceMinister,
    InteriorMinister,
    ChiefOfStaff,
    SecretaryGeneral,
    Envoy,
    Ombudsman,
    Spokesperson,
    Governor,
    Mayor,
    Leader,
    Rights,
}

impl Rank {
    /// Whether it is an office of a state, which no movement has.
    pub const fn is_of_state(self) -> bool {
        matches!(
            self,
            Self::President
                | Self::PrimeMinister
                | Self::ForeignMinister
                | Self::DefenceMinister
                | Self::InteriorMinister
                | Self::ChiefOfStaff
        )
    }
}

/// The office that the words of a role or of its ministry tell.
pub(crate) fn rank_of(words: &str) -> Option<Rank> {
    let words = words.to_lowercase();
    let has =
        |list: &[&str]| list.iter().any(|w| words.split(|c: char| !c.is_alphanumeric() && c != '-').any(|x| x == *w));
    let says = |list: &[&str]| list.iter().any(|w| words.contains(w));
    let deputy = has(&["deputy", "vice", "vice-president", "former", "ex-president", "adviser", "advisor", "aide"]);
    if says(&["spokes"]) {
        return Some(Rank::Spokesperson);
    }
    if deputy {
        return None;
    }
    Some(match () {
        () if says(&[
            "foreign minist",
            "foreign secretary",
            "top diplomat",
            "secretary of state",
            "foreign affairs",
            "foreign policy chief",
        ]) =>
        {
            Rank::ForeignMinister
        }
        () if says(&[
            "defence minist",
            "defense minist",
            "defence secretary",
            "defense secretary",
            "secretary of defense",
        ]) =>
        {
            Rank::DefenceMinister
        }
        () if says(&["interior minist", "home secretary"]) => Rank::InteriorMinister,
        () if says(&["prime minister"]) || has(&["premier"]) => Rank::PrimeMinister,
        () if says(&["secretary-general", "secretary general", "un chief", "u.n. chief", "nato chief"]) => {
            Rank::SecretaryGeneral
        }
        () if says(&["high commissioner for human rights", "rights chief"]) => Rank::Rights,
        () if says(&[
            "chief of staff",
            "army chief",
            "chief of the general staff",
            "military chief",
            "commander-in-chief",
        ]) =>
        {
            Rank::ChiefOfStaff
        }
        () if has(&["president", "kremlin leader", "head of state"]) || says(&["kremlin leader", "head of state"]) => {
            Rank::President
        }
        () if has(&["envoy", "emissary", "mediator"]) => Rank::Envoy,
        () if has(&["ombudsman", "ombudswoman"]) => Rank::Ombudsman,
        () if has(&["governor"]) => Rank::Governor,
        () if has(&["mayor"]) => Rank::Mayor,
        () if has(&["leader", "strongman"]) => Rank::Leader,
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_known_by_any_wording() {
        assert_eq!(rank_of("top diplomat"), Some(Rank::ForeignMinister));
        assert_eq!(rank_of("Ruritanian Foreign Minister"), rank_of("the foreign ministry"));
        assert_eq!(rank_of("defence ministry spokeswoman"), Some(Rank::Spokesperson));
        assert_eq!(rank_of("vice president"), None);
        assert_eq!(rank_of("shopkeeper"), None);
    }
}
