//! The picture depends on which reports there are, not on the order in which they came, nor on how many came at once.

use evidence::ledger::Reading;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::{Derived, SqliteStore, Store};

use crate::picture;
use crate::reading::Stages;
use crate::stories;

/// The reports of all stories, and of each a copy that another outlet printed the next day with a paragraph more; of every
/// third one that copy is a version at the same address.
fn readings() -> Vec<Reading> {
    let stages = Stages::shipped();
    let mut out = Vec::new();
    for (n, (name, day, text)) in stories::reports().into_iter().enumerate() {
        out.push(stages.read_as(&text, &format!("{n}-{name}"), &day).reading);
        if day == "undated" {
            continue;
        }
        let next = format!("{}{:02}", &day[..8], day[8..].parse::<u32>().expect("a day") + 1);
        let longer = format!("{text}\nRoad {n} is closed beyond hill {n}, post {n} says.");
        let mut copy = stages.read_as(&longer, &format!("{n}-{name}-copy"), &next).reading;
        copy.article.agencies = vec!["Northwire".to_owned()];
        if n % 3 == 0 {
            copy.article.url = Some(format!("https://courier.example/{n}"));
            let original = out.last_mut().expect("it was just added");
            original.article.url = copy.article.url.clone();
        }
        out.push(copy);
    }
    out
}

#[test]
fn one_report_more_gives_what_all_at_once_give_in_any_order() {
    let readings = readings();
    let whole = picture::of(&readings).expect("a ledger in memory");
    assert!(whole.origins.iter().any(|o| o.copies.len() > 1), "some are copies");
    let versions = whole.origins.iter().flat_map(|o| &o.copies).filter(|c| c.reason.contains("same address")).count();
    assert!(versions > 1, "some are versions of one article");
    assert!(
        whole.incidents.iter().any(|i| i.origins > 1),
        "some incidents are told by several: {:#?}",
        whole.incidents
    );
    let orders = (Just((0..readings.len()).collect::<Vec<_>>()).prop_shuffle(), prop::collection::vec(1..6_usize, 40));
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&orders, |(order, steps)| {
        prop_assert_eq!(&step_by_step(&readings, &order, &steps), &whole);
        Ok(())
    });
    outcome.unwrap_or_else(|e| panic!("{e}"));
}

/// Saves readings in an order, as many at once as `steps` say in turn, and brings the picture up to date after each step.
/// Every third one is first saved with half of its claims, and later as it is.
fn step_by_step(readings: &[Reading], order: &[usize], steps: &[usize]) -> Derived {
    let mut store = SqliteStore::in_memory().expect("a ledger in memory");
    let mut rest = order;
    let mut steps = steps.iter().cycle();
    let mut halved = Vec::new();
    while !rest.is_empty() {
        let (now, later) = rest.split_at((*steps.next().expect("steps go round")).min(rest.len()));
        for n in now {
            let mut reading = readings[*n].clone();
            if n % 3 == 0 {
                reading.claims.truncate(reading.claims.len() / 2);
                halved.push(*n);
            }
            store.save("", &reading).expect("a ledger in memory");
        }
        picture::update(&mut store).expect("a ledger in memory");
        rest = later;
    }
    for n in halved {
        store.save("", &readings[n]).expect("a ledger in memory");
        picture::update(&mut store).expect("a ledger in memory");
    }
    store.derived().expect("a ledger in memory").expect("an up-to-date picture")
}
