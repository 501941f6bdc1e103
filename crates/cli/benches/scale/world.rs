//! What happens in the invented countries? Every attack, talk and truce with its day, place and sides: the truth that
//! reconciliation should find again.

use crate::draws::Draws;
use crate::words::{capital, name};

/// Wars that go on side by side.
const WARS: usize = 24;
/// Towns of a war.
const TOWNS: usize = 70;
/// People who speak for a side.
const SPOKESPEOPLE: usize = 6;

/// Two sides and their land.
pub struct War {
    /// Slugs and names of both sides.
    pub sides: [(String, String); 2],
    /// Names of towns; the first half lies in the land of the first side.
    pub towns: Vec<String>,
    /// Degrees north and east of each town.
    pub points: Vec<(f64, f64)>,
    /// Names of those who speak for each side.
    pub people: [Vec<String>; 2],
}

/// Kinds of occurrences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Guns or rockets fired at a town.
    Shelling,
    /// People seized in a town.
    Arrests,
    /// Talks of both sides in a town.
    Talks,
    /// A truce of both sides.
    Truce,
}

/// One thing that happened, or is said to have.
#[derive(Debug, Clone)]
pub struct Occurrence {
    /// Its number, unlike all others.
    pub number: u32,
    pub kind: Kind,
    pub war: usize,
    pub town: usize,
    /// Days since the beginning.
    pub day: usize,
    /// Which side is said to have done it.
    pub doer: usize,
    /// Whether that side denies it.
    pub denied: bool,
    pub killed: usize,
    pub wounded: usize,
    /// What an official says of it.
    pub statement: String,
    /// The number of the occurrence in which the other side is said to have done the same at the same place.
    pub mutual: Option<u32>,
}

/// The wars of a seed.
pub fn wars(seed: u64) -> Vec<War> {
    let mut taken = std::collections::BTreeSet::new();
    let mut draws = Draws::of(seed, &[1]);
    let mut fresh = |syllables: usize, ending: &str| loop {
        let name = name(&mut draws, syllables) + ending;
        if taken.insert(name.clone()) {
            return name;
        }
    };
    let mut wars = Vec::new();
    for number in 0..WARS {
        let mut side = || {
            let slug = fresh(2, "ia");
            (slug.clone(), capital(&slug))
        };
        let sides = [side(), side()];
        let towns = (0..TOWNS).map(|_| capital(&fresh(2, ""))).collect();
        let mut people =
            || (0..SPOKESPEOPLE).map(|_| format!("{} {}", capital(&fresh(2, "")), capital(&fresh(3, "")))).collect();
        wars.push(War { sides, towns, points: points(seed, number), people: [people(), people()] });
    }
    wars
}

/// Where the towns of a war lie: in two lands side by side, each about three degrees wide.
fn points(seed: u64, war: usize) -> Vec<(f64, f64)> {
    let mut draws = Draws::of(seed, &[6, war as u64]);
    let (north, east) = (draws.between(0, 110) as f64 / 2.0 - 5.0, draws.between(0, 240) as f64 / 2.0 - 20.0);
    let mut degrees = |from: f64| from + draws.below(3000) as f64 / 1000.0;
    let half = |town: usize| if town < TOWNS / 2 { 0.0 } else { 3.0 };
    (0..TOWNS).map(|town| (degrees(north), degrees(east + half(town)))).collect()
}

/// The side in whose land a town lies.
pub fn owner(town: usize) -> usize {
    usize::from(town >= TOWNS / 2)
}

/// What happens on a day in all wars, `many` things; mutual accusations are two.
pub fn of_day(seed: u64, day: usize, many: usize, next: &mut u32) -> Vec<Occurrence> {
    let mut draws = Draws::of(seed, &[2, day as u64]);
    let mut out: Vec<Occurrence> = Vec::new();
    while out.len() < many {
        let kind = match draws.below(20) {
            0..14 => Kind::Shelling,
            14..17 => Kind::Arrests,
            17..19 => Kind::Talks,
            _ => Kind::Truce,
        };
        let (war, town) = (draws.below(WARS), draws.below(TOWNS));
        let here = |o: &Occurrence| o.kind == kind && o.war == war && (o.town == town || kind == Kind::Truce);
        if out.iter().any(here) {
            continue;
        }
        let doer = usize::from(town < TOWNS / 2);
        let one = Occurrence {
            number: *next,
            kind,
            war,
            town,
            day,
            doer,
            denied: draws.chance(40),
            killed: draws.between(1, 60),
            wounded: draws.between(1, 200),
            statement: crate::words::statement(&mut draws),
            mutual: None,
        };
        *next += 1;
        if kind == Kind::Shelling && draws.chance(6) {
            let statement = crate::words::statement(&mut draws);
            let number = *next;
            *next += 1;
            let other = Occurrence { number, doer: 1 - doer, denied: false, statement, ..one.clone() };
            out.push(Occurrence { mutual: Some(one.number), ..other });
            out.push(Occurrence { mutual: Some(number), denied: false, ..one });
        } else {
            out.push(one);
        }
    }
    out
}

/// A day as ISO 8601 writes it; day 0 is 1 January 2031.
pub fn date(day: usize) -> String {
    let (mut year, mut left) = (2031, day);
    let long = |y: usize| y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400));
    while left >= 365 + usize::from(long(year)) {
        left -= 365 + usize::from(long(year));
        year += 1;
    }
    let (month, day) = month_and_day(left, long(year));
    format!("{year}-{:02}-{:02}", month + 1, day + 1)
}

/// A day in words: its weekday, or day and month.
pub fn spoken(day: usize, by_name: bool) -> String {
    const WEEKDAYS: [&str; 7] = ["Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday"];
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
    if by_name {
        return WEEKDAYS[day % 7].to_owned();
    }
    let date = date(day);
    let part = |from: usize| date.get(from..from + 2).and_then(|p| p.parse::<usize>().ok()).unwrap_or(1);
    format!("{} {}", part(8), MONTHS[part(5) - 1])
}

fn month_and_day(mut left: usize, long: bool) -> (usize, usize) {
    let lengths = [31, 28 + usize::from(long), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, length) in lengths.into_iter().enumerate() {
        if left < length {
            return (month, left);
        }
        left -= length;
    }
    (11, 30)
}
