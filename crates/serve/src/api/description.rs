//! What the API takes and gives, once: the OpenAPI document and the page to try it are made of this table.

mod schemas;

use serde_json::{Map, Value, json};
use utoipa::openapi::{Components, Info, License, OpenApiBuilder, Paths};

use crate::index::{Field, Kind, Sort};

/// One method of one path.
pub(crate) struct Endpoint {
    pub method: &'static str,
    pub path: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    /// Parameters of the query.
    pub query: Vec<Parameter>,
    gives: Gives,
}

/// A parameter of a query.
pub(crate) struct Parameter {
    pub name: &'static str,
    pub about: &'static str,
}

/// What an answer holds.
#[derive(Clone, Copy)]
enum Gives {
    /// The object of a name.
    One(&'static str),
    /// A page of such objects.
    Items(&'static str),
    /// All lines that fit.
    File(&'static str),
    /// A stream of events.
    Events,
    /// Whatever stands in the document of the API.
    Description,
}

impl Endpoint {
    /// Parameters in the path: `id`.
    pub fn parts(&self) -> Vec<&'static str> {
        let parts = self.path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}'));
        parts.collect()
    }
}

/// All of them, in the order of the table of routes.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let get = |path, about, query, gives| Endpoint { method: "GET", path, about, query, gives };
    let none = Vec::new;
    vec![
        get("/api/v1", "What this is, and who asks", none(), Gives::One("Root")),
        get("/api/v1/openapi.json", "This description", none(), Gives::Description),
        get("/api/v1/articles", "Reports", list(Kind::Reports), Gives::Items("Article")),
        get("/api/v1/articles/{id}", "One report with its text", none(), Gives::One("Article")),
        get("/api/v1/claims", "Claims", list(Kind::Claims), Gives::Items("Claim")),
        get("/api/v1/claims/{id}", "One claim", none(), Gives::One("Claim")),
        get("/api/v1/figures", "Figures", list(Kind::Figures), Gives::Items("Figure")),
        get("/api/v1/figures/{id}", "One figure", none(), Gives::One("Figure")),
        get("/api/v1/incidents", "Incidents", list(Kind::Incidents), Gives::Items("Incident")),
        get("/api/v1/incidents/{id}", "One incident", none(), Gives::One("Incident")),
        get("/api/v1/ceasefires", "Ceasefires", list(Kind::Ceasefires), Gives::Items("Ceasefire")),
        get("/api/v1/ceasefires/{id}", "One ceasefire", none(), Gives::One("Ceasefire")),
        get("/api/v1/entities", "Entities", list(Kind::Entities), Gives::Items("Entity")),
        get("/api/v1/entities/{id}", "One entity", none(), Gives::One("Entity")),
        get("/api/v1/claims.jsonl", "All claims that fit, an object a line", whole(Kind::Claims), Gives::File(JSONL)),
        get("/api/v1/claims.csv", "All claims that fit, as a table", whole(Kind::Claims), Gives::File(CSV)),
        get(
            "/api/v1/figures.jsonl",
            "All figures that fit, an object a line",
            whole(Kind::Figures),
            Gives::File(JSONL),
        ),
        get("/api/v1/figures.csv", "All figures that fit, as a table", whole(Kind::Figures), Gives::File(CSV)),
        get("/api/v1/incidents.jsonl", "All incidents that fit", whole(Kind::Incidents), Gives::File(JSONL)),
        get("/api/v1/incidents.csv", "All incidents that fit, as a table", whole(Kind::Incidents), Gives::File(CSV)),
        get("/api/v1/ceasefires.jsonl", "All ceasefires that fit", whole(Kind::Ceasefires), Gives::File(JSONL)),
        get("/api/v1/ceasefires.csv", "All ceasefires that fit, as a table", whole(Kind::Ceasefires), Gives::File(CSV)),
        get("/api/v1/entities.jsonl", "All entities that fit", whole(Kind::Entities), Gives::File(JSONL)),
        get("/api/v1/entities.csv", "All entities that fit, as a table", whole(Kind::Entities), Gives::File(CSV)),
        get("/api/v1/articles.jsonl", "All reports that fit", whole(Kind::Reports), Gives::File(JSONL)),
        get("/api/v1/articles.csv", "All reports that fit, as a table", whole(Kind::Reports), Gives::File(CSV)),
        get("/api/v1/search", "Claims by words and by meaning", search(), Gives::One("Found")),
        get("/api/v1/tolls", "Series of counts of the same people", filters(), Gives::Items("Toll")),
        get(
            "/api/v1/disputes",
            "Denials, mutual accusations, counts that disagree",
            filters(),
            Gives::Items("Dispute"),
        ),
        get("/api/v1/timeline", "What is told to have happened, by time", filters(), Gives::Items("Occurrence")),
        get("/api/v1/corrections", "What people said of claims and figures", after(), Gives::One("Corrections")),
        Endpoint {
            method: "POST",
            path: "/api/v1/corrections",
            about: "Says of a claim or figure whether it is read right, in the name of the account",
            query: none(),
            gives: Gives::One("Said"),
        },
        get("/api/v1/events", "New claims as they come", none(), Gives::Events),
        Endpoint {
            method: "POST",
            path: "/api/v1/reports",
            about: "Sends a report to be read; the body is the report, of any kind that `standoff read` takes",
            query: sending(),
            gives: Gives::One("Accepted"),
        },
        get("/api/v1/jobs/{id}", "What became of a report that was sent", none(), Gives::One("Job")),
    ]
}

