//! Where do the rules come from? Reads `data/time/en/*.toml`, and says of a mistake in them where it is.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::builtin::Builtin;
use super::meaning;
use super::pattern::{Names, Op, Program, Vocabulary, WordId, compile};
use super::recipe::Recipe;
use super::when::Value;
use crate::lexeme::lexemes;

/// A mistake in a rule file: file, line, column, what, and the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("read the time rules: data/{file}:{line}:{column}: {what}\n    {text}")]
pub struct Error {
    file: &'static str,
    line: usize,
    column: usize,
    what: String,
    text: String,
}

/// All rules, compiled.
#[derive(Debug)]
pub(crate) struct Rulebook {
    pub vocabulary: Vocabulary,
    pub rules: Vec<Rule>,
    /// For every class the values of its words.
    pub classes: Vec<BTreeMap<WordId, ClassWord>>,
    /// For every category and every id of a first word the rules to try, in order.
    pub starts: Vec<Vec<Vec<u16>>>,
    /// For every id the categories that have a rule which may stand alone and can begin with it.
    pub begins: Vec<Vec<u16>>,
    /// Words that tell whether a sentence speaks of what is to come (`true`) or has been.
    pub cues: Vec<(Vec<WordId>, bool)>,
    /// For every id whether it tells of time by itself, so that an expression may begin a little before it.
    pub core: Vec<bool>,
    /// For every id whether a cue begins with it.
    pub begins_cue: Vec<bool>,
    /// Examples, with the file they stand in.
    pub examples: Vec<(&'static str, Example)>,
}

/// A word of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ClassWord {
    pub value: Constant,
    /// Whether the word counts only with a capital letter.
    pub capital: bool,
}

/// What a word of a class stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Constant {
    Number(f64),
    Name(&'static str),
}

impl From<Constant> for Value {
    fn from(constant: Constant) -> Self {
        match constant {
            Constant::Number(n) => Self::Number(n),
            Constant::Name(name) => Self::Name(name),
        }
    }
}

/// One rule, compiled.
#[derive(Debug)]
pub(crate) struct Rule {
    /// `file/rule`.
    pub name: &'static str,
    pub category: u16,
    pub program: Program,
    pub recipe: Recipe,
    /// Whether it is only a part of other expressions.
    pub inner: bool,
    /// What must and must not stand next to a match that stands alone.
    pub around: Around,
}

impl Rule {
    /// Whether it stands alone under conditions, or not at all.
    pub fn is_bound(&self) -> bool {
        let a = &self.around;
        let lists = [&a.before, &a.not_before, &a.after, &a.not_after];
        self.inner || a.capital || lists.iter().any(|l| !l.is_empty())
    }
}

/// Conditions on the words around.
#[derive(Debug, Default)]
pub(crate) struct Around {
    pub before: Vec<Neighbour>,
    pub not_before: Vec<Neighbour>,
    pub after: Vec<Neighbour>,
    pub not_after: Vec<Neighbour>,
    /// The first word has a capital letter.
    pub capital: bool,
}

/// What can stand beside a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Neighbour {
    Word(WordId),
    /// Any run of digits.
    Digits,
    /// Any word that no rule knows.
    OtherWord,
    /// The start or end of a line, or a mark that ends or divides a sentence.
    Edge,
}

/// An example of a rule file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
pub(crate) struct Example {
    pub text: String,
    pub published: Option<String>,
    /// `words = value..end ~ timex`, for every expression of the text, in order.
    pub times: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// What the file is for.
    #[expect(dead_code, reason = "written for the reader of the file")]
    about: String,
    #[serde(default)]
    class: BTreeMap<String, BTreeMap<String, Spanned<ClassEntry>>>,
    #[serde(default)]
    rule: Vec<RawRule>,
    #[serde(default)]
    test: Vec<Example>,
    /// Words that tell nothing of time.
    #[serde(default)]
    glue: Vec<String>,
    #[serde(default)]
    future: Vec<String>,
    #[serde(default)]
    past: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ClassEntry {
    Number(f64),
    Name(String),
    WithCapital { is: Box<ClassEntry>, capital: bool },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: Spanned<String>,
    makes: String,
    #[serde(rename = "match")]
    pattern: Spanned<String>,
    value: Spanned<String>,
    /// Only a part of other expressions.
    #[serde(default)]
    inner: bool,
    #[serde(default)]
    capital: bool,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
}

impl Rulebook {
    /// Compiles the rule files of a folder of `data/`.
    ///
    /// # Errors
    /// The first mistake in them.
    pub fn load(folder: &str) -> Result<Self, Error> {
        Self::read(&bundle::files(folder).collect::<Vec<_>>())
    }

