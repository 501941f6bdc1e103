//! What is there to review, in which order, and what comes next?

use askama::Template;
use axum::extract::{Query, State};
use evidence::Article;
use evidence::correction::{Kind, Object};
use evidence::doubt::Doubt;
use publish::{Book, wording};
use review::Layer;
use store::{Store, Wanted};

use super::candidates::{self, Ask, Order, is_open};
use super::{Pairs, field_of};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Who;
use crate::index::{Field, Filter, Look, encoded};
use crate::pages::{Frame, Page};

#[derive(Template)]
#[template(path = "review.html")]
struct Queue {
    frame: Frame,
    figures: bool,
    weight: bool,
    /// Of the form: filters that have a field in it.
    party: String,
    outlet: String,
    report: String,
    words: String,
    disputed: String,
    doubt: String,
    doubts: Vec<(&'static str, &'static str)>,
    /// Other filters, which stay.
    others: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    /// Objects that the filters leave, decided ones among them.
    total: u64,
    /// Objects that whoever looks has decided, whatever the filters.
    decided: usize,
    conflicts: usize,
    adrift: Vec<Adrift>,
}

struct Row {
    href: String,
    report: String,
    said: String,
    quote: String,
    reasons: Vec<&'static str>,
    others: usize,
}

struct Adrift {
    kind: &'static str,
    quote: String,
    article: String,
    people: String,
}

/// Where an object stands in the queue.
pub(super) struct Place {
    pub query: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// Objects that the filters leave, and what whoever looks has decided.
    pub total: u64,
    pub decided: usize,
    ask: Ask,
}

impl Place {
    /// What the queue was asked for, for a form.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        pairs(&self.ask)
    }
}

/// So many rows are shown at once.
const SHOWN: usize = 25;

pub(super) async fn show(State(desk): State<Desk>, who: Who, Query(pairs): Query<Pairs>) -> Result<Page, Fault> {
    let ask = ask_of(&pairs)?;
    let frame = Frame::new(&desk, who.clone(), "/review", "Review");
    let drawn = desk.look_with_layer(move |look, layer| draw(frame, look, layer, &who.name, &ask));
    Page::of(&drawn.await?)
}

/// What is asked for, as addresses and forms say it.
pub(super) fn ask_of(pairs: &Pairs) -> Result<Ask, Fault> {
    let kind = match field_of(pairs, "of") {
        "" | "claim" => Kind::Claim,
        "figure" => Kind::Figure,
        other => return Err(Fault::asked(format!("of={other}: there are claim and figure"))),
    };
    let order = match field_of(pairs, "order") {
        "" | "doubt" => Order::Doubt,
        "weight" => Order::Weight,
        other => return Err(Fault::asked(format!("order={other}: there are doubt and weight"))),
    };
    Ok(Ask { kind, order, filter: Filter::of(pairs)? })
}

