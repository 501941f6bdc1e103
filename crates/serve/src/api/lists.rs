//! Lists: the filters, sorts and pages of the desk's own lists.

use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;

use super::answer::Tag;
use super::objects::values;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::index::{Asked, Kind, Listing, Look};

/// A page of a list.
#[derive(Serialize)]
pub(super) struct Items {
    pub items: Vec<Value>,
    /// What `page` is for the page behind this one.
    pub next: Option<String>,
    /// How many objects fit the filters.
    pub total: u64,
}

impl Items {
    /// The objects of a listing.
    pub fn of(look: &Look, kind: Kind, listing: Listing) -> Result<Self, Fault> {
        let items = values(look, kind, &listing.ids)?;
        Ok(Self { items, next: listing.next, total: listing.total })
    }
}

pub(super) async fn list(desk: Desk, headers: HeaderMap, asked: Asked, kind: Kind) -> Result<Response, Fault> {
    let wish = asked.wish(kind)?;
    let tag = Tag::now(&desk);
    if let Some(unchanged) = tag.unchanged(&headers) {
        return Ok(unchanged);
    }
    let items = desk.look(move |look| Items::of(look, kind, look.list(&wish)?)).await?;
    tag.answer(&items)
}
