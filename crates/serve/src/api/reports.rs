//! Reports that are sent to be read, and what becomes of them.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::answer::json as answer;
use super::jobs::{Sent, State as JobState, Told, is_date};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Visit, Who, Written};

#[derive(Deserialize)]
pub(super) struct Asked {
    /// How the report is called.
    name: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
}

/// Characters of what is told of a report.
const LONGEST: usize = 2000;

pub(super) async fn send(
    State(desk): State<Desk>,
    who: Who,
    visit: Visit,
    Query(asked): Query<Asked>,
    body: Bytes,
) -> Result<Response, Fault> {
    if body.is_empty() {
        return Err(Fault::asked(
            "nothing was sent; the body is the report: text, a page, JSON Lines, or what else is read",
        ));
    }
    let told = |value: Option<String>| value.filter(|v| !v.trim().is_empty());
    let told = Told { published: told(asked.published), outlet: told(asked.outlet), url: told(asked.url) };
    if let Some(date) = told.published.as_deref().filter(|d| !is_date(d)) {
        return Err(Fault::asked(format!("published: there is no date “{date}”; write it as 2020-10-10")));
    }
    let long = |v: &Option<String>| v.as_ref().is_some_and(|v| v.chars().count() > LONGEST);
    if [&told.outlet, &told.url, &asked.name].into_iter().any(long) {
        return Err(Fault::asked(format!("name, outlet and url have at most {LONGEST} characters")));
    }
    let name = file_name(asked.name.as_deref().unwrap_or_default());
    let deed = desk.deed(&who.name, &visit, "upload", name.as_str());
    let (at, by, sender) = (desk.now(), who.name, desk.clone());
    let sent = Sent { name, bytes: body.to_vec(), told };
    let taken = tokio::task::spawn_blocking(move || sender.jobs().take(&by, at, sent));
    let id = taken.await.map_err(|e| Fault::broken(format!("what was sent was not kept: {e}")))??;
    desk.log(store::Deed { detail: id.clone(), ..deed }).await?;
    let place = format!("/api/v1/jobs/{id}");
    let body = answer(&json!({"job": id, "at": place}))?;
    let mut answer = (StatusCode::ACCEPTED, [(header::LOCATION, place)], body).into_response();
    answer.extensions_mut().insert(Written);
    Ok(answer)
}

pub(super) async fn job(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Response, Fault> {
    let job = desk.jobs().job(&id).ok_or_else(|| Fault::missing("job"))?;
    let notes = |notes: &[(String, String)]| -> Vec<serde_json::Value> {
        notes.iter().map(|(kind, message)| json!({"kind": kind, "message": message})).collect()
    };
    let outcome = job.outcome.unwrap_or_default();
    let read = outcome.read.iter().map(|r| {
        json!({
            "article": r.article, "path": r.path, "saved": r.saved, "claims": r.claims, "figures": r.figures,
            "notes": notes(&r.notes),
        })
    });
    answer(&json!({
        "type": "job",
        "id": job.id,
        "by": job.by,
        "at": jiff::Timestamp::from_second(job.at).map(|t| t.to_string()).unwrap_or_default(),
        "name": job.name,
        "bytes": job.bytes,
        "state": match job.state {
            JobState::Waiting => "waiting",
            JobState::Reading => "reading",
            JobState::Done => "done",
            JobState::Failed => "failed",
        },
        "reports_done": job.done,
        "read": read.collect::<Vec<_>>(),
        "unread": outcome.unread.iter().map(|u| json!({"why": u.why})).collect::<Vec<_>>(),
        "notes": notes(&outcome.notes),
        "why": job.why,
    }))
}

/// A name without a path: it is shown, and stands in the ledger, and is never opened.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    let plain = plain.trim().trim_matches('.');
    if plain.is_empty() { "report".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_are_no_paths() {
        for (told, name) in [
            ("a.txt", "a.txt"),
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\b.html", "b.html"),
            ("..", "report"),
            ("", "report"),
        ] {
            assert_eq!(file_name(told), name);
        }
    }
}
