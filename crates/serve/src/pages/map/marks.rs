//! What is drawn on the map: a mark for each spot or for spots that lie close together, a field for each area, names.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::scene::{Extent, Told};
use crate::atlas::{Atlas, Degrees, Frame};
use crate::pages::Colours;

/// A mark: one spot, or several that are too close to be told apart; it stands at the one with most incidents.
pub(crate) struct Cluster {
    /// Of the picture's width and height, in percent.
    pub x: f64,
    pub y: f64,
    /// Radius in pixels.
    pub r: f64,
    /// The same for a square on its corner, a little larger.
    pub half: f64,
    pub incidents: u64,
    pub disputed: u64,
    /// Name of the place at which it stands, and its other names.
    name: String,
    aliases: Vec<String>,
    /// Class of the party that asserts most of it.
    pub lead: &'static str,
    pub parties: Vec<Dot>,
    pub title: String,
    pub list: String,
    /// Where its places are seen apart; none where it is one place.
    pub closer: Option<String>,
}

/// A party's sign below a mark: its place in pixels from the mark's middle.
pub(crate) struct Dot {
    pub class: &'static str,
    pub x: f64,
    pub y: f64,
}

/// An area in which something is told to have happened.
pub(crate) struct Zone {
    pub class: &'static str,
    /// Middle and half-axes of a ring, in tenths of the frame's units.
    pub ring: Option<(f64, f64, f64, f64)>,
    /// A country's land.
    pub path: Option<String>,
    /// Where its sign stands, in percent.
    pub x: f64,
    pub y: f64,
    /// Width of its sign in pixels.
    pub wide: f64,
    pub words: String,
    pub disputed: bool,
    pub title: String,
    pub list: String,
}

/// A name.
pub(crate) struct Label {
    pub x: f64,
    pub y: f64,
    /// Pixels to the right of that.
    pub by: f64,
    pub words: String,
    /// Lines below it, with how many pixels they are lower.
    pub others: Vec<(u8, String)>,
    /// Whether it ends there.
    pub ends: bool,
    /// Of a place, or of a country.
    pub place: bool,
    /// Whether a narrow screen has room for it.
    pub minor: bool,
}

/// Marks closer than this are one, in units of the frame.
const APART: f64 = 38.0;
/// Where less than this many degrees are seen, all names of a place are written.
const NEAR: f64 = 9.0;
/// More party signs than this below a mark cannot be told apart.
const MOST_SIGNS: usize = 4;

/// What shows all of it, with some ground around; the whole world if there is nothing.
pub(crate) fn around(rows: &[Told], atlas: &Atlas) -> Degrees {
    let mut part = Degrees::NONE;
    let mut areas = Degrees::NONE;
    for t in rows {
        match &t.extent {
            Extent::Spot { lat, lon } => part.add(*lon, *lat),
            Extent::Ring { lat, lon, radius_km } => part.join(&ring(*lat, *lon, *radius_km)),
            Extent::Country(code) => areas.join(&atlas.extent(code).unwrap_or(Degrees::NONE)),
            Extent::Unknown => {}
        }
    }
    // A country would draw the eye away from the spots in it.
    let part = if part.is_none() { areas } else { part };
    if part.is_none() {
        return Frame::WORLD;
    }
    let grown = part.grown(1.25);
    let (lon, lat) = grown.middle();
    let mut least = grown;
    least.add(lon - 0.8, lat - 0.4);
    least.add(lon + 0.8, lat + 0.4);
    least
}

/// Whether something of it is seen.
pub(crate) fn is_seen(t: &Told, view: &Frame, atlas: &Atlas) -> bool {
    match &t.extent {
        Extent::Spot { lat, lon } => view.shows(*lon, *lat),
        Extent::Ring { lat, lon, radius_km } => view.meets(&ring(*lat, *lon, *radius_km)),
        Extent::Country(code) => atlas.extent(code).is_some_and(|e| view.meets(&e)),
        Extent::Unknown => false,
    }
}

fn ring(lat: f64, lon: f64, km: f64) -> Degrees {
    let (high, wide) = (km / 111.2, km / 111.2 / lat.to_radians().cos().max(0.05));
    Degrees { west: lon - wide, south: lat - high, east: lon + wide, north: lat + high }
}

/// Marks of the spots that are seen. `rows` stand by number of incidents.
pub(crate) fn clusters(rows: &[Told], view: &Frame, colours: &Colours, asked: &Asked) -> Vec<Cluster> {
    let mut groups: Vec<((f64, f64), Vec<&Told>)> = Vec::new();
    for t in rows {
        let Extent::Spot { lat, lon } = t.extent else { continue };
        if !view.shows(lon, lat) {
            continue;
        }
        let at = view.at(lon, lat);
        let close = |g: &&mut ((f64, f64), Vec<&Told>)| (g.0.0 - at.0).hypot(g.0.1 - at.1) < APART;
        match groups.iter_mut().find(close) {
            Some((_, members)) => members.push(t),
            None => groups.push((at, vec![t])),
        }
    }
    groups.into_iter().map(|(at, members)| cluster(at, &members, colours, asked)).collect()
}

