//! Can this page be read at all in bounded time and stack, or is it built so that reading it would not end?
//!
//! Parsers of HTML take time that grows with the square of nesting, and what walks the tree afterwards does so on the
//! stack. One pass over the characters, before any parser sees them, follows which elements are open as a browser
//! would, roughly: unclosed paragraphs, list items and cells end where the next begins.

use crate::error::Error;

/// Deepest nesting that is read. Pages of papers nest 15 to 60 deep; above 500 the extractor sees nothing any more.
pub(super) const DEEPEST: usize = 250;
/// Longest page, in bytes of UTF-8. Extraction takes about 0.4 s for each megabyte of plain paragraphs.
pub(super) const LONGEST: usize = 10_000_000;
/// Most elements: tags, and those that a parser makes again for formatting that nobody closed.
const MOST_ELEMENTS: usize = 200_000;
/// Most attributes of one tag: each is compared with each (30,000 take six seconds).
const MOST_ATTRIBUTES: usize = 1_000;

/// Elements that have no content.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "wbr",
];
/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
/// Elements that a parser opens again after a block that ended while they were open.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that end an open paragraph.
const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
/// Elements that no end tag reaches across.
const WALLS: [&str; 9] = ["table", "td", "th", "caption", "button", "object", "template", "svg", "html"];
/// Elements in which formatting begins anew.
const CELLS: [&str; 5] = ["td", "th", "caption", "object", "template"];

/// Looks at a page before any parser does.
///
/// # Errors
/// If it is too long, too deep or has too many elements, or attributes in one: what, where and how to mend it.
pub(super) fn check(page: &str) -> Result<(), Error> {
    if page.len() > LONGEST {
        return Err(refused(&format!("has {:.1} MB of markup, over {} MB", mb(page.len()), LONGEST / 1_000_000)));
    }
    let mut open = Open::default();
    let mut at = 0;
    while let Some(start) = page[at..].find('<').map(|i| at + i) {
        if !page[at..start].trim_ascii().is_empty() {
            open.formatting_again();
        }
        let rest = &page[start..];
        at = start + after(rest).unwrap_or(rest.len());
        let Some(tag) = Tag::read(&page[start..at]) else { continue };
        if tag.attributes > MOST_ATTRIBUTES {
            let told = format!("has a tag with {} attributes, over {MOST_ATTRIBUTES}", tag.attributes);
            return Err(refused(&format!("{told} ({})", place(page, start))));
        }
        match tag.ends {
            true => open.end(&tag.name),
            false => open.start(&tag),
        }
        if open.stack.len() > DEEPEST {
            let told =
                format!("nests its elements more than {DEEPEST} deep ({}, at <{}>)", place(page, start), tag.name);
            return Err(refused(&told));
        }
        if open.made > MOST_ELEMENTS {
            return Err(refused(&format!("has more than {MOST_ELEMENTS} elements ({})", place(page, start))));
        }
        if !tag.ends && RAW.contains(&&*tag.name) && !open.foreign() {
            at += end_of_raw(&page[at..], &tag.name);
        }
    }
    Ok(())
}

/// An error that says what of a page is beyond bounds.
pub(super) fn refused(what: &str) -> Error {
    Error::file(format!("the page {what}: such pages are made to stop readers; save its text as UTF-8 text"))
}

fn mb(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn place(page: &str, at: usize) -> String {
    format!("line {}", page.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1)
}

/// Bytes to the end of the comment, tag or lone `<` that `rest` begins with.
fn after(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
        return rest.find('>').map(|i| i + 1);
    }
    if rest.starts_with("<!--") {
        return [rest.find("-->").map(|i| i + 3), rest.find("--!>").map(|i| i + 4)].into_iter().flatten().min();
    }
    match bytes.get(1) {
        Some(b'!' | b'?') => return rest.find('>').map(|i| i + 1),
        Some(b'/') if !bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => return rest.find('>').map(|i| i + 1),
        Some(b'/') => {}
        Some(c) if c.is_ascii_alphabetic() => {}
        _ => return Some(1),
    }
    let mut quote = None;
    let mut last = b' ';
    for (i, b) in bytes.iter().enumerate().skip(1) {
        match (quote, *b) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            // A quotation mark opens a value only after an equals sign.
            (None, b'"' | b'\'') if last == b'=' => quote = Some(*b),
            (None, b'>') => return Some(i + 1),
            _ => {}
        }
        if !b.is_ascii_whitespace() {
            last = *b;
        }
    }
    None
}

