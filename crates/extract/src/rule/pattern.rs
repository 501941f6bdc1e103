//! The match language: a trigger and, for each role, paths over the parse.
//!
//! ```text
//! trigger = [lemma=shell|bombard & upos=VERB]
//! actor?  : Actor       = subject
//! target? : Actor|Place = object | obl[case=at|on]
//! with    = obj[lemma=fire]
//! without = advmod[lemma=not]
//! ```
//! A role with `?` may stay empty. `with` must be found and is not kept; `without` must not be found. A path is a
//! relation of Universal Dependencies (`obl*`: with any subtype; `<acl`: up to the head by that relation), or a
//! function of `grammar` (`subject`, `object`), perhaps with a test; steps of a path are joined by `>`.

use evidence::Mode;
use evidence::deprel::{Deprel, Upos};
use evidence::document::Feats;
use evidence::mention::MentionKind;

/// One way to say an event.
#[derive(Debug)]
pub struct Pattern {
    /// Its name in the file.
    pub name: String,
    /// The mode it stands for.
    pub mode: Option<Mode>,
    /// What the trigger word must be.
    pub trigger: Test,
    /// Roles, in order of the file.
    pub roles: Vec<RoleLine>,
}

/// One line of a pattern.
#[derive(Debug)]
pub struct RoleLine {
    /// Which role.
    pub role: Role,
    /// Whether the pattern matches without it.
    pub optional: bool,
    /// What it must refer to; empty: anything.
    pub kinds: Vec<Filter>,
    /// Where to look, the first that leads somewhere counts.
    pub paths: Vec<Vec<Step>>,
    /// The line as written, for `explain`.
    pub source: String,
}

/// Roles of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who does it.
    Actor,
    /// Who or what suffers it.
    Target,
    /// Where.
    Place,
    /// Must be there.
    With,
    /// Must not be there.
    Without,
}

/// What a bound token must refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Somebody or something that can act.
    Actor,
    /// A mention of this kind.
    Kind(MentionKind),
    /// Any noun, pronoun or name.
    Noun,
}

/// One step of a path.
#[derive(Debug)]
pub struct Step {
    /// Where it leads.
    pub edge: Edge,
    /// What must be found there.
    pub test: Test,
}

/// An edge of the parse or a function over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// To dependants by exactly this relation.
    Down(Deprel),
    /// To dependants by this relation or a subtype.
    DownAny(Deprel),
    /// To the head, if the word hangs on it by this relation or a subtype.
    Up(Deprel),
    /// Who does it, in whatever voice.
    Subject,
    /// Whom it is done to, in whatever voice.
    Object,
}

/// Conditions on one token, all of which must hold.
#[derive(Debug, Default, Clone)]
pub struct Test(pub Vec<Condition>);

/// One condition; with `negated`, it must not hold.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Whether it must not hold.
    pub negated: bool,
    /// What is looked at.
    pub what: What,
}

/// What a condition looks at.
#[derive(Debug, Clone)]
pub enum What {
    /// The lemma is one of these.
    Lemma(Vec<String>),
    /// The word as written, in lower case, is one of these.
    Word(Vec<String>),
    /// The part of speech is one of these.
    Upos(Vec<Upos>),
    /// It hangs on its head by one of these relations.
    Deprel(Vec<Deprel>),
    /// One of its prepositions or markers is one of these.
    Case(Vec<String>),
    /// A feature.
    Feat(Feats),
    /// It heads a mention of one of these kinds.
    Mention(Vec<Filter>),
}

type Mistake = (usize, String);

impl Pattern {
    /// Reads a pattern's body; a mistake names its line, from 0.
    pub(crate) fn parse(name: &str, body: &str, mode: Option<Mode>) -> Result<Self, Mistake> {
        let (mut trigger, mut roles) = (None, Vec::new());
        for (n, line) in body.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let (left, right) = line.split_once('=').ok_or_else(|| (n, "a line needs `role = path`".to_owned()))?;
            if left.trim() == "trigger" {
                trigger = Some(test(right.trim()).map_err(|m| (n, m))?);
            } else {
                roles.push(role_line(left, right, line).map_err(|m| (n, m))?);
            }
        }
        let trigger = trigger.ok_or_else(|| (0, "a pattern needs a line `trigger = […]`".to_owned()))?;
        let lemmas = |c: &Condition| !c.negated && matches!(c.what, What::Lemma(_));
        if !trigger.0.iter().any(lemmas) {
            return Err((0, "the trigger needs `lemma=…`, by which it is looked up".to_owned()));
        }
        Ok(Self { name: name.to_owned(), mode, trigger, roles })
    }

    /// Lemmas that the trigger may have.
    pub fn lemmas(&self) -> impl Iterator<Item = &str> {
        self.trigger
            .0
            .iter()
            .filter(|c| !c.negated)
            .flat_map(|c| match &c.what {
                What::Lemma(words) => words.as_slice(),
                _ => &[],
            })
            .map(String::as_str)
    }
}

