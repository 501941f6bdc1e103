//! What people said of claims and figures: the layer beside the machine's reading, in the order in which it was said.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evidence::correction::{Correction, Field, Kind, Object, Verdict};
use serde::{Deserialize, Serialize};
use store::{Corrections, Kept};

use super::answer::json;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Who;
use crate::pages::review::Saying;

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

/// What a program says of a claim or figure, in the name of its account.
#[derive(Deserialize)]
pub(super) struct Word {
    kind: String,
    object: String,
    verdict: String,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    why: String,
    #[serde(default)]
    seen: u64,
}

pub(super) async fn say(
    State(desk): State<Desk>,
    who: Who,
    body: Result<Json<Word>, JsonRejection>,
) -> Result<Response, Fault> {
    let Json(word) = body.map_err(|e| Fault::asked(format!("the body is no correction: {}", e.body_text())))?;
    let kind = Kind::parse(&word.kind).ok_or_else(|| Fault::asked("kind: it is claim or figure"))?;
    let named = |(name, value): (String, String)| {
        let field = Field::parse(&name).filter(|f| kind.fields().contains(f));
        let known = || kind.fields().iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", ");
        let told = || Fault::asked(format!("values: there is no field “{name}”; there are {}", known()));
        Ok((field.ok_or_else(told)?, value))
    };
    let values = word.values.into_iter().map(named).collect::<Result<_, Fault>>()?;
    let object = Object { kind, id: word.object };
    let saying = Saying { object, verdict: word.verdict, values, why: word.why, seen: word.seen };
    match crate::pages::review::say(&desk, &who, saying).await? {
        Kept::New(number) => Ok((StatusCode::CREATED, json(&Said { number, kept: "new" })?).into_response()),
        Kept::Already(number) => json(&Said { number, kept: "already" }),
        Kept::Behind(later) => {
            let last = later.last().map_or(0, |c| c.number);
            let told = format!("others said something meanwhile; look at it and send this again with seen {last}");
            Err(Fault::new(StatusCode::CONFLICT, "behind", told))
        }
    }
}

/// What became of a correction.
#[derive(Serialize)]
struct Said {
    number: u64,
    kept: &'static str,
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
