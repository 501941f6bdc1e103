//! A Markdown file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::articles(&[b"# Words\n\n", bytes].concat()));
