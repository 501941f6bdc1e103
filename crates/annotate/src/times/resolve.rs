//! Which stretch of the calendar does a meaning name, for a text written at a known time?

use jiff::civil::{Date, DateTime, Time};

use super::calendar::{Extent, easter, occurrence, step, unit_around};
use super::steps::{closest, grained, moved, nearest, nth, offset, whole_days, whole_days_of};
use super::when::{Bound, Clock, Fields, Length, Unit, When};

/// What is known when a meaning is resolved.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context {
    /// When the text was published, and how finely that is known.
    pub now: Option<(DateTime, Unit)>,
    /// Whether the words around speak of what is to come (`true`) or what has been.
    pub forward: Option<bool>,
    /// The day that a bare clock belongs to, if not that of publication.
    pub day: Option<Date>,
    /// The stretch that a part is looked for in.
    pub within: Option<Extent>,
}

/// First and last stretch of what an expression names; open ends and undetermined ends are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Resolved {
    pub start: Option<Extent>,
    pub end: Option<Extent>,
}

impl Context {
    /// The stretch or stretches that `when` names.
    pub fn resolve(&self, when: &When) -> Resolved {
        match when {
            When::Range(a, b) => self.range(a, b).unwrap_or_default(),
            When::Lasting(a, length) => self.lasting(a, length).unwrap_or_default(),
            When::Open(bound, of) => self.open(*bound, of),
            When::RestOf(of) if matches!(**of, When::Relative(Unit::Day, 0)) => self.rest_of_day().unwrap_or_default(),
            When::RestOf(of) => {
                let end = self.extent(of);
                let today = self.now(Unit::Day).and_then(|now| grained(now, Unit::Day, None));
                Resolved { start: today.filter(|t| end.is_some_and(|e| t.start < e.end)), end }
            }
            When::Window(length, sign) => self.window(length, *sign).unwrap_or_default(),
            When::At(day, clock) if !matches!(**clock, When::Clock(_)) => {
                let date = self.extent(day).filter(|d| d.grain == Unit::Day).map(|d| d.start.date());
                date.map(|date| Self { day: Some(date), ..*self }.resolve(clock)).unwrap_or_default()
            }
            When::Portion(of) => match self.resolve(of) {
                Resolved { start: Some(e), .. } if e.grain >= Unit::Decade => Resolved::default(),
                whole => whole,
            },
            _ => self.extent(when).map(Resolved::whole).unwrap_or_default(),
        }
    }

    /// The single stretch that `when` names, if it names one.
    fn extent(&self, when: &When) -> Option<Extent> {
        match when {
            When::Fields(fields) => self.fields(*fields),
            When::Relative(unit, n) => unit_around(self.now(*unit)?, *unit, *n),
            When::NearWeekday(day, sign) => {
                let day = Fields { weekday: Some(i64::from(*day)), ..Fields::default() };
                // "Last Monday", written on a Tuesday, is not the day before: that is "Monday" or "yesterday".
                let away = if *sign < 0 { 2 * sign } else { *sign };
                let from = self.now(Unit::Day)?.date().checked_add(step(Unit::Day, away)?).ok()?;
                occurrence(day, from, *sign > 0)
            }
            When::Of(inner, outer) => {
                let outer = self.extent(outer)?;
                Self { within: Some(outer), ..*self }.extent(inner)
            }
            When::Nth(n, part, outer) => nth(*n, *part, self.extent(outer)?),
            When::Directed(of, sign) => Self { forward: Some(*sign > 0), ..*self }.extent(of),
            When::TheWeekend => {
                let now = self.now(Unit::Day)?;
                let this = unit_around(now, Unit::Weekend, 0)?;
                let begun = this.start <= now || self.forward == Some(true);
                if begun { Some(this) } else { unit_around(now, Unit::Weekend, -1) }
            }
            When::Around(unit, of) => unit_around(self.extent(of)?.start, *unit, 0),
            When::Easter(days) => {
                self.yearly(|year| Extent::day(easter(year)?.checked_add(step(Unit::Day, *days)?).ok()?))
            }
            When::Years(first, n) => {
                let unit = if *n >= 100 { Unit::Century } else { Unit::Decade };
                unit_around(Date::new(i16::try_from(*first).ok()?, 1, 1).ok()?.to_datetime(Time::midnight()), unit, 0)
            }
            When::Season(_, year) => self.extent(year.as_deref()?).filter(|e| e.grain == Unit::Year),
            When::Clock(clock) => self.clock(*clock),
            When::At(day, clock) => {
                let day = self.extent(day).filter(|d| d.grain == Unit::Day)?;
                Self { day: Some(day.start.date()), ..*self }.extent(clock)
            }
            When::PartOfDay(Some(day), _) => self.extent(day).filter(|d| d.grain <= Unit::Day),
            When::PartOfDay(None, _) => Extent::day(self.day.or(Some(self.now(Unit::Day)?.date()))?),
            When::Portion(of) => self.extent(of),
            When::Shift(base, length, sign) => {
                let base = self.extent(base)?;
                let at = moved(base.start, length, *sign)?;
                grained(at, whole_days(length.finest()).max(base.grain), base.offset)
            }
            When::Ago(length, sign) => {
                let grain = whole_days(length.finest());
                grained(moved(self.now(grain)?, length, *sign)?, grain, None)
            }
            When::Now => {
                let (now, grain) = self.now?;
                grained(now, grain, None)
            }
            When::Range(..) | When::Lasting(..) | When::Open(..) | When::Window(..) | When::RestOf(_) => {
                self.resolve(when).start
            }
            When::In(_) | When::Duration(_) | When::Set(_) | When::Unknown(_) => None,
        }
    }

