//! Is a feed built so that reading it stays cheap? One look at its bytes, before any parser sees them.

use crate::error::{Error, Trouble};

/// Deepest nesting of elements, or of lists and objects. Feeds carry pages, so it is deeper than a feed itself goes.
const DEEPEST: usize = 200;
/// Most entities that a feed may declare for itself, and longest value of one, in bytes.
const MOST_ENTITIES: usize = 300;
const LONGEST_ENTITY: usize = 64;
/// Most attributes of one element.
const MOST_ATTRIBUTES: usize = 200;

/// Looks at the build of a feed, XML or JSON.
///
/// # Errors
/// If it is nested deeper than feeds are, or declares entities that stand for others, for files, or for long texts.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Error> {
    match bytes.iter().find(|b| matches!(b, b'<' | b'{' | b'[')) {
        Some(b'<') => xml(bytes),
        Some(_) => json(bytes),
        None => Err(Error::new(Trouble::NotAFeed, "it is neither XML nor JSON")),
    }
}

fn hostile(message: impl Into<String>) -> Error {
    Error::new(Trouble::HostileFeed, message)
}

fn xml(bytes: &[u8]) -> Result<(), Error> {
    let (mut at, mut depth, mut entities) = (0, 0_usize, 0);
    while let Some(start) = find(bytes, at, b"<") {
        let rest = &bytes[start..];
        at = if rest.starts_with(b"<!--") {
            end(bytes, start + 4, b"-->")
        } else if rest.starts_with(b"<![CDATA[") {
            end(bytes, start + 9, b"]]>")
        } else if rest.starts_with(b"<?") {
            end(bytes, start + 2, b"?>")
        } else if rest.starts_with(b"<!ENTITY") {
            entities += 1;
            if entities > MOST_ENTITIES {
                return Err(hostile(format!("it declares more than {MOST_ENTITIES} entities")));
            }
            let end = tag_end(bytes, start).0;
            entity(&bytes[start..end])?;
            end
        } else if rest.starts_with(b"<!") {
            // What a document type holds is looked at by itself.
            start + 2
        } else if rest.starts_with(b"</") {
            depth = depth.saturating_sub(1);
            tag_end(bytes, start).0
        } else {
            let (end, attributes) = tag_end(bytes, start);
            if attributes > MOST_ATTRIBUTES {
                return Err(hostile(format!("an element has more than {MOST_ATTRIBUTES} attributes")));
            }
            if !bytes[start..end].ends_with(b"/>") {
                depth += 1;
            }
            if depth > DEEPEST {
                return Err(hostile(format!("its elements are nested more than {DEEPEST} deep")));
            }
            end
        };
    }
    Ok(())
}

/// An entity may stand for a few characters, as `&nbsp;` does, and for nothing else.
fn entity(declaration: &[u8]) -> Result<(), Error> {
    let has = |word: &[u8]| find(declaration, 0, word).is_some();
    if has(b"SYSTEM") || has(b"PUBLIC") {
        return Err(hostile("it declares an entity that stands for a file"));
    }
    if declaration.len() > LONGEST_ENTITY + b"<!ENTITY".len() {
        return Err(hostile(format!("it declares an entity of more than {LONGEST_ENTITY} bytes")));
    }
    let names_another = declaration.windows(2).any(|w| matches!(w, [b'&' | b'%', next] if *next != b'#'));
    if names_another {
        return Err(hostile("it declares an entity that stands for others"));
    }
    Ok(())
}

/// Where a tag ends (after its `>`), and how many values it has; a `>` within quotes is no end.
fn tag_end(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut quote, mut values) = (None, 0);
    for (n, b) in bytes.iter().enumerate().skip(start) {
        match (quote, b) {
            (None, b'>') => return (n + 1, values),
            (None, b'"' | b'\'') => {
                values += 1;
                quote = Some(*b);
            }
            (Some(q), b) if q == *b => quote = None,
            _ => {}
        }
    }
    (bytes.len(), values)
}

fn json(bytes: &[u8]) -> Result<(), Error> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for b in bytes {
        match (in_text, b) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'{' | b'[') => depth += 1,
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(hostile(format!("its lists and objects are nested more than {DEEPEST} deep")));
        }
    }
    Ok(())
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (first, tail) = what.split_first()?;
    let mut at = 0;
    while let Some(next) = rest[at..].iter().position(|b| b == first) {
        at += next;
        if rest[at + 1..].starts_with(tail) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

fn end(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    find(bytes, from, what).map_or(bytes.len(), |n| n + what.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(text: &str) -> Option<Trouble> {
        check(text.as_bytes()).err().map(|e| e.trouble())
    }

    #[test]
    fn entity_bombs_are_refused_unread() {
        let laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss>&b;</rss>";
        let quadratic = format!("<!DOCTYPE rss [<!ENTITY a '{}'>]><rss>&a;&a;</rss>", "x".repeat(10_000));
        let file = "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss>&a;</rss>";
        let parameter = "<!DOCTYPE rss [<!ENTITY % a '%b;'>]><rss/>";
        let many = format!("<!DOCTYPE rss [{}]><rss/>", "<!ENTITY a 'b'>".repeat(1000));
        for text in [laughs, &quadratic, file, parameter, &many] {
            assert_eq!(trouble(text), Some(Trouble::HostileFeed), "{}", &text[..text.len().min(100)]);
        }
        let old =
            "<!DOCTYPE rss PUBLIC '-//N//DTD R//EN' 'http://example.org/a.dtd' [<!ENTITY nbsp '&#160;'>]><rss></rss>";
        assert_eq!(trouble(old), None);
    }

    #[test]
    fn deep_nests_are_refused_and_what_only_looks_like_one_is_not() {
        assert_eq!(trouble(&"<a>".repeat(200_000)), Some(Trouble::HostileFeed));
        assert_eq!(trouble(&"[".repeat(200_000)), Some(Trouble::HostileFeed));
        assert_eq!(trouble(&format!("<a {}>", "b='c' ".repeat(10_000))), Some(Trouble::HostileFeed));
        let flat =
            format!("<rss>{}{}</rss>", "<a b='>'/><b>c</b>".repeat(5000), "<![CDATA[<x><x>]]><!--<x>-->".repeat(500));
        assert_eq!(trouble(&flat), None);
        let json = format!("{{\"a\": \"{}\", \"b\": [{}]}}", "[\\\"{".repeat(1000), "{},".repeat(1000));
        assert_eq!(trouble(&json), None);
        assert_eq!(trouble("hello"), Some(Trouble::NotAFeed));
        for broken in ["<", "<!", "<!--", "<![CDATA[", "<!ENTITY", "<a b='", "</", "<?", "{\"a\\"] {
            assert_eq!(trouble(broken), None, "{broken}: the parser will tell");
        }
    }
}
