//! The export of a small ledger, whole: what is written is what the format says, in its order, the same every time.

#[path = "../../store/tests/fixture/mod.rs"]
mod fixture;

use evidence::origin::Copy;
use evidence::time::Iso;
use evidence::toll::{Barrier, Count, Scope, Voice};
use evidence::{Ledger, Origin, Toll, TollRelation};
use publish::table::{self, Style};
use publish::{Book, csv, jsonl};
use serde_json::Value;

fn ledger() -> Ledger {
    Ledger {
        // Given in the wrong order: the export sorts by path.
        readings: vec![fixture::beta(), fixture::alpha()],
        origins: vec![Origin {
            id: "o0northwire".into(),
            agencies: vec!["Northwire".into()],
            copies: vec![Copy { article: "a0alpha".into(), reason: String::new() }],
        }],
        shared: Vec::new(),
        incidents: vec![fixture::incident()],
        ceasefires: fixture::alpha().ceasefires,
        versions: Vec::new(),
    }
}

fn exported(ledger: &Ledger) -> String {
    let mut out = Vec::new();
    jsonl::export(&Book::new(ledger), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn objects_come_in_the_order_of_the_format() {
    let kinds: Vec<String> = objects(&exported(&ledger()))
        .iter()
        .map(|o| format!("{} {}", o["type"].as_str().unwrap(), o["id"].as_str().unwrap()))
        .collect();
    assert_eq!(
        kinds,
        [
            "article a0alpha",
            "article a0beta",
            "entity party:ostreland",
            "entity place:dorne",
            "entity party:varnia",
            "entity person:asa-lind",
            "entity party:lake-union",
            "claim c0shelling",
            "claim c0truce",
            "claim c0denial",
            "figure f0toll",
            "incident i0shelling",
            "ceasefire t0truce",
        ]
    );
}

#[test]
fn the_same_ledger_gives_the_same_bytes_in_any_order() {
    let mut other = ledger();
    other.readings.reverse();
    other.readings[0].claims.reverse();
    assert_eq!(exported(&ledger()), exported(&other));
}

#[test]
fn fixed_fields_come_first_and_in_order() {
    let fields = [
        ("article", "type id path url outlet title byline agencies published language text origin"),
        ("entity", "type id kind name aliases party country lat lon"),
        (
            "claim",
            "type id article content cue speakers act event mode actors targets places time polarity status incident",
        ),
        ("figure", "type id article claim span harm low high qualifier category party place period speakers"),
        ("incident", "type id event parties places time claims origins asserted_by denied_by denials notes"),
        (
            "ceasefire",
            "type id kind parties announced_by brokers monitors effective ends terms violations status claims",
        ),
    ];
    let text = exported(&ledger());
    for (kind, fixed) in fields {
        for object in objects(&text).iter().filter(|o| o["type"] == kind) {
            let names: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
            let fixed: Vec<&str> = fixed.split(' ').collect();
            assert_eq!(names[..fixed.len()], fixed);
        }
    }
}

#[test]
fn spans_count_code_points_and_quote_what_stands_there() {
    let objects = objects(&exported(&ledger()));
    let mut seen = 0;
    for object in &objects {
        let article = object.get("article").unwrap_or(&object["id"]);
        let text = objects.iter().find(|o| o["type"] == "article" && o["id"] == *article);
        check_spans(object, text.and_then(|a| a["text"].as_str()), &objects, &mut seen);
    }
    assert!(seen > 20, "{seen} spans");
}

fn check_spans(value: &Value, text: Option<&str>, objects: &[Value], seen: &mut usize) {
    let named = value.get("article").and_then(|id| objects.iter().find(|o| o["type"] == "article" && o["id"] == *id));
    let text = named.and_then(|a| a["text"].as_str()).or(text);
    if let (Some(start), Some(end), Some(quote)) = (value.get("start"), value.get("end"), value.get("quote")) {
        // A violation's time points into the article of its claim, here always the first one.
        let text = text.or_else(|| objects[0]["text"].as_str()).unwrap();
        let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
        let words: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(words, quote.as_str().unwrap());
        *seen += 1;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| check_spans(v, text, objects, seen)),
        Value::Object(fields) => fields.values().for_each(|v| check_spans(v, text, objects, seen)),
        _ => {}
    }
}

#[test]
fn values_are_those_of_the_ledger() {
    let text = exported(&ledger());
    let objects = objects(&text);
    let find = |id: &str| objects.iter().find(|o| o["id"] == id).unwrap();
    let claim = find("c0shelling");
    assert_eq!(claim["content"]["quote"], "Ostreland's army shelled the town of Dorne on Thursday");
    assert_eq!(claim["speakers"][0]["name"], "Åsa Lind");
    assert_eq!((&claim["event"], &claim["mode"]), (&Value::from("ASSAULT"), &Value::from("heavy-weapons")));
    assert_eq!((&claim["time"]["value"], &claim["time"]["text"]), (&"2024-05-02".into(), &"Thursday".into()));
    assert_eq!(claim["incident"], "i0shelling");
    assert_eq!(find("c0truce")["incident"], Value::Null);
    assert_eq!(find("f0toll")["low"], 12);
    assert_eq!(find("f0toll")["high"], Value::Null);
    assert_eq!(find("f0toll")["period"]["text"], "since 1 May");
    assert_eq!(find("a0alpha")["origin"], "o0northwire");
    assert_eq!(find("a0beta")["origin"], "a0beta", "a report without copies is its own origin");
    assert_eq!(find("a0beta")["published"]["basis"], "unknown");
    assert_eq!(find("party:varnia")["aliases"], serde_json::json!(["Varnian"]));
    assert_eq!(find("party:lake-union")["party"], "lake-union", "a party that only a broker names is an entity");
    assert_eq!(find("i0shelling")["time"]["article"], "a0alpha");
    assert_eq!(find("t0truce")["brokers"][0]["span"]["quote"], "the Lake Union");
    assert_eq!(find("t0truce")["violations"][0]["time"]["text"], "Thursday");
}

#[test]
fn csv_rows_have_as_many_cells_as_their_heading() {
    let ledger = ledger();
    let book = Book::new(&ledger);
    let mut tables: Vec<Vec<u8>> = vec![Vec::new(); 6];
    csv::claims(&book, &book.claims(), &mut tables[0]).unwrap();
    csv::figures(&book, &book.figures(), &[], &mut tables[1]).unwrap();
    csv::incidents(&book, book.incidents(), &mut tables[2]).unwrap();
    csv::ceasefires(&book, book.ceasefires(), &mut tables[3]).unwrap();
    csv::entities(&book.entities().iter().collect::<Vec<_>>(), &mut tables[4]).unwrap();
    csv::reports(&book.pages().iter().collect::<Vec<_>>(), &mut tables[5]).unwrap();
    let expected = [3, 1, 1, 1, 5, 2];
    for (table, rows) in tables.iter().zip(expected) {
        let mut reader = ::csv::Reader::from_reader(table.as_slice());
        assert!(reader.headers().unwrap().iter().all(|h| h == h.trim() && !h.is_empty()));
        assert_eq!(reader.records().filter(Result::is_ok).count(), rows);
    }
    let claims = String::from_utf8(tables[0].clone()).unwrap();
    assert!(claims.contains("Åsa Lind,spokeswoman,defence ministry,varnia"), "{claims}");
}

#[test]
fn tables_fit_the_width_and_mark_denials() {
    let ledger = ledger();
    let book = Book::new(&ledger);
    for width in [80, 100, 160] {
        let style = Style { width, colour: false };
        let tables = [
            table::claims(&book, &book.claims(), style),
            table::figures(&book, &book.figures(), &[], style),
            table::ceasefires(&book, book.ceasefires(), style),
            table::entities(&book, &book.entities().iter().collect::<Vec<_>>(), style),
            table::reports(&book, &book.pages().iter().collect::<Vec<_>>(), style),
            table::incidents(&book, book.incidents(), style),
        ];
        for table in &tables {
            if width == 100 {
                println!("{table}");
            }
            assert!(!table.contains('\u{1b}'), "no colours unless they are wanted");
            for line in table.lines().filter(|l| !l.contains(" · ")) {
                assert!(line.chars().count() <= usize::from(width), "{width}: {line}");
            }
        }
        assert!(tables[0].contains("✗ denies") && tables[0].contains("≠ denied"), "{}", tables[0]);
    }
    let coloured = table::claims(&book, &book.claims(), Style { width: 100, colour: true });
    assert!(coloured.contains('\u{1b}'));
}

/// A series with one count of the fixture and a lower one of the outlet that disagrees.
fn series(lower: &str) -> Toll {
    let count = |figure: &str, number: u64, voice: Voice, other: &str| Count {
        figures: vec![figure.to_owned()],
        articles: vec!["a0alpha".into()],
        origins: 1,
        low: Some(number),
        high: None,
        qualifier: evidence::Qualifier::AtLeast,
        party: None,
        voice,
        day: None,
        relation: if other.is_empty() { TollRelation::First } else { TollRelation::Disagrees },
        to: Vec::new(),
        reason: String::new(),
        against: vec![if other.is_empty() { lower.to_owned() } else { other.to_owned() }],
        part_of: None,
    };
    Toll {
        id: "t0series".into(),
        conflict: None,
        side: Some("varnia".into()),
        harm: evidence::Harm::Killed,
        category: evidence::Category::Unspecified,
        scope: Scope::Since { from: Iso::parse("2031-05-03"), words: "since 3 May".into() },
        counts: vec![count("f0toll", 12, Voice::Side("varnia".into()), ""), count(lower, 9, Voice::Outlet, "f0toll")],
        range: Vec::new(),
        barriers: vec![Barrier { toll: None, reason: "the counts are of the same people".into() }],
        notes: vec!["no report has a date: no order is claimed".into()],
    }
}

#[test]
fn counts_that_disagree_are_marked_where_figures_and_where_series_are_shown() {
    let mut ledger = ledger();
    let mut lower = ledger.readings[1].figures[0].clone();
    lower.id = "f1lower".into();
    (lower.low, lower.high) = (Some(9), Some(9));
    lower.speakers.clear();
    ledger.readings[1].figures.push(lower);
    let book = Book::new(&ledger);
    let tolls = [series("f1lower")];
    let figures = table::figures(&book, &book.figures(), &tolls, Style::PLAIN);
    assert!(figures.contains("≠ ≥ 12") && figures.contains("≠ 9"), "{figures}");
    let chosen: Vec<&Toll> = tolls.iter().collect();
    let shown = table::tolls(&book, &chosen, &tolls, true, Style::PLAIN);
    for told in ["people of Varnia killed, since 3 May 2031", "≠ ≥ 12", "never add up", "note: no report", "UCDP"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let mut out = Vec::new();
    jsonl::tolls(&book, &chosen, false, &mut out).unwrap();
    let toll: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(toll["counts"][1]["disagrees_with"][0], "f0toll");
    assert_eq!(toll["not_addable"][0]["reason"], "the counts are of the same people");
    assert!(toll.get("reading_in_ucdp_terms").is_none(), "only where it is asked for");
    let mut sheet = Vec::new();
    csv::tolls(&book, &chosen, true, &mut sheet).unwrap();
    let sheet = String::from_utf8(sheet).unwrap();
    assert!(sheet.lines().next().unwrap().ends_with("words,ucdp_low,ucdp_best,ucdp_high"));
    assert_eq!(sheet.lines().count(), 3);
}

#[test]
fn characters_that_steer_a_terminal_are_shown_and_not_obeyed() {
    let mut ledger = ledger();
    let article = &mut ledger.readings[0].article;
    article.text = article.text.replacen("Teo", "T\u{1b}o", 1);
    ledger.readings[0].claims[0].speakers[0].name = Some("Teo\u{1b}[2J \u{202e}Brandt\r".into());
    ledger.readings[0].entities[0].name.push('\u{7}');
    ledger.readings[0].article.path.push('\u{9b}');
    let book = Book::new(&ledger);
    let all = [
        table::claims(&book, &book.claims(), Style::PLAIN),
        table::entities(&book, &book.entities().iter().collect::<Vec<_>>(), Style::PLAIN),
        table::reports(&book, &book.pages().iter().collect::<Vec<_>>(), Style::PLAIN),
    ];
    for table in all {
        assert!(!table.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{table:?}");
    }
}