    /// The time of publication, if it is known at least as finely as `unit`.
    fn now(&self, unit: Unit) -> Option<DateTime> {
        self.now.filter(|(_, known)| *known <= whole_days(unit)).map(|(now, _)| now)
    }

    fn fields(&self, fields: Fields) -> Option<Extent> {
        if fields.year.is_some() {
            return occurrence(fields, Date::ZERO, true);
        }
        if let Some(within) = self.within {
            return occurrence(fields, within.start.date(), true).filter(|e| e.start < within.end);
        }
        let least = if fields.day.is_none() && fields.weekday.is_none() { Unit::Month } else { Unit::Day };
        let today = self.now(least)?.date();
        let (past, next) = (occurrence(fields, today, false), occurrence(fields, today, true));
        match self.forward {
            _ if fields.month.is_none() && fields.day.is_some() && fields.weekday.is_some() => {
                closest(past, next, today)
            }
            Some(true) => next,
            None if fields.month.is_some() => nearest(past, next, today),
            _ => past,
        }
    }

    /// A day that comes once a year.
    fn yearly(&self, day: impl Fn(i16) -> Option<Extent>) -> Option<Extent> {
        if let Some(within) = self.within {
            return day(within.start.year()).filter(|e| e.start < within.end);
        }
        let today = self.now(Unit::Day)?.date();
        let year = today.year();
        let past = day(year).filter(|e| e.start.date() <= today).or_else(|| day(year - 1));
        let next = day(year).filter(|e| e.end.date() > today).or_else(|| day(year + 1));
        match self.forward {
            Some(forward) => {
                if forward {
                    next
                } else {
                    past
                }
            }
            None => nearest(past, next, today),
        }
    }

    fn clock(&self, clock: Clock) -> Option<Extent> {
        let date = match self.day {
            Some(date) => date,
            None => self.now(Unit::Day)?.date(),
        };
        let (date, hour) = if clock.hour == 24 { (date.tomorrow().ok()?, 0) } else { (date, clock.hour) };
        let part = |n: i64| i8::try_from(n).ok();
        let time =
            Time::new(part(hour)?, part(clock.minute.unwrap_or(0))?, part(clock.second.unwrap_or(0))?, 0).ok()?;
        let grain = if clock.second.is_some() { Unit::Second } else { Unit::Minute };
        Some(Extent {
            offset: clock.zone.and_then(|z| offset(z, date)),
            ..Extent::moment(date.to_datetime(time), grain)?
        })
    }

    fn range(&self, a: &When, b: &When) -> Option<Resolved> {
        if let Some((c, d)) = clocks(a, b) {
            return self.clock_range(a, c, d);
        }
        if needs_year(a) && !needs_year(b) {
            let end = self.extent(b)?;
            let start = match a {
                When::Fields(f) => occurrence(*f, end.start.date(), false)?,
                _ => self.extent(a)?,
            };
            return Some(Resolved { start: Some(start), end: Some(end) });
        }
        if self.forward == Some(true)
            && needs_year(b)
            && let (When::Fields(from), Some(end)) = (a, self.extent(b))
        {
            // "From March to May" may have begun.
            return Some(Resolved { start: occurrence(*from, end.start.date(), false), end: Some(end) });
        }
        let start = self.extent(a)?;
        let rest = Extent::new(start.start, DateTime::MAX, Unit::Year);
        let end = if needs_year(b) { Self { within: Some(rest), ..*self }.extent(b) } else { self.extent(b) };
        Some(Resolved { start: Some(start), end: end.filter(|e| e.end > start.start) })
    }

    /// "from 9:30 to 4:30 pm": the second clock helps the first to its half of the day, and falls after it.
    fn clock_range(&self, a: &When, mut from: Clock, mut to: Clock) -> Option<Resolved> {
        if to.half_known && !from.half_known && from.hour < 12 && (from.hour + 12, from.minute) <= (to.hour, to.minute)
        {
            from.hour += 12;
        }
        // "From 11 to 3 am" begins at night.
        if to.half_known && !from.half_known && to.hour < 12 && from.hour < 12 && from.hour > to.hour {
            from.hour += 12;
        }
        if !to.half_known
            && to.hour < 12
            && (to.hour, to.minute) <= (from.hour, from.minute)
            && from.hour < to.hour + 12
        {
            to.hour += 12;
        }
        from.zone = from.zone.or(to.zone);
        to.zone = to.zone.or(from.zone);
        let day = match a {
            When::At(day, _) => Self { day: Some(self.extent(day)?.start.date()), ..*self },
            _ => *self,
        };
        let (start, mut end) = (day.clock(from)?, day.clock(to)?);
        if end.start < start.start {
            end = Extent {
                start: end.start.checked_add(step(Unit::Day, 1)?).ok()?,
                end: end.end.checked_add(step(Unit::Day, 1)?).ok()?,
                ..end
            };
        }
        Some(Resolved { start: Some(start), end: Some(end) })
    }

