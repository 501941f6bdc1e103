//! What may befall a ledger file: a kill at any moment, the wrong file, a newer program, no space, a lock, damage.

mod fixture;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use evidence::Incident;
use evidence::correction::{Anchor, Draft, Kind, Object as Corrected, Verdict};
use evidence::ledger::Reading;
use rusqlite::Connection;
use store::{Corrections, Kept, Object, SqliteStore, Store};

const CHILD_LEDGER: &str = "STANDOFF_TEST_CHILD_LEDGER";

#[test]
fn a_kill_at_any_moment_leaves_a_whole_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.db");
    let mut most = 0;
    for round in 0..12_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_saves_until_it_is_killed", "--ignored"])
            .env(CHILD_LEDGER, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Moments that fall into different steps of its work, and later ones so that it comes to replace readings.
        std::thread::sleep(Duration::from_millis(20 + 37 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        if path.exists() {
            most = most.max(check_whole(&path));
        }
    }
    assert!(most > 0, "the child never came to save anything");
}

#[test]
#[ignore = "runs as the child of the test above"]
fn child_that_saves_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD_LEDGER) else { return };
    let mut store = SqliteStore::open(Path::new(&path)).unwrap();
    for n in (0..).flat_map(|version| (0..40).map(move |article| (article, version))) {
        store.save("child", &variant(n.0, n.1)).unwrap();
        let mut picture = store.picture(1).unwrap();
        for article in picture.stale().unwrap() {
            picture.leave(&article, &[]).unwrap();
        }
        for n in 0..20 {
            let incident = Incident { id: format!("i{n}"), ..fixture::incident() };
            picture.put(&Object::Incident(incident), &[]).unwrap();
        }
        picture.finish().unwrap();
    }
}

/// The fixture as another article, of a version that shows in every table.
fn variant(article: u32, version: u32) -> Reading {
    let mut r = fixture::alpha();
    r.article.id = format!("a{article}");
    for c in &mut r.claims {
        c.article.clone_from(&r.article.id);
        c.found[..].iter_mut().for_each(|f| f.rule = version.to_string());
    }
    r.claims[0].id = format!("c{version}");
    for f in &mut r.figures {
        f.article.clone_from(&r.article.id);
        f.low = Some(u64::from(version));
    }
    r.entities[0].name = version.to_string();
    r.ceasefires[0].id = version.to_string();
    r.notes[0].message = version.to_string();
    r
}

/// Every reading is one that the child made, whole; returns how many there are.
fn check_whole(path: &Path) -> usize {
    let db = Connection::open(path).unwrap();
    let sound: String = db.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let Ok(store) = SqliteStore::open_existing(path) else {
        // Killed before the first step was done: the file is still empty, and the next run makes it.
        let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).unwrap();
        assert_eq!(tables, 0);
        return 0;
    };
    let readings = store.readings(None).unwrap();
    for r in &readings {
        let article: u32 = r.article.id[1..].parse().unwrap();
        let version: u32 = r.notes[0].message.parse().unwrap();
        assert_eq!(*r, variant(article, version));
    }
    if let Some(derived) = store.derived().unwrap() {
        assert_eq!(derived.incidents.len(), 20);
    }
    readings.len()
}

#[test]
fn what_is_acknowledged_of_corrections_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.db");
    SqliteStore::open(&path).unwrap().save("test", &fixture::alpha()).unwrap();
    let mut said = 0;
    for round in 0..6_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_corrects_until_it_is_killed", "--ignored", "--nocapture"])
            .env(CHILD_LEDGER, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(60 + 31 * round));
        child.kill().unwrap();
        let told = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        // The last line may be half a line.
        let whole = told.rsplit_once('\n').map_or("", |(lines, _)| lines);
        let acknowledged = whole.lines().filter_map(|l| l.strip_prefix("kept ")?.parse::<u64>().ok()).max();
        said = said.max(acknowledged.unwrap_or(0));
        let kept = SqliteStore::open(&path).unwrap().corrections(0).unwrap();
        assert!(kept.len() as u64 >= said, "{said} were acknowledged, {} are kept", kept.len());
        assert!(kept.iter().zip(1..).all(|(c, n)| c.number == n), "none is missing between");
    }
    assert!(said > 0, "the child never came to say anything");
}

#[test]
#[ignore = "runs as the child of the test above"]
fn child_that_corrects_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD_LEDGER) else { return };
    let mut store = SqliteStore::open(Path::new(&path)).unwrap();
    loop {
        let seen = store.corrections(0).unwrap().last().map_or(0, |c| c.number);
        if let Kept::New(number) = store.correct(&accepted(), seen, &[]).unwrap() {
            println!("kept {number}");
        }
    }
}

fn accepted() -> Draft {
    let alpha = fixture::alpha();
    Draft {
        object: Corrected { kind: Kind::Claim, id: alpha.claims[0].id.clone() },
        anchor: Anchor::of_claim(&alpha.article, &alpha.claims[0]),
        coder: "anna".into(),
        at: 0,
        settles: false,
        verdict: Verdict::Accept,
        why: String::new(),
    }
}

