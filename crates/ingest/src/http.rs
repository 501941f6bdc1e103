//! What does an archived answer of a web server carry?

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::inbox::LARGEST;

/// Most content codings that are undone: some packed bytes unpack to themselves.
const MOST_CODINGS: usize = 3;

/// The content type (in small letters) and the body of an answer, without its transfer and content codings.
///
/// # Errors
/// Why it holds no report, in words that fit after a number of records.
pub(crate) fn body(answer: &[u8]) -> Result<(String, Vec<u8>), &'static str> {
    let (head, body) = split(answer).ok_or("answers that are no HTTP")?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    if !status.starts_with("HTTP/") {
        return Err("answers that are no HTTP");
    }
    if status.split_whitespace().nth(1) != Some("200") {
        return Err("answers other than 200 (moved, not found)");
    }
    let (mut content_type, mut chunked, mut codings) = (String::new(), false, Vec::new());
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => content_type = value,
            "transfer-encoding" => chunked = value.contains("chunked"),
            "content-encoding" => codings.extend(value.split(',').map(|c| c.trim().to_owned())),
            _ => {}
        }
    }
    let mut bytes = if chunked { unchunked(body) } else { body.to_vec() };
    if codings.len() > MOST_CODINGS {
        return Err("packed wrongly");
    }
    for coding in codings.iter().rev() {
        bytes = decoded(&bytes, coding)?;
    }
    Ok((content_type, bytes))
}

/// The charset that a content type names.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    let after = content_type.split_once("charset=")?.1;
    let name = after.trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ';', ' ', ',']).next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn split(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = |mark: &[u8]| answer.windows(mark.len()).position(|w| w == mark).map(|i| (i, i + mark.len()));
    let (end, start) = match (end(b"\r\n\r\n"), end(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    Some((&answer[..end], &answer[start..]))
}

/// The chunks in one. Archives may have put them together already and kept the header: then nothing changes.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::new(), body);
    loop {
        let line = rest.split(|b| *b == b'\n').next().unwrap_or_default();
        let size = std::str::from_utf8(line).ok().and_then(|l| l.split(';').next()).map(str::trim);
        let size = size.and_then(|s| usize::from_str_radix(s, 16).ok());
        let Some(size) = size else {
            return if out.is_empty() { body.to_vec() } else { out };
        };
        rest = rest.get(line.len() + 1..).unwrap_or_default();
        let chunk = &rest[..size.min(rest.len())];
        out.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        if chunk.is_empty() {
            return out;
        }
        let end = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count().min(2);
        rest = &rest[end..];
    }
}

/// Bytes without one content coding. What is not coded that way, though the header says so, stays as it is.
fn decoded(bytes: &[u8], coding: &str) -> Result<Vec<u8>, &'static str> {
    match coding {
        "" | "identity" => Ok(bytes.to_vec()),
        "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => unpacked(MultiGzDecoder::new(bytes)),
        "deflate" => unpacked(ZlibDecoder::new(bytes)).or_else(|_| unpacked(DeflateDecoder::new(bytes))),
        "gzip" | "x-gzip" => Ok(bytes.to_vec()),
        _ => Err("packed in a way that is not read (br, zstd)"),
    }
}

fn unpacked(from: impl Read) -> Result<Vec<u8>, &'static str> {
    let mut out = Vec::new();
    match from.take(LARGEST + 1).read_to_end(&mut out) {
        Ok(_) if out.len() as u64 > LARGEST => Err("larger than 20 MB"),
        Ok(_) => Ok(out),
        // An answer that was cut off still begins with its page.
        Err(_) if out.len() > 1000 => Ok(out),
        Err(_) => Err("packed wrongly"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        let answer =
            b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=\"KOI8-R\"\r\nTransfer-Encoding: chunked\r\n\r\n\
            4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\n\r\n";
        let (content_type, body) = body(answer).expect("an answer");
        assert_eq!((charset(&content_type).as_deref(), body.as_slice()), (Some("koi8-r"), &b"abcdefg"[..]));
        assert_eq!(unchunked(b"no chunks at all"), b"no chunks at all");
        assert_eq!(unchunked(b"ffffffffffffffff\r\nab"), b"ab");
    }

    #[test]
    fn packed_bodies() {
        use std::io::Write;
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"words").expect("memory");
        let mut answer = b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n".to_vec();
        answer.extend(gz.finish().expect("memory"));
        assert_eq!(body(&answer).expect("an answer").1, b"words");
        assert_eq!(
            body(b"HTTP/1.1 200 OK\nContent-Encoding: br\n\nxx"),
            Err("packed in a way that is not read (br, zstd)")
        );
        assert_eq!(body(b"HTTP/1.1 301 Moved\n\n"), Err("answers other than 200 (moved, not found)"));
        assert_eq!(body(b"words"), Err("answers that are no HTTP"));
    }
}
