//! What does a figure of a report cover: all since a beginning, a day, one place? As told, or as the figures beside it tell.

use std::collections::BTreeMap;

use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::{Claim, Event, Figure, Status};

use super::facts::one_day;
use super::wars::paragraph;
use crate::moments::month_day;

/// What a figure covers, before reports are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cover {
    /// Since a beginning: its day (`2020-09-27`, or without a year `09-27`), or only words.
    Since { from: Option<String>, words: String },
    /// From a first to a last day.
    Days(Iso, Iso),
    /// A time whose days are not known.
    Words(String),
    /// Not said.
    Unsaid,
}

/// What a figure covers, where, and how it is known.
#[derive(Debug, Clone)]
pub(super) struct Covered {
    pub cover: Cover,
    /// Entity ids of narrow places.
    pub places: Vec<String>,
    /// The day of the attack that the report is about, where it is taken to be of that.
    pub day: Option<Iso>,
    /// Whether it is of the one attack that the report is about.
    pub focus: bool,
    /// The day on which it was put forward, where the text tells it beside the speaker.
    pub spoken: Option<Iso>,
    /// "Another 36", "three more": some that come on top of others.
    pub more: bool,
    /// What was understood from elsewhere in the report.
    pub note: Option<String>,
}

/// For every figure of a reading, in order of their places in the text.
pub(super) fn of(
    reading: &Reading,
    figures: &[&Figure],
    claims: &[Option<&Claim>],
    focus: Option<&Focus>,
) -> Vec<Covered> {
    let mut out: Vec<Covered> = (0..figures.len()).map(|i| told(reading, figures[i], claims[i])).collect();
    let lines: Vec<usize> = figures.iter().map(|f| paragraph(&reading.article, f.span.start())).collect();
    for i in 0..out.len() {
        if out[i].cover == Cover::Unsaid && !out[i].more {
            understood(reading, figures, claims, &lines, &mut out, i);
        }
    }
    for i in 0..out.len() {
        if out[i].cover == Cover::Unsaid && out[i].places.is_empty() && !out[i].more {
            to_date(&reading.article.text, figures[i], &mut out[i]);
        }
    }
    if let Some(focus) = focus {
        for (i, covered) in out.iter_mut().enumerate() {
            if !covered.places.is_empty() || of_another_time(reading, figures[i], claims[i], focus) {
                covered.focus = covered.places == [focus.place.as_str()];
                continue;
            }
            let fits = match &covered.cover {
                Cover::Unsaid => true,
                Cover::Days(from, to) => from == to && focus.day.as_ref().is_none_or(|d| d == from),
                Cover::Since { .. } | Cover::Words(_) => false,
            };
            if fits {
                covered.places = vec![focus.place.clone()];
                covered.day = focus.day.clone();
                covered.focus = true;
            }
        }
    }
    out
}

/// The one attack that a report is about: its place, and its day if told.
pub(super) struct Focus {
    place: String,
    day: Option<Iso>,
}

/// Most attacks that the report places lie in one place, and more than one does or the headline names it; a report that
/// tells of a truce is about none.
pub(super) fn focus(reading: &Reading) -> Option<Focus> {
    if !reading.ceasefires.is_empty() {
        return None;
    }
    let text = &reading.article.text;
    let attacks = reading.claims.iter().filter(|c| c.event == Some(Event::Assault) && c.status == Status::Actual);
    let mut places: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
    for claim in attacks {
        for place in narrow(reading, claim.places.iter().filter_map(|r| r.entity.clone())) {
            places.entry(place).or_default().push(claim);
        }
    }
    let all: usize = places.values().map(Vec::len).sum();
    let (place, claims) =
        places.into_iter().max_by_key(|(place, list)| (list.len(), std::cmp::Reverse(place.clone())))?;
    let headline = text.find('\n').unwrap_or(0);
    let named = claims.len() > 1 || claims.iter().any(|c| c.content.start() < headline);
    let mut days: Vec<Iso> = claims.iter().filter_map(|c| one_day(c.time.as_ref()?)).collect();
    days.sort();
    days.dedup();
    (named && claims.len() * 5 >= all * 3 && days.len() < 2).then(|| Focus { place, day: days.pop() })
}

