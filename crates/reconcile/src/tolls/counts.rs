//! Within a series: which figures are one count, which count updates an older one, and which cannot both be right?

use std::collections::BTreeMap;

use evidence::toll::{Count, Scope, Voice};
use evidence::{Qualifier, TollRelation};

use super::facts::Fact;
use super::parts::Parts;
use super::series::Series;

/// A count is held against this many before it, those nearest by day: a long war has more than anybody could compare.
const NEAR: usize = 100;

/// The counts of a series by day, with how they stand to each other.
pub(super) fn of(series: &Series, facts: &[Fact], parts: &Parts) -> Vec<Count> {
    let mut drafts = drafts(series, facts, parts);
    // By day; what has no day stays in the order of the export behind them.
    drafts.sort_by_key(|d| (d.day(facts).is_none(), d.day(facts), d.facts[0]));
    let mut counts: Vec<Count> = drafts.iter().map(|d| d.count(facts, parts)).collect();
    let replaced = replacements(&drafts, &counts, facts);
    for i in 0..counts.len() {
        let related = relation(&series.scope, &drafts, &counts, facts, &replaced, i);
        let c = &mut counts[i];
        (c.relation, c.to, c.reason, c.against) = (related.relation, related.to, related.reason, related.against);
    }
    // A disagreement holds both ways.
    let at: BTreeMap<String, usize> = counts.iter().enumerate().map(|(n, c)| (c.name().to_owned(), n)).collect();
    let pairs: Vec<(String, String)> =
        counts.iter().flat_map(|c| c.against.iter().map(|o| (o.clone(), c.name().to_owned()))).collect();
    for (of, with) in pairs {
        let Some(c) = at.get(&of).map(|n| &mut counts[*n]) else { continue };
        if !c.against.contains(&with) {
            c.against.push(with);
        }
    }
    counts
}

/// Facts that are one count.
struct Draft {
    facts: Vec<usize>,
    part: bool,
    /// Why it is no count of all, if it is none.
    no_toll: Option<&'static str>,
}

impl Draft {
    fn day(&self, facts: &[Fact]) -> Option<evidence::time::Iso> {
        self.facts.iter().filter_map(|i| facts[*i].day.clone()).min()
    }

    fn superseded(&self, facts: &[Fact]) -> bool {
        self.facts.iter().all(|f| facts[*f].figure.superseded || facts[*f].revised.is_some())
    }

    /// Whether no report calls it older, but a newer version of each gives another count.
    fn revised(&self, facts: &[Fact]) -> bool {
        self.facts.iter().any(|f| !facts[*f].figure.superseded)
    }

    fn count(&self, facts: &[Fact], parts: &Parts) -> Count {
        let first = &facts[self.facts[0]];
        let each = |of: fn(&Fact) -> String| {
            let mut list: Vec<String> = Vec::new();
            for value in self.facts.iter().map(|i| of(&facts[*i])) {
                if !list.contains(&value) {
                    list.push(value);
                }
            }
            list
        };
        let f = first.figure;
        Count {
            figures: each(|f| f.figure.id.clone()),
            articles: each(|f| f.figure.article.clone()),
            origins: each(|f| f.origin.to_owned()).len(),
            low: f.low,
            high: f.high,
            qualifier: f.qualifier,
            party: self.facts.iter().find_map(|i| facts[*i].figure.party.clone()),
            voice: first.voice.clone(),
            day: self.day(facts),
            relation: TollRelation::First,
            to: Vec::new(),
            reason: String::new(),
            against: Vec::new(),
            part_of: self.facts.iter().find_map(|i| parts.get(i)).map(|(_, part)| part.clone()),
        }
    }
}

/// Figures with the same number of the same party's people by the same voice, on one day or in copies of one report, or
/// of reports without a date, are one count.
fn drafts(series: &Series, facts: &[Fact], parts: &Parts) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    let mut by_number: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for i in &series.facts {
        let (f, part) = (&facts[*i], parts.contains_key(i));
        let same = by_number.entry((f.figure.low, f.figure.high, f.figure.superseded, part, f.no_toll)).or_default();
        let one = |d: &&usize| {
            out[**d].facts.iter().any(|j| {
                let g = &facts[*j];
                let party = f.figure.party == g.figure.party
                    || f.origin == g.origin && (f.figure.party.is_none() || g.figure.party.is_none());
                let day = f.day == g.day || f.day.is_none() || g.day.is_none() || f.origin == g.origin;
                let voice = f.voice == g.voice || f.origin == g.origin && heads(f, g);
                party && day && voice
            })
        };
        match same.iter().find(one).copied() {
            Some(d) => out[d].facts.push(*i),
            None => {
                same.push(out.len());
                out.push(Draft { facts: vec![*i], part, no_toll: f.no_toll });
            }
        }
    }
    out
}

/// A headline gives the number of a speaker without the speaker.
fn heads(f: &Fact, g: &Fact) -> bool {
    f.voice == Voice::Outlet || g.voice == Voice::Outlet
}

/// How a count stands to those before it.
struct Related {
    relation: TollRelation,
    to: Vec<String>,
    reason: String,
    against: Vec<String>,
}

