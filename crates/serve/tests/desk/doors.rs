//! Logging in and out, passwords, tokens, the log, and what every answer carries.

use super::tried::{NOW, PASSWORD, Tried};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

fn csrf_of(page: &str) -> String {
    let value = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

fn cookie_of(answer: &super::tried::Answer) -> String {
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
    cookie.strip_prefix("standoff=").unwrap_or_default().to_owned()
}

async fn log_in(tried: &Tried, name: &str, password: &str, before: &str) -> super::tried::Answer {
    let csrf = csrf_of(&tried.get("/login", before).await.body);
    tried.post("/login", before, &format!("csrf={csrf}&name={name}&password={password}&to=/account")).await
}

#[tokio::test]
async fn one_logs_in_looks_and_logs_out() {
    let tried = Tried::with_accounts();
    let away = tried.get("/account?a=b", "").await;
    assert_eq!((away.status, away.header("location")), (StatusCode::SEE_OTHER, "/login?to=/account%3Fa%3Db"));
    let answer = log_in(&tried, "Coder", PASSWORD, "").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/account"));
    let set = answer.header("set-cookie");
    assert!(set.contains("; HttpOnly") && set.contains("; SameSite=Strict") && !set.contains("Secure"), "{set}");
    let cookie = cookie_of(&answer);
    let page = tried.get("/account", &cookie).await;
    assert!(page.status == StatusCode::OK && page.body.contains("<strong>coder</strong>"), "{}", page.body);
    let out = tried.post("/logout", &cookie, &format!("csrf={}", csrf_of(&page.body))).await;
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(tried.get("/account", &cookie).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn unknown_names_and_wrong_passwords_get_the_same_answer() {
    let tried = Tried::with_accounts();
    let page = |body: String| body.replace(&csrf_of(&body), "");
    let wrong = log_in(&tried, "coder", "seven grey cranes", "").await;
    let unknown = log_in(&tried, "nobody-here", "seven grey cranes", "").await;
    assert_eq!((wrong.status, page(wrong.body)), (unknown.status, page(unknown.body)));
    assert!(wrong.headers.get("set-cookie").is_none());
    let lines = tried.accounts.as_ref().unwrap().audit(None, 2).unwrap();
    let told: Vec<_> = lines.iter().map(|l| (l.deed.action.as_str(), l.deed.object.as_str())).collect();
    assert_eq!(told, [("login failed", "(unknown name)"), ("login failed", "coder")]);
}

#[tokio::test]
async fn too_many_attempts_are_refused_and_told_when_to_come_back() {
    let tried = Tried::with_accounts();
    for _ in 0..10 {
        assert_eq!(log_in(&tried, "coder", "no no no no no", "").await.status, StatusCode::UNAUTHORIZED);
    }
    let answer = log_in(&tried, "coder", PASSWORD, "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|s| (1..=11).contains(&s)));
    assert!(answer.body.contains("too-many-attempts"));
}

#[tokio::test]
async fn sessions_end_by_themselves_and_with_a_new_password() {
    let mut tried = Tried::with_accounts();
    let first = cookie_of(&log_in(&tried, "coder", PASSWORD, "").await);
    let second = cookie_of(&log_in(&tried, "coder", PASSWORD, "").await);
    let csrf = csrf_of(&tried.get("/account", &first).await.body);
    let form = |old: &str, new: &str| format!("csrf={csrf}&old={old}&new={new}&again={new}");
    let wrong = tried.post("/account/password", &first, &form("not the old one", "nine quiet otters")).await;
    assert!(wrong.body.contains("old password is wrong"), "{}", wrong.body);
    let plain = tried.post("/account/password", &first, &form(PASSWORD, "short")).await;
    assert!(plain.body.contains("at least 12"), "{}", plain.body);
    let answer = tried.post("/account/password", &first, &form(PASSWORD, "nine quiet otters")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let third = cookie_of(&answer);
    for (cookie, status) in [(&first, 303), (&second, 303), (&third, 200)] {
        assert_eq!(tried.get("/account", cookie).await.status.as_u16(), status);
    }
    assert_eq!(log_in(&tried, "coder", PASSWORD, "").await.status, StatusCode::UNAUTHORIZED);
    let again = log_in(&tried, "coder", "nine quiet otters", &third).await;
    // Somebody who is logged in is led on from the page to log in, which therefore has no form for them.
    assert_eq!(again.status, StatusCode::FORBIDDEN);

    let lives = store::Lifetimes { idle: 10, absolute: 30 };
    let print = [7; 32];
    tried.accounts().begin("reader", &print, "", lives, &super::tried::deed("login")).unwrap();
    let there = |at: i64| tried.accounts.as_ref().unwrap().by_session(&print, lives, NOW + at).unwrap().is_some();
    assert!(there(9) && !there(10), "idle");
    let long = store::Lifetimes { idle: 100, absolute: 70 };
    let here = |at: i64| tried.accounts.as_ref().unwrap().by_session(&print, long, NOW + at).unwrap().is_some();
    assert!(here(65) && here(69) && !here(70), "used, but over all the same");
}

#[tokio::test]
async fn a_token_is_shown_once_does_what_its_role_may_and_is_taken_back() {
    let tried = Tried::with_accounts();
    let cookie = cookie_of(&log_in(&tried, "editor", PASSWORD, "").await);
    let csrf = csrf_of(&tried.get("/account", &cookie).await.body);
    let wish = |role: &str| format!("csrf={csrf}&name=Nightly+export&role={role}&days=30");
    let above = tried.post("/account/tokens", &cookie, &wish("admin")).await;
    assert_eq!(above.status, StatusCode::BAD_REQUEST);
    let made = tried.post("/account/tokens", &cookie, &wish("reader")).await;
    let token = made.body.split("<code>standoff_").nth(1).and_then(|r| r.split('<').next()).unwrap().to_owned();
    let page = tried.get("/account", &cookie).await.body;
    assert!(page.contains("Nightly export") && !page.contains(&token));
    let ask = |path: &str| {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer standoff_{token}"));
        tried.ask(request.body(Body::empty()).unwrap())
    };
    assert_eq!(ask("/account").await.status, StatusCode::OK);
    assert_eq!(ask("/admin").await.status, StatusCode::FORBIDDEN);
    let id = page.split("/account/tokens/revoke").nth(1).and_then(|r| r.split("name=\"id\" value=\"").nth(1));
    let id = id.and_then(|r| r.split('"').next()).unwrap();
    let gone = tried.post("/account/tokens/revoke", &cookie, &format!("csrf={csrf}&id={id}")).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let refused = ask("/account").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.header("www-authenticate").starts_with("Bearer"));
}

#[tokio::test]
async fn an_admin_changes_others_and_the_log_tells() {
    let mut tried = Tried::with_accounts();
    let (cookie, csrf) = tried.session("admin");
    let (reader, _) = tried.session("reader");
    assert_eq!(tried.get("/admin", &reader).await.status, StatusCode::FORBIDDEN);
    let wish = |name: &str, wish: &str| format!("csrf={csrf}&name={name}&wish={wish}");
    let promoted = tried.post("/admin/accounts", &cookie, &wish("reader", "admin")).await;
    assert_eq!(promoted.status, StatusCode::SEE_OTHER);
    assert_eq!(tried.get("/admin", &reader).await.status, StatusCode::OK, "at once");
    assert_eq!(tried.post("/admin/accounts", &cookie, &wish("admin", "disable")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(tried.post("/admin/accounts", &cookie, &wish("ghost", "disable")).await.status, StatusCode::NOT_FOUND);
    tried.post("/admin/accounts", &cookie, &wish("reader", "disable")).await;
    assert_eq!(tried.get("/admin", &reader).await.status, StatusCode::SEE_OTHER);
    let page = tried.get("/admin", &cookie).await.body;
    for told in ["role", "account disabled", "refused"] {
        assert!(page.contains(&format!("<td>{told}</td>")), "{told} in {page}");
    }
    assert!(tried.accounts().check_audit().unwrap().is_ok());
}

#[tokio::test]
async fn every_answer_carries_what_keeps_a_browser_from_harm() {
    let tried = Tried::with_accounts();
    for path in ["/login", "/", "/no/such/page", "/api/v1/nothing", "/assets/x/y"] {
        let answer = tried.get(path, "").await;
        let csp = answer.header("content-security-policy");
        assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(answer.headers.get("strict-transport-security").is_none());
    }
}

#[tokio::test]
async fn faults_are_pages_for_people_and_json_for_programs() {
    let tried = Tried::at_home();
    let page = tried.get("/no/%3Cscript%3Ealert", "").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::NOT_FOUND, "text/html; charset=utf-8"));
    assert!(page.body.contains("no-such-page") && !page.body.contains("<script>a"), "{}", page.body);
    let json = tried.get("/api/v1/no", "").await;
    let told: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(told["code"], "no-such-page");
    let wrong = tried.ask(Request::delete("/login").body(Body::empty()).unwrap()).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.body.contains("wrong-method") && wrong.header("allow").contains("GET"));
}

#[tokio::test]
async fn behind_a_proxy_its_word_counts_and_cookies_are_bound_to_the_host() {
    let tried = Tried::with_accounts();
    let proxied = serve::Settings { behind_proxy: true, ..serve::Settings::new(tried.ledger(), || NOW) };
    let proxied = Tried { folder: tried.folder, desk: serve::Desk::open(proxied).unwrap(), accounts: tried.accounts };
    let ask = |method: &str, cookie: String, body: String| {
        Request::builder()
            .method(method)
            .uri("/login")
            .header("x-forwarded-for", "198.51.100.9, 203.0.113.5")
            .header("x-forwarded-proto", "https")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let page = proxied.ask(ask("GET", String::new(), String::new())).await;
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    let form = format!("csrf={}&name=coder&password={PASSWORD}", csrf_of(&page.body));
    let answer = proxied.ask(ask("POST", String::new(), form)).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-standoff=") && set.contains("; Secure"), "{set}");
    let line = proxied.accounts.as_ref().unwrap().audit(None, 1).unwrap().remove(0);
    assert_eq!((line.deed.action.as_str(), line.deed.address.as_str()), ("login", "203.0.113.5"));
}

#[tokio::test]
async fn a_link_from_elsewhere_finds_the_session_on_the_second_look() {
    let tried = Tried::with_accounts();
    let request = Request::get("/account").header("sec-fetch-site", "cross-site").header("sec-fetch-mode", "navigate");
    let answer = tried.ask(request.body(Body::empty()).unwrap()).await;
    assert!(answer.status == StatusCode::OK && answer.body.contains("http-equiv=\"refresh\""));
}

#[tokio::test]
async fn bodies_and_paces_have_bounds() {
    let tried = Tried::with_accounts();
    let csrf = csrf_of(&tried.get("/login", "").await.body);
    let form = format!("csrf={csrf}&name=a&password={}", "x".repeat(300 << 10));
    let answer = tried.post("/login", "", &form).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let mut hasty = serve::Settings::new(tried.ledger(), || NOW);
    hasty.per_second = 1;
    let hasty = Tried { folder: tried.folder, desk: serve::Desk::open(hasty).unwrap(), accounts: tried.accounts };
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(hasty.get("/login", "").await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 200, 429, 429]);
}
