//! Do names of one article agree with each other? A name that is told apart wrongly once is put right by the others.

use std::collections::BTreeMap;
use std::ops::Range;

use evidence::document::NameKind;

/// Gives names written alike the kind that most of them have. The last word of a person's full name counts for that
/// word alone too: who was "Marek Tolvan" is a person as "Tolvan". Where kinds are even, nothing changes.
pub fn agree(words: &[&str], names: &mut [(Range<usize>, NameKind)]) {
    let mut votes: BTreeMap<Vec<&str>, [usize; 3]> = BTreeMap::new();
    for (tokens, kind) in names.iter() {
        votes.entry(words[tokens.clone()].to_vec()).or_default()[number(*kind)] += 1;
        if *kind == NameKind::Person && tokens.len() > 1 {
            votes.entry(vec![words[tokens.end - 1]]).or_default()[number(*kind)] += 1;
        }
    }
    for (tokens, kind) in names {
        let votes = votes[&words[tokens.clone()]];
        let most = votes.into_iter().max().unwrap_or_default();
        let mut leading = KINDS.into_iter().filter(|k| votes[number(*k)] == most);
        if let (Some(one), None) = (leading.next(), leading.next()) {
            *kind = one;
        }
    }
}

const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organisation, NameKind::Place];

fn number(kind: NameKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use NameKind::{Organisation, Person, Place};

    fn agreed(words: &[&str], names: &[(Range<usize>, NameKind)]) -> Vec<NameKind> {
        let mut names = names.to_vec();
        agree(words, &mut names);
        names.into_iter().map(|(_, kind)| kind).collect()
    }

    #[test]
    fn most_names_written_alike_decide() {
        let words = ["Veldin", "Veldin", "Orlen", "Veldin"];
        let names = [(0..1, Place), (1..2, Person), (2..3, Organisation), (3..4, Place)];
        assert_eq!(agreed(&words, &names), [Place, Place, Organisation, Place]);
    }

    #[test]
    fn a_surname_is_a_person_as_its_full_name_is() {
        let words = ["Marek", "Tolvan", "Marek", "Tolvan", "Tolvan"];
        assert_eq!(agreed(&words, &[(0..2, Person), (2..4, Person), (4..5, Place)]), [Person, Person, Person]);
    }

    #[test]
    fn even_votes_change_nothing() {
        assert_eq!(agreed(&["Orlen", "Orlen"], &[(0..1, Place), (1..2, Person)]), [Place, Person]);
        assert_eq!(agreed(&[], &[]), []);
    }
}
