//! Values of fields as people write them, and what is said of those that cannot be.

use evidence::claim::{Claim, Reference, Speaker};
use evidence::correction::{Anchor, Field, Values, correct_claim, correct_figure, of_claim, of_figure};
use evidence::figure::{Figure, Period};
use evidence::time::{Iso, Time};
use evidence::{Act, Article, Basis, Category, Event, Harm, Mode, Polarity, Precision, Qualifier, Span, Status};

const TEXT: &str = "Dorne was shelled — Åsa Lind said on Thursday that Ostreland shelled Dorne, killing 12.";

fn article() -> Article {
    Article { id: "a0".into(), ..Article::of_words(TEXT) }
}

fn words(quote: &str) -> Span {
    let at = TEXT.rfind(quote).unwrap();
    Span::new(at, at + quote.len())
}

fn claim() -> Claim {
    Claim {
        id: "c0".into(),
        article: "a0".into(),
        content: words("Ostreland shelled Dorne"),
        cue: Some(words("said")),
        speakers: vec![Speaker {
            name: Some("Åsa Lind".into()),
            role: Some("head | of press".into()),
            span: Some(words("Åsa Lind")),
            ..Speaker::default()
        }],
        joint: false,
        act: Act::Accuse,
        event: Some(Event::Assault),
        mode: Some(Mode::HeavyWeapons),
        actors: vec![Reference { entity: None, party: Some("ostreland".into()), span: Some(words("Ostreland")) }],
        targets: Vec::new(),
        places: vec![Reference { entity: Some("place:dorne".into()), party: None, span: Some(words("Dorne")) }],
        time: Some(Time {
            value: Iso::parse("2024-05-02"),
            end: None,
            precision: Some(Precision::Day),
            span: Some(words("Thursday")),
            basis: Basis::Text,
        }),
        polarity: Polarity::Affirmed,
        status: Status::Actual,
        meaning: None,
        found: Vec::new(),
    }
}

fn figure() -> Figure {
    Figure {
        id: "f0".into(),
        article: "a0".into(),
        claim: Some("c0".into()),
        span: words("12"),
        harm: Harm::Killed,
        low: Some(12),
        high: Some(12),
        qualifier: Qualifier::Exactly,
        category: Category::Unspecified,
        party: None,
        place: None,
        period: Some(Period { from: None, to: None, span: words("Thursday") }),
        speakers: Vec::new(),
        superseded: false,
        rule: "harm/killed".into(),
    }
}

fn one(field: Field, value: &str) -> Values {
    Values::from([(field, value.to_owned())])
}

#[test]
fn every_field_comes_back_as_it_was() {
    let values = of_claim(&article(), &claim());
    assert_eq!(values.len(), Field::OF_CLAIMS.len());
    assert_eq!(values[&Field::Content], "Ostreland shelled Dorne@51");
    assert_eq!(values[&Field::Speakers], "Åsa Lind | head \\| of press |  |  |  | Åsa Lind@20");
    assert_eq!(values[&Field::Time], "2024-05-02 |  | Thursday@37");
    let mut bare = claim();
    bare.speakers.clear();
    bare.actors.clear();
    bare.places.clear();
    (bare.time, bare.cue, bare.event, bare.mode) = (None, None, None, None);
    (bare.act, bare.content) = (Act::Assert, words("Dorne"));
    assert_eq!(correct_claim(&article(), &bare, &values).unwrap(), claim());
    let values = of_figure(&article(), &figure());
    assert_eq!(values.len(), Field::OF_FIGURES.len());
    let other = Figure { low: None, high: None, period: None, harm: Harm::Wounded, ..figure() };
    assert_eq!(correct_figure(&article(), &other, &values).unwrap(), figure());
}

#[test]
fn that_the_text_does_not_say_is_a_value_too() {
    let new = correct_claim(&article(), &claim(), &one(Field::Time, "")).unwrap();
    assert_eq!(new, Claim { time: None, ..claim() });
    let new = correct_figure(&article(), &figure(), &one(Field::High, "")).unwrap();
    assert_eq!((new.low, new.high), (Some(12), None));
    for field in [Field::Act, Field::Polarity, Field::Status, Field::Content, Field::Joint] {
        assert!(!field.may_be_empty());
        assert!(correct_claim(&article(), &claim(), &one(field, "")).is_err(), "{field}");
    }
}

#[test]
fn what_cannot_be_is_told_with_what_would_do() {
    let told = |field, value: &str| {
        let wrong = match field {
            Field::Low | Field::High | Field::Harm | Field::Place => {
                correct_figure(&article(), &figure(), &one(field, value)).unwrap_err()
            }
            _ => correct_claim(&article(), &claim(), &one(field, value)).unwrap_err(),
        };
        assert_eq!(wrong.len(), 1);
        wrong[0].to_string()
    };
    assert_eq!(told(Field::Low, "30"), "low: the lowest count, 30, is above the highest, 12; swap them or empty one");
    let no_count = "low: \"-3\" is no count; write digits, as 1200, or leave it empty for an open end";
    assert_eq!(told(Field::Low, "-3"), no_count);
    assert!(told(Field::Harm, "hurt").starts_with("harm: there is no \"hurt\"; it is one of killed, wounded"));
    assert!(told(Field::Time, "2 May").contains("\"2 May\" is no date; write it as 2020-10-10"));
    assert!(told(Field::Time, "2024-05-03 | 2024-05-02").contains("ends on 2024-05-02 before it begins"));
    assert!(told(Field::Mode, "visit").contains("visit is how CONSULT is done, not ASSAULT"));
    assert!(told(Field::Event, "").contains("no event that could be done by heavy-weapons"));
    assert!(told(Field::Speakers, "A\n\nB | c | d | South Varnia").contains("line 3: \"South Varnia\" is no party"));
    assert!(told(Field::Actors, "a | b | c | d").contains("it has 4 parts, and there are 3: entity | party | words"));
    assert!(told(Field::Content, "Ostreland bombed").contains("do not stand in the report"));
    assert!(told(Field::Harm, "killed | x").contains("there is no"));
    assert!(told(Field::Place, "dorne").contains("write its id, as place:dorne"));
    assert!(told(Field::Low, "99999999999999999999").contains("is no count"));
}

#[test]
fn a_mode_that_the_machine_put_with_another_event_is_no_fault_of_whoever_corrects_the_act() {
    let odd = Claim { event: Some(Event::Agree), ..claim() };
    let mut values = of_claim(&article(), &odd);
    values.insert(Field::Act, "announce".to_owned());
    assert_eq!(correct_claim(&article(), &odd, &values).unwrap(), Claim { act: Act::Announce, ..odd });
}

#[test]
fn another_reading_has_another_print() {
    let print = |c: &Claim| Anchor::of_claim(&article(), c).print();
    assert_eq!(print(&claim()), print(&claim()));
    assert_ne!(print(&claim()), print(&Claim { act: Act::Assert, ..claim() }));
    let anchor = Anchor::of_claim(&article(), &claim());
    assert_eq!((anchor.article.as_str(), anchor.quote.as_str()), ("a0", "Ostreland shelled Dorne"));
}
