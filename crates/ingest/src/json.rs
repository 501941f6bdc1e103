//! Which reports are in a file of JSON: an object a line, objects one after the other, or a list of them?

use std::collections::BTreeSet;
use std::io::BufRead;

use evidence::Note;
use serde_json::Value;

use crate::charset;
use crate::error::Error;
use crate::fields::{Mapping, Record};
use crate::inbox::LARGEST;
use crate::pieces::{Found, Reader};
use crate::stream::{Line, Stream};
use crate::table::{filed, unmet_mapping, unread_fields};

/// Most names of fields that are remembered for the note on those that are not read.
const MOST_NAMES: usize = 200;

/// Reads the objects of a file one after the other.
#[derive(Debug)]
pub(crate) struct Objects {
    path: String,
    stream: Stream,
    map: Mapping,
    /// Whether each object has a line of its own.
    lines: bool,
    /// Line that is read next, from 1.
    line: u64,
    names: BTreeSet<String>,
    /// Objects that stood in a list inside the one object of the file.
    inner: std::vec::IntoIter<Value>,
    ended: bool,
}

impl Objects {
    /// The objects of a stream.
    ///
    /// # Errors
    /// If its first bytes cannot be read.
    pub fn open(path: &str, mut stream: Stream, map: &Mapping) -> Result<Self, Error> {
        let head = stream.peek(64 * 1024).map_err(|e| Error::stream(path, e))?;
        let start = head.iter().position(|b| *b == b'{' || *b == b'[').unwrap_or(0);
        let first = head[start..].split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
        // An object that ends with its line, or a line longer than what was looked at.
        let lines = head[start..].starts_with(b"{")
            && first.len() > 1
            && (start + first.len() >= head.len() || serde_json::from_slice::<Value>(first).is_ok() || !is_cut(first));
        let (path, map) = (path.to_owned(), map.clone());
        let inner = Vec::new().into_iter();
        Ok(Self { path, stream, map, lines, line: 1, names: BTreeSet::new(), inner, ended: false })
    }

    /// The next object's bytes with its first line.
    #[expect(clippy::type_complexity, reason = "an object or why it is none, if there is one, if the file can be read")]
    fn object(&mut self) -> Result<Option<(u64, Result<Vec<u8>, String>)>, Error> {
        if !self.lines {
            return self.value();
        }
        loop {
            let line = self.line;
            let read = self.stream.line(LARGEST).map_err(|e| Error::stream(&self.path, e))?;
            self.line += 1;
            match read {
                None => return Ok(None),
                Some(Line::TooLong) => return Ok(Some((line, Err(too_long("the line"))))),
                Some(Line::Whole(bytes)) => {
                    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
                    if !bytes.trim_ascii().is_empty() {
                        return Ok(Some((line, Ok(bytes.to_vec()))));
                    }
                }
            }
        }
    }

    /// The next object by its brackets, whatever stands between objects.
    #[expect(clippy::type_complexity, reason = "as above")]
    fn value(&mut self) -> Result<Option<(u64, Result<Vec<u8>, String>)>, Error> {
        let (mut bytes, mut depth, mut quoted, mut escaped) = (Vec::new(), 0_u64, false, false);
        let mut first = self.line;
        let mut too_large = false;
        loop {
            let input = self.stream.fill_buf().map_err(|e| Error::stream(&self.path, e))?;
            if input.is_empty() {
                let cut = Err("the file ends in the middle of an object; save it again".to_owned());
                return Ok((depth > 0).then_some((first, cut)));
            }
            let mut used = input.len();
            for (i, b) in input.iter().enumerate() {
                self.line += u64::from(*b == b'\n');
                match b {
                    _ if depth == 0 && *b != b'{' => continue,
                    b'\\' if quoted => escaped = !escaped,
                    b'"' if !escaped => quoted = !quoted,
                    b'{' if !quoted => {
                        first = if depth == 0 { self.line } else { first };
                        depth += 1;
                    }
                    b'}' if !quoted => depth -= 1,
                    _ => {}
                }
                escaped = escaped && *b == b'\\';
                too_large = too_large || bytes.len() as u64 >= LARGEST;
                if too_large {
                    bytes = Vec::new();
                } else {
                    bytes.push(*b);
                }
                if depth == 0 {
                    used = i + 1;
                    break;
                }
            }
            self.stream.consume(used);
            if depth == 0 && (too_large || !bytes.is_empty()) {
                return Ok(Some((first, if too_large { Err(too_long("the object")) } else { Ok(bytes) })));
            }
        }
    }

    /// One object as a report.
    fn filed(&mut self, line: u64, value: Value) -> Found {
        let Value::Object(object) = value else {
            return self.failed(line, "it is no object {…} with fields");
        };
        let record = Record { fields: object.into_iter().collect() };
        for (name, _) in &record.fields {
            if self.names.len() < MOST_NAMES && !self.names.contains(name) {
                self.names.insert(name.clone());
            }
        }
        filed(&record, &self.path, line, &self.map)
    }

    fn failed(&self, line: u64, why: &str) -> Found {
        Found::Failed(Error::file(format!("{}, line {line}: {why}", self.path)))
    }

    /// The list of objects in an object that is no report itself: `{"status": "ok", "articles": [{…}, {…}]}`.
    fn list(&self, value: &Value) -> Option<Vec<Value>> {
        let object = value.as_object()?;
        let is_report = object
            .keys()
            .any(|k| matches!(self.map.meaning(k), Some(crate::fields::Meaning::Text | crate::fields::Meaning::Html)));
        let lists = object.values().filter_map(Value::as_array);
        let mut lists = lists.filter(|l| l.first().is_some_and(Value::is_object));
        let found = lists.next().filter(|_| !is_report)?;
        lists.next().is_none().then(|| found.clone())
    }
}

impl Reader for Objects {
    fn next(&mut self, notes: &mut Vec<Note>) -> Option<Found> {
        if let Some(value) = self.inner.next() {
            return Some(self.filed(1, value));
        }
        if self.ended {
            return None;
        }
        let (line, bytes) = match self.object() {
            Ok(Some(found)) => found,
            Ok(None) => {
                let names: Vec<String> = self.names.iter().cloned().collect();
                notes.extend(unread_fields(&self.path, &names, &self.map));
                notes.extend(unmet_mapping(&self.path, &names, &self.map).filter(|_| !names.is_empty()));
                self.ended = true;
                return Some(Found::Nothing);
            }
            Err(error) => return Some(Found::Broken(error)),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(why) => return Some(self.failed(line, &why)),
        };
        let text = charset::decode(&bytes, Some("utf-8")).text;
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => match self.list(&value) {
                Some(list) => {
                    self.inner = list.into_iter();
                    Some(Found::Nothing)
                }
                None => Some(self.filed(line, value)),
            },
            Err(error) => {
                let why = error.to_string();
                let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
                Some(self.failed(line, &format!("it is no JSON ({why}, column {})", error.column())))
            }
        }
    }
}

/// Whether an object begins on a line and does not end on it.
fn is_cut(line: &[u8]) -> bool {
    serde_json::from_slice::<Value>(line).is_err_and(|e| e.is_eof())
}

fn too_long(what: &str) -> String {
    format!("{what} is longer than {} MB, too much for a report; it is passed over", LARGEST / 1_000_000)
}
