//! Style sheet, scripts, and whatever else pages need: all inside the program. The address of each has a print of its
//! content, so that a browser may keep it for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use crate::fault::Fault;
use crate::route::{Least, Route};

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

const ASSETS: &[Asset] = &[
    Asset { name: "desk.css", kind: CSS, bytes: include_bytes!("../assets/desk.css") },
    Asset { name: "brief.css", kind: CSS, bytes: include_bytes!("../assets/brief.css") },
    Asset { name: "desk.js", kind: SCRIPT, bytes: include_bytes!("../assets/desk.js") },
    Asset { name: "review.css", kind: CSS, bytes: include_bytes!("../assets/review.css") },
    Asset { name: "review.js", kind: SCRIPT, bytes: include_bytes!("../assets/review.js") },
    Asset { name: "account.css", kind: CSS, bytes: include_bytes!("../assets/account.css") },
    Asset { name: "map.css", kind: CSS, bytes: include_bytes!("../assets/map.css") },
    Asset { name: "map.js", kind: SCRIPT, bytes: include_bytes!("../assets/map.js") },
    Asset { name: "tolls.css", kind: CSS, bytes: include_bytes!("../assets/tolls.css") },
    Asset { name: "tolls.js", kind: SCRIPT, bytes: include_bytes!("../assets/tolls.js") },
    Asset { name: "icon.svg", kind: PICTURE, bytes: include_bytes!("../assets/icon.svg") },
];

static PRINTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let print = |a: &Asset| Sha256::digest(a.bytes).iter().take(6).map(|b| format!("{b:02x}")).collect();
    ASSETS.iter().map(print).collect()
});

/// The address of an asset.
///
/// # Panics
/// If there is none of that name: a mistake in a template.
pub(crate) fn address(name: &str) -> String {
    let at = ASSETS.iter().position(|a| a.name == name).unwrap_or_else(|| panic!("no asset {name}"));
    format!("/assets/{}/{name}", PRINTS[at])
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/assets/{print}/{name}", Least::Anybody, get(asset))]
}

async fn asset(Path((print, name)): Path<(String, String)>) -> Result<Response, Fault> {
    let at = ASSETS.iter().position(|a| a.name == name).filter(|at| PRINTS[*at] == print);
    let asset = &ASSETS[at.ok_or_else(|| Fault::missing("asset"))?];
    let head = [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((head, asset.bytes).into_response())
}
