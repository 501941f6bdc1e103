//! How are bytes taken from a file that may be larger than memory, or unpack to more than it should?

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that are asked for at once.
const CHUNK: usize = 64 * 1024;

/// Bytes one after the other, of which some can be looked at before they are taken.
pub(crate) struct Stream {
    from: Box<dyn Read + Send>,
    /// Bytes that were read ahead.
    ahead: Vec<u8>,
    /// How many of `ahead` are taken already.
    taken: usize,
    ended: bool,
}

/// A line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Its bytes.
    Whole(Vec<u8>),
    /// It is longer than it may be; it has been passed over.
    TooLong,
}

impl Stream {
    /// The bytes of a reader.
    pub fn new(from: impl Read + Send + 'static) -> Self {
        Self { from: Box::new(from), ahead: Vec::new(), taken: 0, ended: false }
    }

    /// The next bytes, up to `most` of them; fewer only where they end.
    pub fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        while self.ahead.len() - self.taken < most && !self.ended {
            self.read_ahead()?;
        }
        let ahead = &self.ahead[self.taken..];
        Ok(&ahead[..ahead.len().min(most)])
    }

    /// The next line up to its end of line, if there is one; of a line longer than `most` bytes nothing is kept.
    pub fn line(&mut self, most: u64) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let mut too_long = false;
        loop {
            let chunk = self.fill_buf()?;
            if chunk.is_empty() {
                let none = line.is_empty() && !too_long;
                return Ok((!none).then_some(if too_long { Line::TooLong } else { Line::Whole(line) }));
            }
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            if line.len() as u64 + part.len() as u64 > most {
                (too_long, line) = (true, Vec::new());
            } else if !too_long {
                line.extend_from_slice(part);
            }
            let used = end.map_or(chunk.len(), |e| e + 1);
            self.consume(used);
            if end.is_some() {
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Some(if too_long { Line::TooLong } else { Line::Whole(line) }));
            }
        }
    }

    /// All bytes that are left, if they are no more than `most`.
    pub fn rest(&mut self, most: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.take(most + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= most).then_some(bytes))
    }

    /// Passes over bytes; the number passed over is smaller than `n` only where they end.
    pub fn skip(&mut self, n: u64) -> io::Result<u64> {
        io::copy(&mut self.take(n), &mut io::sink())
    }

    fn read_ahead(&mut self) -> io::Result<()> {
        if self.taken > 0 {
            self.ahead.drain(..self.taken);
            self.taken = 0;
        }
        let before = self.ahead.len();
        self.ahead.resize(before + CHUNK, 0);
        let read = loop {
            match self.from.read(&mut self.ahead[before..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.ahead.truncate(before + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(())
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.ahead.len() && !self.ended {
            self.read_ahead()?;
        }
        Ok(&self.ahead[self.taken..])
    }

    fn consume(&mut self, n: usize) {
        self.taken = (self.taken + n).min(self.ahead.len());
    }
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream").field("ahead", &(self.ahead.len() - self.taken)).finish_non_exhaustive()
    }
}

/// How much may be unpacked out of one file: a few bytes can be made to unpack to more than any disk holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Allowance(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    packed: AtomicU64,
    unpacked: AtomicU64,
}

/// Unpacked bytes that are always allowed.
const FREE: u64 = 50_000_000;
/// Unpacked bytes for each packed one that are allowed beyond. Text packs to a third or a tenth, repeated text to a
/// fiftieth; a bomb to a thousandth.
const RATIO: u64 = 100;

impl Allowance {
    /// Counts packed bytes that were read.
    pub fn packed(&self, n: u64) {
        self.0.packed.fetch_add(n, Ordering::Relaxed);
    }

    /// Counts unpacked bytes.
    ///
    /// # Errors
    /// If they are too many for what was packed.
    fn unpacked(&self, n: u64) -> io::Result<()> {
        let so_far = self.0.unpacked.fetch_add(n, Ordering::Relaxed) + n;
        let allowed = FREE.saturating_add(self.0.packed.load(Ordering::Relaxed).saturating_mul(RATIO));
        if so_far <= allowed {
            return Ok(());
        }
        let told = format!(
            "it unpacks to more than {} MB and {RATIO} times its size, as no reports do; unpack it yourself if you \
             trust it, and name the files",
            FREE / 1_000_000
        );
        Err(io::Error::other(told))
    }
}

/// Counts the bytes that come out of an unpacker.
pub(crate) struct Unpacked<R> {
    from: R,
    allowance: Allowance,
}

impl<R: Read> Unpacked<R> {
    /// The unpacked bytes of `from`.
    pub fn new(from: R, allowance: &Allowance) -> Self {
        Self { from, allowance: allowance.clone() }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        self.allowance.unpacked(n as u64)?;
        Ok(n)
    }
}

/// Counts the bytes that are read of a packed file.
pub(crate) struct Packed<R> {
    from: R,
    allowance: Allowance,
}

impl<R: Read> Packed<R> {
    /// The packed bytes of `from`.
    pub fn new(from: R, allowance: &Allowance) -> Self {
        Self { from, allowance: allowance.clone() }
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        self.allowance.packed(n as u64);
        Ok(n)
    }
}

/// UTF-8 out of UTF-16.
pub(crate) struct Narrow<R> {
    from: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Narrow<R> {
    /// Reads `from` as UTF-16 of the byte order that `name` names, if it is one.
    pub fn new(from: R, name: &str) -> Self {
        let encoding = if name == "UTF-16BE" { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { from, decoder, raw: vec![0; CHUNK], ready: vec![0; CHUNK * 4], given: CHUNK * 4, ended: false }
    }
}

impl<R: Read> Read for Narrow<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            let n = self.from.read(&mut self.raw)?;
            self.ended = n == 0;
            self.ready.resize(CHUNK * 4, 0);
            // Four bytes for each of the input's: nothing has to wait for room.
            let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..n], &mut self.ready, self.ended);
            self.ready.truncate(written);
            self.given = 0;
        }
        let n = (&self.ready[self.given..]).read(into)?;
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_ending_and_length() {
        let mut stream = Stream::new(&b"one\r\ntwo\n\nmuch too long\nlast"[..]);
        let mut lines = Vec::new();
        while let Some(line) = stream.line(5).expect("memory") {
            lines.push(line);
        }
        let whole = |s: &str| Line::Whole(s.as_bytes().to_vec());
        assert_eq!(lines, [whole("one"), whole("two"), whole(""), Line::TooLong, whole("last")]);
    }

    #[test]
    fn what_is_looked_at_is_still_there() {
        let mut stream = Stream::new(&b"abcdef"[..]);
        assert_eq!(stream.peek(3).expect("memory"), b"abc");
        assert_eq!(stream.skip(2).expect("memory"), 2);
        assert_eq!(stream.peek(99).expect("memory"), b"cdef");
        assert_eq!(stream.rest(3).expect("memory"), None);
    }

    #[test]
    fn unpacking_ends_where_it_is_too_much() {
        let allowance = Allowance::default();
        allowance.packed(1000);
        let zeros = Unpacked::new(io::repeat(0), &allowance);
        let error = Stream::new(zeros).skip(u64::MAX).expect_err("a bomb");
        assert!(error.to_string().contains("unpacks to more than 50 MB"), "{error}");
    }

    #[test]
    fn utf16_becomes_utf8() {
        let bytes: Vec<u8> = "\u{feff}Zoë 🙂".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut text = String::new();
        Narrow::new(&bytes[..], "UTF-16LE").read_to_string(&mut text).expect("memory");
        assert_eq!(text, "Zoë 🙂");
    }
}
