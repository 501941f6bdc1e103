//! The objects of the export as JSON schemas; vocabularies are those of `evidence`.

use evidence::{
    Act, Category, CeasefireKind, DenialKind, EntityKind, Event, Harm, Mode, Polarity, Qualifier, Relation,
};
use evidence::{Basis, Precision, Status, TermKind};
use serde_json::{Map, Value, json};

/// A reference to one of them.
pub(super) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A page of objects.
pub(super) fn items(name: &str) -> Value {
    object(vec![("items", list(named(name))), ("next", maybe("string")), ("total", whole())])
}

/// All of them, and how programs show who they are.
pub(super) fn components() -> Value {
    let mut schemas = Map::new();
    for (name, schema) in [parts(), objects(), reconciled(), overviews(), own()].into_iter().flatten() {
        schemas.insert(name.to_owned(), schema);
    }
    json!({
        "schemas": schemas,
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    })
}

type Named = Vec<(&'static str, Value)>;

macro_rules! words {
    ($all:ty) => {
        <$all>::ALL.iter().map(|w| w.as_str()).collect::<Vec<&str>>()
    };
}

fn parts() -> Named {
    let speaker = ["name", "role", "organisation", "party", "entity"].map(|n| (n, maybe("string")));
    vec![
        ("Span", object(vec![("start", whole()), ("end", whole()), ("quote", text())])),
        ("Speaker", object([speaker.to_vec(), vec![("span", or_null("Span"))]].concat())),
        ("Reference", open(vec![("entity", maybe("string")), ("party", maybe("string")), ("span", or_null("Span"))])),
        (
            "Time",
            open(vec![
                ("value", maybe("string")),
                ("end", maybe("string")),
                ("precision", or_null_of(words!(Precision))),
                ("text", maybe("string")),
                ("basis", of(words!(Basis))),
                ("span", or_null("Span")),
            ]),
        ),
        ("Note", object(vec![("kind", text()), ("message", text())])),
        ("Finding", object(vec![("rule", text()), ("reason", text()), ("span", or_null("Span"))])),
        ("Fault", object(vec![("code", text()), ("message", text())])),
    ]
}

fn objects() -> Named {
    let published = object(vec![
        ("value", maybe("string")),
        ("precision", or_null_of(words!(Precision))),
        ("basis", of(words!(Basis))),
        ("spans", list(named("Span"))),
    ]);
    let article = vec![
        ("type", only("article")),
        ("id", text()),
        ("path", text()),
        ("url", maybe("string")),
        ("outlet", maybe("string")),
        ("title", maybe("string")),
        ("byline", list(text())),
        ("agencies", list(text())),
        ("published", published),
        ("language", maybe("string")),
        ("text", text()),
        ("origin", text()),
        ("dateline", or_null("Span")),
        ("section", maybe("string")),
        ("modified", maybe("string")),
        ("retrieved", maybe("string")),
        ("translation", maybe("object")),
        ("outlet_affiliation", maybe("object")),
        ("basis", json!({"type": "object"})),
        ("version", maybe("object")),
        ("notes", list(named("Note"))),
    ];
    let entity = vec![
        ("type", only("entity")),
        ("id", text()),
        ("kind", of(words!(EntityKind))),
        ("name", text()),
        ("aliases", list(text())),
        ("party", maybe("string")),
        ("country", maybe("string")),
        ("lat", maybe("number")),
        ("lon", maybe("number")),
    ];
    vec![("Article", object(article)), ("Entity", object(entity)), ("Claim", claim()), ("Figure", figure())]
}

fn claim() -> Value {
    object(vec![
        ("type", only("claim")),
        ("id", text()),
        ("article", text()),
        ("content", or_null("Span")),
        ("cue", or_null("Span")),
        ("speakers", list(named("Speaker"))),
        ("act", of(words!(Act))),
        ("event", or_null_of(words!(Event))),
        ("mode", or_null_of(words!(Mode))),
        ("actors", list(named("Reference"))),
        ("targets", list(named("Reference"))),
        ("places", list(named("Reference"))),
        ("time", or_null("Time")),
        ("polarity", of(words!(Polarity))),
        ("status", of(words!(Status))),
        ("incident", maybe("string")),
        ("joint", json!({"type": "boolean"})),
        ("answers", list(text())),
        ("found", list(named("Finding"))),
    ])
}

fn figure() -> Value {
    let period = ["from", "to", "text"].map(|n| (n, maybe("string")));
    let period = object([period.to_vec(), vec![("span", or_null("Span"))]].concat());
    object(vec![
        ("type", only("figure")),
        ("id", text()),
        ("article", text()),
        ("claim", maybe("string")),
        ("span", or_null("Span")),
        ("harm", of(words!(Harm))),
        ("low", maybe("integer")),
        ("high", maybe("integer")),
        ("qualifier", of(words!(Qualifier))),
        ("category", of(words!(Category))),
        ("party", maybe("string")),
        ("place", maybe("string")),
        ("period", json!({"oneOf": [period, {"type": "null"}]})),
        ("speakers", list(named("Speaker"))),
        ("superseded", json!({"type": "boolean"})),
        ("rule", text()),
    ])
}

fn reconciled() -> Named {
    let member = object(vec![("claim", text()), ("relation", of(words!(Relation))), ("reason", text())]);
    let denied = object(vec![("claim", text()), ("reason", text())]);
    let denial = object(vec![("claim", text()), ("kind", of(words!(DenialKind))), ("denies", list(denied))]);
    let incident = vec![
        ("type", only("incident")),
        ("id", text()),
        ("event", or_null_of(words!(Event))),
        ("parties", list(text())),
        ("places", list(text())),
        ("time", or_null("Time")),
        ("claims", list(member)),
        ("origins", whole()),
        ("asserted_by", list(text())),
        ("denied_by", list(text())),
        ("denials", list(denial)),
        ("notes", list(text())),
    ];
    let term = object(vec![("kind", of(words!(TermKind))), ("span", or_null("Span")), ("article", text())]);
    let violation = object(vec![
        ("claim", text()),
        ("by", maybe("string")),
        ("alleged_by", list(text())),
        ("time", or_null("Time")),
        ("minutes_after", maybe("integer")),
    ]);
    let ceasefire = vec![
        ("type", only("ceasefire")),
        ("id", text()),
        ("kind", of(words!(CeasefireKind))),
        ("parties", list(text())),
        ("announced_by", list(named("Reference"))),
        ("brokers", list(named("Reference"))),
        ("monitors", list(named("Reference"))),
        ("effective", or_null("Time")),
        ("ends", or_null("Time")),
        ("terms", list(term)),
        ("violations", list(violation)),
        ("status", list(object(vec![("claim", text()), ("act", of(words!(Act)))]))),
        ("claims", list(text())),
    ];
    vec![("Incident", object(incident)), ("Ceasefire", object(ceasefire))]
}

/// What is made of claims and figures when it is asked for. Their parts are those of `standoff tolls`, `disputes` and
/// `timeline` as JSON Lines.
fn overviews() -> Named {
    let parts = || list(json!({"type": "object"}));
    let toll = vec![
        ("type", only("toll")),
        ("id", text()),
        ("heading", text()),
        ("conflict", maybe("string")),
        ("side", maybe("string")),
        ("harm", of(words!(Harm))),
        ("category", of(words!(Category))),
        ("scope", json!({"type": "object"})),
        ("counts", parts()),
        ("range", parts()),
        ("not_addable", parts()),
        ("notes", list(text())),
    ];
    let dispute = vec![
        ("type", only("dispute")),
        ("kind", text()),
        ("denial_kind", maybe("string")),
        ("incident", maybe("string")),
        ("event", or_null_of(words!(Event))),
        ("parties", list(text())),
        ("day", maybe("string")),
        ("claims", parts()),
        ("figures", parts()),
    ];
    let occurrence = vec![
        ("type", only("occurrence")),
        ("day", maybe("string")),
        ("clock", maybe("string")),
        ("end", maybe("string")),
        ("dated_by", text()),
        ("incident", maybe("string")),
        ("event", or_null_of(words!(Event))),
        ("places", list(text())),
        ("versions", parts()),
    ];
    vec![("Toll", open(toll)), ("Dispute", open(dispute)), ("Occurrence", open(occurrence))]
}

/// What belongs to the desk rather than to the ledger.
fn own() -> Named {
    let root = ["program", "ledger", "name", "role", "description"].map(|n| (n, text()));
    let root = [root.to_vec(), vec![("change", whole()), ("csrf", maybe("string"))]].concat();
    let read = object(vec![
        ("article", text()),
        ("path", text()),
        ("saved", of(vec!["added", "replaced", "unchanged"])),
        ("claims", whole()),
        ("figures", whole()),
        ("notes", list(named("Note"))),
    ]);
    let job = vec![
        ("type", only("job")),
        ("id", text()),
        ("by", text()),
        ("at", text()),
        ("name", text()),
        ("bytes", whole()),
        ("state", of(vec!["waiting", "reading", "done", "failed"])),
        ("reports_done", whole()),
        ("read", list(read)),
        ("unread", list(object(vec![("why", text())]))),
        ("notes", list(named("Note"))),
        ("why", maybe("string")),
    ];
    let correction = vec![
        ("type", only("correction")),
        ("number", whole()),
        ("kind", of(vec!["claim", "figure"])),
        ("object", text()),
        ("article", text()),
        ("quote", text()),
        ("coder", text()),
        ("at", text()),
        ("verdict", text()),
        ("values", json!({"type": "object"})),
        ("takes_back", maybe("integer")),
        ("settles", json!({"type": "boolean"})),
        ("why", text()),
    ];
    let found = items("Claim");
    let meaning = json!({"oneOf": [found.clone(), {"type": "null"}]});
    vec![
        ("Root", object(root)),
        ("Found", object(vec![("words", found), ("meaning", meaning)])),
        ("Corrections", object(vec![("items", list(object(correction))), ("next", maybe("integer"))])),
        ("Word", word()),
        ("Said", object(vec![("number", whole()), ("kept", of(vec!["new", "already"]))])),
        ("Accepted", object(vec![("job", text()), ("at", text())])),
        ("Job", object(job)),
    ]
}

/// What is said of a claim or figure.
fn word() -> Value {
    let mut word = open(vec![
        ("kind", of(vec!["claim", "figure"])),
        ("object", text()),
        ("verdict", of(vec!["accept", "reject", "correct", "take-back"])),
        ("values", json!({"type": "object", "additionalProperties": {"type": "string"}})),
        ("why", text()),
        ("seen", whole()),
    ]);
    word["required"] = json!(["kind", "object", "verdict"]);
    word
}

/// An object that always has these fields.
fn object(fields: Vec<(&str, Value)>) -> Value {
    let mut object = open(fields);
    object["additionalProperties"] = json!(false);
    object
}

/// An object that may have others.
fn open(fields: Vec<(&str, Value)>) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let fields: Map<String, Value> = fields.iter().map(|(n, schema)| ((*n).to_owned(), schema.clone())).collect();
    json!({"type": "object", "required": names, "properties": fields})
}

fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn whole() -> Value {
    json!({"type": "integer"})
}

fn maybe(kind: &str) -> Value {
    json!({"type": [kind, "null"]})
}

fn only(word: &str) -> Value {
    of(vec![word])
}

fn of(words: Vec<&str>) -> Value {
    json!({"type": "string", "enum": words})
}

fn or_null(name: &str) -> Value {
    json!({"oneOf": [named(name), {"type": "null"}]})
}

fn or_null_of(words: Vec<&str>) -> Value {
    json!({"oneOf": [of(words), {"type": "null"}]})
}