/// The same as the query of an address.
pub(super) fn query(ask: &Ask) -> String {
    pairs(ask).iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

fn pairs(ask: &Ask) -> Vec<(&'static str, String)> {
    let order = if ask.order == Order::Weight { "weight" } else { "doubt" };
    let mut out = vec![("of", ask.kind.as_str().to_owned()), ("order", order.to_owned())];
    out.extend(ask.filter.fields().iter().map(|(field, value)| (field.as_str(), value.clone())));
    out
}

/// What comes before and after an object for a coder.
pub(super) fn place_of(look: &Look, layer: &Layer, coder: &str, ask: &Ask, object: &Object) -> Result<Place, Fault> {
    // An address without a queue leads to the queue of its own kind.
    let ask = Ask { kind: object.kind, ..ask.clone() };
    let left = candidates::candidates(look, layer, coder, &ask, Some(object), 2)?;
    let at = left.objects.iter().position(|o| o == object);
    let path = |n: usize| left.objects.get(n).map(|o| format!("{}/{}", o.kind.as_str(), o.id));
    let previous = at.and_then(|n| n.checked_sub(1)).and_then(path);
    let next = path(at.map_or(0, |n| n + 1));
    let decided = decided(layer, coder, ask.kind);
    Ok(Place { query: query(&ask), previous, next, total: left.total, decided, ask })
}

fn draw(frame: Frame, look: &Look, layer: &Layer, coder: &str, ask: &Ask) -> Result<Queue, Fault> {
    const IN_FORM: [Field; 6] =
        [Field::Party, Field::Outlet, Field::Report, Field::Words, Field::Disputed, Field::Doubt];
    let mut found = candidates::candidates(look, layer, coder, ask, None, SHOWN)?;
    found.objects.truncate(SHOWN);
    let ids = |kind| found.objects.iter().filter(|o| o.kind == kind).map(|o| o.id.clone()).collect();
    let wanted = Wanted { claims: ids(Kind::Claim), figures: ids(Kind::Figure), ..Wanted::default() };
    let ledger = look.ledger.excerpt(&wanted)?;
    let book = Book::new(&ledger);
    let adrift = layer.adrift().iter().map(|s| Adrift {
        kind: s.object.kind.as_str(),
        quote: s.quote.clone(),
        article: s.article.clone(),
        people: s.people().join(", "),
    });
    let text = |field| ask.filter.value(field).unwrap_or_default().to_owned();
    let others = ask.filter.fields().iter().filter(|(field, _)| !IN_FORM.contains(field));
    Ok(Queue {
        frame,
        figures: ask.kind == Kind::Figure,
        weight: ask.order == Order::Weight,
        party: text(Field::Party),
        outlet: text(Field::Outlet),
        report: text(Field::Report),
        words: text(Field::Words),
        disputed: text(Field::Disputed),
        doubt: text(Field::Doubt),
        doubts: Doubt::ALL.iter().map(|d| (d.as_str(), d.about())).collect(),
        others: others.map(|(field, value)| (field.as_str(), value.clone())).collect(),
        rows: found.objects.iter().filter_map(|o| row(&book, layer, coder, ask, o)).collect(),
        total: found.total,
        decided: decided(layer, coder, ask.kind),
        conflicts: layer.conflicts().count(),
        adrift: adrift.collect(),
    })
}

/// How many objects a coder has decided about.
fn decided(layer: &Layer, coder: &str, kind: Kind) -> usize {
    layer.all().filter(|s| s.object.kind == kind && !is_open(layer, coder, &s.object)).count()
}

fn row(book: &Book, layer: &Layer, coder: &str, ask: &Ask, object: &Object) -> Option<Row> {
    let id = &object.id;
    let figure = book.figure(id).filter(|_| object.kind == Kind::Figure);
    let claim = book.claim(figure.map_or(Some(id.as_str()), |f| f.claim.as_deref()).unwrap_or_default());
    let (article, span, told) = match (figure, claim) {
        (Some(f), _) => (&f.article, f.span, format!("{} {}", wording::count(f), f.harm)),
        (None, Some(c)) => (&c.article, c.content, format!("{}: {}", wording::speakers(book, c), c.act)),
        (None, None) => return None,
    };
    let page = book.page(article)?;
    let outlet = name_of(page.article());
    let others = layer.of(object.kind, id).map_or(0, |s| s.words.iter().filter(|w| w.coder != coder).count());
    Some(Row {
        href: format!("/review/{}/{id}?{}", object.kind.as_str(), query(ask)),
        report: outlet,
        said: told,
        quote: page.quote(span).replace('\n', " "),
        reasons: candidates::reasons(book, ask.order, claim, figure),
        others,
    })
}

/// How a report is called in a line: by its outlet, or by its file.
fn name_of(article: &Article) -> String {
    let file = || article.path.rsplit('/').next().unwrap_or(&article.path).to_owned();
    article.outlet.clone().unwrap_or_else(file)
}
