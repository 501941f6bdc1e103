//! Reading into the ledger: bad files, the same again, several threads, a stop in the middle.

mod program;

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use program::Place;

const READ: [&str; 6] = ["read", "reports", "--conflict", "valley.toml", "--published", "2024-05-04"];

#[test]
fn a_folder_is_read_and_summed_up() {
    let place = Place::new();
    let ran = place.run(&READ);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.out, "", "the summary is for people: it goes to standard error");
    assert!(ran.err.contains("2 reports into standoff.db: 2 new"), "{}", ran.err);
    assert!(!ran.err.contains('\u{1b}') && !ran.err.contains('\r'), "no progress bar in a pipe: {}", ran.err);
    let claims = place.run(&["claims"]).out;
    assert!(claims.contains("✗ denies"), "{claims}");
}

#[test]
fn reading_again_changes_nothing() {
    let place = Place::new();
    place.run(&READ);
    let (file, export) = (dump(&place), place.run(&["export"]).out);
    let again = place.run(&READ);
    assert!(again.err.contains("2 unchanged"), "{}", again.err);
    assert_eq!(dump(&place), file);
    assert_eq!(place.run(&["export"]).out, export);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let place = Place::new();
    for n in 0..12 {
        let text = include_str!("reports/accusation.txt").replace("12 civilians", &format!("{} civilians", n % 9 + 11));
        place.write(&format!("reports/more/{n}.txt"), text);
    }
    let exports: Vec<String> = ["1", "2", "7"]
        .iter()
        .map(|threads| {
            let ledger = format!("{threads}.db");
            let mut arguments = READ.to_vec();
            arguments.extend(["--threads", *threads, "--ledger", &ledger]);
            assert_eq!(place.run(&arguments).code, 0);
            place.run(&["export", "--ledger", &ledger]).out
        })
        .collect();
    assert!(exports[0].lines().filter(|l| l.starts_with("{\"type\":\"article\"")).count() == 14);
    assert!(exports[0] == exports[1] && exports[1] == exports[2]);
}

