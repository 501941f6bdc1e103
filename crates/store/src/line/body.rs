//! How lines are kept: numbers of seven bits a byte, low bits first, a higher bit on all but the last byte; texts with
//! their length before them; ascending numbers as differences.

use super::Days;
use crate::Error;

/// A body in the making.
#[derive(Default)]
pub(super) struct Writer(pub Vec<u8>);

impl Writer {
    pub(super) fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// 0 for none.
    pub(super) fn maybe(&mut self, n: Option<u64>) {
        // The highest number of all is told as the one below it.
        self.number(n.map_or(0, |n| n.saturating_add(1)));
    }

    pub(super) fn days(&mut self, days: Days) {
        let day = |d: Option<i32>| d.map(|d| (d.wrapping_shl(1) ^ (d >> 31)) as u32 as u64);
        self.maybe(day(days.first));
        self.maybe(day(days.last));
        self.maybe(days.minute.map(u64::from));
    }

    pub(super) fn ascending(&mut self, numbers: &[u32]) {
        self.number(numbers.len() as u64);
        let mut before = 0;
        for n in numbers {
            self.number(u64::from(n - before));
            before = *n;
        }
    }
}

/// A body that is read; what does not fit is damage.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn number(&mut self) -> Result<u64, Error> {
        let (mut n, mut shift) = (0_u64, 0);
        loop {
            let byte = *self.bytes.get(self.at).ok_or_else(damage)?;
            self.at += 1;
            n |= u64::from(byte & 0x7f).checked_shl(shift).ok_or_else(damage)?;
            if byte & 0x80 == 0 {
                return Ok(n);
            }
            shift += 7;
        }
    }

    pub(super) fn small(&mut self) -> Result<u32, Error> {
        u32::try_from(self.number()?).map_err(|_| damage())
    }

    pub(super) fn text(&mut self) -> Result<&'a str, Error> {
        let length = self.small()? as usize;
        let bytes = self.bytes.get(self.at..self.at.saturating_add(length)).ok_or_else(damage)?;
        self.at += length;
        std::str::from_utf8(bytes).map_err(|_| damage())
    }

    pub(super) fn maybe(&mut self) -> Result<Option<u64>, Error> {
        Ok(self.number()?.checked_sub(1))
    }

    pub(super) fn days(&mut self) -> Result<Days, Error> {
        let day = |n: Option<u64>| n.map(|n| (n as u32 >> 1) as i32 ^ -((n & 1) as i32));
        let (first, last) = (day(self.maybe()?), day(self.maybe()?));
        Ok(Days { first, last, minute: self.maybe()?.map(|m| m as u16) })
    }

    pub(super) fn ascending(&mut self, into: &mut Vec<u32>) -> Result<(), Error> {
        into.clear();
        let mut before = 0_u32;
        for _ in 0..self.number()? {
            before = before.checked_add(self.small()?).ok_or_else(damage)?;
            into.push(before);
        }
        Ok(())
    }
}

fn damage() -> Error {
    Error::damaged("a line")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut w = Writer::default();
        let days = [
            Days::default(),
            Days { first: Some(-3), last: Some(0), minute: Some(1439) },
            Days { first: Some(i32::MIN), last: Some(i32::MAX), minute: None },
        ];
        days.iter().for_each(|d| w.days(*d));
        for n in [0, 127, 128, u64::MAX - 1] {
            w.number(n);
            w.maybe(Some(n));
        }
        w.maybe(None);
        w.text("Åsa");
        w.ascending(&[1, 5, 300, u32::MAX]);
        let mut r = Reader::new(&w.0);
        days.iter().for_each(|d| assert_eq!(r.days().unwrap(), *d));
        for n in [0, 127, 128, u64::MAX - 1] {
            assert_eq!((r.number().unwrap(), r.maybe().unwrap()), (n, Some(n)));
        }
        assert_eq!((r.maybe().unwrap(), r.text().unwrap()), (None, "Åsa"));
        let mut words = Vec::new();
        r.ascending(&mut words).unwrap();
        assert_eq!(words, [1, 5, 300, u32::MAX]);
        for cut in 0..w.0.len() {
            let mut r = Reader::new(&w.0[..cut]);
            while r.number().is_ok() {}
        }
        assert!(Reader::new(&[0xff; 12]).number().is_err());
        assert!(Reader::new(&[0x05, b'a']).text().is_err());
    }
}
