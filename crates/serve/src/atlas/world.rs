//! The countries of the world as `data/atlas/world.txt` has them; its README tells the layout.

use super::contested::ContestedBorder;
use super::frame::Degrees;

/// Lines, and countries made of them.
pub(super) struct World {
    lines: Vec<Line>,
    countries: Vec<Country>,
}

/// A coast, or a border that two countries share.
pub(super) struct Line {
    /// Degrees east and north.
    pub points: Vec<(f64, f64)>,
    pub extent: Degrees,
    /// The countries on its sides, by number.
    pub of: Vec<usize>,
}

/// A country or territory.
pub(super) struct Country {
    /// ISO 3166-1 alpha-2; `-` where there is none.
    pub code: String,
    pub name: String,
    /// Outer ring first, then the holes.
    pub polygons: Vec<Vec<Ring>>,
}

/// A ring of lines: the number of each, and whether it runs backwards.
pub(super) struct Ring {
    pub lines: Vec<(usize, bool)>,
    pub extent: Degrees,
}

impl World {
    /// Reads the file; `None` if it is damaged.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut grid, mut lines, mut countries) = (None, Vec::new(), Vec::new());
        for row in text.lines().filter(|l| !l.starts_with('#')) {
            match row.split_once(' ')? {
                ("grid", rest) => {
                    let parts: Option<Vec<f64>> = rest.split(' ').map(|p| p.parse().ok()).collect();
                    grid = Some(<[f64; 4]>::try_from(parts?).ok()?);
                }
                ("arc", steps) => lines.push(Line::parse(steps, grid?)?),
                ("country", rest) => {
                    let (head, shape) = rest.split_once('\t')?;
                    let (code, name) = head.split_once(' ')?;
                    let polygons = shape.split('|').map(|p| p.split(';').map(|r| Ring::parse(r, &lines)).collect());
                    let polygons = polygons.collect::<Option<Vec<Vec<Ring>>>>()?;
                    countries.push(Country { code: code.to_owned(), name: name.to_owned(), polygons });
                }
                _ => return None,
            }
        }
        for (number, country) in countries.iter().enumerate() {
            for (line, _) in country.polygons.iter().flatten().flat_map(|r| &r.lines) {
                if !lines[*line].of.contains(&number) {
                    lines[*line].of.push(number);
                }
            }
        }
        Some(Self { lines, countries })
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// By code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries.iter().find(|c| c.code == code && code != "-")
    }

    /// The lines of a contested border, as far as one of their points is in the contested part.
    pub fn shared<'a>(&'a self, border: &'a ContestedBorder) -> impl Iterator<Item = &'a Line> {
        let within = border.within();
        let inside = move |p: &(f64, f64)| contains(&within, *p);
        self.lines.iter().filter(move |l| self.is_between(l, border) && l.points.iter().any(inside))
    }

    /// Whether a line parts the two that a contested border parts.
    pub fn is_between(&self, line: &Line, border: &ContestedBorder) -> bool {
        let named = |n: &usize, name: &String| self.countries[*n].code == *name || self.countries[*n].name == *name;
        let [a, b] = &line.of[..] else { return false };
        let [x, y] = &border.between;
        named(a, x) && named(b, y) || named(a, y) && named(b, x)
    }

    /// What a country spans without its lesser parts: the polygon with the widest extent. It may go on beyond the date
    /// line.
    pub fn mainland(&self, country: &Country) -> Degrees {
        let size = |d: &Degrees| (d.east - d.west) * (d.north - d.south);
        let outer = country.polygons.iter().filter_map(|p| p.first()).map(|r| self.span(r));
        outer.max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or(Degrees::NONE)
    }

    /// What a ring spans; one that crosses the date line goes on beyond it.
    fn span(&self, ring: &Ring) -> Degrees {
        if ring.extent.east - ring.extent.west < 300.0 {
            return ring.extent;
        }
        let mut span = Degrees::NONE;
        for (line, _) in &ring.lines {
            // No line of such a ring lies on both sides but the one that crosses.
            for (lon, lat) in &self.lines[*line].points {
                span.add(if *lon < 0.0 { lon + 360.0 } else { *lon }, *lat);
            }
        }
        span
    }

    /// The country of a point, if it is on land.
    #[cfg(test)]
    pub fn at(&self, lon: f64, lat: f64) -> Option<&Country> {
        let inside = |ring: &Ring| {
            let points = self.points(ring);
            let edges = points.iter().zip(points.iter().cycle().skip(1));
            let crossed =
                edges.filter(|((x, y), (u, v))| (*y > lat) != (*v > lat) && lon < (u - x) * (lat - y) / (v - y) + x);
            crossed.count() % 2 == 1
        };
        self.countries.iter().find(|c| c.polygons.iter().any(|p| p.iter().filter(|r| inside(r)).count() % 2 == 1))
    }

    /// The points of a ring in their order.
    #[cfg(test)]
    fn points(&self, ring: &Ring) -> Vec<(f64, f64)> {
        let mut out = Vec::new();
        for (line, back) in &ring.lines {
            let points = self.lines[*line].points.iter().copied();
            if *back { out.extend(points.rev()) } else { out.extend(points) }
        }
        out
    }
}

/// Whether a point lies in a part of the world.
pub(super) fn contains(part: &Degrees, (lon, lat): (f64, f64)) -> bool {
    (part.west..=part.east).contains(&lon) && (part.south..=part.north).contains(&lat)
}

impl Line {
    fn parse(steps: &str, [sx, sy, x0, y0]: [f64; 4]) -> Option<Self> {
        let (mut numbers, mut value, mut shift) = (Vec::new(), 0_i64, 0);
        for byte in steps.bytes() {
            let bits = i64::from(byte.checked_sub(b'?').filter(|b| *b < 64)?);
            value |= (bits & 31) << shift;
            shift += 5;
            if bits < 32 {
                numbers.push((value >> 1) ^ -(value & 1));
                (value, shift) = (0, 0);
            } else if shift > 50 {
                return None;
            }
        }
        let (mut x, mut y, mut points, mut extent) = (0, 0, Vec::with_capacity(numbers.len() / 2), Degrees::NONE);
        for step in numbers.chunks_exact(2) {
            x += step[0];
            y += step[1];
            let point = (x0 + x as f64 * sx, y0 + y as f64 * sy);
            extent.add(point.0, point.1);
            points.push(point);
        }
        (shift == 0 && numbers.len().is_multiple_of(2)).then_some(Self { points, extent, of: Vec::new() })
    }
}

impl Ring {
    fn parse(text: &str, lines: &[Line]) -> Option<Self> {
        let (mut out, mut extent) = (Vec::new(), Degrees::NONE);
        for word in text.split(' ') {
            let (digits, back) = word.strip_prefix('~').map_or((word, false), |d| (d, true));
            let number: usize = digits.parse().ok()?;
            extent.join(&lines.get(number)?.extent);
            out.push((number, back));
        }
        Some(Self { lines: out, extent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_files_are_refused() {
        for bad in ["arc ??", "grid 1 1 0", "grid 1 1 0 0\narc \u{7f}", "grid 1 1 0 0\ncountry AA A\t0", "other 1"] {
            assert!(World::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn steps_add_up() {
        // 1,2 then -1,0: (1, 2) and (0, 2).
        let world = World::parse("# a comment\ngrid 10 1 0 0\narc AC@?\ncountry AA Aland\t0").unwrap();
        assert_eq!(world.lines()[0].points, [(10.0, 2.0), (0.0, 2.0)]);
        assert_eq!(world.countries()[0].name, "Aland");
    }
}
