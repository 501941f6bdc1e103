//! Claims by their words, and by what they mean.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::answer::Tag;
use super::lists::Items;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::index::{Asked, Field, Filter, Kind};

#[derive(Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
}

#[derive(Serialize)]
struct Found {
    /// Claims that have all the words.
    words: Items,
    /// Claims that mean nearly the same, the nearest first; null where the desk cannot tell.
    meaning: Option<Items>,
}

/// Claims of each way that are given at once.
const MOST: usize = 20;

pub(super) async fn search(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Query(sought): Query<Sought>,
    asked: Asked,
) -> Result<Response, Fault> {
    if sought.q.trim().is_empty() {
        return Err(Fault::asked("q: say what to look for"));
    }
    let by = |field: Field| -> Result<_, Fault> {
        let filter: Filter = asked.filter.free_of(&[Field::Words, Field::About]).with(field, &sought.q)?;
        let most = Some(asked.most.unwrap_or(MOST));
        Asked { filter, most, page: None, ..asked.clone() }.wish(Kind::Claims)
    };
    let (words, meaning) = (by(Field::Words)?, by(Field::About)?);
    let tag = Tag::now(&desk);
    if let Some(unchanged) = tag.unchanged(&headers) {
        return Ok(unchanged);
    }
    let found = desk.look(move |look| {
        let of = |wish| Items::of(look, Kind::Claims, look.list(wish)?);
        let meaning = look.lent.understand.as_ref().map(|_| of(&meaning)).transpose()?;
        Ok(Found { words: of(&words)?, meaning })
    });
    tag.answer(&found.await?)
}
