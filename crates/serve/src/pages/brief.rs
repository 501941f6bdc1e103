//! The brief of some days, as filters pick them: to read and to print.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use evidence::time::Iso;
use publish::Book;
use publish::brief::{self, Request};
use store::{Store, Wanted};

use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::index::{Asked, Field, Filter, Kind, Look, Sort, Wish};
use crate::route::{Least, Route};

/// Claims that one brief is made of at most.
const MOST: usize = 400;
/// Figures, likewise.
const FIGURES: usize = 200;

#[derive(Template)]
#[template(path = "brief.html")]
struct Sheet {
    frame: Frame,
    since: String,
    until: String,
    hidden: Vec<(String, String)>,
    /// Claims that fit but are not in it.
    left_out: u64,
    /// The days before and after, where it is of one day.
    around: Option<(String, String)>,
    /// Drawn by `publish`, which escapes all that reports say.
    content: String,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/brief", Least::Role(Role::Reader), get(page))]
}

async fn page(State(desk): State<Desk>, who: Who, asked: Asked) -> Result<Page, Fault> {
    let frame = Frame::new(&desk, who, "/brief", "");
    desk.look(move |look| Page::of(&drawn(frame, look, asked.filter)?)).await
}

fn drawn(mut frame: Frame, look: &Look, asked: Filter) -> Result<Sheet, Fault> {
    let filter = with_day(look, asked)?;
    let (since, until) = (filter.value(Field::Since), filter.value(Field::Until));
    let title = match (since, until) {
        (Some(a), Some(b)) if a == b => a.to_owned(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("since {a}"),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "no days".to_owned(),
    };
    frame.title = format!("Brief: {title}");
    let wish = |kind, most| Wish { kind, filter: filter.clone(), sort: Sort::Day, falls: false, page: None, most };
    let claims = look.list(&wish(Kind::Claims, MOST))?;
    let figures = look.list(&wish(Kind::Figures, FIGURES))?;
    let truces = look.list(&Wish { most: 5, ..wish(Kind::Ceasefires, 5) })?;
    let wanted =
        Wanted { claims: claims.ids.clone(), figures: figures.ids.clone(), heads: truces.ids, ..Wanted::default() };
    let ledger = look.ledger.excerpt(&wanted)?;
    let book = Book::new(&ledger);
    let tolls = look.lent.tolls.as_ref().map(|tolls| tolls(&ledger)).unwrap_or_default();
    let others = filter.fields().iter().filter(|(f, _)| !matches!(f, Field::Since | Field::Until));
    let request = Request {
        title,
        filters: others.clone().map(|(f, v)| format!("{} {v}", f.as_str())).collect(),
        claims: claims.ids.into_iter().collect(),
        figures: figures.ids.into_iter().collect(),
        undated: BTreeSet::new(),
        with_undated: false,
    };
    let content = brief::content(&brief::collect(&book, &tolls, &request));
    Ok(Sheet {
        since: since.unwrap_or_default().to_owned(),
        until: until.unwrap_or_default().to_owned(),
        hidden: others.map(|(f, v)| (f.as_str().to_owned(), v.clone())).collect(),
        left_out: claims.total.saturating_sub(MOST as u64),
        around: around(&filter),
        content,
        frame,
    })
}

/// Without days asked for, the last day on which a report was published.
fn with_day(look: &Look, asked: Filter) -> Result<Filter, Fault> {
    if asked.asks(Field::Since) || asked.asks(Field::Until) {
        return Ok(asked);
    }
    let last = look.by_day(Kind::Reports, &asked)?.last().and_then(|d| Iso::of_day(d.0));
    match last {
        Some(day) => asked.with(Field::Since, day.as_str())?.with(Field::Until, day.as_str()),
        None => Ok(asked),
    }
}

fn around(filter: &Filter) -> Option<(String, String)> {
    let (since, until) = (filter.value(Field::Since)?, filter.value(Field::Until)?);
    let day = Iso::parse(since).filter(|_| since == until)?.day()?;
    let free = filter.free_of(&[Field::Since, Field::Until]);
    let at = |day: i32| {
        let day = Iso::of_day(day)?;
        let of = free.with(Field::Since, day.as_str()).ok()?.with(Field::Until, day.as_str()).ok()?;
        Some(format!("/brief?{}", of.query()))
    };
    at(day - 1).zip(at(day + 1))
}
