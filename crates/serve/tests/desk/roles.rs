//! Every route as every role, as nobody, with a token, with a forged form, with a shut account: a new route without a
//! rule cannot slip in.

use super::tried::{Answer, NOW, PASSWORD, Tried};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serve::{Least, Role};

/// By what somebody asks.
enum By<'a> {
    Nothing,
    /// Cookie and what the form carries.
    Session(&'a str, &'a str),
    Token(&'a str),
}

/// The path with something in place of its parts.
fn address(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/")
}

fn request(method: &str, path: &str, by: &By) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(address(path));
    let mut body = String::new();
    match by {
        By::Nothing => {}
        By::Session(cookie, csrf) => {
            request = request.header(header::COOKIE, format!("standoff={cookie}"));
            body = format!("csrf={csrf}");
        }
        By::Token(token) => request = request.header(header::AUTHORIZATION, format!("Bearer {token}")),
    }
    if method != "GET" {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    request.body(Body::from(body)).unwrap()
}

/// Makes a token of an account.
fn token_of(tried: &mut Tried, account: &str, role: &str, expires: i64) -> String {
    let (token, print) = serve::new_token();
    tried.accounts().add_token(account, "test", role, &print, expires, &super::tried::deed("token")).unwrap();
    token
}

/// Whether the guard let it through; what the handler then says is another question.
fn passed(answer: &Answer) -> bool {
    let to_login = answer.status == StatusCode::SEE_OTHER && answer.header("location").starts_with("/login?");
    !to_login && ![401, 403].contains(&answer.status.as_u16())
}

/// What a token may not do, whatever its role: see `pages/account.rs`.
fn by_hand_only(path: &str) -> bool {
    path.starts_with("/account/") || path == "/admin/accounts"
}

#[tokio::test]
async fn every_route_takes_its_role_and_no_less() {
    let mut tried = Tried::with_accounts();
    let routes: Vec<_> = serve::routes().into_iter().map(|r| (r.method, r.path, r.least)).collect();
    assert!(routes.len() > 5);
    for (method, path, least) in routes {
        let open = least == Least::Anybody;
        if !(open && method == "POST") {
            let answer = tried.ask(request(method, path, &By::Nothing)).await;
            let as_asked = passed(&answer) || answer.status == StatusCode::SEE_OTHER && path == "/";
            assert_eq!(passed(&answer) && answer.header("location") != "/login", open, "{method} {path} as nobody");
            assert!(as_asked || !open);
        }
        for role in Role::ALL {
            let may = match least {
                Least::Anybody => true,
                Least::Role(least) => role >= least,
            };
            let (cookie, csrf) = tried.session(role.as_str());
            let answer = tried.ask(request(method, path, &By::Session(&cookie, &csrf))).await;
            assert_eq!(passed(&answer), may, "{method} {path} as {}: {}", role.as_str(), answer.status);
            let token = token_of(&mut tried, "admin", role.as_str(), NOW + 60);
            let answer = tried.ask(request(method, path, &By::Token(&token))).await;
            if !by_hand_only(path) || method == "GET" {
                assert_eq!(passed(&answer), may, "{method} {path} by token as {}: {}", role.as_str(), answer.status);
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_changed_by_a_form_of_another_site() {
    let mut tried = Tried::with_accounts();
    for route in serve::routes().into_iter().filter(|r| r.method != "GET") {
        let (cookie, csrf) = tried.session("admin");
        for wrong in ["", "0000", &"a".repeat(64)] {
            let answer = tried.ask(request(route.method, route.path, &By::Session(&cookie, wrong))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {} with {wrong}", route.method, route.path);
            assert!(answer.body.contains("forged"), "{}", answer.body);
        }
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "null")] {
            let mut forged = request(route.method, route.path, &By::Session(&cookie, &csrf));
            forged.headers_mut().insert(name, value.parse().unwrap());
            let answer = tried.ask(forged).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {} {name}: {value}", route.method, route.path);
        }
        let mut bare = request(route.method, route.path, &By::Session(&cookie, &csrf));
        bare.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
        assert_eq!(tried.ask(bare).await.status, StatusCode::FORBIDDEN, "{} takes JSON of anybody", route.path);
    }
}

#[tokio::test]
async fn a_shut_account_opens_nothing() {
    let mut tried = Tried::with_accounts();
    let (cookie, csrf) = tried.session("former");
    let token = token_of(&mut tried, "former", "admin", NOW + 60);
    let ended = token_of(&mut tried, "admin", "admin", NOW);
    assert!(passed(&tried.ask(request("GET", "/", &By::Session(&cookie, &csrf))).await));
    tried.accounts().set_disabled("former", true, &super::tried::deed("account disabled")).unwrap();
    for route in serve::routes().into_iter().filter(|r| r.least != Least::Anybody) {
        let (method, path) = (route.method, route.path);
        let answer = tried.ask(request(method, path, &By::Session(&cookie, &csrf))).await;
        assert!(!passed(&answer) || answer.header("location") == "/login", "{method} {path} with its session");
        for token in [&token, &ended, "standoff_00"] {
            let answer = tried.ask(request(method, path, &By::Token(token))).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path} with {token}");
        }
    }
    let csrf = csrf_of(&tried.get("/login", "").await.body);
    assert_eq!(csrf.len(), 64);
    let answer = tried.post("/login", "", &format!("csrf={csrf}&name=former&password={PASSWORD}")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn at_home_everything_is_open_but_not_to_pages_from_elsewhere() {
    let tried = Tried::at_home();
    let csrf = csrf_of(&tried.get("/account", "").await.body);
    for route in serve::routes() {
        let answer = tried.ask(request(route.method, route.path, &By::Session("", &csrf))).await;
        let told = answer.status == StatusCode::FORBIDDEN && by_hand_only(route.path);
        assert!(passed(&answer) || told, "{} {}: {}", route.method, route.path, answer.body);
        let mut rebound = request(route.method, route.path, &By::Session("", &csrf));
        rebound.headers_mut().insert(header::HOST, "evil.example".parse().unwrap());
        assert_eq!(tried.ask(rebound).await.status, StatusCode::MISDIRECTED_REQUEST);
        if route.method != "GET" {
            let answer = tried.ask(request(route.method, route.path, &By::Session("", "wrong"))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", route.path);
        }
    }
    for host in ["localhost:7777", "127.0.0.1:7777", "[::1]:7777", "LOCALHOST"] {
        let mut named = request("GET", "/", &By::Nothing);
        named.headers_mut().insert(header::HOST, host.parse().unwrap());
        assert_eq!(tried.ask(named).await.status, StatusCode::OK, "{host}");
    }
}

fn csrf_of(page: &str) -> String {
    let value = page.split("name=\"csrf\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}
