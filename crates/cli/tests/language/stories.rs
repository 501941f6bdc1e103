//! Every story of `tests/stories`: reports in, the ledger that is expected of them.
//!
//! A story is a Markdown file: a title, prose, `report NAME DAY` blocks and one `ledger` block. With `STORIES=write` in
//! the environment the ledger blocks are written anew; read the difference before you commit it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::picture;
use crate::reading::Stages;
use evidence::ledger::Reading;
use evidence::{Claim, Ledger, Polarity, Speaker, Status};
use store::Derived;

#[test]
fn every_story_ends_as_it_is_told() {
    let stages = Stages::shipped();
    let write = std::env::var_os("STORIES").is_some_and(|v| v == "write");
    let mut wrong = Vec::new();
    for path in stories() {
        let text = std::fs::read_to_string(&path).expect("a readable story");
        let blocks = blocks(&text);
        let reports = blocks.iter().filter(|b| b.head.starts_with("report "));
        let readings = reports.map(|b| {
            let mut words = b.head.split_whitespace().skip(1);
            let (name, day) = (words.next().expect("a report has a name"), words.next().expect("a report has a day"));
            stages.read_as(b.body.trim_end(), name, day).reading
        });
        let told = shown(&whole(readings.collect()));
        let ledger =
            blocks.iter().find(|b| b.head == "ledger").unwrap_or_else(|| panic!("{}: no ledger block", path.display()));
        if ledger.body.trim_end() == told.trim_end() {
            continue;
        }
        if write {
            let fresh = format!("{}{}\n{}", &text[..ledger.start], told.trim_end(), &text[ledger.end..]);
            std::fs::write(&path, fresh).expect("a writable story");
        } else {
            wrong.push(format!("{}:\nexpected\n{}\nfound\n{told}", path.display(), ledger.body));
        }
    }
    assert!(wrong.is_empty(), "{} stories end otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

/// Name, day and text of every report of every story.
pub fn reports() -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for path in stories() {
        let text = std::fs::read_to_string(&path).expect("a readable story");
        for b in blocks(&text).iter().filter(|b| b.head.starts_with("report ")) {
            let words: Vec<&str> = b.head.split_whitespace().collect();
            out.push((words[1].to_owned(), words[2].to_owned(), b.body.trim_end().to_owned()));
        }
    }
    out
}

/// The ledger of some readings.
fn whole(mut readings: Vec<Reading>) -> Ledger {
    readings.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    let Derived { origins, shared, incidents, ceasefires } = picture::of(&readings).expect("a ledger in memory");
    Ledger { readings, origins, shared, incidents, ceasefires, versions: Vec::new() }
}

struct Block<'a> {
    head: &'a str,
    body: &'a str,
    start: usize,
    end: usize,
}

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    let entries = std::fs::read_dir(folder).expect("tests/stories is there");
    let mut paths: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "there are stories");
    paths
}

/// Fenced blocks with their first line and where their body lies.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let (mut out, mut at, mut open) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        match (line.strip_prefix("```"), open) {
            (Some(_), Some((head, start))) => {
                out.push(Block { head, body: &text[start..at], start, end: at });
                open = None;
            }
            (Some(head), None) => open = Some((head.trim(), next)),
            _ => {}
        }
        at = next;
    }
    out
}

/// The ledger in a few words a line.
fn shown(ledger: &Ledger) -> String {
    let mut out = String::new();
    for r in &ledger.readings {
        let name = r.article.id.trim_start_matches("a-");
        let text = &r.article.text;
        for c in &r.claims {
            let _ = writeln!(out, "{name} {}", claim(c, text));
        }
        for f in &r.figures {
            let bound = |b: Option<u64>| b.map_or(String::new(), |n| n.to_string());
            let whose = f.party.as_deref().unwrap_or("?");
            let by = f.speakers.first().map_or("(outlet)".to_owned(), |s| speaker(s, text));
            let old = if f.superseded { " superseded" } else { "" };
            let _ = writeln!(
                out,
                "{name} figure {} {}..{} {} of {whose} by {by}{old}",
                f.harm,
                bound(f.low),
                bound(f.high),
                f.category
            );
        }
    }
    for t in &ledger.ceasefires {
        let effective = t.effective.as_ref().and_then(|e| e.value.value.as_ref()).map_or("?", |v| v.as_str());
        let _ = writeln!(
            out,
            "ceasefire {} {} from {effective}, {} violations alleged",
            t.kind,
            t.parties.join("+"),
            t.violations.len()
        );
    }
    let name = |article: &str| article.trim_start_matches("a-").to_owned();
    for o in ledger.origins.iter().filter(|o| o.copies.len() > 1) {
        let copies: Vec<String> = o.copies.iter().map(|c| name(&c.article)).collect();
        let _ = writeln!(out, "origin {}: {}", copies.join("+"), o.agencies.join("+"));
    }
    let report_of = |claim: &str| {
        let holds = |r: &&Reading| r.claims.iter().any(|c| c.id == claim);
        ledger.readings.iter().find(holds).map_or(String::new(), |r| name(&r.article.id))
    };
    for i in &ledger.incidents {
        let event = i.event.map_or("-", evidence::Event::as_str);
        let places = i.places.iter().map(|p| p.trim_start_matches("place:")).collect::<Vec<_>>().join("+");
        let _ = writeln!(
            out,
            "incident {event} at {places}: {} claims, {} origins, denied by {}",
            i.claims.len(),
            i.origins,
            i.denied_by.join("+")
        );
        for d in &i.denials {
            let here = report_of(&d.claim);
            let elsewhere: std::collections::BTreeSet<String> =
                d.denies.iter().map(|x| report_of(&x.claim)).filter(|r| *r != here).collect();
            for other in elsewhere {
                let _ = writeln!(out, "  {here} denies what {other} tells ({})", d.kind);
            }
        }
        let _ = i.notes.iter().map(|n| writeln!(out, "  {}", n.replace("a-", ""))).collect::<Vec<_>>();
    }
    out
}

fn claim(c: &Claim, text: &str) -> String {
    let who = c.speakers.iter().map(|s| speaker(s, text)).collect::<Vec<_>>().join(" < ");
    let who = if who.is_empty() { "(outlet)".to_owned() } else { who };
    let not = if c.polarity == Polarity::Negated { " NOT" } else { "" };
    let status = if c.status == Status::Actual { String::new() } else { format!(" {}", c.status) };
    let event = c.event.map_or("-", evidence::Event::as_str);
    let parties =
        |list: &[evidence::Reference]| list.iter().filter_map(|r| r.party.clone()).collect::<Vec<_>>().join("+");
    let when = c.time.as_ref().and_then(|t| t.value.as_ref()).map_or(String::new(), |v| format!(" @{v}"));
    format!(
        "{who} {}{not}{status} {event} {}>{}{when} «{}»",
        c.act,
        parties(&c.actors),
        parties(&c.targets),
        c.content.of(text)
    )
}

fn speaker(s: &Speaker, text: &str) -> String {
    let words = s.name.clone().or_else(|| s.span.map(|x| x.of(text).to_owned())).unwrap_or_default();
    s.party.as_ref().map_or(words.clone(), |p| format!("{words} [{p}]"))
}
