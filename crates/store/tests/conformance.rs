//! What every kind of store must do. A new kind adds one function that opens it, and runs the same list.

mod fixture;

use evidence::correction::{Anchor, Draft, Field, Kind, Object as Corrected, Values, Verdict};
use evidence::time::Iso;
use evidence::{Act, Block, Event, Layer, Link, Trace};
use store::{
    Corrections, Derived, Feed, Kept, Listed, Object, Saved, Selection, SqliteStore, Store, Wanted, Watchlist,
};

const READER: &str = "test 1";

/// Runs every check on fresh stores.
fn conforms<S: Store + Watchlist + Corrections>(fresh: impl Fn() -> S) {
    readings_come_back_as_they_were(fresh());
    reading_again_changes_nothing(fresh());
    another_reading_replaces_the_old_one_whole(fresh());
    the_picture_is_of_the_readings_that_left_traces(fresh());
    every_filter_picks_what_it_says(fresh());
    an_excerpt_has_what_is_wanted_and_no_more(fresh());
    days_are_compared_as_finely_as_they_are_told(fresh());
    claims_are_found_by_the_start_of_their_id(fresh());
    versions_of_an_article_share_its_address(fresh());
    a_page_is_listed_once_and_looked_at_when_it_is_due(fresh());
    hosts_take_turns(fresh());
    corrections_come_back_in_order(fresh());
    who_did_not_see_a_correction_is_told(fresh());
    corrections_outlive_the_reading(fresh());
}

#[test]
fn sqlite_conforms() {
    let folder = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    conforms(|| {
        count.set(count.get() + 1);
        SqliteStore::open(&folder.path().join(format!("{}.db", count.get()))).unwrap()
    });
}

fn readings_come_back_as_they_were(mut store: impl Store) {
    assert_eq!(store.readings(None).unwrap(), []);
    // Saved in the other order: what comes back is sorted by path.
    assert_eq!(store.save(READER, &fixture::beta()).unwrap(), Saved::Added);
    assert_eq!(store.save(READER, &fixture::alpha()).unwrap(), Saved::Added);
    assert_eq!(store.readings(None).unwrap(), [fixture::alpha(), fixture::beta()]);
    assert_eq!(store.readings(Some(&["a0beta".into(), "none".into()])).unwrap(), [fixture::beta()]);
}

fn an_excerpt_has_what_is_wanted_and_no_more(mut store: impl Store) {
    let (alpha, beta) = (fixture::alpha(), fixture::beta());
    store.save(READER, &alpha).unwrap();
    store.save(READER, &beta).unwrap();
    let nothing = store.excerpt(&Wanted { claims: vec!["none".into()], ..Wanted::default() }).unwrap();
    assert_eq!(nothing.readings, []);
    let whole = store.excerpt(&Wanted { articles: vec![beta.article.id.clone()], ..Wanted::default() }).unwrap();
    assert_eq!(whole.readings, [beta]);
    let claim = alpha.claims[0].clone();
    let part = store.excerpt(&Wanted { claims: vec![claim.id.clone()], ..Wanted::default() }).unwrap();
    let [reading] = &part.readings[..] else { panic!("{:?}", part.readings) };
    assert_eq!((&reading.article, &reading.entities), (&alpha.article, &alpha.entities));
    assert_eq!((&reading.claims[..], &reading.figures[..]), (&[claim][..], &[][..]));
    let figure = alpha.figures[0].clone();
    let part = store.excerpt(&Wanted { figures: vec![figure.id.clone()], ..Wanted::default() }).unwrap();
    let [reading] = &part.readings[..] else { panic!("{:?}", part.readings) };
    assert_eq!(reading.figures, std::slice::from_ref(&figure));
    assert_eq!(reading.claims.iter().map(|c| &c.id).collect::<Vec<_>>(), figure.claim.iter().collect::<Vec<_>>());
}

fn reading_again_changes_nothing(mut store: impl Store) {
    store.save(READER, &fixture::alpha()).unwrap();
    let before = store.revision().unwrap();
    assert_eq!(store.save(READER, &fixture::alpha()).unwrap(), Saved::Unchanged);
    let mut elsewhere = fixture::alpha();
    elsewhere.article.path = "another/copy.txt".into();
    assert_eq!(store.save("test 2", &elsewhere).unwrap(), Saved::Unchanged);
    let mut later = fixture::alpha();
    later.article.imprint.retrieved = evidence::time::Iso::parse("2031-01-02T03:04:05Z");
    assert_eq!(store.save("test 2", &later).unwrap(), Saved::Unchanged, "taken from the net again");
    assert_eq!(store.readings(None).unwrap(), [fixture::alpha()]);
    assert_eq!(store.revision().unwrap(), before);
}

