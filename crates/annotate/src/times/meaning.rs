//! Which functions may the value lines of rules call? Each builds a meaning out of smaller ones.
//!
//! Every function gives `None` for what has no meaning, so that the rule then does not match ("31 June").

use std::ops::RangeInclusive;
use std::rc::Rc;

use super::when::{Bound, Clock, Fields, Length, Part, Unit, Value, When, Zone};

/// A function of value lines.
pub(crate) struct Function {
    pub name: &'static str,
    /// How many values it takes.
    pub takes: RangeInclusive<usize>,
    pub apply: fn(&[Value]) -> Option<Value>,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The function that value lines call `name`.
pub(crate) fn function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|f| f.name == name)
}

/// The constant that value lines and classes of words call `name`: parts of the day and seasons as TIMEX3 has them,
/// halves of the day, units.
pub(crate) fn constant(name: &str) -> Option<&'static str> {
    CONSTANTS.iter().copied().find(|c| *c == name)
}

const CONSTANTS: [&str; 24] = [
    "MO", "MI", "AF", "EV", "NI", "DT", "DW", "DU", "SP", "SU", "FA", "WI", "AM", "PM", "SECOND", "MINUTE", "HOUR",
    "DAY", "WEEKEND", "WEEK", "MONTH", "QUARTER", "YEAR", "DECADE",
];

