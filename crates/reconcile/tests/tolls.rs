//! Series of counts, from figures as the stages before would hand them over. All countries, people and wars are invented.

use evidence::claim::Speaker;
use evidence::figure::Period;
use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::toll::{Count, Scope};
use evidence::version::Edition;
use evidence::{
    Article, Basis, Category, Claim, Conflict, Figure, Front, Harm, Ledger, Published, Qualifier, Span, Toll,
    TollRelation,
};

/// One report under construction.
struct Report {
    reading: Reading,
}

impl Report {
    fn new(id: &str, published: Option<&str>, text: &str) -> Self {
        let mut article = Article { id: id.into(), path: format!("{id}.txt"), ..Article::of_words(text) };
        if let Some(day) = published {
            let value = Iso::parse(day);
            article.published = Published { value, precision: None, basis: Basis::Given, spans: Vec::new() };
        }
        let (entities, claims, figures, ceasefires, notes) = Default::default();
        Self { reading: Reading { article, entities, claims, figures, ceasefires, notes } }
    }

    /// A figure of `words` for `number` of a party's people, in a claim of `content`, by a speaker of a party.
    fn says(mut self, content: &str, by: &str, words: &str, party: &str, number: u64) -> Self {
        let text = self.reading.article.text.clone();
        let span = |w: &str| {
            let at = text.find(w).unwrap_or_else(|| panic!("no {w:?} in the report"));
            Span::new(at, at + w.len())
        };
        let id = |kind: &str, n: usize| format!("{kind}{}{n}", self.reading.article.id);
        let speakers = vec![Speaker { party: Some(by.into()), ..Speaker::default() }];
        let claim = id("c", span(content).start());
        let figure = id("f", span(words).start());
        if !self.reading.claims.iter().any(|c| c.id == claim) {
            let made = plain_claim(&claim, &self.reading.article.id, span(content), speakers.clone());
            self.reading.claims.push(made);
        }
        let since = text.find("since ").filter(|at| span(content).contains(Span::new(*at, *at + 6)));
        let period = since.map(|at| {
            let end = text[at..].find(['.', ',', ':']).map_or(text.len(), |n| at + n);
            let from = if text[at..end].contains("3 May 2031") { Iso::parse("2031-05-03") } else { None };
            Period { from, to: None, span: Span::new(at, end) }
        });
        self.reading.figures.push(Figure {
            id: figure,
            article: self.reading.article.id.clone(),
            claim: Some(claim),
            span: span(words),
            harm: Harm::Killed,
            low: Some(number),
            high: Some(number),
            qualifier: Qualifier::Exactly,
            category: if words.contains("soldiers") { Category::Military } else { Category::Civilian },
            party: Some(party.to_owned()),
            place: None,
            period,
            speakers,
            superseded: false,
            rule: "figure/subject".into(),
        });
        self
    }
}

fn plain_claim(id: &str, article: &str, content: Span, speakers: Vec<Speaker>) -> Claim {
    Claim {
        id: id.into(),
        article: article.into(),
        content,
        cue: None,
        speakers,
        joint: false,
        act: evidence::Act::Assert,
        event: None,
        mode: None,
        actors: Vec::new(),
        targets: Vec::new(),
        places: Vec::new(),
        time: None,
        polarity: evidence::Polarity::Affirmed,
        status: evidence::Status::Actual,
        found: Vec::new(),
        meaning: None,
    }
}

/// Veldania against Orrin; the Marle Republic stands with Orrin.
fn conflicts() -> Vec<Conflict> {
    let front = Front {
        sides: vec!["veldania".into(), "orrin".into()],
        stands_with: [("marle".to_owned(), "orrin".to_owned())].into(),
        others: Vec::new(),
    };
    vec![Conflict { name: "marle".into(), from: 2020, to: None, countries: Vec::new(), front }]
}

fn tolls(reports: Vec<Report>) -> Vec<Toll> {
    let readings: Vec<Reading> = reports.into_iter().map(|r| r.reading).collect();
    let ledger = Ledger { readings, ..Ledger::default() };
    reconcile::tolls::find(&ledger, &conflicts())
}

/// A report in which `by` puts the soldiers killed of Orrin at a number, over the time that `since` says.
fn dead(id: &str, day: Option<&str>, by: &str, number: u64, since: &str) -> Report {
    let text = format!("It was said that {number} soldiers of Orrin had been killed {since}.");
    let content = text[17..text.len() - 1].to_owned();
    Report::new(id, day, &text).says(&content, by, &format!("{number} soldiers"), "orrin", number)
}

const MAY: &str = "since 3 May 2031";

fn of_side<'t>(tolls: &'t [Toll], side: &str, category: Category) -> Vec<&'t Toll> {
    tolls.iter().filter(|t| t.side.as_deref() == Some(side) && t.category == category).collect()
}

fn relations(t: &Toll) -> Vec<(u64, TollRelation)> {
    t.counts.iter().map(|c| (c.number(), c.relation)).collect()
}

