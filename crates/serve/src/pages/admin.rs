//! The accounts, and what was done with them.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Frame, Page};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Visit, Way, Who, Written};
use crate::pages::moment::moment;
use crate::route::{Least, Route};

#[derive(Template)]
#[template(path = "admin.html")]
struct Admin {
    frame: Frame,
    accounts: Vec<Account>,
    roles: [Role; 4],
    lines: Vec<Line>,
    /// Number before which older lines are.
    older: Option<i64>,
}

struct Account {
    name: String,
    role: String,
    disabled: bool,
    created: String,
    own: bool,
}

struct Line {
    number: i64,
    at: String,
    who: String,
    address: String,
    action: String,
    object: String,
    detail: String,
}

#[derive(Deserialize)]
struct Asked {
    before: Option<i64>,
}

#[derive(Deserialize)]
struct Wish {
    name: String,
    /// `disable`, `enable`, `end`, or a role.
    wish: String,
}

/// Lines of the log on a page.
const LINES: usize = 100;

pub(crate) fn routes() -> Vec<Route> {
    let least = Least::Role(Role::Admin);
    vec![Route::get("/admin", least, get(admin)), Route::post("/admin/accounts", least, post(change))]
}

async fn admin(State(desk): State<Desk>, who: Who, Query(asked): Query<Asked>) -> Result<Page, Fault> {
    let found = desk.ask_accounts(move |a| Ok((a.accounts()?, a.audit(asked.before, LINES)?))).await?;
    let (accounts, lines) = found.unwrap_or_default();
    let older = lines.last().filter(|l| lines.len() == LINES && l.number > 1).map(|l| l.number);
    let accounts = accounts.into_iter().map(|a| Account {
        created: moment(a.created),
        own: a.name == who.name,
        name: a.name,
        role: a.role,
        disabled: a.disabled,
    });
    let lines = lines.into_iter().map(|l| Line {
        number: l.number,
        at: moment(l.deed.at),
        who: l.deed.who,
        address: l.deed.address,
        action: l.deed.action,
        object: l.deed.object,
        detail: l.deed.detail,
    });
    let (accounts, lines) = (accounts.collect(), lines.collect());
    let frame = Frame::new(&desk, who, "/admin", "Accounts");
    Page::of(&Admin { frame, accounts, roles: Role::ALL, lines, older })
}

async fn change(State(desk): State<Desk>, who: Who, visit: Visit, Form(asked): Form<Wish>) -> Result<Response, Fault> {
    if who.way == Way::Token {
        let told = "a token may not change accounts; log in";
        return Err(Fault::new(axum::http::StatusCode::FORBIDDEN, "forbidden", told));
    }
    if asked.name == who.name {
        return Err(Fault::asked("nobody changes their own role or shuts their own account; another admin may"));
    }
    let role = Role::parse(&asked.wish);
    let action = match asked.wish.as_str() {
        "disable" => "account disabled",
        "enable" => "account enabled",
        "end" => "sessions ended",
        _ if role.is_some() => "role",
        _ => return Err(Fault::asked("an account may be given a role, disabled, enabled, or its sessions ended")),
    };
    let mut deed = desk.deed(&who.name, &visit, action, asked.name.as_str());
    deed.detail = role.map(Role::as_str).unwrap_or_default().to_owned();
    let done = desk.change_accounts(move |a| {
        if a.account(&asked.name)?.is_none() {
            return Ok(None);
        }
        match (asked.wish.as_str(), role) {
            (_, Some(role)) => a.set_role(&asked.name, role.as_str(), &deed),
            ("end", _) => a.end_sessions(&asked.name, None, &deed),
            (wish, _) => a.set_disabled(&asked.name, wish == "disable", &deed),
        }
        .map(Some)
    });
    done.await?.flatten().ok_or_else(|| Fault::missing("account"))?;
    let mut answer = Redirect::to("/admin").into_response();
    answer.extensions_mut().insert(Written);
    Ok(answer)
}
