//! What does a number count? Told by what stands around it: a unit, a currency, an age, a name it belongs to.

use evidence::document::NumberKind;

use crate::lexeme::{Lexeme, Shape, plain_mark};

/// The lexemes around a number.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub text: &'a str,
    pub lexemes: &'a [Lexeme],
}

impl Surroundings<'_> {
    /// The kind of the number in lexemes `start..end`, if something tells.
    pub fn kind(&self, start: usize, end: usize) -> Option<NumberKind> {
        self.kind_after(end).or_else(|| self.kind_before(start)).or_else(|| self.is_age_beside_name(start, end))
    }

    /// The kind of a number that ends before lexeme `end`, if the words after it tell.
    pub fn kind_after(&self, end: usize) -> Option<NumberKind> {
        let next = self.lexemes.get(end)?;
        if next.is_mark(self.text, "%") {
            return Some(NumberKind::Percent);
        }
        if next.is_mark(self.text, "°") || (next.glued && ["€", "£", "$"].iter().any(|m| next.is_mark(self.text, m)))
        {
            return Some(NumberKind::Measure);
        }
        let word = next.span.of(self.text);
        if next.shape == Shape::Word {
            let second = self.word(end + 1).unwrap_or_default();
            let per_cent = word.eq_ignore_ascii_case("per") && second.eq_ignore_ascii_case("cent");
            if per_cent || one_of(word, &["percent", "pct", "percentage"]) {
                return Some(NumberKind::Percent);
            }
            return (is_unit(word) || is_currency(word)).then_some(NumberKind::Measure);
        }
        // "five-storey", "12-member", but not "30-odd" and "30-plus".
        let joined = next.glued
            && next.is_mark(self.text, "-")
            && self.lexemes.get(end + 1).is_some_and(|l| l.glued && l.shape == Shape::Word);
        let hedge = self.word(end + 1).is_some_and(|w| one_of(w, &["odd", "plus"]));
        (joined && !hedge).then_some(NumberKind::Measure)
    }

    /// "$20", "aged 12", "as young as 3", "Rs 500", "magnitude 5".
    fn kind_before(&self, start: usize) -> Option<NumberKind> {
        let before = self.lexemes.get(start.checked_sub(1)?)?;
        let text = before.span.of(self.text);
        let money = self.lexemes[start].glued && matches!(text, "$" | "£" | "€" | "¥" | "₹" | "₽" | "₺" | "₪" | "₴");
        let word = before.shape == Shape::Word && one_of(text, &BEFORE_MEASURES);
        let young = start >= 2
            && before.is_word(self.text, "as")
            && self.word(start - 2).is_some_and(|w| one_of(w, &["young", "old", "low", "high", "far", "long"]));
        // "aged 12 and 14"
        let second = start >= 3
            && (before.is_word(self.text, "and") || before.is_mark(self.text, ","))
            && self.lexemes[start - 2].shape == Shape::Digits
            && self.word(start - 3).is_some_and(|w| one_of(w, &["aged", "ages"]));
        (money || word || young || second).then_some(NumberKind::Measure)
    }

    /// "Anna Berg, 43, said": a number between commas after a name is an age.
    fn is_age_beside_name(&self, start: usize, end: usize) -> Option<NumberKind> {
        let comma = |at: usize| self.lexemes.get(at).is_some_and(|l| l.is_mark(self.text, ","));
        let value =
            self.lexemes.get(start)?.integer(self.text).filter(|n| (1..=110).contains(n) && end == start + 1)?;
        let name = start >= 2
            && self.lexemes[start - 2].is_capitalised(self.text)
            && self.lexemes[start - 2].shape == Shape::Word;
        let closed = comma(end) || self.lexemes.get(end).is_some_and(|l| l.is_mark(self.text, "."));
        (value > 0 && name && comma(start.checked_sub(1)?) && closed).then_some(NumberKind::Measure)
    }

    /// Whether the digits at `at` belong to a name, a label, a clock, a date, a score, a fraction or a list.
    pub fn is_name_or_code(&self, at: usize) -> bool {
        let mark = |n: usize, marks: &str| {
            self.lexemes
                .get(n)
                .is_some_and(|l| l.shape == Shape::Mark && marks.contains(plain_mark(l.span.of(self.text))))
        };
        let glued = |n: usize| self.lexemes.get(n).is_some_and(|l| l.glued);
        if at > 0 && glued(at) {
            let before = self.lexemes[at - 1];
            let inside = before.glued && at >= 2 && self.lexemes[at - 2].shape != Shape::Mark;
            if before.shape == Shape::Word || mark(at - 1, "#№§+:@") || (inside && mark(at - 1, "-/.,")) {
                return true;
            }
        }
        if at > 0 && self.word(at - 1).is_some_and(|w| self.is_label(at - 1, w)) {
            return true;
        }
        let label_dot = at >= 2
            && mark(at - 1, ".")
            && self.word(at - 2).is_some_and(|w| w.len() == 1 || one_of(w, &["no", "nos", "nr", "art", "vol", "pp"]));
        let line_start = at == 0 || self.lexemes[at - 1].shape == Shape::Break;
        let bullet = line_start && mark(at + 1, ".)") && glued(at + 1) && !glued(at + 2);
        label_dot || bullet || self.goes_on(at + 1) || self.is_score(at)
    }

    /// Whether the digits before lexeme `end` go on as a clock, date, fraction, address or telephone number.
    pub fn goes_on(&self, end: usize) -> bool {
        let Some(mark) = self.lexemes.get(end).filter(|l| l.glued && l.shape == Shape::Mark) else { return false };
        let digits = |n: usize| self.lexemes.get(n).filter(|l| l.glued && l.shape == Shape::Digits);
        let Some(next) = digits(end + 1) else { return false };
        match plain_mark(mark.span.of(self.text)) {
            ":" | "/" => true,
            // "2015-02-22", "138-2010-2015"
            "-" => {
                self.lexemes.get(end + 2).is_some_and(|l| l.glued && l.is_mark(self.text, "-"))
                    && digits(end + 3).is_some()
            }
            "." => {
                !next.span.is_empty()
                    && self.lexemes.get(end + 2).is_some_and(|l| l.glued && l.is_mark(self.text, "."))
                    && digits(end + 3).is_some()
            }
            _ => false,
        }
    }

    /// "3-1", "2-0": the second of two digits joined by a dash is not the greater one.
    fn is_score(&self, at: usize) -> bool {
        let value = |n: usize| self.lexemes.get(n).and_then(|l| l.integer(self.text));
        let dash = self.lexemes.get(at + 1).is_some_and(|l| l.glued && l.is_mark(self.text, "-"));
        let second = self.lexemes.get(at + 2).filter(|l| l.glued && dash).and_then(|_| value(at + 2));
        second.zip(value(at)).is_some_and(|(b, a)| a >= b || b < 10)
    }

    /// One past the last lexeme of a name or code that begins with the digits at `at`.
    pub fn end_of_code(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self
            .lexemes
            .get(end)
            .is_some_and(|l| l.glued && l.shape == Shape::Mark && "-/.:,".contains(plain_mark(l.span.of(self.text))))
            && self.lexemes.get(end + 1).is_some_and(|l| l.glued && l.shape == Shape::Digits)
        {
            end += 2;
        }
        end
    }

    /// Whether "one" at `at` counts ("one soldier", "one of them") and is no pronoun ("no one", "one another").
    pub fn one_is_a_number(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|n| self.word(n)).unwrap_or_default();
        let after = self.word(at + 1).unwrap_or_default();
        let apostrophe = self.lexemes.get(at + 1).is_some_and(|l| l.glued && l.is_mark(self.text, "'"));
        !apostrophe
            && !one_of(
                before,
                &[
                    "no", "the", "this", "that", "each", "every", "any", "another", "which", "some", "big", "new",
                    "first", "last",
                ],
            )
            && !one_of(
                after,
                &["another", "can", "could", "should", "would", "must", "might", "may", "by", "day", "thing"],
            )
    }

    /// Words after which a number names and does not count ("Resolution 1701", "Flight 17").
    fn is_label(&self, at: usize, word: &str) -> bool {
        let always = one_of(
            word,
            &[
                "no",
                "nr",
                "number",
                "page",
                "chapter",
                "paragraph",
                "article",
                "resolution",
                "flight",
                "boeing",
                "airbus",
                "iphone",
                "version",
            ],
        );
        let capitalised = self.lexemes[at].is_capitalised(self.text)
            && one_of(
                word,
                &[
                    "channel",
                    "type",
                    "day",
                    "week",
                    "highway",
                    "route",
                    "unit",
                    "section",
                    "chapter",
                    "page",
                    "phase",
                    "protocol",
                    "directive",
                    "order",
                    "decree",
                    "law",
                    "group",
                    "apollo",
                    "area",
                    "zone",
                    "block",
                    "brigade",
                    "division",
                    "regiment",
                    "battalion",
                    "line",
                    "platform",
                    "gate",
                    "room",
                    "camp",
                    "sector",
                    "checkpoint",
                    "point",
                    "vol",
                    "figure",
                    "table",
                    "mirage",
                    "leopard",
                    "covid",
                    "opec",
                    "formula",
                    "radio",
                ],
            );
        always || capitalised
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.lexemes.get(at).filter(|l| l.shape == Shape::Word).map(|l| l.span.of(self.text))
    }
}

