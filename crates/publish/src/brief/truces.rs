//! Truces: since when, on what terms, who alleges which breach, and what is said of whether they hold.

use std::collections::BTreeMap;

use evidence::ceasefire::{Located, Violation};
use evidence::time::Time;
use evidence::{Ceasefire, Claim, Reference};

use super::desk::Desk;
use super::{Block, Line, Piece, alleged, text};
use crate::chart::{self, Bars};
use crate::wording;

/// Every truce that a statement of the brief speaks of.
pub(super) fn blocks<'a>(desk: &mut Desk<'_, 'a>) -> Vec<Block> {
    let spoken_of = |t: &&Ceasefire| {
        let alleged = t.violations.iter().map(|v| &v.claim);
        t.claims.iter().chain(alleged).any(|c| desk.has(c))
    };
    let truces: Vec<&Ceasefire> = desk.book.ceasefires().iter().copied().filter(spoken_of).collect();
    let mut out = Vec::new();
    for t in truces {
        let sides: Vec<&str> = alleged::in_order(desk, t.parties.iter().map(String::as_str));
        let sides: Vec<&str> = sides.into_iter().map(|p| desk.book.party_name(p)).collect();
        let sides = if sides.is_empty() { "sides not told".to_owned() } else { sides.join(" and ") };
        let since = t.effective.as_ref().and_then(|e| desk.time(&e.article, &e.value));
        let since = since.map_or("no time told".to_owned(), |s| format!("from {s}"));
        out.push(Block::Heading(format!("{sides}: a {} truce, {since}", t.kind)));
        out.push(facts(desk, t));
        out.push(Block::Under("Breaches alleged".into()));
        out.extend(drawn(desk, t));
        out.extend(violations(desk, t));
        out.push(Block::Under("What else is said of it, and of whether it holds".into()));
        out.push(status(desk, t));
    }
    if out.is_empty() {
        out.push(Block::Text(vec![text("No statement of these days speaks of a truce.")]));
    }
    out
}

/// Who announced, brokered and watches it, since when, and its terms in their words.
fn facts<'a>(desk: &mut Desk<'_, 'a>, t: &'a Ceasefire) -> Block {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for (name, of) in [("Announced by", &t.announced_by), ("Brokered by", &t.brokers), ("Monitored by", &t.monitors)] {
        rows.push(vec![vec![text(name)], references(desk, of)]);
    }
    for (name, time) in [("In effect from", &t.effective), ("Until", &t.ends)] {
        rows.push(vec![vec![text(name)], moment(desk, time.as_ref())]);
    }
    let mut terms: BTreeMap<&str, Line> = BTreeMap::new();
    for term in &t.terms {
        let words = desk.quote(&term.article, term.span);
        let line = terms.entry(term.kind.as_str()).or_default();
        if !line.is_empty() {
            line.push(text(", "));
        }
        line.push(words);
    }
    for (kind, line) in terms {
        rows.push(vec![vec![text(format!("Term: {}", kind.replace('-', " ")))], line]);
    }
    Block::Table { head: vec!["", ""], rows }
}

fn references<'a>(desk: &mut Desk<'_, 'a>, of: &'a [Located<Reference>]) -> Line {
    let mut named: Vec<String> = Vec::new();
    let mut line = Line::new();
    for l in of {
        let party = l.value.party.as_deref().map(|p| desk.book.party_name(p).to_owned());
        let name = party.unwrap_or_else(|| wording::reference(desk.book, &l.article, &l.value));
        if name.is_empty() || named.contains(&name) {
            continue;
        }
        line.push(text(if named.is_empty() { name.clone() } else { format!(", {name}") }));
        named.push(name);
        if let Some(span) = l.value.span {
            line.push(text(" "));
            line.push(Piece::Cite(desk.cite(&l.article, span)));
        }
    }
    if line.is_empty() { vec![Piece::Faint("not told".into())] } else { line }
}

fn moment<'a>(desk: &mut Desk<'_, 'a>, time: Option<&'a Located<Time>>) -> Line {
    let told = time.and_then(|t| Some((t, desk.time(&t.article, &t.value)?)));
    let Some((t, value)) = told else { return vec![Piece::Faint("not told".into())] };
    let dated = t.value.value.is_some() || t.value.end.is_some();
    let mut line = if dated { vec![text(value), text(" ")] } else { Vec::new() };
    line.extend(t.value.span.map(|span| desk.quote(&t.article, span)));
    line
}

