//! The index against a plain look through all readings.

use std::collections::BTreeSet;
use std::path::Path;

use evidence::claim::{Reference, Speaker};
use evidence::ledger::Reading;
use evidence::time::{Iso, Time};
use evidence::{
    Act, Article, Basis, Category, Claim, Entity, EntityKind, Event, Figure, Harm, Incident, Meaning, Polarity,
    Precision, Published, Qualifier, Relation, Span, Status,
};
use store::line::Facet;
use store::{Object, SqliteStore, Store};

use super::*;
use crate::lent::{Lent, Understand};

const PARTIES: [&str; 4] = ["varnia", "ostreland", "lakeland", "north-varnia"];
const PLACES: [&str; 3] = ["Dorne", "Marle", "Port Marle"];
const WORDS: [&str; 6] = ["bridge", "market", "harbour", "school", "convoy", "bridges"];
const DAYS: [&str; 6] = ["2031-01-30", "2031-02", "2031-02-03T04:05", "2031-02-28", "2031-03-01T23:59", "2030"];

/// Numbers that look random (SplitMix64).
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    fn maybe<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> Option<&'a T> {
        (self.below(3) > 0).then(|| self.one(of))
    }
}

/// A reading of a few claims; `version` changes what it says, not which article it is.
fn reading(number: usize, version: u64) -> Reading {
    let mut d = Draws(number as u64 * 1000 + version);
    let id = format!("a{number:03}");
    let mut article =
        Article { id: id.clone(), path: format!("box/{}/{number}.txt", number % 3), ..Article::of_words("") };
    article.outlet = d.maybe(&["Courier", "Herald", "The Post"]).map(str::to_owned);
    if let Some(day) = d.maybe(&DAYS) {
        let value = Iso::parse(day);
        article.published =
            Published { precision: value.as_ref().map(Iso::precision), value, basis: Basis::Given, spans: Vec::new() };
    }
    let (mut claims, mut figures) = (Vec::new(), Vec::new());
    for n in 0..d.below(5) {
        let words = format!("{} {}", d.one(&WORDS), d.one(&WORDS));
        let start = article.text.len();
        article.text += &words;
        let content = Span::new(start, article.text.len());
        article.text.push('\n');
        let claim = claim(&mut d, &id, &format!("c{number:03}-{n}-{version}"), content);
        for k in 0..d.below(3) {
            figures.push(figure(&mut d, &claim, &format!("f{number:03}-{n}-{k}-{version}")));
        }
        claims.push(claim);
    }
    let entities = PLACES.iter().map(|p| Entity {
        id: place(p),
        kind: EntityKind::Place,
        name: (*p).to_owned(),
        aliases: vec![format!("Old {p}")],
        party: None,
        country: None,
        lat: Some(1.0),
        lon: Some(2.0),
    });
    Reading { entities: entities.collect(), article, claims, figures, ceasefires: Vec::new(), notes: Vec::new() }
}

fn claim(d: &mut Draws, article: &str, id: &str, content: Span) -> Claim {
    let party = |d: &mut Draws| -> Vec<Reference> {
        d.maybe(&PARTIES)
            .map(|p| Reference { entity: None, party: Some(p.to_owned()), span: None })
            .into_iter()
            .collect()
    };
    let time = d.maybe(&DAYS).map(|day| Time {
        value: Iso::parse(day),
        end: (d.below(4) == 0).then(|| Iso::parse("2031-03-05")).flatten(),
        precision: Some(Precision::Day),
        span: None,
        basis: Basis::Text,
    });
    let speaker = d.maybe(&PARTIES).map(|p| Speaker {
        name: Some(d.one(&["Åsa Lind", "Teo Brandt"]).to_owned()),
        party: Some(p.to_owned()),
        ..Speaker::default()
    });
    let towards = d.below(7);
    Claim {
        id: id.to_owned(),
        article: article.to_owned(),
        content,
        cue: None,
        speakers: speaker.into_iter().collect(),
        joint: false,
        act: *d.one(&[&Act::Assert, &Act::Deny, &Act::Accuse]),
        event: d.maybe(&[&Event::Assault, &Event::Agree]).copied(),
        mode: None,
        actors: party(d),
        targets: party(d),
        places: d
            .maybe(&PLACES)
            .map(|p| Reference { entity: Some(place(p)), party: None, span: None })
            .into_iter()
            .collect(),
        time,
        polarity: *d.one(&[&Polarity::Affirmed, &Polarity::Negated]),
        status: Status::Actual,
        meaning: Meaning::along(&std::array::from_fn(|i| if i % 7 == towards { 1.0 } else { -0.1 })),
        found: Vec::new(),
    }
}

