//! Who looks at the ledger in a browser, and who may do what? The desk: pages, the API, accounts.
//!
//! Every path that is answered stands in one table of [`route::Route`]s with the least role that it takes; the guard in
//! front of it, the API's description and the tests go by that table. Pages are drawn here, whole, and are read without
//! JavaScript; nothing is asked of another host. The clock is not read here: [`Settings::clock`] tells the time.

mod desk;
mod lent;
mod readers;
mod route;

mod guard;
mod index;
mod layer;

mod api;
mod atlas;
mod pages;

mod assets;
mod fault;
mod listen;

pub use api::{Intake, Outcome, ReadReport, Sent, Told, UnreadReport, openapi};
pub use desk::{Desk, Settings};
pub use fault::Fault;
pub use guard::{Refusal, Role, Way, Who, account_name, exposed, hash_password, new_token};
pub use layer::layer_of;
pub use lent::{Explain, Lent, Order, Tolls, Understand};
pub use listen::{Stop, listen};
pub use route::{Least, Route, router, routes};
