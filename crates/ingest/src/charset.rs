//! In which charset are these bytes written, and what do they say?
//!
//! A byte order mark is believed first, then the sender, then what a page says of itself, then the bytes themselves.
//! Bytes that are whole UTF-8 with more than ASCII in it are UTF-8 whatever anyone says: no other charset makes such
//! bytes by chance, but pages are saved again as UTF-8 with their old heading left in place.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes at the start of a page in which it may name its charset (the HTML standard says 1,024; not all keep to it).
const HEAD: usize = 8 * 1024;
/// Share of broken places among all places beyond ASCII above which a charset that was named is not believed.
const BROKEN_SHARE: f64 = 0.2;

/// What bytes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text, without a byte order mark; U+FFFD stands where bytes meant nothing.
    pub text: String,
    /// Name of the charset, as the Encoding Standard writes it ("UTF-8", "windows-1252").
    pub charset: &'static str,
    /// How many places meant nothing in that charset.
    pub replaced: usize,
    /// What told the charset, in words that fit "by …".
    pub basis: &'static str,
}

/// Reads bytes as text; `hint` is the charset that whoever sent them named (HTTP or mail header, the user).
pub(crate) fn decode(bytes: &[u8], hint: Option<&str>) -> Decoded {
    decode_as(bytes, hint.and_then(|h| named(h.as_bytes())).map(|e| (e, "its sender")))
}

/// Reads the bytes of a page, or of any other file that may say its charset in itself as HTML and XML do.
pub(crate) fn decode_page(bytes: &[u8], hint: Option<&str>) -> Decoded {
    let sender = hint.and_then(|h| named(h.as_bytes())).map(|e| (e, "its sender"));
    decode_as(bytes, sender.or_else(|| declared(&bytes[..bytes.len().min(HEAD)]).map(|e| (e, "its own heading"))))
}

fn decode_as(bytes: &[u8], told: Option<(&'static Encoding, &'static str)>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(&bytes[mark..], encoding, "its byte order mark");
    }
    if let Some(encoding) = wide(bytes) {
        return decoded(bytes, encoding, "its bytes");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Escape sequences of ISO-2022-JP are ASCII bytes.
        if !text.is_ascii() || told.is_none_or(|(e, _)| e.is_ascii_compatible()) {
            let basis = told.filter(|(e, _)| *e == UTF_8).map_or("its bytes", |(_, basis)| basis);
            return Decoded { text: text.to_owned(), charset: UTF_8.name(), replaced: 0, basis };
        }
    }
    if let Some((encoding, basis)) = told {
        let found = decoded(bytes, encoding, basis);
        let beyond = bytes.iter().filter(|b| !b.is_ascii()).count();
        if found.replaced as f64 <= beyond as f64 * BROKEN_SHARE {
            return found;
        }
        let guessed = decoded(bytes, guess(bytes), "its bytes");
        return if guessed.replaced < found.replaced { guessed } else { found };
    }
    decoded(bytes, guess(bytes), "its bytes")
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

fn decoded(bytes: &[u8], encoding: &'static Encoding, basis: &'static str) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let (mut at, mut replaced) = (0, 0);
    loop {
        let rest = &bytes[at..];
        // Room for the rest as it would be at its longest: the call never has to stop for more of it.
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len() * 3 + 16);
        text.reserve(room.min(rest.len() * 3 + 16));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                replaced += 1;
            }
        }
    }
    Decoded { text, charset: encoding.name(), replaced, basis }
}

/// The charset of a name, as browsers read it ("latin1" is windows-1252).
fn named(name: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim_ascii())
}

/// UTF-16 without a byte order mark: every other byte of Latin letters is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match (half >= 8, even * 10 > half * 4, odd * 10 > half * 4) {
        (true, false, true) => Some(UTF_16LE),
        (true, true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// The charset that the head of a page or an XML file names: `<meta charset>`, `<meta http-equiv content>`,
/// `<?xml encoding?>`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    let mut at = 0;
    while let Some(start) = find(&lower[at..], b"<").map(|i| at + i) {
        let rest = &lower[start..];
        if rest.starts_with(b"<!--") {
            at = start + find(rest, b"-->").map_or(rest.len(), |i| i + 3);
            continue;
        }
        let end = find(rest, b">").unwrap_or(rest.len());
        let tag = &rest[..end];
        let word: &[u8] = if tag.starts_with(b"<?xml") { b"encoding" } else { b"charset" };
        let tells = tag.starts_with(b"<meta") || tag.starts_with(b"<?xml");
        if let Some(encoding) = tells.then(|| value_after(tag, word).and_then(named)).flatten() {
            // In UTF-16 these words could not have been found.
            let wide = encoding == UTF_16LE || encoding == UTF_16BE;
            let odd = encoding.name() == "x-user-defined";
            let read_as = if odd { WINDOWS_1252 } else { encoding };
            return Some(if wide { UTF_8 } else { read_as });
        }
        at = start + end.max(1);
    }
    None
}

