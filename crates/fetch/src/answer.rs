//! What did a server give?

/// What a server gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Something to read.
    Page(Page),
    /// What was had before has not changed.
    Unchanged,
}

/// Something to read, undecoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Where it came from, after all redirects, without fragment.
    pub url: String,
    /// Its bytes, decompressed.
    pub bytes: Vec<u8>,
    /// The `charset` of its `Content-Type`.
    pub charset: Option<String>,
    /// By what to ask whether it has changed.
    pub validators: Validators,
}

/// By what to ask a server whether something has changed, as the server gave it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// The `charset` of a `Content-Type`.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1);
    let value = parameters.find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })?;
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::charset;

    #[test]
    fn a_charset_is_found_among_parameters() {
        for (header, found) in [
            ("text/html; charset=windows-1251", Some("windows-1251")),
            ("text/html;Charset=\"UTF-8\"; a=b", Some("UTF-8")),
            ("text/html; a=b; charset = koi8-r ", Some("koi8-r")),
            ("text/html; charset=", None),
            ("text/html", None),
            ("charset=utf-8", None),
        ] {
            assert_eq!(charset(header).as_deref(), found, "{header}");
        }
    }
}