#[test]
fn no_statement_changes_or_removes_a_correction() {
    let (_folder, path) = filled();
    let mut store = SqliteStore::open(&path).unwrap();
    store.correct(&accepted(), 0, &[]).unwrap();
    let before = store.corrections(0).unwrap();
    let db = Connection::open(&path).unwrap();
    for sql in [
        "UPDATE correction SET coder = 'boris'",
        "DELETE FROM correction",
        "INSERT OR REPLACE INTO correction SELECT * FROM correction",
        "REPLACE INTO correction SELECT number, kind, object, article, start, end, quote, read_json, print, 'boris', at, \
         settles, verdict, values_json, takes_back, why FROM correction",
    ] {
        let error = db.execute(sql, []).unwrap_err().to_string();
        assert!(error.starts_with("a correction never"), "{sql}: {error}");
    }
    db.execute("DELETE FROM article", []).unwrap();
    assert_eq!(store.corrections(0).unwrap(), before, "nor do they go with their report");
}

#[test]
fn a_file_of_somebody_else_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Not a database, but a page of notes that somebody needs.\n".repeat(50)).unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE recipes (name)").unwrap();
    for path in [&text, &other] {
        let before = std::fs::read(path).unwrap();
        for error in [SqliteStore::open(path).err(), SqliteStore::open_existing(path).err()] {
            assert_eq!(error.unwrap().to_string(), "the file is not a ledger of Standoff; name another file");
        }
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
}

#[test]
fn a_missing_file_is_not_made_by_looking_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");
    let error = SqliteStore::open_existing(&path).err().unwrap();
    assert!(error.is_absent(), "{error}");
    assert!(!path.exists());
    let error = SqliteStore::open(&folder.path().join("no/such/folder.db")).err().unwrap();
    assert!(error.to_string().contains("check that its folder exists"), "{error}");
}

#[test]
fn a_newer_file_is_refused() {
    let (_folder, path) = filled();
    let db = Connection::open(&path).unwrap();
    db.execute("INSERT INTO migration VALUES (99, 'from the future')", []).unwrap();
    drop(db);
    for error in [SqliteStore::open(&path).err(), SqliteStore::open_existing(&path).err()] {
        let error = error.unwrap().to_string();
        assert!(error.starts_with("a newer Standoff wrote it (format 99, "), "{error}");
    }
}

#[test]
fn a_lock_is_waited_for_and_then_named() {
    let (_folder, path) = filled();
    let mut store = SqliteStore::open(&path).unwrap();
    let holder = Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.save("test", &fixture::beta()).unwrap_err();
    assert!(error.to_string().starts_with("another program is writing to it"), "{error}");
    assert_eq!(SqliteStore::open_existing(&path).unwrap().readings(None).unwrap().len(), 1, "reading goes on");
    holder.execute_batch("COMMIT").unwrap();
    store.save("test", &fixture::beta()).unwrap();
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let (_folder, path) = filled();
    let mut store = SqliteStore::open(&path).unwrap();
    store.limit_to_present_size().unwrap();
    let mut big = fixture::beta();
    big.article.text.push_str(&" The hills were quiet.".repeat(20_000));
    let error = store.save("test", &big).unwrap_err();
    assert!(error.to_string().starts_with("the disk is full"), "{error}");
    assert_eq!(store.readings(None).unwrap(), [fixture::alpha()]);
}

#[test]
fn a_ledger_opened_for_reading_cannot_be_written() {
    let (_folder, path) = filled();
    let mut store = SqliteStore::open_existing(&path).unwrap();
    let error = store.save("test", &fixture::beta()).unwrap_err();
    assert!(error.to_string().contains("read-only"), "{error}");
}

#[test]
fn damage_is_an_error_and_no_panic() {
    for (sql, named) in [
        ("UPDATE claim SET end = 100000", "span"),
        ("UPDATE claim SET start = end + 1", "span"),
        ("UPDATE claim SET act = 'mumble'", "mumble"),
        ("UPDATE claim SET meaning = x'0102'", "meaning"),
        ("UPDATE claim SET speakers_json = '[{'", "speakers"),
        ("UPDATE figure SET low = -4", "low"),
        ("UPDATE article SET published_value = 'yesterday'", "published"),
        ("UPDATE truce SET body_json = '{}'", "truce"),
        ("UPDATE article SET text = substr(text, 1, 4)", "span"),
    ] {
        let (_folder, path) = filled();
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let error = SqliteStore::open_existing(&path).unwrap().readings(None).unwrap_err().to_string();
        assert!(error.starts_with("the file is damaged") && error.contains(named), "{sql}: {error}");
    }
}

#[test]
fn a_truncated_file_is_an_error_and_no_panic() {
    let (_folder, path) = filled();
    let whole = std::fs::read(&path).unwrap();
    for part in [17, 100, 4096, whole.len() / 2, whole.len() - 4096] {
        std::fs::write(&path, &whole[..part]).unwrap();
        let read = SqliteStore::open_existing(&path).and_then(|s| s.readings(None));
        assert!(read.is_err(), "{part} of {} bytes", whole.len());
    }
}

fn filled() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger?#%.db");
    SqliteStore::open(&path).unwrap().save("test", &fixture::alpha()).unwrap();
    (folder, path)
}

#[test]
fn a_picture_that_is_not_finished_leaves_nothing_and_a_finished_one_can_be_followed_by_another() {
    let (_folder, path) = filled();
    let mut store = SqliteStore::open(&path).unwrap();
    for finished in [false, true, true] {
        let mut picture = store.picture(1).unwrap();
        picture.put(&Object::Incident(fixture::incident()), &[]).unwrap();
        for article in picture.stale().unwrap() {
            picture.leave(&article, &[]).unwrap();
        }
        if finished {
            picture.finish().unwrap();
        } else {
            drop(picture);
        }
        let other = SqliteStore::open_existing(&path).unwrap();
        assert_eq!(other.derived().unwrap().map(|d| d.incidents.len()), finished.then_some(1));
    }
}
