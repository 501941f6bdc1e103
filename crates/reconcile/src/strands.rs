//! What one report says of one thing that happened: its claims in strands, which are then compared with those of others.
//!
//! Claims of one report are one strand where one denies the other, where both tell of one event at one place or minute,
//! where the one says again what the other said, or where the report is about one attack. Every member keeps its reason.

mod answers;
mod focus;
mod node;
mod restated;
mod roles;

use std::collections::{BTreeMap, BTreeSet};

use evidence::ledger::Reading;
use evidence::{Act, Basis, Claim, DenialKind, Event, Id, Layer, Meaning, Polarity, Precision, Status, Trace};
use serde::{Deserialize, Serialize};

use crate::groups::Groups;
use crate::moments::Day;
use crate::{blocks, body};
use node::Node;
pub(crate) use node::places_agree;
pub(crate) use roles::reason;

/// One thing that a report tells of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Strand {
    pub id: String,
    pub article: String,
    /// Day on which the report appeared, if known.
    pub published: Option<String>,
    #[serde(with = "event")]
    pub event: Option<Event>,
    pub claims: Vec<Told>,
    /// Which of its claims deny which: positions in `claims`.
    pub answers: Vec<Answer>,
    /// Denials of all that is said of a kind, which stand in no strand, and which of its claims they cover.
    pub covered: Vec<Covered>,
    /// The day it is told of, in words that are not of the report's day.
    pub day: Option<Day>,
    /// The clock, `12:05`.
    pub minute: Option<String>,
    /// Entity ids of the places that most of its claims tell, without whole states.
    pub places: Vec<String>,
    /// Parties said to act, and to suffer it.
    pub actors: Vec<String>,
    pub targets: Vec<String>,
    pub counts: Vec<Count>,
    /// What its claims say of truces: id of the truce as the report tells of it, and what is said.
    pub roles: Vec<(String, String)>,
    /// Hashes of the content words, sorted, each once.
    pub words: Vec<u32>,
    /// Hashes of words in a row with their speaker, some of them.
    pub sayings: Vec<u64>,
    /// What its claims mean, as a direction.
    pub meaning: Option<Vec<u8>>,
}

impl Strand {
    /// The day it is told of, where the year is known.
    pub fn date(&self) -> Option<String> {
        self.day.as_ref().and_then(Day::date)
    }

    /// How many content words two strands have in common.
    pub fn words_in_common(&self, other: &Self) -> usize {
        self.words.iter().filter(|w| other.words.binary_search(w).is_ok()).count()
    }

    /// How alike two strands are in meaning; 0 where one has none.
    pub fn likeness(&self, other: &Self) -> f32 {
        let meaning = |s: &Self| s.meaning.as_deref().and_then(Meaning::from_bytes);
        meaning(self).zip(meaning(other)).map_or(0.0, |(a, b)| a.cosine(&b))
    }
}

/// A claim of a strand, with what an incident shows of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Told {
    pub claim: String,
    #[serde(with = "act")]
    pub act: Act,
    #[serde(with = "event")]
    pub event: Option<Event>,
    /// Whether it tells of what was, not of what may, should or will be.
    pub of_fact: bool,
    pub negated: bool,
    /// Parties of those who say it: the nearest of a chain, or all who speak together.
    pub said_by: Vec<String>,
    /// Who says it: an entity's id, else a party.
    pub speaker: Option<String>,
    pub actors: Vec<String>,
    pub targets: Vec<String>,
    pub places: Vec<String>,
    pub time: Option<When>,
    /// Whether it denies something, in whatever words.
    pub denies: bool,
    /// Why it stands in the strand; empty for the only one.
    pub reason: String,
}

/// The time of a claim, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct When {
    pub value: Option<String>,
    pub end: Option<String>,
    #[serde(with = "precision")]
    pub precision: Option<Precision>,
    pub span: Option<(u32, u32)>,
    #[serde(with = "basis")]
    pub basis: Basis,
}

/// A count of people harmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Count {
    pub harm: String,
    pub low: Option<u64>,
    pub high: Option<u64>,
}

/// One claim of a strand that denies another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub denial: usize,
    pub denied: usize,
    #[serde(with = "denial_kind")]
    pub kind: DenialKind,
    pub reason: String,
}

/// A claim of a strand that a blanket denial covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Covered {
    /// Id of the denial.
    pub denial: String,
    /// Parties of those who deny.
    pub said_by: Vec<String>,
    /// Position of what is denied.
    pub denied: usize,
    pub reason: String,
}

