//! How is a story printed? Whole or shortened, in another order, under another headline, with a paragraph more, the next
//! day: each print is one reading.

use evidence::article::Published;
use evidence::ceasefire::{Located, Violation};
use evidence::claim::{Finding, Reference, Speaker};
use evidence::ledger::Reading;
use evidence::time::{Iso, Time};
use evidence::{
    Act, Article, Basis, Category, Ceasefire, CeasefireKind, Claim, Entity, EntityKind, Event, Figure, Id, Meaning,
    Polarity, Precision, Qualifier, Span, Status,
};

use crate::draws::Draws;
use crate::paragraph::{Paragraph, Told, Words};
use crate::story::Story;
use crate::words::{capital, filler, name};
use crate::world::{War, date, owner};

/// Outlets that print stories.
const OUTLETS: usize = 120;

/// What kinds of people are counted, beside those of whom it is not said.
const CATEGORIES: [Category; 3] = [Category::Military, Category::Civilian, Category::Children];

/// A reading with what is known of it.
pub struct Print {
    pub reading: Reading,
    /// Of each claim, in order, the occurrence it is about.
    pub about: Vec<Option<u32>>,
}

/// Print number `n` of a story; the first is whole.
pub fn print(seed: u64, wars: &[War], story: &Story, number: u32, n: usize, agency: Option<&str>) -> Print {
    let mut draws = Draws::of(seed, &[3, u64::from(number), n as u64]);
    let war = &wars[story.war];
    let mut paragraphs = story.paragraphs.clone();
    let mut day = story.day;
    if n > 0 {
        edit(&mut draws, &mut paragraphs);
        day += usize::from(draws.chance(20));
    }
    let mut text = headline(&mut draws);
    let title = Span::new(0, text.len());
    let mut told: Vec<(usize, &Told)> = Vec::new();
    for p in &paragraphs {
        text.push('\n');
        told.extend(p.told.iter().map(|t| (text.len(), t)));
        text += &p.text;
    }
    let id = Id::of("article").with(&text).with(&format!("{number}/{n}")).text("a");
    let published = match Iso::parse(&date(day)) {
        Some(value) if !draws.chance(3) => {
            Published { value: Some(value), precision: Some(Precision::Day), basis: Basis::Metadata, spans: Vec::new() }
        }
        _ => Published::unknown(),
    };
    let article = Article {
        path: format!("scale/{number}/{n}.txt"),
        outlet: Some(outlet(seed, &mut draws)),
        title: Some(title),
        agencies: agency.into_iter().filter(|_| draws.chance(80)).map(str::to_owned).collect(),
        published,
        language: Some("en".into()),
        id,
        ..Article::of_words(&text)
    };
    let claims: Vec<Claim> = told.iter().map(|(at, t)| claim(&mut draws, &article, war, *at, t)).collect();
    let figures = told.iter().zip(&claims).flat_map(|((at, t), c)| figures(c, *at, t, war)).collect();
    let ceasefires = ceasefire(&article, war, story, &told, &claims).into_iter().collect();
    let about = told.iter().map(|(_, t)| t.about).collect();
    let entities = entities(war, &told);
    Print { reading: Reading { article, entities, claims, figures, ceasefires, notes: Vec::new() }, about }
}

/// One of the outlets; few of them print much, many print little.
fn outlet(seed: u64, draws: &mut Draws) -> String {
    let number = draws.below(OUTLETS).min(draws.below(OUTLETS)).min(draws.below(OUTLETS));
    let mut own = Draws::of(seed, &[7, number as u64]);
    let kind = own.word(&["Herald", "Courier", "Post", "Observer", "News", "Tribune"]);
    format!("{} {kind}", capital(&name(&mut own, 2)))
}

/// What desks do to a story of an agency.
fn edit(draws: &mut Draws, paragraphs: &mut Vec<Paragraph>) {
    if draws.chance(40) {
        let least = paragraphs.len() * 3 / 5;
        let kept = draws.between(least.max(2), paragraphs.len());
        paragraphs.truncate(kept);
    }
    if draws.chance(25) && paragraphs.len() > 2 {
        draws.shuffle(&mut paragraphs[1..]);
    }
    if draws.chance(30) {
        let at = draws.between(1, paragraphs.len());
        paragraphs.insert(at, Paragraph { text: format!("{} {}", filler(draws), filler(draws)), told: Vec::new() });
    }
}

fn headline(draws: &mut Draws) -> String {
    filler(draws).split_whitespace().take(7).collect::<Vec<_>>().join(" ")
}

fn claim(draws: &mut Draws, article: &Article, war: &War, at: usize, t: &Told) -> Claim {
    let span = |w: &Words| Span::new(at + w.start, at + w.end);
    let content = span(&t.content);
    let of_side = |(side, w): &(usize, Words)| Reference {
        entity: Some(format!("party:{}", war.sides[*side].0)),
        party: Some(war.sides[*side].0.clone()),
        span: Some(span(w)),
    };
    let speaker = |(name, side, w): &(String, usize, Words)| Speaker {
        name: Some(name.clone()),
        role: None,
        organisation: None,
        party: Some(war.sides[*side].0.clone()),
        entity: Some(person(name)),
        span: Some(span(w)),
    };
    let time = |(day, w): &(usize, Words)| Time {
        value: Iso::parse(&date(*day)),
        end: None,
        precision: Some(Precision::Day),
        span: Some(span(w)),
        basis: Basis::Text,
    };
    let town = |(town, w): &(usize, Words)| Reference {
        entity: Some(place(&war.towns[*town])),
        party: None,
        span: Some(span(w)),
    };
    Claim {
        id: Id::of("claim").with(&article.id).with_span(content).with(t.act.as_str()).text("c"),
        article: article.id.clone(),
        content,
        cue: t.cue.as_ref().map(span),
        speakers: t.speaker.iter().map(speaker).collect(),
        joint: false,
        act: t.act,
        event: Some(t.event),
        mode: t.mode,
        actors: t.actors.iter().map(of_side).collect(),
        targets: t.targets.iter().map(of_side).collect(),
        places: t.town.iter().map(town).collect(),
        time: t.day.as_ref().map(time),
        polarity: Polarity::Affirmed,
        status: Status::Actual,
        meaning: meaning(draws, t),
        found: found(draws, t),
    }
}

