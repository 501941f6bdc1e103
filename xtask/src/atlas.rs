//! How is the map of the world made? Natural Earth's countries, condensed to one text file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// The part of TopoJSON that is used: quantised arcs, and countries made of them.
#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[i64; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    countries: Countries,
}

#[derive(Deserialize)]
struct Countries {
    geometries: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    id: Option<String>,
    #[serde(flatten)]
    shape: Shape,
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

#[derive(Deserialize)]
struct States {
    state: Vec<State>,
}

#[derive(Deserialize)]
struct State {
    name: String,
    iso: Option<String>,
}

/// Condenses `countries-50m.json` of the npm package world-atlas to `data/atlas/world.txt`.
pub fn generate(source: &Path, root: &Path) -> Result<()> {
    let text = std::fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    let world: Topology =
        serde_json::from_str(&text).with_context(|| format!("{} is no TopoJSON of countries", source.display()))?;
    let names = state_names(root)?;
    let mut out = String::from(HEAD);
    let Transform { scale, translate } = &world.transform;
    writeln!(out, "grid {} {} {} {}", scale[0], scale[1], translate[0], translate[1])?;
    for arc in &world.arcs {
        writeln!(out, "arc {}", line(arc))?;
    }
    let mut countries: Vec<String> = Vec::new();
    for country in &world.objects.countries.geometries {
        let code = code(country)?;
        let name = names.get(code).unwrap_or(&country.properties.name);
        countries.push(format!("country {code} {name}\t{}", polygons(&country.shape)));
    }
    countries.sort();
    out.push_str(&countries.join("\n"));
    out.push('\n');
    let target = root.join("data/atlas/world.txt");
    std::fs::write(&target, &out).with_context(|| format!("cannot write {}", target.display()))?;
    let points: usize = world.arcs.iter().map(Vec::len).sum();
    println!(
        "{} countries, {} lines of {points} points, {} bytes in {}",
        countries.len(),
        world.arcs.len(),
        out.len(),
        target.display()
    );
    Ok(())
}

/// Names of states as the ledger has them, by ISO 3166-1 alpha-2 code.
fn state_names(root: &Path) -> Result<BTreeMap<String, String>> {
    let file = root.join("data/parties/states.toml");
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let states: States = toml::from_str(&text).with_context(|| format!("cannot read {}", file.display()))?;
    let mut names = BTreeMap::new();
    for state in states.state {
        if let Some(iso) = state.iso {
            names.entry(iso).or_insert(state.name);
        }
    }
    Ok(names)
}

/// Steps along a line, each number as characters from `?` on: five bits a character, the lowest first, with 32 more
/// while others follow; the sign is the lowest bit. (The way Google's encoded polylines write numbers.)
fn line(arc: &[[i64; 2]]) -> String {
    let mut out = String::new();
    for step in arc.iter().flatten() {
        let mut rest = (step << 1) ^ (step >> 63);
        loop {
            let more = rest >= 32;
            let bits = (rest & 31) + if more { 32 } else { 0 };
            out.push(char::from(bits as u8 + b'?'));
            rest >>= 5;
            if !more {
                break;
            }
        }
    }
    out
}

/// Rings of lines: lines by number, `~` before those that run backwards; rings of one polygon between `;`, polygons
/// between `|`.
fn polygons(shape: &Shape) -> String {
    let arc = |n: &i64| if *n < 0 { format!("~{}", -1 - n) } else { n.to_string() };
    let ring = |r: &Vec<i64>| r.iter().map(arc).collect::<Vec<_>>().join(" ");
    let polygon = |p: &Vec<Vec<i64>>| p.iter().map(ring).collect::<Vec<_>>().join(";");
    match shape {
        Shape::Polygon(p) => polygon(p),
        Shape::MultiPolygon(all) => all.iter().map(polygon).collect::<Vec<_>>().join("|"),
    }
}

/// The alpha-2 code; `-` for what has none in ISO 3166-1.
fn code(country: &Country) -> Result<&'static str> {
    let Some(number) = &country.id else {
        return Ok(if country.properties.name == "Kosovo" { "XK" } else { "-" });
    };
    let known = ISO.as_bytes().chunks_exact(5).position(|c| &c[..3] == number.as_bytes());
    match known {
        Some(at) => Ok(&ISO[at * 5 + 3..at * 5 + 5]),
        None => bail!("{} has the number {number}, which ISO 3166-1 does not have", country.properties.name),
    }
}

const HEAD: &str = "\
# Land and borders of the world: Natural Earth (public domain) through the npm package world-atlas (ISC).
# Made by `cargo xtask generate atlas`; layout and sources: README.md
";

/// ISO 3166-1: number and alpha-2 code of every country.
const ISO: &str = "\
004AF008AL010AQ012DZ016AS020AD024AO028AG031AZ032AR036AU040AT044BS048BH050BD051AM052BB056BE060BM064BT068BO070BA\
072BW074BV076BR084BZ086IO090SB092VG096BN100BG104MM108BI112BY116KH120CM124CA132CV136KY140CF144LK148TD152CL156CN\
158TW162CX166CC170CO174KM175YT178CG180CD184CK188CR191HR192CU196CY203CZ204BJ208DK212DM214DO218EC222SV226GQ231ET\
232ER233EE234FO238FK239GS242FJ246FI248AX250FR254GF258PF260TF262DJ266GA268GE270GM275PS276DE288GH292GI296KI300GR\
304GL308GD312GP316GU320GT324GN328GY332HT334HM336VA340HN344HK348HU352IS356IN360ID364IR368IQ372IE376IL380IT384CI\
388JM392JP398KZ400JO404KE408KP410KR414KW417KG418LA422LB426LS428LV430LR434LY438LI440LT442LU446MO450MG454MW458MY\
462MV466ML470MT474MQ478MR480MU484MX492MC496MN498MD499ME500MS504MA508MZ512OM516NA520NR524NP528NL531CW533AW534SX\
535BQ540NC548VU554NZ558NI562NE566NG570NU574NF578NO580MP581UM583FM584MH585PW586PK591PA598PG600PY604PE608PH612PN\
616PL620PT624GW626TL630PR634QA638RE642RO643RU646RW652BL654SH659KN660AI662LC663MF666PM670VC674SM678ST682SA686SN\
688RS690SC694SL702SG703SK704VN705SI706SO710ZA716ZW724ES728SS729SD732EH740SR744SJ748SZ752SE756CH760SY762TJ764TH\
768TG772TK776TO780TT784AE788TN792TR795TM796TC798TV800UG804UA807MK818EG826GB831GG832JE833IM834TZ840US850VI854BF\
858UY860UZ862VE876WF882WS887YE894ZM";
