//! What does a host allow programs? Its robots.txt (RFC 9309), remembered for a day.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use texting_robots::Robot;
use url::Url;

/// The name by which robots.txt may speak of this program.
const NAME: &str = "standoff";

/// As much of robots.txt as is read (RFC 9309, section 2.5, asks for no less), in bytes.
pub(crate) const MOST: u64 = 500 * 1024;

/// How long it is remembered (RFC 9309, section 2.4, allows no more).
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// Longest rest between requests that a host may ask for here.
const LONGEST_DELAY: f32 = 3600.0;

/// How many hosts are remembered; then the oldest makes room.
const MANY: usize = 500;

/// What hosts allow, by scheme, name and port.
#[derive(Debug, Default)]
pub(crate) struct Known {
    rules: Mutex<BTreeMap<String, (Instant, Arc<Rules>)>>,
}

/// What one host allows.
#[derive(Debug)]
pub(crate) struct Rules {
    robot: Option<Robot>,
}

impl Rules {
    /// No robots.txt: all is allowed.
    pub fn none() -> Self {
        Self { robot: None }
    }

    /// What a robots.txt says. One that makes no sense at all forbids nothing.
    pub fn read(text: &[u8]) -> Self {
        let robot = Robot::new(NAME, text).or_else(|_| {
            // A rule with `$` may be too much for the reader; the others still hold.
            let others: Vec<&[u8]> = text.split(|b| *b == b'\n').filter(|line| !line.contains(&b'$')).collect();
            Robot::new(NAME, &others.join(&b'\n'))
        });
        Self { robot: robot.ok() }
    }

    /// Whether an address may be asked.
    pub fn allow(&self, url: &Url) -> bool {
        self.robot.as_ref().is_none_or(|r| r.allowed(url.as_str()))
    }

    /// The rest between two requests that the host asks for.
    pub fn delay(&self) -> Duration {
        let seconds = self.robot.as_ref().and_then(|r| r.delay).filter(|d| d.is_finite() && *d > 0.0);
        Duration::from_secs_f32(seconds.unwrap_or(0.0).min(LONGEST_DELAY))
    }
}

impl Known {
    /// What is remembered of a host.
    pub fn of(&self, origin: &str) -> Option<Arc<Rules>> {
        let rules = self.lock();
        let (since, rules) = rules.get(origin)?;
        (since.elapsed() < FRESH).then(|| Arc::clone(rules))
    }

    /// Remembers what a host says.
    pub fn keep(&self, origin: &str, rules: Rules) -> Arc<Rules> {
        let rules = Arc::new(rules);
        let mut known = self.lock();
        if known.len() >= MANY
            && let Some(oldest) = known.iter().min_by_key(|(_, (since, _))| *since).map(|(o, _)| o.clone())
        {
            known.remove(&oldest);
        }
        known.insert(origin.to_owned(), (Instant::now(), Arc::clone(&rules)));
        rules
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, (Instant, Arc<Rules>)>> {
        self.rules.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

/// Scheme, host and port, as one word.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        let url = Url::parse("https://example.org").and_then(|u| u.join(path)).expect("an address");
        Rules::read(text.as_bytes()).allow(&url)
    }

    #[test]
    fn rules_for_us_come_before_those_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Standoff\nDisallow: /private\nAllow: /private/open\nCrawl-delay: 2.5\n";
        assert!(allows(text, "/news"));
        assert!(!allows(text, "/private/a"));
        assert!(allows(text, "/private/open/a"));
        assert_eq!(Rules::read(text.as_bytes()).delay(), Duration::from_millis(2500));
        assert!(!allows("User-agent: *\nDisallow: /", "/news"));
        assert!(allows("User-agent: other\nDisallow: /", "/news"));
    }

    #[test]
    fn what_makes_no_sense_forbids_nothing() {
        for text in ["", "<html><body>Not found</body></html>", "\u{0}\u{0}", "Disallow", "User-agent: *\nDisallow:"] {
            assert!(allows(text, "/news"), "{text:?}");
        }
        let huge = format!("User-agent: *\nDisallow: /{}$\nDisallow: /closed\n", "*a".repeat(20_000));
        assert!(allows(&huge, "/news"));
        assert!(!allows(&huge, "/closed/a"), "the other rules still hold");
        for delay in ["-1", "inf", "NaN", "1e40"] {
            let text = format!("User-agent: *\nCrawl-delay: {delay}\n");
            assert!(Rules::read(text.as_bytes()).delay() <= Duration::from_secs(3600), "{delay}");
        }
    }
}
