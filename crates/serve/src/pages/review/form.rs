//! The fields of an object as a form, and the form as it is sent back.

use std::collections::BTreeMap;

use evidence::correction::{Field, Kind, Parts, Shape, Values, Wrong};

use super::plain::said;

/// Fields whose values are longer than this are refused; in bytes.
const LONGEST: usize = 8000;

/// One field of the form.
pub(super) struct Control {
    pub field: &'static str,
    pub label: &'static str,
    /// The digit that leads to it.
    pub key: Option<usize>,
    /// The machine's value in words for people.
    pub machine: String,
    /// Whether what is shown is otherwise than the machine's.
    pub otherwise: bool,
    /// Why what was sent cannot be.
    pub wrong: Option<String>,
    pub input: Input,
}

/// How it is filled in.
pub(super) enum Input {
    /// One of some words.
    Choice { name: String, options: Vec<Choice> },
    /// Rows of cells.
    Rows { rows: Vec<Vec<Cell>>, many: bool },
}

/// A word to choose.
pub(super) struct Choice {
    pub value: &'static str,
    pub label: String,
    pub chosen: bool,
}

/// A part of a value.
pub(super) struct Cell {
    pub name: String,
    pub label: &'static str,
    pub value: String,
    /// The list of suggestions: `parties`, `entities`, or none.
    pub list: &'static str,
    pub of: Fill,
}

/// What goes into a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Text,
    Count,
    /// Words of the report.
    Words,
    Hidden,
}

/// The form of an object: `shown` are the values in it, `machine` what the machine read.
pub(super) fn controls(kind: Kind, shown: &Values, machine: &Values, wrong: &[Wrong]) -> Vec<Control> {
    let control = |(n, field): (usize, &Field)| {
        let value = shown.get(field).map_or("", String::as_str);
        let read = machine.get(field).map_or("", String::as_str);
        let wrongs: Vec<&str> = wrong.iter().filter(|w| w.field == *field).map(|w| w.message.as_str()).collect();
        Control {
            field: field.as_str(),
            label: label(*field),
            key: Some(n + 1).filter(|k| *k < 10),
            machine: said(*field, read),
            otherwise: value != read,
            wrong: Some(wrongs.join("; ")).filter(|w| !w.is_empty()),
            input: input(*field, value),
        }
    };
    kind.fields().iter().enumerate().map(control).collect()
}

/// The values that a form sends; fields that it has not are not among them.
///
/// # Errors
/// What is too long.
pub(super) fn sent(kind: Kind, pairs: &[(String, String)]) -> Result<Values, String> {
    let mut cells: BTreeMap<Field, BTreeMap<(usize, usize), String>> = BTreeMap::new();
    for (name, value) in pairs {
        let mut parts = name.split('.');
        let (Some("f"), Some(field)) = (parts.next(), parts.next().and_then(Field::parse)) else { continue };
        let mut number = || parts.next().map_or(Some(0), |n| n.parse().ok());
        let (Some(row), Some(cell)) = (number(), number()) else { continue };
        let value = value.replace("\r\n", "\n").trim().to_owned();
        if value.len() > LONGEST || row > 99 || cell > 9 {
            return Err(format!("{field} is longer than any value can be; shorten it"));
        }
        cells.entry(field).or_default().insert((row, cell), value);
    }
    let of_kind = |f: &&Field| cells.contains_key(f);
    Ok(kind.fields().iter().filter(of_kind).map(|f| (*f, written(*f, &cells[f]))).collect())
}

/// Cells put together as the value is written.
fn written(field: Field, cells: &BTreeMap<(usize, usize), String>) -> String {
    if columns(field.shape()).len() < 2 {
        return cells.values().next().cloned().unwrap_or_default();
    }
    let mut rows: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for ((row, cell), value) in cells {
        let parts = rows.entry(*row).or_default();
        parts.resize(parts.len().max(cell + 1), "");
        parts[*cell] = value;
    }
    // What a time rests on says nothing alone.
    let telling = if field == Field::Time { 3 } else { usize::MAX };
    let filled = |parts: &&Vec<&str>| parts.iter().take(telling).any(|p| !p.is_empty());
    rows.values().filter(filled).map(|parts| Parts::join(parts)).collect::<Vec<_>>().join("\n")
}

fn input(field: Field, value: &str) -> Input {
    let name = format!("f.{field}");
    let shape = field.shape();
    if let Shape::Word | Shape::YesNo = shape {
        return Input::Choice { options: choices(field, value), name };
    }
    let columns = columns(shape);
    let many = matches!(shape, Shape::Speakers | Shape::References);
    let mut rows: Vec<Vec<String>> = match shape {
        Shape::Speakers | Shape::References => value.lines().map(Parts::split).collect(),
        Shape::Time | Shape::Period => vec![Parts::split(value)],
        _ => vec![vec![value.to_owned()]],
    };
    if many {
        // One to fill in, also without scripts.
        rows.push(Vec::new());
    }
    let cell = |row: usize, n: usize, parts: &[String]| Cell {
        name: if columns.len() == 1 { name.clone() } else { format!("{name}.{row}.{n}") },
        label: columns[n].0,
        value: parts.get(n).cloned().unwrap_or_default(),
        list: columns[n].1,
        of: columns[n].2,
    };
    let row = |(r, parts): (usize, &Vec<String>)| (0..columns.len()).map(|n| cell(r, n, parts)).collect();
    Input::Rows { rows: rows.iter().enumerate().map(row).collect(), many }
}

