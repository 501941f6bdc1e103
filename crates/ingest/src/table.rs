//! Which reports are in the rows of a table (CSV, TSV, with semicolons or bars)?

use std::io::BufRead;

use csv_core::ReadRecordResult as Step;
use evidence::Note;
use serde_json::Value;

use crate::charset;
use crate::error::Error;
use crate::fields::{Mapping, Meaning, Record};
use crate::inbox::LARGEST;
use crate::piece::Piece;
use crate::pieces::{Found, Reader};
use crate::stream::Stream;

/// Most columns that a table may have.
const MOST_COLUMNS: usize = 2_000;

/// What a first line shows a text to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// A table of reports, with what parts its columns.
    Reports(u8),
    /// A table of what is known of reports, as `--metadata` takes it.
    Metadata,
    /// A table in which no column is known to hold the text, with what parts its columns.
    Unknown(u8),
}

impl Head {
    /// What the first lines of a text show, if they are those of a table.
    pub fn of(text: &str, map: &Mapping) -> Option<Self> {
        let mut lines = text.lines().filter(|l| !l.trim().is_empty());
        let first = lines.next()?;
        let counted = [b',', b';', b'\t', b'|'].map(|d| (first.bytes().filter(|b| *b == d).count(), d));
        let (_, delimiter) = counted.into_iter().filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n)?;
        let names = row(first, delimiter)?;
        if names.len() > MOST_COLUMNS || names.iter().any(|n| n.chars().count() > 60) {
            return None;
        }
        let meanings: Vec<Option<Meaning>> = names.iter().map(|n| map.meaning(n)).collect();
        let holds = |m: Meaning| meanings.contains(&Some(m));
        let known = meanings.iter().flatten().count();
        if holds(Meaning::Text) || holds(Meaning::Html) {
            // "Body, soul" may be the first line of a text.
            let sure = known > 1 || names.len() > 2 || delimiter == b'\t' || names.iter().any(|n| map.maps(n));
            return sure.then_some(Self::Reports(delimiter));
        }
        if names.iter().any(|n| n.eq_ignore_ascii_case("path")) && known > 0 {
            return Some(Self::Metadata);
        }
        // Lines that part into as many columns as the first, none of which reads like the words of a sentence.
        let short = names.iter().all(|n| !n.is_empty() && n.split(' ').count() < 5 && !n.ends_with(['.', '!', '?']));
        let alike = lines.take(4).map(|l| row(l, delimiter).map(|r| r.len()));
        let alike: Vec<bool> = alike.map(|n| n == Some(names.len())).collect();
        let table = names.len() > 3 && short && alike.len() > 1 && alike.iter().all(|a| *a);
        table.then_some(Self::Unknown(delimiter))
    }
}

/// The cells of one line.
fn row(line: &str, delimiter: u8) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter).trim(csv::Trim::All);
    let record = reader.from_reader(line.as_bytes()).records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

/// Reads the rows of a table one after the other.
#[derive(Debug)]
pub(crate) struct Table {
    path: String,
    stream: Stream,
    parser: csv_core::Reader,
    map: Mapping,
    names: Vec<String>,
    /// Line that is read next, from 1.
    line: u64,
}

impl Table {
    /// Reads the head line.
    pub fn open(
        path: &str,
        stream: Stream,
        delimiter: u8,
        map: &Mapping,
        notes: &mut Vec<Note>,
    ) -> Result<Self, Error> {
        let parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let (path, map) = (path.to_owned(), map.clone());
        let mut table = Self { path, stream, parser, map, names: Vec::new(), line: 1 };
        while table.names.is_empty() {
            let (_, row) = table.row()?.ok_or_else(|| Error::file(format!("{}: the table is empty", table.path)))?;
            let row = row.map_err(|why| Error::file(format!("{}: the head line {why}", table.path)))?;
            let start = |c: &str| c.trim_start_matches('\u{feff}').trim().to_owned();
            table.names =
                if row.iter().all(|c| c.trim().is_empty()) { vec![] } else { row.iter().map(|c| start(c)).collect() };
        }
        notes.extend(unread_fields(&table.path, &table.names, &table.map));
        notes.extend(unmet_mapping(&table.path, &table.names, &table.map));
        Ok(table)
    }

