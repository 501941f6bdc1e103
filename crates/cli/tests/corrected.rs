//! Exports as people corrected the ledger, and what they reviewed as gold.

mod program;

use evidence::correction::{Anchor, Draft, Field, Kind, Object, Values, Verdict};
use evidence::ledger::Reading;
use program::Place;
use serde_json::Value;
use store::{Corrections, Kept, SqliteStore, Store};

/// With the reports in the ledger.
fn filled() -> Place {
    let place = Place::new();
    let ran = place.run(&["read", "reports", "--conflict", "valley.toml", "--published", "2024-05-04"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    place
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn export(place: &Place, flags: &[&str]) -> String {
    let ran = place.run(&[&["export"], flags].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.out
}

/// Somebody says something of an object.
fn say(store: &mut SqliteStore, reading: &Reading, kind: Kind, id: &str, verdict: Verdict) {
    let article = &reading.article;
    let anchor = match kind {
        Kind::Claim => Anchor::of_claim(article, reading.claims.iter().find(|c| c.id == id).unwrap()),
        Kind::Figure => Anchor::of_figure(article, reading.figures.iter().find(|f| f.id == id).unwrap()),
    };
    let object = Object { kind, id: id.to_owned() };
    let (coder, why) = ("anna".to_owned(), "read twice".to_owned());
    let draft = Draft { object, anchor, coder, at: 1_714_700_096, settles: false, verdict, why };
    assert!(matches!(store.correct(&draft, 0, &[]).unwrap(), Kept::New(_)));
}

#[test]
fn the_layer_is_in_the_export_only_where_it_is_asked_for() {
    let place = filled();
    let before = export(&place, &[]);
    let mut store = SqliteStore::open(&place.path("standoff.db")).unwrap();
    let readings = store.readings(None).unwrap();
    let (first, second) = (&readings[0], &readings[1]);
    let status = Verdict::Correct(Values::from([(Field::Status, "possible".to_owned())]));
    say(&mut store, first, Kind::Claim, &first.claims[0].id, status);
    say(&mut store, second, Kind::Claim, &second.claims[0].id, Verdict::Reject);
    assert_eq!(export(&place, &[]), before, "the same bytes");
    assert_eq!(export(&place, &["--corrected"]), export(&place, &["--corrected"]));

    let new = objects(&export(&place, &["--corrected"]));
    let claim = |id: &str| new.iter().find(|o| o["type"] == "claim" && o["id"] == id);
    let changed = claim(&first.claims[0].id).unwrap();
    assert_eq!(changed["status"], "possible");
    assert!(changed["found"].to_string().contains("correction/status"));
    assert!(claim(&second.claims[0].id).is_none());
    let names = |o: &&Value| o["type"] != "claim" && o.to_string().contains(&second.claims[0].id);
    assert!(!new.iter().any(|o| names(&o)), "incidents are made of what is left");

    let with = export(&place, &["--with-corrections"]);
    let added = objects(with.strip_prefix(&before).expect("the export, and then the corrections"));
    assert_eq!(added.len(), 2);
    assert_eq!((&added[0]["type"], &added[0]["verdict"]), (&"correction".into(), &"correct".into()));
    assert_eq!((&added[0]["values"]["status"], &added[0]["at"]), (&"possible".into(), &"2024-05-03T01:34:56Z".into()));
    assert_eq!(added[0]["span"]["quote"], added[0]["quote"]);
}

#[test]
fn gold_is_written_of_reports_that_are_reviewed_throughout() {
    let place = filled();
    let none = place.run(&["export", "--format", "gold", "-o", "gold"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("are not reviewed") && none.err.contains("no report is reviewed throughout"), "{none:?}");
    let mut store = SqliteStore::open(&place.path("standoff.db")).unwrap();
    let reading = store.readings(None).unwrap().swap_remove(0);
    for (n, claim) in reading.claims.iter().enumerate() {
        let verdict = if n == 0 { Verdict::Reject } else { Verdict::Accept };
        say(&mut store, &reading, Kind::Claim, &claim.id, verdict);
    }
    for figure in &reading.figures {
        let low = figure.low.unwrap_or_default() + 1;
        let values = [(Field::Low, low.to_string()), (Field::High, String::new())];
        say(&mut store, &reading, Kind::Figure, &figure.id, Verdict::Correct(Values::from(values)));
    }
    let ran = place.run(&["export", "--format", "gold", "-o", "gold"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("denial.txt is left out") && ran.err.contains("1 of 2 reports written"), "{ran:?}");
    let gold: Value = serde_json::from_slice(&std::fs::read(place.path("gold/accusation.json")).unwrap()).unwrap();
    assert_eq!(gold["claims"].as_array().unwrap().len(), reading.claims.len() - 1);
    let text = std::fs::read_to_string(place.path("gold/reports/accusation.txt")).unwrap();
    assert!(gold["claims"].as_array().unwrap().iter().all(|c| text.contains(c["anchor"].as_str().unwrap())));
    assert_eq!(gold["figures"][0]["low"], reading.figures[0].low.unwrap() + 1);
    assert_eq!(place.run(&["export", "--format", "gold"]).code, 2, "it needs a folder");
}
