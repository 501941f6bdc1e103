//! Which characters of a text steer a screen or hide between letters? They are left out, and no word is lost by it.
//!
//! A mark that turns the direction of writing shows a reader other words than are there; one without width parts a word
//! for a program and not for a reader. Both would let a report say one thing to people and another to the ledger.

use std::borrow::Cow;

use evidence::Note;

use crate::piece::{Particulars, Told};

/// What becomes of a character.
enum Fate {
    Kept,
    /// A line ends here.
    Line,
    /// Words part here.
    Space,
    LeftOut,
}

/// The text without such characters, and how many there were.
pub(crate) fn without_marks(text: &str) -> (Cow<'_, str>, usize) {
    let plain = |c: char| matches!(fate(c, None, None), Fate::Kept) && !is_joiner(c);
    if text.chars().all(plain) {
        return (Cow::Borrowed(text), 0);
    }
    let mut out = String::with_capacity(text.len());
    let mut found = 0;
    let mut rest = text.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        match fate(c, before, rest.peek().copied()) {
            Fate::Kept => out.push(c),
            Fate::Line => out.push('\n'),
            Fate::Space => out.push(' '),
            Fate::LeftOut => {
                found += 1;
                continue;
            }
        }
        before = Some(c);
    }
    (Cow::Owned(out), found)
}

fn fate(c: char, before: Option<char>, after: Option<char>) -> Fate {
    match c {
        '\n' | '\t' | '\r' => Fate::Kept,
        '\u{b}' | '\u{c}' | '\u{85}' => Fate::Line,
        '\u{1c}'..='\u{1f}' => Fate::Space,
        c if c.is_control() => Fate::LeftOut,
        // Marks of direction, without width, of annotation, and letters that only programs see.
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => Fate::LeftOut,
        '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{ad}' | '\u{180e}' => Fate::LeftOut,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => Fate::LeftOut,
        // Joiners are letters' business in Persian, in Hindi and between emoji, and nobody's beside Latin letters.
        c if is_joiner(c) => {
            let latin = |c: Option<char>| c.is_none_or(|c| c.is_ascii() || ('\u{c0}'..'\u{250}').contains(&c));
            if latin(before) || latin(after) { Fate::LeftOut } else { Fate::Kept }
        }
        _ => Fate::Kept,
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Takes such characters out of what is told of a report.
pub(crate) fn clean(told: &mut Particulars) {
    let line = |value: &mut Option<Told<String>>| {
        if let Some(told) = value {
            told.value = one_line(&told.value);
        }
        *value = value.take().filter(|t| !t.value.is_empty());
    };
    let list = |value: &mut Option<Told<Vec<String>>>| {
        if let Some(told) = value {
            told.value = told.value.iter().map(|v| one_line(v)).filter(|v| !v.is_empty()).collect();
        }
        *value = value.take().filter(|t| !t.value.is_empty());
    };
    let Particulars { title, byline, outlet, agencies, section, url, .. } = told;
    [title, outlet, section, url].into_iter().for_each(line);
    [byline, agencies].into_iter().for_each(list);
}

/// A value on one line.
fn one_line(value: &str) -> String {
    without_marks(value).0.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A note on characters that were left out of a report.
pub(crate) fn note(path: &str, found: usize) -> Option<Note> {
    let what = if found == 1 {
        "1 invisible or steering character was".into()
    } else {
        format!("{found} invisible or steering characters were")
    };
    let told = format!("{path}: {what} left out of its words; look at the original if it matters where they stood");
    // A single one is mostly a byte order mark or a soft hyphen.
    (found > 0).then(|| Note::new("hidden-marks", told))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, usize) {
        let (clean, found) = without_marks(text);
        (clean.into_owned(), found)
    }

    #[test]
    fn marks_go_and_words_stay_whole() {
        assert_eq!(of("two \u{202e}dellik\u{202c} on\u{200b} Mon\u{ad}day"), ("two dellik on Monday".into(), 4));
        assert_eq!(of("ki\0lled\u{1b}[31m"), ("killed[31m".into(), 2));
        assert_eq!(of("one\u{c}two\u{85}three"), ("one\ntwo\nthree".into(), 0));
        assert_eq!(of("k\u{200d}illed"), ("killed".into(), 1));
    }

    #[test]
    fn what_other_scripts_need_stays() {
        for text in ["می\u{200c}شود", "👩\u{200d}🚒", "क्\u{200d}ष", "Zoë\tsaid\r\nso"] {
            assert_eq!(of(text), (text.to_owned(), 0));
        }
    }

    #[test]
    fn values_are_cleaned_and_empty_ones_go() {
        let mut told = Particulars {
            title: Some(Told::new("\u{202e}Shells\n fall".to_owned(), "x")),
            outlet: Some(Told::new("\u{200b}".to_owned(), "x")),
            ..Particulars::default()
        };
        clean(&mut told);
        assert_eq!(told.title.map(|t| t.value).as_deref(), Some("Shells fall"));
        assert_eq!(told.outlet, None);
    }
}
