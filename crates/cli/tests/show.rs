//! Showing what is in the ledger: filters, forms, errors, and the way to a claim.

mod program;

use std::io::Read;
use std::process::Stdio;

use program::Place;
use serde_json::Value;

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

#[test]
fn filters_narrow_and_combine() {
    let place = filled();
    let claims = |filters: &[&str]| {
        let mut arguments = vec!["claims", "--format", "jsonl"];
        arguments.extend(filters);
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 0, "{ran:?}");
        objects(&ran.out)
    };
    let all = claims(&[]);
    let denials = claims(&["--act", "deny"]);
    assert!(!denials.is_empty() && denials.iter().all(|c| c["act"] == "deny"));
    assert!(denials.len() < all.len());
    assert_eq!(claims(&["--act", "DENY"]), denials);
    let both = claims(&["--act", "deny", "--act", "accuse"]);
    assert!(both.len() > denials.len() && both.iter().all(|c| c["act"] == "deny" || c["act"] == "accuse"));
    let brandt = claims(&["--speaker", "brandt"]);
    assert!(!brandt.is_empty() && brandt.iter().all(|c| c["speakers"].to_string().contains("Brandt")));
    let assaults = claims(&["--event", "assault"]);
    assert!(!assaults.is_empty() && assaults.iter().all(|c| c["event"] == "ASSAULT"));
    assert!(!claims(&["--place", "dornau"]).is_empty(), "another name of the place finds it");
    assert!(claims(&["--place", "atlantis"]).is_empty());
    let one = claims(&["--report", "denial.txt"]);
    assert!(!one.is_empty() && one.iter().all(|c| c["article"] == denials[0]["article"]));
    assert!(claims(&["--since", "2031"]).is_empty());
    assert_eq!(claims(&["--since", "2020", "--until", "2030-12"]), all);
    let parties = claims(&["--party", "ostreland"]);
    assert!(!parties.is_empty() && parties.iter().all(|c| c.to_string().contains("\"party\":\"ostreland\"")));
    assert!(
        claims(&["--words", "shelled"]).iter().all(|c| c["content"]["quote"].as_str().unwrap().contains("shelled"))
    );
}

#[test]
fn every_form_of_every_list() {
    let place = filled();
    let lists = ["claims", "figures", "tolls", "ceasefires", "incidents", "disputes", "timeline", "origins"];
    for list in lists.into_iter().chain(["entities", "reports"]) {
        let table = place.run(&[list]);
        assert_eq!(table.code, 0, "{table:?}");
        let too_long = table.out.lines().filter(|l| !l.contains(" · ")).find(|l| l.chars().count() > 100);
        assert_eq!(too_long, None, "{list}");
        assert!(!table.out.contains('\u{1b}'), "no colours in a pipe");
        let jsonl = objects(&place.run(&[list, "--format", "jsonl"]).out);
        let csv = place.run(&[list, "--format", "csv"]).out;
        assert!(csv.lines().count() > jsonl.len(), "{list}: a heading and at least a line each");
        let kinds: Vec<&Value> = jsonl.iter().map(|o| &o["type"]).collect();
        assert!(kinds.windows(2).all(|k| k[0] == k[1]), "{list}: {kinds:?}");
    }
}

