//! Which files are in a ZIP archive? They are read where they lie; nothing is ever written to the disk.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

use evidence::Note;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::error::Error;
use crate::pieces::{Found, Reader, Seekable};
use crate::source;
use crate::stream::{Allowance, Stream, Unpacked};

type Shared = Arc<Mutex<Box<dyn Seekable>>>;

/// Reads the files of an archive one after the other, sorted by name.
pub(crate) struct Archive {
    path: String,
    file: Shared,
    entries: std::vec::IntoIter<Entry>,
    allowance: Allowance,
}

/// A file in an archive.
struct Entry {
    name: String,
    start: u64,
    packed: u64,
    deflated: bool,
    crc: u32,
}

impl Archive {
    /// Reads the list of files.
    ///
    /// # Errors
    /// If it is broken.
    pub fn open(
        path: &str,
        mut from: Box<dyn Seekable>,
        allowance: &Allowance,
        notes: &mut Vec<Note>,
    ) -> Result<Self, Error> {
        let size = from.seek(SeekFrom::End(0)).map_err(|e| Error::stream(path, e))?;
        allowance.packed(size);
        let file: Shared = Arc::new(Mutex::new(from));
        let broken = |e: zip::result::ZipError| {
            Error::file(format!("{path}: the list of its files is broken ({e}); pack it again"))
        };
        let mut list = ZipArchive::new(Place { file: file.clone(), at: 0 }).map_err(broken)?;
        let mut listing = Listing::default();
        for i in 0..list.len() {
            listing.add(&mut list, i);
        }
        let entries = listing.into_entries(path, notes);
        Ok(Self { path: path.to_owned(), file, entries: entries.into_iter(), allowance: allowance.clone() })
    }
}

impl Reader for Archive {
    fn next(&mut self, _: &mut Vec<Note>) -> Option<Found> {
        let entry = self.entries.next()?;
        let place = Place { file: self.file.clone(), at: entry.start };
        let packed = place.take(entry.packed);
        let bytes: Box<dyn Read + Send> =
            if entry.deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
        let checked = Checked { from: Unpacked::new(bytes, &self.allowance), crc: Crc::new(), expected: entry.crc };
        Some(Found::Inner(format!("{}!{}", self.path, entry.name), Stream::new(checked)))
    }
}

/// What the list of an archive says of its files.
#[derive(Default)]
struct Listing {
    entries: Vec<Entry>,
    outside: Vec<String>,
    locked: Vec<String>,
    unreadable: Vec<String>,
}

impl Listing {
    fn add(&mut self, list: &mut ZipArchive<Place>, i: usize) {
        let file = match list.by_index_raw(i) {
            Ok(file) => file,
            Err(error) => return self.unreadable.push(format!("file {} ({error})", i + 1)),
        };
        let name = match file.name() {
            Ok(name) => name.replace('\\', "/"),
            Err(_) => String::from_utf8_lossy(file.name_raw()).replace('\\', "/"),
        };
        let method = file.compression();
        let deflated = method == CompressionMethod::DEFLATE;
        if file.is_dir() || name.ends_with('/') {
        } else if leads_out(&name) || file.is_symlink() {
            self.outside.push(name);
        } else if file.encrypted() {
            self.locked.push(name);
        } else if let Some(start) = file.data_start().filter(|_| deflated || method == CompressionMethod::Stored) {
            let (packed, crc) = (file.compressed_size(), file.crc32());
            self.entries.push(Entry { name, start, packed, deflated, crc });
        } else {
            self.unreadable.push(format!("{name} (packed by {method})"));
        }
    }

    /// The files to read, and notes on the others.
    fn into_entries(mut self, path: &str, notes: &mut Vec<Note>) -> Vec<Entry> {
        let mut told = |kind: &'static str, names: &[String], what: &str| {
            if !names.is_empty() {
                notes.push(Note::new(kind, format!("{path}: {what}: {}", shown(names))));
            }
        };
        let outside = "passed over, as their names lead out of the archive or they are links; nothing was written";
        told("unsafe-path", &self.outside, outside);
        told("locked", &self.locked, "passed over, as they are encrypted; unpack them yourself");
        told(
            "unreadable-entry",
            &self.unreadable,
            "cannot be unpacked; pack the archive again without special methods",
        );
        self.entries.sort_by(|a, b| a.name.cmp(&b.name));
        let names: Vec<String> = self.entries.iter().map(|e| e.name.clone()).collect();
        let there = |name: &str| names.binary_search_by(|n| n.as_str().cmp(name)).is_ok();
        let mut hidden = 0;
        self.entries.retain(|e| {
            let is_hidden = e.name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            let drop = is_hidden || source::belongs_to_page(&e.name, there);
            hidden += usize::from(drop);
            !drop
        });
        if hidden > 0 {
            let told = format!("{path}: {hidden} hidden files and parts of saved pages were passed over");
            notes.push(Note::new("passed-over", told));
        }
        self.entries
    }
}

/// Whether a name would leave the folder it is unpacked into.
fn leads_out(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    name.starts_with('/') || drive || name.contains('\0') || name.split('/').any(|part| part == "..")
}

fn shown(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", names[..names.len().min(SHOWN)].join(", "))
}

/// A place in a file that others read too.
struct Place {
    file: Shared,
    at: u64,
}

impl Read for Place {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(|broken| broken.into_inner());
        file.seek(SeekFrom::Start(self.at))?;
        let n = file.read(into)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Place {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut file = self.file.lock().unwrap_or_else(|broken| broken.into_inner());
        let to = match to {
            SeekFrom::Current(by) => {
                let at = self.at.checked_add_signed(by);
                SeekFrom::Start(at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?)
            }
            other => other,
        };
        self.at = file.seek(to)?;
        Ok(self.at)
    }
}

/// Tells at the end whether the bytes are those that were packed.
struct Checked<R> {
    from: R,
    crc: Crc,
    expected: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        self.crc.update(&into[..n]);
        if n == 0 && !into.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its bytes are not those that were packed"));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out() {
        for name in ["../x", "a/../../x", "/etc/x", "C:/x", "c:x", "a\0b"] {
            assert!(leads_out(name), "{name}");
        }
        for name in ["a/b.txt", "a..b/c", "..a", "Ä/b"] {
            assert!(!leads_out(name), "{name}");
        }
    }
}
