//! Objects of JSON, a line each, one after the other or in a list.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pieces(&[b"{\"", bytes].concat()));
