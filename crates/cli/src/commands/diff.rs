//! Shows what changed in articles after their publication.

use std::io::Write;

use anyhow::{Context, Result, bail};
use evidence::Ledger;
use evidence::ledger::Reading;
use evidence::version::{Revision, Versions};
use publish::{Book, jsonl, printable, table};
use store::{SqliteStore, Store};

use super::open;
use crate::arguments::{Diff, DiffFormat};
use crate::terminal;

/// One article, or all that have several versions.
pub fn run(args: &Diff) -> Result<()> {
    let store = open(&args.ledger)?;
    let path = args.ledger.ledger.display().to_string();
    let one = args.article.as_deref().map(|name| meant(&store, name, &path)).transpose()?;
    let context = || format!("cannot read the ledger {path}");
    let all: Vec<Versions> = ordered(store.editions(one.as_deref()).with_context(context)?);
    let ids: Vec<String> = all.iter().flat_map(|v| v.articles.iter().map(|e| e.article.clone())).collect();
    let readings = store.readings(Some(&ids)).with_context(context)?;
    let ledger = Ledger { readings, versions: all.clone(), ..Ledger::default() };
    let book = Book::new(&ledger);
    let with: Vec<(&Versions, Vec<Revision>)> =
        all.iter().map(|v| (v, revisions(&ledger.readings, v, |_, _| true))).collect();
    let mut out = terminal::output();
    match (args.format, &one) {
        (DiffFormat::Jsonl, _) => {
            let revisions: Vec<Revision> = with.iter().flat_map(|(_, r)| r.clone()).collect();
            jsonl::revisions(&book, &revisions, &mut out)?;
        }
        (DiffFormat::Table, Some(_)) => {
            for (_, revisions) in &with {
                for r in revisions {
                    writeln!(out, "{}", table::revision(&book, r, terminal::style()))?;
                }
            }
        }
        (DiffFormat::Table, None) if with.is_empty() => {}
        (DiffFormat::Table, None) => out.write_all(table::versions(&book, &with, terminal::style()).as_bytes())?,
    }
    out.flush()?;
    match (&args.article, all.len()) {
        (Some(name), 0) => eprintln!("{} has one version in {path}", printable(name)),
        (None, 0) => eprintln!("no article in {path} has several versions"),
        (None, n) => eprintln!("{n} with several versions; standoff diff ARTICLE shows one of them"),
        _ => {}
    }
    Ok(())
}

/// What changed from each version to the next, for the pairs of ids that are asked for.
pub(crate) fn revisions(
    readings: &[Reading],
    versions: &Versions,
    asked: impl Fn(&str, &str) -> bool,
) -> Vec<Revision> {
    let reading = |id: &str| readings.iter().find(|r| r.article.id == id);
    let own: Vec<&Reading> = versions.articles.iter().filter_map(|e| reading(&e.article)).collect();
    let pairs = own.windows(2).filter(|w| asked(&w[0].article.id, &w[1].article.id));
    pairs.map(|w| reconcile::revision(w[0], w[1])).collect()
}

/// Articles that share an address, each with its versions in order.
pub(crate) fn ordered(editions: Vec<(String, Vec<evidence::version::Edition>)>) -> Vec<Versions> {
    editions.into_iter().map(|(address, editions)| reconcile::versions(address, editions)).collect()
}

/// The one article that a name means; any of its versions, if it is an address.
fn meant(store: &SqliteStore, name: &str, path: &str) -> Result<String> {
    const SHOWN: usize = 5;
    let found = store.articles_like(name, SHOWN).with_context(|| format!("cannot search the ledger {path}"))?;
    let Some(first) = found.first() else {
        bail!(
            "cannot show what changed in {name}: no article in {path} has this address, path or id; \
             standoff reports --format csv lists them"
        )
    };
    let versions = store.editions(Some(first)).with_context(|| format!("cannot read the ledger {path}"))?;
    let of_one = |id: &String| versions.iter().any(|(_, all)| all.iter().any(|e| e.article == *id));
    if found.len() > 1 && !found.iter().all(of_one) {
        bail!("cannot show what changed in {name}: several articles are meant ({}); give more of it", found.join(", "));
    }
    Ok(first.clone())
}
