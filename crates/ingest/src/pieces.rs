//! Which reports are in a file? A text or a page is one; tables, mailboxes and archives hold many, also inside each other.
//!
//! Files may be larger than memory: readers hold one report at a time. What cannot be read is told, and the rest goes on.

use std::fs::File;
use std::io::{Cursor, Read, Seek};

use evidence::Note;
use flate2::bufread::MultiGzDecoder;

use crate::archive::Archive;
use crate::charset;
use crate::error::Error;
use crate::fields::Mapping;
use crate::inbox::LARGEST;
use crate::json::Objects;
use crate::mail::{Mail, Mailbox};
use crate::markdown;
use crate::piece::{Body, Particulars, Piece};
use crate::source::{self, Kind};
use crate::stream::{Allowance, Narrow, Packed, Stream, Unpacked};
use crate::table::Table;
use crate::warc::Warc;

/// How deep archives may lie in each other: a ZIP in a ZIP, or a packed file in one.
const DEEPEST: usize = 3;
/// How many reports of one file may fail with a line each; the others are counted.
const TOLD: usize = 20;

/// The reports of one file, one after the other; what of it cannot be read is an error of its own, and the rest goes on.
pub struct Pieces {
    readers: Vec<Box<dyn Reader>>,
    path: String,
    map: Mapping,
    allowance: Allowance,
    notes: Vec<Note>,
    /// What archives hold that is no report, by archive.
    passed_over: Vec<(String, Vec<String>)>,
    failed: usize,
}

/// Reads one kind of file.
pub(crate) trait Reader: Send {
    /// What comes next; `None` at the end. Notes on the file as a whole go into `notes`.
    fn next(&mut self, notes: &mut Vec<Note>) -> Option<Found>;
}

/// What a reader comes upon.
pub(crate) enum Found {
    /// A report.
    Piece(Box<Piece>),
    /// A file inside the file, by its path in messages.
    Inner(String, Stream),
    /// Something that should be a report and cannot be read; the rest goes on.
    Failed(Error),
    /// Something that ends the file.
    Broken(Error),
    /// Nothing that is a report.
    Nothing,
}

/// Bytes that can be read from any place.
pub(crate) trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

impl Pieces {
    /// The reports in bytes, recognised by content; `path` names them.
    ///
    /// # Errors
    /// If they are nothing that can be read; the message names the path.
    pub fn of_bytes(path: &str, bytes: Vec<u8>) -> Result<Self, Error> {
        Self::of_reader(path, Cursor::new(bytes), &Mapping::default())
    }

    /// The reports in a stream that cannot be read twice; `map` says what fields of records mean.
    ///
    /// # Errors
    /// If it is nothing that can be read; the message names the path.
    pub fn of_reader(path: &str, from: impl Read + Send + 'static, map: &Mapping) -> Result<Self, Error> {
        let mut pieces = Self::new(path, map);
        let stream = Stream::new(Packed::new(from, &pieces.allowance));
        pieces.open(path, stream, None)?;
        Ok(pieces)
    }

    /// The reports in a file.
    ///
    /// # Errors
    /// As [`Pieces::of_reader`].
    pub(crate) fn of_file(path: &str, file: File, map: &Mapping) -> Result<Self, Error> {
        let mut pieces = Self::new(path, map);
        let again = file.try_clone().ok();
        let stream = Stream::new(Packed::new(file, &pieces.allowance));
        pieces.open(path, stream, again)?;
        Ok(pieces)
    }

    /// Names the file in messages.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What a person should know of the file beside its reports, so far; each note once. Notes on one report come with
    /// it.
    pub fn notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    fn new(path: &str, map: &Mapping) -> Self {
        let (readers, notes, passed_over) = Default::default();
        let (path, map, allowance) = (path.to_owned(), map.clone(), Allowance::default());
        Self { readers, path, map, allowance, notes, passed_over, failed: 0 }
    }

    /// Recognises what a stream is and puts its reader on top; `file` is the file itself, where it is one.
    fn open(&mut self, path: &str, mut stream: Stream, file: Option<File>) -> Result<(), Error> {
        let wrong = |e: std::io::Error| Error::stream(path, e);
        let head = stream.peek(source::HEAD).map_err(wrong)?;
        let (kind, wide) = source::recognise(head, &self.map);
        if let (Some(name), Kind::Json | Kind::Table(_) | Kind::Mail) = (wide, &kind) {
            stream = Stream::new(Narrow::new(stream, name));
        }
        let reader: Box<dyn Reader> = match kind {
            Kind::Strange(why) => return Err(Error::file(format!("{path}: {why}"))),
            Kind::Gzip => {
                let unpacked = Unpacked::new(MultiGzDecoder::new(stream), &self.allowance);
                self.check_depth(path)?;
                // A place for what is inside: depth counts it.
                self.readers.push(Box::new(Single(None)));
                return self.open(path, Stream::new(unpacked), None);
            }
            Kind::Zip => {
                self.check_depth(path)?;
                let from: Box<dyn Seekable> = match file {
                    Some(file) => Box::new(file),
                    None => Box::new(Cursor::new(whole(path, &mut stream)?)),
                };
                Box::new(Archive::open(path, from, &self.allowance, &mut self.notes)?)
            }
            Kind::Warc => Box::new(Warc::new(path, stream)),
            Kind::Json => Box::new(Objects::open(path, stream, &self.map)?),
            Kind::Table(delimiter) => Box::new(Table::open(path, stream, delimiter, &self.map, &mut self.notes)?),
            Kind::Mailbox => Box::new(Mailbox::new(path, stream)),
            Kind::Mail => Box::new(Mail::read(path, &whole(path, &mut stream)?)),
            Kind::Page => single(path, Body::Page { bytes: whole(path, &mut stream)?, charset: None }),
            Kind::Markdown => {
                let (text, note) = text(path, &whole(path, &mut stream)?, None);
                let mut piece = markdown::read(path, &text);
                piece.particulars.notes.extend(note);
                Box::new(Single(Some(piece)))
            }
            Kind::Text => Box::new(Single(Some(plain(path, &whole(path, &mut stream)?, None)))),
        };
        self.readers.push(reader);
        Ok(())
    }

