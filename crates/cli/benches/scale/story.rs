//! How is an occurrence told? Paragraphs of one story with the claims they make, each at its words.

use evidence::{Act, Event, Harm};

use crate::draws::Draws;
use crate::paragraph::{Paragraph, Told, Words, Writer};
use crate::words::{filler, quarter, wish};
use crate::world::{Kind, Occurrence, War, spoken};

/// Ways to say something.
const SAYS: [&str; 4] = [" said", " told reporters", " declared", " announced"];

/// What one origin tells: of one war.
#[derive(Debug, Clone)]
pub struct Story {
    pub war: usize,
    /// The day it is first printed.
    pub day: usize,
    /// The first paragraph tells the news.
    pub paragraphs: Vec<Paragraph>,
    /// The truce it tells of, if one: number and day.
    pub truce: Option<(u32, usize)>,
}

/// A story about the first of some occurrences of one war, the others by the way.
pub fn tell(draws: &mut Draws, wars: &[War], of: &[&Occurrence]) -> Story {
    let main = of[0];
    let war = &wars[main.war];
    let mut paragraphs = Vec::new();
    for (n, o) in of.iter().enumerate() {
        paragraphs.extend(sentences(draws, war, o, n == 0));
    }
    for _ in 0..draws.between(2, 4) {
        paragraphs.push(wished(draws, war, main));
    }
    for _ in 0..draws.between(3, 6) {
        paragraphs.push(Paragraph { text: format!("{} {}", filler(draws), filler(draws)), told: Vec::new() });
    }
    draws.shuffle(&mut paragraphs[1..]);
    let truce = of.iter().find(|o| o.kind == Kind::Truce).map(|o| (o.number, o.day));
    Story { war: main.war, day: main.day, paragraphs, truce }
}

/// The paragraphs about one occurrence; the first tells that it happened.
fn sentences(draws: &mut Draws, war: &War, o: &Occurrence, main: bool) -> Vec<Paragraph> {
    let mut out = vec![news(draws, war, o)];
    if main && o.kind == Kind::Shelling {
        out.push(toll(draws, o, war));
        out.push(confirmed(draws, war, o));
    }
    if o.denied && o.kind != Kind::Talks && o.kind != Kind::Truce {
        out.push(denied(draws, war, o));
    }
    if main {
        out.push(again(draws, war, o));
        if draws.chance(50) {
            let who = draws.one(&war.people[1 - o.doer]);
            out.push(Paragraph { text: format!("“{},” {who} said.", o.statement), told: Vec::new() });
        }
    }
    out
}

/// The news: an accusation, or of talks and truces what both sides announce.
fn news(draws: &mut Draws, war: &War, o: &Occurrence) -> Paragraph {
    let mut w = Writer::default();
    if matches!(o.kind, Kind::Talks | Kind::Truce) {
        let speaker = voice(draws, war, o.number as usize % 2, &mut w);
        let cue = w.add(draws.word(&SAYS));
        w.add(" that ");
        let from = w.at();
        let actors = both(war, &mut w);
        let (event, act, verb) = match o.kind {
            Kind::Talks => (Event::Consult, Act::Assert, " met envoys for talks in "),
            _ => (Event::Agree, Act::Announce, " had agreed to a truce in "),
        };
        w.add(verb);
        let town = Some((o.town, w.add(&war.towns[o.town])));
        let day = day(draws, o, &mut w);
        let told = Told { actors, town, day, cue: Some(cue), ..w.told(from, Some(speaker), act, event, o) };
        return w.ended(draws, vec![told]);
    }
    let speaker = voice(draws, war, 1 - o.doer, &mut w);
    let cue = w.add(draws.word(&SAYS));
    w.add(" that ");
    let from = w.at();
    let actors = vec![(o.doer, doer(draws, war, o, &mut w))];
    w.add(deed(draws, o.kind));
    w.add(&quarter(draws));
    let town = Some((o.town, w.add(&war.towns[o.town])));
    let day = day(draws, o, &mut w);
    let told = Told {
        actors,
        targets: vec![(1 - o.doer, town.clone().map(|t| t.1).unwrap_or_default())],
        town,
        day,
        cue: Some(cue),
        ..w.told(from, Some(speaker), Act::Accuse, event(o.kind), o)
    };
    w.ended(draws, vec![told])
}

fn toll(draws: &mut Draws, o: &Occurrence, war: &War) -> Paragraph {
    let mut w = Writer::default();
    let from = w.at();
    let killed = w.add(&format!("{} people", o.killed));
    w.add(" were killed and ");
    let wounded = w.add(&o.wounded.to_string());
    w.add(draws.word(&[" wounded in ", " hurt in ", " injured in "]));
    let town = Some((o.town, w.add(&war.towns[o.town])));
    let figures = vec![(Harm::Killed, o.killed, killed), (Harm::Wounded, o.wounded, wounded)];
    let told = Told { town, figures, ..w.told(from, None, Act::Assert, Event::Assault, o) };
    w.ended(draws, vec![told])
}