#[test]
fn a_brief_is_of_the_days_asked_for_and_in_the_form_of_its_file() {
    let place = filled();
    let day = place.run(&["brief", "--day", "2024-05-04"]);
    assert_eq!((day.code, day.err.as_str()), (0, ""));
    assert!(day.out.starts_with("# Situation brief: 2024-05-04\n"), "{}", day.out);
    assert!(day.out.contains("Teo Brandt") && day.out.contains("\n[^1]: "), "{}", day.out);
    assert_eq!(place.run(&["brief", "--since", "2024-05-04", "--until", "2024-05-04", "-o", "brief.html"]).code, 0);
    let page = std::fs::read_to_string(place.path("brief.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("<title>Situation brief: 2024-05-04</title>"));
    assert_eq!(place.run(&["brief", "--format", "md", "-o", "brief.html"]).code, 0);
    let forced = std::fs::read_to_string(place.path("brief.html")).unwrap();
    assert!(forced.starts_with("# Situation brief: all days\n"), "{forced}");
    let none = place.run(&["brief", "--day", "2031-01-01"]);
    assert_eq!((none.code, none.err.as_str()), (0, "standoff: the ledger has no such claim\n"));
    assert_eq!(place.run(&["brief", "--day", "2024-05-04", "--since", "2024-05-01"]).code, 2);
    let party = place.run(&["brief", "--party", "lake-union"]);
    assert!(party.out.contains("Only what fits: party lake-union."), "{}", party.out);
}

#[test]
fn what_has_no_date_is_left_out_of_a_brief_and_offered() {
    let place = Place::new();
    place.write(
        "undated/a.txt",
        "Ostreland denies\n\nOstreland's foreign minister, Teo Brandt, denied that its forces had shelled Dorne.\n",
    );
    assert_eq!(place.run(&["read", "undated", "--conflict", "valley.toml"]).code, 0);
    let left_out = place.run(&["brief", "--day", "2024-05-04"]);
    assert!(left_out.out.contains("Left out: ") && left_out.err.contains("--undated"), "{left_out:?}");
    let taken_in = place.run(&["brief", "--day", "2024-05-04", "--undated"]);
    assert!(taken_in.out.contains("Among them ") && taken_in.out.contains("Teo Brandt"), "{taken_in:?}");
}

#[test]
fn the_export_is_the_same_from_run_to_run_and_to_a_file() {
    let place = filled();
    let export = place.run(&["export", "--format", "jsonl"]).out;
    assert_eq!(place.run(&["export"]).out, export);
    assert_eq!(place.run(&["export", "-o", "ledger.jsonl"]).code, 0);
    assert_eq!(std::fs::read_to_string(place.path("ledger.jsonl")).unwrap(), export);
    assert!(!place.path("ledger.jsonl.part").exists());
    let kinds: Vec<String> = objects(&export).iter().map(|o| o["type"].as_str().unwrap().to_owned()).collect();
    let order = ["article", "entity", "claim", "figure", "incident", "ceasefire"];
    let ranks: Vec<usize> = kinds.iter().map(|k| order.iter().position(|o| o == k).unwrap()).collect();
    assert!(ranks.is_sorted(), "{kinds:?}");
    let ran = place.run(&["export", "-o", "no/such/folder/ledger.jsonl"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("standoff: cannot write no/such/folder/ledger.jsonl: "), "{}", ran.err);
}

#[test]
fn spans_of_the_export_quote_the_text() {
    let place = filled();
    let objects = objects(&place.run(&["export"]).out);
    let text = |article: &Value| -> Vec<char> {
        let found = objects.iter().find(|o| o["type"] == "article" && o["id"] == *article).unwrap();
        found["text"].as_str().unwrap().chars().collect()
    };
    let mut seen = 0;
    for claim in objects.iter().filter(|o| o["type"] == "claim") {
        let (text, span) = (text(&claim["article"]), &claim["content"]);
        let at = |end: &str| span[end].as_u64().unwrap() as usize;
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(words, span["quote"].as_str().unwrap());
        seen += 1;
    }
    assert!(seen > 3);
}

#[test]
fn a_ledger_that_is_none_is_named_with_a_way_out() {
    let place = Place::new();
    let ran = place.run(&["claims"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.err,
        "standoff: cannot open the ledger standoff.db: there is no such file; read some reports into it first\n"
    );
    place.write("notes.txt", "Not a ledger.\n".repeat(100));
    for arguments in [vec!["claims", "--ledger", "notes.txt"], vec!["read", "reports", "--ledger", "notes.txt"]] {
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 1);
        assert!(
            ran.err.contains("cannot open the ledger notes.txt: the file is not a ledger of Standoff"),
            "{}",
            ran.err
        );
    }
    assert_eq!(place.run(&["claims", "--act", "mumble"]).code, 2);
    assert_eq!(place.run(&["nonsense"]).code, 2);
    assert_eq!(place.run(&[]).code, 2);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let place = filled();
    for list in ["export", "claims", "man"] {
        let mut child = place.command(&[list]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0_u8; 1];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{list}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{list}");
    }
}

#[test]
fn a_claim_is_explained_from_the_report_to_the_rule() {
    let place = filled();
    let denial = &objects(&place.run(&["claims", "--act", "deny", "--speaker", "Brandt", "--format", "jsonl"]).out)[0];
    let id = denial["id"].as_str().unwrap();
    let ran = place.run(&["explain", &id[..9]]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for part in ["reports/denial.txt", "sentence", "(root, VERB)", "found by", "meaning", "Teo Brandt"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let ran = place.run(&["explain", "czzzz"]);
    assert_eq!((ran.code, ran.err.contains("standoff claims shows the ids")), (1, true), "{ran:?}");
    let ran = place.run(&["explain", "c"]);
    assert_eq!((ran.code, ran.err.contains("several ids start so")), (1, true), "{ran:?}");
}

#[test]
fn an_incident_of_two_reports_is_explained_by_its_links_and_denials() {
    let place = filled();
    let incidents = objects(&place.run(&["incidents", "--act", "deny", "--format", "jsonl"]).out);
    let shelling = incidents.iter().find(|i| i["places"][0] == "place:dorne").expect("the shelling of Dorne");
    assert_eq!(shelling["origins"], 2, "{shelling}");
    assert_eq!(shelling["denied_by"], serde_json::json!(["ostreland"]));
    assert_eq!(shelling["denials"][0]["kind"], "own-act");
    let ran = place.run(&["explain", shelling["id"].as_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for part in ["accusation.txt", "denial.txt", "origins    2", "same event and day, at place:dorne", "(own-act)"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let ran = place.run(&["explain", "izzzz"]);
    assert_eq!((ran.code, ran.err.contains("standoff incidents shows the ids")), (1, true), "{ran:?}");
}

#[test]
fn a_rule_is_tried_on_a_sentence() {
    let place = Place::new();
    let text = "Government forces shelled the town of Dorne on Monday.";
    let ran = place.run(&["explain", "--rule", "assault/shelling", "--text", text]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("matches at «shelled»"), "{}", ran.out);
    let ran = place.run(&["explain", "--rule", "no/such", "--text", text]);
    assert_eq!((ran.code, ran.err.contains("cannot explain the rule no/such")), (1, true), "{ran:?}");
}

#[test]
fn a_text_is_taken_apart() {
    let place = Place::new();
    let text = "At least 18 people were killed on Saturday, Asa Lind said.";
    let ran = place.run(&["parse", text, "--published", "2024-05-06"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for part in [
        "kill",
        "VERB",
        "nsubj:pass",
        "└─",
        "Saturday  2024-05-04",
        "At least 18  18 to open  at least",
        "Asa Lind  PER",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn tolls_say_who_updates_and_who_disagrees() {
    let place = filled();
    let counts = |day: &str, who: &str, number: u32| {
        let text = format!(
            "Fighting goes on in the valley\n\nMARLE (Northwire) - {who} said {number} Varnian soldiers had been killed \
             since 3 May 2024. Varnia and Ostreland accuse each other of breaking the truce.\n"
        );
        let name = format!("{day}-{who}.txt").to_lowercase();
        place.write(&name, text);
        let ran = place.run(&["read", &name, "--conflict", "valley.toml", "--published", day]);
        assert_eq!(ran.code, 0, "{ran:?}");
    };
    counts("2024-05-10", "Varnia", 310);
    counts("2024-05-14", "Varnia", 333);
    counts("2024-05-14", "Ostreland", 900);
    let ran = place.run(&["tolls", "--format", "jsonl", "--ucdp", "--party", "varnia", "--since", "2024-05-03"]);
    let tolls = objects(&ran.out);
    let series = tolls.iter().find(|t| t["category"] == "military" && t["scope"]["kind"] == "since");
    let series = series.unwrap_or_else(|| panic!("no series of soldiers: {}", ran.out));
    let told: Vec<(u64, String)> = series["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["low"].as_u64().unwrap(), c["relation"].as_str().unwrap().to_owned()))
        .collect();
    assert!(told.contains(&(310, "first".into())) && told.contains(&(333, "updates".into())), "{told:?}");
    let other = series["counts"].as_array().unwrap().iter().find(|c| c["low"] == 900).unwrap();
    assert_eq!(other["disagrees_with"].as_array().map(Vec::len), Some(1), "333 of the same day, not 310 of another");
    assert_eq!(series["reading_in_ucdp_terms"]["best"], Value::Null);
    assert_eq!(series["reading_in_ucdp_terms"]["high"], 900);
    let table = place.run(&["figures", "--party", "varnia"]).out;
    assert!(table.contains("≠ 900") && table.contains("≠ 333") && !table.contains("≠ 310"), "{table}");
}
