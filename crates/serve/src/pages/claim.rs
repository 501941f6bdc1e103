//! One claim: its sentence, how it was parsed, which rule found it, what each of its words means.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use publish::Book;
use store::{Store, Wanted};

use super::line::{Line, Voice};
use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "claim.html")]
struct Sheet {
    frame: Frame,
    line: Line,
    /// The paragraph before the claim, its words, and what follows them.
    before: String,
    after: String,
    /// Report, sentence, parse, meanings, as the program explains them.
    explained: Option<String>,
}

pub(crate) fn routes() -> Vec<Route> {
    let reader = Least::Role(Role::Reader);
    vec![Route::get("/claims/{id}", reader, get(claim)), Route::get("/figures/{id}", reader, get(figure))]
}

async fn claim(State(desk): State<Desk>, who: Who, Path(id): Path<String>) -> Result<Page, Fault> {
    let (colours, layer) = (desk.colours().await?, desk.layer().await?);
    let frame = Frame::new(&desk, who, "/claims", "Claim");
    let lent = desk.clone();
    let drawn = desk.ask(move |store| {
        let ledger = store.excerpt(&Wanted { claims: vec![id.clone()], ..Wanted::default() })?;
        let book = Book::new(&ledger);
        let claim = book.claim(&id).ok_or_else(|| Fault::missing("claim"))?;
        let article = book.page(&claim.article).ok_or_else(|| Fault::missing("report"))?.article();
        let explained = lent.settings().lent.explain.as_ref().map(|explain| explain(article, claim));
        let (from, to) = (claim.content.start(), claim.content.end());
        let start = article.text[..from].rfind('\n').map_or(0, |n| n + 1);
        let end = article.text[to..].find('\n').map_or(article.text.len(), |n| to + n);
        let line = Line::of(&book, &colours, claim, 0).with_badge(&layer);
        let voice = line.speakers.first().map(|v: &Voice| v.words.as_str()).or(line.own_voice()).unwrap_or_default();
        Page::of(&Sheet {
            frame: Frame { title: format!("What {voice} {}", line.verb), ..frame },
            before: article.text[start..from].to_owned(),
            after: article.text[to..end].to_owned(),
            explained,
            line,
        })
    });
    drawn.await
}

/// A figure is shown where it stands: in its claim.
async fn figure(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Fault> {
    let found = desk.ask(move |store| {
        let ledger = store.excerpt(&Wanted { figures: vec![id.clone()], ..Wanted::default() })?;
        let book = Book::new(&ledger);
        let figure = book.figure(&id).ok_or_else(|| Fault::missing("figure"))?;
        let anchor = figure.claim.as_ref().map(|c| format!("#l-{c}")).unwrap_or_default();
        Ok(format!("/reports/{}{anchor}", figure.article))
    });
    Ok(Redirect::to(&found.await?).into_response())
}
