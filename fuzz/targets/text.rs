//! Any bytes: whatever they are recognised as.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::articles(bytes));
