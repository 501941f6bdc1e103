//! How do we get it from the net? A polite and wary reader of addresses and feeds.
//!
//! [`Client`] asks for one address: it refuses those that lead into the reader's own network, follows redirects itself,
//! bounds time and size, obeys robots.txt, asks each host one thing at a time, and keeps away from a host that wants
//! rest. [`feed`](fn@feed) reads what a feed lists, after a look at its build. Times of day come from the caller.

mod error;

mod guard;
mod resolver;

mod hosts;
mod retry;
mod robots;

mod answer;
mod client;
mod refusal;

mod build;
mod feed;

pub use answer::{Answer, Page, Validators};
pub use client::{Client, Clock, Limits, Pace, Settings};
pub use error::{Error, Trouble};
pub use feed::{Entry, feed};
pub use retry::back_off;
