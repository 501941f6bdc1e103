//! When is something looked at again? Moments are seconds since 1970.

use std::time::Duration;

use fetch::{Trouble, back_off};
use store::Moment;

/// After a failure a page is tried again after so long, twice as long, and so on, up to a ceiling, so many times.
const FIRST_TRY: Duration = Duration::from_secs(60);
const LAST_TRY: Duration = Duration::from_secs(6 * 60 * 60);
const TRIES: u32 = 12;
/// A page that is not there may not be there yet; it is tried so many times.
const TRIES_NOT_THERE: u32 = 3;
/// A feed that cannot be had is asked once in so long at least.
pub const SELDOMEST: Duration = Duration::from_secs(24 * 60 * 60);

/// When a page that was first read at `first` is looked at again; none: never.
pub fn next_look(revisits: &[Duration], first: Moment, now: Moment) -> Option<Moment> {
    revisits.iter().map(|after| later(first, *after)).find(|at| *at > now)
}

/// When a page that could not be had so often in a row is tried again; none: never. `wait` is what the server asks for.
pub fn next_try(trouble: Trouble, failures: u32, wait: Option<Duration>, now: Moment) -> Option<Moment> {
    if trouble == Trouble::Resting {
        return Some(later(now, wait.unwrap_or(FIRST_TRY)));
    }
    let tries = if trouble == Trouble::NotThere { TRIES_NOT_THERE } else { TRIES };
    let again = trouble.passes() && failures < tries;
    again.then(|| later(now, back_off(FIRST_TRY, failures, LAST_TRY).max(wait.unwrap_or_default())))
}

/// How long a feed that could not be had so often in a row is left alone.
pub fn rest_of_feed(interval: Duration, failures: u32, wait: Option<Duration>) -> Duration {
    back_off(interval, failures, SELDOMEST.max(interval)).max(wait.unwrap_or_default())
}

/// Some time later.
pub fn later(now: Moment, wait: Duration) -> Moment {
    now.saturating_add(wait.as_secs().cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_that_were_missed_are_made_once() {
        let revisits = [3600, 21_600, 86_400].map(Duration::from_secs);
        assert_eq!(next_look(&revisits, 1000, 1000), Some(4600));
        assert_eq!(next_look(&revisits, 1000, 4600), Some(22_600));
        assert_eq!(next_look(&revisits, 1000, 30_000), Some(87_400), "the program was not running meanwhile");
        assert_eq!(next_look(&revisits, 1000, 90_000), None);
        assert_eq!(next_look(&[], 1000, 1000), None);
    }

    #[test]
    fn what_may_pass_is_tried_again_ever_more_rarely() {
        let after =
            |trouble, failures, wait: Option<u64>| next_try(trouble, failures, wait.map(Duration::from_secs), 0);
        assert_eq!(
            [1, 2, 3, 11].map(|n| after(Trouble::Slow, n, None)),
            [Some(60), Some(120), Some(240), Some(21_600)]
        );
        assert_eq!(after(Trouble::Slow, 12, None), None);
        assert_eq!(after(Trouble::ServerError, 1, Some(900)), Some(900), "the server says when");
        assert_eq!([1, 2, 3].map(|n| after(Trouble::NotThere, n, None)), [Some(60), Some(120), None]);
        assert_eq!(after(Trouble::Robots, 1, None), None);
        assert_eq!(after(Trouble::Later, 1, Some(1)), Some(60), "a server that wants little rest gets more");
        assert_eq!(after(Trouble::Resting, 500, Some(30)), Some(30), "not to be asked is no failure");
    }

    #[test]
    fn a_feed_is_never_given_up() {
        let minutes = |n| rest_of_feed(Duration::from_secs(600), n, None).as_secs() / 60;
        assert_eq!([1, 2, 3, 30].map(minutes), [10, 20, 40, 1440]);
    }
}
