//! Which files are there to read? Files, folders and standard input, as the user names them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use evidence::Note;
use walkdir::WalkDir;

use crate::error::Error;
use crate::piece::{Body, Particulars, Piece};
use crate::source::Source;

/// Largest file that is read, in bytes: a report is a few thousand.
pub const LARGEST: u64 = 20_000_000;

/// Endings of files that are read when a folder is named; a file that is named itself may have any.
const ENDINGS: [&str; 2] = ["txt", "text"];

/// The files to read, each once, in the order of the arguments; those of a folder sorted by name.
#[derive(Debug, Default)]
pub struct Inbox {
    items: Vec<Item>,
    notes: Vec<Note>,
}

/// One file to read, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    file: PathBuf,
}

/// The reports of one file, one after the other; what of it cannot be read is an error of its own, and the rest goes on.
#[derive(Debug)]
pub struct Pieces {
    left: std::vec::IntoIter<Piece>,
}

impl Pieces {
    /// The reports in the bytes of a file, recognised by content; `path` names it.
    ///
    /// # Errors
    /// If they are nothing that can be read; the message names the path.
    pub fn of_bytes(path: &str, bytes: Vec<u8>) -> Result<Self, Error> {
        let body = match Source::of(&bytes).map_err(|e| Error::file(format!("{path}: {e}")))? {
            Source::Text(text) => Body::Text(text.to_owned()),
        };
        let piece = Piece { path: path.to_owned(), body, particulars: Particulars::default() };
        Ok(Self { left: vec![piece].into_iter() })
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left.next().map(Ok)
    }
}

impl Inbox {
    /// Looks for files at each path: a file, a folder (with its folders; links are followed, loops are not), or `-`.
    ///
    /// What cannot be found or is passed over is told by [`Inbox::notes`]; the rest goes on.
    pub fn open<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Self {
        let mut inbox = Self::default();
        let mut seen = BTreeSet::new();
        for path in paths {
            inbox.look_at(path.as_ref(), &mut seen);
        }
        inbox
    }

    /// The files, in order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What was not found or passed over: kinds `unreadable` and `passed-over`.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    fn look_at(&mut self, path: &Path, seen: &mut BTreeSet<PathBuf>) {
        if path.as_os_str() == "-" {
            self.add(path.to_owned(), PathBuf::from("-"), seen);
            return;
        }
        match path.canonicalize() {
            Err(error) => self.note("unreadable", Error::system(path, error).to_string()),
            Ok(real) if real.is_dir() => self.look_into(path, seen),
            Ok(real) => self.add(path.to_owned(), real, seen),
        }
    }

    fn look_into(&mut self, folder: &Path, seen: &mut BTreeSet<PathBuf>) {
        let before = self.items.len() + self.notes.len();
        let mut passed_over = Vec::new();
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.note("unreadable", what_walking_met(&error, folder));
                    continue;
                }
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let readable = entry.path().extension().is_some_and(|e| ENDINGS.iter().any(|x| e.eq_ignore_ascii_case(x)));
            if entry.file_type().is_file() && readable {
                let real = entry.path().canonicalize().unwrap_or_else(|_| entry.path().to_owned());
                self.add(entry.path().to_owned(), real, seen);
            } else {
                passed_over.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        if !passed_over.is_empty() {
            self.note("passed-over", passed_over_note(folder, &passed_over));
        } else if self.items.len() + self.notes.len() == before {
            self.note("passed-over", format!("{} has no new .txt file in it", folder.display()));
        }
    }

    fn add(&mut self, file: PathBuf, real: PathBuf, seen: &mut BTreeSet<PathBuf>) {
        if seen.insert(real) {
            self.items.push(Item { file });
        }
    }

    fn note(&mut self, kind: &'static str, message: String) {
        self.notes.push(Note::new(kind, message));
    }
}

impl Item {
    /// The path as the user named it, or as it was found in a folder; `-` for standard input.
    pub fn path(&self) -> String {
        self.file.to_string_lossy().into_owned()
    }

    /// Reads the bytes.
    ///
    /// # Errors
    /// If the file is not there, may not be read, or is larger than [`LARGEST`].
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        if self.file.as_os_str() == "-" {
            return self.take(std::io::stdin().lock());
        }
        let file = File::open(&self.file).map_err(|e| Error::system(&self.file, e))?;
        let size = file.metadata().map_err(|e| Error::system(&self.file, e))?.len();
        if size > LARGEST {
            return Err(too_large(&self.file, Some(size)));
        }
        self.take(file)
    }

    /// The reports in the file, one after the other.
    ///
    /// # Errors
    /// If the file cannot be read, or is nothing that can be read.
    pub fn pieces(&self) -> Result<Pieces, Error> {
        Pieces::of_bytes(&self.path(), self.read()?)
    }

    /// Reads no more than the largest size: a pipe or a device need not tell how much it holds.
    fn take(&self, from: impl Read) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| Error::system(&self.file, e))?;
        if bytes.len() as u64 > LARGEST { Err(too_large(&self.file, None)) } else { Ok(bytes) }
    }
}

