//! How series of counts are worded: whose people, what befell them, what the counts cover, whose counts they are.

use std::collections::BTreeMap;

use evidence::time::Iso;
use evidence::toll::{Count, Scope, UcdpReading, Voice};
use evidence::{Category, Toll};

use crate::{Book, wording};

/// "people of Armenia killed, military, since 27 September 2020 (nagorno-karabakh)".
pub fn heading(book: &Book, t: &Toll) -> String {
    let mut out = match &t.side {
        Some(side) => format!("people of {} {}", book.party_name(side), t.harm),
        None => format!("people {}, whose is not said", t.harm),
    };
    if t.category != Category::Unspecified {
        out.push_str(&format!(", {}", t.category));
    }
    out.push_str(&format!(", {}", covers(book, &t.scope)));
    if let Some(conflict) = &t.conflict {
        out.push_str(&format!(" ({conflict})"));
    }
    let others: Vec<&str> = with(t).into_iter().map(|p| book.party_name(p)).collect();
    if !others.is_empty() {
        out.push_str(&format!("; {} counted with them", others.join(", ")));
    }
    out
}

/// Parties whose people are told of under the side that they stand with.
fn with(t: &Toll) -> Vec<&str> {
    let mut out: Vec<&str> = t.counts.iter().filter_map(|c| c.party.as_deref()).collect();
    out.retain(|p| Some(*p) != t.side.as_deref());
    out.sort_unstable();
    out.dedup();
    out
}

/// What the counts cover, in words.
pub(crate) fn covers(book: &Book, scope: &Scope) -> String {
    match scope {
        Scope::Since { from: Some(from), .. } => format!("since {}", date(from)),
        Scope::Since { from: None, words } if words.is_empty() => "up to the day of the report".to_owned(),
        Scope::Since { from: None, words } | Scope::Words(words) => format!("“{words}”"),
        Scope::Event { places, day, .. } => {
            let names: Vec<&str> = places.iter().map(|id| book.entity(id).map_or(id.as_str(), |e| &e.name)).collect();
            let day = day.as_ref().map_or(String::new(), |d| format!(" on {}", date(d)));
            format!("at {}{day}", names.join(", "))
        }
        Scope::Period { from, to } if from == to && from.as_str().len() < 10 => format!("in {}", date(from)),
        Scope::Period { from, to } if from == to => format!("on {}", date(from)),
        Scope::Period { from, to } => format!("from {} to {}", date(from), date(to)),
        Scope::Unsaid => "when is not said".to_owned(),
    }
}

/// "27 September 2020", as fine as it is.
pub(crate) fn date(iso: &Iso) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = iso.date().split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.checked_sub(1)?));
    match (month, parts.next().map(|d| d.trim_start_matches('0'))) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => year.to_owned(),
    }
}

/// A scope's kind as one word, for spreadsheets.
pub(crate) const fn scope_kind(scope: &Scope) -> &'static str {
    match scope {
        Scope::Since { .. } => "since",
        Scope::Event { .. } => "event",
        Scope::Period { .. } => "period",
        Scope::Words(_) => "words",
        Scope::Unsaid => "unsaid",
    }
}

/// First and last day, places and incident of a scope; empty for what it has not.
pub(crate) fn scope_parts(scope: &Scope) -> (String, String, &[String], String) {
    let text = |iso: Option<&Iso>| iso.map(ToString::to_string).unwrap_or_default();
    match scope {
        Scope::Since { from, .. } => (text(from.as_ref()), String::new(), &[], String::new()),
        Scope::Event { incident, places, day } => {
            (text(day.as_ref()), text(day.as_ref()), places, incident.clone().unwrap_or_default())
        }
        Scope::Period { from, to } => (from.to_string(), to.to_string(), &[], String::new()),
        Scope::Words(_) | Scope::Unsaid => (String::new(), String::new(), &[], String::new()),
    }
}

/// A voice in one word or name.
pub(crate) fn voice(voice: &Voice) -> String {
    match voice {
        Voice::Side(slug) => slug.clone(),
        Voice::Other(name) => wording::shortened(name, 60),
        Voice::Outlet => "(outlets)".to_owned(),
    }
}

/// A count with its hedge.
pub(crate) fn number(book: &Book, c: &Count) -> String {
    book.figure(c.name()).map_or_else(|| c.words(), wording::count)
}

/// For every figure that disagrees with others, the ids of these.
pub(crate) fn disagreements(tolls: &[Toll]) -> BTreeMap<&str, Vec<&str>> {
    let mut out = BTreeMap::new();
    for t in tolls {
        let figures: BTreeMap<&str, &Count> = t.counts.iter().map(|c| (c.name(), c)).collect();
        for c in t.counts.iter().filter(|c| !c.against.is_empty()) {
            let others = c.against.iter().filter_map(|id| figures.get(id.as_str())).flat_map(|o| &o.figures);
            let others: Vec<&str> = others.map(String::as_str).collect();
            for f in &c.figures {
                out.insert(f.as_str(), others.clone());
            }
        }
    }
    out
}

/// The reading in UCDP's terms, in words.
pub(crate) fn ucdp(reading: &UcdpReading) -> String {
    let best = reading.best.map_or_else(|| "none, the counts differ or are open".to_owned(), |n| n.to_string());
    format!("reading in UCDP's terms: low {}, best {best}, high {}", reading.low, reading.high)
}
