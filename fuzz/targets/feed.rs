//! Any bytes as a feed: an error or entries with whole addresses, in bounded time.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for entry in fetch::feed(bytes, "https://news.example.org/feeds/all.xml").unwrap_or_default() {
        assert!(entry.url.starts_with("http://") || entry.url.starts_with("https://"), "{}", entry.url);
    }
});