fn confirmed(draws: &mut Draws, war: &War, o: &Occurrence) -> Paragraph {
    let mut w = Writer::default();
    w.add(draws.word(&["Residents ", "Doctors ", "Monitors ", "Rescue workers "]));
    let cue = w.add("confirmed");
    w.add(" that ");
    let from = w.at();
    let town = Some((o.town, w.add(&war.towns[o.town])));
    w.add(draws.word(&[" had come under fire", " had been hit", " was shelled"]));
    let day = day(draws, o, &mut w);
    let told = Told { town, day, cue: Some(cue), ..w.told(from, None, Act::Confirm, Event::Assault, o) };
    w.ended(draws, vec![told])
}

fn denied(draws: &mut Draws, war: &War, o: &Occurrence) -> Paragraph {
    let mut w = Writer::default();
    let speaker = voice(draws, war, o.doer, &mut w);
    let cue = w.add(draws.word(&[" denied", " rejected reports", " dismissed claims"]));
    w.add(" that ");
    let from = w.at();
    let actors = vec![(o.doer, doer(draws, war, o, &mut w))];
    w.add(deed(draws, o.kind));
    w.add(&quarter(draws));
    let town = Some((o.town, w.add(&war.towns[o.town])));
    let told = Told { actors, town, cue: Some(cue), ..w.told(from, Some(speaker), Act::Deny, event(o.kind), o) };
    w.ended(draws, vec![told])
}

/// The outlet's own words for it.
fn again(draws: &mut Draws, war: &War, o: &Occurrence) -> Paragraph {
    let mut w = Writer::default();
    let from = w.at();
    w.add(draws.word(&["The latest events in ", "What was reported from ", "The news out of "]));
    let town = Some((o.town, w.add(&war.towns[o.town])));
    w.add(draws.word(&[" came without warning", " followed weeks of calm", " drew crowds"]));
    let day = day(draws, o, &mut w);
    let told = Told { town, day, ..w.told(from, None, Act::Assert, event(o.kind), o) };
    w.ended(draws, vec![told])
}

/// What somebody asks for or foresees.
fn wished(draws: &mut Draws, war: &War, o: &Occurrence) -> Paragraph {
    let mut w = Writer::default();
    let side = draws.below(2);
    let speaker = voice(draws, war, side, &mut w);
    let (cue, act) = *draws.one(&[
        (" demanded", Act::Demand),
        (" appealed", Act::Appeal),
        (" promised", Act::Promise),
        (" predicted", Act::Predict),
    ]);
    let cue = w.add(cue);
    w.add(" that ");
    let from = w.at();
    w.add(&wish(draws));
    let told = w.told(from, Some(speaker), act, Event::Request, o);
    w.ended(draws, vec![Told { cue: Some(cue), mode: None, about: None, ..told }])
}

fn doer(draws: &mut Draws, war: &War, o: &Occurrence, w: &mut Writer) -> Words {
    let name = &war.sides[o.doer].1;
    let words = match draws.below(6) {
        0 => format!("{name} forces"),
        1 => format!("the army of {name}"),
        2 => format!("{name} troops"),
        3 => format!("units from {name}"),
        4 => format!("{name} gunners"),
        _ => format!("the armed forces of {name}"),
    };
    w.add(&words)
}

fn event(kind: Kind) -> Event {
    match kind {
        Kind::Shelling => Event::Assault,
        Kind::Arrests => Event::Coerce,
        Kind::Talks => Event::Consult,
        Kind::Truce => Event::Agree,
    }
}

fn deed(draws: &mut Draws, kind: Kind) -> &'static str {
    match kind {
        Kind::Arrests => draws.word(&[
            " had arrested dozens in ",
            " had detained villagers in ",
            " had rounded up men in ",
            " had seized hostages at ",
            " had led people away from ",
        ]),
        _ => draws.word(&[
            " had shelled ",
            " had fired rockets at ",
            " had bombarded ",
            " had opened fire on ",
            " had struck ",
            " had hit ",
            " had lobbed mortars into ",
        ]),
    }
}

/// The day in words, in two claims of three.
fn day(draws: &mut Draws, o: &Occurrence, w: &mut Writer) -> Option<(usize, Words)> {
    if draws.chance(34) {
        return None;
    }
    w.add(" on ");
    let by_name = draws.chance(60);
    Some((o.day, w.add(&spoken(o.day, by_name))))
}

fn voice(draws: &mut Draws, war: &War, side: usize, w: &mut Writer) -> (String, usize, Words) {
    let name = draws.one(&war.people[side]).clone();
    let role = draws.word(&["spokesman", "minister", "general", "envoy"]);
    let words = w.add(&format!("{} {role} {name}", war.sides[side].1));
    (name, side, words)
}

fn both(war: &War, w: &mut Writer) -> Vec<(usize, Words)> {
    let first = w.add(&war.sides[0].1);
    w.add(" and ");
    vec![(0, first), (1, w.add(&war.sides[1].1))]
}
