//! Which figures are counts of the same people? Those of the same harm, side and kind of people that cover the same:
//! all since one beginning, one occurrence, one day. What nothing in the text joins stays apart.

use std::collections::{BTreeMap, BTreeSet};

use evidence::toll::Scope;
use evidence::{Category, Harm, Ledger};

use super::cover::Cover;
use super::events;
use super::facts::Fact;
use super::phases::Phases;

/// Figures of one series.
pub(super) struct Series {
    pub side: Option<String>,
    pub scope: Scope,
    /// Numbers of the facts, in order.
    pub facts: Vec<usize>,
    pub notes: Vec<String>,
}

/// What figures must share to be of one series, whose people apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Since(String, String),
    Event(usize),
    Days(String, String, String),
    Words(String, String),
    /// Nothing is said: only what one origin tells is held together.
    Unsaid(String),
}

type Kind = (Harm, Category);

/// The series of all facts.
pub(super) fn group(ledger: &Ledger, facts: &[Fact]) -> Vec<Series> {
    let phases = Phases::new(ledger, facts);
    let events = events::group(facts);
    let starts = Starts::new(facts, &phases);
    let mut groups: BTreeMap<(Key, Kind), BTreeMap<Option<String>, Vec<usize>>> = BTreeMap::new();
    for (i, fact) in facts.iter().enumerate() {
        let key = match events.get(&i) {
            Some(event) => Key::Event(*event),
            None => key(fact, &phases, &starts),
        };
        let kind = (fact.figure.harm, fact.figure.category);
        groups.entry((key, kind)).or_default().entry(fact.side.clone()).or_default().push(i);
    }
    let mut out = Vec::new();
    for ((key, _), mut sides) in groups {
        let mut notes = Vec::new();
        one_side(&key, &mut sides, facts, &mut notes);
        for (side, mut list) in sides {
            list.sort_unstable();
            let mut notes = notes.clone();
            notes.extend(understood(&key, &list, facts));
            out.push(Series { side, scope: scope(&key, &list, facts), facts: list, notes });
        }
    }
    out
}

/// At one place, figures that do not say whose people they count are of the only side that is told of.
fn one_side(key: &Key, sides: &mut BTreeMap<Option<String>, Vec<usize>>, facts: &[Fact], notes: &mut Vec<String>) {
    if !matches!(key, Key::Event(_)) || sides.len() != 2 {
        return;
    }
    let Some(list) = sides.remove(&None) else { return };
    if let Some((side, others)) = sides.iter_mut().next() {
        let words: BTreeSet<String> = list.iter().map(|i| facts[*i].figure.number()).collect();
        let words = words.into_iter().collect::<Vec<_>>().join(", ");
        let side = side.as_deref().unwrap_or_default();
        notes.push(format!(
            "for {words} the report does not say whose people; no other side's are told of there than {side}'s"
        ));
        others.extend(list);
    }
}

fn key(fact: &Fact, phases: &Phases, starts: &Starts) -> Key {
    let war = fact.war();
    let origin = || fact.origin.to_owned();
    match &fact.covered.cover {
        // What happened at one of several places, or since a beginning at one place, is not the toll of the war.
        Cover::Since { .. } if !fact.covered.places.is_empty() => {
            Key::Words(fact.covered.places.join(" "), starts.of(fact, phases))
        }
        Cover::Since { .. } => Key::Since(war, starts.of(fact, phases)),
        Cover::Days(from, to) if fact.covered.places.is_empty() => Key::Days(war, from.to_string(), to.to_string()),
        Cover::Days(from, to) => Key::Days(fact.covered.places.join(" "), from.to_string(), to.to_string()),
        Cover::Words(words) => {
            let named = words.bytes().filter(u8::is_ascii_digit).count() > 1;
            Key::Words(words.to_lowercase(), if named { war } else { origin() })
        }
        Cover::Unsaid => Key::Unsaid(origin()),
    }
}

/// When counts "since the beginning" begin, by phase.
struct Starts {
    /// Days told, with how often, by phase.
    told: BTreeMap<(String, usize), BTreeMap<String, usize>>,
    /// The first day on which a report of a phase came out.
    first: BTreeMap<(String, usize), String>,
}

impl Starts {
    fn new(facts: &[Fact], phases: &Phases) -> Self {
        let mut told: BTreeMap<_, BTreeMap<String, usize>> = BTreeMap::new();
        for f in facts.iter().filter(|f| f.covered.places.is_empty()) {
            if let Cover::Since { from: Some(from), .. } = &f.covered.cover {
                *told.entry((f.war(), phases.of(f))).or_default().entry(from.clone()).or_default() += 1;
            }
        }
        let mut first: BTreeMap<(String, usize), String> = BTreeMap::new();
        for f in facts {
            if let Some(day) = &f.day {
                let day = day.as_str();
                let known = first.entry((f.war(), phases.of(f))).or_insert_with(|| day.to_owned());
                if day < known.as_str() {
                    *known = day.to_owned();
                }
            }
        }
        Self { told, first }
    }

