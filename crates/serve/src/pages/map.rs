//! Where is what said to have happened? Incidents by place and time on a map that the server draws: read without scripts,
//! moved by links; what is uncertain is an area, never a false point.
//!
//! Reading order: `asked` (what the address asks for), `scene` (what is told, and of which places), `marks` (what is
//! drawn of it).

mod asked;
mod days;
mod marks;
mod scene;

use askama::Template;
use axum::extract::{Query, State};
use axum::routing::get;
use store::line::Facet;

use super::{Colours, Frame, Page};
use crate::atlas::{self, Atlas, ContestedArea, Drawn};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::index::{Field, Filter, Kind, Look};
use crate::route::{Least, Route};

use asked::Asked;
use days::Days;
use marks::{Cluster, Label, Zone};
use scene::{Scene, Told};

#[derive(Template)]
#[template(path = "map.html")]
struct Map {
    frame: Frame,
    asked: Asked,
    parties: Vec<(&'static str, String, String)>,
    events: Vec<String>,
    days: Days,
    land: Drawn,
    labels: Vec<Label>,
    rings: Vec<Ring>,
    lines: Vec<&'static str>,
    fields: Vec<Zone>,
    clusters: Vec<Cluster>,
    scale: (f64, String),
    /// What is seen, for the script.
    seen: String,
    rows: Vec<Told>,
    told: Sums,
    move_to: Vec<(&'static str, &'static str, String)>,
}

/// Parties and events to choose from.
const CHOICES: usize = 24;
/// Places in the table.
const ROWS: usize = 100;

/// A contested area, about where it lies.
struct Ring {
    x: f64,
    y: f64,
    rx: f64,
    ry: f64,
    name: String,
    words: &'static str,
    labelled: bool,
}

/// What is told beside the map.
struct Sums {
    shown: u64,
    undated: u64,
    nowhere: u64,
    nowhere_list: String,
    unplaced: Vec<Told>,
    outside: usize,
    places: usize,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/map", Least::Role(Role::Reader), get(map))]
}

async fn map(State(desk): State<Desk>, who: Who, query: Query<Vec<(String, String)>>) -> Result<Page, Fault> {
    let asked = Asked::of(&query.0)?;
    let colours = desk.colours().await?;
    let frame = Frame::new(&desk, who, "/map", "Map");
    desk.look(move |look| Page::of(&drawn(frame, look, asked, &colours)?)).await
}

fn drawn(frame: Frame, look: &Look, asked: Asked, colours: &Colours) -> Result<Map, Fault> {
    let atlas = Atlas::shipped();
    let scene = Scene::of(look, &asked, atlas)?;
    let view = asked.bbox.unwrap_or_else(|| marks::around(&scene.rows, atlas));
    let view = atlas::Frame::around(&view);
    let clusters = marks::clusters(&scene.rows, &view, colours, &asked);
    let choices = [(Facet::Voice, CHOICES), (Facet::Event, CHOICES)];
    let mut choices = look.facets(Kind::Incidents, &Filter::default(), &choices)?.into_iter();
    let voices = choices.next().unwrap_or_default().into_iter();
    let mut rows = scene.rows;
    let labels = marks::labels(&clusters, &view, atlas);
    let fields = marks::fields(&rows, &view, atlas, colours, &asked);
    let outside = rows.iter().filter(|t| !marks::is_seen(t, &view, atlas)).count();
    let places = rows.len();
    rows.truncate(ROWS);
    Ok(Map {
        parties: voices
            .map(|p| (colours.class(Some(&p.value)), look.index.party(&p.value).to_owned(), p.value))
            .collect(),
        events: choices.next().unwrap_or_default().into_iter().map(|e| e.value).collect(),
        days: Days::of(&scene.all_days, &asked),
        land: atlas.draw(&view),
        labels,
        rings: rings(atlas, &view),
        lines: borders(atlas, &view),
        fields,
        clusters,
        scale: scale(&view),
        seen: view.seen.text(),
        move_to: moves(&asked, &view),
        told: Sums {
            shown: scene.shown,
            undated: scene.undated,
            nowhere: scene.nowhere,
            nowhere_list: asked.list(&[]),
            unplaced: scene.unplaced,
            outside,
            places,
        },
        rows,
        frame,
        asked,
    })
}

/// Contested areas that are neither a dot nor all that is seen.
fn rings(atlas: &'static Atlas, view: &atlas::Frame) -> Vec<Ring> {
    let ring = |a: &'static ContestedArea| {
        let ((x, y), (rx, ry)) = (view.at(a.lon, a.lat), view.ring(a.lat, a.radius_km));
        let names: Vec<&str> = std::iter::once(&a.name).chain(&a.names).map(String::as_str).collect();
        Ring { x, y, rx, ry, name: names.join(" / "), words: &a.words, labelled: rx > 60.0 }
    };
    let areas = atlas.contested_areas(view).map(ring);
    areas.filter(|r| r.rx > 8.0 && r.rx < atlas::Frame::WIDTH).collect()
}

/// What is said of the contested borders that are seen, each once.
fn borders(atlas: &'static Atlas, view: &atlas::Frame) -> Vec<&'static str> {
    let mut words: Vec<&str> = atlas.contested_borders(view).into_iter().map(|b| b.words.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A round length of about a sixth of the picture: its units, and in words.
fn scale(view: &atlas::Frame) -> (f64, String) {
    let sixth = view.km(atlas::Frame::WIDTH / 6.0);
    let power = 10_f64.powf(sixth.log10().floor());
    let km = [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|km| *km <= sixth).unwrap_or(power);
    (km / view.km(1.0), format!("{km} km"))
}

/// Ways to other parts of the world: a name for the eye, one for the ear, the address.
fn moves(asked: &Asked, view: &atlas::Frame) -> Vec<(&'static str, &'static str, String)> {
    let seen = view.seen;
    let to = |part: atlas::Degrees| asked.with_bbox(Some(&atlas::Frame::around(&part).seen));
    vec![
        ("+", "Closer", to(seen.grown(0.5))),
        ("−", "Farther", to(seen.grown(2.0))),
        ("←", "West", to(seen.moved(-0.4, 0.0))),
        ("→", "East", to(seen.moved(0.4, 0.0))),
        ("↑", "North", to(seen.moved(0.0, 0.4))),
        ("↓", "South", to(seen.moved(0.0, -0.4))),
        ("◎", "Where the incidents are", asked.with_bbox(None)),
        ("World", "The whole world", to(atlas::Frame::WORLD)),
    ]
}
