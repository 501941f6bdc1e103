//! What does a Markdown file say, without its marks?

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::fields::Record;
use crate::piece::{Body, Particulars, Piece, Told};

/// Longest front matter, in bytes.
const LONGEST_MATTER: usize = 64 * 1024;
/// How much of a text is looked at to recognise it, in bytes.
const LOOKED_AT: usize = 16 * 1024;

/// Whether a text clearly is Markdown: known front matter, or marks of two points' worth.
pub(crate) fn is_markdown(text: &str) -> bool {
    if matter(text).is_some() {
        return true;
    }
    let end = text.char_indices().map(|(i, _)| i).find(|i| *i >= LOOKED_AT).unwrap_or(text.len());
    let lines: Vec<&str> = text[..end].lines().collect();
    let heading = |l: &&str| {
        let marks = l.bytes().take_while(|b| *b == b'#').count();
        (1..=6).contains(&marks) && l[marks..].starts_with(' ') && !l[marks..].trim().is_empty()
    };
    let first = lines.iter().find(|l| !l.trim().is_empty()).is_some_and(heading);
    let under = |w: &[&str]| {
        let rule = w[1].trim_end();
        rule.len() > 2
            && !w[0].trim().is_empty()
            && (rule.bytes().all(|b| b == b'=') || rule.bytes().all(|b| b == b'-'))
    };
    let point = |is: bool, worth: u32| if is { worth } else { 0 };
    let text = &text[..end];
    let points = point(first, 2)
        + point(lines.iter().filter(|l| heading(l)).count() > 1, 2)
        + lines.iter().map(|l| link(l)).max().unwrap_or_default()
        + point(text.contains("!["), 1)
        + point(lines.windows(2).any(under), 1)
        + point(text.matches("**").count() > 1, 1)
        + point(lines.iter().any(|l| l.starts_with("```")), 1)
        + point(lines.iter().any(|l| l.starts_with("> ")), 1);
    points >= 2
}

/// "[words](https://…)" in a line: 2 for an address of the net, 1 for one within a site, which may also be brackets in a
/// row; 0 for none.
fn link(line: &str) -> u32 {
    let worth = |(at, _): (usize, &str)| {
        let after = &line[at + 2..];
        let words = line[..at].rsplit_once('[').is_some_and(|(_, words)| words.contains(char::is_alphanumeric));
        match words && after.contains(')') {
            true if after.starts_with("http") => 2,
            true if after.starts_with(['/', '#']) => 1,
            _ => 0,
        }
    };
    line.match_indices("](").map(worth).max().unwrap_or_default()
}

/// The report in a Markdown file.
pub(crate) fn read(path: &str, text: &str) -> Piece {
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']);
    let (record, rest) = matter(text).unwrap_or((Record::default(), text));
    let filed = record.filed(&Default::default());
    let mut words = Words::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(rest, options) {
        words.take(event);
    }
    words.end_line();
    let title = words.title.filter(|t| !t.is_empty()).map(|t| Told::new(t, "the first heading"));
    let told = filed.told;
    let particulars = Particulars { title: told.title.clone().or(title), ..told };
    Piece { path: path.to_owned(), body: Body::Text(words.text), particulars }
}

/// The fields at the top of a file between lines of three hyphens, and the text after them.
fn matter(text: &str) -> Option<(Record, &str)> {
    let inside = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let mut at = 0;
    let mut record = Record::default();
    for line in inside.split_inclusive('\n') {
        at += line.len();
        if at > LONGEST_MATTER {
            return None;
        }
        let plain = line.trim_end();
        if plain == "---" || plain == "..." {
            let known = record.fields.iter().any(|(name, _)| crate::fields::is_known(name));
            return known.then_some((record, &inside[at..]));
        }
        add(&mut record, plain);
    }
    None
}