/// How many breaches are alleged a day, by who is accused; where they are told of more than one day.
fn drawn(desk: &Desk, t: &Ceasefire) -> Option<Block> {
    let mut by: BTreeMap<&str, BTreeMap<i64, u64>> = BTreeMap::new();
    for v in t.violations.iter().filter(|v| desk.has(&v.claim)) {
        let day = v.time.as_ref().and_then(|t| t.value.as_ref()).and_then(|v| chart::day_of(v.date()));
        let accused = v.by.as_deref().map_or("not said who", |p| desk.book.party_name(p));
        if let Some(day) = day {
            *by.entry(accused).or_default().entry(day).or_default() += 1;
        }
    }
    let days: std::collections::BTreeSet<i64> = by.values().flat_map(BTreeMap::keys).copied().collect();
    let series = by.into_iter().map(|(accused, days)| Bars {
        name: format!("accused: {accused}"),
        days: days
            .into_iter()
            .map(|(day, n)| (day, n, format!("{}: {n} by {accused}, alleged", chart::day_text(day))))
            .collect(),
    });
    let series: Vec<Bars> = series.collect();
    let about = "How many breaches are alleged of each day, by who is accused. Breaches of which no day is told are not \
        drawn. How many are alleged says nothing of how many there were.";
    (days.len() > 1).then(|| {
        // Several truces have charts on one page: names within a chart are its own.
        let svg = chart::bars("Alleged breaches by day", about, &series);
        Block::Chart(svg.replace("standoff-hatch-", &format!("hatch-{}-", t.id)))
    })
}

/// Alleged breaches by accused side, then accuser.
fn violations<'a>(desk: &mut Desk<'_, 'a>, t: &'a Ceasefire) -> Option<Block> {
    let mut alleged: Vec<(&Violation, &Claim)> = t
        .violations
        .iter()
        .filter(|v| desk.has(&v.claim))
        .filter_map(|v| Some((v, desk.book.claim(&v.claim)?)))
        .collect();
    if alleged.is_empty() {
        return Some(Block::Text(vec![Piece::Faint("None in these reports.".into())]));
    }
    let name = |slug: &str| desk.book.party_name(slug).to_owned();
    alleged.sort_by_key(|(v, _)| (v.by.is_none(), v.by.as_deref().map(name), v.alleged_by.clone()));
    let rows = alleged.into_iter().map(|(v, c)| {
        let accused = v.by.as_deref().map_or("not said".to_owned(), |p| desk.book.party_name(p).to_owned());
        let when = v.time.as_ref().and_then(|time| desk.time(&c.article, time)).unwrap_or("not told".into());
        let mut words = vec![desk.content(c)];
        words.extend(desk.denied_by(c).into_iter().flat_map(|line| [vec![text(" — ")], line].concat()));
        let after = v.after.map_or("not told".to_owned(), after);
        vec![vec![Piece::Strong(accused)], vec![text(desk.voice(c))], vec![text(when)], vec![text(after)], words]
    });
    let rows = rows.collect();
    Some(Block::Table {
        head: vec!["Accused", "Who alleges it", "When", "After the truce took effect", "Exact words"],
        rows,
    })
}

/// "5 minutes", "2 hours 10 minutes", "3 days"; before it took effect, so said.
fn after(minutes: i64) -> String {
    let many = |n: u64, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let all = minutes.unsigned_abs();
    let parts = [(all / 1440, "day"), (all / 60 % 24, "hour"), (all % 60, "minute")];
    let told: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| many(*n, what)).collect();
    let told = if told.is_empty() { "at once".to_owned() } else { told.join(" ") };
    if minutes < 0 { format!("{told} before it") } else { told }
}

fn status<'a>(desk: &mut Desk<'_, 'a>, t: &'a Ceasefire) -> Block {
    let breaches: Vec<&str> = t.violations.iter().map(|v| v.claim.as_str()).collect();
    let said = t.status.iter().map(|(claim, _)| claim.as_str());
    let said = said.filter(|c| desk.has(c) && !breaches.contains(c)).filter_map(|c| desk.book.claim(c));
    let claims: Vec<&Claim> = said.collect();
    if claims.is_empty() {
        return Block::Text(vec![Piece::Faint("Nothing in these reports.".into())]);
    }
    Block::List(alleged::statements(desk, &claims))
}
