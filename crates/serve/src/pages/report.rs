//! One report: its text as published, and beside it what it says, line by line.

use askama::Template;
use axum::extract::{Path, State};
use axum::routing::get;
use evidence::Ledger;
use publish::{Book, wording};
use review::Layer;
use store::{Store, Wanted};

use super::colours::Colours;
use super::line::Line;
use super::marks::{self, Paragraph};
use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "report.html")]
struct Report {
    frame: Frame,
    /// What is known of it: name and value.
    facts: Vec<(&'static str, String)>,
    paragraphs: Vec<Paragraph>,
    lines: Vec<Line>,
    /// What was noticed: kind and message.
    notes: Vec<(String, String)>,
    url: Option<String>,
    /// Other reports of the same origin: id, outlet, why.
    copies: Vec<(String, String, String)>,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/reports/{id}", Least::Role(Role::Reader), get(report))]
}

async fn report(State(desk): State<Desk>, who: Who, Path(id): Path<String>) -> Result<Page, Fault> {
    let wanted = Wanted { articles: vec![id.clone()], ..Wanted::default() };
    let ledger = desk.ask(move |store| Ok(store.excerpt(&wanted)?)).await?;
    let frame = Frame::new(&desk, who, "/reports", "");
    let (colours, layer) = (desk.colours().await?, desk.layer().await?);
    Page::of(&drawn(frame, &ledger, &id, &colours, &layer)?)
}

fn drawn(mut frame: Frame, ledger: &Ledger, id: &str, colours: &Colours, layer: &Layer) -> Result<Report, Fault> {
    let book = Book::new(ledger);
    let page = book.page(id).ok_or_else(|| Fault::missing("report"))?;
    let article = page.article();
    let title = article.title.map(|t| page.quote(t).replace('\n', " "));
    frame.title = title.unwrap_or_else(|| article.path.clone());
    let facts = [
        ("Outlet", article.outlet.clone().unwrap_or_default()),
        ("Belongs to", wording::affiliation(article).map(ToString::to_string).unwrap_or_default()),
        ("Published", wording::published(article)),
        ("By", article.byline.join(", ")),
        ("Agencies", article.agencies.join(", ")),
        ("Translation", wording::translation(article).unwrap_or_default()),
        ("File", article.path.clone()),
    ];
    let origin = book.origins().iter().find(|o| o.id == page.origin);
    let copies = origin.into_iter().flat_map(|o| &o.copies).filter(|c| c.article != id);
    Ok(Report {
        facts: facts.into_iter().filter(|(_, v)| !v.is_empty()).collect(),
        paragraphs: marks::paragraphs(&article.text, article.title, page.claims(), page.figures()),
        lines: page
            .claims()
            .iter()
            .enumerate()
            .map(|(n, c)| Line::of(&book, colours, c, n + 1).with_badge(layer))
            .collect(),
        notes: page.reading.notes.iter().map(|n| (n.kind.to_string(), n.message.clone())).collect(),
        url: article.url.clone().filter(|u| u.starts_with("https://") || u.starts_with("http://")),
        copies: copies.map(|c| (c.article.clone(), c.article.clone(), c.reason.clone())).collect(),
        frame,
    })
}
