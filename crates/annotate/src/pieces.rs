//! What does the encoder read? Words cut into pieces that it has vectors for, and how each word is written.
//!
//! Training did exactly the same (`crates/train/python/pieces.py`): typographic quotes, dashes and the ellipsis
//! become ASCII; the word is put in lower case and taken apart into base letters and marks (Unicode NFD), and marks
//! and control characters go; punctuation and CJK ideographs stand alone; each part is cut greedily into the longest
//! pieces of the vocabulary.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory as Category, GeneralCategoryGroup as Group, UnicodeGeneralCategory as _};

/// Most pieces of one word.
pub const PIECES_PER_WORD: usize = 24;

/// The vocabulary.
#[derive(Debug)]
pub struct WordPieces {
    starts: HashMap<&'static str, u32>,
    continuations: HashMap<&'static str, u32>,
    unknown: u32,
    start: u32,
    end: u32,
    len: usize,
}

/// The pieces of words.
#[derive(Debug, Default, Clone)]
pub struct Pieces {
    /// Ids of the pieces of all words.
    pub ids: Vec<u32>,
    /// Where the pieces of each word end in `ids`.
    pub ends: Vec<usize>,
    /// How each word is written, 1 to 7.
    pub shapes: Vec<u8>,
    plain: String,
    bare: String,
}

impl Pieces {
    /// Forgets all words.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.ends.clear();
        self.shapes.clear();
    }

    /// The pieces of a word.
    pub fn of(&self, word: usize) -> &[u32] {
        &self.ids[self.start_of(word)..self.ends[word]]
    }

    /// Where the pieces of a word start in `ids`.
    pub fn start_of(&self, word: usize) -> usize {
        if word == 0 { 0 } else { self.ends[word - 1] }
    }
}

impl WordPieces {
    /// Reads a vocabulary, one piece a line; `None` if the special pieces of BERT are missing.
    pub fn new(vocabulary: &'static str) -> Option<Self> {
        let mut starts = HashMap::with_capacity(vocabulary.len() / 7);
        let mut continuations = HashMap::with_capacity(vocabulary.len() / 28);
        let mut len = 0;
        for piece in vocabulary.lines() {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest, len),
                _ => starts.insert(piece, len),
            };
            len += 1;
        }
        let special = |name| starts.get(name).copied();
        let (unknown, start, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some(Self { unknown, start, end, starts, continuations, len: len as usize })
    }

    /// How many pieces there are.
    #[expect(clippy::len_without_is_empty, reason = "a vocabulary is never empty")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether a word in lower case is one piece: a common word.
    pub fn knows(&self, word: &str) -> bool {
        self.starts.contains_key(word)
    }

    /// The piece that opens a sentence and stands for its root.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// The piece that ends a sentence.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// Adds a word to `pieces`.
    pub fn add(&self, word: &str, pieces: &mut Pieces) {
        let from = pieces.ids.len();
        let Pieces { ids, plain, bare, .. } = pieces;
        let word = plain_word(word, plain);
        pieces.shapes.push(shape(word));
        strip(word, bare);
        for part in bare.split(char::is_whitespace) {
            self.add_part(part, ids);
        }
        ids.truncate(from + PIECES_PER_WORD);
        if ids.len() == from {
            ids.push(self.unknown);
        }
        pieces.ends.push(ids.len());
    }

    /// Cuts at marks that stand alone.
    fn add_part(&self, part: &str, ids: &mut Vec<u32>) {
        let mut from = 0;
        for (at, c) in part.char_indices().filter(|(_, c)| stands_alone(*c)) {
            self.longest_first(&part[from..at], ids);
            from = at + c.len_utf8();
            self.longest_first(&part[at..from], ids);
        }
        self.longest_first(&part[from..], ids);
    }

    fn longest_first(&self, part: &str, ids: &mut Vec<u32>) {
        let (opened, mut start) = (ids.len(), 0);
        while start < part.len() {
            let known = if start == 0 { &self.starts } else { &self.continuations };
            // No piece is longer than 64 bytes, so very long parts need not be tried whole.
            let longest = part.floor_char_boundary(part.len().min(start + 64));
            let ends = part[start..longest].char_indices().map(|(i, c)| start + i + c.len_utf8()).rev();
            match ends.into_iter().find_map(|end| known.get(&part[start..end]).map(|id| (end, *id))) {
                Some((end, id)) => {
                    ids.push(id);
                    start = end;
                }
                None => {
                    ids.truncate(opened);
                    ids.push(self.unknown);
                    return;
                }
            }
        }
    }
}