/// The OpenAPI document.
pub fn openapi() -> String {
    let mut paths: Map<String, Value> = Map::new();
    for e in endpoints() {
        let methods = paths.entry(e.path).or_insert_with(|| json!({}));
        methods[e.method.to_lowercase()] = operation(&e);
    }
    // Both are made as JSON and read as what they must be.
    let paths: Paths = serde_json::from_value(Value::Object(paths)).expect("paths of an API");
    let components: Components = serde_json::from_value(schemas::components()).expect("components of an API");
    let mut info = Info::new("Standoff", "1");
    info.description = Some(
        "The ledger of who says what happened, and who denies it. Objects are those of the export; docs/api.md tells of \
         errors, pages and tokens."
            .to_owned(),
    );
    info.license = Some(License::new("MIT OR Apache-2.0"));
    let document = OpenApiBuilder::new().info(info).paths(paths).components(Some(components)).build();
    document.to_pretty_json().expect("a document as JSON") + "\n"
}

const JSONL: &str = "application/jsonl";
const CSV: &str = "text/csv";

fn operation(e: &Endpoint) -> Value {
    let in_path = e
        .parts()
        .into_iter()
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    let in_query = e.query.iter().map(|p| {
        let schema = json!({"type": "string"});
        json!({"name": p.name, "in": "query", "required": false, "description": p.about, "schema": schema})
    });
    let (status, kind, schema) = match e.gives {
        Gives::One("Said") => ("201", "application/json", schemas::named("Said")),
        Gives::One("Accepted") => ("202", "application/json", schemas::named("Accepted")),
        Gives::One(name) => ("200", "application/json", schemas::named(name)),
        Gives::Items(name) => ("200", "application/json", schemas::items(name)),
        Gives::File(kind) => ("200", kind, json!({"type": "string"})),
        Gives::Events => ("200", "text/event-stream", json!({"type": "string"})),
        Gives::Description => ("200", "application/json", json!({"type": "object"})),
    };
    let answer = json!({"description": e.about, "content": {kind: {"schema": schema}}});
    let fault = json!({"description": "Why not", "content": {"application/json": {"schema": schemas::named("Fault")}}});
    let mut operation = json!({
        "summary": e.about,
        "operationId": operation_id(e),
        "parameters": in_path.chain(in_query).collect::<Vec<_>>(),
        "responses": {status: answer, "default": fault},
    });
    if e.path == "/api/v1/corrections" && e.method == "POST" {
        operation["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": schemas::named("Word")}}});
    } else if e.method == "POST" {
        operation["requestBody"] = json!({
            "required": true,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        });
    }
    operation
}