fn told(reading: &Reading, figure: &Figure, claim: Option<&Claim>) -> Covered {
    let text = &reading.article.text;
    let mut spoken = None;
    let mut cover = Cover::Unsaid;
    if let Some(period) = &figure.period {
        let words = period.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let since = words.to_lowercase().starts_with("since");
        // "The ministry said on Friday that …": the day of speaking, not of what is counted.
        let outside = claim.is_some_and(|c| !c.speakers.is_empty() && !c.content.overlaps(period.span));
        cover = match (&period.from, &period.to) {
            (Some(day), _) if outside && !since => {
                spoken = Some(day.clone());
                Cover::Unsaid
            }
            _ if is_so_far(&words) => Cover::Since { from: None, words },
            (from, _) if since => beginning(reading, from.as_ref(), words),
            (Some(from), to) => Cover::Days(day(from), day(to.as_ref().unwrap_or(from))),
            (None, _) if outside => Cover::Unsaid,
            (None, _) => Cover::Words(words),
        };
    }
    Covered {
        cover,
        places: places(reading, figure, claim),
        spoken,
        more: is_more(text, figure),
        note: None,
        day: None,
        focus: false,
    }
}

/// "since 27 September", "since the war began"; but "since Thursday" of an undated report begins nothing that is known.
fn beginning(reading: &Reading, from: Option<&Iso>, words: String) -> Cover {
    if let Some(from) = from {
        return Cover::Since { from: Some(from.date().to_owned()), words };
    }
    if let Some(day) = month_day(&words) {
        let from = Some(last_before(reading, &day).unwrap_or(day));
        return Cover::Since { from, words };
    }
    let lower = words.to_lowercase();
    let starts = lower.split(|c: char| !c.is_alphabetic()).any(|w| STARTS.contains(&w));
    let year = words.split(|c: char| !c.is_ascii_digit()).find(|d| d.len() == 4 && matches!(&d[..2], "19" | "20"));
    match year {
        // "since the conflict began in March 2011"
        Some(year) => Cover::Since { from: Some(year.to_owned()), words },
        None if starts => Cover::Since { from: None, words },
        None => Cover::Words(words),
    }
}

/// What begins, and words for its beginning.
const STARTS: [&str; 20] = [
    "start",
    "started",
    "beginning",
    "began",
    "begun",
    "outbreak",
    "broke",
    "erupted",
    "eruption",
    "onset",
    "war",
    "conflict",
    "fighting",
    "invasion",
    "offensive",
    "uprising",
    "hostilities",
    "violence",
    "escalation",
    "clashes",
];

/// The last such day before a dated report came out.
fn last_before(reading: &Reading, month_day: &str) -> Option<String> {
    let published = reading.article.published.value.as_ref()?.date();
    let (year, rest) = (published.get(..4)?.parse::<i32>().ok()?, published.get(5..)?);
    (rest.len() == 5).then(|| format!("{:04}-{month_day}", if month_day <= rest { year } else { year - 1 }))
}

fn is_so_far(words: &str) -> bool {
    matches!(words.to_lowercase().as_str(), "so far" | "to date" | "until now")
}

fn day(iso: &Iso) -> Iso {
    Iso::parse(iso.date()).unwrap_or_else(|| iso.clone())
}

/// Places that are narrower than a party's land: of the figure, or else of its claim.
fn places(reading: &Reading, figure: &Figure, claim: Option<&Claim>) -> Vec<String> {
    if let Some(place) = narrow(reading, figure.place.iter().cloned()).pop() {
        return vec![place];
    }
    narrow(reading, claim.into_iter().flat_map(|c| &c.places).filter_map(|r| r.entity.clone()))
}

/// Those of some places that are no party's land, sorted.
fn narrow(reading: &Reading, places: impl Iterator<Item = String>) -> Vec<String> {
    let is_land = |id: &str| {
        id.strip_prefix("place:").is_some_and(|name| {
            reading.entities.iter().any(|p| p.party.as_deref() == Some(name) || p.id == format!("party:{name}"))
        })
    };
    let placed = |id: &str| reading.entities.iter().any(|e| e.id == id && e.lat.is_some() && e.country.is_some());
    let mut out: Vec<String> = places.filter(|p| placed(p) && !is_land(p)).collect();
    out.sort();
    out.dedup();
    out
}

/// "another 36", "a further six", "three more".
fn is_more(text: &str, figure: &Figure) -> bool {
    let of = |s: &str| s.to_lowercase();
    let before = of(&text[..figure.span.start()]);
    let last: Vec<&str> = before.split_whitespace().rev().take(2).collect();
    let opens = last.iter().any(|w| matches!(*w, "another" | "further" | "additional"));
    let words = of(figure.span.of(text));
    let next = of(text[figure.span.end()..].split_whitespace().next().unwrap_or(""));
    let inside = words.split_whitespace().any(|w| matches!(w, "another" | "more" | "further" | "additional"));
    opens || inside && !words.starts_with("more than") && !words.contains(" more than") || next == "more"
}

