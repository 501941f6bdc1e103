//! Which kinds of error cost most, and what would mend them?

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::gold::{Judgement, Mistake};
use crate::score::Reading;

/// How many kinds are told of with examples.
const WORST: usize = 20;
/// How many characters of the report an example shows on each side of its words.
const AROUND: usize = 90;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    about: String,
    cost: usize,
    mend: Option<String>,
}

/// One mistake and where it was made.
struct Error<'a> {
    reading: &'a Reading,
    judgement: &'a Judgement,
    mistake: &'a Mistake,
}

/// The kinds of error by their cost, the worst with examples and remedies.
pub fn worst(readings: &[Reading], out: &mut String) -> Result<()> {
    let table: Kinds =
        toml::from_str(include_str!("kinds.toml")).context("cannot read xtask/src/fidelity/kinds.toml")?;
    let mut found: BTreeMap<&str, Vec<Error<'_>>> = BTreeMap::new();
    for reading in readings {
        for judgement in &reading.judgements {
            if let Some(mistake) = &judgement.mistake {
                found.entry(mistake.kind).or_default().push(Error { reading, judgement, mistake });
            }
        }
    }
    let mut rows = Vec::new();
    for (name, errors) in found {
        let kind = table.kind.iter().find(|k| k.name == name);
        rows.push((kind.with_context(|| format!("kinds.toml does not know the kind of error `{name}`"))?, errors));
    }
    rows.sort_by(|a, b| (b.0.cost * b.1.len()).cmp(&(a.0.cost * a.1.len())).then(a.0.name.cmp(&b.0.name)));
    out.push_str(
        "\n## Errors by what they cost\n\nThe cost of one error runs from 1, seen at a glance or looked up in a moment, to 10, a \
         false statement about somebody\nthat nothing on the page gives away. Saying something wrong costs more than saying \
         nothing, mostly two or three times as\nmuch: an empty field sends the analyst to the text, a false one does not. \
         Numbers of people and denials cost more than\nevent types, and these more than what a reader sees at once. The total \
         is the number of errors times that. Who has the\nwrong speaker, or no claim at all, is not counted again for the \
         rest.\n\n| | kind | errors | cost of one | total |\n|---:|---|---:|---:|---:|\n",
    );
    for (i, (kind, errors)) in rows.iter().enumerate() {
        let total = kind.cost * errors.len();
        writeln!(out, "| {} | {}: {} | {} | {} | {total} |", i + 1, kind.name, kind.about, errors.len(), kind.cost)?;
    }
    out.push_str("\n## The twenty worst\n");
    for (i, (kind, errors)) in rows.iter().take(WORST).enumerate() {
        writeln!(out, "\n### {}. {}\n\n{}, {} times.\n", i + 1, kind.name, capital(&kind.about), errors.len())?;
        for e in examples(errors) {
            writeln!(out, "- `{}`: {}", e.reading.name, context(&e.reading.text, &e.judgement.item))?;
            writeln!(out, "  *{}*: expected {}; found {}", e.judgement.field, e.mistake.expected, e.mistake.found)?;
        }
        let mend = kind.mend.as_deref().unwrap_or("no remedy is known yet.");
        writeln!(out, "\nWhat would mend it: {mend}")?;
    }
    Ok(())
}

/// Two examples, of the reports that have most of them, of two where there are two.
fn examples<'a, 'b>(errors: &'b [Error<'a>]) -> Vec<&'b Error<'a>> {
    let of = |e: &Error<'_>| errors.iter().filter(|o| o.reading.name == e.reading.name).count();
    let mut sorted: Vec<&Error<'a>> = errors.iter().collect();
    // Words that the report has more than once would be shown where they do not belong.
    let clear = |e: &Error<'_>| e.reading.text.matches(e.judgement.item.as_str()).count() == 1;
    sorted.sort_by_key(|e| (!clear(e), std::cmp::Reverse(of(e))));
    let first = sorted.first().copied();
    let other = sorted.iter().copied().find(|e| first.is_some_and(|f| f.reading.name != e.reading.name));
    first.into_iter().chain(other.or(sorted.get(1).copied())).collect()
}

/// The words in bold, with what stands around them on their line.
fn context(text: &str, words: &str) -> String {
    let flat = |s: &str| s.replace('|', "\\|").replace('*', "\\*");
    let Some(line) = text.lines().find(|l| l.contains(words)) else { return format!("**{}**", flat(words)) };
    let at = line.find(words).unwrap_or(0);
    let (before, after) = (&line[..at], &line[at + words.len()..]);
    let skipped = before.chars().count().saturating_sub(AROUND);
    let mut left: String = before.chars().skip(skipped).collect();
    if skipped > 0 {
        left = format!("… {}", left.split_once(' ').map_or(left.as_str(), |(_, rest)| rest));
    }
    let mut right: String = after.chars().take(AROUND).collect();
    if after.chars().count() > AROUND {
        right = format!("{} …", right.rsplit_once(' ').map_or(right.as_str(), |(rest, _)| rest));
    }
    format!("{}**{}**{}", flat(&left), flat(words), flat(&right))
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
}
