//! Which pages and texts are in a web archive (WARC)?

use std::collections::BTreeMap;
use std::io::Read;

use evidence::Note;

use crate::error::Error;
use crate::http;
use crate::inbox::LARGEST;
use crate::moment;
use crate::piece::{Body, Particulars, Piece, Told};
use crate::pieces::{Found, Reader, plain};
use crate::source::{self, Kind};
use crate::stream::{Line, Stream};

/// Longest head of a record, in bytes.
const LONGEST_HEAD: u64 = 64 * 1024;

/// Reads the records of an archive one after the other.
#[derive(Debug)]
pub(crate) struct Warc {
    path: String,
    stream: Stream,
    /// Records begun so far.
    records: u64,
    /// Records passed over, by why.
    passed_over: BTreeMap<&'static str, u64>,
    ended: bool,
}

/// The head of a record.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    content_type: String,
    length: u64,
    url: Option<String>,
    date: Option<String>,
}

impl Warc {
    /// The records of a stream.
    pub fn new(path: &str, stream: Stream) -> Self {
        Self { path: path.to_owned(), stream, records: 0, passed_over: BTreeMap::new(), ended: false }
    }

    /// The head of the next record, or what is wrong with it.
    fn head(&mut self) -> Result<Option<Result<Head, String>>, Error> {
        let mut head = None;
        let mut strange = false;
        loop {
            let line = self.stream.line(LONGEST_HEAD).map_err(|e| Error::stream(&self.path, e))?;
            let line = match line {
                None if strange => return Ok(Some(Err("what follows the record before is no record".to_owned()))),
                None => return Ok(head.map(|_: Head| Err("it is cut off".to_owned()))),
                Some(Line::TooLong) => Vec::new(),
                Some(Line::Whole(line)) => line,
            };
            let line = String::from_utf8_lossy(&line);
            let Some(found) = &mut head else {
                if line.starts_with("WARC/") {
                    self.records += 1;
                    if strange {
                        // Told once; then this record is read.
                        *self.passed_over.entry("broken records").or_default() += 1;
                    }
                    head = Some(Head { length: u64::MAX, ..Head::default() });
                } else {
                    strange |= !line.trim().is_empty();
                }
                continue;
            };
            if line.trim().is_empty() {
                let complete = head.take().filter(|h| h.length < u64::MAX);
                return Ok(Some(complete.ok_or_else(|| "its head does not say how long it is".to_owned())));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => found.kind = value.to_ascii_lowercase(),
                "content-type" => found.content_type = value.to_ascii_lowercase(),
                "content-length" => found.length = value.parse().unwrap_or(u64::MAX),
                "warc-target-uri" => found.url = Some(value.trim_matches(['<', '>']).to_owned()),
                "warc-date" => found.date = Some(value.to_owned()),
                _ => {}
            }
        }
    }

    /// The report in a record, or why it is none.
    fn piece(&mut self, head: &Head) -> Result<Result<Piece, &'static str>, Error> {
        if head.length > LARGEST {
            self.skip(head.length)?;
            return Ok(Err("larger than 20 MB"));
        }
        let mut block = Vec::new();
        let read = (&mut self.stream).take(head.length).read_to_end(&mut block);
        read.map_err(|e| Error::stream(&self.path, e))?;
        if (block.len() as u64) < head.length {
            return Err(Error::file(format!(
                "{}, record {}: the file ends in the middle of it; fetch the archive again",
                self.path, self.records
            )));
        }
        let answer = head.content_type.starts_with("application/http") || head.kind == "response";
        let (content_type, bytes) = if answer {
            match http::body(&block) {
                Ok(found) => found,
                Err(why) => return Ok(Err(why)),
            }
        } else {
            (head.content_type.clone(), block)
        };
        if head.url.as_deref().is_some_and(is_for_machines) {
            return Ok(Err("files for machines (robots.txt and the like)"));
        }
        let media = content_type.split(';').next().unwrap_or_default().trim();
        let charset = http::charset(&content_type);
        let path = format!("{}#{}", self.path, self.records);
        let recognised = || source::recognise(&bytes[..bytes.len().min(source::HEAD)], &Default::default()).0;
        let page = match media {
            "text/html" | "application/xhtml+xml" => true,
            "text/plain" | "" | "application/octet-stream" => match recognised() {
                Kind::Page => true,
                Kind::Text | Kind::Markdown | Kind::Mail => false,
                _ => return Ok(Err("neither pages nor texts")),
            },
            _ => return Ok(Err("neither pages nor texts")),
        };
        if bytes.trim_ascii().is_empty() {
            return Ok(Err("empty"));
        }
        let mut piece = if page {
            Piece { path, body: Body::Page { bytes, charset }, particulars: Particulars::default() }
        } else {
            plain(&path, &bytes, charset.as_deref())
        };
        let moment = head.date.as_deref().and_then(moment::moment);
        piece.particulars.retrieved = moment.map(|m| Told::new(m, "WARC-Date"));
        piece.particulars.url = head.url.clone().filter(|u| is_address(u)).map(|u| Told::new(u, "WARC-Target-URI"));
        Ok(Ok(piece))
    }

    fn skip(&mut self, n: u64) -> Result<(), Error> {
        self.stream.skip(n).map_err(|e| Error::stream(&self.path, e)).map(drop)
    }

    fn next_record(&mut self) -> Result<Option<Found>, Error> {
        let head = match self.head()? {
            None => return Ok(None),
            Some(Ok(head)) => head,
            Some(Err(why)) => {
                let told = format!("{}, record {}: {why}; the archive may be damaged", self.path, self.records);
                return Ok(Some(Found::Failed(Error::file(told))));
            }
        };
        let passed_over = match head.kind.as_str() {
            "response" | "resource" | "conversion" => match self.piece(&head)? {
                Ok(piece) => return Ok(Some(Found::Piece(Box::new(piece)))),
                Err(why) => why,
            },
            "revisit" => {
                self.skip(head.length)?;
                "revisits of what was archived before"
            }
            _ => {
                self.skip(head.length)?;
                return Ok(Some(Found::Nothing));
            }
        };
        *self.passed_over.entry(passed_over).or_default() += 1;
        Ok(Some(Found::Nothing))
    }
}

impl Reader for Warc {
    fn next(&mut self, notes: &mut Vec<Note>) -> Option<Found> {
        if self.ended {
            return None;
        }
        let found = match self.next_record() {
            Ok(Some(found)) => return Some(found),
            Ok(None) => Found::Nothing,
            Err(error) => Found::Failed(error),
        };
        self.ended = true;
        if !self.passed_over.is_empty() {
            let told: Vec<String> = self.passed_over.iter().map(|(why, n)| format!("{why}: {n}")).collect();
            let told = format!("{}: records passed over, by why: {}", self.path, told.join("; "));
            notes.push(Note::new("passed-over", told));
        }
        Some(found)
    }
}

fn is_address(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Texts that sites keep for crawlers.
fn is_for_machines(url: &str) -> bool {
    const NAMES: [&str; 6] = ["robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt", "llms.txt"];
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit('/').next().is_some_and(|name| NAMES.contains(&name))
}
