//! Passwords: hashed by argon2id with the parameters that OWASP advises (19 MiB, two passes, one lane), a few at a time.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use axum::http::{StatusCode, header};
use tokio::sync::Semaphore;

use crate::fault::Fault;

/// Characters of a password.
const SHORTEST: usize = 12;
const LONGEST: usize = 256;

/// How many are hashed at once, 19 MiB each, and how many may wait for that.
const AT_ONCE: usize = 2;
const WAITING: usize = 32;

/// The print of no password, with the same parameters: unknown names cost the same work as known ones.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c3RhbmRvZmYtbm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Bounds the hashing.
pub(crate) struct Hashing {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Self {
        let of = |n| Arc::new(Semaphore::new(n));
        Self { running: of(AT_ONCE), waiting: of(AT_ONCE + WAITING) }
    }
}

impl Hashing {
    /// Hashes or compares, away from the threads that answer requests.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let busy = || {
            let told = "too many are logging in at this moment; try again in a few seconds";
            Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy", told).with(header::RETRY_AFTER, "5")
        };
        let _waiting = self.waiting.clone().try_acquire_owned().map_err(|_| busy())?;
        let running = self.running.clone().acquire_owned().await.map_err(|_| busy())?;
        // The permit goes along: a client that leaves does not make room for another while its work goes on.
        let work = move || {
            let done = work();
            drop(running);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Fault::broken(format!("hashing a password failed: {e}")))
    }
}

/// Why a password will not do for an account, if it will not.
pub(crate) fn too_plain(name: &str, password: &str) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!(
            "the password has {length} characters; take at least {SHORTEST}, for instance four words"
        ));
    }
    if length > LONGEST {
        return Some(format!("the password has {length} characters; take at most {LONGEST}"));
    }
    let lower = password.to_lowercase();
    let first = password.chars().next();
    if lower.contains(name) && length < name.chars().count() + SHORTEST || password.chars().all(|c| Some(c) == first) {
        return Some("the password is too easily guessed; take for instance four words".to_owned());
    }
    None
}

/// The print of an account's new password, as it is kept.
///
/// # Errors
/// Why it will not do.
pub fn hash(name: &str, password: &str) -> Result<String, String> {
    if let Some(why) = too_plain(name, password) {
        return Err(why);
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|e| format!("the password cannot be hashed: {e}"))?.to_string())
}

/// Whether a password is that of an account; `None` for no account takes the same time.
pub(crate) fn matches(password: &str, print: Option<&str>) -> bool {
    let verified = PasswordHash::new(print.unwrap_or(NOBODYS))
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    verified && print.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_print_only() {
        let print = hash("mara", "seven grey herons").unwrap();
        assert!(print.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{print}");
        assert!(matches("seven grey herons", Some(&print)));
        assert!(!matches("seven grey heron", Some(&print)));
        assert!(!matches("seven grey herons", None));
        assert_ne!(print, hash("mara", "seven grey herons").unwrap(), "each has its own salt");
    }

    #[test]
    fn the_print_of_nobody_is_one_that_takes_the_same_work() {
        let nobodys = PasswordHash::new(NOBODYS).unwrap();
        let print = hash("mara", "seven grey herons").unwrap();
        assert_eq!(nobodys.params, PasswordHash::new(&print).unwrap().params);
        assert!(!matches("", Some(NOBODYS)));
    }

    #[test]
    fn plain_passwords_are_refused() {
        for plain in ["", "short", "mara mara 12", "aaaaaaaaaaaaaaaa", &"x y".repeat(200)] {
            assert!(hash("mara", plain).is_err(), "{plain}");
        }
        assert!(too_plain("mara", "mara saw seven grey herons").is_none());
    }
}
