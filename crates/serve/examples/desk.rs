//! The desk over a ledger, without the rest of the program: `cargo run -p serve --example desk -- LEDGER [PORT]`.

use std::time::{SystemTime, UNIX_EPOCH};

use serve::{Desk, Settings, Stop};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let ledger = arguments.next().expect("name a ledger").into();
    let port: u16 = arguments.next().map_or(8600, |p| p.parse().expect("a port"));
    let listen = ([127, 0, 0, 1], port).into();
    let desk = Desk::open(Settings { listen, ..Settings::new(ledger, clock) }).expect("a ledger that can be read");
    let ready = |at| println!("listening on http://{at}");
    serve::listen(desk, ready, Stop::new()).expect("an address that is free");
}

fn clock() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}
