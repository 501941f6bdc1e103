//! The words of all coders together, by object.

use std::collections::BTreeMap;

use evidence::correction::{Correction, Kind, Object};

use crate::attach::Attached;
use crate::standing::{Standing, Verdict};

/// What all corrections come to.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    standings: BTreeMap<Object, Standing>,
    adrift: Vec<Standing>,
    /// By number.
    corrections: Vec<Correction>,
}

impl Layer {
    /// The layer of all corrections of a ledger. `attached` tells of objects whose ids are gone; one that it does not
    /// name is where it was.
    pub fn new(mut corrections: Vec<Correction>, attached: &BTreeMap<Object, Attached>) -> Self {
        corrections.sort_by_key(|c| c.number);
        let mut by_object: BTreeMap<Object, Vec<&Correction>> = BTreeMap::new();
        let mut lost: BTreeMap<Object, Vec<&Correction>> = BTreeMap::new();
        for c in &corrections {
            let object = &c.said.object;
            match attached.get(object) {
                None | Some(Attached::Same) => by_object.entry(object.clone()).or_default().push(c),
                Some(Attached::To(id)) => {
                    by_object.entry(Object { kind: object.kind, id: id.clone() }).or_default().push(c);
                }
                Some(Attached::Adrift) => lost.entry(object.clone()).or_default().push(c),
            }
        }
        let standing = |(object, said): (Object, Vec<&Correction>)| Standing::of(object, &said);
        let standings = by_object.into_iter().filter_map(standing).map(|s| (s.object.clone(), s)).collect();
        let adrift = lost.into_iter().filter_map(standing).collect();
        Self { standings, adrift, corrections }
    }

    /// How an object stands; `None` if nobody ever spoke of it.
    pub fn of(&self, kind: Kind, id: &str) -> Option<&Standing> {
        self.standings.get(&Object { kind, id: id.to_owned() })
    }

    /// All objects that anybody spoke of, by kind and id.
    pub fn all(&self) -> impl Iterator<Item = &Standing> {
        self.standings.values()
    }

    /// Corrections whose objects are nowhere in the report any more.
    pub fn adrift(&self) -> &[Standing] {
        &self.adrift
    }

    /// Objects that coders disagree about.
    pub fn conflicts(&self) -> impl Iterator<Item = &Standing> {
        self.all().filter(|s| s.verdict() == Some(Verdict::Disputed) || s.is_challenged())
    }

    /// Every word ever said, by number.
    pub fn log(&self) -> &[Correction] {
        &self.corrections
    }

    /// Number of the last word; 0 where there is none.
    pub fn last(&self) -> u64 {
        self.corrections.last().map_or(0, |c| c.number)
    }
}
