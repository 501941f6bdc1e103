//! What does a block of JSON say, also if it is not quite JSON?
//!
//! Pages carry line breaks in strings, commas at ends of lists, comments around the whole, and blocks cut short. What
//! can be read of such a block is read; nesting beyond [`DEEPEST`] is passed over.

/// Deepest nesting that is kept.
const DEEPEST: usize = 40;

/// A value of JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A number, `true`, `false` or `null`, as written.
    Bare(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The value of a key of an object, the first if it stands there twice; of the first object of a list.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Object(fields) => fields.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The value and, of a list, each of its values.
    pub fn each(&self) -> &[Value] {
        match self {
            Self::List(values) => values,
            other => std::slice::from_ref(other),
        }
    }

    /// The string; a number as it is written.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(t) => Some(t.trim()),
            Self::Bare(b) if b.starts_with(|c: char| c.is_ascii_digit()) => Some(b.as_str()),
            _ => None,
        }
        .filter(|t| !t.is_empty())
    }
}

/// The values of a block, one after the other.
pub(super) fn values(block: &str) -> Vec<Value> {
    let block = &*block.replace("<![CDATA[", " ");
    let mut reader = Reader { text: block, at: block.find(['{', '[']).unwrap_or(block.len()) };
    let mut found = Vec::new();
    while reader.at < block.len() {
        found.extend(reader.value(0));
        reader.at += block[reader.at..].find(['{', '[']).unwrap_or(block.len() - reader.at);
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b'{' | b'[' if depth >= DEEPEST => {
                self.at = self.text.len();
                None
            }
            b'{' => Some(self.object(depth)),
            b'[' => Some(self.list(depth)),
            _ => self.bare(),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut fields = Vec::new();
        loop {
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b'"') => {
                    let Some(key) = self.string() else { break };
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        let Some(value) = self.value(depth + 1) else { continue };
                        fields.push((key, value));
                    }
                }
                Some(b']') | None => break,
                Some(_) => self.skip(),
            }
        }
        Value::Object(fields)
    }

    fn list(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b',') => self.at += 1,
                Some(b'}') | None => break,
                Some(_) => match self.value(depth + 1) {
                    Some(value) => values.push(value),
                    None => self.skip(),
                },
            }
        }
        Value::List(values)
    }

    /// A string; a quotation mark inside it that nobody escaped does not end it.
    fn string(&mut self) -> Option<String> {
        let start = self.at + 1;
        let mut out = String::new();
        let mut chars = self.text[start..].char_indices();
        while let Some((i, c)) = chars.next() {
            match c {
                '"' if self.ends_at(start + i + 1) => {
                    self.at = start + i + 1;
                    return Some(out);
                }
                '\\' => match chars.next() {
                    Some((_, 'n' | 'r' | 't')) => out.push(' '),
                    Some((j, 'u')) => {
                        let unit = |at: usize| u16::from_str_radix(self.text.get(at..at + 4)?, 16).ok();
                        let first = unit(start + j + 1);
                        let pair = first.is_some_and(|f| (0xd800..0xdc00).contains(&f));
                        let second = if pair { unit(start + j + 7) } else { None };
                        let units: Vec<u16> = first.into_iter().chain(second).collect();
                        out.push_str(&String::from_utf16_lossy(&units));
                        let used = if first.is_none() { 0 } else { 4 + 6 * usize::from(second.is_some()) };
                        chars.by_ref().take(used).for_each(drop);
                    }
                    Some((_, other)) => out.push(other),
                    None => break,
                },
                c => out.push(c),
            }
        }
        self.at = self.text.len();
        None
    }

    /// Whether what follows a quotation mark shows that it ended a string.
    fn ends_at(&self, at: usize) -> bool {
        let next = self.text[at..].trim_start().chars().next();
        next.is_none_or(|c| matches!(c, ',' | ':' | '}' | ']' | '"'))
    }

    fn bare(&mut self) -> Option<Value> {
        let rest = &self.text[self.at..];
        let length =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '_'))).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        self.at += length;
        Some(Value::Bare(rest[..length].to_owned()))
    }

    fn skip(&mut self) {
        self.at += self.text[self.at..].chars().next().map_or(0, char::len_utf8);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text<'a>(value: &'a Value, key: &str) -> &'a str {
        value.get(key).and_then(Value::text).unwrap_or_default()
    }

    #[test]
    fn json_as_pages_write_it() {
        let block = "/* <![CDATA[ */ {\"headline\": \"Shells\nfall \\u0022again\\\" \\ud83d\\ude00\", \"n\": 2020, \"l\": [1, {\"a\": \"b\",},],} // ]]>";
        let found = values(block);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(text(&found[0], "headline"), "Shells\nfall \"again\" 😀");
        assert_eq!(text(&found[0], "n"), "2020");
        assert_eq!(found[0].get("l").map(|l| l.each().len()), Some(2));
    }

    #[test]
    fn quotation_marks_that_nobody_escaped_and_blocks_cut_short() {
        let found =
            values(r#"{"headline": "The "ceasefire" holds", "datePublished": "2021-05-03", "author": {"name": "A"#);
        assert_eq!(text(&found[0], "headline"), r#"The "ceasefire" holds"#);
        assert_eq!(text(&found[0], "datePublished"), "2021-05-03");
    }

    #[test]
    fn nesting_without_end_is_passed_over() {
        assert!(values(&"[".repeat(100_000)).len() <= 1);
        assert!(values(&"{\"a\":".repeat(100_000)).len() <= 1);
    }

    proptest! {
        #[test]
        fn any_text_is_read(block in "[\\[\\]{}\",:\\\\u0-9a-d é\n]{0,120}") {
            values(&block);
        }
    }
}
