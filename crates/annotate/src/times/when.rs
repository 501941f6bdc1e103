//! What does a time expression mean, before anyone asks on which day it was written?
//!
//! A small tree: "Saturday" is a weekday without a week, "next Monday at noon" a clock on a weekday of a week.
//! `resolve` turns it into a stretch of the calendar, `timex` into a TIMEX3 value.

use std::rc::Rc;

/// A meaning.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum When {
    /// Calendar fields; what is missing is to be worked out ("22 February", "Saturday", "2016", "the 18th").
    Fields(Fields),
    /// A calendar unit counted from the one of writing: "yesterday" is `Day, -1`, "next year" `Year, 1`.
    Relative(Unit, i64),
    /// The weekday before or after the day of writing, which does not count itself, nor the day before it ("last Friday").
    NearWeekday(u8, i64),
    /// The first place of one in another: a weekday in a week, a month in a year.
    Of(Rc<When>, Rc<When>),
    /// The n-th unit or weekday in a stretch; -1 is the last ("the first week of May").
    Nth(i64, Part, Rc<When>),
    /// As if the sentence spoke of what is to come (1) or has been (-1).
    Directed(Rc<When>, i64),
    /// "The weekend": the last one that has begun, or the next one in a sentence on what is to come.
    TheWeekend,
    /// The unit around something ("the week of 10 April").
    Around(Unit, Rc<When>),
    /// From today, or from where it begins, to its end ("the rest of the week").
    RestOf(Rc<When>),
    /// A day counted from Easter Sunday.
    Easter(i64),
    /// A decade or century by its first year ("the 1990s"): first year, years.
    Years(i64, i64),
    /// A season of a year, or of no told year.
    Season(&'static str, Option<Rc<When>>),
    /// A time of day.
    Clock(Clock),
    /// A clock or a stretch of clocks on a day.
    At(Rc<When>, Rc<When>),
    /// A part of a day ("Monday evening"); without a day, of the day of writing.
    PartOfDay(Option<Rc<When>>, &'static str),
    /// Some part of a stretch, its bounds unsaid ("late last month").
    Portion(Rc<When>),
    /// From one to another, both in it.
    Range(Rc<When>, Rc<When>),
    /// From the first for a length.
    Lasting(Rc<When>, Length),
    /// With an open end: "since", "until", "before", "after".
    Open(Bound, Rc<When>),
    /// A length before (-1) or after (1) something.
    Shift(Rc<When>, Length, i64),
    /// A length back (-1) or forward (1) from the time of writing.
    Ago(Length, i64),
    /// "In two weeks": a length forward if the sentence speaks of what is to come, else just a length.
    In(Length),
    /// The last or next so-and-so long, the day of writing being its end or start ("the past six weeks").
    Window(Length, i64),
    /// A length of time.
    Duration(Length),
    /// A repeated time, by its TIMEX3 value.
    Set(String),
    /// The time of writing.
    Now,
    /// A time that only other words can tell ("that day").
    Unknown(Option<Unit>),
}

/// Calendar fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Fields {
    pub year: Option<i64>,
    pub month: Option<i64>,
    pub day: Option<i64>,
    /// 1 is Monday.
    pub weekday: Option<i64>,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    /// 0 to 24.
    pub hour: i64,
    pub minute: Option<i64>,
    pub second: Option<i64>,
    /// Whether "am", "pm" or a 24-hour form says which half of the day.
    pub half_known: bool,
    /// The zone, where the text tells one.
    pub zone: Option<Zone>,
}

/// A zone as texts name it; each holds minutes east of Greenwich, in winter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// "GMT", "CET", or an equation with GMT.
    Offset(i64),
    /// A place that has kept one offset since 2017 ("Moscow time"); earlier nothing is said.
    Place(i64),
    /// A place with the summer time of the European Union ("Kyiv time"), since 1996.
    SummerPlace(i64),
}

/// What `Nth` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Unit(Unit),
    Weekday(u8),
}

/// Which end of a stretch is open, and whether the named time is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Since,
    Until,
    Before,
    After,
}

/// Units of the calendar and the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit that rule files call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "weekend" => Self::Weekend,
            "week" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }
}

/// A length of time: so many of each unit; `count` is `None` where the text does not say how many ("days").
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Length {
    pub parts: Vec<(Option<f64>, Unit)>,
    /// Counts working days only.
    pub business: bool,
}

impl Length {
    /// The finest unit in it.
    pub fn finest(&self) -> Unit {
        self.parts.iter().map(|(_, u)| *u).min().unwrap_or(Unit::Day)
    }
}

/// Whatever a slot or a function of a recipe holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A number of things.
    Number(f64),
    /// A word of a rule file's own, e.g. `EV` for the evening.
    Name(&'static str),
    /// A meaning.
    When(Rc<When>),
    /// A length.
    Length(Length),
    /// An optional slot that matched nothing.
    Nothing,
}
