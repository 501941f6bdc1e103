//! How far coders agree, field by field.

use std::collections::{BTreeMap, BTreeSet};

use evidence::correction::{Field, Kind, Parts, Shape};

use crate::alpha::{Alpha, Distance, alpha};
use crate::layer::Layer;
use crate::standing::{Standing, Word};

/// What two values are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// The same or not; that the text does not say is a value too.
    Nominal,
    /// Numbers by their difference; an open end is no number, and missing.
    Interval,
    /// Numbers by their difference over their sum; an open end is no number, and missing.
    Ratio,
}

impl Metric {
    /// As pages and exports write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Interval => "interval",
            Self::Ratio => "ratio",
        }
    }
}

/// Agreement on one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Of claims or of figures.
    pub kind: Kind,
    /// The field; `None` for whether the object is there at all.
    pub field: Option<Field>,
    /// How values are compared.
    pub metric: Metric,
    /// The coefficient, with units and values.
    pub alpha: Alpha,
    /// Coders who gave values that could be compared.
    pub coders: usize,
}

/// Agreement on every field of both kinds, in the order in which fields are shown. Only coders' own words count, no
/// editor's decision; who rejects an object has no values for its fields.
pub fn agreement(layer: &Layer) -> Vec<Agreement> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let standings: Vec<&Standing> = layer.all().filter(|s| s.object.kind == kind).collect();
        all.push(on(kind, None, Metric::Nominal, &standings));
        for field in kind.fields() {
            all.push(on(kind, Some(*field), Metric::Nominal, &standings));
            if field.shape() == Shape::Count {
                all.push(on(kind, Some(*field), Metric::Interval, &standings));
                all.push(on(kind, Some(*field), Metric::Ratio, &standings));
            }
        }
    }
    all
}

fn on(kind: Kind, field: Option<Field>, metric: Metric, standings: &[&Standing]) -> Agreement {
    let mut numbers: BTreeMap<String, f64> = BTreeMap::new();
    let mut number = |value: String| {
        let next = numbers.len() as f64;
        match metric {
            Metric::Nominal => Some(*numbers.entry(value).or_insert(next)),
            Metric::Interval | Metric::Ratio => value.parse().ok(),
        }
    };
    let mut coders = BTreeSet::new();
    let mut units = Vec::new();
    for standing in standings {
        let given: Vec<(&str, f64)> =
            standing.words.iter().filter_map(|w| Some((w.coder.as_str(), number(compared(w, field)?)?))).collect();
        if given.len() > 1 {
            coders.extend(given.iter().map(|(coder, _)| *coder));
        }
        units.push(given.into_iter().map(|(_, value)| value).collect());
    }
    let distance = match metric {
        Metric::Nominal => Distance::Nominal,
        Metric::Interval => Distance::Interval,
        Metric::Ratio => Distance::Ratio,
    };
    Agreement { kind, field, metric, alpha: alpha(&units, distance), coders: coders.len() }
}

/// What of a coder's value is compared: of a speaker who it is, of an actor or place who or where, of a time its value;
/// not in which words they found it.
fn compared(word: &Word, field: Option<Field>) -> Option<String> {
    let Some(field) = field else { return Some(if word.stands { "yes" } else { "no" }.to_owned()) };
    let value = word.values.get(&field)?;
    Some(match field.shape() {
        Shape::Speakers => {
            // In their order: a chain read the other way round is another chain.
            value.lines().map(|line| who(&Parts::split(line))).collect::<Vec<_>>().join("\n")
        }
        Shape::References => {
            let all: BTreeSet<String> = value.lines().map(|line| first_filled(&Parts::split(line))).collect();
            all.into_iter().collect::<Vec<_>>().join("\n")
        }
        Shape::Time | Shape::Period => {
            let parts = Parts::split(value);
            let without_words: Vec<&str> = parts.iter().take(2).map(String::as_str).collect();
            Parts::join(&without_words)
        }
        _ => value.clone(),
    })
}

/// A speaker by name, or else by role and organisation, or else by party, or else by the words; always with the party.
fn who(parts: &[String]) -> String {
    let part = |n: usize| parts.get(n).map_or("", String::as_str);
    let named = [part(0), part(1), part(2), part(5)].into_iter().find(|p| !p.is_empty()).unwrap_or_default();
    Parts::join(&[&named.to_lowercase(), part(3)])
}

fn first_filled(parts: &[String]) -> String {
    parts.iter().find(|p| !p.is_empty()).cloned().unwrap_or_default()
}
