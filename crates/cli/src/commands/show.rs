//! Shows a part of the ledger as a table, JSON Lines or CSV.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::{Context, Result};
use evidence::{Claim, Entity, EntityKind, Ledger};
use publish::{Book, Page, csv, jsonl, table};
use store::{Selected, Selection, Store};

use super::{load, open};
use crate::arguments::{Entities, Format, Show};
use crate::terminal;

/// Claims.
pub fn claims(show: &Show) -> Result<()> {
    let (ledger, picked) = pick(show, true)?;
    let book = Book::new(&ledger);
    let claims: Vec<_> = book.claims().into_iter().filter(|c| picked.claims.contains(&c.id)).collect();
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::claims(&book, &claims, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::claims(&book, &claims, &mut out)?,
        Format::Csv => csv::claims(&book, &claims, &mut out)?,
    }
    finish(out, claims.len(), "claim")
}

/// Figures.
pub fn figures(show: &Show) -> Result<()> {
    // All are loaded: those that are picked may disagree with others.
    let (ledger, picked) = pick(show, false)?;
    let book = Book::new(&ledger);
    let figures: Vec<_> = book.figures().into_iter().filter(|f| picked.figures.contains(&f.id)).collect();
    let tolls = super::tolls::of(&ledger)?;
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::figures(&book, &figures, &tolls, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::figures(&book, &figures, &mut out)?,
        Format::Csv => csv::figures(&book, &figures, &tolls, &mut out)?,
    }
    finish(out, figures.len(), "figure")
}

/// Ceasefires: those that a picked claim speaks of; `--party` may also be a broker or a monitor.
pub fn ceasefires(show: &Show) -> Result<()> {
    let mut without_party = show.filter.selection();
    let parties = std::mem::take(&mut without_party.parties);
    let (ledger, picked) = pick_by(show, &without_party, false)?;
    let book = Book::new(&ledger);
    let any = |ids: &[String]| ids.iter().any(|id| picked.claims.contains(id));
    let all = without_party.asks_for_nothing();
    let mut chosen = book.ceasefires().to_vec();
    chosen.retain(|c| all || any(&c.claims));
    chosen.retain(|c| {
        let others = [&c.announced_by, &c.brokers, &c.monitors].into_iter().flatten();
        let of = c.parties.iter().chain(others.filter_map(|l| l.value.party.as_ref())).collect::<BTreeSet<_>>();
        parties.is_empty() || parties.iter().any(|p| of.contains(p))
    });
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::ceasefires(&book, &chosen, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::ceasefires(&book, &chosen, &mut out)?,
        Format::Csv => csv::ceasefires(&book, &chosen, &mut out)?,
    }
    finish(out, chosen.len(), "ceasefire")
}

/// Incidents that have a picked claim.
pub fn incidents(show: &Show) -> Result<()> {
    let (ledger, picked) = pick(show, false)?;
    let book = Book::new(&ledger);
    let mut chosen = book.incidents().to_vec();
    chosen.retain(|i| i.claims.iter().any(|m| picked.claims.contains(&m.claim)));
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::incidents(&book, &chosen, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::incidents(&book, &chosen, &mut out)?,
        Format::Csv => csv::incidents(&book, &chosen, &mut out)?,
    }
    finish(out, chosen.len(), "incident")
}

/// Entities of the picked reports; with filters that only claims have, those that a picked claim names.
pub fn entities(args: &Entities) -> Result<()> {
    let show = &args.show;
    let mut selection = show.filter.selection();
    let parties = std::mem::take(&mut selection.parties);
    let (ledger, picked) = pick_by(show, &selection, false)?;
    let book = Book::new(&ledger);
    let named = if selection.asks_for_claims() {
        let claims = book.claims();
        claims.iter().filter(|c| picked.claims.contains(&c.id)).flat_map(|c| entities_of(c)).collect()
    } else {
        let pages = book.pages().iter().filter(|p| picked.articles.contains(&p.article().id));
        pages.flat_map(|p| p.reading.entities.iter().map(|e| e.id.clone())).collect::<BTreeSet<String>>()
    };
    let all = selection.asks_for_nothing();
    let mut chosen: Vec<&Entity> = book.entities().iter().filter(|e| all || named.contains(&e.id)).collect();
    chosen.retain(|e| args.kind.is_none_or(|k| e.kind == k));
    chosen.retain(|e| parties.is_empty() || e.party.as_ref().is_some_and(|p| parties.contains(p)));
    let mut out = terminal::output();
    match show.format {
        Format::Table => {
            // For reading: parties first, then by kind and name. The export keeps its own order.
            chosen.sort_by_key(|e| (e.kind != EntityKind::Party, e.kind, &e.name));
            out.write_all(table::entities(&book, &chosen, terminal::style()).as_bytes())?;
        }
        Format::Jsonl => jsonl::entities(chosen.iter().copied(), &mut out)?,
        Format::Csv => csv::entities(&chosen, &mut out)?,
    }
    finish(out, chosen.len(), "entity")
}

/// Reports.
pub fn reports(show: &Show) -> Result<()> {
    let (ledger, picked) = pick(show, false)?;
    let book = Book::new(&ledger);
    let pages: Vec<&Page> = book.pages().iter().filter(|p| picked.articles.contains(&p.article().id)).collect();
    let mut out = terminal::output();
    match show.format {
        Format::Table => out.write_all(table::reports(&book, &pages, terminal::style()).as_bytes())?,
        Format::Jsonl => jsonl::articles(&book, pages.iter().copied(), &mut out)?,
        Format::Csv => csv::reports(&pages, &mut out)?,
    }
    finish(out, pages.len(), "report")
}

pub(super) fn pick(show: &Show, only_their_articles: bool) -> Result<(Ledger, Selected)> {
    pick_by(show, &show.filter.selection(), only_their_articles)
}

/// What a selection picks, with the ledger that it stands in: of all articles, or only of those that have a part in it.
pub(super) fn pick_by(show: &Show, selection: &Selection, only_their_articles: bool) -> Result<(Ledger, Selected)> {
    let store = open(&show.ledger)?;
    let path = show.ledger.ledger.display();
    let picked = store.select(selection).with_context(|| format!("cannot search the ledger {path}"))?;
    let articles: Vec<String> = picked.articles.iter().cloned().collect();
    // Names of entities are joined over articles: what is shown of a few must be what is shown of all.
    let of = (only_their_articles && !selection.asks_for_nothing()).then_some(articles.as_slice());
    Ok((load(&store, &show.ledger, of)?, picked))
}

fn entities_of(claim: &Claim) -> Vec<String> {
    let references = [&claim.actors, &claim.targets, &claim.places].into_iter().flatten();
    let speakers = claim.speakers.iter().filter_map(|s| s.entity.clone());
    references.filter_map(|r| r.entity.clone()).chain(speakers).collect()
}

pub(super) fn finish(mut out: impl Write, count: usize, what: &str) -> Result<()> {
    out.flush()?;
    if count == 0 {
        eprintln!("standoff: the ledger has no such {what}");
    }
    Ok(())
}
