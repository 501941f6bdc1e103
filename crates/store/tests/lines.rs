//! Lines must be what the readings and the picture are, whatever was there before.

mod fixture;

use std::path::Path;

use rusqlite::Connection;
use store::line::{ClaimLine, Facet, FigureLine, MatterKind, MatterLine, ReportLine, Sink};
use store::{Object, SqliteStore, Store};

/// Lines as texts, with their words in the place of numbers; keys apart.
#[derive(Default)]
struct Told {
    words: Vec<(u32, Facet, String)>,
    lines: Vec<String>,
    claim_keys: Vec<(String, u64)>,
    members: Vec<(String, Vec<(u64, bool)>)>,
}

impl Told {
    fn named(&self, words: &[u32]) -> Vec<String> {
        let name = |n: &u32| {
            let (_, kind, value) = self.words.iter().find(|w| w.0 == *n).expect("every word is in the dictionary");
            format!("{kind:?} {value}")
        };
        let mut all: Vec<String> = words.iter().map(name).collect();
        all.sort();
        all
    }
}

impl Sink for Told {
    fn report(&mut self, _: u64, l: &ReportLine) {
        let words = self.named(l.words);
        self.lines.push(format!("report {} {} {:?} {words:?}", l.id, l.path, l.days));
    }

    fn claim(&mut self, l: &ClaimLine) {
        let words = self.named(l.words);
        self.claim_keys.push((l.id.to_owned(), l.key));
        self.lines.push(format!("claim {} {:?} {} {words:?}", l.id, l.days, l.doubts));
    }

    fn figure(&mut self, l: &FigureLine) {
        let words = self.named(l.words);
        self.lines.push(format!(
            "figure {} of {:?} {:?} {:?}-{:?} {} {words:?}",
            l.id, l.claim, l.days, l.low, l.high, l.doubts
        ));
    }

    fn matter(&mut self, l: &MatterLine) {
        let words = self.named(l.words);
        assert_eq!(l.kind, MatterKind::Incident);
        self.members.push((l.id.to_owned(), l.members.to_vec()));
        self.lines.push(format!("incident {} {:?} {} {} {words:?}", l.id, l.days, l.weight, l.denials));
    }
}

fn told(store: &SqliteStore) -> Told {
    let lines = store.lines();
    let mut told = Told::default();
    lines.words(0, |n, kind, value| told.words.push((n, kind, value))).unwrap();
    let (sheets, matters) = lines.last_keys().unwrap();
    lines.sheets(0..=sheets, &mut told).unwrap();
    lines.matters(0..=matters, &mut told).unwrap();
    told
}

fn filled(path: &Path) -> SqliteStore {
    let mut store = SqliteStore::open(path).unwrap();
    store.save("test", &fixture::alpha()).unwrap();
    store.save("test", &fixture::beta()).unwrap();
    let mut picture = store.picture(1).unwrap();
    picture.put(&Object::Incident(fixture::incident()), &[]).unwrap();
    picture.finish().unwrap();
    store
}

#[test]
fn lines_tell_what_the_readings_and_the_picture_tell() {
    let folder = tempfile::tempdir().unwrap();
    let told = told(&filled(&folder.path().join("a.db")));
    let line = |start: &str| told.lines.iter().find(|l| l.starts_with(start)).unwrap_or_else(|| panic!("{start}"));
    let shelling = line("claim c0shelling");
    // 2 May 2024.
    assert!(shelling.contains("first: Some(19845), last: Some(19845), minute: None"), "{shelling}");
    for word in [
        "Voice varnia",
        "Actor ostreland",
        "Act accuse",
        "Event ASSAULT",
        "Mode heavy-weapons",
        "Site place:dorne",
        "Entity person:asa-lind",
        "Speaker åsa lind",
        "Polarity affirmed",
        "Status actual",
    ] {
        assert!(shelling.contains(&format!("\"{word}\"")), "{word}: {shelling}");
    }
    let toll = line("figure f0toll");
    assert!(toll.contains("of Some(0)") && toll.contains("Some(12)-None"), "{toll}");
    assert!(toll.contains("Target varnia") && toll.contains("Category civilian"), "{toll}");
    let incident = line("incident i0shelling");
    assert!(incident.contains(" 2 1 ") && incident.contains("Denier ostreland"), "{incident}");
    let key = |id: &str| told.claim_keys.iter().find(|c| c.0 == id).unwrap().1;
    let mut members = vec![(key("c0shelling"), false), (key("c0denial"), true)];
    members.sort_unstable();
    assert_eq!(told.members, [("i0shelling".to_owned(), members)]);
}