/// Whether a word is a unit of measure or of time.
pub(crate) fn is_unit(word: &str) -> bool {
    one_of(word, &UNITS)
}

fn is_currency(word: &str) -> bool {
    one_of(word, &CURRENCIES)
}

fn one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Words after which a number is an age, a sum or a strength.
const BEFORE_MEASURES: [&str; 9] = ["aged", "age", "ages", "magnitude", "rs", "usd", "eur", "caliber", "calibre"];

const UNITS: [&str; 112] = [
    "km",
    "kms",
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
    "mile",
    "miles",
    "metre",
    "metres",
    "meter",
    "meters",
    "m",
    "cm",
    "mm",
    "centimetre",
    "centimetres",
    "centimeter",
    "centimeters",
    "millimetre",
    "millimetres",
    "millimeter",
    "millimeters",
    "foot",
    "feet",
    "ft",
    "inch",
    "inches",
    "yard",
    "yards",
    "kg",
    "kgs",
    "kilo",
    "kilos",
    "kilogram",
    "kilograms",
    "kilogramme",
    "kilogrammes",
    "gram",
    "grams",
    "g",
    "tonne",
    "tonnes",
    "ton",
    "tons",
    "pound",
    "pounds",
    "lb",
    "lbs",
    "litre",
    "litres",
    "liter",
    "liters",
    "barrel",
    "barrels",
    "gallon",
    "gallons",
    "hectare",
    "hectares",
    "ha",
    "acre",
    "acres",
    "square",
    "sq",
    "cubic",
    "degree",
    "degrees",
    "c",
    "f",
    "mw",
    "kw",
    "gw",
    "megawatt",
    "megawatts",
    "gigawatts",
    "volts",
    "kv",
    "mph",
    "kph",
    "kmh",
    "knots",
    "magnitude",
    "caliber",
    "calibre",
    "times",
    "second",
    "seconds",
    "sec",
    "min",
    "mins",
    "minute",
    "minutes",
    "hour",
    "hours",
    "hr",
    "hrs",
    "h",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "decade",
    "decades",
    "century",
    "centuries",
    "pm",
    "am",
    "gmt",
];

const CURRENCIES: [&str; 34] = [
    "dollar", "dollars", "euro", "euros", "cent", "cents", "pence", "ruble", "rubles", "rouble", "roubles", "hryvnia",
    "hryvnias", "lira", "liras", "rupee", "rupees", "shekel", "shekels", "rial", "rials", "riyal", "riyals", "dinar",
    "dinars", "franc", "francs", "yuan", "yen", "manat", "dram", "drams", "dirhams", "usd",
];
