//! In which language is a text?
//!
//! What is not English must never be read as English, and English full of foreign names must be read. So the question is
//! asked of the little words that no text can do without, then of the letters, and last of a recogniser of trigrams; a
//! text for which nothing speaks is of a language that is not recognised (`und`).

mod known;

use evidence::Span;
use evidence::article::UNDETERMINED;

pub(crate) use known::Languages;

use known::Language;

/// ISO 639 code of a language as a page or a field names it: `en`, `en-GB`, `eng`.
pub(crate) fn code(name: &str) -> Option<String> {
    let first = name.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let letters = first.bytes().all(|b| b.is_ascii_lowercase());
    match (first.as_str(), first.len()) {
        ("eng", _) => Some("en".to_owned()),
        (_, 2 | 3) if letters => Some(first),
        _ => None,
    }
}

/// Share of English little words among the uncapitalised words of a text from which it is English: English reports have
/// 0.24 and more, other languages less than 0.15.
const ENGLISH: f64 = 0.20;
/// Below this share a text is not English.
const NOT_ENGLISH: f64 = 0.10;
/// Share of another language's own little words from which a text may be of it.
const OTHER: f64 = 0.10;
/// From so many words on, a text that is not English is so without another language to prove it.
const MANY_WORDS: usize = 40;
/// The same for a text without a single little word of English.
const SOME_WORDS: usize = 20;
/// Fewer words tell nothing.
const FEW_WORDS: usize = 5;
/// A line of so few words is never said to be of another language than its report.
const LINE_WORDS: usize = 10;
/// The same for scripts, in letters.
const LINE_LETTERS: usize = 20;
/// Share of letters that a language does not have from which a text is not of it.
const STRANGE_LETTERS: f64 = 0.02;

impl Languages {
    /// ISO 639 code of the text's language; `und` for one that is not English and not recognised; `None` where there are
    /// too few words to tell.
    pub fn of_text(&self, text: &str) -> Option<&str> {
        let words = Words::of(text);
        if words.letters == 0 {
            return None;
        }
        if words.other_script * 2 > words.letters {
            return Some(self.other(text, &words));
        }
        let english = self.share("en", &words);
        let guess = whatlang::detect(text);
        let says_english = guess.as_ref().is_some_and(|g| g.lang() == whatlang::Lang::Eng);
        if english >= ENGLISH || english >= NOT_ENGLISH && says_english {
            return Some("en");
        }
        let count = words.common.len();
        let none_of_english = english == 0.0 && count >= SOME_WORDS && !words.shouted;
        if count >= MANY_WORDS && !words.shouted || none_of_english || self.proves_another(&words, english) {
            return Some(self.other(text, &words));
        }
        says_english.then_some("en")
    }

    /// Whether the little words of another language are so many in a short text that it must be of it.
    fn proves_another(&self, words: &Words, english: f64) -> bool {
        let Some((language, share)) = self.best(words) else { return false };
        let enough = if words.shouted || words.common.len() < 2 * FEW_WORDS { 2.0 * OTHER } else { OTHER };
        words.common.len() >= FEW_WORDS && language.hits(words) >= 2 && share >= enough && share > 2.0 * english
    }

