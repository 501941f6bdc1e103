//! The API: what its description says is so, pages of lists, marks of change, exports, events, reports that are sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::tried::{Answer, Tried};
use axum::body::{Body, HttpBody};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use serve::{Intake, Outcome, ReadReport, Sent};
use store::{SqliteStore, Store};
use tower::ServiceExt;

fn tried() -> Tried {
    Tried::of(&|store| super::told::fill(store, "north", "https://example.org/a"), &|_| {})
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.body))
}

/// Run with `STANDOFF_UPDATE=1` to write the document anew.
#[test]
fn the_description_is_the_committed_one_and_tells_of_every_route() {
    let made = serve::openapi();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    if std::env::var_os("STANDOFF_UPDATE").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == made, "openapi.json is not what the program gives; run this test with STANDOFF_UPDATE=1");
    let document: Value = serde_json::from_str(&made).unwrap();
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        described.extend(methods.as_object().unwrap().keys().map(|m| (m.to_uppercase(), path.clone())));
    }
    let ours = serve::routes().into_iter().filter(|r| r.path.starts_with("/api/v1"));
    let mut routes: Vec<_> = ours.map(|r| (r.method.to_owned(), r.path.to_owned())).collect();
    routes.sort();
    described.sort();
    assert_eq!(routes, described);
}

#[test]
fn every_code_stands_in_the_document() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let document = std::fs::read_to_string(format!("{root}../../docs/api.md")).unwrap();
    let (mut folders, mut codes) = (vec![std::path::PathBuf::from(format!("{root}src"))], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // The code is the first text of a fault.
            for rest in text.split("Fault::new(").skip(1).chain(text.split("too_many(").skip(1)) {
                let code = rest.split('"').nth(1).unwrap_or_default();
                let is_code = !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                assert!(!is_code || document.contains(&format!("| `{code}` |")), "{code} of {}", path.display());
                codes += usize::from(is_code);
            }
        }
    }
    assert!(codes > 15, "{codes}");
}

#[tokio::test]
async fn answers_are_as_described() {
    let tried = tried();
    let document: Value = serde_json::from_str(&serve::openapi()).unwrap();
    let mut objects = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let Some(schema) = methods["get"].pointer("/responses/200/content/application~1json/schema") else { continue };
        let ids: &[&str] = match path.split('/').nth(3) {
            Some("articles") => &["a0alpha", "a0beta"],
            Some("claims") => &["c0shelling", "c0truce", "c0denial"],
            Some("figures") => &["f0toll"],
            Some("incidents") => &["i0shelling"],
            Some("ceasefires") => &["t0truce"],
            Some("entities") => &["person:asa-lind", "place:dorne"],
            _ => &[],
        };
        if path.contains("/jobs/") {
            continue;
        }
        let addresses: Vec<String> = match path.contains("{id}") {
            true => ids.iter().map(|id| path.replace("{id}", id)).collect(),
            false => vec![format!("{path}?q=shelled")],
        };
        for address in addresses {
            let answer = tried.get(&address, "").await;
            assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
            let value = json(&answer);
            objects += value["items"].as_array().map_or(1, Vec::len);
            if let Err(why) = fits(&document, schema, &value) {
                panic!("{address}: {why}");
            }
        }
    }
    assert!(objects > 25, "{objects}");
}

/// Whether a value is as its schema says, as far as our schemas say anything.
fn fits(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = document.pointer(name.trim_start_matches('#')).ok_or(format!("no {name}"))?;
        return fits(document, target, value).map_err(|e| format!("{name}: {e}"));
    }
    if let Some(of) = schema["oneOf"].as_array() {
        let errors: Vec<String> = of.iter().filter_map(|s| fits(document, s, value).err()).collect();
        return if errors.len() < of.len() { Ok(()) } else { Err(errors.join(" | ")) };
    }
    if let Some(words) = schema["enum"].as_array().filter(|w| !w.contains(value)) {
        return Err(format!("{value} is none of {words:?}"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        one => vec![one.clone()],
    };
    if !kinds.iter().any(|k| k == kind || k == "number" && kind == "integer") {
        return Err(format!("{value} is {kind}, not {kinds:?}"));
    }
    if let Some(items) = value.as_array() {
        items.iter().try_for_each(|i| fits(document, &schema["items"], i))?;
    }
    let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) else { return Ok(()) };
    for (name, field) in fields {
        match known.get(name) {
            Some(schema) => fits(document, schema, field).map_err(|e| format!("{name}: {e}"))?,
            None if schema["additionalProperties"] == false => return Err(format!("{name} is not described")),
            None => {}
        }
    }
    let missing =
        schema["required"].as_array().into_iter().flatten().find(|n| !fields.contains_key(n.as_str().unwrap()));
    missing.map_or(Ok(()), |n| Err(format!("{n} is missing")))
}

