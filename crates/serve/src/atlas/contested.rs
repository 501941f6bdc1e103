//! Which borders and areas are contested: `data/contested.toml`.

use serde::Deserialize;

use super::frame::Degrees;

/// All that is contested.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contested {
    pub border: Vec<ContestedBorder>,
    pub area: Vec<ContestedArea>,
}

/// A border that is not agreed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContestedBorder {
    /// Codes, or names of what has none.
    pub between: [String; 2],
    /// The part that is contested: west, south, east, north. None: all of it.
    within: Option<[f64; 4]>,
    /// Why, in our own words.
    pub words: String,
}

/// About where an area lies that is contested.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContestedArea {
    pub name: String,
    /// Other names, by whoever claims it.
    pub names: Vec<String>,
    pub lat: f64,
    pub lon: f64,
    pub radius_km: f64,
    /// Who claims what, in our own words.
    pub words: String,
}

impl Contested {
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

impl ContestedBorder {
    /// The part of the world in which it is contested.
    pub fn within(&self) -> Degrees {
        let [west, south, east, north] = self.within.unwrap_or([-180.0, -90.0, 180.0, 90.0]);
        Degrees { west, south, east, north }
    }
}