    /// Lines of an English report that are surely in another language.
    pub fn foreign_lines(&self, text: &str) -> Vec<(Span, &str)> {
        let mut out = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let words = Words::of(line);
            let script = words.other_script * 2 > words.letters && words.letters >= LINE_LETTERS;
            let wordy = words.common.len() >= LINE_WORDS
                && self.share("en", &words) < NOT_ENGLISH / 2.0
                && self.best(&words).is_some_and(|(_, share)| share >= 2.0 * OTHER);
            if script || wordy {
                out.push((Span::new(start, start + line.len()), self.other(line, &words)));
            }
            start += line.len() + 1;
        }
        out
    }

    /// The language of a text that is not English.
    fn other(&self, text: &str, words: &Words) -> &str {
        let guess = whatlang::detect(text).filter(|g| g.is_reliable() || text.len() > 200);
        let guessed = guess.and_then(|g| self.of_recogniser(g.lang())).filter(|l| l.code != "en");
        let best =
            self.best(words).filter(|(l, share)| *share >= OTHER && l.hits(words) >= 2 && l.has_letters_of(words));
        let fits = |l: &&Language| l.has_letters_of(words) && (l.words.is_empty() || l.share(words) >= OTHER / 2.0);
        match (guessed.filter(fits), best) {
            // The recogniser takes every language that it does not know for its nearest.
            (Some(guessed), Some((best, share))) if share > 1.5 * guessed.share(words) && !guessed.words.is_empty() => {
                &best.code
            }
            (Some(guessed), _) => &guessed.code,
            (None, Some((best, _))) => &best.code,
            (None, None) => self.by_letters(words).map_or(UNDETERMINED, |l| &l.code),
        }
    }

    /// The language with the greatest share of its little words in the text, English left aside.
    fn best(&self, words: &Words) -> Option<(&Language, f64)> {
        let others = self.all().iter().filter(|l| l.code != "en" && !l.words.is_empty());
        others.map(|l| (l, l.share(words))).max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The only language of the text's script that has all its special letters, if it has many.
    fn by_letters(&self, words: &Words) -> Option<&Language> {
        let marked = |l: &&Language| {
            let own = words.special.iter().filter(|c| l.letters.contains(**c)).count();
            !l.letters.is_empty() && l.has_letters_of(words) && own * 50 > words.letters
        };
        let mut fit = self.all().iter().filter(marked);
        fit.next().filter(|_| fit.next().is_none())
    }

    fn share(&self, code: &str, words: &Words) -> f64 {
        self.of_code(code).map_or(0.0, |l| l.share(words))
    }
}

impl Language {
    fn hits(&self, words: &Words) -> usize {
        words.common.iter().filter(|w| self.words.contains(*w)).count()
    }

    fn share(&self, words: &Words) -> f64 {
        self.hits(words) as f64 / words.common.len().max(1) as f64
    }

    /// Whether the text has no letters that the language lacks, as far as its script tells languages apart by letters.
    fn has_letters_of(&self, words: &Words) -> bool {
        let strange = words.special.iter().filter(|c| !self.letters.contains(**c)).count();
        strange as f64 <= STRANGE_LETTERS * words.letters as f64
    }
}

/// What a text is judged by.
struct Words {
    /// Words that are not capitalised, in lower case with a straight apostrophe: names are of any language.
    common: Vec<String>,
    /// Nearly all words are capitalised, so that `common` holds them all.
    shouted: bool,
    letters: usize,
    /// Letters that are not Latin.
    other_script: usize,
    /// Cyrillic and Arabic letters beside the plain ones.
    special: Vec<char>,
}

impl Words {
    fn of(text: &str) -> Self {
        let in_word = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '-') || is_mark(c);
        // One Latin letter is a word in some languages, and in every formula and list.
        let is_word =
            |w: &&str| w.contains(char::is_alphabetic) && !(w.chars().count() == 1 && w.starts_with(is_latin));
        // Addresses are of no language.
        let pieces = text.split_whitespace().filter(|p| !(p.contains('@') || p.contains("://") || p.contains("www.")));
        let all: Vec<&str> = pieces.flat_map(|p| p.split(|c| !in_word(c))).filter(is_word).collect();
        let small = |w: &&&str| !w.starts_with(char::is_uppercase);
        let count = all.iter().filter(small).count();
        // A text in capitals, or a headline with all its words capitalised, is judged by all of them.
        let shouted = count * 4 < all.len();
        let common = all.iter().filter(|w| shouted || small(w)).map(|w| w.to_lowercase().replace('’', "'")).collect();
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        Self {
            common,
            shouted,
            other_script: letters.iter().filter(|c| !is_latin(**c)).count(),
            special: letters.iter().flat_map(|c| c.to_lowercase()).filter(|c| is_special(*c)).collect(),
            letters: letters.len(),
        }
    }
}

/// Vowel signs and other marks, which stand inside words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{200c}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, 'ª' | 'º' | 'À'..='\u{2af}' | '\u{1d00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}')
}

/// A Cyrillic or Arabic letter that not every language of the script has.
fn is_special(c: char) -> bool {
    match c {
        '\u{400}'..='\u{52f}' => !matches!(c, 'а'..='я'),
        '\u{621}'..='\u{64a}' => matches!(c, 'ء'..='ئ' | 'ة'),
        '\u{66e}'..='\u{6d3}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => true,
        '\u{6d5}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
