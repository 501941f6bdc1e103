//! Inputs made to do harm: each gets a line, in bounded time and memory, and the rest goes on.

use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use ingest::{Body, Desk, Given, Mapping, Metadata, Piece, Pieces};

const WORDS: &str = "Shells fell on the village of Greth on Sunday, the army of Orrin said.";

/// The reports of some bytes, what failed, and what was noted, all as text.
struct Found {
    pieces: Vec<Piece>,
    failed: Vec<String>,
    notes: Vec<String>,
}

impl Found {
    fn paths(&self) -> Vec<&str> {
        self.pieces.iter().map(|p| p.path.as_str()).collect()
    }
}

fn read_from(from: impl Read + Send + 'static) -> Found {
    let mut found = Found { pieces: vec![], failed: vec![], notes: vec![] };
    match Pieces::of_reader("in", from, &Mapping::default()) {
        Ok(mut pieces) => {
            for piece in pieces.by_ref() {
                match piece {
                    Ok(piece) => found.pieces.push(piece),
                    Err(error) => found.failed.push(error.to_string()),
                }
            }
            found.notes = pieces.notes().into_iter().map(|n| format!("{}: {}", n.kind, n.message)).collect();
        }
        Err(error) => found.failed.push(error.to_string()),
    }
    found
}

fn read(bytes: Vec<u8>) -> Found {
    read_from(Cursor::new(bytes))
}

/// Bytes that are made as they are read: their size costs no memory.
struct Made {
    left: u64,
    pattern: Vec<u8>,
    at: usize,
}

fn made(size: u64, pattern: &[u8]) -> Made {
    Made { left: size, pattern: pattern.repeat(64 * 1024 / pattern.len() + 1), at: 0 }
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let rest = &self.pattern[self.at..];
        let n = (self.left as usize).min(rest.len()).min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        self.left -= n as u64;
        self.at = (self.at + n) % self.pattern.len();
        Ok(n)
    }
}

fn gzip(mut from: impl Read) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    std::io::copy(&mut from, &mut gz).and_then(|_| gz.finish()).unwrap_or_else(|e| panic!("{e}"))
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap_or_else(|e| panic!("{e}"));
        zip.write_all(bytes).unwrap_or_else(|e| panic!("{e}"));
    }
    zip.finish().unwrap_or_else(|e| panic!("{e}")).into_inner()
}

