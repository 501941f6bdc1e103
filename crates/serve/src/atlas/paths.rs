//! Land, coasts and borders as paths of SVG, with no more points than can be seen.

use std::fmt::Write as _;

use super::contested::Contested;
use super::frame::{Degrees, Frame};
use super::world::{Country, Line, Ring, World, contains};

/// Paths of SVG, in tenths of the frame's units (`viewBox="0 0 9600 5760"`).
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Drawn {
    /// Rings to be filled.
    pub land: String,
    /// Where land ends.
    pub coasts: String,
    /// Borders that nobody contests.
    pub borders: String,
    /// Contested borders.
    pub contested: String,
}

/// Points closer to the last one than this, in the frame's units, are left out.
const CLOSE: f64 = 1.2;
/// Rings smaller than this are left out.
const SMALL: f64 = 2.0;
/// Land is cut off so far outside of the frame.
const MARGIN: f64 = 6.0;

type Point = (f64, f64);

/// Everything that is seen.
pub(super) fn draw(world: &World, contested: &Contested, frame: &Frame) -> Drawn {
    let mut out = Drawn { land: land(world, world.countries(), frame), ..Drawn::default() };
    for line in world.lines().iter().filter(|l| frame.meets(&l.extent)) {
        if line.of.len() < 2 {
            write_line(&thinned(line, frame), frame, &mut out.coasts);
            continue;
        }
        let disputes = contested.border.iter().filter(|b| world.is_between(line, b)).map(|b| b.within());
        let disputes: Vec<Degrees> = disputes.collect();
        for (disputed, points) in runs(&line.points, &disputes) {
            let points = thin(points.iter().map(|p| frame.at(p.0, p.1)));
            write_line(&points, frame, if disputed { &mut out.contested } else { &mut out.borders });
        }
    }
    out
}

/// The land of some countries.
pub(super) fn land<'w>(world: &World, countries: impl IntoIterator<Item = &'w Country>, frame: &Frame) -> String {
    let mut out = String::new();
    for ring in countries.into_iter().flat_map(|c| c.polygons.iter().flatten()) {
        let e = &ring.extent;
        let size = frame.wide(e.east - e.west).max(frame.high(e.north - e.south));
        if size <= SMALL {
            continue;
        }
        // What crosses the date line is seen on both sides of the picture.
        let all = points(world, ring, frame);
        for turn in [0.0, -frame.wide(360.0), frame.wide(360.0)] {
            let (left, right) =
                all.iter().fold((f64::MAX, f64::MIN), |(l, r), p| (l.min(p.0 + turn), r.max(p.0 + turn)));
            if left < Frame::WIDTH && right > 0.0 {
                write_ring(&clipped(all.iter().map(|p| (p.0 + turn, p.1)).collect()), &mut out);
            }
        }
    }
    out
}

/// A ring's points on the picture. Lines are thinned each by itself, so that neighbours keep the same border. A ring that
/// crosses the date line goes on beyond it; one that goes around the pole is closed along the picture's end.
fn points(world: &World, ring: &Ring, frame: &Frame) -> Vec<Point> {
    let mut out = Vec::new();
    for (number, back) in &ring.lines {
        let line = thinned(&world.lines()[*number], frame);
        if *back { out.extend(line.into_iter().rev()) } else { out.extend(line) }
    }
    let (around, mut turn) = (frame.wide(360.0), 0.0);
    for n in 1..out.len() {
        let step = out[n].0 + turn - out[n - 1].0;
        turn -= (step / around).round() * around;
        out[n].0 += turn;
    }
    if let (Some(first), Some(last)) = (out.first().copied(), out.last().copied())
        && (last.0 - first.0).abs() > around / 2.0
    {
        let pole = frame.at(0.0, -90.0).1;
        out.extend([(last.0, pole), (first.0, pole)]);
    }
    out
}

fn thinned(line: &Line, frame: &Frame) -> Vec<Point> {
    thin(line.points.iter().map(|p| frame.at(p.0, p.1)))
}

/// Leaves out points close to the last one kept; the first and the last stay.
fn thin(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let (mut out, mut left): (Vec<Point>, Option<Point>) = (Vec::new(), None);
    for p in points {
        let near = out.last().is_some_and(|k| (p.0 - k.0).abs() < CLOSE && (p.1 - k.1).abs() < CLOSE);
        if near {
            left = Some(p);
        } else {
            left = None;
            out.push(p);
        }
    }
    out.extend(left);
    out
}

/// A line in parts that are contested or not; each part begins where the one before ends.
fn runs<'p>(points: &'p [Point], disputes: &[Degrees]) -> Vec<(bool, &'p [Point])> {
    let disputed = |n: usize| {
        let (a, b) = (points[n], points[n + 1]);
        let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        disputes.iter().any(|d| contains(d, middle))
    };
    let (mut out, mut from) = (Vec::new(), 0);
    for n in 1..points.len().saturating_sub(1) {
        if disputed(n) != disputed(n - 1) {
            out.push((disputed(n - 1), &points[from..=n]));
            from = n;
        }
    }
    if points.len() > 1 {
        out.push((disputed(points.len() - 2), &points[from..]));
    }
    out
}