fn too_large(path: &Path, size: Option<u64>) -> Error {
    let size = size.map_or_else(|| "more than".to_owned(), |s| format!("{:.1} MB, over", s as f64 / 1e6));
    let most = LARGEST / 1_000_000;
    Error::file(format!("{} has {size} {most} MB, too much for a report; split it, one report a file", path.display()))
}

fn what_walking_met(error: &walkdir::Error, folder: &Path) -> String {
    let path = error.path().unwrap_or(folder).display();
    match (error.loop_ancestor(), error.io_error().map(std::io::Error::kind)) {
        (Some(ancestor), _) => {
            format!(
                "{path} links back to {}, a folder it is in; it is not followed; remove the link",
                ancestor.display()
            )
        }
        (None, Some(std::io::ErrorKind::PermissionDenied)) => {
            format!("{path} may not be read by you; change its permissions")
        }
        (None, Some(std::io::ErrorKind::NotFound)) => format!("{path} is a link to nothing; remove or mend it"),
        _ => format!("{path} cannot be read: {error}"),
    }
}

fn passed_over_note(folder: &Path, names: &[String]) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let shown = names[..names.len().min(SHOWN)].join(", ");
    format!(
        "{}: passed over, as they are no .txt files: {shown}{more}; name a file itself to have it read",
        folder.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"))
    }

    fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))
            .and_then(|()| std::fs::write(&path, text))
            .unwrap_or_else(|e| panic!("{e}"));
        path
    }

    fn names(inbox: &Inbox, folder: &Path) -> Vec<String> {
        let prefix = format!("{}/", folder.display());
        inbox.items().iter().map(|i| i.path().replace(&prefix, "")).collect()
    }

    #[test]
    fn folders_are_sorted_and_files_come_once() {
        let dir = folder();
        for name in ["b.txt", "a/2.txt", "a/1.TXT", "c.md", ".hidden/x.txt"] {
            write(dir.path(), name, "x");
        }
        let inbox = Inbox::open([dir.path(), &dir.path().join("b.txt"), dir.path()]);
        assert_eq!(names(&inbox, dir.path()), ["a/1.TXT", "a/2.txt", "b.txt"]);
        assert!(inbox.notes()[0].message.contains("c.md"), "{:?}", inbox.notes());
    }

    #[test]
    fn a_file_that_is_named_may_have_any_ending() {
        let dir = folder();
        let file = write(dir.path(), "report", "words");
        let inbox = Inbox::open([&file]);
        assert_eq!(inbox.items()[0].read().expect("readable"), b"words");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_links_back_to_itself_ends() {
        let dir = folder();
        write(dir.path(), "in/a.txt", "x");
        std::os::unix::fs::symlink(dir.path(), dir.path().join("in/loop")).unwrap_or_else(|e| panic!("{e}"));
        std::os::unix::fs::symlink(dir.path().join("nowhere"), dir.path().join("in/gone.txt"))
            .unwrap_or_else(|e| panic!("{e}"));
        let inbox = Inbox::open([dir.path()]);
        assert_eq!(names(&inbox, dir.path()), ["in/a.txt"]);
        let notes: Vec<&str> = inbox.notes().iter().map(|n| n.message.as_str()).collect();
        assert!(notes.iter().any(|n| n.contains("links back")), "{notes:?}");
        assert!(notes.iter().any(|n| n.contains("link to nothing")), "{notes:?}");
    }

    #[test]
    fn what_is_not_there_is_told_and_the_rest_goes_on() {
        let dir = folder();
        let file = write(dir.path(), "a.txt", "x");
        let inbox = Inbox::open([dir.path().join("none.txt"), file]);
        assert_eq!(inbox.items().len(), 1);
        assert!(inbox.notes()[0].message.contains("does not exist"));
    }

    #[test]
    fn a_file_of_fifty_megabytes_is_refused_unread() {
        let dir = folder();
        let path = dir.path().join("big.txt");
        File::create(&path).and_then(|f| f.set_len(50_000_000)).unwrap_or_else(|e| panic!("{e}"));
        let inbox = Inbox::open([&path]);
        let error = inbox.items()[0].read().expect_err("too large").to_string();
        assert!(error.contains("50.0 MB, over 20 MB"), "{error}");
    }
}