fn another_reading_replaces_the_old_one_whole(mut store: impl Store) {
    store.save(READER, &fixture::alpha()).unwrap();
    store.save(READER, &fixture::beta()).unwrap();
    let mut better = fixture::alpha();
    better.claims.remove(0);
    better.figures.clear();
    better.notes.clear();
    assert_eq!(store.save("test 2", &better).unwrap(), Saved::Replaced);
    assert_eq!(store.readings(None).unwrap(), [better, fixture::beta()]);
    let gone = Selection { words: vec!["Thursday".into()], ..Selection::default() };
    assert!(store.select(&gone).unwrap().claims.is_empty(), "the old words are no longer found");
}

fn the_picture_is_of_the_readings_that_left_traces(mut store: impl Store) {
    store.save(READER, &fixture::alpha()).unwrap();
    assert_eq!(store.derived().unwrap(), None, "nothing was made of it yet");
    let block = Block(7);
    let trace = |id: &str, article: &str| Trace {
        id: id.into(),
        layer: Layer::Incident,
        article: article.into(),
        body: id.as_bytes().to_vec(),
        blocks: vec![block],
    };
    let (x, y) = (trace("s0x", "a0alpha"), trace("s0y", "a0alpha"));
    let mut picture = store.picture(1).unwrap();
    assert_eq!(picture.stale().unwrap(), ["a0alpha"]);
    let touched = picture.leave("a0alpha", &[x.clone(), y.clone()]).unwrap();
    assert_eq!(touched.traces, [(Layer::Incident, "s0x".to_owned()), (Layer::Incident, "s0y".to_owned())]);
    assert_eq!(picture.crowded(&[block]).unwrap(), [block]);
    assert_eq!(picture.traces_in(block).unwrap(), [x.clone(), y.clone()]);
    let link = Link::new("s0y", "s0x", "alike");
    assert_eq!(picture.link(block, std::slice::from_ref(&link)).unwrap(), ["s0x", "s0y"]);
    assert_eq!(picture.link(block, std::slice::from_ref(&link)).unwrap(), [] as [&str; 0], "nothing has changed");
    assert_eq!(picture.links_at("s0y").unwrap(), [link]);
    let ids = ["s0x".to_owned(), "s0y".to_owned()];
    picture.put(&Object::Incident(fixture::incident()), &ids).unwrap();
    picture.finish().unwrap();
    assert_eq!(store.derived().unwrap().unwrap().incidents, [fixture::incident()]);

    store.save(READER, &fixture::beta()).unwrap();
    assert_eq!(store.derived().unwrap(), None, "a new reading makes it old");
    drop(store.picture(1).unwrap());
    assert_eq!(store.derived().unwrap(), None, "what is not finished is not kept");

    let mut picture = store.picture(1).unwrap();
    assert_eq!(picture.stale().unwrap(), ["a0beta"]);
    picture.leave("a0beta", &[]).unwrap();
    let touched = picture.leave("a0alpha", std::slice::from_ref(&x)).unwrap();
    assert_eq!(touched.blocks, [block], "what has not changed is not touched: {touched:?}");
    assert!(touched.traces.contains(&(Layer::Incident, "s0x".to_owned())), "it has lost its neighbour");
    assert_eq!(picture.links_at("s0x").unwrap(), []);
    picture.finish().unwrap();
    assert_eq!(store.derived().unwrap(), Some(Derived::default()), "what a lost trace was part of is gone");

    let picture = store.picture(2).unwrap();
    assert_eq!(picture.stale().unwrap(), ["a0alpha", "a0beta"], "traces of another form are made anew");
    assert_eq!(picture.traces_in(block).unwrap(), []);
}

