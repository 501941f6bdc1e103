//! Which figures are parts of others? "26 killed, among them 10 civilians"; "50 dead: 38 at once and 12 in hospital".

use std::collections::BTreeMap;

use evidence::toll::Part;
use evidence::{Figure, Ledger};

use super::facts::Fact;

/// Parts by the number of their fact: the number of the total's fact, and why.
pub(super) type Parts = BTreeMap<usize, (usize, Part)>;

/// Bytes between a total and its parts, at most.
const REACH: usize = 160;

/// The parts of all facts.
pub(super) fn find(ledger: &Ledger, facts: &[Fact]) -> Parts {
    let mut out = Parts::new();
    let mut from = 0;
    while from < facts.len() {
        let reading = facts[from].reading;
        let to = (from..facts.len()).find(|i| facts[*i].reading != reading).unwrap_or(facts.len());
        let text = &ledger.readings[reading].article.text;
        for i in from..to {
            if let Some((total, reason)) = told(text, facts, from, i).or_else(|| come_on_top(text, facts, i, to)) {
                out.insert(i, (total, Part { figure: facts[total].figure.id.clone(), reason }));
            }
        }
        for total in from..to {
            for (part, reason) in summed(facts, from..to, total, &out) {
                let why = Part { figure: facts[total].figure.id.clone(), reason };
                out.entry(part).or_insert((total, why));
            }
        }
        from = to;
    }
    out
}

/// The text itself says that it is a part: the words before it, its own words, or those behind it.
fn told(text: &str, facts: &[Fact], from: usize, i: usize) -> Option<(usize, String)> {
    let figure = facts[i].figure;
    let before = text[..figure.span.start()].trim_end().to_lowercase();
    let after = text[figure.span.end()..].trim_start().to_lowercase();
    let own = figure.span.of(text).to_lowercase();
    let leads = ["including", "include", "included", "includes", "among them", "of them", "of whom", "among whom"];
    let lead = leads.iter().find(|w| before.ends_with(*w)).map(|w| (*w).to_owned());
    let trails = [
        "of them",
        "of whom",
        "of those",
        "of the dead",
        "of the killed",
        "of the victims",
        "of the wounded",
        "among them",
    ];
    let trail = trails.iter().find(|w| own.contains(*w) || after.starts_with(*w)).map(|w| (*w).to_owned());
    let by_rule =
        matches!(figure.rule.as_str(), "figure/part" | "figure/listed").then(|| "told as some of them".to_owned());
    let words = lead.or(trail).map(|w| format!("“{w}”")).or(by_rule)?;
    let fits = |h: &usize| {
        let total = facts[*h].figure;
        let near = figure.span.start().saturating_sub(total.span.end()) <= REACH;
        let line = !text[total.span.end().min(figure.span.start())..figure.span.start()].contains('\n');
        let size = total.high.is_none() || total.high >= figure.low;
        total.harm == figure.harm && near && line && size && !total.superseded
    };
    // A part right before has parts of its own only where it is larger; "including five children" is of the people before.
    let total = (from..i).rev().find(fits)?;
    Some((total, words))
}

/// "Another 36 were killed, raising the toll to 963": the 36 are among the 963.
fn come_on_top(text: &str, facts: &[Fact], i: usize, to: usize) -> Option<(usize, String)> {
    let figure = facts[i].figure;
    let fits = |h: &usize| {
        let total = facts[*h].figure;
        let gap = &text[figure.span.end().min(total.span.start())..total.span.start()];
        let raises = ["bringing", "raising", "taking", "pushing"].iter().any(|w| gap.contains(w));
        let larger = total.low > figure.low && total.harm == figure.harm && !gap.contains('\n');
        larger && total.span.start() >= figure.span.end() && gap.len() <= REACH && raises
    };
    let total = (i + 1..to).find(fits)?;
    Some((total, "it brings the total to that".to_owned()))
}

/// Figures side by side, with the same harm, that make exactly a larger one of the report.
fn summed(facts: &[Fact], report: std::ops::Range<usize>, total: usize, known: &Parts) -> Vec<(usize, String)> {
    let sum = facts[total].figure;
    let Some(wanted) = sum.low.filter(|n| *n > 2) else { return Vec::new() };
    if known.contains_key(&total) || sum.superseded {
        return Vec::new();
    }
    let may = |i: usize| {
        let (f, s) = (&facts[i], &facts[total]);
        let whose = s.side.is_none() || f.side.is_none() || f.side == s.side;
        let kind = s.figure.category == f.figure.category || s.figure.category == evidence::Category::Unspecified;
        i != total && f.figure.harm == sum.harm && whose && kind && !f.figure.superseded && f.figure.low.is_some()
    };
    let list: Vec<usize> = report.filter(|i| may(*i)).collect();
    for n in 2..=4.min(list.len()) {
        for run in list.windows(n) {
            let close = run.windows(2).all(|w| gap(facts[w[0]].figure, facts[w[1]].figure) <= REACH / 2);
            let makes: u64 = run.iter().filter_map(|i| facts[*i].figure.low).sum();
            // Further away than the next sentence only what a headline says of both sides together.
            let near = run.iter().any(|i| gap(facts[*i].figure, sum) <= REACH) || facts[total].side.is_none();
            if close && near && makes == wanted && !run.iter().any(|i| known.contains_key(i)) {
                let numbers: Vec<String> = run.iter().map(|i| facts[*i].figure.number()).collect();
                let reason = format!("{} make the {wanted} of the same report", numbers.join(" and "));
                return run.iter().map(|i| (*i, reason.clone())).collect();
            }
        }
    }
    Vec::new()
}

/// Bytes between two figures.
fn gap(a: &Figure, b: &Figure) -> usize {
    a.span.start().max(b.span.start()).saturating_sub(a.span.end().min(b.span.end()))
}