fn figure(d: &mut Draws, claim: &Claim, id: &str) -> Figure {
    let low = d.below(50) as u64;
    Figure {
        id: id.to_owned(),
        article: claim.article.clone(),
        claim: (d.below(5) > 0).then(|| claim.id.clone()),
        span: claim.content,
        harm: *d.one(&[&Harm::Killed, &Harm::Wounded]),
        low: Some(low),
        high: Some(low),
        qualifier: Qualifier::Exactly,
        category: *d.one(&[&Category::Civilian, &Category::Military]),
        party: d.maybe(&PARTIES).map(str::to_owned),
        place: None,
        period: None,
        speakers: claim.speakers.clone(),
        superseded: false,
        rule: String::new(),
    }
}

fn place(name: &str) -> String {
    format!("place:{}", name.to_lowercase().replace(' ', "-"))
}

fn incident(id: &str, claims: &[&Claim]) -> Incident {
    let denied = claims.iter().filter(|c| c.act == Act::Deny).flat_map(|c| &c.speakers);
    let member = |c: &&Claim| evidence::incident::Member {
        claim: c.id.clone(),
        relation: Relation::Asserts,
        reason: String::new(),
    };
    Incident {
        id: id.to_owned(),
        event: claims[0].event,
        parties: Vec::new(),
        places: Vec::new(),
        time: claims[0].time.clone(),
        claims: claims.iter().map(member).collect(),
        origins: claims.len(),
        asserted_by: Vec::new(),
        denied_by: denied.filter_map(|s| s.party.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
        denials: Vec::new(),
        notes: Vec::new(),
    }
}

/// Saves readings, and joins the first claims of each three of them to an incident.
fn save(store: &mut SqliteStore, readings: &[Reading]) -> Vec<Incident> {
    readings.iter().for_each(|r| {
        store.save("test", r).unwrap();
    });
    let incidents: Vec<Incident> = readings
        .chunks(3)
        .enumerate()
        .filter_map(|(n, some)| {
            let claims: Vec<&Claim> = some.iter().filter_map(|r| r.claims.first()).collect();
            (!claims.is_empty()).then(|| incident(&format!("i{n:03}"), &claims))
        })
        .collect();
    let mut picture = store.picture(1).unwrap();
    for i in &incidents {
        picture.put(&Object::Incident(i.clone()), &[]).unwrap();
    }
    picture.finish().unwrap();
    incidents
}

/// What every filter means, claim by claim.
fn fits(filter: &Filter, r: &Reading, c: &Claim, incidents: &[Incident]) -> bool {
    let any = |field: Field, of: &dyn Fn(&str) -> bool| !filter.asks(field) || filter.values(field).any(of);
    let party = |p: &str| {
        let refs = c.actors.iter().chain(&c.targets).any(|x| x.party.as_deref() == Some(p));
        refs || c.speakers.iter().any(|s| s.party.as_deref() == Some(p))
    };
    let names = |part: &str| {
        let of = |s: &Speaker| [&s.name, &s.party].into_iter().flatten().any(|n| n.to_lowercase().contains(part));
        c.speakers.iter().any(of)
    };
    let places = |part: &str| {
        let of = |e: &&Entity| c.places.iter().any(|p| p.entity.as_ref() == Some(&e.id));
        let named = |e: &Entity| format!("{} {} old {}", e.id, e.name, e.name).to_lowercase().contains(part);
        r.entities.iter().filter(of).any(named)
    };
    let words: Vec<&str> = c.content.of(&r.article.text).split(' ').collect();
    let incident = incidents.iter().find(|i| i.claims.iter().any(|m| m.claim == c.id));
    let disputed = incident.is_some_and(|i| !i.denied_by.is_empty());
    any(Field::Party, &party)
        && any(Field::Act, &|a| c.act.as_str() == a)
        && any(Field::Event, &|e| c.event.map(Event::as_str) == Some(e))
        && any(Field::Speaker, &names)
        && any(Field::Place, &places)
        && any(Field::Polarity, &|p| c.polarity.as_str() == p)
        && any(Field::Outlet, &|o| r.article.outlet.as_deref() == Some(o))
        && any(Field::Report, &|p| r.article.path.contains(p) || r.article.id == p)
        && any(Field::Disputed, &|d| disputed == (d == "yes"))
        && filter.values(Field::Words).all(|w| words.contains(&w))
        && any(Field::Harm, &|h| r.figures.iter().any(|f| f.claim.as_ref() == Some(&c.id) && f.harm.as_str() == h))
        && overlaps(filter, c, r)
}

/// Days as texts, compared as finely as both are told, as the program's other commands do.
fn overlaps(filter: &Filter, c: &Claim, r: &Reading) -> bool {
    let first = c.time.as_ref().and_then(|t| t.value.as_ref()).or(r.article.published.value.as_ref());
    let last = c.time.as_ref().and_then(|t| t.end.as_ref()).or(first);
    let cut = |a: &str, b: &str| a[..a.len().min(b.len())].to_owned();
    let since = |since: &str| last.is_some_and(|l| cut(l.date(), since) >= cut(since, l.date()));
    let until = |until: &str| first.is_some_and(|f| cut(f.date(), until) <= cut(until, f.date()));
    filter.value(Field::Since).is_none_or(since) && filter.value(Field::Until).is_none_or(until)
}

fn filter(d: &mut Draws) -> Filter {
    let mut filter = Filter::default();
    for _ in 0..1 + d.below(3) {
        let (field, value) = match d.below(13) {
            0 | 1 => (Field::Party, d.one(&PARTIES)),
            2 => (Field::Act, d.one(&["assert", "deny"])),
            3 => (Field::Event, d.one(&["ASSAULT", "AGREE", "AID"])),
            4 => (Field::Speaker, d.one(&["lind", "varnia", "nobody"])),
            5 => (Field::Place, d.one(&["marle", "old dorne", "place:port"])),
            6 => (Field::Outlet, d.one(&["Courier", "The Post"])),
            7 => (Field::Report, d.one(&["box/1", "a007"])),
            8 => (Field::Since, d.one(&["2031-02", "2031-02-03", "2031"])),
            9 => (Field::Until, d.one(&["2031-02", "2031-02-28", "2030"])),
            10 => (Field::Words, d.one(&WORDS)),
            11 => (Field::Disputed, d.one(&["yes", "no"])),
            _ => (Field::Harm, d.one(&["killed", "missing"])),
        };
        filter = filter.with(field, value).unwrap();
    }
    filter
}

/// All pages of a list, one behind the other.
fn pages(index: &Index, wish: &Wish, ledger: &SqliteStore, lent: &Lent) -> Vec<Vec<String>> {
    let (mut wish, mut all) = (wish.clone(), Vec::new());
    loop {
        let listing = index.list(&wish, ledger, lent).unwrap();
        all.push(listing.ids);
        match listing.next {
            Some(next) => wish.page = Some(next),
            None => return all,
        }
    }
}

fn wish(kind: Kind, filter: &Filter, sort: Sort, falls: bool, most: usize) -> Wish {
    Wish { kind, filter: filter.clone(), sort, falls, page: None, most }
}

fn made(path: &Path, readings: &[Reading]) -> (SqliteStore, Vec<Incident>) {
    let mut store = SqliteStore::open(path).unwrap();
    let incidents = save(&mut store, readings);
    (store, incidents)
}

#[test]
fn every_filter_finds_what_a_plain_look_through_all_readings_finds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let readings: Vec<Reading> = (0..60).map(|n| reading(n, 0)).collect();
    let (ledger, incidents) = made(&path, &readings);
    let (index, lent) = (Index::load(&path).unwrap(), Lent::default());
    let mut d = Draws(7);
    let mut hits = 0;
    for _ in 0..300 {
        let filter = filter(&mut d);
        let pairs = readings.iter().flat_map(|r| r.claims.iter().map(move |c| (r, c)));
        let plain: BTreeSet<&str> =
            pairs.filter(|(r, c)| fits(&filter, r, c, &incidents)).map(|(_, c)| c.id.as_str()).collect();
        let sort = Kind::Claims.sorts()[d.below(Kind::Claims.sorts().len())];
        let found = pages(&index, &wish(Kind::Claims, &filter, sort, d.below(2) == 0, 7), &ledger, &lent).concat();
        let set: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(set, plain, "{}", filter.query());
        assert_eq!(found.len(), plain.len(), "each once: {}", filter.query());
        assert_eq!(index.count(Kind::Claims, &filter, &ledger, &lent).unwrap(), plain.len() as u64);
        hits += usize::from(!plain.is_empty());
        let own = [Field::Outlet, Field::Report, Field::Since, Field::Until];
        if !own.iter().any(|f| filter.asks(*f)) {
            let reports: BTreeSet<String> =
                pages(&index, &wish(Kind::Reports, &filter, Sort::Day, true, 9), &ledger, &lent)
                    .concat()
                    .into_iter()
                    .collect();
            let of = readings.iter().filter(|r| r.claims.iter().any(|c| plain.contains(c.id.as_str())));
            assert_eq!(reports, of.map(|r| r.article.id.clone()).collect(), "{}", filter.query());
            let joined: BTreeSet<String> =
                pages(&index, &wish(Kind::Incidents, &filter, Sort::Day, true, 9), &ledger, &lent)
                    .concat()
                    .into_iter()
                    .collect();
            let of = incidents.iter().filter(|i| i.claims.iter().any(|m| plain.contains(m.claim.as_str())));
            assert_eq!(joined, of.map(|i| i.id.clone()).collect(), "{}", filter.query());
        }
    }
    assert!(hits > 100, "most filters found nothing: {hits}");
}