fn relation(
    scope: &Scope,
    drafts: &[Draft],
    counts: &[Count],
    facts: &[Fact],
    replaced: &BTreeMap<usize, usize>,
    i: usize,
) -> Related {
    let c = &counts[i];
    let plain = |relation, to: Option<&Count>, reason: &str| Related {
        relation,
        to: to.map(|o| o.name().to_owned()).into_iter().collect(),
        reason: reason.to_owned(),
        against: Vec::new(),
    };
    let superseded = |d: &Draft| d.superseded(facts);
    let standing = |n: &usize| *n != i && !drafts[*n].part && drafts[*n].no_toll.is_none() && !superseded(&drafts[*n]);
    if superseded(&drafts[i]) {
        let newer = replaced.get(&i).copied();
        let reason = if drafts[i].revised(facts) {
            "a newer version of the article gives another count"
        } else {
            "the report itself gives a newer count"
        };
        return plain(TollRelation::Superseded, newer.map(|n| &counts[n]), reason);
    }
    if let Some(part) = &c.part_of {
        return plain(TollRelation::Beside, None, &format!("a part of another figure: {}", part.reason));
    }
    if let Some(reason) = drafts[i].no_toll {
        return plain(TollRelation::Beside, None, reason);
    }
    let mut earlier: Vec<usize> = (0..i).rev().filter(standing).take(NEAR).collect();
    earlier.reverse();
    let before: Vec<&Count> = earlier.iter().map(|n| &counts[*n]).collect();
    let one = |n: &&usize| tied(scope, &drafts[i], &drafts[**n], facts) && contradicts(c, &counts[**n]);
    let against: Vec<&Count> = earlier.iter().filter(one).map(|n| &counts[*n]).collect();
    let older = replaced.iter().find(|(_, newer)| **newer == i).map(|(older, _)| *older);
    let of_one = |n: &&usize| tied(scope, &drafts[i], &drafts[**n], facts) || counts[**n].number() == c.number();
    let own: Vec<&Count> = earlier.iter().filter(of_one).map(|n| &counts[*n]).filter(|o| same_voice(c, o)).collect();
    let loose = earlier.last().is_some_and(|n| !tied(scope, &drafts[i], &drafts[*n], facts));
    let mut related = match (older, own_relation(c, &own)) {
        (Some(n), _) => {
            let by = if drafts[n].revised(facts) {
                "an earlier version of the article had"
            } else {
                "the report says that it replaces an older count of"
            };
            let reason = format!("{by} {}", counts[n].words());
            plain(TollRelation::Updates, Some(&counts[n]), &reason)
        }
        (None, Some((relation, other, reason))) => plain(relation, Some(other), reason),
        (None, None) => match before.iter().rev().find(|o| o.number() == c.number()) {
            Some(o) if o.party == c.party => plain(TollRelation::Repeats, Some(o), "the same number by another voice"),
            Some(o) => plain(TollRelation::Fits, Some(o), "the same number, but not said to be of the same people"),
            None => match before.last() {
                Some(_) if loose => plain(TollRelation::Fits, None, "not said to be of one occurrence"),
                Some(o) => plain(TollRelation::Fits, Some(o), fitting(c, o)),
                None => plain(TollRelation::First, None, ""),
            },
        },
    };
    if !against.is_empty() {
        related.against = against.iter().map(|o| o.name().to_owned()).collect();
        let settles =
            matches!(related.relation, TollRelation::Updates | TollRelation::RevisedDown | TollRelation::Repeats);
        if !settles {
            related.relation = TollRelation::Disagrees;
            related.to = related.against.clone();
            related.reason = disagreeing(c, against[0]);
        }
    }
    related
}

/// For every superseded count the one that replaces it: in the same report, by the same voice (or where a voice is not
/// told), and of these the nearest in the text.
fn replacements(drafts: &[Draft], counts: &[Count], facts: &[Fact]) -> BTreeMap<usize, usize> {
    let mut of_article: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (n, draft) in drafts.iter().enumerate() {
        for figure in draft.facts.iter().map(|f| facts[*f].figure) {
            of_article.entry(&figure.article).or_default().push((n, figure.span.start()));
        }
    }
    let superseded = (0..drafts.len()).filter(|n| drafts[*n].superseded(facts));
    let holds = |figure: &str| drafts.iter().position(|d| d.facts.iter().any(|f| facts[*f].figure.id == figure));
    let newer = |old: usize| {
        if let Some(figure) = drafts[old].facts.iter().find_map(|f| facts[*f].revised.as_deref()) {
            return holds(figure);
        }
        let first = facts[*drafts[old].facts.first()?].figure;
        let was = &counts[old].voice;
        let near = of_article.get(first.article.as_str())?.iter().filter(|(n, _)| {
            let voice = &counts[*n].voice;
            let fits = voice == was || *voice == Voice::Outlet || *was == Voice::Outlet;
            fits && !drafts[*n].part && drafts[*n].no_toll.is_none() && !drafts[*n].superseded(facts)
        });
        near.map(|(n, at)| (at.abs_diff(first.span.start()), *n)).min().map(|(_, n)| n)
    };
    superseded.filter_map(|old| Some((old, newer(old)?))).collect()
}