#[test]
fn one_number_of_two_reports_is_one_count_of_two_origins() {
    let made = tolls(vec![dead("a1", Some("2031-06-01"), "orrin", 310, MAY), dead("a2", None, "orrin", 310, MAY)]);
    assert_eq!(made.len(), 1);
    let counts: Vec<&Count> = made[0].counts.iter().collect();
    assert_eq!((counts.len(), counts[0].origins, counts[0].figures.len()), (1, 2, 2));
    assert_eq!(made[0].scope, Scope::Since { from: Iso::parse("2031-05-03"), words: MAY.into() });
}

#[test]
fn a_later_count_of_the_same_side_updates_and_a_lower_one_is_a_revision() {
    let made = tolls(vec![
        dead("a1", Some("2031-06-01"), "orrin", 310, MAY),
        dead("a2", Some("2031-06-04"), "orrin", 333, MAY),
        dead("a3", Some("2031-06-09"), "orrin", 329, MAY),
    ]);
    let expected = [(310, TollRelation::First), (333, TollRelation::Updates), (329, TollRelation::RevisedDown)];
    assert_eq!(relations(&made[0]), expected);
    assert!(made[0].counts.iter().all(|c| c.against.is_empty()));
    let standing: Vec<u64> = made[0].standing().iter().map(|c| c.number()).collect();
    assert_eq!(standing, [329]);
    let days: Vec<_> = made[0].range.iter().map(|r| (r.low, r.high, r.origins)).collect();
    assert_eq!(days, [(310, 310, 1), (333, 333, 1), (329, 329, 1)]);
}

#[test]
fn without_a_date_two_counts_of_one_side_disagree_and_neither_is_called_newer() {
    let text = "Marle's army put its dead at 342 soldiers and 19 villagers since 3 May 2031.";
    let content = "342 soldiers and 19 villagers since 3 May 2031";
    let other = Report::new("a2", None, text).says(content, "marle", "342 soldiers", "marle", 342).says(
        content,
        "marle",
        "19 villagers",
        "marle",
        19,
    );
    let made = tolls(vec![dead("a1", None, "orrin", 310, MAY), other]);
    let military = of_side(&made, "orrin", Category::Military);
    assert_eq!(military.len(), 1, "those who stand with a side are counted with it");
    assert_eq!(relations(military[0]), [(310, TollRelation::First), (342, TollRelation::Disagrees)]);
    assert_eq!(military[0].counts[0].against, [military[0].counts[1].name()]);
    assert!(military[0].counts[1].reason.contains("no date says which is newer"));
    let reading = military[0].in_ucdp_terms().unwrap();
    assert_eq!((reading.low, reading.best, reading.high), (310, None, 342));
    assert_eq!(of_side(&made, "orrin", Category::Civilian).len(), 1, "soldiers and civilians stay apart");
}

#[test]
fn equal_numbers_of_different_people_do_not_merge() {
    let of = |id, party: &str| {
        let text = format!("{party} said 22 civilians had been killed since 3 May 2031.");
        let content = text[text.find("22").unwrap()..text.len() - 1].to_owned();
        let slug = party.to_lowercase();
        Report::new(id, Some("2031-06-01"), &text).says(&content, &slug, "22 civilians", &slug, 22)
    };
    let made = tolls(vec![of("a1", "Veldania"), of("a2", "Orrin"), of("a3", "Marle")]);
    assert_eq!(made.len(), 2, "Veldania's are a series of their own");
    let orrin = of_side(&made, "orrin", Category::Civilian)[0];
    assert_eq!(orrin.counts.len(), 2, "Orrin's and Marle's are two counts");
    assert_eq!(orrin.counts[1].relation, TollRelation::Fits);
    assert!(orrin.barriers.iter().any(|b| b.reason.contains("under several parties")));
}

#[test]
fn years_do_not_mix() {
    let start = "since the start of the fighting";
    let made = tolls(vec![
        dead("a1", Some("2026-04-03"), "orrin", 12, start),
        dead("a2", Some("2031-06-01"), "orrin", 310, start),
        dead("a3", Some("2031-06-20"), "orrin", 315, start),
    ]);
    let mut sizes: Vec<usize> = made.iter().map(|t| t.counts.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 2]);
}

#[test]
fn an_undated_report_joins_a_phase_only_by_what_it_says() {
    let start = "since the start of the fighting";
    let tied = dead("a2", None, "orrin", 320, "since the start of the fighting on 3 May");
    let loose = dead("a3", None, "orrin", 330, start);
    let made = tolls(vec![dead("a1", Some("2031-06-01"), "orrin", 310, MAY), tied, loose]);
    let joined = made.iter().find(|t| t.counts.len() == 2).expect("a day that both name ties them");
    assert_eq!(joined.counts.iter().map(Count::number).collect::<Vec<_>>(), [310, 320]);
    let apart = made.iter().find(|t| t.counts.len() == 1).unwrap();
    assert!(apart.notes.iter().any(|n| n.contains("kept apart")), "{:?}", apart.notes);
}