#[test]
fn a_figure_is_found_by_its_own_people_and_by_its_claim() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let readings: Vec<Reading> = (0..60).map(|n| reading(n, 0)).collect();
    let (ledger, _) = made(&path, &readings);
    let (index, lent) = (Index::load(&path).unwrap(), Lent::default());
    let filter = Filter::default().with(Field::Party, "varnia").unwrap().with(Field::Act, "deny").unwrap();
    let found = pages(&index, &wish(Kind::Figures, &filter, Sort::Count, true, 5), &ledger, &lent).concat();
    let mut plain: Vec<(u64, String)> = Vec::new();
    for r in &readings {
        let denies = |id: &String| r.claims.iter().any(|c| c.id == *id && c.act == Act::Deny);
        let voice = |f: &Figure| f.speakers.iter().any(|s| s.party.as_deref() == Some("varnia"));
        let of = r.figures.iter().filter(|f| f.party.as_deref() == Some("varnia") || voice(f));
        plain.extend(of.filter(|f| f.claim.as_ref().is_some_and(denies)).map(|f| (f.low.unwrap(), f.id.clone())));
    }
    assert!(plain.len() > 2);
    let counts: Vec<u64> = found.iter().map(|id| plain.iter().find(|(_, p)| p == id).expect("it fits").0).collect();
    assert_eq!(counts.len(), plain.len());
    assert!(counts.is_sorted_by(|a, b| a >= b), "greatest first: {counts:?}");
}

