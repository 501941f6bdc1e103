//! Can this page be read at all in bounded time and stack, or is it built so that reading it would not end?
//!
//! Parsers of HTML take time that grows with the square of nesting, and what walks the tree afterwards does so on the
//! stack. One pass over the characters, before any parser sees them, follows which elements are open as a browser
//! would, roughly: unclosed paragraphs, list items and cells end where the next begins.

use crate::error::Error;

use super::open::Open;

/// Deepest nesting that is read. Pages of papers nest 15 to 60 deep; above 500 the extractor sees nothing any more.
pub(super) const DEEPEST: usize = 250;
/// Longest page, in bytes of UTF-8. Extraction takes about 0.4 s for each megabyte of plain paragraphs.
pub(super) const LONGEST: usize = 10_000_000;
/// Most elements: tags, and those that a parser makes again for formatting that nobody closed.
const MOST_ELEMENTS: usize = 200_000;
/// Most attributes of one tag: each is compared with each (30,000 take six seconds).
const MOST_ATTRIBUTES: usize = 1_000;

/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
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
        let end = rest.find("-->");
        // Looked for no further than that, or a page of comments would be gone through for each of them.
        let odd = rest[..end.unwrap_or(rest.len())].find("--!>");
        return odd.map(|i| i + 4).or(end.map(|i| i + 3));
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

/// A tag as it is written.
pub(super) struct Tag<'a> {
    /// Name in lower case.
    pub name: String,
    /// The whole tag, by which formatting is told to be the same.
    pub text: &'a str,
    /// Whether it is an end tag.
    pub ends: bool,
    /// How many attributes it has.
    pub attributes: usize,
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
        Some(Self { name, text, ends, attributes: attributes(&inner.as_bytes()[length..]) })
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

    #[test]
    fn the_time_grows_with_the_page_alone() {
        for unit in [
            "<",
            "<!--",
            "<!-- x -->",
            "</",
            "</p>",
            "<a ",
            "<p x='",
            "<p>",
            "<br>",
            "<script>",
            "<script></",
            "<p></b></i>",
            "<b></b>",
            "<td><b>x</td>",
        ] {
            // Anything that went through the page again for each tag would take hours.
            let start = std::time::Instant::now();
            let _ = check(&unit.repeat(400_000 / unit.len()));
            assert!(start.elapsed().as_secs() < 30, "{unit}: {:?}", start.elapsed());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(page in "[<>/!='\" abpdiv-]{0,200}") {
            prop_assert!(check(&page).is_ok());
        }
    }
}