/// `value` of `word = "value"`, quoted or not.
fn value_after<'a>(tag: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let after = tag[find(tag, word)? + word.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let after = after.strip_prefix(b"\"").or_else(|| after.strip_prefix(b"'")).unwrap_or(after);
    let ends = |b: &u8| matches!(b, b'"' | b'\'' | b';' | b'>' | b'/' | b'?') || b.is_ascii_whitespace();
    Some(&after[..after.iter().position(ends).unwrap_or(after.len())])
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(decoded: &Decoded) -> (&str, &str, usize, &str) {
        (&decoded.text, decoded.charset, decoded.replaced, decoded.basis)
    }

    #[test]
    fn a_mark_comes_before_the_sender_and_the_sender_before_the_page() {
        let page = b"<meta charset=windows-1251>\xcf\xee\xea\xee\xe9";
        assert_eq!(
            said(&decode_page(page, None)),
            ("<meta charset=windows-1251>Покой", "windows-1251", 0, "its own heading")
        );
        assert_eq!(decode_page(page, Some("iso-8859-1")).charset, "windows-1252");
        assert_eq!(said(&decode(b"\xff\xfeH\0i\0", Some("utf-8"))), ("Hi", "UTF-16LE", 0, "its byte order mark"));
        assert_eq!(said(&decode(b"\xef\xbb\xbfHi", None)), ("Hi", "UTF-8", 0, "its byte order mark"));
    }

    #[test]
    fn headings_in_their_dialects() {
        for head in [
            "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=KOI8-R\">",
            "<!-- <meta charset=utf-8> --><meta name=x content=y><meta charset = 'koi8-r' >",
            "<?xml version=\"1.0\" encoding=\"koi8-r\"?>",
        ] {
            assert_eq!(declared(head.as_bytes()).map(Encoding::name), Some("KOI8-R"), "{head}");
        }
        assert_eq!(declared(b"<meta charset=utf-16>"), Some(UTF_8));
        assert_eq!(declared(b"<meta name=charset content=none>"), None);
    }

    #[test]
    fn what_nobody_names_is_told_by_the_bytes() {
        let latin = b"Le pr\xe9sident a d\xe9clar\xe9 que la tr\xeave \xe9tait respect\xe9e.";
        assert_eq!(decode(latin, None).text, "Le président a déclaré que la trêve était respectée.");
        assert_eq!(decode(b"T\0h\0e\0 \0a\0r\0m\0y\0 \0s\0a\0i\0d\0", None).text, "The army said");
        assert_eq!(decode("Покой".as_bytes(), Some("windows-1252")).text, "Покой");
    }

    #[test]
    fn broken_places_are_counted() {
        let broken = decode("Zoë, Chloë, Noë, Thaïs, naïve, cliché".as_bytes(), None).text.into_bytes();
        let mut bytes = broken;
        bytes.extend_from_slice(b" \xff and \xc3(");
        let found = decode(&bytes, Some("utf-8"));
        assert_eq!((found.charset, found.replaced), ("UTF-8", 2));
        assert!(found.text.ends_with(" \u{fffd} and \u{fffd}("));
        // A sender who names the wrong charset is not believed.
        assert_eq!(decode(b"d\xe9j\xe0 vu, r\xe9sum\xe9", Some("utf-8")).text, "déjà vu, résumé");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300), hint in "[a-z0-9-]{0,9}") {
            let found = decode_page(&bytes, Some(&hint));
            prop_assert!(found.replaced <= bytes.len());
            prop_assert_eq!(&decode_page(&bytes, Some(&hint)), &found);
        }

        #[test]
        fn utf8_is_kept(text in "[^\u{feff}\0]{0,80}") {
            prop_assert_eq!(decode(text.as_bytes(), None).text, text);
        }
    }
}