    /// Compiles rule files, given by name and text.
    pub(crate) fn read(sources: &[(&'static str, &'static str)]) -> Result<Self, Error> {
        let mut files = Vec::new();
        for (file, text) in sources {
            let source = Source { file, text };
            files.push((source, toml::from_str::<File>(text).map_err(|e| source.toml_error(&e))?));
        }
        let mut vocabulary = Vocabulary::default();
        let mut classes = (BTreeMap::new(), Vec::new());
        for (source, file) in &files {
            read_classes(*source, file, &mut vocabulary, &mut classes)?;
        }
        let makes = files.iter().flat_map(|(_, f)| &f.rule).map(|r| r.makes.clone());
        let makes: std::collections::BTreeSet<String> = makes.collect();
        let categories: BTreeMap<String, u16> = makes.into_iter().zip(0..).collect();
        for (source, file) in &files {
            for rule in &file.rule {
                if classes.0.contains_key(&rule.makes) || Builtin::named(&rule.makes).is_some() {
                    let what = format!("`{}` is also a class of words or a reader", rule.makes);
                    return Err(source.error(rule.name.span().start, what));
                }
            }
        }
        let mut book = Self {
            vocabulary,
            rules: Vec::new(),
            classes: classes.1,
            starts: Vec::new(),
            begins: Vec::new(),
            cues: Vec::new(),
            core: Vec::new(),
            begins_cue: Vec::new(),
            examples: Vec::new(),
        };
        let mut glue = Vec::new();
        for (source, file) in files {
            glue.extend(file.glue.iter().map(|w| book.vocabulary.intern(w)));
            for rule in &file.rule {
                book.read_rule(source, rule, &classes.0, &categories)?;
            }
            for (phrases, forward) in [(&file.future, true), (&file.past, false)] {
                for phrase in phrases {
                    let words = lexemes(phrase).iter().map(|l| book.vocabulary.intern(l.span.of(phrase))).collect();
                    book.cues.push((words, forward));
                }
            }
            book.examples.extend(file.test.into_iter().map(|t| (source.file, t)));
        }
        // Cues are no part of expressions, but words of patterns may be cues too: only what no pattern has is left out.
        book.core = vec![true; book.vocabulary.len()];
        for id in [Vocabulary::UNKNOWN, Vocabulary::BREAK].into_iter().chain(glue) {
            book.core[usize::from(id)] = false;
        }
        book.index(categories.len());
        Ok(book)
    }

    fn read_rule(
        &mut self,
        source: Source,
        rule: &RawRule,
        classes: &BTreeMap<String, u16>,
        categories: &BTreeMap<String, u16>,
    ) -> Result<(), Error> {
        let name = source.text[rule.name.span()].trim_matches('"');
        let stem = source.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
        if name.split_once('/').is_none_or(|(file, _)| file != stem) {
            return Err(
                source.error(rule.name.span().start, format!("the name of this rule must begin with `{stem}/`"))
            );
        }
        let mut names = Names { vocabulary: &mut self.vocabulary, classes, categories };
        let inside = |span: std::ops::Range<usize>, at: usize| {
            span.start + source.text[span].find(|c| c != '\'' && c != '"' && c != '\n').unwrap_or(0) + at
        };
        let program = compile(rule.pattern.get_ref(), &mut names)
            .map_err(|(at, what)| source.error(inside(rule.pattern.span(), at), what))?;
        let recipe = Recipe::parse(rule.value.get_ref(), &program.slots)
            .map_err(|(at, what)| source.error(inside(rule.value.span(), at), what))?;
        let mut neighbours = |list: &[String]| -> Vec<Neighbour> {
            list.iter()
                .map(|w| match w.as_str() {
                    "DIGITS" => Neighbour::Digits,
                    "OTHER" => Neighbour::OtherWord,
                    "EDGE" => Neighbour::Edge,
                    word => Neighbour::Word(self.vocabulary.intern(word)),
                })
                .collect()
        };
        let around = Around {
            before: neighbours(&rule.before),
            not_before: neighbours(&rule.not_before),
            after: neighbours(&rule.after),
            not_after: neighbours(&rule.not_after),
            capital: rule.capital,
        };
        let (category, inner) = (categories[&rule.makes], rule.inner);
        self.rules.push(Rule { name, category, program, recipe, inner, around });
        Ok(())
    }

