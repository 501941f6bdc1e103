//! A ledger made by hand of two reports from invented countries: a shelling, its denial, a toll, a truce. Some words of
//! theirs may be put in by whoever wants to do harm.

use evidence::ceasefire::{Located, Violation};
use evidence::claim::Finding;
use evidence::figure::Period;
use evidence::imprint::Imprint;
use evidence::incident::{Denial, Denied, Member};
use evidence::ledger::Reading;
use evidence::time::{Iso, Time};
use evidence::{
    Act, Article, Basis, Category, Ceasefire, CeasefireKind, Claim, DenialKind, Entity, EntityKind, Event, Figure,
    Harm, Incident, Layer, Meaning, Mode, Note, Polarity, Precision, Published, Qualifier, Reference, Relation, Span,
    Speaker, Status, Trace,
};
use store::{Object, SqliteStore, Store};

/// Fills a ledger; `words` stand in every text that a report brings, `url` is where the first is said to be from.
pub fn fill(store: &mut SqliteStore, words: &str, url: &str) {
    let (alpha, beta) = (alpha(words, url), beta(words));
    store.save("test", &alpha).unwrap();
    store.save("test", &beta).unwrap();
    let mut picture = store.picture(1).unwrap();
    let trace = |id: &str, article: &str, layer| Trace {
        id: id.into(),
        layer,
        article: article.into(),
        body: Vec::new(),
        blocks: Vec::new(),
    };
    let traces = [trace("s0x", "a0alpha", Layer::Incident), trace("t0truce", "a0alpha", Layer::Ceasefire)];
    picture.leave("a0alpha", &traces).unwrap();
    picture.leave("a0beta", &[trace("s0y", "a0beta", Layer::Incident)]).unwrap();
    picture.put(&Object::Incident(incident(&alpha, words)), &["s0x".to_owned(), "s0y".to_owned()]).unwrap();
    picture.put(&Object::Ceasefire(alpha.ceasefires[0].clone()), &["t0truce".to_owned()]).unwrap();
    picture.finish().unwrap();
}

fn alpha(words: &str, url: &str) -> Reading {
    let text = format!(
        "Shells {words} on Dorne\nOstreland's {words} army shelled the town of Dorne {words} on Thursday, spokeswoman \
         Asa {words} Lind said, killing at least 12 civilians since 1 May.\nThe truce of 30 April {words} holds."
    );
    let article = article("a0alpha", words, &text, Some(url));
    let speaker = Speaker {
        name: Some(format!("Asa {words} Lind")),
        role: Some(format!("spokeswoman {words}")),
        organisation: Some(words.into()),
        party: Some("varnia".into()),
        entity: Some("person:asa-lind".into()),
        span: Some(quote(&article, &format!("Asa {words} Lind"))),
    };
    let mut shelling = claim("c0shelling", &article, &format!("Ostreland's {words} army shelled the town of Dorne"));
    shelling.cue = Some(quote(&article, "said"));
    shelling.speakers = vec![speaker.clone()];
    shelling.act = Act::Accuse;
    (shelling.event, shelling.mode) = (Some(Event::Assault), Some(Mode::HeavyWeapons));
    shelling.actors = vec![reference(&article, None, Some("ostreland"), &format!("Ostreland's {words} army"))];
    shelling.places = vec![reference(&article, Some("place:dorne"), None, &format!("Dorne {words}"))];
    shelling.time = Some(time(&article, "2024-05-02", "Thursday"));
    let reason = format!("trigger {words}");
    shelling.found = vec![Finding { rule: "assault/shelling.active".into(), reason, span: None }];
    let mut truce = claim("c0truce", &article, &format!("The truce of 30 April {words} holds"));
    truce.event = Some(Event::Retreat);
    truce.mode = Some(Mode::Ceasefire);
    truce.status = Status::Ongoing;
    let toll = Figure {
        id: "f0toll".into(),
        article: article.id.clone(),
        claim: Some("c0shelling".into()),
        span: quote(&article, "at least 12 civilians"),
        harm: Harm::Killed,
        low: Some(12),
        high: None,
        qualifier: Qualifier::AtLeast,
        category: Category::Civilian,
        party: Some("varnia".into()),
        place: Some("place:dorne".into()),
        period: Some(Period { from: Iso::parse("2024-05-01"), to: None, span: quote(&article, "since 1 May") }),
        speakers: vec![speaker],
        superseded: false,
        rule: "harm/killed.active".into(),
    };
    let located = |value| Located { article: article.id.clone(), value };
    let ceasefire = Ceasefire {
        id: "t0truce".into(),
        kind: CeasefireKind::Bilateral,
        parties: vec!["ostreland".into(), "varnia".into()],
        announced_by: Vec::new(),
        brokers: vec![located(reference(&article, Some("person:asa-lind"), None, &format!("Asa {words} Lind")))],
        monitors: Vec::new(),
        effective: Some(Located { article: article.id.clone(), value: time(&article, "2024-04-30", "30 April") }),
        ends: None,
        terms: Vec::new(),
        violations: vec![Violation {
            claim: "c0shelling".into(),
            by: Some("ostreland".into()),
            alleged_by: vec!["varnia".into()],
            after: None,
            time: shelling.time.clone(),
        }],
        status: vec![("c0truce".into(), Act::Assert)],
        claims: vec!["c0shelling".into(), "c0truce".into()],
    };
    let notes = vec![Note::new("unknown-place", format!("{words} is in no gazetteer"))];
    let (claims, figures, ceasefires) = (vec![shelling, truce], vec![toll], vec![ceasefire]);
    Reading { entities: entities(words), claims, figures, ceasefires, notes, article }
}

