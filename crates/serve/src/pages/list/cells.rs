//! What stands in the rows of each list.

use std::collections::BTreeMap;

use evidence::{Claim, Entity, EntityKind, Figure, Incident};
use publish::{Book, Page, wording};

use super::super::line::{Count, Line, speaker};
use super::super::overview::words;
use super::Colours;
use crate::fault::Fault;
use crate::index::{Kind, Sort};
use crate::layer::Badge;

/// A column.
pub(crate) struct Column {
    pub name: &'static str,
    pub class: &'static str,
    pub sort: Option<Sort>,
}

/// A row.
pub(crate) struct Row {
    pub cells: Vec<Cell>,
}

/// A cell: its column's name for narrow screens, and its pieces.
pub(crate) struct Cell {
    pub label: &'static str,
    pub class: &'static str,
    pub pieces: Vec<Piece>,
}

/// Some words, with where they lead.
#[derive(Default)]
pub(crate) struct Piece {
    pub words: String,
    pub href: Option<String>,
    pub class: String,
}

const fn column(name: &'static str, class: &'static str, sort: Option<Sort>) -> Column {
    Column { name, class, sort }
}

/// The columns of a list.
pub(crate) fn columns(kind: Kind) -> Vec<Column> {
    match kind {
        Kind::Claims => vec![
            column("When", "day", Some(Sort::Day)),
            column("Who", "", None),
            column("Act", "", None),
            column("What", "words", None),
            column("Event", "event", None),
            column("Who to whom", "", None),
            column("Where", "", None),
            column("Denied by", "", None),
            column("Report", "", Some(Sort::Outlet)),
        ],
        Kind::Figures => vec![
            column("When", "day", Some(Sort::Day)),
            column("Count", "num", Some(Sort::Count)),
            column("Harm", "", None),
            column("People", "", None),
            column("Whose", "", None),
            column("Where", "", None),
            column("By whose count", "", None),
            column("Words", "words", None),
            column("Report", "", Some(Sort::Outlet)),
        ],
        Kind::Incidents => vec![
            column("When", "day", Some(Sort::Day)),
            column("Event", "event", None),
            column("In one claim's words", "words", None),
            column("Where", "", None),
            column("Parties", "", None),
            column("Asserted by", "", None),
            column("Denied by", "", Some(Sort::Doubt)),
            column("Claims", "num", None),
            column("Origins", "num", Some(Sort::Weight)),
        ],
        Kind::Ceasefires => vec![
            column("From", "day", Some(Sort::Day)),
            column("Sides", "", None),
            column("Kind", "", None),
            column("Terms", "", None),
            column("Alleged violations", "num", Some(Sort::Weight)),
            column("Claims", "num", None),
        ],
        Kind::Entities => vec![
            column("Name", "", Some(Sort::Name)),
            column("Kind", "", None),
            column("Party", "", None),
            column("Also called", "", None),
            column("Where", "", None),
        ],
        Kind::Reports => vec![
            column("Published", "day", Some(Sort::Day)),
            column("Outlet", "", Some(Sort::Outlet)),
            column("Title", "words", None),
            column("Agencies", "", None),
            column("Claims", "num", Some(Sort::Weight)),
            column("Figures", "num", None),
            column("File", "", None),
        ],
    }
}

/// The rows of some lines, in their order; of reports with how many claims and figures they have.
pub(crate) fn rows(
    book: &Book,
    kind: Kind,
    ids: &[String],
    sizes: &[(u64, u64)],
    colours: &Colours,
    badges: &BTreeMap<String, Badge>,
) -> Vec<Row> {
    let badged = |id: &String, mut cells: Vec<Vec<Piece>>, words: usize| {
        let path = if kind == Kind::Claims { "claim" } else { "figure" };
        let badge = badges.get(id).map(|b| Piece {
            words: b.line.clone(),
            href: Some(format!("/review/{path}/{id}")),
            class: format!("tag badge {}", b.verdict),
        });
        cells[words].extend(badge);
        cells
    };
    let row = |(n, id): (usize, &String)| match kind {
        Kind::Claims => book.claim(id).map(|c| badged(id, claim(book, c, colours), 3)),
        Kind::Figures => book.figure(id).map(|f| badged(id, figure(book, f, colours), 7)),
        Kind::Incidents => book.incidents().iter().find(|i| i.id == *id).map(|i| incident(book, i, colours)),
        Kind::Ceasefires => book.ceasefires().iter().find(|c| c.id == *id).map(|c| ceasefire(book, c, colours)),
        Kind::Reports => book.page(id).map(|p| report(p, sizes.get(n).copied().unwrap_or_default())),
        Kind::Entities => None,
    };
    let made: Vec<Vec<Vec<Piece>>> = ids.iter().enumerate().filter_map(row).collect();
    with_columns(kind, made)
}

