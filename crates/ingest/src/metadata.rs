//! What does a table tell of the reports? CSV with a head line: `path`, and any of `published`, `outlet`, `url`, `title`,
//! `byline` (names parted by semicolons), `section` and `language`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use evidence::Note;

use crate::desk::Given;
use crate::error::Error;
use crate::language::code;
use crate::moment::moment;

const COLUMNS: [&str; 8] = ["path", "published", "outlet", "url", "title", "byline", "section", "language"];

/// What is told of reports, by their paths.
#[derive(Debug, Default)]
pub struct Metadata {
    name: String,
    rows: Vec<Row>,
    notes: Vec<Note>,
}

#[derive(Debug)]
struct Row {
    line: u64,
    /// The path's parts, the file's name last.
    path: Vec<String>,
    given: Given,
    /// Whether a report was asked for that it is of.
    used: AtomicBool,
}

impl Metadata {
    /// Reads the table in a file.
    ///
    /// # Errors
    /// If it cannot be read, is no such table, or has a value that cannot be: with the line.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|e| Error::system(path, e))?;
        Self::parse(&path.to_string_lossy(), &bytes)
    }

    /// Reads the table in `bytes`; `name` stands in messages.
    ///
    /// # Errors
    /// As [`Metadata::read`].
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let head = reader.headers().map_err(|e| csv_error(name, &e))?.clone();
        let column = |wanted: &str| head.iter().position(|h| h.eq_ignore_ascii_case(wanted));
        let columns = COLUMNS.map(column);
        if columns[0].is_none() {
            let found = if head.is_empty() { "nothing".to_owned() } else { head.iter().collect::<Vec<_>>().join(",") };
            return Err(Error::table(
                name,
                Some(1),
                format!("a head line with a column \"path\" is needed ({}); found {found}", COLUMNS.join(",")),
            ));
        }
        let strange: Vec<&str> = head.iter().filter(|h| !COLUMNS.iter().any(|c| c.eq_ignore_ascii_case(h))).collect();
        let mut notes = Vec::new();
        if !strange.is_empty() {
            let told = format!(
                "{name}: not read, as no such columns are known: {}; known are {}",
                strange.join(", "),
                COLUMNS.join(", ")
            );
            notes.push(Note::new("unknown-column", told));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| csv_error(name, &e))?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() > head.len() {
                let told = format!(
                    "{} fields, but the head has {}; put a field with a comma in quotation marks",
                    record.len(),
                    head.len()
                );
                return Err(Error::table(name, Some(line), told));
            }
            rows.push(row(name, line, &record, columns)?);
        }
        check_once(name, &rows)?;
        Ok(Self { name: name.to_owned(), rows, notes })
    }

    /// What the table tells of the report at a path: of the row whose path and this one end alike in most parts.
    pub fn of(&self, path: &str) -> Option<&Given> {
        let row = &self.rows[self.row(path)?];
        row.used.store(true, Ordering::Relaxed);
        Some(&row.given)
    }

    /// What a person should know of the table itself.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// A note of kind `unmatched-row` for each row that is of none of the paths, nor of any that [`Metadata::of`] was
    /// asked for: reports in archives have paths that only reading tells.
    pub fn unmatched<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> Vec<Note> {
        let mut used = vec![false; self.rows.len()];
        for path in paths {
            if let Some(i) = self.row(path) {
                used[i] = true;
            }
        }
        let free = self.rows.iter().zip(used).filter(|(row, used)| !used && !row.used.load(Ordering::Relaxed));
        let told = |row: &Row| {
            format!("{}, line {}: no report {} was read; check the path", self.name, row.line, row.path.join("/"))
        };
        free.map(|(row, _)| Note::new("unmatched-row", told(row))).collect()
    }

    fn row(&self, path: &str) -> Option<usize> {
        let path = parts(path);
        let alike = |row: &Row| {
            let n = row.path.iter().rev().zip(path.iter().rev()).take_while(|(a, b)| a == b).count();
            (n == row.path.len() || n == path.len()).then_some(n)
        };
        let fits = self.rows.iter().enumerate().filter_map(|(i, row)| Some((alike(row)?, i)));
        fits.max_by_key(|(n, i)| (*n, std::cmp::Reverse(*i))).map(|(_, i)| i)
    }
}