fn end_of_raw(rest: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(i) = rest[at..].find("</").map(|i| at + i) {
        let word = rest.as_bytes().get(i + 2..i + 2 + name.len());
        if word.is_some_and(|w| w.eq_ignore_ascii_case(name.as_bytes())) {
            return i;
        }
        at = i + 2;
    }
    rest.len()
}

struct Tag<'a> {
    name: String,
    /// The whole tag, by which formatting is told to be the same.
    text: &'a str,
    ends: bool,
    attributes: usize,
}

impl<'a> Tag<'a> {
    /// The tag that `text` is, if it is one.
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let ends = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let length = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(inner.len());
        let name = inner[..length].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        Some(Self { name, text, ends, attributes: attributes(inner[length..].as_bytes()) })
    }
}

/// How many attributes stand in the rest of a tag, or a few more.
fn attributes(rest: &[u8]) -> usize {
    let (mut count, mut quote, mut last) = (0, None, b' ');
    for b in rest {
        match quote {
            Some(q) if q == *b => quote = None,
            Some(_) => continue,
            None if matches!(b, b'"' | b'\'') && last == b'=' => quote = Some(*b),
            None => {
                let begins = last.is_ascii_whitespace() || matches!(last, b'"' | b'\'' | b'/');
                count += usize::from(begins && !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/' | b'>'));
            }
        }
        last = *b;
    }
    count
}

/// A formatting element that is not closed.
struct Formatting {
    name: String,
    text: String,
    /// Whether it is on the stack of open elements.
    open: bool,
}

/// What is open at a place of the page.
#[derive(Default)]
struct Open {
    stack: Vec<String>,
    /// `None` where a cell began.
    formatting: Vec<Option<Formatting>>,
    /// Elements so far.
    made: usize,
}

impl Open {
    fn start(&mut self, tag: &Tag<'_>) {
        let name = &*tag.name;
        self.made += 1;
        if BLOCKS.contains(&name) {
            self.close("p", &WALLS);
        }
        match name {
            "li" => self.close("li", &["ul", "ol", "menu", "table", "td", "th"]),
            "dd" | "dt" => {
                self.close("dd", &["dl", "table", "td", "th"]);
                self.close("dt", &["dl", "table", "td", "th"]);
            }
            "option" | "optgroup" => self.close("option", &["select", "datalist"]),
            "td" | "th" => {
                self.close("td", &["table", "tr"]);
                self.close("th", &["table", "tr"]);
            }
            "tr" => self.close("tr", &["table"]),
            "tbody" | "thead" | "tfoot" => ["tbody", "thead", "tfoot"].iter().for_each(|n| self.close(n, &["table"])),
            "a" | "nobr" if self.formatted(name) => self.end(name),
            _ => {}
        }
        if !BLOCKS.contains(&name) {
            self.formatting_again();
        }
        if VOID.contains(&name) || self.foreign() && tag.text.ends_with("/>") {
            return;
        }
        if FORMATTING.contains(&name) {
            self.note_formatting(tag);
        }
        if CELLS.contains(&name) {
            self.formatting.push(None);
        }
        self.stack.push(tag.name.clone());
    }

    fn end(&mut self, name: &str) {
        if !FORMATTING.contains(&name) {
            let inline = !BLOCKS.contains(&name) && !WALLS.contains(&name);
            let walls: Vec<&str> = WALLS.iter().copied().filter(|w| *w != name).collect();
            // The end of an inline element is not seen across a block.
            let hidden = inline && self.stack.iter().rev().take_while(|o| *o != name).any(|o| BLOCKS.contains(&&**o));
            if !hidden {
                self.close(name, if name == "table" || name == "tr" || name == "html" { &[] } else { &walls });
            }
            return;
        }
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        let named = |f: &Option<Formatting>| f.as_ref().is_some_and(|f| f.name == name);
        if let Some(i) = self.formatting[from..].iter().rposition(named) {
            self.formatting.remove(from + i);
        }
        let Some(at) = self.stack.iter().rposition(|o| o == name) else { return };
        if self.stack[at..].iter().any(|o| BLOCKS.contains(&&**o) || WALLS.contains(&&**o)) {
            // The block stays open; a parser copies what stood between.
            self.made += self.stack.len() - at;
            if !self.stack[at..].iter().any(|o| WALLS.contains(&&**o)) {
                self.stack.remove(at);
            }
        } else {
            self.pop_to(at);
        }
    }

    /// Closes the innermost element of that name, if none of `walls` stands before it.
    fn close(&mut self, name: &str, walls: &[&str]) {
        for at in (0..self.stack.len()).rev() {
            if self.stack[at] == name {
                return self.pop_to(at);
            }
            if walls.contains(&&*self.stack[at]) {
                return;
            }
        }
    }

    fn pop_to(&mut self, length: usize) {
        while self.stack.len() > length {
            let Some(name) = self.stack.pop() else { return };
            if CELLS.contains(&&*name) {
                let from = self.formatting.iter().rposition(Option::is_none).unwrap_or(0);
                self.formatting.truncate(from);
            } else if FORMATTING.contains(&&*name) {
                let closed = self.formatting.iter_mut().flatten().rfind(|f| f.open && f.name == name);
                if let Some(f) = closed {
                    f.open = false;
                }
            }
        }
    }

    /// Opens formatting again that a block closed.
    fn formatting_again(&mut self) {
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        for f in self.formatting[from..].iter_mut().flatten().filter(|f| !f.open) {
            f.open = true;
            self.made += 1;
            self.stack.push(f.name.clone());
        }
    }

    /// Three of the same are kept, no more.
    fn note_formatting(&mut self, tag: &Tag<'_>) {
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        let same = |f: &Option<Formatting>| f.as_ref().is_some_and(|f| f.text == tag.text);
        let mut twins = (from..self.formatting.len()).filter(|i| same(&self.formatting[*i]));
        if let (Some(first), Some(_), Some(_)) = (twins.next(), twins.next(), twins.next()) {
            self.formatting.remove(first);
        }
        self.formatting.push(Some(Formatting { name: tag.name.clone(), text: tag.text.to_owned(), open: true }));
    }

    fn formatted(&self, name: &str) -> bool {
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        self.formatting[from..].iter().flatten().any(|f| f.name == name)
    }

    /// Whether it is in a drawing or formula, where other rules hold.
    fn foreign(&self) -> bool {
        self.stack.iter().any(|o| o == "svg" || o == "math")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refusal(page: &str) -> Option<String> {
        check(page).err().map(|e| e.to_string())
    }

    #[test]
    fn what_is_made_to_stop_readers_is_refused_at_once() {
        let many = |unit: &str, n: usize| unit.repeat(n);
        let fonts: String = (0..5_000).map(|i| format!("<p><font size={i}>word</p>")).collect();
        let attributes: String = (0..30_000).map(|i| format!(" a{i}=1")).collect();
        for (page, what) in [
            (many("<span>", 200_000), "more than 250 deep"),
            (many("<div>\n", 20_000), "line 251, at <div>"),
            (many("<table><tr><td>", 5_000), "more than 250 deep"),
            (many("<b><div>", 5_000), "more than 250 deep"),
            (many("<svg><g>", 5_000), "more than 250 deep"),
            (fonts, "more than 250 deep"),
            (many("<p>word", 300_000), "more than 200000 elements"),
            (format!("<p{attributes}>x"), "30000 attributes"),
            (many("word ", 3_000_000), "15.0 MB of markup"),
        ] {
            let told = refusal(&page).unwrap_or_default();
            assert!(told.contains(what), "{what}: {told}");
            assert!(told.contains("save its text"), "{told}");
        }
    }

    #[test]
    fn what_people_leave_open_is_no_depth() {
        for unit in [
            "<p>One paragraph.",
            "<li>One item",
            "<br>line<img src=x><hr>",
            "<dt>Word<dd>What it means",
            "<tr><td>a<td>b",
            "<p>Words <b>strong</p>",
            "<a name=x>anchor",
            "<div><span>x</div>",
            "<option>one",
            "<!-- <div> --><script>'<div>'</script><style><div></style>",
        ] {
            assert_eq!(refusal(&format!("<html><body><table>{}", unit.repeat(2_000))), None, "{unit}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(page in "[<>/!='\" abpdiv-]{0,200}") {
            prop_assert!(check(&page).is_ok());
        }
    }
}
