//! What can be said to the desk.

use std::net::IpAddr;

use clap::Args;

use super::LedgerFile;

/// Opens the desk: the ledger in a browser
///
/// Prints the address to open. On this machine's own address nobody else can reach it, and no account is needed. Nothing
/// is asked of any other host. What `standoff read` or `standoff watch` add meanwhile appears. Ends with Ctrl-C.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff serve --ledger caucasus.db
  standoff serve --port 8700")]
pub struct Serve {
    #[command(flatten)]
    pub ledger: LedgerFile,
    /// Address to answer at; any other than this machine's own demands accounts
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// Port to answer at; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8600)]
    pub port: u16,
}