macro_rules! functions {
    ($($(#[doc = $doc:literal])* $name:literal $takes:expr => $apply:expr;)*) => {
        static FUNCTIONS: &[Function] = &[$(Function { name: $name, takes: $takes, apply: $apply }),*];
    };
}

functions! {
    // date(year, month, day, weekday): calendar fields, of which some may be nothing.
    "date" 1..=4 => |v| fields(whole(v, 0), whole(v, 1), whole(v, 2), whole(v, 3));
    // numeric(a, b, year): "22/02/2015"; where day and month cannot be told apart, a day without value.
    "numeric" 2..=3 => |v| numeric(whole(v, 0)?, whole(v, 1)?, whole(v, 2));
    // clear(a, b): a numeric date without year, only if day and month can be told apart.
    "clear" 2..=2 => |v| { let (a, b) = (whole(v, 0)?, whole(v, 1)?); if (a > 12) == (b > 12) { None } else { numeric(a, b, None) } };
    // compact(20310222).
    "compact" 1..=1 => |v| { let n = whole(v, 0)?; fields(Some(n / 10_000), Some(n / 100 % 100), Some(n % 100), None) };
    // recent(1994): a year that news speak of. lastmonth(9): "last September".
    "recent" 1..=1 => |v| { let y = whole(v, 0)?; if (1700..=2100).contains(&y) { fields(Some(y), None, None, None) } else { None } };
    "lastmonth" 1..=1 => |v| { let Value::When(month) = fields(None, whole(v, 0), None, None)? else { return None }; when(When::Directed(month, -1)) };
    // shortyear(98): 1998.
    "shortyear" 1..=1 => |v| { let y = whole(v, 0)?; number(if y >= 69 { 1900 + y } else { 2000 + y }) };
    // relative(UNIT, n): the unit of writing, n units on.
    "relative" 2..=2 => |v| when(When::Relative(unit(v, 0)?, whole(v, 1)?));
    // near(weekday, -1 or 1): the last one before yesterday or the first after the day of writing.
    "near" 2..=2 => |v| when(When::NearWeekday(whole(v, 0)? as u8, whole(v, 1)?));
    // in(inner, outer): the first such in a stretch.
    "in" 2..=2 => |v| when(When::Of(of(v, 0)?, of(v, 1)?));
    // nth(n, UNIT, outer); nthday(n, weekday, outer); -1 is the last.
    "nth" 3..=3 => |v| when(When::Nth(whole(v, 0).filter(|n| *n != 0)?, Part::Unit(unit(v, 1)?), of(v, 2)?));
    "nthday" 3..=3 => |v| when(When::Nth(whole(v, 0).filter(|n| *n != 0)?, Part::Weekday(whole(v, 1)? as u8), of(v, 2)?));
    // directed(meaning, 1 or -1): the next or last one.
    "directed" 2..=2 => |v| when(When::Directed(of(v, 0)?, whole(v, 1)?));
    "theweekend" 0..=0 => |_| when(When::TheWeekend);
    // around(UNIT, day): the week of a day; restof(stretch); years(2014, 15).
    "around" 2..=2 => |v| when(When::Around(unit(v, 0)?, of(v, 1)?));
    "restof" 1..=1 => |v| when(When::RestOf(of(v, 0)?));
    "years" 2..=2 => |v| years(whole(v, 0)?, whole(v, 1)?);
    // half(1 or 2, year).
    "half" 2..=2 => |v| half(whole(v, 0)?, &of(v, 1)?);
    // easter(days): a day counted from Easter Sunday.
    "easter" 1..=1 => |v| when(When::Easter(whole(v, 0)?));
    // decade(1990); century(20).
    "decade" 1..=1 => |v| whole(v, 0).filter(|y| y % 10 == 0 && *y > 0).and_then(|y| when(When::Years(y, 10)));
    "century" 1..=1 => |v| whole(v, 0).filter(|n| (1..=30).contains(n)).and_then(|n| when(When::Years((n - 1) * 100, 100)));
    // season(SP, year).
    "season" 1..=2 => |v| when(When::Season(name(v, 0)?, of(v, 1)));
    // clock(hour, minute, second, AM or PM); clock24 for forms that run to 24; hhmm(1945).
    "clock" 1..=4 => |v| clock(whole(v, 0)?, whole(v, 1), whole(v, 2), name(v, 3));
    "clock24" 1..=3 => |v| { let c = clock(whole(v, 0)?, whole(v, 1), whole(v, 2), None)?; known(&c) };
    "hhmm" 1..=2 => |v| { let n = whole(v, 0)?; let c = clock(n / 100, Some(n % 100), None, name(v, 1))?; known(&c) };
    // past(minutes, clock): "ten past nine"; negative for "to".
    "past" 2..=2 => |v| past(whole(v, 0)?, &*of(v, 1)?);
    // bypart(clock, part): "seven in the evening".
    "bypart" 2..=2 => |v| by_part(&*of(v, 0)?, name(v, 1)?).and_then(when);
    // zoned(clock, minutes east); gmt(clock, clock in GMT); placed and summerplaced for the zone of a place.
    "zoned" 2..=2 => |v| zoned(&*of(v, 0)?, Zone::Offset(whole(v, 1)?)).and_then(when);
    "placed" 2..=2 => |v| zoned(&*of(v, 0)?, Zone::Place(whole(v, 1)?)).and_then(when);
    "summerplaced" 2..=2 => |v| zoned(&*of(v, 0)?, Zone::SummerPlace(whole(v, 1)?)).and_then(when);
    "gmt" 2..=2 => |v| gmt(&*of(v, 0)?, &*of(v, 1)?);
    // at(day, clock or stretch of clocks).
    "at" 2..=2 => |v| at(&of(v, 0)?, &of(v, 1)?).and_then(when);
    // part(EV, day).
    "part" 1..=2 => |v| { let p = name(v, 0)?; when(When::PartOfDay(of(v, 1), p)) };
    // portion(stretch): early, mid, late.
    "portion" 1..=1 => |v| when(When::Portion(of(v, 0)?));
    "range" 2..=2 => |v| when(When::Range(of(v, 0)?, of(v, 1)?));
    "since" 1..=1 => |v| when(When::Open(Bound::Since, of(v, 0)?));
    "until" 1..=1 => |v| when(When::Open(Bound::Until, of(v, 0)?));
    "before" 1..=1 => |v| when(When::Open(Bound::Before, of(v, 0)?));
    "after" 1..=1 => |v| when(When::Open(Bound::After, of(v, 0)?));
    // length(count, UNIT); a count of nothing is not told. plus(length, length); business(length).
    "length" 2..=2 => |v| { let u = unit(v, 1)?; Some(Value::Length(Length { parts: vec![(count(v, 0), u)], business: false })) };
    "plus" 2..=2 => |v| { let mut a = length(v, 0)?; a.parts.extend(length(v, 1)?.parts); Some(Value::Length(a)) };
    "business" 1..=1 => |v| Some(Value::Length(Length { business: true, ..length(v, 0)? }));
    // more(length, 0.5): "an hour and a half".
    "more" 2..=2 => |v| { let mut a = length(v, 0)?; let first = a.parts.first_mut()?; first.0 = first.0.map(|n| n + count(v, 1).unwrap_or(0.0)); Some(Value::Length(a)) };
    // shift(base, length, 1 or -1); ago(length); ahead(length).
    "shift" 3..=3 => |v| when(When::Shift(of(v, 0)?, length(v, 1)?, whole(v, 2)?));
    "ago" 1..=1 => |v| when(When::Ago(length(v, 0)?, -1));
    "ahead" 1..=1 => |v| when(When::Ago(length(v, 0)?, 1));
    // inlength(length): "in two weeks", ahead only where the sentence speaks of what is to come.
    "inlength" 1..=1 => |v| when(When::In(length(v, 0)?));
    // window(length, -1 or 1): "the past six weeks"; lasting(start, length).
    "window" 2..=2 => |v| when(When::Window(length(v, 0)?, whole(v, 1)?));
    "lasting" 2..=2 => |v| when(When::Lasting(of(v, 0)?, length(v, 1)?));
    "duration" 1..=1 => |v| when(When::Duration(length(v, 0)?));
    // every(length or meaning).
    "every" 1..=1 => every;
    "now" 0..=0 => |_| when(When::Now);
    "today" 0..=0 => |_| when(When::Relative(Unit::Day, 0));
    // unknown(): a time that only other words can tell.
    "unknown" 0..=1 => |v| when(When::Unknown(unit(v, 0)));
    "sum" 2..=2 => |v| Some(Value::Number(count(v, 0)? + count(v, 1)?));
    "times" 2..=2 => |v| Some(Value::Number(count(v, 0)? * count(v, 1)?));
}

fn when(when: When) -> Option<Value> {
    Some(Value::When(Rc::new(when)))
}

fn number(n: i64) -> Option<Value> {
    Some(Value::Number(n as f64))
}

fn whole(v: &[Value], at: usize) -> Option<i64> {
    count(v, at).filter(|n| n.fract() == 0.0 && n.abs() < 1e9).map(|n| n as i64)
}

fn count(v: &[Value], at: usize) -> Option<f64> {
    match v.get(at) {
        Some(Value::Number(n)) => Some(*n),
        _ => None,
    }
}

fn name(v: &[Value], at: usize) -> Option<&'static str> {
    match v.get(at) {
        Some(Value::Name(name)) => Some(name),
        _ => None,
    }
}

fn unit(v: &[Value], at: usize) -> Option<Unit> {
    Unit::named(&name(v, at)?.to_ascii_lowercase())
}

fn of(v: &[Value], at: usize) -> Option<Rc<When>> {
    match v.get(at) {
        Some(Value::When(when)) => Some(when.clone()),
        Some(Value::Length(length)) => Some(Rc::new(When::Duration(length.clone()))),
        _ => None,
    }
}

fn length(v: &[Value], at: usize) -> Option<Length> {
    match v.get(at) {
        Some(Value::Length(length)) => Some(length.clone()),
        Some(Value::When(when)) => match &**when {
            When::Duration(length) => Some(length.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn fields(year: Option<i64>, month: Option<i64>, day: Option<i64>, weekday: Option<i64>) -> Option<Value> {
    let days = match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if year.is_some_and(|y| y % 4 != 0 || (y % 100 == 0 && y % 400 != 0)) => 28,
        Some(2) => 29,
        _ => 31,
    };
    let right = day.is_none_or(|d| (1..=days).contains(&d)) && month.is_none_or(|m| (1..=12).contains(&m));
    let weekday = weekday.filter(|_| month.is_none());
    right.then(|| when(When::Fields(Fields { year, month, day, weekday }))).flatten()
}

fn numeric(a: i64, b: i64, year: Option<i64>) -> Option<Value> {
    match (a > 12, b > 12) {
        (true, false) => fields(year, Some(b), Some(a), None),
        (false, true) => fields(year, Some(a), Some(b), None),
        (false, false) if a == b => fields(year, Some(a), Some(b), None),
        (false, false) => when(When::Unknown(Some(Unit::Day))),
        (true, true) => None,
    }
}

/// "2014-15": only where the second follows the first.
fn years(from: i64, short: i64) -> Option<Value> {
    let to = from / 100 * 100 + short;
    let year = |y| Rc::new(When::Fields(Fields { year: Some(y), ..Fields::default() }));
    (to > from && short > 12).then(|| when(When::Range(year(from), year(to)))).flatten()
}

/// The months of half a year.
fn half(n: i64, year: &Rc<When>) -> Option<Value> {
    let month = |n| Rc::new(When::Nth(n, Part::Unit(Unit::Month), year.clone()));
    (1..=2).contains(&n).then(|| when(When::Range(month(6 * n - 5), month(6 * n)))).flatten()
}

fn clock(hour: i64, minute: Option<i64>, second: Option<i64>, half: Option<&str>) -> Option<Value> {
    let hour = match half {
        Some("AM") if hour == 12 => 0,
        Some("PM") if hour < 12 => hour + 12,
        Some("AM" | "PM") if hour > 12 && half == Some("AM") => return None,
        _ => hour,
    };
    let right = (0..24).contains(&hour) || (hour == 24 && minute.unwrap_or(0) == 0);
    let half_known = half.is_some() || hour > 12 || hour == 0;
    right.then(|| when(When::Clock(Clock { hour, minute, second, half_known, zone: None }))).flatten()
}

fn known(value: &Value) -> Option<Value> {
    let Value::When(inner) = value else { return None };
    let When::Clock(clock) = **inner else { return None };
    when(When::Clock(Clock { half_known: true, ..clock }))
}

fn past(minutes: i64, base: &When) -> Option<Value> {
    let When::Clock(c) = base else { return None };
    let total = (c.hour * 60 + c.minute.unwrap_or(0) + minutes).rem_euclid(24 * 60);
    when(When::Clock(Clock { hour: total / 60, minute: Some(total % 60), ..*c }))
}

fn by_part(base: &When, part: &str) -> Option<When> {
    Some(match base {
        When::Clock(c) if !c.half_known => {
            let late = match part {
                "AF" | "EV" => c.hour < 12,
                "NI" => c.hour < 12 && c.hour > 5,
                _ => false,
            };
            let midnight = c.hour == 12 && part == "NI";
            let hour = if midnight { 0 } else { c.hour + if late { 12 } else { 0 } };
            When::Clock(Clock { hour, half_known: true, ..*c })
        }
        When::Range(a, b) => When::Range(Rc::new(by_part(a, part)?), Rc::new(by_part(b, part)?)),
        When::Open(bound, of) => When::Open(*bound, Rc::new(by_part(of, part)?)),
        When::Lasting(a, length) => When::Lasting(Rc::new(by_part(a, part)?), length.clone()),
        same => same.clone(),
    })
}

fn zoned(base: &When, zone: Zone) -> Option<When> {
    Some(match base {
        When::Clock(c) => When::Clock(Clock { zone: Some(zone), ..*c }),
        When::At(day, c) => When::At(day.clone(), Rc::new(zoned(c, zone)?)),
        When::Range(a, b) => When::Range(Rc::new(zoned(a, zone)?), Rc::new(zoned(b, zone)?)),
        _ => return None,
    })
}

/// The offset that "3:40 pm (1140 GMT)" tells: between twelve hours behind and fourteen ahead.
fn gmt(local: &When, gmt: &When) -> Option<Value> {
    let (When::Clock(here), When::Clock(there)) = (local, gmt) else { return None };
    let minutes = |c: &Clock| c.hour * 60 + c.minute.unwrap_or(0);
    let mut offset = (minutes(here) - minutes(there)).rem_euclid(24 * 60);
    if offset > 14 * 60 {
        offset -= 24 * 60;
    }
    let known = offset % 15 == 0 && offset >= -12 * 60;
    when(When::Clock(Clock { zone: known.then_some(Zone::Offset(offset)), half_known: true, ..*here }))
}

fn at(day: &Rc<When>, clock: &Rc<When>) -> Option<When> {
    match (&**day, &**clock) {
        (When::PartOfDay(Some(day), part), _) => at(day, &Rc::new(by_part(clock, part)?)),
        (_, When::PartOfDay(None, part)) => Some(When::PartOfDay(Some(day.clone()), part)),
        (_, When::Open(bound, of)) => Some(When::Open(*bound, Rc::new(at(day, of)?))),
        (_, When::Range(a, b)) => Some(When::Range(Rc::new(at(day, a)?), b.clone())),
        (_, When::Lasting(a, length)) => Some(When::Lasting(Rc::new(at(day, a)?), length.clone())),
        (_, When::Clock(_)) => Some(When::At(day.clone(), clock.clone())),
        _ => None,
    }
}

fn every(v: &[Value]) -> Option<Value> {
    let unresolved = super::resolve::Resolved::default();
    let timex = super::written::timex(&*of(v, 0)?, &unresolved)?;
    when(When::Set(timex))
}