#[test]
fn pages_lead_back_the_way_they_came() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let (ledger, _) = made(&path, &(0..60).map(|n| reading(n, 0)).collect::<Vec<_>>());
    let (index, lent) = (Index::load(&path).unwrap(), Lent::default());
    let seldom = Filter::default().with(Field::Words, "convoy").unwrap();
    for (sort, falls) in [(Sort::Day, true), (Sort::Day, false), (Sort::Outlet, false), (Sort::Doubt, true)] {
        for filter in [&Filter::default(), &seldom] {
            let mut wish = wish(Kind::Claims, filter, sort, falls, 10);
            let first = index.list(&wish, &ledger, &lent).unwrap();
            assert_eq!(first.previous, None);
            wish.page = first.next.clone();
            let second = index.list(&wish, &ledger, &lent).unwrap();
            wish.page = second.previous.clone();
            assert_eq!(index.list(&wish, &ledger, &lent).unwrap().ids, first.ids, "{sort:?} {falls}");
        }
    }
    let wrong = Wish { page: Some("7".into()), ..wish(Kind::Claims, &seldom, Sort::Day, true, 10) };
    assert!(index.list(&wrong, &ledger, &lent).unwrap_err().message().contains("is no page"));
}

#[test]
fn what_is_added_or_replaced_meanwhile_shifts_no_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let (mut ledger, _) = made(&path, &(0..60).step_by(2).map(|n| reading(n, 0)).collect::<Vec<_>>());
    let (before, lent) = (Index::load(&path).unwrap(), Lent::default());
    let wish = wish(Kind::Claims, &Filter::default(), Sort::Day, true, 10);
    let all = pages(&before, &wish, &ledger, &lent).concat();
    let first = before.list(&wish, &ledger, &lent).unwrap();
    for n in (1..60).step_by(2) {
        ledger.save("test", &reading(n, 0)).unwrap();
    }
    // The article of the last line of the first page says something else now: that line is gone.
    let gone = first.ids.last().unwrap();
    let number: usize = gone[1..4].parse().unwrap();
    ledger.save("test", &reading(number, 1)).unwrap();
    let after = before.next(&ledger.lines(), &path).unwrap().expect("there is a change");
    let rest = pages(&after, &Wish { page: first.next.clone(), ..wish }, &ledger, &lent).concat();
    let old: Vec<&String> = rest.iter().filter(|id| all.contains(id)).collect();
    let replaced = |id: &&String| id.starts_with(&gone[..4]);
    let wanted: Vec<&String> = all[10..].iter().filter(|id| !replaced(id)).collect();
    assert_eq!(old, wanted, "none of the lines behind the page is passed over or shown twice");
}