#[test]
fn bad_files_get_one_line_each_and_the_rest_goes_on() {
    let place = Place::new();
    place.write("reports/empty.txt", "");
    place.write("reports/picture", b"\xff\xd8\xff\xe0");
    place.write("binary.txt", [0_u8, 159, 146, 150, 0, 1, 2, 3]);
    place.write("reports/latin1.txt", b"Des combats \xe0 la fronti\xe8re ont repris.\n");
    place.write("reports/huge.txt", "words ".repeat(5_000_000));
    #[cfg(unix)]
    std::os::unix::fs::symlink(".", place.path("reports/loop")).unwrap();
    let ran = place.run(&["read", "reports", "binary.txt", "nowhere.txt", "--conflict", "valley.toml"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let complaints: Vec<&str> = ran.err.lines().filter(|l| l.starts_with("standoff: cannot read ")).collect();
    for name in ["empty.txt", "binary.txt", "huge.txt", "nowhere.txt"] {
        assert_eq!(complaints.iter().filter(|l| l.contains(name)).count(), 1, "{name}: {}", ran.err);
    }
    assert!(complaints.iter().any(|l| l.contains("loop")), "{}", ran.err);
    assert!(ran.err.contains("picture (a picture)"), "{}", ran.err);
    // A charset of old is read, and so is a language that is not English, though nothing is made of it.
    assert!(ran.err.contains("3 reports into standoff.db"), "{}", ran.err);
    assert!(ran.err.contains("latin1.txt: the text seems to be in another language (French, fr)"), "{}", ran.err);
}

#[test]
fn files_of_many_kinds_are_known_by_their_content() {
    let place = Place::new();
    let formats = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/formats");
    let map = "title=headline,text=body_text,outlet=source.name";
    let ran = place.run(&["read", formats, "--map", map]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("10 reports into standoff.db"), "{}", ran.err);
    let reports = place.run(&["reports", "--format", "jsonl"]).out;
    let reports: Vec<serde_json::Value> = reports.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let of = |end: &str| reports.iter().find(|r| r["path"].as_str().is_some_and(|p| p.ends_with(end))).unwrap();
    assert_eq!(of("export.jsonl#2")["outlet"], "Marle Courier");
    assert_eq!(of("table.csv#6")["published"]["value"], "2019-03-12");
    assert_eq!(of("mail.eml")["published"]["value"], "2019-03-13T21:05:00+01:00");
    assert_eq!(of("crawl.warc.gz#2")["url"], "https://coast.example/2019/03/eight");
    assert_eq!(of("folder.zip!march/nine.txt")["published"]["value"], "2019-03-16");
    assert_eq!(place.run(&["read", formats, "--map", "words=text"]).code, 2);
}

#[test]
fn nothing_readable_is_told_by_the_exit_status() {
    let place = Place::new();
    place.write("empty.txt", "");
    assert_eq!(place.run(&["read", "empty.txt"]).code, 1);
    assert_eq!(place.run(&["read", "nowhere.txt"]).code, 1);
    assert_eq!(place.run(&["read"]).code, 2);
    assert_eq!(place.run(&["read", "reports", "--published", "yesterday"]).code, 2);
    let place = Place::new();
    let ran = place.run(&["read", "reports", "--conflict", "war-of-the-worlds"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("standoff: cannot use the conflict war-of-the-worlds"), "{}", ran.err);
    assert!(!place.path("standoff.db").exists(), "a run that cannot read makes no ledger");
}

#[test]
fn standard_input_and_what_is_told_of_it() {
    let place = Place::new();
    let mut child = place
        .command(&["read", "-", "--published", "2024-05-04", "--outlet", "Marle Courier"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(include_bytes!("reports/denial.txt")).unwrap();
    assert!(child.wait().unwrap().success());
    let reports = place.run(&["reports", "--format", "jsonl"]).out;
    let report: serde_json::Value = serde_json::from_str(&reports).unwrap();
    assert_eq!((&report["path"], &report["outlet"]), (&"-".into(), &"Marle Courier".into()));
    assert_eq!((&report["published"]["value"], &report["published"]["basis"]), (&"2024-05-04".into(), &"given".into()));
}

#[test]
fn a_report_in_another_language_is_kept_and_named_and_nothing_is_made_of_it() {
    let place = Place::new();
    place.write(
        "reports/bericht.txt",
        "Ostreland weist Vorwurf zurück\n\nDer Außenminister von Ostreland hat am Samstag bestritten, dass seine Truppen \
         die Stadt Dorne beschossen hätten. Bei dem Angriff waren nach Angaben der Behörden mindestens zwölf Menschen \
         getötet worden.\n",
    );
    let ran = place.run(&READ);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Not in English: kept, but nothing was read from them (1)"), "{}", ran.err);
    assert_eq!(place.run(&["claims", "--report", "bericht", "--format", "jsonl"]).out, "");
    assert!(place.run(&["reports"]).out.contains("bericht.txt"));
}

#[test]
fn a_line_in_another_language_is_kept_and_named_and_nothing_is_made_of_it() {
    let place = Place::new();
    let line =
        "Der Minister sagte am Samstag, dass bei dem Angriff auf die Stadt Dorne zwölf Menschen getötet worden seien.";
    place.write(
        "reports/mixed.txt",
        format!("Shells fall on Dorne\n\nThe mayor said on Saturday that shells had fallen on Dorne and killed nine people.\n\n{line}\n"),
    );
    let ran = place.run(&READ);
    assert!(ran.err.contains("Lines in another language: kept, but nothing was read from them (1)"), "{}", ran.err);
    let claims = place.run(&["claims", "--report", "mixed", "--format", "jsonl"]).out;
    assert!(claims.contains("nine people") && !claims.contains("Menschen"), "{claims}");
    assert!(place.run(&["reports", "--report", "mixed", "--format", "jsonl"]).out.contains(line));
}

#[test]
fn a_table_tells_of_each_report() {
    let place = Place::new();
    place.write(
        "table.csv",
        "path,published,outlet,url\naccusation.txt,2024-05-03,Marle Courier,\nother.txt,2024-05-03,,\n",
    );
    let ran = place.run(&["read", "reports", "--metadata", "table.csv", "--outlet", "Somebody Else"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("other.txt"), "a row without a report is told: {}", ran.err);
    let reports = place.run(&["reports", "--format", "csv"]).out;
    assert!(reports.contains("accusation.txt,Marle Courier,2024-05-03"), "{reports}");
    assert!(reports.contains("denial.txt,Somebody Else,"), "{reports}");
}

#[test]
fn a_kill_in_the_middle_leaves_a_whole_ledger() {
    let place = Place::new();
    for n in 0..60 {
        let text = include_str!("reports/accusation.txt").replace("wounding 30", &format!("wounding {}", n + 20));
        place.write(&format!("reports/{n:02}.txt"), text);
    }
    let mut child = place.command(&READ).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(700));
    child.kill().unwrap();
    child.wait().unwrap();
    if place.path("standoff.db").exists() {
        let ran = place.run(&["export"]);
        assert!(ran.code == 0 || ran.err.contains("not a ledger"), "{ran:?}");
    }
    assert_eq!(place.run(&READ).code, 0);
    let (mended, export) = (place.run(&["reports", "--format", "csv"]).out, place.run(&["export"]).out);
    assert_eq!(mended.lines().count(), 1 + 62);
    let mut fresh = READ.to_vec();
    fresh.extend(["--ledger", "fresh.db"]);
    place.run(&fresh);
    assert!(export == place.run(&["export", "--ledger", "fresh.db"]).out, "as if nothing had happened");
}

/// All rows of all tables, as text.
fn dump(place: &Place) -> String {
    let db = rusqlite::Connection::open(place.path("standoff.db")).unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'claim_words%' ORDER BY name";
    let mut names = db.prepare(tables).unwrap();
    let names: Vec<String> = names.query_map([], |r| r.get(0)).unwrap().map(|n| n.unwrap()).collect();
    let mut out = String::new();
    for name in names {
        let mut rows = db.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..columns).map(|c| format!("{:?}", row.get_ref(c).unwrap())).collect();
            out.push_str(&format!("{name}: {}\n", cells.join(" | ")));
        }
    }
    out
}