fn choices(field: Field, value: &str) -> Vec<Choice> {
    let mut all: Vec<(&'static str, String)> = Vec::new();
    if field.may_be_empty() {
        all.push(("", "not said".to_owned()));
    }
    if field.shape() == Shape::YesNo {
        all.extend([("no", "no".to_owned()), ("yes", "yes".to_owned())]);
    }
    let meant = |(word, about): (&'static str, &'static str)| {
        let label = if about.is_empty() { word.to_owned() } else { format!("{word}: {about}") };
        (word, label)
    };
    all.extend(field.vocabulary().into_iter().map(meant));
    all.into_iter().map(|(word, label)| Choice { value: word, label, chosen: word == value }).collect()
}

const fn columns(shape: Shape) -> &'static [(&'static str, &'static str, Fill)] {
    match shape {
        Shape::Word | Shape::YesNo => &[("", "", Fill::Text)],
        Shape::Count => &[("count", "", Fill::Count)],
        Shape::Words => &[("words", "", Fill::Words)],
        Shape::Party => &[("party", "parties", Fill::Text)],
        Shape::Entity => &[("entity", "entities", Fill::Text)],
        Shape::Speakers => &[
            ("name", "", Fill::Text),
            ("role", "", Fill::Text),
            ("organisation", "", Fill::Text),
            ("party", "parties", Fill::Text),
            ("entity", "entities", Fill::Text),
            ("words", "", Fill::Words),
        ],
        Shape::References => {
            &[("entity", "entities", Fill::Text), ("party", "parties", Fill::Text), ("words", "", Fill::Words)]
        }
        Shape::Time => {
            &[("from", "", Fill::Text), ("to", "", Fill::Text), ("words", "", Fill::Words), ("basis", "", Fill::Hidden)]
        }
        Shape::Period => &[("from", "", Fill::Text), ("to", "", Fill::Text), ("words", "", Fill::Words)],
    }
}

pub(super) const fn label(field: Field) -> &'static str {
    match field {
        Field::Content | Field::Span => "Words",
        Field::Speakers => "Speakers, nearest first",
        Field::Joint => "Speakers speak together",
        Field::Cue => "Cue",
        Field::Act => "Act",
        Field::Event => "Event",
        Field::Mode => "Mode",
        Field::Actors => "Actors",
        Field::Targets => "Targets",
        Field::Places => "Places",
        Field::Time => "Time",
        Field::Polarity => "Polarity",
        Field::Status => "Status",
        Field::Harm => "Harm",
        Field::Low => "Lowest count",
        Field::High => "Highest count",
        Field::Qualifier => "Hedge",
        Field::Category => "Kind of people",
        Field::Party => "Whose people",
        Field::Place => "Place",
        Field::Period => "Period",
        Field::Superseded => "Replaced by a newer count",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a browser sends of a form that nobody touched.
    fn untouched(controls: &[Control]) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for control in controls {
            match &control.input {
                Input::Choice { name, options } => {
                    let chosen = options.iter().find(|o| o.chosen).or(options.first());
                    pairs.extend(chosen.map(|o| (name.clone(), o.value.to_owned())));
                }
                Input::Rows { rows, .. } => {
                    let cells = rows.iter().flatten();
                    pairs.extend(cells.map(|c| (c.name.clone(), c.value.replace('\n', "\r\n"))));
                }
            }
        }
        pairs
    }

    #[test]
    fn an_untouched_form_sends_what_it_showed() {
        let values = Values::from([
            (Field::Speakers, "Åsa | Lind \\| x |  | varnia\n |  |  |  |  | she\\nsaid@4".to_owned()),
            (Field::Joint, "no".to_owned()),
            (Field::Cue, String::new()),
            (Field::Content, "two\nlines@7".to_owned()),
            (Field::Act, "assert".to_owned()),
            (Field::Event, String::new()),
            (Field::Mode, String::new()),
            (Field::Actors, String::new()),
            (Field::Targets, " | varnia".to_owned()),
            (Field::Places, "place:dorne |  | Dorne@2".to_owned()),
            (Field::Time, "2024 |  |  | profile".to_owned()),
            (Field::Polarity, "negated".to_owned()),
            (Field::Status, "planned".to_owned()),
        ]);
        let controls = controls(Kind::Claim, &values, &values, &[]);
        assert_eq!(controls.len(), values.len());
        assert!(controls.iter().all(|c| !c.otherwise));
        assert_eq!(sent(Kind::Claim, &untouched(&controls)).unwrap(), values);
    }

    #[test]
    fn an_emptied_time_is_empty_whatever_it_rested_on() {
        let pairs = [("f.time.0.0", ""), ("f.time.0.1", ""), ("f.time.0.2", ""), ("f.time.0.3", "profile")];
        let pairs: Vec<_> = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(sent(Kind::Claim, &pairs).unwrap()[&Field::Time], "");
    }
}
