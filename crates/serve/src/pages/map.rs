//! Where is what said to have happened? Incidents by place and time on a map that the server draws: read without scripts,
//! moved by links; what is uncertain is an area, never a false point.
//!
//! Reading order: `asked` (what the address asks for), `scene` (what is told, and of which places), `marks` (what is
//! drawn of it).

mod asked;
mod days;
mod marks;
mod scene;

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::routing::get;

use super::{Colours, Frame, Page};
use crate::atlas::{self, Atlas, Drawn};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::route::{Least, Route};

use asked::Asked;
use days::Days;
use marks::{Cluster, Field, Label};
use scene::{Scene, Told};

#[derive(Template)]
#[template(path = "map.html")]
struct Map {
    frame: Frame,
    asked: Asked,
    parties: Vec<(String, &'static str)>,
    events: Vec<&'static str>,
    days: Days,
    land: Drawn,
    labels: Vec<Label>,
    rings: Vec<Ring>,
    lines: Vec<&'static str>,
    fields: Vec<Field>,
    clusters: Vec<Cluster>,
    scale: (f64, String),
    /// What is seen, for the script.
    seen: String,
    rows: Vec<Told>,
    told: Sums,
    move_to: Vec<(&'static str, &'static str, String)>,
}

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
    shown: usize,
    undated: usize,
    nowhere: usize,
    nowhere_list: String,
    unplaced: Vec<Told>,
    outside: usize,
    left_out: usize,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/map", Least::Role(Role::Reader), get(map))]
}

async fn map(State(desk): State<Desk>, who: Who, RawQuery(query): RawQuery) -> Result<Page, Fault> {
    let asked = Asked::parse(query.as_deref().unwrap_or_default())?;
    let colours = desk.colours().await?;
    let scene = desk.ask(scene::of).await?;
    Page::of(&drawn(Frame::new(&desk, who, "/map", "Map"), asked, &scene, &colours))
}

fn drawn(frame: Frame, asked: Asked, scene: &Scene, colours: &Arc<Colours>) -> Map {
    let atlas = Atlas::shipped();
    let told = scene.told(&asked, atlas);
    let view = asked.bbox.unwrap_or_else(|| marks::around(&told.rows, atlas));
    let view = atlas::Frame::around(&view);
    let (clusters, fields) = (marks::clusters(&told.rows, &view, colours, &asked), marks::fields(&told.rows, &view, atlas, colours, &asked));
    let labels = marks::labels(&clusters, &told.rows, &view, atlas);
    let outside = told.rows.iter().filter(|t| !marks::is_seen(t, &view, atlas)).count();
    let parties = told.parties.iter().map(|p| (p.clone(), colours.class(Some(p)))).collect();
    Map {
        parties,
        events: told.events.clone(),
        days: Days::of(&told.all_days, &asked),
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
            shown: told.shown,
            undated: told.undated,
            nowhere: told.nowhere,
            nowhere_list: asked.list(&[]),
            unplaced: told.unplaced,
            outside,
            left_out: scene.left_out,
        },
        rows: told.rows,
        frame,
        asked,
    }
}

/// Contested areas that are neither a dot nor all that is seen.
fn rings(atlas: &'static Atlas, view: &atlas::Frame) -> Vec<Ring> {
    let ring = |a: &'static atlas::ContestedArea| {
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
