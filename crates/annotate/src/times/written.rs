//! How is a meaning written: as ISO 8601 values of the ledger, and as TIMEX3?

use evidence::Precision;
use evidence::time::{Iso, TimeKind};
use jiff::civil::DateTime;

use super::calendar::{Extent, step, unit_around};
use super::resolve::Resolved;
use super::when::{Bound, Clock, Fields, Length, Part, Unit, When, Zone};

/// Value, end and precision of what an expression names.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Written {
    pub value: Option<Iso>,
    pub end: Option<Iso>,
    pub precision: Option<Precision>,
}

/// What kind of time a meaning is.
pub(crate) fn kind(when: &When) -> TimeKind {
    match when {
        When::Clock(_) => TimeKind::Clock,
        When::At(_, clock) => kind(clock),
        When::Range(..) | When::Lasting(..) | When::Open(..) | When::Window(..) | When::Years(..) | When::RestOf(_) => {
            TimeKind::Interval
        }
        When::Relative(unit, _) | When::Around(unit, _) | When::Nth(_, Part::Unit(unit), _) if spreads(*unit) => {
            TimeKind::Interval
        }
        When::Ago(length, _) | When::Shift(_, length, _) if length.finest() < Unit::Day => TimeKind::Clock,
        When::TheWeekend => TimeKind::Interval,
        When::Portion(of) | When::Of(of, _) | When::Directed(of, _) => kind(of),
        When::Duration(_) | When::In(_) => TimeKind::Duration,
        When::Set(_) => TimeKind::Set,
        _ => TimeKind::Date,
    }
}

/// The ledger's values for a resolved meaning; `kind` says whether an end is wanted.
pub(crate) fn written(resolved: Resolved, kind: TimeKind) -> Written {
    let value = resolved.start.and_then(|e| iso(e.start, parts_of(e.grain), e.offset));
    let end = resolved.end.and_then(last).filter(|_| kind == TimeKind::Interval);
    let precision = value.as_ref().or(end.as_ref()).map(Iso::precision);
    Written { value, end, precision }
}

/// The last day, month, year or minute of a stretch.
fn last(extent: Extent) -> Option<Iso> {
    let parts = parts_of(extent.grain);
    let at = if spreads(extent.grain) { extent.end.checked_sub(step(parts, 1)?).ok()? } else { extent.start };
    iso(at, parts, extent.offset)
}

/// Whether ISO 8601 dates have no form for a unit, so that it is told by its first and last parts.
fn spreads(unit: Unit) -> bool {
    parts_of(unit) != unit && unit != Unit::Hour
}

fn parts_of(unit: Unit) -> Unit {
    match unit {
        Unit::Hour => Unit::Minute,
        Unit::Week | Unit::Weekend => Unit::Day,
        Unit::Quarter => Unit::Month,
        Unit::Decade | Unit::Century => Unit::Year,
        same => same,
    }
}

fn iso(at: DateTime, grain: Unit, offset: Option<i64>) -> Option<Iso> {
    let date = at.date();
    let text = match grain {
        Unit::Year => format!("{:04}", date.year()),
        Unit::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Unit::Day => date.to_string(),
        _ => {
            let seconds = if grain == Unit::Second { format!(":{:02}", at.second()) } else { String::new() };
            format!("{date}T{:02}:{:02}{seconds}{}", at.hour(), at.minute(), offset.map(zone).unwrap_or_default())
        }
    };
    Iso::parse(&text)
}

