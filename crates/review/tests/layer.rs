//! What follows from what people say: agreement, conflict, decisions, taking back; and reports that are read again.

use std::collections::BTreeMap;

use evidence::claim::{Claim, Speaker};
use evidence::correction::{Anchor, Correction, Draft, Field, Kind, Object, Values, Verdict};
use evidence::figure::Figure;
use evidence::ledger::Reading;
use evidence::{Act, Article, Category, Event, Harm, Incident, Ledger, Polarity, Qualifier, Relation, Span, Status};
use review::{Attached, Layer, Metric, Outcome, agreement, attach, corrected};

const TEXT: &str =
    "Ostreland shelled Dorne, the ministry said. It killed at least 12. Varnia denied that its men had fled.";

fn article() -> Article {
    Article { id: "a0".into(), ..Article::of_words(TEXT) }
}

fn words(quote: &str) -> Span {
    let at = TEXT.find(quote).unwrap();
    Span::new(at, at + quote.len())
}

fn claim(id: &str, content: &str, act: Act) -> Claim {
    Claim {
        id: id.into(),
        article: "a0".into(),
        content: words(content),
        cue: None,
        speakers: Vec::new(),
        joint: false,
        act,
        event: Some(Event::Assault),
        mode: None,
        actors: Vec::new(),
        targets: Vec::new(),
        places: Vec::new(),
        time: None,
        polarity: Polarity::Affirmed,
        status: Status::Actual,
        meaning: None,
        found: Vec::new(),
    }
}

fn figure(id: &str, low: u64) -> Figure {
    Figure {
        id: id.into(),
        article: "a0".into(),
        claim: Some("c0shelled".into()),
        span: words("at least 12"),
        harm: Harm::Killed,
        low: Some(low),
        high: None,
        qualifier: Qualifier::AtLeast,
        category: Category::Unspecified,
        party: None,
        place: None,
        period: None,
        speakers: Vec::new(),
        superseded: false,
        rule: "harm/killed".into(),
    }
}

fn reading() -> Reading {
    Reading {
        article: article(),
        entities: Vec::new(),
        claims: vec![claim("c0shelled", "Ostreland shelled Dorne", Act::Assert), fled("c1fled")],
        figures: vec![figure("f0", 12)],
        ceasefires: Vec::new(),
        notes: Vec::new(),
    }
}

fn fled(id: &str) -> Claim {
    claim(id, "its men had fled", Act::Deny)
}

fn ledger() -> Ledger {
    let member = |claim: &str| evidence::incident::Member {
        claim: claim.into(),
        relation: Relation::Asserts,
        reason: "test".into(),
    };
    let incident = Incident {
        id: "i0".into(),
        event: Some(Event::Assault),
        parties: Vec::new(),
        places: Vec::new(),
        time: None,
        claims: vec![member("c0shelled"), member("c1fled")],
        origins: 1,
        asserted_by: Vec::new(),
        denied_by: Vec::new(),
        denials: Vec::new(),
        notes: Vec::new(),
    };
    Ledger { readings: vec![reading()], incidents: vec![incident], ..Ledger::default() }
}

/// What somebody says of an object of a reading; numbers follow each other.
struct Talk(Vec<Correction>);

impl Talk {
    fn of(&mut self, coder: &str, reading: &Reading, id: &str, settles: bool, verdict: Verdict) -> u64 {
        let claim = reading.claims.iter().find(|c| c.id == id);
        let (kind, anchor) = match claim {
            Some(c) => (Kind::Claim, Anchor::of_claim(&reading.article, c)),
            None => {
                let figure = reading.figures.iter().find(|f| f.id == id).unwrap();
                (Kind::Figure, Anchor::of_figure(&reading.article, figure))
            }
        };
        let number = self.0.len() as u64 + 1;
        let said = Draft {
            object: Object { kind, id: id.into() },
            anchor,
            coder: coder.into(),
            at: 1_700_000_000 + number as i64,
            settles,
            verdict,
            why: format!("because {number}"),
        };
        self.0.push(Correction { number, said });
        number
    }

    fn says(&mut self, coder: &str, id: &str, verdict: Verdict) -> u64 {
        self.of(coder, &reading(), id, false, verdict)
    }

    fn layer(&self) -> Layer {
        Layer::new(self.0.clone(), &BTreeMap::new())
    }
}

fn talk() -> Talk {
    Talk(Vec::new())
}

fn correct(field: Field, value: &str) -> Verdict {
    Verdict::Correct(Values::from([(field, value.to_owned())]))
}

fn act_of(layer: &Layer) -> Act {
    corrected(&ledger(), layer).0.readings[0].claims[0].act
}