    /// Works out by which words each rule can begin.
    fn index(&mut self, categories: usize) {
        let ids = self.vocabulary.len();
        let mut first = vec![Words::none(ids); categories];
        let mut of_rule = vec![Words::none(ids); self.rules.len()];
        loop {
            let mut grew = false;
            for (rule, found) in self.rules.iter().zip(&mut of_rule) {
                *found = self.first_of(&rule.program, &first);
                grew |= first[usize::from(rule.category)].join(found);
            }
            if !grew {
                break;
            }
        }
        self.starts = vec![vec![Vec::new(); ids]; categories];
        self.begins = vec![Vec::new(); ids];
        for (n, rule) in self.rules.iter().enumerate() {
            for id in of_rule[n].iter() {
                self.starts[usize::from(rule.category)][id].push(n as u16);
                if !rule.inner && !self.begins[id].contains(&rule.category) {
                    self.begins[id].push(rule.category);
                }
            }
        }
        self.begins_cue = vec![false; ids];
        for (words, _) in &self.cues {
            self.begins_cue[usize::from(words[0])] = true;
        }
    }

    fn first_of(&self, program: &Program, categories: &[Words]) -> Words {
        let (mut out, mut open, mut seen) =
            (Words::none(self.vocabulary.len()), vec![0usize], vec![false; program.ops.len()]);
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match program.ops[at] {
                Op::Word { id, .. } => out.add(id),
                Op::Class { class, .. } => self.classes[usize::from(class)].keys().for_each(|id| out.add(*id)),
                Op::Builtin { reader, .. } => self.first_of_reader(reader).into_iter().for_each(|id| out.add(id)),
                Op::Category { category, .. } => drop(out.join(&categories[usize::from(category)])),
                Op::Split(to) => open.extend([at + 1, usize::from(to)]),
                Op::Jump(to) => open.push(usize::from(to)),
                Op::Ahead | Op::Done => {}
            }
        }
        out
    }

    fn first_of_reader(&self, reader: Builtin) -> Vec<WordId> {
        let (digits, words) = reader.first();
        let words = words.into_iter().map(|w| self.vocabulary.id(w));
        words.chain(digits.then_some(Vocabulary::DIGITS)).collect()
    }
}

/// A set of words, a bit each.
#[derive(Clone)]
struct Words(Vec<u64>);

impl Words {
    fn none(ids: usize) -> Self {
        Self(vec![0; ids.div_ceil(64)])
    }

    fn add(&mut self, id: WordId) {
        self.0[usize::from(id) / 64] |= 1 << (id % 64);
    }

    /// Takes in another set; whether that added a word.
    fn join(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            grew |= *theirs & !*mine != 0;
            *mine |= theirs;
        }
        grew
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|id| self.0[id / 64] >> (id % 64) & 1 == 1)
    }
}

#[derive(Clone, Copy)]
struct Source {
    file: &'static str,
    text: &'static str,
}

impl Source {
    fn error(&self, at: usize, what: String) -> Error {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |n| n + 1) + 1;
        let text = self.text.lines().nth(line).unwrap_or_default().to_owned();
        Error { file: self.file, line: line + 1, column, what, text }
    }

    fn toml_error(&self, error: &toml::de::Error) -> Error {
        self.error(error.span().map_or(0, |s| s.start), error.message().to_owned())
    }
}

type Classes = (BTreeMap<String, u16>, Vec<BTreeMap<WordId, ClassWord>>);

fn read_classes(source: Source, file: &File, vocabulary: &mut Vocabulary, classes: &mut Classes) -> Result<(), Error> {
    // Number words are no class, but the index of first words has to know them.
    for reader in [Builtin::Number, Builtin::Ordinal] {
        for word in reader.first().1 {
            vocabulary.intern(word);
        }
    }
    for (name, words) in &file.class {
        let next = classes.1.len() as u16;
        let class = *classes.0.entry(name.clone()).or_insert(next);
        if class == next {
            classes.1.push(BTreeMap::new());
        }
        for (word, entry) in words {
            let value = class_word(entry.get_ref()).ok_or_else(|| {
                source.error(entry.span().start, "this name is no constant of value lines".to_owned())
            })?;
            classes.1[usize::from(class)].insert(vocabulary.intern(word), value);
        }
    }
    Ok(())
}

fn class_word(entry: &ClassEntry) -> Option<ClassWord> {
    Some(match entry {
        ClassEntry::Number(n) => ClassWord { value: Constant::Number(*n), capital: false },
        ClassEntry::Name(name) => ClassWord { value: Constant::Name(meaning::constant(name)?), capital: false },
        ClassEntry::WithCapital { is, capital } => ClassWord { capital: *capital, ..class_word(is)? },
    })
}
