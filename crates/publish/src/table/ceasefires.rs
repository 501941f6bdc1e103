//! Ceasefires, one sheet each: sides, times, terms, and who says that whom broke it.

use evidence::ceasefire::{Located, Violation};
use evidence::time::Time;
use evidence::{Act, Ceasefire, Reference};

use super::{Style, Words, short};
use crate::{Book, wording};

/// A sheet for each truce.
pub fn ceasefires<'a>(book: &Book<'a>, ceasefires: &[&'a Ceasefire], style: Style) -> String {
    let sheets: Vec<String> = ceasefires.iter().map(|c| sheet(book, c, style)).collect();
    sheets.join("\n")
}

fn sheet(book: &Book, c: &Ceasefire, style: Style) -> String {
    let sides = if c.parties.is_empty() { "sides not said".to_owned() } else { c.parties.join(" – ") };
    let mut out = style.heading(&format!("{} truce · {sides} · {}", c.kind, short(&c.id)));
    let mut table = style.dense_table(&[("", 20, 0), ("", 60, 1)]);
    let mut row = |name: &str, text: String| {
        if !text.is_empty() {
            table.row(vec![Words::faint(name), text.into()]);
        }
    };
    row("announced by", references(book, &c.announced_by));
    row("brokered by", references(book, &c.brokers));
    row("monitored by", references(book, &c.monitors));
    for (name, time) in [("in effect from", &c.effective), ("until", &c.ends)] {
        row(name, time.as_ref().map(|t| wording::time(book, Some(&t.article), &t.value)).unwrap_or_default());
    }
    for t in &c.terms {
        row(t.kind.as_str(), format!("“{}”", wording::shortened(book.quote(&t.article, t.span), 300)));
    }
    let mut status: Vec<_> = c.status.iter().collect();
    status.sort_by_key(|(claim, _)| order(book, claim, None));
    for (claim, act) in status {
        row("is said of it", claim_line(book, claim, Some(*act)));
    }
    out.push_str(&table.text());
    if !c.violations.is_empty() {
        out.push_str(&style.heading("Alleged violations"));
        out.push_str(&violations(book, c, style));
    }
    out
}

fn violations(book: &Book, c: &Ceasefire, style: Style) -> String {
    let mut table = style.table(&[("by", 17, 0), ("alleged by", 17, 0), ("when", 12, 0), ("what", 34, 1)]);
    let mut breaches: Vec<&Violation> = c.violations.iter().collect();
    breaches.sort_by_key(|v| order(book, &v.claim, v.time.as_ref()));
    for v in breaches {
        let claim = book.claim(&v.claim);
        let article = claim.map(|c| c.article.as_str());
        let alleged = if v.alleged_by.is_empty() { "(the outlet)".to_owned() } else { v.alleged_by.join(", ") };
        let deniers: Vec<String> = book.deniers(&v.claim).into_iter().collect();
        let mut what = claim_line(book, &v.claim, None);
        if !deniers.is_empty() {
            what.push_str(&format!("\n≠ denied by {}", deniers.join(", ")));
        }
        table.row(vec![
            v.by.clone().unwrap_or_else(|| "(not said)".into()).into(),
            alleged.into(),
            when(book, article, v).into(),
            Words::alarming_if(!deniers.is_empty(), what),
        ]);
    }
    table.text()
}

fn claim_line(book: &Book, claim: &str, act: Option<Act>) -> String {
    let Some(c) = book.claim(claim) else { return claim.to_owned() };
    let quote = wording::shortened(book.quote(&c.article, c.content), 240);
    match act {
        None => format!("“{quote}” {}", short(&c.id)),
        Some(act) => {
            let who = wording::who(book, &c.article, &c.speakers, c.joint).replace('\n', " ");
            format!("{who} {}: “{quote}” {}", wording::act(act), short(&c.id))
        }
    }
}

fn references(book: &Book, list: &[Located<Reference>]) -> String {
    let mut out: Vec<String> = Vec::new();
    for l in list {
        let words = wording::reference(book, &l.article, &l.value);
        if !words.is_empty() && !out.contains(&words) {
            out.push(words);
        }
    }
    out.join(", ")
}

/// By the time told, else by the day of the report; then as the reports have it.
fn order<'a>(book: &Book<'a>, claim: &str, time: Option<&Time>) -> (Option<String>, &'a str, usize) {
    let Some((claim, page)) = book.claim(claim).and_then(|c| Some((c, book.page(&c.article)?))) else {
        return (None, "", 0);
    };
    let told = time.and_then(|t| t.value.as_ref()).or(page.article().published.value.as_ref());
    (told.map(ToString::to_string), page.article().path.as_str(), claim.content.start())
}

/// When a breach is said to have been, and how long after the beginning.
fn when(book: &Book, article: Option<&str>, v: &Violation) -> String {
    let time = v.time.as_ref().map(|t| wording::time(book, article, t));
    let after = v.after.map(|n| match n {
        0..120 => format!("{n} min after"),
        120..2880 => format!("{} h after", n / 60),
        _ => format!("{} days after", n / 1440),
    });
    [time, after.filter(|_| v.after.is_some_and(|n| n >= 0))].into_iter().flatten().collect::<Vec<_>>().join("\n")
}