fn every_filter_picks_what_it_says(mut store: impl Store) {
    store.save(READER, &fixture::alpha()).unwrap();
    store.save(READER, &fixture::beta()).unwrap();
    let one = |s: &str| vec![s.to_owned()];
    let check = |s: Selection, claims: &[&str], figures: &[&str]| {
        let picked = store.select(&s).unwrap();
        let mut claims: Vec<String> = claims.iter().map(|c| (*c).to_owned()).collect();
        claims.sort();
        assert_eq!(picked.claims.into_iter().collect::<Vec<_>>(), claims, "{s:?}");
        assert_eq!(picked.figures.into_iter().collect::<Vec<_>>(), figures, "{s:?}");
    };
    let all = Selection::default;
    check(all(), &["c0shelling", "c0truce", "c0denial"], &["f0toll"]);
    check(Selection { parties: one("varnia"), ..all() }, &["c0shelling"], &["f0toll"]);
    check(Selection { parties: one("ostreland"), ..all() }, &["c0shelling", "c0denial"], &[]);
    check(Selection { speakers: one("LIND"), ..all() }, &["c0shelling"], &["f0toll"]);
    check(Selection { speakers: one("åsa"), ..all() }, &["c0shelling"], &["f0toll"]);
    check(Selection { acts: vec![Act::Deny], ..all() }, &["c0denial"], &[]);
    check(Selection { events: vec![Event::Assault], ..all() }, &["c0shelling", "c0denial"], &["f0toll"]);
    check(Selection { places: one("dornau"), ..all() }, &["c0shelling", "c0denial"], &["f0toll"]);
    check(Selection { reports: one("beta"), ..all() }, &["c0denial"], &[]);
    check(Selection { reports: one("a0alpha"), ..all() }, &["c0shelling", "c0truce"], &["f0toll"]);
    check(Selection { words: vec!["shelled".into(), "TOWN".into()], ..all() }, &["c0shelling"], &["f0toll"]);
    check(Selection { words: one("shelled OR truce\" *"), ..all() }, &[], &[]);
    check(Selection { parties: one("' OR 1 --"), ..all() }, &[], &[]);
    check(
        Selection { parties: one("ostreland"), acts: vec![Act::Deny, Act::Accuse], reports: one("alpha"), ..all() },
        &["c0shelling"],
        &[],
    );
    let undated = store.select(&Selection { reports: one("beta"), ..all() }).unwrap();
    assert_eq!(undated.articles.into_iter().collect::<Vec<_>>(), ["a0beta"]);
}

fn days_are_compared_as_finely_as_they_are_told(mut store: impl Store) {
    store.save(READER, &fixture::alpha()).unwrap();
    store.save(READER, &fixture::beta()).unwrap();
    let between = |since: Option<&str>, until: Option<&str>| {
        let s = Selection { since: since.map(Into::into), until: until.map(Into::into), ..Selection::default() };
        store.select(&s).unwrap().claims.into_iter().collect::<Vec<_>>().join(" ")
    };
    // The truce lasts from 30 April to 30 May, the shelling was on 2 May, the denial has no day at all.
    assert_eq!(between(Some("2024-05-02"), None), "c0shelling c0truce");
    assert_eq!(between(Some("2024-05-03"), None), "c0truce");
    assert_eq!(between(None, Some("2024-04")), "c0truce");
    assert_eq!(between(Some("2024"), Some("2024")), "c0shelling c0truce");
    assert_eq!(between(Some("2024-06"), None), "");
}

fn claims_are_found_by_the_start_of_their_id(mut store: impl Store) {
    store.save(READER, &fixture::alpha()).unwrap();
    let find = |prefix: &str, most| store.claims_like(prefix, most).unwrap();
    assert_eq!(find("c0s", 5), [("c0shelling".to_owned(), "a0alpha".to_owned())]);
    assert_eq!(find("c0", 5).len(), 2);
    assert_eq!(find("c0", 1).len(), 1);
    assert_eq!(find("%", 5), []);
}

fn versions_of_an_article_share_its_address(mut store: impl Store) {
    let mut first = fixture::alpha();
    first.article.url = Some("http://courier.example/bridge?utm_source=a".into());
    first.article.imprint.retrieved = Iso::parse("2024-05-03T10:00Z");
    let mut second = fixture::beta();
    second.article.url = Some("https://courier.example/bridge#top".into());
    second.article.imprint.modified = Iso::parse("2024-05-04");
    for reading in [&first, &second] {
        store.save(READER, reading).unwrap();
    }
    let all = store.editions(None).unwrap();
    assert_eq!(all.len(), 1);
    let (address, editions) = &all[0];
    assert_eq!(address, "https://courier.example/bridge");
    assert_eq!(editions.iter().map(|e| e.article.as_str()).collect::<Vec<_>>(), ["a0alpha", "a0beta"]);
    assert_eq!(editions[0].retrieved, first.article.imprint.retrieved);
    assert_eq!(editions[1].modified, second.article.imprint.modified);
    assert_eq!(store.editions(Some("a0beta")).unwrap(), all);
    assert_eq!(store.articles_like("https://courier.example/bridge?fbclid=x", 5).unwrap(), ["a0alpha", "a0beta"]);
    assert_eq!(store.articles_like(&first.article.path, 5).unwrap(), ["a0alpha"]);
    // Taken from the net again, it is the same article.
    let mut again = first.clone();
    again.article.imprint.retrieved = Iso::parse("2024-06-01T10:00Z");
    assert_eq!(store.save(READER, &again).unwrap(), Saved::Unchanged);
    assert_eq!(store.editions(Some("a0alpha")).unwrap(), all);
    // Another article of its own has no versions.
    second.article.url = Some("https://courier.example/tunnel".into());
    store.save(READER, &second).unwrap();
    assert_eq!(store.editions(None).unwrap(), []);
}

