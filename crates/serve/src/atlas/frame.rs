//! Which part of the world is seen, and where on the picture is what?

/// A part of the world between two meridians and two parallels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Degrees {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// What is seen: a part of the world, as wide and high as the picture, in its units. Along the middle parallel lengths
/// are true in both directions, so that a ring of some kilometres is round there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    /// What is seen.
    pub seen: Degrees,
    /// Units a degree, eastwards and northwards.
    scale: (f64, f64),
}

/// Kilometres of a degree of latitude.
const DEGREE_KM: f64 = 111.2;
/// Nobody looks closer than this, in degrees.
const LEAST: f64 = 0.2;

impl Degrees {
    /// Nothing yet; grows.
    pub const NONE: Self = Self { west: 180.0, south: 90.0, east: -180.0, north: -90.0 };

    /// `west,south,east,north`, as `?bbox=` writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Option<Vec<f64>> = text.split(',').map(|p| p.trim().parse().ok()).collect();
        let [west, south, east, north] = parts?[..] else { return None };
        let sound = [west, east].iter().all(|v| v.abs() <= 360.0) && [south, north].iter().all(|v| v.abs() <= 180.0);
        (sound && west < east && south < north).then_some(Self { west, south, east, north })
    }

    /// As [`Degrees::parse`] reads it.
    pub fn text(&self) -> String {
        let round = |v: f64| (v * 1e3).round() / 1e3;
        format!("{},{},{},{}", round(self.west), round(self.south), round(self.east), round(self.north))
    }

    /// Takes in a point.
    pub fn add(&mut self, lon: f64, lat: f64) {
        self.west = self.west.min(lon);
        self.east = self.east.max(lon);
        self.south = self.south.min(lat);
        self.north = self.north.max(lat);
    }

    /// Takes in another part of the world.
    pub fn join(&mut self, other: &Self) {
        if other.west <= other.east {
            self.add(other.west, other.south);
            self.add(other.east, other.north);
        }
    }

    /// Whether nothing has been taken in.
    pub fn is_none(&self) -> bool {
        self.west > self.east
    }

    /// Its middle, east and north.
    pub fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north))
    }

    /// A part of the same middle, so many times as wide and high.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        let ((lon, lat), (w, h)) = (self.middle(), (self.east - self.west, self.north - self.south));
        let (w, h) = (w * by / 2.0, h * by / 2.0);
        Self { west: lon - w, south: lat - h, east: lon + w, north: lat + h }
    }

    /// The part beside it: `east` and `north` of its own widths further.
    #[must_use]
    pub fn moved(&self, east: f64, north: f64) -> Self {
        let (e, n) = (east * (self.east - self.west), north * (self.north - self.south));
        Self { west: self.west + e, south: self.south + n, east: self.east + e, north: self.north + n }
    }
}

impl Frame {
    /// Width and height of the picture in its own units.
    pub const WIDTH: f64 = 960.0;
    pub const HEIGHT: f64 = 576.0;

    /// The whole world.
    pub const WORLD: Degrees = Degrees { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    /// The least frame that shows all of `wanted`.
    pub fn around(wanted: &Degrees) -> Self {
        let (lon, lat) = wanted.middle();
        let lat = lat.clamp(-84.0, 84.0);
        let narrow = lat.abs().min(70.0).to_radians().cos();
        let (wide, high) = ((wanted.east - wanted.west).max(LEAST), (wanted.north - wanted.south).max(LEAST / 2.0));
        let north = (Self::HEIGHT / high).min(Self::WIDTH / (wide * narrow)).max(Self::WIDTH / 360.0);
        let scale = (north * narrow, north);
        let (w, h) = (Self::WIDTH / scale.0 / 2.0, Self::HEIGHT / scale.1 / 2.0);
        // What lies west of the date line is not joined to what lies east of it.
        let lon = if w >= 180.0 { 0.0 } else { lon.clamp(w - 180.0, 180.0 - w) };
        Self { seen: Degrees { west: lon - w, south: lat - h, east: lon + w, north: lat + h }, scale }
    }

    /// Where a point is on the picture, from its left and upper edge.
    pub fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        ((lon - self.seen.west) * self.scale.0, (self.seen.north - lat) * self.scale.1)
    }

    /// Units of so many degrees eastwards.
    pub fn wide(&self, degrees: f64) -> f64 {
        degrees * self.scale.0
    }

    /// Units of so many degrees northwards.
    pub fn high(&self, degrees: f64) -> f64 {
        degrees * self.scale.1
    }

    /// Half-axes of a ring of so many kilometres around a point of a latitude.
    pub fn ring(&self, lat: f64, km: f64) -> (f64, f64) {
        let narrow = lat.to_radians().cos().max(0.05);
        (self.wide(km / DEGREE_KM / narrow), self.high(km / DEGREE_KM))
    }

    /// Whether a point is seen.
    pub fn shows(&self, lon: f64, lat: f64) -> bool {
        (self.seen.west..=self.seen.east).contains(&lon) && (self.seen.south..=self.seen.north).contains(&lat)
    }

    /// Whether something of a part of the world may be seen.
    pub fn meets(&self, part: &Degrees) -> bool {
        let s = &self.seen;
        part.west <= s.east && part.east >= s.west && part.south <= s.north && part.north >= s.south
    }

    /// Kilometres that a width of the picture stands for, at its middle.
    pub fn km(&self, units: f64) -> f64 {
        units / self.scale.1 * DEGREE_KM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_shows_all_that_is_wanted_and_keeps_its_shape() {
        let wanted = Degrees::parse("22,8,39,23").unwrap();
        let frame = Frame::around(&wanted);
        let s = frame.seen;
        assert!(s.west <= 22.0 && s.east >= 39.0 && s.south <= 8.0 && s.north >= 23.0, "{s:?}");
        let (x, y) = frame.at(s.east, s.south);
        assert!((x - Frame::WIDTH).abs() < 1e-6 && (y - Frame::HEIGHT).abs() < 1e-6);
        let again = Frame::around(&s);
        assert!((again.seen.west - s.west).abs() < 1e-6 && (again.seen.north - s.north).abs() < 1e-6);
    }

    #[test]
    fn a_ring_is_round_in_the_middle() {
        let frame = Frame::around(&Degrees::parse("20,50,30,60").unwrap());
        let (rx, ry) = frame.ring(55.0, 100.0);
        assert!((rx / ry - 1.0).abs() < 0.01, "{rx} {ry}");
    }

    #[test]
    fn addresses_are_read_and_nonsense_is_not() {
        assert_eq!(Degrees::parse("22.5,8,39,23").unwrap().text(), "22.5,8,39,23");
        for bad in ["", "1,2,3", "3,0,1,2", "0,5,1,2", "NaN,0,1,2", "0,0,inf,2", "0,0,1,1e9", "a,b,c,d"] {
            assert_eq!(Degrees::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn nobody_leaves_the_world() {
        for text in ["-360,-180,360,180", "170,-10,190,0", "0,89,0.0001,90"] {
            let s = Frame::around(&Degrees::parse(text).unwrap()).seen;
            assert!(s.west >= -180.001 && s.east <= 180.001 && s.west < s.east, "{text}: {s:?}");
        }
    }
}
