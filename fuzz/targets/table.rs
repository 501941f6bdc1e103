//! Rows of a table.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pieces(&[b"title,text,published\n", bytes].concat()));
