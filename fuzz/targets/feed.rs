//! An RSS, Atom or JSON feed.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = fetch::feed(bytes, "https://news.example/feed");
});
