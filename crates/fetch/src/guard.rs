//! Which addresses may be asked? Those of the public net: a page or a feed must not send us into the reader's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::error::{Error, Trouble};

/// Longest address that is asked, in bytes.
const LONGEST: usize = 4096;

/// Where cloud machines find their own secrets: never asked, whatever else is allowed.
const METADATA: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)), IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254))];

/// What may be asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    /// Loopback and private networks as well; never link-local and metadata addresses.
    pub allow_private: bool,
    /// Ports besides 80 and 443.
    pub ports: Vec<u16>,
}

/// An address of a machine that is not asked, with the reason: "is …".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit {
    pub address: IpAddr,
    pub reason: &'static str,
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is {}", self.address, self.reason)
    }
}

impl std::error::Error for Unfit {}

impl Guard {
    /// The address as it will be asked, without fragment.
    ///
    /// # Errors
    /// If it is none of the web, names a user, an odd port, or a machine that is not public.
    pub fn url(&self, text: &str) -> Result<Url, Error> {
        let wrong = |message: String| Error::new(Trouble::Address, message);
        if text.len() > LONGEST {
            return Err(wrong(format!("the address has {} bytes, more than {LONGEST}", text.len())));
        }
        let mut url = Url::parse(text).map_err(|e| wrong(format!("it is no address of the web ({e})")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong(format!("only http and https are fetched, not {}", url.scheme())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it has a user or a password in it; leave them out".to_owned()));
        }
        let port = url.port_or_known_default().unwrap_or_default();
        if !matches!(port, 80 | 443) && !self.ports.contains(&port) {
            return Err(wrong(format!("port {port} is not asked (a file of feeds may name more `ports`)")));
        }
        let literal = match url.host() {
            None => return Err(wrong("it names no host".to_owned())),
            Some(Host::Ipv4(a)) => Some(IpAddr::V4(a)),
            Some(Host::Ipv6(a)) => Some(IpAddr::V6(a)),
            Some(Host::Domain(_)) => None,
        };
        if let Some(Err(unfit)) = literal.map(|a| self.machine(a)) {
            return Err(unfit_error(unfit));
        }
        url.set_fragment(None);
        Ok(url)
    }

    /// Whether a machine may be asked.
    pub fn machine(&self, address: IpAddr) -> Result<(), Unfit> {
        match reason(address) {
            None => Ok(()),
            Some((Own::Private, _)) if self.allow_private => Ok(()),
            Some((_, reason)) => Err(Unfit { address, reason }),
        }
    }
}

/// The error for an address that leads to such a machine.
pub(crate) fn unfit_error(unfit: Unfit) -> Error {
    Error::new(Trouble::PrivateAddress, format!("it leads to a machine that is not asked: {unfit}")).because(unfit)
}

/// Whether `allow_private` opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    Private,
    Never,
}

fn reason(address: IpAddr) -> Option<(Own, &'static str)> {
    if METADATA.contains(&address) {
        return Some((Own::Never, "where machines keep data of their own"));
    }
    match address {
        IpAddr::V4(a) => of_v4(a),
        IpAddr::V6(a) => of_v6(a),
    }
}

/// IANA's registry of special-purpose addresses (RFC 6890 and its successors).
fn of_v4(a: Ipv4Addr) -> Option<(Own, &'static str)> {
    let [first, second, third, _] = a.octets();
    let found = match (first, second, third) {
        (127, ..) => (Own::Private, "this machine"),
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => (Own::Private, "of a private network"),
        (0, ..) => (Own::Never, "of no machine"),
        (169, 254, _) => (Own::Never, "link-local"),
        (100, 64..=127, _) => (Own::Never, "of a provider's own network"),
        (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _) | (240..=255, ..) => (Own::Never, "reserved"),
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => (Own::Never, "for examples only"),
        (224..=239, ..) => (Own::Never, "of a group of machines"),
        _ => return None,
    };
    Some(found)
}

fn of_v6(a: Ipv6Addr) -> Option<(Own, &'static str)> {
    let s = a.segments();
    let embedded = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    // Addresses that carry one of IPv4 inside lead to that one.
    let inner = match s {
        [0, 0, 0, 0, 0, 0, 0, 0] => return Some((Own::Never, "of no machine")),
        [0, 0, 0, 0, 0, 0, 0, 1] => return Some((Own::Private, "this machine")),
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(embedded(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(embedded(high, low)),
        [0x2002, high, low, ..] => Some(embedded(high, low)),
        _ => None,
    };
    if let Some(inner) = inner {
        return reason(IpAddr::V4(inner));
    }
    let found = match s[0] {
        0xfc00..=0xfdff => (Own::Private, "of a private network"),
        0xfe80..=0xfebf => (Own::Never, "link-local"),
        0xff00..=0xffff => (Own::Never, "of a group of machines"),
        0x2001 if s[1] < 0x200 => (Own::Never, "reserved"),
        0x2001 if s[1] == 0xdb8 => (Own::Never, "for examples only"),
        0x3fff if s[1] < 0x1000 => (Own::Never, "for examples only"),
        0x2000..=0x3fff => return None,
        _ => (Own::Never, "reserved"),
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(guard: &Guard, url: &str) -> Option<Trouble> {
        guard.url(url).err().map(|e| e.trouble())
    }

    #[test]
    fn machines_that_are_not_public_are_refused_however_they_are_written() {
        let guard = Guard::default();
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a9fe:a9fe]",
            "[::7f00:1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2002:c0a8:101::1]",
            "[2001:0:5ef5:79fd::1]",
            "[2001:db8::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[100::1]",
        ] {
            assert_eq!(trouble(&guard, &format!("http://{host}/")), Some(Trouble::PrivateAddress), "{host}");
        }
        for host in
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "[2606:4700::1111]", "[64:ff9b::808:808]", "[2002:808:808::]"]
        {
            assert_eq!(trouble(&guard, &format!("https://{host}/")), None, "{host}");
        }
    }

    #[test]
    fn an_allowance_opens_private_networks_and_nothing_else() {
        let guard = Guard { allow_private: true, ports: Vec::new() };
        for host in ["127.0.0.1", "10.0.0.1", "192.168.1.1", "[::1]", "[fd12::1]", "[::ffff:10.0.0.1]"] {
            assert_eq!(trouble(&guard, &format!("http://{host}/")), None, "{host}");
        }
        for host in
            ["169.254.169.254", "169.254.1.1", "[fd00:ec2::254]", "[fe80::1]", "0.0.0.0", "[::ffff:169.254.169.254]"]
        {
            assert_eq!(trouble(&guard, &format!("http://{host}/")), Some(Trouble::PrivateAddress), "{host}");
        }
    }

    #[test]
    fn only_plain_addresses_of_the_web_are_asked() {
        let guard = Guard { allow_private: false, ports: vec![8080] };
        let long = format!("http://example.org/{}", "a".repeat(5000));
        for url in [
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org/",
            "example.org",
            "http://me:secret@example.org/",
            "http://me@example.org/",
            "http://example.org:22/",
            "http://",
            &long,
        ] {
            assert_eq!(trouble(&guard, url), Some(Trouble::Address), "{url}");
        }
        assert_eq!(guard.url("http://Example.org:8080/a#b").expect("fit").as_str(), "http://example.org:8080/a");
    }
}
