//! Are the paragraphs of a text broken into lines of equal width? Then their lines belong together.

use std::borrow::Cow;

/// Narrowest and widest column, in characters, that counts as a page width.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=120;
/// Fewest line ends to judge by.
const FEWEST: usize = 6;

/// The lines of a text with their numbers from 1; where paragraphs are hard-wrapped, each is one line again.
///
/// A line end counts as a wrap where the next line's first word would not have fitted into the width any more; nearly
/// all line ends inside paragraphs must be such, else the text is left as it is.
pub(crate) fn lines(text: &str) -> Vec<(usize, Cow<'_, str>)> {
    let lines: Vec<&str> =
        text.split(['\n', '\u{2028}', '\u{2029}']).map(|l| l.strip_suffix('\r').unwrap_or(l)).collect();
    let plain = || lines.iter().enumerate().map(|(i, l)| (i + 1, Cow::Borrowed(*l))).collect();
    let Some(width) = width(&lines) else { return plain() };
    let mut out: Vec<(usize, Cow<'_, str>)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let wrapped = i > 0 && is_wrap(lines[i - 1], line, width);
        match out.last_mut() {
            Some((_, last)) if wrapped => {
                let joined = last.to_mut();
                joined.truncate(joined.trim_end().len());
                joined.push(' ');
                joined.push_str(line.trim_start());
            }
            _ => out.push((i + 1, Cow::Borrowed(*line))),
        }
    }
    out
}

/// The width that the text is wrapped to.
fn width(lines: &[&str]) -> Option<usize> {
    let width = lines.iter().map(|l| length(l)).max().filter(|w| WIDTHS.contains(w))?;
    let inside = || lines.windows(2).filter(|w| !w[0].trim().is_empty() && !w[1].trim().is_empty());
    let wraps = inside().filter(|w| is_wrap(w[0], w[1], width)).count();
    (wraps >= FEWEST && wraps * 10 >= inside().count() * 8).then_some(width)
}

fn is_wrap(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, length);
    let indented = next.starts_with([' ', '\t', '•', '*', '-']);
    !line.trim().is_empty() && word > 0 && !indented && length(line.trim_end()) + 1 + word > width
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_paragraphs_are_whole_again() {
        let paragraph = "The army said on Monday that shells had fallen on three villages in the valley, where monitors of the mission had counted nine blasts, and that it had not answered the fire so far. ";
        let whole = paragraph.repeat(3).trim().to_owned();
        let mut wrapped = String::new();
        let mut column = 0;
        for word in whole.split(' ') {
            if column + word.len() + 1 > 70 {
                wrapped.push('\n');
                column = 0;
            } else if column > 0 {
                wrapped.push(' ');
                column += 1;
            }
            wrapped.push_str(word);
            column += word.len();
        }
        let text = format!("Shells fall on the valley\n\n{wrapped}\n\n{wrapped}");
        let found: Vec<String> =
            lines(&text).into_iter().map(|(_, l)| l.into_owned()).filter(|l| !l.is_empty()).collect();
        assert_eq!(found, ["Shells fall on the valley".to_owned(), whole.clone(), whole]);
    }

    #[test]
    fn lists_and_paragraphs_stay() {
        let text = "Title of it\nBy A. Name\nFirst paragraph.\nSecond one.\n12:05\nThird.\nFourth\nFifth\nSixth";
        assert_eq!(lines(text).len(), 9);
    }
}
