//! What people said of claims and figures: the layer beside the machine's reading, in the order in which it was said.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use evidence::correction::{Correction, Verdict};
use serde::{Deserialize, Serialize};
use store::Corrections;

use super::answer::json;
use crate::desk::Desk;
use crate::fault::Fault;

#[derive(Deserialize)]
pub(super) struct After {
    /// Those with a number above this one.
    #[serde(default)]
    after: u64,
}

#[derive(Serialize)]
struct Items {
    items: Vec<CorrectionView>,
    /// What `after` is for the rest.
    next: Option<u64>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "correction")]
struct CorrectionView {
    number: u64,
    kind: &'static str,
    object: String,
    article: String,
    quote: String,
    coder: String,
    at: String,
    verdict: &'static str,
    values: BTreeMap<&'static str, String>,
    takes_back: Option<u64>,
    settles: bool,
    why: String,
}

/// Corrections that are given at once.
const MOST: usize = 500;

pub(super) async fn list(State(desk): State<Desk>, Query(asked): Query<After>) -> Result<Response, Fault> {
    let found = desk.ask(move |ledger| Ok(ledger.corrections(asked.after)?)).await?;
    let more = found.len() > MOST;
    let items: Vec<CorrectionView> = found.into_iter().take(MOST).map(view).collect();
    let next = items.last().filter(|_| more).map(|c| c.number);
    json(&Items { items, next })
}

fn view(correction: Correction) -> CorrectionView {
    let said = correction.said;
    let verdict = said.verdict.as_str();
    let (values, takes_back) = match said.verdict {
        Verdict::Correct(values) => (values, None),
        Verdict::TakeBack(number) => (BTreeMap::new(), Some(number)),
        _ => (BTreeMap::new(), None),
    };
    CorrectionView {
        number: correction.number,
        kind: said.object.kind.as_str(),
        object: said.object.id,
        article: said.anchor.article,
        quote: said.anchor.quote,
        coder: said.coder,
        at: jiff::Timestamp::from_second(said.at).map(|t| t.to_string()).unwrap_or_default(),
        verdict,
        values: values.into_iter().map(|(field, value)| (field.as_str(), value)).collect(),
        takes_back,
        settles: said.settles,
        why: said.why,
    }
}
