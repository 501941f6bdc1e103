//! Writes a situation brief of some days.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use evidence::{Claim, Ledger};
use publish::Book;
use publish::brief::{self, Request};
use store::{Selected, Selection, Store};

use super::{load, open, write_whole};
use crate::arguments::{Brief, BriefFormat};
use crate::terminal;

/// To a file or to standard output.
pub fn run(args: &Brief) -> Result<()> {
    let (ledger, request) = ask(args)?;
    let book = Book::new(&ledger);
    let brief = brief::collect(&book, &super::tolls::of(&ledger)?, &request);
    let text = match form(args) {
        BriefFormat::Md => brief::markdown(&brief),
        BriefFormat::Html => brief::html(&brief),
    };
    if request.claims.is_empty() && request.figures.is_empty() {
        let more = if request.undated.is_empty() { "" } else { "; --undated takes in what has no date" };
        eprintln!("standoff: the ledger has no such claim{more}");
    }
    match &args.output {
        None => terminal::print(&text),
        Some(path) => write_whole(path, |out| Ok(std::io::Write::write_all(out, text.as_bytes())?))
            .with_context(|| format!("cannot write {}", path.display())),
    }
}

/// What the brief is of: what the filters pick of these days, and what they would pick if it had a date.
fn ask(args: &Brief) -> Result<(Ledger, Request)> {
    let mut selection = args.filter.selection();
    if let Some(day) = &args.day {
        selection.since = Some(day.date().to_owned());
        selection.until.clone_from(&selection.since);
    }
    let store = open(&args.ledger)?;
    let search = |s: &Selection| {
        store.select(s).with_context(|| format!("cannot search the ledger {}", args.ledger.ledger.display()))
    };
    let of_days = search(&selection)?;
    let title = days(&selection);
    let filters = filters(&selection);
    let of_any_day = search(&Selection { since: None, until: None, ..selection })?;
    let ledger = load(&store, &args.ledger, None)?;
    let undated = undated(&ledger, &of_any_day, &of_days);
    let mut request = Request {
        title,
        filters,
        claims: of_days.claims,
        figures: of_days.figures,
        with_undated: args.undated,
        undated: undated.claims,
    };
    if args.undated {
        request.claims.extend(request.undated.iter().cloned());
        request.figures.extend(undated.figures);
    }
    Ok((ledger, request))
}

/// Claims and figures that have no day, told or of their report, and so are in no range of days.
fn undated(ledger: &Ledger, of_any_day: &Selected, of_days: &Selected) -> Selected {
    let timeless = |c: &Claim| c.time.as_ref().is_none_or(|t| t.value.is_none() && t.end.is_none());
    let mut out = Selected::default();
    for r in ledger.readings.iter().filter(|r| r.article.published.value.is_none()) {
        let claims = r.claims.iter().filter(|c| timeless(c)).map(|c| &c.id);
        out.claims.extend(claims.filter(|id| of_any_day.claims.contains(*id)).cloned());
        let figures = r.figures.iter().filter(|f| f.period.as_ref().is_none_or(|p| p.from.is_none() && p.to.is_none()));
        out.figures.extend(figures.map(|f| &f.id).filter(|id| of_any_day.figures.contains(*id)).cloned());
    }
    let without = |all: BTreeSet<String>, had: &BTreeSet<String>| all.difference(had).cloned().collect();
    out.claims = without(out.claims, &of_days.claims);
    out.figures = without(out.figures, &of_days.figures);
    out
}

/// The days asked for, in words.
fn days(s: &Selection) -> String {
    match (&s.since, &s.until) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "all days".to_owned(),
    }
}

/// The other filters, in words.
fn filters(s: &Selection) -> Vec<String> {
    let acts: Vec<String> = s.acts.iter().map(ToString::to_string).collect();
    let events: Vec<String> = s.events.iter().map(ToString::to_string).collect();
    let all = [
        ("party", &s.parties),
        ("speaker", &s.speakers),
        ("act", &acts),
        ("event", &events),
        ("place", &s.places),
        ("report", &s.reports),
    ];
    let mut out: Vec<String> =
        all.iter().filter(|(_, v)| !v.is_empty()).map(|(name, v)| format!("{name} {}", v.join(" or "))).collect();
    out.extend((!s.words.is_empty()).then(|| format!("words {}", s.words.join(" and "))));
    out
}

/// As asked for, or by the ending of the file.
fn form(args: &Brief) -> BriefFormat {
    let ending = args.output.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    let by_ending = match ending.as_deref() {
        Some("html" | "htm") => BriefFormat::Html,
        _ => BriefFormat::Md,
    };
    args.format.unwrap_or(by_ending)
}
