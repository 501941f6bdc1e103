//! How many answers are right, by phenomenon and by what was asked?

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::gold::Judgement;
use crate::score::Reading;

/// Fields that say that a thing was found at all; each item has one of them.
const FOUND: [&str; 3] = ["claims found", "figure: found", "truces found"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phenomena {
    phenomenon: Vec<Phenomenon>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phenomenon {
    name: String,
    about: String,
    fields: Vec<String>,
    group: String,
}

/// The table by phenomenon, worst first within its group.
pub fn phenomena(readings: &[Reading], out: &mut String) -> Result<()> {
    let table: Phenomena =
        toml::from_str(include_str!("phenomena.toml")).context("cannot read xtask/src/fidelity/phenomena.toml")?;
    let items: Vec<Vec<&Judgement>> = readings.iter().flat_map(items).collect();
    for p in items.iter().flatten().flat_map(|j| &j.phenomena) {
        if !table.phenomenon.iter().any(|t| t.name == *p) {
            bail!("tests/gold names the phenomenon `{p}`, which xtask/src/fidelity/phenomena.toml does not have");
        }
    }
    out.push_str(
        "\n## By phenomenon\n\nAn item is right where it was found and the answers that the phenomenon is about are right. \
         *All right*: everything\nthat was asked of it.\n\n| | phenomenon | right | of | all right |\n|---|---|---:|---:|---:|\n",
    );
    let mut groups: Vec<&str> = table.phenomenon.iter().map(|p| p.group.as_str()).collect();
    groups.dedup();
    for group in groups {
        let mut rows = Vec::new();
        for p in table.phenomenon.iter().filter(|p| p.group == group) {
            let those: Vec<_> = items.iter().filter(|i| i.iter().any(|j| j.phenomena.contains(&p.name))).collect();
            let right = those.iter().filter(|i| right_in(p, i)).count();
            let all = those.iter().filter(|i| i.iter().all(|j| j.right)).count();
            if !those.is_empty() {
                rows.push((right, those.len(), all, p));
            }
        }
        rows.sort_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)).then(b.1.cmp(&a.1)).then(a.3.name.cmp(&b.3.name)));
        for (right, of, all, p) in rows {
            writeln!(out, "| {group} | {}: {} | {right} | {of} | {all} |", p.name, p.about)?;
        }
    }
    Ok(())
}

/// The judgements of a report, item by item: those of one claim, figure or truce.
fn items(reading: &Reading) -> Vec<Vec<&Judgement>> {
    let mut items: Vec<Vec<&Judgement>> = Vec::new();
    for j in reading.judgements.iter().filter(|j| !j.phenomena.is_empty()) {
        // A figure's first answer is its strict score, then whether it was found.
        let begins = j.field == "figures recall" || (FOUND.contains(&j.field) && j.field != "figure: found");
        match items.last_mut() {
            Some(last) if !begins && last[0].item == j.item => last.push(j),
            _ => items.push(vec![j]),
        }
    }
    items
}

fn right_in(p: &Phenomenon, item: &[&Judgement]) -> bool {
    let asked = |j: &&&Judgement| FOUND.contains(&j.field) || p.fields.iter().any(|f| f == j.field);
    item.iter().filter(asked).all(|j| j.right)
}

/// The table by what was asked, for both sets.
pub fn fields(readings: &[Reading], out: &mut String) {
    let mut rows: BTreeMap<&str, [(usize, usize); 2]> = BTreeMap::new();
    for r in readings {
        for j in &r.judgements {
            let cell = &mut rows.entry(j.field).or_default()[usize::from(r.set.is_some())];
            cell.0 += usize::from(j.right);
            cell.1 += 1;
        }
    }
    out.push_str("\n## By what was asked\n\nIn the second set what was asked of a thing that was not found is wrong.\n\n| | first set | | second set | |\n|---|---:|---:|---:|---:|\n");
    for (field, cells) in rows {
        let _ = write!(out, "| {field} |");
        for (right, of) in cells {
            let _ = if of == 0 {
                write!(out, " | |")
            } else {
                write!(out, " {right} of {of} | {:.3} |", right as f64 / of as f64)
            };
        }
        out.push('\n');
    }
}
