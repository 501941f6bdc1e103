//! One's own account: password, sessions, tokens.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{LIVES, Role, Secret, Visit, Way, Who, Written, hash_password, matches, new_token, too_plain};
use crate::pages::moment::moment;
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    frame: Frame,
    sessions: Vec<Session>,
    tokens: Vec<Token>,
    /// Names of the roles that a token may have.
    roles: Vec<&'static str>,
    /// A token just made: shown this once.
    token: Option<String>,
    /// What became of the last wish.
    told: Option<String>,
}

struct Session {
    id: i64,
    begun: String,
    used: String,
    address: String,
    agent: String,
    here: bool,
}

struct Token {
    id: i64,
    name: String,
    role: String,
    created: String,
    expires: String,
    ended: bool,
    used: String,
}

#[derive(Deserialize)]
struct Passwords {
    old: String,
    new: String,
    again: String,
}

#[derive(Deserialize)]
struct Wanted {
    name: String,
    role: String,
    days: u16,
}

#[derive(Deserialize)]
struct One {
    id: i64,
}

/// Days that a token may last.
const LONGEST: u16 = 366;
const DAY: i64 = 24 * 3600;

pub(crate) fn routes() -> Vec<Route> {
    let least = Least::Role(Role::Reader);
    vec![
        Route::get("/account", least, get(account)),
        Route::post("/account/password", least, post(password)),
        Route::post("/account/sessions/end", least, post(end)),
        Route::post("/account/tokens", least, post(make)),
        Route::post("/account/tokens/revoke", least, post(revoke)),
    ]
}

async fn account(State(desk): State<Desk>, who: Who, visit: Visit) -> Result<Page, Fault> {
    draw(&desk, who, &visit, None, None).await
}

async fn draw(
    desk: &Desk,
    who: Who,
    visit: &Visit,
    token: Option<String>,
    told: Option<String>,
) -> Result<Page, Fault> {
    let (name, now, here) = (who.name.clone(), desk.now(), visit.session);
    let found = desk.ask_accounts(move |a| Ok((a.sessions(&name, LIVES, now)?, a.tokens(&name)?))).await?;
    let (sessions, tokens) = found.unwrap_or_default();
    let sessions = sessions.into_iter().map(|s| Session {
        id: s.id,
        begun: moment(s.begun),
        used: moment(s.used),
        here: Some(s.print) == here,
        address: s.address,
        agent: s.agent,
    });
    let tokens = tokens.into_iter().map(|t| Token {
        id: t.id,
        name: t.name,
        role: t.role,
        created: moment(t.created),
        expires: moment(t.expires),
        ended: t.expires <= now,
        used: t.used.map_or_else(|| "never".to_owned(), moment),
    });
    let (sessions, tokens) = (sessions.collect(), tokens.collect());
    let roles = Role::ALL.into_iter().filter(|r| who.may(*r)).map(Role::as_str).collect();
    Page::of(&Account { frame: Frame::new(desk, who, "/account", "Account"), sessions, tokens, roles, token, told })
}

/// A token in the wrong hands must not be able to shut its owner out or to make more of its kind.
fn by_hand(who: &Who) -> Result<(), Fault> {
    let told = match who.way {
        Way::Session => return Ok(()),
        Way::Local => "there are no accounts here; make the first: standoff account add NAME --role admin",
        _ => "a token may not change accounts; log in",
    };
    Err(Fault::new(axum::http::StatusCode::FORBIDDEN, "forbidden", told))
}

async fn password(
    State(desk): State<Desk>,
    who: Who,
    visit: Visit,
    Form(asked): Form<Passwords>,
) -> Result<Response, Fault> {
    by_hand(&who)?;
    let again = |told: String| draw(&desk, who.clone(), &visit, None, Some(told));
    if asked.new != asked.again {
        return Ok(again("The two new passwords differ; nothing was changed.".to_owned()).await?.into_response());
    }
    if let Some(why) = too_plain(&who.name, &asked.new) {
        return Ok(again(format!("Nothing was changed: {why}.")).await?.into_response());
    }
    desk.keeper().pace.attempt(visit.address, &who.name)?;
    let name = who.name.clone();
    let print = desk.ask_accounts(move |a| a.account(&name)).await?.flatten().map(|a| a.password);
    let (old, new, name) = (asked.old, asked.new, who.name.clone());
    let made = move || matches(&old, print.as_deref()).then(|| hash_password(&name, &new));
    let Some(made) = desk.keeper().hashing.run(made).await? else {
        desk.log(desk.deed(&who.name, &visit, "password refused", who.name.as_str())).await?;
        return Ok(again("The old password is wrong; nothing was changed.".to_owned()).await?.into_response());
    };
    let (made, secret) = (made.map_err(Fault::asked)?, Secret::new());
    let deed = desk.deed(&who.name, &visit, "password", who.name.as_str());
    let (name, print, begun) = (who.name.clone(), secret.print(), desk.deed(&who.name, &visit, "login", "rotated"));
    let changed = desk.change_accounts(move |a| {
        // All sessions end, this one too: whoever knew the password may have its cookie. Here another begins.
        a.set_password(&name, &made, None, &deed)?;
        a.begin(&name, &print, "", LIVES, &begun)
    });
    changed.await?;
    let cookie = [(header::SET_COOKIE, visit.set_cookie(&secret))];
    Ok(written((cookie, Redirect::to("/account"))))
}

async fn end(State(desk): State<Desk>, who: Who, visit: Visit, Form(one): Form<One>) -> Result<Response, Fault> {
    by_hand(&who)?;
    let deed = desk.deed(&who.name, &visit, "session ended", who.name.as_str());
    let ended = desk.change_accounts(move |a| a.end_sessions(&who.name, Some(one.id), &deed)).await?;
    ended.filter(|e| *e).ok_or_else(|| Fault::missing("session"))?;
    Ok(written(Redirect::to("/account")))
}

async fn make(State(desk): State<Desk>, who: Who, visit: Visit, Form(asked): Form<Wanted>) -> Result<Response, Fault> {
    by_hand(&who)?;
    let role = Role::parse(&asked.role).filter(|r| who.may(*r));
    let role = role.ok_or_else(|| Fault::asked("a token has a role, and at most your own"))?;
    let name = asked.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(Fault::asked("a token has a name of 1 to 60 characters, to know it by"));
    }
    if !(1..=LONGEST).contains(&asked.days) {
        return Err(Fault::asked(format!("a token lasts 1 to {LONGEST} days")));
    }
    let (token, print) = new_token();
    let (account, expires) = (who.name.clone(), desk.now() + i64::from(asked.days) * DAY);
    let mut deed = desk.deed(&who.name, &visit, "token", name.as_str());
    deed.detail = format!("{}, {} days", role.as_str(), asked.days);
    desk.change_accounts(move |a| a.add_token(&account, &name, role.as_str(), &print, expires, &deed)).await?;
    Ok(written(draw(&desk, who, &visit, Some(token), None).await?))
}

async fn revoke(State(desk): State<Desk>, who: Who, visit: Visit, Form(one): Form<One>) -> Result<Response, Fault> {
    by_hand(&who)?;
    let deed = desk.deed(&who.name, &visit, "token revoked", one.id.to_string());
    let gone = desk.change_accounts(move |a| a.revoke(&who.name, one.id, &deed)).await?;
    gone.filter(|g| *g).ok_or_else(|| Fault::missing("token"))?;
    Ok(written(Redirect::to("/account")))
}

fn written(answer: impl IntoResponse) -> Response {
    let mut answer = answer.into_response();
    answer.extensions_mut().insert(Written);
    answer
}
