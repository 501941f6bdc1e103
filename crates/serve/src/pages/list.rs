//! Lists of claims, figures, incidents, ceasefires, entities and reports: what they show is in their address, so that it
//! can be shared; forms and links do all that a script could.

mod cells;
pub(crate) mod export;
mod filters;

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use publish::Book;
use review::Layer;
use store::{Store, Wanted};

use super::{Colours, Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::index::{Asked, Kind, Listing, Sort, Wish};
use crate::layer::corrections_of;
use crate::route::{Least, Route};

use cells::{Column, Row};
pub(crate) use filters::{Form, named};

#[derive(Template)]
#[template(path = "list.html")]
struct List {
    frame: Frame,
    /// Its path: `/claims`.
    path: &'static str,
    form: Form,
    heads: Vec<Head>,
    rows: Vec<Row>,
    total: String,
    /// "51–100".
    shown: String,
    previous: Option<String>,
    next: Option<String>,
    /// Addresses of the files that hold all lines that fit.
    csv: String,
    jsonl: String,
    corrected: String,
}

/// A column's head.
struct Head {
    name: &'static str,
    class: &'static str,
    /// Address that sorts by it.
    sort: Option<String>,
    /// `ascending` or `descending`, where the list is sorted by it.
    sorted: Option<&'static str>,
}

/// What a list is of, in its path and in words.
pub(crate) struct Of {
    pub kind: Kind,
    pub path: &'static str,
    pub title: &'static str,
    pub one: &'static str,
    pub many: &'static str,
}

pub(crate) const LISTS: [Of; 6] = [
    Of { kind: Kind::Claims, path: "/claims", title: "Claims", one: "claim", many: "claims" },
    Of { kind: Kind::Figures, path: "/figures", title: "Figures", one: "figure", many: "figures" },
    Of { kind: Kind::Incidents, path: "/incidents", title: "Incidents", one: "incident", many: "incidents" },
    Of { kind: Kind::Ceasefires, path: "/ceasefires", title: "Ceasefires", one: "ceasefire", many: "ceasefires" },
    Of { kind: Kind::Entities, path: "/entities", title: "Entities", one: "entity", many: "entities" },
    Of { kind: Kind::Reports, path: "/reports", title: "Reports", one: "report", many: "reports" },
];

pub(crate) fn routes() -> Vec<Route> {
    macro_rules! list {
        ($n:literal) => {
            get(|State(desk): State<Desk>, who: Who, asked: Asked| list(desk, who, asked, &LISTS[$n]))
        };
    }
    let reader = Least::Role(Role::Reader);
    let mut all = vec![
        Route::get("/claims", reader, list!(0)),
        Route::get("/figures", reader, list!(1)),
        Route::get("/incidents", reader, list!(2)),
        Route::get("/ceasefires", reader, list!(3)),
        Route::get("/entities", reader, list!(4)),
        Route::get("/reports", reader, list!(5)),
    ];
    all.extend(export::routes());
    all
}

async fn list(desk: Desk, who: Who, asked: Asked, of: &'static Of) -> Result<Page, Fault> {
    let (colours, layer) = (desk.colours().await?, desk.layer().await?);
    let wish = asked.wish(of.kind)?;
    let frame = Frame::new(&desk, who, of.path, of.title);
    let drawn = desk.look(move |look| {
        let listing = look.list(&wish)?;
        let form = Form::of(look, &wish)?;
        let columns = cells::columns(of.kind);
        let jsonl = address(&format!("{}.jsonl", of.path), &wish, None);
        let rows = rows(look.ledger, of.kind, &listing, &colours, &layer)?;
        Page::of(&List {
            path: of.path,
            heads: columns.iter().map(|c| head(of, &wish, c)).collect(),
            total: total(of, listing.total),
            shown: shown(&listing),
            previous: listing.previous.map(|p| address(of.path, &wish, Some(&p))),
            next: listing.next.map(|p| address(of.path, &wish, Some(&p))),
            csv: address(&format!("{}.csv", of.path), &wish, None),
            corrected: format!("{jsonl}{}corrected=yes", if jsonl.contains('?') { '&' } else { '?' }),
            jsonl,
            frame,
            form,
            rows,
        })
    });
    drawn.await
}

/// The rows of a page, in its order.
fn rows(
    ledger: &store::SqliteStore,
    kind: Kind,
    listing: &Listing,
    colours: &Colours,
    layer: &Layer,
) -> Result<Vec<Row>, Fault> {
    let ids = listing.ids.clone();
    let wanted = match kind {
        Kind::Claims => Wanted { claims: ids, ..Wanted::default() },
        Kind::Figures => Wanted { figures: ids, ..Wanted::default() },
        Kind::Incidents => Wanted { heads: ids, ..Wanted::default() },
        Kind::Ceasefires => Wanted { heads: ids, ..Wanted::default() },
        Kind::Reports => Wanted { covers: ids, ..Wanted::default() },
        Kind::Entities => return cells::entities(&ledger.entities(&listing.ids)?, colours),
    };
    let excerpt = ledger.excerpt(&wanted)?;
    let sizes = if kind == Kind::Reports { ledger.sizes(&listing.ids)? } else { Vec::new() };
    let book = Book::new(&excerpt);
    let badges = corrections_of(layer, listing.ids.iter().map(String::as_str));
    Ok(cells::rows(&book, kind, &listing.ids, &sizes, colours, &badges))
}

/// The address of a list as it is, at a page.
pub(crate) fn address(path: &str, wish: &Wish, page: Option<&str>) -> String {
    let mut parts = vec![wish.filter.query()];
    if wish.sort != wish.kind.sorts()[0] {
        parts.push(format!("sort={}", wish.sort.as_str()));
    }
    if wish.falls != wish.sort.falls() {
        parts.push(format!("order={}", if wish.falls { "down" } else { "up" }));
    }
    parts.extend(page.map(|p| format!("page={}", crate::index::encoded(p))));
    parts.retain(|p| !p.is_empty());
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

fn head(of: &Of, wish: &Wish, column: &Column) -> Head {
    let by = |sort: Sort| {
        let falls = if wish.sort == sort { !wish.falls } else { sort.falls() };
        address(of.path, &Wish { sort, falls, page: None, ..wish.clone() }, None)
    };
    let sorted = (column.sort == Some(wish.sort)).then_some(if wish.falls { "descending" } else { "ascending" });
    Head { name: column.name, class: column.class, sort: column.sort.map(by), sorted }
}

/// "1,204 claims".
fn total(of: &Of, n: u64) -> String {
    format!("{} {}", grouped(n), if n == 1 { of.one } else { of.many })
}

fn shown(listing: &Listing) -> String {
    let n = listing.ids.len() as u64;
    match listing.before {
        Some(before) if n > 0 => format!("{}–{}", grouped(before + 1), grouped(before + n)),
        _ => String::new(),
    }
}

/// A number with its thousands apart.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, c) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