/// How a count stands to the newest older count of the same voice.
fn own_relation<'a>(c: &Count, own: &[&'a Count]) -> Option<(TollRelation, &'a Count, &'static str)> {
    let shared = |o: &&&Count| o.articles.iter().any(|a| c.articles.contains(a));
    if let Some(o) = own.iter().rev().find(|o| o.number() == c.number() && o.party == c.party) {
        return Some((TollRelation::Repeats, o, "the same number by the same side"));
    }
    let earlier = own.iter().rev().find(|o| c.day.is_some() && o.day.is_some() && o.day < c.day && !shared(o));
    if let Some(o) = earlier {
        return Some(match () {
            () if o.number() < c.number() => (TollRelation::Updates, o, "the same side counts more on a later day"),
            () if apart(c, o) => (TollRelation::RevisedDown, o, "the same side counts fewer on a later day"),
            () => (TollRelation::Fits, o, "both may be right"),
        });
    }
    let beside = own.iter().rev().find(|o| shared(o))?;
    Some((TollRelation::Beside, beside, "the same voice gives both in one report: not said to be the same people"))
}

/// Whether two counts must be of the same people: they cover the same stretch of time, are of one incident, or of the one
/// attack that both reports are about. What only happened at one place on one day may be several things.
fn tied(scope: &Scope, a: &Draft, b: &Draft, facts: &[Fact]) -> bool {
    match scope {
        Scope::Since { from, words } => from.is_some() || words.to_lowercase().starts_with("since"),
        Scope::Period { from, to } if from != to => true,
        _ => {
            let incident = |i: &usize| facts[*i].incident.map(|x| x.id.as_str());
            let focus = |d: &Draft| d.facts.iter().any(|i| facts[*i].covered.focus);
            let one = a.facts.iter().filter_map(incident).any(|x| b.facts.iter().filter_map(incident).any(|y| x == y));
            one || focus(a) && focus(b)
        }
    }
}

/// Whether two counts of a series cannot both be right. A later count may be higher, as the dead are found.
fn contradicts(c: &Count, o: &Count) -> bool {
    let one_report = o.articles.iter().any(|a| c.articles.contains(a));
    // "Dozens" and "scores" are too vague to be wrong.
    let vague = [c, o].iter().any(|c| c.qualifier == Qualifier::Unspecified);
    if vague || !apart(c, o) || same_voice(c, o) && one_report {
        return false;
    }
    match (&c.day, &o.day) {
        (Some(later), Some(earlier)) if later != earlier => !same_voice(c, o) && o.number() > c.number(),
        _ => true,
    }
}

fn same_voice(c: &Count, o: &Count) -> bool {
    let one_outlet = || o.articles.iter().any(|a| c.articles.contains(a));
    match (&c.voice, &o.voice) {
        (Voice::Outlet, Voice::Outlet) => one_outlet(),
        (Voice::Other(a), Voice::Other(b)) => a == b || same_body(a, b),
        (a, b) => a == b,
    }
}

/// "the Observatory" is "the Marle Observatory for Human Rights"; "a monitor" is nobody known.
fn same_body(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        let all = s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase);
        all.filter(|w| !matches!(w.as_str(), "the" | "of" | "for" | "group" | "monitoring")).collect()
    };
    let (a, b) = (words(a), words(b));
    let vague =
        |list: &[String]| list.is_empty() || matches!(list[0].as_str(), "a" | "an" | "it" | "he" | "she" | "they");
    let within = |x: &[String], y: &[String]| x.iter().all(|w| y.contains(w));
    !vague(&a) && !vague(&b) && (within(&a, &b) || within(&b, &a))
}

/// Whether no number fits both; "about 400" is any within a tenth, "nearly 200" is up to a tenth less.
fn apart(c: &Count, o: &Count) -> bool {
    let span = |c: &Count| match c.qualifier {
        Qualifier::About => (c.low.map(|n| n - n / 10), c.high.map(|n| n + n / 10)),
        Qualifier::Nearly => (c.low.map(|n| n - n / 10), c.high),
        _ => (c.low, c.high),
    };
    let below = |a: &Count, b: &Count| span(a).1.zip(span(b).0).is_some_and(|(high, low)| high < low);
    below(c, o) || below(o, c)
}

fn fitting(c: &Count, o: &Count) -> &'static str {
    match (&c.day, &o.day) {
        _ if !apart(c, o) => "both may be right",
        (Some(a), Some(b)) if a != b => "another voice counts more on a later day: both may have been right",
        _ => "both may be right",
    }
}

fn disagreeing(c: &Count, o: &Count) -> String {
    let whose = if c.voice == o.voice && c.voice != Voice::Outlet { "the same side" } else { "another voice" };
    let when = match (&c.day, &o.day) {
        (Some(a), Some(b)) if a == b => "on the same day".to_owned(),
        (Some(_), Some(b)) => format!("on an earlier day ({b})"),
        _ => "and no date says which is newer".to_owned(),
    };
    format!("{whose} has {}, {when}", o.words())
}
