//! The way in, and out.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{LIVES, Role, Secret, Visit, Way, Who, Written, matches};
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "login.html")]
struct Login {
    frame: Frame,
    /// Where to go on.
    to: String,
    /// Whether name or password were wrong.
    wrong: bool,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
struct Told {
    name: String,
    password: String,
    #[serde(default)]
    to: String,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/login", Least::Anybody, get(login)),
        Route::post("/login", Least::Anybody, post(enter)),
        Route::post("/logout", Least::Role(Role::Reader), post(leave)),
    ]
}

async fn login(State(desk): State<Desk>, who: Who, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    if who.way != Way::Nobody {
        return Ok(Redirect::to(inside(&asked.to)).into_response());
    }
    let to = inside(&asked.to).to_owned();
    let login = Login { frame: Frame::new(&desk, who, "/login", "Log in"), to, wrong: false };
    Ok(Page::of(&login)?.into_response())
}

/// The same answer, after the same work, whether the name is unknown, the account shut, or the password wrong.
async fn enter(
    State(desk): State<Desk>,
    who: Who,
    visit: Visit,
    headers: HeaderMap,
    Form(told): Form<Told>,
) -> Result<Response, Fault> {
    let name = told.name.trim().to_lowercase();
    desk.keeper().pace.attempt(visit.address, &name)?;
    let asked = name.clone();
    let account = desk.ask_accounts(move |a| a.account(&asked)).await?.flatten();
    let print = account.as_ref().filter(|a| !a.disabled).map(|a| a.password.clone());
    let password = told.password;
    let right = desk.keeper().hashing.run(move || matches(&password, print.as_deref())).await?;
    if !right {
        // A name that nobody has may be a password typed into the wrong field.
        let known = if account.is_some() { name.as_str() } else { "(unknown name)" };
        desk.log(desk.deed("", &visit, "login failed", known)).await?;
        let to = inside(&told.to).to_owned();
        let login = Login { frame: Frame::new(&desk, who, "/login", "Log in"), to, wrong: true };
        return Ok(written((StatusCode::UNAUTHORIZED, Page::of(&login)?)));
    }
    let secret = Secret::new();
    let agent: String = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().into();
    let agent = agent.chars().take(200).collect::<String>();
    let (print, before) = (secret.print(), visit.session);
    let deed = desk.deed(&name, &visit, "login", name.as_str());
    let begun = desk.change_accounts(move |a| {
        if let Some(before) = before {
            a.end(&before, &crate::guard::logout(&deed))?;
        }
        a.begin(&deed.who, &print, &agent, LIVES, &deed)
    });
    begun.await?;
    let cookie = HeaderValue::from_str(&visit.set_cookie(&secret));
    let cookie = cookie.map_err(|e| Fault::broken(format!("a cookie cannot be set: {e}")))?;
    Ok(written(([(header::SET_COOKIE, cookie)], Redirect::to(inside(&told.to)))))
}

async fn leave(State(desk): State<Desk>, who: Who, visit: Visit) -> Result<Response, Fault> {
    if let Some(print) = visit.session {
        let deed = desk.deed(&who.name, &visit, "logout", who.name.as_str());
        desk.change_accounts(move |a| a.end(&print, &deed)).await?;
    }
    Ok(written(([(header::SET_COOKIE, visit.unset_cookie())], Redirect::to("/login"))))
}

/// A page of ours to go on to; the overview, for an address that leads elsewhere.
fn inside(to: &str) -> &str {
    let plain = to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if to.starts_with('/') && !to.starts_with("//") && plain { to } else { "/" }
}

fn written(answer: impl IntoResponse) -> Response {
    let mut answer = answer.into_response();
    answer.extensions_mut().insert(Written);
    answer
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn login_leads_on_to_our_own_pages_only() {
        assert_eq!(inside("/claims?party=a"), "/claims?party=a");
        for elsewhere in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:x"] {
            assert_eq!(inside(elsewhere), "/");
        }
    }
}
