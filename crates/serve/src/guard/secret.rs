//! What opens a door: random, shown once, kept only as its print.

use sha2::{Digest, Sha256};
use store::Print;

/// 256 random bits.
pub(crate) struct Secret([u8; 32]);

/// Before a token, so that people and programs that look for leaked secrets know what it is.
pub(crate) const TOKEN: &str = "standoff_";

impl Secret {
    /// A new one.
    ///
    /// # Panics
    /// If the system has no randomness, without which nothing here is safe.
    pub fn new() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system gives random bytes");
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// As 64 hexadecimal digits.
    pub fn text(&self) -> String {
        hex(&self.0)
    }

    /// What is kept of it.
    pub fn print(&self) -> Print {
        Sha256::digest(self.0).into()
    }

    /// Another secret, made from this one for one purpose.
    pub fn derive(&self, purpose: &str) -> String {
        derive(&self.0, purpose)
    }
}

/// Makes a secret for one purpose from another, or from its print: whoever has only the result cannot go back.
pub(crate) fn derive(from: &[u8; 32], purpose: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(from);
    hash.update(purpose.as_bytes());
    hex(&hash.finalize())
}

/// A new token for the API, and what is kept of it.
pub fn new_token() -> (String, Print) {
    let secret = Secret::new();
    (format!("{TOKEN}{}", secret.text()), secret.print())
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a), Sha256::digest(b));
    a.iter().zip(b.iter()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