fn beta(words: &str) -> Reading {
    let text = format!("Ostreland {words} denies\nMinister Teo {words} Brandt denied that its army had shelled Dorne.");
    let article = article("a0beta", words, &text, None);
    let mut denial = claim("c0denial", &article, "its army had shelled Dorne");
    denial.speakers = vec![Speaker {
        name: Some(format!("Teo {words} Brandt")),
        party: Some("ostreland".into()),
        span: Some(quote(&article, &format!("Teo {words} Brandt"))),
        ..Speaker::default()
    }];
    denial.act = Act::Deny;
    (denial.event, denial.mode) = (Some(Event::Assault), Some(Mode::HeavyWeapons));
    let (claims, figures, ceasefires, notes) = (vec![denial], Vec::new(), Vec::new(), Vec::new());
    Reading { entities: entities(words), claims, figures, ceasefires, notes, article }
}

fn incident(alpha: &Reading, words: &str) -> Incident {
    let member = |claim: &str, relation| Member { claim: claim.into(), relation, reason: format!("alike {words}") };
    Incident {
        id: "i0shelling".into(),
        event: Some(Event::Assault),
        parties: vec!["ostreland".into(), "varnia".into()],
        places: vec!["place:dorne".into()],
        time: alpha.claims[0].time.clone(),
        claims: vec![member("c0shelling", Relation::Accuses), member("c0denial", Relation::Denies)],
        origins: 2,
        asserted_by: vec!["varnia".into()],
        denied_by: vec!["ostreland".into()],
        denials: vec![Denial {
            claim: "c0denial".into(),
            kind: DenialKind::OwnAct,
            denies: vec![Denied { claim: "c0shelling".into(), reason: format!("the denier {words}") }],
        }],
        notes: vec![format!("undated {words}")],
    }
}

fn entities(words: &str) -> Vec<Entity> {
    let entity = |id: &str, kind, name: String, party: Option<&str>, point: Option<(f64, f64)>| Entity {
        id: id.into(),
        kind,
        name,
        aliases: vec![format!("alias {words}")],
        party: party.map(str::to_owned),
        country: None,
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
    };
    vec![
        entity("party:ostreland", EntityKind::Party, format!("Ostreland {words}"), Some("ostreland"), None),
        entity("party:varnia", EntityKind::Party, format!("Varnia {words}"), Some("varnia"), None),
        entity("person:asa-lind", EntityKind::Person, format!("Asa {words} Lind"), Some("varnia"), None),
        entity("place:dorne", EntityKind::Place, format!("Dorne {words}"), None, Some((47.25, 11.5))),
    ]
}

fn article(id: &str, words: &str, text: &str, url: Option<&str>) -> Article {
    Article {
        id: id.into(),
        path: format!("reports/{words}/{id}.txt"),
        url: url.map(str::to_owned),
        outlet: Some(format!("Courier {words}")),
        title: text.find('\n').map(|end| Span::new(0, end)),
        byline: vec![format!("J. {words}")],
        agencies: vec![format!("Wire {words}")],
        published: Published {
            value: Iso::parse("2024-05-03"),
            precision: Some(Precision::Day),
            basis: Basis::Given,
            spans: Vec::new(),
        },
        language: Some("en".into()),
        dateline: None,
        imprint: Imprint::default(),
        text: text.into(),
    }
}

fn claim(id: &str, article: &Article, content: &str) -> Claim {
    Claim {
        id: id.into(),
        article: article.id.clone(),
        content: quote(article, content),
        cue: None,
        speakers: Vec::new(),
        act: Act::Assert,
        event: None,
        mode: None,
        actors: Vec::new(),
        targets: Vec::new(),
        places: Vec::new(),
        time: None,
        polarity: Polarity::Affirmed,
        status: Status::Actual,
        joint: false,
        found: Vec::new(),
        meaning: Meaning::along(&std::array::from_fn(|i| i as f32 - 200.0)),
    }
}

fn quote(article: &Article, words: &str) -> Span {
    let start = article.text.find(words).unwrap_or_else(|| panic!("no {words} in {}", article.text));
    Span::new(start, start + words.len())
}

fn reference(article: &Article, entity: Option<&str>, party: Option<&str>, words: &str) -> Reference {
    let (entity, party) = (entity.map(str::to_owned), party.map(str::to_owned));
    Reference { entity, party, span: Some(quote(article, words)) }
}

fn time(article: &Article, value: &str, words: &str) -> Time {
    Time {
        value: Iso::parse(value),
        end: None,
        precision: Some(Precision::Day),
        basis: Basis::Inferred,
        span: Some(quote(article, words)),
    }
}