fn cluster((x, y): (f64, f64), members: &[&Told], colours: &Colours, asked: &Asked) -> Cluster {
    let incidents: u64 = members.iter().map(|t| t.incidents).sum();
    let disputed: u64 = members.iter().map(|t| t.disputed).sum();
    let r = (9.0 + 2.5 * (incidents as f64).sqrt()).min(26.0);
    let classes = classes(members, colours);
    let ids: Vec<&str> = members.iter().map(|t| t.id.as_str()).collect();
    let (mut part, mut names) = (Degrees::NONE, Vec::new());
    for t in members {
        if let Extent::Spot { lat, lon } = t.extent {
            part.add(lon, lat);
        }
        names.push(format!("{} ({})", all_names(t), t.whose));
    }
    let more = names.len().saturating_sub(8);
    names.truncate(8);
    let more = if more > 0 { format!("; and {more} more places") } else { String::new() };
    let of_them = if disputed > 0 { format!(", {disputed} disputed") } else { String::new() };
    let first = -(classes.len() as f64 - 1.0) * 5.0;
    let dots = (0..).zip(&classes).map(|(n, class)| Dot { class, x: first + f64::from(n) * 10.0, y: r + 8.0 });
    Cluster {
        x: x / Frame::WIDTH * 100.0,
        y: y / Frame::HEIGHT * 100.0,
        r,
        half: r * 1.2,
        incidents,
        disputed,
        name: members.first().map(|t| t.name.clone()).unwrap_or_default(),
        aliases: members.first().map(|t| t.aliases.clone()).unwrap_or_default(),
        lead: classes.first().copied().unwrap_or("p-none"),
        parties: dots.collect(),
        title: format!("{}{of_them}: {}{more}", counted(incidents, "incident"), names.join("; ")),
        list: asked.list(&ids[..ids.len().min(40)]),
        closer: (members.len() > 1).then(|| asked.with_bbox(Some(&around_spots(part)))),
    }
}

fn around_spots(part: Degrees) -> Degrees {
    let mut grown = part.grown(1.6);
    let (lon, lat) = grown.middle();
    grown.add(lon - 0.2, lat - 0.1);
    grown.add(lon + 0.2, lat + 0.1);
    Frame::around(&grown).seen
}

/// Classes of those who assert it, those with most first; of nobody: `p-none`.
fn classes(members: &[&Told], colours: &Colours) -> Vec<&'static str> {
    let mut by: BTreeMap<&'static str, u64> = BTreeMap::new();
    for t in members {
        for (party, n) in &t.by {
            *by.entry(colours.class(Some(party))).or_default() += n;
        }
        if t.by_nobody > 0 {
            *by.entry("p-none").or_default() += t.by_nobody;
        }
    }
    let mut by: Vec<_> = by.into_iter().collect();
    by.sort_by_key(|(class, n)| (std::cmp::Reverse(*n), *class));
    by.into_iter().map(|(class, _)| class).take(MOST_SIGNS).collect()
}

/// Areas that are seen, the widest first so that the others lie upon them.
pub(crate) fn fields(rows: &[Told], view: &Frame, atlas: &Atlas, colours: &Colours, asked: &Asked) -> Vec<Zone> {
    let mut countries: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    let mut out = Vec::new();
    for t in rows.iter().filter(|t| is_seen(t, view, atlas)) {
        match &t.extent {
            Extent::Country(code) => countries.entry(code).or_default().push(t),
            Extent::Ring { lat, lon, radius_km } => {
                let ((x, y), (rx, ry)) = (view.at(*lon, *lat), view.ring(*lat, *radius_km));
                // Far away the ring is still an area and no spot.
                let (rx, ry) = (rx.max(16.0), ry.max(16.0));
                let mut field = field(&[t], colours, asked, (x, y - ry));
                field.ring = Some((x * 10.0, y * 10.0, rx * 10.0, ry * 10.0));
                out.push((rx, field));
            }
            _ => {}
        }
    }
    for (code, members) in countries {
        let Some(extent) = atlas.extent(code) else { continue };
        let (lon, lat) = extent.middle();
        let mut field = field(&members, colours, asked, view.at(lon, lat));
        field.path = atlas.country(code, view).filter(|p| !p.is_empty());
        out.push((f64::INFINITY, field));
    }
    out.sort_by(|a, b| b.0.total_cmp(&a.0));
    apart(out.into_iter().map(|(_, f)| f).collect())
}