/// `get_claims_id`, `get_claims_csv`.
fn operation_id(e: &Endpoint) -> String {
    let words = e.path.trim_start_matches("/api/v1").split(['/', '.', '{', '}']).filter(|w| !w.is_empty());
    let words: Vec<&str> = words.collect();
    let words = if words.is_empty() { vec!["root"] } else { words };
    format!("{}_{}", e.method.to_lowercase(), words.join("_"))
}

/// Filters, sorting and pages of a list.
fn list(kind: Kind) -> Vec<Parameter> {
    let mut all = whole(kind);
    all.push(Parameter { name: "page", about: "What `next` of the page before says" });
    all.push(Parameter { name: "most", about: "Objects on a page: 1 to 500, usually 50" });
    all
}

fn whole(kind: Kind) -> Vec<Parameter> {
    let mut all = filters();
    let by = match kind {
        Kind::Entities => "By what it is sorted: name or count",
        Kind::Reports => "By what it is sorted: day, added, outlet or weight",
        Kind::Claims => "By what it is sorted: day, added, weight, doubt or outlet",
        Kind::Figures => "By what it is sorted: day, added, count, weight, doubt or outlet",
        Kind::Incidents => "By what it is sorted: day, added, weight or doubt",
        Kind::Ceasefires => "By what it is sorted: day, added or weight",
    };
    debug_assert!(kind.sorts().iter().all(|s: &Sort| by.contains(s.as_str())));
    all.push(Parameter { name: "sort", about: by });
    all.push(Parameter { name: "order", about: "up or down" });
    all
}

/// What a list may be filtered by. Each may be repeated: any of its values will do, all filters must agree.
fn filters() -> Vec<Parameter> {
    Field::ALL.iter().map(|f| Parameter { name: f.as_str(), about: about(*f) }).collect()
}

fn about(field: Field) -> &'static str {
    match field {
        Field::Party => "Slug of a party in any role; of a figure: whose people are counted",
        Field::Voice => "Slug of the party that speaks",
        Field::Actor => "Slug of the party that does it",
        Field::Target => "Slug of the party that suffers it",
        Field::Speaker => "Part of a speaker's name, role, organisation or party",
        Field::Act => "What the speaker does in saying it: assert, deny, accuse …",
        Field::Event => "PLOVER event: ASSAULT, AGREE …",
        Field::Mode => "PLOVER mode",
        Field::Place => "Part of any name of a place",
        Field::Outlet => "Name of the outlet",
        Field::Agency => "Wire service",
        Field::Language => "Language of the report",
        Field::Conflict => "Name of a conflict that has a profile",
        Field::Since => "First day: 2020-10-10, 2020-10 or 2020",
        Field::Until => "Last day",
        Field::Report => "Id of a report, or part of its path",
        Field::Words => "Words that the claim has, all of them",
        Field::About => "Claims that mean nearly this",
        Field::Polarity => "affirmed or negated",
        Field::Status => "actual, ongoing, planned, demanded, conditional or possible",
        Field::Harm => "killed, wounded, missing, captured, detained, displaced or abducted",
        Field::Category => "Kind of people",
        Field::Qualifier => "Hedge of a figure",
        Field::Disputed => "yes or no: whether somebody denies it",
        Field::Doubt => "A reason to look at it",
        Field::Entity => "Id of an entity",
        Field::Kind => "Kind of an entity or a ceasefire",
    }
}

fn search() -> Vec<Parameter> {
    let mut all = vec![Parameter { name: "q", about: "What to look for" }];
    all.extend(filters().into_iter().filter(|p| !matches!(p.name, "words" | "about")));
    all.push(Parameter { name: "most", about: "Claims of each way: 1 to 500, usually 20" });
    all
}

fn after() -> Vec<Parameter> {
    vec![Parameter { name: "after", about: "Only those with a number above this one" }]
}

fn sending() -> Vec<Parameter> {
    vec![
        Parameter { name: "name", about: "How the report is called" },
        Parameter { name: "published", about: "When it was published: 2020-10-10, or with a time" },
        Parameter { name: "outlet", about: "Who published it" },
        Parameter { name: "url", about: "Its address" },
    ]
}
