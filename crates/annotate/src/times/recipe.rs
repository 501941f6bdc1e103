//! What does a match mean? The `value` line of a rule: a call of the functions of `meaning`, over slots and names.
//!
//! `at(d, clock(h, m, pm))`: names in lower case are slots, in upper case constants (`DAY`, `EV`); a slot in a part that
//! did not match is nothing, and so is `_`.

use super::meaning::{self, Function};
use super::when::Value;

/// A parsed value line.
#[derive(Debug)]
pub(crate) enum Recipe {
    Slot(u8),
    Number(f64),
    Name(&'static str),
    /// `_`: nothing.
    Nothing,
    Call(&'static Function, Vec<Recipe>),
}

impl Recipe {
    /// The value; `None` if what matched has no meaning ("31 June").
    pub fn value(&self, slots: &[Value]) -> Option<Value> {
        match self {
            Self::Slot(slot) => Some(slots.get(usize::from(*slot)).cloned().unwrap_or(Value::Nothing)),
            Self::Number(n) => Some(Value::Number(*n)),
            Self::Name(name) => Some(Value::Name(name)),
            Self::Nothing => Some(Value::Nothing),
            Self::Call(function, arguments) => {
                let arguments: Option<Vec<_>> = arguments.iter().map(|a| a.value(slots)).collect();
                (function.apply)(&arguments?)
            }
        }
    }

    /// Reads a value line, whose slots are those of its pattern.
    ///
    /// # Errors
    /// What is wrong, and at which byte.
    pub fn parse(source: &str, slots: &[String]) -> Result<Self, (usize, String)> {
        let mut reader = Reader { source, at: 0, slots };
        let recipe = reader.expression()?;
        reader.space();
        if reader.at < source.len() {
            return Err((reader.at, "more after the value".to_owned()));
        }
        Ok(recipe)
    }
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    slots: &'a [String],
}

impl Reader<'_> {
    fn expression(&mut self) -> Result<Recipe, (usize, String)> {
        self.space();
        let start = self.at;
        let rest = &self.source[start..];
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))).unwrap_or(rest.len());
        let word = &rest[..length];
        self.at += length;
        if word.is_empty() {
            return Err((start, "a slot, a number, a NAME or a function is wanted here".to_owned()));
        }
        if word == "_" {
            return Ok(Recipe::Nothing);
        }
        if let Ok(number) = word.parse() {
            return Ok(Recipe::Number(number));
        }
        if self.source[self.at..].starts_with('(') {
            return self.call(word, start);
        }
        if word.bytes().all(|b| b.is_ascii_uppercase()) {
            let name = meaning::constant(word).ok_or((start, format!("`{word}` is no constant")))?;
            return Ok(Recipe::Name(name));
        }
        match self.slots.iter().position(|s| s == word) {
            Some(slot) => Ok(Recipe::Slot(slot as u8)),
            None => Err((start, format!("`{word}` is no slot of the match"))),
        }
    }

    fn call(&mut self, name: &str, start: usize) -> Result<Recipe, (usize, String)> {
        let function = meaning::function(name).ok_or((start, format!("there is no function `{name}`")))?;
        self.at += 1;
        let mut arguments = Vec::new();
        loop {
            self.space();
            match self.source[self.at..].chars().next() {
                Some(')') => break self.at += 1,
                Some(',') => self.at += 1,
                Some(_) => arguments.push(self.expression()?),
                None => return Err((start, "a '(' without its ')'".to_owned())),
            }
        }
        if !function.takes.contains(&arguments.len()) {
            return Err((start, format!("`{name}` takes {:?} values, not {}", function.takes, arguments.len())));
        }
        Ok(Recipe::Call(function, arguments))
    }

    fn space(&mut self) {
        let rest = &self.source[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }
}