fn warc_record(kind: &str, content_type: &str, length: u64, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Type: {content_type}\r\nWARC-Target-URI: https://a.example/{kind}\r\n\
         WARC-Date: 2020-10-10T12:05:00Z\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn article(text: &str) -> (String, Vec<String>) {
    let desk = Desk::open().unwrap_or_else(|e| panic!("{e}"));
    let piece = Piece { path: "in".into(), body: Body::Text(text.into()), particulars: Default::default() };
    let (article, notes) = desk.read(piece, &Given::default());
    (
        article.map(|a| a.text).unwrap_or_default(),
        notes.into_iter().map(|n| format!("{}: {}", n.kind, n.message)).collect(),
    )
}

#[test]
fn a_gigabyte_of_zeros_in_gzip_is_one_line() {
    let bomb = gzip(made(1 << 30, b"\0"));
    assert!(bomb.len() < 20_000_000);
    let found = read(bomb.clone());
    assert_eq!((found.pieces.len(), found.failed.len()), (0, 1));
    assert!(found.failed[0].contains("binary"), "{:?}", found.failed);
    // The same where a file beside it is a report.
    let found = read(zip(&[("a.txt", WORDS.as_bytes()), ("b.gz", &bomb), ("c.txt", WORDS.as_bytes())]));
    assert_eq!(found.paths(), ["in!a.txt", "in!c.txt"]);
    assert_eq!(found.failed.len(), 1);
}

#[test]
fn what_unpacks_to_too_much_ends_with_a_line() {
    let mut table = Vec::new();
    table.extend(b"title,text\nOne,Words of the first.\n");
    let row = format!("T,{}\n", "Words. ".repeat(4000));
    let found = read(gzip(table.chain(made(1 << 28, row.as_bytes()))));
    assert!(found.failed.last().is_some_and(|f| f.contains("unpacks to more than 50 MB")), "{:?}", found.failed.last());
    assert!((1000..5000).contains(&found.pieces.len()), "{}", found.pieces.len());
}

trait Chain {
    fn chain(self, after: Made) -> std::io::Chain<Cursor<Vec<u8>>, Made>;
}

impl Chain for Vec<u8> {
    fn chain(self, after: Made) -> std::io::Chain<Cursor<Vec<u8>>, Made> {
        Read::chain(Cursor::new(self), after)
    }
}

#[test]
fn a_text_of_gigabytes_is_refused_and_a_table_of_them_goes_on() {
    let found = read_from(made(1 << 30, b"Words "));
    assert!(found.failed[0].contains("more than 20 MB"), "{:?}", found.failed);
    let lines = b"{\"text\": \"Words of one.\"}\n{\"text\": \"".to_vec();
    let rest = Cursor::new(b"\"}\n{\"text\": \"Words of another.\"}\n".to_vec());
    let found = read_from(Read::chain(lines.chain(made(100_000_000, b"Words ")), rest));
    assert_eq!(found.paths(), ["in#1", "in#3"]);
    assert!(found.failed[0].contains("line 2: the line is longer than 20 MB"), "{:?}", found.failed);
}

#[test]
fn a_quotation_mark_that_is_never_closed_ends_somewhere() {
    let open = b"title,text\nT,\"never closed\n".to_vec();
    let rest = Cursor::new(b"\nU,Words.\nV,Words.\n".to_vec());
    let found =
        read_from(Read::chain(open.chain(made(22_000_000, format!("a,b,{}\n", "c".repeat(1000)).as_bytes())), rest));
    assert!(found.failed[0].contains("line 2: the row has more than 20 MB"), "{:?}", found.failed[0]);
    assert!(found.paths().last().is_some_and(|p| p.starts_with("in#")), "{:?}", found.paths().len());
    // So many rows of three fields where there should be two are not told one by one.
    assert!(found.failed.len() < 30, "{}", found.failed.len());
    assert!(found.failed.last().is_some_and(|f| f.contains("more of its reports cannot be read")));
}

#[test]
fn objects_that_nest_too_deep_are_refused_one_by_one() {
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(200_000), "]".repeat(200_000));
    let found = read(format!("{{\"text\": \"Words.\"}}\n{deep}\n{{\"text\": \"Words.\"}}\n").into_bytes());
    assert_eq!(found.paths(), ["in#1", "in#3"]);
    assert!(found.failed[0].contains("line 2: it is no JSON (recursion limit exceeded"), "{:?}", found.failed);
}

#[test]
fn broken_charsets_and_nul_bytes() {
    let found = read(b"\x00\x01\x02\x03 binary".to_vec());
    assert!(found.failed[0].contains("it is binary (a NUL byte in line 1)"), "{:?}", found.failed);
    // Bytes that fit no charset well are read in some charset: nothing fails.
    let found = read([WORDS.as_bytes(), b"\n\x81\x8d\xff\xfe\xe9\n", WORDS.as_bytes()].concat());
    assert_eq!((found.pieces.len(), found.failed.len()), (1, 0));
    // One NUL in a long text is left out.
    let (text, notes) = article(&format!("{WORDS}\nTwo soldiers were ki\0lled, it said."));
    assert!(text.contains("were killed, it said"), "{text}");
    assert!(notes.iter().any(|n| n.starts_with("hidden-marks: in: 1 ")), "{notes:?}");
}