#[test]
fn a_state_that_follows_is_the_state_that_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut readings: Vec<Reading> = (0..40).map(|n| reading(n, 0)).collect();
    let (mut ledger, _) = made(&path, &readings);
    let lent = Lent::default();
    let mut index = Index::load(&path).unwrap();
    let mut d = Draws(11);
    for version in 1..12 {
        for _ in 0..1 + d.below(5) {
            let number = d.below(45);
            let new = reading(number, version);
            readings.retain(|r| r.article.id != new.article.id);
            readings.push(new);
        }
        readings.sort_by(|a, b| a.article.id.cmp(&b.article.id));
        save(&mut ledger, &readings);
        index = index.next(&ledger.lines(), &path).unwrap().expect("there is a change");
        assert!(index.next(&ledger.lines(), &path).unwrap().is_none(), "nothing more has changed");
        let anew = Index::load(&path).unwrap();
        assert_eq!(totals(&index), totals(&anew));
        assert_eq!(index.parties(), anew.parties());
        for _ in 0..20 {
            let filter = filter(&mut d);
            for kind in [Kind::Claims, Kind::Figures, Kind::Reports, Kind::Incidents] {
                let wish = wish(kind, &filter, kind.sorts()[d.below(kind.sorts().len())], d.below(2) == 0, 6);
                let both = [&index, &anew].map(|i| pages(i, &wish, &ledger, &lent));
                assert_eq!(both[0], both[1], "{kind:?} {} {:?}", filter.query(), wish.sort);
            }
            let both = [&index, &anew].map(|i| {
                i.facets(
                    Kind::Claims,
                    &filter,
                    &[(Facet::Act, 9), (Facet::Outlet, 9), (Facet::Voice, 9)],
                    &ledger,
                    &lent,
                )
            });
            assert_eq!(both[0].as_ref().unwrap(), both[1].as_ref().unwrap());
        }
    }
}

#[test]
fn what_another_program_writes_is_seen_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let (mut ledger, _) = made(&path, &[reading(1, 0)]);
    let follower = Follower::open(&path).unwrap();
    let before = follower.index();
    ledger.save("test", &reading(2, 0)).unwrap();
    let since = std::time::Instant::now();
    while follower.index().change() == before.change() {
        assert!(since.elapsed().as_secs() < 5, "it does not follow");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(totals(&follower.index())[&Kind::Reports], 2);
    assert_eq!(totals(&before)[&Kind::Reports], 1, "a state never changes");
}

struct Seventh;

impl Understand for Seventh {
    fn meaning(&self, words: &str) -> Option<Meaning> {
        let towards: usize = words.parse().ok()?;
        Meaning::along(&std::array::from_fn(|i| if i % 7 == towards { 1.0 } else { -0.1 }))
    }
}

#[test]
fn a_search_by_meaning_finds_what_points_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let readings: Vec<Reading> = (0..60).map(|n| reading(n, 0)).collect();
    let (ledger, _) = made(&path, &readings);
    let index = Index::load(&path).unwrap();
    let lent = Lent { understand: Some(std::sync::Arc::new(Seventh)), ..Lent::default() };
    let wanted = Seventh.meaning("3").unwrap();
    let near = |c: &&Claim| c.meaning.as_ref().is_some_and(|m| m.cosine(&wanted) > 0.99);
    let plain: BTreeSet<String> =
        readings.iter().flat_map(|r| r.claims.iter().filter(near)).map(|c| c.id.clone()).collect();
    let filter = Filter::default().with(Field::About, "3").unwrap();
    let found = pages(&index, &wish(Kind::Claims, &filter, Sort::Day, true, 4), &ledger, &lent).concat();
    assert!(plain.len() > 4);
    assert_eq!(found[..plain.len()].iter().cloned().collect::<BTreeSet<_>>(), plain);
    let none = index.list(&wish(Kind::Claims, &filter, Sort::Day, true, 4), &ledger, &Lent::default());
    assert!(none.unwrap_err().message().contains("search by words"));
}

/// How many lines of each kind there are.
fn totals(index: &Index) -> std::collections::BTreeMap<Kind, u64> {
    let size = |kind: &Kind| (*kind, index.shelf(*kind).map_or(index.things.len() as u64, |s| s.live.len()));
    Kind::ALL.iter().map(size).collect()
}