#[tokio::test]
async fn objects_are_those_of_the_export() {
    let tried = tried();
    let store = SqliteStore::open_existing(&tried.ledger()).unwrap();
    let derived = store.derived().unwrap().unwrap();
    let ledger = evidence::Ledger {
        readings: store.readings(None).unwrap(),
        origins: derived.origins,
        incidents: derived.incidents,
        ceasefires: derived.ceasefires,
        ..evidence::Ledger::default()
    };
    let mut export = Vec::new();
    publish::jsonl::export(&publish::Book::new(&ledger), &mut export).unwrap();
    let mut compared = 0;
    for line in String::from_utf8(export).unwrap().lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        let kind = match object["type"].as_str().unwrap() {
            "entity" => "entities".to_owned(),
            kind => format!("{kind}s"),
        };
        let address = format!("/api/v1/{kind}/{}", object["id"].as_str().unwrap());
        let mut given = json(&tried.get(&address, "").await);
        if kind == "articles" {
            // An origin is named by its own id only where reconciliation made it.
            given["origin"] = object["origin"].clone();
        }
        assert_eq!(given, object, "{address}");
        compared += 1;
    }
    assert!(compared >= 12, "{compared}");
}

#[tokio::test]
async fn lists_go_on_where_a_page_ends_and_take_the_filters_of_the_desk() {
    let tried = tried();
    let mut page = json(&tried.get("/api/v1/claims?most=2", "").await);
    assert_eq!(page["total"], 3);
    let mut seen: Vec<String> = Vec::new();
    loop {
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|c| c["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        page = json(&tried.get(&format!("/api/v1/claims?most=2&page={next}"), "").await);
    }
    seen.sort();
    assert_eq!(seen, ["c0denial", "c0shelling", "c0truce"]);
    let denials = json(&tried.get("/api/v1/claims?act=deny&party=ostreland", "").await);
    assert_eq!((&denials["total"], &denials["items"][0]["id"]), (&1.into(), &"c0denial".into()));
    let wrong = tried.get("/api/v1/claims?act=shout", "").await;
    assert_eq!((wrong.status, json(&wrong)["code"].as_str()), (StatusCode::BAD_REQUEST, Some("bad-request")));
    let none = tried.get("/api/v1/claims/c0none", "").await;
    assert_eq!((none.status, json(&none)["code"].as_str()), (StatusCode::NOT_FOUND, Some("not-found")));
    let csv = tried.get("/api/v1/figures.csv?harm=killed", "").await;
    assert!(csv.body.lines().count() == 2 && csv.header("content-disposition").contains("attachment"), "{}", csv.body);
    assert_eq!(tried.get("/api/v1/claims.jsonl", "").await.body.lines().count(), 3);
}

#[tokio::test]
async fn an_answer_that_has_not_changed_is_not_sent_again() {
    let tried = tried();
    let first = tried.get("/api/v1/claims/c0truce", "").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && first.header("cache-control").contains("private"));
    let again = || {
        let request = Request::get("/api/v1/claims/c0truce").header(header::IF_NONE_MATCH, format!("W/{tag}"));
        tried.ask(request.body(Body::empty()).unwrap())
    };
    let unchanged = again().await;
    assert_eq!((unchanged.status, unchanged.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(unchanged.header("etag"), tag);
    super::told::fill(&mut SqliteStore::open(&tried.ledger()).unwrap(), "south", "https://example.org/a");
    for _ in 0..100 {
        if again().await.status == StatusCode::OK {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the change is never seen");
}

#[tokio::test]
async fn new_claims_come_as_events_and_a_stream_is_taken_up_again() {
    let tried = tried();
    let listen = |last: &'static str| {
        let request = Request::get("/api/v1/events").header("last-event-id", last).body(Body::empty()).unwrap();
        serve::router(tried.desk.clone()).oneshot(request)
    };
    let mut body = listen("0").await.unwrap().into_body();
    let mut told = String::new();
    while told.matches("event: claim").count() < 3 {
        told += &next(&mut body).await;
    }
    let ids: Vec<u64> = told.lines().filter_map(|l| l.strip_prefix("id: ")?.parse().ok()).collect();
    assert!(ids.is_sorted() && ids.len() == 3, "{told}");
    let data = told.lines().find_map(|l| l.strip_prefix("data: ")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(data).unwrap()["type"], "claim");
    let mut rest = listen("2").await.unwrap().into_body();
    let mut told = String::new();
    while !told.contains("event: claim") {
        told += &next(&mut rest).await;
    }
    assert!(!told.contains("id: 2\n") && told.contains("id: 3\n"), "{told}");
    assert_eq!(listen("x").await.unwrap().status(), StatusCode::BAD_REQUEST);
}

async fn next(body: &mut Body) -> String {
    let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut *body).poll_frame(cx));
    let frame = tokio::time::timeout(Duration::from_secs(10), frame).await.expect("an event in time");
    let bytes = frame.expect("the stream goes on").unwrap().into_data().unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_program_says_what_is_otherwise_and_learns_what_others_said() {
    let mut tried = Tried::with_accounts_over(&|store| super::told::fill(store, "north", "https://example.org/a"));
    let (coder, csrf) = tried.session("coder");
    let (editor, other) = tried.session("editor");
    let say = |cookie: &str, csrf: &str, body: &str| {
        let request = Request::post("/api/v1/corrections")
            .header(header::COOKIE, format!("standoff={cookie}"))
            .header("x-csrf", csrf)
            .header(header::CONTENT_TYPE, "application/json");
        tried.ask(request.body(Body::from(body.to_owned())).unwrap())
    };
    let word = r#"{"kind":"claim","object":"c0shelling","verdict":"correct","values":{"act":"announce"},"why":"so"}"#;
    let kept = say(&coder, &csrf, word).await;
    assert_eq!((kept.status, json(&kept)["number"].as_u64()), (StatusCode::CREATED, Some(1)), "{}", kept.body);
    assert_eq!(json(&say(&coder, &csrf, word).await)["kept"], "already");
    for (wrong, told) in [
        (r#"{"kind":"claim","object":"c0none","verdict":"accept"}"#, "not-found"),
        (r#"{"kind":"claim","object":"c0shelling","verdict":"perhaps"}"#, "bad-request"),
        (r#"{"kind":"claim","object":"c0truce","verdict":"correct","values":{"act":"shout"}}"#, "bad-request"),
        (r#"{"kind":"claim","object":"c0truce","verdict":"correct","values":{"colour":"red"}}"#, "bad-request"),
        ("{", "bad-request"),
        (r#"{"kind":"claim","object":"c0shelling","verdict":"reject"}"#, "behind"),
    ] {
        let answer = say(&editor, &other, wrong).await;
        assert_eq!(json(&answer)["code"], told, "{wrong}: {}", answer.body);
    }
    let seen = r#"{"kind":"claim","object":"c0shelling","verdict":"reject","seen":1}"#;
    assert_eq!(say(&editor, &other, seen).await.status, StatusCode::CREATED);
    let all = json(&tried.get("/api/v1/corrections", &coder).await);
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let document: Value = serde_json::from_str(&serve::openapi()).unwrap();
    fits(&document, &document["components"]["schemas"]["Corrections"], &all).unwrap();
    assert_eq!(all["items"][0]["values"]["act"], "announce");
    assert_eq!(
        json(&tried.get("/api/v1/claims/c0shelling", &coder).await)["act"],
        "accuse",
        "the machine's reading stays"
    );
}

/// Reads nothing, and remembers what it was given.
#[derive(Default)]
struct Remembering(Mutex<Vec<Sent>>);

impl Intake for Remembering {
    fn read(&self, sent: &Sent, read: &mut dyn FnMut()) -> Result<Outcome, String> {
        self.0.lock().unwrap().push(sent.clone());
        assert!(sent.bytes != b"panic", "as asked");
        read();
        let report = ReadReport {
            article: "a0new".into(),
            path: sent.name.clone(),
            saved: "added".into(),
            claims: 2,
            figures: 1,
            notes: vec![("undated".into(), "no date".into())],
        };
        Ok(Outcome { read: vec![report], ..Outcome::default() })
    }
}

async fn send(tried: &Tried, csrf: &str, query: &str, body: &[u8]) -> Answer {
    let request = Request::post(format!("/api/v1/reports{query}")).header("x-csrf", csrf);
    tried.ask(request.body(Body::from(body.to_vec())).unwrap()).await
}

async fn ended(tried: &Tried, id: &str) -> Value {
    for _ in 0..200 {
        let job = json(&tried.get(&format!("/api/v1/jobs/{id}"), "").await);
        if matches!(job["state"].as_str(), Some("done" | "failed")) {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the job never ends");
}

#[tokio::test]
async fn a_report_that_is_sent_is_kept_read_and_told_of() {
    let intake = Arc::new(Remembering::default());
    let lent = serve::Lent { intake: Some(intake.clone()), ..serve::Lent::default() };
    let tried = Tried::prepared(&|settings| settings.lent = lent.clone());
    let csrf = json(&tried.get("/api/v1", "").await)["csrf"].as_str().unwrap().to_owned();
    assert_eq!(send(&tried, "", "", b"x").await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(&tried, &csrf, "", b"").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(send(&tried, &csrf, "?published=soon", b"x").await.status, StatusCode::BAD_REQUEST);
    let large = vec![b'x'; (16 << 20) + 1];
    assert_eq!(send(&tried, &csrf, "", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let taken = send(&tried, &csrf, "?name=../a.txt&published=2024-05-03&outlet=Marle", b"Shells fall.").await;
    assert_eq!(taken.status, StatusCode::ACCEPTED, "{}", taken.body);
    let id = json(&taken)["job"].as_str().unwrap().to_owned();
    assert_eq!(taken.header("location"), format!("/api/v1/jobs/{id}"));
    let job = ended(&tried, &id).await;
    assert_eq!((&job["state"], &job["reports_done"]), (&"done".into(), &1.into()), "{job}");
    assert_eq!(job["read"][0]["notes"][0]["kind"], "undated");
    let document: Value = serde_json::from_str(&serve::openapi()).unwrap();
    fits(&document, &document["components"]["schemas"]["Job"], &job).unwrap();
    {
        let sent = intake.0.lock().unwrap();
        assert_eq!((sent.len(), sent[0].name.as_str(), sent[0].bytes.as_slice()), (1, "a.txt", &b"Shells fall."[..]));
        assert_eq!(sent[0].told.outlet.as_deref(), Some("Marle"));
    }
    let broken = json(&send(&tried, &csrf, "", b"panic").await)["job"].as_str().unwrap().to_owned();
    assert_eq!(ended(&tried, &broken).await["state"], "failed");
    let after = json(&send(&tried, &csrf, "", b"more").await)["job"].as_str().unwrap().to_owned();
    assert_eq!(ended(&tried, &after).await["state"], "done", "one that breaks does not end the reading");
}

#[tokio::test]
async fn what_was_sent_and_not_read_is_read_after_the_next_start() {
    /// Never comes back, as if the program were killed.
    struct Stuck;
    impl Intake for Stuck {
        fn read(&self, _: &Sent, _: &mut dyn FnMut()) -> Result<Outcome, String> {
            loop {
                std::thread::park();
            }
        }
    }
    let lent = serve::Lent { intake: Some(Arc::new(Stuck)), ..serve::Lent::default() };
    let tried = Tried::prepared(&|settings| settings.lent = lent.clone());
    let csrf = json(&tried.get("/api/v1", "").await)["csrf"].as_str().unwrap().to_owned();
    let mut ids: Vec<String> = Vec::new();
    for n in 0..20 {
        let taken = send(&tried, &csrf, "", format!("report {n}").as_bytes()).await;
        ids.push(json(&taken)["job"].as_str().unwrap_or_else(|| panic!("{}", taken.body)).to_owned());
    }
    let full = send(&tried, &csrf, "", b"one more").await;
    assert_eq!((full.status, json(&full)["code"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("queue-full")));

    let intake = Arc::new(Remembering::default());
    let lent = serve::Lent { intake: Some(intake.clone()), ..serve::Lent::default() };
    let again = serve::Settings { lent, ..serve::Settings::new(tried.ledger(), || super::tried::NOW) };
    let again = Tried { desk: serve::Desk::open(again).unwrap(), folder: tried.folder, accounts: None };
    for id in &ids {
        assert_eq!(ended(&again, id).await["state"], "done");
    }
    assert_eq!(intake.0.lock().unwrap().len(), 20);
}

#[tokio::test]
async fn a_desk_that_reads_nothing_says_so_and_the_page_to_try_has_a_form_for_every_question() {
    let tried = tried();
    let csrf = json(&tried.get("/api/v1", "").await)["csrf"].as_str().unwrap().to_owned();
    assert_eq!(send(&tried, &csrf, "", b"x").await.status, StatusCode::NOT_IMPLEMENTED);
    let page = tried.get("/api", "").await.body;
    for route in serve::routes().into_iter().filter(|r| r.path.starts_with("/api/v1")) {
        assert!(page.contains(&format!("{} {}", route.method, route.path)), "{}", route.path);
    }
    let one = tried.get("/api/one?of=/api/v1/claims/%7Bid%7D&id=c0truce", "").await;
    assert_eq!(one.header("location"), "/api/v1/claims/c0truce");
    let elsewhere = tried.get("/api/one?of=//evil.example/%7Bid%7D&id=x", "").await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}