#[test]
fn marks_that_turn_the_writing_fool_nobody() {
    let (text, notes) =
        article(&format!("{WORDS}\nThe army \u{202e}dein\u{202c}ed that two\u{200b} were k\u{200d}il\u{ad}led."));
    assert!(text.contains("The army deined that two were killed."), "{text}");
    assert!(!text.contains(['\u{202e}', '\u{202c}', '\u{200b}', '\u{200d}']));
    assert_eq!(notes.iter().filter(|n| n.starts_with("hidden-marks")).count(), 1, "{notes:?}");
}

#[test]
fn paths_that_lead_out_of_an_archive_touch_nothing() {
    let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    let outside = folder.path().join("escaped.txt");
    let absolute = outside.to_string_lossy().into_owned();
    let bytes = zip(&[
        ("../escaped.txt", WORDS.as_bytes()),
        (&absolute, WORDS.as_bytes()),
        ("C:\\escaped.txt", WORDS.as_bytes()),
        ("a/../../escaped.txt", WORDS.as_bytes()),
        ("a/b.txt", WORDS.as_bytes()),
    ]);
    let found = read(bytes);
    assert_eq!(found.paths(), ["in!a/b.txt"]);
    assert!(
        found.notes.iter().any(|n| n.starts_with("unsafe-path: ") && n.contains("../escaped.txt")),
        "{:?}",
        found.notes
    );
    assert!(!outside.exists());
}

#[test]
fn archives_that_hold_themselves_end() {
    let mut bytes = zip(&[("a.txt", WORDS.as_bytes())]);
    for _ in 0..6 {
        bytes = zip(&[("b.txt", WORDS.as_bytes()), ("in.zip", &bytes)]);
    }
    let found = read(bytes);
    assert_eq!(found.failed.len(), 1);
    assert!(found.failed[0].contains("archive in an archive"), "{:?}", found.failed);
    assert_eq!(found.pieces.len(), 3);
    let mut bytes = gzip(WORDS.as_bytes());
    for _ in 0..6 {
        bytes = gzip(&bytes[..]);
    }
    assert!(read(bytes).failed[0].contains("archive in an archive"));
}

#[test]
fn damaged_archives_say_so() {
    let whole = zip(&[("a.txt", WORDS.as_bytes()), ("b.txt", WORDS.as_bytes())]);
    let mut damaged = whole.clone();
    let at = whole.windows(6).position(|w| w == b"Shells").expect("it is stored as it is");
    damaged[at] = b'X';
    let found = read(damaged);
    assert_eq!(found.paths(), ["in!b.txt"]);
    assert!(found.failed[0].contains("in!a.txt is damaged"), "{:?}", found.failed);
    let found = read(whole[..whole.len() / 2].to_vec());
    assert!(found.failed[0].contains("the list of its files is broken"), "{:?}", found.failed);
    let packed = gzip(WORDS.as_bytes());
    let found = read(packed[..packed.len() - 12].to_vec());
    assert!(found.failed[0].contains("cut off"), "{:?}", found.failed);
}

#[test]
fn web_archives_that_lie_about_lengths_go_on() {
    let text = |t: &[u8]| warc_record("conversion", "text/plain", t.len() as u64, t);
    // Too short: what is left over is passed over up to the next record.
    let short = warc_record("conversion", "text/plain", 5, WORDS.as_bytes());
    let found = read([text(b"Words of one."), short, text(b"Words of another.")].concat());
    assert_eq!(found.paths(), ["in#1", "in#2", "in#3"]);
    // Too long for memory: nothing is set aside for it.
    let long = warc_record("conversion", "text/plain", u64::MAX - 1, WORDS.as_bytes());
    let found = read([text(b"Words of one."), long].concat());
    assert_eq!(found.paths(), ["in#1"]);
    let cut = warc_record("conversion", "text/plain", 5000, WORDS.as_bytes());
    let found = read([text(b"Words of one."), cut].concat());
    assert!(found.failed[0].contains("record 2: the file ends in the middle"), "{:?}", found.failed);
    let headless = b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\n".to_vec();
    let found = read([headless, text(b"Words of one.")].concat());
    assert_eq!(found.paths(), ["in#2"]);
    assert!(found.failed[0].contains("does not say how long"), "{:?}", found.failed);
}