    /// The beginning that a figure counts from: its own day, or the one that most counts of its phase begin with.
    fn of(&self, fact: &Fact, phases: &Phases) -> String {
        let Cover::Since { from, words } = &fact.covered.cover else { return String::new() };
        let phase = phases.of(fact);
        let told = self.told.get(&(fact.war(), phase));
        let full = |d: &&String| d.len() == 10;
        let mut days: Vec<(&String, usize)> = Vec::new();
        for (day, n) in told.into_iter().flatten() {
            // "27 September" is the 27 September of the only year that is told with it.
            let mut years = told.into_iter().flat_map(|t| t.keys()).filter(full).filter(|d| d.ends_with(day.as_str()));
            let day = match (day.len(), years.next(), years.next()) {
                (5, Some(one), None) => one,
                _ => day,
            };
            match days.iter_mut().find(|(d, _)| *d == day) {
                Some((_, m)) => *m += n,
                None => days.push((day, *n)),
            }
        }
        match from {
            Some(day) if day.len() != 5 => day.clone(),
            Some(day) => {
                let named = days.iter().find(|(d, _)| d.ends_with(day.as_str())).map(|(d, _)| (*d).clone());
                named.filter(|d| d.len() == 10).unwrap_or_else(|| format!("{day} in {phase}"))
            }
            // "so far", "has claimed": since when is not said.
            None if !is_beginning(words) => format!("to date in {phase}"),
            None => {
                let all: usize = days.iter().map(|(_, n)| n).sum();
                let most = days.iter().find(|(_, n)| n * 2 > all).map(|(d, _)| (*d).clone());
                // What began after the first report of the phase is not its beginning.
                let first = self.first.get(&(fact.war(), phase));
                let early = |d: &String| d.len() == 10 && first.is_none_or(|f| d <= f);
                most.filter(early).unwrap_or_else(|| format!("in {phase}"))
            }
        }
    }
}

/// "since the war began", but not "so far".
fn is_beginning(words: &str) -> bool {
    words.to_lowercase().starts_with("since")
}

fn scope(key: &Key, list: &[usize], facts: &[Fact]) -> Scope {
    let iso = |s: &str| evidence::time::Iso::parse(s);
    let first = &facts[list[0]];
    match key {
        Key::Since(_, from) => {
            let words = list.iter().find_map(|i| match &facts[*i].covered.cover {
                Cover::Since { words, .. } if !words.is_empty() => Some(words.clone()),
                _ => None,
            });
            Scope::Since { from: iso(from), words: words.unwrap_or_default() }
        }
        Key::Event(_) => {
            let events: Vec<_> = list.iter().filter_map(|i| facts[*i].event()).collect();
            let mut places: Vec<String> = events.iter().map(|e| e.place.clone()).collect();
            places.sort();
            places.dedup();
            let mut incidents: BTreeMap<&str, usize> = BTreeMap::new();
            for incident in list.iter().filter_map(|i| facts[*i].incident) {
                *incidents.entry(&incident.id).or_default() += 1;
            }
            let incident = incidents.into_iter().max_by_key(|(id, n)| (*n, std::cmp::Reverse(*id)));
            let day = events.into_iter().find_map(|e| e.day);
            Scope::Event { incident: incident.map(|(id, _)| id.to_owned()), places, day }
        }
        Key::Days(_, from, to) => match iso(from).zip(iso(to)) {
            Some((from, to)) => Scope::Period { from, to },
            None => Scope::Unsaid,
        },
        Key::Words(..) => match &first.covered.cover {
            Cover::Words(words) | Cover::Since { words, .. } => Scope::Words(words.clone()),
            _ => Scope::Unsaid,
        },
        Key::Unsaid(_) => Scope::Unsaid,
    }
}

/// What had to be understood to put the figures together.
fn understood(key: &Key, list: &[usize], facts: &[Fact]) -> Vec<String> {
    let mut notes: Vec<String> = list.iter().filter_map(|i| facts[*i].covered.note.clone()).collect();
    for i in list {
        if let (Key::Since(_, start), Cover::Since { from: None, words }) = (key, &facts[*i].covered.cover)
            && start.len() == 10
            && !words.is_empty()
        {
            notes.push(format!(
                "“{words}” is taken for since {start}, the beginning that reports of the same phase name"
            ));
        }
        if let Cover::Since { from: None, words } = &facts[*i].covered.cover
            && words.is_empty()
        {
            let number = facts[*i].figure.number();
            notes.push(format!("{number}: told as up to the day of the report, since when is not said"));
        }
    }
    let loose = matches!(key, Key::Since(_, start) if !start.as_bytes().first().is_some_and(u8::is_ascii_digit));
    if loose && list.iter().all(|i| facts[*i].day.is_none()) {
        notes.push("nothing in the text ties it to a dated beginning: kept apart from counts that have one".to_owned());
    }
    notes.sort();
    notes.dedup();
    notes
}