/// Takes what a figure does not say from the figures of the same claim, and from a count since a beginning right before
/// it ("31 had been killed since the start of the war. The other army put its dead at 404").
fn understood(
    reading: &Reading,
    figures: &[&Figure],
    claims: &[Option<&Claim>],
    lines: &[usize],
    out: &mut [Covered],
    i: usize,
) {
    let figure = figures[i];
    let text = &reading.article.text;
    let same_claim = |j: &usize| *j != i && figure.claim.is_some() && figures[*j].claim == figure.claim;
    let toll = |j: usize| figures[j].rule == "figure/toll";
    let sibling = (0..figures.len())
        .filter(same_claim)
        .find(|j| (out[*j].cover != Cover::Unsaid || !out[*j].places.is_empty()) && !out[*j].more && !toll(*j));
    if let Some(j) = sibling {
        let from = out[j].clone();
        out[i].cover = from.cover;
        if out[i].places.is_empty() {
            out[i].places = from.places;
        }
        return;
    }
    // "On Saturday, clashes left 18 of theirs and 12 of the others dead": a time that opens the sentence holds for all of it.
    let opens = |j: &usize| {
        let Some(period) = figures[*j].period.as_ref().map(|p| p.span) else { return false };
        let (from, to) = (period.end(), figure.span.start());
        let sentence = from <= to && !text[from..to].contains(['.', ';', '\n']);
        let first = text[..period.start()].trim_end();
        let leads =
            first.is_empty() || first.ends_with(['.', '\u{201d}', '"']) || text[..period.start()].ends_with('\n');
        sentence && leads && matches!(out[*j].cover, Cover::Days(..) | Cover::Words(_))
    };
    if let Some(j) = (0..figures.len()).filter(|j| *j != i).find(opens) {
        out[i].cover = out[j].cover.clone();
        return;
    }
    if !out[i].places.is_empty() {
        return;
    }
    let again = (0..figures.len()).find(|j| {
        let same = |f: &Figure| (f.harm, f.low, f.high);
        *j != i && same(figures[*j]) == same(figure) && out[*j].cover != Cover::Unsaid && out[*j].note.is_none()
    });
    let before = (0..i).next_back().filter(|j| lines[*j] + 1 >= lines[i]).filter(|j| {
        let cumulative = matches!(out[*j].cover, Cover::Since { .. }) && out[*j].places.is_empty();
        let own = claims[i].and_then(|c| c.time.as_ref()).is_some_and(|t| t.value.is_some());
        cumulative && !out[*j].more && !own
    });
    let Some(j) = again.or(before) else { return };
    if let Cover::Since { words, .. } = &out[j].cover
        && !words.is_empty()
    {
        out[i].note = Some(format!("“{}” is understood from the figure beside it: “{words}”", figure.span.of(text)));
    }
    out[i].cover = out[j].cover.clone();
}

/// "the fighting has claimed 400 lives", "65 have died in the war": a number that holds up to the day of the report.
fn to_date(text: &str, figure: &Figure, covered: &mut Covered) {
    let ends = |w: &&str| w.ends_with(['.', '\u{201d}', '"', ';']);
    let perfect = |w: &str| matches!(w.to_lowercase().as_str(), "has" | "have" | "having");
    let line = text[..figure.span.start()].rsplit('\n').next().unwrap_or("");
    let before = line.split_whitespace().rev().take(4).take_while(|w| !ends(w));
    let rest = text[figure.span.end()..].split('\n').next().unwrap_or("");
    let after = rest.split_whitespace().take(4).take_while(|w| !ends(w));
    let sentence = sentence(text, figure).to_lowercase();
    let of_war = sentence.split(|c: char| !c.is_alphabetic()).any(|w| STARTS[10..].contains(&w));
    if of_war && before.chain(after).any(perfect) {
        covered.cover = Cover::Since { from: None, words: String::new() };
    }
}

/// The words around a figure up to the next full stops or ends of lines.
fn sentence<'t>(text: &'t str, figure: &Figure) -> &'t str {
    let from = text[..figure.span.start()].rfind(". ").map_or(0, |at| at + 1);
    let from = from.max(text[..figure.span.start()].rfind('\n').map_or(0, |at| at + 1));
    let rest = &text[figure.span.end()..];
    let to = [rest.find(". "), rest.find('\n')].into_iter().flatten().min().unwrap_or(rest.len());
    &text[from..figure.span.end() + to]
}

/// Whether the sentence or the claim tells of another time than that of the attack that the report is about.
fn of_another_time(reading: &Reading, figure: &Figure, claim: Option<&Claim>, focus: &Focus) -> bool {
    let published = reading.article.published.value.as_ref().and_then(|v| v.as_str().get(..4));
    let words = sentence(&reading.article.text, figure);
    let years = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()) && matches!(&w[..2], "19" | "20"));
    let other_year = years.into_iter().any(|y| Some(y) != published);
    let other_day = claim
        .and_then(|c| c.time.as_ref()?.value.as_ref())
        .is_some_and(|v| v.date().len() < 10 || focus.day.as_ref().is_some_and(|d| d.as_str() != v.date()));
    other_year || other_day
}
