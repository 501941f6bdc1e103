//! Which characters are one address of the web, and where does it end?

use crate::tokens::is_space;
use crate::words::{dotted, run};

/// Endings of the last part of a name on the web or of a file.
const DOMAINS: [&str; 44] = [
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "biz", "eu", "uk", "us", "ru", "ua", "de", "fr", "az",
    "am", "il", "ps", "sy", "ly", "io", "tv", "me", "co", "au", "nz", "ca", "doc", "docx", "xls", "xlsx", "pdf", "txt",
    "jpg", "jpeg", "png", "gif", "html", "htm", "zip", "mp3", "url",
];

/// Length of a web address, e-mail address, handle or hashtag at the beginning of `rest`.
pub fn address_or_tag(rest: &str, glued: bool) -> Option<usize> {
    let b = rest.as_bytes();
    let first = *b.first()?;
    let tag = |mark: u8| !glued && first == mark && b.get(1).is_some_and(|n| n.is_ascii_alphabetic() || *n == b'_');
    if tag(b'@') || tag(b'#') {
        return Some(1 + run(&rest[1..], 0));
    }
    if !first.is_ascii_alphanumeric() {
        return None;
    }
    let scheme = ["http://", "https://", "ftp://", "www.", "mailto:"]
        .iter()
        .any(|s| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s)));
    if scheme {
        return Some(address(rest));
    }
    let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || ".-_%+@".contains(c))).unwrap_or(rest.len());
    let name = rest[..name].trim_end_matches(['.', '-', '_', '%', '+', '@']);
    if name.contains('@') {
        return name.split_once('@').filter(|(_, host)| host.contains('.')).map(|_| name.len());
    }
    let (stem, last) = name.rsplit_once('.')?;
    let named = DOMAINS.iter().any(|d| last.eq_ignore_ascii_case(d)) && stem.len() > 1;
    // "attack.It" is two words, "Reuters.com" and "ALL.DOC" are one.
    let same_case = !last.contains(char::is_uppercase) || !name.contains(char::is_lowercase);
    let group = stem.contains('.') && name.split('.').all(|p| p.len() > 1 && p.bytes().all(|b| b.is_ascii_lowercase()));
    let whole = (named && same_case && !dotted(stem)) || group;
    let path = rest[name.len()..].starts_with('/');
    whole.then(|| if path { address(rest) } else { name.len() })
}

/// Length of a web address: up to the next space, without the punctuation of the sentence around it.
fn address(rest: &str) -> usize {
    let end = rest.find(|c: char| is_space(c) || matches!(c, '<' | '>' | '"' | '“' | '”' | '’')).unwrap_or(rest.len());
    let mut url = &rest[..end];
    while let Some(c) = url.chars().next_back() {
        let unopened = c == ')' && !url.contains('(');
        if !(unopened || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '*')) {
            break;
        }
        url = &url[..url.len() - c.len_utf8()];
    }
    url.len().max(1)
}