macro_rules! by_position {
    ($name:ident, $type:ty) => {
        mod $name {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
            pub fn serialize<S: Serializer>(value: &$type, s: S) -> Result<S::Ok, S::Error> {
                let all = <$type>::ALL;
                (all.iter().position(|v| v == value).unwrap_or_default() as u8).serialize(s)
            }
            pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<$type, D::Error> {
                let at = u8::deserialize(d)?;
                <$type>::ALL.get(usize::from(at)).copied().ok_or_else(|| serde::de::Error::custom("no such word"))
            }
        }
    };
    ($name:ident, maybe $type:ty) => {
        mod $name {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
            pub fn serialize<S: Serializer>(value: &Option<$type>, s: S) -> Result<S::Ok, S::Error> {
                value.and_then(|x| <$type>::ALL.iter().position(|v| *v == x)).map(|n| n as u8).serialize(s)
            }
            pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<$type>, D::Error> {
                let at = Option::<u8>::deserialize(d)?;
                Ok(at.and_then(|at| <$type>::ALL.get(usize::from(at)).copied()))
            }
        }
    };
}
by_position!(act, evidence::Act);
by_position!(basis, evidence::Basis);
by_position!(denial_kind, evidence::DenialKind);
by_position!(event, maybe evidence::Event);
by_position!(precision, maybe evidence::Precision);

/// The traces of what a report says happened.
pub(crate) fn traces(reading: &Reading) -> Vec<Trace> {
    let pack = |s: &Strand| Trace {
        id: s.id.clone(),
        layer: Layer::Incident,
        article: s.article.clone(),
        body: body::pack(s),
        blocks: blocks::of(s),
    };
    of(reading).iter().map(pack).collect()
}

/// The strand that a trace was packed from.
pub(crate) fn unpacked(trace: &Trace) -> Strand {
    body::unpack(&trace.body)
}

/// The strands of a report, by their first claim.
pub(crate) fn of(reading: &Reading) -> Vec<Strand> {
    let nodes = node::of(reading);
    let answers = answers::within(reading, &nodes);
    let mut joins: Vec<(usize, usize, String)> =
        answers.iter().filter(|a| !a.blanket).map(|a| (a.denied, a.denial, a.reason.clone())).collect();
    joins.extend(roles::joins(reading));
    joins.extend(same_place_or_minute(&nodes));
    joins.extend(restated::pairs(&nodes, reading));
    joins.extend(focus::joins(&nodes, reading));
    let mut groups = Groups::new(nodes.len());
    let mut days: Vec<Option<&str>> = nodes.iter().map(|n| n.day).collect();
    let mut reasons: Vec<Option<String>> = vec![None; nodes.len()];
    for (a, b, why) in joins {
        let (x, y) = (groups.root(a), groups.root(b));
        // What is told of two days is no one occurrence.
        if matches!((days[x], days[y]), (Some(p), Some(q)) if p != q) {
            continue;
        }
        groups.join(x, y);
        days[groups.root(x)] = days[x].or(days[y]);
        for i in [a, b] {
            reasons[i].get_or_insert_with(|| why.clone());
        }
    }
    groups.all().iter().map(|list| strand(reading, &nodes, list, &reasons, &answers)).collect()
}

/// Pairs of claims about one event at one place or one minute.
fn same_place_or_minute(nodes: &[Node]) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    for (i, a) in nodes.iter().enumerate().filter(|(_, n)| n.is_told()) {
        for (j, b) in nodes.iter().enumerate().skip(i + 1).filter(|(_, n)| n.is_told()) {
            if a.claim.event != b.claim.event || !node::may_be_one(a, b) || !node::places_agree(&a.places, &b.places) {
                continue;
            }
            let place = a.places.iter().find(|p| b.places.contains(p));
            let minute = a.minute.filter(|m| b.minute == Some(m));
            if let Some(at) = place.copied().or(minute) {
                out.push((i, j, format!("same event, at {at}")));
            }
        }
    }
    out
}

fn strand(
    reading: &Reading,
    nodes: &[Node],
    list: &[usize],
    reasons: &[Option<String>],
    answers: &[answers::Answer],
) -> Strand {
    let claims = || list.iter().map(|i| nodes[*i].claim);
    let event =
        claims().filter(|c| c.act != Act::Deny).find_map(|c| c.event).or_else(|| claims().find_map(|c| c.event));
    let sorted =
        |all: Vec<&str>| all.into_iter().map(str::to_owned).collect::<BTreeSet<String>>().into_iter().collect();
    // What a denial says of who did it is what the other side said.
    let of = |pick: fn(&Claim) -> &Vec<evidence::Reference>| -> Vec<&str> {
        claims().flat_map(|c| pick(c).iter().filter_map(|r| r.party.as_deref())).collect()
    };
    let first = claims().next().expect("groups have members");
    let at = |i: &usize| list.iter().position(|x| x == i);
    let counts = reading.figures.iter().filter(|f| !f.superseded);
    let counts = counts.filter(|f| claims().any(|c| Some(&c.id) == f.claim.as_ref()));
    Strand {
        id: Id::of("strand").with(&first.id).text("s"),
        article: reading.article.id.clone(),
        published: reading.article.published.value.as_ref().map(|v| v.date().to_owned()),
        event,
        claims: list.iter().map(|i| told(reading, &nodes[*i], reasons[*i].clone(), answers)).collect(),
        answers: answers
            .iter()
            .filter(|a| !a.blanket)
            .filter_map(|a| {
                let (denial, denied) = (at(&a.denial)?, at(&a.denied)?);
                Some(Answer { denial, denied, kind: a.kind, reason: a.reason.clone() })
            })
            .collect(),
        covered: answers
            .iter()
            .filter(|a| a.blanket)
            .filter_map(|a| {
                let (denial, denied) = (&reading.claims[a.denial], &reading.claims[a.denied]);
                // Of those who deny together each denies what is laid to it.
                let laid = |p: &String| denied.actors.iter().any(|r| r.party.as_ref() == Some(p));
                let said_by = denial.speakers.iter().filter_map(|s| s.party.clone()).filter(laid).collect();
                Some(Covered { denial: denial.id.clone(), said_by, denied: at(&a.denied)?, reason: a.reason.clone() })
            })
            .collect(),
        day: list.iter().find_map(|i| Day::of(nodes[*i].claim.time.as_ref()?, &reading.article.text)),
        minute: list.iter().find_map(|i| nodes[*i].minute.map(|m| m[11..].to_owned())),
        places: main_places(list.iter().flat_map(|i| nodes[*i].places.iter().copied())),
        actors: sorted(of(|c| &c.actors)),
        targets: sorted(of(|c| &c.targets)),
        counts: counts.map(|f| Count { harm: f.harm.to_string(), low: f.low, high: f.high }).collect(),
        roles: list.iter().flat_map(|i| roles::of(reading, nodes[*i].claim)).collect(),
        words: words(reading, claims()),
        sayings: claims().flat_map(|c| sayings(reading, c)).collect(),
        meaning: together(claims()).filter(|_| event.is_some()),
    }
}

