//! The desk from outside: who may do what, what pages make of hostile reports, and the API. `tried` is the desk that is
//! asked, `told` the ledger under it.

mod told;
mod tried;

mod doors;
mod roles;

mod hostile;

mod review;

mod api;