    fn lasting(&self, a: &When, length: &Length) -> Option<Resolved> {
        let start = match a {
            When::Now if length.finest() >= Unit::Day => unit_around(self.now(Unit::Day)?, Unit::Day, 0)?,
            _ => self.extent(a)?,
        };
        let grain = if length.finest() < Unit::Day { start.grain.min(Unit::Minute) } else { start.grain };
        let end = grained(moved(start.start, length, 1)?, grain, start.offset)?;
        Some(Resolved { start: Some(start), end: Some(end) })
    }

    /// From the minute of writing, where that is known, to the last one of the day.
    fn rest_of_day(&self) -> Option<Resolved> {
        let (now, grain) = self.now?;
        let day = unit_around(now, Unit::Day, 0)?;
        let last = unit_around(day.end.checked_sub(step(Unit::Minute, 1)?).ok()?, Unit::Minute, 0);
        let whole = Resolved { start: Some(day), end: Some(day) };
        Some(if grain < Unit::Day { Resolved { start: grained(now, Unit::Minute, None), end: last } } else { whole })
    }

    fn open(&self, bound: Bound, of: &When) -> Resolved {
        let Resolved { start, end } = self.resolve(of);
        match bound {
            Bound::Since => Resolved { start, end: None },
            Bound::Until => Resolved { start: None, end: end.or(start).map(|e| Extent { start: e.start, ..e }) },
            Bound::After => match end.or(start) {
                Some(e) if e.grain > Unit::Day => Resolved { start: grained(e.end, e.grain, e.offset), end: None },
                same => Resolved { start: same, end: None },
            },
            Bound::Before => match start {
                Some(e) if e.grain >= Unit::Day => {
                    let last = e.start.checked_sub(step(Unit::Day, 1).unwrap_or_default()).ok();
                    Resolved { start: None, end: last.and_then(|d| grained(d, e.grain, e.offset)) }
                }
                same => Resolved { start: None, end: same },
            },
        }
    }

    fn window(&self, length: &Length, sign: i64) -> Option<Resolved> {
        if let Some(days) = whole_days_of(length).filter(|_| self.now(Unit::Minute).is_none()) {
            // "The past 24 hours" of a text that only tells its day: that day and the one before.
            let today = unit_around(self.now(Unit::Day)?, Unit::Day, 0);
            let other = unit_around(self.now(Unit::Day)?, Unit::Day, sign * days);
            let (start, end) = if sign < 0 { (other, today) } else { (today, other) };
            return Some(Resolved { start, end });
        }
        let grain = whole_days(length.finest());
        let now = self.now(grain)?;
        let today = grained(now, grain, None)?;
        if let (1, [(Some(n), Unit::Quarter)]) = (sign, &length.parts[..]) {
            let quarter = |n: f64| unit_around(now, Unit::Quarter, n as i64);
            return Some(Resolved { start: quarter(1.0), end: quarter(*n) });
        }
        let far = moved(now, length, sign)?;
        let one = step(if grain == Unit::Day { Unit::Day } else { Unit::Second }, i64::from(grain == Unit::Day))?;
        Some(if sign < 0 {
            let first = far.checked_add(one).ok()?;
            Resolved { start: grained(first, grain, None), end: Some(today) }
        } else {
            let first = now.checked_add(one).ok()?;
            Resolved { start: grained(first, grain, None), end: grained(far, grain, None) }
        })
    }
}

impl Resolved {
    fn whole(extent: Extent) -> Self {
        Self { start: Some(extent), end: Some(extent) }
    }
}

/// The two clocks of "from 9 to 5" or "from Monday 9 am to 5 pm".
fn clocks(a: &When, b: &When) -> Option<(Clock, Clock)> {
    let When::Clock(to) = b else { return None };
    match a {
        When::Clock(from) => Some((*from, *to)),
        When::At(_, from) => match **from {
            When::Clock(from) => Some((from, *to)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a meaning leaves it open which year or week is meant.
fn needs_year(when: &When) -> bool {
    match when {
        When::Fields(fields) => fields.year.is_none(),
        When::At(day, _) | When::PartOfDay(Some(day), _) | When::Portion(day) => needs_year(day),
        When::Nth(_, _, outer) => needs_year(outer),
        When::Easter(_) => true,
        _ => false,
    }
}