#[test]
fn an_answer_that_unpacks_to_gigabytes_is_passed_over() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    let block = [head, gzip(made(500_000_000, b" "))].concat();
    let bomb = warc_record("response", "application/http", block.len() as u64, &block);
    let text = warc_record("conversion", "text/plain", WORDS.len() as u64, WORDS.as_bytes());
    let found = read([bomb, text].concat());
    assert_eq!(found.paths(), ["in#2"]);
    assert!(found.notes.iter().any(|n| n.contains("larger than 20 MB: 1")), "{:?}", found.notes);
}

#[test]
fn entity_bombs_expand_to_nothing() {
    let mut bomb = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE html [\n<!ENTITY a0 \"ha\">\n");
    for n in 1..60 {
        bomb.push_str(&format!("<!ENTITY a{n} \"&a{0};&a{0};&a{0};\">\n", n - 1));
    }
    bomb.push_str(&format!(
        "]>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>&a59; {WORDS}</p></body></html>"
    ));
    let found = read(bomb.into_bytes());
    let desk = Desk::open().unwrap_or_else(|e| panic!("{e}"));
    for piece in found.pieces {
        let (article, _) = desk.read(piece, &Given::default());
        assert!(article.is_none_or(|a| a.text.len() < 10_000));
    }
    let feed = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">]><rss><channel>&a;</channel></rss>";
    assert!(read(feed.as_bytes().to_vec()).failed[0].contains("a feed"));
}

#[test]
fn mails_within_mails_and_parts_without_end() {
    let mut mail = String::from("From: a@b.example\nSubject: inner\n\nInnermost words.\n");
    for n in 0..50 {
        mail = format!(
            "From: a@b.example\nSubject: {n}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b{n}\"\n\n\
             --b{n}\nContent-Type: text/plain\n\nWords {n}.\n--b{n}\nContent-Type: message/rfc822\n\n{mail}\n--b{n}--\n"
        );
    }
    let found = read(mail.into_bytes());
    assert!((1..20).contains(&found.pieces.len()), "{}", found.pieces.len());
    let parts = "--b\nContent-Type: text/plain\n\nx\n".repeat(50_000);
    let many = format!("From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n{parts}");
    let found = read(many.into_bytes());
    assert!((1..300).contains(&found.pieces.len()), "{}", found.pieces.len());
}

#[test]
fn a_line_of_a_million_words_is_refused() {
    let (clean, notes) = article(&"word ".repeat(1_000_000));
    assert_eq!(clean, "");
    assert!(notes[0].contains("kB, over 500 kB"), "{notes:?}");
    let (clean, _) = article(&"word ".repeat(50_000));
    assert!(clean.len() > 200_000, "{}", clean.len());
}

#[test]
fn marks_of_markdown_without_end_are_read() {
    let heading = format!("# {}", "a *b* [c](https://d.example) ".repeat(100_000));
    assert_eq!(read(heading.into_bytes()).pieces.len(), 1);
    let stars = format!("# Words\n\n{}", "*_".repeat(200_000));
    assert_eq!(read(stars.into_bytes()).pieces.len(), 1);
    let quotes = format!("# Words\n\n{}", "> ".repeat(100_000));
    assert_eq!(read(quotes.into_bytes()).pieces.len(), 1);
}

#[test]
fn tables_with_too_many_columns() {
    let head = format!("title,text{}", ",x".repeat(100_000));
    assert_eq!(read(format!("{head}\n{head}\n").into_bytes()).failed.len(), 0);
    let row = format!("title,text\n{}\nT,Words.\n", "x,".repeat(100_000));
    let found = read(row.into_bytes());
    assert_eq!(found.paths(), ["in#3"]);
    assert!(Metadata::parse("m", format!("path{}\n", ",x".repeat(100_000)).as_bytes()).is_ok());
}
