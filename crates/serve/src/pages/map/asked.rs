//! What does the address of the map ask for?

use evidence::Event;
use evidence::time::Iso;

use crate::atlas::Degrees;
use crate::fault::Fault;

/// Part of the world, days, and which incidents.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Asked {
    /// What to show; none: where the incidents are.
    pub bbox: Option<Degrees>,
    /// First day, `2020-10-10`; empty: from the beginning.
    pub since: String,
    /// Last day.
    pub until: String,
    /// A side that asserts it.
    pub voice: String,
    /// What is said to have happened.
    pub event: String,
    /// Only what somebody denies.
    pub disputed: bool,
}

impl Asked {
    /// Reads a query; what it does not know it passes over.
    ///
    /// # Errors
    /// A value that can never be.
    pub fn parse(query: &str) -> Result<Self, Fault> {
        let mut out = Self::default();
        for (name, value) in form(query) {
            let value = value.trim();
            match name.as_str() {
                _ if value.is_empty() => {}
                "bbox" => {
                    let part = Degrees::parse(value).ok_or_else(|| {
                        Fault::asked("bbox is west,south,east,north in degrees, as 22,8,39,23".to_owned())
                    })?;
                    out.bbox = Some(part);
                }
                "since" => out.since = day(&name, value)?,
                "until" => out.until = day(&name, value)?,
                "voice" => out.voice = value.to_lowercase(),
                "event" => {
                    let upper = value.to_uppercase();
                    let known = Event::parse(&upper)
                        .ok_or_else(|| Fault::asked(format!("there is no event “{value}”")))?;
                    out.event = known.as_str().to_owned();
                }
                "disputed" => out.disputed = value == "yes",
                _ => {}
            }
        }
        Ok(out)
    }

    /// The address of the map with another part of the world.
    pub fn with_bbox(&self, part: Option<&Degrees>) -> String {
        Self { bbox: part.copied(), ..self.clone() }.address()
    }

    /// The address of the map with other days.
    pub fn with_days(&self, since: &str, until: &str) -> String {
        Self { since: since.to_owned(), until: until.to_owned(), ..self.clone() }.address()
    }

    /// Its own address.
    pub fn address(&self) -> String {
        let bbox = self.bbox.map(|b| ("bbox", b.text()));
        let parts: Vec<_> = bbox.into_iter().chain(self.fields()).collect();
        written("/map", &parts)
    }

    /// The list of the incidents of some places (of all, for none), as far as the map shows them.
    pub fn list(&self, places: &[&str]) -> String {
        let mut parts: Vec<(&str, String)> = places.iter().map(|p| ("entity", (*p).to_owned())).collect();
        parts.extend(self.fields());
        written("/incidents", &parts)
    }

    /// The part of the world as the form sends it on; empty where none is asked for.
    pub fn bbox_text(&self) -> String {
        self.bbox.map(|b| b.text()).unwrap_or_default()
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let all = [("since", &self.since), ("until", &self.until), ("voice", &self.voice), ("event", &self.event)];
        let mut out: Vec<_> = all.into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n, v.clone())).collect();
        if self.disputed {
            out.push(("disputed", "yes".to_owned()));
        }
        out
    }
}

/// Names and values of a query, decoded.
pub(crate) fn form(query: &str) -> Vec<(String, String)> {
    let parts = query.split('&').filter(|p| !p.is_empty());
    parts.map(|p| p.split_once('=').map_or((decoded(p), String::new()), |(n, v)| (decoded(n), decoded(v)))).collect()
}

/// A path with a query.
pub(crate) fn written(path: &str, parts: &[(&str, String)]) -> String {
    let mut out = path.to_owned();
    for (n, (name, value)) in parts.iter().enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        for b in value.bytes() {
            match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b',' => out.push(char::from(b)),
                b => out.push_str(&format!("%{b:02X}")),
            }
        }
    }
    out
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut n) = (Vec::with_capacity(bytes.len()), 0);
    while n < bytes.len() {
        let code = bytes.get(n + 1..n + 3).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (bytes[n], code) {
            (b'%', Some(code)) => {
                out.push(code);
                n += 2;
            }
            (b'+', _) => out.push(b' '),
            (b, _) => out.push(b),
        }
        n += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn day(name: &str, value: &str) -> Result<String, Fault> {
    let read = Iso::parse(value).map(|d| d.date().to_owned());
    read.ok_or_else(|| Fault::asked(format!("{name}: there is no date “{value}”; write it as 2020-10-10, 2020-10 or 2020")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written() {
        let asked = Asked::parse("since=2031-05-01&voice=Veldania&bbox=1%2C2%2C3%2C4&event=assault&until=&x=1").unwrap();
        assert_eq!(asked.address(), "/map?bbox=1,2,3,4&since=2031-05-01&voice=veldania&event=ASSAULT");
        assert_eq!(
            asked.list(&["place:ålby"]),
            "/incidents?entity=place:%C3%A5lby&since=2031-05-01&voice=veldania&event=ASSAULT"
        );
        assert_eq!(Asked::parse("").unwrap().address(), "/map");
    }

    #[test]
    fn what_can_never_be_is_told() {
        for bad in ["bbox=1,2,3", "since=soon", "event=PARTY", "until=2031-13"] {
            assert!(Asked::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(decoded("100%+%zz%C3"), "100% %zz\u{fffd}");
    }
}