/// The rows of entities.
pub(crate) fn entities(entities: &[Entity], colours: &Colours) -> Result<Vec<Row>, Fault> {
    let row = |e: &Entity| {
        let place = e.lat.zip(e.lon).map(|(lat, lon)| format!("{lat:.2}, {lon:.2}"));
        let place = [e.country.clone(), place].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        vec![
            vec![link(&e.name, entity_href(e))],
            vec![plain(e.kind.as_str())],
            e.party.iter().map(|p| party(p, colours.class(Some(p)))).collect(),
            vec![plain(e.aliases.join(", "))],
            vec![plain(place)],
        ]
    };
    Ok(with_columns(Kind::Entities, entities.iter().map(row).collect()))
}

fn with_columns(kind: Kind, rows: Vec<Vec<Vec<Piece>>>) -> Vec<Row> {
    let columns = columns(kind);
    let cells = |cells: Vec<Vec<Piece>>| {
        let cell = |(column, pieces): (&Column, Vec<Piece>)| {
            let pieces = pieces.into_iter().filter(|p| !p.words.is_empty()).collect();
            Cell { label: column.name, class: column.class, pieces }
        };
        Row { cells: columns.iter().zip(cells).map(cell).collect() }
    };
    rows.into_iter().map(cells).collect()
}

fn claim(book: &Book, c: &Claim, colours: &Colours) -> Vec<Vec<Piece>> {
    let line = Line::of(book, colours, c, 0);
    let voices = line.speakers.iter().flat_map(|v| {
        let party = v.party.as_ref().map(|p| party(p, v.colour));
        [Some(plain(&v.words)), party].into_iter().flatten()
    });
    let mut who: Vec<Piece> = voices.collect();
    who.extend(line.own_voice().map(|o| faint(format!("{o}, in its own voice"))));
    let mut act = vec![Piece { words: line.verb.to_owned(), href: None, class: format!("act-{}", line.act) }];
    act.extend(line.negated.then(|| tag("not so")));
    act.extend(line.status.map(tag));
    let arrow = if line.targets.is_empty() { String::new() } else { format!("→ {}", line.targets) };
    let event = [line.event, line.mode].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let denied = line.denied_by.iter().map(|d| link(&d.who, d.href()));
    vec![
        when(book, c),
        who,
        act,
        vec![link(&line.words, line.href())],
        vec![plain(event)],
        vec![plain(&line.actors), plain(arrow)],
        vec![plain(&line.places)],
        denied.collect(),
        vec![plain(&line.outlet), faint(&line.published)],
    ]
}

/// The time told; where none is, the day of the report, by which the line is sorted.
fn when(book: &Book, c: &Claim) -> Vec<Piece> {
    let told = c.time.as_ref().map(|t| wording::time(book, Some(&c.article), t)).unwrap_or_default();
    if !told.is_empty() {
        return vec![plain(told)];
    }
    let published = book.page(&c.article).and_then(|p| p.article().published.value.as_ref());
    published.map(|day| faint(format!("{}, as published", day.date()))).into_iter().collect()
}

fn figure(book: &Book, f: &Figure, colours: &Colours) -> Vec<Vec<Piece>> {
    let count = Count::of(book, colours, f);
    let period = f.period.as_ref();
    let day = |iso: Option<&evidence::time::Iso>| iso.map(wording::moment);
    let from_to = [day(period.and_then(|p| p.from.as_ref())), day(period.and_then(|p| p.to.as_ref()))];
    let mut days: Vec<String> = from_to.into_iter().flatten().collect();
    days.dedup();
    let article = book.page(&f.article).map(Page::article);
    let who = f.speakers.iter().map(|s| plain(speaker(book, &f.article, s)));
    let place = f.place.as_deref().and_then(|p| book.entity(p)).map(|e| e.name.clone()).unwrap_or_default();
    vec![
        vec![plain(days.join(" – "))],
        vec![link(&count.count, format!("/figures/{}", f.id))],
        vec![plain(count.harm)],
        vec![plain(count.category.unwrap_or_default())],
        count.party.iter().map(|p| party(p, count.colour)).collect(),
        vec![plain(place)],
        who.collect(),
        vec![link(&count.words, format!("/reports/{}{}", f.article, anchor(f)))],
        vec![
            plain(article.and_then(|a| a.outlet.clone()).unwrap_or_default()),
            faint(article.map(wording::published).unwrap_or_default()),
        ],
    ]
}

