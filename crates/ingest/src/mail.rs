//! Which reports are in an e-mail, or in a mailbox of many? Its words, and what is attached as text, page or e-mail.

use evidence::Note;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::error::Error;
use crate::inbox::LARGEST;
use crate::moment;
use crate::piece::{Body, Particulars, Piece, Told};
use crate::pieces::{Found, Reader};
use crate::stream::{Line, Stream};

/// How deep mails may be attached to each other.
const DEEPEST: usize = 3;
/// Most reports that are read out of one mail.
const MOST: usize = 200;

/// The reports of one mail.
pub(crate) struct Mail {
    found: std::vec::IntoIter<Found>,
    notes: Vec<Note>,
}

impl Mail {
    /// Reads a mail.
    pub fn read(path: &str, bytes: &[u8]) -> Self {
        let mut opened = Opened::default();
        match MessageParser::default().parse(bytes) {
            Some(message) => opened.take(path, &message, 0),
            None => opened.found.push(failed(path, "it begins like a mail, but has no head; save it again")),
        }
        if opened.found.is_empty() {
            opened.found.push(failed(path, "the mail has no words in it; save what is attached to it"));
        }
        let notes = (opened.passed_over > 0).then(|| {
            let told = format!(
                "{path}: {} attached to the mail passed over: neither text nor page",
                files(opened.passed_over)
            );
            Note::new("passed-over", told)
        });
        Self { found: opened.found.into_iter(), notes: notes.into_iter().collect() }
    }
}

impl Reader for Mail {
    fn next(&mut self, notes: &mut Vec<Note>) -> Option<Found> {
        notes.append(&mut self.notes);
        self.found.next()
    }
}

fn failed(path: &str, why: &str) -> Found {
    Found::Failed(Error::file(format!("{path}: {why}")))
}

fn files(n: usize) -> String {
    if n == 1 { "1 file".to_owned() } else { format!("{n} files") }
}

#[derive(Default)]
struct Opened {
    found: Vec<Found>,
    passed_over: usize,
}

impl Opened {
    fn take(&mut self, path: &str, message: &Message<'_>, depth: usize) {
        let particulars = particulars(message);
        let text = message.text_bodies().find_map(|part| match &part.body {
            PartType::Text(text) if !text.trim().is_empty() => Some(Body::Text(unsigned(text).to_owned())),
            _ => None,
        });
        let page = || {
            message.html_bodies().find_map(|part| match &part.body {
                PartType::Html(html) if !html.trim().is_empty() => Some(page(html)),
                _ => None,
            })
        };
        let saved_page = message.header("Snapshot-Content-Location").is_some();
        if let Some(body) = text.or_else(page) {
            self.found.push(Found::Piece(Box::new(Piece { path: path.to_owned(), body, particulars })));
        }
        if saved_page {
            return; // The rest are pictures and scripts of the page.
        }
        for (n, part) in message.attachments().enumerate() {
            let name = part.attachment_name().map_or_else(|| (n + 1).to_string(), str::to_owned);
            self.attached(&format!("{path}!{name}"), part, depth);
        }
    }

    fn attached(&mut self, path: &str, part: &MessagePart<'_>, depth: usize) {
        if self.found.len() >= MOST {
            self.passed_over += 1;
            return;
        }
        let plain_text =
            part.content_type().is_none_or(|t| t.subtype().is_none_or(|s| s.eq_ignore_ascii_case("plain")));
        let body = match &part.body {
            PartType::Message(inner) if depth < DEEPEST => return self.take(path, inner, depth + 1),
            PartType::Text(text) if plain_text && !text.trim().is_empty() => Body::Text(text.clone().into_owned()),
            PartType::Html(html) if !html.trim().is_empty() => page(html),
            _ => {
                self.passed_over += 1;
                return;
            }
        };
        self.found.push(Found::Piece(Box::new(Piece {
            path: path.to_owned(),
            body,
            particulars: Particulars::default(),
        })));
    }
}

/// The parser has read the part in its charset: it is UTF-8 now, whatever the page says of itself.
fn page(html: &str) -> Body {
    Body::Page { bytes: html.as_bytes().to_vec(), charset: Some("utf-8".into()) }
}

