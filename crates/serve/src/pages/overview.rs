//! What is new, what is disputed, how the truce stands, what each side counts, what is said day by day.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State;
use axum::routing::get;
use evidence::time::Iso;
use evidence::{Ceasefire, Incident};
use publish::{Book, wording};
use store::line::Facet;
use store::{Store, Wanted};

use super::days::{self, Series};
use super::line::{Count, speaker};
use super::list::grouped;
use super::{Colours, Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::index::{Asked, Field, Filter, Kind, Look, Sort, Wish};
use crate::route::{Least, Route};

/// Days that the chart goes back from the last day on which a report was published.
const BACK: i32 = 61;
/// Sides that have their own colour in the chart and their own counts.
const SIDES: usize = 5;

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
    form: super::list::Form,
    totals: Vec<(&'static str, &'static str, String)>,
    reports: Vec<New>,
    disputes: Vec<Dispute>,
    truces: Vec<Truce>,
    tolls: Vec<Side>,
    chart: String,
    /// What the chart is of: its days.
    window: String,
    sides: Vec<(String, &'static str)>,
    /// The filters as they stand in an address, for links to lists.
    query: String,
}

struct New {
    id: String,
    title: String,
    outlet: String,
    published: String,
    claims: u64,
}

struct Dispute {
    id: String,
    event: &'static str,
    when: String,
    places: String,
    asserted: Vec<(String, &'static str)>,
    denied: Vec<(String, &'static str)>,
    origins: usize,
    /// The words of one of its claims.
    words: String,
}

struct Truce {
    id: String,
    sides: String,
    since: String,
    violations: usize,
    by: Vec<(String, &'static str, usize)>,
    /// Alleged violations by day or hour and side.
    chart: String,
    first: Option<String>,
}

struct Side {
    name: String,
    colour: &'static str,
    counts: Vec<Told>,
}

struct Told {
    count: Count,
    by: String,
    day: String,
    href: String,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/", Least::Role(Role::Reader), get(overview))]
}

async fn overview(State(desk): State<Desk>, who: Who, asked: Asked) -> Result<Page, Fault> {
    let frame = Frame::new(&desk, who, "/", "Overview");
    let colours = desk.colours().await?;
    desk.look(move |look| Page::of(&drawn(frame, look, &asked.filter, &colours)?)).await
}

fn drawn(frame: Frame, look: &Look, filter: &Filter, colours: &Colours) -> Result<Overview, Fault> {
    let wish = Wish { filter: filter.clone(), ..Asked::default().wish(Kind::Claims)? };
    let mut totals = Vec::new();
    for (kind, path, name) in [
        (Kind::Reports, "/reports", "reports"),
        (Kind::Claims, "/claims", "claims"),
        (Kind::Figures, "/figures", "figures"),
        (Kind::Incidents, "/incidents", "incidents"),
        (Kind::Ceasefires, "/ceasefires", "ceasefires"),
    ] {
        totals.push((path, name, grouped(look.count(kind, filter)?)));
    }
    let (chart, window, sides) = timeline(look, filter, colours)?;
    Ok(Overview {
        form: super::list::Form::of_overview(look, &wish)?,
        totals,
        reports: reports(look, filter)?,
        disputes: disputes(look, filter, colours)?,
        truces: truces(look, filter, colours)?,
        tolls: tolls(look, filter, colours)?,
        chart,
        window,
        sides,
        query: filter.query(),
        frame,
    })
}

fn first(look: &Look, kind: Kind, filter: &Filter, sort: Sort, most: usize) -> Result<Vec<String>, Fault> {
    let wish = Wish { kind, filter: filter.clone(), sort, falls: true, page: None, most };
    Ok(look.list(&wish)?.ids)
}

fn reports(look: &Look, filter: &Filter) -> Result<Vec<New>, Fault> {
    let ids = first(look, Kind::Reports, filter, Sort::Added, 8)?;
    let ledger = look.ledger.excerpt(&Wanted { covers: ids.clone(), ..Wanted::default() })?;
    let sizes = look.ledger.sizes(&ids)?;
    let book = Book::new(&ledger);
    let new = |(id, size): (&String, (u64, u64))| {
        let page = book.page(id)?;
        let a = page.article();
        Some(New {
            id: id.clone(),
            title: a.title.map_or_else(|| a.path.clone(), |t| page.quote(t).replace('\n', " ")),
            outlet: a.outlet.clone().unwrap_or_default(),
            published: wording::published(a),
            claims: size.0,
        })
    };
    Ok(ids.iter().zip(sizes).filter_map(new).collect())
}

fn disputes(look: &Look, filter: &Filter, colours: &Colours) -> Result<Vec<Dispute>, Fault> {
    let filter = filter.with(Field::Disputed, "yes")?;
    let ids = first(look, Kind::Incidents, &filter, Sort::Day, 8)?;
    let ledger = look.ledger.excerpt(&Wanted { heads: ids.clone(), ..Wanted::default() })?;
    let book = Book::new(&ledger);
    let parties = |slugs: &[String]| -> Vec<(String, &'static str)> {
        slugs.iter().map(|p| (colours.name(p).to_owned(), colours.class(Some(p)))).collect()
    };
    let dispute = |i: &Incident| Dispute {
        id: i.id.clone(),
        event: i.event.map_or("something", |e| e.as_str()),
        when: i.time.as_ref().map(|t| wording::time(&book, book.article_of_time(i), t)).unwrap_or_default(),
        places: i.places.iter().filter_map(|p| book.entity(p)).map(|e| e.name.as_str()).collect::<Vec<_>>().join(", "),
        asserted: parties(&i.asserted_by),
        denied: parties(&i.denied_by),
        origins: i.origins,
        words: words(&book, i),
    };
    Ok(ids.iter().filter_map(|id| ledger.incidents.iter().find(|i| i.id == *id)).map(dispute).collect())
}

/// The words of one claim of an incident, shortened.
pub(crate) fn words(book: &Book, incident: &Incident) -> String {
    let told = incident.claims.iter().find_map(|m| book.claim(&m.claim));
    told.map(|c| wording::shortened(book.quote(&c.article, c.content), 140)).unwrap_or_default()
}

fn truces(look: &Look, filter: &Filter, colours: &Colours) -> Result<Vec<Truce>, Fault> {
    let ids = first(look, Kind::Ceasefires, filter, Sort::Day, 3)?;
    let ledger = look.ledger.excerpt(&Wanted { heads: ids.clone(), ..Wanted::default() })?;
    let book = Book::new(&ledger);
    let truce = |c: &Ceasefire| {
        let mut by: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        c.violations.iter().for_each(|v| *by.entry(v.by.as_deref()).or_default() += 1);
        let name = |p: Option<&str>| p.map_or("not said", |p| colours.name(p)).to_owned();
        let sides: Vec<&str> = c.parties.iter().map(|p| colours.name(p)).collect();
        let after = c.violations.iter().filter_map(|v| v.after).filter(|m| *m >= 0).min();
        Truce {
            id: c.id.clone(),
            sides: if sides.is_empty() { "sides not said".to_owned() } else { sides.join(" and ") },
            since: c
                .effective
                .as_ref()
                .map(|t| wording::time(&book, Some(&t.article), &t.value).replace('\n', " "))
                .unwrap_or_default(),
            violations: c.violations.len(),
            chart: days::chart(&breaches(c, colours), None, "Alleged violations by day and side", |_, _| {
                format!("/ceasefires/{}", c.id)
            }),
            by: by.into_iter().map(|(p, n)| (name(p), colours.class(p), n)).collect(),
            first: after.map(|m| if m < 90 { format!("{m} min") } else { format!("{} h {} min", m / 60, m % 60) }),
        }
    };
    Ok(ids.iter().filter_map(|id| ledger.ceasefires.iter().find(|c| c.id == *id)).map(truce).collect())
}

fn breaches(c: &Ceasefire, colours: &Colours) -> Vec<Series> {
    let mut by: BTreeMap<Option<&str>, BTreeMap<i32, u64>> = BTreeMap::new();
    for v in &c.violations {
        let day = v.time.as_ref().and_then(|t| t.value.as_ref()).and_then(Iso::day);
        if let Some(day) = day {
            *by.entry(v.by.as_deref()).or_default().entry(day).or_default() += 1;
        }
    }
    let series = |(party, days): (Option<&str>, BTreeMap<i32, u64>)| Series {
        name: party.map_or("not said", |p| colours.name(p)).to_owned(),
        colour: colours.class(party),
        days: days.into_iter().collect(),
    };
    by.into_iter().map(series).collect()
}

/// The latest counts of the dead of each side that is counted most; none is chosen for being right.
fn tolls(look: &Look, filter: &Filter, colours: &Colours) -> Result<Vec<Side>, Fault> {
    let killed = filter.with(Field::Harm, "killed")?;
    let sides = look.facets(Kind::Figures, &killed, &[(Facet::Target, SIDES)])?.pop().unwrap_or_default();
    let mut out = Vec::new();
    for side in sides {
        let of = killed.with(Field::Target, &side.value)?;
        let ids = first(look, Kind::Figures, &of, Sort::Day, 4)?;
        let ledger = look.ledger.excerpt(&Wanted { figures: ids.clone(), ..Wanted::default() })?;
        let book = Book::new(&ledger);
        let told = |f: &evidence::Figure| {
            let article = book.page(&f.article)?.article();
            let by: Vec<String> = f.speakers.iter().map(|s| speaker(&book, &f.article, s)).collect();
            let outlet = article.outlet.clone().unwrap_or_else(|| article.path.clone());
            Some(Told {
                count: Count::of(&book, colours, f),
                by: if by.is_empty() { outlet } else { by.join(", ") },
                day: wording::published(article),
                href: format!("/figures/{}", f.id),
            })
        };
        out.push(Side {
            name: look.index.party(&side.value).to_owned(),
            colour: colours.class(Some(&side.value)),
            counts: ids.iter().filter_map(|id| book.figure(id)).filter_map(told).collect(),
        });
    }
    Ok(out)
}

type Timeline = (String, String, Vec<(String, &'static str)>);

/// Claims by day and by the side that speaks.
fn timeline(look: &Look, filter: &Filter, colours: &Colours) -> Result<Timeline, Fault> {
    let last = look.by_day(Kind::Reports, filter)?.last().map(|d| d.0);
    let Some(last) = last else { return Ok(Timeline::default()) };
    let asked = filter.asks(Field::Since) || filter.asks(Field::Until);
    let (from, to) = (Iso::of_day(last - BACK), Iso::of_day(last));
    let (Some(from), Some(to)) = (from, to) else { return Ok(Timeline::default()) };
    let windowed = match asked {
        true => filter.clone(),
        false => filter.with(Field::Since, from.as_str())?.with(Field::Until, to.as_str())?,
    };
    let mut of: Vec<Series> = look
        .by_hour(Kind::Claims, &windowed, Facet::Voice)?
        .into_iter()
        .map(|(party, hours)| {
            let mut days: BTreeMap<i32, u64> = BTreeMap::new();
            let inside = |d: &i32| asked || (last - BACK..=last).contains(d);
            hours.iter().filter(|(h, _)| inside(&h.0)).for_each(|((day, _), n)| *days.entry(*day).or_default() += n);
            Series { colour: colours.class(Some(&party)), name: party, days: days.into_iter().collect() }
        })
        .collect();
    of.sort_by_key(|s| std::cmp::Reverse(s.days.iter().map(|d| d.1).sum::<u64>()));
    of.truncate(SIDES);
    of.retain(|s| !s.days.is_empty());
    // Where two have the same colour, only the first keeps it here.
    let mut seen = BTreeSet::new();
    of.iter_mut().filter(|s| !seen.insert(s.colour)).for_each(|s| s.colour = "p-other");
    let free = filter.free_of(&[Field::Since, Field::Until]);
    let href = |from: &str, to: &str| {
        let between = free.with(Field::Since, from).and_then(|f| f.with(Field::Until, to));
        between.map(|f| format!("/claims?{}", f.query())).unwrap_or_default()
    };
    let window = if asked { String::new() } else { format!("{from} to {to}") };
    let between = (!asked).then_some((last - BACK, last));
    of.iter_mut().for_each(|s| s.name = look.index.party(&s.name).to_owned());
    let sides = of.iter().map(|s| (s.name.clone(), s.colour)).collect();
    Ok((days::chart(&of, between, "Claims by day and by the side that speaks", href), window, sides))
}
