//! What is to be watched? FEEDS.toml; docs/reading.md describes it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fetch::{Limits, Pace, Settings};
use serde::Deserialize;

use super::measures::{Size, Span};

/// A server is not asked for its feed more often than this, unless it is one of our own network.
const OFTENEST: Duration = Duration::from_secs(60);
/// Nor is a host left without so much rest between two requests.
const SHORTEST_REST: Duration = Duration::from_secs(1);
/// How often, if nothing else is said.
const USUAL: Duration = Duration::from_secs(15 * 60);

/// What FEEDS.toml says.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Feeds {
    /// Whom servers may turn to: a mailbox or a page.
    pub contact: String,
    /// Profile for all articles, by name or as a file beside this one.
    pub conflict: Option<String>,
    interval: Option<Span>,
    #[serde(default)]
    revisit: Vec<Span>,
    rest: Option<Span>,
    longest: Option<Span>,
    silence: Option<Span>,
    largest: Option<Size>,
    redirects: Option<usize>,
    #[serde(default)]
    ports: Vec<u16>,
    #[serde(default)]
    allow_private: bool,
    /// The feeds.
    #[serde(rename = "feed")]
    pub feeds: Vec<Feed>,
}

/// One feed.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// What messages call it.
    pub name: Option<String>,
    /// Who published its articles, if the pages do not say so themselves as the user likes.
    pub outlet: Option<String>,
    interval: Option<Span>,
}

impl Feeds {
    /// The feed at an address.
    pub fn of(&self, url: &str) -> Option<&Feed> {
        self.feeds.iter().find(|f| f.url == url)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// If it cannot be read, or has a mistake: with its line.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let mut feeds = Self::parse(&text).with_context(|| format!("cannot use {name}"))?;
        if let Some(conflict) = feeds.conflict.as_mut().filter(|c| c.ends_with(".toml")) {
            let beside = path.parent().unwrap_or(Path::new(".")).join(&conflict);
            *conflict = beside.to_string_lossy().into_owned();
        }
        Ok(feeds)
    }

    fn parse(text: &str) -> Result<Self> {
        let feeds: Self = toml::from_str(text).map_err(|e| anyhow::anyhow!("{}", e.to_string().trim_end()))?;
        if feeds.contact.trim().is_empty() {
            bail!("`contact` is empty: name a mailbox or a page that servers may turn to");
        }
        if feeds.feeds.is_empty() {
            bail!("it names no feed: add [[feed]] with a url");
        }
        for (n, feed) in feeds.feeds.iter().enumerate() {
            if feeds.feeds[..n].iter().any(|f| f.url == feed.url) {
                bail!("the feed {} stands in it twice", feed.url);
            }
            if feeds.interval(feed) < OFTENEST && !feeds.allow_private {
                bail!("the feed {} is not asked more often than every {} s", feed.url, OFTENEST.as_secs());
            }
        }
        if feeds.rest.is_some_and(|r| r.0 < SHORTEST_REST) && !feeds.allow_private {
            bail!("`rest` is shorter than {} s, which is no rest", SHORTEST_REST.as_secs());
        }
        if !feeds.revisit.is_sorted() {
            bail!("`revisit` has its times out of order");
        }
        Ok(feeds)
    }

    /// How often a feed is asked.
    pub fn interval(&self, feed: &Feed) -> Duration {
        feed.interval.or(self.interval).map_or(USUAL, |s| s.0)
    }

    /// How long after its first reading an article is looked at again, in order.
    pub fn revisits(&self) -> Vec<Duration> {
        self.revisit.iter().map(|s| s.0).collect()
    }

    /// How the net is asked; `patience` is the longest wait for a host's turn.
    pub fn settings(&self, patience: Duration) -> Settings {
        let (limits, pace) = (Limits::default(), Pace::default());
        Settings {
            contact: Some(self.contact.clone()),
            allow_private: self.allow_private,
            ports: self.ports.clone(),
            limits: Limits {
                largest: self.largest.map_or(limits.largest, |s| s.0),
                longest: self.longest.map_or(limits.longest, |s| s.0),
                silence: self.silence.map_or(limits.silence, |s| s.0),
                redirects: self.redirects.unwrap_or(limits.redirects),
            },
            pace: Pace { rest: self.rest.map_or(pace.rest, |s| s.0), patience },
        }
    }
}

impl Feed {
    /// What messages call it.
    pub fn name(&self) -> &str {
        self.name.as_deref().or(self.outlet.as_deref()).unwrap_or(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
contact = "desk@example.org"
conflict = "valley.toml"
interval = "10m"
revisit = ["1h", "6h", "24h"]
rest = "3s"
longest = "30s"
silence = "10s"
largest = "5MB"
redirects = 4
ports = [8080]

[[feed]]
url = "https://news.example.org/feed"
name = "Courier, world"
outlet = "Marle Courier"
interval = "5m"

[[feed]]
url = "https://other.example.org/rss"
"#;

    #[test]
    fn every_key_has_its_effect() {
        let feeds = Feeds::parse(WHOLE).expect("right");
        let minutes = |n: usize| feeds.interval(&feeds.feeds[n]).as_secs() / 60;
        assert_eq!((minutes(0), minutes(1)), (5, 10));
        assert_eq!((feeds.feeds[0].name(), feeds.feeds[1].name()), ("Courier, world", "https://other.example.org/rss"));
        assert_eq!(feeds.revisits().iter().map(|d| d.as_secs() / 3600).collect::<Vec<_>>(), [1, 6, 24]);
        let settings = feeds.settings(Duration::from_secs(9));
        assert_eq!(settings.limits.largest, 5_000_000);
        assert_eq!((settings.limits.longest.as_secs(), settings.limits.silence.as_secs()), (30, 10));
        assert_eq!((settings.pace.rest.as_secs(), settings.pace.patience.as_secs()), (3, 9));
        assert_eq!((settings.ports, settings.limits.redirects, settings.allow_private), (vec![8080], 4, false));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let feed = "[[feed]]\nurl = \"https://example.org/f\"\n";
        for (text, told) in [
            (format!("contact = \"a@b\"\nintervall = \"5m\"\n{feed}"), "line 2"),
            (format!("contact = \"a@b\"\nintervall = \"5m\"\n{feed}"), "unknown field `intervall`"),
            (format!("contact = \"a@b\"\n{feed}outlett = \"x\"\n"), "line 4"),
            (format!("contact = \"a@b\"\nrest = \"soon\"\n{feed}"), "\"soon\" is no time"),
            (format!("contact = \"a@b\"\nlargest = \"5\"\n{feed}"), "line 2"),
            (feed.to_owned(), "missing field `contact`"),
            ("contact = \"a@b\"\n".to_owned(), "missing field `feed`"),
            ("contact = \"a@b\"\nfeed = []\n".to_owned(), "names no feed"),
            (format!("contact = \" \"\n{feed}"), "`contact` is empty"),
            (format!("contact = \"a@b\"\n{feed}{feed}"), "twice"),
            (format!("contact = \"a@b\"\ninterval = \"5s\"\n{feed}"), "more often than every 60 s"),
            (format!("contact = \"a@b\"\nrest = \"0s\"\n{feed}"), "no rest"),
            (format!("contact = \"a@b\"\nrevisit = [\"6h\", \"1h\"]\n{feed}"), "out of order"),
        ] {
            let error = format!("{:#}", Feeds::parse(&text).expect_err(told));
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}
