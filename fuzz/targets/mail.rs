//! An e-mail or a mailbox.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pieces(bytes));