fn field(members: &[&Told], colours: &Colours, asked: &Asked, (x, y): (f64, f64)) -> Zone {
    let incidents: u64 = members.iter().map(|t| t.incidents).sum();
    let disputed: u64 = members.iter().map(|t| t.disputed).sum();
    let ids: Vec<&str> = members.iter().map(|t| t.id.as_str()).collect();
    let names: Vec<&str> = members.iter().map(|t| t.name.as_str()).take(2).collect();
    let words = format!("{}: {incidents}", names.join(", "));
    let told = members.iter().map(|t| format!("{}, {} ({})", all_names(t), t.precision(), t.whose));
    let told = told.collect::<Vec<_>>().join("; ");
    let of_them = if disputed > 0 { format!(", {disputed} disputed") } else { String::new() };
    Zone {
        class: classes(members, colours).first().copied().unwrap_or("p-none"),
        ring: None,
        path: None,
        // Its sign stays in the picture.
        x: (x / Frame::WIDTH * 100.0).clamp(9.0, 91.0),
        y: (y / Frame::HEIGHT * 100.0).clamp(4.0, 95.0),
        wide: words.chars().count() as f64 * 6.6 + 14.0,
        words,
        disputed: disputed > 0,
        title: format!("{}{of_them}, no nearer place told: {told}", counted(incidents, "incident")),
        list: asked.list(&ids),
    }
}

/// Signs that would lie upon each other are moved down.
fn apart(mut fields: Vec<Zone>) -> Vec<Zone> {
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by(|a, b| fields[*a].y.total_cmp(&fields[*b].y));
    for n in 1..order.len() {
        for m in 0..n {
            let (above, below) = (&fields[order[m]], &fields[order[n]]);
            let near = (above.x - below.x).abs() * Frame::WIDTH / 100.0 < (above.wide + below.wide) / 2.0;
            if near && (above.y - below.y).abs() < 5.2 {
                fields[order[n]].y = (fields[order[m]].y + 5.2).min(96.0);
            }
        }
    }
    fields
}

/// Names of places and countries that do not lie upon each other; near by, all names of a place.
pub(crate) fn labels(clusters: &[Cluster], view: &Frame, atlas: &Atlas) -> Vec<Label> {
    let mut taken: Vec<(f64, f64, f64, f64)> = Vec::new();
    let units = |c: &Cluster| (c.x / 100.0 * Frame::WIDTH, c.y / 100.0 * Frame::HEIGHT);
    taken.extend(
        clusters.iter().map(|c| (units(c).0 - c.r, units(c).1 - c.r, units(c).0 + c.r, units(c).1 + c.r + 12.0)),
    );
    let near = view.seen.east - view.seen.west < NEAR;
    let mut out: Vec<Label> = Vec::new();
    for c in clusters {
        let (x, y) = units(c);
        let more = if c.closer.is_some() { " …" } else { "" };
        let words = format!("{}{more}", c.name);
        let others = if near { wrapped(&c.aliases) } else { Vec::new() };
        let longest = others.iter().map(|o| o.1.chars().count()).chain([words.chars().count()]).max().unwrap_or(0);
        let (gap, wide, low) = (c.half + 4.0, longest as f64 * 6.6, y + 8.0 + others.len() as f64 * 13.0);
        let sides = [(false, (x + gap, y - 8.0, x + gap + wide, low)), (true, (x - gap - wide, y - 8.0, x - gap, low))];
        let inside = |a: &(f64, f64, f64, f64)| a.0 > 0.0 && a.2 < Frame::WIDTH;
        let Some((ends, area)) = sides.into_iter().find(|(_, a)| inside(a) && free(&taken, *a)) else { continue };
        taken.push(area);
        let (minor, by) = (out.len() >= 6, if ends { -gap } else { gap });
        out.push(Label { x: c.x, y: c.y, by, words, others, ends, place: true, minor });
    }
    for (name, x, y) in atlas.names(view) {
        let half = name.chars().count() as f64 * 4.2;
        let area = (x - half, y - 9.0, x + half, y + 9.0);
        if free(&taken, area) {
            taken.push(area);
            let (x, y) = (x / Frame::WIDTH * 100.0, y / Frame::HEIGHT * 100.0);
            let (words, others) = (name.to_owned(), Vec::new());
            out.push(Label { x, y, by: 0.0, words, others, ends: false, place: false, minor: false });
        }
    }
    out
}

/// Names in lines of some thirty letters, with how far below the first name each stands.
fn wrapped(names: &[String]) -> Vec<(u8, String)> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.chars().count() + name.chars().count() < 30 => line.push_str(&format!(" / {name}")),
            _ => lines.push(format!("/ {name}")),
        }
    }
    (1_u8..12).map(|n| n * 13 + 4).zip(lines).collect()
}

fn free(taken: &[(f64, f64, f64, f64)], a: (f64, f64, f64, f64)) -> bool {
    !taken.iter().any(|b| a.0 < b.2 && a.2 > b.0 && a.1 < b.3 && a.3 > b.1)
}

/// "Stepanakert / Khankendi": all names, as every side has them.
fn all_names(t: &Told) -> String {
    std::iter::once(&t.name).chain(&t.aliases).map(String::as_str).collect::<Vec<_>>().join(" / ")
}

/// "1 incident", "3 incidents".
fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
