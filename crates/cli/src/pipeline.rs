//! The whole flow on one page: files → articles → annotations → referents → claims → one ledger. Start reading here.
//!
//! Every stage is pure but the first; stages know the types of `evidence` and never each other.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, mpsc};

use annotate::{Annotator, Scratch};
use anyhow::{Context, Result};
use evidence::ledger::Reading;
use evidence::{Article, Document, Note, Referents};
use extract::Extractor;
use ingest::{Desk, Given, Item, Piece, Pieces, Register};
use resolve::Knowledge;
use store::Store;

use crate::picture;

/// Stack of a worker: parse trees of strange sentences may be deep.
const STACK: usize = 64 << 20;

/// Readings that may wait to be kept, before reading waits for them.
const WAITING: usize = 64;

/// The language that the stages understand (ISO 639-1).
const LANGUAGE: &str = "en";

/// All stages with what they know, ready to read.
pub struct Pipeline {
    desk: Desk,
    annotator: Annotator,
    knowledge: Knowledge,
    extractor: Extractor,
    conflict: Option<String>,
}

/// What became of one file.
pub struct Outcome {
    /// What it says, or in plain words why it could not be read; the words name the file.
    pub reading: Result<Reading, String>,
}

/// The files that are left to read, and the pieces that are left of the one that is open.
struct Intake<'f> {
    files: std::slice::Iter<'f, Item>,
    open: Option<Pieces>,
    pieces: usize,
    /// What a person should know of the files beside their reports.
    notes: Vec<Note>,
}

impl<'f> Intake<'f> {
    fn new(files: &'f [Item]) -> Self {
        Self { files: files.iter(), open: None, pieces: 0, notes: Vec::new() }
    }

    /// The next piece with its number, or in plain words why there is none where one was expected.
    fn next(&mut self) -> Option<(usize, Result<Piece, String>)> {
        let piece = loop {
            if let Some(pieces) = &mut self.open {
                let path = pieces.path().to_owned();
                let piece = guarded(&path, || Ok(pieces.next()));
                self.notes.append(&mut pieces.notes());
                match piece {
                    Ok(Some(piece)) => break piece.map_err(|e| format!("cannot read {e}")),
                    Ok(None) => self.open = None,
                    Err(told) => {
                        self.open = None;
                        break Err(told);
                    }
                }
            }
            let file = self.files.next()?;
            match guarded(&file.path(), || file.pieces().map_err(|e| format!("cannot read {e}"))) {
                Ok(pieces) => self.open = Some(pieces),
                Err(told) => break Err(told),
            }
        };
        self.pieces += 1;
        Some((self.pieces - 1, piece))
    }
}

/// Articles enter in the order of their pieces, whichever thread was done with its own first: so two of the same content
/// get the same ids in every run.
#[derive(Default)]
struct Entry {
    /// The number whose turn it is.
    turn: Mutex<(usize, Register)>,
    passed: Condvar,
}

impl Entry {
    /// Waits for its turn; every number must come.
    fn enter(&self, number: usize, opened: &mut Result<(Article, Vec<Note>), String>) {
        let turn = self.turn.lock().unwrap_or_else(|broken| broken.into_inner());
        let waited = self.passed.wait_while(turn, |(next, _)| *next != number);
        let mut turn = waited.unwrap_or_else(|broken| broken.into_inner());
        if let Ok((article, notes)) = opened {
            notes.extend(turn.1.enter(article));
        }
        turn.0 += 1;
        self.passed.notify_all();
    }
}

/// An article with all that stages found on the way to its claims.
pub struct Steps {
    /// How it is said.
    pub document: Document,
    /// Who and what is meant.
    pub referents: Referents,
    /// What it says.
    pub reading: Reading,
}

impl Steps {
    /// An article that is kept and said to be in another language, and of which nothing is claimed.
    fn unread(article: Article, notes: Vec<Note>) -> Self {
        let (entities, claims, figures, ceasefires) = Default::default();
        let reading = Reading { article, entities, claims, figures, ceasefires, notes };
        Self { document: Document::default(), referents: Referents::default(), reading }
    }
}