    /// The next row with its line, or what is wrong with it.
    #[expect(clippy::type_complexity, reason = "a row or why it is none, if there is one, if the file can be read")]
    fn row(&mut self) -> Result<Option<(u64, Result<Vec<String>, String>)>, Error> {
        let (mut out, mut ends) = (vec![0; 4096], vec![0; 64]);
        let (mut written, mut columns) = (0, 0);
        let line = self.line;
        loop {
            let input = self.stream.fill_buf().map_err(|e| Error::stream(&self.path, e))?;
            let (step, read, wrote, ended) = self.parser.read_record(input, &mut out[written..], &mut ends[columns..]);
            self.line += input[..read].iter().filter(|b| **b == b'\n').count() as u64;
            self.stream.consume(read);
            written += wrote;
            columns += ended;
            match step {
                Step::InputEmpty => {}
                Step::OutputFull if (out.len() as u64) < LARGEST => {
                    out.resize((out.len() * 2).min(LARGEST as usize), 0)
                }
                Step::OutputEndsFull if ends.len() < MOST_COLUMNS => ends.resize(ends.len() * 2, 0),
                Step::OutputFull | Step::OutputEndsFull => {
                    self.skip_line()?;
                    let most = LARGEST / 1_000_000;
                    let why = format!(
                        "has more than {most} MB or {MOST_COLUMNS} columns: a quotation mark may be missing in it; \
                         what follows is read from line {}",
                        self.line
                    );
                    return Ok(Some((line, Err(why))));
                }
                Step::Record => break,
                Step::End if columns == 0 => return Ok(None),
                Step::End => break,
            }
        }
        // One charset for the row: a cell may be too short to tell.
        let row = charset::decode(&out[..written], None);
        let starts = std::iter::once(0).chain(ends[..columns].iter().copied());
        let cells = starts.zip(&ends[..columns]).map(|(a, b)| charset::decode(&out[a..*b], Some(row.charset)).text);
        Ok(Some((line, Ok(cells.collect()))))
    }

    /// Begins anew after the end of the line.
    fn skip_line(&mut self) -> Result<(), Error> {
        self.parser.reset();
        loop {
            let input = self.stream.fill_buf().map_err(|e| Error::stream(&self.path, e))?;
            let end = input.iter().position(|b| *b == b'\n');
            let used = end.map_or(input.len(), |e| e + 1);
            let ended = end.is_some() || input.is_empty();
            self.line += u64::from(end.is_some());
            self.stream.consume(used);
            if ended {
                return Ok(());
            }
        }
    }
}

impl Reader for Table {
    fn next(&mut self, _: &mut Vec<Note>) -> Option<Found> {
        let (line, row) = match self.row() {
            Ok(row) => row?,
            Err(error) => return Some(Found::Broken(error)),
        };
        let failed = |line: u64, why: &str| Found::Failed(Error::file(format!("{}, line {line}: {why}", self.path)));
        let row = match row {
            Ok(row) => row,
            Err(why) => return Some(failed(line, &format!("the row {why}"))),
        };
        if row.iter().all(|c| c.trim().is_empty()) {
            return Some(Found::Nothing);
        }
        if row.len() != self.names.len() {
            let why = format!(
                "{} fields, but the head has {}; put a field with the separator in it in quotation marks",
                row.len(),
                self.names.len()
            );
            return Some(failed(line, &why));
        }
        let fields = self.names.iter().cloned().zip(row.into_iter().map(Value::String)).collect();
        Some(filed(&Record { fields }, &self.path, line, &self.map))
    }
}

/// A record as a report, or why it is none.
pub(crate) fn filed(record: &Record, path: &str, line: u64, map: &Mapping) -> Found {
    let filed = record.filed(map);
    let named = filed.id.map(|id| format!(" (id {id})")).unwrap_or_default();
    let Some(body) = filed.body else {
        let first = filed.broken.first().map(|b| format!("; {b}")).unwrap_or_default();
        let why = map.no_text();
        return Found::Failed(Error::file(format!("{path}, line {line}{named}: {why}{first}")));
    };
    let mut particulars = filed.told;
    let told = filed.broken.into_iter().map(|b| Note::new("broken-value", format!("{path}, line {line}{named}: {b}")));
    particulars.notes.extend(told);
    Found::Piece(Box::new(Piece { path: format!("{path}#{line}"), body, particulars }))
}

/// A note on fields that mean nothing to us.
pub(crate) fn unread_fields(path: &str, names: &[String], map: &Mapping) -> Option<Note> {
    const SHOWN: usize = 12;
    let unread: Vec<&str> = names.iter().filter(|n| map.meaning(n).is_none()).map(String::as_str).collect();
    let more = unread.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let shown = unread[..unread.len().min(SHOWN)].join(", ");
    let told = format!(
        "{path}: fields that are not read: {shown}{more}; if one holds what we know by another name, map it: --map title=FIELD"
    );
    (!unread.is_empty()).then(|| Note::new("unread-field", told))
}

/// A note on fields that the user maps and that are not there.
pub(crate) fn unmet_mapping(path: &str, names: &[String], map: &Mapping) -> Option<Note> {
    let missing: Vec<&str> = map.missing(names).collect();
    let told =
        format!("{path}: named by --map but not there: {}; check the spelling, capitals count", missing.join(", "));
    (!missing.is_empty()).then(|| Note::new("unmet-mapping", told))
}