#[test]
fn one_coder_is_believed_and_the_machine_is_kept_beside() {
    let mut talk = talk();
    talk.says("anna", "c0shelled", correct(Field::Act, "accuse"));
    talk.says("anna", "c0shelled", correct(Field::Event, ""));
    let machine = ledger();
    let (new, notes) = corrected(&machine, &talk.layer());
    assert_eq!((new.readings[0].claims[0].act, new.readings[0].claims[0].event), (Act::Accuse, None));
    assert_eq!(new.readings[0].claims[0].id, "c0shelled", "ids stay");
    let told = &new.readings[0].claims[0].found[0];
    assert_eq!(
        (told.rule.as_str(), told.reason.as_str()),
        ("correction/act", "act is \"accuse\", not \"assert\", says anna")
    );
    assert_eq!(notes, []);
    assert_eq!(machine, ledger(), "the machine's reading is as it was");
}

#[test]
fn where_coders_disagree_the_machine_stands_until_an_editor_decides() {
    let mut talk = talk();
    talk.says("anna", "c0shelled", correct(Field::Act, "accuse"));
    talk.says("boris", "c0shelled", correct(Field::Act, "announce"));
    let layer = talk.layer();
    let standing = layer.of(Kind::Claim, "c0shelled").unwrap();
    assert_eq!(standing.disputed(), [Field::Act]);
    assert_eq!(standing.verdict(), Some(review::Verdict::Disputed));
    assert_eq!(act_of(&layer), Act::Assert);
    assert_eq!(layer.conflicts().count(), 1);
    talk.of("edda", &reading(), "c0shelled", true, correct(Field::Act, "announce"));
    let layer = talk.layer();
    assert_eq!(act_of(&layer), Act::Announce);
    assert_eq!(layer.conflicts().count(), 0);
    assert_eq!(layer.of(Kind::Claim, "c0shelled").unwrap().people(), ["anna", "boris", "edda"]);
    talk.says("anna", "c0shelled", correct(Field::Act, "condemn"));
    let layer = talk.layer();
    assert_eq!(act_of(&layer), Act::Announce, "a decision stands");
    assert!(layer.of(Kind::Claim, "c0shelled").unwrap().is_challenged(), "but that somebody differs since is shown");
    assert_eq!(layer.conflicts().count(), 1);
}

#[test]
fn coders_who_agree_settle_a_field_also_where_they_disagree_about_another() {
    let mut talk = talk();
    let both = |polarity: &str| {
        Verdict::Correct(Values::from([(Field::Act, "accuse".into()), (Field::Polarity, polarity.to_owned())]))
    };
    talk.says("anna", "c0shelled", both("affirmed"));
    talk.says("boris", "c0shelled", both("negated"));
    let layer = talk.layer();
    let standing = layer.of(Kind::Claim, "c0shelled").unwrap();
    assert_eq!(standing.field(Field::Act), Outcome::Agreed("accuse".into()));
    let (new, _) = corrected(&ledger(), &layer);
    assert_eq!((new.readings[0].claims[0].act, new.readings[0].claims[0].polarity), (Act::Accuse, Polarity::Affirmed));
}

#[test]
fn what_is_taken_back_does_not_count_and_nobody_takes_back_for_others() {
    let mut talk = talk();
    talk.says("anna", "c0shelled", correct(Field::Act, "accuse"));
    let second = talk.says("anna", "c0shelled", Verdict::Reject);
    talk.says("boris", "c0shelled", Verdict::TakeBack(second));
    assert_eq!(talk.layer().of(Kind::Claim, "c0shelled").unwrap().verdict(), Some(review::Verdict::Rejected));
    talk.says("anna", "c0shelled", Verdict::TakeBack(second));
    let layer = talk.layer();
    assert_eq!(act_of(&layer), Act::Accuse, "what was said before counts again");
    assert_eq!(layer.of(Kind::Claim, "c0shelled").unwrap().last_of("anna"), Some(1));
    talk.says("anna", "c0shelled", Verdict::TakeBack(1));
    let layer = talk.layer();
    assert_eq!(layer.of(Kind::Claim, "c0shelled").unwrap().verdict(), None);
    assert!(!layer.of(Kind::Claim, "c0shelled").unwrap().is_spoken_of());
    assert_eq!((act_of(&layer), layer.log().len()), (Act::Assert, 5), "and all that was said is still there");
}

#[test]
fn a_rejected_claim_is_gone_from_all_that_names_it() {
    let mut talk = talk();
    talk.says("anna", "c0shelled", Verdict::Reject);
    let (new, _) = corrected(&ledger(), &talk.layer());
    assert_eq!(new.readings[0].claims, [fled("c1fled")]);
    assert_eq!(new.readings[0].figures[0].claim, None);
    assert_eq!(new.incidents[0].claims.len(), 1);
    talk.says("boris", "c0shelled", Verdict::Accept);
    let (new, _) = corrected(&ledger(), &talk.layer());
    assert_eq!(new, ledger(), "one says that it is none, one that it is: the machine's reading stands");
}