#[test]
fn parts_are_parts_and_are_never_compared_with_their_total() {
    let text = "Orrin said 50 soldiers were killed since 3 May 2031: 38 soldiers at once and 12 soldiers in hospital.";
    let content = &text[11..text.len() - 1];
    let report = Report::new("a1", Some("2031-06-01"), text)
        .says(content, "orrin", "50 soldiers", "orrin", 50)
        .says(content, "orrin", "38 soldiers", "orrin", 38)
        .says(content, "orrin", "12 soldiers", "orrin", 12);
    let made = tolls(vec![report]);
    let total = made[0].counts.iter().find(|c| c.number() == 50).unwrap();
    let parts: Vec<&Count> = made[0].counts.iter().filter(|c| c.part_of.is_some()).collect();
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|c| c.part_of.as_ref().unwrap().figure == total.name()));
    assert_eq!(made[0].range.len(), 1);
    assert_eq!((made[0].range[0].low, made[0].range[0].high), (50, 50));
}

#[test]
fn what_comes_on_top_is_no_count_of_all() {
    let text = "Another 36 soldiers were killed, Orrin said, bringing its toll to 963 soldiers since 3 May 2031.";
    let report = Report::new("a1", Some("2031-06-01"), text)
        .says("Another 36 soldiers were killed", "orrin", "36 soldiers", "orrin", 36)
        .says("bringing its toll to 963 soldiers since 3 May 2031", "orrin", "963 soldiers", "orrin", 963);
    let made = tolls(vec![report]);
    let all: Vec<&Count> = made.iter().flat_map(|t| &t.counts).collect();
    let more = all.iter().find(|c| c.number() == 36).unwrap();
    assert!(more.part_of.as_ref().unwrap().reason.contains("total"));
    assert!(!more.is_of_all());
    assert!(all.iter().all(|c| c.against.is_empty()));
}

#[test]
fn another_side_disagrees_only_where_time_does_not_explain_it() {
    let two = |first: (&str, u64), second: (&str, u64), day| {
        tolls(vec![
            dead("a1", Some("2031-06-01"), first.0, first.1, MAY),
            dead("a2", Some(day), second.0, second.1, MAY),
        ])
    };
    let later = two(("orrin", 310), ("veldania", 900), "2031-06-08");
    assert_eq!(relations(&later[0]), [(310, TollRelation::First), (900, TollRelation::Fits)]);
    let same_day = two(("orrin", 310), ("veldania", 900), "2031-06-01");
    assert_eq!(same_day[0].counts[1].relation, TollRelation::Disagrees);
    let fewer = two(("veldania", 900), ("orrin", 310), "2031-06-08");
    assert_eq!(fewer[0].counts[1].relation, TollRelation::Disagrees);
}

#[test]
fn the_order_of_the_readings_does_not_matter() {
    let all = || {
        vec![
            dead("a1", Some("2031-06-01"), "orrin", 310, MAY),
            dead("a2", Some("2031-06-04"), "orrin", 333, MAY),
            dead("a3", Some("2031-06-09"), "veldania", 340, MAY),
        ]
    };
    let mut turned = all();
    turned.reverse();
    assert_eq!(tolls(all()), tolls(turned));
}

#[test]
fn a_count_that_a_newer_version_of_the_article_gives_otherwise_is_superseded_and_stays() {
    let first = dead("a1", Some("2031-06-01"), "orrin", 310, MAY);
    let second = dead("a2", Some("2031-06-01"), "orrin", 290, MAY);
    let other = dead("b1", Some("2031-06-02"), "veldania", 400, MAY);
    let edition = |r: &Report, modified: &str| Edition {
        article: r.reading.article.id.clone(),
        retrieved: None,
        modified: Iso::parse(modified),
        published: None,
    };
    let editions = vec![edition(&second, "2031-06-01T18:00Z"), edition(&first, "2031-06-01T09:00Z")];
    let versions = reconcile::versions("https://courier.example/a".into(), editions);
    let readings: Vec<Reading> = [first, second, other].into_iter().map(|r| r.reading).collect();
    let unordered = Ledger { readings: readings.clone(), ..Ledger::default() };
    let ledger = Ledger { versions: vec![versions], ..unordered.clone() };
    let made = reconcile::tolls::find(&ledger, &conflicts());
    let found = relations(&made[0]);
    assert!(found.contains(&(310, TollRelation::Superseded)), "{found:?}");
    let newer = made[0].counts.iter().find(|c| c.low == Some(290)).expect("the newer count");
    assert_eq!(newer.reason, "an earlier version of the article had 310");
    // Two reports of two addresses disagree.
    let apart = reconcile::tolls::find(&unordered, &conflicts());
    assert!(!relations(&apart[0]).iter().any(|(_, r)| *r == TollRelation::Superseded));
}
