//! Which colour a party has on all pages: sides of one conflict never have the same; all beyond the first few hundred share
//! one.

use std::collections::{BTreeMap, BTreeSet};

use evidence::Conflict;

/// Classes of `desk.css`, neutral and told apart by colour-blind eyes; a shape goes with each where it matters.
const CLASSES: [&str; 6] = ["p0", "p1", "p2", "p3", "p4", "p5"];
const OTHER: &str = "p-other";
/// Parties that have a colour of their own.
const MOST: usize = 300;

/// Classes and names by party.
#[derive(Debug, Default)]
pub(crate) struct Colours {
    classes: BTreeMap<String, usize>,
    names: BTreeMap<String, String>,
}

impl Colours {
    /// Of parties, those first that have most claims. Each takes the class that is used least among the parties of its
    /// conflicts, and of these the one used least at all.
    pub fn of<'a>(
        ranked: impl IntoIterator<Item = &'a str>,
        conflicts: &[Conflict],
        name: impl Fn(&'a str) -> &'a str,
    ) -> Self {
        let mut names = BTreeMap::new();
        let mut chosen: BTreeMap<String, usize> = BTreeMap::new();
        let mut used = [0_usize; CLASSES.len()];
        for (n, party) in ranked.into_iter().enumerate() {
            names.insert(party.to_owned(), name(party).to_owned());
            if n >= MOST {
                continue;
            }
            let mut near = [0_usize; CLASSES.len()];
            for other in around(party, conflicts) {
                if let Some(class) = chosen.get(other) {
                    near[*class] += 1;
                }
            }
            let class = (0..CLASSES.len()).min_by_key(|c| (near[*c], used[*c], *c)).unwrap_or_default();
            used[class] += 1;
            chosen.insert(party.to_owned(), class);
        }
        Self { classes: chosen, names }
    }

    /// The class of a party; of nobody: none.
    pub fn class(&self, party: Option<&str>) -> &'static str {
        party.map_or("", |p| self.classes.get(p).map_or(OTHER, |class| CLASSES[*class]))
    }

    /// The name of a party; its slug where none is known.
    pub fn name<'s>(&'s self, slug: &'s str) -> &'s str {
        self.names.get(slug).map_or(slug, String::as_str)
    }
}

/// The other parties of the conflicts that a party fights in.
fn around<'c>(party: &str, conflicts: &'c [Conflict]) -> BTreeSet<&'c str> {
    let of = |c: &'c Conflict| c.front.sides.iter().chain(&c.front.others).map(String::as_str);
    let fought = conflicts.iter().filter(|c| of(c).any(|p| p == party));
    fought.flat_map(of).filter(|p| *p != party).collect()
}

#[cfg(test)]
mod tests {
    use evidence::Front;

    use super::*;

    fn conflict(sides: &[&str]) -> Conflict {
        let sides = sides.iter().map(|s| (*s).to_owned()).collect();
        Conflict { front: Front { sides, ..Front::default() }, ..Conflict::default() }
    }

    #[test]
    fn sides_of_one_conflict_differ_however_many_parties_there_are() {
        let parties: Vec<String> = (0..40).map(|n| format!("party-{n}")).collect();
        let conflicts: Vec<Conflict> = (0..39).map(|n| conflict(&[&parties[n], &parties[n + 1]])).collect();
        let colours = Colours::of(parties.iter().map(String::as_str), &conflicts, |p| p);
        for c in &conflicts {
            let [a, b] = &c.front.sides[..] else { panic!("two sides") };
            assert_ne!(colours.class(Some(a)), colours.class(Some(b)));
        }
        assert_eq!((colours.class(Some("unheard-of")), colours.class(None)), ("p-other", ""));
    }
}
