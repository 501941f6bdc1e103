//! A ZIP archive.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pieces(&[b"PK\x03\x04", bytes].concat()));