/// A line of front matter: `key: value`, or `- value` of a list under the key before.
fn add(record: &mut Record, line: &str) {
    let item = line.trim_start().strip_prefix("- ");
    if let (Some(item), Some((_, value))) = (item, record.fields.last_mut()) {
        match value {
            Value::Array(list) => list.push(unquoted(item)),
            Value::String(text) if text.is_empty() => *value = Value::Array(vec![unquoted(item)]),
            _ => {}
        }
        return;
    }
    let Some((name, value)) = line.split_once(':').filter(|(name, _)| !name.starts_with([' ', '#'])) else { return };
    let list = value.trim().strip_prefix('[').and_then(|v| v.strip_suffix(']'));
    let value = match list {
        Some(list) => Value::Array(list.split(',').map(unquoted).collect()),
        None => unquoted(value),
    };
    record.fields.push((name.trim().to_owned(), value));
}

fn unquoted(value: &str) -> Value {
    let value = value.trim();
    let inside = |q: char| value.strip_prefix(q).and_then(|v| v.strip_suffix(q));
    Value::String(inside('"').or_else(|| inside('\'')).unwrap_or(value).to_owned())
}

/// The words of a text, a paragraph a line.
#[derive(Default)]
struct Words {
    text: String,
    line: String,
    title: Option<String>,
    /// Whether the line is the first heading of all, which is the title.
    in_title: bool,
    /// How many pictures, blocks of code or of HTML are open: their words are no part of the report.
    hidden: usize,
}

impl Words {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words)
                if self.hidden == 0 =>
            {
                self.line.push_str(&words);
            }
            Event::SoftBreak if self.hidden == 0 => self.line.push(' '),
            Event::HardBreak => self.end_line(),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.end_line(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => self.hidden += 1,
            Tag::Heading { .. } => {
                self.end_line();
                self.in_title = self.text.is_empty() && self.title.is_none();
            }
            Tag::Paragraph | Tag::Item | Tag::TableRow | Tag::TableHead | Tag::List(_) => self.end_line(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            TagEnd::Heading(_) if self.in_title => {
                self.title = Some(std::mem::take(&mut self.line).split_whitespace().collect::<Vec<_>>().join(" "));
                self.in_title = false;
            }
            TagEnd::TableCell => self.line.push_str(" | "),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => {
                self.end_line();
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim().trim_end_matches(" |");
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let text = "# Shells fall on *Dorne*\n\nThe **army** said [on Monday](https://a.example/x) that\nshells fell.\n\n\
            ![a picture](x.png)\n\n- Two dead\n- Five hurt\n\n> \"We did not,\" a *spokesman* said.\n\n```\ncode\n```\n\nEnd<br>of it & all.";
        let piece = read("a.md", text);
        let Body::Text(words) = piece.body else { panic!("text") };
        assert_eq!(
            words,
            "The army said on Monday that shells fell.\nTwo dead\nFive hurt\n\"We did not,\" a spokesman said.\nEnd\nof it & all.\n"
        );
        assert_eq!(piece.particulars.title, Some(Told::new("Shells fall on Dorne".to_owned(), "the first heading")));
    }

    #[test]
    fn front_matter_tells_of_the_report() {
        let text = "---\ntitle: \"Shells fall\"\nauthors:\n  - A. Name\n  - B. Name\ndate: 2020-10-10\nlayout: post\n---\n# Other\nWords.\n";
        assert!(is_markdown(text));
        let p = read("a.md", text).particulars;
        assert_eq!(p.title, Some(Told::new("Shells fall".to_owned(), "field \"title\"")));
        assert_eq!(p.byline.map(|b| b.value.len()), Some(2));
        assert_eq!(p.published.map(|d| d.value.to_string()).as_deref(), Some("2020-10-10"));
    }

    #[test]
    fn plain_texts_are_not_taken_for_markdown() {
        for text in [
            "Shells fall on Dorne\n\nThe army said so on Monday.\n- Two dead\n- Five hurt",
            "#Dorne is burning\nWords.",
            "---\nWords between rules.\n---\n",
            "He said: \"It is 2 * 3 * 4.\"",
        ] {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
