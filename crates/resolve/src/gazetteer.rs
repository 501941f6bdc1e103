//! Which places of the world bear a name, and where are they?
//!
//! One file, made by `cargo xtask generate gazetteer` from GeoNames (CC BY 4.0) and mapped into the binary; nothing is
//! parsed at start-up. Layout, all numbers little-endian:
//!
//! ```text
//! "SOGAZ1\0\0"  u32 records, u32 names, u32 postings, u32 fst       lengths in bytes
//! records    13 bytes each: i24 latitude and i24 longitude in units of 1e-4 degrees, u24 population in tens,
//!            u8 country (number in COUNTRIES), u24 offset of its name
//! names      each a length byte and UTF-8
//! postings   each a count byte and that many u24 record numbers, most populous first
//! fst        folded name → record number, or POSTED + offset into postings where several places share it
//! ```

use std::collections::BTreeMap;

use fst::Map;

use crate::fold::fold;

const MAGIC: &[u8; 8] = b"SOGAZ1\0\0";
const HEADER: usize = 24;
const RECORD: usize = 13;
const POSTED: u64 = 1 << 32;
/// More places of one name than this are not told apart by anything we know.
const MOST_NAMESAKES: usize = 24;

/// One populated place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place<'g> {
    /// Its main name in GeoNames.
    pub name: &'g str,
    /// ISO 3166-1 alpha-2 code of the country whose territory it is by GeoNames.
    pub country: [u8; 2],
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, to the nearest ten; 0 if not known.
    pub population: u32,
}

/// A place as the generator hands it over.
#[derive(Debug, Clone)]
pub struct Source {
    /// Main name.
    pub name: String,
    /// Other names worth keeping.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: [u8; 2],
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants.
    pub population: u32,
}

/// The places of the world by name.
pub struct Gazetteer<'g> {
    records: &'g [u8],
    names: &'g [u8],
    postings: &'g [u8],
    by_name: Map<&'g [u8]>,
}

impl<'g> Gazetteer<'g> {
    /// Reads the layout above; `None` if the bytes have another one.
    pub fn of(bytes: &'g [u8]) -> Option<Self> {
        let length = |n: usize| {
            let at = MAGIC.len() + 4 * n;
            Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize)
        };
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let (records, rest) = bytes.get(HEADER..)?.split_at_checked(length(0)?)?;
        let (names, rest) = rest.split_at_checked(length(1)?)?;
        let (postings, rest) = rest.split_at_checked(length(2)?)?;
        let by_name = Map::new(rest.get(..length(3)?)?).ok()?;
        Some(Self { records, names, postings, by_name })
    }

    /// Places that bear the folded name, most populous first.
    pub fn find(&self, folded: &str) -> Vec<Place<'g>> {
        let Some(found) = self.by_name.get(folded) else { return Vec::new() };
        if found < POSTED {
            return self.place(found as usize).into_iter().collect();
        }
        let at = (found - POSTED) as usize;
        let count = usize::from(*self.postings.get(at).unwrap_or(&0));
        (0..count).filter_map(|n| self.place(u24(self.postings, at + 1 + 3 * n)? as usize)).collect()
    }

    /// Whether any place bears the folded name.
    pub fn has(&self, folded: &str) -> bool {
        self.by_name.contains_key(folded)
    }

    /// How many places it knows.
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    fn place(&self, number: usize) -> Option<Place<'g>> {
        let at = number * RECORD;
        let degrees = |at: usize| Some(f64::from((u24(self.records, at)? << 8).cast_signed() >> 8) / 1e4);
        let name_at = u24(self.records, at + 10)? as usize;
        let name_end = name_at + 1 + usize::from(*self.names.get(name_at)?);
        Some(Place {
            name: std::str::from_utf8(self.names.get(name_at + 1..name_end)?).ok()?,
            country: country_code(*self.records.get(at + 9)?),
            lat: degrees(at)?,
            lon: degrees(at + 3)?,
            population: u24(self.records, at + 6)? * 10,
        })
    }
}