fn zone(minutes: i64) -> String {
    match minutes {
        0 => "Z".to_owned(),
        m => format!("{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60),
    }
}

/// The TIMEX3 value: with `X` for what the words leave open, or resolved where the words are relative.
pub(crate) fn timex(when: &When, resolved: &Resolved) -> Option<String> {
    let whole = || resolved.start.map(|e| stretch(&e));
    match when {
        When::Fields(fields) => Some(fields_timex(fields)),
        When::Clock(clock) => Some(clock_timex(clock)),
        When::At(day, clock) => match &**clock {
            When::Range(a, b) => Some(format!(
                "({}{},{}{})",
                day_of(day, resolved)?,
                timex(a, resolved)?,
                day_of(day, resolved)?,
                timex(b, resolved)?
            )),
            clock => Some(format!("{}{}", day_of(day, resolved)?, timex(clock, resolved)?)),
        },
        When::PartOfDay(Some(day), part) => Some(format!("{}T{part}", day_of(day, resolved)?)),
        When::PartOfDay(None, part) => Some(format!("T{part}")),
        When::Season(season, None) => Some(format!("XXXX-{season}")),
        When::Season(season, Some(year)) => Some(match timex(year, resolved) {
            Some(year) => format!("{year}-{season}"),
            None => format!("XXXX-{season}"),
        }),
        When::Years(first, 10) => Some(format!("{}X", first / 10)),
        When::Years(first, _) => Some(format!("{}XX", first / 100)),
        When::Portion(of) | When::Open(_, of) | When::Directed(of, _) => timex(of, resolved),
        When::Range(a, b) => {
            let one = |e: Option<Extent>| Resolved { start: e, end: e };
            Some(format!("({},{})", timex(a, &one(resolved.start))?, timex(b, &one(resolved.end))?))
        }
        When::Duration(length) | When::In(length) => length_timex(length),
        When::Set(timex) => Some(timex.clone()),
        When::Now => Some("PRESENT_REF".to_owned()),
        When::Nth(n, Part::Weekday(day), of) => match &**of {
            When::Fields(Fields { year: None, month: Some(month), .. }) => {
                Some(format!("XXXX-{month:02}-WXX-{day}-#{n}"))
            }
            _ => whole(),
        },
        When::Window(length, _) | When::Ago(length, _) if resolved.start.is_none() => length_timex(length),
        When::Unknown(_) => None,
        _ => whole(),
    }
}

/// The day of a clock: as the words write it, or as it is resolved.
fn day_of(day: &When, resolved: &Resolved) -> Option<String> {
    match day {
        When::Fields(fields) => Some(fields_timex(fields)),
        _ => resolved.start.map(|e| e.start.date().to_string()),
    }
}

fn fields_timex(f: &Fields) -> String {
    let year = f.year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
    match (f.month, f.day, f.weekday) {
        (Some(m), Some(d), _) => format!("{year}-{m:02}-{d:02}"),
        (Some(m), None, _) => format!("{year}-{m:02}"),
        (None, Some(d), None) => format!("{year}-XX-{d:02}"),
        (None, _, Some(w)) => format!("{year}-WXX-{w}"),
        (None, None, None) => year,
    }
}

fn clock_timex(c: &Clock) -> String {
    let minute = c.minute.map(|m| format!(":{m:02}")).unwrap_or_default();
    let second = c.second.map(|s| format!(":{s:02}")).unwrap_or_default();
    format!(
        "T{:02}{minute}{second}{}",
        c.hour,
        match c.zone {
            Some(Zone::Offset(minutes)) => zone(minutes),
            _ => String::new(),
        }
    )
}

fn stretch(e: &Extent) -> String {
    let date = e.start.date();
    match e.grain {
        Unit::Week | Unit::Weekend => {
            let week = date.iso_week_date();
            let end = if e.grain == Unit::Weekend { "-WE" } else { "" };
            format!("{:04}-W{:02}{end}", week.year(), week.week())
        }
        Unit::Quarter => format!("{:04}-Q{}", date.year(), (date.month() + 2) / 3),
        Unit::Decade => format!("{:03}X", date.year() / 10),
        Unit::Century => format!("{:02}XX", date.year() / 100),
        grain => iso(e.start, parts_of(grain), None).map(|i| i.to_string()).unwrap_or_default(),
    }
}

/// `P2W`, `PT2H30M`, `PXD` where the text does not say how many.
fn length_timex(length: &Length) -> Option<String> {
    let mut parts: Vec<_> = length.parts.clone();
    parts.sort_by_key(|p| std::cmp::Reverse(p.1));
    let (mut out, mut in_clock) = ("P".to_owned(), false);
    for (count, unit) in parts {
        let (times, letter) = match unit {
            Unit::Second => (1.0, "S"),
            Unit::Minute => (1.0, "M"),
            Unit::Hour => (1.0, "H"),
            Unit::Day if length.business => (1.0, "BD"),
            Unit::Day => (1.0, "D"),
            Unit::Weekend => (1.0, "WE"),
            Unit::Week => (1.0, "W"),
            Unit::Month => (1.0, "M"),
            Unit::Quarter => (3.0, "M"),
            Unit::Year => (1.0, "Y"),
            Unit::Decade => (10.0, "Y"),
            Unit::Century => (100.0, "Y"),
        };
        if unit < Unit::Day && !in_clock {
            out.push('T');
            in_clock = true;
        }
        out.push_str(&count.map_or("X".to_owned(), |c| (c * times).to_string()));
        out.push_str(letter);
    }
    (out.len() > 1).then_some(out)
}

/// Whether a meaning is a clock whose day the words do not tell.
pub(crate) fn lacks_day(when: &When) -> bool {
    match when {
        When::Clock(_) | When::PartOfDay(None, _) => true,
        When::Range(a, b) => lacks_day(a) && lacks_day(b),
        When::Lasting(a, _) => lacks_day(a),
        When::Open(Bound::Since | Bound::Until | Bound::Before | Bound::After, of) => lacks_day(of),
        _ => false,
    }
}

/// The day of an extent that is no longer than one.
pub(crate) fn only_day(e: &Extent) -> Option<jiff::civil::Date> {
    let day = unit_around(e.start, Unit::Day, 0)?;
    (e.end <= day.end).then(|| e.start.date())
}
