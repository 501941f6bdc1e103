//! Records of a web archive.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pieces(&[b"WARC/1.0\r\n", bytes].concat()));
