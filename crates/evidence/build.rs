//! Makes the vocabulary enums from `data/ontology.toml`: each word is written once, there.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/ontology.toml");
    println!("cargo::rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(&path).expect("data/ontology.toml is readable");
    let table: toml::Table = text.parse().expect("data/ontology.toml is TOML");
    let mut code = String::new();
    for vocabulary in table["vocabulary"].as_array().expect("a list of vocabularies") {
        write_enum(&mut code, vocabulary);
    }
    let out = Path::new(&std::env::var_os("OUT_DIR").expect("set by cargo")).join("vocabulary.rs");
    std::fs::write(out, code).expect("OUT_DIR is writable");
}

fn write_enum(code: &mut String, vocabulary: &toml::Value) {
    let text = |v: &toml::Value| v.as_str().expect("a string").to_owned();
    let (name, about) = (text(&vocabulary["name"]), text(&vocabulary["about"]));
    let words: Vec<(String, String)> =
        vocabulary["words"].as_array().expect("a list of words").iter().map(|w| (text(&w[0]), text(&w[1]))).collect();
    let mut variants = String::new();
    let (mut all, mut strs, mut parse, mut abouts) = (String::new(), String::new(), String::new(), String::new());
    for (word, about) in &words {
        let v = camel(word);
        let doc = if about.is_empty() { word } else { about };
        write!(variants, "/// `{word}`: {doc}.\n{v},").unwrap();
        write!(all, "Self::{v},").unwrap();
        write!(strs, "Self::{v} => {word:?},").unwrap();
        write!(abouts, "Self::{v} => {about:?},").unwrap();
        write!(parse, "{word:?} => Some(Self::{v}),").unwrap();
    }
    write!(
        code,
        "/// {about}\n#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum {name} {{ {variants} }}
impl {name} {{
    /// Every word, in the order of `data/ontology.toml`.
    pub const ALL: &'static [Self] = &[{all}];
    /// The word as exports and tables write it.
    pub const fn as_str(self) -> &'static str {{ match self {{ {strs} }} }}
    /// What the word means, in one line.
    pub const fn about(self) -> &'static str {{ match self {{ {abouts} }} }}
    /// The value written as `word`, or `None` if there is no such word.
    pub fn parse(word: &str) -> Option<Self> {{ match word {{ {parse} _ => None }} }}
}}
impl std::fmt::Display for {name} {{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{ f.pad(self.as_str()) }}
}}\n"
    )
    .unwrap();
}

fn camel(word: &str) -> String {
    word.split(['-', ' '])
        .map(|part| {
            let lower = part.to_lowercase();
            lower[..1].to_uppercase() + &lower[1..]
        })
        .collect()
}
