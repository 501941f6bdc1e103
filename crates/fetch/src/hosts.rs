//! When is it a host's turn? One request at a time, a rest after each, and a longer one where it is asked for.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::error::{Error, Trouble};
use crate::retry::back_off;

/// How many hosts are remembered before those that have rested are forgotten.
const MANY: usize = 1000;

/// A host that wants rest and does not say how long: so long at first.
const FIRST_REST: Duration = Duration::from_secs(30);
/// Longest rest that is given, whatever a server says.
pub(crate) const LONGEST_REST: Duration = Duration::from_secs(24 * 60 * 60);

/// What each host is owed.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    hosts: Mutex<BTreeMap<String, Host>>,
    free: Condvar,
}

#[derive(Debug)]
struct Host {
    busy: bool,
    ready: Instant,
    /// How often in a row it wanted rest.
    refusals: u32,
}

/// The turn of a host; the rest begins when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    hosts: &'a Hosts,
    name: String,
    rest: Duration,
    refused: bool,
}

impl Hosts {
    /// Waits for a host's turn, but no longer than `patience`; after it, the host rests for `rest`.
    ///
    /// # Errors
    /// If the wait would be longer, with how long it would be.
    pub fn turn(&self, name: &str, rest: Duration, patience: Duration) -> Result<Turn<'_>, Error> {
        let begun = Instant::now();
        let deadline = begun + patience;
        let mut hosts = self.lock();
        loop {
            let now = Instant::now();
            if hosts.len() > MANY {
                hosts.retain(|_, h| h.busy || h.ready > now || h.refusals > 0);
            }
            let host = hosts.entry(name.to_owned()).or_insert(Host { busy: false, ready: begun, refusals: 0 });
            if host.ready > deadline {
                let wait = host.ready - now;
                let told = format!("{name} is to be left alone for {} seconds more", wait.as_secs().max(1));
                return Err(Error::new(Trouble::Resting, told).after(wait));
            }
            if !host.busy && host.ready <= now {
                host.busy = true;
                return Ok(Turn { hosts: self, name: name.to_owned(), rest, refused: false });
            }
            if now >= deadline {
                let told = format!("{name} is busy with another request");
                return Err(Error::new(Trouble::Resting, told).after(rest.max(Duration::from_secs(1))));
            }
            let until = if host.busy { deadline } else { host.ready };
            hosts = self.free.wait_timeout(hosts, until - now).unwrap_or_else(|broken| broken.into_inner()).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

impl Turn<'_> {
    /// The host wants rest: for so long, or, if it does not say, longer each time. Returns how long.
    pub fn wants_rest(&mut self, told: Option<Duration>) -> Duration {
        let refusals = self.hosts.lock().get(&self.name).map_or(0, |h| h.refusals);
        self.refused = true;
        self.rest = told.unwrap_or(back_off(FIRST_REST, refusals + 1, LONGEST_REST)).min(LONGEST_REST).max(self.rest);
        self.rest
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(host) = self.hosts.lock().get_mut(&self.name) {
            host.busy = false;
            host.ready = Instant::now() + self.rest;
            host.refusals = if self.refused { host.refusals.saturating_add(1) } else { 0 };
        }
        self.hosts.free.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn a_host_is_asked_one_thing_at_a_time_and_others_meanwhile() {
        let hosts = Hosts::default();
        let turn = hosts.turn("a", Duration::ZERO, Duration::ZERO).expect("free");
        let busy = hosts.turn("a", Duration::ZERO, Duration::ZERO).expect_err("busy");
        assert_eq!(busy.trouble(), Trouble::Resting);
        hosts.turn("b", Duration::ZERO, Duration::ZERO).expect("another host is free");
        drop(turn);
        hosts.turn("a", LONG, Duration::ZERO).expect("free again");
        let resting = hosts.turn("a", LONG, Duration::from_secs(5)).expect_err("it rests");
        assert!(resting.wait().is_some_and(|w| w > LONG / 2), "{resting}");
    }

    #[test]
    fn who_waits_gets_the_turn_when_it_is_free() {
        let hosts = Hosts::default();
        let turn = hosts.turn("a", Duration::ZERO, LONG).expect("free");
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| hosts.turn("a", Duration::ZERO, LONG).is_ok());
            std::thread::sleep(Duration::from_millis(20));
            drop(turn);
            assert!(waiting.join().expect("no panic"));
        });
    }

    #[test]
    fn rests_that_are_asked_for_grow_until_a_good_answer() {
        let hosts = Hosts::default();
        let rest = |told| {
            let mut turn = hosts.turn("a", Duration::ZERO, Duration::ZERO).expect("free");
            let rest = turn.wants_rest(told);
            drop(turn);
            hosts.lock().get_mut("a").expect("known").ready = Instant::now();
            rest.as_secs()
        };
        assert_eq!([rest(None), rest(None), rest(Some(LONG)), rest(None)], [30, 60, 600, 240]);
        drop(hosts.turn("a", Duration::ZERO, Duration::ZERO).expect("free"));
        assert_eq!(rest(None), 30);
        assert_eq!(rest(Some(LONG * 1000)), LONGEST_REST.as_secs());
    }
}
