//! Whoever keeps the file of accounts: asks it and changes it, away from the threads that answer requests.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use store::{Accounts, Deed, Lifetimes};

use super::pace::Pace;
use super::password::Hashing;
use super::secret::derive;
use super::{Role, Secret, Visit, Way, Who};
use crate::desk::{Desk, Settings};
use crate::fault::Fault;

/// A session ends after four hours without use, and in any case after twelve: a working day.
pub(crate) const LIVES: Lifetimes = Lifetimes { idle: 4 * 3600, absolute: 12 * 3600 };

/// The state of the guard.
pub(crate) struct Keeper {
    path: PathBuf,
    file: OnceLock<File>,
    /// Of this run of the program; what is made of it is worth nothing to the next.
    secret: Secret,
    pub hashing: Hashing,
    pub pace: Pace,
    /// Whether only this machine can ask.
    at_home: bool,
}

/// Requests are let in by one connection while changes wait for the disk on the other.
struct File {
    asking: Mutex<Accounts>,
    changing: Mutex<Accounts>,
}

impl Keeper {
    /// Opens the accounts beside the ledger, if there are any.
    pub fn open(settings: &Settings) -> Result<Self, store::Error> {
        let keeper = Self {
            path: Accounts::beside(&settings.ledger),
            file: OnceLock::new(),
            secret: Secret::new(),
            hashing: Hashing::default(),
            pace: Pace::new(settings.per_second),
            at_home: settings.listen.ip().is_loopback() && !settings.behind_proxy,
        };
        keeper.file()?;
        Ok(keeper)
    }

    /// The accounts, once there are any: also if the first is made while the desk is open.
    fn file(&self) -> Result<Option<&File>, store::Error> {
        if let Some(file) = self.file.get() {
            return Ok(Some(file));
        }
        if !self.path.exists() {
            return Ok(None);
        }
        let asking = Accounts::open_existing(&self.path)?;
        if !asking.any()? {
            return Ok(None);
        }
        let file = File { asking: Mutex::new(asking), changing: Mutex::new(Accounts::open_existing(&self.path)?) };
        Ok(Some(self.file.get_or_init(|| file)))
    }

    /// Names this run of the program, without telling its secret.
    pub fn run(&self) -> String {
        self.secret.derive("run").chars().take(8).collect()
    }

    /// Whether there are accounts.
    pub fn has_accounts(&self) -> Result<bool, Fault> {
        Ok(self.file()?.is_some())
    }

    /// Who somebody without session or token is.
    pub fn unknown(&self) -> Result<Who, Fault> {
        if self.at_home && !self.has_accounts()? {
            let csrf = self.secret.derive("local");
            return Ok(Who { name: "local".to_owned(), role: Role::Admin, csrf, way: Way::Local });
        }
        Ok(Who::nobody(self.secret.derive("login")))
    }
}

impl Desk {
    /// Asks the accounts something. `None` if there are none.
    pub(crate) async fn ask_accounts<T, F>(&self, ask: F) -> Result<Option<T>, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Accounts) -> Result<T, store::Error> + Send + 'static,
    {
        self.with_file(move |file| ask(&file.asking.lock().unwrap_or_else(PoisonError::into_inner))).await
    }

    /// Changes something about the accounts. `None` if there are none.
    pub(crate) async fn change_accounts<T, F>(&self, change: F) -> Result<Option<T>, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Accounts) -> Result<T, store::Error> + Send + 'static,
    {
        self.with_file(move |file| change(&mut file.changing.lock().unwrap_or_else(PoisonError::into_inner))).await
    }

    async fn with_file<T, F>(&self, work: F) -> Result<Option<T>, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&File) -> Result<T, store::Error> + Send + 'static,
    {
        if !self.keeper().has_accounts()? {
            return Ok(None);
        }
        let desk = self.clone();
        let work = move || desk.keeper().file()?.map(work).transpose();
        let done = tokio::task::spawn_blocking(work).await;
        Ok(done.map_err(|e| Fault::broken(format!("the accounts were not asked: {e}")))??)
    }

    /// Who a session or token belongs to.
    pub(crate) async fn by_session(&self, print: store::Print) -> Result<Option<Who>, Fault> {
        let now = self.now();
        let door = self.ask_accounts(move |a| a.by_session(&print, LIVES, now)).await?.flatten();
        Ok(door.and_then(|d| {
            let role = Role::parse(&d.role)?;
            Some(Who { name: d.account.name, role, csrf: derive(&print, "csrf"), way: Way::Session })
        }))
    }

    /// Who a token belongs to; it may do at most what its account may.
    pub(crate) async fn by_token(&self, print: store::Print) -> Result<Option<Who>, Fault> {
        let now = self.now();
        let door = self.ask_accounts(move |a| a.by_token(&print, now)).await?.flatten();
        Ok(door.and_then(|d| {
            let role = Role::parse(&d.role)?.min(Role::parse(&d.account.role)?);
            Some(Who { name: d.account.name, role, csrf: String::new(), way: Way::Token })
        }))
    }

    /// Something to be written down.
    pub(crate) fn deed(&self, who: &str, visit: &Visit, action: &str, object: impl Into<String>) -> Deed {
        Deed {
            at: self.now(),
            who: who.to_owned(),
            address: visit.address.to_string(),
            action: action.to_owned(),
            object: short(object.into()),
            detail: String::new(),
        }
    }

    /// Writes something down. Without accounts there is no log: there is nobody to tell apart.
    pub(crate) async fn log(&self, deed: Deed) -> Result<(), Fault> {
        self.change_accounts(move |a| a.log(&deed)).await.map(|_| ())
    }
}

/// That the session before a login ended with it.
pub(crate) fn logout(login: &Deed) -> Deed {
    Deed { action: "logout".to_owned(), ..login.clone() }
}

/// The name of an account, as it is kept.
///
/// # Errors
/// Why it will not do.
pub fn account_name(name: &str) -> Result<String, String> {
    let name = name.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !starts_well || name.len() > 64 || !name.chars().all(plain) {
        return Err("a name has at most 64 letters a to z, digits, dots, hyphens and underscores, and starts with a \
                    letter or digit"
            .to_owned());
    }
    if matches!(name.as_str(), "local" | "console") {
        return Err(format!("the name {name} is taken by the program itself"));
    }
    Ok(name)
}

/// So that nobody fills the log with one line.
fn short(text: String) -> String {
    const MOST: usize = 300;
    if text.chars().count() <= MOST { text } else { text.chars().take(MOST).chain(['…']).collect() }
}