fn role_line(left: &str, right: &str, source: &str) -> Result<RoleLine, String> {
    let (name, kinds) = left.split_once(':').unwrap_or((left, ""));
    let name = name.trim();
    let (name, optional) = name.strip_suffix('?').map_or((name, false), |n| (n, true));
    let role = match name.trim() {
        "actor" => Role::Actor,
        "target" => Role::Target,
        "place" => Role::Place,
        "with" => Role::With,
        "without" => Role::Without,
        other => return Err(format!("unknown role `{other}`; there are trigger, actor, target, place, with, without")),
    };
    let kinds = kinds.split('|').map(str::trim).filter(|k| !k.is_empty()).map(filter).collect::<Result<_, _>>()?;
    let paths = split_outside(right, '|').into_iter().map(path).collect::<Result<_, _>>()?;
    Ok(RoleLine { role, optional, kinds, paths, source: source.to_owned() })
}

fn filter(word: &str) -> Result<Filter, String> {
    Ok(match word {
        "Actor" => Filter::Actor,
        "Noun" => Filter::Noun,
        "Person" => Filter::Kind(MentionKind::Person),
        "Organisation" => Filter::Kind(MentionKind::Organisation),
        "Place" => Filter::Kind(MentionKind::Place),
        "Force" => Filter::Kind(MentionKind::Force),
        "Party" => Filter::Kind(MentionKind::Party),
        "People" => Filter::Kind(MentionKind::People),
        "Source" => Filter::Kind(MentionKind::Source),
        other => {
            return Err(format!(
                "unknown kind `{other}`; there are Actor, Noun, Person, Organisation, Place, Force, Party, People, Source"
            ));
        }
    })
}

fn path(words: &str) -> Result<Vec<Step>, String> {
    split_outside(words, '>').into_iter().map(step).collect()
}

fn step(words: &str) -> Result<Step, String> {
    let words = words.trim();
    let (edge, brackets) = words.find('[').map_or((words, ""), |i| words.split_at(i));
    let known = |word: &str| {
        let label = Deprel::parse(word);
        if label.as_str() == word { Ok(label) } else { Err(format!("unknown relation or function `{word}`")) }
    };
    let edge = match edge.trim() {
        "subject" => Edge::Subject,
        "object" => Edge::Object,
        e if e.starts_with('<') => Edge::Up(known(e[1..].trim())?),
        e if e.ends_with('*') => Edge::DownAny(known(e[..e.len() - 1].trim())?),
        e => Edge::Down(known(e)?),
    };
    Ok(Step { edge, test: if brackets.is_empty() { Test::default() } else { test(brackets)? } })
}

/// Reads `[a=b|c & !d=e]`.
fn test(words: &str) -> Result<Test, String> {
    let inner = words
        .trim()
        .strip_prefix('[')
        .and_then(|w| w.strip_suffix(']'))
        .ok_or_else(|| format!("expected `[…]`, found `{words}`"))?;
    inner.split('&').map(|c| condition(c.trim())).collect::<Result<_, _>>().map(Test)
}

fn condition(words: &str) -> Result<Condition, String> {
    let (words, negated) = words.strip_prefix('!').map_or((words, false), |w| (w, true));
    let (key, values) =
        words.split_once('=').ok_or_else(|| format!("a condition needs `key=value`, found `{words}`"))?;
    let list: Vec<String> = values.split('|').map(|v| v.trim().to_owned()).collect();
    let what = match key.trim() {
        "lemma" => What::Lemma(list),
        "word" => What::Word(list),
        "case" => What::Case(list),
        "upos" => What::Upos(
            list.iter().map(|v| labelled(v, Upos::parse(v).as_str(), Upos::parse(v))).collect::<Result<_, _>>()?,
        ),
        "deprel" => What::Deprel(
            list.iter().map(|v| labelled(v, Deprel::parse(v).as_str(), Deprel::parse(v))).collect::<Result<_, _>>()?,
        ),
        "mention" => What::Mention(list.iter().map(|v| filter(v)).collect::<Result<_, _>>()?),
        name => What::Feat(
            Feats::pair(name, values.trim()).ok_or_else(|| format!("unknown key or feature `{}`", words.trim()))?,
        ),
    };
    Ok(Condition { negated, what })
}

fn labelled<T>(word: &str, label: &str, value: T) -> Result<T, String> {
    if word == label { Ok(value) } else { Err(format!("unknown label `{word}`")) }
}

/// Splits at `mark` where it stands outside brackets.
fn split_outside(words: &str, mark: char) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (i, c) in words.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            c if c == mark && depth == 0 => {
                parts.push(&words[from..i]);
                from = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&words[from..]);
    parts
}
