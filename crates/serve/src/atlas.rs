//! Where do land and borders run, and which of them are contested? Natural Earth's countries (`data/atlas`) and our own
//! list of contested borders and areas (`data/contested.toml`), drawn into a frame.

mod contested;
mod frame;
mod paths;
mod world;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub(crate) use contested::{ContestedArea, ContestedBorder};
pub(crate) use frame::{Degrees, Frame};
pub(crate) use paths::Drawn;

use contested::Contested;
use world::World;

/// The map of the world with what is contested on it.
pub(crate) struct Atlas {
    world: World,
    contested: Contested,
    radii: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Areas {
    area: Vec<Area>,
}

/// How far a region reaches.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Area {
    name: String,
    radius_km: f64,
}

impl Atlas {
    /// The one that travels inside the program.
    ///
    /// # Panics
    /// If its files are damaged; a test reads them.
    pub fn shipped() -> &'static Self {
        static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
            let areas: Areas =
                toml::from_str(bundle::file("atlas/areas.toml")).expect("data/atlas/areas.toml is whole");
            Atlas {
                world: World::parse(bundle::file("atlas/world.txt")).expect("data/atlas/world.txt is whole"),
                contested: Contested::parse(bundle::file("contested.toml")).expect("data/contested.toml is whole"),
                radii: areas.area.into_iter().map(|a| (a.name, a.radius_km)).collect(),
            }
        });
        &ATLAS
    }

    /// How far a region reaches from its middle, in kilometres; none for what is no region that is listed.
    pub fn radius_km(&self, region: &str) -> Option<f64> {
        self.radii.get(region).copied()
    }

    /// What a country spans, by its ISO 3166-1 alpha-2 code; islands far off are left out.
    pub fn extent(&self, code: &str) -> Option<Degrees> {
        self.world.country(code).map(|c| self.world.mainland(c))
    }

    /// A country's name, by its code.
    pub fn name(&self, code: &str) -> Option<&str> {
        self.world.country(code).map(|c| c.name.as_str())
    }

    /// Names of countries with where they may be written: those of which enough is seen.
    pub fn names(&self, frame: &Frame) -> Vec<(&str, f64, f64)> {
        let mut out = Vec::new();
        for country in self.world.countries() {
            let place = self.world.mainland(country);
            let (wide, high) = (frame.wide(place.east - place.west), frame.high(place.north - place.south));
            let (lon, lat) = place.middle();
            if wide > 7.0 * country.name.chars().count() as f64 && high > 24.0 && frame.shows(lon, lat) {
                let (x, y) = frame.at(lon, lat);
                out.push((country.name.as_str(), x, y));
            }
        }
        out
    }

    /// Contested areas of which something is seen.
    pub fn contested_areas(&self, frame: &Frame) -> impl Iterator<Item = &ContestedArea> {
        self.contested.area.iter().filter(|a| frame.shows(a.lon, a.lat))
    }

    /// Contested borders of which something is seen.
    pub fn contested_borders(&self, frame: &Frame) -> Vec<&ContestedBorder> {
        self.contested.border.iter().filter(|b| self.world.shared(b).any(|line| frame.meets(&line.extent))).collect()
    }

    /// Land and lines as paths of SVG.
    pub fn draw(&self, frame: &Frame) -> Drawn {
        paths::draw(&self.world, &self.contested, frame)
    }

    /// One country's land as a path of SVG.
    pub fn country(&self, code: &str, frame: &Frame) -> Option<String> {
        self.world.country(code).map(|c| paths::land(&self.world, [c], frame))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_atlas_is_whole() {
        let atlas = Atlas::shipped();
        assert_eq!(atlas.world.countries().len(), 241);
        assert_eq!(atlas.name("CD"), Some("Democratic Republic of the Congo"));
        let sudan = atlas.extent("SD").unwrap();
        assert!(sudan.west > 21.0 && sudan.east < 39.5 && sudan.south > 8.0 && sudan.north < 23.5, "{sudan:?}");
    }

    #[test]
    fn every_contested_border_is_a_border_of_the_atlas() {
        let atlas = Atlas::shipped();
        // Natural Earth draws no line between some that are listed for their words.
        let missing: Vec<_> = atlas
            .contested
            .border
            .iter()
            .filter(|b| atlas.world.shared(b).next().is_none())
            .map(|b| &b.between)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn what_is_held_is_drawn_as_the_readme_says() {
        let atlas = Atlas::shipped();
        let at = |lon, lat| atlas.world.at(lon, lat).map(|c| c.name.as_str());
        assert_eq!(at(34.1, 45.0), Some("Russia"), "Crimea");
        assert_eq!(at(33.6, 35.3), Some("N. Cyprus"));
        assert_eq!(at(44.1, 9.6), Some("Somaliland"));
        assert_eq!(at(35.75, 33.05), Some("Israel"), "Golan Heights");
        assert_eq!(at(46.75, 39.82), Some("Azerbaijan"), "Stepanakert");
    }

    /// A region with a position and no radius would be drawn as a false point.
    #[test]
    fn every_region_with_a_position_has_a_radius() {
        #[derive(Deserialize)]
        struct Profile {
            #[serde(default)]
            place: Vec<Place>,
        }
        #[derive(Deserialize)]
        struct Place {
            name: String,
            lat: Option<f64>,
            #[serde(default)]
            region: bool,
        }
        for (file, text) in bundle::files("conflicts") {
            let profile: Profile = toml::from_str(text).unwrap();
            for place in profile.place.iter().filter(|p| p.region && p.lat.is_some()) {
                assert!(Atlas::shipped().radius_km(&place.name).is_some(), "{} of {file}", place.name);
            }
        }
    }
}