/// The word with typographic quotes, dashes and the ellipsis in ASCII; `room` holds it if it had any.
pub fn plain_word<'a>(word: &'a str, room: &'a mut String) -> &'a str {
    if word.is_ascii() || !word.chars().any(|c| plain(c).is_some()) {
        return word;
    }
    room.clear();
    for c in word.chars() {
        match plain(c) {
            Some(ascii) => room.push_str(ascii),
            None => room.push(c),
        }
    }
    room
}

fn plain(c: char) -> Option<&'static str> {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02bc}' | '\u{00b4}' => Some("'"),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{00ab}' | '\u{00bb}' => Some("\""),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("-"),
        '\u{2026}' => Some("..."),
        _ => None,
    }
}

/// How a word is written: 1 lower case, 2 Capitalised, 3 ALL CAPITALS, 4 miXed, 5 one capital, 6 with a digit,
/// 7 without letters.
fn shape(word: &str) -> u8 {
    let is_digit = |c: char| if c.is_ascii() { c.is_ascii_digit() } else { is_digit(c) };
    let is_letter =
        |c: char| if c.is_ascii() { c.is_ascii_alphabetic() } else { c.general_category_group() == Group::Letter };
    let is_lower = |word: &str| word.chars().flat_map(char::to_lowercase).eq(word.chars());
    let mut chars = word.chars();
    let first = chars.next();
    if word.chars().any(is_digit) {
        6
    } else if !word.chars().any(is_letter) {
        7
    } else if is_lower(word) {
        1
    } else if chars.as_str().is_empty() {
        5
    } else if word.chars().flat_map(char::to_uppercase).eq(word.chars()) {
        3
    } else if first.is_some_and(char::is_uppercase) && is_lower(chars.as_str()) {
        2
    } else {
        4
    }
}

/// Decimal digits and the superscript and circled ones.
fn is_digit(c: char) -> bool {
    c.general_category() == Category::DecimalNumber
        || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨' | '⓪')
}

/// Lower case, base letters only.
fn strip(word: &str, bare: &mut String) {
    bare.clear();
    if word.is_ascii() {
        bare.extend(word.chars().filter(|c| !c.is_ascii_control()).map(|c| c.to_ascii_lowercase()));
        return;
    }
    let is_dropped =
        |c: &char| matches!(c.general_category(), Category::NonspacingMark | Category::Control | Category::Format);
    bare.extend(word.to_lowercase().nfd().filter(|c| !is_dropped(c)));
}

fn stands_alone(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.general_category_group() == Group::Punctuation
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str =
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\nshell\n##ed\n##s\nthe\ncafe\n,\n.\n'\n\"\n-\ndon\nt\n中\n##中\na";

    fn pieces(word: &str) -> Vec<&'static str> {
        let mut found = Pieces::default();
        WordPieces::new(VOCABULARY).expect("it has the special pieces").add(word, &mut found);
        found.ids.iter().map(|id| VOCABULARY.lines().nth(*id as usize).expect("a piece")).collect()
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        assert_eq!(pieces("shelled"), ["shell", "##ed"]);
        assert_eq!(pieces("SHELLS"), ["shell", "##s"]);
        assert_eq!(pieces("shelling"), ["[UNK]"]);
        assert_eq!(pieces("the"), ["the"]);
    }

    #[test]
    fn marks_stand_alone_and_accents_go() {
        assert_eq!(pieces("Café"), ["cafe"]);
        assert_eq!(pieces("don’t"), ["don", "'", "t"]);
        assert_eq!(pieces("“"), ["\""]);
        assert_eq!(pieces("—"), ["-"]);
        assert_eq!(pieces("…"), [".", ".", "."]);
        assert_eq!(pieces("中中"), ["中", "中"]);
        assert_eq!(pieces("the\u{200b}"), ["the"]);
    }

    #[test]
    fn odd_words_still_have_a_piece_and_no_more_than_24() {
        assert_eq!(pieces(""), ["[UNK]"]);
        assert_eq!(pieces("\u{301}"), ["[UNK]"]);
        assert_eq!(pieces(&"x".repeat(100_000)), ["[UNK]"]);
        assert_eq!(pieces(&"中".repeat(100)).len(), PIECES_PER_WORD);
        assert_eq!(pieces(&".".repeat(100)).len(), PIECES_PER_WORD);
    }

    #[test]
    fn the_shape_tells_how_a_word_is_written() {
        for (word, expected) in [
            ("army", 1),
            ("Army", 2),
            ("NATO", 3),
            ("McNeil", 4),
            ("I", 5),
            ("a", 1),
            ("T-72", 6),
            ("--", 7),
            ("Ármin", 2),
            ("ÇA", 3),
            ("", 7),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }

    #[test]
    fn a_vocabulary_without_special_pieces_is_refused() {
        assert!(WordPieces::new("a\nb").is_none());
    }
}
