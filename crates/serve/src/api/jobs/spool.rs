//! A folder beside the ledger with what was sent: bytes until they are read, and what became of them.

use std::fs::{self, File};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};

use super::Job;

/// The folder; it is made when something is sent.
pub(super) struct Spool {
    folder: PathBuf,
}

impl Spool {
    pub fn beside(ledger: &Path) -> Self {
        let mut folder = ledger.as_os_str().to_owned();
        folder.push(".sent");
        Self { folder: folder.into() }
    }

    /// All jobs that are there.
    pub fn jobs(&self) -> Vec<Job> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let paths = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "json"));
        let read = |path: PathBuf| match fs::read(&path).map(|bytes| serde_json::from_slice(&bytes)) {
            Ok(Ok(job)) => Some(job),
            _ => {
                eprintln!("standoff: {} tells of nothing that was sent; it is passed over", path.display());
                None
            }
        };
        paths.filter_map(read).collect()
    }

    /// Keeps a job with its bytes; once this returns, they are on the disk.
    pub fn keep(&self, job: &Job, bytes: &[u8]) -> Result<()> {
        fs::create_dir_all(&self.folder)?;
        self.write(&self.body(&job.id), bytes)?;
        self.write(&self.head(&job.id), &serde_json::to_vec(job)?)
    }

    /// What was sent.
    pub fn bytes(&self, id: &str) -> Result<Vec<u8>> {
        fs::read(self.body(id))
    }

    /// Keeps what became of a job; its bytes go.
    pub fn end(&self, job: &Job) -> Result<()> {
        self.write(&self.head(&job.id), &serde_json::to_vec(job)?)?;
        fs::remove_file(self.body(&job.id))
    }

    /// Removes whatever there is of a job.
    pub fn forget(&self, id: &str) {
        // What is gone already need not be removed.
        let _ = (fs::remove_file(self.head(id)), fs::remove_file(self.body(id)));
    }

    fn head(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    fn body(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.bytes"))
    }

    /// Beside its name first, so that a kill never leaves half of it.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let beside = path.with_extension("part");
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        // The name is on the disk only with its folder.
        if cfg!(unix) { File::open(&self.folder)?.sync_all() } else { Ok(()) }
    }
}
