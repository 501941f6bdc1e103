//! How a trace's body is packed and unpacked (postcard: a compact binary form).

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Packs a body.
pub(crate) fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("bodies hold nothing that cannot be written")
}

/// Unpacks a body that [`pack`] made: it is kept beside the version of the form, so it is always one.
pub(crate) fn unpack<T: DeserializeOwned>(body: &[u8]) -> T {
    postcard::from_bytes(body).expect("a body is what was packed")
}
