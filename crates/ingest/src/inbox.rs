//! Which files are there to read? Files, folders and standard input, as the user names them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use evidence::Note;
use walkdir::{DirEntry, WalkDir};

use crate::error::Error;
use crate::fields::Mapping;
use crate::pieces::Pieces;
use crate::source;

/// Largest report that is read, in bytes: it has a few thousand. Tables and archives of many may be of any size.
pub const LARGEST: u64 = 20_000_000;

/// How much of a file of a folder is looked at to see whether it is a report, in bytes.
const LOOKED_AT: u64 = 8 * 1024;

/// The files to read, each once, in the order of the arguments; those of a folder sorted by name.
#[derive(Debug, Default)]
pub struct Inbox {
    items: Vec<Item>,
    notes: Vec<Note>,
    map: Arc<Mapping>,
}

/// One file to read, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    file: PathBuf,
    map: Arc<Mapping>,
}

impl Inbox {
    /// Looks for files at each path: a file, a folder (with its folders; links are followed, loops are not), or `-`.
    ///
    /// What cannot be found or is passed over is told by [`Inbox::notes`]; the rest goes on.
    pub fn open<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Self {
        Self::mapped(paths, Mapping::default())
    }

    /// As [`Inbox::open`], where fields of tables and JSON mean what `map` says.
    pub fn mapped<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, map: Mapping) -> Self {
        let mut inbox = Self { map: Arc::new(map), ..Self::default() };
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
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|e| e.depth() == 0 || !is_hidden(e) && !is_of_saved_page(e)) {
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
            match no_report(&entry, &self.map) {
                None => {
                    let real = entry.path().canonicalize().unwrap_or_else(|_| entry.path().to_owned());
                    self.add(entry.path().to_owned(), real, seen);
                }
                Some(why) => passed_over.push(format!("{} ({why})", entry.file_name().to_string_lossy())),
            }
        }
        if !passed_over.is_empty() {
            self.notes.push(source::passed_over(&folder.to_string_lossy(), &passed_over));
        } else if self.items.len() + self.notes.len() == before {
            self.note("passed-over", format!("{} has no new report in it", folder.display()));
        }
    }

    fn add(&mut self, file: PathBuf, real: PathBuf, seen: &mut BTreeSet<PathBuf>) {
        if seen.insert(real) {
            self.items.push(Item { file, map: self.map.clone() });
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

    /// The reports in the file, one after the other.
    ///
    /// # Errors
    /// If the file is not there, may not be read, or is nothing that can be read.
    pub fn pieces(&self) -> Result<Pieces, Error> {
        if self.file.as_os_str() == "-" {
            return Pieces::of_reader("-", std::io::stdin(), &self.map);
        }
        let file = File::open(&self.file).map_err(|e| Error::system(&self.file, e))?;
        Pieces::of_file(&self.path(), file, &self.map)
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether it is the folder of pictures and scripts that a browser saves beside a page.
fn is_of_saved_page(entry: &DirEntry) -> bool {
    let inside = format!("{}/", entry.path().to_string_lossy());
    entry.file_type().is_dir() && source::belongs_to_page(&inside, |page| Path::new(page).is_file())
}

/// Why a file of a folder is passed over, if it is. A file that cannot be opened is told of when it is read.
fn no_report(entry: &DirEntry, map: &Mapping) -> Option<&'static str> {
    if !entry.file_type().is_file() {
        return Some("no file");
    }
    let mut head = Vec::new();
    File::open(entry.path()).ok()?.take(LOOKED_AT).read_to_end(&mut head).ok()?;
    source::is_no_report(&entry.file_name().to_string_lossy(), &head, map)
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
        for name in ["b.txt", "a/2", "a/1.TXT", "README.md", ".hidden/x.txt", "p.html", "p_files/x.html"] {
            write(dir.path(), name, "words");
        }
        write(dir.path(), "c.jpg", "\u{1}\u{2}\u{3}\u{4}");
        let inbox = Inbox::open([dir.path(), &dir.path().join("b.txt"), dir.path()]);
        assert_eq!(names(&inbox, dir.path()), ["a/1.TXT", "a/2", "b.txt", "p.html"]);
        assert!(
            inbox.notes()[0].message.contains("README.md (it tells of the folder), c.jpg (a binary file)"),
            "{:?}",
            inbox.notes()
        );
    }

    #[test]
    fn a_file_that_is_named_may_have_any_ending() {
        let dir = folder();
        let file = write(dir.path(), "report", "words");
        let inbox = Inbox::open([&file]);
        let pieces: Result<Vec<_>, _> = inbox.items()[0].pieces().expect("readable").collect();
        assert_eq!(pieces.expect("readable").len(), 1);
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
}
