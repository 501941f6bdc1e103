//! Where do the rules come from? Reads `data/time/en/*.toml`, and says of a mistake in them where it is.

use std::collections::BTreeMap;

use super::builtin::Builtin;
use super::meaning;
use super::pattern::{Names, Program, Vocabulary, WordId, compile};
use super::recipe::Recipe;
use super::source::{ClassEntry, Error, Example, File, RawRule, Source};
use super::when::Value;
use crate::lexeme::lexemes;

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