/// Subject, sender and date, unless the mail only hands on what others wrote: then the date is not that of the report.
fn particulars(message: &Message<'_>) -> Particulars {
    let saved_page = message.header("Snapshot-Content-Location").and_then(|v| v.as_text());
    let (subject, passed_on) = stripped(message.subject().unwrap_or_default());
    let sender = message.from().and_then(|from| from.first()).and_then(|a| a.name());
    let sender = sender.filter(|_| saved_page.is_none() && !passed_on).map(|n| vec![n.trim().to_owned()]);
    let date = message.date().filter(|_| !passed_on).and_then(|d| moment::real(&d.to_rfc3339()));
    // The date of a saved page is the time of saving.
    let (published, retrieved) = if saved_page.is_some() { (None, date) } else { (date, None) };
    Particulars {
        title: (!subject.is_empty()).then(|| Told::new(subject.to_owned(), "Subject of the mail")),
        byline: sender.filter(|n| !n[0].is_empty()).map(|n| Told::new(n, "From of the mail")),
        published: published.map(|d| Told::new(d, "Date of the mail")),
        retrieved: retrieved.map(|d| Told::new(d, "Date of the saved page")),
        url: saved_page.map(|u| Told::new(u.trim().to_owned(), "Snapshot-Content-Location")),
        ..Particulars::default()
    }
}

/// A subject without "Fwd:" and "Re:", and whether there was one of them.
fn stripped(subject: &str) -> (&str, bool) {
    let mut rest = subject.trim();
    let mut passed_on = false;
    while let Some((mark, after)) = rest.split_once(':') {
        if !["fwd", "fw", "re", "wg", "tr"].contains(&mark.trim().to_ascii_lowercase().as_str()) {
            break;
        }
        (rest, passed_on) = (after.trim_start(), true);
    }
    (rest, passed_on)
}

/// A text without the signature after the line that mail programs put before it.
fn unsigned(text: &str) -> &str {
    let end = text.find("\n-- \n").or_else(|| text.find("\n-- \r\n"));
    end.filter(|e| *e > 0).map_or(text, |e| &text[..e])
}

/// Reads the mails of a mailbox (mbox) one after the other.
pub(crate) struct Mailbox {
    path: String,
    stream: Stream,
    /// Mails begun so far.
    mails: u64,
    /// Reports of the mail that is open.
    open: std::vec::IntoIter<Found>,
    ended: bool,
}

impl Mailbox {
    /// The mails of a stream.
    pub fn new(path: &str, stream: Stream) -> Self {
        Self { path: path.to_owned(), stream, mails: 0, open: Vec::new().into_iter(), ended: false }
    }

    /// The next mail; `None` where it is too large.
    fn mail(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let (mut mail, mut too_large, mut begun) = (Vec::new(), false, false);
        loop {
            let at_next = begun && mail.ends_with(b"\n\n") && self.stream.peek(5)? == b"From ";
            if at_next {
                break;
            }
            match self.stream.line(LARGEST)? {
                None => {
                    self.ended = true;
                    break;
                }
                Some(Line::TooLong) => (too_large, begun) = (true, true),
                Some(Line::Whole(_)) if !begun => begun = true,
                Some(Line::Whole(line)) => {
                    let quoted = line.starts_with(b">") && line.trim_prefix_gt().starts_with(b"From ");
                    if too_large || (mail.len() + line.len()) as u64 > LARGEST {
                        // Only what tells where the next mail begins is kept.
                        too_large = true;
                        mail.clear();
                        mail.extend_from_slice(if line.is_empty() { b"\n" } else { b"x" });
                    } else {
                        mail.extend_from_slice(if quoted { &line[1..] } else { &line });
                    }
                    mail.push(b'\n');
                }
            }
        }
        self.mails += u64::from(begun);
        Ok((!too_large).then_some(mail))
    }
}

trait Quoted {
    fn trim_prefix_gt(&self) -> &[u8];
}

impl Quoted for Vec<u8> {
    fn trim_prefix_gt(&self) -> &[u8] {
        &self[self.iter().take_while(|b| **b == b'>').count()..]
    }
}

impl Reader for Mailbox {
    fn next(&mut self, notes: &mut Vec<Note>) -> Option<Found> {
        if let Some(found) = self.open.next() {
            return Some(found);
        }
        if self.ended {
            return None;
        }
        let mail = match self.mail() {
            Ok(mail) => mail,
            Err(error) => return Some(Found::Broken(Error::stream(&self.path, error))),
        };
        let path = format!("{}#{}", self.path, self.mails);
        let Some(mail) = mail else {
            return Some(failed(&path, "the mail has more than 20 MB; save what is attached to it"));
        };
        if !mail.trim_ascii().is_empty() {
            let mut mail = Mail::read(&path, &mail);
            notes.append(&mut mail.notes);
            self.open = mail.found;
        }
        Some(Found::Nothing)
    }
}
