//! Rule files: one event (or one way of it) a file, with patterns over the parse and tests.

pub mod pattern;

use evidence::{Event, Mode};
use serde::Deserialize;

pub use crate::error::Error;
pub use pattern::{Pattern, Role};

/// One rule file, read and checked.
#[derive(Debug)]
pub struct Rule {
    /// File name below `data/rules/`, without `.toml`: `assault/shelling`.
    pub name: String,
    /// What it finds; `None` for what is no event of the ledger, whatever nouns stand around it ("fled the fighting").
    pub event: Option<Event>,
    /// Whether it makes no claim where nobody is said to tell it: it only says what the words around it are not.
    pub quiet: bool,
    /// How it is carried out, if the rule says.
    pub mode: Option<Mode>,
    /// What it is about, in a sentence.
    pub about: String,
    /// Ways to say it, tried in order.
    pub patterns: Vec<Pattern>,
    /// Sentences with the claims expected of them.
    pub tests: Vec<RuleTest>,
}

/// A sentence that a rule must (or, with no claims, must not) match.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleTest {
    /// The sentence, our own words.
    pub text: String,
    /// Each expected event: `ASSAULT/aerial actor='…' target='…' place='…' time='…'`, only what is to be checked.
    pub claims: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    event: toml::Spanned<String>,
    #[serde(default)]
    quiet: bool,
    mode: Option<toml::Spanned<String>>,
    about: String,
    /// What it does not mean: for readers of the file.
    #[serde(default, rename = "not")]
    _not: Option<String>,
    pattern: Vec<PatternEntry>,
    #[serde(default)]
    test: Vec<RuleTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternEntry {
    name: String,
    mode: Option<toml::Spanned<String>>,
    #[serde(rename = "match")]
    body: toml::Spanned<String>,
}

/// The word of a rule file for what is no event.
const NO_EVENT: &str = "none";

impl Rule {
    /// Reads the rule file `name` (below `data/rules/`).
    ///
    /// # Errors
    /// If it is no TOML, has an unknown field, event or mode, or a pattern that cannot be read.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let file: RuleFile = toml::from_str(text).map_err(|e| Error::toml(name, text, &e))?;
        let unknown = |what: &str, s: &toml::Spanned<String>| {
            Error::new(
                name,
                text,
                Some(s.span().start),
                format!("unknown {what} `{}`; see data/ontology.toml", s.get_ref()),
            )
        };
        let event = match file.event.get_ref().as_str() {
            NO_EVENT => None,
            word => Some(Event::parse(word).ok_or_else(|| unknown("event", &file.event))?),
        };
        let read_mode = |m: &Option<toml::Spanned<String>>| match m {
            Some(m) => Mode::parse(m.get_ref()).map(Some).ok_or_else(|| unknown("mode", m)),
            None => Ok(None),
        };
        let mode = read_mode(&file.mode)?;
        let mut patterns = Vec::new();
        for entry in &file.pattern {
            let own = read_mode(&entry.mode)?.or(mode);
            let pattern = Pattern::parse(&entry.name, entry.body.get_ref(), own).map_err(|(line, message)| {
                // The body opens with `"""` and a line break, which TOML trims.
                let start = entry.body.span().start;
                let at = text[start..].split_inclusive('\n').take(line + 1).map(str::len).sum::<usize>() + start;
                Error::new(name, text, Some(at), message)
            })?;
            patterns.push(pattern);
        }
        let name = name.trim_end_matches(".toml").to_owned();
        Ok(Self { name, event, quiet: file.quiet, mode, about: file.about, patterns, tests: file.test })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "event = \"ASSAULT\"\nmode = \"heavy-weapons\"\nabout = \"x\"\n[[pattern]]\nname = \"verb\"\nmatch = \"\"\"\ntrigger = [lemma=shell|bombard & upos=VERB]\nactor? : Actor = subject\ntarget? : Actor|Place = object | obl[case=at]\n\"\"\"\n";

    #[test]
    fn a_rule_file_is_read() {
        let rule = Rule::parse("assault/shelling.toml", GOOD).unwrap();
        assert_eq!((rule.name.as_str(), rule.event), ("assault/shelling", Some(Event::Assault)));
        assert_eq!(rule.patterns[0].roles.len(), 2);
    }

    #[test]
    fn a_rule_may_say_what_is_no_event() {
        let rule = Rule::parse(
            "told/flight.toml",
            &GOOD.replace("ASSAULT\"\nmode = \"heavy-weapons\"", "none\"\nquiet = true"),
        );
        let rule = rule.unwrap();
        assert_eq!((rule.event, rule.quiet, rule.mode), (None, true, None));
    }

    #[test]
    fn mistakes_show_file_line_column_and_line() {
        let wrong = GOOD.replace("= subject", "= sbject");
        let shown = Rule::parse("assault/shelling.toml", &wrong).unwrap_err().to_string();
        assert!(shown.starts_with("assault/shelling.toml:8:1: "), "{shown}");
        assert!(shown.contains("sbject") && shown.contains("actor? : Actor = sbject"), "{shown}");
        let shown = Rule::parse("x.toml", &GOOD.replace("ASSAULT", "ATTACK")).unwrap_err().to_string();
        assert!(shown.starts_with("x.toml:1:9: unknown event `ATTACK`"), "{shown}");
    }
}