/// How a reader of real reports would have found it: most by what the sentence says, some by where it stands.
fn found(draws: &mut Draws, t: &Told) -> Vec<Finding> {
    let step = |rule: &str, reason: &str| Finding { rule: rule.into(), reason: reason.into(), span: None };
    let event = step("scale/event", "generated");
    match (&t.speaker, draws.below(10)) {
        (None, _) => vec![event],
        (Some(_), 0) => vec![event, step("sides/opponent", "an attack by one of two warring sides is on the other")],
        (Some(_), _) => vec![step("speech/assert.clause", "the cue attributes it"), event],
    }
}

/// The direction of its kind of claim with something of its own.
fn meaning(draws: &mut Draws, t: &Told) -> Option<Meaning> {
    let mut kind = Draws::of(t.event as u64, &[4, t.act as u64]);
    Meaning::along(&std::array::from_fn(|_| kind.signed() + draws.signed()))
}

fn figures(claim: &Claim, at: usize, t: &Told, war: &War) -> Vec<Figure> {
    let one = |(harm, count, w): &(evidence::Harm, usize, Words)| Figure {
        id: Id::of("figure").with(&claim.id).with(harm.as_str()).text("f"),
        article: claim.article.clone(),
        claim: Some(claim.id.clone()),
        span: Span::new(at + w.start, at + w.end),
        harm: *harm,
        low: Some(*count as u64),
        high: Some(*count as u64),
        qualifier: Qualifier::Exactly,
        category: *CATEGORIES.get(*count % 5).unwrap_or(&Category::Unspecified),
        party: t.town.as_ref().filter(|_| count % 4 > 0).map(|(town, _)| war.sides[owner(*town)].0.clone()),
        place: t.town.as_ref().map(|(town, _)| place(&war.towns[*town])),
        period: None,
        speakers: claim.speakers.clone(),
        superseded: false,
        rule: "harm/scale".into(),
    };
    t.figures.iter().map(one).collect()
}

/// The truce of a story, where the print still tells of it; attacks that it tells of by the way are breaches.
fn ceasefire(
    article: &Article,
    war: &War,
    story: &Story,
    told: &[(usize, &Told)],
    claims: &[Claim],
) -> Option<Ceasefire> {
    let (number, day) = story.truce?;
    let own: Vec<&Claim> =
        told.iter().zip(claims).filter(|((_, t), _)| t.about == Some(number)).map(|(_, c)| c).collect();
    let first = own.first()?;
    let effective = first.time.clone().or_else(|| {
        let value = Iso::parse(&date(day));
        Some(Time { value, end: None, precision: Some(Precision::Day), span: None, basis: Basis::Inferred })
    });
    let mut parties: Vec<String> = war.sides.iter().map(|s| s.0.clone()).collect();
    parties.sort();
    let breach = |c: &&Claim| c.event == Some(Event::Assault) && c.act == Act::Accuse;
    let violation = |c: &Claim| Violation {
        claim: c.id.clone(),
        by: c.actors.first().and_then(|a| a.party.clone()),
        alleged_by: c.speakers.iter().filter_map(|s| s.party.clone()).collect(),
        time: c.time.clone(),
        after: None,
    };
    Some(Ceasefire {
        id: Id::of("truce").with(&article.id).text("t"),
        kind: CeasefireKind::Bilateral,
        parties,
        announced_by: Vec::new(),
        brokers: Vec::new(),
        monitors: Vec::new(),
        effective: effective.map(|value| Located { article: article.id.clone(), value }),
        ends: None,
        terms: Vec::new(),
        violations: claims.iter().filter(breach).map(violation).collect(),
        status: Vec::new(),
        claims: own.iter().map(|c| c.id.clone()).collect(),
    })
}

fn entities(war: &War, told: &[(usize, &Told)]) -> Vec<Entity> {
    let entity = |id: String, kind, name: &str, party: Option<&str>| Entity {
        id,
        kind,
        name: name.to_owned(),
        aliases: Vec::new(),
        party: party.map(str::to_owned),
        country: None,
        lat: None,
        lon: None,
    };
    let mut out: Vec<Entity> = war
        .sides
        .iter()
        .map(|(slug, name)| entity(format!("party:{slug}"), EntityKind::Party, name, Some(slug)))
        .collect();
    for (_, t) in told {
        if let Some((town, _)) = &t.town {
            let name = &war.towns[*town];
            out.push(Entity {
                lat: Some(war.points[*town].0),
                lon: Some(war.points[*town].1),
                ..entity(place(name), EntityKind::Place, name, None)
            });
        }
        if let Some((name, side, _)) = &t.speaker {
            out.push(entity(person(name), EntityKind::Person, name, Some(&war.sides[*side].0)));
        }
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out.dedup_by(|a, b| a.id == b.id);
    out
}

fn place(name: &str) -> String {
    format!("place:{}", name.to_lowercase())
}

fn person(name: &str) -> String {
    format!("person:{}", name.to_lowercase().replace(' ', "-"))
}