/// The places told by the most claims, and those told by half as many.
fn main_places<'a>(told: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    told.for_each(|p| *count.entry(p).or_default() += 1);
    let most = count.values().copied().max().unwrap_or(0);
    count.into_iter().filter(|(_, n)| 2 * n >= most).map(|(p, _)| p.to_owned()).collect()
}

fn told(reading: &Reading, node: &Node, reason: Option<String>, answers: &[answers::Answer]) -> Told {
    let c = node.claim;
    let parties =
        |list: &[evidence::Reference]| -> Vec<String> { list.iter().filter_map(|r| r.party.clone()).collect() };
    let nearest = c.speakers.iter().take(if c.joint { usize::MAX } else { 1 });
    let own = |a: &&answers::Answer| reading.claims[a.denial].id == c.id;
    Told {
        claim: c.id.clone(),
        act: c.act,
        event: c.event,
        of_fact: matches!(c.status, Status::Actual | Status::Ongoing) && !c.act.is_of_future(),
        negated: c.polarity == Polarity::Negated,
        said_by: nearest.filter_map(|s| s.party.clone()).collect(),
        speaker: c.speakers.first().and_then(|s| s.entity.clone().or_else(|| s.party.clone())),
        actors: parties(&c.actors),
        targets: parties(&c.targets),
        places: node.places.iter().map(|p| (*p).to_owned()).collect(),
        time: c.time.as_ref().map(|t| When {
            value: t.value.as_ref().map(ToString::to_string),
            end: t.end.as_ref().map(ToString::to_string),
            precision: t.precision,
            span: t.span.map(|s| (s.start() as u32, s.end() as u32)),
            basis: t.basis,
        }),
        denies: c.act == Act::Deny || answers::is_contradiction(c) && answers.iter().any(|a| own(&a)),
        reason: reason.unwrap_or_default(),
    }
}

/// The direction of the sum of what claims mean.
fn together<'a>(claims: impl Iterator<Item = &'a Claim>) -> Option<Vec<u8>> {
    let mut sum = [0.0_f32; Meaning::WIDTH];
    for meaning in claims.filter_map(|c| c.meaning.as_ref()) {
        sum.iter_mut().zip(meaning.as_bytes()).for_each(|(s, b)| *s += f32::from(*b as i8));
    }
    Meaning::along(&sum).map(|m| m.as_bytes().to_vec())
}

/// Hashes of words of four letters or more in the contents of claims: what copies have in common.
fn words<'a>(reading: &Reading, claims: impl Iterator<Item = &'a Claim>) -> Vec<u32> {
    let text = &reading.article.text;
    let all: BTreeSet<u32> = claims
        .flat_map(|c| c.content.of(text).split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3))
        .map(|w| (Id::of("word").with(&w.to_lowercase()).number() >> 32) as u32)
        .collect();
    all.into_iter().collect()
}

/// Hashes of five words in a row that a named person says, a quarter of them, chosen by their hash.
fn sayings(reading: &Reading, claim: &Claim) -> Vec<u64> {
    const ROW: usize = 5;
    const SAMPLED: u64 = 4;
    let entity = claim.speakers.first().and_then(|s| s.entity.as_ref());
    let Some(speaker) = entity.filter(|e| e.starts_with("person:")) else { return Vec::new() };
    let content = claim.content.of(&reading.article.text).to_lowercase();
    let words: Vec<&str> = content.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let hash = |row: &[&str]| row.iter().fold(Id::of("saying").with(speaker), |id, w| id.with(w)).number();
    words.windows(ROW).map(hash).filter(|h| h % SAMPLED == 0).collect()
}