/// A ring cut off at the frame's edges, by each in turn (Sutherland and Hodgman 1974).
fn clipped(ring: Vec<Point>) -> Vec<Point> {
    let (right, bottom) = (Frame::WIDTH + MARGIN, Frame::HEIGHT + MARGIN);
    let ring = cut(ring, |p| p.0 + MARGIN);
    let ring = cut(ring, |p| right - p.0);
    let ring = cut(ring, |p| p.1 + MARGIN);
    cut(ring, |p| bottom - p.1)
}

/// Keeps what is on the side of an edge where `inside` is not below nought; it falls evenly across the edge.
fn cut(ring: Vec<Point>, inside: impl Fn(&Point) -> f64) -> Vec<Point> {
    if ring.iter().all(|p| inside(p) >= 0.0) {
        return ring;
    }
    let mut out = Vec::with_capacity(ring.len());
    for (n, p) in ring.iter().enumerate() {
        let last = &ring[(n + ring.len() - 1) % ring.len()];
        let (here, there) = (inside(p), inside(last));
        if (here >= 0.0) != (there >= 0.0) {
            let t = there / (there - here);
            out.push((last.0 + (p.0 - last.0) * t, last.1 + (p.1 - last.1) * t));
        }
        if here >= 0.0 {
            out.push(*p);
        }
    }
    out
}

fn write_ring(points: &[Point], out: &mut String) {
    if points.len() > 2 {
        steps(points, out);
        out.push('z');
    }
}

/// A line, as far as it may be seen; it is cut at the date line.
fn write_line(points: &[Point], frame: &Frame, out: &mut String) {
    let around = frame.wide(360.0);
    let seen = |a: Point, b: Point| {
        (a.0 - b.0).abs() < around / 2.0
            && a.0.max(b.0) >= 0.0
            && a.0.min(b.0) <= Frame::WIDTH
            && a.1.max(b.1) >= 0.0
            && a.1.min(b.1) <= Frame::HEIGHT
    };
    let mut from = None;
    for n in 0..points.len() {
        let goes_on = points.get(n + 1).is_some_and(|next| seen(points[n], *next));
        match (from, goes_on) {
            (None, true) => from = Some(n),
            (Some(first), false) => {
                steps(&points[first..=n], out);
                from = None;
            }
            _ => {}
        }
    }
}

/// `m` and steps in whole tenths.
fn steps(points: &[Point], out: &mut String) {
    let tenths = |p: &Point| ((p.0 * 10.0).round() as i64, (p.1 * 10.0).round() as i64);
    let mut last = (0, 0);
    for (n, p) in points.iter().enumerate() {
        let (x, y) = tenths(p);
        if n == 0 {
            let _ = write!(out, "M{x} {y}l");
        } else if (x, y) != last {
            let (dx, dy) = (x - last.0, y - last.1);
            let gap = if n == 1 || dx < 0 { "" } else { " " };
            let _ = write!(out, "{gap}{dx}{}{dy}", if dy < 0 { "" } else { " " });
        }
        last = (x, y);
    }
    if out.ends_with('l') {
        out.push_str("0 0");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;

    fn drawn(bbox: &str) -> Drawn {
        Atlas::shipped().draw(&Frame::around(&Degrees::parse(bbox).unwrap()))
    }

    #[test]
    fn a_picture_holds_no_more_than_can_be_seen() {
        let world = drawn("-180,-90,180,90");
        let all = |d: &Drawn| d.land.len() + d.coasts.len() + d.borders.len() + d.contested.len();
        assert!((30_000..400_000).contains(&all(&world)), "{}", all(&world));
        let karabakh = drawn("45,38.5,48,41");
        assert!((500..40_000).contains(&all(&karabakh)), "{}", all(&karabakh));
        let sea = drawn("-40,20,-38,21");
        assert_eq!(sea, Drawn::default());
    }

    #[test]
    fn contested_borders_are_apart() {
        assert!(!drawn("33,45.5,35,46.5").contested.is_empty(), "the isthmus of Crimea");
        assert!(drawn("5,47,10,49").contested.is_empty(), "the Rhine");
        let kashmir = drawn("73,31,78,36");
        assert!(!kashmir.contested.is_empty() && !kashmir.borders.is_empty());
    }

    #[test]
    fn nothing_runs_across_the_world_from_the_date_line() {
        let world = drawn("-180,-90,180,90");
        // Land of the pole is closed along the picture's end.
        for path in [&world.coasts, &world.borders, &world.contested] {
            for line in path.split('M').filter_map(|m| m.split_once('l')) {
                let widest = numbers(line.1).step_by(2).map(i64::abs).max().unwrap_or(0);
                assert!(widest < 2_500, "{widest}: {}", line.0);
            }
        }
    }

    /// Numbers of a path, where a minus parts them too.
    fn numbers(path: &str) -> impl Iterator<Item = i64> {
        let spaced = path.replace('-', " -").replace('z', "");
        spaced.split_whitespace().filter_map(|n| n.parse().ok()).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn inside_a_country_all_is_land() {
        let land = drawn("25,14,26,14.5").land;
        assert!(!land.is_empty() && land.len() < 120, "{land}");
    }

    #[test]
    fn runs_meet_where_a_dispute_begins() {
        let points = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)];
        let within = Degrees { west: 1.2, south: -1.0, east: 1.8, north: 1.0 };
        let parts = runs(&points, &[within]);
        assert_eq!(parts.iter().map(|r| (r.0, r.1.len())).collect::<Vec<_>>(), [(false, 2), (true, 2), (false, 2)]);
        assert!(runs(&points[..1], &[]).is_empty());
    }
}