/// Where the claim of a figure stands in its report.
fn anchor(f: &Figure) -> String {
    f.claim.as_ref().map(|c| format!("#l-{c}")).unwrap_or_default()
}

fn incident(book: &Book, i: &Incident, colours: &Colours) -> Vec<Vec<Piece>> {
    let parties = |slugs: &[String]| -> Vec<Piece> {
        slugs.iter().map(|p| party(colours.name(p), colours.class(Some(p)))).collect()
    };
    let places: Vec<&str> =
        i.places.iter().map(|p| book.entity(p).map_or_else(|| bare(p), |e| e.name.as_str())).collect();
    let when = i.time.as_ref().map(|t| wording::time(book, book.article_of_time(i), t)).unwrap_or_default();
    let event = i.event.map_or("something", |e| e.as_str());
    vec![
        vec![plain(when)],
        vec![link(event, format!("/incidents/{}", i.id))],
        vec![plain(words(book, i))],
        vec![plain(places.join(", "))],
        parties(&i.parties),
        parties(&i.asserted_by),
        parties(&i.denied_by),
        vec![plain(i.claims.len().to_string())],
        vec![plain(i.origins.to_string())],
    ]
}

/// An entity's id without its kind: all that is known of it here.
fn bare(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, name)| name)
}

fn ceasefire(book: &Book, c: &evidence::Ceasefire, colours: &Colours) -> Vec<Vec<Piece>> {
    let mut kinds: Vec<&str> = c.terms.iter().map(|t| t.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let from = c.effective.as_ref().map(|t| wording::time(book, Some(&t.article), &t.value)).unwrap_or_default();
    let from = if from.is_empty() { "not told".to_owned() } else { from };
    let sides = c.parties.iter().map(|p| party(colours.name(p), colours.class(Some(p))));
    vec![
        vec![link(&from, format!("/ceasefires/{}", c.id))],
        sides.collect(),
        vec![plain(c.kind.as_str())],
        vec![plain(kinds.join(", "))],
        vec![plain(c.violations.len().to_string())],
        vec![plain(c.claims.len().to_string())],
    ]
}

fn report(page: &Page, (claims, figures): (u64, u64)) -> Vec<Vec<Piece>> {
    let a = page.article();
    let title = a.title.map(|t| page.quote(t).replace('\n', " ")).unwrap_or_else(|| "(no title)".to_owned());
    vec![
        vec![plain(wording::published(a))],
        vec![plain(a.outlet.clone().unwrap_or_default())],
        vec![link(&title, format!("/reports/{}", a.id))],
        vec![plain(a.agencies.join(", "))],
        vec![plain(claims.to_string())],
        vec![plain(figures.to_string())],
        vec![faint(&a.path)],
    ]
}

/// Where all that an entity has a part in is listed.
fn entity_href(e: &Entity) -> String {
    let id = crate::index::encoded(&e.id);
    match e.kind {
        EntityKind::Party => format!("/claims?party={}", crate::index::encoded(e.party.as_deref().unwrap_or_default())),
        _ => format!("/claims?entity={id}"),
    }
}

fn plain(words: impl Into<String>) -> Piece {
    Piece { words: words.into(), ..Piece::default() }
}

fn faint(words: impl Into<String>) -> Piece {
    Piece { words: words.into(), href: None, class: "quiet".to_owned() }
}

fn tag(words: &str) -> Piece {
    Piece { words: words.to_owned(), href: None, class: "tag".to_owned() }
}

fn link(words: &str, href: String) -> Piece {
    Piece { words: words.to_owned(), href: Some(href), class: String::new() }
}

fn party(name: &str, class: &str) -> Piece {
    Piece { words: name.to_owned(), href: None, class: format!("party {class}") }
}