#[test]
fn corrections_of_a_report_that_was_read_again_find_their_objects() {
    let mut talk = talk();
    talk.says("anna", "c0shelled", correct(Field::Act, "accuse"));
    talk.says("anna", "c1fled", correct(Field::Status, "possible"));
    talk.says("anna", "f0", correct(Field::Low, "13"));
    // Read again: the first claim has another id, the second has other words as well, the figure is gone.
    let mut again = reading();
    again.claims = vec![
        claim("c9shelled", "Ostreland shelled Dorne", Act::Announce),
        claim("c9fled", "Varnia denied that its men had fled", Act::Deny),
    ];
    again.figures.clear();
    let attached = attach(&talk.0, std::slice::from_ref(&again));
    let object = |kind, id: &str| Object { kind, id: id.into() };
    assert_eq!(attached[&object(Kind::Claim, "c0shelled")], Attached::To("c9shelled".into()));
    assert_eq!(attached[&object(Kind::Claim, "c1fled")], Attached::To("c9fled".into()));
    assert_eq!(attached[&object(Kind::Figure, "f0")], Attached::Adrift);
    let layer = Layer::new(talk.0.clone(), &attached);
    assert_eq!(layer.adrift().len(), 1);
    assert_eq!(layer.adrift()[0].quote, "at least 12");
    assert_eq!(layer.log().len(), 3, "nothing is dropped");
    // A word on the new id and one on the old are of one object.
    talk.of("boris", &again, "c9shelled", false, correct(Field::Act, "condemn"));
    let layer = Layer::new(talk.0.clone(), &attach(&talk.0, std::slice::from_ref(&again)));
    let standing = layer.of(Kind::Claim, "c9shelled").unwrap();
    assert_eq!((standing.disputed(), standing.ids.len()), (vec![Field::Act], 2));
    let (new, _) = corrected(&Ledger { readings: vec![again], ..Ledger::default() }, &layer);
    assert_eq!(new.readings[0].claims[1].status, Status::Possible);
    // And where the report itself is no longer in the ledger, all of them are adrift.
    assert!(attach(&talk.0, &[]).values().all(|a| *a == Attached::Adrift));
}

#[test]
fn two_claims_of_one_place_are_told_apart_by_what_they_say() {
    let speaker = |name: &str| vec![Speaker { name: Some(name.into()), ..Speaker::default() }];
    let pair = |a: &str, b: &str| {
        let mut both = reading();
        both.claims = vec![fled(a), Claim { speakers: speaker("Mira Holm"), ..fled(b) }];
        both
    };
    let (old, new) = (pair("c1", "c2"), pair("c8", "c9"));
    let mut talk = talk();
    talk.of("anna", &old, "c2", false, Verdict::Accept);
    talk.of("anna", &old, "c1", false, Verdict::Reject);
    let attached = attach(&talk.0, &[new]);
    let home = |id: &str| attached[&Object { kind: Kind::Claim, id: id.into() }].clone();
    assert_eq!((home("c1"), home("c2")), (Attached::To("c8".into()), Attached::To("c9".into())));
}

#[test]
fn a_value_that_no_longer_fits_is_told_and_the_others_stand() {
    let mut talk = talk();
    let values = [(Field::Low, "20".to_owned()), (Field::Category, "civilian".to_owned())];
    talk.says("anna", "f0", Verdict::Correct(Values::from(values)));
    let mut machine = ledger();
    // Since then, the machine reads an upper bound.
    machine.readings[0].figures[0].high = Some(15);
    let (new, notes) = corrected(&machine, &talk.layer());
    assert_eq!((new.readings[0].figures[0].low, notes.len()), (Some(20), 0), "the coder had seen no upper bound");
    assert_eq!(new.readings[0].figures[0].high, None);
    assert_eq!(new.readings[0].figures[0].category, Category::Civilian);
}

#[test]
fn agreement_counts_coders_words_and_no_decisions() {
    let mut talk = talk();
    talk.says("anna", "c0shelled", correct(Field::Act, "accuse"));
    talk.says("boris", "c0shelled", correct(Field::Act, "accuse"));
    talk.says("anna", "c1fled", Verdict::Accept);
    talk.says("boris", "c1fled", Verdict::Accept);
    talk.of("edda", &reading(), "c0shelled", true, correct(Field::Act, "deny"));
    talk.says("anna", "f0", correct(Field::Low, "10"));
    talk.says("boris", "f0", Verdict::Accept);
    let all = agreement(&talk.layer());
    let of = |kind, field, metric| all.iter().find(|a| (a.kind, a.field, a.metric) == (kind, field, metric)).unwrap();
    let acts = of(Kind::Claim, Some(Field::Act), Metric::Nominal);
    assert_eq!((acts.alpha.value, acts.alpha.units, acts.coders), (Ok(1.0), 2, 2));
    let there = of(Kind::Claim, None, Metric::Nominal);
    assert_eq!(there.alpha.value, Err(review::Why::NoVariation));
    let low = of(Kind::Figure, Some(Field::Low), Metric::Ratio);
    assert_eq!((low.alpha.value, low.alpha.units), (Ok(0.0), 1));
    let high = of(Kind::Figure, Some(Field::High), Metric::Ratio);
    assert_eq!(high.alpha.value, Err(review::Why::NothingToCompare), "an open end is no number");
}