fn listed(key: &str, host: &str, updated: Option<&str>) -> Listed {
    Listed {
        key: key.into(),
        url: format!("{key}?from=feed"),
        host: host.into(),
        published: evidence::time::Iso::parse("2030-10-01T12:05:00Z"),
        updated: updated.and_then(evidence::time::Iso::parse),
    }
}

fn a_page_is_listed_once_and_looked_at_when_it_is_due(mut store: impl Watchlist) {
    let fresh = store.feed("f").unwrap();
    assert_eq!(fresh, Feed { url: "f".into(), ..Feed::default() }, "never asked, due at once");
    let asked = Feed { due: 900, etag: Some("\"1\"".into()), ..fresh };
    assert_eq!(store.heard(&asked, &[listed("a", "h", None), listed("b", "i", None)], 100, 160).unwrap(), 2);
    assert_eq!(store.feed("f").unwrap(), asked);
    assert_eq!(store.heard(&asked, &[listed("b", "i", None)], 200, 260).unwrap(), 0, "known");
    let other = Feed { url: "g".into(), ..Feed::default() };
    assert_eq!(store.heard(&other, &[listed("a", "h", None)], 200, 260).unwrap(), 0, "another feed lists it too");
    assert_eq!(store.waiting().unwrap(), 2);

    let mut a = store.due(100, &[], 9).unwrap().remove(0);
    assert_eq!((a.page.clone(), a.feed.as_str(), a.due, a.looks), (listed("a", "h", None), "f", Some(100), 0));
    (a.due, a.first, a.looks, a.etag) = (Some(500), Some(110), 1, Some("e".into()));
    store.looked(&a).unwrap();
    assert_eq!(store.due(499, &[], 9).unwrap().len(), 1, "only the other one");
    assert_eq!(store.due(500, &[], 9).unwrap()[1], a);
    assert_eq!(store.waiting().unwrap(), 1);

    a.due = None;
    store.looked(&a).unwrap();
    assert_eq!(store.due(9999, &[], 9).unwrap().len(), 1, "never again");
    let changed = listed("a", "h", Some("2030-10-02T00:00:00Z"));
    store.heard(&other, std::slice::from_ref(&changed), 600, 660).unwrap();
    assert_eq!(store.due(9999, &[], 9).unwrap().len(), 1, "the feed that listed it first decides");
    store.heard(&asked, std::slice::from_ref(&changed), 600, 660).unwrap();
    assert_eq!(store.due(9999, &[], 9).unwrap()[1].due, Some(660), "the feed says that it was changed");
    a.due = None;
    store.looked(&a).unwrap();
    store.heard(&asked, &[changed], 700, 760).unwrap();
    assert_eq!(store.due(9999, &[], 9).unwrap().len(), 1, "and says nothing new");
}

fn hosts_take_turns(mut store: impl Watchlist) {
    let pages = [("a1", "a"), ("a2", "a"), ("b1", "b"), ("c1", "c"), ("d1", "d")];
    for (n, (key, host)) in pages.into_iter().enumerate() {
        store.heard(&Feed { url: "f".into(), ..Feed::default() }, &[listed(key, host, None)], n as i64, 0).unwrap();
    }
    let due = |store: &dyn Watchlist, now, busy: &[String], most| -> Vec<String> {
        store.due(now, busy, most).unwrap().into_iter().map(|p| p.page.key).collect()
    };
    assert_eq!(due(&store, 9, &[], 9), ["a1", "b1", "c1", "d1"], "one of each host");
    assert_eq!(due(&store, 9, &["b".to_owned()], 2), ["a1", "c1"], "none of busy hosts, and no more than asked for");
    assert_eq!(due(&store, 2, &["a".to_owned()], 9), ["b1"], "none before its time");
}

