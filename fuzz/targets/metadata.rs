//! A table for --metadata.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = ingest::Metadata::parse("input.csv", bytes);
});