    fn check_depth(&self, path: &str) -> Result<(), Error> {
        if self.readers.len() < DEEPEST {
            return Ok(());
        }
        Err(Error::file(format!("{path} is an archive in an archive in an archive; unpack it and name the files")))
    }

    /// A file inside an archive: what is no report is passed over, as in a folder.
    fn open_inner(&mut self, path: &str, mut stream: Stream) -> Option<Result<Piece, Error>> {
        let within = path.rsplit_once('!').map_or(path, |(archive, _)| archive).to_owned();
        match stream.peek(source::HEAD) {
            Ok(head) => {
                if let Some(why) = source::is_no_report(path, head, &self.map) {
                    let name = path.rsplit('!').next().unwrap_or(path);
                    let told = format!("{name} ({why})");
                    match self.passed_over.last_mut().filter(|(archive, _)| *archive == within) {
                        Some((_, names)) => names.push(told),
                        None => self.passed_over.push((within, vec![told])),
                    }
                    return None;
                }
            }
            Err(error) => return self.fail(Error::stream(path, error)),
        }
        match self.open(path, stream, None) {
            Ok(()) => None,
            Err(error) => self.fail(error),
        }
    }

    /// A line for what cannot be read; of very many, only their number at the end.
    fn fail(&mut self, error: Error) -> Option<Result<Piece, Error>> {
        self.failed += 1;
        (self.failed <= TOLD).then_some(Err(error))
    }

    fn end(&mut self) -> Option<Result<Piece, Error>> {
        for (archive, names) in self.passed_over.drain(..) {
            self.notes.push(source::passed_over(&archive, &names));
        }
        let more = self.failed.saturating_sub(TOLD);
        self.failed = 0;
        (more > 0).then(|| Err(Error::file(format!("{}: {more} more of its reports cannot be read", self.path))))
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(reader) = self.readers.last_mut() else {
                return self.end();
            };
            let found = reader.next(&mut self.notes);
            let told = match found {
                None => {
                    self.readers.pop();
                    continue;
                }
                Some(Found::Nothing) => continue,
                Some(Found::Piece(piece)) => return Some(Ok(*piece)),
                Some(Found::Inner(path, stream)) => {
                    let before = self.readers.len();
                    let told = self.open_inner(&path, stream);
                    // A packed file whose content cannot be read left its place.
                    self.readers.truncate(if told.is_some() { before } else { self.readers.len() });
                    told
                }
                Some(Found::Failed(error)) => self.fail(error),
                Some(Found::Broken(error)) => {
                    self.readers.pop();
                    self.fail(error)
                }
            };
            if told.is_some() {
                return told;
            }
        }
    }
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A file that is one report, or a place that is empty.
struct Single(Option<Piece>);

impl Reader for Single {
    fn next(&mut self, _: &mut Vec<Note>) -> Option<Found> {
        self.0.take().map(|piece| Found::Piece(Box::new(piece)))
    }
}

fn single(path: &str, body: Body) -> Box<dyn Reader> {
    Box::new(Single(Some(Piece { path: path.to_owned(), body, particulars: Particulars::default() })))
}

/// A report of plain text; `charset` is what its sender says.
pub(crate) fn plain(path: &str, bytes: &[u8], charset: Option<&str>) -> Piece {
    let (text, note) = text(path, bytes, charset);
    let particulars = Particulars { notes: note.into_iter().collect(), ..Particulars::default() };
    Piece { path: path.to_owned(), body: Body::Text(text), particulars }
}

/// The text of bytes, and a note where some of them mean nothing.
fn text(path: &str, bytes: &[u8], charset: Option<&str>) -> (String, Option<Note>) {
    let decoded = charset::decode(bytes, charset);
    let note = (decoded.replaced > 0).then(|| {
        let told = format!(
            "{path}: {} that mean nothing in its charset ({}, told by {}); � stands for them; save it as UTF-8",
            places(decoded.replaced),
            decoded.charset,
            decoded.basis
        );
        Note::new("broken-encoding", told)
    });
    (decoded.text, note)
}

fn places(n: usize) -> String {
    if n == 1 { "1 place has bytes".to_owned() } else { format!("{n} places have bytes") }
}

/// All of a file that is one report.
fn whole(path: &str, stream: &mut Stream) -> Result<Vec<u8>, Error> {
    let all = stream.rest(LARGEST).map_err(|e| Error::stream(path, e))?;
    all.ok_or_else(|| {
        let most = LARGEST / 1_000_000;
        Error::file(format!("{path} has more than {most} MB, too much for a report; split it, one report a file"))
    })
}