fn row(name: &str, line: u64, record: &csv::StringRecord, columns: [Option<usize>; 8]) -> Result<Row, Error> {
    let field = |i: usize| columns[i].and_then(|c| record.get(c)).filter(|v| !v.is_empty());
    let path = field(0).ok_or_else(|| Error::table(name, Some(line), "the path is missing"))?;
    let wrong = |told: String| Error::table(name, Some(line), told);
    let published = field(1).map(|text| {
        let mend = "write it as 2020-10-10 or 2020-10-10T12:05+04:00";
        moment(text).ok_or_else(|| wrong(format!("{text:?} is no date; {mend}")))
    });
    let language = field(7).map(|text| {
        code(text).ok_or_else(|| wrong(format!("{text:?} is no code of a language; write it as en or en-GB")))
    });
    let text = |i: usize| field(i).map(str::to_owned);
    let names = |list: &str| list.split(';').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect();
    let given = Given {
        published: published.transpose()?,
        outlet: text(2),
        url: text(3),
        title: text(4),
        byline: field(5).map(names),
        section: text(6),
        language: language.transpose()?,
    };
    Ok(Row { line, path: parts(path), given, used: AtomicBool::new(false) })
}

fn check_once(name: &str, rows: &[Row]) -> Result<(), Error> {
    let mut seen: BTreeMap<&[String], u64> = BTreeMap::new();
    for row in rows {
        if let Some(first) = seen.insert(&row.path, row.line) {
            let told = format!("{} stands in line {first} already; keep one of the two", row.path.join("/"));
            return Err(Error::table(name, Some(row.line), told));
        }
    }
    Ok(())
}

fn parts(path: &str) -> Vec<String> {
    path.split(['/', '\\', '!']).filter(|p| !p.is_empty() && *p != ".").map(str::to_owned).collect()
}

fn csv_error(name: &str, error: &csv::Error) -> Error {
    let line = error.position().map(csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "is not UTF-8; save the table as UTF-8".to_owned(),
        _ => error.to_string(),
    };
    Error::table(name, line, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Metadata, Error> {
        Metadata::parse("m.csv", text.as_bytes())
    }

    #[test]
    fn rows_are_found_by_name_or_by_path() {
        let table =
            parse("path,published,outlet\n01.txt,2020-10-10,Vale Post\nb/01.txt,,\"Coast, Herald\"\n./c.txt,,X\n")
                .expect("a table");
        let free = table.unmatched(["a/01.txt", "c.txt"]);
        assert_eq!(free.len(), 1);
        assert!(free[0].message.contains("line 3") && free[0].message.contains("b/01.txt"), "{free:?}");
        let outlet = |p: &str| table.of(p).and_then(|g| g.outlet.clone());
        assert_eq!(outlet("/tmp/a/01.txt").as_deref(), Some("Vale Post"));
        assert_eq!(outlet("b/01.txt").as_deref(), Some("Coast, Herald"));
        assert_eq!(outlet("c.txt").as_deref(), Some("X"));
        assert_eq!(outlet("101.txt"), None);
        assert_eq!(
            table.of("01.txt").and_then(|g| g.published.clone()).map(|d| d.to_string()).as_deref(),
            Some("2020-10-10")
        );
        // What was asked for is of a report; also in an archive.
        assert_eq!(outlet("x/in.zip!b/01.txt").as_deref(), Some("Coast, Herald"));
        assert!(table.unmatched([]).is_empty());
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, told) in [
            ("file,published\na,b", "line 1: a head line with a column \"path\""),
            ("", "found nothing"),
            ("path,published\na.txt,09/10/2020", "line 2: \"09/10/2020\" is no date"),
            ("path,language\na.txt,Elvish", "line 2: \"Elvish\" is no code"),
            ("path,outlet\na.txt,x\n,y", "line 3: the path is missing"),
            ("path,outlet\na.txt,x\na.txt,y", "line 3: a.txt stands in line 2"),
            ("path,outlet\na.txt,x,y", "line 2: 3 fields, but the head has 2"),
        ] {
            let error = parse(text).expect_err(told).to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn all_that_a_table_can_tell() {
        let head = "Path,published,title,byline,section,language";
        let table =
            parse(&format!("{head}\na.txt,10 October 2020,Shells fall,A. Name; B. Name,World,en-GB")).expect("a table");
        let given = table.of("a.txt").expect("a row");
        assert_eq!(given.published.as_ref().map(ToString::to_string).as_deref(), Some("2020-10-10"));
        assert_eq!(given.byline, Some(vec!["A. Name".to_owned(), "B. Name".to_owned()]));
        assert_eq!((given.title.as_deref(), given.section.as_deref()), (Some("Shells fall"), Some("World")));
        assert_eq!(given.language.as_deref(), Some("en"));
    }

    #[test]
    fn strange_columns_are_told() {
        let table = parse("path,publishd\na.txt,2020").expect("a table");
        assert!(table.notes()[0].message.contains("publishd"));
    }
}