impl Pipeline {
    /// The stages with the data that travels in the program; `conflict` names a profile, or is a file with one.
    pub fn new(conflict: Option<&str>) -> Result<Self> {
        let mut knowledge = Knowledge::shipped().context("cannot load the data of the program")?;
        let mut name = conflict.map(str::to_owned);
        if let Some(file) = conflict.filter(|c| c.ends_with(".toml")) {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("cannot read the conflict profile {file}"))?;
            knowledge = knowledge.with_profile(&text, file).context("cannot use the conflict profile")?;
            name = named_in(&text).or(name);
        }
        if let Some(name) = name.as_deref().filter(|n| !knowledge.conflicts().contains(n)) {
            let known = knowledge.conflicts().join(", ");
            anyhow::bail!(
                "cannot use the conflict {name}: there is no such profile; name one of {known}, or a .toml file"
            );
        }
        Ok(Self {
            desk: Desk::open().context("cannot load the data of the program")?,
            annotator: Annotator::new(),
            knowledge,
            extractor: Extractor::shipped().context("cannot load the data of the program")?,
            conflict: name,
        })
    }

    /// From one article to what it says; of an article in a language other than English, or of a line in one, nothing.
    pub fn read(&self, scratch: &mut Scratch, article: Article, noticed: Vec<Note>) -> Steps {
        if article.language.as_deref().is_some_and(|l| l != LANGUAGE) {
            return Steps::unread(article, noticed);
        }
        let apart = self.desk.in_other_languages(&article).into_iter().chain(article.dateline);
        let document = self.annotator.annotate(scratch, &article.text, apart, &article.published);
        let (referents, unknown) = self.knowledge.refer(&article.text, &document, &article, self.conflict.as_deref());
        let mut claims = self.extractor.claims(&article, &document, &referents);
        let ceasefires = self.extractor.truces(&article, &document, &referents, &claims);
        let figures = self.extractor.figures(&article, &document, &referents, &claims);
        Extractor::victims(&mut claims, &figures, &referents);
        let notes = noticed.into_iter().chain(unknown).collect();
        let reading = Reading { entities: referents.entities.clone(), claims, figures, ceasefires, notes, article };
        Steps { document, referents, reading }
    }

    /// Reads files on several threads and hands over what became of their reports in the order of the files; what a
    /// person should know of the files themselves comes back.
    pub fn read_all(
        &self,
        files: &[Item],
        given: impl Fn(&str) -> Given + Sync,
        threads: usize,
        mut done: impl FnMut(Outcome) -> Result<()>,
    ) -> Result<Vec<Note>> {
        let intake = Mutex::new(Intake::new(files));
        let entry = Entry::default();
        let (results, inbox) = mpsc::sync_channel(WAITING);
        std::thread::scope(|scope| {
            for _ in 0..threads.max(1) {
                let (results, intake, entry, given) = (results.clone(), &intake, &entry, &given);
                let worker = move || {
                    let mut scratch = Scratch::default();
                    while let Some((number, outcome)) = self.next(intake, entry, given, &mut scratch) {
                        if results.send((number, outcome)).is_err() {
                            break; // Nobody listens any more: the ledger could not be written.
                        }
                    }
                };
                std::thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, worker)
                    .context("cannot start a thread")?;
            }
            drop(results);
            let mut early = BTreeMap::new();
            let mut next = 0;
            for (number, outcome) in inbox {
                early.insert(number, outcome);
                while let Some(outcome) = early.remove(&next) {
                    done(outcome)?;
                    next += 1;
                }
            }
            anyhow::Ok(())
        })?;
        Ok(intake.into_inner().unwrap_or_else(|broken| broken.into_inner()).notes)
    }

    /// Takes the next file and reads it; `None` when there are no more.
    fn next(
        &self,
        intake: &Mutex<Intake<'_>>,
        entry: &Entry,
        given: &impl Fn(&str) -> Given,
        scratch: &mut Scratch,
    ) -> Option<(usize, Outcome)> {
        let (number, piece) = intake.lock().unwrap_or_else(|broken| broken.into_inner()).next()?;
        let mut opened = piece.and_then(|piece| {
            let (path, given) = (piece.path.clone(), given(&piece.path));
            guarded(&path, || self.open(piece, &given))
        });
        entry.enter(number, &mut opened);
        let reading = opened.and_then(|(article, notes)| {
            let path = article.path.clone();
            guarded(&path, || Ok(self.read(scratch, article, notes).reading))
        });
        if reading.is_err() {
            *scratch = Scratch::default();
        }
        Some((number, Outcome { reading }))
    }

    /// From a piece to its article.
    pub fn open(&self, piece: Piece, given: &Given) -> Result<(Article, Vec<Note>), String> {
        let path = piece.path.clone();
        let (article, mut notes) = self.desk.read(piece, given);
        let Some(article) = article else {
            let told = notes.pop().map(|n| n.message);
            return Err(told.unwrap_or_else(|| format!("cannot read {path}: there is no report in it")));
        };
        Ok((article, notes))
    }

    /// From a few words of the user to what they say: no page to clean, no date.
    pub fn read_text(&self, text: &str) -> Steps {
        let article = Article::of_words(text);
        self.read(&mut Scratch::default(), article, Vec::new())
    }

    /// The rules and their traces.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }
}

/// Brings incidents, ceasefires and origins up to date with all readings that are kept.
pub fn reconcile(store: &mut dyn Store) -> Result<(), store::Error> {
    picture::update(store)
}

/// Runs a step with the room that reading strange sentences needs.
pub fn on_a_deep_stack<T: Send>(step: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, step);
        let ended = thread.context("cannot start a thread")?.join();
        ended.unwrap_or_else(|_| anyhow::bail!("it meets a mistake of this program; please report it"))
    })
}

/// The name that a conflict profile gives itself.
fn named_in(profile: &str) -> Option<String> {
    let table: toml::Table = profile.parse().ok()?;
    table.get("name")?.as_str().map(str::to_owned)
}

/// Runs a step on one report. A mistake of ours in one report is told as such, and the other reports are still read.
pub(crate) fn guarded<T>(path: &str, step: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("of an unknown kind");
        Err(format!("cannot read {path}: it meets a mistake of this program ({words}); please report it with the file"))
    })
}
