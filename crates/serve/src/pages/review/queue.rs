//! What is there to review, in which order, and what comes next?

use askama::Template;
use axum::extract::{Query, State};
use evidence::correction::{Kind, Object};
use publish::{Book, wording};
use review::Layer;
use store::{SqliteStore, Store, Wanted};

use super::candidates::{self, Ask, Candidate, Order};
use super::{Pairs, field_of};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Who;
use crate::pages::{Frame, Page};

#[derive(Template)]
#[template(path = "review.html")]
struct Queue {
    frame: Frame,
    figures: bool,
    weight: bool,
    party: String,
    report: String,
    rows: Vec<Row>,
    /// Objects in this order that whoever looks has not decided.
    open: usize,
    /// Objects that they have.
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
    /// Objects that are left.
    pub open: usize,
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
    let drawn = desk.ask_with_layer(move |store, layer| draw(frame, store, layer, &who.name, &ask));
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
    let text = |name| field_of(pairs, name).trim().to_owned();
    Ok(Ask { kind, order, party: text("party"), report: text("report") })
}

/// The same as the query of an address.
pub(super) fn query(ask: &Ask) -> String {
    pairs(ask).iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
}

fn pairs(ask: &Ask) -> Vec<(&'static str, String)> {
    let order = if ask.order == Order::Weight { "weight" } else { "doubt" };
    let mut out = vec![("of", ask.kind.as_str().to_owned()), ("order", order.to_owned())];
    out.extend([("party", &ask.party), ("report", &ask.report)].map(|(n, v)| (n, v.clone())));
    out.retain(|(_, value)| !value.is_empty());
    out
}

/// What comes before and after an object for a coder.
pub(super) fn place_of(
    store: &SqliteStore,
    layer: &Layer,
    coder: &str,
    ask: &Ask,
    object: &Object,
) -> Result<Place, Fault> {
    let all = candidates::candidates(store, ask)?;
    let left: Vec<&Candidate> =
        all.iter().filter(|c| c.object == *object || is_open(layer, coder, &c.object)).collect();
    let at = left.iter().position(|c| c.object == *object);
    let path = |n: usize| left.get(n).map(|c| format!("{}/{}", c.object.kind.as_str(), c.object.id));
    let open = left.iter().filter(|c| is_open(layer, coder, &c.object)).count();
    let previous = at.and_then(|n| n.checked_sub(1)).and_then(path);
    Ok(Place { query: query(ask), previous, next: path(at.map_or(0, |n| n + 1)), open, ask: ask.clone() })
}

fn draw(frame: Frame, store: &SqliteStore, layer: &Layer, coder: &str, ask: &Ask) -> Result<Queue, Fault> {
    let all = candidates::candidates(store, ask)?;
    let open: Vec<&Candidate> = all.iter().filter(|c| is_open(layer, coder, &c.object)).collect();
    let shown = &open[..open.len().min(SHOWN)];
    let ids = |kind| shown.iter().filter(|c| c.object.kind == kind).map(|c| c.object.id.clone()).collect();
    let ledger =
        store.excerpt(&Wanted { claims: ids(Kind::Claim), figures: ids(Kind::Figure), ..Wanted::default() })?;
    let book = Book::new(&ledger);
    let adrift = layer.adrift().iter().map(|s| Adrift {
        kind: s.object.kind.as_str(),
        quote: s.quote.clone(),
        article: s.article.clone(),
        people: s.people().join(", "),
    });
    Ok(Queue {
        frame,
        figures: ask.kind == Kind::Figure,
        weight: ask.order == Order::Weight,
        party: ask.party.clone(),
        report: ask.report.clone(),
        rows: shown.iter().filter_map(|c| row(&book, layer, coder, ask, c)).collect(),
        open: open.len(),
        decided: all.len() - open.len(),
        conflicts: layer.conflicts().count(),
        adrift: adrift.collect(),
    })
}

fn row(book: &Book, layer: &Layer, coder: &str, ask: &Ask, c: &Candidate) -> Option<Row> {
    let id = &c.object.id;
    let (article, span, told) = match c.object.kind {
        Kind::Claim => {
            let claim = book.claim(id)?;
            let who = wording::speakers(book, claim);
            (&claim.article, claim.content, format!("{who}: {}", claim.act))
        }
        Kind::Figure => {
            let figure = book.figure(id)?;
            (&figure.article, figure.span, format!("{} {}", wording::count(figure), figure.harm))
        }
    };
    let page = book.page(article)?;
    let outlet = page.article().outlet.clone().unwrap_or_else(|| page.article().path.clone());
    let others = layer.of(c.object.kind, id).map_or(0, |s| s.words.iter().filter(|w| w.coder != coder).count());
    Some(Row {
        href: format!("/review/{}/{id}?{}", c.object.kind.as_str(), query(ask)),
        report: outlet,
        said: told,
        quote: page.quote(span).replace('\n', " "),
        reasons: c.reasons.clone(),
        others,
    })
}

/// Whether a coder has not decided about an object, and no editor has.
fn is_open(layer: &Layer, coder: &str, object: &Object) -> bool {
    let standing = layer.of(object.kind, &object.id);
    standing.is_none_or(|s| s.word_of(coder).is_none() && s.decision.is_none())
}

/// For an address.
fn escaped(value: &str) -> String {
    let letter = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    value.bytes().map(letter).collect()
}