#[test]
fn a_claim_keeps_its_key_and_no_key_is_given_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("a.db"));
    let before = told(&store).claim_keys;
    let mut other = fixture::beta();
    other.claims[0].id = "c0another".into();
    store.save("test", &other).unwrap();
    let mut more = fixture::alpha();
    more.notes.clear();
    store.save("test", &more).unwrap();
    let after = told(&store).claim_keys;
    let key = |keys: &[(String, u64)], id: &str| keys.iter().find(|c| c.0 == id).map(|c| c.1);
    for same in ["c0shelling", "c0truce"] {
        assert_eq!(key(&before, same), key(&after, same), "{same} is the claim that it was");
    }
    assert_eq!(key(&after, "c0denial"), None, "no line of what is gone");
    let new = key(&after, "c0another").unwrap();
    assert!(before.iter().all(|(_, old)| *old < new), "the key of the claim that is gone is not given again");
    let mut found = Vec::new();
    let last = store.claims_with("shelled", 0, |key| found.push(key)).unwrap();
    store.claims_with("Shelled", last, |key| panic!("{key} is not new")).unwrap();
    found.sort_unstable();
    let mut wanted = vec![key(&after, "c0shelling").unwrap(), new];
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn who_follows_is_told_what_is_new_and_what_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("a.db"));
    let change = store.lines().change().unwrap();
    assert_eq!(store.save("test", &fixture::alpha()).unwrap(), store::Saved::Unchanged);
    assert_eq!(store.lines().change().unwrap(), change, "nothing has changed");
    let mut other = fixture::beta();
    other.claims.clear();
    store.save("test", &other).unwrap();
    let step = store.lines().gone(change).unwrap().expect("it is not forgotten");
    assert_eq!((step.sheets.len(), step.matters.len()), (1, 0));
    let mut told = Told::default();
    store.lines().words(0, |n, kind, value| told.words.push((n, kind, value))).unwrap();
    store.lines().sheets_since(change, &mut told).unwrap();
    assert_eq!(told.lines.len(), 1, "only what has changed: {:?}", told.lines);
    store.picture(2).unwrap().finish().unwrap();
    assert_eq!(store.lines().gone(change).unwrap(), None, "all incidents were thrown away: read anew");
    assert_eq!(told_matters(&store), 0);
}

fn told_matters(store: &SqliteStore) -> usize {
    told(store).members.len()
}

#[test]
fn an_old_ledger_gets_the_lines_that_a_new_one_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let new = told(&filled(&path)).lines;
    // As an older program left it.
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "DROP TABLE word; DROP TABLE sheet; DROP TABLE sense; DROP TABLE matter; DROP TABLE gone; DROP TABLE thing; \
         DROP TABLE correction; DROP TABLE answer; DELETE FROM state WHERE key IN ('change', 'forgotten', 'claim'); \
         DELETE FROM migration WHERE version > 5",
    )
    .unwrap();
    drop(db);
    let error = SqliteStore::open_existing(&path).err().unwrap();
    assert!(error.to_string().contains("older Standoff"), "{error}");
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(told(&store).lines, new);
    assert_eq!(store.lines().things().unwrap().len(), 4);
}
