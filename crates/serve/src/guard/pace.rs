//! How often may somebody ask, or try a password?

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::http::{StatusCode, header};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::fault::Fault;

/// How many seconds' worth of requests may come at once.
const BURST: u32 = 4;

/// Attempts to log in: from one address ten at once, then one in ten seconds; for one name the same from anywhere.
const ATTEMPTS: u32 = 10;
const ATTEMPT_EVERY: Duration = Duration::from_secs(10);

/// Refusals that are written down, from one address: thirty at once, then one in ten seconds.
const REFUSALS: u32 = 30;

/// Counters are swept each time so many questions were asked, and keep only those who asked lately.
const SWEEP: u32 = 4096;

/// All that is counted.
pub(crate) struct Pace {
    addresses: Counter<IpAddr>,
    accounts: Counter<String>,
    attempts_from: Counter<IpAddr>,
    attempts_for: Counter<String>,
    refusals: Counter<IpAddr>,
}

impl Pace {
    /// With so many requests a second for each account and address; none are counted for 0.
    pub fn new(per_second: u32) -> Self {
        let requests = NonZeroU32::new(per_second).map(|n| {
            let burst = n.saturating_mul(NonZeroU32::new(BURST).unwrap_or(NonZeroU32::MIN));
            Quota::per_second(n).allow_burst(burst)
        });
        let slowly = |burst: u32| {
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            Quota::with_period(ATTEMPT_EVERY).map(|q| q.allow_burst(burst))
        };
        Self {
            addresses: Counter::new(requests),
            accounts: Counter::new(requests),
            attempts_from: Counter::new(slowly(ATTEMPTS)),
            attempts_for: Counter::new(slowly(ATTEMPTS)),
            refusals: Counter::new(slowly(REFUSALS)),
        }
    }

    /// A request from somewhere.
    pub fn address(&self, address: IpAddr) -> Result<(), Fault> {
        self.addresses.count(network(address)).map_err(|wait| too_many("rate-limited", "too many requests", wait))
    }

    /// A request of an account.
    pub fn account(&self, name: &str) -> Result<(), Fault> {
        self.accounts.count(name.to_owned()).map_err(|wait| too_many("rate-limited", "too many requests", wait))
    }

    /// An attempt to log in. The same answer for names that exist and names that do not.
    pub fn attempt(&self, address: IpAddr, name: &str) -> Result<(), Fault> {
        self.attempts_from
            .count(network(address))
            .and_then(|()| self.attempts_for.count(name.to_owned()))
            .map_err(|wait| too_many("too-many-attempts", "too many attempts to log in", wait))
    }

    /// Whether a refusal is to be written down.
    pub fn notes_refusal(&self, address: IpAddr) -> bool {
        self.refusals.count(network(address)).is_ok()
    }
}

struct Counter<K: Hash + Eq + Clone> {
    limiter: Option<DefaultKeyedRateLimiter<K>>,
    asked: AtomicU32,
}

impl<K: Hash + Eq + Clone> Counter<K> {
    fn new(quota: Option<Quota>) -> Self {
        Self { limiter: quota.map(RateLimiter::keyed), asked: AtomicU32::new(0) }
    }

    /// One more; how long to wait, if that is too many.
    fn count(&self, key: K) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            limiter.retain_recent();
        }
        limiter.check_key(&key).map_err(|not| not.wait_time_from(DefaultClock::default().now()))
    }
}

/// An address of version 6 is one of very many that its owner has.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(a) => IpAddr::V6(Ipv6Addr::from_bits(a.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

fn too_many(code: &'static str, what: &str, wait: Duration) -> Fault {
    let seconds = wait.as_secs() + 1;
    Fault::new(StatusCode::TOO_MANY_REQUESTS, code, format!("{what}; try again in {seconds} seconds"))
        .with(header::RETRY_AFTER, &seconds.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_are_limited_for_a_name_from_anywhere_and_from_an_address_for_any_name() {
        let pace = Pace::new(0);
        let from = |n: u8| IpAddr::from([192, 0, 2, n]);
        assert!((0..10).all(|n| pace.attempt(from(n), "mara").is_ok()));
        let fault = pace.attempt(from(99), "mara").unwrap_err();
        assert_eq!((fault.status(), fault.code()), (StatusCode::TOO_MANY_REQUESTS, "too-many-attempts"));
        let pace = Pace::new(0);
        assert!((0..10).all(|n| pace.attempt(from(1), &format!("name{n}")).is_ok()));
        assert!(pace.attempt(from(1), "other").is_err());
        assert!(pace.attempt(from(2), "other").is_ok());
    }

    #[test]
    fn addresses_of_one_network_of_version_6_are_one() {
        let pace = Pace::new(1);
        let from = |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, n]);
        assert!((0..4).all(|n| pace.address(from(n)).is_ok()));
        assert!(pace.address(from(77)).is_err());
    }
}
