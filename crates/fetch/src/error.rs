//! What can keep us from an address or a feed, and whether trying again later may help.

use std::time::Duration;

/// Why something could not be fetched. Its text fits "cannot fetch …: {error}".
#[derive(Debug)]
pub struct Error {
    trouble: Trouble,
    message: String,
    after: Option<Duration>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Kinds of trouble, with the names that notes carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// It is no address that may be asked: its scheme, its port, a password in it.
    Address,
    /// It leads into the reader's own network, or to a machine's own data.
    PrivateAddress,
    /// No such host, no way to it, nobody listens, or no trusted certificate.
    Unreachable,
    /// It takes too long.
    Slow,
    /// It is larger than allowed.
    TooLarge,
    /// It ended too early or makes no sense.
    BrokenOff,
    /// Redirects that do not end, or lead nowhere.
    Redirects,
    /// robots.txt forbids it to programs.
    Robots,
    /// robots.txt could not be had, so that nothing is known to be allowed.
    RobotsUnknown,
    /// The server wants to be left alone for a while.
    Later,
    /// Its host rests between two requests, or is busy with another one: it was not asked at all.
    Resting,
    /// The server says that it has a trouble of its own.
    ServerError,
    /// The server gives it to nobody, or not to us.
    Refused,
    /// There is nothing at the address.
    NotThere,
    /// There was something at the address, and never will be again.
    Gone,
    /// It is no feed that can be read.
    NotAFeed,
    /// A feed built so that reading it would cost too much.
    HostileFeed,
}

impl Trouble {
    /// The stable name of the kind.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "bad-address",
            Self::PrivateAddress => "private-address",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::TooLarge => "too-large",
            Self::BrokenOff => "broken-off",
            Self::Redirects => "redirects",
            Self::Robots => "robots",
            Self::RobotsUnknown => "robots-unknown",
            Self::Later => "asked-to-wait",
            Self::Resting => "resting",
            Self::ServerError => "server-error",
            Self::Refused => "refused",
            Self::NotThere => "not-there",
            Self::Gone => "gone",
            Self::NotAFeed => "not-a-feed",
            Self::HostileFeed => "hostile-feed",
        }
    }

    /// Whether it may be better after a while.
    pub const fn passes(self) -> bool {
        match self {
            Self::Unreachable
            | Self::Slow
            | Self::BrokenOff
            | Self::RobotsUnknown
            | Self::Later
            | Self::Resting
            | Self::ServerError
            | Self::NotThere => true,
            Self::Address
            | Self::PrivateAddress
            | Self::TooLarge
            | Self::Redirects
            | Self::Robots
            | Self::Refused
            | Self::Gone
            | Self::NotAFeed
            | Self::HostileFeed => false,
        }
    }
}

impl Error {
    pub(crate) fn new(trouble: Trouble, message: impl Into<String>) -> Self {
        Self { trouble, message: message.into(), after: None, source: None }
    }

    pub(crate) fn because(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    pub(crate) fn after(self, wait: Duration) -> Self {
        Self { after: Some(wait), ..self }
    }

    /// What kind of trouble it is.
    pub const fn trouble(&self) -> Trouble {
        self.trouble
    }

    /// How long to wait before asking again, where the server or politeness says so.
    pub const fn wait(&self) -> Option<Duration> {
        self.after
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| &**e as &(dyn std::error::Error + 'static))
    }
}
