//! How do counts of the same people move, who counts otherwise, and what must not be added? Series of figures as step
//! lines that the server draws; each point is a source.
//!
//! Reading order: `series` (what is told of a series), `plot` (where its points lie).

mod plot;
mod series;

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use publish::Book;
use store::line::Facet;
use store::{Store as _, Wanted};

use super::list::named;
use super::{Colours, Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::index::{Asked, Field, Filter, Kind, Look, Sort, Wish};
use crate::route::{Least, Route};

use series::Series;

/// Figures that one page makes series of; of more, those of the latest days.
const FIGURES: usize = 200;
/// Series drawn on one page.
const SERIES: usize = 16;
/// Values of a filter to choose from.
const CHOICES: usize = 24;

#[derive(Template)]
#[template(path = "tolls.html")]
struct Tolls {
    frame: Frame,
    filter: Filter,
    selects: Vec<Select>,
    hidden: Vec<(&'static str, String)>,
    /// Figures that fit, and those read.
    figures: u64,
    read: usize,
    series: Vec<Series>,
    /// Series beyond those drawn.
    more: usize,
}

impl Tolls {
    /// Whether figures fit that were not read.
    fn more_figures(&self) -> bool {
        self.figures > self.read as u64
    }
}

/// A field of the form.
struct Select {
    name: &'static str,
    label: &'static str,
    /// Value, words, whether it is chosen.
    options: Vec<(String, String, bool)>,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/tolls", Least::Role(Role::Reader), get(tolls))]
}

async fn tolls(State(desk): State<Desk>, who: Who, asked: Asked) -> Result<Page, Fault> {
    let colours = desk.colours().await?;
    let frame = Frame::new(&desk, who, "/tolls", "Tolls");
    desk.look(move |look| Page::of(&drawn(frame, look, asked.filter, &colours)?)).await
}

fn drawn(frame: Frame, look: &Look, filter: Filter, colours: &Colours) -> Result<Tolls, Fault> {
    let (kind, sort) = (Kind::Figures, Sort::Day);
    let wish = Wish { kind, filter: filter.clone(), sort, falls: true, page: None, most: FIGURES };
    let found = look.list(&wish)?;
    let read = found.ids.len();
    let ledger = look.ledger.excerpt(&Wanted { figures: found.ids, ..Wanted::default() })?;
    let book = Book::new(&ledger);
    let mut all = look.lent.tolls.as_ref().map(|tolls| tolls(&ledger)).unwrap_or_default();
    // Those that move come first; the others are lists.
    all.sort_by_key(|t| (std::cmp::Reverse(plot::days(t)), std::cmp::Reverse(t.counts.len())));
    let drawn = all.len().min(SERIES);
    let series = all[..drawn].iter().map(|t| Series::of(&book, colours, t, &all, drawn)).collect();
    let selects = selects(look, &filter)?;
    let shown = |field: &Field| selects.iter().any(|s| s.name == field.as_str());
    let others = filter.fields().iter().filter(|(f, _)| !shown(f) && !matches!(f, Field::Since | Field::Until));
    Ok(Tolls {
        hidden: others.map(|(f, v)| (f.as_str(), v.clone())).collect(),
        figures: found.total,
        read,
        more: all.len() - drawn,
        series,
        selects,
        filter,
        frame,
    })
}

/// What may be chosen: values that figures have, whatever else is asked for.
fn selects(look: &Look, filter: &Filter) -> Result<Vec<Select>, Fault> {
    let fields = [
        (Field::Target, Facet::Target, "Whose people"),
        (Field::Harm, Facet::Harm, "Harm"),
        (Field::Category, Facet::Category, "Category"),
        (Field::Voice, Facet::Voice, "Who counts"),
    ];
    let facets: Vec<(Facet, usize)> = fields.iter().map(|(_, facet, _)| (*facet, CHOICES)).collect();
    let found = look.facets(Kind::Figures, &Filter::default(), &facets)?;
    let mut out: Vec<Select> = Vec::new();
    for ((field, _, label), values) in fields.into_iter().zip(found) {
        let option = |v: String| {
            let chosen = filter.has(field, &v);
            (v.clone(), named(look, field, &v).to_owned(), chosen)
        };
        let mut options: Vec<_> = values.into_iter().map(|c| option(c.value)).collect();
        // What is asked for stays chosen, though no figure has it.
        let unknown = filter.values(field).filter(|v| !options.iter().any(|o| o.0 == *v)).map(str::to_owned);
        options.extend(unknown.collect::<Vec<_>>().into_iter().map(option));
        out.push(Select { name: field.as_str(), label, options });
    }
    let conflicts = look.lent.conflicts.iter().map(|c| {
        let chosen = filter.has(Field::Conflict, &c.name);
        (c.name.clone(), c.name.clone(), chosen)
    });
    let options: Vec<_> = conflicts.collect();
    if !options.is_empty() {
        out.insert(0, Select { name: Field::Conflict.as_str(), label: "Conflict", options });
    }
    Ok(out)
}