fn draft(coder: &str, verdict: Verdict) -> Draft {
    let alpha = fixture::alpha();
    let claim = &alpha.claims[0];
    Draft {
        object: Corrected { kind: Kind::Claim, id: claim.id.clone() },
        anchor: Anchor::of_claim(&alpha.article, claim),
        coder: coder.into(),
        at: 1_714_700_000,
        settles: false,
        verdict,
        why: "the text: \u{ab}said\u{bb}".into(),
    }
}

fn corrections_come_back_in_order(mut store: impl Store + Corrections) {
    store.save(READER, &fixture::alpha()).unwrap();
    let revision = store.revision().unwrap();
    assert_eq!(store.corrections(0).unwrap(), []);
    let values = Values::from([(Field::Act, "assert".into()), (Field::Time, String::new())]);
    let correct = draft("anna", Verdict::Correct(values));
    let alpha = fixture::alpha();
    let figure = Draft {
        object: Corrected { kind: Kind::Figure, id: "f0toll".into() },
        anchor: Anchor::of_figure(&alpha.article, &alpha.figures[0]),
        settles: true,
        ..draft("edda", Verdict::Reject)
    };
    assert_eq!(store.correct(&correct, 0, &[]).unwrap(), Kept::New(1));
    assert_eq!(store.correct(&figure, 0, &[]).unwrap(), Kept::New(2));
    let back = draft("anna", Verdict::TakeBack(1));
    assert_eq!(store.correct(&back, 1, &[]).unwrap(), Kept::New(3));
    let all: Vec<Draft> = store.corrections(0).unwrap().into_iter().map(|c| c.said).collect();
    assert_eq!(all, [correct, figure, back.clone()]);
    let new = store.corrections(2).unwrap();
    assert_eq!((new.len(), new[0].number, &new[0].said), (1, 3, &back));
    assert_eq!(store.revision().unwrap(), revision, "no reading has changed");
    assert_eq!(store.readings(None).unwrap(), [fixture::alpha()]);
}

fn who_did_not_see_a_correction_is_told(mut store: impl Store + Corrections) {
    store.save(READER, &fixture::alpha()).unwrap();
    assert_eq!(store.correct(&draft("anna", Verdict::Accept), 0, &[]).unwrap(), Kept::New(1));
    // The button pressed twice, a second later.
    let again = Draft { at: 1_714_700_001, ..draft("anna", Verdict::Accept) };
    assert_eq!(store.correct(&again, 0, &[]).unwrap(), Kept::Already(1));
    let Kept::Behind(later) = store.correct(&draft("boris", Verdict::Reject), 0, &[]).unwrap() else {
        panic!("boris has not seen what anna said")
    };
    assert_eq!((later.len(), later[0].said.coder.as_str()), (1, "anna"));
    let other =
        Draft { object: Corrected { kind: Kind::Claim, id: "c0new".into() }, ..draft("boris", Verdict::Accept) };
    let ids = ["c0shelling".to_owned()];
    assert!(matches!(store.correct(&other, 0, &ids).unwrap(), Kept::Behind(_)), "nor under its former id");
    assert_eq!(store.corrections(0).unwrap().len(), 1, "and nothing of it is kept");
    assert_eq!(store.correct(&draft("boris", Verdict::Reject), 1, &[]).unwrap(), Kept::New(2));
    // Taken back and said again from an old page: that is no second press of a button.
    assert_eq!(store.correct(&draft("anna", Verdict::TakeBack(1)), 2, &[]).unwrap(), Kept::New(3));
    assert!(matches!(store.correct(&draft("anna", Verdict::Accept), 0, &[]).unwrap(), Kept::Behind(_)));
}

fn corrections_outlive_the_reading(mut store: impl Store + Corrections) {
    store.save(READER, &fixture::alpha()).unwrap();
    store.correct(&draft("anna", Verdict::Accept), 0, &[]).unwrap();
    let object = draft("anna", Verdict::Accept).object;
    let other = Corrected { kind: Kind::Figure, id: "f0toll".into() };
    let both = [object.clone(), other];
    assert_eq!(store.gone(&both).unwrap(), []);
    let mut again = fixture::alpha();
    again.claims[0].id = "c0anew".into();
    again.figures[0].claim = Some("c0anew".into());
    assert_eq!(store.save("test 2", &again).unwrap(), Saved::Replaced);
    assert_eq!(store.gone(&both).unwrap(), [object]);
    assert_eq!(store.corrections(0).unwrap()[0].said, draft("anna", Verdict::Accept));
}
