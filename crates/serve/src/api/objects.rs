//! Objects by their ids, in the form of the export.

use axum::http::HeaderMap;
use axum::response::Response;
use publish::{ArticleView, Book, CeasefireView, ClaimView, EntityView, FigureView, IncidentView};
use serde::Serialize;
use serde_json::Value;
use store::{Store, Wanted};

use super::answer::Tag;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::index::{Kind, Look};

pub(super) async fn one(desk: Desk, headers: HeaderMap, kind: Kind, id: String) -> Result<Response, Fault> {
    let tag = Tag::now(&desk);
    if let Some(unchanged) = tag.unchanged(&headers) {
        return Ok(unchanged);
    }
    let found = desk.look(move |look| values(look, kind, &[id])).await?;
    tag.answer(found.first().ok_or_else(|| Fault::missing(name(kind)))?)
}

/// Objects in the order of their ids; those that are not there are passed over.
pub(super) fn values(look: &Look, kind: Kind, ids: &[String]) -> Result<Vec<Value>, Fault> {
    let of = ids.to_vec();
    let wanted = match kind {
        Kind::Claims => Wanted { claims: of, ..Wanted::default() },
        Kind::Figures => Wanted { figures: of, ..Wanted::default() },
        Kind::Incidents => Wanted { heads: of, ..Wanted::default() },
        Kind::Ceasefires => Wanted { ceasefires: of, ..Wanted::default() },
        Kind::Reports => Wanted { covers: of, ..Wanted::default() },
        Kind::Entities => return all(look.ledger.entities(ids)?.iter().map(EntityView::new)),
    };
    let mut ledger = look.ledger.excerpt(&wanted)?;
    if let (Kind::Reports, Some(order)) = (kind, &look.lent.order) {
        for id in ids {
            let editions = look.ledger.editions(Some(id))?;
            ledger.versions.extend(editions.into_iter().map(|(address, of)| order(address, of)));
        }
    }
    let book = Book::new(&ledger);
    let incident = |id: &String| book.incidents().iter().find(|i| i.id == *id).copied();
    let ceasefire = |id: &String| book.ceasefires().iter().find(|c| c.id == *id).copied();
    match kind {
        Kind::Claims => all(ids.iter().filter_map(|id| book.claim(id)).map(|c| ClaimView::new(&book, c))),
        Kind::Figures => all(ids.iter().filter_map(|id| book.figure(id)).map(|f| FigureView::new(&book, f))),
        Kind::Incidents => all(ids.iter().filter_map(incident).map(|i| IncidentView::new(&book, i))),
        Kind::Ceasefires => all(ids.iter().filter_map(ceasefire).map(|c| CeasefireView::new(&book, c))),
        _ => all(ids.iter().filter_map(|id| book.page(id)).map(|p| ArticleView::new(&book, p))),
    }
}

/// Views as JSON.
pub(super) fn all(views: impl Iterator<Item = impl Serialize>) -> Result<Vec<Value>, Fault> {
    let all: Result<Vec<Value>, _> = views.map(serde_json::to_value).collect();
    all.map_err(|e| Fault::broken(format!("an object cannot be written: {e}")))
}

/// One object of a kind, in words.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Claims => "claim",
        Kind::Figures => "figure",
        Kind::Incidents => "incident",
        Kind::Ceasefires => "ceasefire",
        Kind::Reports => "article",
        Kind::Entities => "entity",
    }
}