/// Writes places in the layout above. The same places give the same bytes, in whatever order they come.
///
/// # Panics
/// If there are more than 16 million places.
pub fn write(mut places: Vec<Source>) -> Vec<u8> {
    places.sort_by(|a, b| (&a.name, a.country, a.population).cmp(&(&b.name, b.country, b.population)));
    let (mut records, mut names, mut postings) = (Vec::new(), Vec::new(), Vec::new());
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut last = (String::new(), 0);
    for (number, p) in places.iter().enumerate() {
        if p.name != last.0 || number == 0 {
            last = (p.name.clone(), names.len());
            names.push(u8::try_from(p.name.len()).unwrap_or(u8::MAX));
            names.extend(&p.name.as_bytes()[..p.name.len().min(255)]);
        }
        put24(&mut records, (p.lat * 1e4).round() as i32 as u32);
        put24(&mut records, (p.lon * 1e4).round() as i32 as u32);
        put24(&mut records, (p.population / 10).min(0xff_ffff));
        records.push(country_number(p.country));
        put24(&mut records, u32::try_from(last.1).expect("fewer than 16 MB of names"));
        for key in std::iter::once(&p.name).chain(&p.aliases).map(|n| fold(n)).filter(|k| k.len() >= 2) {
            by_name.entry(key).or_default().push(number);
        }
    }
    let mut builder = fst::MapBuilder::memory();
    for (key, mut found) in by_name {
        found.sort_by_key(|n| (std::cmp::Reverse(places[*n].population), *n));
        found.dedup();
        found.truncate(MOST_NAMESAKES);
        let value = if let [one] = found[..] { one as u64 } else { POSTED + post(&mut postings, &found) };
        builder.insert(key, value).expect("keys come in order");
    }
    let fst = builder.into_inner().expect("memory can be written");
    let mut out = MAGIC.to_vec();
    for part in [&records, &names, &postings, &fst] {
        out.extend(u32::try_from(part.len()).expect("fewer than 4 GB").to_le_bytes());
    }
    [records, names, postings, fst].iter().for_each(|part| out.extend(part));
    out
}

fn post(postings: &mut Vec<u8>, found: &[usize]) -> u64 {
    let at = postings.len() as u64;
    postings.push(found.len() as u8);
    found.iter().for_each(|n| put24(postings, *n as u32));
    at
}

fn put24(out: &mut Vec<u8>, value: u32) {
    out.extend(&value.to_le_bytes()[..3]);
}

fn u24(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at + 3)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

/// ISO codes in alphabetical order; a country's number is its place in the list. New codes go to the end.
const COUNTRIES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCL\
CMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMIN\
IOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNG\
NINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTN\
TOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

fn country_number(code: [u8; 2]) -> u8 {
    COUNTRIES.as_bytes().chunks_exact(2).position(|c| c == code).map_or(u8::MAX, |n| n as u8)
}

fn country_code(number: u8) -> [u8; 2] {
    COUNTRIES.as_bytes().chunks_exact(2).nth(number.into()).map_or(*b"??", |c| [c[0], c[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, aliases: &[&str], country: &[u8; 2], lat: f64, lon: f64, population: u32) -> Source {
        let aliases = aliases.iter().map(|a| (*a).to_owned()).collect();
        Source { name: name.to_owned(), aliases, country: *country, lat, lon, population }
    }

    #[test]
    fn what_is_written_is_found_again() {
        let bytes = write(vec![
            source("Tripoli", &["Ṭarābulus"], b"LY", 32.8875, 13.1873, 1_150_989),
            source("Tripoli", &["Tarabulus"], b"LB", 34.4335, 35.8441, 229_398),
            source("Ushuaia", &[], b"AR", -54.8108, -68.3159, 56_956),
        ]);
        let places = Gazetteer::of(&bytes).unwrap();
        let found = places.find(&fold("TARABULUS"));
        assert_eq!(found.iter().map(|p| p.country).collect::<Vec<_>>(), [*b"LY", *b"LB"]);
        let ushuaia = &places.find("ushuaia")[0];
        assert_eq!((ushuaia.lat, ushuaia.lon, ushuaia.population), (-54.8108, -68.3159, 56_950));
        assert!(places.find("nowhere").is_empty() && places.len() == 3);
    }

    #[test]
    fn other_bytes_are_refused() {
        for bad in [&b""[..], b"SOGAZ1\0\0", b"SOGAZ1\0\0\xff\xff\xff\xff0000000000000000"] {
            assert!(Gazetteer::of(bad).is_none());
        }
    }
}
