//! One truce: who agreed it, on what terms, and who says that whom broke it when.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::routing::get;
use evidence::ceasefire::Located;
use evidence::time::Time;
use evidence::{Ceasefire, Ledger, Reference};
use publish::{Book, wording};
use store::{Store, Wanted};

use super::colours::Colours;
use super::line::{self, Line};
use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "ceasefire.html")]
struct Sheet {
    frame: Frame,
    facts: Vec<(&'static str, String)>,
    terms: Vec<Term>,
    breaches: Vec<Breach>,
    days: Vec<Day>,
    status: Vec<Line>,
    others: Vec<Line>,
}

struct Term {
    kind: &'static str,
    words: String,
    article: String,
    outlet: String,
}

/// An alleged violation.
struct Breach {
    by: String,
    by_colour: &'static str,
    alleged_by: String,
    when: String,
    after: Option<String>,
    line: Line,
}

/// How many breaches are alleged on one day, by the side said to have done them.
struct Day {
    day: String,
    by: Vec<(String, &'static str, usize)>,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/ceasefires/{id}", Least::Role(Role::Reader), get(ceasefire))]
}

async fn ceasefire(State(desk): State<Desk>, who: Who, Path(id): Path<String>) -> Result<Page, Fault> {
    let wanted = Wanted { ceasefires: vec![id.clone()], ..Wanted::default() };
    let ledger = desk.ask(move |store| Ok(store.excerpt(&wanted)?)).await?;
    let colours = desk.colours().await?;
    Page::of(&sheet(Frame::new(&desk, who, "/ceasefires", ""), &ledger, &id, &colours)?)
}

fn sheet(mut frame: Frame, ledger: &Ledger, id: &str, colours: &Colours) -> Result<Sheet, Fault> {
    let book = Book::new(ledger);
    let truce = ledger.ceasefires.iter().find(|c| c.id == id).ok_or_else(|| Fault::missing("ceasefire"))?;
    let sides: Vec<&str> = truce.parties.iter().map(|p| colours.name(p)).collect();
    let effective = time(&book, truce.effective.as_ref());
    let from = if effective.is_empty() { String::new() } else { format!(", from {effective}") };
    let sides = if sides.is_empty() { "sides not said".to_owned() } else { sides.join(" and ") };
    frame.title = format!("Truce: {sides}{from}");
    let facts = [
        ("Kind", truce.kind.to_string()),
        ("Announced by", references(&book, &truce.announced_by)),
        ("Brokered by", references(&book, &truce.brokers)),
        ("Monitored by", references(&book, &truce.monitors)),
        ("In effect from", effective),
        ("Until", time(&book, truce.ends.as_ref())),
    ];
    let line = |claim: &str| book.claim(claim).map(|c| Line::of(&book, colours, c, 0));
    let broken = |id: &&String| truce.violations.iter().any(|v| v.claim == **id);
    let told = |id: &&String| truce.status.iter().any(|(claim, _)| claim == *id);
    let breaches = breaches(&book, truce, colours);
    Ok(Sheet {
        facts: facts.into_iter().filter(|(_, v)| !v.is_empty()).collect(),
        terms: terms(&book, truce),
        days: days(truce, colours),
        status: truce.status.iter().filter_map(|(claim, _)| line(claim)).collect(),
        others: truce.claims.iter().filter(|c| !broken(c) && !told(c)).filter_map(|c| line(c)).collect(),
        breaches,
        frame,
    })
}

fn time(book: &Book, time: Option<&Located<Time>>) -> String {
    time.map(|t| wording::time(book, Some(&t.article), &t.value).replace('\n', " ")).unwrap_or_default()
}

fn references(book: &Book, located: &[Located<Reference>]) -> String {
    let mut names: Vec<String> =
        located.iter().map(|r| line::named(book, &r.article, std::slice::from_ref(&r.value))).collect();
    names.sort();
    names.dedup();
    names.join(", ")
}

fn terms(book: &Book, truce: &Ceasefire) -> Vec<Term> {
    let outlet = |article: &str| book.page(article).and_then(|p| p.article().outlet.clone()).unwrap_or_default();
    let term = |t: &evidence::ceasefire::Term| Term {
        kind: t.kind.as_str(),
        words: book.quote(&t.article, t.span).to_owned(),
        article: t.article.clone(),
        outlet: outlet(&t.article),
    };
    truce.terms.iter().map(term).collect()
}

fn breaches(book: &Book, truce: &Ceasefire, colours: &Colours) -> Vec<Breach> {
    let breach = |v: &evidence::ceasefire::Violation| {
        let claim = book.claim(&v.claim)?;
        let alleged: Vec<&str> = v.alleged_by.iter().map(|p| colours.name(p)).collect();
        let line = Line::of(book, colours, claim, 0);
        Some(Breach {
            by: v.by.as_deref().map_or("not said", |p| colours.name(p)).to_owned(),
            by_colour: colours.class(v.by.as_deref()),
            alleged_by: if alleged.is_empty() { line.outlet.clone() } else { alleged.join(", ") },
            when: v.time.as_ref().map(|t| wording::time(book, Some(&claim.article), t)).unwrap_or_default(),
            after: v.after.map(after),
            line,
        })
    };
    let mut out: Vec<Breach> = truce.violations.iter().filter_map(breach).collect();
    out.sort_by(|a, b| (a.when.is_empty(), &a.when, &a.line.id).cmp(&(b.when.is_empty(), &b.when, &b.line.id)));
    out
}

/// "5 minutes", "3 h 20 min" from the beginning of the truce.
fn after(minutes: i64) -> String {
    match minutes {
        0..=90 => format!("{minutes} min after it began"),
        91.. => format!("{} h {} min after it began", minutes / 60, minutes % 60),
        _ => format!("{} min before it began", -minutes),
    }
}

fn days(truce: &Ceasefire, colours: &Colours) -> Vec<Day> {
    let mut days: BTreeMap<String, BTreeMap<Option<&str>, usize>> = BTreeMap::new();
    for v in &truce.violations {
        let day =
            v.time.as_ref().and_then(|t| t.value.as_ref()).map_or("day not told".to_owned(), |t| t.date().to_owned());
        *days.entry(day).or_default().entry(v.by.as_deref()).or_default() += 1;
    }
    let by = |(party, n): (Option<&str>, usize)| {
        (party.map_or("not said", |p| colours.name(p)).to_owned(), colours.class(party), n)
    };
    days.into_iter().map(|(day, all)| Day { day, by: all.into_iter().map(by).collect() }).collect()
}
