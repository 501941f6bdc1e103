//! Series of counts, disputes and the timeline of the claims and figures that fit some filters.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use evidence::{Ledger, Toll};
use publish::disputes::{disputes as all_disputes, picked};
use publish::timeline::timeline as all_occurrences;
use publish::{Book, DisputeView, OccurrenceView, TollView};
use serde_json::Value;
use store::{Store, Wanted};

use super::answer::Tag;
use super::lists::Items;
use super::objects::all;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::index::{Asked, Kind, Look, Sort, Wish};

/// Claims, and figures, over which one answer is made. More are refused: half an overview would look like a whole one.
const MOST: usize = 2000;

/// A part of the ledger, and what of it fits.
struct Part {
    ledger: Ledger,
    claims: BTreeSet<String>,
    figures: BTreeSet<String>,
}

pub(super) async fn tolls(State(desk): State<Desk>, headers: HeaderMap, asked: Asked) -> Result<Response, Fault> {
    give(desk, headers, asked, &[Kind::Figures], |part, tolls| {
        let book = Book::new(&part.ledger);
        all(tolls.iter().map(|t| TollView::new(&book, t, false)))
    })
    .await
}

pub(super) async fn disputes(State(desk): State<Desk>, headers: HeaderMap, asked: Asked) -> Result<Response, Fault> {
    give(desk, headers, asked, &[Kind::Claims, Kind::Figures], |part, tolls| {
        let book = Book::new(&part.ledger);
        let found = picked(&book, all_disputes(&book, tolls), &part.claims, &part.figures);
        all(found.iter().map(|d| DisputeView::new(&book, d)))
    })
    .await
}

pub(super) async fn timeline(State(desk): State<Desk>, headers: HeaderMap, asked: Asked) -> Result<Response, Fault> {
    give(desk, headers, asked, &[Kind::Claims], |part, _| {
        let book = Book::new(&part.ledger);
        all(all_occurrences(&book, &part.claims).iter().map(|o| OccurrenceView::new(&book, o)))
    })
    .await
}

async fn give(
    desk: Desk,
    headers: HeaderMap,
    asked: Asked,
    kinds: &'static [Kind],
    made: impl FnOnce(&Part, &[Toll]) -> Result<Vec<Value>, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let tag = Tag::now(&desk);
    if let Some(unchanged) = tag.unchanged(&headers) {
        return Ok(unchanged);
    }
    let given = desk.look(move |look| {
        let part = part(look, &asked, kinds)?;
        let tolls = match (&look.lent.tolls, kinds.contains(&Kind::Figures)) {
            (Some(tolls), true) => tolls(&part.ledger),
            _ => Vec::new(),
        };
        let items = made(&part, &tolls)?;
        Ok(Items { total: items.len() as u64, items, next: None })
    });
    tag.answer(&given.await?)
}

fn part(look: &Look, asked: &Asked, kinds: &[Kind]) -> Result<Part, Fault> {
    let ids = |kind: Kind| -> Result<Vec<String>, Fault> {
        if !kinds.contains(&kind) {
            return Ok(Vec::new());
        }
        let filter = asked.filter.clone();
        let listing = look.list(&Wish { kind, filter, sort: Sort::Day, falls: false, page: None, most: MOST })?;
        if listing.total > MOST as u64 {
            let told = format!(
                "{} lines fit, and this takes at most {MOST}; narrow it, for instance by since and until",
                listing.total
            );
            return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many", told));
        }
        Ok(listing.ids)
    };
    let (claims, figures) = (ids(Kind::Claims)?, ids(Kind::Figures)?);
    let wanted = Wanted { claims: claims.clone(), figures: figures.clone(), ..Wanted::default() };
    let ledger = look.ledger.excerpt(&wanted)?;
    Ok(Part { ledger, claims: claims.into_iter().collect(), figures: figures.into_iter().collect() })
}
